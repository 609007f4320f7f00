"""Clean-up pages of accounts and roles. An account is disabled and a role ends; neither is ever deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from portal.admin.kept import ACCOUNTS, CleaningAdmin, CleaningForm, KeptAdmin, Parts, yes_no
from portal.admin.scope import home_of, inside, is_bounded
from portal.admin.searching import InMemorySearch
from portal.columns import uncased
from portal.history import acting
from portal.models import Membership, User, Verb

MINE = "Đồng chí không tự khóa hoặc bỏ quyền quản trị của chính mình."


class AccountForm(CleaningForm):
    """An account; its names are told apart from every other account's, whatever their case."""

    by: User | None = None

    def free(self, name: str, taken: str) -> str:
        """A sign-in name nobody else uses, as user name or as e-mail."""
        typed = self.cleaned_data[name]
        if key := uncased(typed):
            others = User.objects.exclude(pk=self.instance.pk)
            if others.filter(Q(username_key=key) | Q(email_key=key)).exists():
                raise forms.ValidationError(taken, code="unique")
        return typed

    def clean_username(self) -> str:
        """Unique without case."""
        return self.free("username", "Đã có tài khoản dùng tên đăng nhập này.")

    def clean_email(self) -> str:
        """Unique without case."""
        return self.free("email", "Đã có tài khoản dùng thư điện tử này.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.by and self.instance.pk == self.by.pk:
            for name in ("is_active", "is_superuser"):
                if name in data and not data[name]:
                    self.add_error(name, MINE)
        return data


class NewAccountForm(SetPasswordMixin, AccountForm):
    """A new account with its first password."""

    password1, password2 = SetPasswordMixin.create_password_fields("Mật khẩu", "Nhập lại mật khẩu")

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        return super().clean()

    def _post_clean(self) -> None:
        super()._post_clean()
        self.validate_password_for_user(self.instance)

    def save(self, commit: bool = True) -> User:
        self.set_password_and_save(self.instance, commit=False)
        return super().save(commit)


class NewPasswordForm(SetPasswordMixin, forms.Form):
    """A new password for an account whose owner lost theirs."""

    password1, password2 = SetPasswordMixin.create_password_fields("Mật khẩu mới", "Nhập lại mật khẩu mới")

    def __init__(self, user: User, *args: Any) -> None:
        self.user = user
        super().__init__(*args)

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        return super().clean()


class Roles(Parts):
    """The roles of an account; a role ends on a date."""

    model = Membership
    ties = True
    fk_name = "user"
    can_delete = False
    fields = ["organization", "role", "started_on", "ended_on", "delegated_by", "reads_from", "reads_to"]


@admin.register(User)
class UserAdmin(InMemorySearch, CleaningAdmin):
    """Accounts."""

    group, place = ACCOUNTS, 1
    within = ("memberships__organization",)
    deletable = False
    form = AccountForm
    plain_columns = ("full_name", "username", "email")
    list_display = [
        "username",
        "full_name",
        "email",
        yes_no("is_active", "đang dùng"),
        "administrator",
        "last_login",
    ]
    list_filter = ["is_active", "is_superuser", "memberships__role"]
    fieldsets = [
        (None, {"fields": ["username", "full_name", "email"]}),
        (
            "Đăng nhập",
            {"fields": ["is_active", "is_superuser", "password_link", "last_login", "date_joined"]},
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "email", "is_superuser", "password1", "password2"]})
    ]
    readonly_fields = ["password_link", "last_login", "date_joined"]
    inlines = [Roles]

    def seen(self, by: User) -> Q:
        """Accounts with a role inside."""
        held = Membership.objects.filter(organization__in=inside(by))
        return Q(pk__in=held.order_by().values("user_id"))

    def writable(self, by: User) -> Q:
        """Those without a role elsewhere: a password set here would open that too."""
        elsewhere = Membership.objects.not_over(timezone.localdate()).exclude(organization__in=inside(by))
        return self.seen(by) & Q(is_superuser=False) & ~Q(pk__in=elsewhere.order_by().values("user_id"))

    @admin.display(description="quản trị", ordering="is_superuser")
    def administrator(self, row: User) -> str:
        """Yes, in words."""
        return "có" if row.is_superuser else ""

    @admin.display(description="mật khẩu")
    def password_link(self, row: User) -> str:
        """Where a new password is set; the present one cannot be read."""
        return format_html(
            '<a href="{}">Đặt mật khẩu mới</a>', reverse("admin:portal_user_password", args=[row.pk])
        )

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """A stored password is never guessed letter by letter from what a filtered list finds."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        given = self.fieldsets if obj else self.add_fieldsets
        if not is_bounded(request.user):
            return given
        left = [[name for name in part["fields"] if name != "is_superuser"] for _, part in given]
        return [(title, {"fields": names}) for (title, _), names in zip(given, left, strict=True)]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        base = AccountForm if obj else NewAccountForm
        form = super().get_form(request, obj, change, form=base, **kwargs)
        if right := form.base_fields.get("is_superuser"):
            right.label, right.help_text = (
                "Quản trị toàn cổng",
                "Vào được trang làm sạch dữ liệu, sửa mọi dữ liệu.",
            )
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        obj.is_staff = obj.is_superuser
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        setting = self.admin_site.admin_view(self.set_password)
        return [path("<id>/mat-khau/", setting, name="portal_user_password"), *super().get_urls()]

    @method_decorator((sensitive_post_parameters(), csrf_protect))
    def set_password(self, request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
        """Set a new password for an account."""
        user = self.get_object(request, unquote(id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        form = NewPasswordForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            home = home_of(request.user)
            with acting(Verb.CORRECT, user, by=request.user, body=home, reason="đặt mật khẩu mới"):
                form.set_password_and_save(user)
            if user.pk == request.user.pk:
                update_session_auth_hash(request, user)
            self.message_user(request, "Đã đặt mật khẩu mới.")
            return HttpResponseRedirect(reverse("admin:portal_user_change", args=[user.pk]))
        fieldsets = [(None, {"fields": list(form.fields)})]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Đặt mật khẩu mới: {user}",
            "adminform": admin.helpers.AdminForm(form, fieldsets, {}),
            "form": form,
            "opts": self.opts,
            "original": user,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/set_password.html", context)


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    """Roles of persons in bodies."""

    group, place = ACCOUNTS, 2
    within = ("organization",)
    deletable = False
    hub = ("user",)
    folded_columns, plain_columns = ("organization__search_text",), ("user__full_name", "user__username")
    joined = ("user", "organization", "delegated_by")
    list_display = ["user", "role", "organization", "started_on", "ended_on"]
    list_filter = ["role", ("ended_on", admin.EmptyFieldListFilter)]

    def writable(self, by: User) -> Q:
        """Nobody gives a role to themselves."""
        return self.seen(by) & ~Q(user=by)

"""The page on which two records that are one are joined: both side by side, what stays, which facts are taken."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from portal.access import gains
from portal.actions.merging import differing, hanging_on, merge
from portal.actions.records import NotNow
from portal.admin.kept import NO_REASON, KeptAdmin
from portal.admin.scope import GAIN, home_of
from portal.changes import capital
from portal.clean_up import described
from portal.forms.fields import TextBlock
from portal.models import Membership, Organization

TWO = "Chọn đúng hai bản nhập trùng để gộp."
CHOSEN = "chon"
FACT = "lay-"


class MergeForm(forms.Form):
    """Which of two records stays, which facts it takes, and why; facts are chosen by the record they stand on."""

    use_required_attribute = False

    def __init__(self, pair: list[models.Model], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.hanging = [hanging_on(one) for one in pair]
        weights = [sum(count for _, count in lines) for lines in self.hanging]
        stays = pair[weights[1] > weights[0]]
        choices = [(str(one.pk), described(one)) for one in pair]
        radios = {"widget": forms.RadioSelect, "choices": choices}
        self.fields["giu"] = forms.ChoiceField(label="Bản giữ lại", initial=str(stays.pk), **radios)
        for column in differing(*pair):
            filled = [one for one in pair if column.is_default(one) is False and self.said(column, one)]
            usual = stays if stays in filled or not filled else filled[0]
            field = forms.ChoiceField(label=capital(column.label), initial=str(usual.pk), **radios)
            field.choices = [(str(one.pk), self.said(column, one) or "(để trống)") for one in pair]
            self.fields[FACT + column.name] = field
        self.fields["reason"] = TextBlock(
            label="Lý do gộp", rows=2, max_length=500, error_messages={"required": NO_REASON}
        )

    def said(self, column: Any, one: models.Model) -> str:
        """A fact in words."""
        if column.related is None:
            return column.words(one)
        found = getattr(one, column.name)
        return described(found) if found else ""

    @property
    def facts(self) -> list[forms.BoundField]:
        """The choices between facts."""
        return [self[name] for name in self.fields if name.startswith(FACT)]

    @property
    def sides(self) -> list[tuple[models.Model, list[tuple[str, int]]]]:
        """Each record and what hangs on it."""
        return list(zip(self.pair, self.hanging, strict=True))

    @property
    def kept_and_gone(self) -> tuple[models.Model, models.Model]:
        """The record that stays and the one that goes."""
        first, second = self.pair
        return (first, second) if self.cleaned_data["giu"] == str(first.pk) else (second, first)

    @property
    def taken(self) -> list[str]:
        """The facts taken from the record that goes."""
        gone = str(self.kept_and_gone[1].pk)
        found = [name for name in self.fields if name.startswith(FACT) and self.cleaned_data[name] == gone]
        return [name.removeprefix(FACT) for name in found]


class MergingAdmin(KeptAdmin):
    """A register in which duplicates are joined."""

    actions = ["choose_to_merge"]

    @admin.action(description="Gộp hai bản nhập trùng", permissions=["change"])
    def choose_to_merge(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        """Lead from two ticked rows to the page that joins them."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, TWO, messages.ERROR)
            return None
        return HttpResponseRedirect(self.address_of("merge", query={CHOSEN: keys}))

    def address_of(self, page: str, **kwargs: Any) -> str:
        """The address of one of this register's own pages."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", **kwargs)

    def get_urls(self) -> list[URLPattern]:
        joining = self.admin_site.admin_view(self.merge_two)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("gop/", joining, name=name), *super().get_urls()]

    def chosen(self, request: HttpRequest, most: int) -> list[Any]:
        """The rows named in the address, each within reach and open to change."""
        keys = [key for key in dict.fromkeys(request.GET.getlist(CHOSEN)) if key.isdecimal()][:most]
        rows = [self.get_object(request, key) for key in keys]
        if not rows or None in rows:
            raise Http404
        if not all(self.has_change_permission(request, row) for row in rows):
            raise PermissionDenied("Có chỗ đồng chí chỉ được xem. Việc này do quản trị toàn cổng làm.")
        return rows

    def merge_two(self, request: HttpRequest) -> HttpResponse:
        """Show both, then join them."""
        pair = self.chosen(request, 2)
        if len(pair) != 2:
            raise Http404
        form = MergeForm(pair, request.POST or None)
        if request.method == "POST" and form.is_valid():
            kept, gone = form.kept_and_gone
            name, reason, keys = str(gone), form.cleaned_data["reason"], [one.pk for one in pair]
            try:
                if self.model is Organization and gains(request.user, over=keys, into=keys):
                    raise NotNow(GAIN)
                with transaction.atomic():
                    act = merge(
                        kept,
                        gone,
                        by=request.user,
                        reason=reason,
                        take=form.taken,
                        body=home_of(request.user),
                    )
                    moved = Membership.history.filter(act=act).values("id")
                    self.keep_inside(request, Membership.objects.filter(pk__in=moved))
            except NotNow as error:
                form.add_error(None, str(error))
            else:
                told = "Đã gộp “{}” vào “{}”. Nếu gộp nhầm, chọn việc này trong <a href='{}'>nhật ký</a> rồi hoàn tác."
                journal = reverse("admin:portal_act_changelist")
                self.message_user(request, format_html(told, name, kept, journal))
                return HttpResponseRedirect(self.address_of("change", args=[kept.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Gộp hai bản nhập trùng: {self.opts.verbose_name}",
            "form": form,
            "opts": self.opts,
            "is_body": hasattr(self.model, "slug"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/merge.html", context)

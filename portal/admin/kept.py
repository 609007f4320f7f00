"""How a change made on the clean-up pages becomes one act with its reason, and what follows from it.

Every page that writes opens one act on the record people know (the programme of a commitment, the body of a
name), asks why, moves the record's version on, and tells the sections what was touched, so that derived
columns are right when the page comes back. Django's own log of the admin is not written: acts are the journal.
"""

import copy
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseFormSet, BaseInlineFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from portal import sections
from portal.admin.fields import RegisterForm, Typed, form_for
from portal.admin.scope import BoundedPage, BoundedParts, home_of, is_bounded
from portal.admin.searching import FoldedSearch
from portal.admin.versions import VersionsAdmin
from portal.forms.fields import TextBlock
from portal.history import acting, finish
from portal.lists import RowPaginator
from portal.models import Act, Document, Record, Verb, record_of

NAMED = 5
"""How many of the rows in the way of a deletion are named."""

NO_REASON = "Ghi lý do chỉnh sửa."
ACCOUNTS = (1, "Tài khoản", "Tạo tài khoản, giao vai trò, đặt mật khẩu mới, khóa tài khoản.")
BODIES = (2, "Cơ quan", "Sửa tên; kết thúc, kế thừa; gộp cơ quan nhập hai lần.")
PEOPLE = (3, "Người", "Sửa họ tên, chức vụ; gộp người nhập hai lần.")
PAPERS = (4, "Văn bản", "Sửa số, ngày, các bên, căn cứ, tệp; gộp văn bản nhập hai lần.")
SMALL = (7, "Danh mục", "Những bảng dùng chung cho mọi cơ quan.")
JOURNAL = (8, "Nhật ký", "Xem ai đã làm gì; hoàn tác việc gộp, việc kết thúc cơ quan.")


class CleaningForm(RegisterForm):
    """A form that asks why when anything on the page changed."""

    reason = TextBlock(label="Lý do chỉnh sửa", required=False, rows=2, max_length=500)

    @property
    def changed_columns(self) -> list[str]:
        """What changed in the row itself."""
        return [name for name in self.changed_data if name != "reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        changed = self.changed_columns or getattr(self.instance, "parts_changed", False)
        if self.instance.pk and changed and "reason" not in self.errors and not data.get("reason"):
            self.add_error("reason", NO_REASON)
        return data


def yes_no(name: str, label: str) -> Callable[[models.Model], str]:
    """A list column that says a yes or no in words."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return "có" if getattr(row, name) else ""

    column.__name__ = f"{name}_said"
    return column


class LightList(ChangeList):
    """A list that leaves the long columns of its rows unread."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> models.QuerySet:
        rows = super().get_queryset(request, *args, **kwargs)
        return rows.defer(*self.model_admin.heavy) if self.model_admin.heavy else rows


class CleaningAdmin(BoundedPage, Typed, FoldedSearch):
    """A page that cleans: one act for each write, no table loaded whole, no count nobody asked for.

    ``hub`` leads from a part to what it belongs to; a part never moves to another. ``joined`` names what is
    read together with each row, ``heavy`` the long columns a list does not read. A list offers filters, or says
    in ``unfiltered`` why it has none.
    """

    form: type[RegisterForm] = CleaningForm
    group: tuple[int, str, str] = SMALL
    place = 50
    hub: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    heavy: tuple[str, ...] = ()
    unfiltered = ""
    deletable = True
    actions = None
    list_per_page = list_max_show_all = 50
    paginator = RowPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    delete_confirmation_template = "admin/delete_with_reason.html"

    # --- reading

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = self.narrowed(request, super().get_queryset(request))
        return rows.select_related(*self.joined) if self.joined else rows

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LightList

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return [name for name in super().get_fields(request, obj) if name != "reason"]

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        kwargs.setdefault("form", form_for(self.model, self.form))
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        fixed = self.hub[:1] if obj else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.deletable and super().has_delete_permission(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["has_history"] = hasattr(self.model, "history") or self.has_change_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- writing

    def subject(self, obj: models.Model) -> models.Model:
        """The record the act is about: the one people know this row by."""
        found = obj
        for step in self.hub:
            found = getattr(found, step) or found
        owner = record_of(found) if isinstance(found, Document) and found.pk else None
        return owner or found

    def _changeform_view(self, request: HttpRequest, *args: Any) -> HttpResponse:
        with ExitStack() as acts:
            request.acts = acts
            if request.method == "POST":
                acts.enter_context(self.gaining_nothing(request))
            return super()._changeform_view(request, *args)

    def _create_formsets(self, request: HttpRequest, obj: models.Model, change: bool) -> tuple:
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method == "POST":
            obj.parts_changed = any(formset.has_changed() for formset in formsets)
        return formsets, inlines

    def begin(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        """Open the act of this page."""
        subject = self.subject(obj)
        verb = Verb.CORRECT if change or subject is not obj else Verb.CREATE
        added = f"thêm {self.opts.verbose_name}" if not change and subject is not obj else ""
        reason = form.cleaned_data.get("reason") or added
        act = acting(verb, subject, by=request.user, body=home_of(request.user), reason=reason)
        request.act = request.acts.enter_context(act)
        request.subject = subject

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        if change and not form.changed_columns and not obj.parts_changed:
            return
        self.begin(request, obj, form, change)
        if change and isinstance(obj, Record):
            obj.version += 1
        if not change or form.changed_columns or isinstance(obj, Record):
            super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if not hasattr(request, "act"):
            return
        parts = [part for formset in formsets for part in saved_parts(formset)]
        self.follow(form.instance, form.changed_columns if change else None, parts)
        self.settle(request.act, request.subject, [form.instance, *parts])
        self.keep_inside(request, [form.instance, *parts])

    def follow(self, obj: models.Model, changed: list[str] | None, parts: list[models.Model]) -> None:
        """What the registers themselves derive from the row; ``changed`` is None for a new or deleted one."""

    def settle(self, act: Act, subject: models.Model, rows: Iterable[models.Model]) -> None:
        """Move the record's version on, refresh what others derive, and close the act's account."""
        rows = list(rows)
        if isinstance(subject, Record) and subject not in rows:
            subject.version += 1
            subject.save(update_fields=["version"])
        for row in [*rows, *([] if subject in rows else [subject])]:
            sections.touched(row)
        finish(act, subject)

    def get_deleted_objects(self, objs: Iterable[models.Model], request: HttpRequest) -> tuple:
        """What would go; what is in use is counted and not read whole."""
        used = [line for obj in objs for line in self.uses(request, obj)]
        return ([], {}, set(), used) if used else super().get_deleted_objects(objs, request)

    def uses(self, request: HttpRequest, obj: models.Model) -> list:
        """Where a row is in use: how many rows of each kind, and the first few its reader meets by name."""
        lines: list = []
        for link in obj._meta.get_fields(include_hidden=True):
            if (
                not link.auto_created
                or link.concrete
                or getattr(link, "on_delete", None) is not models.PROTECT
            ):
                continue
            rows = link.related_model._base_manager.filter(**{link.field.name: obj})
            if count := rows.count():
                page = self.admin_site._registry.get(link.related_model)
                met = list(page.narrowed(request, rows).order_by("pk")[:NAMED]) if page else []
                first = [str(page.subject(row)) for row in met]
                more = [f"và {count - len(met)} chỗ khác"] if count > len(met) else []
                lines += [f"{capfirst(link.related_model._meta.verbose_name)}: {count}", first + more]
        return lines

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if request.method == "POST":
            request.reason = TextBlock(required=False, max_length=500).to_python(request.POST.get("reason"))
            if not request.reason:
                request.POST, context["reason_error"] = QueryDict(), "Ghi lý do xóa."
        return super().delete_view(request, object_id, context)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        subject, gone = self.subject(obj), copy.copy(obj)
        reason = f"xóa {self.opts.verbose_name}: {request.reason}"
        home = home_of(request.user)
        what = acting(Verb.CORRECT, subject, by=request.user, body=home, reason=reason)
        with self.gaining_nothing(request), what as act:
            super().delete_model(request, obj)
            self.follow(gone, None, [])
            if subject is obj:
                sections.touched(gone)
            else:
                self.settle(act, subject, [gone])

    # --- telling

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """Nothing: the act tells it."""

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """Nothing: the act tells it."""

    def log_deletions(self, request: HttpRequest, queryset: Iterable) -> None:
        """Nothing: the act tells it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The acts about a record whose versions are not kept."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))
        if record is None or not hasattr(record, "code"):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"Lịch sử: {record}",
            "object": record,
            "opts": self.opts,
            "acts": Act.objects.about(record).select_related("person")[:200],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/acts.html", context)


class KeptAdmin(VersionsAdmin, CleaningAdmin):
    """The clean-up page of a model whose every version is kept."""


class ReadOnlyAdmin(CleaningAdmin):
    """A page to look at: nothing is added, changed or deleted."""

    group = JOURNAL
    deletable = False
    form = RegisterForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def saved_parts(formset: BaseFormSet) -> list[models.Model]:
    """The rows a set of parts wrote or deleted."""
    changed = [row for row, _ in getattr(formset, "changed_objects", [])]
    return [*getattr(formset, "new_objects", []), *changed, *getattr(formset, "deleted_objects", [])]


class NotEmpty(BaseInlineFormSet):
    """Rows of which one at least is there."""

    default_error_messages = {
        "too_few_forms": "Ghi ít nhất một dòng ở đây, trong cơ quan đồng chí quản trị hoặc cấp dưới."
    }


class Parts(BoundedParts, Typed, admin.TabularInline):
    """The parts of a record, in rows; what each refers to is read with it.

    ``ties`` says that a new record stands inside a body by these rows alone.
    """

    extra = 0
    show_change_link = True
    ties = False

    def get_formset(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> type:
        if self.ties and obj is None and is_bounded(request.user):
            kwargs |= {"formset": NotEmpty, "min_num": 1, "validate_min": True}
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = self.narrowed(request, super().get_queryset(request))
        linked = [
            field.name
            for field in self.model._meta.concrete_fields
            if field.remote_field and not field.remote_field.parent_link
        ]
        return rows.select_related(*linked)

"""How the history of a row is told: each version with its act, what changed in words, and one version whole.

Restoring is not offered here; it is an act of its own, with the children of the record.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from portal.admin.fields import date_columns, period_columns, raw_columns
from portal.admin.scope import is_bounded
from portal.changes import date_words, period_words, value_words
from portal.clean_up import described
from portal.columns import read_date, read_period
from portal.templatetags.say import vdate

NOTHING = "–"
TYPES = {"+": "tạo", "~": "sửa", "-": "xóa"}
Told = list[tuple[str, Callable[[Any], str]]]


def told_columns(model: type[models.Model]) -> Told:
    """The columns a person would recognise, with how each is said; derived ones and marks are left out."""
    joined = set(raw_columns(model))
    dates, periods = date_columns(model), period_columns(model)
    columns: Told = []
    for field in model._meta.concrete_fields:
        name, _, part = field.name.rpartition("_")
        if part == "precision" and name in dates:
            columns.append((dates[name], lambda row, name=name: date_words(read_date(row, name)) or NOTHING))
        elif part == "kind" and name in periods:
            columns.append(
                (periods[name], lambda row, name=name: period_words(read_period(row, name)) or NOTHING)
            )
        elif field.name not in joined and field.editable and not field.primary_key and field.name != "marks":
            columns.append((str(field.verbose_name), lambda row, field=field: said(row, field)))
    return columns


def said(row: models.Model, field: models.Field) -> str:
    """The value of one column of a row or of one of its versions, in words."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return NOTHING
    if field.remote_field:
        related = getattr(row, field.name, None)
        return described(related) if related else f"đã xóa (số {value})"
    return value_words(field, value)


def changes(told: Told, old: models.Model, new: models.Model) -> list[dict[str, str]]:
    """What differs between two versions of a row."""
    compared = [(label, say(old), say(new)) for label, say in told]
    return [{"field": label, "old": was, "new": now} for label, was, now in compared if was != now]


class VersionsAdmin(SimpleHistoryAdmin):
    """The history pages of a kept model: read, never written."""

    object_history_template = "admin/versions.html"
    history_list_per_page = 50

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> models.QuerySet:
        rows = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return rows.select_related("act__person", *self.joined)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The versions of a row; one that was deleted is read by the administrator of the site alone."""
        self.refuse_outside(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def refuse_outside(self, request: HttpRequest, object_id: str) -> None:
        """A row its reader does not meet has no history either."""
        if is_bounded(request.user) and self.get_object(request, unquote(object_id)) is None:
            raise Http404

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Sequence, foreign_keys_are_objs: bool = True
    ) -> None:
        told, rows = told_columns(self.model), list(historical_records)
        for new, old in zip(rows, [*rows[1:], None], strict=True):
            new.type_said = TYPES.get(new.history_type, "")
            if old is None and new.history_type == "~":
                old = new.prev_record
            new.history_delta_changes = changes(told, old, new) if old and new.history_type == "~" else []

    def history_view_title(self, request: HttpRequest, obj: models.Model) -> str:
        return f"Lịch sử: {obj}"

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """One version whole."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        self.refuse_outside(request, object_id)
        versions = self.get_history_queryset(
            request, self.model.history, self.model._meta.pk.attname, object_id
        )
        row = get_object_or_404(versions, history_id=version_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Bản ngày {vdate(timezone.localtime(row.history_date))}: {row.instance}",
            "opts": self.model._meta,
            "object_id": object_id,
            "version": row,
            "type_said": TYPES.get(row.history_type, ""),
            "values": [(label, say(row)) for label, say in told_columns(self.model)],
        }
        request.current_app = self.admin_site.name
        return self.render_history_view(request, "admin/version.html", context)

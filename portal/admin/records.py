"""The clean-up of records that go through approval: what is corrected is the record as it stands.

Its way through approval and publication is shown and not touched.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from portal.access import gains
from portal.admin.kept import KeptAdmin
from portal.admin.scope import GAIN
from portal.models import Record

WAY = [
    "state",
    "state_since",
    "approved_at",
    "published_from",
    "withdrawn_at",
    "slug",
    "version",
    "written_by",
    "code",
]


class PublicFilter(admin.SimpleListFilter):
    """Whether the public may read a record."""

    title, parameter_name = "công khai", "cong_khai"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("co", "đang công khai"), ("go", "đã gỡ"), ("chua", "chưa công khai")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() == "co":
            return queryset.published()
        if self.value() == "go":
            return queryset.filter(withdrawn_at__isnull=False)
        return queryset.filter(published_from__isnull=True) if self.value() == "chua" else queryset


class RecordAdmin(KeptAdmin):
    """A record that goes through approval. One that was ever approved is not deleted."""

    within = ("keeper",)
    adds_inside = False
    readonly_fields = WAY

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.approved_at is None)

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["document"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Record, form: ModelForm, change: bool) -> None:
        if not change:
            obj.written_by = request.user
        elif "keeper" in form.changed_data and gains(
            request.user, over=[form.initial["keeper"]], into=[obj.keeper_id]
        ):
            raise PermissionDenied(GAIN)
        super().save_model(request, obj, form, change)

    @admin.display(description="số, ký hiệu")
    def number(self, row: Any) -> str:
        """The number of its paper."""
        return row.document.number or "chưa rõ số"

    @admin.display(description="ngày ký", ordering="document__dated_first")
    def dated(self, row: Any) -> str:
        """The date of its paper."""
        return str(row.document.dated)

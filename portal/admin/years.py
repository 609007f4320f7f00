"""Clean-up pages of what is known of a body's year: where its registers begin, which years it confirmed, was asked for, closed."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.admin.kept import BODIES, KeptAdmin, ReadOnlyAdmin, yes_no
from portal.closing import edition_url
from portal.models import RegisterStart, YearConfirmation, YearEdition, YearRequest

OFFERED = 10
"""How many years a list may be filtered by: the next and those before it, whatever years the table holds."""


class YearFilter(admin.SimpleListFilter):
    """The year of a row."""

    title, parameter_name = "năm", "year"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        last = timezone.localdate().year + 1
        return [(str(year), str(year)) for year in range(last, last - OFFERED, -1)]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        chosen = {value for value, _ in self.lookup_choices}
        return queryset.filter(year=int(self.value())) if self.value() in chosen else queryset


@admin.register(RegisterStart)
class RegisterStartAdmin(KeptAdmin):
    """From which year each register of a body is kept."""

    group, place = BODIES, 3
    within = ("organization",)
    folded_columns = ("organization__search_text",)
    joined = ("organization",)
    list_display = ["organization", "register", "from_year"]
    list_filter = ["register"]


@admin.register(YearConfirmation)
class YearConfirmationAdmin(KeptAdmin):
    """Which years a body confirmed."""

    group, place = BODIES, 4
    within = ("organization",)
    folded_columns = ("organization__search_text",)
    joined = ("organization", "confirmed_by")
    readonly_fields = ["confirmed_at", "confirmed_by"]
    list_display = ["organization", "year", "confirmed_at", "confirmed_by"]
    list_filter = [YearFilter]


@admin.register(YearRequest)
class YearRequestAdmin(ReadOnlyAdmin):
    """Which years bodies asked those below to confirm; one asked for by mistake is deleted, and no desk asks it any more."""

    group, place = BODIES, 5
    within = ("organization",)
    deletable = True
    folded_columns = ("organization__search_text",)
    joined = ("organization", "asked_by")
    list_display = ["organization", "year", "due_on", "asked_at", "asked_by"]
    list_filter = [YearFilter]
    fields = [*list_display, "code"]


@admin.register(YearEdition)
class YearEditionAdmin(ReadOnlyAdmin):
    """Closed years. Their numbers are never corrected: a year is closed again."""

    group, place = BODIES, 6
    within = ("organization",)
    folded_columns = ("organization__search_text", "territory__folded")
    joined = ("organization", "territory", "closed_by")
    heavy = ("content",)
    list_display = ["organization", "territory", "year", "number", "closed_at", "closed_by", "published_at"]
    list_filter = [YearFilter, ("published_at", admin.EmptyFieldListFilter), "is_sample"]
    fields = [*list_display, yes_no("is_sample", "dữ liệu mẫu"), "code", "page"]

    @admin.display(description="trang đã chốt")
    def page(self, row: YearEdition) -> SafeString:
        """Where its numbers are read."""
        return format_html('<a href="{}">Xem trang</a>', edition_url(row))

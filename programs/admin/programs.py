"""Clean-up pages of programmes, their commitments and tags, of plans and their tasks and of amendments.

What a person corrects here is the record as it stands, approved or not, with a reason; its way through
approval and publication is shown and not touched.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from portal.admin.kept import CleaningForm, KeptAdmin, Parts
from portal.admin.records import WAY, PublicFilter, RecordAdmin
from programs.models import (
    Amendment,
    ContentItem,
    ItemBody,
    Life,
    Plan,
    PlanItem,
    PlanItemBody,
    Program,
    ProgramTag,
    Target,
)

PROGRAMS = (5, "Chương trình, kế hoạch", "Sửa bản đã duyệt; nối giai đoạn; xem ai đang giữ.")


class LifeFilter(admin.SimpleListFilter):
    """Where a programme stands in its life today."""

    title, parameter_name = "hiệu lực", "hieu_luc"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return Life.choices

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() in Life.values:
            return queryset.in_life(self.value(), timezone.localdate())
        return queryset


class ProgramForm(CleaningForm):
    """A programme neither continues nor follows itself."""

    kin = ("predecessor", "follows")
    itself = "Một chương trình không nối với chính nó."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in self.kin:
            if data.get(name) and data[name].pk == self.instance.pk:
                self.add_error(name, self.itself)
        return data


class PlanForm(ProgramForm):
    """A plan neither continues nor carries out itself."""

    kin = ("predecessor", "parent")
    itself = "Một kế hoạch không nối với chính nó."


class Items(Parts):
    """The commitments of a programme; who leads each stands on its own page."""

    model = ContentItem
    fk_name = "program"
    fields = ["position", "text", "audience"]


class Tags(Parts):
    """What a programme is about."""

    model = ProgramTag
    fields = ["tag"]
    show_change_link = False


class ItemBodies(Parts):
    """Who leads and who joins in a commitment."""

    model = ItemBody
    fields = ["part", "position", "organization", "printed"]


class PlanItems(Parts):
    """The tasks of a plan; who leads each stands on its own page."""

    model = PlanItem
    fk_name = "plan"
    fields = ["position", "text", "product", "audience"]


class Targets(Parts):
    """The targets of a plan; what each asks stands on its own page."""

    model = Target
    fk_name = "plan"
    fields = ["position", "text", "audience"]


class PlanItemBodies(ItemBodies):
    """Who leads and who joins in a task."""

    model = PlanItemBody


@admin.register(Program)
class ProgramAdmin(RecordAdmin):
    """Programmes. Parties, number, date and signatures stand on the page of the paper."""

    group, place = PROGRAMS, 1
    form = ProgramForm
    folded_columns = ("search_text",)
    joined = (
        "document",
        "keeper",
        "written_by",
        "predecessor__document",
        "follows__document",
        "termination_document",
    )
    heavy = ("purposes", "methods", "implementation", "articles", "search_text", "note", "marks")
    list_display = ["named", "number", "dated", "life_said", "state", "keeper"]
    list_filter = [LifeFilter, "state", PublicFilter, "has_successor", "cadence", "is_sample"]
    fieldsets = [
        (None, {"fields": ["document", "keeper", "period", ("theme", "stated_item_count")]}),
        (
            "Nội dung",
            {"fields": ["purposes", "methods", "implementation", "articles"], "classes": ["collapse"]},
        ),
        (
            "Sơ kết, cho ý kiến",
            {"fields": [("cadence", "cadence_printed"), ("consent_by", "consented"), "consent_paper"]},
        ),
        ("Quan hệ", {"fields": ["predecessor", "follows"]}),
        ("Chấm dứt", {"fields": ["terminated_on", "termination_reason", "termination_document"]}),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]
    inlines = [Items, Tags]

    @admin.display(description="chương trình", ordering="sort_key")
    def named(self, row: Program) -> str:
        """Its parties and period."""
        return str(row)

    @admin.display(description="hiệu lực")
    def life_said(self, row: Program) -> str:
        """Where it stands today."""
        return str(row.life(timezone.localdate()).label)


@admin.register(ContentItem)
class ContentItemAdmin(KeptAdmin):
    """Commitments."""

    group, place = PROGRAMS, 2
    within = ("program__keeper",)
    hub = ("program",)
    folded_columns, plain_columns = ("program__search_text",), ("text",)
    joined = ("program__document", "origin")
    heavy = ("marks",)
    list_display = ["__str__", "position", "program", "audience"]
    list_filter = ["audience"]
    fields = ["program", "position", "text", "audience", "origin"]
    inlines = [ItemBodies]


@admin.register(ItemBody)
class ItemBodyAdmin(KeptAdmin):
    """Who leads and who joins in commitments."""

    group, place = PROGRAMS, 3
    within = ("item__program__keeper",)
    hub = ("item", "program")
    folded_columns, plain_columns = ("organization__search_text", "item__program__search_text"), ("printed",)
    joined = ("item__program__document", "organization")
    list_display = ["__str__", "part", "organization", "item"]
    list_filter = ["part", ("organization", admin.EmptyFieldListFilter)]


@admin.register(ProgramTag)
class ProgramTagAdmin(KeptAdmin):
    """What programmes are about."""

    group, place = PROGRAMS, 4
    within = ("program__keeper",)
    hub = ("program",)
    folded_columns, plain_columns = ("program__search_text",), ("tag__name",)
    joined = ("program__document", "tag")
    list_display = ["tag", "program"]
    list_filter = ["tag"]


@admin.register(Plan)
class PlanAdmin(RecordAdmin):
    """Plans."""

    group, place = PROGRAMS, 5
    folded_columns = ("document__folded", "keeper__search_text")
    form = PlanForm
    joined = (
        "document",
        "keeper",
        "written_by",
        "program__document",
        "parent__document",
        "predecessor__document",
        "termination_document",
    )
    heavy = ("purposes", "content", "implementation", "search_text", "note", "marks")
    list_display = ["__str__", "number", "dated", "period_said", "state", "keeper"]
    list_filter = ["state", PublicFilter, ("program", admin.EmptyFieldListFilter), "is_sample"]
    fieldsets = [
        (None, {"fields": ["document", "keeper", "period", "program"]}),
        ("Nội dung", {"fields": ["purposes", "content", "implementation"], "classes": ["collapse"]}),
        ("Quan hệ", {"fields": ["parent", "predecessor"]}),
        ("Chấm dứt", {"fields": ["terminated_on", "termination_reason", "termination_document"]}),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]
    inlines = [PlanItems, Targets]

    @admin.display(description="thời hạn", ordering="period_first")
    def period_said(self, row: Plan) -> str:
        """Its period."""
        return str(row.period)


@admin.register(PlanItem)
class PlanItemAdmin(KeptAdmin):
    """Tasks of plans."""

    group, place = PROGRAMS, 6
    within = ("plan__keeper",)
    hub = ("plan",)
    folded_columns, plain_columns = ("plan__search_text",), ("text", "product")
    joined = ("plan__document", "origin", "content_item")
    heavy = ("marks",)
    list_display = ["__str__", "position", "plan", "audience"]
    list_filter = ["audience"]
    fields = ["plan", "position", "text", "period", "product", "audience", "content_item", "origin"]
    inlines = [PlanItemBodies]


@admin.register(PlanItemBody)
class PlanItemBodyAdmin(KeptAdmin):
    """Who leads and who joins in tasks."""

    group, place = PROGRAMS, 7
    within = ("item__plan__keeper",)
    hub = ("item", "plan")
    folded_columns, plain_columns = ("organization__search_text", "item__plan__search_text"), ("printed",)
    joined = ("item__plan__document", "organization")
    list_display = ["__str__", "part", "organization", "item"]
    list_filter = ["part", ("organization", admin.EmptyFieldListFilter)]


@admin.register(Amendment)
class AmendmentAdmin(RecordAdmin):
    """Amendments."""

    group, place = PROGRAMS, 8
    folded_columns = ("document__folded", "keeper__search_text")
    joined = ("document", "keeper", "written_by", "program__document")
    heavy = ("content", "note", "marks")
    list_display = ["__str__", "number", "dated", "program", "state", "keeper"]
    list_filter = ["state", PublicFilter, ("program", admin.EmptyFieldListFilter), "is_sample"]
    fieldsets = [
        (None, {"fields": ["document", "keeper", "program", "content"]}),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]

"""Clean-up pages of targets: what each asks, the bodies it counts by name, what these reported."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from portal.admin.kept import KeptAdmin, Parts
from programs.admin.programs import PROGRAMS
from programs.models import Target, TargetBody, TargetEvidence, TargetReport


class TargetBodies(Parts):
    """The bodies that a target counts by name."""

    model = TargetBody
    fields = ["position", "organization"]


@admin.register(Target)
class TargetAdmin(KeptAdmin):
    """Targets of plans; what bodies reported stands on pages of its own."""

    group, place = PROGRAMS, 9
    within = ("plan__keeper",)
    hub = ("plan",)
    folded_columns, plain_columns = ("plan__search_text",), ("text",)
    joined = ("plan__document", "origin", "under", "group", "territory")
    heavy = ("marks",)
    list_display = ["__str__", "asked_said", "group", "territory", "measure", "plan"]
    list_filter = ["kind", "audience", ("group", admin.EmptyFieldListFilter)]
    fields = ["plan", "position", "text", "audience", ("kind", "is_striving", "is_each"), ("low", "high", "unit"),
              ("group", "territory"), "measure", "under",
              ("stated_value", "stated_of", "stated_on"), "stated_reason", "origin"]  # fmt: skip
    inlines = [TargetBodies]

    @admin.display(description="cần đạt")
    def asked_said(self, row: Target) -> str:
        """What it asks."""
        return str(row.asked)


class PartOfTarget(KeptAdmin):
    """What hangs on a target, on a page of its own."""

    group = PROGRAMS
    within = ("target__plan__keeper",)
    hub = ("target", "plan")
    folded_columns, plain_columns = ("organization__search_text", "target__plan__search_text"), ()
    joined = ("target__plan__document", "organization")


@admin.register(TargetBody)
class TargetBodyAdmin(PartOfTarget):
    """The bodies that targets count by name."""

    place = 20
    list_display = ["__str__", "position", "target"]
    list_filter = [("organization__ended_on", admin.EmptyFieldListFilter)]


class EvidenceFiles(Parts):
    """The files that prove what a body reported: they come with the report alone."""

    model = TargetEvidence
    fields = readonly_fields = ["file"]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(TargetReport)
class TargetReportAdmin(PartOfTarget):
    """What bodies reported of targets."""

    place = 21
    plain_columns = ("evidence",)
    joined = ("target__plan__document", "organization", "reported_by")
    list_display = ["__str__", "as_of", "target", "reported_by"]
    list_filter = ["as_of", ("evidence", admin.EmptyFieldListFilter)]
    fields = [
        "target",
        "organization",
        ("numerator", "denominator"),
        "as_of",
        "evidence",
        "reported_at",
        "reported_by",
    ]
    readonly_fields = ["reported_at", "reported_by"]
    inlines = [EvidenceFiles]


@admin.register(TargetEvidence)
class TargetEvidenceAdmin(PartOfTarget):
    """The files that prove what bodies reported."""

    place = 22
    within = ("report__target__plan__keeper",)
    hub = ("report", "target", "plan")
    folded_columns, plain_columns = ("report__organization__search_text",), ("file__name",)
    joined = ("file", "report__target__plan__document", "report__organization")
    list_display = ["__str__", "report"]
    unfiltered = "found by its body, its plan or the name of its file"
    fields = readonly_fields = ["report", "file"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

"""Clean-up pages of rounds of reporting, their duties and what was handed in."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from portal.admin.kept import KeptAdmin, Parts
from portal.admin.records import WAY, RecordAdmin
from programs.admin.programs import PROGRAMS
from programs.models import Duty, Round, Submission
from programs.models.rounds import PARTS


class Duties(Parts):
    """The bodies of a round; how each stands is seen on its board."""

    model = Duty
    fields = ["organization", "waived_on", "waived_reason"]


@admin.register(Round)
class RoundAdmin(KeptAdmin):
    """Rounds of reporting. One is opened and closed on its own page."""

    group, place = PROGRAMS, 10
    within = ("keeper",)
    folded_columns = ("folded", "keeper__search_text")
    joined = ("keeper", "program__document", "plan__document", "group", "territory", "written_by")
    heavy = ("asks",)
    list_display = ["title", "keeper", "opens_on", "due_on", "closed_on"]
    list_filter = [
        ("opened_at", admin.EmptyFieldListFilter),
        ("closed_on", admin.EmptyFieldListFilter),
        "is_sample",
    ]
    fields = ["keeper", "title", "asks", "program", "plan", "theme", "period", ("opens_on", "due_on"),
              ("group", "territory"), ("opened_at", "closed_on"), "written_by", "is_sample", "code"]  # fmt: skip
    readonly_fields = ["opened_at", "closed_on", "written_by", "code"]
    inlines = [Duties]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.opened_at)


@admin.register(Duty)
class DutyAdmin(KeptAdmin):
    """What each body has to hand in."""

    group, place = PROGRAMS, 11
    within = ("round__keeper",)
    hub = ("round",)
    folded_columns = ("organization__search_text", "round__folded")
    joined = ("round", "organization")
    list_display = ["organization", "round", "waived_on"]
    list_filter = [("waived_on", admin.EmptyFieldListFilter)]
    fields = ["round", "organization", "waived_on", "waived_reason", "code"]
    readonly_fields = ["organization", "code"]
    deletable = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Submission)
class SubmissionAdmin(RecordAdmin):
    """What bodies handed in."""

    group, place = PROGRAMS, 12
    folded_columns = ("document__folded", "keeper__search_text")
    joined = ("document", "keeper", "written_by", "duty__round", "duty__organization")
    heavy = ("content", "note", "marks", "return_reason")
    list_display = ["__str__", "dated", "duty", "number", "keeper"]
    list_filter = [
        ("accepted_at", admin.EmptyFieldListFilter),
        ("returned_at", admin.EmptyFieldListFilter),
        "is_sample",
    ]
    fieldsets = [
        (None, {"fields": ["document", "keeper", "duty", "number", "sender_name", "told"]}),
        (
            "Nhận, trả lại",
            {"fields": ["accepted_at", "accepted_by", "returned_at", "returned_by", "return_reason"]},
        ),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]
    readonly_fields = [
        *WAY,
        "number",
        "told",
        "accepted_at",
        "accepted_by",
        "returned_at",
        "returned_by",
        "return_reason",
    ]

    @admin.display(description="nội dung")
    def told(self, row: Submission) -> str:
        """Its parts in words; they are the sender's, and not corrected here."""
        return "; ".join(f"{PARTS[key]}: {words}" for key, words in row.content.items() if key in PARTS)

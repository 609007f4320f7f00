"""Clean-up pages of tasks, their parts and their answers."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from meetings.admin.meetings import MEETINGS
from meetings.admin.sayings import PartOfDirective
from meetings.models import (
    Answer,
    Assignment,
    Task,
    TaskAddressee,
)
from meetings.models.tasks import NO_DAY
from portal.admin.kept import CleaningForm, KeptAdmin, Parts, yes_no
from portal.admin.records import WAY, RecordAdmin
from portal.templatetags.say import vdate


class DueForm(CleaningForm):
    """Words that name no day ("sớm") leave the day empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "due_on" in self.fields:
            self.fields["due_on"].required = False
            self.initial["due_on"] = None if self.instance.due_on == NO_DAY else self.instance.due_on

    def clean_due_on(self) -> date:
        """The day, or the one that stands for none."""
        return self.cleaned_data["due_on"] or NO_DAY


class Due(KeptAdmin):
    """A list that says the due day."""

    form = DueForm

    @admin.display(description="hạn", ordering="due_on")
    def due_said(self, row: Task | Assignment) -> str:
        """The day, or that none was named."""
        return "không định ngày" if row.due_on == NO_DAY else vdate(row.due_on)


class TaskAddressees(Parts):
    """The bodies named when it was assigned."""

    model = TaskAddressee
    fields = ["organization"]
    show_change_link = False


@admin.register(Task)
class TaskAdmin(Due, PartOfDirective):
    """Tasks. One that went out is stopped on its own page, not deleted here."""

    place = 3
    folded_columns = ("directive__meeting__search_text", "follower__search_text")
    joined = ("directive__meeting__document", "follower", "assigned_by", "kind", "territory")
    list_display = [
        "__str__",
        "follower",
        "assigned_on",
        "due_said",
        yes_no("yearly", "hằng năm"),
        "closed_on",
    ]
    list_filter = ["yearly", "measure", ("closed_on", admin.EmptyFieldListFilter)]
    fields = [
        "directive",
        "follower",
        ("assigned_on", "assigned_by"),
        ("due_on", "yearly"),
        ("kind", "territory"),
        "measure",
        ("closed_on", "closing_reason"),
        "code",
    ]
    readonly_fields = ["code"]
    inlines = [TaskAddressees]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """Who follows a task decides who reads its parts: fixed once it is assigned."""
        return [*super().get_readonly_fields(request, obj), *(["follower"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.assignments.exists())


@admin.register(TaskAddressee)
class TaskAddresseeAdmin(KeptAdmin):
    """Bodies named in tasks."""

    group, place = MEETINGS, 29
    within = ("task__follower",)
    hub = ("task", "directive", "meeting")
    folded_columns, plain_columns = ("organization__search_text",), ("task__directive__text",)
    joined = ("task__directive__meeting__document", "organization")
    list_display = ["organization", "task"]
    list_filter = ["task__yearly", "task__measure", ("task__closed_on", admin.EmptyFieldListFilter)]


@admin.register(Assignment)
class AssignmentAdmin(Due):
    """What one body has to do by one day; made when a task goes out."""

    group, place = MEETINGS, 30
    within = ("task__follower",)
    hub = ("task", "directive", "meeting")
    folded_columns, plain_columns = ("organization__search_text",), ("task__directive__text",)
    joined = ("task__directive__meeting__document", "organization", "passed_from")
    list_display = ["organization", "task", "due_said", "state"]
    list_filter = ["state", ("passed_from", admin.EmptyFieldListFilter)]
    fields = ["task", "organization", "due_on", "state", "state_since", "reason", "passed_from", "code"]
    readonly_fields = ["organization", "state", "state_since", "passed_from", "code"]
    deletable = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Answer)
class AnswerAdmin(RecordAdmin):
    """What bodies answered."""

    group, place = MEETINGS, 4
    folded_columns = ("document__folded", "keeper__search_text")
    plain_columns = ("text",)
    joined = ("document", "keeper", "written_by", "assignment__task__directive", "assignment__organization")
    heavy = ("text", "note", "marks")
    list_display = ["__str__", "dated", "assignment", "state", "keeper"]
    list_filter = ["state", "is_sample"]
    fieldsets = [
        (None, {"fields": ["document", "keeper", "assignment", "text"]}),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]

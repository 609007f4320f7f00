"""Clean-up pages of conferences, the papers on their tables and the people who came."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from meetings.models import (
    AgendaItem,
    Directive,
    Meeting,
    MeetingKind,
    MeetingKindLink,
    MeetingPaper,
    MeetingRole,
    MeetingSignature,
    Participation,
    ParticipationRole,
    Presentation,
)
from portal.admin.kept import CleaningForm, KeptAdmin, Parts
from portal.admin.records import WAY, PublicFilter, RecordAdmin
from portal.admin.small_registers import SmallRegisterAdmin

MEETINGS = (6, "Hội nghị", "Sửa bản đã duyệt; người dự, ý kiến chỉ đạo, nhiệm vụ; loại, vai trò.")


# --- conferences


class MeetingForm(CleaningForm):
    """A conference is not its own predecessor."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("previous") and data["previous"].pk == self.instance.pk:
            self.add_error("previous", "Một hội nghị không nối với chính nó.")
        return data


class Kinds(Parts):
    """What a conference is for."""

    model = MeetingKindLink
    fields = ["kind"]
    show_change_link = False


class Agenda(Parts):
    """The agenda."""

    model = AgendaItem
    fields = ["position", "time", "text", "presenter"]


class Papers(Parts):
    """The papers on the table; who signed each stands on its own page."""

    model = MeetingPaper
    fields = ["position", "role", "document"]


class Presentations(Parts):
    """The papers read."""

    model = Presentation
    fields = ["position", "presented_by", "organization", "body_printed", "title", "topic"]


class Directives(Parts):
    """What was said; who said it and to whom stands on its own page."""

    model = Directive
    fields = ["position", "text", "said_by", "audience", "state_shown"]


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    """Conferences. Organisers, day and files stand on the page of the paper; people have a list of their own."""

    group, place = MEETINGS, 1
    form = MeetingForm
    folded_columns = ("search_text",)
    joined = ("document", "keeper", "written_by", "previous__document")
    heavy = ("summary", "closing", "search_text", "note", "marks")
    list_display = ["named", "dated", "organizers_label", "stage", "state", "keeper"]
    list_filter = ["stage", "state", PublicFilter, "kind_links__kind", "is_sample"]
    fieldsets = [
        (None, {"fields": ["document", "keeper", "stage", ("starts_at", "ends_at"), "place", "previous"]}),
        ("Diễn biến", {"fields": ["summary", "closing"]}),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]
    inlines = [Kinds, Agenda, Papers, Presentations, Directives]

    @admin.display(description="hội nghị", ordering="document__sort_key")
    def named(self, row: Meeting) -> str:
        """Its name."""
        return row.document.title

    @admin.display(description="ngày tổ chức", ordering="listed_on")
    def dated(self, row: Meeting) -> str:
        """Its day."""
        return str(row.document.dated)


class PartOfMeeting(KeptAdmin):
    """A part of a conference on a page of its own."""

    group = MEETINGS
    within = ("meeting__keeper",)
    hub: tuple[str, ...] = ("meeting",)
    folded_columns: tuple[str, ...] = ("meeting__search_text",)
    joined: tuple[str, ...] = ("meeting__document",)


@admin.register(MeetingKindLink)
class MeetingKindLinkAdmin(PartOfMeeting):
    """Kinds of conferences, one by one."""

    place = 20
    plain_columns = ("kind__name",)
    joined = ("meeting__document", "kind")
    list_display = ["kind", "meeting"]
    list_filter = ["kind"]


@admin.register(AgendaItem)
class AgendaItemAdmin(PartOfMeeting):
    """Points of agendas."""

    place = 21
    plain_columns = ("text", "presenter")
    list_display = ["text", "time", "presenter", "meeting"]
    list_filter = ["meeting__stage"]


class Signatures(Parts):
    """The signatures given to a paper at its conference."""

    model = MeetingSignature
    fields = ["signature"]
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("signature__person")


@admin.register(MeetingPaper)
class MeetingPaperAdmin(PartOfMeeting):
    """Papers on the table."""

    place = 22
    folded_columns = ("meeting__search_text", "document__folded")
    joined = ("meeting__document", "document")
    list_display = ["document", "role", "meeting"]
    list_filter = ["role"]
    inlines = [Signatures]


@admin.register(MeetingSignature)
class MeetingSignatureAdmin(PartOfMeeting):
    """Signatures given at conferences."""

    place = 23
    within = ("paper__meeting__keeper",)
    hub = ("paper", "meeting")
    folded_columns = ("paper__meeting__search_text", "paper__document__folded", "signature__person__folded")
    plain_columns = ("signature__capacity",)
    joined = ("paper__meeting__document", "paper__document", "signature__person")
    list_display = ["signature", "paper"]
    list_filter = ["paper__role"]


# --- people


class Roles(Parts):
    """What a person did there."""

    model = ParticipationRole
    fields = ["role"]
    show_change_link = False


@admin.register(Participation)
class ParticipationAdmin(PartOfMeeting):
    """Who came, with the post of that day."""

    place = 24
    folded_columns = ("person__folded", "organization__search_text", "meeting__search_text")
    plain_columns = ("name", "capacity", "group", "body_printed")
    joined = ("meeting__document", "person", "organization", "stands_in_for__organization")
    list_display = ["__str__", "person", "organization", "attendance", "meeting"]
    list_filter = [
        "attendance",
        ("person", admin.EmptyFieldListFilter),
        ("organization", admin.EmptyFieldListFilter),
    ]
    fields = [
        "meeting",
        ("name", "person"),
        ("capacity", "organization", "body_printed"),
        ("approximator", "count", "group"),
        ("attendance", "stands_in_for"),
        "position",
    ]
    inlines = [Roles]


@admin.register(ParticipationRole)
class ParticipationRoleAdmin(PartOfMeeting):
    """Roles of those who came."""

    place = 25
    within = ("participation__meeting__keeper",)
    hub = ("participation", "meeting")
    folded_columns = ("participation__meeting__search_text", "participation__person__folded")
    plain_columns = ("participation__name", "role__name")
    joined = ("participation__meeting__document", "participation__organization", "role")
    list_display = ["role", "participation"]
    list_filter = ["role"]


@admin.register(Presentation)
class PresentationAdmin(PartOfMeeting):
    """Papers read."""

    place = 26
    plain_columns = ("title", "topic", "body_printed")
    joined = ("meeting__document", "participation__organization", "organization", "attachment")
    list_display = ["__str__", "participation", "organization", "meeting"]
    list_filter = [("organization", admin.EmptyFieldListFilter), ("attachment", admin.EmptyFieldListFilter)]


# --- small registers


@admin.register(MeetingKind)
class MeetingKindAdmin(SmallRegisterAdmin):
    """Kinds of conferences."""

    group, place = MEETINGS, 8


@admin.register(MeetingRole)
class MeetingRoleAdmin(SmallRegisterAdmin):
    """Roles at conferences."""

    group, place = MEETINGS, 9

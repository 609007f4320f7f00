"""Clean-up pages of what was said, by whom and to whom."""

from django.contrib import admin
from django.db.models import Q

from meetings.admin.meetings import MEETINGS, PartOfMeeting
from meetings.models import (
    Directive,
    DirectiveAddressee,
    DirectiveSpeaker,
)
from portal.admin.kept import KeptAdmin, Parts, yes_no
from portal.admin.scope import documents_inside, inside
from portal.models import User


def said_inside(by: User, path: str = "") -> Q:
    """What was said at conferences, or stands in papers, of records kept inside; ``path`` leads to the saying."""
    held = Q(**{f"{path}meeting__keeper__in": inside(by)})
    return held | Q(**{f"{path}document__in": documents_inside(by)})


class Speakers(Parts):
    """Who said it."""

    model = DirectiveSpeaker
    fields = ["participation"]
    show_change_link = False


class Addressees(Parts):
    """To whom it was said."""

    model = DirectiveAddressee
    fields = ["organization"]
    show_change_link = False


@admin.register(Directive)
class DirectiveAdmin(PartOfMeeting):
    """Sayings."""

    place = 2
    within = ("meeting__keeper", "document")
    plain_columns = ("text", "said_by", "addressed_to")
    joined = ("meeting__document", "document", "organization", "by_document")
    list_display = [
        "__str__",
        "said_by",
        "audience",
        yes_no("state_shown", "công khai tình trạng"),
        "meeting",
    ]
    list_filter = ["audience", "state_shown"]
    fields = [
        "meeting",
        "document",
        "position",
        "text",
        "quote",
        ("said_by", "organization", "by_document"),
        ("capacity", "addressed_to"),
        ("audience", "state_shown"),
        "code",
    ]
    readonly_fields = ["code"]
    inlines = [Speakers, Addressees]

    def seen(self, by: User) -> Q:
        return said_inside(by)


class PartOfDirective(KeptAdmin):
    """A part of a saying on a page of its own."""

    group = MEETINGS
    within = ("directive__meeting__keeper",)
    hub: tuple[str, ...] = ("directive", "meeting")
    folded_columns: tuple[str, ...] = ("directive__meeting__search_text",)
    plain_columns: tuple[str, ...] = ("directive__text",)

    def seen(self, by: User) -> Q:
        return said_inside(by, "directive__")


@admin.register(DirectiveSpeaker)
class DirectiveSpeakerAdmin(PartOfDirective):
    """Who said what."""

    place = 27
    plain_columns = ("directive__text", "participation__name")
    joined = ("directive__meeting__document", "participation__organization")
    list_display = ["participation", "directive"]
    list_filter = ["directive__audience"]


@admin.register(DirectiveAddressee)
class DirectiveAddresseeAdmin(PartOfDirective):
    """To whom it was said."""

    place = 28
    folded_columns = ("organization__search_text",)
    joined = ("directive__meeting__document", "organization")
    list_display = ["organization", "directive"]
    list_filter = ["directive__audience", ("organization__ended_on", admin.EmptyFieldListFilter)]

"""What conferences show in the shell: navigation, desk, door, search, panels, register pages."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from meetings import board_lines
from meetings.actions.circles import place_assignments
from meetings.actions.derived import naming, refresh
from meetings.actions.passing import pass_on_ended
from meetings.actions.rounds import renew_yearly
from meetings.actions.told import follow_sayings
from meetings.calendar import has_day
from meetings.forms.head import match_meetings, may_precede
from meetings.leftovers import forgotten_words, unsigned_words
from meetings.listing import concerning, meeting_hits, meeting_page_of
from meetings.models import (
    Assignment,
    Directive,
    Meeting,
    MeetingPaper,
    Participation,
    ParticipationRole,
    Presentation,
    Task,
)
from meetings.publication import errands_of, meeting_parts, paper_sayings
from meetings.views.entry import MeetingEntry
from portal.access import VISITOR
from portal.desk_lines import lines_of
from portal.models import Document, Organization, Paper, Partner, Reach, Sought, User
from portal.publication import Line, Preview
from portal.sections import DeskLine, Hits, Kind, NavItem, OpenTask, Reader, Section, register

PANEL = 10


@register
class MeetingSection(Section):
    """The section of this app."""

    position = 20

    def public_nav(self) -> Iterable[NavItem]:
        yield NavItem("Hội nghị", reverse("meetings:meeting_list"), holds=Meeting.objects.published())

    def staff_nav(self, user: User) -> Iterable[NavItem]:
        yield NavItem("Hội nghị", reverse("meetings:staff_meeting_list"))
        yield NavItem("Nhiệm vụ", reverse("meetings:task_list"), under=("/lam-viec/chi-dao/",))

    def kinds(self) -> Iterable[Kind]:
        return (
            Kind(
                "meeting",
                "Hội nghị",
                "Ghi lại hội nghị ký kết, sơ kết, tổng kết đã tổ chức: ai dự, ký gì, ý kiến chỉ đạo nào.",
                reverse("meetings:enter_meeting"),
                MeetingEntry,
            ),
        )

    def desk(self, user: User, most: int) -> Iterable[DeskLine]:
        yield from lines_of([MeetingEntry], user, most)
        yield from board_lines.desk_lines(user, most)

    def urgent(self, user: User, most: int) -> Iterable[DeskLine]:
        yield from lines_of([MeetingEntry], user, most, only_waiting=True)
        yield from board_lines.lines_to_urge(user, most)

    def next_dates(self, user: User, today: date) -> Iterable[tuple[date, str, str]]:
        kept = Reach.objects.running(user.reading_bodies)
        coming = Meeting.objects.visible_to(user).coming(today).filter(keeper__in=kept)
        for one in MeetingEntry.as_called(coming).order_by("listed_on")[:3]:
            dated = one.document.dated
            about = "" if has_day(one) else f" {dated.in_brackets}"
            yield dated.last, f"{one.document.title}{about}", meeting_page_of(one, user)
        yield from board_lines.next_days(user, today)

    def inside(self, record: Paper, reader: User) -> Iterable[Hits]:
        return board_lines.panels_of(record, reader)

    def still_open(self, record: Paper, reader: User, on: date) -> Iterable[OpenTask]:
        return board_lines.still_open(record, reader, on)

    def nightly(self) -> Iterable[tuple[str, Callable[[], object]]]:
        today = timezone.localdate()
        yield "Chuyển nhiệm vụ của cơ quan đã kết thúc", lambda: pass_on_ended(today)
        yield "Giao tiếp nhiệm vụ lặp lại hằng năm", lambda: renew_yearly(today)
        yield "Tìm văn bản thêm khi ghi hồ sơ mà nay không nơi nào nêu", forgotten_words
        yield "Tìm người ghi là đã ký mà các văn bản ký tại hội nghị không có chữ ký", unsigned_words
        yield "Tính lại nhiệm vụ được tìm theo gì", lambda: follow_sayings(Task.objects.all())

    def search(self, sought: Sought) -> Iterable[Hits]:
        found = Meeting.objects.visible_to(sought.reader).holding(sought)
        url = reverse(list_for(sought.reader), query={"q": " ".join(sought.words)})
        yield from panel("Hội nghị", found, sought.reader, url)

    def suggest(
        self, register: str, user: User, text: str, *, of: str = "", on: date | None = None
    ) -> list[dict[str, str]] | None:
        if register != "hoi-nghi":
            return None
        return [
            {"name": str(one), "code": one.code, "line": one.organizers_label}
            for one in match_meetings(user, text, may_precede(of, on))
        ]

    def front(self, today: date) -> Iterable[Hits]:
        yield from panel("Hội nghị", Meeting.objects.published(), VISITOR, reverse("meetings:meeting_list"))

    def of_body(self, organization: Organization, reader: Reader) -> Iterable[Hits]:
        own = Organization.objects.filter(pk=organization.pk).values("pk")
        found = concerning(Meeting.objects.visible_to(reader), own, reader)
        asked = {"don-vi": organization.name, "don-vi-ma": organization.code}
        yield from panel("Hội nghị", found, reader, reverse(list_for(reader), query=asked))

    def beside(self, document: Document, reader: Reader) -> Iterable[Hits]:
        tables = MeetingPaper.objects.filter(document=document).values("meeting_id")
        found = Meeting.objects.visible_to(reader).filter(pk__in=tables)
        yield from panel("Hội nghị về văn bản này", found, reader, "")
        if not reader.is_authenticated and (told := board_lines.public_sayings(document)):
            yield Hits("Ý kiến chỉ đạo nêu trong văn bản này", told, "")

    def resting_on(self, document: Document, reader: Reader) -> Iterable[Hits]:
        return self.beside(document, reader)

    def publication_parts(self, record: models.Model) -> Preview | None:
        return meeting_parts(record) if isinstance(record, Meeting) else paper_sayings(record)

    def errands(self, record: Paper) -> dict[str, Line]:
        return errands_of(record) if isinstance(record, Meeting) else {}

    def acted_on(self, record: Paper) -> Iterable[QuerySet]:
        return (Task.objects.filter(directive__meeting=record),) if isinstance(record, Meeting) else ()

    def addresses(self, documents: Iterable[int], reader: Reader) -> dict[int, str]:
        wanted = list(documents)
        rows = Meeting.objects.visible_to(reader).filter(document__in=wanted)
        rows = rows.only("document_id", "code", "slug")
        pages = {one.document_id: meeting_page_of(one, reader) for one in rows}
        left = [key for key in wanted if key not in pages]
        if not (left and reader.is_authenticated):
            return pages
        seen = Assignment.objects.visible_to(reader).filter(answers__document__in=left)
        return pages | {
            document: reverse("meetings:task_record", args=[code])
            for document, code in seen.values_list("answers__document", "code")
        }

    def dated_anew(self, document: Document) -> None:
        told = Q(directive__document=document) | Q(directive__meeting__document=document)
        follow_sayings(Task.objects.filter(told))

    def touched(self, instance: models.Model) -> None:
        if isinstance(instance, Partner):
            instance = instance.document
        if isinstance(instance, ParticipationRole):
            instance = instance.participation
        if isinstance(instance, Organization):
            place_assignments(
                Assignment.objects.filter(Q(organization=instance) | Q(task__follower=instance))
            )
            refresh(naming(instance))
        elif isinstance(instance, Document):
            refresh(Meeting.objects.filter(document=instance).values_list("pk", flat=True))
            self.dated_anew(instance)
        elif isinstance(instance, Meeting):
            refresh([instance.pk])
            follow_sayings(Task.objects.filter(directive__meeting=instance))
        elif isinstance(instance, Participation | Presentation | Directive):
            refresh([instance.meeting_id])
            if isinstance(instance, Directive):
                follow_sayings(Task.objects.filter(directive=instance))


def list_for(reader: Reader) -> str:
    """The list of conferences on the reader's side of the house."""
    return "meetings:staff_meeting_list" if reader.is_authenticated else "meetings:meeting_list"


def panel(label: str, found: QuerySet, reader: Reader, url: str) -> Iterable[Hits]:
    """The newest of these conferences, and how many there are; nothing when there are none."""
    found = found.order_by("-listed_on", "-pk")
    if keys := list(found.values_list("pk", flat=True)[: PANEL + 1]):
        total = found.count() if len(keys) > PANEL else len(keys)
        yield Hits(label, meeting_hits(keys[:PANEL], reader), url, total, "hội nghị")

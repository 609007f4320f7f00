"""The guests of a conference as one reader may read them: how many answered what, each with who stands in.

Only for those who read the conference from inside; visitors read who had a part in it, never who was asked.
"""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.functional import cached_property

from meetings.models import Meeting, Participation, Stage
from portal.changes import capital
from portal.templatetags.say import vnumber
from portal.text import fold

Attendance = Participation.Attendance
PER_PAGE = 100
UNSAID = "chua-ghi"
BEFORE = (Attendance.INVITED, Attendance.CONFIRMED, Attendance.ABSENT, Attendance.UNSAID)
"""What is noted with one press before the day; from the day on it is who came."""
THAT_DAY = (Attendance.ATTENDED, Attendance.ABSENT, Attendance.UNSAID)
PRESSES = {
    Attendance.UNSAID: "Bỏ ghi",
    Attendance.INVITED: "Đã mời",
    Attendance.CONFIRMED: "Sẽ dự",
    Attendance.ABSENT: "Vắng",
    Attendance.ATTENDED: "Có mặt",
}


@dataclass(frozen=True)
class Counted:
    """How many guests gave an answer; ``key`` asks for them in the address."""

    key: str
    words: str
    count: int


@dataclass(frozen=True)
class Guest:
    """A guest as a line of the list."""

    row: Participation
    substitute: Participation | None

    @property
    def called(self) -> str:
        """Who was asked: the person, the group, or the place of a body."""
        return called(self.row)

    @property
    def body(self) -> str:
        """The body represented, where the name does not say it already."""
        return (str(self.row.organization or "") or self.row.body_printed) if self.row.name else ""

    @property
    def post(self) -> str:
        """The capacity, and the body behind it unless the capacity names that in full."""
        capacity, body = self.row.capacity, self.body
        return ", ".join(filter(None, [capacity, body if fold(body) not in fold(capacity) else ""]))

    @property
    def answer(self) -> str:
        """What was answered, and who stands in; nothing while nothing was noted."""
        said = self.row.get_attendance_display() if self.row.attendance else ""
        other = self.substitute
        if other is None:
            return said
        came = {Attendance.ATTENDED, Attendance.ABSENT}
        then = f" ({other.get_attendance_display()})" if other.attendance in came else ""
        return f"{said}: {other}{then}"


class GuestList:
    """Everybody asked to a conference."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    @cached_property
    def rows(self) -> QuerySet:
        """The guests in their order, who stands in beside each."""
        linked = ("organization", "substitute__organization")
        return self.meeting.participations.entered().select_related(*linked)

    @cached_property
    def counts(self) -> list[Counted]:
        """How many there are of each answer, those nobody gave left out."""
        found = self.meeting.participations.entered().order_by().values_list("attendance")
        held = dict(found.annotate(count=Count("pk")))
        said = [(one.value, one.label) for one in Attendance]
        return [Counted(key or UNSAID, words, held[key]) for key, words in said if held.get(key)]

    @property
    def total(self) -> int:
        """How many were asked."""
        return sum(one.count for one in self.counts)

    @property
    def sentence(self) -> str:
        """The counts in words."""
        if not self.total:
            return "Chưa có khách mời nào."
        if {one.key for one in self.counts} == {UNSAID}:
            return f"{vnumber(self.total)} khách mời."
        parts = ", ".join(f"{vnumber(one.count)} {one.words}" for one in self.counts)
        return f"{vnumber(self.total)} khách mời: {parts}."

    def page(self, number: str, answered: str = "") -> Page:
        """A page of guests, all or those of one answer."""
        keys = {one.key: one.key for one in self.counts} | {UNSAID: ""}
        rows = self.rows.filter(attendance=keys[answered]) if answered in keys else self.rows
        pages = Paginator(rows, PER_PAGE)
        page = pages.get_page(pages.num_pages if number == "last" else number)
        page.object_list = lines(page.object_list)
        return page

    def all(self) -> list[Guest]:
        """Every guest, for paper."""
        return lines(self.rows)

    def one(self, key: int) -> Guest | None:
        """One guest."""
        return next(iter(lines(self.rows.filter(pk=key))), None)


def lines(rows: QuerySet) -> list[Guest]:
    """Rows as lines of the list."""
    return [Guest(row, getattr(row, "substitute", None)) for row in rows]


def called(row: Participation) -> str:
    """How a row is called: the person, the group with its count, or the place of a body."""
    if row.group:
        return capital(str(row))
    return row.name or f"Đại diện {row.organization or row.body_printed}"


def in_full(row: Participation) -> str:
    """Who somebody is on paper: the person with capacity and body, the group, the body."""
    return ", ".join(filter(None, [row.name, Guest(row, None).post])) if row.name else str(row)


def presses(meeting: Meeting, today_is_it: bool) -> list[tuple[str, str]]:
    """What may be noted with one press, as value and words, by whether the day has come."""
    if meeting.stage == Stage.CANCELLED:
        return []
    return [(one.value, PRESSES[one]) for one in (THAT_DAY if today_is_it else BEFORE)]

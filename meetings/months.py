"""The conferences of one month, as a table of weeks for a wide screen and paper, and as a list for a phone."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from meetings.clock import say_hours
from meetings.listing import meeting_page_of, stage_chip
from meetings.models import Meeting
from portal.dates import FIRST_YEAR, LAST_YEAR, Precision
from portal.models import User

MOST_IN_A_MONTH = 500
MOST_IN_A_DAY = 4
AHEAD = 5
MONDAYS_FIRST = Calendar()
IN_A_MONTH = (Precision.DAY, Precision.MONTH)
"""How much of the day is known of what a month holds: one known by its year alone stands in no month."""
BY_HOUR = ("listed_on", F("starts_at").asc(nulls_first=True), "pk")


@dataclass(frozen=True)
class Entry:
    """One conference in the calendar."""

    meeting: Meeting
    url: str
    clock: str
    chip: tuple[str, str] | None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.meeting.document.title


@dataclass(frozen=True)
class Day:
    """One day of the table: what stands in it, and how many more there are."""

    day: date
    entries: list[Entry]
    in_month: bool
    is_today: bool

    @property
    def shown(self) -> list[Entry]:
        """The first few, as many as a cell holds."""
        return self.entries[:MOST_IN_A_DAY]

    @property
    def more(self) -> int:
        """How many are left out."""
        return len(self.entries) - len(self.shown)


class Month:
    """A month as one person may see it."""

    def __init__(self, first: date, reader: User, today: date) -> None:
        self.first, self.reader, self.today = first, reader, today
        self.after = (first + timedelta(days=31)).replace(day=1)
        self.before = (first - timedelta(days=1)).replace(day=1)
        visible = Meeting.objects.visible_to(reader).select_related("document")
        held = visible.filter(listed_on__gte=first, listed_on__lt=self.after)
        held = held.filter(document__dated_precision__in=IN_A_MONTH).order_by(*BY_HOUR)
        rows = list(held[: MOST_IN_A_MONTH + 1])
        self.is_cut = len(rows) > MOST_IN_A_MONTH
        by_day: dict[date, list[Entry]] = defaultdict(list)
        self.undated: list[Entry] = []
        for one in rows[:MOST_IN_A_MONTH]:
            known = one.document.dated_precision == Precision.DAY
            (by_day[one.listed_on] if known else self.undated).append(self._entry(one))
        self.days = [self._day(day, found) for day, found in sorted(by_day.items())]
        self.weeks = [
            [self._day(day, by_day.get(day, [])) for day in week]
            for week in MONDAYS_FIRST.monthdatescalendar(first.year, first.month)
        ]
        self.coming = [self._entry(one) for one in coming(visible, today)]

    def _entry(self, one: Meeting) -> Entry:
        clock = say_hours(one.starts_at, None)
        return Entry(one, meeting_page_of(one, self.reader), clock, stage_chip(one, self.today))

    def _day(self, day: date, entries: list[Entry]) -> Day:
        return Day(day, entries, day.month == self.first.month, day == self.today)

    @property
    def words(self) -> str:
        """Its name: "tháng 11/2026"."""
        return f"tháng {self.first.month}/{self.first.year}"

    @property
    def count(self) -> int:
        """How many conferences it holds."""
        return sum(len(day.entries) for day in self.days) + len(self.undated)


def coming(visible: QuerySet, today: date) -> QuerySet:
    """The next conferences still to be held, the nearest first."""
    return visible.coming(today).order_by(*BY_HOUR)[:AHEAD]


def read_month(text: str, today: date) -> date:
    """The first day of the month written "2026-11"; this month where it is not one."""
    year, _, month = text.partition("-")
    is_number = all(part.isascii() and part.isdigit() for part in (year, month))
    if not is_number or len(text) > 7:
        return today.replace(day=1)
    # A month at either end of what the calendar knows has no neighbour beyond it.
    in_range = FIRST_YEAR < int(year) < LAST_YEAR and 1 <= int(month) <= 12
    return date(int(year), int(month), 1) if in_range else today.replace(day=1)

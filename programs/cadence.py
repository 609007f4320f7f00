"""When a programme's review is due by what it says itself ("hằng năm", "giữa kỳ và cuối kỳ"), before anyone writes one.

From near the end of the time it covers until somebody asks for it or writes it; a year's gives way to the next
year's, the last to the one of the whole term, which stays for a year after the programme's end.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from portal.dates import Period, PeriodKind
from portal.models import Reach, State
from programs.models import Cadence, Program, Review, Round
from programs.models.programs import CALLED_BY

MONTHS = {Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12, Cadence.PERIODIC: 12}
"""How many months one review covers; "định kỳ" without more is read as every year."""
TELLING = (*MONTHS, Cadence.MID_TERM)
"""The cadences by which something is due."""
NEAR, LATE = timedelta(days=120), timedelta(days=365)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """The time one review covers: a quarter, a half or a whole year of the calendar, a term or half of one."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many months it touches."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def words(self) -> str:
        """As papers call one of the calendar: "quý III năm 2026", "6 tháng đầu năm 2026", "năm 2026"."""
        if self.months == 3:
            return f"quý {('I', 'II', 'III', 'IV')[self.last.month // 3 - 1]} năm {self.first.year}"
        if self.months == 6:
            return f"6 tháng {'đầu' if self.first.month == 1 else 'cuối'} năm {self.first.year}"
        return f"năm {self.first.year}"

    @property
    def before(self) -> "Stretch":
        """The one before it in the calendar, of the same length."""
        return stretch_at(self.first - ONE_DAY, self.months)

    @property
    def first_half(self) -> "Stretch":
        """Its first half, in whole months."""
        return Stretch(self.first, month_after(self.first, self.months // 2) - ONE_DAY)

    @property
    def near_from(self) -> date:
        """The day its end is near from: the last quarter of it begins, or four months are left."""
        return self.last - min((self.last - self.first) // 4, NEAR)


def stretch_at(on: date, months: int) -> Stretch:
    """The stretch of the calendar of so many months that a day lies in."""
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    return Stretch(first, month_after(first, months) - ONE_DAY)


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months after that of a day."""
    count = day.month - 1 + months
    return date(day.year + count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class DueReview:
    """A review a programme makes due: what it is called, the time it covers, and that time as a form reads it."""

    said: str
    stretch: Stretch
    period: str
    is_closing: bool = False

    def is_told(self, first: date, last: date) -> bool:
        """Whether a round or review of these days is the one: it holds the last day, or most of the whole term."""
        if self.is_closing:
            return first <= self.stretch.first_half.last and last >= self.stretch.near_from
        return first <= self.stretch.last <= last


def due_review(program: Program, on: date) -> DueReview | None:
    """The review of a programme that is due about a day by its cadence; none where no end is near or lately past."""
    begun, until = program.in_force_from, program.in_force_until
    if program.cadence not in TELLING or begun is None or begun > on:
        return None
    whole = Stretch(program.period.first or begun, until) if until else None
    if whole and on >= whole.near_from:
        words = term_words(program.period, whole)
        return DueReview(f"Tổng kết {words}", whole, words, True) if on <= whole.last + LATE else None
    if program.cadence == Cadence.MID_TERM:
        half = whole.first_half if whole else None
        if half is None or on < half.near_from:
            return None
        return DueReview("Sơ kết giữa kỳ", half, str(Period.days(half.first, half.last)))
    current = stretch_at(on, MONTHS[Cadence(program.cadence)])
    due = current if on >= current.near_from else current.before
    return DueReview(f"Sơ kết {due.words}", due, due.words) if begun <= due.last else None


def term_words(period: Period, whole: Stretch) -> str:
    """A programme's term as its closing review calls it: "giai đoạn 2021–2026"."""
    stated = period if period.last else Period.days(whole.first, whole.last)
    is_of_years = stated.kind == PeriodKind.YEARS and stated.start_year != stated.end_year
    return f"giai đoạn {stated}" if is_of_years else stated.sentence()


def reviews_due(bodies: Collection[int], on: date, most: int) -> Iterator[tuple[Program, DueReview]]:
    """The programmes these bodies keep whose review is due about a day, and nobody has asked or written; oldest first.

    What another body only prepares is not known here.
    """
    own = Q(keeper__in=Reach.objects.running(bodies))
    lasting = Q(in_force_until=None) | Q(in_force_until__gte=on - LATE)
    kept = Program.objects.approved().filter(own, lasting, cadence__in=TELLING, in_force_from__lte=on)
    kept = kept.exclude(terminated_on__isnull=False, terminated_on__lte=on).select_related("document")
    found = kept.only("code", "cadence", "in_force_from", "in_force_until", *CALLED_BY).order_by("pk")
    due = [(program, one) for program in found if (one := due_review(program, on))]
    if not due:
        return
    keys = [program.pk for program, _ in due]
    columns = ("program_id", "period_first", "period_last")
    asking = Round.objects.filter(own | Q(opened_at__isnull=False), program__in=keys)
    written = Review.objects.of_programs(keys).filter(own | Q(state=State.APPROVED))
    spans, closed = defaultdict(list), set()
    for key, first, last in asking.values_list(*columns):
        spans[key].append((first, last))
    for key, first, last, is_final in written.values_list(*columns, "is_final"):
        spans[key].append((first, last))
        closed |= {key} if is_final else set()
    for program, one in sorted(due, key=lambda pair: pair[1].stretch.last):
        told = any(one.is_told(first, last or first) for first, last in spans[program.pk] if first)
        if most and not told and not (one.is_closing and program.pk in closed):
            yield program, one
            most -= 1

"""When a programme's review is due by what it says itself ("hằng năm", "6 tháng một lần"), before anyone writes one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.models import Reach, State
from programs.models import Cadence, Program, Review, Round
from programs.models.programs import CALLED_BY

MONTHS = {Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12, Cadence.PERIODIC: 12}
"""How many months one review covers; "định kỳ" without more is read as every year."""
MOST = 40


@dataclass(frozen=True)
class Stretch:
    """A quarter, a half or a whole year of the calendar, at whose end a review is due."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """As papers call it: "quý III năm 2026", "6 tháng đầu năm 2026", "năm 2026"."""
        year = self.first.year
        months = self.last.month - self.first.month + 1
        if months == 3:
            return f"quý {('I', 'II', 'III', 'IV')[self.last.month // 3 - 1]} năm {year}"
        if months == 6:
            return f"6 tháng {'đầu' if self.first.month == 1 else 'cuối'} năm {year}"
        return f"năm {year}"

    @property
    def before(self) -> "Stretch":
        """The one before it, of the same length."""
        return stretch_at(self.first - timedelta(days=1), self.last.month - self.first.month + 1)

    def is_near(self, on: date) -> bool:
        """Whether a day lies within a quarter of its length around its end."""
        quarter = (self.last - self.first) // 4
        return self.last - quarter <= on <= self.last + quarter


def stretch_at(on: date, months: int) -> Stretch:
    """The stretch of so many months that a day lies in."""
    begins = (on.month - 1) // months * months + 1
    after = date(on.year + (begins + months > 12), (begins + months - 1) % 12 + 1, 1)
    return Stretch(date(on.year, begins, 1), after - timedelta(days=1))


def near_end(cadence: str, on: date) -> Stretch | None:
    """The stretch whose review a cadence makes due about a day; none while no end is near."""
    if not (months := MONTHS.get(Cadence(cadence))):
        return None
    current = stretch_at(on, months)
    return next((one for one in (current.before, current) if one.is_near(on)), None)


def reviews_due(bodies: Collection[int], on: date) -> Iterator[tuple[Program, Stretch]]:
    """The programmes these bodies keep whose review is due about a day, and for which nobody has asked or written yet.

    What another body only prepares is not known here.
    """
    near = {cadence: due for cadence in MONTHS if (due := near_end(cadence, on))}
    if not near:
        return
    own = Q(keeper__in=Reach.objects.running(bodies))
    begun = reduce(or_, (Q(cadence=one, in_force_from__lte=due.last) for one, due in near.items()))
    kept = Program.objects.approved().in_force(on).filter(own & begun).select_related("document")
    found = kept.only("code", "cadence", *CALLED_BY).order_by("pk")[:MOST]
    asked = [(program, near[program.cadence]) for program in found]
    if not asked:
        return
    keys = [program.pk for program, _ in asked]
    columns = ("program_id", "period_first", "period_last")
    asking = Round.objects.filter(own | Q(opened_at__isnull=False), program__in=keys)
    written = Review.objects.of_programs(keys).filter(own | Q(state=State.APPROVED))
    told = [*asking.values_list(*columns), *written.values_list(*columns)]
    for program, due in asked:
        spans = [(first, last or first) for key, first, last in told if key == program.pk and first]
        if not any(first <= due.last and last >= due.last for first, last in spans):
            yield program, due

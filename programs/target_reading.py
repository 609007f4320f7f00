"""The targets of a plan as one reader may read them: what is asked, how it stands, and for staff whose part is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import cached_property

from portal.measures import Measure
from portal.models import Organization
from programs.measuring import Standing, last_day, measure_of, standing
from programs.models import Plan, Target
from programs.targets import Verdict, number_words
from programs.wording import short_day

MOST_NAMED = 60
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class TargetLine:
    """One target with how it stands, in words and numbers; the bodies behind are for who reads inside."""

    target: Target
    standing: Standing
    names_bodies: bool

    @property
    def asked(self) -> str:
        """What it asks: "phấn đấu 40–50 %, các phường, phường Ba Đình"."""
        whom = [self.target.group.name, str(self.target.territory)] if self.target.group_id else []
        return ", ".join([str(self.target.asked), *whom])

    @property
    def measure(self) -> Measure | None:
        """How it is measured."""
        return measure_of(self.target.measure)

    @property
    def fraction(self) -> str:
        """How many of how many: "6/14 = 42,9 %", "3"; where nothing is known, that."""
        stands = self.standing
        if stands.value is None:
            return str(Verdict.NO_DATA.label)
        done = number_words(stands.done)
        if not self.target.is_share:
            return done
        return f"{done}/{number_words(stands.whole)} = {number_words(self.share)} %"

    @property
    def share(self) -> Decimal | None:
        """The value in per cent, to a tenth."""
        value = self.standing.value
        return None if value is None else value.quantize(TENTH, ROUND_HALF_UP)

    @property
    def verdict(self) -> str:
        """How it stands against what is asked, in words; nothing where nothing is known."""
        if self.standing.verdict == Verdict.NO_DATA:
            return ""
        if more := self.standing.short_by:
            return f"cần thêm {more} cơ quan" if self.target.is_share else f"cần thêm {more}"
        return str(self.standing.verdict.label)

    @property
    def as_of(self) -> str:
        """The day it is counted on, and how many bodies were left out."""
        said = [f"tính đến {short_day(self.standing.as_of)}"]
        if self.standing.left_out:
            said.append(f"chưa có số liệu của {self.standing.left_out} cơ quan")
        return ", ".join(said)

    @cached_property
    def bodies(self) -> list[tuple[str, list[Organization], int]]:
        """For staff: who has, who has not, of whom nothing is known; each with names and how many there are."""
        if not self.names_bodies or self.standing.having is None:
            return []
        groups = (
            ("Đã làm", self.standing.having),
            ("Chưa làm", self.standing.lacking),
            ("Chưa có số liệu", self.standing.unknown),
        )
        found = []
        for words, rows in groups:
            names = list(rows.order_by("sort_key")[: MOST_NAMED + 1])
            if names:
                more = rows.count() - MOST_NAMED if len(names) > MOST_NAMED else 0
                found.append((words, names[:MOST_NAMED], more))
        return found


def readable_targets(plan: Plan, audiences: frozenset[str]) -> list[Target]:
    """The targets of a plan that a reader may read, with whom they count."""
    found = plan.targets.filter(audience__in=audiences).select_related("group", "territory")
    targets = list(found.prefetch_related("group__parts"))
    for target in targets:
        target.plan = plan
    return targets


def target_lines(targets: Iterable[Target], *, names_bodies: bool, today: date) -> list[TargetLine]:
    """Targets as they stand today, or stood on the last day of their plan."""
    return [
        TargetLine(target, standing(target, last_day(target.plan, today)), names_bodies) for target in targets
    ]

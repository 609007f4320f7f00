"""How any target stands on a day: as computed, as its bodies told, or as the plans below add up; and territory by territory.

Shares are added as numerators and denominators, never averaged. A body that told nothing is left out of both, and
counted as left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from portal.models import AdministrativeUnit, Organization, State
from portal.models.territories import alive_on
from programs.measuring import Standing, computed, known_and_doers, measure_of, value_of
from programs.models import Plan, Target, TargetBody, TargetReport
from programs.models.targets import TargetReportQuerySet
from programs.targets import FROM_BELOW, REPORTED, WHOLE, TargetKind


def standing(target: Target, on: date) -> Standing:
    """How a target stands on a day, by its own measure."""
    if target.measure == REPORTED:
        return reported(target, on)
    if target.measure == FROM_BELOW:
        return from_below(target, on)
    return computed(target, on)


# --- told by each body


def reported(target: Target, on: date) -> Standing:
    """What the bodies of a target told by a day, added up."""
    population = target.population(on)
    if population is None:
        return Standing(target, on)
    told = told_of(target, population, on)
    part, whole = as_told(target)
    how = Min("numerator") if target.kind == TargetKind.YES_NO else Sum(part)
    found = told.aggregate(done=how, whole=Sum(whole), bodies=Count("pk"))
    tellers = told.values("organization_id")
    meeting = told.filter(meets(target)).values("organization_id")
    return Standing(
        target,
        on,
        found["done"],
        found["whole"],
        population.count() - found["bodies"],
        population.filter(pk__in=meeting),
        population.filter(pk__in=tellers).exclude(pk__in=meeting),
        population.exclude(pk__in=tellers),
    )


def told_of(target: Target, population: QuerySet[Organization], on: date) -> TargetReportQuerySet:
    """What these bodies told of a target by a day."""
    return TargetReport.objects.by(on).filter(target=target, organization__in=population.values("pk"))


def meets(target: Target) -> Q:
    """Reports that meet by themselves a share asked, or what is asked of each; all, where a number is asked of all."""
    met = Q()
    if not target.is_fraction:
        return met
    part, of = F("numerator"), Value(Decimal(1))
    if target.is_share:
        part, of = part * WHOLE, F("denominator")
    if target.low is not None:
        met &= Q(GreaterThanOrEqual(part, of * target.low))
    if target.kind == TargetKind.AT_MOST:
        met &= Q(LessThanOrEqual(part, of * target.high))
    return met


def as_told(target: Target) -> tuple[Combinable, Combinable]:
    """What a report adds to its target: so many, of so many; where something is asked of each, a body that reaches it."""
    if not target.is_each:
        return F("numerator"), F("denominator")
    one, none = (Value(Decimal(number), output_field=DecimalField()) for number in (1, 0))
    return Case(When(meets(target), then=one), default=none), one


# --- added up over the plans below


def from_below(target: Target, on: date) -> Standing:
    """What the approved plans below tell of their part of a target, added up level by level.

    Plans that tell of their own body alone, which are most, are added in one question a level; others one by one, as
    they stand. A part in another unit, or asked of each where this is not, is no part of the sum.
    """
    sums: list[tuple[Decimal | None, Decimal | None]] = []
    telling: set[int] = set()
    level: dict[int, int | None] = {target.pk: None}
    """The targets whose parts are added next, and to which body directly below each of them belongs."""
    seen = set(level)
    while level:
        for above, body, done, whole in told_alone(level, target, on):
            sums.append((done, whole))
            telling |= {body, level[above] or body}
        further: dict[int, int | None] = {}
        for part in parts_below(level, target):
            if part.pk in seen:
                continue
            seen.add(part.pk)
            body = level[part.under_id] or part.plan.keeper_id
            if part.measure == FROM_BELOW:
                further[part.pk] = body
            elif (stands := standing(part, on)).value is not None:
                sums.append((stands.done, stands.whole))
                telling |= {body, part.plan.keeper_id}
        level = further
    asked = target.population(on)
    if asked is None:
        plans = Plan.objects.approved().filter(parent=target.plan_id)
        asked = Organization.objects.alive(on).filter(pk__in=plans.order_by().values("keeper_id"))
    silent = set(asked.order_by().values_list("pk", flat=True)) - telling
    return Standing(
        target,
        on,
        added(done for done, _ in sums),
        added(whole for _, whole in sums),
        len(silent),
        asked.filter(pk__in=telling),
        asked.none(),
        asked.exclude(pk__in=telling),
    )


def told_alone(
    above: Iterable[int], target: Target, on: date
) -> QuerySet[TargetReport, tuple[int, int, Decimal, Decimal | None]]:
    """What bodies told of targets of their own plans alone, each a part of one of these: of which, who, so many, of so many.

    Counted as ``target`` asks, into which all of them go.
    """
    named = TargetBody.objects.filter(target=OuterRef("target"))
    own = {"target__measure": REPORTED, "target__group": None, "organization": F("target__plan__keeper")}
    parts = {"target__under__in": list(above), "target__plan__state": State.APPROVED}
    parts |= {"target__unit": target.unit, "target__is_each": target.is_each}
    told = TargetReport.objects.by(on).filter(alive_on(on, "organization__"), ~Exists(named), **own, **parts)
    return told.order_by().values_list("target__under_id", "organization_id", *as_told(target))


def parts_below(above: Iterable[int], target: Target) -> QuerySet[Target]:
    """The measured targets of approved plans that go into one of these, but for those told alone."""
    approved = Plan.objects.approved().order_by().values("pk")
    alike = {"unit": target.unit, "is_each": target.is_each}
    found = Target.objects.filter(under__in=list(above), plan__in=approved, **alike).exclude(measure="")
    alone = Q(measure=REPORTED, group=None) & ~Exists(TargetBody.objects.filter(target=OuterRef("pk")))
    return found.exclude(alone).select_related("plan", "group", "territory").prefetch_related("group__parts")


def added(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [one for one in numbers if one is not None]
    return sum(known, Decimal(0)) if known else None


# --- territory by territory


@dataclass(frozen=True)
class Part:
    """How a target stands in one territory directly below its own; None is its own level."""

    target: Target
    territory: AdministrativeUnit | None
    done: Decimal | None
    whole: Decimal | None
    left_out: int

    @property
    def value(self) -> Decimal | None:
        """In the target's unit."""
        return value_of(self.target, self.done, self.whole)


def by_territory(target: Target, on: date) -> list[Part]:
    """How a target stands in each territory directly below its own, in order; the parts add up to the whole.

    What plans below tell has no territory of its own, and where nobody is counted nothing is.
    """
    population = target.population(on)
    if population is None or target.measure == FROM_BELOW:
        return []
    told = dict(_told_by_bodies(target, population, on))
    above = target.territory.path if target.territory_id else ""
    sums: dict[str, list[Decimal | None]] = defaultdict(lambda: [None, None])
    left_out: Counter[str] = Counter()
    for body, path in population.values_list("pk", "territory__path"):
        place = step_below(path or "", above)
        if body not in told:
            left_out[place] += 1
            continue
        for at, number in enumerate(told[body]):
            sums[place][at] = added([sums[place][at], number])
    names = AdministrativeUnit.objects.filter(path__in={*sums, *left_out} - {""})
    units = {one.path: one for one in names}
    parts = [Part(target, units.get(place), *sums[place], left_out[place]) for place in {*sums, *left_out}]
    return sorted(parts, key=lambda one: bytes(one.territory.sort_key) if one.territory else b"")


def _told_by_bodies(
    target: Target, population: QuerySet[Organization], on: date
) -> Iterator[tuple[int, tuple[Decimal | None, Decimal | None]]]:
    """What is known of each body of a population: so many, of so many."""
    if target.measure == REPORTED:
        told = told_of(target, population, on)
        for body, done, whole in told.values_list("organization_id", *as_told(target)):
            yield body, (done, whole)
    elif measure := measure_of(target.measure):
        known, doers = known_and_doers(target, measure, population, on)
        has_done = ExpressionWrapper(Q(pk__in=doers), BooleanField())
        for body, has in known.values_list("pk", has_done):
            yield body, (Decimal(has), Decimal(1))


def step_below(path: str, above: str) -> str:
    """The path of the territory directly below ``above`` in which ``path`` lies; nothing where that is the same."""
    if not path.startswith(above) or path == above:
        return ""
    start = above or "/"
    return start + path[len(start) :].split("/", 1)[0] + "/"

"""How targets stand by what the approved plans below tell of their part of them, added up level by level.

All targets go down together. Plans that tell of their own body alone, which are most, are added in one
question a level; the others of a level together, as they stand.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from portal.models import Organization, State
from portal.models.territories import alive_on
from programs.measuring import Standing, computed
from programs.models import Plan, Target, TargetBody, TargetReport
from programs.populations import populations
from programs.reported import reported, said
from programs.targets import FROM_BELOW, REPORTED

Roots = dict[int, int | None]
"""The targets something is added up for, and which body directly below each of them it belongs to."""


def from_below(targets: Iterable[Target], on: date) -> dict[int, Standing]:
    """These targets by what is told below them, by primary key."""
    targets = list(targets)
    added_up = _added_up(targets, on)
    bodies = _asked(targets, on)
    return {one.pk: added_up[one.pk].standing(one, on, *bodies[one.pk]) for one in targets}


class Sum:
    """What is known so far below one target, and of whom."""

    def __init__(self) -> None:
        self.rows: list[tuple[Decimal | None, Decimal | None]] = []
        self.telling: set[int] = set()
        self.days: set[date] = set()

    def standing(self, target: Target, on: date, asked: QuerySet[Organization], keys: set[int]) -> Standing:
        """How that target stands, of the bodies asked."""
        silent = len(keys - self.telling)
        return Standing(
            target,
            on,
            added(done for done, _ in self.rows),
            added(whole for _, whole in self.rows),
            silent,
            lambda: (asked.filter(pk__in=self.telling), asked.none(), asked.exclude(pk__in=self.telling)),
            (len(keys) - silent, 0, silent),
            (min(self.days), max(self.days)) if self.days else None,
        )


def _added_up(targets: list[Target], on: date) -> dict[int, Sum]:
    """Go down below them. A part in another unit, or asked of each where this is not, is no part of the sum."""
    roots = {one.pk: one for one in targets}
    added_up = {key: Sum() for key in roots}
    level: dict[int, Roots] = {key: {key: None} for key in roots}
    seen = {(key, key) for key in roots}
    while level:
        for above, body, done, whole, day in told_alone(level, on):
            for root, first in level[above].items():
                added_up[root].rows.append(said(roots[root], done, whole))
                added_up[root].days.add(day)
                added_up[root].telling |= {body, first or body}
        further: dict[int, Roots] = {}
        parts = list(parts_below(level))
        stands = _measured([one for one in parts if one.measure != FROM_BELOW], on)
        for part in parts:
            for root, first in level[part.under_id].items():
                if (root, part.pk) in seen:
                    continue
                seen.add((root, part.pk))
                body = first or part.plan.keeper_id
                if part.measure == FROM_BELOW:
                    further.setdefault(part.pk, {})[root] = body
                elif stands[part.pk].value is not None:
                    added_up[root].rows.append((stands[part.pk].done, stands[part.pk].whole))
                    added_up[root].days |= set(stands[part.pk].told or (on,))
                    added_up[root].telling |= {body, part.plan.keeper_id}
        level = further
    return added_up


def _measured(parts: list[Target], on: date) -> dict[int, Standing]:
    """How the parts of a level stand that nothing below adds up to."""
    told = [one for one in parts if one.measure == REPORTED]
    counted = [one for one in parts if one.measure != REPORTED]
    return reported(told, on) | computed(counted, on)


def _asked(targets: list[Target], on: date) -> dict[int, tuple[QuerySet[Organization], set[int]]]:
    """The bodies each target asks, and their keys: those it counts, else who keeps an approved plan under its own."""
    found = populations(targets, on)
    shared: dict[object, set[int]] = {}
    asked = {}
    for one in targets:
        bodies, alike = found.of(one), (one.group_id, one.territory_id)
        if bodies is None:
            plans = Plan.objects.approved().filter(parent=one.plan_id)
            bodies = Organization.objects.alive(on).filter(pk__in=plans.order_by().values("keeper_id"))
            alike = one.plan_id
        if one.is_listed:
            asked[one.pk] = bodies, set(found.lists[one.pk])
            continue
        if alike not in shared:
            shared[alike] = set(bodies.order_by().values_list("pk", flat=True))
        asked[one.pk] = bodies, shared[alike]
    return asked


def told_alone(
    above: Iterable[int], on: date
) -> QuerySet[TargetReport, tuple[int, int, Decimal, Decimal | None, date]]:
    """What bodies told of targets of their own plans alone, each a part of one of these: of which, who, so many, of so many, as of when."""
    named = TargetBody.objects.filter(target=OuterRef("target"))
    own = {"target__measure": REPORTED, "target__group": None, "organization": F("target__plan__keeper")}
    parts = {"target__under__in": list(above), "target__plan__state": State.APPROVED}
    parts |= {"target__unit": F("target__under__unit"), "target__is_each": F("target__under__is_each")}
    told = TargetReport.objects.by(on).filter(alive_on(on, "organization__"), ~Exists(named), **own, **parts)
    return told.order_by().values_list(
        "target__under_id", "organization_id", "numerator", "denominator", "as_of"
    )


def parts_below(above: Iterable[int]) -> QuerySet[Target]:
    """The measured targets of approved plans that go into one of these, but for those told alone."""
    approved = Plan.objects.approved().order_by().values("pk")
    alike = {"unit": F("under__unit"), "is_each": F("under__is_each")}
    found = Target.objects.filter(under__in=list(above), plan__in=approved, **alike).exclude(measure="")
    alone = Q(measure=REPORTED, group=None) & ~Exists(TargetBody.objects.filter(target=OuterRef("pk")))
    return found.exclude(alone).select_related("plan", "group", "territory").prefetch_related("group__parts")


def added(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [one for one in numbers if one is not None]
    return sum(known, Decimal(0)) if known else None

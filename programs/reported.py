"""How targets stand by what bodies told of them, added up for all of them in one question.

Shares are added as numerators and denominators, never averaged. A body that told nothing is left out of both, and
counted as left out.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, Max, Min, Q, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from programs.measuring import Sets, Standing
from programs.models import Target, TargetReport
from programs.models.targets import TargetReportQuerySet
from programs.populations import Populations, keys, populations
from programs.targets import WHOLE, TargetKind


def reported(targets: Iterable[Target], on: date) -> dict[int, Standing]:
    """What the bodies of these targets told by a day, added up, by primary key."""
    targets = list(targets)
    found = {one.pk: Standing(one, on) for one in targets}
    counted = populations(targets, on)
    sizes = counted.sizes
    part, whole, met = for_all([one for one in targets if one.pk in sizes])
    rows = told_of(counted).order_by().values("target_id").annotate(
        done=Sum(part), of=Sum(whole), least=Min("numerator"), bodies=Count("pk"), having=Count("pk", filter=met),
        first=Min("as_of"), last=Max("as_of"),
    ) if sizes else ()  # fmt: skip
    told = {row["target_id"]: row for row in rows}
    for one in targets:
        if one.pk in sizes:
            found[one.pk] = _standing(one, counted, sizes[one.pk], told.get(one.pk, {}))
    return found


def _standing(target: Target, counted: Populations, size: int, told: dict) -> Standing:
    """One of them, with the bodies behind it still to be asked for."""
    bodies, having = told.get("bodies", 0), told.get("having", 0)

    def sets() -> Sets:
        population = counted.of(target)
        by_bodies = TargetReport.objects.by(counted.on).filter(target=target)
        reports = by_bodies.filter(organization__in=population.order_by().values("pk"))
        tellers = reports.values("organization_id")
        meeting = reports.filter(meets(target)).values("organization_id")
        lacking = population.filter(pk__in=tellers).exclude(pk__in=meeting)
        return population.filter(pk__in=meeting), lacking, population.exclude(pk__in=tellers)

    done = told.get("least" if target.kind == TargetKind.YES_NO else "done")
    sizes = having, bodies - having, size - bodies
    days = (told["first"], told["last"]) if bodies else None
    return Standing(target, counted.on, done, told.get("of"), size - bodies, sets, sizes, days)


def told_of(counted: Populations) -> TargetReportQuerySet:
    """What the bodies that targets count told of them by that day."""
    return TargetReport.objects.by(counted.on).filter(counted.counted)


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


def said(target: Target, numerator: Decimal, denominator: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """:func:`as_told` of figures in hand, by the rule of :func:`meets`."""
    if not target.is_each:
        return numerator, denominator
    part, of = (numerator * WHOLE, denominator) if target.is_share else (numerator, Decimal(1))
    met = of is not None and (target.low is None or part >= of * target.low)
    met = met and (target.kind != TargetKind.AT_MOST or part <= of * target.high)
    return Decimal(met), Decimal(1)


def for_all(targets: Iterable[Target]) -> tuple[Combinable, Combinable, Q]:
    """:func:`as_told` and :func:`meets` of reports of any of these; what several ask alike is said once."""
    alike: dict[tuple, list[Target]] = defaultdict(list)
    for one in targets:
        asks = (one.kind, one.unit, one.low, one.high, one.is_each)
        alike[asks if one.is_fraction else ()].append(one)
    met = Q(pk__in=[])
    parts, wholes = [], []
    for same in alike.values():
        of_these = Q(target__in=keys(same))
        met |= of_these & meets(same[0])
        if same[0].is_each:
            part, whole = as_told(same[0])
            parts.append(When(of_these, then=part))
            wholes.append(When(of_these, then=whole))
    if not parts:
        return F("numerator"), F("denominator"), met
    return Case(*parts, default=F("numerator")), Case(*wholes, default=F("denominator")), met

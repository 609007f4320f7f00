"""The map on a day: which territories a place was then, and which lie in it or have passed into it.

A year is told on the map of its own last day or on today's; a map is nothing but a day. Asked as sets of the
database: the country has fifteen thousand territories.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from portal.models import AdministrativeUnit, UnitSuccession

GENERATIONS = 4
"""How many reforms are followed, one after another."""


def ground(unit: AdministrativeUnit, day: date) -> list[AdministrativeUnit]:
    """What a territory is on a day: itself while it lasts, else what it grew out of, or what it became."""
    if unit.is_alive(day):
        return [unit]
    is_before = unit.started_on is not None and day < unit.started_on
    step = _before if is_before else _after
    for kin in step([unit]):
        if living := [one for one in kin if one.is_alive(day)]:
            return sorted(living, key=lambda one: bytes(one.sort_key))
    return [unit]


def within(units: Iterable[AdministrativeUnit], day: date) -> QuerySet:
    """The territories that lie in these on a day, with those that had become part of them by then; as primary keys."""
    roots = list(units)
    whole = [one for kin in _before(roots, by=day) for one in kin]
    inside = Q(pk__in=[])
    for one in {*roots, *whole}:
        inside |= one.inside()
    inner = AdministrativeUnit.objects.filter(inside).order_by()
    became = UnitSuccession.objects.filter(_by(day), successor__in=inner.values("pk"))
    return AdministrativeUnit.objects.filter(inside | Q(pk__in=became.values("predecessor_id"))).order_by()


def _by(day: date) -> Q:
    return Q(effective_on__isnull=True) | Q(effective_on__lte=day)


def _before(units: list[AdministrativeUnit], by: date | None = None) -> Iterator[list[AdministrativeUnit]]:
    """What these grew out of, generation by generation; ``by`` a day only those that passed whole into them."""
    seen = {one.pk for one in units}
    for _ in range(GENERATIONS):
        links = UnitSuccession.objects.filter(successor__in=units).select_related("predecessor")
        if by is not None:
            links = links.filter(_by(by), in_part=False)
        units = list(
            {
                link.predecessor_id: link.predecessor for link in links if link.predecessor_id not in seen
            }.values()
        )
        if not units:
            return
        seen |= {one.pk for one in units}
        yield units


def _after(units: list[AdministrativeUnit]) -> Iterator[list[AdministrativeUnit]]:
    """What these became, generation by generation."""
    seen = {one.pk for one in units}
    for _ in range(GENERATIONS):
        links = UnitSuccession.objects.filter(predecessor__in=units).select_related("successor")
        units = list(
            {link.successor_id: link.successor for link in links if link.successor_id not in seen}.values()
        )
        if not units:
            return
        seen |= {one.pk for one in units}
        yield units

"""How any target stands on a day: as computed, as its bodies told, or as the plans below add up; and territory by territory.

However many targets are asked about at once, the questions are as many.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from portal.models import AdministrativeUnit, Organization
from programs.from_below import added, from_below
from programs.measuring import Standing, computed, known_and_doers, measure_of, value_of
from programs.models import Target
from programs.populations import know_listed, populations
from programs.reported import as_told, reported, told_of
from programs.targets import FROM_BELOW, REPORTED


def standing(target: Target, on: date) -> Standing:
    """How a target stands on a day, by its own measure."""
    return standings([target], on)[target.pk]


def standings(targets: Iterable[Target], on: date) -> dict[int, Standing]:
    """How targets stand on a day, each by its own measure, by primary key."""
    targets = list(targets)
    know_listed(targets)
    ways = {REPORTED: reported, FROM_BELOW: from_below}
    by_way = defaultdict(list)
    for one in targets:
        by_way[ways.get(one.measure, computed)].append(one)
    return {key: stands for way, alike in by_way.items() for key, stands in way(alike, on).items()}


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
        told = told_of(populations([target], on))
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

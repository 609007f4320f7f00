"""Whom several targets count, found for all of them together: by a list, by a rule they share, or their keeper alone.

Each question here is asked once for all targets that are listed and once for every rule, whatever the number of
targets.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.functional import cached_property

from portal.models import Organization
from portal.models.territories import alive_on
from programs.models import Target, TargetBody


@dataclass(frozen=True)
class Populations:
    """Targets told apart by how they say whom they count; those that say it of nobody are in none of these."""

    on: date
    listed: list[Target] = field(default_factory=list)
    ruled: dict[tuple[int, int], list[Target]] = field(default_factory=lambda: defaultdict(list))
    """By group and territory."""
    own: list[Target] = field(default_factory=list)

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many bodies each target counts."""
        found = {one.pk: len(self.lists[one.pk]) for one in self.listed}
        for alike in self.ruled.values():
            found |= dict.fromkeys((one.pk for one in alike), alike[0].population(self.on).count())
        if self.own:
            keepers = Organization.objects.alive(self.on).filter(
                pk__in={one.plan.keeper_id for one in self.own}
            )
            alive = set(keepers.order_by().values_list("pk", flat=True))
            found |= {one.pk: int(one.plan.keeper_id in alive) for one in self.own}
        return found

    @cached_property
    def lists(self) -> dict[int, frozenset[int]]:
        """The bodies each listed target counts, as primary keys."""
        rows = TargetBody.objects.filter(target__in=keys(self.listed))
        found = rows.counted(self.on) if self.listed else {}
        return {one.pk: frozenset(found.get(one.pk, ())) for one in self.listed}

    def of(self, target: Target) -> QuerySet[Organization] | None:
        """The bodies one of them counts; None where nobody has said which."""
        if target.is_listed:
            return Organization.objects.filter(pk__in=self.lists[target.pk])
        return target.population(self.on)

    @property
    def counted(self) -> Q:
        """Reports of these targets by bodies that they count."""
        found = Q(pk__in=[])
        alike_listed: dict[frozenset[int], list[Target]] = defaultdict(list)
        for one in self.listed:
            alike_listed[self.lists[one.pk]].append(one)
        for bodies, alike in alike_listed.items():
            found |= Q(target__in=keys(alike), organization__in=bodies)
        for alike in self.ruled.values():
            bodies = alike[0].population(self.on).order_by().values("pk")
            found |= Q(target__in=keys(alike), organization__in=bodies)
        if self.own:
            own = Q(target__in=keys(self.own), organization=F("target__plan__keeper"))
            found |= own & alive_on(self.on, "organization__")
        return found


def populations(targets: Iterable[Target], on: date) -> Populations:
    """Whom these targets count on a day."""
    targets = list(targets)
    know_listed(targets)
    found = Populations(on)
    for one in targets:
        if one.is_listed:
            found.listed.append(one)
        elif one.group_id and one.territory_id:
            found.ruled[one.group_id, one.territory_id].append(one)
        elif one.population(on) is not None:
            found.own.append(one)
    return found


def know_listed(targets: Iterable[Target]) -> None:
    """Look up, for all of them at once, which targets name their bodies one by one."""
    unsaid = [one for one in targets if "is_listed" not in vars(one)]
    if unsaid:
        named = TargetBody.objects.filter(target__in=unsaid).order_by()
        listed = set(named.values_list("target_id", flat=True).distinct())
        for one in unsaid:
            one.is_listed = one.pk in listed


def keys(targets: Iterable[Target]) -> list[int]:
    """Their primary keys."""
    return [one.pk for one in targets]

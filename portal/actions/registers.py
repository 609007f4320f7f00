"""What happens to the registers: bodies added, ended, succeeded; who reaches whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from portal.actions.addresses import free_for_each, write_each_at
from portal.actions.circles import follow_reach, hold_reach
from portal.batches import batches
from portal.history import acting, bulk_create, finish
from portal.models import (
    Act,
    AdministrativeUnit,
    Document,
    Merger,
    Organization,
    OrganizationKind,
    Person,
    Reach,
    Subordination,
    Succession,
    SuccessionKind,
    User,
    Verb,
)
from portal.text import clean, fold, slugify


def free_slugs(names: Iterable[str]) -> list[Iterator[str]]:
    """For each name addresses that no body has, or had before it was merged: by the name, then with a number."""
    bases = [slugify(name, max_length=120) or "co-quan" for name in names]
    return free_for_each(bases, (Organization, "slug"), (Merger, "gone_slug"))


def free_slug(text: str) -> str:
    """An address for a body that none has yet."""
    return next(free_slugs([text])[0])


def add_organizations(
    names: Iterable[str], *, by: User | None, looked_at: bool = False, **fields: object
) -> list[Organization]:
    """Add bodies by their names, together; those added in place wait to be looked at by an administrator."""
    bodies = [Organization(name=clean(name), looked_at=looked_at, **fields) for name in names]
    if not bodies:
        return []
    guess_kinds(body for body in bodies if body.kind_id is None)
    with acting(Verb.CREATE, bodies[0], by=by):
        slugs = free_slugs(body.name for body in bodies)
        write_each_at(bodies, slugs, lambda: bulk_create(bodies))
        Reach.objects.bulk_create(
            Reach.objects.grant(body.pk, body.pk, Reach.Relation.RUNS) for body in bodies
        )
    return bodies


def guess_kinds(bodies: Iterable[Organization]) -> None:
    """Set kind and sector where a name opens with the name or abbreviation of one kind."""
    kinds = OrganizationKind.objects.select_related("sector")
    named = [(fold(text), kind) for kind in kinds for text in (kind.name, kind.abbreviation) if text]
    named.sort(key=lambda pair: -len(pair[0]))
    for body in bodies:
        folded = f"{fold(body.name)} "
        kind = next((kind for words, kind in named if folded.startswith(f"{words} ")), None)
        if kind:
            body.kind, body.sector = kind, kind.sector


def add_people(names: Iterable[str]) -> list[Person]:
    """Add persons by name, inside the act of the paper they signed; they wait to be looked at by an administrator."""
    return bulk_create([Person(name=clean(name), looked_at=False) for name in names])


def place_unit(unit: AdministrativeUnit) -> None:
    """Write the paths of a territory and of all below it."""
    unit.path = unit.own_path()
    unit.save(update_fields=["path"])
    for child in unit.children.all():
        child.parent = unit
        place_unit(child)


def end_body(
    ended: Organization,
    *,
    last_day: date,
    heirs: Iterable[Organization],
    by: User,
    kind: str = SuccessionKind.MERGED,
    document: Document | None = None,
    reason: str = "",
    body: Organization | None = None,
) -> Act:
    """End a body on its last day, passed into ``heirs`` from the day after; what it signed keeps its name.

    Who reaches what follows by :func:`rebuild_reach`, once for however many bodies end together.
    """
    with acting(Verb.END, ended, by=by, body=body, reason=reason) as act:
        ended.ended_on, ended.ended_printed = last_day, ""
        ended.save(update_fields=["ended_on", "ended_printed"])
        linked = set(ended.later_links.values_list("successor_id", flat=True))
        for heir in heirs:
            if heir.pk not in linked:
                Succession(
                    predecessor=ended, successor=heir, kind=kind, effective_on=last_day + timedelta(days=1),
                    document=document,
                ).save()  # fmt: skip
        finish(act, ended)
    return act


class Standing:
    """Successions and superiors of all bodies on a day, read once."""

    def __init__(self, day: date) -> None:
        self.bodies = list(Organization.objects.order_by("pk").values_list("pk", flat=True))
        self.alive = set(Organization.objects.alive(day).order_by().values_list("pk", flat=True))
        self.successors: dict[int, list[int]] = defaultdict(list)
        links = Succession.objects.filter(successor__isnull=False)
        for old, new in links.values_list("predecessor_id", "successor_id"):
            self.successors[old].append(new)
        self.superiors: dict[int, list[int]] = defaultdict(list)
        # A body's last superior still shows who stood above it after both have ended.
        for low, high in Subordination.objects.values_list("organization_id", "superior_id"):
            self.superiors[low].append(high)

    def heirs(self, pk: int) -> set[int]:
        """The living bodies a body passed into; itself while it lives."""
        found, seen, waiting = set(), set(), [pk]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if one in self.alive:
                found.add(one)
            else:
                waiting.extend(self.successors[one])
        return found

    def above(self, pk: int) -> list[int]:
        """The living bodies above a body, nearest first; an ended superior is seen through its heirs."""
        found: list[int] = []
        seen, waiting = {pk}, list(self.superiors[pk])
        while waiting:
            one = waiting.pop(0)
            if one in seen:
                continue
            seen.add(one)
            found += [heir for heir in sorted(self.heirs(one)) if heir not in found]
            waiting += self.superiors[one]
            waiting += [up for heir in self.heirs(one) for up in self.superiors[heir]]
        return found

    def _still_above(self, pk: int) -> set[int]:
        """The living bodies on a body's own line of superiors, without what ended ones passed into."""
        seen, waiting = {pk}, list(self.superiors[pk])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += self.superiors[one]
        return (seen - {pk}) & self.alive

    def overseers(self, pk: int) -> set[int]:
        """Who reads what a body left: those above it, or above its heirs.

        Where a district became ten communes, what a commune of it left is read above the commune it became, not
        by the nine others.
        """
        heirs = self.heirs(pk)
        if pk in heirs or not (found := {up for heir in heirs for up in self.above(heir)}):
            found = set(self.above(pk))
        else:
            found |= self._still_above(pk)
        return found - {pk}

    def reach(self) -> Iterable[tuple[int, int, str]]:
        """Every row of the reach table on this day: reader, body, relation."""
        for pk in self.bodies:
            for runner in self.heirs(pk) | {pk}:
                yield runner, pk, Reach.Relation.RUNS.value
            for overseer in self.overseers(pk):
                yield overseer, pk, Reach.Relation.OVERSEES.value


@transaction.atomic
def rebuild_reach(day: date | None = None) -> int:
    """Make the reach table what successions and superiors say today; returns its rows.

    Only what differs is written, and only circles of bodies it differs for follow. Who comes second waits and
    reads what the first one wrote.
    """
    hold_reach()
    wanted = set(Standing(day or timezone.localdate()).reach())
    columns = ("reader_id", "body_id", "relation", "pk")
    has = {tuple(row[:3]): row[3] for row in Reach.objects.values_list(*columns).iterator(5000)}
    gone, new = has.keys() - wanted, wanted - has.keys()
    for batch in batches(has[row] for row in gone):
        Reach.objects.filter(pk__in=batch).delete()
    for batch in batches(sorted(new), 5000):
        Reach.objects.bulk_create([Reach.objects.grant(*row) for row in batch], batch_size=2000)
    follow_reach({row[1] for row in gone | new})
    return len(wanted)

"""Loading the national gazetteer: one province of today at a time, each an act and a transaction of its own.

What is there already stays as it is: it is recognised by its public code, else by its name where it lies. A second
loading adds nothing; one that was stopped goes on with the provinces that are missing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from portal.actions.addresses import free_as_written, write_each_at
from portal.batches import batches
from portal.gazetteer import FIRST_DAY, LAST_DAY, Place, Usual, UsualBodies
from portal.history import acting, bulk_create, bulk_update, finish
from portal.matching import variants
from portal.models import (
    AdministrativeUnit,
    Level,
    Merger,
    Organization,
    OrganizationKind,
    Subordination,
    Succession,
    SuccessionKind,
    UnitSuccession,
    Verb,
)
from portal.starter import find, fixed_code
from portal.text import fold, slugify

Body = tuple[str, str]
"""A usual body: the key of its territory, and its own."""


class Unchanged(Exception):
    """Nothing was missing: the act that was opened is taken back."""


def load_group(places: Sequence[Place], usual: UsualBodies, *, dry: bool = False) -> Counter[str]:
    """Load a province of the map after with all it was made of; returns how many rows of each kind were added.

    ``dry`` counts and takes everything back.
    """
    top = places[0]
    named = AdministrativeUnit(code=unit_code(top), name=top.name)
    loading = Loading()
    try:
        with acting(Verb.LOAD, named) as act:
            loading.territories(places)
            loading.bodies([body for place in places for body in usual.of(place)])
            finish(act, loading.units[top.key])
            if dry or not +loading.added:
                raise Unchanged
    except Unchanged:
        pass
    return +loading.added


def unit_code(place: Place) -> str:
    """The public code of a loaded territory, the same at every loading."""
    return fixed_code(AdministrativeUnit, f"gso:{place.key}")


def body_code(body: Usual) -> str:
    """The public code of a loaded body, the same at every loading."""
    return fixed_code(Organization, f"gso:{body.place.key}:{body.key}")


class Loading:
    """One province being loaded: what was found or made for each place and body, and what was added."""

    def __init__(self) -> None:
        self.added: Counter[str] = Counter()
        self.units: dict[str, AdministrativeUnit] = {}
        self.found: dict[Body, Organization] = {}

    def _add(self, kind: str, rows: Sequence[models.Model]) -> None:
        bulk_create(rows)
        self.added[kind] += len(rows)

    # --- territories

    def territories(self, places: Sequence[Place]) -> None:
        """Find or make the territories, those above before those in them, and link what became what."""
        levels = {level.key: level for level in Level.objects.all()}
        country = find(AdministrativeUnit, "viet-nam")
        coded = by(AdministrativeUnit.objects.all(), "code", map(unit_code, places))
        for level in ("tinh", "huyen", "xa"):
            tier = [place for place in places if place.level == level]
            self.units |= {one.key: coded[code] for one in tier if (code := unit_code(one)) in coded}
            missing = [one for one in tier if one.key not in self.units]
            self._recognise(missing, levels[level], country)
            new = [self._unit(one, levels[level], country) for one in missing if one.key not in self.units]
            self._add("units", new)
        self._link(places)

    def _above(self, place: Place, country: AdministrativeUnit) -> AdministrativeUnit:
        return self.units[place.parent.key] if place.parent else country

    def _unit(self, place: Place, level: Level, country: AdministrativeUnit) -> AdministrativeUnit:
        unit = AdministrativeUnit(
            code=unit_code(place),
            name=place.name,
            gso_code=place.code,
            level=level,
            parent=self._above(place, country),
            started_on=place.started_on,
            ended_on=place.ended_on,
        )
        unit.path = unit.own_path()
        self.units[place.key] = unit
        return unit

    def _recognise(self, places: Iterable[Place], level: Level, country: AdministrativeUnit) -> None:
        """Take territories an office entered itself for those meant, and complete them: same name, same place, same time."""
        wanted: dict[tuple[int, str], list[Place]] = defaultdict(list)
        for place in places:
            above = self._above(place, country)
            if above.pk:
                wanted[above.pk, fold(place.name)].append(place)
        own = AdministrativeUnit.objects.filter(level=level, parent__in={pk for pk, _ in wanted})
        completed = []
        for unit in own.exclude(pk__in=[one.pk for one in self.units.values()]).order_by("pk"):
            meant = [one for one in wanted.get((unit.parent_id, unit.folded), ()) if same_time(unit, one)]
            if len(meant) != 1 or meant[0].key in self.units:
                continue
            self.units[meant[0].key] = unit
            if not unit.gso_code:
                unit.gso_code = meant[0].code
                unit.ended_on = unit.ended_on or meant[0].ended_on
                completed.append(unit)
        bulk_update(completed, ["gso_code", "ended_on"])
        self.added["units_completed"] += len(completed)

    def _link(self, places: Iterable[Place]) -> None:
        pairs = {
            (self.units[place.key].pk, self.units[now.key].pk): len(place.into) > 1
            for place in places
            for now in place.into
        }
        has = pairs_of(UnitSuccession, "predecessor_id", "successor_id", {was for was, _ in pairs})
        rows = [
            UnitSuccession(predecessor_id=was, successor_id=now, effective_on=FIRST_DAY, in_part=in_part)
            for (was, now), in_part in pairs.items()
            if (was, now) not in has
        ]
        self._add("unit_successions", rows)

    # --- bodies

    def bodies(self, usual: Sequence[Usual]) -> None:
        """Find or make the bodies, then who stands above each and what each became."""
        kinds = {kind.key: kind for kind in OrganizationKind.objects.select_related("sector")}
        self._find(usual, kinds)
        new = [body for body in usual if (body.place.key, body.key) not in self.found]
        levels = {level.key: level for level in Level.objects.all()}
        rows = [self._body(one, kinds[one.kind], levels[one.place.level]) for one in new]
        if rows:
            bases = [slugify(one.slug_words, max_length=120) for one in new]
            slugs = free_as_written(bases, (Organization, "slug"), (Merger, "gone_slug"))
            write_each_at(rows, slugs, lambda: bulk_create(rows))
            self.added["bodies"] += len(rows)
        self.found |= {(one.place.key, one.key): row for one, row in zip(new, rows, strict=True)}
        self._stand_below(usual)
        self._pass_on(usual)

    def _body(self, usual: Usual, kind: OrganizationKind, level: Level) -> Organization:
        return Organization(
            code=body_code(usual),
            name=usual.name,
            abbreviation=usual.abbreviation,
            kind=kind,
            sector=kind.sector,
            level=level,
            territory=self.units[usual.place.key],
            started_on=usual.started_on,
            ended_on=usual.ended_on,
            ended_printed=usual.ended_printed,
            note=usual.note,
        )

    def _find(self, usual: Sequence[Usual], kinds: dict[str, OrganizationKind]) -> None:
        """The bodies that are there: by their code, by that of the one they were merged into, by name in their territory."""
        coded = by(Organization.objects.all(), "code", map(body_code, usual))
        merged = by(
            Merger.objects.filter(record_kind=Organization._meta.label_lower),
            "gone_code",
            map(body_code, usual),
        )
        own: dict[tuple[int, int], list[tuple[Organization, set[str]]]] = defaultdict(list)
        for batch in batches(unit.pk for unit in self.units.values()):
            there = Organization.objects.filter(territory__in=batch).exclude(code__in=coded)
            for body in there.prefetch_related("other_names").order_by("pk"):
                names = {body.folded, *(one.folded for one in body.other_names.all())}
                own[body.territory_id, body.kind_id].append((body, names))
        for one in usual:
            code = body_code(one)
            found = coded.get(code) or (
                Merger.heir_of(Organization, gone_code=code) if code in merged else None
            )
            if found is None:
                there = own.get((self.units[one.place.key].pk, kinds[one.kind].pk), ())
                called = variants(one.name) if there else set()
                found = next((body for body, names in there if names & called), None)
            if found is not None:
                self.found[one.place.key, one.key] = found

    def _stand_below(self, usual: Iterable[Usual]) -> None:
        """Give every body that has no superior yet its usual one."""
        centre: dict[str, Organization] = {}
        wanted = {}
        for one in usual:
            if isinstance(one.superior, str):
                centre.setdefault(one.superior, find(Organization, one.superior))
                superior = centre[one.superior]
            elif one.superior is not None:
                superior = self.found[one.superior[0].key, one.superior[1]]
            else:
                continue
            wanted[self.found[one.place.key, one.key].pk] = superior.pk
        has = pairs_of(Subordination, "organization_id", "superior_id", wanted)
        placed = {body for body, _ in has}
        rows = [
            Subordination(organization_id=body, superior_id=superior)
            for body, superior in wanted.items()
            if body not in placed and body != superior
        ]
        self._add("subordinations", rows)

    def _pass_on(self, usual: Iterable[Usual]) -> None:
        """Link every body that ended to those it went on in."""
        wanted: dict[tuple[int, int], Succession] = {}
        for one in usual:
            was = self.found[one.place.key, one.key]
            for place, key in one.heirs:
                now = self.found[place.key, key]
                if was.pk != now.pk:
                    wanted[was.pk, now.pk] = Succession(
                        predecessor=was,
                        successor=now,
                        kind=passing(one, place),
                        effective_on=one.heirs_on,
                        note=one.heirs_note,
                    )
        has = pairs_of(Succession, "predecessor_id", "successor_id", {was for was, _ in wanted})
        self._add("successions", [row for pair, row in wanted.items() if pair not in has])


def same_time(unit: AdministrativeUnit, place: Place) -> bool:
    """Whether a territory an office entered can be this one: on its own map, as far as its days are known."""
    if place.map == "before":
        undated = unit.started_on is None and unit.ended_on is None and place.level != "tinh"
        return undated or unit.ended_on == LAST_DAY
    begun_late = unit.started_on is not None and unit.started_on >= FIRST_DAY
    return unit.ended_on is None and (
        begun_late or unit.started_on is None if place.map == "after" else not begun_late
    )


def passing(body: Usual, into: Place) -> SuccessionKind:
    """How a body passes into that of another territory, as the territories did."""
    if len(body.place.into) > 1 and body.place is not into:
        return SuccessionKind.SPLIT
    if body.place is into or into.made_of > 1:
        return SuccessionKind.MERGED
    return SuccessionKind.KEPT if body.place.name == into.name else SuccessionKind.RENAMED


def by(found: models.QuerySet, column: str, values: Iterable[str]) -> dict[str, Any]:
    """The rows that have one of these values in a column, by it."""
    rows = (row for batch in batches(values) for row in found.filter(**{f"{column}__in": batch}))
    return {getattr(row, column): row for row in rows}


def pairs_of(model: type[models.Model], left: str, right: str, lefts: Iterable[int]) -> set[tuple[int, int]]:
    """The links of these rows that are there already."""
    return {
        pair
        for batch in batches(lefts)
        for pair in model._default_manager.filter(**{f"{left}__in": batch}).values_list(left, right)
    }

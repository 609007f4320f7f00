"""What typed names of bodies mean, and which bodies are suggested while they are typed.

Names recur across the country: those of the home province come first, and those living on the paper's date.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, reduce
from itertools import chain
from operator import or_

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from portal.dates import PartialDate
from portal.homes import Home
from portal.matching import PLACES, spellings, spelt, variants
from portal.models import AdministrativeUnit, Organization
from portal.models.organizations import OrganizationQuerySet
from portal.models.territories import AROUND, alive_on, without_kind
from portal.text import clean, fold

MOST_OF_A_NAME = 60
"""How many bodies of one name are told apart; beyond them the name is typed with its place."""

ELSEWHERE = 2
"""The place of a body beyond its home (0) and the provinces around (1)."""

MOST_COMPARED = 1000
"""How many bodies beyond home are compared for the few that are suggested."""


def places_of(bodies: Iterable[int]) -> list[str]:
    """The names of the territories that bodies lie in, without what kind of place each is."""
    paths = AdministrativeUnit.objects.filter(bodies__in=list(bodies)).values_list("path", flat=True)
    codes = {code for path in paths for code in path.split("/") if code}
    units = AdministrativeUnit.objects.filter(code__in=codes, level__rank__gt=0)
    return [without_kind(name) for name in units.values_list("name", flat=True)]


def told_apart(one: Organization | AdministrativeUnit) -> str:
    """A body or territory as a choice among others of its name: until when it was, where it lies, since when."""
    return " · ".join(filter(None, (one.label, one.whereabouts)))


def split_names(text: str) -> list[str]:
    """The names of a list, parted by semicolons or lines."""
    return [name for name in map(clean, re.split(r"[;\n]", text)) if name]


class BodyNames:
    """The bodies that typed names mean exactly; all names a form holds are looked up together.

    A name nobody bears is read with a place of the bodies ``near`` behind it, where exactly one body is called so:
    "Ban Dân vận Thành ủy", typed in Hà Nội.
    """

    def __init__(self, texts: Iterable[str] = (), *, near: Callable[[], Iterable[int]] = list) -> None:
        self._called: dict[str, list[Organization]] = {}
        self._near = near  # asked only when there is a name nobody bears
        self.look_up(texts)

    @cached_property
    def _places(self) -> list[str]:
        near = list(self._near())
        return places_of(near) if near else []

    def look_up(self, texts: Iterable[str]) -> None:
        """Find the bodies of names not yet looked up, and of the parts of names of a side, together."""
        texts = list(texts)
        self._find(name for text in texts for name in (text, *chain(*side_parts(text))))
        nobodys = [text for text in texts if clean(text) and not self._named(text)]
        if nobodys:
            heads = [head for text in nobodys for head, _ in placed(text)]
            self._find(chain(heads, (f"{text} {place}" for text in nobodys for place in self._places)))

    def _find(self, names: Iterable[str]) -> None:
        """Find the bodies of names not yet looked up, in one query."""
        new = {variant for name in names for variant in variants(name)} - self._called.keys()
        self._called |= {variant: [] for variant in new}
        if not new:
            return
        for body in (
            Organization.objects.named(new)
            .select_related(f"territory__{AROUND}")
            .prefetch_related("other_names")
        ):
            for folded in new.intersection(
                {body.folded, *(other.folded for other in body.other_names.all())}
            ):
                self._called[folded].append(body)

    def called(self, text: str, on: date | PartialDate | None = None) -> list[Organization]:
        """The bodies a name means: of the home province, and living on the paper's date, alone when there are any."""
        self.look_up([text])
        if found := self._named(text) or self._within(text):
            return self._nearest(found, on)[:MOST_OF_A_NAME]
        completed = {one.pk: one for place in self._places for one in self._named(f"{text} {place}")}
        living = living_first(completed.values(), on)
        return living if len(living) == 1 else []

    def _within(self, text: str) -> list[Organization]:
        """The bodies of a name typed with the places around: "UBND xã Tân Lập, huyện Bắc Sơn"."""
        for head, places in placed(text):
            if found := [one for one in self._named(head) if lies_in(one.territory, places)]:
                return found
        return []

    def _nearest(self, bodies: list[Organization], on: date | PartialDate | None) -> list[Organization]:
        """Of several bodies of one name those of the home province, where they lived on that day; else all.

        Names recur across the country; which of several in one province is meant, the person says. Home comes first.
        """
        if len(bodies) < 2:
            return bodies
        near = [body for body in bodies if self._home.nearness(body.territory)]
        near.sort(key=lambda body: -self._home.nearness(body.territory))
        if near and any(on is None or body.is_alive(on) for body in near):
            return living_first(near, on)
        return [*near, *(one for one in living_first(bodies, on) if one not in near)]

    @cached_property
    def _home(self) -> Home:
        return Home(self._near())

    def _named(self, text: str) -> list[Organization]:
        """The bodies that bear a name already looked up."""
        found = {body.pk: body for variant in variants(text) for body in self._called.get(variant, ())}
        return sorted(found.values(), key=lambda body: (bytes(body.sort_key), body.pk))

    def of_side(self, text: str, on: date | PartialDate | None = None) -> list[Organization]:
        """The bodies that sign together under one printed name: "HĐND - UBND quận Ba Đình".

        Every part must mean exactly one body; otherwise nothing is meant.
        """
        bodies = []
        self.look_up([text])
        for part, whole in side_parts(text):
            found = self._nearest(self._named(part) or self._named(whole), on)
            if len(found) != 1:
                return []
            bodies += found
        return bodies


def living_first(bodies: Iterable[Organization], on: date | PartialDate | None) -> list[Organization]:
    """Those living on the paper's date alone, when there are any."""
    bodies = list(bodies)
    return [body for body in bodies if on and body.is_alive(on)] or bodies


_BEFORE_A_PLACE = re.compile(
    r",?\s+(?=(?:thành phố|tp\.?|tỉnh|quận|q\.|huyện|h\.|thị xã|phường|p\.|xã|đặc khu|thị trấn)\s)",
    re.IGNORECASE,
)


def placed(text: str) -> Iterator[tuple[str, list[str]]]:
    """A name typed with places behind it, read as name and folded places, the longest name first."""
    parts = _BEFORE_A_PLACE.split(clean(text))
    for end in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[:end]), [spelt(fold(part), PLACES) for part in parts[end:]]


def lies_in(unit: AdministrativeUnit | None, places: list[str]) -> bool:
    """Whether a territory lies in all places of these folded names."""
    around = set()
    while unit := unit and unit.parent:
        around.add(unit.folded)
    return around.issuperset(places)


def side_parts(text: str) -> list[tuple[str, str]]:
    """The names joined in one printed name, each also with the place that ends the last."""
    parts = [part for part in re.split(r"\s+[-–—]\s+|\s*,\s*", clean(text)) if part]
    if not 2 <= len(parts) <= 6:
        return []
    place = " ".join(parts[-1].split()[1:])
    return [
        (part, part if len(part.split()) > 1 and part is parts[-1] else f"{part} {place}".strip())
        for part in parts
    ]


def match_organizations(
    text: str, on: date | PartialDate | None = None, *, near: Callable[[], Iterable[int]] = list
) -> list[Organization]:
    """The bodies a typed name means exactly, those living on the paper's date alone when there are any."""
    return BodyNames([text], near=near).called(text, on)


def suggest_organizations(
    text: str,
    on: date | PartialDate | None,
    home: Home,
    *,
    among: OrganizationQuerySet | None = None,
    most: int = 8,
) -> list[Organization]:
    """The first bodies whose names hold every typed word: those at home, in its province, then elsewhere.

    Those living on the paper's date stand before those that do not. Elsewhere only so many are compared: words that
    thousands of names hold tell none of them apart.
    """
    folded = fold(text)
    if not folded:
        return []
    forms, day = spellings(folded), on or timezone.localdate()
    everywhere = Organization.objects.all() if among is None else among
    rows = everywhere.select_related(f"territory__{AROUND}")
    ranked = rows.annotate(
        living=first_if(alive_on(day)),
        start=first_if(reduce(or_, (Q(folded__startswith=one) for one in forms))),
    ).order_by("living", "start", "sort_key", "pk")
    found: dict[int, tuple[int, int, Organization]] = {}
    if home.units:
        around = reduce(or_, (Q(path__startswith=path) for path in home.provinces), Q(pk__in=home.units))
        near = AdministrativeUnit.objects.filter(around).order_by().values("pk")
        inside = ranked.filter(holding(forms), territory__in=near)
        inside = inside.annotate(place=first_if(Q(territory__in=home.units)))
        for body in inside.order_by("living", "place", "start", "sort_key", "pk")[:most]:
            found[body.pk] = body.living, body.place, body
    if sum(not living for living, _, _ in found.values()) < most:
        some = everywhere.matching(*forms).order_by().values("pk")[:MOST_COMPARED]
        for body in ranked.filter(pk__in=some)[:most]:
            found.setdefault(body.pk, (body.living, ELSEWHERE, body))
    return [body for _, _, body in sorted(found.values(), key=lambda one: one[:2])[:most]]


def first_if(wanted: Q) -> Case:
    """An order in which rows of this condition stand first."""
    return Case(When(wanted, then=Value(0)), default=Value(1), output_field=IntegerField())


def holding(forms: Iterable[str]) -> Q:
    """Bodies whose own name holds every word of one of these folded texts."""
    return reduce(or_, (Q(*(Q(search_text__contains=word) for word in one.split()[:8])) for one in forms))

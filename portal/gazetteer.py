"""The national gazetteer as data files say it: every territory before and after 1/7/2025, and its usual bodies.

``data/territories.csv.gz`` (made by ``manage.py gather_territories``; sources and licence beside it) holds the
map of the eve of 1/7/2025 and that of the day itself, with the statistics office's codes and what became what.
``data/usual_bodies.json`` says which bodies a territory of each level has, what they are called, whose they
are, when they ended and what followed. Nothing here touches the database: ``portal.actions.gazetteer`` loads it.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
TERRITORIES = DATA / "territories.csv.gz"
USUAL_BODIES = DATA / "usual_bodies.json"
COLUMNS = ("map", "level", "code", "parent", "name", "into")

LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
"""The last day of the map before, the first of the map after."""

_KIND = re.compile(r"(Thành phố|Tỉnh|Quận|Huyện|Thị xã|Phường|Xã|Đặc khu|Thị trấn)\s+(.+)")


@dataclass(eq=False)
class Place:
    """A territory of one map, or of both; ``into`` are the territories it became."""

    map: str
    level: str
    code: str
    given: str
    parent: "Place | None" = None
    into: list["Place"] = field(default_factory=list)
    made_of: int = 0

    @property
    def key(self) -> str:
        """What it is known by; a code may stand on both maps."""
        return f"{self.map}:{self.code}"

    @property
    def word(self) -> str:
        """What kind of place it is: "Phường"."""
        return _KIND.match(self.given)[1]

    @property
    def short(self) -> str:
        """The name as other names hold it: "Ba Đình", "Quận 1", "Thành phố Hồ Chí Minh"."""
        bare = _KIND.match(self.given)[2]
        return self.given if bare.isdecimal() or bare == "Hồ Chí Minh" else bare

    @property
    def name(self) -> str:
        """The name with its kind; a ward with a number only also says where: "Phường 1, quận Tân Bình"."""
        numbered = self.level == "xa" and self.short == self.given
        return f"{self.given}, {inside(self.parent.given)}" if numbered else self.given

    @property
    def started_on(self) -> date | None:
        """The first day where known: that of the map after."""
        return FIRST_DAY if self.map == "after" else None

    @property
    def ended_on(self) -> date | None:
        """The last day: that of the map before."""
        return LAST_DAY if self.map == "before" else None

    @property
    def holders(self) -> Iterator["Place"]:
        """The territories it lies in, the nearest first."""
        place = self.parent
        while place:
            yield place
            place = place.parent

    def lies_in(self, key: str) -> bool:
        """Whether this is the territory of a key, or lies in it."""
        return self.key == key or any(one.key == key for one in self.holders)


def inside(name: str) -> str:
    """A territory's name inside another name: "Phường Ba Đình" is "phường Ba Đình"."""
    return name[:1].lower() + name[1:]


def read_groups() -> list[list[Place]]:
    """The territories, a list for each province of the map after: itself, what it was made of, all that lies in them."""
    with gzip.open(TERRITORIES, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {
        (one["map"], one["level"], one["code"]): Place(one["map"], one["level"], one["code"], one["name"])
        for one in rows
    }

    def at(level: str, code: str, *maps: str) -> Place:
        return next(places[key] for name in maps if (key := (name, level, code)) in places)

    for row in rows:
        place = places[row["map"], row["level"], row["code"]]
        if row["parent"]:
            above = "huyen" if row["map"] == "before" and row["level"] == "xa" else "tinh"
            place.parent = at(above, row["parent"], row["map"], "both")
        below = "tinh" if row["level"] == "tinh" else "xa"
        place.into = [at(below, code, "after", "both") for code in row["into"].split()]
    whole = {id(place) for place in places.values() if place.into}  # an island district had no communes
    for place in places.values():
        if (district := place.parent) and district.level == "huyen" and id(district) not in whole:
            district.into += [now for now in place.into if now not in district.into]
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        for now in place.into:
            now.made_of += place.level == now.level
        top = [place, *place.holders][-1]
        groups[next(iter(top.into), top).key].append(place)
    for key, group in groups.items():
        group.sort(key=lambda one: one.key != key)
    return list(groups.values())


@dataclass(frozen=True)
class Usual:
    """A body that a territory usually has.

    ``superior`` is another usual body, a central body's key of the starter set, or nothing; ``heirs`` are the
    territories in which, and the key under which, it goes on.
    """

    key: str
    place: Place
    kind: str
    name: str
    abbreviation: str
    started_on: date | None
    ended_on: date | None
    ended_printed: str
    note: str
    superior: "tuple[Place, str] | str | None"
    heirs: list[tuple[Place, str]]
    heirs_on: date | None
    heirs_note: str

    @property
    def slug_words(self) -> str:
        """The words of its address, with the territories around: names of communes recur."""
        earlier = self.place.level == "tinh" and self.place.map == "before"
        around = (one.short for one in self.place.holders)
        return " ".join([self.name, *around, "trước 2025" if earlier else ""])


class UsualBodies:
    """The rules of ``data/usual_bodies.json``: which bodies a territory has, by its level and map.

    A superior is written ``= key`` (a central body), ``^ key`` (a body of the territory it lies in) or ``. key``
    (of its own); ``heir`` is the key under which a body goes on where its territory went, ``heir_here`` in its own.
    """

    def __init__(self, path: Path = USUAL_BODIES) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        self._committees: dict[str, list[str]] = data["committees"]
        self._rules: list[dict[str, Any]] = data["bodies"]
        self._exceptions: list[dict[str, Any]] = data["exceptions"]

    def of(self, place: Place) -> Iterator[Usual]:
        """The usual bodies of a territory."""
        for rule in self._rules:
            if place.level in rule["levels"] and place.map in rule.get("maps", (place.map,)):
                special = self._special(rule["key"], place)
                if not special.get("absent"):
                    yield self._body(rule | special, place)

    def _special(self, key: str, place: Place) -> dict[str, Any]:
        """What differs from the rule in this place."""
        found: dict[str, Any] = {}
        for one in self._exceptions:
            named = key in one["bodies"] and place.word in one.get("words", (place.word,))
            mapped = place.map in one.get("maps", (place.map,))
            if named and mapped and any(place.lies_in(within) for within in one["within"]):
                found |= {
                    name: value
                    for name, value in one.items()
                    if name not in ("within", "bodies", "words", "maps")
                }
        return found

    def _body(self, rule: dict[str, Any], place: Place) -> Usual:
        kind, committee, short = self._committee(place)
        words = {"place": inside(place.name), "committee": committee, "short": short}
        return Usual(
            key=rule["key"],
            place=place,
            kind=rule.get("kind", kind),
            name=rule["name"].format(**words),
            abbreviation=rule["abbreviation"].format(**words),
            started_on=_day(rule, "started_on") or place.started_on,
            ended_on=_day(rule, "ended_on") or place.ended_on,
            ended_printed=rule.get("ended_printed", ""),
            note=rule.get("note", ""),
            superior=_superior(rule.get("superior", {}).get(place.level), place),
            heirs=_heirs(rule, place),
            heirs_on=_day(rule, "heirs_on") or (FIRST_DAY if "heir" in rule else None),
            heirs_note=rule.get("heirs_note", ""),
        )

    def _committee(self, place: Place) -> tuple[str, str, str]:
        """The kind, name and sign of the Party committee of a territory: "Quận ủy Ba Đình"."""
        if place.level == "xa":
            return "dang-uy", f"Đảng ủy {inside(place.name)}", "ĐU"
        kind, name, short = self._committees[place.word]
        return kind, f"{name} {place.short}", short


def _day(rule: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(rule[name]) if rule.get(name) else None


def _superior(written: str | None, place: Place) -> tuple[Place, str] | str | None:
    if written is None:
        return None
    where, key = written.split()
    return key if where == "=" else (place.parent if where == "^" else place, key)


def _heirs(rule: dict[str, Any], place: Place) -> list[tuple[Place, str]]:
    if rule.get("no_heirs"):
        return []
    if here := rule.get("heir_here"):
        return [(place, here)]
    return [(now, rule["heir"]) for now in place.into] if "heir" in rule else []

"""A year as it is asked: by whom, of which body or territory, on which map; and what every app counts of it.

An app offers ``figures.py`` with one registered :class:`YearPart`; it is discovered when Django starts, as
``sections.py`` is. A figure is a set of records: its number is the size of the set and its list shows the set, so
the two are one question. Approved records alone count, for visitors published ones; each set is narrowed to its reader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet
from django.urls import reverse

from portal import maps
from portal.models import AdministrativeUnit, Organization, Paper, Reach, State
from portal.models.records import run
from portal.sections import Hit, Reader

THEN, TODAY = "khi-do", "hom-nay"
MAPS = {THEN: "bản đồ khi đó", TODAY: "bản đồ hôm nay"}
EVERYTHING = "toàn cổng"
MOST_TARGETS = 120
"""So many targets of a year an app measures for a page, and no more."""
ALONE = "rieng"


@dataclass(frozen=True)
class Scope:
    """Whose year: of a body with all below it, or ``is_alone``; of a territory; of everything where neither is said."""

    body: Organization | None = None
    territory: AdministrativeUnit | None = None
    is_alone: bool = False

    def __str__(self) -> str:
        return str(self.body or (self.territory.full_name if self.territory else EVERYTHING))

    @property
    def top(self) -> Organization | None:
        """The body told with all below it, where it is one."""
        return None if self.is_alone else self.body

    @property
    def query(self) -> dict[str, str]:
        """How it stands in an address."""
        if self.body:
            alone = {ALONE: "1"} if self.is_alone else {}
            return {"don-vi": self.body.name, "don-vi-ma": self.body.code, **alone}
        if self.territory:
            return {"dia-ban": self.territory.name, "dia-ban-ma": self.territory.code}
        return {"don-vi": ""}


@dataclass(frozen=True)
class Asked:
    """One question about a year."""

    reader: Reader
    year: int
    scope: Scope
    map: str
    today: date

    @property
    def first(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    @property
    def day(self) -> date:
        """The day its figures are of: its last, or today while it lasts."""
        return min(self.last, self.today)

    @property
    def map_day(self) -> date:
        """The day of the map it is told on."""
        return self.day if self.map == THEN else self.today

    @property
    def before(self) -> "Asked":
        """The same of the year before."""
        return replace(self, year=self.year - 1)

    @property
    def is_open(self) -> bool:
        """Whether the year still runs."""
        return self.year == self.today.year

    @cached_property
    def ground(self) -> list[AdministrativeUnit]:
        """The territories of the scope on its map; none where it is no territory."""
        return maps.ground(self.scope.territory, self.map_day) if self.scope.territory else []

    @cached_property
    def bodies(self) -> QuerySet | None:
        """The bodies whose records belong to the scope, living or ended, as primary keys; None where all do."""
        if body := self.scope.body:
            reach = Reach.objects
            return reach.running([body.pk]) if self.scope.is_alone else reach.within([body.pk])
        if self.scope.territory:
            places = maps.within(self.ground, self.map_day)
            return Organization.objects.filter(territory__in=places.values("pk")).order_by().values("pk")
        return None

    @property
    def living(self) -> QuerySet[Organization]:
        """The bodies of the scope that exist on the day of the map: what shares are told of."""
        every = Organization.objects.order_by().alive(self.map_day)
        return every if self.bodies is None else every.filter(pk__in=self.bodies)

    def has_ground_of(self, other: "Asked") -> bool:
        """Whether both are told of the same bodies: only a territory's follow the day of the map."""
        return self.scope.territory is None or self.map_day == other.map_day

    @property
    def is_own(self) -> bool:
        """Whether the scope is a body the reader reads for: what is approved there, and below, is theirs to read."""
        body = self.scope.body
        return body is not None and self.reader.is_authenticated and body.pk in self.reader.reading_bodies

    def papers(self, kind: type[Paper]) -> QuerySet:
        """The papers a body of the scope is a side of, as far as the reader reads them; each once, whoever else is."""
        top = self.scope.top
        if top and self.is_own:  # then whether the reader reads them need not be asked of each once more
            theirs = kind.objects.touching_below([top.pk])
            return theirs.filter(Q(state=State.APPROVED) | run(self.reader))
        found = kind.objects.visible_to(self.reader)
        if top:
            return found.touching_below([top.pk])
        return found if self.bodies is None else found.touching(self.bodies)

    def within(self, rows: QuerySet) -> QuerySet:
        """Those of these rows whose ``organization`` is a body of the scope."""
        return rows if self.bodies is None else rows.filter(organization__in=self.bodies)

    def address(self, name: str, *parts: str, **more: str) -> str:
        """A page of this year on the reader's side of the house, of the same scope and map."""
        side = "staff_" if self.reader.is_authenticated else ""
        usual = TODAY if self.is_open else THEN
        map_said = {} if self.map == usual else {"ban-do": self.map}
        return reverse(
            f"portal:{side}{name}", args=[self.year, *parts], query=self.scope.query | map_said | more
        )


@dataclass(frozen=True)
class YearFigure:
    """One count of a year: the records themselves, and how they stand as lines.

    ``among`` are the records of its kind in the scope, at least those of this year and of the one before, in whatever
    state; ``counted`` says which of them the year counts, ``unapproved`` which are nobody's word yet. So figures of
    one kind, of both years, are counted in one question. ``register`` is what must be kept to know that there are
    none; nothing where the portal always knows. Of those with a ``place`` the first five are the figures of the page.
    """

    key: str
    label: str
    noun: str
    among: Callable[[Asked], QuerySet]
    counted: Callable[[Asked], Q]
    lines: Callable[[list[int], Asked], Iterable[Hit]]
    group: str
    register: str = ""
    unapproved: Callable[[Asked], Q] | None = None
    is_public: bool = True
    place: int = 0

    def records(self, asked: Asked) -> QuerySet:
        """What it counts."""
        return self.among(asked).filter(self.counted(asked))

    def left_out(self, asked: Asked) -> QuerySet:
        """What stands beside it and is not counted, as nobody's word yet."""
        return (
            self.among(asked).filter(self.unapproved(asked)) if self.unapproved else self.among(asked).none()
        )


@dataclass(frozen=True)
class YearTarget:
    """A target as the page tells it; the share and what is asked of it for the drawing.

    ``over`` says by how much a number asked is exceeded, ``stated`` what the plan's keeper states beside. One that
    ``is_inside`` is read by the body alone that keeps its plan.
    """

    key: str
    text: str
    asked: str
    fraction: str
    verdict: str
    as_of: str
    url: str
    rank: int
    share: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    label: str = ""
    is_drawn: bool = False
    left_out: int = 0
    is_inside: bool = False
    over: str = ""
    stated: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it asks for something to be done."""
        return self.rank == 0


@dataclass(frozen=True)
class Matter:
    """Something that asks for the official's word: what, and where it is decided."""

    verb: str
    thing: str
    url: str
    note: str = ""


class YearPart:
    """What an app tells of a year. Every answer is already narrowed to the reader."""

    position = 100

    def figures(self) -> Iterable[YearFigure]:
        """What it counts."""
        return ()

    def targets(self, asked: Asked) -> Iterable[YearTarget]:
        """The targets of the year, in no order; of more than :data:`MOST_TARGETS` the newest plans'."""
        return ()

    def targets_in_all(self, asked: Asked) -> int:
        """How many there are."""
        return 0

    def matters(self, asked: Asked) -> Iterable[Matter]:
        """What stands open in the scope beside what lies on the official's desk."""
        return ()

    def dates(self, asked: Asked) -> Iterable[tuple[date, str, str]]:
        """The next days ahead that everybody who reads the scope may know: day, words, address."""
        return ()

    def earliest(self, reader: Reader) -> int | None:
        """The first year of which anything is held."""
        return None


_found: list[YearPart] = []


def register(part: type[YearPart]) -> type[YearPart]:
    """Class decorator by which an app's ``figures.py`` offers what it counts."""
    _found.append(part())
    _found.sort(key=lambda one: one.position)
    return part


def parts() -> list[YearPart]:
    """What every app tells of a year."""
    return list(_found)


def figures_for(reader: Reader) -> list[YearFigure]:
    """What is counted for this reader, app by app."""
    every = [figure for part in parts() for figure in part.figures()]
    return [one for one in every if one.is_public or reader.is_authenticated]


def figure_of(key: str, reader: Reader) -> YearFigure | None:
    """The figure of a key, if this reader is told of it."""
    return next((one for one in figures_for(reader) if one.key == key), None)


def years_for(reader: Reader, today: date) -> list[int]:
    """The years that can be asked, the newest first."""
    known = [year for part in parts() if (year := part.earliest(reader))]
    return list(range(today.year, min([*known, today.year]) - 1, -1))


def usual_map(year: int, today: date) -> str:
    """Past years are told on the map of then, the current one on today's."""
    return TODAY if year >= today.year else THEN

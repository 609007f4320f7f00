"""Which bodies have done a thing in which year: the matrix of the yearly page, and its totals as fractions.

A body is told of where it keeps the register; a year it has not confirmed, or of which the register was not yet
kept, is "chưa có số liệu" and stays out of the fractions. By name a body is told of to itself and to who stands above it;
everybody else reads the fractions alone, and none of so few bodies that it would tell of each.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Value

from portal.measures import Measure
from portal.models import Organization, Reach, RegisterStart, YearConfirmation
from portal.models.years import is_known
from portal.year import Asked

YEARS = 5
FEW = 3
"""A share of fewer bodies would tell of each of them."""
HAS, LACKS, UNKNOWN, ABSENT = "has", "lacks", "unknown", "absent"
SIGNS = {
    HAS: "đã có",
    LACKS: "chưa có",
    UNKNOWN: "chưa có số liệu",
    ABSENT: "cơ quan chưa lập hoặc đã kết thúc",
}


@dataclass(frozen=True)
class Row:
    """A body with its cells, a kind of :data:`SIGNS` for each year."""

    name: str
    code: str
    cells: list[str]

    @property
    def fraction(self) -> str:
        """In how many of the years of which is known it has done it."""
        known = [one for one in self.cells if one in {HAS, LACKS}]
        return f"{known.count(HAS)}/{len(known)}" if known else "–"


@dataclass(frozen=True)
class Total:
    """One year over all bodies of the scope: how many have, of how many known, without how many.

    One that is not told holds no number: its bodies are :data:`FEW`, and others'.
    """

    year: int
    done: int
    whole: int
    left_out: int
    is_told: bool = True

    @property
    def fraction(self) -> str:
        """As said: "9/14"."""
        if not self.is_told:
            return "không nêu"
        return f"{self.done}/{self.whole}" if self.whole else "chưa có số liệu"

    @property
    def to_others(self) -> "Total":
        """As those read it who may not know of each body."""
        if self.whole + self.left_out >= FEW and (self.whole >= FEW or not self.whole):
            return self
        return Total(self.year, 0, 0, 0, is_told=False)


@dataclass(frozen=True)
class Coverage:
    """The matrix: what is asked, of which years, the bodies shown, how many there are, and how many may be shown."""

    label: str
    years: list[int]
    rows: list[Row]
    totals: list[Total]
    bodies: int
    named: int = 0

    @property
    def more(self) -> int:
        """How many bodies that may be shown are not shown here."""
        return self.named - len(self.rows)

    @property
    def holds_back(self) -> bool:
        """Whether a share is not told."""
        return not all(one.is_told for one in self.totals)

    def told_to(self, asked: Asked) -> "Coverage":
        """One that was kept, as this reader may read it."""
        shown = Organization.objects.filter(code__in=[one.code for one in self.rows])
        named = set(named_to(asked, shown).values_list("code", flat=True))
        if named == {one.code for one in self.rows} and named:
            return self
        rows = [one for one in self.rows if one.code in named]
        return replace(self, rows=rows, totals=[one.to_others for one in self.totals], named=len(rows))

    @property
    def lines(self) -> list[tuple[Row, list[tuple[int, str, str]]]]:
        """Each row with its cells as year, kind and words: "UBND phường Ngọc Hà, 2026: chưa có"."""
        return [
            (
                row,
                [
                    (year, sign, f"{row.name}, {year}: {SIGNS[sign]}")
                    for year, sign in zip(self.years, row.cells, strict=True)
                ],
            )
            for row in self.rows
        ]

    @classmethod
    def thawed(cls, kept: dict[str, Any]) -> "Coverage":
        """One that was kept as JSON."""
        rows, totals = [Row(**one) for one in kept["rows"]], [Total(**one) for one in kept["totals"]]
        return cls(**kept | {"rows": rows, "totals": totals})


def keeping(asked: Asked, measure: Measure) -> QuerySet:
    """The bodies of the scope that keep the register."""
    starts = RegisterStart.objects.filter(register=measure.register)
    return asked.living.filter(pk__in=starts.values("organization_id"))


def named_to(asked: Asked, bodies: QuerySet) -> QuerySet:
    """Those of these bodies that the reader may know by name to lack a thing: their own and those below.

    Of an inspector those of a visit to all the years of the matrix; who runs the site knows every one.
    """
    reader = asked.reader
    if not reader.is_authenticated:
        return bodies.none()
    if reader.is_superuser:
        return bodies
    first, last = asked.year - YEARS + 1, asked.year
    visits = [
        one for one in reader.inspections if not one.years or one.years[0] <= first <= last <= one.years[1]
    ]
    readers = [*reader.reading_bodies, *(one.organization_id for one in visits)]
    return bodies.filter(pk__in=Reach.objects.within(readers))


def coverage(asked: Asked, measure: Measure, *, start: int = 0, most: int = 10) -> Coverage:
    """The matrix of some bodies over the last years, with totals over all of them."""
    years = list(range(asked.year - YEARS + 1, asked.year + 1))
    totals = totals_of([replace(asked, year=year) for year in years], measure)
    whole = totals[-1].whole + totals[-1].left_out
    found = named_to(asked, keeping(asked, measure))
    named = found.count() if asked.reader.is_authenticated else 0
    bodies = list(found.order_by("sort_key", "pk")[start : start + most]) if named else []
    rows = cells_of(bodies, measure, years, asked.today) if bodies else []
    if named < whole:
        totals = [one.to_others for one in totals]
    return Coverage(measure.label, years, rows, totals, whole, named)


def cells_of(bodies: list[Organization], measure: Measure, years: list[int], today: date) -> list[Row]:
    """What is known of each of these bodies in each year."""
    keys = [one.pk for one in bodies]
    starts = RegisterStart.objects.filter(organization__in=keys, register=measure.register)
    kept = dict(starts.values_list("organization_id", "from_year"))
    confirmed = YearConfirmation.objects.filter(organization__in=keys, year__in=years)
    known = {(body, year) for body, year in confirmed.values_list("organization_id", "year")}
    known = {(body, year) for body, year in known if kept.get(body, year + 1) <= year}
    shown = Organization.objects.filter(pk__in=keys)
    told = {year: doing(shown, measure, year, today) for year in {year for _, year in known}}
    done = set(at_once(told, "pk"))

    def cell(body: Organization, year: int) -> str:
        begun = body.started_on is None or body.started_on.year <= year
        if not begun or (body.ended_on is not None and body.ended_on.year < year):
            return ABSENT
        if (body.pk, year) not in known:
            return UNKNOWN
        return HAS if (year, body.pk) in done else LACKS

    return [Row(one.name, one.code, [cell(one, year) for year in years]) for one in bodies]


def totals_of(asked: list[Asked], measure: Measure) -> list[Total]:
    """For each of these years how many bodies have done it, of those whose year is known.

    Years told on the same day's map are told of the same bodies, which are then read once.
    """
    every: dict[int, int] = {}
    known: Counter[int] = Counter()
    for day in {one.map_day for one in asked}:
        alike = [one for one in asked if one.map_day == day]
        found = keeping(alike[0], measure)
        every |= dict.fromkeys((one.year for one in alike), found.count())
        known.update(years_known(found, measure, [one.year for one in alike]))
    told = {
        one.year: keeping(one, measure).filter(is_known([measure.register], one.year))
        for one in asked
        if known[one.year]
    }
    doers = {year: doing(found, measure, year, asked[0].today) for year, found in told.items()}
    done = dict(at_once(doers, Count("pk")))
    return [
        Total(year, done.get(year, 0), known[year], every[year] - known[year])
        for year in (one.year for one in asked)
    ]


def years_known(bodies: QuerySet, measure: Measure, years: list[int]) -> dict[int, int]:
    """Of how many of these bodies each of these years is known: confirmed, and the register kept in it."""
    kept = {"register": measure.register, "from_year__lte": F("year")}
    confirmed = YearConfirmation.objects.filter(
        year__in=years,
        organization__in=bodies.values("pk"),
        **{f"organization__register_starts__{column}": value for column, value in kept.items()},
    )
    return dict(confirmed.order_by().values_list("year").annotate(Count("pk")))


def doing(bodies: QuerySet, measure: Measure, year: int, today: date) -> QuerySet:
    """Those of these bodies that have done it in a year.

    Who has done it is joined, not asked of each: of a province few bodies are looked up, of the country all are read.
    """
    last = min(date(year, 12, 31), today)
    return bodies.filter(pk__in=measure.doers(date(year, 1, 1), last, None)).order_by()


def at_once(found: dict[int, QuerySet], what: str | Count) -> list[tuple[int, int]]:
    """The same of the bodies of several years, each beside its year, in one question."""
    said = [bodies.values(told_of=Value(year)).values_list("told_of", what) for year, bodies in found.items()]
    return list(said[0].union(*said[1:], all=True)) if said else []

"""Which bodies have done a thing in which year: the matrix of the yearly page, and its totals as fractions.

A body is told of where it keeps the register; a year it has not confirmed, or of which the register was not yet
kept, is "chưa có số liệu" and stays out of the fractions. Names are for staff; visitors read the fractions alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from portal.measures import Measure
from portal.models import Organization, RegisterStart, YearConfirmation
from portal.models.years import is_known
from portal.year import Asked

YEARS = 5
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
    """One year over all bodies of the scope: how many have, of how many known, without how many."""

    year: int
    done: int
    whole: int
    left_out: int

    @property
    def fraction(self) -> str:
        """As said: "9/14"."""
        return f"{self.done}/{self.whole}" if self.whole else "chưa có số liệu"


@dataclass(frozen=True)
class Coverage:
    """The matrix: what is asked, of which years, the bodies shown, and how many there are."""

    label: str
    years: list[int]
    rows: list[Row]
    totals: list[Total]
    bodies: int

    @property
    def more(self) -> int:
        """How many bodies are not shown here."""
        return self.bodies - len(self.rows)

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


def bodies_of(asked: Asked, measure: Measure) -> QuerySet:
    """The same in Vietnamese order."""
    return keeping(asked, measure).order_by("sort_key", "pk")


def coverage(asked: Asked, measure: Measure, *, start: int = 0, most: int = 10) -> Coverage:
    """The matrix of some bodies over the last years, with totals over all of them."""
    found = bodies_of(asked, measure)
    years = list(range(asked.year - YEARS + 1, asked.year + 1))
    bodies = list(found[start : start + most]) if asked.reader.is_authenticated else []
    rows = cells_of(bodies, measure, years, asked.today) if bodies else []
    totals = [total(replace(asked, year=year), measure) for year in years]
    return Coverage(measure.label, years, rows, totals, found.count())


def cells_of(bodies: list[Organization], measure: Measure, years: list[int], today: date) -> list[Row]:
    """What is known of each of these bodies in each year."""
    keys = [one.pk for one in bodies]
    starts = RegisterStart.objects.filter(organization__in=keys, register=measure.register)
    kept = dict(starts.values_list("organization_id", "from_year"))
    confirmed = YearConfirmation.objects.filter(organization__in=keys, year__in=years)
    known = {(body, year) for body, year in confirmed.values_list("organization_id", "year")}
    known = {(body, year) for body, year in known if kept.get(body, year + 1) <= year}
    done = {year: doers_among(keys, measure, year, today) for year in years}

    def cell(body: Organization, year: int) -> str:
        begun = body.started_on is None or body.started_on.year <= year
        if not begun or (body.ended_on is not None and body.ended_on.year < year):
            return ABSENT
        if (body.pk, year) not in known:
            return UNKNOWN
        return HAS if body.pk in done[year] else LACKS

    return [Row(one.name, one.code, [cell(one, year) for year in years]) for one in bodies]


def doers_among(keys: Iterable[int], measure: Measure, year: int, today: date) -> set[int]:
    """Those of these bodies that have done it in a year."""
    last = min(date(year, 12, 31), today)
    doers = measure.doers(date(year, 1, 1), last, None)
    return set(Organization.objects.filter(pk__in=keys).filter(pk__in=doers).values_list("pk", flat=True))


def total(asked: Asked, measure: Measure) -> Total:
    """How many have done it, of those whose year is known.

    Who has done it is joined, not asked of each: of a province few bodies are looked up, of the country all are read.
    """
    known = is_known([measure.register], asked.year)
    found = keeping(asked, measure)
    counted = found.aggregate(every=Count("pk"), known=Count("pk", filter=known))
    done = 0
    if counted["known"]:
        doers = measure.doers(asked.first, asked.day, None)
        done = found.filter(known, pk__in=doers).count()
    return Total(asked.year, done, counted["known"], counted["every"] - counted["known"])

"""Which bodies have done a thing in which year: the matrix of the yearly page, and its totals as fractions.

A body is told of where it keeps the register; a year it has not confirmed, or of which the register was not yet
kept, is "chưa có số liệu" and stays out of the fractions. By name a body is told of to itself and to who stands above it;
everybody else reads the fractions alone, and none of so few bodies that it would tell of each.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from portal.measures import Measure
from portal.models import Organization, Reach, RegisterStart
from portal.models.territories import end_words
from portal.models.years import confirmed_in
from portal.year import Asked

YEARS = 5
SHOWN = 8
"""So many bodies stand on the page of a year: one sheet, one tablet screen and a half."""
FEW = 3
"""A share of fewer bodies would tell of each of them."""
PLACED = (F("territory__sort_key").asc(nulls_first=True), "sort_key", "pk")
"""The order of the rows: those of the whole country, then territory by territory."""
HAS, LACKS, UNKNOWN, ABSENT = "has", "lacks", "unknown", "absent"
SIGNS = {
    HAS: "đã có",
    LACKS: "chưa có",
    UNKNOWN: "chưa có số liệu",
    ABSENT: "cơ quan chưa lập hoặc đã kết thúc",
}


@dataclass(frozen=True)
class Row:
    """A body with its cells, a kind of :data:`SIGNS` for each year; since or until when it is, where a cell says so."""

    name: str
    code: str
    cells: list[str]
    life: str = ""

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


def coverage(asked: Asked, measure: Measure, *, page: int = 1, most: int = SHOWN) -> Coverage:
    """The matrix of one page of bodies over the last years, the last page where there are fewer; totals over all of them."""
    years = [replace(asked, year=year) for year in range(asked.year - YEARS + 1, asked.year + 1)]
    totals = totals_of(years, measure)
    whole = totals[-1].whole + totals[-1].left_out
    found = keeping(asked, measure)
    if asked.is_own:
        named = whole
    else:
        found = named_to(asked, found)
        named = found.count() if asked.reader.is_authenticated else 0
    start = (min(page, pages_of(named, most)) - 1) * most
    bodies = list(found.order_by(*PLACED)[start : start + most]) if named else []
    rows = rows_of(bodies, years, measure) if bodies else []
    if named < whole:
        totals = [one.to_others for one in totals]
    return Coverage(measure.label, [one.year for one in years], rows, totals, whole, named)


def pages_of(bodies: int, most: int) -> int:
    """How many pages of so many rows these bodies take; one at least."""
    return max((bodies - 1) // most, 0) + 1


def rows_of(bodies: list[Organization], years: list[Asked], measure: Measure) -> list[Row]:
    """What is known of each of these bodies in each year; of one that did not exist in it, that."""
    among = Organization.objects.filter(pk__in=[one.pk for one in bodies]).order_by().values("pk")
    told = {body: signs for body, *signs in told_of(among, years, measure, among)}
    return [
        Row(
            body.name,
            body.code,
            [
                sign if lived_in(body, one.year) else ABSENT
                for one, sign in zip(years, told[body.pk], strict=True)
            ],
            life_in(body, years),
        )
        for body in bodies
    ]


def life_in(body: Organization, years: list[Asked]) -> str:
    """The day a body began, where some of these years were before it, and when it ended: "từ 1/7/2025"."""
    begun = f"từ {end_words(body.started_on)}" if not lived_in(body, years[0].year) else ""
    return ", ".join(filter(None, [begun, f"đến {body.ended}" if body.ended else ""]))


def lived_in(body: Organization, year: int) -> bool:
    """Whether a body existed on some day of a year, as far as known."""
    begun = body.started_on is None or body.started_on.year <= year
    return begun and (body.ended_on is None or body.ended_on.year >= year)


def totals_of(years: list[Asked], measure: Measure) -> list[Total]:
    """For each of these years how many bodies have done it, of those whose year is known.

    Years told on the same day's map are told of the same bodies, which are read once: those whose years read alike
    come counted together.
    """
    counted: dict[int, Counter[str]] = {one.year: Counter() for one in years}
    for day in {one.map_day for one in years}:
        alike = [one for one in years if one.map_day == day]
        living = alike[0].living.values("pk")
        for bodies, *signs in told_of(living, alike, measure, alike[0].bodies, at_once=True):
            for one, sign in zip(alike, signs, strict=True):
                counted[one.year][sign] += bodies
    return [
        Total(year, signs[HAS], signs[HAS] + signs[LACKS], signs[UNKNOWN]) for year, signs in counted.items()
    ]


def told_of(
    bodies: QuerySet, years: list[Asked], measure: Measure, among: QuerySet | None, *, at_once: bool = False
) -> Iterator[list[Any]]:
    """Of each of these bodies that keeps the register its key, then what is known of it in each year.

    ``at_once`` those that read alike come together, with how many they are in place of the key. What bodies have done
    stands beside what is known of them by a join that the query builder has no words for: looked up for each year
    apart, PostgreSQL would read the parties of all papers once a year.
    """
    names = [f"{what}{place}" for what in ("known", "done") for place in range(len(years))]
    kept = RegisterStart.objects.filter(register=measure.register, organization__in=bodies).order_by()
    known = (Q(from_year__lte=one.year, organization__in=confirmed_in(one.year, among)) for one in years)
    told = [ExpressionWrapper(one, BooleanField()) for one in known]
    done = measure.done([(one.first, min(one.last, one.today)) for one in years], among)
    kept = kept.annotate(**dict(zip(names, told, strict=False)))
    left, right = kept.values("organization_id", *names[: len(years)]).query.sql_with_params(), done
    columns, first = ", ".join(names), "COUNT(*)" if at_once else "organization_id"
    grouped = f"GROUP BY {columns}" if at_once else ""
    sql = f"SELECT {first}, {columns} FROM ({left[0]}) kept LEFT JOIN ({right[0]}) done ON body = organization_id {grouped}"  # noqa: S608 - composed of compiled questions
    with connection.cursor() as cursor:
        cursor.execute(sql, left[1] + right[1])
        for key, *flags in cursor.fetchall():
            pairs = zip(flags[: len(years)], flags[len(years) :], strict=True)
            yield [
                key,
                *(UNKNOWN if not is_known else HAS if has_done else LACKS for is_known, has_done in pairs),
            ]

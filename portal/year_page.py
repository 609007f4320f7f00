"""The page of a year: one paragraph, five figures, targets with the short ones first, coverage; as plain values.

The values hold everything the page says, so that a closed year keeps them whole and is told from them alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal import sections
from portal.coverage import FEW, Coverage, coverage, named_to
from portal.models import RegisterStart
from portal.models.years import confirmed_in
from portal.sections import URGENT, DeskLine
from portal.templatetags.say import vdate, vnumber
from portal.year import MAPS, MOST_TARGETS, Asked, Matter, YearFigure, YearTarget, figures_for, parts

KEY_FIGURES, TARGETS_SHOWN, MATTERS, DATES = 5, 7, 5, 3
NO_DATA = "chưa có số liệu"


@dataclass(frozen=True)
class Count:
    """One figure of a year beside the year before; None where nothing is known."""

    key: str
    label: str
    noun: str
    group: str
    url: str
    now: int | None
    before: int | None
    left_out: int = 0
    left_out_url: str = ""

    @property
    def change(self) -> str:
        """Against the year before, in words."""
        if self.before is None:
            return f"năm trước: {NO_DATA}"
        if self.now is None:
            return f"năm trước: {vnumber(self.before)}"
        moved = self.now - self.before
        how = f"tăng {vnumber(moved)}" if moved > 0 else f"giảm {vnumber(-moved)}" if moved else "không đổi"
        return f"năm trước: {vnumber(self.before)}, {how}"


@dataclass(frozen=True)
class Content:
    """What a page of a year says: of whom, on which map, as of when, and the figures."""

    year: int
    scope: str
    map: str
    as_of: date
    confirmed: int
    keeping: int
    bodies: int
    paragraph: str
    counts: list[Count]
    targets: list[YearTarget] = field(default_factory=list)
    targets_in_all: int = 0
    coverage: Coverage | None = None

    @property
    def key_counts(self) -> list[Count]:
        """The figures of the page."""
        return self.counts[:KEY_FIGURES]

    @property
    def left_out(self) -> list[Count]:
        """Of the figures of the page, those beside which records stand that are nobody's word yet."""
        return [one for one in self.key_counts if one.left_out]

    @property
    def groups(self) -> dict[str, list[Count]]:
        """Every figure under its heading."""
        found: dict[str, list[Count]] = {}
        for one in self.counts:
            found.setdefault(one.group, []).append(one)
        return found

    def frozen(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return plain(asdict(self))

    @classmethod
    def thawed(cls, kept: dict[str, Any]) -> "Content":
        """What was kept, to be told again."""
        targets = [thawed_target(one) for one in kept["targets"]]
        return cls(
            **kept
            | {
                "as_of": date.fromisoformat(kept["as_of"]),
                "counts": [Count(**one) for one in kept["counts"]],
                "targets": targets,
                "coverage": Coverage.thawed(kept["coverage"]) if kept["coverage"] else None,
            }
        )


def thawed_target(kept: dict[str, Any]) -> YearTarget:
    """A target that was kept as JSON."""
    return YearTarget(**kept | {name: _decimal(kept[name]) for name in ("share", "low", "high")})


def plain(value: Any) -> Any:
    """Days and decimal numbers as text, so that they come back exactly."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return (
        value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


NOW, BEFORE, ASIDE = "now", "before", "aside"
Numbers = dict[tuple[str, str], int]
"""How many records, by the key of a figure and of which of these they are."""


def counts_of(asked: Asked, figures: Iterable[YearFigure]) -> list[Count]:
    """Figures beside those of the year before; each leads to exactly the records it counts."""
    told, years = list(figures), {NOW: asked, BEFORE: asked.before}
    numbers = numbers_of(told, years)
    none = {(of, one.register) for one in told if one.register for of in years if not numbers[one.key, of]}
    known = known_registers(years, none)

    def said(figure: YearFigure, of: str) -> int | None:
        """Of none it is said only where some body's year is known to hold none."""
        is_known = not figure.register or (of, figure.register) in known
        return numbers[figure.key, of] or (0 if is_known else None)

    found = []
    for one in told:
        left_out = numbers.get((one.key, ASIDE), 0)
        url = asked.address("year_list", one.key)
        aside = asked.address("year_list", one.key, **{"chua-duyet": "1"}) if left_out else ""
        both = (said(one, NOW), said(one, BEFORE))
        found.append(Count(one.key, one.label, one.noun, one.group, url, *both, left_out, aside))
    return found


def numbers_of(figures: Iterable[YearFigure], years: dict[str, Asked]) -> Numbers:
    """How many records each figure counts; those among the same records are counted in one question."""
    kinds: dict[Callable, list[YearFigure]] = {}
    for one in figures:
        kinds.setdefault(one.among, []).append(one)
    found: Numbers = {}
    now, before = years[NOW], years[BEFORE]
    for among, alike in kinds.items():
        of_now = {(one.key, NOW): one.counted(now) for one in alike}
        if now.reader.is_authenticated:
            of_now |= {(one.key, ASIDE): one.unapproved(now) for one in alike if one.unapproved}
        of_before = {(one.key, BEFORE): one.counted(before) for one in alike}
        if before.has_ground_of(now):
            found |= count_at_once(among(now), of_now | of_before)
        else:
            found |= count_at_once(among(now), of_now) | count_at_once(among(before), of_before)
    return found


def count_at_once(records: QuerySet, wanted: dict[tuple[str, str], Q]) -> Numbers:
    """How many of these records meet each condition."""
    names = {f"n{place}": key for place, key in enumerate(wanted)}
    counted = {name: CountOf("pk", filter=wanted[key]) for name, key in names.items()}
    found = records.order_by().aggregate(**counted)
    return {key: found[name] for name, key in names.items()}


def known_registers(years: dict[str, Asked], wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these registers are known in which of these years: a body of the scope kept it and confirmed the year.

    One such body is enough, so none is counted.
    """
    if not wanted:
        return set()
    asked = sorted(wanted)
    row = RegisterStart.objects.order_by().values_list(
        *(Exists(keepers_of(years[of], one)) for of, one in asked)
    )
    answers = row.first() or [False] * len(asked)
    return {key for key, is_known in zip(asked, answers, strict=True) if is_known}


def keepers_of(asked: Asked, register: str) -> QuerySet:
    """The bodies of the scope that kept a register in a year and confirmed that year."""
    kept = RegisterStart.objects.filter(register=register, from_year__lte=asked.year)
    confirmed = kept.filter(organization__in=confirmed_in(asked.year, asked.bodies))
    return confirmed.filter(organization__in=asked.living.values("pk"))


def key_figures(asked: Asked) -> list[YearFigure]:
    """The figures of the page, in their places."""
    placed = [one for one in figures_for(asked.reader) if one.place]
    return sorted(placed, key=lambda one: one.place)[:KEY_FIGURES]


def targets_of(asked: Asked) -> list[YearTarget]:
    """The targets of the year, those that are short first."""
    return sorted((one for part in parts() for one in part.targets(asked)), key=lambda one: one.rank)


def targets_in_all(asked: Asked, told: list[YearTarget]) -> int:
    """How many targets there are; counted only where so many are told that some may be left out."""
    return len(told) if len(told) < MOST_TARGETS else sum(part.targets_in_all(asked) for part in parts())


def content_of(asked: Asked, *, for_all: bool = False) -> Content:
    """The page of a year as it stands now; ``for_all`` without what only the reader's own body reads."""
    counts, targets = counts_of(asked, key_figures(asked)), targets_of(asked)
    left_out = targets_in_all(asked, targets) - len(targets)
    if for_all:
        targets = [one for one in targets if not one.is_inside]
    # Looked up for each of the bodies counted: as a set, PostgreSQL would gather the registers of the whole country.
    keeping = Q(Exists(RegisterStart.objects.filter(organization=OuterRef("pk"))))
    told = keeping & Q(pk__in=confirmed_in(asked.year, asked.bodies))
    known = asked.living.aggregate(
        bodies=CountOf("pk"), keeping=CountOf("pk", filter=keeping), confirmed=CountOf("pk", filter=told)
    )
    measure = next(iter(sections.measures()), None)
    few = known["keeping"] < FEW and named_to(asked, asked.living).count() < known["bodies"]
    return Content(
        year=asked.year,
        scope=str(asked.scope),
        map=map_words(asked),
        as_of=asked.day,
        **known,
        paragraph=paragraph(asked, counts, [] if left_out else targets, **known if not few else {}),
        counts=counts,
        targets=targets[:TARGETS_SHOWN],
        targets_in_all=len(targets) + left_out,
        coverage=coverage(asked, measure) if measure else None,
    )


def every_count(asked: Asked) -> list[Count]:
    """Every figure of the year, app by app."""
    return counts_of(asked, figures_for(asked.reader))


def map_words(asked: Asked) -> str:
    """Which map it is told on, and what the territory was then where it had another name."""
    said = f"{MAPS[asked.map]}, ngày {vdate(asked.map_day)}"
    others = [str(one) for one in asked.ground if one != asked.scope.territory]
    return f"{said}: {', '.join(others)}" if others else said


def paragraph(
    asked: Asked,
    counts: list[Count],
    targets: list[YearTarget],
    *,
    confirmed: int = 0,
    keeping: int = 0,
    bodies: int = 0,
) -> str:
    """The year in a few sentences, with how many bodies have confirmed it first; of so few that it would tell of each, without."""
    sentences = []
    if keeping:
        said = f"{vnumber(confirmed)}/{vnumber(keeping)} cơ quan có sổ trên cổng đã xác nhận số liệu năm {asked.year}"
        others = f"; {vnumber(bodies - keeping)} cơ quan khác chưa mở sổ" if bodies > keeping else ""
        sentences.append(said + others)
    elif bodies:
        sentences.append(f"Chưa có cơ quan nào mở sổ và xác nhận số liệu năm {asked.year}")
    told = [
        f"{vnumber(one.now)} {one.label.removesuffix(' trong năm')}" for one in counts if one.now is not None
    ]
    if told:
        sentences.append(f"Trong năm có {', '.join(told)}")
    if measured := [one for one in targets if one.rank in {0, 2}]:
        met = sum(one.rank == 2 for one in measured)
        sentences.append(f"{met}/{len(measured)} chỉ tiêu đo được đã đạt")
    return ". ".join(sentences or [f"Chưa có số liệu năm {asked.year}"]) + "."


@dataclass
class Open:
    """What is told of a running year beside its figures, never kept: what asks for a word, and the next days."""

    asked: Asked
    targets: list[YearTarget]

    @cached_property
    def matters(self) -> list[Matter]:
        """At most five things, the first of each kind before the second of any; nothing for visitors."""
        reader = self.asked.reader
        if not reader.is_authenticated:
            return []
        urgent = (
            [section.urgent(reader, MATTERS) for section in sections.every()] if self.asked.is_own else []
        )
        lines = [line for found in urgent for line in found]
        kinds = [[matter_of(one) for one in lines if one.group == group] for group in URGENT]
        kinds += [list(part.matters(self.asked)) for part in parts()]
        short = [one for one in self.targets if one.is_short]
        kinds.append([Matter("Chỉ tiêu chưa đạt", one.text, one.url, one.fraction) for one in short])
        rounds = (kind[place] for place in range(MATTERS) for kind in kinds if place < len(kind))
        return [one for one, _ in zip(rounds, range(MATTERS), strict=False)]

    @cached_property
    def dates(self) -> list[tuple[date, str, str]]:
        """The next three days: of the person's own desk, for visitors those everybody may know."""
        reader, today = self.asked.reader, self.asked.today
        if reader.is_authenticated:
            found = [day for section in sections.every() for day in section.next_dates(reader, today)]
        else:
            found = [day for part in parts() for day in part.dates(self.asked)]
        return sorted(found)[:DATES]


def matter_of(line: DeskLine) -> Matter:
    """A line of the desk as something that asks for a word."""
    note = f"hạn {vdate(line.due)}" if line.due else f"từ {vdate(line.since)}" if line.since else ""
    return Matter(line.verb, line.thing, line.url, ", ".join(filter(None, [note, line.note])))

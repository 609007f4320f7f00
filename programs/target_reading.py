"""The targets of a plan as one reader may read them: what is asked, how it stands, and for staff whose part is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import IntegerField, QuerySet, Value
from django.utils.functional import cached_property

from portal.access import readable_audiences, stand_for
from portal.changes import SAID
from portal.models import Attachment, Audience, Organization, User
from portal.numbers import number_words
from programs.measuring import Standing, last_day, measure_of, value_of
from programs.models import Plan, Target, TargetEvidence
from programs.populations import know_listed
from programs.standings import Part, standings
from programs.targets import EVERY_BODY, FROM_BELOW, REPORTED, WHOLE, Verdict
from programs.wording import short_day

COMPUTED = ("Đã làm", "Chưa làm", "Chưa có số liệu")
TOLD_BY = {
    REPORTED: ("từng cơ quan báo cáo", ("Đã báo cáo", "Báo cáo chưa đạt mức", "Chưa báo cáo")),
    FROM_BELOW: ("cộng từ các kế hoạch cấp dưới", ("Đã có số liệu", "Chưa đạt mức", "Chưa có số liệu")),
}
"""How a target is measured that the portal does not compute, and what its bodies are then told apart by."""
MOST_NAMED = 60
MOST_SETS, MOST_VALUES = 300, 20_000
"""As many sets of bodies, told by as many values, as any database takes in one question."""
TENTH = Decimal("0.1")


def measure_words(key: str) -> str:
    """How a measure is called where people read it; nothing for none, or for one no app offers any more."""
    if key in TOLD_BY:
        return TOLD_BY[key][0]
    measure = measure_of(key)
    return measure.label if measure else ""


SAID[Target, "measure"] = measure_words


def asked_words(target: Target) -> str:
    """What a target asks and of whom: "phấn đấu 40–50 %, các phường, phường Ba Đình"."""
    whom = [target.group.name, str(target.territory)] if target.group_id else []
    return ", ".join([str(target.asked), *(["các cơ quan trong danh sách"] if target.is_listed else whom)])


def target_words(target: Target) -> str:
    """A target as its page says it: its words, what it asks, how it is measured."""
    measured = f". Đo bằng: {said}" if (said := measure_words(target.measure)) else ""
    return f"{target.text}\nCần đạt: {asked_words(target)}{measured}"


@dataclass(frozen=True)
class TargetLine:
    """One target with how it stands, in words and numbers; the bodies behind are for who reads inside."""

    target: Target
    standing: Standing
    names_bodies: bool

    @property
    def asked(self) -> str:
        """What it asks: "phấn đấu 40–50 %, các phường, phường Ba Đình"."""
        return asked_words(self.target)

    @property
    def measured(self) -> str:
        """How it is measured, in words; nothing where nobody said."""
        return measure_words(self.target.measure)

    @property
    def fraction(self) -> str:
        """How many of how many: "6/14 = 42,9 %", "3"; where nothing is known, that."""
        return fraction_words(self.target, self.standing.done, self.standing.whole)

    @property
    def share(self) -> Decimal | None:
        """The value in per cent of what there is, to a tenth; of a number asked, in per cent of that number."""
        value = self.standing.value
        if value is not None and not self.target.is_fraction:
            asked = self.target.low or self.target.high
            value = value * WHOLE / asked if asked else None
        return None if value is None else value.quantize(TENTH, ROUND_HALF_UP)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a share to draw, or the want of one."""
        return self.target.is_fraction or self.share is not None

    @property
    def low(self) -> Decimal | None:
        """Where the drawing marks what is asked from below; a number asked is its whole width."""
        return self.target.low if self.target.is_share and not self.target.is_each else Decimal(WHOLE)

    @property
    def high(self) -> Decimal | None:
        """The same from above."""
        return self.target.high if self.target.is_share and not self.target.is_each else None

    @property
    def label(self) -> str:
        """What stands under the mark of what is asked."""
        target = self.target
        if target.is_each:
            return EVERY_BODY.range
        return target.asked.range if target.is_share else number_words(target.low or target.high)

    @property
    def of_the_number_asked(self) -> str:
        """A number as a share of the number asked, where it is more: "150 % mức giao"."""
        is_over = not self.target.is_fraction and self.share is not None and self.share > WHOLE
        return f"{number_words(self.share)} % mức giao" if is_over else ""

    @property
    def stated(self) -> str:
        """What its keeper states beside what is measured; the reason is for those inside."""
        target = self.target
        if target.stated_value is None:
            return ""
        value = fraction_words(target, target.stated_value, target.stated_of)
        reason = f". Lý do: {target.stated_reason}" if self.names_bodies else ""
        return f"{value}, tính đến {short_day(target.stated_on)}{reason}"

    @property
    def verdict(self) -> str:
        """How it stands against what is asked, in words; nothing where nothing is known."""
        if self.standing.verdict == Verdict.NO_DATA:
            return ""
        if more := self.standing.short_by:
            is_computed = self.target.is_share and self.target.measure not in TOLD_BY
            counts_bodies = self.target.is_each or is_computed
            return f"cần thêm {more} cơ quan" if counts_bodies else f"cần thêm {more}"
        return str(self.standing.verdict.label)

    @property
    def as_of(self) -> str:
        """The day it is counted on, or the days of what bodies told, and how many bodies were left out."""
        first, last = self.standing.days
        days = short_day(last) if first == last else f"{short_day(first)} – {short_day(last)}, tùy nơi"
        said = [f"tính đến {days}"]
        if self.standing.left_out:
            said.append(f"{self._left_out} {self.standing.left_out} cơ quan")
        return ", ".join(said)

    @property
    def _left_out(self) -> str:
        return "chưa có báo cáo của" if self.target.measure in TOLD_BY else "chưa có số liệu của"

    @property
    def groups(self) -> list[tuple[str, QuerySet[Organization]]]:
        """The same, all of them."""
        stands = self.standing
        if not self.names_bodies or not stands.is_counted:
            return []
        words = TOLD_BY[self.target.measure][1] if self.target.measure in TOLD_BY else COMPUTED
        return list(zip(words, (stands.having, stands.lacking, stands.unknown), strict=True))

    @cached_property
    def bodies(self) -> list[tuple[str, list[Organization], int]]:
        """For staff: who has, who has not, of whom nothing is known; each with names and how many more there are."""
        return bodies_of([self])[0]


def bodies_of(lines: Iterable[TargetLine]) -> list[list[tuple[str, list[Organization], int]]]:
    """The same for each of several lines; their bodies, as many of each as are named, are looked up together."""
    groups = [
        [
            (words, rows, size)
            for (words, rows), size in zip(line.groups, line.standing.sizes, strict=False)
            if size
        ]
        for line in lines
    ]
    # Lines that count alike share their sets, and are asked about once.
    sets = list({id(rows): rows for each in groups for _, rows, _ in each}.values())
    names: dict[int, list[Organization]] = defaultdict(list)
    for parts in _joinable(sets):
        for body in parts[0].union(*parts[1:], all=True).order_by("sort_key", "id"):
            names[id(sets[body.of])].append(body)
    return [
        [(words, names[id(rows)], max(size - MOST_NAMED, 0)) for words, rows, size in each] for each in groups
    ]


def _joinable(sets: list[QuerySet[Organization]]) -> Iterator[list[QuerySet[Organization]]]:
    """The first bodies of each set, marked with its place, in portions that a database joins in one question."""
    portion, values = [], 0
    for number, rows in enumerate(sets):
        first = rows.order_by("sort_key", "pk").values("pk")[:MOST_NAMED]
        part = Organization.objects.order_by().filter(pk__in=first)
        part = part.annotate(of=Value(number, output_field=IntegerField()))
        more = len(part.query.sql_with_params()[1])
        if portion and (len(portion) == MOST_SETS or values + more > MOST_VALUES):
            yield portion
            portion, values = [], 0
        portion.append(part)
        values += more
    if portion:
        yield portion


def name_bodies(lines: Iterable[TargetLine]) -> None:
    """Look up the bodies behind all lines at once, for a page that names them."""
    lines = list(lines)
    for line, bodies in zip(lines, bodies_of(lines), strict=True):
        vars(line)["bodies"] = bodies


def fraction_words(target: Target, done: Decimal | None, whole: Decimal | None) -> str:
    """So many of so many, in the words of its unit; where nothing is known, that."""
    value = value_of(target, done, whole)
    if value is None:
        return str(Verdict.NO_DATA.label)
    if not target.is_fraction:
        return f"{number_words(done)} {target.unit}".strip()
    share = number_words(value.quantize(TENTH, ROUND_HALF_UP))
    return f"{number_words(done)}/{number_words(whole)} = {share} %"


@dataclass(frozen=True)
class PartLine:
    """How a target stands in one territory, in words and numbers."""

    part: Part

    @property
    def name(self) -> str:
        """The territory; nothing means the target's own level."""
        return str(self.part.territory or "Cơ quan cấp trên trực tiếp")

    @property
    def fraction(self) -> str:
        """How many of how many there."""
        return fraction_words(self.part.target, self.part.done, self.part.whole)


def part_lines(parts: Iterable[Part]) -> list[PartLine]:
    """The territories of a target, each as a line; one alone says no more than the whole."""
    lines = [PartLine(part) for part in parts]
    return lines if len(lines) > 1 else []


def readable_targets(plan: Plan, audiences: frozenset[str]) -> list[Target]:
    """The targets of a plan that a reader may read, with whom they count."""
    found = plan.targets.filter(audience__in=audiences).select_related("group", "territory")
    targets = list(found.prefetch_related("group__parts"))
    know_listed(targets)
    for target in targets:
        target.plan = plan
    return targets


def reads_evidence(user: User, file: Attachment) -> bool:
    """Whether a file proves what a body told of a target that this person reads inside, or told for their own body."""
    held = TargetEvidence.objects.filter(file=file).select_related("report__target__plan").first()
    if held is None:
        return False
    target = held.report.target
    audiences = readable_audiences(user, target.plan)
    is_inside = Audience.PARTIES in audiences and target.audience in audiences
    return is_inside or stand_for(user.reading_bodies, held.report.organization_id)


def target_lines(targets: Iterable[Target], *, names_bodies: bool, today: date) -> list[TargetLine]:
    """Targets as they stand today, or stood on the last day of their plan."""
    by_day: dict[date, list[Target]] = defaultdict(list)
    targets = list(targets)
    for target in targets:
        by_day[last_day(target.plan, today)].append(target)
    stands = {key: one for day, same in by_day.items() for key, one in standings(same, day).items()}
    return [TargetLine(target, stands[target.pk], names_bodies) for target in targets]

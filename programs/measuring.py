"""How targets stand: fractions over sets of bodies, as of a day, and nothing where nothing is known.

A computed target is three sets: whom it counts, of whom the year is known, who has done it. Their sizes and
differences are asked of the database, never body by body. What bodies tell and what plans
below add up to is counted in :mod:`programs.reported` and :mod:`programs.from_below`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import ceil

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, QuerySet, When

from portal import sections
from portal.measures import Measure, Span, Statement
from portal.models import Organization, Partner, Register
from portal.models.years import is_known
from programs.models import Duty, Plan, Program, Review, Round, Target
from programs.models.plans import during
from programs.populations import Populations, populations
from programs.targets import EVERY_BODY, WHOLE, Verdict, judge

Sets = tuple[QuerySet[Organization], QuerySet[Organization], QuerySet[Organization]]


@dataclass(frozen=True)
class Standing:
    """How a target stands on a day: ``done`` of ``whole``, without the bodies of which nothing is known.

    ``having``, ``lacking`` and ``unknown`` are the bodies themselves, for staff alone and put together for who asks;
    None where nothing is counted.
    """

    target: Target
    as_of: date
    done: Decimal | None = None
    whole: Decimal | None = None
    left_out: int = 0
    sets: Callable[[], Sets] | None = None
    sizes: tuple[int, int, int] = (0, 0, 0)
    """How many bodies these are."""
    told: tuple[date, date] | None = None
    """The earliest and the latest day of what bodies told, where it is they who tell."""

    @property
    def days(self) -> tuple[date, date]:
        """The earliest and the latest day of what it says."""
        return self.told or (self.as_of, self.as_of)

    @property
    def is_counted(self) -> bool:
        """Whether there are bodies to be counted."""
        return self.sets is not None

    @cached_property
    def _bodies(self) -> Sets | tuple[None, None, None]:
        return self.sets() if self.sets else (None, None, None)

    @property
    def having(self) -> QuerySet[Organization] | None:
        """The bodies that have done it."""
        return self._bodies[0]

    @property
    def lacking(self) -> QuerySet[Organization] | None:
        """Those that have not."""
        return self._bodies[1]

    @property
    def unknown(self) -> QuerySet[Organization] | None:
        """Those of which nothing is known."""
        return self._bodies[2]

    @property
    def value(self) -> Decimal | None:
        """In the target's unit: a share in per cent, or a number; of what each body is asked, the share of bodies that reach it."""
        return value_of(self.target, self.done, self.whole)

    @property
    def verdict(self) -> Verdict:
        """How the value stands against what is asked."""
        return judge(EVERY_BODY if self.target.is_each else self.target.asked, self.value)

    @property
    def short_by(self) -> int:
        """How many more are needed to meet a lower bound."""
        low = Decimal(WHOLE) if self.target.is_each else self.target.low
        if self.verdict != Verdict.SHORT or low is None or self.done is None:
            return 0
        needed = low * self.whole / WHOLE if self.target.is_fraction else low
        return ceil(needed - self.done)


def value_of(target: Target, done: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """So many of so many: a share in per cent, or a number in the target's unit."""
    if not target.is_fraction:
        return done
    return None if done is None or not whole else done * WHOLE / whole


def last_day(plan: Plan, today: date) -> date:
    """The day a plan's targets are measured on: today, or the last of its period once that is over."""
    return min(plan.period_last or today, today)


def computed(targets: Iterable[Target], on: date) -> dict[int, Standing]:
    """How targets stand by what the portal counts of their bodies, by primary key.

    Those of one plan that count the same of the same bodies are counted once, those that list them together.
    """
    targets = list(targets)
    found = {one.pk: Standing(one, on) for one in targets}
    alike: dict[tuple, list[Target]] = defaultdict(list)
    counted = populations(targets, on)
    for one in targets:
        if measure_of(one.measure) and (one.is_listed or one.population(on) is not None):
            rule = () if one.is_listed else (one.group_id, one.territory_id)
            alike[one.plan_id, one.measure, *rule].append(one)
    for same in alike.values():
        found |= _of_lists(same, counted) if same[0].is_listed else _of_a_rule(same, counted)
    return found


def _of_a_rule(targets: list[Target], counted: Populations) -> dict[int, Standing]:
    """Targets of one plan that count the same of the same bodies."""
    target, on = targets[0], counted.on
    population = target.population(on)
    known, doers = known_and_doers(target, measure_of(target.measure), population, on)
    # One pass over the known, compared with the set of doers: asked apart, each count would make the sets again.
    told = known.order_by().aggregate(whole=Count("pk"), done=Count("pk", filter=Q(pk__in=doers)))
    stands = _counted(target, on, population, (counted.sizes[target.pk], told["whole"], told["done"]))
    return {one.pk: replace(stands, target=one) for one in targets}


def _of_lists(targets: list[Target], counted: Populations) -> dict[int, Standing]:
    """Targets of one plan that count the same, each of the bodies it lists."""
    bodies = Organization.objects.filter(pk__in=set().union(*(counted.lists[one.pk] for one in targets)))
    known, doers = known_and_doers(targets[0], measure_of(targets[0].measure), bodies, counted.on)
    has_done = ExpressionWrapper(Q(pk__in=doers), BooleanField())
    done = dict(known.order_by().values_list("pk", has_done))
    found = {}
    for one in targets:
        listed = counted.lists[one.pk]
        sizes = len(listed), len(listed & done.keys()), sum(done.get(body, False) for body in listed)
        found[one.pk] = _counted(one, counted.on, counted.of(one), sizes)
    return found


def _counted(target: Target, on: date, population: QuerySet[Organization], sizes: Sequence[int]) -> Standing:
    """A target of which so many bodies are counted, are known and have done it."""
    size, whole, done = sizes

    def sets() -> Sets:
        known, doers = known_and_doers(target, measure_of(target.measure), population, on)
        unknown = population.exclude(pk__in=known.values("pk"))
        return known.filter(pk__in=doers), known.exclude(pk__in=doers), unknown

    told, counted = Decimal(done) if whole else None, (done, whole - done, size - whole)
    return Standing(target, on, told, Decimal(whole), size - whole, sets, counted)


def known_and_doers(
    target: Target, measure: Measure, population: QuerySet[Organization], on: date
) -> tuple[QuerySet[Organization], QuerySet]:
    """The bodies of a population of which the year is known, and the keys of those that have done it by a day.

    Before the plan's first day nothing is known of any.
    """
    first, among = target.plan.period_first or date(on.year, 1, 1), population.order_by().values("pk")
    known = population.filter(is_known([measure.register], on.year)) if first <= on else population.none()
    return known, measure.doers(first, on, target.plan, among)


def measure_of(key: str) -> Measure | None:
    """The measure of a key, of whatever app; None where none offers it."""
    return next((one for one in sections.measures() if one.key == key), None)


# --- what this app computes


def with_a_plan(first: date, last: date, asking: Plan | None, among: QuerySet | None = None) -> QuerySet:
    """Bodies that issued an approved plan for a part of this time, beside the plan that asks for it."""
    issued = Plan.objects.approved().during(first, last)
    return issuers(issued.exclude(pk=asking.pk) if asking else issued, among)


def planning(spans: Sequence[Span], among: QuerySet | None) -> Statement:
    """In which of these spans bodies issued an approved plan for a part of it."""
    ends = min(first for first, _ in spans), max(last for _, last in spans)
    return issuing(Plan.objects.approved().during(*ends), [during(*span) for span in spans], among)


def with_a_program(first: date, last: date, asking: Plan | None, among: QuerySet | None = None) -> QuerySet:
    """Bodies that stand on a side of an approved programme in force on the last day."""
    return issuers(Program.objects.approved().in_force(last), among)


def with_a_review(first: date, last: date, asking: Plan | None, among: QuerySet | None = None) -> QuerySet:
    """Bodies that issued an approved review of a part of this time, or handed in their part of a round about it."""
    rounds = Round.objects.opened().filter(period_first__lte=last, period_last__gte=first)
    parts = Duty.objects.handed_in().filter(round__in=rounds.order_by().values("pk"))
    parts = parts if among is None else parts.filter(organization__in=among)
    reviews = issuers(Review.objects.approved().during(first, last), among).order_by()
    return reviews.union(parts.order_by().values("organization_id"))


def issuers(papers: QuerySet, among: QuerySet | None = None) -> QuerySet:
    """The bodies on the sides of these papers, as primary keys; of all, or of those ``among`` names."""
    whose = {"organization__isnull": False} if among is None else {"organization__in": among}
    signed = Partner.objects.filter(document__in=papers.order_by().values("document_id"), **whose)
    return signed.order_by().values("organization_id")


def issuing(papers: QuerySet, when: Iterable[Q], among: QuerySet | None) -> Statement:
    """The bodies on the sides of these papers, each with which of these conditions one of its papers meets.

    Sides are joined to papers by a join that the query builder has no words for: its own would lead through the
    register of all documents.
    """
    done = {f"done{place}": Case(When(one, then=1), default=0) for place, one in enumerate(when)}
    told = papers.order_by().annotate(**done).values("document_id", *done)
    whose = {"organization__isnull": False} if among is None else {"organization__in": among}
    sides = Partner.objects.filter(**whose).order_by().values("document_id", "organization_id")
    left, right = told.query.sql_with_params(), sides.query.sql_with_params()
    columns = ", ".join(f"MAX({one}) AS {one}" for one in done)
    return (
        f"SELECT organization_id AS body, {columns} FROM ({left[0]}) told"  # noqa: S608 - composed of compiled questions
        f" JOIN ({right[0]}) sides ON sides.document_id = told.document_id GROUP BY organization_id",
        (*left[1], *right[1]),
    )


MEASURES = (
    Measure(
        "has-plan",
        "đã ban hành kế hoạch trong kỳ",
        Register.PLANS,
        with_a_plan,
        ("ban hanh ke hoach", "xay dung ke hoach", "co ke hoach"),
        planning,
    ),
    Measure(
        "has-program",
        "có chương trình phối hợp đang hiệu lực",
        Register.PROGRAMS,
        with_a_program,
        ("ky ket chuong trinh", "ky chuong trinh", "co chuong trinh phoi hop", "ky ket quy che"),
    ),
    Measure(
        "has-review",
        "đã sơ kết, tổng kết hoặc nộp phần báo cáo trong kỳ",
        Register.REVIEWS,
        with_a_review,
        ("so ket", "tong ket", "nop bao cao", "gui bao cao", "bao cao ket qua"),
    ),
)

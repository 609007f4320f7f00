"""Targets as the page of a year tells them, against a slow, obvious count: which, of whom, how many, for whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from portal.actions.documents import PaperEntry, PartnerEntry
from portal.dates import parse_period
from portal.models import Audience, BodyGroup, BodyGroupPart, Level, OrganizationKind, User
from portal.year import TODAY, Asked, Scope
from portal.year_page import targets_of
from programs.actions.companions import PlanEntry, save_companion
from programs.actions.targets import TargetEntry
from programs.models import Plan, Target, TargetReport
from programs.target_reading import fraction_words
from programs.targets import read_target
from tests.portal.test_year import FIRST, NAMES, World, goes_up_to
from tests.portal.test_year_parts import FEW, QUESTIONS, READERS, YEARS, Slow, _now, scope_of, world

__all__ = ["_now", "world"]
pytestmark = pytest.mark.django_db
TEXTS = (
    "100% các phường có kế hoạch",
    "Mỗi phường ít nhất 02 mô hình",
    "Ít nhất 90% hộ dân hài lòng",
    "Ít nhất 5 hội nghị",
)
TARGETS = st.lists(
    st.tuples(
        st.sampled_from(["drafting", "approved", "published"]),
        st.sampled_from(YEARS),
        st.sampled_from(["tỉnh Thử", "Mới", "Một", ""]),
        st.sampled_from(Audience.values),
        st.sampled_from(TEXTS),
        st.sampled_from(["has-plan", "report", ""]),
        st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(0, 4), st.integers(4, 6), st.integers(1, 12))),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip
OF_YEARS = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(YEARS)), max_size=8)


def make_target(
    world: World, group: BodyGroup, state: str, year: int, place: str, audience: str, text: str, measure: str,
    told: dict,
) -> None:  # fmt: skip
    """A target of a plan of ours, with what wards told of it, each in a month of the year."""
    where = {"tỉnh Thử": world.province, "": None}.get(place, world.units.get(place))
    whom = {"group": group, "territory": where} if where else {}
    target = TargetEntry(text, audience=audience, asked=read_target(text), measure=measure, **whom)
    paper = PaperEntry("Kế hoạch", partners=[PartnerEntry(1, world.cast.ours)])
    entry = PlanEntry(paper, period=parse_period(f"năm {year}"), targets=[target])
    approved = {"state": "approved", "approved_at": f"{year}-01-05T00:00Z"} if state != "drafting" else {}
    plan = save_companion(None, entry, model=Plan, by=None, keeper=world.cast.ours, **approved)
    if state == "published":
        Plan.objects.filter(pk=plan.pk).update(
            published_from=f"{year}-01-05T00:00Z", slug=f"ke-hoach-{plan.pk}"
        )
    one = plan.targets.get()
    bodies = {world.bodies[name]: told[name] for name in told} if where else {}
    if not where and told:
        bodies = {world.cast.ours: next(iter(told.values()))}
    for body, (part, whole, month) in bodies.items():
        TargetReport.objects.create(
            target=one, organization=body, numerator=part, denominator=whole if one.is_share else None,
            as_of=date(year, month, 1),
        )  # fmt: skip


def ground(world: World, asked: Asked) -> set[int]:
    """What the territory asked for was on the day of its map: the new ward grew out of two."""
    place, is_before = asked.scope.territory, asked.map_day < FIRST
    if place == world.units["Mới"] and is_before:
        return {world.units["Một"].pk, world.units["Hai"].pk}
    if place in (world.units["Một"], world.units["Hai"]) and not is_before:
        return {world.units["Mới"].pk}
    return {place.pk}


def may_read(slow: Slow, target: Target, reader: object) -> bool:
    """Whether a reader of the plan reads this target."""
    if target.audience == Audience.PUBLIC or (isinstance(reader, User) and reader.is_superuser):
        return True
    if not isinstance(reader, User):
        return False
    keeper = target.plan.keeper_id
    if any(keeper in slow.runs[one] for one in reader.writing_bodies):
        return True
    is_told = slow.reads(reader, {keeper}, {target.plan.period_first.year})
    return target.audience == Audience.PARTIES and is_told


def counted(
    world: World, slow: Slow, asked: Asked, confirmed: set, planned: set
) -> dict[str, tuple[str, int]]:
    """Each target of the page with its fraction and how many bodies were left out."""
    plans = Plan.objects.visible_to(asked.reader).filter(state="approved")
    of_year = [one for one in plans if one.period_first.year == asked.year]
    linked = Target.objects.filter(plan__in=of_year).select_related("plan", "territory__level")
    readable = [one for one in linked if may_read(slow, one, asked.reader)]
    if body := asked.scope.body:
        told = [one for one in readable if one.plan.keeper_id in slow.runs[body.pk]]
    elif asked.scope.territory:
        places = ground(world, asked)
        told = [one for one in readable if one.territory_id in places]
    else:
        placed = [one for one in readable if one.territory_id]
        highest = min((one.territory.level.rank for one in placed), default=0)
        told = [one for one in placed if one.territory.level.rank == highest]
    return {one.code: standing_of(world, one, asked, confirmed, planned) for one in told}


def standing_of(world: World, one: Target, asked: Asked, confirmed: set, planned: set) -> tuple[str, int]:
    """How a target stands, body by body; on the last day of its plan or of the figures."""
    day = min(one.plan.period_last, asked.day)
    if one.territory_id:
        places = {one.territory_id}
        bodies = [
            name for name, body in world.bodies.items()
            if goes_up_to(body.territory, places) and body.is_alive(day)
        ]  # fmt: skip
        told_by = {world.bodies[name].pk: name for name in bodies}
    else:
        told_by = {one.plan.keeper_id: ""} if one.measure == "report" else {}
    numbers: list[tuple[Decimal, Decimal | None]] = []
    if one.measure == "has-plan" and one.territory_id:
        known = [name for name in told_by.values() if (name, day.year) in confirmed]
        numbers = [(Decimal((name, day.year) in planned), Decimal(1)) for name in known]
    elif one.measure == "report":
        for row in one.reports.all():
            if row.organization_id in told_by and row.as_of <= day:
                value = row.numerator * 100 / row.denominator if one.is_share else row.numerator
                numbers.append(
                    (Decimal(value >= one.low), Decimal(1))
                    if one.is_each
                    else (row.numerator, row.denominator)
                )
    if not numbers:
        return "chưa có số liệu", len(told_by) if one.measure else 0
    done, wholes = sum(part for part, _ in numbers), [of for _, of in numbers if of is not None]
    left_out = len(told_by) - len(numbers)
    return fraction_words(one, done, sum(wholes) if wholes else None), left_out


@FEW
@given(targets=TARGETS, confirmed=OF_YEARS, planned=OF_YEARS, questions=QUESTIONS)
def test_targets_of_a_year_are_what_looking_body_by_body_gives(
    world: World, targets: list, confirmed: set, planned: set, questions: list
):
    group = BodyGroup.objects.get_or_create(key="cac-phuong", name="các phường")[0]
    kind, level = OrganizationKind.objects.get(key="ubnd"), Level.objects.get(key="xa")
    BodyGroupPart.objects.get_or_create(group=group, kind=kind, level=level)
    with transaction.atomic():
        for name, year in confirmed:
            world.confirm(name, year)
        for name, year in planned:
            world.plan([name], year)
        for one in targets:
            make_target(world, group, *one)
        slow = Slow()
        for reader in READERS:
            for name, which, year in questions:
                asked = world.asked(reader, year, scope_of(world, name), which)
                said = {one.key: (one.fraction, one.left_out) for one in targets_of(asked)}
                assert said == counted(world, slow, asked, confirmed, planned), (reader, name, which, year)
        transaction.set_rollback(True)


def test_a_target_of_the_keeper_alone_hides_no_other_below_it(world: World):
    group = BodyGroup.objects.create(key="cac-phuong", name="các phường")
    told: dict = {}
    make_target(world, group, "published", 2025, "Mới", Audience.PUBLIC, TEXTS[0], "has-plan", told)
    make_target(world, group, "published", 2025, "tỉnh Thử", Audience.BODY, TEXTS[0], "has-plan", told)
    seen = [
        {
            Target.objects.get(code=one.key).territory
            for one in targets_of(world.asked(reader, 2025, Scope(), TODAY))
        }
        for reader in (None, "lan")
    ]
    assert seen == [{world.units["Mới"]}, {world.province}]

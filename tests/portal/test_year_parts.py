"""Tasks, parts handed in and targets of a year, each against a slow, obvious count: on both maps, for each audience.

Every example is counted in a world of its own and undone.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.actions.circles import place_assignments
from meetings.models import Assignment, Directive, Meeting, Progress, Task
from portal.actions.registers import rebuild_reach
from portal.models import (
    AdministrativeUnit,
    Document,
    Organization,
    Reach,
    Role,
    State,
    Subordination,
    Succession,
    UnitSuccession,
    User,
    WorkingCopy,
)
from portal.year import MAPS, TODAY, Asked, Scope, figure_of
from programs.actions.rounds import place_duties
from programs.models import Duty, DutyState, Program, Round, Submission
from programs.models.rounds import ANSWER_FORM
from tests.cast import Cast, join, make_body, make_meeting, make_user
from tests.portal.test_year import FIRST, NAMES, NOW, World, goes_up_to, numbers

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
YEARS = (2024, 2025, 2026)
READERS = (None, "lan", "mai", "binh", "thu", "kien", "quy", "tinh", "quoc", "moi", "ngoc")
"""Visitor; our clerk and unit, a neighbour, a superior, an inspector of other years, the administrator; clerks of the
wards' superior and of the body above all; a unit of the merged ward; an inspector of the wards in 2025."""


@pytest.fixture
def world(cast: Cast) -> World:
    """The wards with a superior, it and ours with one above all; the merged wards answered for by the new one."""
    made = World(cast)
    above = make_body("UBND tỉnh Thử", territory=made.province)
    top = make_body("Ban Dân vận Trung ương")
    for body, superior in [
        (above, top),
        (cast.superior, top),
        *((made.bodies[name], above) for name in NAMES),
    ]:
        Subordination.objects.create(organization=body, superior=superior)
    for old in ("Một", "Hai"):
        Succession.objects.create(
            predecessor=made.bodies[old], successor=made.bodies["Mới"], kind="merged", effective_on=FIRST
        )
    rebuild_reach()
    visit = {
        "started_on": date(2020, 1, 1),
        "ended_on": date(2030, 1, 1),
        "reads_from": 2025,
        "reads_to": 2025,
    }
    for name, body, role, more in (
        ("tinh", above, Role.CLERK, {}),
        ("quoc", top, Role.CLERK, {}),
        ("moi", made.bodies["Mới"], Role.UNIT, {}),
        ("ngoc", above, Role.INSPECTOR, visit),
    ):
        cast.people[name] = make_user(name)
        join(cast.people[name], body, role, **more)
    made.above = above
    return made


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(datetime(NOW.year, NOW.month, NOW.day, 9), tick=True):
        yield


SCOPES = ("mọi nơi", "tỉnh Thử", "Mới", "Một", "cơ quan Mới", "cơ quan tỉnh", "riêng cơ quan tỉnh")
QUESTIONS = st.lists(
    st.tuples(st.sampled_from(SCOPES), st.sampled_from(sorted(MAPS)), st.sampled_from(YEARS)),
    min_size=4, max_size=4, unique=True,
)  # fmt: skip


def scope_of(world: World, name: str) -> Scope:
    """Whose year is asked for."""
    return {
        "tỉnh Thử": Scope(territory=world.province),
        "Mới": Scope(territory=world.units["Mới"]),
        "Một": Scope(territory=world.units["Một"]),
        "cơ quan Mới": Scope(body=world.bodies["Mới"]),
        "cơ quan tỉnh": Scope(body=world.above),
        "riêng cơ quan tỉnh": Scope(body=world.above, is_alone=True),
    }.get(name, Scope())


class Slow:
    """Who reads what and what belongs where, looked at one by one."""

    def __init__(self) -> None:
        self.reach: dict[int, set[int]] = {}
        self.runs: dict[int, set[int]] = {}
        for row in Reach.objects.all():
            self.reach.setdefault(row.reader_id, set()).add(row.body_id)
            if row.relation == Reach.Relation.RUNS:
                self.runs.setdefault(row.reader_id, set()).add(row.body_id)
        self.became = {
            link.predecessor_id: (link.successor, link.effective_on)
            for link in UnitSuccession.objects.select_related("successor__parent")
        }

    def reads(self, reader: Any, bodies: set[int], years: set[int]) -> bool:
        """Whether a reader reads what stands between these bodies and is of these years."""
        if not isinstance(reader, User):
            return False
        if reader.is_superuser:
            return True
        if any(bodies & self.reach[one] for one in reader.reading_bodies):
            return True
        return any(
            bodies & self.reach[visit.organization_id]
            and any(visit.years[0] <= year <= visit.years[1] for year in years)
            for visit in reader.inspections
        )

    def belongs(self, body: Organization, asked: Asked) -> bool:
        """Whether a body is of the scope, or its territory had passed into it by the day of the map."""
        if asked.scope.body:
            table = self.runs if asked.scope.is_alone else self.reach
            return body.pk in table[asked.scope.body.pk]
        if (place := asked.scope.territory) is None:
            return True
        grounds = {one.pk for one in asked.ground} or {place.pk}
        unit: AdministrativeUnit | None = body.territory
        heir, since = self.became.get(unit.pk if unit else 0, (None, date.max))
        return goes_up_to(unit, grounds) or (since <= asked.map_day and goes_up_to(heir, grounds))

    def kin(self, body: int) -> set[int]:
        """A body, those it succeeds, and its heirs."""
        heirs = {one for one, ran in self.runs.items() if body in ran}
        return {body} | self.runs.get(body, set()) | heirs


def found(key: str, asked: Asked) -> set[int] | None:
    """The records of a figure; None where this reader is told of no such figure."""
    figure = figure_of(key, asked.reader)
    return None if figure is None else set(figure.records(asked).values_list("pk", flat=True))


# --- parts handed in

HOW = ("waiting", "written", "sent", "late", "returned", "again", "accepted", "waived")
DUE_DAYS = st.sampled_from([(1, 31), (6, 30), (7, 1), (11, 21), (11, 22), (12, 31)])
ROUNDS = st.lists(
    st.tuples(
        st.sampled_from(["Ban", "Tỉnh"]),
        st.sampled_from(YEARS),
        DUE_DAYS,
        st.sampled_from(["prepared", "open", "open", "closed"]),
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(HOW), min_size=1),
    ),
    min_size=1,
    max_size=4,
)


def make_round(world: World, keeper: str, year: int, due: tuple[int, int], stage: str, how: dict) -> None:
    """A round with its duties, each standing as said; nothing is asked of who is right."""
    asked_by = world.cast.ours if keeper == "Ban" else world.above
    day = date(year, *due)
    known = {"period_kind": "years", "period_first": date(year, 1, 1), "period_last": date(year, 12, 31)}
    opened = {} if stage == "prepared" else {"opened_at": f"{year}-01-02T00:00Z"}
    closed = {"closed_on": day + timedelta(days=20)} if stage == "closed" else {}
    current = Round.objects.create(
        keeper=asked_by, title="Báo cáo", opens_on=date(year, 1, 2), due_on=day, **known, **opened, **closed
    )
    for name, stands in how.items():
        waived = {"waived_on": day, "waived_reason": "Mới sáp nhập"} if stands == "waived" else {}
        duty = Duty.objects.create(round=current, organization=world.bodies[name], **waived)
        if stands == "written":
            WorkingCopy.objects.create(purpose="answer", form=ANSWER_FORM, record_code=duty.code)
        sent = datetime(year, *due, 9, tzinfo=timezone.get_default_timezone()) + timedelta(
            days=stands == "late"
        )
        for number, more in enumerate(PAPERS[stands], start=1):
            paper = Document.objects.create(title="Phần")
            Submission.objects.create(
                duty=duty, document=paper, number=number, keeper=world.bodies[name], state=State.APPROVED,
                approved_at=sent, **more,
            )  # fmt: skip
    place_duties(current.duties.all())


RETURNED = {"returned_at": "2026-01-01T00:00Z", "return_reason": "Thiếu"}
PAPERS: dict[str, list[dict[str, Any]]] = {
    "sent": [{}],
    "late": [{}],
    "returned": [RETURNED],
    "again": [RETURNED, {}],
    "accepted": [{"accepted_at": "2026-01-01T00:00Z"}],
    "waiting": [],
    "written": [],
    "waived": [],
}


def state_of(duty: Duty, on: date) -> str:
    """How a duty stands, read off its rows."""
    sent = list(duty.submissions.all())
    if duty.waived_on:
        return DutyState.WAIVED
    if any(one.accepted_at for one in sent):
        return DutyState.ACCEPTED
    if any(not one.returned_at for one in sent):
        return DutyState.SENT
    if sent:
        return DutyState.RETURNED
    if duty.round.due_on < on:
        return DutyState.OVERDUE
    has_words = WorkingCopy.objects.filter(record_code=duty.code).exists()
    return DutyState.DRAFTING if has_words else DutyState.WAITING


def duties_counted(slow: Slow, duties: list[Duty], asked: Asked) -> dict[str, set[int]]:
    """The duties of each figure."""
    of_year = []
    for one in duties:
        years = {one.round.period_first.year, one.round.opens_on.year, one.round.due_on.year}
        is_read = slow.reads(asked.reader, {one.round.keeper_id, one.organization_id}, years)
        if one.round.opened_at and is_read and slow.belongs(one.organization, asked):
            of_year += [one] if one.round.due_on.year == asked.year else []
    asked_of = [one for one in of_year if not one.waived_on]
    standing = {one: [sent for sent in one.submissions.all() if not sent.returned_at] for one in asked_of}
    return {
        "phan-bao-cao": {one.pk for one in asked_of},
        "phan-da-nop": {one.pk for one, sent in standing.items() if sent},
        "phan-da-nhan": {one.pk for one, sent in standing.items() if any(each.accepted_at for each in sent)},
        "phan-nop-muon": {
            one.pk
            for one, sent in standing.items()
            if any(timezone.localtime(each.approved_at).date() > one.round.due_on for each in sent)
        },
        "phan-qua-han": {one.pk for one, sent in standing.items() if not sent and one.round.due_on < NOW},
        "phan-duoc-mien": {one.pk for one in of_year if one.waived_on},
    }


@FEW
@given(rounds=ROUNDS, questions=QUESTIONS)
def test_parts_handed_in_are_what_looking_at_each_gives(world: World, rounds: list, questions: list):
    with transaction.atomic():
        for one in rounds:
            make_round(world, *one)
        slow = Slow()
        linked = Duty.objects.select_related("round", "organization__territory__parent")
        duties = list(linked.prefetch_related("submissions"))
        told = {one.pk: one.state for one in Duty.objects.with_state(NOW)}
        assert told == {one.pk: state_of(one, NOW) for one in duties}
        for reader in READERS:
            for name, which, year in questions:
                asked = world.asked(reader, year, scope_of(world, name), which)
                expected = duties_counted(slow, duties, asked)
                if reader is None:
                    assert {found(key, asked) for key in expected} == {None}
                    continue
                said = {key: found(key, asked) for key in expected}
                assert said == expected, (reader, name, which, year)
        transaction.set_rollback(True)


# --- tasks

TASKS = st.lists(
    st.tuples(
        st.sampled_from(["Ban", "Tỉnh"]),
        st.sampled_from(YEARS),
        DUE_DAYS,
        st.booleans(),
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(Assignment.State.values)), min_size=1),
    ),
    min_size=1,
    max_size=4,
)
SIGNERS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["approved", "published"])), max_size=2)
SAID = date(2024, 1, 10)


def make_task(
    world: World,
    meeting: Meeting,
    follower: str,
    year: int,
    due: tuple[int, int],
    is_signed: bool,
    states: dict,
) -> None:
    """A saying assigned to some wards, each part in a state."""
    saying = Directive.objects.create(meeting=meeting, text="Sớm ký kết")
    by = world.cast.ours if follower == "Ban" else world.above
    measure = Task.Measure.SIGNED if is_signed else Task.Measure.ANSWER
    task = Task.objects.create(directive=saying, follower=by, assigned_on=SAID, measure=measure)
    for name, state in states.items():
        Assignment.objects.create(
            task=task, organization=world.bodies[name], due_on=date(year, *due), state=state
        )
    place_assignments(task.assignments.all())


def tasks_counted(
    slow: Slow, parts: list[Assignment], signed: list[Program], asked: Asked
) -> dict[str, set[int]]:
    """The parts of tasks of each figure; who signed since the saying has done what counts signing."""
    sides = {
        one.organization_id
        for program in signed
        if program.document.dated_first >= SAID
        for one in program.document.partners.all()
    }
    counted: dict[str, set[int]] = {progress: set() for progress in Progress.values}
    for one in parts:
        years = {one.task.given_first, one.task.given_last, *range(SAID.year, one.due_on.year + 1)} - {None}
        is_read = slow.reads(asked.reader, {one.task.follower_id, one.organization_id}, years)
        if not (is_read and slow.belongs(one.organization, asked) and one.due_on.year == asked.year):
            continue
        has_signed = one.task.measure == Task.Measure.SIGNED and bool(slow.kin(one.organization_id) & sides)
        if one.state in {"closed", "stopped"}:
            counted[Progress.CLOSED].add(one.pk)
        elif one.state == "accepted" or has_signed:
            counted[Progress.DONE].add(one.pk)
        elif one.state == "answered":
            counted[Progress.ANSWERED].add(one.pk)
        else:
            counted[Progress.OVERDUE if one.due_on < NOW else Progress.OPEN].add(one.pk)
    closed = counted.pop(Progress.CLOSED)
    assert not closed & set().union(*counted.values())
    return {
        "phan-viec": set().union(*counted.values()),
        "phan-viec-dang-lam": counted[Progress.OPEN],
        "phan-viec-qua-han": counted[Progress.OVERDUE],
        "phan-viec-cho-xem": counted[Progress.ANSWERED],
        "phan-viec-xong": counted[Progress.DONE],
    }


@FEW
@given(tasks=TASKS, signers=SIGNERS, questions=QUESTIONS)
def test_tasks_are_what_looking_at_each_part_gives(world: World, tasks: list, signers: list, questions: list):
    with transaction.atomic():
        meeting = make_meeting(world.cast, keeper=world.cast.ours)
        for name, state in signers:
            world.program([name], state, period="2024-2026")
        for one in tasks:
            make_task(world, meeting, *one)
        slow = Slow()
        parts = list(Assignment.objects.select_related("task", "organization__territory__parent"))
        for reader in READERS:
            person = world.asked(reader, 2026, Scope(), TODAY).reader
            seen = Program.objects.visible_to(person).approved().select_related("document")
            signed = [
                one for one in seen.prefetch_related("document__partners") if one.is_signed is not False
            ]
            for name, which, year in questions:
                asked = world.asked(reader, year, scope_of(world, name), which)
                expected = tasks_counted(slow, parts, signed, asked)
                if reader is None:
                    assert {found(key, asked) for key in expected} == {None}
                    continue
                said = {key: found(key, asked) for key in expected}
                assert said == expected, (reader, name, which, year)
        transaction.set_rollback(True)


@pytest.mark.parametrize("reader", [None, "tinh"])
def test_every_number_of_parts_and_tasks_leads_to_as_many_records(world: World, reader: str | None):
    """Every link of all figures, of a year over on the map of then, and of the current one."""
    meeting = make_meeting(world.cast, keeper=world.cast.ours)
    states = dict(zip(NAMES, ("open", "answered", "returned", "accepted", "stopped"), strict=True))
    for year, due in ((2025, (12, 31)), (2026, (11, 20)), (2026, (12, 31))):
        make_round(world, "Tỉnh", year, due, "open", dict(zip(NAMES, HOW, strict=False)))
        make_round(world, "Ban", year, due, "closed", dict(zip(NAMES, HOW[:2:-1], strict=True)))
        make_task(world, meeting, "Tỉnh", year, due, is_signed=year == 2026, states=states)
    world.program(["Ba"], "published", period="2024-2026")
    client, side, seen = world.cast.client(reader), "/lam-viec" if reader else "", 0
    place = f"?dia-ban=x&dia-ban-ma={world.province.code}"
    for query in (f"2025/so-lieu/{place}&ban-do=khi-do", f"2026/so-lieu/{place}"):
        leads = numbers(client.get(f"{side}/tong-hop/{query}").text)
        for url, number in leads.items():
            total = re.search(r'<h2 class="count"><b>([\d.]+)</b>', client.get(url).text)[1]
            assert int(total.replace(".", "")) == number, url
        seen += sum(number > 0 for key, number in leads.items() if "/phan-" in key)
    assert seen == (21 if reader else 0)

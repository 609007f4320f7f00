"""Who reads what: ``visible_to`` against a slow, obvious count, for every kind of person and every kind of paper."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal import history
from portal.actions.circles import place
from portal.actions.registers import rebuild_reach
from portal.models import (
    Document,
    Membership,
    Organization,
    Partner,
    Role,
    State,
    Subordination,
    Succession,
    User,
)
from portal.models.records import run, within
from programs.models import Amendment, Plan, Program

TODAY = timezone.localdate()
WEEK = timedelta(days=7)

BODIES = ["centre", "government", "province", "other", "ward", "next", "far", "people", "district", "lone"]
ABOVE = {
    "province": ["centre"],
    "other": ["centre"],
    "ward": ["province"],
    "next": ["province"],
    "far": ["other"],
    "people": ["government"],
    "district": ["province"],
}
"""Direct superiors. The district ended and passed into two wards of the province; ``lone`` stands alone."""
HEIRS = {"district": ["ward", "next"]}

PARTIES = [
    ["ward"], ["ward", "people"], ["next", "people"], ["far"], ["province", "other"], ["district", "people"],
    ["district"], ["lone"], ["lone", "far", "next"],
]  # fmt: skip
STANDINGS = ["drafting", "waiting", "returned", "inside", "public", "later", "withdrawn"]
DATES = [date(2018, 5, 2), date(2021, 12, 15), None]


@dataclass
class Person:
    """A kind of person: roles as (role, body, dates and years), and what the account is."""

    roles: list[tuple] = field(default_factory=list)
    account: dict = field(default_factory=dict)


def held(role: Role, body: str, **fields: object) -> tuple:
    """A role in a body; from a week ago for another week unless said."""
    return role, body, {"started_on": TODAY - WEEK, "ended_on": TODAY + WEEK} | fields


PAST = {"started_on": TODAY - 3 * WEEK, "ended_on": TODAY - timedelta(days=1)}
COMING = {"started_on": TODAY + timedelta(days=1), "ended_on": TODAY + WEEK}
YEARS = {"reads_from": 2019, "reads_to": 2022}
PEOPLE = {
    "without a role": Person(),
    "unit": Person([held(Role.UNIT, "ward")]),
    "clerk": Person([held(Role.CLERK, "ward")]),
    "approver": Person([held(Role.APPROVER, "ward")]),
    "delegate": Person([held(Role.APPROVER, "ward", delegated=True)]),
    "delegate whose time is over": Person([held(Role.APPROVER, "ward", delegated=True, **PAST)]),
    "clerk whose role ended yesterday": Person([held(Role.CLERK, "ward", **PAST)]),
    "clerk from tomorrow": Person([held(Role.CLERK, "ward", **COMING)]),
    "clerk whose last day is today": Person([held(Role.CLERK, "ward", ended_on=TODAY)]),
    "neighbour's clerk": Person([held(Role.CLERK, "next")]),
    "clerk far away": Person([held(Role.CLERK, "far")]),
    "partner's clerk": Person([held(Role.CLERK, "people")]),
    "clerk of two bodies": Person([held(Role.CLERK, "ward"), held(Role.UNIT, "far")]),
    "superior": Person([held(Role.CLERK, "province")]),
    "national superior": Person([held(Role.APPROVER, "centre")]),
    "national superior of the State": Person([held(Role.UNIT, "government")]),
    "inspector": Person([held(Role.INSPECTOR, "ward", **YEARS)]),
    "inspector of a year on": Person([held(Role.INSPECTOR, "ward", reads_from=2019)]),
    "inspector of all years": Person([held(Role.INSPECTOR, "province")]),
    "inspector whose visit is over": Person([held(Role.INSPECTOR, "ward", **YEARS, **PAST)]),
    "inspector whose visit has not begun": Person([held(Role.INSPECTOR, "ward", **YEARS, **COMING)]),
    "inspector who is a clerk elsewhere": Person(
        [held(Role.INSPECTOR, "far", **YEARS), held(Role.CLERK, "lone")]
    ),
    "administrator of a body": Person([held(Role.ADMINISTRATOR, "ward")]),
    "administrator": Person(account={"is_superuser": True, "is_staff": True}),
    "disabled clerk": Person([held(Role.CLERK, "ward")], {"is_active": False}),
    "disabled administrator": Person(account={"is_superuser": True, "is_active": False}),
}


# --- the slow, obvious count


def runners(body: str) -> set[str]:
    """Who runs a body: itself and those it passed into."""
    return {body, *HEIRS.get(body, [])}


def above(body: str) -> set[str]:
    """Everybody above a body."""
    found: set[str] = set()
    for superior in ABOVE.get(body, []):
        found |= {superior, *above(superior)}
    return found


def reaches(reader: str, body: str) -> bool:
    """Whether a body runs another or stands above one that does."""
    return any(reader == runner or reader in above(runner) for runner in runners(body))


def may_read(person: Person | None, paper: "Made") -> bool:
    """Whether a person reads a paper, rule by rule."""
    if paper.standing == "public":
        return True
    if person is None or not person.account.get("is_active", True):
        return False
    if person.account.get("is_superuser"):
        return True
    return any(_reads_by(*role, paper) for role in person.roles)


def _reads_by(role: Role, body: str, fields: dict, paper: "Made") -> bool:
    approved = paper.standing in {"inside", "public", "later", "withdrawn"}
    within = any(reaches(body, party) for party in [paper.keeper, *paper.parties])
    if not fields["started_on"] <= TODAY <= fields["ended_on"]:
        return False
    if role == Role.INSPECTOR:
        first, last = fields.get("reads_from"), fields.get("reads_to")
        year = (paper.dated or TODAY - WEEK).year  # of unknown day: when it was approved
        return approved and within and (first or 1) <= year <= (last or 9999)
    if role != Role.UNIT and body in runners(paper.keeper):
        return True
    return approved and within


# --- the same, in the database


@dataclass
class Made:
    """One paper of the grid."""

    keeper: str
    parties: list[str]
    standing: str
    dated: date | None
    pk: int = 0


def make_bodies() -> dict[str, Organization]:
    """The bodies with their superiors and successors."""
    bodies = {name: Organization.objects.create(name=name, slug=name) for name in BODIES}
    Organization.objects.filter(name="district").update(ended_on=date(2025, 6, 30))
    for low, superiors in ABOVE.items():
        for high in superiors:
            Subordination.objects.create(organization=bodies[low], superior=bodies[high])
    for old, heirs in HEIRS.items():
        for new in heirs:
            Succession.objects.create(predecessor=bodies[old], successor=bodies[new], kind="split")
    rebuild_reach()
    return bodies


def make_papers(model: type, bodies: dict[str, Organization]) -> list[Made]:
    """One paper for every combination; the first party keeps it, or a body that did not sign."""
    grid = [
        Made(parties[0], parties, standing, dated)
        for parties, standing, dated in product(PARTIES, STANDINGS, DATES)
    ]
    grid += [Made("far", ["ward"], standing, DATES[1]) for standing in STANDINGS]
    documents = [Document(title=f"Văn bản {number}", **dated_columns(one)) for number, one in enumerate(grid)]
    documents = history.bulk_create(documents)
    partners = [
        Partner(document=document, side=side, organization=bodies[name])
        for one, document in zip(grid, documents, strict=True)
        for side, name in enumerate(one.parties, 1)
    ]
    history.bulk_create(partners)
    papers = [
        model(document=document, keeper=bodies[one.keeper], **standing_columns(one.standing, number))
        for number, (one, document) in enumerate(zip(grid, documents, strict=True))
    ]
    place(papers)
    for one, paper in zip(grid, history.bulk_create(papers), strict=True):
        one.pk = paper.pk
    return grid


def dated_columns(one: Made) -> dict:
    return {"dated_precision": "day", "dated_first": one.dated, "dated_last": one.dated} if one.dated else {}


def standing_columns(standing: str, number: int) -> dict:
    now = timezone.now()
    if standing in {State.DRAFTING, State.WAITING, State.RETURNED}:
        return {"state": standing}
    columns = {"state": State.APPROVED, "approved_at": now - WEEK}
    if standing != "inside":
        columns |= {
            "slug": f"van-ban-{number}",
            "published_from": now + (WEEK if standing == "later" else -WEEK),
        }
    if standing == "withdrawn":
        columns["withdrawn_at"] = now - timedelta(days=1)
    return columns


def make_giver(bodies: dict[str, Organization]) -> User:
    """The leader of the ward whose delegations stand."""
    giver = User.objects.create_user("nguoi-uy-quyen")
    Membership.objects.create(user=giver, organization=bodies["ward"], role=Role.APPROVER)
    return giver


def make_person(number: int, person: Person, bodies: dict[str, Organization], giver: User) -> User:
    user = User.objects.create_user(f"nguoi-{number}", **person.account)
    for role, body, fields in person.roles:
        fields = dict(fields)
        if fields.pop("delegated", False):
            fields["delegated_by"] = giver
        Membership.objects.create(user=user, organization=bodies[body], role=role, **fields)
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "above"),
    [(Program, None), (Plan, None), (Amendment, "public"), (Amendment, "withdrawn"), (Amendment, "later")],
)
def test_what_each_person_reads_is_what_the_rules_say(model, above):
    """An amendment is public while its programme is: under a hidden one it is as an approved paper kept inside."""
    bodies = make_bodies()
    papers = make_papers(model, bodies)
    if above:
        document = Document.objects.create(title="Chương trình")
        program = Program.objects.create(
            document=document, keeper=bodies["far"], **standing_columns(above, 9999)
        )
        model.objects.update(program=program)
    if above not in {None, "public"}:
        papers = [replace(one, standing="inside") if one.standing == "public" else one for one in papers]
    giver = make_giver(bodies)
    readers = {name: make_person(n, one, bodies, giver) for n, (name, one) in enumerate(PEOPLE.items())}
    everybody = [("visitor", AnonymousUser(), None)]
    everybody += [(name, readers[name], person) for name, person in PEOPLE.items()]
    for name, user, person in everybody:
        seen = list(model.objects.visible_to(user).values_list("pk", flat=True))
        wanted = {one.pk for one in papers if may_read(person, one)}
        wrong = [one for one in papers if (one.pk in seen) != (one.pk in wanted)]
        assert wrong == [], f"{name} reads otherwise than the rules say"
        assert len(seen) == len(set(seen)), f"{name} meets a paper twice"
        assert model.objects.visible_to(user).count() == len(wanted)
        inside = {one.pk for one in model.objects.visible_to(user) if not one.is_public()}
        if name not in {"visitor", "administrator"}:
            carried = model.objects.filter(document__in=Document.objects.filter(within(user) | run(user)))
            assert {one.pk for one in carried if not one.is_public()} == inside, name


def test_the_grid_tells_people_apart():
    papers = [
        Made(parties[0], parties, standing, dated)
        for parties, standing, dated in product(PARTIES, STANDINGS, DATES)
    ]
    counts = {name: sum(may_read(person, one) for one in papers) for name, person in PEOPLE.items()}
    public = sum(may_read(None, one) for one in papers)
    assert counts["administrator"] == len(papers)
    shut_out = ["without a role", "clerk from tomorrow", "disabled clerk", "inspector whose visit is over"]
    assert {counts[name] for name in shut_out} == {public}
    assert public < counts["inspector"] < counts["unit"] < counts["clerk"] < counts["administrator"]
    assert counts["superior"] > counts["neighbour's clerk"]
    far = Made("far", ["far"], "inside", None)
    assert may_read(PEOPLE["national superior"], far)
    assert not may_read(PEOPLE["superior"], far)


@pytest.mark.django_db
def test_a_question_is_one_query_without_joins_whoever_asks(django_assert_num_queries):
    bodies = make_bodies()
    giver = make_giver(bodies)
    for number, name in enumerate(["national superior", "inspector", "clerk of two bodies"]):
        user = make_person(number, PEOPLE[name], bodies, giver)
        assert user.current_memberships
        with django_assert_num_queries(1) as asked:
            list(
                Program.objects.visible_to(user)
                .order_by("-listed_on", "-pk")
                .values_list("pk", flat=True)[:20]
            )
        sql = asked.captured_queries[0]["sql"]
        assert " JOIN " not in sql
        assert "DISTINCT" not in sql


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(("word", "index"), [("", "program_listed"), ("dan van", "program_searched")])
def test_a_list_is_counted_in_a_narrow_index_alone(word, index):
    bodies = make_bodies()
    giver = make_giver(bodies)
    for number, name in enumerate(["national superior", "inspector", "clerk"]):
        user = make_person(number, PEOPLE[name], bodies, giver)
        found = Program.objects.visible_to(user).filter(search_text__contains=word)
        if not word:
            found = Program.objects.visible_to(user).told_to(user).in_force(TODAY)
        for asked in (found.order_by().values("pk"), found.order_by("-listed_on", "-pk").values("pk")):
            assert f"SCAN programs_program USING COVERING INDEX {index}" in asked.explain()

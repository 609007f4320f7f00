"""Fills the database of the year: the country with its plans, targets, reports, rounds and what was handed in.

20,000 programmes and as many conferences with their tasks, 60,000 plans of seven years, 250,000 targets, 500,000 parts
of rounds; a year's plan of a commune goes under its province's, that under the ministry's. Nine in ten bodies keep their registers and confirmed the years before this.
Everything comes by COPY; history is left out, as the pages of a year ask none.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.actions.circles import circles_of
from portal.actions.showing import show_all
from portal.models import (
    BodyGroup,
    BodyGroupPart,
    Document,
    Membership,
    Organization,
    OrganizationKind,
    Partner,
    Register,
    RegisterStart,
    Role,
    State,
    User,
    YearConfirmation,
)
from portal.text import fold
from programs.models import Duty, Plan, Review, Round, Submission, Target, TargetReport
from programs.targets import FROM_BELOW, REPORTED, TargetKind
from tests.bench.conferences import fill_conferences
from tests.bench.fill import SEED, carry_records
from tests.bench.nation import Nation, Place, fill_nation, fill_people
from tests.bench.papers import DOES, THEMES, fill_papers
from tests.bench.tables import insert, settle
from tests.bench.texts import fill_search_texts

PROGRAMS, CONFERENCES, PLANS, TARGETS, PARTS = 20_000, 20_000, 60_000, 250_000, 500_000
YEARS = 7
FIRST_PLAN, FIRST_DOCUMENT, FIRST_ROW, REVIEW_DOCUMENT = 100_000, 80_000_000, 20_000_000, 60_000_000
"""Keys of what is filled here lie beside those of the programmes, the conferences and their papers."""
ASKED = (
    ("100% các xã, phường ban hành kế hoạch", TargetKind.EXACTLY, 100, "%", "has-plan"),
    ("Ít nhất 60% các xã, phường có chương trình phối hợp", TargetKind.AT_LEAST, 60, "%", "has-program"),
    ("Ít nhất 90% hộ dân hài lòng", TargetKind.AT_LEAST, 90, "%", REPORTED),
    ("Ít nhất 2 mô hình", TargetKind.AT_LEAST, 2, "mô hình", FROM_BELOW),
    ("100% các xã, phường sơ kết", TargetKind.EXACTLY, 100, "%", "has-review"),
)
"""What the plan of a province asks, over and over; a commune's plan tells of the same, of itself."""
OF_HIGH = 12
"""So many targets stand in the plan of a province, or of the ministry; a commune's has those that are left."""


@dataclass(frozen=True)
class Issued:
    """A plan of a body for a year, under another."""

    key: int
    body: Organization
    year: int
    place: Place
    parent: int | None = None

    @property
    def document(self) -> int:
        """The key of its paper."""
        return FIRST_DOCUMENT + self.key

    @property
    def made(self) -> datetime:
        """When it was issued."""
        return datetime(self.year, 1 + self.key % 2, 1 + self.key % 28, 2, tzinfo=UTC)


def fill_year(share: int = 1) -> float:
    """Fill it whole, or one part in ``share`` of it; returns the seconds it took."""
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    random = Random(SEED)  # noqa: S311
    with transaction.atomic():
        nation = fill_nation(random)
        fill_people(nation)
        fill_papers(random, nation, PROGRAMS // share)
        _said(started, "programmes")
        group = _group()
        _years_known(random, nation)
        plans = list(_plans(nation, PLANS // share))
        _write_plans(plans)
        _said(started, "plans")
        _write_targets(random, plans, group, TARGETS // share)
        _said(started, "targets")
        _write_rounds(random, nation, group, PARTS // share)
        _said(started, "rounds and parts")
        _write_reviews(random, plans)
        _add_readers(nation)
        _said(started, "reviews and accounts")
        fill_search_texts()
        fill_conferences(random, nation, PROGRAMS // share, CONFERENCES // share)
        _said(started, "conferences and tasks")
        carry_records()
        show_all()
    settle([Document, Partner, Plan, Review, Target, TargetReport, Round, Duty, Submission])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    _said(started, "everything")
    return time.perf_counter() - started


def _said(started: float, what: str) -> None:
    print(f"  {what} after {time.perf_counter() - started:.0f} s", flush=True)


def _group() -> int:
    """The communes' committees, as papers name them; returns the key of the group."""
    kind = OrganizationKind.objects.get(abbreviation="UBND")
    group = BodyGroup.objects.create(key="xa-phuong", name="các xã, phường, đặc khu")
    BodyGroupPart.objects.create(group=group, kind=kind, level_id=4)
    return group.pk


def _years_known(random: Random, nation: Nation) -> None:
    """From when registers were kept, and which years were confirmed; of one body in ten nothing is known."""
    this = timezone.localdate().year
    bodies = [
        body.pk for place in [*nation.provinces, *nation.communes] for body in place.bodies.values()
        if random.random() < 0.9
    ]  # fmt: skip
    insert(RegisterStart, _numbered(
        {"organization_id": body, "register": register, "from_year": this - YEARS}
        for body in bodies for register in Register.values
    ))  # fmt: skip
    insert(YearConfirmation, _numbered(
        {"organization_id": body, "year": year}
        for body in bodies for year in range(this - YEARS, this + 1) if year < this or random.random() < 0.9
    ))  # fmt: skip


def _numbered(rows: Iterator[dict[str, Any]], start: int = 1) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, start):
        row["id"] = number
        yield row


def _plans(nation: Nation, wanted: int) -> Iterator[Issued]:
    """Year by year from this one back: the ministry's, the provinces', then two bodies' of each commune, until enough."""
    key, this = FIRST_PLAN, timezone.localdate().year
    for year in range(this, this - 30, -1):
        top = Issued(key := key + 1, nation.centre.bodies["BTGDVTW"], year, nation.centre)
        above = {
            one.id: Issued(key := key + 1, one.bodies["BTGDVTU"], year, one, top.key)
            for one in nation.provinces
        }
        below = [
            Issued(key := key + 1, place.bodies[short], year, place, above[place.province.id].key)
            for short in ("UBND", "ĐU") for place in nation.communes
        ]  # fmt: skip
        for plan in [top, *above.values(), *below]:
            if wanted == 0:
                return
            wanted -= 1
            yield plan


def _write_plans(plans: list[Issued]) -> None:
    circles = circles_of({frozenset([one.body.pk]) for one in plans})
    insert(Document, ({
        "id": one.document, "code": f"y{one.key:09d}", "title": f"Kế hoạch công tác dân vận năm {one.year}", "type_id": 4,
        "number": f"{one.key % 300 + 1}/KH", "number_key": f"{one.key % 300 + 1}/KH", "signing": "signed",
        "dated_precision": "day", "dated_first": one.made.date(), "dated_last": one.made.date(),
    } for one in plans))  # fmt: skip
    insert(Plan, (_plan(one, circles[frozenset([one.body.pk])]) for one in plans))
    insert(Partner, _numbered((
        {"document_id": one.document, "side": 1, "position": 1, "organization_id": one.body.pk} for one in plans
    ), FIRST_ROW))  # fmt: skip


def _plan(one: Issued, circle: int) -> dict[str, Any]:
    row = {
        "id": one.key, "code": f"k{one.key:09d}", "document_id": one.document, "keeper_id": one.body.pk,
        "parent_id": one.parent, "circle_id": circle, "sides_id": circle, "period_kind": "years", "period_first": date(one.year, 1, 1),
        "period_last": date(one.year, 12, 31), "state": State.APPROVED, "state_since": one.made, "approved_at": one.made,
        "search_text": fold(f"Kế hoạch công tác dân vận năm {one.year} {one.body.name}"),
        "given_first": one.year, "given_last": one.year,
    }  # fmt: skip
    if one.key % 2:
        row |= {"published_from": one.made, "slug": f"ke-hoach-nam-{one.key}"}
    if one.key % 20 == 0:
        row |= {"state": State.DRAFTING, "approved_at": None, "published_from": None}
    return row


def _write_targets(random: Random, plans: list[Issued], group: int, wanted: int) -> None:
    """As many of each plan as make up the whole. Seven in ten communes told of their own, and those above of them."""
    keys: dict[tuple[int | None, int], int] = {}
    parents = {one.key: one.parent for one in plans}
    high = sum(one.place.level < 3 for one in plans)
    each, more = divmod(wanted - high * OF_HIGH, len(plans) - high)
    rows, reports, below = [], [], 0
    for one in plans:
        is_commune = one.place.level == 3
        below += is_commune
        for number in range(each + (below <= more) if is_commune else OF_HIGH):
            text, kind, low, unit, measure = ASKED[number % len(ASKED)]
            key = keys[one.key, number] = FIRST_ROW + len(rows)
            above = [keys.get((plan, number)) for plan in (one.parent, parents.get(one.parent))]
            rows.append({
                "id": key, "code": f"t{key:09d}", "plan_id": one.key, "position": number + 1, "text": text, "kind": kind,
                "low": low, "unit": unit, "measure": REPORTED if is_commune else measure, "under_id": above[0],
                **({} if is_commune else {"group_id": group, "territory_id": one.place.id}),
            })  # fmt: skip
            if is_commune and random.random() < 0.7:
                tells_above = measure == REPORTED and one.body.abbreviation == "UBND"
                asking = [key, *(above if tells_above else [])]
                reports += [_report(random, target, one, unit) for target in asking if target]
    insert(Target, rows)
    insert(TargetReport, _numbered(iter(reports)))


def _report(random: Random, target: int, one: Issued, unit: str) -> dict[str, Any]:
    whole = random.randint(100, 9000)
    told = (
        {"numerator": whole * random.randint(60, 100) // 100, "denominator": whole}
        if unit == "%"
        else {"numerator": random.randint(0, 4)}
    )
    return {
        "target_id": target,
        "organization_id": one.body.pk,
        "as_of": date(one.year, 6, 30),
        "evidence": "Báo cáo",
        **told,
    }


def _write_reviews(random: Random, plans: list[Issued]) -> None:
    """A review of four plans in five, signed by the body alone at the end of its year."""
    reviewed = [one for one in plans if random.random() < 0.8]
    circles = circles_of({frozenset([one.body.pk]) for one in reviewed})
    insert(Document, ({
        "id": REVIEW_DOCUMENT + one.key, "code": f"v{one.key:09d}", "title": f"Báo cáo công tác dân vận năm {one.year}",
        "signing": "signed", "dated_precision": "day", "dated_first": one.made.date(), "dated_last": one.made.date(),
    } for one in reviewed))  # fmt: skip
    insert(Review, ({
        "id": one.key, "code": f"b{one.key:09d}", "document_id": REVIEW_DOCUMENT + one.key, "keeper_id": one.body.pk,
        "plan_id": one.key, "period_kind": "years",
        **dict.fromkeys(("circle_id", "sides_id"), circles[frozenset([one.body.pk])]),
        "period_first": date(one.year, 1, 1), "period_last": date(one.year, 12, 31), "state": State.APPROVED,
        "state_since": one.made, "approved_at": one.made, "given_first": one.year, "given_last": one.year,
        "content": "Đã làm đủ các nội dung của kế hoạch.", "search_text": fold(f"Báo cáo năm {one.year} {one.body.name}"),
    } for one in reviewed))  # fmt: skip
    insert(Partner, _numbered((
        {"document_id": REVIEW_DOCUMENT + one.key, "side": 1, "position": 1, "organization_id": one.body.pk}
        for one in reviewed
    ), REVIEW_DOCUMENT))  # fmt: skip


def _add_readers(nation: Nation) -> None:
    """A clerk with an address in each body that rounds ask, and in each that asks: they are reminded by letter."""
    asked = [place.bodies[short] for place in nation.communes for short in ("UBND", "ĐU")]
    bodies = [*asked, *(place.bodies["BTGDVTU"] for place in nation.provinces)]
    names = [f"reader-{one.pk}" for one in bodies]
    users = User.objects.bulk_create(User(username=name, email=f"{name}@example.vn") for name in names)
    held = zip(users, bodies, strict=True)
    Membership.objects.bulk_create(
        Membership(user=user, organization=body, role=Role.CLERK) for user, body in held
    )


def _write_rounds(random: Random, nation: Nation, group: int, wanted: int) -> None:
    """A month's round of each province after the other, from the latest back; the last two are open."""
    today = timezone.localdate()
    shorts = ("UBND", "ĐU")
    communes: dict[int, list[Place]] = {}
    for place in nation.communes:
        communes.setdefault(place.province.id, []).append(place)
    keepers = {one.id: one.bodies["BTGDVTU"] for one in nation.provinces}
    pairs = {
        (one.id, body.pk): frozenset([keepers[one.id].pk, body.pk])
        for one in nation.provinces for place in communes[one.id] for body in map(place.bodies.get, shorts)
    }  # fmt: skip
    circles = circles_of(set(pairs.values()))
    rounds, duties, papers, handed_in = [], [], [], []
    back = 0
    while len(duties) < wanted:
        for province in nation.provinces:
            key, due = FIRST_ROW + len(rounds), today + timedelta(days=7 - 30 * back)
            opened = datetime(due.year, due.month, 1, 2, tzinfo=UTC) - timedelta(days=40)
            rounds.append({
                "id": key, "code": f"r{key:09d}", "keeper_id": keepers[province.id].pk, "title": f"Báo cáo tháng {due:%m/%Y}",
                "theme": random.choice(THEMES), "asks": random.choice(DOES), "opens_on": opened.date(), "due_on": due,
                "opened_at": opened, "closed_on": due + timedelta(days=15) if back > 1 else None,
                "period_kind": "days", "period_first": opened.date(), "period_last": due,
            })  # fmt: skip
            for place in communes[province.id]:
                for short in shorts:
                    if len(duties) == wanted:
                        break
                    body = place.bodies[short]
                    number = FIRST_ROW + len(duties)
                    circle = circles[pairs[province.id, body.pk]]
                    has_sent = random.random() < (0.9 if back > 1 else 0.4)
                    duties.append(
                        {
                            "id": number,
                            "code": f"p{number:09d}",
                            "round_id": key,
                            "organization_id": body.pk,
                            "circle_id": circle,
                            "handed_in": has_sent,
                        }
                    )
                    if has_sent:
                        sent = opened + timedelta(days=random.randint(1, 44))
                        papers.append(_paper(number, body, due, circle))
                        handed_in.append(_submission(number, body, due, circle, sent, is_taken=back > 1))
        back += 1
    insert(Round, rounds)
    insert(Duty, duties)
    insert(Document, papers)
    insert(Submission, handed_in)


def _paper(number: int, body: Organization, due: date, circle: int) -> dict[str, Any]:
    return {
        "id": FIRST_DOCUMENT + number, "code": f"s{number:09d}", "title": f"Báo cáo của {body.name}", "signing": "signed",
        "audience": "parties", "keeper": body.pk, "circle": circle, "given_first": due.year, "given_last": due.year,
    }  # fmt: skip


CONTENT = (
    '{"results": "Đã triển khai đủ các nội dung phối hợp trong tháng.", "limitations": "Kinh phí còn ít."}'
)


def _submission(
    number: int, body: Organization, due: date, circle: int, sent: datetime, *, is_taken: bool
) -> dict[str, Any]:
    return {
        "id": number, "code": f"n{number:09d}", "document_id": FIRST_DOCUMENT + number, "duty_id": number, "keeper_id": body.pk,
        "circle_id": circle, "state": State.APPROVED, "state_since": sent, "approved_at": sent, "content": CONTENT,
        "accepted_at": sent + timedelta(days=3) if is_taken else None, "given_first": due.year, "given_last": due.year,
    }  # fmt: skip

"""The demonstration's bodies, territories, persons, sources and accounts, and what loading a paper of any kind takes.

Only ever loaded in demonstration mode.

The rows stand in ``portal/data/demo.json``. Ends and successors of bodies are what is known of the
reorganisation of 2025; where a day or a decision is not known, the row's note says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.actions import showing
from portal.actions.documents import PartnerEntry, SourceEntry
from portal.actions.years import close_year
from portal.closing import frozen
from portal.dates import parse_date
from portal.history import acting
from portal.models import (
    Act,
    Document,
    Membership,
    Organization,
    Paper,
    Person,
    Position,
    Role,
    Source,
    State,
    User,
    Verb,
    YearEdition,
)
from portal.starter import Row, find, fixed_code, is_loaded, load_rows, put, read_data
from portal.year import THEN, Asked, Scope

DATA = Path(__file__).parent / "data" / "demo.json"
PASSWORD = "trinhdien-2026"  # noqa: S105 - printed for everybody; these accounts exist in the demonstration alone


@dataclass(frozen=True)
class Account:
    """One demonstration person: who signs in, for which body, to try what."""

    username: str
    full_name: str
    trying: str
    body: str = ""
    role: str = ""
    is_administrator: bool = False


WARD, CITY = "ban-xay-dung-dang-phuong-ba-dinh", "ban-tuyen-giao-va-dan-van-thanh-uy-ha-noi"
ACCOUNTS = (
    Account("canbo", "Cán bộ trình diễn", "nhập, sửa, trình văn bản", WARD, Role.CLERK),
    Account("lanhdao", "Lãnh đạo trình diễn", "duyệt, trả lại, công khai", WARD, Role.APPROVER),
    Account("donvi", "Đầu mối trình diễn", "xem phần của đơn vị mình", "ubnd-phuong-ba-dinh", Role.UNIT),
    Account("captren", "Cấp trên trình diễn", "theo dõi cấp dưới, soạn và duyệt", CITY, Role.APPROVER),
    Account("quantri", "Quản trị trình diễn", "danh mục, tài khoản", is_administrator=True),
    Account(
        "langgieng",
        "Cán bộ phường bên",
        "cơ quan khác cùng cấp",
        "ban-xay-dung-dang-phuong-ngoc-ha",
        Role.CLERK,
    ),
)


@transaction.atomic
def load() -> None:
    """Load what is missing of the demonstration's ground; running it again changes nothing."""
    data = read_data(DATA)
    load_rows(data)
    for row in data["persons"]:
        add_person(row)
    for row in data["sources"]:
        add_source(row)
    for account in ACCOUNTS:
        add_account(account)


def close_last_year() -> None:
    """A sample: the ward's Party board closed last year; what is there stays as it was closed."""
    body, by, today = find(Organization, WARD), account("lanhdao"), timezone.localdate()
    if YearEdition.objects.filter(organization=body).exists():
        return
    asked = Asked(by, today.year - 1, Scope(body=body), THEN, today)
    close_year(body, asked.year, content=frozen(asked), by=by, is_sample=True)


def account(username: str) -> User:
    """The demonstration person of this sign-in name."""
    return User.objects.get(username=username)


def add_person(row: Row) -> None:
    """Add a person with the posts a source names."""
    if is_loaded(Person, row["key"]):
        return
    person = Person(
        code=fixed_code(Person, row["key"]), name=row["name"], is_sample=row.get("is_sample", False)
    )
    posts = [
        Position(
            person=person,
            organization=find(Organization, post.get("body")),
            title=post["title"],
            note=post.get("note", ""),
        )
        for post in row.get("positions", ())
    ]
    put(person, *posts)


def add_source(row: Row) -> None:
    """Add a press page: title, publisher, writer and printed day; never its text."""
    if is_loaded(Source, row["key"]):
        return
    values: dict[str, Any] = {name: row.get(name, "") for name in ("publisher", "title", "byline", "note")}
    source = Source(code=fixed_code(Source, row["key"]), **values)
    source.published = parse_date(row.get("published", ""))
    put(source)


def add_account(account: Account) -> None:
    """Add a demonstration person with their role; one that is there keeps what was changed."""
    if User.objects.filter(username=account.username).exists():
        return
    user = User(
        code=fixed_code(User, account.username),
        username=account.username,
        full_name=account.full_name,
        email=f"{account.username}@trinhdien.example",
        is_staff=account.is_administrator,
        is_superuser=account.is_administrator,
    )
    user.set_password(PASSWORD)
    with acting(Verb.LOAD, user):
        user.save()
        if account.body:
            body = find(Organization, account.body)
            Membership(user=user, organization=body, role=account.role).save()


def partner_entries(sides: list[Row]) -> Iterator[PartnerEntry]:
    """The bodies of each side; several under one printed name sign together, a group stands as printed."""
    for place, side in enumerate(sides, start=1):
        printed = side.get("printed", "")
        for key in side["bodies"] or [None]:
            yield PartnerEntry(place, find(Organization, key), printed)


def source_entry(source: Source) -> SourceEntry:
    """A source that stands in the register, unchanged."""
    return SourceEntry(source.title, source.publisher, source.address, source.published, source)


@contextmanager
def loading(
    model: type[Paper], row: Row, keeper: Organization, by: User, verb: Verb = Verb.LOAD
) -> Iterator[tuple[Act, Row]]:
    """Open the act in which a row becomes a record; gives the act and the columns the record is known by."""
    known = {"code": fixed_code(model, row["key"]), "is_sample": "steps" in row}
    named = model(keeper=keeper, document=Document(title=row["title"]), **known)
    with acting(verb, named, by=by, body=keeper) as act:
        yield act, known


def approved() -> Row:
    """The columns of a loaded record that is the body's word from now on; nobody here wrote it."""
    now = timezone.now()
    return {"state": State.APPROVED, "state_since": now, "approved_at": now, "written_by": None}


def show(record: Paper, slug: str) -> None:
    """Show a loaded record to the public from now on."""
    record.slug, record.published_from = slug, record.approved_at
    record.save(update_fields=["slug", "published_from"])
    showing.show([record.document_id])


def holder(body: Organization, role: Role) -> User | None:
    """The demonstration person who has this role in a body."""
    held = Membership.objects.filter(organization=body, role=role).select_related("user").first()
    return held.user if held else None

"""The cast of the tests: a ward's Party board, its partner, its neighbour, its superior, and their people.

Lan writes and Hùng approves in our body; Mai is its unit; Bình works next door, Phúc for the partner,
Thu for the superior; Dũng holds Hùng's delegation, Kiên inspects 2019 to 2022, Quý administers the site.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meetings.actions import MeetingEntry, save_meeting
from meetings.models import Meeting
from portal.actions import records
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.registers import place_unit, rebuild_reach
from portal.dates import PartialDate, parse_date, parse_period
from portal.models import (
    AdministrativeUnit,
    Attachment,
    DocumentType,
    Level,
    Membership,
    Organization,
    OrganizationKind,
    Role,
    Sector,
    Subordination,
    User,
)
from portal.text import slugify
from programs import actions
from programs.actions import ItemEntry, ProgramEntry
from programs.models import Program
from tests.once import made_once

PASSWORD = "Mat-khau-thu-2026"


@dataclass
class Cast:
    """Bodies by short name, people by given name."""

    bodies: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for group in ("bodies", "people"):
            if name in self.__dict__.get(group, {}):
                return self.__dict__[group][name]
        raise AttributeError(name)

    def client(self, name: str | None) -> Client:
        """A signed-in client of a person, or a visitor's."""
        client = Client()
        if name:
            client.force_login(self.people[name], backend="portal.accounts.UsernameOrEmailBackend")
        return client


def make_body(name: str, **fields: Any) -> Organization:
    """A body with an address."""
    return Organization.objects.create(name=name, slug=slugify(name), **fields)


def make_user(username: str, full_name: str = "", **fields: Any) -> User:
    """An account with the password of the tests."""
    return User.objects.create_user(username, PASSWORD, full_name=full_name or username, **fields)


def join(user: User, body: Organization, role: str, **fields: Any) -> Membership:
    """Give a person a role in a body."""
    return Membership.objects.create(user=user, organization=body, role=role, **fields)


def make_entry(
    cast: Cast, title: str = "Phối hợp thực hiện công tác dân vận", **changes: Any
) -> ProgramEntry:
    """A complete programme of our body and its partner."""
    paper = PaperEntry(
        title=title,
        type=DocumentType.objects.filter(key="chuong-trinh-phoi-hop").first(),
        number=changes.pop("number", ""),
        dated=changes.pop("dated", parse_date("14/4/2022")),
        partners=changes.pop("partners", None) or [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)],
    )
    for name in ("signatures", "bases", "sources", "files", "note", "type_printed", "marks"):
        if name in changes and name != "marks":
            setattr(paper, name, changes.pop(name))
    items = changes.pop("items", ["Tiếp công dân, đối thoại với Nhân dân", "Cải cách hành chính"])
    entries = [one if isinstance(one, ItemEntry) else ItemEntry(one) for one in items]
    period = parse_period(changes.pop("period", "2022-2026"))
    return ProgramEntry(paper=paper, period=period, items=entries, **changes)


def make_program(cast: Cast, state: str = "drafting", **changes: Any) -> Program:
    """A programme of our body in a state: drafting, waiting, returned, approved, published, withdrawn."""
    program = actions.save_program(None, make_entry(cast, **changes), by=cast.lan, keeper=cast.ours)
    if state == "drafting":
        return program
    records.submit(program, by=cast.lan)
    if state == "returned":
        records.send_back(program, by=cast.hung, reason="Thiếu căn cứ.", expected=program.version)
    elif state != "waiting":
        actions.approve(program, by=cast.hung, expected=program.version)
        program.refresh_from_db()
        if state in {"published", "withdrawn"}:
            actions.publish(program, by=cast.hung, expected=program.version)
        if state == "withdrawn":
            records.withdraw(program, by=cast.hung, reason="Đăng nhầm.", expected=program.version)
    program.refresh_from_db()
    return program


def make_meeting(cast: Cast, title: str = "Hội nghị ký kết", **changes: Any) -> Meeting:
    """A conference of our body and its partner, being written by our clerk."""
    paper = PaperEntry(
        title=title,
        dated=changes.pop("dated", parse_date("23/3/2023")),
        partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)],
    )
    keeper = changes.pop("keeper", None) or cast.ours
    return save_meeting(None, MeetingEntry(paper=paper, **changes), by=cast.lan, keeper=keeper)


def make_file(cast: Cast, audience: str) -> Attachment:
    """A small file sent by our clerk."""
    return Attachment.objects.create(
        name="van-ban.pdf", kind="pdf", size=4, sha256="0" * 64, audience=audience, uploaded_by=cast.lan
    )


def unknown_date() -> PartialDate:
    """A date nobody knows."""
    return PartialDate.unknown()


@pytest.fixture
def cast(db: None) -> Cast:
    """The whole cast in a small town."""
    return made_once(gather)


def gather() -> Cast:
    """Make the town, its bodies and its people."""
    cast = Cast()
    ward_level = Level.objects.create(key="xa", name="xã, phường", rank=3)
    city_level = Level.objects.create(key="tinh", name="tỉnh, thành phố", rank=1)
    party = Sector.objects.create(key="dang", name="Đảng", position=1)
    state = Sector.objects.create(key="nha-nuoc", name="Nhà nước", position=2)
    board = OrganizationKind.objects.create(key="bdv", name="Ban Dân vận", abbreviation="BDV", sector=party)
    people = OrganizationKind.objects.create(
        key="ubnd", name="Ủy ban nhân dân", abbreviation="UBND", sector=state
    )
    DocumentType.objects.create(
        key="chuong-trinh-phoi-hop",
        name="Chương trình phối hợp",
        party_abbreviation="CTrPH",
        family="program",
    )
    DocumentType.objects.create(key="ke-hoach", name="Kế hoạch", state_abbreviation="KH", family="plan")
    city = AdministrativeUnit.objects.create(name="thành phố Hà Nội", level=city_level)
    place_unit(city)
    wards = {}
    for key, name in (("badinh", "phường Ba Đình"), ("ngocha", "phường Ngọc Hà")):
        wards[key] = AdministrativeUnit.objects.create(name=name, level=ward_level, parent=city)
        place_unit(wards[key])
    ours = {"kind": board, "sector": party, "level": ward_level, "territory": wards["badinh"]}
    theirs = {"kind": people, "sector": state, "level": ward_level, "territory": wards["badinh"]}
    cast.bodies = {
        "superior": make_body(
            "Ban Dân vận Thành ủy Hà Nội", kind=board, sector=party, level=city_level, territory=city
        ),
        "ours": make_body("Ban Dân vận Đảng ủy phường Ba Đình", abbreviation="BDVĐU", **ours),
        "partner": make_body("UBND phường Ba Đình", abbreviation="UBND", **theirs),
        "neighbour": make_body("Ban Dân vận Đảng ủy phường Ngọc Hà", **ours | {"territory": wards["ngocha"]}),
    }
    for name in ("ours", "neighbour"):
        Subordination.objects.create(organization=cast.bodies[name], superior=cast.superior)
    rebuild_reach()
    cast.people = gather_people(cast)
    return cast


def gather_people(cast: Cast) -> dict[str, User]:
    """Everybody, with their roles."""
    today = timezone.localdate()
    visit = {"started_on": today - timedelta(days=5), "ended_on": today + timedelta(days=5)}
    roles = {
        "lan": ("Nguyễn Thị Lan", "ours", Role.CLERK, {}),
        "hung": ("Trần Văn Hùng", "ours", Role.APPROVER, {}),
        "mai": ("Lê Thị Mai", "ours", Role.UNIT, {}),
        "binh": ("Phạm Văn Bình", "neighbour", Role.CLERK, {}),
        "phuc": ("Đỗ Văn Phúc", "partner", Role.CLERK, {}),
        "thu": ("Vũ Thị Thu", "superior", Role.CLERK, {}),
        "kien": ("Hồ Văn Kiên", "ours", Role.INSPECTOR, visit | {"reads_from": 2019, "reads_to": 2022}),
    }
    people = {}
    for name, (full_name, body, role, fields) in roles.items():
        people[name] = make_user(name, full_name)
        join(people[name], cast.bodies[body], role, **fields)
    people["dung"] = make_user("dung", "Bùi Văn Dũng")
    join(people["dung"], cast.ours, Role.APPROVER, delegated_by=people["hung"], **visit)
    people["quy"] = make_user("quy", "Ngô Văn Quý", is_staff=True, is_superuser=True)
    return people


def in_days(days: int) -> date:
    """A day counted from today."""
    return timezone.localdate() + timedelta(days=days)

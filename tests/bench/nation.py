"""The country the benchmark fills: territories, some 20,000 bodies with superiors and successors, people with roles.

Numbers are those of the real country (34 provinces, 696 districts that ended, 3,321 communes); the names of
districts and communes are made of common syllables.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from django.utils import timezone

from portal.actions.registers import rebuild_reach
from portal.models import (
    AdministrativeUnit,
    Level,
    Membership,
    Organization,
    OrganizationKind,
    Person,
    Role,
    Sector,
    Subordination,
    Succession,
    User,
)
from portal.paste.people import FAMILIES
from portal.text import fold, person_sort_key, slugify
from tests.bench.tables import insert, keep_history

PROVINCES = [
    "thành phố Hà Nội",
    "thành phố Huế",
    "tỉnh Quảng Ninh",
    "tỉnh Cao Bằng",
    "tỉnh Lạng Sơn",
    "tỉnh Lai Châu",
    "tỉnh Điện Biên",
    "tỉnh Sơn La",
    "tỉnh Thanh Hóa",
    "tỉnh Nghệ An",
    "tỉnh Hà Tĩnh",
    "tỉnh Tuyên Quang",
    "tỉnh Lào Cai",
    "tỉnh Thái Nguyên",
    "tỉnh Phú Thọ",
    "tỉnh Bắc Ninh",
    "tỉnh Hưng Yên",
    "thành phố Hải Phòng",
    "tỉnh Ninh Bình",
    "tỉnh Quảng Trị",
    "thành phố Đà Nẵng",
    "tỉnh Quảng Ngãi",
    "tỉnh Gia Lai",
    "tỉnh Khánh Hòa",
    "tỉnh Lâm Đồng",
    "tỉnh Đắk Lắk",
    "Thành phố Hồ Chí Minh",
    "tỉnh Đồng Nai",
    "tỉnh Tây Ninh",
    "thành phố Cần Thơ",
    "tỉnh Vĩnh Long",
    "tỉnh Đồng Tháp",
    "tỉnh Cà Mau",
    "tỉnh An Giang",
]
DISTRICTS, COMMUNES = 696, 3321
FIRST = [
    "Tân",
    "Phú",
    "Hòa",
    "Long",
    "Bình",
    "An",
    "Vĩnh",
    "Mỹ",
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "Thanh",
    "Xuân",
    "Hưng",
    "Quảng",
    "Kim",
    "Yên",
    "Đại",
    "Thượng",
]
LAST = [
    "Thành",
    "Lợi",
    "Sơn",
    "Hải",
    "Giang",
    "Thịnh",
    "Khê",
    "Lạc",
    "Phong",
    "Thắng",
    "Trung",
    "Định",
    "Hà",
    "Mai",
    "Lâm",
    "Châu",
    "Tiến",
    "Đức",
    "Minh",
    "Quý",
]
DISTRICTS_END, BOARDS_END = date(2025, 6, 30), date(2025, 2, 28)

CENTRAL = [
    ("Ban Tuyên giáo và Dân vận Trung ương", "BTGDVTW", "party"),
    ("Ban Dân vận Trung ương", "BDVTW", "party"),
    ("Ban Tổ chức Trung ương", "BTCTW", "party"),
    ("Chính phủ", "CP", "state"),
    ("Bộ Nội vụ", "BNV", "state"),
    ("Bộ Công an", "BCA", "armed"),
    ("Bộ Quốc phòng", "BQP", "armed"),
    ("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "UBTWMTTQVN", "front"),
]
PROVINCIAL = [
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "BTGDVTU", "party"),
    ("Ban Dân vận Tỉnh ủy", "BDVTU", "party"),
    ("Tỉnh ủy", "TU", "party"),
    ("Ban Tổ chức Tỉnh ủy", "BTCTU", "party"),
    ("HĐND", "HĐND", "state"),
    ("UBND", "UBND", "state"),
    ("Sở Nội vụ", "SNV", "state"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", "state"),
    ("Công an", "CA", "armed"),
    ("Bộ Chỉ huy quân sự", "BCHQS", "armed"),
    ("Ủy ban MTTQ Việt Nam", "UBMTTQVN", "front"),
    ("Liên đoàn Lao động", "LĐLĐ", "front"),
    ("Hội Nông dân", "HND", "front"),
    ("Hội Liên hiệp Phụ nữ", "HLHPN", "front"),
    ("Hội Cựu chiến binh", "HCCB", "front"),
    ("Đoàn TNCS Hồ Chí Minh", "ĐTN", "front"),
]
OF_DISTRICT = [
    ("Ban Dân vận Huyện ủy", "BDVHU", "party"),
    ("UBND", "UBND", "state"),
    ("HĐND", "HĐND", "state"),
    ("Ủy ban MTTQ Việt Nam", "UBMTTQVN", "front"),
]
OF_COMMUNE = [
    ("Đảng ủy", "ĐU", "party"),
    ("Ban Xây dựng Đảng Đảng ủy", "BXDĐ", "party"),
    ("HĐND", "HĐND", "state"),
    ("UBND", "UBND", "state"),
    ("Ủy ban MTTQ Việt Nam", "UBMTTQVN", "front"),
]
SECTORS = {
    "party": "Đảng",
    "state": "Nhà nước",
    "front": "Mặt trận và đoàn thể",
    "armed": "Lực lượng vũ trang",
}
LEVELS = ["trung-uong", "tinh", "huyen", "xa"]


@dataclass
class Place:
    """A territory and its bodies, by abbreviation."""

    id: int
    name: str
    level: int
    province: "Place | None" = None
    bodies: dict[str, Organization] = field(default_factory=dict)


@dataclass
class Nation:
    """What was filled, for the generator of papers and for the people who open the pages."""

    centre: Place
    provinces: list[Place]
    districts: list[Place]
    communes: list[Place]
    persons: int


def fill_nation(random: Random) -> Nation:
    """Write registers, superiors, successions and reach; return them in memory."""
    centre, provinces, districts, communes = _places(random)
    places = [centre, *provinces, *districts, *communes]
    _write_registers(places)
    bodies = _bodies(places)
    insert(Organization, bodies)
    lines = list(_superiors(centre, provinces, districts, communes))
    insert(
        Subordination,
        ({"id": n, "organization_id": a.pk, "superior_id": b.pk} for n, (a, b) in enumerate(lines, 1)),
    )
    links = list(_successions(provinces, districts, communes))
    insert(
        Succession,
        (
            {
                "id": n,
                "predecessor_id": a.pk,
                "successor_id": b.pk,
                "kind": "merged",
                "effective_on": a.ended_on,
            }
            for n, (a, b) in enumerate(links, 1)
        ),
    )
    persons = _persons(random)
    for model in (
        Level,
        Sector,
        OrganizationKind,
        AdministrativeUnit,
        Organization,
        Subordination,
        Succession,
    ):
        keep_history(model, "NULL")
    rebuild_reach()
    return Nation(centre, provinces, districts, communes, persons)


def _places(random: Random) -> tuple[Place, list[Place], list[Place], list[Place]]:
    centre = Place(1, "Việt Nam", 0)
    provinces = [Place(number, name, 1, centre) for number, name in enumerate(PROVINCES, 2)]
    names = [f"{a} {b}" for a in FIRST for b in LAST]
    made: list[list[Place]] = []
    start = 2 + len(provinces)
    for count, level, words in ((DISTRICTS, 2, ("huyện", "quận")), (COMMUNES, 3, ("xã", "xã", "phường"))):
        owners = cycle(provinces)
        made.append(
            [
                Place(start + n, f"{random.choice(words)} {random.choice(names)}", level, next(owners))
                for n in range(count)
            ]
        )
        start += count
    return centre, provinces, made[0], made[1]


def _write_registers(places: list[Place]) -> None:
    insert(
        Level,
        (
            {
                "id": n + 1,
                "key": key,
                "name": key,
                "rank": n,
                "ended_on": DISTRICTS_END if key == "huyen" else None,
            }
            for n, key in enumerate(LEVELS)
        ),
    )
    insert(
        Sector,
        ({"id": n, "key": key, "name": SECTORS[key], "position": n} for n, key in enumerate(SECTORS, 1)),
    )
    kinds = dict.fromkeys(one for many in (CENTRAL, PROVINCIAL, OF_DISTRICT, OF_COMMUNE) for one in many)
    sectors = {key: n for n, key in enumerate(SECTORS, 1)}
    insert(
        OrganizationKind,
        (
            {
                "id": n,
                "key": f"k{n}",
                "name": name,
                "abbreviation": short,
                "sector_id": sectors[sector],
                "position": n,
            }
            for n, (name, short, sector) in enumerate(kinds, 1)
        ),
    )
    insert(AdministrativeUnit, map(_unit, places))


def _unit(place: Place) -> dict[str, Any]:
    above = [place.province] if place.province else []
    if place.level > 1:
        above.insert(0, place.province.province)
    path = "".join(f"/{one.id:05d}" for one in [*above, place]) + "/"
    return {
        "id": place.id, "code": f"{place.id:05d}", "name": place.name, "level_id": place.level + 1, "path": path,
        "parent_id": place.province.id if place.province else None,
        "ended_on": DISTRICTS_END if place.level == 2 else None,
    }  # fmt: skip


def _bodies(places: list[Place]) -> list[dict[str, Any]]:
    """The rows of every body; each place gets its bodies by abbreviation."""
    kinds = dict.fromkeys(one for many in (CENTRAL, PROVINCIAL, OF_DISTRICT, OF_COMMUNE) for one in many)
    numbers = {one: n for n, one in enumerate(kinds, 1)}
    sectors = {key: n for n, key in enumerate(SECTORS, 1)}
    rows: list[dict[str, Any]] = []
    for place in places:
        for kind in (CENTRAL, PROVINCIAL, OF_DISTRICT, OF_COMMUNE)[place.level]:
            words, short, sector = kind
            name = words if place.level == 0 else f"{words} {place.name}"
            number = len(rows) + 1
            ended = DISTRICTS_END if place.level == 2 else BOARDS_END if short in ("BDVTU", "BDVTW") else None
            rows.append(
                {
                    "id": number, "name": name, "abbreviation": short, "slug": f"{slugify(name, 100)}-{number}",
                    "kind_id": numbers[kind], "sector_id": sectors[sector], "level_id": place.level + 1,
                    "territory_id": place.id, "ended_on": ended, "folded": fold(name),
                }
            )  # fmt: skip
            place.bodies[short] = Organization(pk=number, name=name, abbreviation=short, ended_on=ended)
    return rows


def _superiors(centre: Place, provinces: list[Place], districts: list[Place], communes: list[Place]) -> Any:
    """Party bodies stand under the Party board above, the others under the same kind above."""
    top = centre.bodies
    for province in provinces:
        for short, body in province.bodies.items():
            if short in ("BTGDVTU", "BDVTU", "TU", "BTCTU"):
                yield body, top["BTGDVTW"]
            elif short in ("HĐND", "UBND"):
                yield body, top["CP"]
            elif short in ("SNV", "SVHTTDL"):
                yield body, province.bodies["UBND"]
            elif short in ("CA", "BCHQS"):
                yield body, top["BCA" if short == "CA" else "BQP"]
            else:
                yield body, top["UBTWMTTQVN"]
    for place in [*districts, *communes]:
        above = place.province.bodies
        for short, body in place.bodies.items():
            party = {"BDVHU": "BDVTU", "ĐU": "BTGDVTU", "BXDĐ": "BTGDVTU"}
            yield body, above[party.get(short, short)]


def _successions(provinces: list[Place], districts: list[Place], communes: list[Place]) -> Any:
    """Boards merged in their province; a district passed into several communes of it."""
    for province in provinces:
        yield province.bodies["BDVTU"], province.bodies["BTGDVTU"]
    heirs = {"BDVHU": "BXDĐ", "UBND": "UBND", "HĐND": "HĐND", "UBMTTQVN": "UBMTTQVN"}
    of_province = {place.id: [one for one in districts if one.province is place] for place in provinces}
    for number, commune in enumerate(communes):
        choices = of_province[commune.province.id]
        district = choices[number // len(provinces) % len(choices)]
        for old, new in heirs.items():
            yield district.bodies[old], commune.bodies[new]


def _persons(random: Random) -> int:
    names = FAMILIES[:16]
    middle = ["Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Quốc", "Hữu", "Thu", "Xuân"]
    given = [
        "An",
        "Ánh",
        "Bình",
        "Châu",
        "Dũng",
        "Đạt",
        "Giang",
        "Hà",
        "Hằng",
        "Hùng",
        "Khánh",
        "Lan",
        "Linh",
        "Long",
        "Mai",
        "Nam",
        "Phúc",
        "Sơn",
        "Thảo",
        "Vân",
    ]
    rows = []
    for number in range(1, 5001):
        name = f"{random.choice(names)} {random.choice(middle)} {random.choice(given)}"
        rows.append({"id": number, "name": name, "sort_key": person_sort_key(name)})
    insert(Person, rows)
    keep_history(Person, "NULL")
    return len(rows)


def fill_people(nation: Nation) -> None:
    """Accounts for every kind of person who opens a page; none has a password."""
    today = timezone.localdate()
    year = timedelta(days=365)
    province, commune, neighbour = nation.provinces[18], nation.communes[18], nation.communes[18 + 34]
    top = nation.centre.bodies
    roles = {
        "unit": (commune.bodies["UBMTTQVN"], Role.UNIT, {}),
        "clerk": (commune.bodies["ĐU"], Role.CLERK, {}),
        "approver": (commune.bodies["ĐU"], Role.APPROVER, {}),
        "delegate": (commune.bodies["ĐU"], Role.APPROVER, {"ended_on": today + year}),
        "neighbour": (neighbour.bodies["ĐU"], Role.CLERK, {}),
        "partner": (commune.bodies["UBND"], Role.CLERK, {}),
        "superior": (province.bodies["BTGDVTU"], Role.APPROVER, {}),
        "national": (top["BTGDVTW"], Role.APPROVER, {}),
        "government": (top["CP"], Role.CLERK, {}),
        "inspector": (
            top["BTGDVTW"],
            Role.INSPECTOR,
            {"started_on": today - year, "ended_on": today + year, "reads_from": 2015, "reads_to": 2022},
        ),
    }
    users = {name: User.objects.create_user(name, full_name=name) for name in roles}
    for name, (body, role, dates) in roles.items():
        if name == "delegate":
            dates = {**dates, "delegated_by": users["approver"]}
        Membership.objects.create(user=users[name], organization_id=body.pk, role=role, **dates)
    User.objects.create_superuser("administrator", full_name="administrator")

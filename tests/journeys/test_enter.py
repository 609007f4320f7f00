"""J1a and J1b: a clerk enters a programme, from the number line of an article or from the full paper."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from portal.actions.registers import rebuild_reach
from portal.models import AdministrativeUnit, Level, Organization, Role, State, UnitSuccession
from programs.models import Program
from tests.cast import Cast, join, make_body, make_user
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
NUMBER_LINE = "Số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022"


@pytest.fixture
def tan_binh(cast: Cast) -> Cast:
    """A ward of today that grew out of quận Tân Bình, and Hoa, who writes in its Party board."""
    ward_level = Level.objects.get(key="xa")
    district_level = Level.objects.create(key="huyen", name="quận, huyện", rank=2, ended_on=LAST_DAY)
    city = AdministrativeUnit.objects.create(
        name="Thành phố Hồ Chí Minh", level=Level.objects.get(key="tinh")
    )
    district = AdministrativeUnit.objects.create(
        name="quận Tân Bình", level=district_level, parent=city, ended_on=LAST_DAY
    )
    ward = AdministrativeUnit.objects.create(
        name="phường Tân Bình", level=ward_level, parent=city, started_on=FIRST_DAY
    )
    UnitSuccession.objects.create(predecessor=district, successor=ward, effective_on=FIRST_DAY)
    then, now = {"territory": district, "ended_on": LAST_DAY}, {"territory": ward, "started_on": FIRST_DAY}
    cast.bodies |= {
        "board_then": make_body("Ban Dân vận Quận ủy Tân Bình", abbreviation="BDVQU", **then),
        "committee_then": make_body("UBND quận Tân Bình", abbreviation="UBND", **then),
        "committee_now": make_body("UBND phường Tân Bình", abbreviation="UBND", **now),
        "board_now": make_body("Ban Xây dựng Đảng phường Tân Bình", abbreviation="BXDĐ", **now),
    }
    cast.people["hoa"] = make_user("hoa", "Trần Thị Hoa")
    join(cast.people["hoa"], cast.board_now, Role.CLERK)
    rebuild_reach()
    return cast


def parties(program: Program) -> list[tuple[int, Organization | None, str]]:
    """The sides of a programme: which, who, as printed."""
    return [(one.side, one.organization, one.printed) for one in program.document.partners.all()]


def test_j1a_the_number_line_of_an_article_is_enough(tan_binh: Cast, walk: Walk) -> None:
    clerk = walk("hoa", "/lam-viec/")
    clerk.follow("Nhập văn bản")
    clerk.follow("Chương trình, quy chế phối hợp")
    clerk.paste("number_line", NUMBER_LINE)
    clerk.glance("number", "07-CTrPH/BDVQU-UBND")
    clerk.read(re.compile("Chương trình phối hợp · thứ Năm, 14/4/2022"))
    clerk.type("title", "Phối hợp thực hiện công tác dân vận")
    clerk.type("period", "2022 – 2026")
    clerk.glance("partners-0-name", "Ban Dân vận Quận ủy Tân Bình (đến 30/6/2025)")
    clerk.glance("partners-1-name", "UBND quận Tân Bình (đến 30/6/2025)")
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    clerk.keeps("J1a")

    program = Program.objects.get()
    document = program.document
    assert (program.state, program.keeper, program.written_by) == (
        State.WAITING,
        tan_binh.board_now,
        tan_binh.hoa,
    )
    assert (document.number, document.number_value) == ("07-CTrPH/BDVQU-UBND", 7)
    assert (document.dated.precision, document.dated.first) == ("day", date(2022, 4, 14))
    assert (str(program.period), document.type.key) == ("2022–2026", "chuong-trinh-phoi-hop")
    assert parties(program) == [(1, tan_binh.board_then, ""), (2, tan_binh.committee_then, "")]
    assert document.title == "Phối hợp thực hiện công tác dân vận"
    assert Organization.objects.filter(looked_at=False).count() == 0
    invented = [
        program.items,
        document.signatures,
        document.citations,
        document.source_uses,
        document.attachments,
    ]
    assert [rows.count() for rows in invented] == [0] * 5
    assert (program.purposes, program.cadence, program.stated_item_count, program.predecessor) == (
        "",
        "",
        None,
        None,
    )

"""Bodies that sign under one printed name: one row of the form, and each body answers for itself."""

from datetime import date

import pytest

from portal.actions.copies import as_data, as_query
from portal.actions.documents import PartnerEntry
from portal.forms.differences import differences
from portal.models import Organization
from programs.forms.programs import ProgramForm, raw_data
from programs.models import Program
from tests.cast import Cast, make_body, make_program
from tests.programs.test_entry import ENTER, complete, rows

TOGETHER = "HĐND - UBND phường Ba Đình"
PARTIES = "Đảng ủy - Ủy ban MTTQ phường Ba Đình"


@pytest.fixture
def council(cast: Cast) -> Organization:
    """The council of the ward."""
    return make_body("HĐND phường Ba Đình", abbreviation="HĐND")


@pytest.fixture
def program(cast: Cast, council: Organization) -> Program:
    """A draft of two sides, each of two bodies under one printed name."""
    front = make_body("Ủy ban MTTQ phường Ba Đình")
    return make_program(
        cast,
        partners=[
            PartnerEntry(1, cast.ours, PARTIES, focal_room="Phòng Dân vận"),
            PartnerEntry(1, front, PARTIES),
            PartnerEntry(2, council, TOGETHER, focal_room="Văn phòng HĐND", responsibilities="Giám sát"),
            PartnerEntry(2, cast.partner, TOGETHER, focal_room="Phòng Nội vụ"),
        ],
    )


def rooms(program: Program) -> list[tuple[int, str, str]]:
    """Who answers for what, in order."""
    return list(program.document.partners.values_list("side", "focal_room", "responsibilities"))


def save(cast: Cast, program: Program, **changes: str) -> str:
    """Save the form with these differences; the page that then opens."""
    client, edit = cast.client("lan"), f"/lam-viec/chuong-trinh/{program.code}/sua/"
    program.refresh_from_db()
    posted = as_data(raw_data(program)) | {name: [value] for name, value in changes.items()}
    assert client.post(edit, posted | {"phien-ban": [str(program.version)]}).status_code == 302
    return client.get(edit).text


def test_each_body_of_a_row_keeps_its_own_focal_room(
    cast: Cast, program: Program, council: Organization
) -> None:
    before = rooms(program)
    page = save(cast, program, title="Tên khác")
    assert rooms(program) == before
    assert page.count("Bộ phận đầu mối của ") == 4
    assert "Bộ phận đầu mối của HĐND phường Ba Đình" in page
    page = save(cast, program, **{f"partners-1-focal_room-{cast.partner.code}": "Văn phòng UBND"})
    assert rooms(program) == [*before[:3], (2, "Văn phòng UBND", "")]
    facts = cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/").text
    for said in ("Văn phòng HĐND (HĐND phường Ba Đình)", "Văn phòng UBND (UBND phường Ba Đình)"):
        assert said in facts


def test_a_room_typed_before_the_row_is_known_to_be_several_bodies_is_the_first_ones(
    cast: Cast, council: Organization
) -> None:
    typed = {
        "title": "Phối hợp",
        "partners-TOTAL_FORMS": "1",
        "partners-0-side": "1",
        "partners-0-name": TOGETHER,
        "partners-0-focal_room": "Văn phòng",
        "lam": "save",
    }
    assert cast.client("lan").post("/lam-viec/chuong-trinh/nhap/", typed).status_code == 302
    program = Program.objects.get()
    assert [str(one.organization) for one in program.document.partners.all()] == [
        str(council),
        str(cast.partner),
    ]
    assert rooms(program) == [(1, "Văn phòng", ""), (1, "", "")]


def test_a_row_that_becomes_one_body_is_compared_with_what_it_was(cast: Cast, program: Program) -> None:
    saved, changed = as_data(raw_data(program)), as_data(raw_data(program))
    changed |= {"partners-1-name": ["UBND phường Ba Đình"], "partners-1-focal_room": ["Phòng Nội vụ"]}
    forms = [ProgramForm(as_query(data), user=cast.lan, record=program) for data in (saved, changed)]
    for form in forms:
        form.is_valid()
    told = {one.label.rpartition(": ")[2]: (one.before, one.after) for one in differences(*forms)}
    assert told["bộ phận đầu mối của HĐND phường Ba Đình"] == ("Văn phòng HĐND", "")
    assert told["bộ phận đầu mối"] == ("", "Phòng Nội vụ")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (("1", "UBND phường Ba Đình"), ("2", "UBND phường Ba Đình"),
         "UBND phường Ba Đình vừa ở Bên 1, vừa ở Bên 2. Xin chọn một bên."),
        (("1", TOGETHER), ("2", "UBND phường Ba Đình"),
         "UBND phường Ba Đình vừa ở Bên 1, vừa ở Bên 2. Xin chọn một bên."),
        (("1", TOGETHER), ("1", "UBND phường Ba Đình"),
         "UBND phường Ba Đình đã ghi ở Bên 1. Xin bỏ dòng này."),
    ],
)  # fmt: skip
def test_a_body_stands_on_one_side_and_once(
    cast: Cast, council: Organization, first: tuple[str, str], second: tuple[str, str], said: str
) -> None:
    named = [{"side": side, "name": name} for side, name in (first, second)]
    page = cast.client("lan").post(ENTER, complete(lam="save", **rows("partners", *named)))
    assert (page.status_code, page.text.count(said)) == (422, 2)  # in the summary, and at the row
    assert Program.objects.count() == 0


@pytest.mark.parametrize(
    ("dated", "is_doubted"), [("2021", False), ("tháng 3/2021", False), ("28/2/2021", True), ("2020", True)]
)
def test_a_body_may_have_signed_on_any_day_that_the_date_may_mean(
    cast: Cast, dated: str, is_doubted: bool
) -> None:
    body = make_body("Ban Dân vận mới", started_on=date(2021, 3, 15))
    data = complete(**rows("partners", {"side": "1", "name": body.name}), number_line="", dated=dated)
    form = ProgramForm(as_query({name: [value] for name, value in data.items()}), user=cast.lan)
    form.is_valid()
    assert ("name" in form.rows["partners"].forms[0].warnings) == is_doubted

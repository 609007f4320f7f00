"""What a form proposes without scripts: the fields and parties a number line names, the parties of the programme chosen."""

import pytest

from portal import starter
from portal.models import DocumentType, Partner, State
from portal.paste import LEFT_OVER
from programs.models import Amendment, Program
from tests.cast import Cast, make_program
from tests.programs.test_two_clerks import fields_of

ENTER = "/lam-viec/chuong-trinh/nhap/"
AMEND = "/lam-viec/sua-doi/nhap/"
LINE = (
    "Chương trình phối hợp số 09-CTrPH/BDV-UBND ngày 5/11/2025 giữa Ban Dân vận Đảng ủy phường Ba Đình "
    "với UBND phường Ba Đình về công tác dân vận giai đoạn 2026 - 2030"
)
NAMES = ["Ban Dân vận Đảng ủy phường Ba Đình", "UBND phường Ba Đình"]


def sides(paper: Program | Amendment) -> list[tuple[int, str]]:
    """The parties of a paper."""
    return [(one.side, one.organization.label) for one in paper.document.partners.all()]


def test_what_a_number_line_says_fills_the_page_that_comes_back(cast: Cast) -> None:
    clerk = cast.client("lan")
    page = clerk.post(ENTER, {"number_line": LINE, "consented": "ngày nào đó", "title": "Công tác dân vận"})
    assert page.status_code == 422
    shown = fields_of(page.text)
    assert [shown[f"partners-{at}-name"] for at in (0, 1)] == NAMES
    assert (shown["number"], shown["dated"], shown["type"]) == (
        "09-CTrPH/BDV-UBND", "5/11/2025", "chuong-trinh-phoi-hop",
    )  # fmt: skip
    for name in ("number", "dated", "type", "period", "partners-0-name", "partners-1-name"):
        head, _, _ = page.text.partition(f'id="id_{name}_field"')
        assert head[head.rindex('class="') :] == 'class="field field-proposed" ', name
    cleared = shown | {"dated": "", "partners-0-name": "", "partners-1-name": ""}
    cleared |= {"partners-0-name-ma": "", "partners-1-name-ma": "", "consented": "", "lam": "save"}
    assert clerk.post(ENTER, cleared).status_code == 302
    program = Program.objects.get()
    assert (sides(program), program.document.dated.first) == ([], None)


def test_a_save_takes_the_parties_of_the_line_and_says_so(cast: Cast) -> None:
    clerk = cast.client("lan")
    saved = clerk.post(ENTER, {"number_line": LINE, "title": "Công tác dân vận"}, follow=True)
    assert "Các bên lấy theo dòng số đã dán. Xin kiểm tra." in saved.text
    assert sides(Program.objects.get()) == [*enumerate(NAMES, start=1)]


@pytest.fixture
def amended(cast: Cast) -> dict[str, str]:
    """An amendment typed without its parties."""
    program = make_program(cast, "approved")
    return {
        "title": "Bổ sung nội dung",
        "program": str(program),
        "program-ma": program.code,
        "content": "Thêm",
    }


def test_an_amendment_takes_the_parties_of_its_programme_to_be_looked_at(
    cast: Cast, amended: dict[str, str]
) -> None:
    clerk = cast.client("lan")
    Partner.objects.update(responsibilities="Chủ trì")
    page = clerk.post(AMEND, amended | {"lam": "submit"})
    assert (page.status_code, Amendment.objects.count()) == (422, 0)
    assert "Các bên lấy theo chương trình đã chọn. Xin kiểm tra." in page.text
    assert page.text.count("field-proposed") == 2
    clerk.post(AMEND, fields_of(page.text) | {"lam": "save"})
    amendment = Amendment.objects.get()
    assert sides(amendment) == [*enumerate(NAMES, start=1)]
    assert [one.responsibilities for one in amendment.document.partners.all()] == [
        "",
        "",
    ]  # the programme's words


SIGNERS = """TM. ỦY BAN NHÂN DÂN\tT/M BAN DÂN VẬN
CHỦ TỊCH\tTRƯỞNG BAN
Trần Thị Bình\tNguyễn Văn An"""
SIGNED = f"""Số 09-CTrPH/BDV-UBND ngày 20 tháng 10 năm 2026
SỬA ĐỔI, BỔ SUNG
Chương trình phối hợp công tác dân vận

Điều 1. Bổ sung nội dung 6.

{SIGNERS}"""


@pytest.mark.parametrize(("box", "text"), [("number_line", SIGNED), ("signatures-dan", SIGNERS)])
def test_signers_stand_on_the_side_of_their_body_whatever_names_the_sides(
    cast: Cast, amended: dict[str, str], box: str, text: str
) -> None:
    page = cast.client("lan").post(AMEND, amended | {box: text, "lam": "signatures:split"})
    shown = fields_of(page.text)
    assert [shown[f"partners-{at}-name"] for at in (0, 1)] == NAMES
    assert [(shown[f"signatures-{at}-side"], shown[f"signatures-{at}-name"]) for at in (0, 1)] == [
        ("2", "Trần Thị Bình"), ("1", "Nguyễn Văn An")
    ]  # fmt: skip


def test_an_amendment_finds_the_programme_whose_number_its_title_cites(cast: Cast) -> None:
    program, clerk = make_program(cast, "approved", number="05-CTrPH/BDV-UBND"), cast.client("lan")
    cites = "Số 09-CTrPH/BDV-UBND\nSỬA ĐỔI, BỔ SUNG\nChương trình phối hợp số 05-CTrPH/BDV-UBND"
    shown = fields_of(clerk.post(AMEND, {"number_line": cites, "lam": "sources:add"}).text)
    assert shown["program-ma"] == program.code
    cleared = shown | {"program": "", "program-ma": "", "lam": "sources:add"}
    assert fields_of(clerk.post(AMEND, cleared).text)["program-ma"] == ""
    other = cites.replace("số 05", "số 06")
    assert fields_of(clerk.post(AMEND, {"number_line": other, "lam": "sources:add"}).text)["program-ma"] == ""


def test_parties_cleared_by_the_person_stay_cleared(cast: Cast, amended: dict[str, str]) -> None:
    clerk = cast.client("lan")
    clerk.post(AMEND, amended | {"proposed": "partners"})
    there = f"/lam-viec/sua-doi/{Amendment.objects.get().code}/sua/"
    clerk.post(there, fields_of(clerk.get(there).text) | {"lam": "save"})
    assert sides(Amendment.objects.get()) == []
    assert Amendment.objects.get().state == State.DRAFTING


def test_a_script_is_told_the_parties_of_the_programme(cast: Cast, amended: dict[str, str]) -> None:
    told = cast.client("lan").post("/lam-viec/chuong-trinh/doc-dong/", amended).json()
    assert [(one["name"], one["code"], one["side"]) for one in told["parties"]] == [
        (NAMES[0], cast.ours.code, "1"),
        (NAMES[1], cast.partner.code, "2"),
    ]


def test_parties_nobody_wrote_are_not_handed_in_from_the_record(cast: Cast, amended: dict[str, str]) -> None:
    clerk = cast.client("lan")
    assert clerk.post(AMEND, amended | {"proposed": "partners", "lam": "save"}).status_code == 302
    amendment = Amendment.objects.get()
    posted = clerk.post(f"/lam-viec/sua-doi/{amendment.code}/trinh/", {"phien-ban": str(amendment.version)})
    amendment.refresh_from_db()
    assert (posted.url, amendment.state) == (f"/lam-viec/sua-doi/{amendment.code}/sua/", State.DRAFTING)
    assert sides(amendment) == []


PAPER = """ĐẢNG ỦY PHƯỜNG BA ĐÌNH
Số 09-CTrPH/BDV-UBND
Ba Đình, ngày 5 tháng 11 năm 2025

CHƯƠNG TRÌNH PHỐI HỢP
Công tác dân vận giai đoạn 2026 - 2030

Căn cứ Quy chế số 1-QĐ/TW ngày 1/2/2021;
Thực hiện Nghị quyết số 2-NQ/TW ngày 3/4/2022 về
công tác dân vận;

Hai cơ quan thống nhất ban hành Chương trình phối hợp như sau:

I. MỤC ĐÍCH, YÊU CẦU
Phát huy dân chủ.
II. NỘI DUNG PHỐI HỢP
1. Tiếp công dân
2. Đối thoại với Nhân dân
III. KINH PHÍ
Theo quy định.
IV. TỔ CHỨC THỰC HIỆN
Hằng năm sơ kết.

ĐẠI DIỆN BAN DÂN VẬN
Nguyễn Văn An"""
LEFT = """Phần còn lại chưa dùng:
III. KINH PHÍ
Theo quy định."""


def test_a_paper_pasted_whole_is_shown_in_its_fields_and_what_none_takes_stays(cast: Cast) -> None:
    clerk = cast.client("lan")
    page = clerk.post(ENTER, {"number_line": PAPER, "lam": "save"})
    assert "Chưa lưu: văn bản vừa dán đã được tách" in page.text and Program.objects.count() == 0
    shown = fields_of(page.text)
    assert (shown["number"], shown["title"]) == (
        "09-CTrPH/BDV-UBND",
        "Công tác dân vận giai đoạn 2026 - 2030",
    )
    assert (shown["purposes"], shown["implementation"]) == ("Phát huy dân chủ.", "Hằng năm sơ kết.")
    assert [shown[f"items-{at}-text"] for at in (0, 1)] == ["Tiếp công dân", "Đối thoại với Nhân dân"]
    assert [shown[f"bases-{at}-text"] for at in (0, 1)] == [
        "Căn cứ Quy chế số 1-QĐ/TW ngày 1/2/2021",
        "Thực hiện Nghị quyết số 2-NQ/TW ngày 3/4/2022 về công tác dân vận",
    ]
    assert page.text.count('class="field field-proposed"') >= 6
    assert shown["number_line"].replace("\r", "").endswith(LEFT)
    assert clerk.post(ENTER, shown | {"lam": "save"}).status_code == 302
    program = Program.objects.get()
    assert (program.items.count(), program.note) == (2, LEFT)


def test_a_paper_pasted_whole_overwrites_nothing(cast: Cast) -> None:
    typed = {"number_line": PAPER, "title": "Tên đã gõ", "purposes": "Đã gõ", "lam": "save"}
    shown = fields_of(cast.client("lan").post(ENTER, typed).text)
    assert (shown["title"], shown["purposes"]) == ("Tên đã gõ", "Đã gõ")
    assert "I. MỤC ĐÍCH, YÊU CẦU\nPhát huy dân chủ." in shown["number_line"].replace("\r", "")


BETWEEN = """QUY CHẾ PHỐI HỢP
giữa Ban Dân vận Đảng ủy phường Ba Đình và Ủy ban nhân dân phường Ba Đình
về công tác dân vận giai đoạn 2026 - 2030

Căn cứ Quy chế số 1-QĐ/TW ngày 1/2/2021;

Hai bên thống nhất như sau:

I. NỘI DUNG PHỐI HỢP
1. Tuyên truyền, gồm:
a) Mở lớp;
b) Thi tìm hiểu.
2. Tiếp công dân.
II. TRÁCH NHIỆM CỦA CÁC BÊN
1. Ủy ban nhân dân phường
- Bố trí kinh phí.
2. Ban Dân vận: chủ trì, đôn đốc.
3. Trách nhiệm chung
Trao đổi hằng quý.

TM. ỦY BAN NHÂN DÂN\tĐẠI DIỆN BAN DÂN VẬN
KT. CHỦ TỊCH\tTRƯỞNG BAN
PHÓ CHỦ TỊCH
(đã ký)\t(đã ký)
Trần Thị Bình\tNguyễn Văn An

Nơi nhận:
- Như trên."""
NOWHERE = """Nơi nhận:
- Như trên.
II. TRÁCH NHIỆM CỦA CÁC BÊN
3. Trách nhiệm chung
Trao đổi hằng quý."""


def test_who_agrees_who_answers_for_what_and_who_signed_are_read_from_a_whole_paper(cast: Cast) -> None:
    kind = DocumentType.objects.create(key="quy-che-phoi-hop", name="Quy chế phối hợp", family="program")
    clerk = cast.client("lan")
    page = clerk.post(ENTER, {"number_line": BETWEEN, "lam": "save"})
    shown = fields_of(page.text)
    for name in (
        "partners-0-name",
        "partners-1-responsibilities",
        "signatures-0-name",
        "signatures-1-capacity",
    ):
        head, _, _ = page.text.partition(f'id="id_{name}_field"')
        assert "field-proposed" in head[head.rindex('class="') :], name
    assert clerk.post(ENTER, shown | {"lam": "save"}).status_code == 302
    program = Program.objects.get()
    document = program.document
    assert (document.type, sides(program)) == (kind, [*enumerate(NAMES, start=1)])
    assert [one.responsibilities for one in document.partners.all()] == [
        "chủ trì, đôn đốc.", "- Bố trí kinh phí."
    ]  # fmt: skip
    assert [(one.side, one.authority, one.capacity, one.person.name) for one in document.signatures.all()] == [
        (1, "", "Trưởng Ban", "Nguyễn Văn An"), (2, "KT", "Phó Chủ tịch", "Trần Thị Bình")
    ]  # fmt: skip
    assert [one.text for one in program.items.all()] == [
        "Tuyên truyền, gồm:\na) Mở lớp;\nb) Thi tìm hiểu", "Tiếp công dân"
    ]  # fmt: skip
    assert program.note == f"{LEFT_OVER}\n{NOWHERE}"


def test_an_item_with_its_points_stays_one_however_often_it_is_saved(cast: Cast) -> None:
    clerk = cast.client("lan")
    clerk.post(
        ENTER, {"title": "Dân vận", "items-dan": "1. Tuyên truyền:\n- Mở lớp\n2. Tiếp dân", "lam": "save"}
    )
    program = Program.objects.get()
    there = f"/lam-viec/chuong-trinh/{program.code}/sua/"
    clerk.post(there, fields_of(clerk.get(there).text) | {"lam": "save"})
    assert [one.text for one in program.items.all()] == ["Tuyên truyền:\n- Mở lớp", "Tiếp dân"]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"title": "Quy chế phối hợp công tác giữa hai bên"}, "quy-che-phoi-hop"),
        ({"number_line": "CHƯƠNG TRÌNH PHỐI HỢP\nCông tác dân vận"}, "chuong-trinh-phoi-hop"),
        ({"number_line": "QUY CHẾ\nPhối hợp công tác dân vận"}, "quy-che-phoi-hop"),
        ({"title": "Thỏa thuận phối hợp giữa hai bên"}, "thoa-thuan"),
        ({"title": "Dân vận", "number": "05-CTPH/BDV-UBND"}, "chuong-trinh-phoi-hop"),
        ({"title": "Quy chế phối hợp", "number": "05-CTrPH/BDV-UBND"}, "chuong-trinh-phoi-hop"),
        ({"title": "Quy chế phối hợp", "proposed": "type"}, ""),
    ],
)
def test_the_type_is_read_in_the_number_else_in_the_words(
    cast: Cast, typed: dict[str, str], key: str
) -> None:
    starter.load()
    DocumentType.objects.filter(key="chuong-trinh-phoi-hop").update(state_abbreviation="CTPH")
    cast.client("lan").post(ENTER, typed | {"lam": "save"})
    kind = Program.objects.get().document.type
    assert (kind.key if kind else "") == key

"""Programmes, plans and amendments in Word: the layout of their leading body, and only what their reader may read."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from docx.document import Document

from portal.actions.documents import BasisEntry, PaperEntry, PartnerEntry, SignatureEntry
from portal.dates import parse_date, parse_period
from portal.models import Act, Audience, Paper, Person
from portal.sections import Hit
from programs.actions import ItemEntry
from programs.actions.companions import PlanEntry, save_companion
from programs.actions.reviews import ReviewEntry, save_review
from programs.models import Amendment, Plan
from programs.sheet import Sheet
from tests.cast import Cast, make_program
from tests.read_word import Line, lines, looks, opened, reminders, texts


def paper_of(cast: Cast, record: Paper, person: str = "lan", kind: str = "program") -> Document:
    """The record in Word as a person gets it."""
    answer = cast.client(person).get(reverse(f"programs:word_{kind}", args=[record.code]))
    assert answer.status_code == 200
    return opened(answer.content)


def signed(cast: Cast, side: int, name: str, capacity: str, authority: str = "") -> SignatureEntry:
    return SignatureEntry(side, Person.objects.create(name=name), capacity=capacity, authority=authority)


def whole(cast: Cast, state: str = "approved", **changes: Any) -> Paper:
    """A programme with something in every part."""
    told = {
        "title": "Chương trình phối hợp thực hiện công tác dân vận",
        "number": "07-CTrPH/BDVĐU-UBND",
        "dated": parse_date("5/1/2022"),
        "bases": [
            BasisEntry("Kết luận số 43-KL/TW ngày 7/1/2019;"),
            BasisEntry("Căn cứ Quyết định số 217-QĐ/TW"),
        ],
        "signatures": [
            signed(cast, 1, "Nguyễn Văn A", "Trưởng ban"),
            signed(cast, 2, "Trần Thị B", "Chủ tịch", "TM"),
        ],
    }
    parts = {
        "purposes": "Phát huy vai trò mỗi bên.\nBảo đảm thiết thực.",
        "methods": "Giao ban hằng quý.",
        "implementation": "Mỗi bên cử một đầu mối.",
        "cadence": "yearly",
        "articles": changes.pop("articles", ""),
    }
    return make_program(cast, state, texts=parts, **told | changes)


def test_a_paper_led_by_the_party_reads_from_head_to_foot(cast: Cast) -> None:
    paper = paper_of(cast, whole(cast))
    assert lines(paper) == [
        Line("BAN DÂN VẬN ĐẢNG ỦY PHƯỜNG BA ĐÌNH -", "Cơ quan ban hành"),
        Line("ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH", "Cơ quan ban hành"),
        Line("*", "Cơ quan ban hành"),
        Line("Số 07-CTrPH/BDVĐU-UBND", "Số, ký hiệu"),
        Line("ĐẢNG CỘNG SẢN VIỆT NAM", "Tiêu đề Đảng"),
        Line("Ba Đình, ngày 05 tháng 01 năm 2022", "Nơi, ngày"),
        Line("CHƯƠNG TRÌNH PHỐI HỢP", "Tên loại"),
        Line("thực hiện công tác dân vận", "Trích yếu"),
        Line("-----", "Trích yếu"),
        Line("Căn cứ Kết luận số 43-KL/TW ngày 7/1/2019;", "Căn cứ"),
        Line("Căn cứ Quyết định số 217-QĐ/TW.", "Căn cứ"),
        Line(
            "Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình thống nhất chương trình phối hợp "
            "từ năm 2022 đến năm 2026 như sau:",
            "Nội dung",
        ),
        Line("I- MỤC ĐÍCH, YÊU CẦU", "Phần"),
        Line("Phát huy vai trò mỗi bên.", "Nội dung"),
        Line("Bảo đảm thiết thực.", "Nội dung"),
        Line("II- NỘI DUNG PHỐI HỢP", "Phần"),
        Line("1- Tiếp công dân, đối thoại với Nhân dân.", "Nội dung"),
        Line("2- Cải cách hành chính.", "Nội dung"),
        Line("III- PHƯƠNG THỨC PHỐI HỢP", "Phần"),
        Line("Giao ban hằng quý.", "Nội dung"),
        Line("IV- TỔ CHỨC THỰC HIỆN", "Phần"),
        Line("Mỗi bên cử một đầu mối.", "Nội dung"),
        Line("Chế độ sơ kết: hằng năm.", "Đoạn cuối"),
        Line("T/M ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH", "Quyền hạn, chức vụ"),
        Line("CHỦ TỊCH", "Quyền hạn, chức vụ"),
        Line("BAN DÂN VẬN ĐẢNG ỦY PHƯỜNG BA ĐÌNH", "Quyền hạn, chức vụ"),
        Line("TRƯỞNG BAN", "Quyền hạn, chức vụ"),
        Line("Trần Thị B", "Người ký"),
        Line("Nguyễn Văn A", "Người ký"),
        Line("Nơi nhận:", "Nơi nhận"),
        Line("- Ban Dân vận Đảng ủy phường Ba Đình;", "Dòng nơi nhận"),
        Line("- UBND phường Ba Đình;", "Dòng nơi nhận"),
        Line("- Lưu.", "Dòng nơi nhận"),
    ]
    assert reminders(paper) == ["", ""]


def test_page_and_letters_are_those_of_official_papers(cast: Cast) -> None:
    program = whole(cast)
    paper = paper_of(cast, program)
    page = paper.sections[0]
    sizes = [
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    ]
    assert [round(size.mm) for size in sizes] == [210, 297, 20, 20, 30, 15]
    font = "Times New Roman"
    assert looks(paper, "Tiêu đề Đảng") == (font, 15, True, False)
    assert looks(paper, "Tên loại") == (font, 16, True, False)
    assert looks(paper, "Số, ký hiệu") == (font, 14, False, False)
    assert looks(paper, "Nơi, ngày") == (font, 14, False, True)
    assert looks(paper, "Căn cứ") == (font, 14, False, True)
    assert looks(paper, "Nội dung") == (font, 14, False, False)
    assert looks(paper, "Người ký") == (font, 14, True, False)
    assert {run.font.name for one in paper.paragraphs for run in one.runs} == {None}  # styles alone decide
    assert paper.core_properties.title == program.document.title


def test_a_paper_led_by_the_state_takes_the_states_layout(cast: Cast) -> None:
    sides = [PartnerEntry(1, cast.partner), PartnerEntry(2, cast.ours)]
    paper = paper_of(cast, whole(cast, partners=sides, number="01/QCPH/UBND-BDVĐU"))
    said = texts(paper)
    assert said[:6] == [
        "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH -", "BAN DÂN VẬN ĐẢNG ỦY PHƯỜNG BA ĐÌNH", "Số: 01/QCPH/UBND-BDVĐU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ba Đình, ngày 05 tháng 01 năm 2022",
    ]  # fmt: skip
    assert texts(paper, "Phần")[0] == "I. MỤC ĐÍCH, YÊU CẦU"
    assert texts(paper, "Trích yếu") == ["Thực hiện công tác dân vận"]
    assert texts(paper, "Đoạn cuối") == ["Chế độ sơ kết: hằng năm./."]
    assert texts(paper, "Dòng nơi nhận")[-1] == "- Lưu: VT."
    assert looks(paper, "Tiêu ngữ") == ("Times New Roman", 13.5, True, False)


def test_a_draft_says_so_and_leaves_room_for_what_is_to_be_written(cast: Cast) -> None:
    draft = make_program(cast, "drafting", dated=parse_date(""), period="")
    paper = paper_of(cast, draft)
    day = timezone.localtime(Act.objects.about(draft).first().at)
    assert texts(paper, "Dự thảo") == [f"DỰ THẢO ngày {day.day}/{day.month}/{day.year}"]
    assert texts(paper, "Số, ký hiệu") == ["Số ………-CTrPH/BDVĐU-UBND"]
    assert texts(paper, "Nơi, ngày") == ["Ba Đình, ngày …… tháng …… năm ……"]
    assert texts(paper, "Phần") == [
        "I- MỤC ĐÍCH, YÊU CẦU", "II- NỘI DUNG PHỐI HỢP", "III- PHƯƠNG THỨC PHỐI HỢP",
        "IV- TRÁCH NHIỆM CỦA MỖI BÊN", "V- TỔ CHỨC THỰC HIỆN",
    ]  # fmt: skip
    ours, other = (one.name for one in (cast.ours, cast.partner))
    assert texts(paper, "Dòng nơi nhận") == [
        "- ……… (để báo cáo);", f"- {ours} (để thực hiện);", f"- {other} (để thực hiện);", "- Lưu."]  # fmt: skip
    told = PaperEntry("Báo cáo sơ kết", partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)])
    entry = ReviewEntry(told, program=draft, period=parse_period("năm 2022"))
    report = save_review(None, entry, by=cast.lan, keeper=cast.ours)
    assert texts(paper_of(cast, report, kind="review"), "Dòng nơi nhận")[1:3] == [
        f"- {ours} (để biết);", f"- {other} (để biết);"]  # fmt: skip


def test_a_signed_paper_not_yet_approved_is_no_draft_but_says_it_waits(cast: Cast) -> None:
    paper = paper_of(cast, make_program(cast, "waiting"))
    assert texts(paper, "Dự thảo") == []
    assert reminders(paper) == ["CHƯA ĐƯỢC DUYỆT TRÊN CỔNG"] * 2


def test_nothing_is_invented_for_a_signed_paper(cast: Cast) -> None:
    paper = paper_of(cast, make_program(cast, "approved", dated=parse_date("2022")))
    assert texts(paper, "Số, ký hiệu") == ["Số ………"]
    assert texts(paper, "Phần") == ["I- NỘI DUNG PHỐI HỢP"]
    assert texts(paper, "Người ký") == []


def test_a_text_the_portal_does_not_hold_is_dots(cast: Cast) -> None:
    bare = make_program(cast, "published", items=[])
    hidden = make_program(cast, "published", items=[ItemEntry("trong cơ quan", audience=Audience.BODY)])
    said = [
        texts(paper_of(cast, one, who), "Đoạn cuối")
        for one, who in ((bare, "lan"), (bare, "binh"), (hidden, "binh"))
    ]
    dots = "Nội dung: ………………"
    assert said == [[f"{dots} (chưa ghi trên cổng)"], [dots], [dots]]


def test_the_demonstration_says_so_on_every_page(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    assert reminders(paper_of(cast, whole(cast))) == ["BẢN TRÌNH DIỄN"] * 2


def test_a_regulation_stands_in_its_chapters(cast: Cast) -> None:
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này quy định.\nĐiều lệ được nhắc ở đây."
    paper = paper_of(cast, whole(cast, articles=text))
    assert texts(paper, "Chương") == ["Chương I", "QUY ĐỊNH CHUNG"]
    assert texts(paper, "Mục") == ["Điều 1. Phạm vi"]
    assert texts(paper, "Phần") == []
    assert texts(paper, "Đoạn cuối") == ["Điều lệ được nhắc ở đây."]


def test_each_takes_along_the_parts_they_may_read(cast: Cast) -> None:
    items = [
        ItemEntry("cho mọi người"),
        ItemEntry("cho các bên", audience=Audience.PARTIES),
        ItemEntry("của cơ quan soạn", audience=Audience.BODY),
    ]
    program = whole(cast, "published", items=items)
    read = {who: [line for line in texts(paper_of(cast, program, who)) if line[0].isdigit()] for who in
            ("lan", "phuc", "thu", "binh")}  # fmt: skip
    parties = ["1- cho mọi người.", "2- cho các bên."]
    assert read == {
        "lan": [*parties, "3- của cơ quan soạn."],
        "phuc": parties,
        "thu": parties,
        "binh": parties[:1],
    }


def test_an_inspector_leaves_a_trace(cast: Cast) -> None:
    program = whole(cast)
    paper_of(cast, program, "kien")
    assert [act.verb for act in Act.objects.about(program).filter(person=cast.kien)] == ["read"]


@pytest.mark.parametrize(("model", "kind"), [(Plan, "plan"), (Amendment, "amendment")])
def test_a_paper_beside_a_programme_has_its_own_head_and_one_place_to_sign(
    cast: Cast, model: type, kind: str
) -> None:
    entry = PlanEntry(
        paper=PaperEntry(
            title="Kế hoạch công tác dân vận chính quyền",
            type_printed="Kế hoạch",
            number="34/KH-UBND",
            dated=parse_date("24/1/2018"),
            partners=[PartnerEntry(1, cast.partner)],
            signatures=[signed(cast, 1, "Trần Thị B", "Phó Chủ tịch", "KT")],
        ),
        program=make_program(cast, "approved"),
        period=parse_period("năm 2018"),
        content="I. MỤC ĐÍCH\nĐổi mới phương thức.\nII. NHIỆM VỤ\nTiếp dân.",
    )
    record = save_companion(None, entry, model=model, by=cast.lan, keeper=cast.ours)
    paper = paper_of(cast, record, kind=kind)
    assert texts(paper)[:5] == ["ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH", "Số: 34/KH-UBND",
                                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                                "Ba Đình, ngày 24 tháng 01 năm 2018"]  # fmt: skip
    assert texts(paper, "Mục") == ["I. MỤC ĐÍCH", "II. NHIỆM VỤ"]
    assert texts(paper)[-6:] == ["Nơi nhận:", "- Lưu: VT.",
                                 "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị B"]  # fmt: skip


def test_the_name_of_the_file_says_what_it_is(cast: Cast) -> None:
    draft = make_program(cast, "drafting", title="Phối hợp: “dân vận”", dated=parse_date(""))
    answer = cast.client("lan").get(
        reverse("programs:word_program", args=[draft.code]), headers={"accept-encoding": "gzip"}
    )
    assert answer["Content-Disposition"] == 'attachment; filename="du-thao-phoi-hop-dan-van.docx"'
    assert not answer.has_header("Content-Encoding")


def test_the_programmes_of_a_body_stand_in_a_table(cast: Cast) -> None:
    make_program(cast, "published", number="07-CTrPH/BDVĐU-UBND", period="2022-2035")
    make_program(cast, "approved", title="Đã hết hạn", period="2011-2016", dated=parse_date("1/2/2011"))
    answer = cast.client("lan").get(reverse("programs:word_body_sheet", args=[cast.ours.code]))
    paper = opened(answer.content)
    assert texts(paper, "Đầu danh sách") == ["BAN DÂN VẬN ĐẢNG ỦY PHƯỜNG BA ĐÌNH"]
    assert texts(paper, "Trích yếu") == ["2 chương trình, 1 đang có hiệu lực."]
    (table,) = paper.tables[1:]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[:4] for row in rows] == [
        ["TT", "Các bên, tên gọi", "Số, ngày ký", "Giai đoạn"],
        ["Đang có hiệu lực"] * 4,
        [
            "1",
            "Với UBND phường Ba Đình: Phối hợp thực hiện công tác dân vận",
            "07-CTrPH/BDVĐU-UBND, ký 14/4/2022",
            "2022\u2060–\u20602035",
        ],
        ["Chương trình khác"] * 4,
        ["1", "Với UBND phường Ba Đình: Đã hết hạn", "ký 1/2/2011", "2011\u2060–\u20602016"],
    ]
    assert [rows[2][4].endswith("công khai"), rows[4][4]] == [True, "Hết hạn 31/12/2016, nội bộ"]


def test_a_list_longer_than_a_page_says_so(cast: Cast) -> None:
    def summary(inside: int, unapproved: int, **how: bool) -> str:
        hit = Hit("A và B", "/")
        return Sheet(cast.ours, [hit] * inside, [], [], [hit] * unapproved, **how).summary

    whole = "16 chương trình, 16 đang có hiệu lực. Chưa tính 8 bản chưa duyệt."
    assert summary(16, 8) == whole
    assert summary(16, 9) == f"{whole.replace('8', '9')} Danh sách dài, có thể sang trang sau."
    assert summary(200, 0, is_cut=True).endswith("sang trang sau. Chỉ ghi 200 chương trình mới nhất.")

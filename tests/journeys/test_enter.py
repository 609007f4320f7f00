"""J1a and J1b: a clerk enters a programme, from the number line of an article or from the full paper."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.actions.documents import BasisEntry, cited_by
from portal.actions.registers import rebuild_reach
from portal.models import Document, Organization, State
from portal.paste import split_bases
from programs.models import Program
from tests.cast import Cast, make_body
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
LAST_DAY = date(2025, 6, 30)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NUMBER_LINE = "Số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022"


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
    clerk.tick("partners-0-name-giu-nguyen")
    clerk.tick("partners-1-name-giu-nguyen")
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


ITEMS = [
    "Cụ thể hóa chủ trương của Đảng, chính sách, pháp luật của Nhà nước thành việc làm của từng cơ quan",
    "Đẩy mạnh cải cách hành chính, lấy sự hài lòng của người dân, doanh nghiệp làm thước đo",
    "Nâng cao chất lượng tiếp công dân, đối thoại trực tiếp với Nhân dân",
    "Thực hiện dân chủ ở cơ sở, để dân biết, dân bàn, dân kiểm tra, dân thụ hưởng",
    "Vận động Nhân dân đồng thuận với các dự án thu hồi đất, giải phóng mặt bằng",
    "Phát động thi đua “Dân vận khéo”, nhân rộng mô hình, điển hình tốt",
    "Bồi dưỡng kỹ năng dân vận cho cán bộ, công chức, viên chức",
]
BASES = [
    "Quy chế số 238-QĐ/TW ngày 30/9/2020 của Ban Bí thư",
    "Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương",
    "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ",
    "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ",
    "Kế hoạch số 12-KH/QU ngày 10/01/2022 của Quận ủy Ba Đình",
]
TITLE = "Phối hợp thực hiện công tác dân vận trên địa bàn quận giai đoạn 2022 – 2026"
SIGNERS = [("Nguyễn Văn An", "Trưởng Ban Dân vận"), ("Trần Thị Bình", "Chủ tịch UBND quận")]


@pytest.fixture
def ba_dinh(cast: Cast) -> Cast:
    """The bodies of quận Ba Đình that ended in 2025, as the register of the ward that followed has them."""
    cast.bodies |= {
        "board": make_body("Ban Dân vận Quận ủy Ba Đình", abbreviation="BDVQU", ended_on=LAST_DAY),
        "propaganda": make_body("Ban Tuyên giáo Quận ủy Ba Đình", abbreviation="BTGQU", ended_on=LAST_DAY),
        "council": make_body("HĐND quận Ba Đình", abbreviation="HĐND", ended_on=LAST_DAY),
        "committee": make_body("UBND quận Ba Đình", abbreviation="UBND", ended_on=LAST_DAY),
    }
    rebuild_reach()
    return cast


def register_paper(line: str) -> Document | None:
    """A paper the shared register already has."""
    (basis,) = split_bases(line)
    [paper] = cited_by([BasisEntry(line, number=basis.symbol.printed, title=basis.title)], by=None)
    paper.looked_at = True
    paper.save()
    return paper


def fill_head(clerk: Walker) -> None:
    """What stands at the head of the paper, and who signed it."""
    clerk.type("title", TITLE)
    clerk.pick("partners-0-name", "ban dan van quan uy", "Ban Dân vận Quận ủy Ba Đình (đến 30/6/2025)")
    clerk.type("partners-1-name", "HĐND - UBND quận Ba Đình")


def sign(clerk: Walker) -> None:
    """Two persons, one a side, each with the capacity printed under the name."""
    for index, (name, capacity) in enumerate(SIGNERS):
        clerk.add_row("signatures", "Thêm người ký")
        clerk.type(f"signatures-{index}-name", name)
        clerk.type(f"signatures-{index}-capacity", capacity)
    clerk.choose("signatures-1-side", "Bên 2")
    clerk.choose("signatures-1-authority", "TM. (thay mặt)")


def holds_the_paper(cast: Cast, before_bases: str = "") -> None:
    """The record says what the paper says."""
    program = Program.objects.get()
    document = program.document
    assert program.state == State.WAITING
    assert (document.number, str(document.dated), str(program.period)) == (
        "12-CTrPH/BDVQU-HĐND-UBND", "14/4/2022", "2022–2026"
    )  # fmt: skip
    together = "HĐND - UBND quận Ba Đình"
    assert parties(program) == [
        (1, cast.board, ""),
        (2, cast.council, together),
        (2, cast.committee, together),
    ]
    assert [item.text for item in program.items.all()] == ITEMS
    assert {item.audience for item in program.items.all()} == {"public"}
    assert program.stated_item_count == 7
    assert [(one.side, one.person.name, one.capacity, one.authority) for one in document.signatures.all()] == [
        (1, *SIGNERS[0], ""), (2, *SIGNERS[1], "TM")
    ]  # fmt: skip
    assert [one.printed for one in document.citations.all()] == [before_bases + line for line in BASES]
    assert [one.cited.number for one in document.citations.all()][-1] == "12-KH/QU"


def test_j1b_the_full_paper_pasted(ba_dinh: Cast, walk: Walk, tmp_path: Path) -> None:
    known = [register_paper(line) for line in BASES[:4]]
    paper = tmp_path / "CTPH so 12.pdf"
    paper.write_bytes(PDF)
    clerk = walk("lan", "/lam-viec/")
    clerk.follow("Nhập văn bản")
    clerk.follow("Chương trình, quy chế phối hợp")
    clerk.paste("number_line", "Số 12-CTrPH/BDVQU-HĐND-UBND ngày 14 tháng 4 năm 2022")
    fill_head(clerk)
    clerk.glance("period", re.compile("2022"))
    sign(clerk)
    clerk.paste("bases-dan", "\n".join(f"- Căn cứ {line};" for line in BASES))
    clerk.glance("bases-4-text", f"Căn cứ {BASES[4]}")
    clerk.paste("items-dan", "\n".join(f"{number}. {line}." for number, line in enumerate(ITEMS, 1)))
    clerk.glance("items-6-text", re.compile("^Bồi dưỡng kỹ năng dân vận"))
    clerk.type("stated_item_count", "7 nội dung")
    clerk.attach("tep", paper)
    clerk.read(re.compile("đã gửi, chỉ cơ quan soạn thấy"))
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    clerk.keeps("J1b")
    holds_the_paper(ba_dinh, before_bases="Căn cứ ")
    document = Program.objects.get().document
    assert [one.cited for one in document.citations.all()][:4] == known
    assert [(one.name, one.audience) for one in document.attachments.all()] == [(paper.name, "body")]


def test_j1b_the_full_paper_without_pasting(ba_dinh: Cast, walk: Walk) -> None:
    clerk = walk("lan", "/lam-viec/")
    clerk.follow("Nhập văn bản")
    clerk.follow("Chương trình, quy chế phối hợp")
    clerk.type("number", "12-CTrPH/BDVQU-HĐND-UBND")
    clerk.type("dated", "14/4/22")
    fill_head(clerk)
    sign(clerk)
    for index, line in enumerate(BASES):
        clerk.add_row("bases", "Thêm căn cứ")
        clerk.type(f"bases-{index}-text", line)
    for index, line in enumerate(ITEMS):
        clerk.add_row("items", "Thêm nội dung")
        clerk.type(f"items-{index}-text", line)
    clerk.type("stated_item_count", "7")
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    clerk.keeps("J1b without paste")
    holds_the_paper(ba_dinh)

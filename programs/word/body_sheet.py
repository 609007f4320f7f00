"""The programmes of one body on an A4 page: the words of the list, and its layout."""

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.models import Organization
from portal.word import drawing
from portal.word.letterhead import reminder, spelled
from portal.word.rendering import render
from programs.sheet import SheetRow

WORDS = {
    "loi_nhac": "dòng nhắc ở đầu mọi trang",
    "co_quan": "tên cơ quan, chữ hoa",
    "in_luc": "giờ, ngày lập danh sách",
    "tom_tat": "số chương trình",
    "nhom": "các nhóm: mỗi nhóm có ten và chuong_trinh; mỗi chương trình có tt, cac_ben, ten_goi, so, ngay_ky, giai_doan, tinh_trang",
}
WIDTHS = [8.5, 86.0, 38.0, 19.5, 30.0]
HEADS = ["TT", "Các bên, tên gọi", "Số, ngày ký", "Giai đoạn", "Tình trạng"]


def sheet_file(
    body: Organization, groups: list[tuple[str, list[SheetRow]]], *, summary: str, printed: str
) -> bytes:
    """The list as a Word file; ``groups`` are headings with their lines."""
    words = {
        "loi_nhac": reminder(),
        "co_quan": spelled(body.name).upper(),
        "in_luc": printed,
        "tom_tat": summary,
        "nhom": [
            {"ten": heading, "chuong_trinh": [_line(place, row) for place, row in enumerate(rows, 1)]}
            for heading, rows in groups
        ],
    }
    return render("body-sheet", words, body=body, title=f"Chương trình phối hợp của {body.name}")


def _line(place: int, row: SheetRow) -> dict[str, str]:
    return {
        "tt": str(place),
        "cac_ben": row.parties,
        "ten_goi": row.title,
        "so": row.number,
        "ngay_ky": row.signed,
        "giai_doan": row.hit.when.replace("–", "\u2060–\u2060"),  # never broken at its dash
        "tinh_trang": row.standing,
    }


def samples() -> list[dict[str, Any]]:
    """A list of two groups, and an empty one."""
    line = {"tt": "1", "cac_ben": "Cơ quan A và cơ quan B", "ten_goi": "Phối hợp một việc", "so": "01-CTrPH/A-B",
            "ngay_ky": "ký 5/2/2026", "giai_doan": "2026–2030", "tinh_trang": "Đang hiệu lực"}  # fmt: skip
    groups = [{"ten": name, "chuong_trinh": [line]} for name in ("Đang có hiệu lực", "Chương trình khác")]
    head = {"loi_nhac": "", "co_quan": "CƠ QUAN A", "in_luc": "8:00, 5/2/2026", "tom_tat": "2 chương trình."}
    return [head | {"nhom": groups}, head | {"nhom": []}]


def draw() -> Document:
    """The layout: whose list, when, how many, then a table a group."""
    paper = drawing.blank()
    page = paper.sections[0]
    page.left_margin = page.right_margin = page.top_margin = drawing.Mm(14)
    page.bottom_margin = drawing.Mm(12)
    for name in ("Ô bảng", "Đầu bảng"):  # eighteen programmes on one page
        paper.styles[name].font.size = drawing.Pt(9.5)
        paper.styles[name].paragraph_format.space_before = paper.styles[name].paragraph_format.space_after = (
            drawing.Pt(0)
        )
    paper.styles["Nhóm"].font.size = drawing.Pt(11.5)
    paper.styles["Nhóm"].paragraph_format.space_before = drawing.Pt(5)
    paper.styles["Nhóm"].paragraph_format.space_after = drawing.Pt(2)
    left, right = drawing.add_row(drawing.table(paper, [117.0, 65.0]))
    drawing.styled(left, "Đầu danh sách", "{{ co_quan }}")
    drawing.styled(right, "Ngày danh sách", "{{ in_luc }}")
    drawing.drop_first(left)
    drawing.drop_first(right)
    drawing.styled(paper, "Tên loại", "CHƯƠNG TRÌNH PHỐI HỢP").paragraph_format.space_before = drawing.Pt(6)
    drawing.styled(paper, "Trích yếu", "{{ tom_tat }}")
    drawing.tag(paper, "for nhom_nay in nhom")
    drawing.styled(paper, "Nhóm", "{{ nhom_nay.ten }}")
    lines = drawing.table(paper, WIDTHS, padding=1.5)
    lines.style = paper.styles["Table Grid"]
    for cell, head in zip(drawing.add_row(lines), HEADS, strict=True):
        drawing.styled(cell, "Đầu bảng", head)
        drawing.drop_first(cell)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    lines.rows[0]._tr.get_or_add_trPr().append(repeated)
    drawing.row_tag(lines, "for dong in nhom_nay.chuong_trinh")
    number, parties, symbol, period, standing = drawing.add_row(lines)
    drawing.styled(number, "Ô bảng", "{{ dong.tt }}")
    drawing.styled(parties, "Ô bảng", "{{ dong.cac_ben }}").runs[0].bold = True
    drawing.when(parties, "dong.ten_goi", "Ô bảng", "{{ dong.ten_goi }}")
    drawing.when(symbol, "dong.so", "Ô bảng", "{{ dong.so }}")
    drawing.styled(symbol, "Ô bảng", "{{ dong.ngay_ky }}")
    drawing.styled(period, "Ô bảng", "{{ dong.giai_doan }}")
    drawing.styled(standing, "Ô bảng", "{{ dong.tinh_trang }}")
    for cell in (number, parties, symbol, period, standing):
        drawing.drop_first(cell)
    drawing.row_tag(lines, "endfor")
    drawing.tag(paper, "endfor")
    drawing.styled(paper, "Dòng nơi nhận")
    return paper

"""The programmes of one body on an A4 page: the words of the list, and its layout."""

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.models import Organization
from portal.templatetags.ui import CHIPS
from portal.word import drawing
from portal.word.letterhead import reminder, spelled
from portal.word.rendering import render
from programs.listing import Hit

WORDS = {
    "loi_nhac": "dòng nhắc ở đầu mọi trang",
    "co_quan": "tên cơ quan, chữ hoa",
    "in_luc": "giờ, ngày lập danh sách",
    "tom_tat": "số chương trình",
    "nhom": "các nhóm: mỗi nhóm có ten và chuong_trinh; mỗi chương trình có tt, cac_ben, ten_goi, so, ngay_ky, giai_doan, tinh_trang",
}
WIDTHS = [9.0, 79.0, 30.0, 21.0, 36.0]
HEADS = ["TT", "Các bên, tên gọi", "Số, ngày ký", "Giai đoạn", "Tình trạng"]


def sheet_file(
    body: Organization, groups: list[tuple[str, list[Hit]]], *, summary: str, printed: str
) -> bytes:
    """The list as a Word file; ``groups`` are headings with their lines."""
    words = {
        "loi_nhac": reminder(),
        "co_quan": spelled(body.name).upper(),
        "in_luc": printed,
        "tom_tat": summary,
        "nhom": [
            {"ten": heading, "chuong_trinh": [_line(place, hit) for place, hit in enumerate(hits, 1)]}
            for heading, hits in groups
        ],
    }
    return render("body-sheet", words, body=body, title=f"Chương trình phối hợp của {body.name}")


def _line(place: int, hit: Hit) -> dict[str, str]:
    chips = [words or CHIPS[kind].words for kind, words in hit.said_chips]
    return {
        "tt": str(place),
        "cac_ben": hit.title,
        "ten_goi": hit.line,
        "so": hit.number,
        "ngay_ky": hit.when_line,
        "giai_doan": hit.when,
        "tinh_trang": " · ".join(filter(None, [*chips, hit.tail])),
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
    page.left_margin = page.right_margin = drawing.Mm(17.5)
    left, right = drawing.add_row(drawing.table(paper, [110.0, 65.0]))
    drawing.styled(left, "Đầu danh sách", "{{ co_quan }}")
    drawing.styled(right, "Ngày danh sách", "{{ in_luc }}")
    drawing.drop_first(left)
    drawing.drop_first(right)
    drawing.styled(paper, "Tên loại", "CHƯƠNG TRÌNH PHỐI HỢP")
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

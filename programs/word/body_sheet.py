"""The programmes of one body on an A4 page: the words of the list, and its layout."""

from typing import Any

from docx.document import Document

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
WIDTHS = [7.5, 95.0, 34.0, 17.5, 28.0]
SIZES = [
    ("Ô bảng", 9, 0, 0),
    ("Đầu bảng", 9, 0, 0),
    ("Nhóm", 10, 1, 1),
    ("Tên loại", 13, 4, 0),
    ("Trích yếu", 10.5, 0, 4),
    ("Đầu danh sách", 10.5, 0, 0),
    ("Ngày danh sách", 10.5, 0, 0),
]
"""Of the styles of the sheet: points, points before and after. Twenty-four programmes stand on one page."""
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
    """The layout: whose list, when, how many, then one table with a heading a group; as many lines as a page holds."""
    paper = drawing.blank()
    page = paper.sections[0]
    page.left_margin = page.right_margin = page.top_margin = drawing.Mm(14)
    page.bottom_margin = drawing.Mm(12)
    drawing.number_below(paper)
    for name, size, before, after in SIZES:
        paper.styles[name].font.size = drawing.Pt(size)
        form = paper.styles[name].paragraph_format
        form.space_before, form.space_after = drawing.Pt(before), drawing.Pt(after)
    left, right = drawing.add_row(drawing.table(paper, [117.0, 65.0]))
    drawing.styled(left, "Đầu danh sách", "{{ co_quan }}")
    drawing.styled(right, "Ngày danh sách", "{{ in_luc }}")
    drawing.drop_first(left)
    drawing.drop_first(right)
    drawing.styled(paper, "Tên loại", "CHƯƠNG TRÌNH PHỐI HỢP")
    drawing.styled(paper, "Trích yếu", "{{ tom_tat }}")
    drawing.tag(paper, "if nhom")
    lines = drawing.table(paper, WIDTHS, padding=1.2)
    lines.style = paper.styles["Table Grid"]
    for cell, head in zip(drawing.add_row(lines), HEADS, strict=True):
        drawing.styled(cell, "Đầu bảng", head)
        drawing.drop_first(cell)
    drawing.repeat_head(lines)
    drawing.row_tag(lines, "for nhom_nay in nhom")
    whole = drawing.add_row(lines)
    heading = whole[0].merge(whole[-1])
    drawing.styled(heading, "Nhóm", "{{ nhom_nay.ten }}")
    while len(heading.paragraphs) > 1:
        drawing.drop_first(heading)
    drawing.row_tag(lines, "for dong in nhom_nay.chuong_trinh")
    number, parties, symbol, period, standing = drawing.add_row(lines)
    drawing.styled(number, "Ô bảng", "{{ dong.tt }}")
    named = drawing.styled(parties, "Ô bảng")
    named.add_run("{{ dong.cac_ben }}").bold = True
    named.add_run("{% if dong.ten_goi %}: {{ dong.ten_goi }}{% endif %}")
    drawing.styled(symbol, "Ô bảng", "{% if dong.so %}{{ dong.so }}, {% endif %}{{ dong.ngay_ky }}")
    drawing.styled(period, "Ô bảng", "{{ dong.giai_doan }}")
    drawing.styled(standing, "Ô bảng", "{{ dong.tinh_trang }}")
    for cell in (number, parties, symbol, period, standing):
        drawing.drop_first(cell)
    drawing.row_tag(lines, "endfor")
    drawing.row_tag(lines, "endfor")
    drawing.tag(paper, "endif")
    drawing.styled(paper, "Đường kẻ")  # a paper never ends with a table
    return paper

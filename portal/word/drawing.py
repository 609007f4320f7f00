"""The layout of the templates: page, styles, head, title, text, signatures, recipients, drawn once with python-docx.

``manage.py draw_word`` writes what is drawn here into the committed .docx files; a test holds the two
together. The head and the foot of every paper are drawn by :func:`head` and :func:`foot` alone. Sizes are
those of the sample tables of Nghị định 30/2020/NĐ-CP and Hướng dẫn 36-HD/VPTW.
"""

from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from portal.word.letterhead import Layout

FONT = "Times New Roman"
SEAL_RED = RGBColor(0xA6, 0x1B, 0x1B)
WIDTH = 165
"""Of the text, in millimetres: A4 less 30 on the left and 15 on the right."""
ANNEX = [10.0, 75.0, 80.0]
"""How wide the columns of an annex are: its number, what it is about, what is said of it."""
ROOM_TO_SIGN = 3
"""Empty lines between a post and a name."""
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT

# name: size, bold, italic, alignment, points before, points after
STYLES: dict[str, tuple[float, bool, bool, Any, float, float]] = {
    "Lời nhắc": (10, True, False, CENTRE, 0, 0),
    "Số trang": (13, False, False, CENTRE, 0, 0),
    "Quốc hiệu": (12.5, True, False, CENTRE, 0, 0),
    "Tiêu ngữ": (13.5, True, False, CENTRE, 0, 0),
    "Tiêu đề Đảng": (15, True, False, CENTRE, 0, 0),
    "Cơ quan cấp trên": (12.5, False, False, CENTRE, 0, 0),
    "Cơ quan ban hành": (12.5, True, False, CENTRE, 0, 0),
    "Số, ký hiệu": (13, False, False, CENTRE, 4, 0),
    "Về việc": (12, False, False, CENTRE, 4, 0),
    "Kính gửi": (14, False, False, CENTRE, 18, 12),
    "Dự thảo": (12, True, False, CENTRE, 6, 0),
    "Nơi, ngày": (13.5, False, True, CENTRE, 4, 0),
    "Đường kẻ": (2, False, False, CENTRE, 4, 0),
    "Tên loại": (14, True, False, CENTRE, 18, 0),
    "Trích yếu": (14, True, False, CENTRE, 0, 0),
    "Căn cứ": (14, False, True, JUSTIFY, 0, 6),
    "Phần": (14, True, False, JUSTIFY, 6, 6),
    "Chương": (14, True, False, CENTRE, 2, 4),
    "Mục": (14, True, False, JUSTIFY, 0, 6),
    "Nội dung": (14, False, False, JUSTIFY, 0, 6),
    "Đoạn cuối": (14, False, False, JUSTIFY, 0, 6),
    "Quyền hạn, chức vụ": (13.5, True, False, CENTRE, 0, 0),
    "Cuối ô ký": (2, False, False, CENTRE, 4, 0),
    "Chỗ ký": (14, False, False, CENTRE, 0, 0),
    "Người ký": (14, True, False, CENTRE, 0, 10),
    "Nơi nhận": (12, True, True, LEFT, 0, 0),
    "Dòng nơi nhận": (11, False, False, LEFT, 0, 0),
    "Đầu danh sách": (12, True, False, LEFT, 0, 0),
    "Ngày danh sách": (12, False, True, RIGHT, 0, 0),
    "Nhóm": (13, True, False, LEFT, 10, 4),
    "Ô bảng": (11, False, False, LEFT, 1, 1),
    "Đầu bảng": (11, True, False, CENTRE, 2, 2),
}
PARTY_SIZES = {"Cơ quan cấp trên": 14, "Cơ quan ban hành": 14, "Số, ký hiệu": 14, "Nơi, ngày": 14, "Tên loại": 16,
               "Quyền hạn, chức vụ": 14, "Nơi nhận": 13, "Dòng nơi nhận": 12}  # fmt: skip
INDENTED = ("Căn cứ", "Phần", "Mục", "Nội dung", "Đoạn cuối")
KEPT_WITH_NEXT = (
    "Phần",
    "Chương",
    "Mục",
    "Đoạn cuối",
    "Quyền hạn, chức vụ",
    "Chỗ ký",
    "Người ký",
    "Cuối ô ký",
    "Tên loại",
    "Nhóm",
    "Đầu bảng",
)


def official_paper(layout: Layout) -> Document:
    """A paper with head, title, bases, parts, signatures and recipients."""
    paper = blank(layout)
    head(paper, layout, may_be_letter=True)
    tag(paper, "if loai")
    title(paper, layout)
    tag(paper, "endif")
    each(paper, "dong", "can_cu", "Căn cứ", "{{ dong }}")
    when(paper, "kinh_gui", "Kính gửi", "{{ kinh_gui }}")
    when(paper, "mo_dau", "Nội dung", "{{ mo_dau }}")
    tag(paper, "for phan in cac_phan")
    when(paper, "phan.tieu_de", "Phần", "{{ phan.tieu_de }}")
    tag(paper, "for doan in phan.doan")
    when(paper, "doan.giua", "Chương", "{{ doan.chu }}")
    when(paper, "doan.muc and not doan.giua", "Mục", "{{ doan.chu }}")
    when(paper, "doan.cuoi and not doan.muc", "Đoạn cuối", "{{ doan.chu }}")
    when(paper, "not doan.cuoi and not doan.muc", "Nội dung", "{{ doan.chu }}")
    tag(paper, "endfor")
    tag(paper, "endfor")
    foot(paper)
    annexes(paper)
    return paper


# --- page and styles


def blank(layout: Layout = Layout.STATE) -> Document:
    """An A4 page with the house's styles, the page number above from the second page on, the reminder on every one."""
    paper = docx.Document()
    _forget_origin(paper)
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = page.footer_distance = Mm(7)
    _styles(paper, layout)
    page.different_first_page_header_footer = True
    for header, numbered in ((page.first_page_header, False), (page.header, True)):
        header.is_linked_to_previous = False
        number = header.paragraphs[0]
        number.style = paper.styles["Số trang"]
        if numbered:
            _field(number, "PAGE")
        else:
            number._p.getparent().remove(number._p)
        tag(header, "if loi_nhac")
        header.add_paragraph("{{ loi_nhac }}", style=paper.styles["Lời nhắc"])
        tag(header, "endif")
        header.add_paragraph(style=paper.styles["Đường kẻ"])  # a header never ends empty
    return paper


def number_below(paper: Document) -> None:
    """Number every page at its foot, of how many ("1/2"), and no more above."""
    page = paper.sections[0]
    above = page.header.paragraphs[0]._p
    above.getparent().remove(above)
    for footer in (page.first_page_footer, page.footer):
        footer.is_linked_to_previous = False
        number = footer.paragraphs[0]
        number.style, number.alignment = paper.styles["Dòng nơi nhận"], RIGHT
        _field(number, "PAGE")
        number.add_run("/")
        _field(number, "NUMPAGES")


def landscape(paper: Document) -> None:
    """Turn the page."""
    page = paper.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)


def _forget_origin(paper: Document) -> None:
    """Drop what the library's own blank page brings: its picture, its author, its day."""
    package = paper.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
    about = paper.core_properties
    about.author = about.comments = about.title = about.last_modified_by = ""
    about.created = about.modified = datetime(2026, 1, 1)
    about.language = "vi-VN"


def _styles(paper: Document, layout: Layout) -> None:
    usual = paper.styles["Normal"]
    _font(usual, 14)
    usual.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    usual.element.get_or_add_rPr().append(language)
    sizes = PARTY_SIZES if layout == Layout.PARTY else {}
    for name, (size, bold, italic, alignment, before, after) in STYLES.items():
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = usual, True
        _font(style, sizes.get(name, size), bold=bold, italic=italic)
        form = style.paragraph_format
        form.alignment, form.space_before, form.space_after = alignment, Pt(before), Pt(after)
        form.keep_with_next = name in KEPT_WITH_NEXT
        if name in INDENTED:
            form.first_line_indent, form.line_spacing = Mm(12.7), 1.15
    paper.styles["Lời nhắc"].font.color.rgb = SEAL_RED
    if layout == Layout.PARTY:
        paper.styles["Về việc"].font.italic = True
        recipients = paper.styles["Nơi nhận"].font
        recipients.underline, recipients.bold, recipients.italic = True, False, False


def _font(style: ParagraphStyle, size: float, *, bold: bool = False, italic: bool = False) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _field(paragraph: Paragraph, words: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), words)
    paragraph._p.append(field)


# --- words of the template


def tag(where: Any, words: str) -> None:
    """A template tag on a paragraph of its own, which disappears."""
    where.add_paragraph(f"{{%p {words} %}}")


def each(where: Any, one: str, many: str, style: str, text: str) -> None:
    """A paragraph for each of a list."""
    tag(where, f"for {one} in {many}")
    styled(where, style, text)
    tag(where, "endfor")


def when(where: Any, condition: str, style: str, text: str) -> None:
    """A paragraph that stands only when something is there to say."""
    tag(where, f"if {condition}")
    styled(where, style, text)
    tag(where, "endif")


def styled(where: Any, style: str, text: str = "") -> Paragraph:
    """A paragraph of one of the house's styles."""
    paragraph = where.add_paragraph(text)
    paragraph.style = paragraph.part.document.styles[style]
    return paragraph


def rule(where: Any, inset: float) -> None:
    """A thin line across, this far from both edges, in millimetres."""
    line = styled(where, "Đường kẻ")
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(inset)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def table(where: Any, widths: list[float], padding: float = 0) -> Table:
    """A table without borders, of columns this wide, in millimetres; its rows are added."""
    drawn = where.add_table(rows=0, cols=len(widths))
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(padding).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Mm(width)
    return drawn


def add_row(drawn: Table) -> list[_Cell]:
    """One more row that no page break cuts, of empty cells as wide as their columns."""
    row = drawn.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = list(row.cells)
    for cell, column in zip(cells, drawn.columns, strict=True):
        cell.width = column.width
    return cells


def row_tag(drawn: Table, words: str) -> None:
    """A template tag on a row of its own, which disappears."""
    add_row(drawn)[0].paragraphs[0].text = f"{{%tr {words} %}}"


def drop_first(cell: _Cell) -> None:
    """Take away the empty paragraph a cell is born with, once it holds another."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


# --- head and foot, the same on every paper


def head(paper: Any, layout: Layout, *, may_be_letter: bool = False) -> None:
    """Who issues it under which number on the left; the country or the Party, place and date on the right.

    A letter has no type: what it is about stands under its number.
    """
    party = layout == Layout.PARTY
    widths = [80.0, WIDTH - 80.0] if party else [70.0, WIDTH - 70.0]
    left, right = add_row(table(paper, widths))
    when(left, "co_quan_tren", "Cơ quan cấp trên", "{{ co_quan_tren }}")
    each(left, "dong", "co_quan", "Cơ quan ban hành", "{{ dong }}")
    if party:
        styled(left, "Cơ quan ban hành", "*")
    else:
        rule(left, (widths[0] - 28) / 2)
    styled(left, "Số, ký hiệu", "{{ so }}")
    if may_be_letter:
        when(left, "ve_viec", "Về việc", "{{ ve_viec }}")
    when(left, "du_thao", "Dự thảo", "{{ du_thao }}")
    if party:
        styled(right, "Tiêu đề Đảng", "ĐẢNG CỘNG SẢN VIỆT NAM")
        rule(right, (widths[1] - 76) / 2)
    else:
        styled(right, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        styled(right, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
        rule(right, (widths[1] - 60) / 2)
    styled(right, "Nơi, ngày", "{{ noi_ngay }}")
    drop_first(left)
    drop_first(right)


def title(paper: Any, layout: Layout) -> None:
    """The type of the paper and what it is about."""
    styled(paper, "Tên loại", "{{ loai }}")
    when(paper, "trich_yeu", "Trích yếu", "{{ trich_yeu }}")
    if layout == Layout.PARTY:
        styled(paper, "Trích yếu", "-----").paragraph_format.space_after = Pt(10)
    else:
        rule(paper, (WIDTH - 50) / 2)
        paper.paragraphs[-1].paragraph_format.space_after = Pt(10)


def foot(paper: Any) -> None:
    """Where each side signs, the leading body on the right; then who receives it: one row that no page break cuts."""
    whole = add_row(table(paper, [WIDTH]))[0]
    tag(whole, "if hang_ky")
    styled(whole, "Chỗ ký")
    rows = table(whole, [WIDTH / 2, WIDTH / 2])
    row_tag(rows, "for hang in hang_ky")
    row_tag(rows, "if hang.giua")
    for draw in (standing, signer):
        both = add_row(rows)
        draw(both[0].merge(both[1]), "hang.giua")
    row_tag(rows, "else")
    for draw in (standing, signer):  # two rows: the names stand level whatever stands above them
        left, right = add_row(rows)
        draw(left, "hang.trai")
        draw(right, "hang.phai")
    row_tag(rows, "endif")
    row_tag(rows, "endfor")
    tag(whole, "endif")
    left, right = add_row(table(whole, [WIDTH * 0.45, WIDTH * 0.55]))
    styled(left, "Nơi nhận", "Nơi nhận:")
    each(left, "dong", "noi_nhan", "Dòng nơi nhận", "{{ dong }}")
    drop_first(left)
    tag(right, "if ky_cuoi")
    standing(right, "ky_cuoi")
    signer(right, "ky_cuoi")
    tag(right, "endif")
    styled(right, "Dòng nơi nhận")  # a cell never ends empty
    drop_first(whole)
    for line in whole.paragraphs:
        if not line.text and line.style.name == "Normal":  # a table in a cell brings a line after it
            line.style = "Đường kẻ"


def annexes(paper: Any) -> None:
    """What goes with the paper behind its signatures: a table each, on a page of its own."""
    tag(paper, "for phu_luc_nay in phu_luc")
    styled(paper, "Tên loại", "{{ phu_luc_nay.ten }}").paragraph_format.page_break_before = True
    styled(paper, "Trích yếu", "{{ phu_luc_nay.tieu_de }}").paragraph_format.space_after = Pt(10)
    lines = table(paper, ANNEX, padding=1.5)
    lines.style = paper.styles["Table Grid"]
    heads = ("TT", "{{ phu_luc_nay.cot[0] }}", "{{ phu_luc_nay.cot[1] }}")
    for cell, words in zip(add_row(lines), heads, strict=True):
        styled(cell, "Đầu bảng", words)
        drop_first(cell)
    repeat_head(lines)
    row_tag(lines, "for dong in phu_luc_nay.dong")
    words = ("{{ dong.tt }}", "{{ dong.trai }}", "{{ dong.phai }}")
    for cell, said in zip(add_row(lines), words, strict=True):
        styled(cell, "Ô bảng", said)
        drop_first(cell)
    row_tag(lines, "endfor")
    tag(paper, "endfor")


def repeat_head(drawn: Table) -> None:
    """The first row stands again on top of every page the table runs over."""
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)


def standing(cell: _Cell, place: str) -> None:
    """Under which authority, for which body and in which post somebody signs."""
    each(cell, "dong", f"{place}.quyen_han", "Quyền hạn, chức vụ", "{{ dong }}")
    drop_first(cell)
    if place.startswith("hang."):
        styled(cell, "Cuối ô ký")  # a cell never ends empty


def signer(cell: _Cell, place: str) -> None:
    """Room for hand and seal, and the name."""
    for _ in range(ROOM_TO_SIGN):
        styled(cell, "Chỗ ký")
    styled(cell, "Người ký", f"{{{{ {place}.nguoi_ky }}}}")
    if place.startswith("hang."):
        drop_first(cell)

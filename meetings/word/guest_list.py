"""The guests of a conference as an official list in Word."""

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from meetings.guests import Guest, GuestList
from meetings.reading import MeetingReading
from meetings.word.heads import HEAD_WORDS, KEPT, Head, head_words, sample_heads
from portal.dates import PartialDate
from portal.text import slugify
from portal.word import drawing
from portal.word.letterhead import Layout, signing_place
from portal.word.papers import official_key
from portal.word.phrases import in_a_sentence, under_type
from portal.word.rendering import render

KEY = "guest-list"
WORDS = HEAD_WORDS | {
    "tom_tat": "số khách mời theo câu trả lời",
    "khach_moi": "các khách mời: mỗi khách có tt, ten, chuc_vu, tra_loi",
}
COLUMNS = {"tt": ("TT", 12.0), "ten": ("Họ và tên", 48.0), "chuc_vu": ("Chức vụ, cơ quan", 65.0), "tra_loi": ("Tham dự", 40.0)}  # fmt: skip


def guest_list_file(reading: MeetingReading) -> tuple[str, bytes]:
    """The list as a Word file: its name and its bytes."""
    head, guests = Head(reading, alone=True), GuestList(reading.record)
    paper = head.paper(
        "Danh sách",
        "",
        dated=PartialDate.unknown(),
        summary=under_type(head.layout, f"khách mời {in_a_sentence(reading.document.title)}"),
        signing=[signing_place(head.layout, head.names[0], None)],
        recipients=[KEPT[head.layout]],
    )
    words = head_words(paper.words()) | {
        "tom_tat": guests.sentence,
        "khach_moi": [line(place, one) for place, one in enumerate(guests.all(), 1)],
    }
    name = slugify(f"khach-moi {reading.document.title}", max_length=80)
    title = f"Danh sách khách mời: {reading.document.title}"
    return f"{name}.docx", render(official_key(KEY, head.layout), words, body=head.lead, title=title)


def line(place: int, guest: Guest) -> dict[str, str]:
    """One guest, and who stands in."""
    return {
        "tt": str(place),
        "ten": guest.called,
        "chuc_vu": guest.post,
        "tra_loi": guest.answer,
    }


def samples(layout: Layout) -> list[dict[str, Any]]:
    """A list of two, of one, and an empty one."""
    guest = {"tt": "1", "ten": "Họ và tên", "chuc_vu": "Chức vụ", "tra_loi": "sẽ dự"}
    lists = ([guest, guest], [guest], [])
    return [
        head | {"tom_tat": "2 khách mời.", "khach_moi": guests}
        for head, guests in zip(sample_heads(layout), lists, strict=True)
    ]


def draw(layout: Layout) -> Document:
    """Head, title, a ruled table whose head stands on every page, foot."""
    paper = drawing.blank(layout)
    drawing.head(paper, layout)
    drawing.title(paper, layout)
    drawing.styled(paper, "Nội dung", "{{ tom_tat }}")
    rows = drawing.table(paper, [width for _, width in COLUMNS.values()], padding=1.5)
    rows.style = paper.styles["Table Grid"]
    fill(drawing.add_row(rows), "Đầu bảng", [head for head, _ in COLUMNS.values()])
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    rows.rows[0]._tr.get_or_add_trPr().append(repeated)
    drawing.row_tag(rows, "for khach in khach_moi")
    fill(drawing.add_row(rows), "Ô bảng", [f"{{{{ khach.{name} }}}}" for name in COLUMNS])
    drawing.row_tag(rows, "endfor")
    drawing.styled(paper, "Chỗ ký")
    drawing.foot(paper)
    return paper


def fill(cells: list[Any], style: str, texts: list[str]) -> None:
    """Write a row."""
    for cell, text in zip(cells, texts, strict=True):
        drawing.styled(cell, style, text)
        drawing.drop_first(cell)

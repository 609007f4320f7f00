"""Invitations in Word: a letter for each guest, each beginning a page of its own, numbered from one."""

from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from meetings.clock import say_hour
from meetings.guests import Guest
from meetings.reading import MeetingReading
from meetings.word.heads import HEAD_WORDS, KEPT, Head, head_words, sample_heads
from portal.changes import capital
from portal.dates import PartialDate, Precision
from portal.text import slugify
from portal.word import drawing
from portal.word.letterhead import DOTS, Layout, punctuated, signing_place, spelled
from portal.word.papers import official_key
from portal.word.rendering import has_place_for, render

KEY = "invitation"
WORDS = HEAD_WORDS | {
    "co_quan_moi": "tên cơ quan mời",
    "khach_moi": "những người được mời, mỗi người một giấy mời",
    "cac_dong": "các dòng của giấy mời: mỗi dòng có nhan (Thời gian, Địa điểm…) và chu",
    "chuong_trinh": "các dòng của chương trình hội nghị: giờ và việc",
    "loi_ket": "lời kết",
}
ADDRESS = {Layout.PARTY: "đồng chí", Layout.STATE: "Ông/Bà"}


def invitation_file(reading: MeetingReading, guests: list[Guest]) -> tuple[str, bytes]:
    """The letters to these guests as one Word file: its name and its bytes."""
    head = Head(reading, alone=True)
    paper = head.paper(
        "Giấy mời",
        "GM",
        dated=PartialDate.unknown(),
        # Nobody records who will sign it: the inviting body stands there, room for hand, seal and name is left.
        signing=[signing_place(head.layout, head.names[0], None)],
        recipients=["Như trên", KEPT[head.layout]],
    )
    key, lines, points = official_key(KEY, head.layout), told(reading), agenda(reading)
    if points and not has_place_for("chuong_trinh", key, head.lead):  # a template older than that word
        lines.append(("Chương trình", "; ".join(points)))
    words = head_words(paper.words()) | {
        "co_quan_moi": spelled(head.names[0]),
        "khach_moi": [addressed(one, head.layout) for one in guests],
        "cac_dong": [{"nhan": label, "chu": text} for label, text in lines],
        "chuong_trinh": list(punctuated(f"- {one}" for one in points)),
        "loi_ket": f"Rất mong {ADDRESS[head.layout]} thu xếp thời gian đến dự.",
    }
    name = slugify(f"giay-moi {reading.document.title}", max_length=80)
    title = f"Giấy mời: {reading.document.title}"
    return f"{name}.docx", render(key, words, body=head.lead, title=title)


def addressed(guest: Guest, layout: Layout) -> str:
    """How a letter calls who is asked."""
    row = guest.row
    if row.group:
        return capital(row.group)
    if not row.name:
        return ", ".join(filter(None, [guest.called, row.capacity]))
    return f"{ADDRESS[layout]} {', '.join(filter(None, [row.name, guest.post]))}"


def told(reading: MeetingReading) -> list[tuple[str, str]]:
    """What the letter says of the conference; day and place still unknown are dots."""
    said = [
        ("Thời gian", when(reading)),
        ("Địa điểm", reading.record.place or DOTS),
        ("Chủ trì", "; ".join(str(one) for one in reading.chairs)),
    ]
    return [(label, f"{text.rstrip(' .')}.") for label, text in said if text]


def when(reading: MeetingReading) -> str:
    """Hours and day as letters write them: "8 giờ 00, thứ Sáu, ngày 4/12/2026"."""
    dated, record = reading.document.dated, reading.record
    starts, ends = ([say_hour(one)] if one else [] for one in (record.starts_at, record.ends_at))
    hours = [f"từ {starts[0]} đến {ends[0]}"] if starts and ends else starts
    day = (
        dated.at_length().replace(str(dated), f"ngày {dated}")
        if dated.precision == Precision.DAY
        else dated.long()
    )
    return ", ".join([*hours, day if dated.known else DOTS])


def agenda(reading: MeetingReading) -> list[str]:
    """The points, each with its hour."""
    return [": ".join(filter(None, [one.hours, one.text])) for one in reading.agenda]


def samples(layout: Layout) -> list[dict[str, Any]]:
    """Two letters, one, and one that says nothing of the conference."""
    lines = [{"nhan": "Thời gian", "chu": "8 giờ, ngày 5/2/2026"}, {"nhan": "Địa điểm", "chu": "Hội trường"}]
    more = {"co_quan_moi": "Cơ quan thứ 1", "loi_ket": "Rất mong đến dự."}
    points = ["- 8 giờ 00: Khai mạc;", "- Ký kết."]
    letters = ((["A", "B"], lines, points), (["A"], lines, points[1:]), (["A"], [], []))
    return [
        head | more | {"khach_moi": guests, "cac_dong": said, "chuong_trinh": agenda}
        for head, (guests, said, agenda) in zip(sample_heads(layout), letters, strict=True)
    ]


def draw(layout: Layout) -> Document:
    """The letter, once for each guest."""
    paper = drawing.blank(layout)
    drawing.tag(paper, "for khach in khach_moi")
    drawing.head(paper, layout)
    drawing.title(paper, layout)
    drawing.styled(paper, "Nội dung", "{{ co_quan_moi }} trân trọng kính mời: ").add_run(
        "{{ khach }}."
    ).bold = True
    labelled(paper, "Tới dự", "{{ trich_yeu }}.")
    drawing.tag(paper, "for dong_nay in cac_dong")
    labelled(paper, "{{ dong_nay.nhan }}", "{{ dong_nay.chu }}")
    drawing.tag(paper, "endfor")
    drawing.when(paper, "chuong_trinh", "Mục", "Chương trình:")
    drawing.each(paper, "dong_nay", "chuong_trinh", "Nội dung", "{{ dong_nay }}")
    drawing.styled(paper, "Đoạn cuối", "{{ loi_ket }}")
    drawing.styled(paper, "Chỗ ký")
    drawing.foot(paper)
    drawing.tag(paper, "if not loop.last")
    next_letter(paper)
    drawing.tag(paper, "endif")
    drawing.tag(paper, "endfor")
    return paper


def labelled(paper: Document, label: str, text: str) -> None:
    """A line that begins with what it is about."""
    line = drawing.styled(paper, "Nội dung")
    line.add_run(f"{label}: ").bold = True
    line.add_run(text)


def next_letter(paper: Document) -> None:
    """A new section: the next page is a first page again, of the same size and with the same headers."""
    section = paper.sections[0]._sectPr
    first = OxmlElement("w:pgNumType")
    first.set(qn("w:start"), "1")
    section.find(qn("w:pgMar")).addnext(first)
    drawing.styled(paper, "Đường kẻ")._p.get_or_add_pPr().append(deepcopy(section))

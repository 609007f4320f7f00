"""The pack of a conference in Word: the same sections as its page, in large type for a tablet and for print."""

from typing import Any

from docx.document import Document

from meetings.pack import Kind, Pack
from portal.models import State
from portal.text import slugify
from portal.word import drawing
from portal.word.letterhead import DOTS, ROMAN, reminder, spelled
from portal.word.rendering import render
from portal.wording import side_names

KEY = "meeting-pack"
ON_PAPER = {Kind.ITEM: Kind.TEXT, Kind.FILE: Kind.REMARK}
"""What templates do not tell apart."""
WORDS = {
    "loi_nhac": "dòng nhắc ở đầu mọi trang",
    "co_quan": "các cơ quan tổ chức, chữ hoa",
    "in_luc": "giờ, ngày lập tập tài liệu",
    "ten_hoi_nghi": "tên hội nghị",
    "thoi_gian": "ngày, giờ",
    "dia_diem": "địa điểm",
    "cac_phan": "các phần: mỗi phần có tieu_de, trong_co (câu nói khi không có gì) và dong; mỗi dòng có kieu (name, heading, text, remark) và chu",
}


def pack_file(pack: Pack, *, printed: str) -> tuple[str, bytes]:
    """The pack as a Word file: its name and its bytes."""
    reading, record = pack.reading, pack.meeting
    words = {
        "loi_nhac": reminder(sample=record.is_sample, unapproved=record.state != State.APPROVED),
        "co_quan": [spelled(name).upper() for name in side_names(reading.partners) or [str(record.keeper)]],
        "in_luc": printed,
        "ten_hoi_nghi": reading.document.title,
        "thoi_gian": reading.when,
        "dia_diem": record.place or DOTS,
        "cac_phan": [
            {
                "tieu_de": f"{ROMAN[place]}. {section.heading.upper()}",
                "trong_co": "" if section.lines else section.empty,
                "dong": [
                    {
                        "kieu": str(ON_PAPER.get(one.kind, one.kind)),
                        "chu": f"{one.hour}: {one.text}" if one.hour else one.text,
                    }
                    for one in section.lines
                ],
            }
            for place, section in enumerate(pack.sections)
        ],
    }
    name = slugify(f"tai-lieu {reading.document.title}", max_length=80)
    written = render(KEY, words, body=record.keeper, title=f"Tập tài liệu: {reading.document.title}")
    return f"{name}.docx", written


def samples() -> list[dict[str, Any]]:
    """A pack with lines of every kind, and an empty one."""
    lines = [{"kieu": str(kind), "chu": "Một dòng."} for kind in Kind if kind not in ON_PAPER]
    head = {"loi_nhac": "", "co_quan": ["CƠ QUAN A", "CƠ QUAN B"], "in_luc": "8:00, 5/2/2026",
            "ten_hoi_nghi": "Hội nghị", "thoi_gian": "5/2/2026", "dia_diem": "Hội trường"}  # fmt: skip
    full = {"tieu_de": "I. CHƯƠNG TRÌNH", "trong_co": "", "dong": lines}
    none = {"tieu_de": "I. CHƯƠNG TRÌNH", "trong_co": "Chưa ghi chương trình.", "dong": []}
    return [head | {"cac_phan": [full, none]}, head | {"cac_phan": [none]}]


def draw() -> Document:
    """The layout: whose conference, when, where, what is in the pack; then the sections."""
    paper = drawing.blank()
    drawing.each(paper, "ten", "co_quan", "Đầu danh sách", "{{ ten }}")
    drawing.styled(paper, "Ngày danh sách", "{{ in_luc }}")
    drawing.styled(paper, "Tên loại", "TẬP TÀI LIỆU HỘI NGHỊ")
    drawing.styled(paper, "Trích yếu", "{{ ten_hoi_nghi }}")
    drawing.rule(paper, (drawing.WIDTH - 50) / 2)
    paper.paragraphs[-1].paragraph_format.space_after = drawing.Pt(10)
    for label, word in (("Thời gian", "thoi_gian"), ("Địa điểm", "dia_diem")):
        line = drawing.styled(paper, "Nội dung")
        line.add_run(f"{label}: ").bold = True
        line.add_run(f"{{{{ {word} }}}}")
    drawing.styled(paper, "Mục", "Trong tập này:")
    drawing.each(paper, "phan", "cac_phan", "Nội dung", "{{ phan.tieu_de }}")
    drawing.tag(paper, "for phan in cac_phan")
    drawing.styled(paper, "Phần", "{{ phan.tieu_de }}")
    drawing.when(paper, "phan.trong_co", "Nội dung", "{{ phan.trong_co }}")
    drawing.tag(paper, "for dong_nay in phan.dong")
    for kind, style in (
        (Kind.NAME, "Mục"),
        (Kind.HEADING, "Mục"),
        (Kind.TEXT, "Nội dung"),
        (Kind.REMARK, "Căn cứ"),
    ):
        drawing.when(paper, f"dong_nay.kieu == '{kind}'", style, "{{ dong_nay.chu }}")
    drawing.tag(paper, "endfor")
    drawing.tag(paper, "endfor")
    drawing.styled(paper, "Dòng nơi nhận")
    return paper

"""The kinds of papers the portal writes in Word: an app registers its own, the engine and the clean-up ask here.

A paper is a key, the template the portal brings, the words a template of it may use, and samples of those
words: the office's own template must stand every sample before it is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx.document import Document

from portal.dates import PartialDate
from portal.models.word import LABELS
from portal.word import drawing
from portal.word.letterhead import (
    WORDS,
    Annex,
    Layout,
    Line,
    OfficialPaper,
    Part,
    SigningPlace,
    draft_mark,
    place_and_date,
    printed_number,
)

Words = dict[str, Any]
LAYOUT_LABELS = {Layout.PARTY: "thể thức Đảng", Layout.STATE: "thể thức Nhà nước"}


@dataclass(frozen=True)
class Sheet:
    """A template the portal brings: where it is committed, and the drawing it is written from."""

    path: Path
    draw: Callable[[], Document]


@dataclass(frozen=True)
class WordPaper:
    """A kind of paper."""

    key: str
    label: str
    sheet: Sheet
    words: dict[str, str]
    samples: Callable[[], list[Words]]


PAPERS: dict[str, WordPaper] = {}
OFFICIAL = {
    layout: Sheet(
        Path(__file__).with_name(f"official_{layout}.docx"),
        lambda layout=layout: drawing.official_paper(layout),
    )
    for layout in Layout
}
"""The two sheets any official paper is written on."""


def register(paper: WordPaper) -> None:
    """Make a kind of paper known."""
    PAPERS[paper.key] = paper
    LABELS[paper.key] = paper.label


def register_official(key: str, label: str) -> None:
    """Make a kind of paper known in both layouts, on the portal's own sheets."""
    for layout, sheet in OFFICIAL.items():
        named = f"{label} ({LAYOUT_LABELS[layout]})"
        samples = lambda layout=layout: [*official_samples(layout), letter_sample(layout)]  # noqa: E731 - one line a layout
        register(WordPaper(official_key(key, layout), named, sheet, WORDS, samples))


def official_key(key: str, layout: Layout) -> str:
    """The key of a kind of paper in a layout."""
    return f"{key}-{layout}"


def sheets() -> list[Sheet]:
    """Every template the portal brings, once."""
    return list({paper.sheet.path: paper.sheet for paper in PAPERS.values()}.values())


def official_samples(layout: Layout) -> list[Words]:
    """A paper of two bodies with everything on it, one of three, and the barest draft of one."""
    places = [SigningPlace([f"CƠ QUAN THỨ {count}", "CHỨC VỤ"], "Họ và tên") for count in (1, 2, 3)]
    whole = {
        "layout": layout,
        "bodies": ["Cơ quan thứ 1", "Cơ quan thứ 2"],
        "superior": "Cơ quan cấp trên",
        "number": printed_number(layout, "01-CTrPH/A-B"),
        "place_and_date": place_and_date("Địa danh", PartialDate.day(date(2026, 2, 5))),
        "type": "Chương trình phối hợp",
        "summary": "về một việc",
        "reminder": "BẢN TRÌNH DIỄN",
        "bases": ["Căn cứ một văn bản", "Căn cứ văn bản khác"],
        "opening": "Các bên thống nhất như sau:",
        "parts": [
            Part("Phần thứ nhất", [Line("1. Đề mục", strong=True), Line("Một đoạn."), Line("Đoạn khác.")]),
            Part("Phần thứ hai", [Line("Một đoạn.")]),
        ],
        "recipients": ["Các bên", "Lưu"],
        "annexes": [Annex("Kết quả thực hiện", ("Nội dung", "Kết quả"), [("Một việc", "Đã làm")])],
    }
    bare = OfficialPaper(
        layout, ["Cơ quan"], printed_number(layout, ""), place_and_date("Địa danh", PartialDate.unknown()),
        "Kế hoạch", "", draft=draft_mark(date(2026, 2, 5)), signing=places[:1],
    )  # fmt: skip
    papers = [
        OfficialPaper(**whole, signing=places[:2]),
        OfficialPaper(**whole, signing=places),
        bare,
    ]
    return [paper.words() for paper in papers]


def letter_sample(layout: Layout) -> Words:
    """A letter, whose head is another."""
    letter = OfficialPaper(
        layout, ["Cơ quan"], printed_number(layout, ""), place_and_date("Địa danh", PartialDate.unknown()),
        about="V/v một việc", to="Kính gửi: Các cơ quan", signing=[SigningPlace(["CƠ QUAN"])],
    )  # fmt: skip
    return letter.words()

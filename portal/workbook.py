"""A workbook of one sheet that is sent while it is written: no row of it is kept, in memory or on disk.

Libraries hand a workbook over whole, once its last row is written. What is small of it one of them draws here: looks,
widths, heads, how it prints. The rows go between the halves of its sheet as they are read, into a zip that nobody goes
back in. No cell is ever read as a formula or turned into a link.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name

from portal.templatetags.say import vdate

HEAD = 3
"""The line of the heads, under the title and the conditions; counted from nought, as the library does."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
ENOUGH = 1 << 16
"""How much is gathered before it is sent on."""
LONGEST = 32_767
"""The letters a cell holds."""
FIRST_DAY, NOUGHT = date(1900, 3, 1), date(1899, 12, 30).toordinal()
"""Spreadsheets count days alike from the first on, and as if from the second; an earlier day stands as text."""
NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would read as the code of a letter."""


@dataclass(frozen=True)
class Column:
    """One column: its head, its width, and what stands in it for a row."""

    head: str
    width: int
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Inferred:
    """A day part of which was inferred from elsewhere: a real date that says so."""

    day: date


LOOK = {"valign": "top", "align": "left", "text_wrap": True}
LOOKS: dict[type, dict[str, str]] = {
    date: {"num_format": "d/m/yyyy"},
    Inferred: {"num_format": 'd/m/yyyy "(suy ra)"'},
    str: {},
}


class Tray:
    """What was written and not yet sent on."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        """Take some more."""
        self.written += data
        return len(data)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def taken(self) -> bytes:
        """All of it, to be sent on."""
        taken = bytes(self.written)
        self.written.clear()
        return taken


def workbook(rows: Iterable[Any], columns: Sequence[Column], *, title: str, words: str) -> Iterator[bytes]:
    """A workbook piece by piece: what it is, the conditions in ``words``, the heads, the rows in their order."""
    tray, last = Tray(), HEAD
    frame = drawn(columns, title=title, words=words, last=HEAD + 1)
    before, looks = opening(frame[SHEET])
    names = [xl_col_to_name(place) for place in range(len(columns))]
    with ZipFile(tray, "w", ZIP_DEFLATED) as book:
        for name, part in frame.items():
            if name not in (SHEET, BOOK):
                book.writestr(name, part)
        with book.open(SHEET, "w") as sheet:
            sheet.write(before)
            for last, row in enumerate(rows, start=HEAD + 1):
                cells = (
                    cell(f"{name}{last + 1}", column.value(row), looks)
                    for name, column in zip(names, columns, strict=True)
                )
                sheet.write(f'<row r="{last + 1}">{"".join(cells)}</row>'.encode())
                if len(tray.written) >= ENOUGH:
                    yield tray.taken()
            whole = drawn(columns, title=title, words=words, last=max(last, HEAD + 1))
            sheet.write(whole[SHEET][whole[SHEET].index(b"</sheetData>") :])
        book.writestr(BOOK, whole[BOOK])  # it says how far the filter reaches
    yield tray.taken()


def drawn(columns: Sequence[Column], *, title: str, words: str, last: int) -> dict[str, bytes]:
    """The files of a workbook without rows, as if it went on to line ``last``; under its heads a row of bare looks."""
    now, target = timezone.localtime(), io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet(title)
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#F1EBE0", "bottom": 1}
        )
        printed = f"In lúc {now.hour}:{now.minute:02d} ngày {now.day}/{now.month}/{now.year}"
        sheet.write_string(0, 0, f"{title} · {printed}", book.add_format({"bold": True}))
        sheet.write_string(1, 0, f"Điều kiện: {words or 'không lọc'}")
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(HEAD, place, column.head, heading)
        for place, how in enumerate(LOOKS.values()):
            sheet.write_blank(HEAD + 1, place, None, book.add_format(LOOK | how))
        sheet.freeze_panes(HEAD + 1, 1)
        sheet.autofilter(HEAD, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
    with ZipFile(target) as made:
        return {name: made.read(name) for name in made.namelist()}


def opening(sheet: bytes) -> tuple[bytes, dict[type, str]]:
    """What stands before the rows of a drawn sheet, and the number of each look."""
    sheet = re.sub(rb"<dimension [^>]*/>", b"", sheet)  # how far it reaches is not known yet
    before, _, bare = sheet.partition(f'<row r="{HEAD + 2}"'.encode())
    numbers = re.findall(r' s="(\d+)"', bare.partition(b"</row>")[0].decode())
    return before, dict(zip(LOOKS, numbers, strict=True))


def cell(place: str, value: Any, looks: dict[type, str]) -> str:
    """One cell: text as text, whatever it begins with; nothing where there is nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, int | Decimal):
        return f'<c r="{place}" s="{looks[str]}"><v>{value}</v></c>'
    day, look = (value.day, Inferred) if isinstance(value, Inferred) else (value, date)
    if isinstance(day, date):
        if day >= FIRST_DAY:
            return f'<c r="{place}" s="{looks[look]}"><v>{day.toordinal() - NOUGHT}</v></c>'
        value = vdate(day)
    said = escape(LIKE_A_CODE.sub("_x005F_", NO_LETTER.sub("", str(value)[:LONGEST])))
    return f'<c r="{place}" s="{looks[str]}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'

"""Lists as Excel files: exactly the rows shown, in their order, written row by row.

No cell is ever read as a formula or turned into a link. Memory does not grow with the number of rows.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone

from portal.batches import batches
from portal.dates import PartialDate, Precision
from portal.lists import publishing_chip, trace_list
from portal.sections import Hit
from portal.templatetags.ui import CHIPS

FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count days from here on alike; an earlier day stands as text."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
HEAD = 3
"""The line of the heads, under the title and the conditions."""


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


AT_ONCE = 1000
"""How many rows of a list are read together."""


class ListFile:
    """A :class:`portal.lists.FilteredList` as a file of its lines; mixed in before it."""

    file_name = ""
    columns: Sequence[Column] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        found = self.get_queryset()
        if self.reader.is_authenticated:
            trace_list(self.reader, f"tải Excel {self.noun}", self.form)
        heads = self.heads()
        return excel_file(
            request,
            self.file_name,
            lambda target: write_book(target, self.every_line(found), self.columns, **heads),
        )

    def heads(self) -> dict[str, str]:
        """What stands over the rows: the name of the sheet, and the conditions in words."""
        return {"title": self.heading, "words": self.form.sentence}

    def every_line(self, found: QuerySet) -> Iterator[tuple[Hit, str]]:
        """Each line with its whole address, a chunk at a time."""
        keys = found.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
        for chunk in batches(keys, AT_ONCE):
            for hit in self.lines(chunk):
                yield hit, self.request.build_absolute_uri(hit.url)


LOOK = {"valign": "top", "align": "left", "text_wrap": True}
LOOKS: dict[type, dict[str, str]] = {
    date: {"num_format": "d/m/yyyy"},
    Inferred: {"num_format": 'd/m/yyyy "(suy ra)"'},
    int: {},
    str: {},
}


PAPER_DAY = (
    "document__dated_precision", "document__dated_first", "document__dated_last", "document__dated_text",
    "document__marks",
)  # fmt: skip
"""The columns that :func:`dated_of` and :func:`day_of` read, by ``values_list(..., named=True)``."""


def dated_of(of: Any) -> PartialDate:
    """The date of a paper, from plain columns."""
    return PartialDate(*(getattr(of, name) for name in PAPER_DAY[:4]))


def day_of(of: Any) -> date | Inferred | None:
    """The day of a paper as a date of the spreadsheet; None where it is less than a day, or too early for one."""
    return whole_day(dated_of(of), of.document__marks)


def whole_day(dated: PartialDate, marks: dict) -> date | Inferred | None:
    """The same of a date and what is marked about its paper."""
    if dated.precision != Precision.DAY or dated.first < FIRST_DAY:
        return None
    return Inferred(dated.first) if marks.get("dated", {}).get("inferred") else dated.first


def standing(of: Any) -> str:
    """Where a record stands between its writer and the public."""
    chip = publishing_chip(of)
    return CHIPS[chip].words if isinstance(chip, str) else chip[1]


def excel_file(request: HttpRequest, name: str, fill: Callable[[IO[bytes]], None]) -> FileResponse:
    """The workbook that ``fill`` writes, as a download that is read from disk."""
    stored = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    fill(stored)
    stored.seek(0)
    # A workbook is compressed already; compressing it again would hide its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    said = f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(stored, as_attachment=True, filename=said, content_type=MEDIA_TYPE)


def write_book(
    target: IO[bytes], rows: Iterable[Any], columns: Sequence[Column], *, title: str, words: str
) -> None:
    """Write a workbook of one sheet: what it is, the conditions in ``words``, the heads, the rows."""
    now = timezone.localtime()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet(title)
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#F1EBE0", "bottom": 1}
        )
        looks = {kind: book.add_format(LOOK | how) for kind, how in LOOKS.items()}
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        printed = f"In lúc {now.hour}:{now.minute:02d} ngày {now.day}/{now.month}/{now.year}"
        sheet.write_string(0, 0, f"{title} · {printed}", book.add_format({"bold": True}))
        sheet.write_string(1, 0, f"Điều kiện: {words or 'không lọc'}")
        for place, column in enumerate(columns):
            sheet.write_string(HEAD, place, column.head, heading)
        sheet.freeze_panes(HEAD + 1, 1)
        last = HEAD
        for last, row in enumerate(rows, start=HEAD + 1):
            for place, column in enumerate(columns):
                write(sheet, last, place, column.value(row), looks)
        sheet.autofilter(HEAD, 0, max(last, HEAD + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)


def write(sheet: Any, line: int, place: int, value: Any, looks: dict[type, Any]) -> None:
    """Write one cell: text as text, whatever it begins with; nothing where there is nothing."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, looks[date])
    elif isinstance(value, Inferred):
        sheet.write_datetime(line, place, value.day, looks[Inferred])
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, place, value, looks[int])
    else:
        sheet.write_string(line, place, str(value), looks[str])

"""The list of programmes as an Excel file: exactly the rows shown, in their order, written row by row.

No cell is ever read as a formula or turned into a link. Memory does not grow with the number of rows.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.dates import PeriodKind
from portal.lists import FilterForm, publishing_chip
from portal.models import User
from portal.templatetags.ui import CHIPS
from programs.listing import signed_words
from programs.models import Program, ProgramTag

Reader = User | AnonymousUser
CHUNK = 2000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Column:
    """One column: its head, its width, and what stands in it for a programme."""

    head: str
    width: int
    value: Callable[["Row"], Any]


@dataclass(frozen=True)
class Row:
    """A programme on its way into the file."""

    program: Program
    tags: str
    address: str
    today: date


def signed(row: Row) -> str:
    """The signing date as the list says it."""
    return signed_words(row.program.document).removeprefix("ký ")


def starts(row: Row) -> Any:
    """The first year or day of the period."""
    first = row.program.period_first
    return first.year if first and row.program.period_kind == PeriodKind.YEARS else first


def ends(row: Row) -> Any:
    """The last year or day of the period, or why there is none."""
    program = row.program
    if program.period_last is None:
        return {PeriodKind.NONE: "không thời hạn", PeriodKind.UNKNOWN: "chưa rõ"}.get(program.period_kind, "")
    return program.period_last.year if program.period_kind == PeriodKind.YEARS else program.period_last


def standing(row: Row) -> str:
    """Where the record stands between its writer and the public."""
    chip = publishing_chip(row.program)
    return CHIPS[chip].words if isinstance(chip, str) else chip[1]


PUBLIC_COLUMNS = [
    Column("Các bên", 48, lambda row: row.program.parties_label),
    Column("Tên gọi", 60, lambda row: row.program.document.title),
    Column("Số, ký hiệu", 24, lambda row: row.program.document.number),
    Column("Ngày ký", 16, signed),
    Column("Từ", 12, starts),
    Column("Đến", 12, ends),
    Column("Hiệu lực", 20, lambda row: CHIPS[row.program.life(row.today)].words),
    Column("Nhãn nội dung", 30, lambda row: row.tags),
    Column("Địa chỉ", 50, lambda row: row.address),
]
STAFF_COLUMNS = [
    *PUBLIC_COLUMNS[:7],
    Column("Tình trạng", 20, standing),
    Column("Cơ quan giữ", 36, lambda row: row.program.keeper.name),
    *PUBLIC_COLUMNS[7:],
]


def program_file(found: QuerySet, form: FilterForm, reader: Reader, request: HttpRequest) -> FileResponse:
    """The file of a filtered list, as a download that is read from disk."""
    today = timezone.localdate()
    stored = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_programs(stored, found, words=form.sentence, reader=reader, site=request.build_absolute_uri("/"))
    stored.seek(0)
    # A workbook is compressed already; compressing it again would hide its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    name = f"chuong-trinh-{today:%Y-%m-%d}.xlsx"
    return FileResponse(stored, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


def write_programs(target: IO[bytes], found: QuerySet, *, words: str, reader: Reader, site: str) -> None:
    """Write a workbook of these programmes, in their order."""
    columns = STAFF_COLUMNS if reader.is_authenticated else PUBLIC_COLUMNS
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet("Chương trình phối hợp")
        strong, wrapped = (
            book.add_format({"bold": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        day = book.add_format({"num_format": "d/m/yyyy", "align": "left", "valign": "top"})
        number = book.add_format({"align": "left", "valign": "top"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        head = 3
        sheet.write_string(0, 0, title(), strong)
        sheet.write_string(1, 0, f"Điều kiện: {words}" if words else "Điều kiện: không lọc")
        for place, column in enumerate(columns):
            sheet.write_string(head, place, column.head, strong)
        sheet.freeze_panes(head + 1, 1)
        last = head
        for last, row in enumerate(rows(found, reader, site), start=head + 1):
            for place, column in enumerate(columns):
                write(sheet, last, place, column.value(row), wrapped, day, number)
        sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)


def title() -> str:
    """The first line: what it is and when it was printed."""
    now = timezone.localtime()
    return f"Chương trình phối hợp · In lúc {now.hour}:{now.minute:02d} ngày {now.day}/{now.month}/{now.year}"


def write(sheet: Any, line: int, place: int, value: Any, text: Any, day: Any, number: Any) -> None:
    """Write one cell: text as text, whatever it begins with."""
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, day)
    elif isinstance(value, int):
        sheet.write_number(line, place, value, number)
    else:
        sheet.write_string(line, place, str(value or ""), text)


def rows(found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
    """The programmes with their tags, a chunk at a time."""
    today = timezone.localdate()
    inside = reader.is_authenticated
    prefix = f"{site.rstrip('/')}{address_prefix(inside)}"
    stream = found.for_rows().iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        tags = tags_of([program.pk for program in chunk])
        for program in chunk:
            name = program.code if inside else program.slug
            yield Row(program, "; ".join(tags[program.pk]), f"{prefix}{name}/", today)


def address_prefix(inside: bool) -> str:
    """What every address of the list begins with."""
    return reverse("programs:staff_list") if inside else reverse("programs:program_list")


def tags_of(keys: list[int]) -> dict[int, list[str]]:
    """The tags of these programmes, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    links = ProgramTag.objects.filter(program__in=keys).order_by("tag__position")
    for program, name in links.values_list("program_id", "tag__name"):
        found[program].append(name)
    return found

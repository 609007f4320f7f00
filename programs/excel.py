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

from portal.dates import PartialDate, PeriodKind, Precision
from portal.lists import FilterForm, publishing_chip
from portal.models import Document, State, User
from portal.templatetags.ui import CHIPS
from programs.listing import said_date
from programs.models import Program, ProgramTag

Reader = User | AnonymousUser
CHUNK = 2000
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count days from here on alike; an earlier day stands as text."""
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


READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "parties_label", "period_kind",
    "period_first", "period_last", "is_signed", "in_force_from", "in_force_until", "until", "parties_ended_on", "terminated_on",
    "keeper__name", "document__title", "document__number", "document__signing", "document__marks",
    "document__dated_precision", "document__dated_first", "document__dated_last", "document__dated_text",
)  # fmt: skip
"""What is read of a programme: plain columns, for a hundred thousand whole records would take twice as long."""


@dataclass(frozen=True, slots=True)
class Row:
    """A programme on its way into the file; ``of`` holds the columns of ``READ`` under their names."""

    of: Any
    tags: str
    address: str
    today: date


@dataclass(frozen=True, slots=True)
class Inferred:
    """A day part of which was inferred from elsewhere: a real date that says so."""

    day: date


def signed(row: Row) -> Any:
    """The signing day; what is known of it, in words, where that is less than a day."""
    of = row.of
    dated = PartialDate(
        of.document__dated_precision,
        of.document__dated_first,
        of.document__dated_last,
        of.document__dated_text,
    )
    is_approved = of.state == State.APPROVED
    is_day = dated.precision == Precision.DAY and dated.first >= FIRST_DAY
    if is_day and of.document__signing != Document.Signing.DRAFT:
        return Inferred(dated.first) if of.document__marks.get("dated", {}).get("inferred") else dated.first
    said = said_date(of.document__signing, dated, of.document__marks, is_approved=is_approved)
    return said.removeprefix("ký ")


def starts(row: Row) -> Any:
    """The first year or day of the period."""
    first = row.of.period_first
    return first.year if first and row.of.period_kind == PeriodKind.YEARS else first


def ends(row: Row) -> Any:
    """The last year or day of the period, or why there is none."""
    last, kind = row.of.period_last, row.of.period_kind
    if last is None:
        return {PeriodKind.NONE: "không thời hạn", PeriodKind.UNKNOWN: "chưa rõ"}.get(kind, "")
    return last.year if kind == PeriodKind.YEARS else last


def life(row: Row) -> str:
    """The life status in the words of its chip."""
    return CHIPS[Program.life(row.of, row.today)].words


def standing(row: Row) -> str:
    """Where the record stands between its writer and the public."""
    chip = publishing_chip(row.of)
    return CHIPS[chip].words if isinstance(chip, str) else chip[1]


PUBLIC_COLUMNS = [
    Column("Các bên", 48, lambda row: row.of.parties_label),
    Column("Tên gọi", 60, lambda row: row.of.document__title),
    Column("Số, ký hiệu", 24, lambda row: row.of.document__number),
    Column("Ngày ký", 16, signed),
    Column("Từ", 12, starts),
    Column("Đến", 12, ends),
    Column("Hiệu lực", 20, life),
    Column("Nhãn nội dung", 30, lambda row: row.tags),
    Column("Địa chỉ", 50, lambda row: row.address),
]
STAFF_COLUMNS = [
    *PUBLIC_COLUMNS[:7],
    Column("Tình trạng", 20, standing),
    Column("Cơ quan giữ", 36, lambda row: row.of.keeper__name),
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
        strong = book.add_format({"bold": True})
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#F1EBE0", "bottom": 1}
        )
        looks = {kind: book.add_format(LOOK | how) for kind, how in LOOKS.items()}
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        head = 3
        sheet.write_string(0, 0, title(), strong)
        sheet.write_string(1, 0, f"Điều kiện: {words}" if words else "Điều kiện: không lọc")
        for place, column in enumerate(columns):
            sheet.write_string(head, place, column.head, heading)
        sheet.freeze_panes(head + 1, 1)
        last = head
        for last, row in enumerate(rows(found, reader, site), start=head + 1):
            for place, column in enumerate(columns):
                write(sheet, last, place, column.value(row), looks)
        sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)


def title() -> str:
    """The first line: what it is and when it was printed."""
    now = timezone.localtime()
    return f"Chương trình phối hợp · In lúc {now.hour}:{now.minute:02d} ngày {now.day}/{now.month}/{now.year}"


LOOK = {"valign": "top", "align": "left", "text_wrap": True}
LOOKS: dict[type, dict[str, str]] = {
    date: {"num_format": "d/m/yyyy"},
    Inferred: {"num_format": 'd/m/yyyy "(suy ra)"'},
    int: {},
    str: {},
}


def write(sheet: Any, line: int, place: int, value: Any, looks: dict[type, Any]) -> None:
    """Write one cell: text as text, whatever it begins with; nothing where there is nothing."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, looks[date])
    elif isinstance(value, Inferred):
        sheet.write_datetime(line, place, value.day, looks[Inferred])
    elif isinstance(value, int):
        sheet.write_number(line, place, value, looks[int])
    else:
        sheet.write_string(line, place, str(value), looks[str])


def rows(found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
    """The programmes with their tags, a chunk at a time."""
    today = timezone.localdate()
    inside = reader.is_authenticated
    prefix = f"{site.rstrip('/')}{address_prefix(inside)}"
    stream = found.told_to(reader).values_list(*READ, named=True).iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        tags = tags_of([one.pk for one in chunk])
        for one in chunk:
            yield Row(one, "; ".join(tags[one.pk]), f"{prefix}{one.code if inside else one.slug}/", today)


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

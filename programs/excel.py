"""The list of programmes as an Excel file: what stands in its columns."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from portal.batches import batches
from portal.columns import read_period
from portal.dates import PeriodKind
from portal.excel import PAPER_DAY, dated_of, day_of, excel_file, standing
from portal.lists import FilterForm
from portal.models import Document, User
from portal.templatetags.ui import CHIPS
from portal.wording import said_date
from portal.workbook import Column, workbook
from programs.models import Program, ProgramTag

Reader = User | AnonymousUser
CHUNK = 2000


READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "parties_label", "period_kind",
    "period_first", "period_last", "period_text", "is_signed", "in_force_from", "in_force_until", "until", "parties_ended_on", "terminated_on",
    "keeper__name", "document__title", "document__number", "document__signing",
    *PAPER_DAY,
)  # fmt: skip
"""What is read of a programme: plain columns, for a hundred thousand whole records would take twice as long."""


@dataclass(frozen=True, slots=True)
class Row:
    """A programme on its way into the file; ``of`` holds the columns of ``READ`` under their names."""

    of: Any
    tags: str
    address: str
    today: date


def signed(row: Any) -> Any:
    """The signing day; what is known of it, in words, where that is less than a day."""
    of = row.of
    if of.document__signing != Document.Signing.DRAFT and (day := day_of(of)):
        return day
    said = said_date(of.document__signing, dated_of(of), of.document__marks)
    return said.removeprefix("ký ")


def starts(row: Any) -> Any:
    """The first year or day of the period."""
    first = row.of.period_first
    return first.year if first and row.of.period_kind == PeriodKind.YEARS else first


def ends(row: Any) -> Any:
    """The last year or day of the period, or why there is none."""
    last, kind = row.of.period_last, row.of.period_kind
    if last is None:
        words = {PeriodKind.NONE: "không thời hạn", PeriodKind.UNKNOWN: read_period(row.of).unknown_word}
        return words.get(kind, "")
    return last.year if kind == PeriodKind.YEARS else last


def life(row: Row) -> str:
    """The life status in the words of its chip."""
    return CHIPS[Program.life(row.of, row.today)].words


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
    Column("Tình trạng", 20, lambda row: standing(row.of)),
    Column("Cơ quan giữ", 36, lambda row: row.of.keeper__name),
    *PUBLIC_COLUMNS[7:],
]


def program_file(
    found: QuerySet, form: FilterForm, reader: Reader, request: HttpRequest
) -> StreamingHttpResponse:
    """The file of a filtered list."""
    columns = STAFF_COLUMNS if reader.is_authenticated else PUBLIC_COLUMNS
    read = rows(found, reader, request.build_absolute_uri("/"))
    made = workbook(read, columns, title="Chương trình phối hợp", words=form.sentence)
    return excel_file(request, "chuong-trinh", made)


def rows(found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
    """The programmes with their tags, a chunk at a time."""
    today = timezone.localdate()
    inside = reader.is_authenticated
    prefix = f"{site.rstrip('/')}{address_prefix(inside)}"
    stream = found.told_to(reader).values_list(*READ, named=True).iterator(chunk_size=CHUNK)
    for chunk in batches(stream, CHUNK):
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

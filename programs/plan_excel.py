"""The list of plans as an Excel file: what stands in its columns."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import reverse

from portal.batches import batches
from portal.excel import PAPER_DAY, Column, excel_file, standing, write_book
from portal.lists import FilterForm
from portal.models import Partner
from programs.excel import CHUNK, Reader, ends, signed, starts
from programs.models import Program

READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "period_kind", "period_first", "period_last",
    "period_text", "terminated_on", "program_id", "document_id", "keeper__name", "document__title", "document__number",
    "document__signing", *PAPER_DAY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A plan on its way into the file; ``of`` holds the columns of ``READ`` under their names."""

    of: Any
    issuers: str
    program: str
    address: str


PUBLIC_COLUMNS = [
    Column("Tên gọi", 60, lambda row: row.of.document__title),
    Column("Số, ký hiệu", 24, lambda row: row.of.document__number),
    Column("Ngày ký", 16, signed),
    Column("Từ", 12, starts),
    Column("Đến", 12, ends),
    Column("Cơ quan ban hành", 40, lambda row: row.issuers),
    Column("Thuộc chương trình", 48, lambda row: row.program),
    Column("Chấm dứt từ ngày", 16, lambda row: row.of.terminated_on),
    Column("Địa chỉ", 50, lambda row: row.address),
]
STAFF_COLUMNS = [
    *PUBLIC_COLUMNS[:8],
    Column("Tình trạng", 20, lambda row: standing(row.of)),
    Column("Cơ quan giữ", 36, lambda row: row.of.keeper__name),
    *PUBLIC_COLUMNS[8:],
]


def plan_file(found: QuerySet, form: FilterForm, reader: Reader, request: HttpRequest) -> FileResponse:
    """The file of a filtered list."""
    site = request.build_absolute_uri("/")
    return excel_file(
        request,
        "ke-hoach",
        lambda target: write_plans(target, found, words=form.sentence, reader=reader, site=site),
    )


def write_plans(target: IO[bytes], found: QuerySet, *, words: str, reader: Reader, site: str) -> None:
    """Write a workbook of these plans, in their order."""
    columns = STAFF_COLUMNS if reader.is_authenticated else PUBLIC_COLUMNS
    write_book(target, rows(found, reader, site), columns, title="Kế hoạch", words=words)


def rows(found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
    """The plans with who issued them and the programmes this reader may read, a chunk at a time."""
    inside = reader.is_authenticated
    prefix = f"{site.rstrip('/')}{reverse('programs:staff_plan_list' if inside else 'programs:plan_list')}"
    stream = found.values_list(*READ, named=True).iterator(chunk_size=CHUNK)
    for chunk in batches(stream, CHUNK):
        issuers = defaultdict(list)
        named = Partner.objects.filter(document__in=[one.document_id for one in chunk])
        for partner in named.select_related("organization"):
            issuers[partner.document_id].append(str(partner))
        above = Program.objects.visible_to(reader).filter(pk__in={one.program_id for one in chunk} - {None})
        programs = dict(above.values_list("pk", "parties_label"))
        for one in chunk:
            address = f"{prefix}{one.code if inside else one.slug}/"
            yield Row(one, "; ".join(issuers[one.document_id]), programs.get(one.program_id, ""), address)

"""The list of reviews as an Excel file: what stands in its columns."""

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
from programs.models import Program, ReviewKind

READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "kind", "kind_printed", "period_kind",
    "period_first", "period_last", "period_text", "theme", "program_id", "document_id", "figures_as_of", "keeper__name",
    "document__title", "document__number", "document__signing", *PAPER_DAY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A review on its way into the file; ``of`` holds the columns of ``READ`` under their names."""

    of: Any
    issuers: str
    program: str
    address: str


def kind(row: Row) -> str:
    """What it is called: as printed, else in the usual word."""
    return row.of.kind_printed or str(ReviewKind(row.of.kind).label)


PUBLIC_COLUMNS = [
    Column("Tên gọi", 60, lambda row: row.of.document__title),
    Column("Sơ kết, tổng kết", 18, kind),
    Column("Số, ký hiệu", 24, lambda row: row.of.document__number),
    Column("Ngày ký", 16, signed),
    Column("Từ", 12, starts),
    Column("Đến", 12, ends),
    Column("Cơ quan báo cáo", 40, lambda row: row.issuers),
    Column("Về chương trình", 48, lambda row: row.program),
    Column("Về việc", 40, lambda row: row.of.theme),
    Column("Số liệu chốt đến ngày", 16, lambda row: row.of.figures_as_of),
    Column("Địa chỉ", 50, lambda row: row.address),
]
STAFF_COLUMNS = [
    *PUBLIC_COLUMNS[:10],
    Column("Tình trạng", 20, lambda row: standing(row.of)),
    Column("Cơ quan giữ", 36, lambda row: row.of.keeper__name),
    *PUBLIC_COLUMNS[10:],
]


def review_file(found: QuerySet, form: FilterForm, reader: Reader, request: HttpRequest) -> FileResponse:
    """The file of a filtered list."""
    site = request.build_absolute_uri("/")
    return excel_file(
        request,
        "so-ket-tong-ket",
        lambda target: write_reviews(target, found, words=form.sentence, reader=reader, site=site),
    )


def write_reviews(target: IO[bytes], found: QuerySet, *, words: str, reader: Reader, site: str) -> None:
    """Write a workbook of these reviews, in their order."""
    columns = STAFF_COLUMNS if reader.is_authenticated else PUBLIC_COLUMNS
    write_book(target, rows(found, reader, site), columns, title="Sơ kết, tổng kết", words=words)


def rows(found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
    """The reviews with who reports and the programmes this reader may read, a chunk at a time."""
    inside = reader.is_authenticated
    listed = reverse("programs:staff_review_list" if inside else "programs:review_list")
    prefix = f"{site.rstrip('/')}{listed}"
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

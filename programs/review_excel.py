"""The list of reviews as an Excel file: what stands in its columns, the figures each reader may read among them.

A frozen review stands there as it was kept.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from types import SimpleNamespace

from portal.access import readable_among
from portal.excel import PAPER_DAY, standing
from portal.models import Figure
from portal.workbook import Column
from programs.companion_excel import Book, Row
from programs.excel import Reader, ends, signed, starts
from programs.models import Review, ReviewKind
from programs.review_head import columns_then
from programs.review_telling import Told, figure_line, figure_told

READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "kind", "kind_printed", "period_kind",
    "period_first", "period_last", "period_text", "theme", "program_id", "document_id", "figures_as_of", "keeper__name",
    "document__title", "document__number", "document__signing", *PAPER_DAY, "frozen__head", "frozen__figures",
)  # fmt: skip


def complete(rows: list[Row], reader: Reader) -> list[Row]:
    """The rows with the figures this reader may read; frozen ones as they were kept."""
    readable = readable_among(reader, Review.objects.filter(pk__in=[row.of.pk for row in rows]))
    living = figures_by_paper([row.of.document_id for row in rows if row.of.frozen__figures is None])
    return [
        replace(
            as_kept(row),
            more="\n".join(
                f"{one['counts']}: {figure_line(one)}"
                for one in row.of.frozen__figures or living.get(row.of.document_id, ())
                if one["audience"] in readable[row.of.pk]
            ),
        )
        for row in rows
    ]


def as_kept(row: Row) -> Row:
    """A row under the head its review kept when it was frozen."""
    if not (head := row.of.frozen__head):
        return row
    of = SimpleNamespace(**row.of._asdict() | columns_then(head))
    return replace(row, of=of, issuers="; ".join(head["sides"]))


def figures_by_paper(documents: Collection[int]) -> dict[int, list[Told]]:
    """The figures of these papers in words, whoever may read them."""
    found: dict[int, list[Told]] = defaultdict(list)
    rows = Figure.objects.filter(document__in=documents).order_by("document", "position", "pk")
    for one in rows.prefetch_related("parts"):
        found[one.document_id].append(figure_told(one))
    return found


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
    Column("Số liệu", 60, lambda row: row.more),
    Column("Số liệu chốt đến ngày", 16, lambda row: row.of.figures_as_of),
    Column("Địa chỉ", 50, lambda row: row.address),
]
STAFF_COLUMNS = [
    *PUBLIC_COLUMNS[:11],
    Column("Tình trạng", 20, lambda row: standing(row.of)),
    Column("Cơ quan giữ", 36, lambda row: row.of.keeper__name),
    *PUBLIC_COLUMNS[11:],
]

REVIEWS = Book(
    name="so-ket-tong-ket",
    title="Sơ kết, tổng kết",
    read=READ,
    public=PUBLIC_COLUMNS,
    staff=STAFF_COLUMNS,
    public_list="programs:review_list",
    staff_list="programs:staff_review_list",
    complete=complete,
)

"""The list of reviews as an Excel file: what stands in its columns."""

from portal.excel import PAPER_DAY, standing
from portal.workbook import Column
from programs.companion_excel import Book, Row
from programs.excel import ends, signed, starts
from programs.models import ReviewKind

READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "kind", "kind_printed", "period_kind",
    "period_first", "period_last", "period_text", "theme", "program_id", "document_id", "figures_as_of", "keeper__name",
    "document__title", "document__number", "document__signing", *PAPER_DAY,
)  # fmt: skip


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

REVIEWS = Book(
    name="so-ket-tong-ket",
    title="Sơ kết, tổng kết",
    read=READ,
    public=PUBLIC_COLUMNS,
    staff=STAFF_COLUMNS,
    public_list="programs:review_list",
    staff_list="programs:staff_review_list",
)

"""The list of plans as an Excel file: what stands in its columns."""

from portal.excel import PAPER_DAY, standing
from portal.workbook import Column
from programs.companion_excel import Book
from programs.excel import ends, signed, starts

READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "period_kind", "period_first", "period_last",
    "period_text", "terminated_on", "program_id", "document_id", "keeper__name", "document__title", "document__number",
    "document__signing", *PAPER_DAY,
)  # fmt: skip


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

PLANS = Book(
    name="ke-hoach",
    title="Kế hoạch",
    read=READ,
    public=PUBLIC_COLUMNS,
    staff=STAFF_COLUMNS,
    public_list="programs:plan_list",
    staff_list="programs:staff_plan_list",
)

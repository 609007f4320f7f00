"""The targets of a plan body by body as an Excel file: who has, who has not, what each told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from portal.excel import excel_file
from portal.models import Organization
from portal.workbook import Column, workbook
from programs.models import Plan, TargetReport
from programs.target_reading import TargetLine, readable_targets, target_lines

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One body under one target."""

    line: TargetLine
    body: Organization | None
    stands: str
    told: TargetReport | None


COLUMNS = [
    Column("Chỉ tiêu", 48, lambda row: row.line.target.text),
    Column("Cần đạt", 24, lambda row: str(row.line.target.asked)),
    Column("Chung", 20, lambda row: row.line.fraction),
    Column("Số liệu tính đến", 14, lambda row: row.line.standing.days[1]),
    Column("Số cơ quan giữ kế hoạch nêu", 36, lambda row: row.line.stated),
    Column("Cơ quan", 40, lambda row: row.body and row.body.name),
    Column("Địa bàn", 28, lambda row: row.body and str(row.body.territory or "")),
    Column("Tình trạng", 22, lambda row: row.stands),
    Column("Kết quả", 12, lambda row: row.told and row.told.numerator),
    Column("Trên tổng số", 12, lambda row: row.told and row.told.denominator),
    Column("Báo cáo tính đến", 14, lambda row: row.told and row.told.as_of),
    Column("Minh chứng", 48, lambda row: row.told and row.told.evidence),
]


def target_file(plan: Plan, audiences: Collection[str], request: HttpRequest) -> StreamingHttpResponse:
    """The file of a plan's targets, as far as a reader may read them."""
    lines = target_lines(
        readable_targets(plan, frozenset(audiences)), names_bodies=True, today=timezone.localdate()
    )
    return excel_file(request, "chi-tieu", workbook(rows(lines), COLUMNS, title="Chỉ tiêu", words=plan.label))


def rows(lines: list[TargetLine]) -> Iterator[Row]:
    """Every body of every target, those of which nothing is known too; a target that counts nobody once."""
    for line in lines:
        told = {one.organization_id: one for one in TargetReport.objects.filter(target=line.target)}
        is_empty = True
        for words, bodies in line.groups:
            for body in (
                bodies.select_related("territory").order_by("sort_key", "pk").iterator(chunk_size=CHUNK)
            ):
                is_empty = False
                yield Row(line, body, words, told.get(body.pk))
        if is_empty:
            yield Row(line, None, "", None)

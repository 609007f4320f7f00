"""The list of conferences as an Excel file: what stands in its columns."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from meetings.clock import say_hours
from meetings.listing import kinds_of, signed_at
from meetings.models import Presentation, Stage
from meetings.parts import Talk, read_by
from portal.batches import batches
from portal.changes import shorten
from portal.excel import PAPER_DAY, dated_of, day_of, excel_file, standing
from portal.lists import FilterForm
from portal.models import User
from portal.wording import short_date
from portal.workbook import Column, workbook

Reader = User | AnonymousUser
CHUNK = 2000
LONGEST = 300
"""The most that is told of one paper read: a cell holds 32,767 characters."""
READ = (
    "pk", "code", "slug", "state", "withdrawn_at", "published_from", "organizers_label", "stage", "starts_at",
    "ends_at", "place", "keeper__name", "document__title", "document__number",
    *PAPER_DAY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A conference on its way into the file; ``of`` holds the columns of ``READ`` under their names."""

    of: Any
    kinds: str
    talks: str
    signed: int
    address: str


def held(row: Row) -> Any:
    """The day; what is known of it, in words, where that is less than a day."""
    if (day := day_of(row.of)) is not None:
        return day
    dated, inferred = dated_of(row.of), row.of.document__marks.get("dated", {}).get("inferred")
    return f"{short_date(dated)}{' (suy ra)' if inferred and dated.known else ''}"


PUBLIC_COLUMNS = [
    Column("Tên hội nghị", 60, lambda row: row.of.document__title),
    Column("Cơ quan tổ chức", 48, lambda row: row.of.organizers_label),
    Column("Ngày", 16, held),
    Column(
        "Giờ", 18, lambda row: say_hours(row.of.starts_at, row.of.ends_at) or dated_of(row.of).part_of_day
    ),
    Column("Địa điểm", 36, lambda row: row.of.place),
    Column("Loại", 24, lambda row: row.kinds),
    Column("Tiến độ", 18, lambda row: Stage(row.of.stage).label),
    Column("Tham luận", 60, lambda row: row.talks),
    Column("Địa chỉ", 50, lambda row: row.address),
]
STAFF_COLUMNS = [
    *PUBLIC_COLUMNS[:8],
    Column("Văn bản ký", 10, lambda row: row.signed),
    Column("Tình trạng", 20, lambda row: standing(row.of)),
    Column("Cơ quan giữ", 36, lambda row: row.of.keeper__name),
    PUBLIC_COLUMNS[8],
]


def meeting_file(
    found: QuerySet, form: FilterForm, reader: Reader, request: HttpRequest
) -> StreamingHttpResponse:
    """The file of a filtered list."""
    columns = STAFF_COLUMNS if reader.is_authenticated else PUBLIC_COLUMNS
    read = rows(found, reader, request.build_absolute_uri("/"))
    return excel_file(request, "hoi-nghi", workbook(read, columns, title="Hội nghị", words=form.sentence))


def rows(found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
    """The conferences with their kinds, the papers read and, inside, how many each signed, a chunk at a time."""
    inside = reader.is_authenticated
    name = "meetings:staff_meeting_list" if inside else "meetings:meeting_list"
    prefix = f"{site.rstrip('/')}{reverse(name)}"
    stream = found.values_list(*READ, named=True).iterator(chunk_size=CHUNK)
    for chunk in batches(stream, CHUNK):
        keys = [one.pk for one in chunk]
        kinds, talks, signed = kinds_of(keys), talks_at(keys), signed_at(keys) if inside else {}
        for one in chunk:
            address = f"{prefix}{one.code if inside else one.slug}/"
            yield Row(one, ", ".join(kinds[one.pk]), "\n".join(talks[one.pk]), signed.get(one.pk, 0), address)


def talks_at(keys: list[int]) -> dict[int, list[str]]:
    """The papers read at each of these conferences, in words, with who read each."""
    found: dict[int, list[str]] = defaultdict(list)
    linked = ("participation__organization", "organization")
    for one in Presentation.objects.filter(meeting__in=keys).select_related(*linked):
        found[one.meeting_id].append(shorten(Talk(one, read_by(one), None).words, LONGEST))
    return found

"""The board of tasks as an Excel file: the columns, and what is read for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from meetings.board import NO_DAY_WORDS, TaskFilterForm, chip_of
from meetings.models import Assignment
from meetings.models.tasks import NO_DAY
from portal.excel import excel_file
from portal.workbook import Column, workbook

CHUNK = 2000
READ = {
    "text": F("task__directive__text"),
    "body": F("organization__name"),
    "follower": F("task__follower__name"),
    "yearly": F("task__yearly"),
    "assigned_on": F("task__assigned_on"),
    "closed_on": F("task__closed_on"),
    "ended_on": F("organization__ended_on"),
    "origin": Coalesce("task__directive__meeting__document__title", "task__directive__document__title"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An assignment on its way into the file."""

    of: Any
    address: str
    today: date


def since(row: Row) -> date | None:
    """The day from which it stands so, as the facts tell; None where nothing tells it."""
    one, states, day = row.of, Assignment.State, timedelta(days=1)
    if one.has_done:
        return None
    if one.state == states.CLOSED and one.ended_on:
        return one.ended_on + day
    if one.state == states.STOPPED and one.closed_on:
        return one.closed_on
    if one.state in Assignment.UNFINISHED and one.due_on < row.today:
        return one.due_on + day
    if one.state == states.OPEN and not (one.yearly or one.passed_from_id):
        return one.assigned_on
    return timezone.localtime(one.state_since).date()


COLUMNS = [
    Column("Việc được giao", 70, lambda row: row.of.text),
    Column("Cơ quan thực hiện", 40, lambda row: row.of.body),
    Column("Hạn", 14, lambda row: NO_DAY_WORDS if row.of.due_on == NO_DAY else row.of.due_on),
    Column("Tình trạng", 26, lambda row: chip_of(row.of, row.today)[1]),
    Column("Từ ngày", 12, since),
    Column("Lý do", 40, lambda row: row.of.reason),
    Column("Lặp lại", 12, lambda row: "hằng năm" if row.of.yearly else ""),
    Column("Cơ quan theo dõi", 40, lambda row: row.of.follower),
    Column("Hội nghị, văn bản", 60, lambda row: row.of.origin),
    Column("Địa chỉ", 50, lambda row: row.address),
]


def task_file(found: QuerySet, form: TaskFilterForm, request: HttpRequest) -> StreamingHttpResponse:
    """The file of the filtered board."""
    read = rows(found, request.build_absolute_uri(reverse("meetings:task_list")))
    return excel_file(request, "nhiem-vu", workbook(read, COLUMNS, title="Nhiệm vụ", words=form.sentence))


def rows(found: QuerySet, site: str) -> Iterator[Row]:
    """The assignments, a chunk at a time."""
    today = timezone.localdate()
    named = found.annotate(**READ).values_list(
        "code", "state", "state_since", "due_on", "reason", "has_done", "passed_from_id", *READ, named=True
    )
    for one in named.iterator(chunk_size=CHUNK):
        yield Row(one, f"{site}{one.code}/", today)

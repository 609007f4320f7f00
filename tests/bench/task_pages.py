"""Which pages of tasks are measured, for which person: the board, one part of a task, the whole of one."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from meetings.board import conference_query
from meetings.models import Assignment, Meeting, Task
from portal.lists import PER_PAGE
from portal.models import User
from tests.bench.conferences import SMALL
from tests.bench.page import ANCHORED, Page

PEOPLE = ("unit", "clerk", "superior", "national", "inspector", "administrator")
FILTERS = {
    "overdue": "tinh-trang=qua-han",
    "to be read": "tinh-trang=cho-xem",
    "year": "nam=2023",
    "territory": "dia-ban=tỉnh Ninh Bình",
    "addressee": "don-vi=ubnd tỉnh ninh bình",
    "common word": "q=dân vận",
    "words of conferences": "hoi-nghi=ký kết",
    "by addressee": "xep=co-quan",
    "by conference": "xep=hoi-nghi",
}


def task_pages() -> Iterator[Page]:
    """The board, filtered, ordered and deep; the pages of one part and of a whole task."""
    board = reverse("meetings:task_list")
    meeting = Meeting.objects.select_related("document").get(pk=SMALL)
    filters = FILTERS | {"one conference": urlencode(conference_query(meeting))}
    for person in PEOPLE:
        seen = Assignment.objects.visible_to(User.objects.get(username=person))
        yield Page("task board", board, person)
        for words, query in filters.items():
            yield Page(f"task board, {words}", f"{board}?{query}", person)
        yield Page("task board, last page", f"{board}?trang={max(seen.count() // PER_PAGE, 1)}", person)
        yield from _one(person, seen)


def _one(person: str, seen: QuerySet) -> Iterator[Page]:
    for measure in (Task.Measure.SIGNED, Task.Measure.REVIEWED):
        of_measure = seen.filter(task__measure=measure).select_related("task").order_by("pk")
        if one := of_measure.first():
            yield Page(f"task, {measure}", reverse("meetings:task_record", args=[one.code]), person)
            address = reverse("meetings:task_whole", args=[one.task.code])
            yield Page(f"whole task, {measure}", address, person)
    if one := seen.select_related("task").order_by("pk").first():
        yield Page("task", reverse("meetings:task_record", args=[one.code]), person, ANCHORED)
        yield Page("whole task", reverse("meetings:task_whole", args=[one.task.code]), person, ANCHORED)

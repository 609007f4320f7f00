"""Which pages of conferences are measured, for which person."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from meetings.models import Meeting
from portal.lists import PER_PAGE
from portal.models import User
from tests.bench.conferences import LARGE, SMALL
from tests.bench.page import ANCHORED, Page

FILTERS = {
    "year": "nam=2023",
    "kind": "loai=so-ket",
    "territory": "dia-ban=tỉnh Ninh Bình",
    "common word": "q=dân vận",
    "rare words": "q=trần văn khánh",
    "body": "don-vi=ubnd tỉnh ninh bình",
    "still to come": "tien-do=prepared",
    "by organisers": "xep=co-quan",
    "oldest first": "xep=cu-nhat",
}
INSIDE = {"waiting": "tinh-trang=waiting"}
MONTHS = {"month": "", "past month": "?thang=2023-03"}
SIZES = {"50 people": SMALL, "500 people": LARGE}


def meeting_pages() -> Iterator[Page]:
    """Lists, filtered and deep, calendars, and the pages of a conference of 50 and of one of 500 people."""
    listed = reverse("meetings:meeting_list")
    yield Page("conference list", listed, bar=ANCHORED)
    yield from _lists("conference list", listed, "", Meeting.objects.published())
    for words, key in SIZES.items():
        slug = Meeting.objects.get(pk=key).slug
        yield Page(f"conference page, {words}", reverse("meetings:meeting_page", args=[slug]), bar=ANCHORED)
    listed = reverse("meetings:staff_meeting_list")
    for person in ("clerk", "superior", "national", "inspector", "administrator"):
        seen = Meeting.objects.visible_to(User.objects.get(username=person))
        yield Page("conference staff list", listed, person)
        yield from _lists("conference staff list", listed, person, seen)
        for words, query in INSIDE.items():
            yield Page(f"conference staff list, {words}", f"{listed}?{query}", person)
        for words, query in MONTHS.items():
            yield Page(f"conference {words}", f"{reverse('meetings:meeting_month')}{query}", person)
        for words, key in SIZES.items():
            code = Meeting.objects.get(pk=key).code
            address = reverse("meetings:meeting_record", args=[code])
            yield Page(f"conference record, {words}", address, person, ANCHORED)
    for words, key in SIZES.items():
        code = Meeting.objects.get(pk=key).code
        for name in ("guests", "pack"):
            address = reverse(f"meetings:{name}_of_meeting", args=[code])
            yield Page(f"conference {name}, {words}", address, "administrator", ANCHORED)


def _lists(name: str, address: str, person: str, found: QuerySet) -> Iterator[Page]:
    for words, query in FILTERS.items():
        yield Page(f"{name}, {words}", f"{address}?{query}", person)
    last = max(found.count() // PER_PAGE, 1)
    yield Page(f"{name}, last page", f"{address}?trang={last}", person)

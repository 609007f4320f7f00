"""A conference of hundreds: opened, saved and saved again in as many questions as one of fifty."""

from typing import Any

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.actions import save_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Meeting
from portal.forms.rows import append_rows
from tests.cast import Cast

WITH_ROLES = 40
OPENED = 13
SAVED, UNCHANGED = 52, 57
BATCHES = {50: 0, 500: 20}
"""SQLite takes five hundred rows in a few more batches: never a question for each."""
Counter = Any


def crowd(cast: Cast, size: int) -> QueryDict:
    """A conference of ``size`` people, forty of them with roles."""
    data = QueryDict(mutable=True)
    data["title"], data["dated"] = f"Hội nghị {size} người", "2/4/2026"
    append_rows(data, "partners", [{"side": "1", "name": cast.ours.name}])
    people = [{"name": f"Nguyễn Văn {at}", "capacity": f"Bí thư Chi bộ {at}"} for at in range(size)]
    append_rows(data, "people", people[:WITH_ROLES])
    for at in range(WITH_ROLES):
        data.setlist(f"people-{at}-roles", ["phat-bieu", "du"])
    data["attendees"] = "\n".join(f"{one['name']}, {one['capacity']}" for one in people[WITH_ROLES:])
    return data


@pytest.mark.parametrize("size", [50, 500])
def test_as_many_questions_for_fifty_as_for_five_hundred(
    cast: Cast, size: int, django_assert_max_num_queries: Counter
) -> None:
    starter.load()
    data = crowd(cast, size)

    def written(record: Meeting | None, sent: QueryDict) -> Meeting:
        form = MeetingForm(sent, user=cast.lan, record=record)
        assert form.is_valid()
        return save_meeting(record, form.entry(), by=cast.lan, keeper=cast.ours)

    with django_assert_max_num_queries(SAVED + BATCHES[size]):
        meeting = written(None, data)
    fresh = Meeting.objects.select_related("document").get(pk=meeting.pk)
    with django_assert_max_num_queries(OPENED):
        opened = meeting_data(fresh)
    with django_assert_max_num_queries(UNCHANGED + BATCHES[size]):
        written(fresh, opened)
    assert meeting.participations.count() == size
    assert (opened["people-TOTAL_FORMS"], opened["attendees"].count("\n") + 1) == (
        str(WITH_ROLES),
        size - WITH_ROLES,
    )

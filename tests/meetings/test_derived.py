"""What conferences are found by follows the bodies they name, for all of them at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions import DirectiveEntry, ParticipationEntry, PresentationEntry, TaskEntry
from meetings.actions.derived import naming
from meetings.models import Meeting
from portal import sections
from portal.models import Organization, SearchText
from tests.cast import Cast, in_days, make_body, make_meeting
from tests.meetings.test_visibility import bring


def renamed(body: Organization, name: str) -> int:
    """How many questions the portal asks when a body is renamed."""
    body = Organization.objects.get(pk=body.pk)
    body.name = name
    body.save()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        sections.touched(body)
    return len(asked)


@pytest.mark.parametrize("count", [1, 3])
def test_conferences_are_found_by_the_new_name_of_a_body_by_the_questions_of_one(
    cast: Cast, count: int
) -> None:
    veterans = make_body("Hội Cựu chiến binh")
    for number in range(count):
        meeting = make_meeting(
            cast,
            f"Họp {number}",
            participations=[ParticipationEntry(organization=body) for body in (veterans, cast.neighbour)],
            presentations=[PresentationEntry("Về nước sạch")],
            directives=[DirectiveEntry("Sớm ký", task=TaskEntry(in_days(9), [cast.partner, veterans]))],
        )
        bring(cast, meeting, "approved")
    asked = [renamed(veterans, "Hội Nông dân"), renamed(cast.partner, "Hội Phụ nữ")]
    assert asked == [16, 16]
    seated = SearchText.objects.filter(audience="parties", text__contains="hoi nong dan")
    organised = Meeting.objects.filter(search_text__contains="phu nu")
    assert (seated.count(), organised.count()) == (count, count)


def test_a_conference_says_the_name_of_a_body_that_organises_it_or_has_a_place_of_its_own(cast: Cast) -> None:
    seat = make_meeting(cast, participations=[ParticipationEntry(organization=cast.neighbour)])
    person = ParticipationEntry("Trần Văn An", organization=cast.neighbour)
    other = make_meeting(cast, participations=[person])
    assert (naming(cast.neighbour), naming(cast.ours)) == ({seat.pk}, {seat.pk, other.pk})

"""What conferences are found by follows the bodies they name, for all of them at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions import DirectiveEntry, ParticipationEntry, PresentationEntry, TaskEntry
from meetings.actions.derived import naming
from meetings.actions.tasks import assign
from meetings.models import Directive, Meeting, Task
from portal import sections
from portal.dates import parse_date
from portal.models import Organization, SearchText, Verb
from programs import actions
from tests.cast import Cast, in_days, make_body, make_entry, make_meeting, make_program
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
    assert asked == [21, 21]
    seated = SearchText.objects.filter(audience="parties", text__contains="hoi nong dan")
    organised = Meeting.objects.filter(search_text__contains="phu nu")
    assert (seated.count(), organised.count()) == (count, count)


def test_a_conference_says_the_name_of_a_body_that_organises_it_or_has_a_place_of_its_own(cast: Cast) -> None:
    seat = make_meeting(cast, participations=[ParticipationEntry(organization=cast.neighbour)])
    person = ParticipationEntry("Trần Văn An", organization=cast.neighbour)
    other = make_meeting(cast, participations=[person])
    assert (naming(cast.neighbour), naming(cast.ours)) == ({seat.pk}, {seat.pk, other.pk})


def test_a_task_is_listed_and_found_by_its_saying_and_the_day_of_its_conference(cast: Cast) -> None:
    told = DirectiveEntry("Sớm ký", task=TaskEntry(in_days(9), [cast.partner]))
    meeting = make_meeting(cast, directives=[told], dated=parse_date("2/4/2022"))
    bring(cast, meeting, "approved")
    kept = ("search_text", "told_in", "told_on", "given_first", "given_last")
    minutes = meeting.document_id
    assert Task.objects.values_list(*kept).get() == ("som ky", minutes, date(2022, 4, 2), 2022, 2022)

    meeting.document.refresh_from_db()
    meeting.document.dated = parse_date("3/5/2023")
    meeting.document.save()
    sections.touched(meeting.document)
    saying = meeting.directives.get()
    saying.text = "Sớm tổng kết"
    saying.save()
    sections.touched(saying)
    assert Task.objects.values_list(*kept).get() == ("som tong ket", minutes, date(2023, 5, 3), 2023, 2023)


def test_a_task_told_in_a_programme_follows_its_day_when_the_programme_is_written(cast: Cast) -> None:
    program = make_program(cast, "approved")
    saying = Directive.objects.create(document=program.document, text="Hằng năm sơ kết", audience="public")
    assign(saying, TaskEntry(in_days(9), [cast.partner]), follower=cast.ours, by=cast.lan)
    entry = make_entry(cast, dated=parse_date("5/11/2021"))
    actions.save_program(program, entry, by=cast.hung, expected=program.version, verb=Verb.APPROVE)
    told = Task.objects.values_list("told_on", "given_first", "given_last").get()
    assert told == (date(2021, 11, 5), 2021, 2021)

"""Two at one assignment at the same moment: one answers or stops it, the other is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings import starter
from meetings.actions import DirectiveEntry, MeetingEntry, TaskEntry, save_meeting
from meetings.actions.answers import AnswerEntry, answer
from meetings.actions.meetings import approve_meeting
from meetings.actions.tasks import stop
from meetings.models import Answer, Assignment
from portal.actions import records
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.records import Moved, NotNow
from portal.dates import PartialDate
from tests.at_once import together
from tests.cast import Cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assignment(cast: Cast) -> Assignment:
    """What the partner was assigned at a conference of our body."""
    starter.load()
    today = timezone.localdate()
    paper = PaperEntry(
        title="Hội nghị tổng kết", dated=PartialDate.day(today), partners=[PartnerEntry(1, cast.ours)]
    )
    task = TaskEntry(today + timedelta(days=30), [cast.partner])
    entry = MeetingEntry(paper=paper, directives=[DirectiveEntry("Quán triệt “5 không”", task=task)])
    meeting = save_meeting(None, entry, by=cast.lan, keeper=cast.ours)
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    return Assignment.objects.select_related("task__follower", "task__directive").get()


def answered(cast: Cast, assignment: Assignment, words: str) -> None:
    answer(assignment, AnswerEntry(words), by=cast.phuc, body=cast.partner, expected=0)


def test_of_two_who_answer_at_once_the_second_is_told(cast: Cast, assignment: Assignment) -> None:
    together(
        lambda: answered(cast, assignment, "Ba buổi."),
        lambda: answered(cast, assignment, "Bốn buổi."),
        refused=Moved,
    )
    assert Answer.objects.get().text == "Ba buổi."


@pytest.mark.parametrize("first", ["the answer", "the stop"])
def test_what_is_stopped_takes_no_answer_after(cast: Cast, assignment: Assignment, first: str) -> None:
    works = [
        lambda: answered(cast, assignment, "Ba buổi."),
        lambda: stop(assignment.task, by=cast.lan, reason="Đã giao việc khác."),
    ]
    if first == "the answer":
        together(*works)
    else:
        together(*works[::-1], refused=NotNow)
    assert (Assignment.objects.get().state, Answer.objects.count()) == ("stopped", int(first == "the answer"))

"""Tasks: sent out with the approval, answered, accepted or sent back, passed on when a body ends."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import starter
from meetings.actions import DirectiveEntry, MeetingEntry, TaskEntry, save_meeting
from meetings.actions.answers import AnswerEntry, accept, answer, send_back
from meetings.actions.meetings import approve_meeting
from meetings.actions.passing import pass_on
from meetings.actions.rounds import renew
from meetings.actions.tasks import assign, issue, issue_tasks, stop
from meetings.models import Answer, Assignment, Meeting, Task
from meetings.parts import states_of
from meetings.task_reading import acts_about, story_of
from portal.actions import records
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.records import Moved, NotNow
from portal.actions.registers import rebuild_reach
from portal.dates import parse_date
from portal.models import Act, Succession, Verb
from tests.cast import Cast, make_body

DUE = date(2026, 12, 31)
STOPPED = 10


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A conference of our body with one task for the partner, approved."""
    starter.load()
    paper = PaperEntry(
        title="Hội nghị tổng kết", dated=parse_date("20/11/2026"), partners=[PartnerEntry(1, cast.ours)]
    )
    task = TaskEntry(DUE, [cast.partner], yearly=True)
    entry = MeetingEntry(paper=paper, directives=[DirectiveEntry("Quán triệt “5 không”", task=task)])
    meeting = save_meeting(None, entry, by=cast.lan, keeper=cast.ours)
    records.submit(meeting, by=cast.lan)
    assert issue_tasks(meeting, by=cast.lan) == []
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    return meeting


def test_a_task_goes_out_once_with_the_approval(cast: Cast, meeting: Meeting) -> None:
    assert issue_tasks(meeting, by=cast.hung) == []
    assert [(one.organization, one.due_on, one.state) for one in Assignment.objects.all()] == [
        (cast.partner, DUE, "open")
    ]


def test_only_the_follower_the_addressee_and_their_superiors_see_it(cast: Cast, meeting: Meeting) -> None:
    seen = [name for name in cast.people if Assignment.objects.visible_to(cast.people[name]).exists()]
    assert sorted(seen) == ["dung", "hung", "lan", "mai", "phuc", "quy", "thu"]


def test_an_answer_is_sent_back_with_a_reason_and_then_accepted(cast: Cast, meeting: Meeting) -> None:
    one = Assignment.objects.get()
    answer(one, AnswerEntry("Đã quán triệt."), by=cast.phuc, body=cast.partner, expected=0)
    with pytest.raises(Moved):
        answer(one, AnswerEntry("Cùng lúc"), by=cast.phuc, body=cast.partner, expected=0)
    with pytest.raises(NotNow):
        answer(one, AnswerEntry("Lần nữa"), by=cast.phuc, body=cast.partner, expected=1)
    send_back(one, by=cast.lan, reason="Thiếu số liệu.")
    one.refresh_from_db()
    assert (one.state, one.reason, one.is_overdue(date(2027, 1, 1))) == ("returned", "Thiếu số liệu.", True)
    with pytest.raises(Moved):
        answer(one, AnswerEntry("Bổ sung"), by=cast.phuc, body=cast.partner, expected=0)
    sent = answer(one, AnswerEntry("Đã tổ chức 3 buổi."), by=cast.phuc, body=cast.partner, expected=1)
    accept(one, by=cast.lan)
    one.refresh_from_db()
    assert (one.state, one.is_overdue(date(2027, 1, 1)), sent.keeper) == ("accepted", False, cast.partner)
    assert Answer.objects.visible_to(cast.lan).count() == 2
    assert Answer.objects.visible_to(cast.binh).count() == 0


def test_a_yearly_task_comes_again_the_day_after_it_was_due(cast: Cast, meeting: Meeting) -> None:
    task = Assignment.objects.get().task
    assert renew(task, on=DUE) == []
    assert [one.due_on for one in renew(task, on=date(2027, 1, 1))] == [date(2027, 12, 31)]
    assert renew(task, on=date(2027, 1, 1)) == []
    stop(task, by=cast.lan, reason="Đã hoàn thành.")
    assert renew(Task.objects.get(), on=date(2028, 1, 1)) == []


def test_stopping_writes_nothing_but_the_stop(cast: Cast, meeting: Meeting) -> None:
    seen = Assignment.objects.get().task
    Task.objects.update(due_on=date(2027, 6, 30))
    stop(seen, by=cast.lan, reason="Hoãn.")
    task = Task.objects.get()
    assert (task.due_on, task.closing_reason) == (date(2027, 6, 30), "Hoãn.")


def test_an_ended_body_passes_its_task_to_its_successor(cast: Cast, meeting: Meeting) -> None:
    heir = make_body("UBND phường mới")
    cast.partner.ended_on = date(2026, 11, 30)
    cast.partner.save()
    Succession.objects.create(predecessor=cast.partner, successor=heir, kind="renamed")
    rebuild_reach()
    assert pass_on(Assignment.objects.select_related("organization", "task"), on=date(2026, 12, 1)) == 1
    assert [(one.organization, one.state, one.passed_from) for one in Assignment.objects.order_by("pk")] == [
        (cast.partner, "closed", None),
        (heir, "open", cast.partner),
    ]


def test_a_body_that_ended_without_successor_closes_its_task(cast: Cast, meeting: Meeting) -> None:
    cast.partner.ended_on = date(2026, 11, 30)
    cast.partner.save()
    pass_on(Assignment.objects.select_related("organization", "task"), on=date(2026, 12, 1))
    one = Assignment.objects.get()
    assert (one.state, one.get_state_display()) == ("closed", "không còn cơ quan thực hiện")
    told = story_of(one)[0]
    assert (told.verb, told.text) == (
        "đóng phần việc", "cơ quan được giao đã kết thúc, chưa ghi cơ quan kế thừa"
    )  # fmt: skip


def test_a_yearly_task_is_told_by_its_latest_round(cast: Cast, meeting: Meeting) -> None:
    one = Assignment.objects.get()
    answer(one, AnswerEntry("Xong."), by=cast.phuc, body=cast.partner, expected=0)
    accept(one, by=cast.lan)
    directive = one.task.directive
    assert states_of([directive], cast.lan) == {directive.pk: "1/1 cơ quan đã hoàn thành"}
    renew(one.task, on=date(2027, 1, 1))
    assert states_of([directive], cast.lan) == {directive.pk: "0/1 cơ quan đã hoàn thành"}
    stop(one.task, by=cast.lan, reason="Thôi.")
    assert states_of([directive], cast.lan) == {directive.pk: "1/1 cơ quan đã hoàn thành, thôi theo dõi"}


def test_a_stopped_task_is_assigned_again_and_its_addressees_go_on(cast: Cast, meeting: Meeting) -> None:
    one = Assignment.objects.get()
    stop(one.task, by=cast.lan, reason="Hoãn.")
    entry = TaskEntry(date(2026, 12, 1), [cast.partner, cast.neighbour])
    task = assign(one.task.directive, entry, follower=cast.ours, by=cast.lan)
    assert (task.pk, task.closed_on, task.closing_reason) == (one.task_id, None, "")
    assert [
        (row.pk == one.pk, row.organization, row.due_on, row.state) for row in task.assignments.order_by("pk")
    ] == [
        (True, cast.partner, date(2026, 12, 1), "open"),
        (False, cast.neighbour, date(2026, 12, 1), "open"),
    ]
    told = [said.verb for said in story_of(task.assignments.get(pk=one.pk))]
    assert told == ["giao theo dõi", "thôi theo dõi", "giao theo dõi"]
    with pytest.raises(NotNow):
        assign(one.task.directive, entry, follower=cast.ours, by=cast.lan)


def test_each_round_of_a_yearly_task_tells_what_was_done_to_it_alone(cast: Cast, meeting: Meeting) -> None:
    first = Assignment.objects.get()
    answer(first, AnswerEntry("Xong."), by=cast.phuc, body=cast.partner, expected=0)
    accept(first, by=cast.lan)
    [second] = renew(first.task, on=date(2027, 1, 1))
    stop(first.task, by=cast.lan, reason="Hoãn.")
    entry = TaskEntry(date(2028, 12, 31), [cast.partner], yearly=True)
    assign(first.task.directive, entry, follower=cast.ours, by=cast.lan)
    renew(first.task, on=date(2029, 1, 1))
    assert [[told.verb for told in story_of(one)] for one in (first, second)] == [
        ["ghi nhận hoàn thành", "trả lời nhiệm vụ", "giao theo dõi"],
        ["giao theo dõi", "thôi theo dõi", "giao theo dõi"],
    ]


def test_the_acts_of_an_assignment_are_found_through_indexes(cast: Cast, meeting: Meeting) -> None:
    with CaptureQueriesContext(connection) as asked:
        acts_about(Assignment.objects.get())
    about = [one["sql"] for one in asked if 'FROM "portal_act"' in one["sql"]]
    assert [sql.count("SELECT") for sql in about] == [1]


def test_an_answer_given_meanwhile_is_not_passed_on(cast: Cast, meeting: Meeting) -> None:
    cast.partner.ended_on = date(2026, 11, 30)
    cast.partner.save()
    left = list(Assignment.objects.select_related("organization", "task"))
    answer(left[0], AnswerEntry("Xong."), by=cast.phuc, body=cast.partner, expected=0)
    assert pass_on(left, on=date(2026, 12, 1)) == 0
    assert Assignment.objects.get().state == "answered"
    assert not Act.objects.filter(verb=Verb.PASS_ON).exists()


def test_a_task_of_many_bodies_stops_in_few_questions(
    cast: Cast, meeting: Meeting, django_assert_max_num_queries: Any
) -> None:
    task = Assignment.objects.get().task
    issue([(task, DUE, [make_body(f"Cơ quan {at}") for at in range(40)])], by=cast.lan)
    with django_assert_max_num_queries(STOPPED):
        stop(task, by=cast.lan, reason="Thôi.")
    assert task.assignments.filter(state="stopped").count() == 41


def test_assigning_in_a_draft_moves_it_and_what_waits_stays_as_handed_in(
    cast: Cast, meeting: Meeting
) -> None:
    paper = PaperEntry(title="Hội nghị sơ kết", partners=[PartnerEntry(1, cast.ours)])
    entry = MeetingEntry(
        paper=paper, directives=[DirectiveEntry("Sớm ký kết"), DirectiveEntry("Sớm đánh giá")]
    )
    draft = save_meeting(None, entry, by=cast.lan, keeper=cast.ours)
    first, second = draft.directives.order_by("position")
    opened = draft.version
    assign(first, TaskEntry(DUE, [cast.partner]), follower=cast.ours, by=cast.lan)
    draft.refresh_from_db()
    with pytest.raises(Moved):
        save_meeting(draft, entry, by=cast.lan, expected=opened)
    records.submit(draft, by=cast.lan)
    with pytest.raises(NotNow):
        assign(second, TaskEntry(DUE, [cast.partner]), follower=cast.ours, by=cast.lan)

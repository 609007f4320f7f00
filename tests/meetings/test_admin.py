"""The clean-up pages of conferences: what they show and cost, and what a correction leaves behind."""

import pytest
from django.urls import reverse

from meetings.models import (
    AgendaItem,
    Answer,
    Assignment,
    Directive,
    DirectiveAddressee,
    DirectiveSpeaker,
    Meeting,
    MeetingKind,
    MeetingKindLink,
    MeetingPaper,
    MeetingRole,
    MeetingSignature,
    Participation,
    ParticipationRole,
    Presentation,
    Task,
    TaskAddressee,
)
from portal.models import Act, Verb
from tests.cast import make_meeting
from tests.clean_up import Rows, assert_fit, correct, costs, expected_status, pages_of

COSTS = {
    AgendaItem: {"list": 4, "change": 3, "history": 5},
    Answer: {"list": 4, "change": 3, "history": 5},
    Assignment: {"list": 4, "change": 3, "history": 5},
    Directive: {"list": 4, "change": 5, "history": 5},
    DirectiveAddressee: {"list": 4, "change": 3, "history": 5},
    DirectiveSpeaker: {"list": 4, "change": 3, "history": 5},
    Meeting: {"list": 5, "change": 8, "history": 5},
    MeetingKind: {"list": 4, "change": 3, "history": 5},
    MeetingKindLink: {"list": 5, "change": 3, "history": 5},
    MeetingPaper: {"list": 4, "change": 4, "history": 5},
    MeetingRole: {"list": 4, "change": 3, "history": 5},
    MeetingSignature: {"list": 4, "change": 3, "history": 5},
    Participation: {"list": 4, "change": 4, "history": 5},
    ParticipationRole: {"list": 5, "change": 3, "history": 5},
    Presentation: {"list": 4, "change": 3, "history": 5},
    Task: {"list": 4, "change": 5, "history": 5},
    TaskAddressee: {"list": 4, "change": 3, "history": 5},
}


@pytest.fixture
def rows(cast):
    return Rows(cast)


@pytest.fixture
def quy(cast):
    return cast.client("quy")


@pytest.mark.parametrize("model", COSTS, ids=lambda model: model.__name__)
def test_every_page_answers(model, rows, quy):
    row = rows.of(model)
    rows.parts(row)
    for name, status in expected_status(row).items():
        answer = quy.get(pages_of(row)[name])
        assert (name, answer.status_code) == (name, status)
        if status == 200:
            assert_fit(answer.content.decode())


@pytest.mark.parametrize("model", COSTS, ids=lambda model: model.__name__)
def test_rows_cost_no_queries(model, rows, quy):
    assert costs(rows, model, quy) == COSTS[model]


@pytest.mark.parametrize("model", COSTS, ids=lambda model: model.__name__)
def test_what_is_shown_can_be_saved_as_it_is(model, rows, quy):
    row = rows.of(model)
    rows.parts(row)
    made = Act.objects.count()
    assert correct(quy, row).status_code == 302
    assert Act.objects.count() == made


def test_a_conference_is_found_without_accents(cast, quy):
    meeting = make_meeting(cast, "Hội nghị tổng kết", place="Nhà văn hóa phường")
    for typed in ("tong ket", "nha van hoa", "BA ĐÌNH ubnd"):
        page = quy.get(reverse("admin:meetings_meeting_changelist"), {"q": typed})
        assert list(page.context["cl"].result_list) == [meeting]


def test_a_correction_is_one_act_of_the_conference_and_is_found(cast, rows, quy):
    meeting = make_meeting(cast)
    saying = rows.of(Directive, meeting=meeting, audience="public")
    answer = correct(quy, saying, text="Sớm đánh giá việc tiếp công dân", reason="ghi nhầm")
    assert answer.status_code == 302
    act = Act.objects.filter(verb=Verb.CORRECT).get()
    assert (act.record_code, act.reason) == (meeting.code, "ghi nhầm")
    before = meeting.version
    meeting.refresh_from_db()
    assert meeting.version == before + 1
    assert Meeting.objects.holding(["danh", "gia", "viec"], cast.lan).get() == meeting


def test_a_conference_is_not_its_own_predecessor(cast, quy):
    meeting = make_meeting(cast)
    page = correct(quy, meeting, previous=meeting.pk, reason="thử")
    assert list(page.context["adminform"].form.errors) == ["previous"]


def test_a_task_that_went_out_is_not_deleted(rows, quy):
    assignment = rows.of(Assignment)
    assert quy.get(pages_of(assignment.task)["delete"]).status_code == 403
    assert quy.get(pages_of(rows.of(Task))["delete"]).status_code == 200

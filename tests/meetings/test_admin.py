"""The clean-up pages of conferences: what they show and cost, and what a correction leaves behind."""

from django.urls import reverse

from meetings.models import (
    Assignment,
    Directive,
    Meeting,
    Task,
)
from portal.models import Act, Sought, Verb
from tests.cast import make_meeting
from tests.clean_up import correct, pages_of


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
    assert Meeting.objects.holding(Sought("danh gia viec", cast.lan)).get() == meeting


def test_a_conference_is_not_its_own_predecessor(cast, quy):
    meeting = make_meeting(cast)
    page = correct(quy, meeting, previous=meeting.pk, reason="thử")
    assert list(page.context["adminform"].form.errors) == ["previous"]


def test_a_task_that_went_out_is_not_deleted(rows, quy):
    assignment = rows.of(Assignment)
    assert quy.get(pages_of(assignment.task)["delete"]).status_code == 403
    assert quy.get(pages_of(rows.of(Task))["delete"]).status_code == 200

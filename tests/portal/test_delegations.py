"""A leader hands the approving right over for a time: dated, named in the journal, never passed on."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.access import Doing, can, require
from portal.actions import copies, records
from portal.models import Act, Role, State, User, Verb
from programs.forms.programs import raw_data
from tests.cast import Cast, in_days, make_program

PAGE = "/lam-viec/uy-quyen/"


def again(user: User) -> User:
    """The person as the next request meets them."""
    return User.objects.get(pk=user.pk)


def typed(day: int) -> str:
    """A day from today as people type it."""
    on = in_days(day)
    return f"{on.day}/{on.month}/{on.year}"


def give(cast: Cast, **changed: str) -> int:
    """Hùng gives Lan the right from tomorrow for three days; the status of the answer."""
    data = {"to": cast.lan.code, "first": typed(1), "last": typed(3), "reason": "Đi công tác"} | changed
    return cast.client("hung").post(PAGE, data).status_code


def test_the_right_is_held_from_its_first_day_to_its_last(cast: Cast) -> None:
    assert give(cast) == 302
    given = cast.lan.memberships.get(role=Role.APPROVER)
    assert (given.delegated_by, given.organization, given.reason) == (cast.hung, cast.ours, "Đi công tác")
    held = {}
    for day in (0, 1, 3, 4):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            held[day] = bool(can(again(cast.lan), Doing.APPROVE, within=cast.ours))
    assert held == {0: False, 1: True, 3: True, 4: False}
    act = Act.objects.get(verb=Verb.DELEGATE)
    assert (act.person, act.body, act.reason) == (cast.hung, cast.ours, "Đi công tác")


@pytest.mark.parametrize(
    "wrong",
    [{"to": ""}, {"last": ""}, {"reason": ""}, {"first": typed(-1)}, {"last": typed(0)}, {"last": "2027"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_missing_or_in_the_past_is_refused(cast: Cast, wrong: dict) -> None:
    assert give(cast, **wrong) == 422
    assert not cast.lan.memberships.filter(role=Role.APPROVER).exists()


def test_only_colleagues_are_offered_and_nobody_twice_for_one_time(cast: Cast) -> None:
    page = cast.client("hung").get(PAGE).text
    offered = [name for name, person in cast.people.items() if f'value="{person.code}"' in page]
    assert offered == ["lan", "mai"]
    assert [give(cast, to=cast.phuc.code), give(cast), give(cast, first=typed(3), last=typed(9))] == [
        422,
        302,
        422,
    ]


def test_the_journal_says_whose_right_it_was(cast: Cast) -> None:
    programs = {name: make_program(cast, "waiting", title=name) for name in ("dung", "hung")}
    for name, program in programs.items():
        url = reverse("programs:approve_program", args=[program.code])
        cast.client(name).post(url, {"phien-ban": program.version, "lam": "publish"})
    givers = dict(Act.objects.filter(verb=Verb.APPROVE).values_list("person__username", "delegated_by"))
    assert givers == {"dung": cast.hung.pk, "hung": None}
    said = "Bùi Văn Dũng (được ủy quyền của Trần Văn Hùng), Ban Dân vận Đảng ủy phường Ba Đình: duyệt"
    record = reverse("programs:program_record", args=[programs["dung"].code])
    assert said in cast.client("lan").get(record).text
    assert "được ủy quyền" not in cast.client("lan").get(record.replace(programs["dung"].code, programs["hung"].code)).text  # fmt: skip


def test_a_delegate_does_not_pass_the_right_on(cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="không ủy quyền lại"):
        require(cast.dung, Doing.DELEGATE, within=cast.ours)
    data = {"to": cast.lan.code, "last": typed(3), "reason": "Đi công tác"}
    assert cast.client("dung").post(PAGE, data).status_code == 403
    assert not cast.lan.memberships.filter(role=Role.APPROVER).exists()


def test_it_ends_when_taken_back_or_when_its_giver_no_longer_approves(cast: Cast) -> None:
    given = cast.dung.memberships.get()
    end = reverse("portal:end_delegation", args=[given.pk])
    assert can(again(cast.dung), Doing.APPROVE, within=cast.ours)
    own = cast.hung.memberships.get()
    own.ended_on = in_days(-1)
    own.save()
    assert not can(again(cast.dung), Doing.APPROVE, within=cast.ours)
    own.ended_on = None
    own.save()
    cast.client("hung").post(end)
    assert not can(again(cast.dung), Doing.APPROVE, within=cast.ours)
    given.refresh_from_db()
    assert given.ended_on == in_days(5)
    assert [act.person for act in Act.objects.filter(verb=Verb.REVOKE)] == [cast.hung]
    assert "đã kết thúc" in cast.client("hung").post(end, follow=True).text


def test_the_desk_tells_the_delegate_until_when(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    desk = cast.client("dung").get("/lam-viec/").text
    day = in_days(5)
    assert "Trần Văn Hùng ủy quyền duyệt văn bản của" in desk
    assert f"đến hết ngày {day.day}/{day.month}/{day.year}" in desk
    assert reverse("programs:review_program", args=[program.code]) in desk
    assert [PAGE in cast.client(name).get("/lam-viec/").text for name in ("hung", "dung", "lan")] == [
        True,
        False,
        False,
    ]
    program.refresh_from_db()
    assert program.state == State.WAITING


def test_only_what_was_given_is_given(cast: Cast) -> None:
    """Mai, of the unit, approves for some days: she neither writes, nor answers, nor sends drafts out."""
    give(cast, to=cast.mai.code, first=typed(0))
    mai = again(cast.mai)
    does = {doing: bool(can(mai, doing, within=cast.ours)) for doing in Doing}
    assert does == {
        Doing.WRITE: False, Doing.APPROVE: True, Doing.DELEGATE: False, Doing.ADMINISTER: False, Doing.ANSWER: True,
    }  # fmt: skip
    assert not can(
        cast.dung, Doing.ANSWER, within=cast.ours
    )  # a unit answers in its own right, a delegate does not
    drafts = {state: make_program(cast, state, title=state) for state in ("drafting", "waiting")}
    desk = cast.client("mai").get("/lam-viec/").text
    listed = {state: one.code in desk for state, one in drafts.items()}
    assert listed == {"drafting": False, "waiting": True}
    review = reverse("programs:review_program", args=[drafts["waiting"].code])
    answer = cast.client("mai").post(
        reverse("programs:return_program", args=[drafts["waiting"].code]),
        {"phien-ban": drafts["waiting"].version, "tra-reason": "Thiếu căn cứ."},
    )
    assert (cast.client("lan").get(review).status_code, answer.status_code) == (403, 302)


def test_a_delegate_decides_on_the_open_edit_of_an_approved_paper(cast: Cast) -> None:
    program = make_program(cast, "approved")
    edit = reverse("programs:edit_program", args=[program.code])
    record = reverse("programs:program_record", args=[program.code])
    copy = copies.save_copy("program", program, raw_data(program), by=cast.lan, expected=0)
    records.submit_copy(copy, program, by=cast.lan)
    review, dung = reverse("programs:review_program", args=[program.code]), cast.client("dung")
    assert review in dung.get("/lam-viec/").text and review in dung.get(record).text
    assert edit not in dung.get("/lam-viec/").text and edit not in dung.get(record).text

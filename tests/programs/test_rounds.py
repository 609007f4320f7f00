"""Rounds of reporting: opened, handed in, returned, accepted, waived; who owes what, and who is told of it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import sections
from portal.actions.merging import merge
from portal.actions.records import Moved, NotNow
from portal.actions.registers import rebuild_reach
from portal.actions.undoing import undo
from portal.files import may_open
from portal.models import Act, BodyGroup, BodyGroupPart, OrganizationKind, Succession, WorkingCopy
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.duty_links import is_linked, signed, token_of
from programs.models import Duty, DutyState, Round, Submission
from tests.cast import Cast, make_body, make_file

TODAY, DUE = date(2026, 11, 2), date(2026, 11, 20)
TOLD = {"results": "Đã đối thoại 3 cuộc."}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=True):
        yield


def prepared(cast: Cast, **changes: Any) -> Round:
    """A round of our body that asks its partner and its neighbour."""
    entry = RoundEntry("Sơ kết năm 2026", DUE, named=[cast.partner, cast.neighbour])
    for name, value in changes.items():
        setattr(entry, name, value)
    return rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours)


@pytest.fixture
def opened(cast: Cast) -> Round:
    """The same round, opened."""
    return rounds.open_round(prepared(cast), by=cast.lan)


def duty_of(current: Round, body: Any) -> Duty:
    """The duty of a body, with its state today."""
    return current.duties.with_state(date.today()).select_related("round__keeper", "organization").get(
        organization=body
    )  # fmt: skip


def hand_in(cast: Cast, current: Round, expected: int = 0, **changes: Any) -> Submission:
    """The partner's clerk hands in."""
    asked = {"by": cast.phuc, "body": cast.partner, "expected": expected} | changes
    return rounds.send(duty_of(current, cast.partner), TOLD, **asked)


def test_a_round_being_prepared_is_told_to_nobody_but_its_keeper(cast: Cast) -> None:
    current = prepared(cast)
    assert [one for one in cast.people if Round.objects.visible_to(cast.people[one]).exists()] == [
        "lan", "hung", "dung", "quy",
    ]  # fmt: skip
    assert not any(Duty.objects.visible_to(person).exists() for person in cast.people.values())
    rounds.open_round(current, by=cast.lan)
    assert [one for one in cast.people if Round.objects.visible_to(cast.people[one]).exists()] == [
        "lan", "hung", "mai", "thu", "dung", "quy",
    ]  # fmt: skip


def test_a_body_is_told_of_its_own_duty_alone(cast: Cast, opened: Round) -> None:
    seen = {
        one: sorted(str(duty.organization) for duty in Duty.objects.visible_to(cast.people[one]))
        for one in ("phuc", "binh")
    }
    assert seen == {"phuc": [str(cast.partner)], "binh": [str(cast.neighbour)]}
    assert len(Duty.objects.visible_to(cast.lan)) == 2


def test_its_rule_reaches_the_bodies_of_the_day_it_opens(cast: Cast) -> None:
    group = BodyGroup.objects.create(key="cac-ban", name="các ban")
    BodyGroupPart.objects.create(group=group, kind=OrganizationKind.objects.get(key="bdv"))
    city = cast.superior.territory
    same = {"kind": cast.ours.kind, "territory": cast.neighbour.territory}
    make_body("Ban đã kết thúc", ended_on=TODAY - timedelta(days=1), **same)
    current = prepared(cast, named=[cast.partner], group=group, territory=city)
    late = make_body("Ban mới lập", started_on=TODAY, **same)
    rounds.open_round(current, by=cast.lan)
    asked = {duty.organization for duty in current.duties.select_related("organization")}
    assert asked == {cast.partner, cast.neighbour, cast.superior, late}


def test_each_duty_stands_in_one_state_as_its_rows_say(cast: Cast, opened: Round) -> None:
    def states() -> dict[str, int]:
        return dict(Duty.objects.tallied([opened.pk], date.today())[opened.pk].counts)

    assert states() == {DutyState.WAITING: 2}
    written = {"purpose": "answer", "form": "duty", "record_code": duty_of(opened, cast.partner).code}
    WorkingCopy.objects.create(**written)
    assert states() == {DutyState.WAITING: 1, DutyState.DRAFTING: 1}
    sent = hand_in(cast, opened)
    assert (states(), WorkingCopy.objects.count()) == ({DutyState.WAITING: 1, DutyState.SENT: 1}, 0)
    rounds.return_submission(sent, by=cast.lan, reason="Thiếu số liệu.")
    assert states() == {DutyState.WAITING: 1, DutyState.RETURNED: 1}
    again = hand_in(cast, opened, expected=1)
    rounds.accept(again, by=cast.lan)
    rounds.waive(duty_of(opened, cast.neighbour), by=cast.lan, reason="Mới sáp nhập.")
    assert states() == {DutyState.ACCEPTED: 1, DutyState.WAIVED: 1}
    assert [one.number for one in Submission.objects.order_by("pk")] == [1, 2]
    tally = Duty.objects.tallied([opened.pk], TODAY)[opened.pk]
    assert (tally.handed_in, tally.asked, tally.missing) == (1, 1, 0)


def test_the_verbs_of_the_set_agree_with_the_states(cast: Cast, opened: Round) -> None:
    hand_in(cast, opened)
    day = DUE + timedelta(days=3)
    duties = opened.duties.all()
    told = {
        "handed in": duties.handed_in(),
        "missing": duties.missing(),
        "owed": duties.owed(day),
        "overdue": duties.overdue(day),
        "overdue on the last day": duties.overdue(DUE),
    }
    assert {name: [one.organization for one in found] for name, found in told.items()} == {
        "handed in": [cast.partner],
        "missing": [cast.neighbour],
        "owed": [cast.neighbour],
        "overdue": [cast.neighbour],
        "overdue on the last day": [],
    }
    late = opened.duties.with_state(day).get(organization=cast.neighbour)
    assert late.said(day) == "quá hạn 3 ngày"
    late.round.closed_on = day
    assert late.said(day + timedelta(days=400)) == "quá hạn 3 ngày"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (DUE + timedelta(days=2), ""),
        (TODAY - timedelta(days=1), "Đợt báo cáo này nhận từ ngày 2/11/2026."),
    ],
)
def test_what_comes_late_is_taken_what_comes_too_early_is_not(
    cast: Cast, opened: Round, day: date, told: str
) -> None:
    assert rounds.refusal(duty_of(opened, cast.partner), day) == told


def test_nothing_is_taken_once_the_round_is_closed(cast: Cast, opened: Round) -> None:
    rounds.close_round(opened, by=cast.lan)
    with pytest.raises(NotNow, match=r"đã đóng từ ngày 2/11/2026, không nhận thêm"):
        hand_in(cast, opened)
    assert Duty.objects.owed(TODAY).count() == 0
    rounds.reopen_round(opened, by=cast.lan)
    assert hand_in(cast, opened).number == 1


def test_nothing_is_taken_for_another_body_of_a_waived_one_empty_or_twice(cast: Cast, opened: Round) -> None:
    with pytest.raises(NotNow, match="Phần này do UBND phường Ba Đình nộp"):
        hand_in(cast, opened, by=cast.binh, body=cast.neighbour)
    with pytest.raises(NotNow, match="Chưa có nội dung"):
        rounds.send(duty_of(opened, cast.partner), {"x": "1"}, by=cast.phuc, body=cast.partner, expected=0)
    rounds.waive(duty_of(opened, cast.partner), by=cast.lan, reason="Mới sáp nhập.")
    with pytest.raises(NotNow, match=r"được miễn nộp từ ngày 2/11/2026: Mới sáp nhập\."):
        hand_in(cast, opened)
    rounds.unwaive(duty_of(opened, cast.partner), by=cast.lan)
    hand_in(cast, opened)
    with pytest.raises(Moved):
        hand_in(cast, opened)
    with pytest.raises(NotNow, match="Phần này đã nộp"):
        hand_in(cast, opened, expected=1)
    with pytest.raises(NotNow, match="không cần miễn"):
        rounds.waive(duty_of(opened, cast.partner), by=cast.lan, reason="Thôi.")


def test_an_heir_hands_in_for_a_body_that_ended(cast: Cast, opened: Round) -> None:
    heir = make_body("UBND phường mới")
    cast.partner.ended_on = TODAY - timedelta(days=1)
    cast.partner.save()
    Succession.objects.create(predecessor=cast.partner, successor=heir, kind="renamed")
    rebuild_reach()
    duty = duty_of(opened, cast.partner)
    assert rounds.answering(duty) == heir
    assert rounds.send(duty, TOLD, by=None, sender_name="Lê Văn An", body=heir, expected=0).keeper == heir
    assert list(Duty.objects.of_bodies([heir.pk])) == [duty]


def test_a_link_opens_one_duty_until_it_is_withdrawn(cast: Cast, opened: Round) -> None:
    first = rounds.give_link(duty_of(opened, cast.partner), by=cast.lan)
    token = token_of(first)
    assert (signed(token), signed(token[:-1]), signed("x")) == (first, None, None)
    assert is_linked(signed(token), token)
    assert token_of(rounds.give_link(duty_of(opened, cast.partner), by=cast.lan)) == token
    rounds.withdraw_link(duty_of(opened, cast.partner), by=cast.lan)
    assert not is_linked(signed(token), token)
    second = token_of(rounds.give_link(duty_of(opened, cast.partner), by=cast.lan))
    assert (second == token, is_linked(signed(token), token), is_linked(signed(second), second)) == (
        False,
        False,
        True,
    )


def test_who_sends_through_the_link_says_who_they_are(cast: Cast, opened: Round) -> None:
    with pytest.raises(NotNow, match="Ghi họ và tên"):
        hand_in(cast, opened, by=None)
    sent = hand_in(cast, opened, by=None, sender_name="Lê Văn An")
    assert (sent.sender, sent.written_by, sent.keeper) == ("Lê Văn An", None, cast.partner)


def test_files_of_a_part_are_read_by_who_asked_and_who_sent(cast: Cast, opened: Round) -> None:
    file = make_file(cast, "body")
    hand_in(cast, opened, files=[file])
    file.refresh_from_db()
    readers = [name for name, person in cast.people.items() if may_open(person, file)]
    assert readers == ["lan", "hung", "mai", "phuc", "thu", "dung", "quy"]


def test_a_round_opens_once_before_its_day_and_with_somebody_in_it(cast: Cast, opened: Round) -> None:
    with pytest.raises(NotNow, match="đã mở"):
        rounds.open_round(opened, by=cast.lan)
    with pytest.raises(NotNow, match="Chưa có cơ quan nào phải nộp"):
        rounds.open_round(prepared(cast, named=[]), by=cast.lan)
    past = prepared(cast)
    with time_machine.travel(DUE + timedelta(days=1)), pytest.raises(NotNow, match="Hạn nộp đã qua"):
        rounds.open_round(past, by=cast.lan)
    with pytest.raises(Moved):
        rounds.save_round(past, RoundEntry("Khác", DUE), by=cast.hung, keeper=cast.ours, expected=9)


def test_what_happens_is_told_by_acts_on_the_duty(cast: Cast, opened: Round) -> None:
    sent = hand_in(cast, opened)
    rounds.return_submission(sent, by=cast.lan, reason="Thiếu số liệu.")
    duty = duty_of(opened, cast.partner)
    assert [(act.verb, act.reason) for act in Act.objects.about(duty)] == [
        ("hand_back", "Thiếu số liệu."),
        ("hand_in", ""),
    ]


def test_a_duty_moves_with_its_keeper_into_another_circle(cast: Cast, opened: Round) -> None:
    Duty.objects.update(circle=None)
    with CaptureQueriesContext(connection) as asked:
        rounds.place_duties(Duty.objects.filter(round=opened))
    assert Duty.objects.filter(circle=None).count() == 0
    assert len(asked) == 6  # the last finds which are handed in


def test_bodies_entered_twice_are_joined_with_what_they_handed_in(cast: Cast, opened: Round) -> None:
    twice = make_body("UBND P. Ba Đình")
    rounds.add_duties(opened, [twice])
    rounds.send(duty_of(opened, twice), TOLD, by=None, sender_name="Lê Văn An", body=twice, expected=0)
    merge(cast.partner, twice, by=cast.quy, reason="nhập hai lần")
    duty = duty_of(opened, cast.partner)
    assert (opened.duties.count(), duty.state, duty.submissions.count()) == (2, DutyState.SENT, 1)
    assert len(Duty.objects.visible_to(cast.phuc)) == 1


def test_a_duty_says_that_it_is_handed_in_whatever_is_done_to_it(cast: Cast, opened: Round) -> None:
    told: list[list[str]] = []

    def look() -> None:
        duties = opened.duties.order_by("pk")
        standing = [one for one in duties if any(not sent.returned_at for sent in one.submissions.all())]
        assert list(duties.handed_in()) == standing
        told.append([str(one.organization) for one in standing])

    sent = hand_in(cast, opened)
    look()
    rounds.return_submission(sent, by=cast.lan, reason="Thiếu số liệu.")
    look()
    again = hand_in(cast, opened, expected=1)
    rounds.accept(again, by=cast.lan)
    look()
    again.duty = duty_of(opened, cast.neighbour)  # as the clean-up puts it where it belongs
    again.save()
    sections.touched(again)
    look()
    twice = make_body("UBND P. Ba Đình")
    rounds.add_duties(opened, [twice])
    rounds.send(duty_of(opened, twice), TOLD, by=None, sender_name="Lê Văn An", body=twice, expected=0)
    act = merge(cast.partner, twice, by=cast.quy, reason="nhập hai lần")
    look()
    undo(act, by=cast.quy)
    look()
    partner, neighbour = str(cast.partner), str(cast.neighbour)
    joined = [partner, neighbour]
    assert told == [[partner], [], [partner], [neighbour], joined, [neighbour, "UBND P. Ba Đình"]]


def test_a_round_given_to_another_keeper_by_the_clean_up_is_read_by_that_one(
    cast: Cast, opened: Round
) -> None:
    opened.keeper = cast.neighbour
    opened.save()
    sections.touched(opened)
    assert len(Duty.objects.visible_to(cast.binh)) == 2
    assert len(Duty.objects.visible_to(cast.lan)) == 0

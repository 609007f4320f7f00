"""Two at one round of reporting or one target at the same moment: neither loses anything unseen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from portal.actions.records import Moved, NotNow
from programs.actions import rounds
from programs.actions.reports import ReportEntry, figures_mark, report, state_value, stated_mark
from programs.actions.rounds import RoundEntry
from programs.actions.targets import TargetEntry
from programs.models import Duty, Submission, Target, TargetReport
from programs.targets import REPORTED, read_target
from tests.at_once import together
from tests.cast import Cast
from tests.programs.test_plans import make_plan

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """What the partner owes in an open round of our body."""
    due = timezone.localdate() + timedelta(days=7)
    entry = RoundEntry("Sơ kết năm", due, named=[cast.partner])
    rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    return Duty.objects.select_related("round__keeper", "organization").get()


def sending(cast: Cast, duty: Duty, words: str = "Đã đối thoại.") -> Callable[[], object]:
    """The partner's clerk hands in."""
    return lambda: rounds.send(duty, {"results": words}, by=cast.phuc, body=cast.partner, expected=0)


def test_of_two_who_hand_in_at_once_the_second_is_told(cast: Cast, duty: Duty) -> None:
    together(sending(cast, duty, "Ba cuộc."), sending(cast, duty, "Bốn cuộc."), refused=Moved)
    assert Submission.objects.get().content == {"results": "Ba cuộc."}


@pytest.mark.parametrize("verb", ["close", "waive"])
def test_nothing_is_handed_in_once_the_round_is_closed_or_the_body_released(
    cast: Cast, duty: Duty, verb: str
) -> None:
    ends = {
        "close": lambda: rounds.close_round(duty.round, by=cast.lan),
        "waive": lambda: rounds.waive(duty, by=cast.lan, reason="Mới sáp nhập."),
    }
    together(ends[verb], sending(cast, duty), refused=NotNow)
    assert not Submission.objects.exists()


def test_closing_waits_for_what_is_being_handed_in(cast: Cast, duty: Duty) -> None:
    def close() -> None:
        rounds.close_round(duty.round, by=cast.lan)
        assert Submission.objects.count() == 1

    together(sending(cast, duty), close)


def test_nobody_is_released_who_is_handing_in(cast: Cast, duty: Duty) -> None:
    together(
        sending(cast, duty), lambda: rounds.waive(duty, by=cast.lan, reason="Mới sáp nhập."), refused=NotNow
    )


def test_nothing_is_given_back_once_the_round_is_closed(cast: Cast, duty: Duty) -> None:
    sent = sending(cast, duty)()
    together(
        lambda: rounds.close_round(duty.round, by=cast.lan),
        lambda: rounds.return_submission(sent, by=cast.lan, reason="Thiếu số liệu."),
        refused=NotNow,
    )
    assert Submission.objects.get().returned_at is None


@pytest.fixture
def asked(cast: Cast) -> Target:
    """A target of a plan of 2022 of our body that our body reports."""
    text = "Ít nhất 02 mô hình"
    plan = make_plan(cast, "approved", targets=[TargetEntry(text, asked=read_target(text), measure=REPORTED)])
    return plan.targets.select_related("plan").get()


def test_of_two_who_tell_a_figure_first_at_once_the_second_is_told(cast: Cast, asked: Target) -> None:
    def telling(count: int) -> Callable[[], object]:
        entry = ReportEntry(asked, cast.ours, Decimal(count), seen=figures_mark())
        return lambda: report(asked.plan, [entry], as_of=date(2022, 6, 30), by=cast.lan, body=cast.ours)

    together(telling(3), telling(4), refused=Moved)
    assert TargetReport.objects.get().words == "3"


def test_of_two_who_state_a_value_at_once_the_second_is_told(cast: Cast, asked: Target) -> None:
    def stating(count: int) -> Callable[[], object]:
        told = {"value": Decimal(count), "of": None, "on": date(2022, 6, 30), "reason": "Đếm lại."}
        return lambda: state_value(asked, by=cast.lan, seen=stated_mark(asked), **told)

    together(stating(3), stating(4), refused=Moved)
    asked.refresh_from_db()
    assert asked.stated_value == 3

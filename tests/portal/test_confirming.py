"""A body looks through its year, says from when its registers are kept, confirms, and takes it back."""

import pytest
import time_machine
from django.utils import timezone

from portal.actions.years import ask_year, confirm_year
from portal.models import Act, RegisterStart, Verb, YearConfirmation
from tests.cast import Cast, in_days, make_program
from tests.portal.test_desk import lines
from tests.portal.test_year import words

pytestmark = pytest.mark.django_db
AT = "/lam-viec/xac-nhan/2025/"


def keep(cast: Cast, who: str = "lan", **years: str) -> str:
    """Say from when registers are kept; what the page answers."""
    return words(cast.client(who).post(f"{AT}so/", years, follow=True).text)


def test_a_body_looks_through_its_year_and_its_approver_confirms_it(cast: Cast):
    make_program(cast, "approved", period="2025-2026")
    make_program(cast, "drafting", period="2025-2025")
    page = words(cast.client("lan").get(AT).text)
    assert "Chưa xác nhận" in page and "Chương trình có hiệu lực trong năm 1 1" in page
    assert "Lãnh đạo của cơ quan xác nhận ở trang này" in page
    assert "Chưa ghi sổ nào" in words(cast.client("hung").post(f"{AT}dung/", follow=True).text)
    keep(cast, programs="2021", plans="2024")
    assert "Đã xác nhận" in words(cast.client("hung").post(f"{AT}dung/", follow=True).text)
    said = YearConfirmation.objects.get()
    assert (said.organization, said.year, said.confirmed_by) == (cast.ours, 2025, cast.hung)
    assert "đã được xác nhận" in words(cast.client("hung").post(f"{AT}dung/", follow=True).text)


def test_what_is_left_empty_is_no_longer_kept_and_nonsense_changes_nothing(cast: Cast):
    keep(cast, programs="2021", plans="2024")
    assert "bốn chữ số" in keep(cast, programs="năm ngoái")
    assert set(RegisterStart.objects.values_list("register", "from_year")) == {
        ("programs", 2021), ("plans", 2024),
    }  # fmt: skip
    keep(cast, programs="2020")
    assert list(RegisterStart.objects.values_list("register", "from_year")) == [("programs", 2020)]
    assert RegisterStart.history.filter(register="plans", history_type="-").count() == 1


def test_a_confirmation_is_taken_back_with_a_reason_and_the_journal_says_so(cast: Cast):
    keep(cast, programs="2021")
    confirm_year(cast.ours, 2025, by=cast.hung)
    hung = cast.client("hung")
    assert "Ghi lý do" in words(hung.post(f"{AT}rut/", follow=True).text)
    hung.post(f"{AT}rut/", {"reason": "Thiếu một kế hoạch."})
    assert not YearConfirmation.objects.exists()
    verbs = Act.objects.filter(record_kind="portal.yearconfirmation").order_by("pk")
    assert [(act.verb, act.reason) for act in verbs] == [
        (Verb.CONFIRM, ""), (Verb.TAKE_BACK, "Thiếu một kế hoạch."),
    ]  # fmt: skip
    assert "chưa được xác nhận" in words(hung.post(f"{AT}rut/", {"reason": "Nữa"}, follow=True).text)


def desk(cast: Cast, who: str) -> list[str]:
    """The lines of the desk about confirming."""
    due = dict(lines(cast.client(who).get("/lam-viec/").text)).get("Đến hạn", [])
    return [line for line in due if line.startswith("Xác nhận số liệu")]


def test_the_desk_asks_for_last_year_in_january_and_no_more_once_it_is_confirmed(cast: Cast):
    RegisterStart.objects.create(organization=cast.ours, register="plans", from_year=2020)
    with time_machine.travel("2027-01-12T09:00+07:00"):
        (line,) = desk(cast, "lan")
        assert line.startswith(f"Xác nhận số liệu: năm 2026 của {cast.ours} hạn 31/1/2027, còn 19 ngày")
        assert desk(cast, "binh") == []
        confirm_year(cast.ours, 2026, by=cast.hung)
        assert desk(cast, "lan") == []
    with time_machine.travel("2027-02-02T09:00+07:00"):
        assert desk(cast, "lan") == []


def test_a_body_above_asks_and_those_below_find_it_on_their_desk(cast: Cast):
    year = timezone.localdate().year
    at = f"/lam-viec/tong-hop/{year}/de-nghi/"
    assert "Ngày này đã qua" in words(cast.client("thu").post(at, {"due_on": "1/1/2020"}, follow=True).text)
    day = in_days(20)
    cast.client("thu").post(at, {"due_on": f"{day.day}/{day.month}/{day.year}"})
    (line,) = desk(cast, "lan")
    assert line.endswith(f"{cast.superior} đề nghị") and "còn 20 ngày" in line
    assert len(desk(cast, "binh")) == 1 and desk(cast, "phuc") == desk(cast, "thu") == []


def test_the_year_of_another_body_is_not_there(cast: Cast):
    ask_year(cast.superior, 2025, due_on=in_days(3), by=cast.thu)
    other = f"{AT}?don-vi-ma={cast.neighbour.code}"
    assert cast.client("lan").get(other).status_code == 404
    assert cast.client("lan").get("/lam-viec/xac-nhan/2999/").status_code == 404

"""The life of a programme, and what of it may be told to whom."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.dates import parse_date, parse_period
from portal.models import Act, Verb
from programs import actions
from programs.life import in_force_span
from programs.models import Life, Program
from programs.sections import ProgramSection
from tests.cast import Cast, make_program


@pytest.mark.parametrize(
    ("period", "signed", "span"),
    [
        ("2022-2026", date(2022, 4, 14), (date(2022, 4, 14), date(2026, 12, 31))),
        ("2022-2026", date(2021, 12, 1), (date(2022, 1, 1), date(2026, 12, 31))),
        ("2022-2026", None, (date(2022, 1, 1), date(2026, 12, 31))),
        ("từ 1/3/2021 đến 31/12/2025", date(2021, 2, 1), (date(2021, 3, 1), date(2025, 12, 31))),
        ("từ năm 2022", date(2022, 4, 14), (date(2022, 4, 14), None)),
        ("không thời hạn", date(2022, 4, 14), (date(2022, 4, 14), None)),
        ("không thời hạn", None, (None, None)),
        ("không rõ", date(2022, 4, 14), (None, None)),
    ],
)
def test_a_programme_binds_from_its_signing_to_its_end(period: str, signed: date | None, span: tuple) -> None:
    assert in_force_span(parse_period(period), signed, is_draft=False) == span


def test_a_paper_not_signed_binds_nobody() -> None:
    assert in_force_span(parse_period("2022-2026"), None, is_draft=True) == (None, None)


def test_a_public_page_does_not_tell_of_a_successor_kept_inside(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("5/1/2017"))
    new = make_program(cast, "approved", period="2021-2026", dated=parse_date("5/11/2021"), predecessor=old)
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 12, 31)
    actions.publish(new, by=cast.hung, expected=new.version)
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 11, 4)
    actions.withdraw(new, by=cast.hung, reason="Đăng nhầm")
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 12, 31)


def test_a_successor_published_on_its_day_is_told_of_that_night(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("5/1/2017"))
    new = make_program(cast, "approved", period="2021-2026", dated=parse_date("5/11/2021"), predecessor=old)
    actions.publish(new, by=cast.hung, expected=new.version, start=timezone.now() + timedelta(days=2))
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=1)):
        assert [step() for _, step in ProgramSection().nightly()] == [1]
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 11, 4)


def test_an_ended_programme_is_no_longer_in_force(cast: Cast) -> None:
    program = make_program(cast, "approved")
    actions.terminate(program, by=cast.hung, on=date(2023, 6, 1), reason="Thay thế")
    program.refresh_from_db()
    assert program.life(date(2023, 6, 1)) == Life.TERMINATED
    days = (date(2023, 5, 31), date(2023, 6, 1))
    assert [Program.objects.in_force(day).count() for day in days] == [1, 0]


def test_an_inspector_leaves_a_trace_and_nobody_else_does(cast: Cast) -> None:
    program = make_program(cast, "approved")
    url = f"/lam-viec/chuong-trinh/{program.code}/"
    for person in ("kien", "lan", "thu"):
        assert cast.client(person).get(url).status_code == 200
    assert [act.person for act in Act.objects.filter(verb=Verb.READ)] == [cast.kien]


def test_the_desk_names_the_next_three_dates(cast: Cast) -> None:
    for year in (2027, 2028, 2029, 2030):
        make_program(cast, "approved", period=f"2022-{year}")
    page = cast.client("lan").get("/lam-viec/").text
    shown = [year for year in (2027, 2028, 2029, 2030) if f"31/12/{year}" in page]
    assert shown == [2027, 2028, 2029]

"""J5: a clerk finds who of 126 communes has not handed in the year's review, with the text for Zalo and the letter."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from portal.actions.registers import rebuild_reach
from portal.models import AdministrativeUnit, BodyGroup, BodyGroupPart, Membership, Organization, Role
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.models import Round
from tests.cast import Cast, in_days, join, make_user
from tests.journeys.conftest import Sit
from tests.journeys.test_pages import controls, look, on_paper, sideways
from tests.journeys.walker import Walker
from tests.read_word import lines, opened

COMMUNES, RETURNED, WAIVED = 126, 3, 2
HANDED_IN = 87


@pytest.fixture
def board(cast: Cast) -> Round:
    """The year's review of 126 communes asked for by the superior: some handed in, some gave back, some waived."""
    city, ward = cast.superior.territory, cast.ours.territory.level
    units = [
        AdministrativeUnit(name=f"phường Tân {n}", level=ward, parent=city, path=f"{city.path}t{n}/")
        for n in range(COMMUNES)
    ]
    for unit in units:
        unit.save()
    bodies = [
        Organization(
            name=f"UBND {unit.name}", slug=f"tan-{n}", kind=cast.partner.kind, territory=unit, level=ward
        )
        for n, unit in enumerate(units)
    ]
    for body in bodies:
        body.save()
    cast.partner.ended_on = timezone.localdate() - timedelta(days=400)
    cast.partner.save()
    rebuild_reach()
    group = BodyGroup.objects.create(key="ubnd-xa", name="UBND các xã, phường")
    BodyGroupPart.objects.create(group=group, kind=cast.partner.kind)
    entry = RoundEntry(f"Sơ kết năm {timezone.localdate().year}", in_days(5), group=group, territory=city)
    current = rounds.save_round(None, entry, by=cast.thu, keeper=cast.superior)
    rounds.open_round(current, by=cast.thu)
    writer = make_user("dau-moi", "Nguyễn Đầu Mối")
    join(writer, bodies[0], Role.UNIT)
    duties = list(current.duties.select_related("round__keeper", "organization").order_by("pk"))
    for duty in duties[: HANDED_IN + RETURNED]:
        told = {"results": "Đã sơ kết."}
        sent = rounds.send(duty, told, by=writer, body=duty.organization, expected=0)
        if duty in duties[:RETURNED]:
            rounds.return_submission(sent, by=cast.thu, reason="Thiếu số liệu.")
    for duty in duties[-WAIVED:]:
        rounds.waive(duty, by=cast.thu, reason="Mới sắp xếp lại.")
    assert Membership.objects.filter(user=writer).count() == 1
    return current


def named_in(message: str) -> list[str]:
    """The names a message lists."""
    found = re.search(r"chưa nộp: (.*)\. Đề nghị", message)
    return found[1].split("; ") if found else []


def on_the_board(page: Page) -> list[str]:
    """Who stands on the board as missing, by the rows of its list."""
    rows = page.locator("ul.list li.row")
    return rows.filter(has=page.locator(".chip", has_text=re.compile("^(Chưa nộp|Trả lại|Quá hạn|Đang soạn)"))).locator(
        "h3"
    ).all_inner_texts()  # fmt: skip


def test_j5_who_of_126_communes_has_not_handed_in(
    cast: Cast, board: Round, walk: Callable[..., Walker], sit: Sit
) -> None:
    clerk = walk("thu")
    clerk.open("/lam-viec/")
    clerk.follow(re.compile("^Đôn đốc"))
    clerk.press("Chép để gửi Zalo")
    clerk.picks += 1
    clerk.page.get_by_role("button", name="Đã chép").wait_for()
    copied: str = clerk.page.evaluate("navigator.clipboard.readText()")
    with clerk.page.expect_download() as download:
        clerk.press("Tải công văn", role="link")
    clerk.picks += 1
    clerk.keeps("J5")
    asked = COMMUNES - WAIVED
    names = named_in(copied)
    assert f"{HANDED_IN}/{asked} cơ quan đã nộp" in copied
    assert len(names) == asked - HANDED_IN == len(on_the_board(clerk.page))
    assert sorted(names) == sorted(on_the_board(clerk.page))
    letter = read_letter(download.value)
    assert f"Còn {len(names)} cơ quan, đơn vị chưa nộp: {'; '.join(names)}." in letter


def read_letter(download: Any) -> str:
    """The words of the letter."""
    return "\n".join(line.text for line in lines(opened(download.path().read_bytes())))


def test_the_text_is_there_to_select_without_scripts(cast: Cast, board: Round, sit: Sit) -> None:
    page = sit("thu", java_script_enabled=False)
    rounds.give_link(board.duties.order_by("pk")[RETURNED + HANDED_IN], by=cast.thu)
    page.goto(f"/lam-viec/dot/{board.code}/")
    assert len(named_in(page.locator("#tin-nhan").inner_text())) == COMMUNES - WAIVED - HANDED_IN
    buttons = page.locator("[data-copy]")
    assert (buttons.count(), buttons.filter(visible=True).count()) == (2, 0), "they would do nothing"


def test_the_pages_of_a_round_on_screens_and_paper(cast: Cast, board: Round, sit: Sit) -> None:
    duties = board.duties.select_related("round__keeper", "organization").order_by("pk")
    missing, returned, handed_in, waived = (
        duties[n] for n in (RETURNED + HANDED_IN, 0, RETURNED, COMMUNES - 1)
    )
    rounds.give_link(missing, by=cast.thu)
    at = "/lam-viec/dot/"
    entry = RoundEntry("Đợt đang chuẩn bị", in_days(30), named=[cast.ours])
    coming = rounds.save_round(None, entry, by=cast.thu, keeper=cast.superior)
    board_at, parts = (
        f"{at}{board.code}/",
        [f"{at}phan/{one.code}/" for one in (missing, returned, handed_in, waived)],
    )
    places = [at, f"{at}nhap/", board_at, f"{board_at}sua/", f"{at}{coming.code}/", *parts]
    page = sit("thu")
    assert look(page, places, on_phone=(at, board_at, f"{at}nhap/", *parts)) == {}
    for place in (at, board_at, *parts):
        page.goto(place)
        with on_paper(page):
            assert (sideways(page), controls(page)) == ("", []), place

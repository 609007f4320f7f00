"""Fixtures of the journeys: people sitting at browsers of several widths, signed in by cookie."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response
from pytest_django.live_server_helper import LiveServer

from portal.actions.registers import rebuild_reach
from portal.models import AdministrativeUnit, Level, Role, UnitSuccession
from tests.cast import Cast, join, make_body, make_user
from tests.journeys.walker import Walker

LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
Sit = Callable[..., Page]
EXPECTED = "Failed to load resource"
"""The note of the browser on an answer that is not 2xx: the tests look at the answers themselves."""


@pytest.fixture
def sit(new_context: Callable[..., BrowserContext], live_server: LiveServer, cast: Cast) -> Iterator[Sit]:
    """Seat a person (or a visitor, None) at a browser; nothing may go wrong in any page they see."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def seated(who: str | None, width: int = 1280, height: int = 900, **options: Any) -> Page:
        may = ["clipboard-read", "clipboard-write"]
        context = new_context(base_url=live_server.url, permissions=may, reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(6000)
        if who:
            session = cast.client(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        context.on("page", lambda page: watch(page, wrong))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        return page

    yield seated
    for context in contexts:
        # A form that closes saves itself; the test's data are about to go.
        context.set_offline(True)
        context.close()
    assert not wrong, wrong


def watch(page: Page, wrong: list[str]) -> None:
    """Note every script error, every refusal of the security policy, every page not found or failed."""

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            wrong.append(message.text)

    def answered(response: Response) -> None:
        if response.status in {404, 410} or response.status >= 500:
            wrong.append(f"{response.status} {response.url}")

    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", heard)
    page.on("response", answered)


@pytest.fixture
def walk(sit: Sit) -> Callable[..., Walker]:
    """Seat a person whose work is counted, with a page already open."""

    def walking(who: str | None, at: str = "", *, on_phone: bool = False, **seat: Any) -> Walker:
        page = sit(who, **seat)
        if at:
            page.goto(at)
        return Walker(page, on_phone=on_phone)

    return walking


@pytest.fixture
def tan_binh(cast: Cast) -> Cast:
    """A ward of today that grew out of quận Tân Bình, and Hoa, who writes in its Party board."""
    ward_level = Level.objects.get(key="xa")
    district_level = Level.objects.create(key="huyen", name="quận, huyện", rank=2, ended_on=LAST_DAY)
    city = AdministrativeUnit.objects.create(
        name="Thành phố Hồ Chí Minh", level=Level.objects.get(key="tinh")
    )
    district = AdministrativeUnit.objects.create(
        name="quận Tân Bình", level=district_level, parent=city, ended_on=LAST_DAY
    )
    ward = AdministrativeUnit.objects.create(
        name="phường Tân Bình", level=ward_level, parent=city, started_on=FIRST_DAY
    )
    UnitSuccession.objects.create(predecessor=district, successor=ward, effective_on=FIRST_DAY)
    then, now = {"territory": district, "ended_on": LAST_DAY}, {"territory": ward, "started_on": FIRST_DAY}
    cast.bodies |= {
        "board_then": make_body("Ban Dân vận Quận ủy Tân Bình", abbreviation="BDVQU", **then),
        "committee_then": make_body("UBND quận Tân Bình", abbreviation="UBND", **then),
        "committee_now": make_body("UBND phường Tân Bình", abbreviation="UBND", **now),
        "board_now": make_body("Ban Xây dựng Đảng phường Tân Bình", abbreviation="BXDĐ", **now),
    }
    cast.people["hoa"] = make_user("hoa", "Trần Thị Hoa")
    join(cast.people["hoa"], cast.board_now, Role.CLERK)
    rebuild_reach()
    return cast

"""Fixtures of the journeys: people sitting at browsers of several widths, signed in by cookie."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast
from tests.journeys.walker import Walker

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

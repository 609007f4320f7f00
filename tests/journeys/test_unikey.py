"""Unikey, which takes letters back and sends them again with each tone or mark, writes into every field undisturbed."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from portal.actions.documents import FileEntry
from tests.cast import Cast, make_file, make_program
from tests.journeys.conftest import Sit
from tests.journeys.test_kept import ENTER, UNFOLD, add_rows

Keys = list[str]
TELEX: Keys = [
    *["t", "i", "e", "<ê", "n", "g", "<<<ếng"],  # tieengs: e twice, then the tone comes after the word
    *[" ", "V", "i", "e", "<ê", "t", "<<ệt"],  # Vieetj
    *[" ", "d", "<đ", "u", "o", "<<ươ", "n", "g", "<<<ờng"],  # dduwowngf
]
SAID = "tiếng Việt đường"


def unikey(page: Page, keys: Keys, pause: Callable[[], None] | None = None) -> None:
    """Send keystrokes as Unikey does: letters, and backspaces followed by other letters in one go."""
    for key in keys:
        for _ in range(key.count("<")):
            page.keyboard.press("Backspace")
        letters = key.lstrip("<")
        page.keyboard.insert_text(letters) if "<" in key else page.keyboard.type(letters)
        if pause:
            pause()


SAVED_MEANWHILE = ("number_line", "title", "period", "partners-1-name", "items-0-text")
TEXT_FIELDS = """Array.from(document.querySelectorAll("main :is(input[type=text], input[type=search], input:not([type]), input[type=url], textarea)"))
  .filter(one => !one.hidden).map(one => one.name)"""
SHORT: Keys = ["t", "e", "<ê", "<ế"]


def after_unikey(page: Page, name: str, keys: Keys, *, is_saved_meanwhile: bool = False) -> list[Any]:
    """What stands in a field, where its caret is, and whether it has the focus, once Unikey wrote between two letters."""
    field = page.locator(f'main [name="{name}"]:not([type=hidden])').first
    field.fill("[]")
    field.evaluate("one => one.setSelectionRange(1, 1)")
    is_pick = field.evaluate("one => one.closest('.pick') !== null")
    unikey(page, keys, (lambda: page.clock.run_for(300)) if is_pick else None)
    if is_saved_meanwhile:
        with page.expect_response(re.compile("luu-tam")):
            page.clock.run_for(20_500)
    state = field.evaluate("one => [one.value, one.selectionStart, document.activeElement === one]")
    field.fill("")
    return state


def test_unikey_writes_into_every_field_and_the_caret_stays(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.clock.install()
    page.goto(ENTER)
    add_rows(page, items=1, signatures=1, bases=1, sources=1)
    page.evaluate(UNFOLD)
    names = page.evaluate(TEXT_FIELDS)
    assert len(names) >= 30
    for name in names:
        state = after_unikey(page, name, TELEX, is_saved_meanwhile=name in SAVED_MEANWHILE)
        assert state == [f"[{SAID}]", 1 + len(SAID), True], name


def test_no_page_touches_what_unikey_writes(sit: Sit, cast: Cast) -> None:
    program = make_program(cast, files=[FileEntry(make_file(cast, "parties"), "Bản ký")])
    waiting = make_program(cast, "waiting")
    at, page, leader = "/lam-viec/chuong-trinh/", sit("lan"), sit("hung")
    places = {
        f"{at}{program.code}/sua/": 30,
        f"{at}{program.code}/lay-y-kien/": 5,
        at: 3,
        "/lam-viec/ke-hoach/nhap/": 20,
        "/lam-viec/sua-doi/nhap/": 15,
        f"{at}{waiting.code}/xem-xet/": 2,
    }
    for place, least in places.items():
        here = leader if waiting.code in place else page
        here.clock.install()
        here.goto(place)
        here.evaluate(UNFOLD)
        names = here.evaluate(TEXT_FIELDS)
        assert len(names) >= least, (place, names)
        for name in names:
            assert after_unikey(here, name, SHORT) == ["[tế]", 3, True], (place, name)


def test_suggestions_come_below_and_take_nothing_over(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    field = page.locator("[name=partners-0-name]")
    field.click()
    unikey(page, ["B", "a", " ", "D", "i", "<<Đi", "n", "h", "<<<ình"])
    shown = page.locator("ul.suggest")
    expect(shown).to_contain_text("UBND phường Ba Đình")
    expect(field).to_have_value("Ba Đình")
    expect(field).to_be_focused()
    assert shown.bounding_box()["y"] >= field.bounding_box()["y"] + field.bounding_box()["height"]
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(field).to_have_value("Ba Đình")

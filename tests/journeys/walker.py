"""The counting harness: what a person did in the browser, and the minutes it would take.

A *page* is a full load; a *typed field* is a control that receives letters (a paste is one); a *pick*
is one choice from a register, list or file dialog. Minutes are computed from what was counted, never
clocked. A tick is counted as a pick, to be on the safe side.
The page a person already has open when a journey starts is not counted; a bookmark that is opened is.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

LETTER, LETTER_ON_PHONE, FIELD, PICK, PASTE, PAGE, GLANCE = 0.40, 0.55, 2.85, 4.5, 6.0, 4.0, 3.0
"""Seconds: a character typed, a field, a pick, a paste, a page, a look at what was proposed."""


@dataclass(frozen=True)
class Promise:
    """The most a journey may cost."""

    pages: int
    typed: int
    picks: int | None
    minutes: float


PROMISES = {
    "J1a": Promise(pages=3, typed=4, picks=4, minutes=2),
    "J1b": Promise(pages=3, typed=14, picks=14, minutes=4),
    "J1b without paste": Promise(pages=3, typed=25, picks=None, minutes=10),
    "J2": Promise(pages=6, typed=12, picks=8, minutes=5),
    "J3": Promise(pages=4, typed=12, picks=8, minutes=4),
    "J4": Promise(pages=3, typed=10, picks=8, minutes=4),
    "J5": Promise(pages=2, typed=0, picks=2, minutes=1),
    "J6": Promise(pages=3, typed=1, picks=0, minutes=2),
    "J7": Promise(pages=1, typed=0, picks=0, minutes=1),
    "J8 short part": Promise(pages=3, typed=4, picks=3, minutes=2),
    "J11": Promise(pages=3, typed=1, picks=0, minutes=1),
}
"""The promised limits, as they stand in the table of journeys."""


@dataclass
class Walker:
    """One person at one page; counts what they do."""

    page: Page
    on_phone: bool = False
    pages: int = 0
    letters: int = 0
    pastes: int = 0
    picks: int = 0
    glances: int = 0
    fields: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", self._loaded)

    def _loaded(self, *_: object) -> None:
        self.pages += 1

    # --- what a person does

    def open(self, address: str) -> None:
        """Open an address from a bookmark or a link somebody sent."""
        self.page.goto(address)

    def press(
        self, name: str | re.Pattern[str], *, role: str = "button", within: Locator | None = None
    ) -> None:
        """Press a button or follow a link, by the words it carries."""
        (within or self.page).get_by_role(role, name=name, exact=isinstance(name, str)).first.click()

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow a link and wait for its page."""
        with self.page.expect_navigation():
            self.press(name, role="link", within=within)

    def send(self, name: str) -> None:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            self.press(name)

    def field(self, name: str) -> Locator:
        """The control of a form field."""
        return self.page.locator(f'[name="{name}"]:not([type=hidden])').first

    def type(self, name: str, text: str, *, replacing: bool = False) -> None:
        """Type into a field; after the first letters the keystrokes come at once, but each is counted."""
        control = self.field(name)
        control.click()
        if replacing:
            self.page.keyboard.press("Control+A")
        control.press_sequentially(text[:3])
        self.page.keyboard.insert_text(text[3:])
        self._typed(name, len(text))

    def type_here(self, name: str, text: str) -> None:
        """Type into the field that has the caret."""
        self.page.keyboard.type(text)
        self._typed(name, len(text))

    def amend(self, name: str, old: str, new: str) -> None:
        """Select some words in a field and type others over them."""
        control = self.field(name)
        at = control.input_value().index(old)
        control.focus()
        control.evaluate("(field, [from, to]) => field.setSelectionRange(from, to)", [at, at + len(old)])
        self.page.keyboard.insert_text(new)
        self._typed(name, len(new))

    def paste(self, name: str, text: str) -> None:
        """Paste into a field and leave it."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.field(name).click()
        self.page.keyboard.press("Control+V")
        self.page.keyboard.press("Tab")
        self.pastes += 1
        self._typed(name, 0)

    def pick(self, name: str, typed: str, choice: str) -> None:
        """Type some letters of a name and take one of the suggestions."""
        self.type(name, typed, replacing=True)
        shown = self.page.locator("ul.suggest").get_by_role("option")
        shown.filter(has_text=choice).first.click()
        expect(self.field(name)).to_have_value(choice)
        self.picks += 1

    def choose(self, name: str, label: str) -> None:
        """Choose from a list."""
        self.field(name).select_option(label=label)
        self.picks += 1

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.field(name).check()
        self.picks += 1

    def tick_label(self, label: str) -> None:
        """Tick the box that carries these words."""
        self.page.get_by_label(label, exact=True).first.check()
        self.picks += 1

    def add_row(self, prefix: str, label: str) -> None:
        """Ask for one more empty row and wait until it stands there."""
        rows = self.page.locator(f"#rows-{prefix} > .form-row")
        before = rows.count()
        self.press(label)
        expect(rows).to_have_count(before + 1)

    def drop_row(self, prefix: str, index: int) -> None:
        """Take one row out."""
        rows = self.page.locator(f"#rows-{prefix} > .form-row")
        before = rows.count()
        self.page.locator(f"#{prefix}-{index}-bo").click()
        expect(rows).to_have_count(before - 1)

    def unfold(self, words: str, *, within: Locator | None = None) -> None:
        """Open a folded part."""
        (within or self.page).locator("summary", has_text=words).first.click()

    def attach(self, name: str, path: Path | str) -> None:
        """Choose a file."""
        self.field(name).set_input_files(str(path))
        self.picks += 1

    def glance(self, name: str, shown: str | re.Pattern[str]) -> None:
        """Look whether a field holds what the paper says."""
        expect(self.field(name)).to_have_value(shown)
        self.glances += 1

    def read(self, words: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Look whether the page says something."""
        expect((within or self.page.locator("main")).get_by_text(words).first).to_be_visible()
        self.glances += 1

    def _typed(self, name: str, letters: int) -> None:
        self.fields.add((self.pages, name))
        self.letters += letters

    # --- what it cost

    @property
    def minutes(self) -> float:
        """The minutes the formula gives for what was counted."""
        letter = LETTER_ON_PHONE if self.on_phone else LETTER
        parts = [
            (self.letters, letter),
            (len(self.fields), FIELD),
            (self.picks, PICK),
            (self.pastes, PASTE),
            (self.pages, PAGE),
            (self.glances, GLANCE),
        ]
        return sum(count * seconds for count, seconds in parts) / 60

    def report(self) -> str:
        """What was counted, in one line."""
        return (
            f"{self.pages} pages, {len(self.fields)} typed fields ({self.letters} letters, {self.pastes} pastes), "
            f"{self.picks} picks, {self.glances} glances: {self.minutes:.2f} minutes"
        )

    def keeps(self, journey: str) -> None:
        """Hold the count against what the journey promises."""
        promise, said = PROMISES[journey], f"{journey}: {self.report()}"
        print(said)  # noqa: T201 - shown by pytest -rP and when a promise breaks
        assert self.pages <= promise.pages, said
        assert len(self.fields) <= promise.typed, said
        assert promise.picks is None or self.picks <= promise.picks, said
        assert self.minutes <= promise.minutes, said

"""A period as papers state it, by years, by days or open: a value, how it is read from text, how it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import models

from portal.dates.partial import (
    DATE_IN_LINE,
    LONGEST_LINE,
    PartialDate,
    Precision,
    accented,
    core_of,
    dmy,
    month_end,
    read_core,
    unknown_word,
    whole_year,
)
from portal.text import clean

LONGEST_PERIOD = 200
"""Longest text, in characters, that is read as one period."""


class PeriodNotUnderstood(ValueError):
    """The text is no period; ``str()`` is the sentence shown at the field."""


class PeriodKind(models.TextChoices):
    """How a paper states its period."""

    YEARS = "years", "theo năm"
    DAYS = "days", "theo ngày"
    OPEN = "open", "từ một thời điểm trở đi"
    NONE = "none", "không thời hạn"
    UNKNOWN = "unknown", "chưa rõ thời hạn"


@dataclass(frozen=True)
class Period:
    """The time a paper runs: in years, in days, open-ended, without limit, or not known."""

    kind: str
    first: date | None
    last: date | None
    text: str = ""

    @classmethod
    def years(cls, first: int, last: int | None = None, text: str = "") -> Period:
        """From one year to another, or one single year."""
        return cls(PeriodKind.YEARS, date(first, 1, 1), date(last or first, 12, 31), text)

    @classmethod
    def days(cls, first: date, last: date, text: str = "") -> Period:
        """From one day to another."""
        return cls(PeriodKind.DAYS, first, last, text)

    @classmethod
    def open(cls, first: date, text: str = "") -> Period:
        """From a day on; 1 January without further words means the year."""
        return cls(PeriodKind.OPEN, first, None, text)

    @classmethod
    def none(cls, text: str = "") -> Period:
        """The paper states that it has no limit."""
        return cls(PeriodKind.NONE, None, None, text)

    @classmethod
    def unknown(cls, text: str = "") -> Period:
        """The period is not known."""
        return cls(PeriodKind.UNKNOWN, None, None, text)

    @property
    def known(self) -> bool:
        """Whether the paper's period is known, "no limit" included."""
        return self.kind != PeriodKind.UNKNOWN

    @property
    def start_year(self) -> int | None:
        """Year of the first day."""
        return self.first.year if self.first else None

    @property
    def end_year(self) -> int | None:
        """Year of the last day."""
        return self.last.year if self.last else None

    @property
    def typed(self) -> str:
        """As a field shows it: as printed, else as one types it; nothing where it is not known."""
        return self.text or (str(self) if self.known else "")

    @property
    def printed(self) -> str:
        """The words of the paper; "không rõ" is what a person says of it, not what it prints."""
        return "" if not self.known and _UNKNOWN_PERIOD.fullmatch(core_of(self.text)) else self.text

    @property
    def printed_otherwise(self) -> str:
        """The words of the paper where they say more than the portal's own: "2022 - 2026" says no more than "2022–2026"."""
        return "" if _bare(self.printed) == _bare(str(self)) else self.printed

    @property
    def unknown_word(self) -> str:
        """As :attr:`PartialDate.unknown_word`."""
        return unknown_word(self.text, _UNKNOWN_PERIOD)

    def __bool__(self) -> bool:
        return self.known or bool(self.text)

    def __str__(self) -> str:
        if self.kind == PeriodKind.YEARS and self.first and self.last:
            return (
                f"{self.start_year}"
                if self.start_year == self.end_year
                else f"{self.start_year}–{self.end_year}"
            )
        if self.kind == PeriodKind.DAYS and self.first and self.last:
            return (
                f"ngày {dmy(self.first)}"
                if self.first == self.last
                else f"từ {dmy(self.first)} đến {dmy(self.last)}"
            )
        if self.kind == PeriodKind.OPEN and self.first:
            return f"từ năm {self.start_year}" if self._opens_with_a_year else f"từ {dmy(self.first)}"
        return "không thời hạn" if self.kind == PeriodKind.NONE else f"{self.unknown_word} thời hạn"

    def sentence(self) -> str:
        """The period as it stands within a sentence: "từ năm 2022 đến năm 2026"."""
        if self.kind == PeriodKind.YEARS and self.first and self.last:
            if self.start_year == self.end_year:
                return f"năm {self.start_year}"
            return f"từ năm {self.start_year} đến năm {self.end_year}"
        if self.kind == PeriodKind.DAYS and self.first and self.last and self.first != self.last:
            return f"từ ngày {dmy(self.first)} đến ngày {dmy(self.last)}"
        if self.kind == PeriodKind.OPEN and self.first and not self._opens_with_a_year:
            return f"từ ngày {dmy(self.first)}"
        return str(self)

    @property
    def _opens_with_a_year(self) -> bool:
        new_year = self.first is not None and (self.first.day, self.first.month) == (1, 1)
        return new_year and not re.search(r"ngày|tháng|\b0?1 ?[/.-] ?0?1\b", self.text.lower())


def _bare(words: str) -> str:
    return re.sub(r"[–—]", "-", "".join(words.split())).lower()


_LEAD = re.compile(
    r"(?:(?:thời gian|thời hạn|thời kỳ|giai đoạn|nhiệm kỳ|năm học|trong|các năm|kể|cho)(?: ?[:,]? ?| +))+"
)
_YEAR_RANGE = re.compile(
    r"(?:từ )?(?:năm ?)?(?P<a>\d{4})(?: ?[-–—] ?| đến (?:hết )?)(?:năm ?)?(?P<b>\d{4}|\d{2})"
)
_OPEN_END = re.compile(
    r"(?:^(?:từ|kể từ|bắt đầu từ) (?P<a>[^:]{4,60}?)|^(?P<b>[^:]{4,60}?))(?P<on>,? (?:trở đi|đến nay|trở về sau))?$"
)
_AND_ON = r",? (?:và )?(?:những |các )?năm (?:tiếp theo|sau|tiếp sau|kế tiếp)"
_ONWARD = re.compile(rf"(?P<until>.+?){_AND_ON}")
_FROM_TO = re.compile(
    r"(?:từ )?(?P<a>[^:]{1,60}?)(?: đến (?:hết )?| (?:-|–|—) ?| ?(?:–|—) )(?:hết )?(?P<b>[^:]{1,60})"
)
_PART_OF_YEAR = re.compile(
    r"(?P<half>6|sáu|06|9|chín|09|3|ba|03) tháng (?P<which>đầu|cuối) năm ?(?P<y>\d{4})"
    r"|(?:quý|quí) ?(?P<q>iv|iii|ii|i|[1-4])(?: ?[/,\-]? ?(?:năm ?)?)(?P<qy>\d{4})"
)
_NO_LIMIT = re.compile(
    r"(?:không|vô)(?: xác định| quy định| ghi| có| giới hạn| nêu)?(?: rõ)? ?(?:thời hạn|thời gian)|lâu dài|thường xuyên"
)
_UNKNOWN_PERIOD = re.compile(r"(?:không|chưa) (?:rõ|biết)(?: (?:thời hạn|thời gian|giai đoạn))?|\?+")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONTH_COUNTS = {"6": 6, "06": 6, "sáu": 6, "9": 9, "09": 9, "chín": 9, "3": 3, "03": 3, "ba": 3}
"""How quarters and stretches of months are counted in words, in small letters."""
_PERIOD_EXAMPLES = "Ví dụ: 2022–2026, năm 2023, từ 1/3/2021 đến 31/12/2025."


def _part_of_year(found: re.Match[str]) -> Period:
    """Half a year, nine or three months, or a quarter, as days."""
    if found["q"]:
        year, quarter = whole_year(found["qy"]), QUARTERS.get(found["q"]) or int(found["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    else:
        year, count = whole_year(found["y"]), MONTH_COUNTS[found["half"]]
        first, last = (1, count) if found["which"] == "đầu" else (13 - count, 12)
    return Period.days(date(year, first, 1), month_end(year, last))


def _years(first: str, last: str) -> Period:
    start = whole_year(first)
    end = whole_year(last) if len(last) == 4 else start // 100 * 100 + int(last)
    if end < start:
        raise PeriodNotUnderstood(f"Năm kết thúc ({end}) trước năm bắt đầu ({start}).")
    return Period.years(start, end)


def _from_to(first_words: str, last_words: str) -> Period | None:
    """A period between two dates of any precision; the first may leave its year to the last."""
    last = read_core(core_of(last_words))
    if last is None or last.last is None:
        return None
    first = read_core(core_of(first_words))
    if first and first.precision == Precision.DAY_MONTH and first.day_and_month:
        day, month = first.day_and_month
        first = PartialDate.day(date(last.last.year, month, day))
    if first is None or first.first is None:
        return None
    if last.last < first.first:
        raise PeriodNotUnderstood(
            f"Ngày kết thúc ({dmy(last.last)}) trước ngày bắt đầu ({dmy(first.first)})."
        )
    if first.precision == last.precision == Precision.YEAR:
        return Period.years(first.first.year, last.last.year)
    return Period.days(first.first, last.last)


def _open_or_single(core: str) -> Period | None:
    """Read a start without an end ("từ năm 2022", "năm 2022 trở đi"), or one year, month or day."""
    found = _OPEN_END.match(core)
    if not found:
        return None
    read = read_core(core_of(found["a"] or found["b"]))
    if read is None or read.first is None or read.last is None:
        return None
    if found["a"] or found["on"]:
        return Period.open(read.first)
    return (
        Period.years(read.first.year)
        if read.precision == Precision.YEAR
        else Period.days(read.first, read.last)
    )


def _read_period(core: str) -> Period | None:
    """Read a period from lower-case words; ValueError when it cannot be."""
    if _UNKNOWN_PERIOD.fullmatch(core):
        return Period.unknown()
    if _NO_LIMIT.fullmatch(core):
        return Period.none()
    core = _LEAD.sub("", core, count=1) if _LEAD.match(core) else core
    if onward := _ONWARD.fullmatch(core):
        until = _YEAR_RANGE.fullmatch(onward["until"])
        begun = _years(until["a"], until["b"]) if until else _open_or_single(onward["until"])
        return Period.open(begun.first) if begun and begun.first else None
    if found := _YEAR_RANGE.fullmatch(core):
        return _years(found["a"], found["b"])
    if found := _PART_OF_YEAR.fullmatch(core):
        return _part_of_year(found)
    single = _open_or_single(core)
    if single:
        return single
    found = _FROM_TO.fullmatch(core)
    return _from_to(found["a"], found["b"]) if found else None


def parse_period(text: str) -> Period:
    """Read a typed period: years, days, half years, quarters, open or without limit.

    Raises PeriodNotUnderstood with a sentence for the field.
    """
    text = clean(text[: LONGEST_PERIOD + 1])
    if len(text) > LONGEST_PERIOD:
        raise PeriodNotUnderstood(f"Thời hạn dài quá {LONGEST_PERIOD} ký tự. {_PERIOD_EXAMPLES}")
    core = accented(text).strip(" .,;:()")
    if not core:
        return Period.unknown()
    reason = ""
    try:
        read = _read_period(core)
    except PeriodNotUnderstood:
        raise
    except ValueError as error:
        reason = f" {error}" if str(error).startswith("Năm") else ""
        read = None
    if read is None:
        raise PeriodNotUnderstood(f"Không đọc được thời hạn “{text}”.{reason} {_PERIOD_EXAMPLES}")
    said = text in (str(read), read.sentence())
    return Period(read.kind, read.first, read.last, "" if said else text)


_DAY_WORDS = r"(?:ngày ?)?\d{1,2}(?: ?[/.\-] ?| ?tháng ?)\d{1,2}(?: ?[/.\-] ?| ?,? ?năm ?)\d{4}"
_RANGE_WORDS = (
    rf"(?:năm ?)?\d{{4}} ?(?:[-–—]|đến(?: hết)?) ?(?:năm ?)?(?:\d{{4}}|\d{{2}})(?![\d/])(?:{_AND_ON})?"
)
_DAYS_IN_LINE = re.compile(rf"\btừ {_DAY_WORDS} (?:đến|-|–)(?: hết)? {_DAY_WORDS}(?!\d)", re.IGNORECASE)
_MONTH_IN_LINE = re.compile(r"\btháng[ .…_]{0,10}\d{0,2}[ .…_]{0,10}(?:năm ?|/ ?)\d{4}(?!\d)", re.IGNORECASE)
_PERIODS_IN_LINE = [
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"\b(?:giai đoạn|thời kỳ)(?: từ)? {_RANGE_WORDS}",
        rf"\btừ {_RANGE_WORDS}",
        r"\b(?:6|06|sáu|9|09|chín|3|03|ba) tháng (?:đầu|cuối) năm ?\d{4}(?!\d)",
        r"\bqu[ýí] ?(?:iv|iii|ii|i|[1-4])(?: ?[/,\-] ?| )(?:năm ?)?\d{4}(?!\d)",
        r"(?<!nhiệm kỳ )(?<![\w/.\-])(?:năm )?(?:19|20|21)\d\d ?[-–—] ?(?:19|20|21)\d\d(?![\w/])"
        rf"(?:{_AND_ON})?",
        rf"\bnăm (?:19|20|21)\d\d(?![\w/])(?:{_AND_ON})?",
        rf"\bnhiệm kỳ {_RANGE_WORDS}",
    )
]


def find_period(text: str) -> Period | None:
    """Return the period printed in a title or line ("… giai đoạn 2022 – 2026"), or None.

    A stage named as such goes before a plain range, and a range before a single year; the year of a date is none.
    """
    line = clean(text[:LONGEST_LINE])
    dateless = _MONTH_IN_LINE.sub(" ", DATE_IN_LINE.sub(" ", line))
    for words, form in ((line, _DAYS_IN_LINE), *((dateless, form) for form in _PERIODS_IN_LINE)):
        for found in form.finditer(words):
            try:
                return parse_period(found[0])
            except PeriodNotUnderstood:
                continue
    return None

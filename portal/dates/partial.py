"""A date with as much of it as is known: a value, how it is read from typed or pasted text, how it is said."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.db import models

from portal.text import clean

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_DATE = 120
"""Longest text, in characters, that is read as one date."""
LONGEST_LINE = 20_000
"""How much of a pasted text is searched for a date or a period."""


class DateNotUnderstood(ValueError):
    """The text is no date; ``str()`` is the sentence shown at the field."""


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "đủ ngày, tháng, năm"
    MONTH = "month", "chỉ có tháng, năm"
    YEAR = "year", "chỉ có năm"
    DAY_MONTH = "day_month", "chỉ có ngày, tháng"
    UNKNOWN = "unknown", "chưa rõ"


def dmy(day: date) -> str:
    """A day in figures: "5/11/2021"."""
    return f"{day.day}/{day.month}/{day.year}"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class PartialDate:
    """A date with its precision: the first and last day it can mean, and its printed words.

    A day and month without a year has no first and last day; its ``text`` carries the day and the month. ``text``
    is empty when the printed words say nothing more than ``str()`` does.
    """

    precision: str
    first: date | None
    last: date | None
    text: str = ""

    @classmethod
    def day(cls, date: date, text: str = "") -> PartialDate:
        """A full date."""
        return cls(Precision.DAY, date, date, text)

    @classmethod
    def month(cls, y: int, m: int, text: str = "") -> PartialDate:
        """A month of a year."""
        return cls(Precision.MONTH, date(y, m, 1), month_end(y, m), text)

    @classmethod
    def year(cls, y: int, text: str = "") -> PartialDate:
        """A year."""
        return cls(Precision.YEAR, date(y, 1, 1), date(y, 12, 31), text)

    @classmethod
    def day_month(cls, d: int, m: int, text: str = "") -> PartialDate:
        """A day and month whose year is not known."""
        tidy = f"{date(2000, m, d).day}/{m}"
        return cls(Precision.DAY_MONTH, None, None, text if _read_day_month(text) == (d, m) else tidy)

    @classmethod
    def unknown(cls, text: str = "") -> PartialDate:
        """No date is known; ``text`` may say so in printed words."""
        return cls(Precision.UNKNOWN, None, None, text)

    @property
    def known(self) -> bool:
        """Whether anything of the date is known."""
        return self.precision != Precision.UNKNOWN

    def last_by(self, day: date) -> date | None:
        """The last day it can mean that is not after another; nothing where no year is known."""
        return min(self.last, day) if self.last else None

    @property
    def placed(self) -> PartialDate | None:
        """Itself where it lies in some year; a body is asked whether it lived on a day that it may mean."""
        return self if self.first else None

    @property
    def day_and_month(self) -> tuple[int, int] | None:
        """Day and month, for a full date and for one without its year."""
        if self.precision == Precision.DAY_MONTH:
            return _read_day_month(self.text)
        return (self.first.day, self.first.month) if self.precision == Precision.DAY and self.first else None

    @property
    def typed(self) -> str:
        """As a field shows it: as printed, else as one types it; nothing where it is not known."""
        return self.text or (str(self) if self.known else "")

    @property
    def printed(self) -> str:
        """The words of the paper; "không rõ" is what a person says of it, not what it prints."""
        return "" if not self.known and _UNKNOWN_WORDS.fullmatch(core_of(self.text)) else self.text

    @property
    def unknown_word(self) -> str:
        """Where somebody looked and could not know, "không rõ"; where nobody has said, "chưa rõ"."""
        return unknown_word(self.text, _UNKNOWN_WORDS)

    @property
    def part_of_day(self) -> str:
        """The part of the day the printed words name: "chiều"."""
        found = _PART_OF_DAY.search(self.text) if self.day_and_month else None
        return found[0].lower() if found else ""

    def __bool__(self) -> bool:
        return self.known or bool(self.text)

    def __str__(self) -> str:
        if self.precision == Precision.DAY_MONTH:
            return "ngày {}/{} (chưa rõ năm)".format(*self.day_and_month) if self.day_and_month else self.text
        if self.first is None or not self.known:
            return f"{self.unknown_word} ngày"
        if self.precision == Precision.DAY:
            return dmy(self.first)
        month = f"tháng {self.first.month}/{self.first.year}"
        return month if self.precision == Precision.MONTH else f"năm {self.first.year}"

    def long(self) -> str:
        """The date with its day of the week, where the day is known."""
        if self.precision == Precision.DAY and self.first:
            return f"{_WEEKDAYS[self.first.weekday()]}, {self}"
        return str(self)

    def at_length(self) -> str:
        """As :meth:`long`, with the part of the day: "thứ Bảy, chiều 2/4/2016"."""
        return self.long().replace(str(self), f"{self.part_of_day} {self}".strip())

    @property
    def in_brackets(self) -> str:
        """The date in brackets, what is missing of it behind a comma: "(ngày 2/4, chưa rõ năm)"."""
        return f"({str(self).replace(' (', ', ').rstrip(')')})"


def days_of(on: date | PartialDate) -> tuple[date, date]:
    """The first and last day of a date that lies in some year; a day is both."""
    return (on.first, on.last) if isinstance(on, PartialDate) else (on, on)


_PART_OF_DAY = re.compile(r"\b(?:sáng|trưa|chiều|tối|đêm)\b", re.IGNORECASE)
_BLANK = r"(?:[.…_ ]{1,40})"
_D, _M, _Y4, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})", r"(?P<y>\d{4}|\d{2})"
_SEP = r" ?[/.\-–] ?"
_NGAY, _THANG, _NAM = r"(?:ngày ?)?", r"tháng ?", r"năm ?"

_DAY_FORMS = [
    re.compile(rf"{_NGAY}{_D} ?{_THANG}{_M}(?: ?,? ?{_NAM}|{_SEP}| ){_Y}"),
    re.compile(rf"{_NGAY}{_D}{_SEP}{_M}(?:{_SEP}| ?,? ?{_NAM}){_Y}"),
    re.compile(r"(?P<y>\d{4})[/.\-](?P<m>\d{1,2})[/.\-](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})"),
]
_MONTH_FORMS = [
    re.compile(rf"(?:(?:ngày ?)?{_BLANK})?(?:{_THANG}|t)?{_M}{_SEP}{_Y4}"),
    re.compile(rf"(?:ngày ?{_BLANK}?)?{_THANG}{_M} ?,? ?{_NAM}{_Y}"),
    re.compile(rf"{_THANG}{_M}{_SEP}{_Y}"),
]
_YEAR_FORMS = [re.compile(rf"(?:ngày ?{_BLANK}?{_THANG}{_BLANK}?)?(?:{_NAM})?{_Y4}")]
_DAY_MONTH_FORMS = [
    re.compile(rf"{_NGAY}{_D} ?{_THANG}{_M}(?: ?,? ?{_NAM}{_BLANK}?)?(?: \(chưa rõ năm\))?"),
    re.compile(rf"{_NGAY}{_D}{_SEP}{_M}(?: \(chưa rõ năm\))?"),
]

# What may stand before a date and changes nothing: part of the day, day of the week, place of the paper.
_BEFORE_DATE = re.compile(
    r"(?:(?:vào|lúc|từ|hôm|sáng|trưa|chiều|tối|đêm|khuya|chủ nhật|cn|thứ ?(?:[2-7]|hai|ba|tư|năm|sáu|bảy|bẩy)|t[2-7])"
    r"(?: ?[,;:.(|]+ ?| +))+"
)
_PLACE = re.compile(r"[^\d,;/]{2,60}, ?(?=ngày)")
_CLOCK = re.compile(
    r"(?: ?[|,(]+ ?| )\d{1,2}(?::\d{2}){1,2}(?: ?(?:sa|ch|am|pm))?\)?$|^\d{1,2}(?::\d{2}){1,2} ?[|,-]? ?"
)
_WEEKDAY_AFTER = re.compile(r" ?[,(] ?(?:chủ nhật|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy))\)?$")

_UNKNOWN_WORDS = re.compile(
    r"(?:không|chưa) (?:rõ|biết|có|ghi|xác định)(?: (?:ngày|tháng|năm|thời gian|ngày tháng|ngày, tháng|ngày ký|rõ))*"
    r"|không|\?+|khuyết"
)


def unknown_word(text: str, words: re.Pattern[str]) -> str:
    """How a date or period of these typed words is unknown."""
    said = core_of(text)
    is_looked_for = said.startswith(("không", "khuyết")) and words.fullmatch(said)
    return "không rõ" if is_looked_for else "chưa rõ"


def whole_year(digits: str) -> int:
    """A year from four or two figures: 00-69 are the 2000s, 70-99 the 1900s."""
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}.")
    return year


# Words typed without marks on a telephone; "nam" only before a year.
_UNACCENTED = re.compile(
    r"\b(?:ngay|thang|tu|den|het|quy|giai doan|nhiem ky|nam)(?= ?[\d(]| )", re.IGNORECASE
)
_ACCENTED = {
    "ngay": "ngày",
    "thang": "tháng",
    "nam": "năm",
    "tu": "từ",
    "den": "đến",
    "het": "hết",
    "quy": "quý",
    "giai doan": "giai đoạn",
    "nhiem ky": "nhiệm kỳ",
}


def accented(text: str) -> str:
    """The text in small letters, date words typed without marks given their marks."""
    return _UNACCENTED.sub(lambda found: _ACCENTED[found[0]], text.lower())


def core_of(text: str) -> str:
    """The date words of a typed text, lower case, without what stands round them."""
    core = accented(text).strip(" .,;:" if text.endswith(")") else " .,;:()")
    core = _CLOCK.sub("", core)
    core = _BEFORE_DATE.sub("", core, count=1) if _BEFORE_DATE.match(core) else core
    place = _PLACE.match(core)
    core = core[place.end() :] if place else core
    return _WEEKDAY_AFTER.sub("", core).strip(" .,;:")


def _read_day_month(text: str) -> tuple[int, int] | None:
    core = core_of(clean(text[:LONGEST_DATE]))
    for form in _DAY_MONTH_FORMS:
        found = form.fullmatch(core)
        if found:
            d, m = int(found["d"]), int(found["m"])
            if 1 <= m <= 12 and 1 <= d <= calendar.monthrange(2000, m)[1]:
                return d, m
    return None


def _first_match(forms: list[re.Pattern[str]], core: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.fullmatch(core))), None)


def read_core(core: str) -> PartialDate | None:
    """Read one date from lower-case words; ValueError when the calendar has no such date."""
    if found := _first_match(_DAY_FORMS, core):
        return PartialDate.day(date(whole_year(found["y"]), int(found["m"]), int(found["d"])))
    if found := _first_match(_MONTH_FORMS, core):
        return PartialDate.month(whole_year(found["y"]), int(found["m"]))
    if found := _first_match(_YEAR_FORMS, core):
        return PartialDate.year(whole_year(found["y"]))
    day_month = _read_day_month(core)
    return PartialDate.day_month(*day_month) if day_month else None


def parse_date(text: str) -> PartialDate:
    """Read a typed date in any day-month-year form, the day always first.

    Raises DateNotUnderstood with a sentence for the field.
    """
    text = clean(text[: LONGEST_DATE + 1])
    if len(text) > LONGEST_DATE:
        raise DateNotUnderstood(f"Ngày dài quá {LONGEST_DATE} ký tự. Ví dụ: 14/4/2022, tháng 12/2020, 2021.")
    core = core_of(text)
    if not any(c.isalnum() or c == "?" for c in text):
        return PartialDate.unknown()
    if _UNKNOWN_WORDS.fullmatch(core):
        return PartialDate.unknown(text)
    reason = ""
    try:
        read = read_core(core)
    except ValueError as error:
        reason = f" {error}" if str(error).startswith("Năm") else ""
        read = None
    if read is None:
        raise DateNotUnderstood(
            f"Không đọc được ngày “{text}”.{reason} Ví dụ: 14/4/2022, tháng 12/2020, 2021."
        )
    if read.precision == Precision.DAY_MONTH:
        return read if text == str(read) else PartialDate(Precision.DAY_MONTH, None, None, text)
    return PartialDate(read.precision, read.first, read.last, "" if text == str(read) else text)


DATE_IN_LINE = re.compile(
    r"ngày ?\d{1,2} ?tháng ?\d{1,2} ?,? ?năm ?\d{4}(?!\d)"
    r"|(?<![\w/.\-])\d{1,2} tháng \d{1,2},? năm \d{4}(?!\d)"
    r"|(?<![\w/.\-])\d{1,2}(?P<s>[/.\-])\d{1,2}(?P=s)\d{4}(?![\w]|[/.\-]\w)"
    r"|(?<![\w/.\-])\d{1,2}/\d{1,2}/\d{2}(?![\w]|[/.\-]\w)"
    r"|(?<![\w/.\-])\d{4}-\d{2}-\d{2}(?![\w]|[/.\-]\w)",
    re.IGNORECASE,
)


def find_date(text: str) -> PartialDate | None:
    """Return the first full date printed in a line, or None."""
    for found in DATE_IN_LINE.finditer(clean(text[:LONGEST_LINE])):
        try:
            return parse_date(found[0])
        except DateNotUnderstood:
            continue
    return None

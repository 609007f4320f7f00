"""Dates and periods as papers print them: values with their precision, read from words and said in words.

Owns ``PartialDate`` and ``Period``, how they are read from typed or pasted text, and the words that say how long
a deadline is away. Stores nothing.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from portal.text import clean

__all__ = [
    "DateNotUnderstood",
    "PartialDate",
    "Period",
    "PeriodKind",
    "PeriodNotUnderstood",
    "Precision",
    "days_left_words",
    "find_date",
    "find_period",
    "parse_date",
    "parse_period",
]

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_DATE, LONGEST_PERIOD = 120, 200
"""Longest text, in characters, that is read as one date or as one period."""
LONGEST_LINE = 20_000
"""How much of a pasted text is searched for a date or a period."""


class DateNotUnderstood(ValueError):
    """The text is no date; ``str()`` is the sentence shown at the field."""


class PeriodNotUnderstood(ValueError):
    """The text is no period; ``str()`` is the sentence shown at the field."""


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "đủ ngày, tháng, năm"
    MONTH = "month", "chỉ có tháng, năm"
    YEAR = "year", "chỉ có năm"
    DAY_MONTH = "day_month", "chỉ có ngày, tháng"
    UNKNOWN = "unknown", "chưa rõ"


class PeriodKind(models.TextChoices):
    """How a paper states its period."""

    YEARS = "years", "theo năm"
    DAYS = "days", "theo ngày"
    OPEN = "open", "từ một thời điểm trở đi"
    NONE = "none", "không thời hạn"
    UNKNOWN = "unknown", "chưa rõ thời hạn"


def _dmy(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


# --- a date ----------------------------------------------------------------------------------------------------

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
        return cls(Precision.MONTH, date(y, m, 1), _month_end(y, m), text)

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
    def day_and_month(self) -> tuple[int, int] | None:
        """Day and month, for a full date and for one without its year."""
        if self.precision == Precision.DAY_MONTH:
            return _read_day_month(self.text)
        return (self.first.day, self.first.month) if self.precision == Precision.DAY and self.first else None

    @property
    def printed(self) -> str:
        """The words of the paper; "không rõ" is what a person says of it, not what it prints."""
        return "" if not self.known and _UNKNOWN_WORDS.fullmatch(_core(self.text)) else self.text

    @property
    def part_of_day(self) -> str:
        """The part of the day the printed words name: "chiều"."""
        found = _PART_OF_DAY.search(self.text) if self.precision == Precision.DAY else None
        return found[0].lower() if found else ""

    def __bool__(self) -> bool:
        return self.known or bool(self.text)

    def __str__(self) -> str:
        if self.precision == Precision.DAY_MONTH:
            return "ngày {}/{} (chưa rõ năm)".format(*self.day_and_month) if self.day_and_month else self.text
        if self.first is None or not self.known:
            return "chưa rõ ngày"
        if self.precision == Precision.DAY:
            return _dmy(self.first)
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


def _whole_year(digits: str) -> int:
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


def _accented(text: str) -> str:
    """The text in small letters, date words typed without marks given their marks."""
    return _UNACCENTED.sub(lambda found: _ACCENTED[found[0]], text.lower())


def _core(text: str) -> str:
    """The date words of a typed text, lower case, without what stands round them."""
    core = _accented(text).strip(" .,;:" if text.endswith(")") else " .,;:()")
    core = _CLOCK.sub("", core)
    core = _BEFORE_DATE.sub("", core, count=1) if _BEFORE_DATE.match(core) else core
    place = _PLACE.match(core)
    core = core[place.end() :] if place else core
    return _WEEKDAY_AFTER.sub("", core).strip(" .,;:")


def _read_day_month(text: str) -> tuple[int, int] | None:
    core = _core(clean(text[:LONGEST_DATE]))
    for form in _DAY_MONTH_FORMS:
        found = form.fullmatch(core)
        if found:
            d, m = int(found["d"]), int(found["m"])
            if 1 <= m <= 12 and 1 <= d <= calendar.monthrange(2000, m)[1]:
                return d, m
    return None


def _first_match(forms: list[re.Pattern[str]], core: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.fullmatch(core))), None)


def _read(core: str) -> PartialDate | None:
    """Read one date from lower-case words; ValueError when the calendar has no such date."""
    if found := _first_match(_DAY_FORMS, core):
        return PartialDate.day(date(_whole_year(found["y"]), int(found["m"]), int(found["d"])))
    if found := _first_match(_MONTH_FORMS, core):
        return PartialDate.month(_whole_year(found["y"]), int(found["m"]))
    if found := _first_match(_YEAR_FORMS, core):
        return PartialDate.year(_whole_year(found["y"]))
    day_month = _read_day_month(core)
    return PartialDate.day_month(*day_month) if day_month else None


def parse_date(text: str) -> PartialDate:
    """Read a typed date in any day-month-year form, the day always first.

    Raises DateNotUnderstood with a sentence for the field.
    """
    text = clean(text[: LONGEST_DATE + 1])
    if len(text) > LONGEST_DATE:
        raise DateNotUnderstood(f"Ngày dài quá {LONGEST_DATE} ký tự. Ví dụ: 14/4/2022, tháng 12/2020, 2021.")
    core = _core(text)
    if not any(c.isalnum() or c == "?" for c in text):
        return PartialDate.unknown()
    if _UNKNOWN_WORDS.fullmatch(core):
        return PartialDate.unknown(text)
    reason = ""
    try:
        read = _read(core)
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


_DATE_IN_LINE = re.compile(
    r"ngày ?\d{1,2} ?tháng ?\d{1,2} ?,? ?năm ?\d{4}(?!\d)"
    r"|(?<![\w/.\-])\d{1,2} tháng \d{1,2},? năm \d{4}(?!\d)"
    r"|(?<![\w/.\-])\d{1,2}(?P<s>[/.\-])\d{1,2}(?P=s)\d{4}(?![\w]|[/.\-]\w)"
    r"|(?<![\w/.\-])\d{1,2}/\d{1,2}/\d{2}(?![\w]|[/.\-]\w)"
    r"|(?<![\w/.\-])\d{4}-\d{2}-\d{2}(?![\w]|[/.\-]\w)",
    re.IGNORECASE,
)


def find_date(text: str) -> PartialDate | None:
    """Return the first full date printed in a line, or None."""
    for found in _DATE_IN_LINE.finditer(clean(text[:LONGEST_LINE])):
        try:
            return parse_date(found[0])
        except DateNotUnderstood:
            continue
    return None


# --- a period --------------------------------------------------------------------------------------------------


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
    def printed(self) -> str:
        """The words of the paper; "không rõ" is what a person says of it, not what it prints."""
        return "" if not self.known and _UNKNOWN_PERIOD.fullmatch(_core(self.text)) else self.text

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
                f"ngày {_dmy(self.first)}"
                if self.first == self.last
                else f"từ {_dmy(self.first)} đến {_dmy(self.last)}"
            )
        if self.kind == PeriodKind.OPEN and self.first:
            return f"từ năm {self.start_year}" if self._opens_with_a_year else f"từ {_dmy(self.first)}"
        return "không thời hạn" if self.kind == PeriodKind.NONE else "chưa rõ thời hạn"

    def sentence(self) -> str:
        """The period as it stands within a sentence: "từ năm 2022 đến năm 2026"."""
        if self.kind == PeriodKind.YEARS and self.first and self.last:
            if self.start_year == self.end_year:
                return f"năm {self.start_year}"
            return f"từ năm {self.start_year} đến năm {self.end_year}"
        if self.kind == PeriodKind.DAYS and self.first and self.last and self.first != self.last:
            return f"từ ngày {_dmy(self.first)} đến ngày {_dmy(self.last)}"
        if self.kind == PeriodKind.OPEN and self.first and not self._opens_with_a_year:
            return f"từ ngày {_dmy(self.first)}"
        return str(self)

    @property
    def _opens_with_a_year(self) -> bool:
        new_year = self.first is not None and (self.first.day, self.first.month) == (1, 1)
        return new_year and not re.search(r"ngày|tháng|\b0?1 ?[/.-] ?0?1\b", self.text.lower())


_LEAD = re.compile(
    r"(?:(?:thời gian|thời hạn|thời kỳ|giai đoạn|nhiệm kỳ|năm học|trong|các năm|kể|cho)(?: ?[:,]? ?| +))+"
)
_YEAR_RANGE = re.compile(
    r"(?:từ )?(?:năm ?)?(?P<a>\d{4})(?: ?[-–—] ?| đến (?:hết )?)(?:năm ?)?(?P<b>\d{4}|\d{2})"
)
_OPEN_END = re.compile(
    r"(?:^(?:từ|kể từ|bắt đầu từ) (?P<a>[^:]{4,60}?)|^(?P<b>[^:]{4,60}?))(?P<on>,? (?:trở đi|đến nay|trở về sau))?$"
)
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
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH_COUNTS = {"6": 6, "06": 6, "sáu": 6, "9": 9, "09": 9, "chín": 9, "3": 3, "03": 3, "ba": 3}
_PERIOD_EXAMPLES = "Ví dụ: 2022–2026, năm 2023, từ 1/3/2021 đến 31/12/2025."


def _part_of_year(found: re.Match[str]) -> Period:
    """Half a year, nine or three months, or a quarter, as days."""
    if found["q"]:
        year, quarter = _whole_year(found["qy"]), _QUARTERS.get(found["q"]) or int(found["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    else:
        year, count = _whole_year(found["y"]), _MONTH_COUNTS[found["half"]]
        first, last = (1, count) if found["which"] == "đầu" else (13 - count, 12)
    return Period.days(date(year, first, 1), _month_end(year, last))


def _years(first: str, last: str) -> Period:
    start = _whole_year(first)
    end = _whole_year(last) if len(last) == 4 else start // 100 * 100 + int(last)
    if end < start:
        raise PeriodNotUnderstood(f"Năm kết thúc ({end}) trước năm bắt đầu ({start}).")
    return Period.years(start, end)


def _from_to(first_words: str, last_words: str) -> Period | None:
    """A period between two dates of any precision; the first may leave its year to the last."""
    last = _read(_core(last_words))
    if last is None or last.last is None:
        return None
    first = _read(_core(first_words))
    if first and first.precision == Precision.DAY_MONTH and first.day_and_month:
        day, month = first.day_and_month
        first = PartialDate.day(date(last.last.year, month, day))
    if first is None or first.first is None:
        return None
    if last.last < first.first:
        raise PeriodNotUnderstood(
            f"Ngày kết thúc ({_dmy(last.last)}) trước ngày bắt đầu ({_dmy(first.first)})."
        )
    if first.precision == last.precision == Precision.YEAR:
        return Period.years(first.first.year, last.last.year)
    return Period.days(first.first, last.last)


def _open_or_single(core: str) -> Period | None:
    """Read a start without an end ("từ năm 2022", "năm 2022 trở đi"), or one year, month or day."""
    found = _OPEN_END.match(core)
    if not found:
        return None
    read = _read(_core(found["a"] or found["b"]))
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
    core = _accented(text).strip(" .,;:()")
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
_RANGE_WORDS = r"(?:năm ?)?\d{4} ?(?:[-–—]|đến(?: hết)?) ?(?:năm ?)?(?:\d{4}|\d{2})(?![\d/])"
_DAYS_IN_LINE = re.compile(rf"\btừ {_DAY_WORDS} (?:đến|-|–)(?: hết)? {_DAY_WORDS}(?!\d)", re.IGNORECASE)
_MONTH_IN_LINE = re.compile(r"\btháng[ .…_]{0,10}\d{0,2}[ .…_]{0,10}(?:năm ?|/ ?)\d{4}(?!\d)", re.IGNORECASE)
_PERIODS_IN_LINE = [
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"\b(?:giai đoạn|thời kỳ)(?: từ)? {_RANGE_WORDS}",
        rf"\btừ {_RANGE_WORDS}",
        r"\b(?:6|06|sáu|9|09|chín|3|03|ba) tháng (?:đầu|cuối) năm ?\d{4}(?!\d)",
        r"\bqu[ýí] ?(?:iv|iii|ii|i|[1-4])(?: ?[/,\-] ?| )(?:năm ?)?\d{4}(?!\d)",
        r"(?<!nhiệm kỳ )(?<![\w/.\-])(?:năm )?(?:19|20|21)\d\d ?[-–—] ?(?:19|20|21)\d\d(?![\w/])",
        r"\bnăm (?:19|20|21)\d\d(?![\w/])",
        rf"\bnhiệm kỳ {_RANGE_WORDS}",
    )
]


def find_period(text: str) -> Period | None:
    """Return the period printed in a title or line ("… giai đoạn 2022 – 2026"), or None.

    A stage named as such goes before a plain range, and a range before a single year; the year of a date is none.
    """
    line = clean(text[:LONGEST_LINE])
    dateless = _MONTH_IN_LINE.sub(" ", _DATE_IN_LINE.sub(" ", line))
    for words, form in ((line, _DAYS_IN_LINE), *((dateless, form) for form in _PERIODS_IN_LINE)):
        for found in form.finditer(words):
            try:
                return parse_period(found[0])
            except PeriodNotUnderstood:
                continue
    return None


# --- how long still --------------------------------------------------------------------------------------------


def _span_words(days: int) -> str:
    """A span in days up to 90, then in months, then in years."""
    if days <= 90:
        return f"{days} ngày"
    months = round(days * 12 / 365.25)
    return f"{months} tháng" if months < 24 else f"{months // 12} năm"


def days_left_words(last: date, today: date) -> str:
    """Say how far a last day is: "còn 40 ngày", "hết hạn hôm nay", "quá hạn 3 ngày"."""
    left = (last - today) // timedelta(days=1)
    if left == 0:
        return "hết hạn hôm nay"
    return f"còn {_span_words(left)}" if left > 0 else f"quá hạn {_span_words(-left)}"

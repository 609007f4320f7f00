"""The years of a plan: when a task is to be done, as printed, and what the words of a paper become for its next year or term.

Pure functions over text and periods.
"""

import re
from datetime import date

from portal.dates import Period, PeriodKind, PeriodNotUnderstood, parse_period

_YEARS = re.compile(
    r"(?<![\w/.\-–])(?P<a>(?:19|20|21)\d\d)(?P<to>\s*[-–—]\s*|\s+đến\s+(?:hết\s+)?(?:năm\s+)?)?"
    r"(?P<b>(?(to)(?:19|20|21)\d\d))(?![\w/])"
)
_OF_A_DATE = re.compile(r"tháng\s+\d{1,2},?\s+(?:năm\s+)?\Z")
TERM = 5
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


_BEFORE = re.compile(
    r"(?:(?:xong|hoàn thành|nộp|gửi|báo cáo)\s+)?(?:trước|chậm nhất|muộn nhất)\s+(?:(?:là|vào)\s+)?(?P<day>.+)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[,;&]|\bvà\b)\s*", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"\d{1,2}|[IV]{1,3}", re.IGNORECASE)
_OF_A_YEAR = re.compile(r"(tháng|quý|quí)\s", re.IGNORECASE)


def read_time(text: str, year: int | None) -> Period:
    """When a task is to be done; words that name no year are of the plan's own. What is not understood stays as printed.

    A last day runs from the plan's first; several months or quarters run from the first of them to the last.
    """
    read = _read(text, year)
    if read is None and year is not None:
        read = _until(text, year) or _several(text, year)
    return read or Period.unknown(text)


def _read(text: str, year: int | None) -> Period | None:
    """One period in these words, or in them with the year behind."""
    tries = [text] if year is None else [text, f"{text} năm {year}", f"{text} {year}", f"{text}/{year}"]
    for words in tries if text else ():
        try:
            read = parse_period(words)
        except PeriodNotUnderstood:
            continue
        return Period(read.kind, read.first, read.last, read.text if words == text else text)
    return None


def _until(text: str, year: int) -> Period | None:
    """From the first day of the plan's year to the day before which it is to be done: "trước 15/11"."""
    found = _BEFORE.fullmatch(text)
    day = _read(found["day"], year) if found else None
    if day is None or day.kind != PeriodKind.DAYS or day.first != day.last or own_year(day) != year:
        return None
    return Period.days(date(year, 1, 1), day.last, text)


def _several(text: str, year: int) -> Period | None:
    """From the first of several months or quarters to the last: "tháng 6 và tháng 11", "quý I, III"."""
    parts, lead = _AND.split(text), _OF_A_YEAR.match(text)
    if len(parts) < 2 or lead is None:
        return None
    whole = [f"{lead[1]} {one}" if _NUMBER_ALONE.fullmatch(one) else one for one in parts]
    read = [_read(one, year) for one in whole]
    if any(one is None or one.kind != PeriodKind.DAYS or own_year(one) != year for one in read):
        return None
    return Period.days(min(one.first for one in read), max(one.last for one in read), text)


def names_year(text: str, year: int) -> bool:
    """Whether a text names this year, alone or in a date."""
    return any(int(found[0]) == year for found in _ANY_YEAR.finditer(text))


def is_inferred(period: Period) -> bool:
    """Whether its days come from the plan's year, and not from its own words alone."""
    return bool(period.first and period.text) and _read(period.text, None) is None


def own_year(period: Period) -> int | None:
    """The year of a plan that lies within one."""
    return period.start_year if period.first and period.start_year == period.end_year else None


def step(period: Period) -> int:
    """How many years later the next such period begins; a term of five years is followed from its last year on.

    "2022-2026" is followed by "2027-2031", but "2021-2026", as councils count theirs, by "2026-2031".
    """
    if period.first is None or period.last is None:
        return 1
    if period.kind == PeriodKind.YEARS:
        years = period.last.year - period.first.year + 1
        return TERM if years == TERM + 1 else years
    return max(1, round((period.last - period.first).days / 365.25))


def title_moved(title: str, period: Period) -> str:
    """A title or text for the next period: its own years moved on, not those of a longer stage, a date or a number."""
    if period.first is None or period.last is None:
        return title
    own, later = (period.first.year, period.last.year), step(period)

    def moved(found: re.Match[str]) -> str:
        years = int(found["a"]), int(found["b"] or found["a"])
        if years != own or _OF_A_DATE.search(title[: found.start()]):
            return found[0]
        return f"{years[0] + later}" + (
            f"{found['to']}{years[1] + later}" if found["b"] else found["to"] or ""
        )

    return _YEARS.sub(moved, title)


def time_moved(time: str, period: Period) -> str:
    """The time of a period or a task, for the next period: every year within this one moved on."""
    if period.first is None or period.last is None:
        return time
    own, later = range(period.first.year, period.last.year + 1), step(period)
    return _ANY_YEAR.sub(lambda found: str(int(found[0]) + later) if int(found[0]) in own else found[0], time)

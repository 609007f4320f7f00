"""The last day by which words ask for something: "trước ngày 15/12", "trong quý I/2027", "hết tháng 6"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portal.dates.partial import LONGEST_LINE, month_end, whole_year
from portal.dates.periods import MONTH_COUNTS, QUARTERS
from portal.text import clean


@dataclass(frozen=True)
class Due:
    """A last day, the words it was read from, whether they ask for it every year, and name the day itself."""

    day: date
    words: str
    yearly: bool = False
    is_named: bool = True


_YEAR = r"(?: ?[/.,\-] ?(?:năm ?)?| ?năm ?| )(?P<{}>\d{{4}})(?!\d)"
_BY = r"(?P<lead>trước|chậm nhất|muộn nhất|hạn(?: cuối| chót)?|xong|(?:đến )?hết|đến|tới|trong)(?: là| vào| trong)?"
_DUE = re.compile(
    rf"\b{_BY} (?P<end>cuối )?(?:"
    rf"(?P<said>ngày ?)?(?P<d>\d{{1,2}})(?: ?[/.\-] ?| ?tháng ?)(?P<m>\d{{1,2}})(?![\d%])(?:{_YEAR.format('dy')})?"
    rf"|qu[ýí] ?(?P<q>iv|iii|ii|i|[1-4])\b(?:{_YEAR.format('qy')})?"
    rf"|(?P<half>0?[369]|ba|sáu|chín) tháng (?P<which>đầu|cuối) năm(?: ?(?P<hy>\d{{4}}))?"
    rf"|tháng ?(?P<month>\d{{1,2}})(?!\d)(?:{_YEAR.format('my')})?"
    rf"|năm (?P<year>\d{{4}})(?!\d)"
    rf")",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\b(?:định kỳ )?(?:(?:hằng|hàng|mỗi) năm|(?:mỗi|một|0?1) năm ?(?:/|một|0?1) ?lần)\b", re.IGNORECASE
)
_LOOSE = {"đến", "tới", "trong", "hết", "đến hết"}
"""Words before which two bare numbers may be a share ("trong 5/7 phường"), and a year the end of a period."""


def find_due(text: str, since: date | None) -> Due | None:
    """The first last day that words name, not before ``since``; one without its year is the first that follows.

    Where no ``since`` is known a day without its year is nothing.
    """
    line = clean(text[:LONGEST_LINE])
    yearly = bool(_YEARLY.search(line))
    for found in _DUE.finditer(line):
        day = _last_day(found, since)
        if day and (since is None or day >= since):
            return Due(day, found[0], yearly)
    return None


def find_yearly(text: str, since: date) -> Due | None:
    """What words ask for every year without a day of it: the last of the year of ``since``, which they do not name."""
    found = _YEARLY.search(clean(text[:LONGEST_LINE]))
    return Due(date(since.year, 12, 31), found[0], yearly=True, is_named=False) if found else None


def _last_day(found: re.Match[str], since: date | None) -> date | None:
    """The last day of what was matched; nothing where the calendar has none, or nothing tells its year."""
    lead = found["lead"].lower()
    digits = next((found[name] for name in ("dy", "qy", "hy", "my", "year") if found[name]), "")
    if lead in _LOOSE and (
        (found["d"] and not (found["said"] or digits))
        or (found["year"] and "hết" not in lead and lead != "trong")
    ):
        return None
    try:
        if digits:
            return _in_year(found, whole_year(digits), lead)
        if since is None:
            return None
        day = _in_year(found, since.year, lead)
        return day if day >= since else _in_year(found, since.year + 1, lead)
    except ValueError:
        return None


def _in_year(found: re.Match[str], year: int, lead: str) -> date:
    """The last day in one year; "trước" a month or a quarter is the day before its first."""
    if found["d"]:  # a paper's "trước ngày 15/12" is met on the 15th too
        return date(year, int(found["m"]), int(found["d"]))
    if found["year"]:
        first, last = 1, 12
    elif found["month"]:
        first = last = int(found["month"])
    elif found["q"]:
        quarter = QUARTERS.get(found["q"].lower()) or int(found["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    else:
        count = MONTH_COUNTS[found["half"].lower()]
        first, last = (1, count) if found["which"].lower() == "đầu" else (13 - count, 12)
    if lead == "trước" and not found["end"]:
        return date(year, first, 1) - timedelta(days=1)
    return month_end(year, last)

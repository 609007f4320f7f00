"""Hours of the day: read as typed ("8h", "08:30", "8 giờ 30"), said in one form ("8 giờ 30") on pages and papers.

Stores nothing.
"""

import re
from datetime import time

_MINUTE = r"(?:\d{1,2}|\s+\d{2}|\s+\d(?=\s*(?:$|[-–—'’′]|phút)))(?!\d)"
HOUR = rf"(?:\d{{1,2}}\s*(?:(?:giờ|h|g)(?![^\W\d])|:)(?:{_MINUTE})?|(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d))"
"""An hour as typed; a digit that stands apart counts what comes behind it, unless nothing does."""
_HOUR = re.compile(rf"(?<!\d)(?P<hour>{HOUR})(?:\s*(?:phút\b|['’′]))?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[-–—]\s*")


def read_hours(text: str) -> list[time]:
    """The hours that words name, in order; :class:`ValueError` where a clock has none such, or other numbers stand there."""
    if re.search(r"\d", _HOUR.sub("", text)):
        raise ValueError("a number that is no hour")
    return [_read(found) for found in _HOUR.finditer(text)]


def _read(found: re.Match[str]) -> time:
    """One hour as typed."""
    hour, *minute = re.findall(r"\d+", found["hour"])
    return time(int(hour), int(minute[0]) if minute else 0)


def say_hour(one: time) -> str:
    """An hour as papers write it: "8 giờ 00"."""
    return f"{one.hour} giờ {one.minute:02}"


def say_hours(starts: time | None, ends: time | None) -> str:
    """From when to when: "8 giờ 00 – 11 giờ 30"; nothing where neither is known."""
    return " – ".join(say_hour(one) for one in (starts, ends) if one)


def hours_in_one_form(typed: str) -> str:
    """What was typed, its hours in the one form; as typed where one in it cannot be read."""
    try:
        read_hours(typed)
    except ValueError:
        return typed
    return _BETWEEN.sub(" – ", _HOUR.sub(lambda found: say_hour(_read(found)), typed))

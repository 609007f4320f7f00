"""How numbers, dates and document numbers are said on a page. ``ui`` offers these filters to every template."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal import headings
from portal.dates import PartialDate, days_left_words
from portal.headings import OutlineLine

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
LONGEST_KEPT_PIECE = 24
_CAPITALS = "".join(one for one in map(chr, (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA))) if one.isupper())
_KEPT = re.compile(
    rf"\d{{4}} ?[-–] ?\d{{4}}|[A-ZĐ]{{2,}} [-–] [A-ZĐ]{{2,}}"
    r"|(?<!\w)(?:phường|xã|quận|huyện|tỉnh|thành phố|Tỉnh ủy|Thành ủy|Quận ủy|Huyện ủy)"
    rf" (?:\d+|[{_CAPITALS}]\w+(?: [{_CAPITALS}]\w+){{,2}})"
)
"""What reads as one word: two years, two joint bodies, a place with its name."""


@register.filter
def vnumber(value: Any, places: int | None = None) -> str:
    """Say a number as 1.045 or 22,5; ``places`` fixes the digits after the comma. Anything else is returned as text."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    said = f"{value:,}" if places is None else f"{value:,.{places}f}"
    if places is None and "." in said:
        said = said.rstrip("0").rstrip(".")
    return said.translate(str.maketrans(",.", ".,"))


@register.filter
def vdate(value: Any) -> str:
    """Say a day as 14/4/2022. A date that knows how exact it is says itself."""
    day = _day(value)
    return str(PartialDate.day(day)) if day else _text(value)


@register.filter
def vdatelong(value: Any) -> str:
    """Say a day with its weekday: "thứ Năm, 14/4/2022"."""
    day = _day(value)
    if day:
        return PartialDate.day(day).long()
    return value.long() if isinstance(value, PartialDate) else _text(value)


@register.filter
def vdatetime(value: Any) -> str:
    """Say a moment as "10:42, 22/11/2026", in the portal's time zone."""
    if not isinstance(value, datetime):
        return vdate(value)
    moment = _local(value)
    return f"{moment.hour}:{moment.minute:02d}, {vdate(moment.date())}"


@register.filter
def ago(value: Any) -> str:
    """Say how far a day is: "hôm qua", "3 ngày trước", "còn 3 ngày"; beyond thirty days past, the day itself."""
    day = _day(value)
    if day is None:
        return _text(value)
    distance = (day - timezone.localdate()) // timedelta(days=1)
    near = {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai"}
    if distance in near:
        return near[distance]
    if distance > 0:
        return f"còn {vnumber(distance)} ngày"
    return f"{-distance} ngày trước" if distance >= -30 else vdate(day)


@register.filter
def day_ago(value: Any) -> str:
    """Say a past day and how far it is: "21/11/2026, hôm qua"; beyond thirty days, the day alone."""
    day, far = vdate(_day(value)), ago(value)
    return day if far == day else f"{day}, {far}"


@register.filter
def days_left(value: Any) -> str:
    """Say how far a last day is: "còn 3 ngày", "quá hạn 3 ngày"."""
    day = _day(value)
    return days_left_words(day, timezone.localdate()) if day else _text(value)


@register.filter
def is_late(value: Any) -> bool:
    """Whether a last day has passed."""
    day = _day(value)
    return day is not None and day < timezone.localdate()


@register.filter
def keep_number(value: Any) -> SafeString:
    """A document number that breaks only after a slash: each short piece up to its slash stays on one line."""
    pieces = _text(value).split("/")
    shown = [_piece(piece + "/") for piece in pieces[:-1]] + [_piece(pieces[-1])]
    return mark_safe("<wbr>".join(piece for piece in shown if piece))  # noqa: S308 - every piece was escaped


@register.filter
def outline(value: Any) -> list[OutlineLine]:
    """The lines of a text told apart: chapters, articles, clauses."""
    return headings.outline(_text(value))


@register.filter
def together(value: Any) -> SafeString:
    """A title whose years, joint bodies and places are never broken: "2021-2026", "HĐND - UBND", "phường Ba Đình"."""
    text, shown, place = _text(value), [], 0
    for found in _KEPT.finditer(text):
        shown += [
            conditional_escape(text[place : found.start()]),
            format_html('<span class="nb">{}</span>', found[0]),
        ]
        place = found.end()
    return mark_safe("".join([*shown, conditional_escape(text[place:])]))  # noqa: S308 - every piece was escaped


@register.filter
def nbsp(value: Any) -> str:
    """The same words kept on one line."""
    return _text(value).replace(" ", NO_BREAK_SPACE)


def _piece(piece: str) -> str:
    words = conditional_escape(piece)
    if ("-" in piece or " " in piece) and len(piece) <= LONGEST_KEPT_PIECE:
        return f'<span class="nb">{words}</span>'
    return str(words)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return _local(value).date()
    return value if isinstance(value, date) else None


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _text(value: Any) -> str:
    return "" if value is None else str(value)

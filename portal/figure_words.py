"""Figures in words: a value with its unit, as of when, how it changed, what its parts add up to."""

from collections.abc import Iterable
from decimal import Decimal

from portal.dates import PartialDate, Period
from portal.models import Figure
from portal.numbers import number_words
from portal.templatetags.say import vdate
from portal.wording import period_name


def amount_words(figure: Figure) -> str:
    """The number with what stands before and behind it: "trên 15.320 lượt", "22/22 sở", "giảm 46 phòng"."""
    if figure.value is None:
        return change_words(figure)
    of = f"/{number_words(figure.of_value)}" if figure.of_value is not None else ""
    return " ".join(filter(None, [figure.approximator, f"{number_words(figure.value)}{of}", figure.unit]))


def change_words(figure: Figure) -> str:
    """How it changed, and against what: "tăng 276 mô hình so với năm 2020"; nothing where that is not said."""
    if figure.change is None:
        return ""
    way = "giảm" if figure.change < 0 else "tăng"
    unit = figure.change_unit or figure.unit
    against = f"so với {figure.change_against}" if figure.change_against else ""
    return " ".join(filter(None, [way, number_words(abs(figure.change)), unit, against]))


def time_words(as_of: PartialDate, period: Period) -> str:
    """As of which day, or over which span; nothing where neither is said."""
    said = f"tính đến {vdate(as_of) if as_of.first else as_of}" if as_of.known else ""
    return said or (span_words(period) if period.known else "")


def span_words(period: Period) -> str:
    """A span in few words: "năm 2025", "2015–2020"."""
    words = period_name(period)
    return f"năm {words}" if words.isdigit() else words


def parts_words(parts: Iterable[tuple[str, Decimal]]) -> str:
    """The parts in one line: "61 mô hình; 10 điển hình"."""
    return "; ".join(f"{number_words(value)} {name}" for name, value in parts)


def sum_words(figure: Figure) -> str:
    """What is said of parts that add up to something else; nothing where they agree."""
    if not figure.parts_differ:
        return ""
    return f"Các phần cộng lại là {number_words(figure.parts_sum)}, khác {number_words(figure.value)}."

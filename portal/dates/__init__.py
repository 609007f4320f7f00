"""Dates and periods as papers print them: values with their precision, read from words and said in words.

Stores nothing.
"""

from portal.dates.due import Due, find_due, find_yearly
from portal.dates.left import days_left_words
from portal.dates.partial import (
    FIRST_YEAR,
    LAST_YEAR,
    DateNotUnderstood,
    PartialDate,
    Precision,
    days_of,
    find_date,
    parse_date,
)
from portal.dates.periods import Period, PeriodKind, PeriodNotUnderstood, find_period, parse_period

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "DateNotUnderstood",
    "Due",
    "PartialDate",
    "Period",
    "PeriodKind",
    "PeriodNotUnderstood",
    "Precision",
    "days_left_words",
    "days_of",
    "find_date",
    "find_due",
    "find_period",
    "find_yearly",
    "parse_date",
    "parse_period",
]

"""The one form of dates and times; what stays unset is Django's for Vietnamese."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j/n/Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "G:i, j/n/Y"
TIME_FORMAT = "G:i"
MONTH_DAY_FORMAT = "j/n"
YEAR_MONTH_FORMAT = "n/Y"

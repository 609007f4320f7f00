"""Field types: cleaned Vietnamese text, dates and periods as people type them, and what a field says."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property

from portal.dates import (
    DateNotUnderstood,
    PartialDate,
    Period,
    PeriodKind,
    PeriodNotUnderstood,
    Precision,
    parse_date,
    parse_period,
)
from portal.marks import key_of
from portal.numbers import read_number
from portal.text import clean, clean_block

BEYOND = 10**12
"""No column of figures holds a number so large."""
UNKNOWN_WORDS = {"không rõ": "unknown", "chưa rõ": "unknown", "không có": "none"}


class SpeakingField(BoundField):
    """A bound field that also says what it understood (``echo``) and what may be wrong (``warning``)."""

    @cached_property
    def echo(self) -> str | None:
        """What was understood, in words; None where a field has nothing to say."""
        return self.form.echoes.get(self.name) if hasattr(self.form, "echoes") else None

    def css_classes(self, extra_classes: Any = None) -> str:
        """Also what marks a value that the page proposed."""
        mark = "field-proposed " if self.name in getattr(self.form, "proposed_now", ()) else ""
        return (mark + super().css_classes(extra_classes)).strip()

    @property
    def warning(self) -> str | None:
        """A doubt a person may override."""
        return getattr(self.form, "warnings", {}).get(self.name)

    @property
    def warning_address(self) -> str:
        """Where what the warning names is read."""
        return getattr(self.form, "leads", {}).get(self.name, "")

    @property
    def warning_name(self) -> str:
        """The name of the tick "Vẫn đúng, giữ nguyên"."""
        return f"{self.html_name}-giu-nguyen"

    @property
    def warning_key(self) -> str:
        """What the tick posts and a record keeps: which doubt was answered, not its words, which may tell of papers
        that another reader of the record does not read.
        """
        return key_of(self.warning) if self.warning else ""

    @property
    def warning_kept(self) -> bool:
        """Whether the person has said of this very warning that it is right all the same."""
        return (self.form.data.get(self.warning_name) or "") == self.warning_key

    @property
    def keeping_words(self) -> str:
        """What the tick says."""
        return getattr(self.form, "keeping_words", "")


class SpeakingForm(forms.Form):
    """A form whose fields echo and warn; errors outside a complete submission are only real ones."""

    bound_field_class = SpeakingField
    use_required_attribute = False
    keeping_words = "Vẫn đúng, giữ nguyên"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.echoes: dict[str, str] = {}
        self.warnings: dict[str, str] = {}
        self.leads: dict[str, str] = {}
        self.proposed_now: set[str] = set()

    def warned(self) -> list[SpeakingField]:
        """The fields with a warning."""
        return [self[name] for name in self.warnings]

    def doubtful(self) -> list[SpeakingField]:
        """The fields with a warning nobody has overridden."""
        return [field for field in self.warned() if not field.warning_kept]


class TextLine(forms.CharField):
    """One line of cleaned text."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class TextBlock(forms.CharField):
    """Several lines of cleaned text."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", 50_000)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class DateText(forms.CharField):
    """A date typed in any day-month-year form; words that are none are refused, or kept as printed."""

    def __init__(self, *, keeps_printed: bool = False, **kwargs: Any) -> None:
        self.keeps_printed = keeps_printed
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("help_text", "Ví dụ: 14/4/2022 · tháng 12/2020 · 2021 · không rõ")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> PartialDate:
        text = clean(super().clean(value) or "")
        try:
            return parse_date(text)
        except DateNotUnderstood as error:
            if self.keeps_printed:
                return PartialDate.unknown(text)
            raise forms.ValidationError(str(error), code="date") from error

    def doubt(self, value: PartialDate) -> str:
        """Why the printed words of a date are kept without being understood; nothing when they are."""
        return not_understood(parse_date, value.printed) if not value.known else ""


class DayText(DateText):
    """A whole day, typed as any date; nothing typed is no day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Ví dụ: 14/4/2022")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        understood = super().clean(value)
        if not understood:
            return None
        if understood.precision != Precision.DAY:
            raise forms.ValidationError("Ghi đủ ngày, tháng, năm.", code="day")
        return understood.first


class PeriodText(forms.CharField):
    """A period as printed: "giai đoạn 2022 – 2026". A draft may leave it open; a submission says at least "không rõ".

    Words that are no period are kept as printed.
    """

    asked_to_submit = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Period:
        text = clean(super().clean(value) or "")
        if not text:
            return Period(PeriodKind.UNKNOWN, None, None, "")
        try:
            return parse_period(text)
        except PeriodNotUnderstood:
            return Period.unknown(text)

    def doubt(self, value: Period) -> str:
        """As :meth:`DateText.doubt`."""
        return not_understood(parse_period, value.printed) if not value.known else ""


def not_understood(parse: Callable[[str], Any], printed: str) -> str:
    """What is asked of printed words that mean no date or period to us."""
    try:
        parse(printed)
    except (DateNotUnderstood, PeriodNotUnderstood) as why:
        return f"{why} Chưa hiểu thành ngày tháng, giữ như in."
    return ""


class CountText(forms.CharField):
    """A whole number typed as "7", "07", "1.045" or "7 nội dung"."""

    def clean(self, value: Any) -> int | None:
        text = clean(super().clean(value) or "")
        if not text or text.lower() in UNKNOWN_WORDS:
            return None
        digits = text.split()[0].replace(".", "")
        if not digits.isascii() or not digits.isdigit() or int(digits) > 999:
            raise forms.ValidationError(f"Không đọc được số “{text}”. Ví dụ: 7.", code="count")
        return int(digits)


class NumberText(forms.CharField):
    """A number from 0 on, typed as papers write it: "1.045", "22,5"; nothing typed is no number."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "class": "short"})
        )
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = clean(super().clean(value) or "")
        number = read_number(text)
        if text and (number is None or number < 0 or number >= BEYOND or number != round(number, 2)):
            raise forms.ValidationError(
                f"Không đọc được số “{text}”. Ví dụ: 12 · 1.045 · 22,5.", code="number"
            )
        return number


def whole_number(text: str) -> int | None:
    """A number posted in plain figures, as pages write it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def said_to_be_missing(text: str) -> str | None:
    """``unknown`` for "không rõ", ``none`` for "không có", else None."""
    return UNKNOWN_WORDS.get(text.strip().lower())

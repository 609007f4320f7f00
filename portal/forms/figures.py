"""The figures of a paper on its form: typed as printed, shown as understood."""

from decimal import Decimal
from typing import Any

from django import forms

from portal.actions.figures import FigureEntry
from portal.dates import Period, PeriodKind
from portal.figure_words import parts_words
from portal.forms.fields import DateText, PeriodText, SpeakingForm, TextLine, whole_number
from portal.models import Audience, Figure, FigurePart, Nature
from portal.numbers import number_words
from portal.paste.figures import (
    LONGEST_PARTS,
    Amount,
    PrintedFigure,
    read_amount,
    read_change,
    read_parts,
    split_figures,
)
from portal.text import clean

LARGEST = Decimal(10) ** 15
LONGEST_NAME = FigurePart._meta.get_field("name").max_length


class FigureRow(SpeakingForm):
    """One figure: what it counts and its number; the rest is optional."""

    text = TextLine(label="Số liệu về", required=False, max_length=300)
    amount = TextLine(
        label="Giá trị", required=False, max_length=80, help_text="Ví dụ: 1.045 · trên 15.320 · 22/22 · 22,5."
    )
    unit = TextLine(label="Đơn vị tính", required=False, max_length=60)
    as_of = DateText(label="Tính đến", required=False, help_text="Ví dụ: 31/12/2020 · tháng 12/2020.")
    span = PeriodText(label="Trong thời gian", required=False, help_text="Ví dụ: năm 2022 · 2015 – 2020.")
    nature = forms.ChoiceField(label="Tính chất", choices=Nature.choices, required=False)
    change = TextLine(
        label="Tăng, giảm", required=False, max_length=80, help_text="Ví dụ: tăng 276 · giảm 22,5 %."
    )
    against = TextLine(label="So với", required=False, max_length=120)
    parts = TextLine(
        label="Gồm các phần",
        required=False,
        max_length=LONGEST_PARTS,
        help_text="Ví dụ: 61 mô hình; 10 điển hình. Tổng khác giá trị thì chỉ được nhắc.",
    )
    quoted = TextLine(
        label="Trích từ", required=False, max_length=300, help_text="Khi số liệu lấy ở tài liệu khác."
    )
    audience = forms.ChoiceField(
        label="Ai được xem", choices=Audience.choices, required=False, initial=Audience.PUBLIC
    )
    item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    before = ""
    """The same figure of the period before, in words."""

    def has_changed(self) -> bool:
        return bool({"text", "amount", "change"} & set(self.changed_data))

    def clean_amount(self) -> Amount:
        """The number, with "trên" before it and "of how many" behind."""
        words = self.cleaned_data["amount"]
        if not words:
            return Amount()
        found = read_amount(words)
        if found is None:
            raise forms.ValidationError(f"Không đọc được số “{words}”. Phần lẻ ghi sau dấu phẩy: 22,5.")
        self._check_size(found.value, found.of_value)
        if found.unit and not self.data.get(self.add_prefix("unit")):
            self.echoes["amount"] = f"{found} {found.unit}"
        elif str(found) != words:
            self.echoes["amount"] = str(found)
        return found

    def clean_change(self) -> tuple[Decimal | None, str]:
        """How much more or less, and "%" where it is a share."""
        words = self.cleaned_data["change"]
        if not words:
            return None, ""
        found = read_change(words)
        if found is None:
            raise forms.ValidationError(f"Không đọc được “{words}”. Ví dụ: tăng 276 · giảm 22,5 %.")
        self._check_size(found[0])
        way = "giảm" if found[0] < 0 else "tăng"
        self.echoes["change"] = f"{way} {number_words(abs(found[0]))} {found[1]}".strip()
        return found

    def clean_parts(self) -> tuple[tuple[str, Decimal], ...]:
        """The parts, each a number and its name."""
        words = self.cleaned_data["parts"]
        found = read_parts(words)
        if words and not found:
            raise forms.ValidationError("Mỗi phần ghi số và tên, cách nhau bằng dấu chấm phẩy.")
        self._check_size(*(value for _, value in found))
        if any(len(name) > LONGEST_NAME for name, _ in found):
            raise forms.ValidationError(f"Tên một phần dài quá {LONGEST_NAME} ký tự.")
        if found:
            self.echoes["parts"] = parts_words(found)
        return found

    def _check_size(self, *values: Decimal | None) -> None:
        if any(value is not None and abs(value) >= LARGEST for value in values):
            raise forms.ValidationError("Số này quá lớn. Xin ghi theo nghìn, triệu hoặc tỷ.")

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not cleaned.get("text"):
            self.add_error("text", "Ghi số liệu về việc gì, hoặc bỏ dòng.")
        amount, (change, _), parts = cleaned["amount"], cleaned["change"], cleaned["parts"]
        if amount.value is None and change is None:
            self.add_error("amount", "Ghi giá trị hoặc mức tăng, giảm.")
        total = sum((value for _, value in parts), Decimal())
        if parts and amount.value is not None and total != amount.value:
            said = f"Các phần cộng lại là {number_words(total)}, khác {number_words(amount.value)}."
            self.warnings["parts"] = said
        if amount.of_value is not None and amount.value is not None and amount.value > amount.of_value:
            self.warnings["amount"] = "Giá trị lớn hơn tổng số."
        return cleaned

    def entry(self, known: dict[int, Figure], span: Period) -> FigureEntry:
        """What the actions take; ``known`` are the figures of this very paper, ``span`` the time of the paper."""
        data, was = self.cleaned_data, known.get(whole_number(self.cleaned_data["item"]))
        amount, (change, change_unit) = data["amount"], data["change"]
        own = data["span"]
        is_flow = data["nature"] == Nature.FLOW and own.kind == PeriodKind.UNKNOWN and not own.text
        return FigureEntry(
            data["text"],
            pk=was.pk if was else None,
            value=amount.value,
            unit=data["unit"] or amount.unit,
            approximator=amount.approximator,
            of_value=amount.of_value,
            as_of=data["as_of"],
            period=span if is_flow else own,
            nature=data["nature"],
            change=change,
            change_unit=change_unit,
            change_against=data["against"],
            quoted_from=data["quoted"],
            audience=data["audience"] or Audience.PUBLIC,
            parts=data["parts"],
            marks=was.marks if was else {},
        )


def figure_data(figure: Figure) -> dict[str, str]:
    """The raw row of one figure."""
    amount = Amount(figure.value, figure.approximator, figure.of_value)
    return {
        "text": figure.counts,
        "amount": str(amount) if figure.value is not None else "",
        "unit": figure.unit,
        "as_of": figure.as_of.typed,
        "span": figure.period.typed,
        "nature": figure.nature,
        "change": change_typed(figure.change, figure.change_unit),
        "against": figure.change_against,
        "parts": parts_words((one.name, one.value) for one in figure.parts.all()),
        "quoted": figure.quoted_from,
        "audience": figure.audience,
        "item": str(figure.pk),
    }


def change_typed(change: Decimal | None, unit: str) -> str:
    """A change as its field shows it."""
    if change is None:
        return ""
    return f"{'giảm' if change < 0 else 'tăng'} {number_words(abs(change))} {unit}".strip()


def split_rows(text: str) -> list[dict[str, str]]:
    """The rows of a pasted block of figures."""
    return [printed_row(one) for one in split_figures(text)]


def printed_row(one: PrintedFigure) -> dict[str, Any]:
    """The raw row of a figure as read from one line; a day it is counted on says that it is a stock."""
    return {
        "text": clean(one.counts),
        "amount": str(one.amount),
        "unit": one.unit,
        "as_of": one.as_of.typed,
        "nature": Nature.STOCK if one.as_of.known else "",
        "change": change_typed(one.change, one.change_unit),
        "against": one.against,
        "parts": parts_words(one.parts),
        "audience": Audience.PUBLIC,
    }

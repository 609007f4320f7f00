"""What a unit writes of its part of a round: words, figures, files.

A draft may lack anything; what is typed must only be understood. To be sent it must say something, and each figure a
number and what it counts.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from portal.dates import PartialDate
from portal.files import SMALL, small_address
from portal.forms.fields import DateText, SpeakingForm, TextBlock, TextLine
from portal.forms.paper_rows import row_set
from portal.forms.rows import RowSet, with_rows
from portal.models import Attachment
from portal.numbers import number_words, read_number
from programs.answer_parts import FILES, TEXTS
from programs.models.rounds import PARTS

MOST_TEXT = 20_000
LARGEST = Decimal(10) ** 13
OF_A_FIGURE = ("counts", "value", "unit", "as_of")
_VALUE = re.compile(
    r"(?P<about>trên|hơn|gần|khoảng|ước|dưới|không dưới)?\s*(?P<number>-?\d[\d.,]*(?:\s\d{3}(?!\d))*)\s*(?P<unit>\D.*|)\Z",
    re.IGNORECASE,
)


class WordsForm(SpeakingForm):
    """The parts that are told in words."""

    results = TextBlock(label=PARTS["results"], rows=6, max_length=MOST_TEXT, required=False)
    limitations = TextBlock(label=PARTS["limitations"], rows=4, max_length=MOST_TEXT, required=False)
    causes = TextBlock(label=PARTS["causes"], rows=3, max_length=MOST_TEXT, required=False)
    lessons = TextBlock(label=PARTS["lessons"], rows=3, max_length=MOST_TEXT, required=False)
    proposals = TextBlock(label=PARTS["proposals"], rows=3, max_length=MOST_TEXT, required=False)


class FigureRow(SpeakingForm):
    """One figure: what is counted, how many, as of when; ``before`` is what was told last time, to look at."""

    counts = TextLine(label="Số liệu về", required=False, max_length=300)
    value = TextLine(
        label="Giá trị", required=False, max_length=80,
        help_text="Ví dụ: 1.045 · 22,5 · trên 300",
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    unit = TextLine(
        label="Đơn vị tính", required=False, max_length=60, help_text="Ví dụ: mô hình · người · %"
    )
    as_of = DateText(label="Tính đến", required=False, help_text="Ví dụ: 20/11/2026 · tháng 11/2026")
    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=160)

    number: Decimal | None = None
    about = ""

    def has_changed(self) -> bool:
        return bool(set(OF_A_FIGURE) & set(self.changed_data))

    @property
    def said_before(self) -> str:
        """What was told of it last time."""
        return self.data.get(self.add_prefix("before"), "")[:160]

    def clean_as_of(self) -> PartialDate:
        """A day that has come."""
        day = self.cleaned_data["as_of"]
        if day.first and day.first > timezone.localdate():
            raise forms.ValidationError("Ngày này chưa đến.")
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if typed := cleaned.get("value"):
            self._read(typed, cleaned)
        return cleaned

    def _read(self, typed: str, cleaned: dict) -> None:
        """The number that was typed, with its "hơn" and its unit where they stand beside it."""
        found = _VALUE.match(typed)
        number = read_number(found["number"].rstrip(".,")) if found else read_number(typed)
        if number is None:
            self.add_error("value", f"Không đọc được số “{typed}”. Ví dụ: 1.045 hoặc 22,5.")
        elif number < 0:
            self.add_error("value", "Số liệu không thể là số âm.")
        elif number >= LARGEST:
            self.add_error("value", "Số quá lớn. Xin kiểm tra lại số chữ số.")
        elif number != round(number, 2):
            self.add_error("value", "Ghi nhiều nhất hai chữ số sau dấu phẩy.")
        else:
            self.number, self.about = number, (found["about"] or "").lower() if found else ""
            unit = found["unit"] if found else ""
            if unit and not cleaned.get("unit"):
                cleaned["unit"] = unit[:60]
            elif unit and unit != cleaned["unit"]:
                self.add_error("value", f"Đã ghi đơn vị là “{cleaned['unit']}”. Ô này chỉ ghi số.")
            if cleaned.get("unit") == "%" and number > 1000:
                self.add_error("value", "Tỷ lệ lớn hơn 1.000 %. Xin kiểm tra lại.")
            self.echoes["value"] = " ".join(
                filter(None, [self.about, number_words(number), cleaned.get("unit", "")])
            )

    def check_complete(self) -> None:
        """What a figure lacks to be sent."""
        if self.errors:
            return
        if self.number is None:
            self.add_error("value", "Ghi giá trị, hoặc bỏ dòng này.")
        if not self.cleaned_data.get("counts"):
            self.add_error("counts", "Ghi số liệu này về việc gì.")

    def content(self) -> dict[str, str]:
        """The figure as it is sent."""
        data = self.cleaned_data
        told = {"counts": data["counts"], "value": f"{self.number:f}", "unit": data["unit"]}
        return told | {"approximator": self.about, "as_of": str(day) if (day := data["as_of"]).known else ""}


class FileRow(SpeakingForm):
    """One file already sent up."""

    file = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(
        self, *args: Any, files: Mapping[str, Attachment], address: Callable[[Attachment], str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.files, self._address = files, address

    def has_changed(self) -> bool:
        return "file" in self.changed_data

    @property
    def attachment(self) -> Attachment | None:
        """The file this row is about."""
        return self.files.get(self.data.get(self.add_prefix("file"), "")[:12])

    @property
    def address(self) -> str:
        """Where it is opened."""
        return self._address(self.attachment) if self.attachment else ""

    @property
    def small_address(self) -> str:
        """Where it is seen small, when it is a picture."""
        return f"{self.address}?{SMALL}" if self.attachment and small_address(self.attachment) else ""

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.attachment is None and cleaned.get("file"):
            self.add_error(None, "Không tìm thấy tệp này. Xin chọn lại tệp.")
        return cleaned


class AnswerForm:
    """The whole part over what the page posted, or what is kept."""

    row_classes = {"figures": row_set(FigureRow), FILES: row_set(FileRow)}

    def __init__(
        self,
        data: QueryDict,
        *,
        files: Mapping[str, Attachment],
        address: Callable[[Attachment], str] = lambda _: "",
        complete: bool = False,
    ) -> None:
        self.data, self.complete = with_rows(data, self.row_classes), complete
        self.head = WordsForm(self.data)
        needs = {"figures": {}, FILES: {"files": files, "address": address}}
        self.rows: dict[str, RowSet] = {
            prefix: rows(self.data, prefix=prefix, form_kwargs=needs[prefix])
            for prefix, rows in self.row_classes.items()
        }

    def is_valid(self) -> bool:
        """Whether all that is written is understood and, to be sent, enough is written."""
        valid = all([self.head.is_valid(), *[rows.is_valid() for rows in self.rows.values()]])
        if self.complete:
            for row in self.rows["figures"].filled:
                row.check_complete()
            if not self.says_something():
                self.head.add_error("results", "Ghi kết quả, hoặc thêm số liệu, tệp, trước khi nộp.")
        return valid and not self.has_errors()

    def says_something(self) -> bool:
        """Whether anything was written at all."""
        words = any(self.head.cleaned_data.get(name) for name in TEXTS)
        return words or any(rows.filled for rows in self.rows.values())

    def has_errors(self) -> bool:
        """Whether anything is not understood or, to be sent, missing."""
        return bool(self.head.errors or any(rows.total_error_count() for rows in self.rows.values()))

    @property
    def row_forms(self) -> list[SpeakingForm]:
        """Every row, for the error summary."""
        return [row for rows in self.rows.values() for row in rows.forms]

    def content(self) -> dict[str, Any]:
        """What is sent, part by part; parts without a word are left out."""
        told: dict[str, Any] = {name: self.head.cleaned_data[name] for name in TEXTS}
        told["figures"] = [row.content() for row in self.rows["figures"].filled]
        return {name: told[name] for name in PARTS if told[name]}

    @property
    def files(self) -> list[Attachment]:
        """The files that are sent; one chosen twice goes once."""
        return list(dict.fromkeys(row.attachment for row in self.rows[FILES].filled if row.attachment))


class SenderForm(SpeakingForm):
    """Who sends it through a link."""

    sender_name = TextLine(
        label="Họ tên, chức vụ người nộp", max_length=120,
        error_messages={"required": "Ghi họ tên người nộp."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip

"""The head of any paper's form: its number line, type, number, day, title and period."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.dates import PeriodKind, find_period
from portal.forms.fields import (
    DateText,
    PeriodText,
    SpeakingForm,
    TextBlock,
    TextLine,
    said_to_be_missing,
)
from portal.matching import type_said
from portal.models import (
    Document,
    DocumentType,
)
from portal.paste import LEFT_OVER, NumberLine, read_number_line, read_paper
from portal.symbols import Symbol, read_symbol

SAID_OF_LEFT = 80
"""How many characters of what no field took of a paper are repeated when it is asked about."""
SIGNING = [("", "Theo ngày ký đã ghi"), *Document.Signing.choices]


class HeadForm(SpeakingForm):
    """What every paper has: a title is enough."""

    number_line = TextBlock(
        label="Dán dòng số, ký hiệu",
        required=False,
        rows=2,
        help_text="Dán nguyên dòng như in, ví dụ: Số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022. "
        "Các ô còn trống bên dưới được điền giúp khi lưu. Dán cả văn bản cũng được.",
    )
    type = forms.ModelChoiceField(
        label="Loại văn bản", queryset=DocumentType.objects.none(), required=False, empty_label="chưa rõ"
    )
    number = TextLine(
        label="Số, ký hiệu", required=False, max_length=120, help_text="Ví dụ: 07-CTrPH/BDVQU-UBND"
    )
    title = TextBlock(label="Trích yếu, tên gọi", rows=2, max_length=1000)
    dated = DateText(label="Ngày ký", required=False, keeps_printed=True)
    dated_inferred = forms.BooleanField(label="Ngày do suy ra, văn bản không in đủ", required=False)
    dated_basis = TextLine(label="Suy ra từ đâu", required=False, max_length=300)
    signing = forms.ChoiceField(
        label="Tình trạng ký",
        choices=SIGNING,
        required=False,
        help_text="Chọn khi giấy là dự thảo hoặc chưa rõ.",
    )
    period = PeriodText(
        label="Thời hạn", required=False, help_text="Ví dụ: 2022 – 2026 · năm 2023 · từ 1/3/2021 · không rõ"
    )
    note = TextBlock(label="Ghi chú nội bộ", required=False, rows=2)
    proposed = forms.CharField(widget=forms.HiddenInput, required=False)
    """Fields the page has already filled from the number line and the title: cleared since, they stay so.

    Of any length: names are only looked for in it, and nobody could put a field right that nobody sees."""

    title_before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    """The title as it stood before it was written as a sentence: the way back, until it is saved."""

    is_new = True
    family = DocumentType.Family.OTHER
    also_read: tuple[str, ...] = ()
    """Further fields that are read in what the others say, and proposed with them."""
    fewest_parties = 2
    """As many parties as a number line must mean before they are proposed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = DocumentType.objects.filter(family=self.family)
        self.fields["type"].queryset = types
        self.fields["type"].to_field_name = "key"

    def clean(self) -> dict:
        cleaned = super().clean()
        line = read_number_line(cleaned.get("number_line") or "")
        self.line = line
        printed = {"number": line.symbol.printed if line.symbol else "", "title": line.title}
        if any(len(words) > self.fields[name].max_length for name, words in printed.items()):
            self.add_error("number_line", "Dòng này dài quá. Xin ghi số và tên gọi vào các ô bên dưới.")
            return cleaned
        if line.symbol and self._may_fill("number", cleaned):
            cleaned["number"] = line.symbol.printed
        if line.date and self._may_fill("dated", cleaned):
            cleaned["dated"] = line.date
        if line.title and not cleaned.get("title"):
            cleaned["title"] = line.title
            self.errors.pop("title", None)
        self._keep_unread(cleaned, line)
        self._doubt_left(cleaned)
        self._take_period(cleaned, line)
        self._take_type(cleaned, line)
        self._doubt_printed(cleaned)
        self._doubt_day(cleaned)
        self._say(cleaned)
        return cleaned

    def _may_fill(self, name: str, cleaned: dict) -> bool:
        """Whether a field is empty because nobody wrote in it, not because somebody cleared it."""
        return not cleaned.get(name) and name not in (cleaned.get("proposed") or "").split()

    def _keep_unread(self, cleaned: dict, line: NumberLine) -> None:
        """A pasted line in which nothing was read goes to the inner note, as does what no field took of a paper."""
        pasted, note = cleaned.get("number_line") or "", cleaned.get("note") or ""
        paper = read_paper(pasted)
        if paper.left and paper.left not in note:
            cleaned["note"] = note = f"{note}\n{LEFT_OVER}\n{paper.left}".strip()
        pasted = paper.head if LEFT_OVER in pasted else pasted
        was_read = line.symbol or line.date or line.title == cleaned.get("title")
        if pasted and not was_read and pasted not in note:
            cleaned["note"] = f"{note}\nDòng đã dán: {pasted}".strip()

    def _doubt_left(self, cleaned: dict) -> None:
        """Ask about what no field took of a pasted paper: it stays with the body, in the inner note."""
        if "note" in self.fields and (left := read_paper(cleaned.get("note") or "").left):
            begins = left.replace("\n", " ")[:SAID_OF_LEFT].strip()
            self.warnings["note"] = (
                f"Phần của văn bản đã dán chưa vào ô nào (“{begins}…”) sẽ chỉ nằm ở ghi chú nội bộ."
            )

    def _take_period(self, cleaned: dict, line: Any) -> None:
        period = cleaned.get("period")
        blank = period is not None and not period.text and period.kind == PeriodKind.UNKNOWN
        if blank and "period" not in (cleaned.get("proposed") or "").split():
            # A title is read once, when the paper is entered; what was cleared later stays cleared.
            found = line.period or (self.is_new and find_period(cleaned.get("title") or ""))
            cleaned["period"] = found or period

    def _take_type(self, cleaned: dict, line: NumberLine) -> None:
        """The type that the number says by its abbreviation, else the words of the line or, once, of the title."""
        if not self._may_fill("type", cleaned):
            return
        symbol = read_symbol(cleaned.get("number") or "")
        wanted = symbol.type_code.lower() if isinstance(symbol, Symbol) else ""
        words = f"{line.type_words} {line.title}" if line.type_words else ""
        title = cleaned.get("title") or "" if self.is_new else ""
        types = list(self.fields["type"].queryset) if wanted or words or title else []
        for one in types if wanted else ():
            if wanted in {one.state_abbreviation.lower(), one.party_abbreviation.lower()}:
                cleaned["type"] = one
                return
        if said := type_said(words, types) or type_said(title, types):
            cleaned["type"] = said

    def _doubt_printed(self, cleaned: dict) -> None:
        """Ask about printed words that mean no date or no period: a draft keeps them all the same."""
        for name in ("dated", "period"):
            value = cleaned.get(name)
            if value and (doubt := self.fields[name].doubt(value)):
                self.warnings[name] = doubt

    def _doubt_day(self, cleaned: dict) -> None:
        """Ask about a day of signing that does not go with today, with the period, or with what is said of signing."""
        dated, period, signing = (cleaned.get(name) for name in ("dated", "period", "signing"))
        if "signing" not in self.fields or not dated or dated.first is None:
            return
        today, doubts = timezone.localdate(), []
        if signing == Document.Signing.DRAFT and dated.last < today:
            self.warnings["signing"] = "Ghi là dự thảo, chưa ký, mà ngày ký đã qua."
        elif signing == Document.Signing.SIGNED and dated.first > today:
            self.add_error("dated", "Ngày này chưa đến, mà tình trạng ký ghi “đã ký”.")
        elif signing != Document.Signing.DRAFT and dated.first > today:
            doubts.append("Ngày ký này chưa đến.")
        if period and period.last and dated.first > period.last:
            doubts.append("Ngày ký sau ngày hết thời hạn.")
        if doubts:
            self.warnings["dated"] = " ".join(doubts)

    def _say(self, cleaned: dict) -> None:
        dated = cleaned.get("dated")
        if dated:
            self.echoes["dated"] = dated.at_length()
        period = cleaned.get("period")
        if period is not None and (period.kind != PeriodKind.UNKNOWN or period.text):
            self.echoes["period"] = str(period)
        parts = [f"Số {cleaned['number']}" if cleaned.get("number") else ""]
        parts += [str(cleaned["type"]) if cleaned.get("type") else "", dated.long() if dated else ""]
        if cleaned.get("number_line"):
            self.echoes["number_line"] = (
                " · ".join(filter(None, parts)) or "Chưa đọc được số, ngày ở dòng này."
            )

    def missing_marks(self) -> dict[str, str]:
        """Fields said to be unknown or absent: typed so, or chosen for a whole row set."""
        typed = {name: said_to_be_missing(str(self.data.get(name, ""))) for name in self.fields}
        sets = [name.removesuffix("_known") for name in self.fields if name.endswith("_known")]
        chosen = {name: self.cleaned_data.get(f"{name}_known") for name in sets}
        return {name: value for name, value in (typed | chosen).items() if value}

    @property
    def missing(self) -> str | None:
        """Why the head is not complete enough to hand in; None when it is."""
        period = self.cleaned_data.get("period")
        unsaid = not str(self.data.get("period", "")).strip()
        if period is not None and period.kind == PeriodKind.UNKNOWN and unsaid:
            return "Ghi thời hạn, hoặc ghi “không rõ”."
        return None

"""The form of any paper: its head, and the whole of head and rows over one raw data."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from portal.dates import PartialDate, PeriodKind, Precision, find_period
from portal.files import may_attach
from portal.forms.fields import (
    DateText,
    PeriodText,
    SpeakingField,
    SpeakingForm,
    TextBlock,
    TextLine,
    said_to_be_missing,
    whole_number,
)
from portal.forms.paper_rows import MOST_SIDES, PAPER_ROWS, PAPER_SPLITTERS
from portal.forms.registers import Registers
from portal.forms.rows import (
    RowSet,
    append_rows,
    read_rows,
    row_count,
    set_row_count,
    with_rows,
)
from portal.headings import as_sentence
from portal.matching import same_number
from portal.models import (
    Document,
    DocumentType,
    Paper,
    User,
)
from portal.paste import NumberLine, read_number_line
from portal.registers import document_pages
from portal.symbols import Symbol, read_symbol
from portal.text import clean

SIGNING = [("", "Theo ngày ký đã ghi"), *Document.Signing.choices]
KNOWN = [("", "Liệt kê ở trên"), ("unknown", "Không rõ"), ("none", "Không có")]


class HeadForm(SpeakingForm):
    """What every paper has: a title is enough."""

    number_line = TextBlock(
        label="Dán dòng số, ký hiệu",
        required=False,
        rows=2,
        help_text="Dán nguyên dòng như in, ví dụ: Số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022. "
        "Các ô còn trống bên dưới được điền giúp khi lưu.",
    )
    type = forms.ModelChoiceField(
        label="Loại văn bản", queryset=DocumentType.objects.none(), required=False, empty_label="chưa rõ"
    )
    number = TextLine(
        label="Số, ký hiệu", required=False, max_length=120, help_text="Ví dụ: 07-CTrPH/BDVQU-UBND"
    )
    title = TextBlock(label="Trích yếu, tên gọi", rows=2, max_length=1000)
    dated = DateText(label="Ngày ký", required=False)
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
    proposed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    """Fields the page has already filled from the number line and the title: cleared since, they stay so."""

    title_before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    """The title as it stood before it was written as a sentence: the way back, until it is saved."""

    is_new = True
    family = DocumentType.Family.OTHER

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
        self._take_period(cleaned, line)
        self._take_type(cleaned, line)
        self._doubt_day(cleaned)
        self._say(cleaned)
        return cleaned

    def _may_fill(self, name: str, cleaned: dict) -> bool:
        """Whether a field is empty because nobody wrote in it, not because somebody cleared it."""
        return not cleaned.get(name) and name not in (cleaned.get("proposed") or "").split()

    def _keep_unread(self, cleaned: dict, line: NumberLine) -> None:
        """A pasted line in which nothing was read goes to the inner note: nothing typed is dropped."""
        pasted, note = cleaned.get("number_line") or "", cleaned.get("note") or ""
        was_read = line.symbol or line.date or line.title == cleaned.get("title")
        if pasted and not was_read and pasted not in note:
            cleaned["note"] = f"{note}\nDòng đã dán: {pasted}".strip()

    def _take_period(self, cleaned: dict, line: Any) -> None:
        period = cleaned.get("period")
        blank = period is not None and not period.text and period.kind == PeriodKind.UNKNOWN
        if blank and "period" not in (cleaned.get("proposed") or "").split():
            # A title is read once, when the paper is entered; what was cleared later stays cleared.
            found = line.period or (self.is_new and find_period(cleaned.get("title") or ""))
            cleaned["period"] = found or period

    def _take_type(self, cleaned: dict, line: Any) -> None:
        if not cleaned.get("number") or not self._may_fill("type", cleaned):
            return
        symbol = read_symbol(cleaned["number"])
        if isinstance(symbol, Symbol):
            wanted = symbol.type_code.lower()
            for one in self.fields["type"].queryset:
                if wanted and wanted in {one.state_abbreviation.lower(), one.party_abbreviation.lower()}:
                    cleaned["type"] = one
                    return

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
            self.echoes["dated"] = dated.long() if dated.precision == Precision.DAY else str(dated)
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


class PaperForm:
    """A whole paper: one head and its row sets, over one raw data.

    Subclasses add rows and parts. ``complete=True`` asks for what a submission needs.
    """

    head_class: type[HeadForm] = HeadForm
    row_classes: dict[str, type[RowSet]] = PAPER_ROWS
    splitters = PAPER_SPLITTERS
    new_rows: dict[str, dict[str, str]] = {}
    tellers: dict[str, Callable[[str], dict[str, str]]] = {}
    """What a block pasted to become rows says of fields of the head, by its row set."""
    needs_sides = 1
    registers_class = Registers

    def __init__(
        self, data: QueryDict, *, user: User, complete: bool = False, record: Paper | None = None
    ) -> None:
        self.data = with_rows(data, self.row_classes)
        self.user, self.complete, self.record = user, complete, record
        if complete:
            self.offer_sides(self.data)
        self.head = self.make_head()
        self.head.is_new = record is None
        self.head_valid = self.head.is_valid()
        self.parties_because = self._take_parties()
        self.rows: dict[str, RowSet] = {}
        self.registers = self.registers_class(
            self.data, user=user, document=record.document_id if record else None
        )
        for prefix, rows in self.row_classes.items():
            self.rows[prefix] = rows(self.data, prefix=prefix, form_kwargs=self.row_needs(prefix))
        if self.parties_because is not None:
            for row in self.rows["partners"].filled:
                row.proposed_now.add("name")

    def parties_proposed(self) -> tuple[list[dict[str, str]], str]:
        """Rows for the sides while nobody has written any, and why these, in words."""
        return [], ""

    def _take_parties(self) -> str | None:
        """Write the sides proposed; why these, or None. Proposed once and cleared since, they stay so."""
        before = self.data.get("proposed", "").split()
        sides = read_rows(self.data, "partners")
        is_written = any(any(values) for row in sides for name, values in row.items() if name != "side")
        if "partners" in before or is_written:
            return None
        rows, because = self.parties_proposed()
        if not rows:
            return None
        set_row_count(self.data, "partners", 0)
        append_rows(self.data, "partners", rows)
        self.data["proposed"] = " ".join([*before, "partners"])
        return because

    def row_needs(self, prefix: str) -> dict[str, Any]:
        """What the rows of a set must be told; the sets before it are there already."""
        given: dict[str, Any] = {"registers": self.registers} if prefix in PAPER_ROWS else {}
        if "side" in self.row_classes[prefix].form.base_fields:
            given["offered"] = self.sides_offered
        if prefix == "partners":
            given["on"] = (self.head.cleaned_data.get("dated") or PartialDate.unknown()).first
        return given

    @classmethod
    def offer_sides(cls, data: QueryDict) -> None:
        """Add blank rows until there is one for every side the paper needs."""
        first = row_count(data, "partners") + 1
        append_rows(data, "partners", [{"side": str(side)} for side in range(first, cls.needs_sides + 1)])

    @classmethod
    def hear(cls, data: QueryDict) -> None:
        """Fill fields that are still empty with what a block about to become rows says of them."""
        for prefix, tells in cls.tellers.items():
            for name, value in tells(data.get(f"{prefix}-dan", "")).items():
                if value and not data.get(name):
                    data[name] = value

    @cached_property
    def title_offered(self) -> str:
        """The title as a sentence writes it, where it stands in capitals or begins with a small letter."""
        title = clean(self.data.get("title", ""))
        if not (title.isupper() or title[:1].islower()) or self.data.get("title_before"):
            return ""
        offered = as_sentence(title, self._names())
        return "" if offered == title else offered

    def _names(self) -> Iterator[str]:
        """The names of the bodies of this paper, and of where they are."""
        for row in self.rows["partners"].filled:
            bodies = [*row.together, row.cleaned_data["name"].found] if row.is_valid() else []
            for body in filter(None, bodies):
                yield from (body.name, body.label)
                if unit := body.territory:
                    yield from (unit.name, unit.parent.name if unit.parent else "")

    @cached_property
    def sides_offered(self) -> int:
        """The sides in use, and one more."""
        rows = [row for prefix in self.row_classes for row in read_rows(self.data, prefix)]
        used = [whole_number("".join(row.get("side", []))) or 0 for row in rows]
        return min(max([self.needs_sides, *(side for side in used if side <= MOST_SIDES)]) + 1, MOST_SIDES)

    def make_head(self) -> HeadForm:
        """The head form over the data."""
        return self.head_class(self.data)

    def is_valid(self) -> bool:
        """Whether everything written is understood and, for a submission, enough is written."""
        valid = all([self.head_valid, *[rows.is_valid() for rows in self.rows.values()]])
        self.check_doubles()
        if self.complete:
            valid = self.check_complete() and valid
            valid = not self.doubtful() and valid
        return valid and self.check_files()

    def check_doubles(self) -> None:
        """Warn of a number its body already used in the year or term; never a wall."""
        number, dated = self.head.cleaned_data.get("number"), self.head.cleaned_data.get("dated")
        symbol = read_symbol(number) if number else None
        if not isinstance(symbol, Symbol):
            return
        bodies = [row.cleaned_data["name"].found for row in self.rows["partners"].filled if row.is_valid()]
        own = self.record.document_id if self.record else None
        day = dated.first if dated else None
        if same := same_number(symbol, [body for body in bodies if body], day, self.user, except_id=own):
            self.warn_of("number", same, f"Số này đã có ở: {same.title} ({same.dated}).")

    def warn_of(self, name: str, document: Document, words: str) -> None:
        """Warn at a field of the head of another paper, with the way to it; of one paper only once."""
        address = document_pages({document.pk}, self.user).get(document.pk, "")
        if not address or address not in self.head.leads.values():
            self.head.warnings[name], self.head.leads[name] = words, address

    def check_complete(self) -> bool:
        """Add what is missing for a submission to the fields; True when nothing is."""
        whole = True
        if self.head_valid and (why := self.head.missing):
            self.head.add_error("period", why)
            whole = False
        partners = self.rows["partners"]
        sides = {row.data.get(row.add_prefix("side")) or "1" for row in partners.filled}
        if len(sides) < self.needs_sides:
            blank = [row for row in partners if not row.has_changed()]
            row, name = (blank[0], "name") if blank else (partners.forms[-1], "side")
            row.add_error(name, f"Ghi ít nhất {self.needs_sides} bên phối hợp.")
            whole = False
        return whole

    def check_files(self) -> bool:
        """A file comes from who may put it here, never from another body's paper."""
        document = self.record.document_id if self.record else None
        for row in self.rows["files"].filled:
            if row.attachment is None or not may_attach(self.user, row.attachment, document):
                row.add_error(None, "Không tìm thấy tệp này. Xin chọn lại tệp.")
                return False
        return True

    def warned(self) -> list[SpeakingField]:
        """The fields with a warning, overridden or not."""
        forms_ = [self.head, *[row for rows in self.rows.values() for row in rows.filled]]
        return [field for form in forms_ for field in form.warned()]

    def doubtful(self) -> list[SpeakingField]:
        """The fields with a warning nobody has overridden yet."""
        return [field for field in self.warned() if not field.warning_kept]

    def forget_missing(self) -> None:
        """Say nothing of what is merely not written yet: the page was opened, not sent."""
        for name, errors in list(self.head.errors.items()):
            if {error.code for error in errors.as_data()} == {"required"}:
                del self.head.errors[name]

    def has_errors(self) -> bool:
        """Whether anything written is not understood or, for a submission, missing."""
        return bool(self.head.errors or any(rows.total_error_count() for rows in self.rows.values()))

    @property
    def forms(self) -> list[SpeakingForm]:
        """Head and written rows, for the error summary."""
        return [self.head, *self.row_forms]

    @property
    def row_forms(self) -> list[SpeakingForm]:
        """Every row, for the error summary."""
        return [row for rows in self.rows.values() for row in rows.forms]


__all__ = ["KNOWN", "HeadForm", "PaperForm"]

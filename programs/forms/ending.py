"""The form on which it is recorded that a programme ended before its term: when, by which paper, why."""

from typing import Any

from django import forms

from portal.actions.documents import BasisEntry
from portal.forms.entries import cited_entry
from portal.forms.fields import DayText, SpeakingForm, TextBlock
from portal.forms.picks import PickField
from portal.matching import readable, readable_by_number
from portal.models import Document, User
from portal.paste import split_bases
from portal.symbols import Symbol, read_symbol


class EndForm(SpeakingForm):
    """When, by which paper and why a programme ended before its term."""

    ended = DayText(label="Chấm dứt từ ngày", error_messages={"required": "Ghi ngày chấm dứt."})
    paper = PickField(
        label="Văn bản chấm dứt, thay thế",
        register="van-ban",
        required=False,
        max_length=1000,
        help_text="Ghi như in, có số và ngày. Văn bản chưa có thì được thêm vào sổ văn bản, "
        "chỉ cơ quan soạn thấy.",
    )
    reason = TextBlock(label="Lý do", rows=3, max_length=2000, error_messages={"required": "Ghi lý do."})

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["paper"].match = self._called
        self.fields["paper"].by_code = self._by_code

    def _called(self, text: str) -> list[Document]:
        """The papers the person may see that carry the number written."""
        basis = next(iter(split_bases(text)), None)
        symbol = basis.symbol if basis and basis.symbol else read_symbol(text)
        if not isinstance(symbol, Symbol):
            return []
        return readable_by_number([symbol.key], self.user)[symbol.key]

    def _by_code(self, code: str) -> Document | None:
        return next(iter(readable(Document.objects.filter(code=code), self.user)), None)

    def clean_paper(self) -> Document | BasisEntry | None:
        """The paper meant, or what would add it to the register."""
        pick = self.cleaned_data["paper"]
        if pick.found or not pick.text:
            return pick.found
        if pick.choices:
            raise forms.ValidationError("Có nhiều văn bản cùng số, xin chọn một.", code="several")
        basis = next(iter(split_bases(pick.text)), None)
        if basis is None or basis.symbol is None:
            raise forms.ValidationError("Ghi số, ký hiệu của văn bản này.", code="number")
        return cited_entry(basis, pick.text)

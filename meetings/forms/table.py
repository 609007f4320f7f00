"""The rows of papers on the table of a conference: found in the portal, kept there, or added as their words say."""

import re
from collections.abc import Iterable

from django import forms

from meetings.actions import TablePaperEntry
from meetings.actions.sides import Sides
from meetings.forms.registers import RegisterRow
from meetings.models import MeetingPaper
from meetings.paste import names_in
from portal.actions.documents import PartnerEntry
from portal.changes import capital
from portal.forms.fields import TextLine
from portal.forms.paper_rows import MOST_SIDES
from portal.forms.picks import PickField
from portal.matching import type_said
from portal.models import DocumentType
from portal.paste import read_number_line
from portal.text import clean, fold

ADD_AS = [
    ("", "theo tên gọi"),
    ("program", "chương trình phối hợp"),
    ("plan", "kế hoạch"),
    ("other", "văn bản khác"),
]
FAMILIES = {DocumentType.Family.PROGRAM, DocumentType.Family.PLAN}
"""The families of types that have records of their own here; of any other a paper is one of the register."""
_OWN_NUMBER = re.compile(
    r"(?:[Ss]ố\s*:?\s*)?(?P<number>\d{1,4}/(?=\S*[A-ZĐ]\S*[A-ZĐ])[A-ZĐ][\w./-]*\w)[,:]?\s+(?=[^\W\d_])"
)
"""A number in no known form in front of a title, of two capitals at least: "08/QCPH Quy chế …"."""
CLOSED_SINCE = "Văn bản này nay cơ quan mình không đọc được; vẫn giữ ở hội nghị."
CHOSEN_BUT_CLOSED = "Văn bản đã chọn ở dòng này nay không đọc được. Xin chọn lại; để nguyên thì thêm một văn bản mới theo chữ đã ghi."


def added_entry(text: str, role: str, chosen: str, types: Iterable[DocumentType]) -> TablePaperEntry:
    """A paper the portal does not have, by its words, read as a number line is: of its type as chosen, else as said."""
    line, number = read_number_line(text), ""
    if line.symbol is None and (own := _OWN_NUMBER.match(text)):
        number, text = own["number"], text[own.end() :]
        line = read_number_line(text)
    said = type_said(line.type_words or text, types) or type_said(text, types)
    add_as = chosen or (said.family if said and said.family in FAMILIES else "other")
    entry = TablePaperEntry(role=role, title=text, add_as=add_as, number=number, period=line.period)
    if said and (said.family == add_as or add_as == "other"):
        entry.type = said
    if line.type_words and (entry.type is None or line.type_words != entry.type.name):
        entry.type_printed = line.type_words
    if line.symbol:
        entry.number = line.symbol.printed
        entry.title = capital(line.title) or without(text, entry.number)
        entry.dated = line.date
    return entry


def without(text: str, number: str) -> str:
    """The words of a paper without its number, which stands in a field of its own."""
    before, _, after = text.partition(number)
    return clean(f"{before.rstrip().removesuffix('số').removesuffix('Số')} {after}").strip(" ,;:") or text


class TableRow(RegisterRow):
    """A paper on the table: one the portal has, or one added in place."""

    paper = PickField(label="Văn bản", register="van-ban", required=False, max_length=1000)
    role = forms.ChoiceField(label="Việc tại hội nghị", choices=MeetingPaper.Role.choices, required=False)
    add_as = forms.ChoiceField(label="Nếu chưa có thì thêm là", choices=ADD_AS, required=False)
    parties = TextLine(
        label="Các bên của văn bản thêm mới", required=False, max_length=2000,
        help_text="Cách nhau bằng dấu chấm phẩy. Để trống: các cơ quan tổ chức.",
    )  # fmt: skip

    def look_in(self, name: str, field: PickField) -> None:
        field.match, field.by_code = self.registers.papers_called, self.registers.table_chosen.get
        field.printed_as = self.registers.was_called

    def has_changed(self) -> bool:
        return "paper" in self.changed_data

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("paper")
        if pick and pick.found:
            closed = f". {CLOSED_SINCE}" if self.registers.is_closed(pick.found) else ""
            self.echoes["paper"] = f"{pick.found} · {pick.found.dated}{closed}"
        elif pick and pick.choices:
            self.echoes["paper"] = "Có nhiều văn bản phù hợp, xin chọn một."
        elif pick:
            if self.data.get(self.add_prefix("paper-ma")):
                self.warnings["paper"] = CHOSEN_BUT_CLOSED
            said = self.registers.parties_said(pick.text) if not cleaned.get("parties") else ()
            parties = f", các bên: {'; '.join(said)}" if said else ""
            self.echoes["paper"] = f"Chưa có trong cổng: sẽ thêm là {in_words(self.entry())}{parties}."
        return cleaned

    def entry(self) -> TablePaperEntry:
        """What the row puts on the table."""
        data = self.cleaned_data
        pick, role = data["paper"], data["role"] or MeetingPaper.Role.REVIEWED
        if pick.found:
            return TablePaperEntry(role=role, document=pick.found)
        added = added_entry(pick.text, role, data.get("add_as") or "", self.registers.types)
        added.partners = self.partners
        return added

    @property
    def partners(self) -> list[PartnerEntry]:
        """The parties written beside a paper to be added, else those its words name: each a side, a body where it means one."""
        names, found = names_in(self.cleaned_data.get("parties") or ""), []
        if not names and (pick := self.cleaned_data.get("paper")):
            names = self.registers.parties_said(pick.text)
        for side, name in enumerate(names[:MOST_SIDES], start=1):
            bodies = self.registers.bodies.called(name)
            body = bodies[0] if len(bodies) == 1 else None
            is_its_name = body and fold(name) in {fold(body.name), fold(body.label)}
            found.append(PartnerEntry(side, body, "" if is_its_name else name))
        return found

    @property
    def sides(self) -> Sides | None:
        """The sides they make; None where nothing is written."""
        sides = Sides()
        for one in self.partners:
            sides.add(one.side, one.organization, one.printed)
        return sides if sides.names else None


def in_words(added: TablePaperEntry) -> str:
    """As what a paper will be added: its kind, type, number and period."""
    kind = dict(ADD_AS)[added.add_as]
    called = added.type_printed or (added.type.name if added.type else "")
    is_told = called and called.lower() != kind
    parts = [kind, f"loại {called}" if is_told else "", f"số {added.number}" if added.number else ""]
    parts.append(f"thời hạn {added.period}" if added.period and added.add_as != "other" else "")
    return ", ".join(filter(None, parts))

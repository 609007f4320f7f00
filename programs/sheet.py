"""The programmes of one body on one A4: which groups in which order, each programme a short row, on page and in Word."""

import re
from dataclasses import dataclass

from portal.changes import capital
from portal.models import Organization, State
from portal.sections import Hit
from portal.templatetags.say import vnumber
from portal.templatetags.ui import CHIPS
from portal.word.phrases import without_type
from programs.models import Life

UNAPPROVED = {State.DRAFTING, State.WAITING, State.RETURNED}
SHORT = {"approved": "nội bộ", "withdrawn": "đã gỡ", "sample": "mẫu"}
"""Of chips that say too much for a narrow column."""
_YEARS = re.compile(r",? giai đoạn \d{4} ?[-–] ?\d{4}$")
ON_A_PAGE = 24
"""As many programmes stand on one A4, on paper and in Word."""
TYPE = "Chương trình phối hợp"


@dataclass(frozen=True)
class SheetRow:
    """A programme on the sheet; of one not yet approved no more than whose and where it stands."""

    hit: Hit
    body: str

    @property
    def parties(self) -> str:
        """Whom it is made with, where the body of the sheet is named first; else all its parties."""
        for joint in (f"{self.body} và ", f"{self.body}, "):
            if self.hit.title.startswith(joint):
                return f"Với {self.hit.title.removeprefix(joint)}"
        return self.hit.title

    @property
    def _is_draft(self) -> bool:
        return any(kind in UNAPPROVED for kind, _ in self.hit.said_chips)

    @property
    def title(self) -> str:
        """What it is about, without the type the sheet is headed with and the years that stand beside it."""
        told = self.hit.line if self.hit.line != self.hit.title else ""
        return "" if self._is_draft else capital(_YEARS.sub("", without_type(told, TYPE)))

    @property
    def number(self) -> str:
        """Its number."""
        return "" if self._is_draft else self.hit.number

    @property
    def signed(self) -> str:
        """When it was signed."""
        return "" if self._is_draft else self.hit.when_line

    @property
    def standing(self) -> str:
        """Life and what is left of it in one, then who sees it: "Còn 4 năm, công khai, mẫu"."""
        life, *others = self.hit.said_chips
        told = [self._life(life[0]), *(words or SHORT.get(kind, CHIPS[kind].words) for kind, words in others)]
        return capital(", ".join(one[:1].lower() + one[1:] for one in told if one))

    def _life(self, kind: str) -> str:
        tail, words = self.hit.tail, CHIPS[kind].words
        if self._is_draft:
            return ""
        if kind in {Life.IN_FORCE, Life.REARRANGED}:  # the group is headed so
            return tail
        if kind == Life.EXPIRED:
            return f"{words} {tail.removeprefix('đến ')}"
        if kind == Life.NOT_STARTED:
            return f"có hiệu lực {tail}"
        return f"{words}, {tail}" if kind == Life.ENDING_SOON and tail else f"{words} {tail}".strip()


@dataclass(frozen=True)
class Sheet:
    """The programmes of a body as one person may see them: those in force, those whose bodies ended, others."""

    body: Organization
    in_force: list[Hit]
    rearranged: list[Hit]
    others: list[Hit]
    unapproved: list[Hit]
    is_cut: bool = False
    """Whether the body has more than stand here."""

    @property
    def groups(self) -> list[tuple[str, list[SheetRow]]]:
        """The rows under their headings, what is not approved last; a heading without any is left out."""
        every = [
            ("Đang có hiệu lực", self.in_force),
            ("Còn thời hạn, cơ quan ký đã sắp xếp lại", self.rearranged),
            ("Chương trình khác", self.others),
            ("Chưa duyệt, không tính ở trên", self.unapproved),
        ]
        return [(heading, [SheetRow(hit, str(self.body)) for hit in hits]) for heading, hits in every if hits]

    @property
    def summary(self) -> str:
        """How many there are; whether the list is longer than a page, or not whole."""
        total = len(self.in_force) + len(self.rearranged) + len(self.others)
        said = f"{vnumber(total)} chương trình, {vnumber(len(self.in_force))} đang có hiệu lực"
        apart = f", {vnumber(len(self.rearranged))} cơ quan ký đã sắp xếp lại" if self.rearranged else ""
        said += f"{apart}."
        left_out = f" Chưa tính {vnumber(len(self.unapproved))} bản chưa duyệt." if self.unapproved else ""
        shown = total + len(self.unapproved)
        on = " Danh sách dài, có thể sang trang sau." if shown > ON_A_PAGE else ""
        cut = f" Chỉ ghi {vnumber(shown)} chương trình mới nhất." if self.is_cut else ""
        return (said if total else "Chưa có chương trình nào được duyệt.") + left_out + on + cut

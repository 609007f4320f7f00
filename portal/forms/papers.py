"""The form of any paper: the whole of its head and rows over one raw data."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.http import QueryDict

from portal.dates import PartialDate
from portal.files import may_attach
from portal.forms.fields import (
    SpeakingField,
    SpeakingForm,
    whole_number,
)
from portal.forms.head import HeadForm
from portal.forms.paper_rows import MOST_SIDES, PAPER_ROWS, PAPER_SPLITTERS
from portal.forms.pasted import place_signers, take_paper
from portal.forms.registers import Registers
from portal.forms.rows import (
    RowSet,
    append_rows,
    is_too_long,
    read_rows,
    row_count,
    set_row_count,
    split_paste,
    with_rows,
)
from portal.headings import as_sentence
from portal.matching import same_number
from portal.models import (
    Document,
    Paper,
    User,
)
from portal.registers import document_pages
from portal.symbols import Symbol, read_symbol
from portal.text import clean

MISSING_FILES = "tep-thieu"
"""What a page says of files that were sent and did not arrive: one sentence for each, kept with the paper."""
TAKEN_IN_ROWS = {"text", "name", "capacity", "responsibilities", "lead", "joint"}
"""The fields of rows that a paper pasted whole fills."""
MOST_MISSING, LONGEST_MISSING = 10, 300
KNOWN = [("", "Liệt kê ở trên"), ("unknown", "Không rõ"), ("none", "Không có")]


def missing_files(data: QueryDict) -> list[str]:
    """What a form's data says of files that did not arrive."""
    told = [words.replace("\0", "")[:LONGEST_MISSING] for words in data.getlist(MISSING_FILES)]
    return list(dict.fromkeys(filter(None, told)))[:MOST_MISSING]


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
    places: dict[str, tuple[str, ...]] = {}
    """With which words the title of a part begins that belongs to a field or a row set, in a paper pasted whole."""
    articles_place = ""
    """The field of chapters and articles."""
    needs_sides = 1
    sides_called = "bên phối hợp"
    asked_at_once: tuple[str, ...] = ()
    """The rows that a save writes into other papers: what is doubted there is asked before it, not told after."""
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
        place_signers(self.data)
        self.rows: dict[str, RowSet] = {}
        self.registers = self.registers_class(
            self.data, user=user, document=record.document_id if record else None
        )
        for prefix, rows in self.row_classes.items():
            self.rows[prefix] = rows(self.data, prefix=prefix, form_kwargs=self.row_needs(prefix))
        for prefix, splitter in self.splitters.items():
            self.rows[prefix].is_too_long = is_too_long(self.data, prefix, splitter)
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
            given["on"] = (self.head.cleaned_data.get("dated") or PartialDate.unknown()).placed
        return given

    @classmethod
    def offer_sides(cls, data: QueryDict) -> None:
        """Add blank rows until there is one for every side the paper needs."""
        first = row_count(data, "partners") + 1
        append_rows(data, "partners", [{"side": str(side)} for side in range(first, cls.needs_sides + 1)])

    @classmethod
    def hear(cls, data: QueryDict, user: User) -> set[str]:
        """Fill fields that are still empty with what a pasted paper, or a block about to become rows, says of them.

        Returns the fields and row sets that a paper pasted whole filled.
        """
        taken = take_paper(data, cls.places, cls.articles_place, cls.splitters)
        for prefix, tells in cls.tellers.items():
            for name, value in tells(data.get(f"{prefix}-dan", "")).items():
                if value and not data.get(name):
                    data[name] = value
        for prefix in taken.intersection(cls.splitters):
            split_paste(data, prefix, cls.splitters[prefix])
        return taken

    def mark_taken(self, taken: set[str]) -> None:
        """Mark what a pasted paper filled as proposed."""
        self.head.proposed_now |= taken.intersection(self.head.fields)
        for prefix in taken.intersection(self.rows):
            for row in self.rows[prefix].filled:
                names = row.fields.keys() & TAKEN_IN_ROWS
                row.proposed_now.update(name for name in names if row[name].value())

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
        bodies = [body for row in self.rows["partners"].filled if row.is_valid() for body in row.bodies]
        own = self.record.document if self.record else Document()
        day = dated.first if dated else None
        same = same_number(symbol, bodies, day, self.user, term=own.term, except_id=own.pk)
        if same is not None:
            self.warn_of("number", same, f"Số này đã có ở: {same.title} {same.dated.in_brackets}.")

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
            row.add_error(name, f"Ghi ít nhất {self.needs_sides} {self.sides_called}.")
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

    def is_answered(self) -> bool:
        """Whether nothing is doubted of what a save writes into other papers; else it is asked at the row."""
        rows = [row for prefix in self.asked_at_once for row in self.rows[prefix].filled]
        doubts = [(row, field.name) for row in rows for field in row.doubtful()]
        for row, name in doubts:
            row.add_error(name, f"Xin sửa, hoặc đánh dấu “{row.keeping_words}” rồi lưu.")
        return not doubts

    def forget_missing(self) -> None:
        """Say nothing of what is merely not written yet: the page was opened, not sent."""
        for name, errors in list(self.head.errors.items()):
            if {error.code for error in errors.as_data()} == {"required"}:
                del self.head.errors[name]

    def has_errors(self) -> bool:
        """Whether anything written is not understood or, for a submission, missing."""
        return bool(self.head.errors or any(rows.total_error_count() for rows in self.rows.values()))

    def lacks(self) -> bool:
        """Whether a submission lacks something: an error, or sides that were proposed and nobody wrote."""
        return self.has_errors() or self.parties_because is not None

    @property
    def forms(self) -> list[SpeakingForm]:
        """The head and every row."""
        return [self.head, *(row for rows in self.rows.values() for row in rows.forms)]

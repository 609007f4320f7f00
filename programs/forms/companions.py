"""Forms of papers beside a programme: a head with that programme, whose sides are offered; amendments."""

from typing import Any

from django.http import QueryDict

from portal.access import Doing, can
from portal.forms.entries import found, marks_after, paper_data, paper_entry, partner_data
from portal.forms.fields import TextBlock, said_to_be_missing
from portal.forms.head import HeadForm
from portal.forms.papers import PaperForm
from portal.forms.pasted import ANYTHING, BOX
from portal.forms.proposals import rows_meant
from portal.marks import missing_words
from portal.models import DocumentType, User
from portal.paste import read_number_line, split_bases
from programs.actions.companions import Companion, CompanionEntry
from programs.forms.links import LinkField, LinkingHeadForm, check_link, may_link, programs_meant, write_link
from programs.models import Amendment, Program

FROM_PROGRAM = "Các bên lấy theo chương trình đã chọn. Xin kiểm tra."


def sides_of(program: Program, user: User) -> list[dict[str, str]]:
    """The rows of a programme's sides for a paper beside it: what each answers for is said by the programme alone.

    What is inside its body stays there.
    """
    own = can(user, Doing.WRITE, within=program.keeper)
    hidden = {"row", "responsibilities"} | (set() if own else {"focal_room"})
    return [
        {name: value for name, value in row.items() if name.partition("-")[0] not in hidden}
        for row in partner_data(program)
    ]


class CompanionHeadForm(LinkingHeadForm):
    """A paper beside a programme."""

    program = LinkField(Program, label="Thuộc chương trình")
    content = TextBlock(label="Nội dung", required=False, rows=6)


class AmendmentHeadForm(CompanionHeadForm):
    """The head of an amendment: it changes a programme and has no period of its own."""

    family = DocumentType.Family.AMENDMENT
    period = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].label = "Sửa đổi, bổ sung chương trình"
        self.fields["program"].asked_to_submit = True
        self.fields["content"].label = "Nội dung sửa đổi, bổ sung"


class CompanionForm(PaperForm):
    """A paper beside a programme, whose sides it takes while nobody wrote any."""

    head_class: type[CompanionHeadForm]
    places = {"content": ANYTHING}
    articles_place = "content"
    texts = ("content", "note")
    needs_sides = 1
    may_link = staticmethod(may_link)
    """Who puts such a paper beside a programme."""

    def make_head(self) -> HeadForm:
        """The head needs the person, to find only papers visible to them."""
        return self.head_class(self.data, user=self.user)

    def parties_proposed(self) -> tuple[list[dict[str, str]], str]:
        """Those of the programme chosen, when it is chosen or the paper handed in; else of the number line."""
        program = found(self.head.cleaned_data.get("program"))
        if program and (self.complete or self.record is None or self.record.program_id != program.pk):
            return sides_of(program, self.user), FROM_PROGRAM
        return rows_meant(self.head, self.user)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        return check_link(self, "program", may=self.may_link) and valid

    def told(self, before: QueryDict) -> dict[str, Any]:
        """What every paper beside a programme says; ``before`` is the data of the record as it stands."""
        head, marks = self.head.cleaned_data, self.record.marks if self.record else {}
        texts = {name: head.get(name) or "" for name in self.texts}
        return {
            "paper": paper_entry(self),
            "program": found(head.get("program")),
            "marks": marks_after(self, before, marks),
            **{name: "" if said_to_be_missing(text) else text for name, text in texts.items()},
        }


def program_changed(line: str, user: User) -> Program | None:
    """The one programme a person may amend whose number, and day if said, the title of a pasted amendment cites."""
    for cited in split_bases(read_number_line(line).title)[:1]:
        if cited.symbol:
            meant = programs_meant(cited.symbol, cited.date, None, user)
            return meant[0] if len(meant) == 1 else None
    return None


class AmendmentForm(CompanionForm):
    """A whole amendment."""

    head_class = AmendmentHeadForm

    def make_head(self) -> HeadForm:
        """With the programme that a pasted line says is changed, to be looked at; cleared since, it stays so."""
        before = self.data.get("proposed", "").split()
        may_fill = self.record is None and not self.data.get("program") and "program" not in before
        changed = program_changed(self.data.get(BOX, ""), self.user) if may_fill else None
        if changed:
            write_link(self.data, "program", changed)
            self.data["proposed"] = " ".join([*before, "program"])
        head = super().make_head()
        head.proposed_now |= {"program"} if changed else set()
        return head

    def check_complete(self) -> bool:
        whole = super().check_complete()
        if self.head.cleaned_data.get("program"):
            return whole
        self.head.add_error("program", "Chọn chương trình được sửa đổi, bổ sung.")
        return False

    def entry(self) -> CompanionEntry:
        """What the actions take; only after :meth:`is_valid`."""
        is_marked = self.record is not None and self.record.marks
        return CompanionEntry(**self.told(amendment_data(self.record) if is_marked else QueryDict()))


def companion_data(record: Companion, texts: tuple[str, ...]) -> QueryDict:
    """The raw data of what every paper beside a programme says."""
    data = paper_data(record)
    data["number"] = missing_words(record.marks, "number", data["number"])
    for name in texts:
        data[name] = missing_words(record.marks, name, getattr(record, name))
    write_link(data, "program", record.program, record.marks)
    return data


def amendment_data(record: Amendment) -> QueryDict:
    """The raw data of the form that would write this amendment."""
    return companion_data(record, AmendmentForm.texts)

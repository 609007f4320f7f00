"""Forms of plans and amendments: a paper's head, the programme it stands beside, and its words."""

from typing import Any

from django.http import QueryDict

from portal.access import Doing, can
from portal.forms.entries import found, marks_after, paper_data, paper_entry, partner_data
from portal.forms.fields import TextBlock, said_to_be_missing
from portal.forms.head import HeadForm
from portal.forms.papers import PaperForm
from portal.forms.pasted import ANYTHING
from portal.forms.picks import PickField
from portal.forms.proposals import rows_meant
from portal.marks import missing_words
from portal.models import DocumentType, User
from programs.actions.companions import Companion, CompanionEntry
from programs.forms.programs import check_link, meant_programs
from programs.models import Plan, Program

FROM_PROGRAM = "Các bên lấy theo chương trình đã chọn. Xin kiểm tra."


def sides_of(program: Program, user: User) -> list[dict[str, str]]:
    """The rows of a programme's sides for a paper beside it; what is inside its body stays there."""
    hidden = {"row"} if can(user, Doing.WRITE, within=program.keeper) else {"row", "focal_room"}
    return [
        {name: value for name, value in row.items() if name.partition("-")[0] not in hidden}
        for row in partner_data(program)
    ]


class CompanionHeadForm(HeadForm):
    """A paper beside a programme."""

    program = PickField(label="Thuộc chương trình", register="chuong-trinh", required=False, max_length=700)
    content = TextBlock(label="Nội dung", required=False, rows=6)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].match = lambda text: meant_programs(user, text)
        visible = Program.objects.visible_to(user)
        self.fields["program"].by_code = lambda code: visible.filter(code=code).first()

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("program")
        if pick and pick.found is None and not said_to_be_missing(pick.text):
            several = "Có nhiều chương trình phù hợp, xin chọn một."
            self.add_error("program", several if pick.choices else "Không tìm thấy chương trình này.")
        return cleaned


class PlanHeadForm(CompanionHeadForm):
    """The head of a plan."""

    family = DocumentType.Family.PLAN


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
    """A whole plan or amendment."""

    head_class: type[CompanionHeadForm] = PlanHeadForm
    places = {"content": ANYTHING}
    articles_place = "content"
    needs_sides = 1

    def make_head(self) -> HeadForm:
        """The head needs the person, to find only programmes visible to them."""
        return self.head_class(self.data, user=self.user)

    def parties_proposed(self) -> tuple[list[dict[str, str]], str]:
        """Those of the programme chosen, when it is chosen or the paper handed in; else of the number line."""
        program = found(self.head.cleaned_data.get("program"))
        if program and (self.complete or self.record is None or self.record.program_id != program.pk):
            return sides_of(program, self.user), FROM_PROGRAM
        return rows_meant(self.head, self.user)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        return check_link(self, "program") and valid

    def check_complete(self) -> bool:
        whole = super().check_complete()
        if isinstance(self.head, AmendmentHeadForm) and not self.head.cleaned_data.get("program"):
            self.head.add_error("program", "Chọn chương trình được sửa đổi, bổ sung.")
            return False
        return whole

    def entry(self) -> CompanionEntry:
        """What the actions take; only after :meth:`is_valid`."""
        head = self.head.cleaned_data
        marks = self.record.marks if self.record else {}
        before = companion_data(self.record) if marks else QueryDict()
        entry = CompanionEntry(
            paper=paper_entry(self),
            program=found(head.get("program")),
            content="" if said_to_be_missing(head.get("content") or "") else head.get("content") or "",
            note=head.get("note") or "",
            marks=marks_after(self, before, marks),
        )
        if "period" in head:
            entry.period = head["period"]
        return entry


class PlanForm(CompanionForm):
    """A whole plan."""


class AmendmentForm(CompanionForm):
    """A whole amendment."""

    head_class = AmendmentHeadForm


def companion_data(record: Companion) -> QueryDict:
    """The raw data of the form that would write this plan or amendment."""
    data = paper_data(record)
    data["number"] = missing_words(record.marks, "number", data["number"])
    data["note"], data["content"] = record.note, missing_words(record.marks, "content", record.content)
    if isinstance(record, Plan):
        data["period"] = record.period.text or (str(record.period) if record.period.first else "")
    data["program"] = missing_words(record.marks, "program")
    if record.program:
        data["program"], data["program-ma"] = str(record.program), record.program.code
    return data

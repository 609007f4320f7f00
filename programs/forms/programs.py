"""The programme form: one page grouped as the paper is grouped, over one raw data.

``ProgramForm.entry()`` is what the actions take; :func:`raw_data` is the way back, from a record to
the data of its form, so that editing, working copies and next terms all start from the same thing.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from portal.dates import PartialDate
from portal.forms.entries import found, marks_after, paper_data, paper_entry
from portal.forms.fields import CountText, DateText, SpeakingField, TextBlock, TextLine
from portal.forms.head import HeadForm
from portal.forms.paper_rows import PAPER_ROWS, PAPER_SPLITTERS, row_set
from portal.forms.papers import KNOWN
from portal.forms.pasted import BOX
from portal.forms.proposals import rows_meant
from portal.forms.rows import append_rows, set_row_count
from portal.marks import missing_words
from portal.models import DocumentType, Tag, User
from portal.paste import split_items, stated_count, without_left_over
from programs.actions import ProgramEntry
from programs.forms.items import ItemRow, ItemsForm, item_data, split_text
from programs.forms.links import (
    LinkField,
    LinkingHeadForm,
    check_link,
    check_not_itself,
    programs_meant,
    write_link,
)
from programs.models import Cadence, Program
from programs.paste import read_cadence, replaced_paper
from programs.years import time_moved, title_moved


class ProgramHeadForm(LinkingHeadForm):
    """The head of a programme and its running text."""

    family = DocumentType.Family.PROGRAM

    predecessor = LinkField(Program, label="Tiếp nối chương trình")
    follows = LinkField(Program, label="Thực hiện theo chương trình cấp trên")
    purposes = TextBlock(label="Mục đích, yêu cầu", required=False, rows=4)
    methods = TextBlock(label="Phương thức phối hợp", required=False, rows=3)
    implementation = TextBlock(label="Tổ chức thực hiện", required=False, rows=3)
    articles = TextBlock(
        label="Chương, điều", required=False, rows=4, help_text="Với quy chế: dán các chương, điều như in."
    )
    stated_item_count = CountText(
        label="Số nội dung văn bản nêu", required=False, max_length=40,
        help_text="Khi khác số nội dung liệt kê, ví dụ: 7 nội dung.",
    )  # fmt: skip
    theme = TextLine(label="Chủ đề, dịp ký", required=False, max_length=300)
    cadence = forms.ChoiceField(label="Chế độ sơ kết", choices=Cadence.choices, required=False)
    cadence_printed = TextLine(label="Chế độ sơ kết như in", required=False, max_length=200)
    consent_by = TextLine(
        label="Cơ quan cho ý kiến trước khi ký",
        required=False,
        max_length=250,
        help_text="Hoặc: không rõ, không có.",
    )
    consented = DateText(label="Ngày cho ý kiến", required=False, help_text="")
    consent_paper = TextLine(label="Văn bản cho ý kiến", required=False, max_length=250)
    tags = forms.ModelMultipleChoiceField(
        label="Nhãn nội dung",
        queryset=Tag.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    items_known = forms.ChoiceField(label="Nội dung phối hợp", choices=KNOWN, required=False)
    signatures_known = forms.ChoiceField(label="Người ký", choices=KNOWN, required=False)
    bases_known = forms.ChoiceField(label="Căn cứ", choices=KNOWN, required=False)

    also_read = ("cadence", "cadence_printed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].queryset = Tag.objects.all()
        self.fields["tags"].to_field_name = "key"

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_new:  # read once, when the paper is entered
            texts = (cleaned.get(name) or "" for name in ("implementation", "methods", "articles"))
            for name, value in zip(self.also_read, read_cadence("\n".join(texts)), strict=True):
                if value and self._may_fill(name, cleaned):
                    cleaned[name] = value
        return cleaned


class ProgramForm(ItemsForm):
    """A whole programme: head, sides, signatures, bases, sources, items, files."""

    head_class = ProgramHeadForm
    row_classes = PAPER_ROWS | {"items": row_set(ItemRow)}
    splitters = PAPER_SPLITTERS | {"items": split_text}
    tellers = {"items": lambda text: {"stated_item_count": count_if_other(text)}}
    places = {
        "purposes": ("mục đích", "mục tiêu", "yêu cầu", "nguyên tắc"),
        "items": ("nội dung",),
        "methods": ("phương thức", "hình thức", "cách thức", "cơ chế", "biện pháp", "giải pháp", "chế độ"),
        "implementation": ("tổ chức thực hiện", "điều khoản thi hành", "trách nhiệm thi hành"),
        "partners": ("trách nhiệm", "phân công"),
    }
    articles_place = "articles"
    needs_sides = 2

    @classmethod
    def hear(cls, data: QueryDict, user: User) -> set[str]:
        """With the programme that a paper pasted whole says it replaces: to be looked at, or chosen where several may be."""
        pasted = data.get(BOX, "")
        taken = super().hear(data, user)
        if taken and not data.get("predecessor") and (told := replaced_paper(pasted)):
            meant = programs_meant(told.symbol, told.date, told.period, user)
            if len(meant) == 1:
                write_link(data, "predecessor", meant[0])
            elif meant:
                data["predecessor"] = told.symbol.printed if told.symbol else str(meant[0].period)
            taken |= {"predecessor"} if meant else set()
        return taken

    def make_head(self) -> HeadForm:
        """The head needs the person, to find only programmes visible to them."""
        return ProgramHeadForm(self.data, user=self.user)

    def parties_proposed(self) -> tuple[list[dict[str, str]], str]:
        return rows_meant(self.head, self.user)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        valid = check_link(self, "predecessor") and valid
        return check_not_itself(self, "predecessor", "follows") and valid

    def paper_before(self) -> Program | None:
        return found(self.head.cleaned_data.get("predecessor"))

    def doubtful(self) -> list[SpeakingField]:
        """The doubts nobody answered; how many items the paper states is its writer's own word, told to the approver."""
        return [field for field in super().doubtful() if field.name != "stated_item_count"]

    def check_doubles(self) -> None:
        """Warn too of a programme for the same time between exactly these bodies."""
        super().check_doubles()
        stated, listed = self.head.cleaned_data.get("stated_item_count"), len(self.rows["items"].filled)
        if stated and stated != listed:
            self.head.warnings["stated_item_count"] = f"Văn bản nêu {stated} nội dung, ghi được {listed}."
        period = self.head.cleaned_data.get("period")
        sides = [row.bodies if row.is_valid() else [] for row in self.rows["partners"].filled]
        if not period or period.first is None or not sides or not all(sides):
            return
        bodies = {body for side in sides for body in side}
        alike = Program.objects.visible_to(self.user).of_period(period).between(bodies)
        own = self.record.pk if self.record else None
        if twin := alike.exclude(pk=own).select_related("document").first():
            title = twin.document.title
            words = f"Đã có chương trình của đúng các bên này, cùng thời hạn: {title.rstrip('.')}."
            self.warn_of("period", twin.document, words)

    def entry(self) -> ProgramEntry:
        """What the actions take; only after :meth:`is_valid`."""
        head = self.head.cleaned_data
        missing = self.head.missing_marks()
        marks = self.record.marks if self.record else {}
        before = raw_data(self.record) if marks else QueryDict()
        texts = {
            name: "" if name in missing else head.get(name) or ""
            for name in (
                "purposes", "methods", "implementation", "articles", "theme", "cadence", "cadence_printed",
                "consent_by", "consent_paper", "note",
            )
        }  # fmt: skip
        return ProgramEntry(
            paper=paper_entry(self),
            period=head["period"],
            items=self.items(),
            tags=list(head.get("tags") or []),
            consented=head.get("consented") or PartialDate.unknown(),
            predecessor=found(head.get("predecessor")),
            follows=found(head.get("follows")),
            texts=texts,
            stated_item_count=head.get("stated_item_count"),
            marks=marks_after(self, before, marks),
        )


def count_if_other(text: str) -> str:
    """How many items a pasted block says it lists, where it lists another number."""
    stated = stated_count(text)
    return str(stated) if stated and stated != len(split_items(text)) else ""


def raw_data(program: Program) -> QueryDict:
    """The data of the form that would write this programme as it stands."""
    data = paper_data(program)
    marks = program.marks
    data["number"] = missing_words(marks, "number", data["number"])
    for name in ("purposes", "methods", "implementation", "articles", "theme", "cadence_printed", "consent_by",
                 "consent_paper", "note"):  # fmt: skip
        data[name] = missing_words(marks, name, getattr(program, name))
    data["cadence"] = program.cadence
    data["period"] = program.period.typed
    data["consented"] = program.consented.typed
    data["stated_item_count"] = str(program.stated_item_count or "")
    for name in ("items", "signatures", "bases"):
        data[f"{name}_known"] = marks.get(name, {}).get("missing", "")
    data.setlist("tags", [link.tag.key for link in program.tag_links.select_related("tag")])
    for name in ("predecessor", "follows"):
        write_link(data, name, getattr(program, name), marks)
    append_rows(
        data, "items", (item_data(item) for item in program.items.prefetch_related("bodies__organization"))
    )
    return data


OF_ONE_TERM = ("dated", "dated_inferred", "dated_basis", "period", "signing")
OWN_YEARS = ("title", "purposes", "methods", "implementation", "articles", "theme")
"""The texts in which a programme names its own term."""
OF_ONE_PAPER = ("number", "consented", "consent_paper")


def next_term_data(program: Program) -> QueryDict:
    """The raw data of a new term: everything copied, linked to the old, with what must change left open."""
    data = copied(program, without=OF_ONE_TERM + OF_ONE_PAPER, rows=("signatures", "sources", "files"))
    write_link(data, "predecessor", program)
    data["note"] = without_left_over(data["note"])
    moved = [name for name in OWN_YEARS if move_years(data, name, program)]
    if "title" not in moved:  # else it is read in the title, which a person may put right first
        data["period"] = time_moved(str(program.period), program.period) if program.period.last else ""
        moved += ["period"] if data["period"] else []
    for index, item in enumerate(program.items.all()):
        data[f"items-{index}-origin"] = str(item.pk)
        moved += ["items"] if move_years(data, f"items-{index}-text", program) else []
    data["proposed"] = " ".join(dict.fromkeys(moved))
    return data


def move_years(data: QueryDict, name: str, program: Program) -> bool:
    """Move a text's own years on to the next term; whether it holds any."""
    before = data[name]
    data[name] = title_moved(before, program.period)
    return data[name] != before


def alike_data(program: Program) -> QueryDict:
    """The raw data of another paper like this one, signed the same day with other parties; linked to nothing."""
    own = ("predecessor", "predecessor-ma", "note", *OF_ONE_PAPER)
    return copied(program, without=own, rows=("signatures", "files"))


def copied(program: Program, *, without: Iterable[str], rows: Iterable[str]) -> QueryDict:
    """The raw data of a new paper that starts as this one, without some fields and row sets."""
    data = raw_data(program)
    for name in without:
        data.pop(name, None)
    for prefix in rows:
        for key in [key for key in data if key.startswith(f"{prefix}-")]:
            del data[key]
        set_row_count(data, prefix, 0)
    for key in [key for key in data if key.endswith(("-item", "-origin", "-row"))]:
        data[key] = ""
    return data

"""The programme form: one page grouped as the paper is grouped, over one raw data.

``ProgramForm.entry()`` is what the actions take; :func:`raw_data` is the way back, from a record to
the data of its form, so that editing, working copies and next terms all start from the same thing.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from portal import access
from portal.body_names import BodyNames
from portal.dates import PartialDate
from portal.forms.entries import found, marks_after, paper_data, paper_entry, typed
from portal.forms.fields import (
    CountText,
    DateText,
    SpeakingForm,
    TextBlock,
    TextLine,
    said_to_be_missing,
    whole_number,
)
from portal.forms.head import HeadForm
from portal.forms.paper_rows import PAPER_ROWS, PAPER_SPLITTERS, row_set
from portal.forms.papers import KNOWN, PaperForm
from portal.forms.picks import PickField
from portal.forms.proposals import rows_meant
from portal.forms.rows import append_rows, set_row_count
from portal.marks import missing_words
from portal.matching import with_words
from portal.models import Audience, DocumentType, Organization, Reach, Tag, User
from portal.models.search_texts import MOST_WORDS
from portal.paste import split_items, stated_count
from portal.text import clean, fold
from programs.actions import BodyEntry, ItemEntry, ProgramEntry
from programs.models import Cadence, ContentItem, ItemBody, Program

LONGEST_NAME = ItemBody._meta.get_field("printed").max_length


"""As many of the words typed are sought."""


def match_programs(user: User, text: str, *, most: int = 6) -> list[Program]:
    """Programmes visible to a person that carry every word typed, also as the beginning or part of a longer one."""
    folded = fold(text)
    if not folded:
        return []
    found = with_words(Program.objects.visible_to(user), folded, "search_text", most=MOST_WORDS)
    return list(found.select_related("document")[:most])


def meant_programs(user: User, text: str) -> list[Program]:
    """Those that carry the words typed as whole words: a link is made to nothing that merely holds their letters."""
    words = set(fold(text).split()[:MOST_WORDS])
    found = match_programs(user, text, most=50)
    return [one for one in found if words <= set(one.search_text.split())][:6]


def may_link(user: User, program: Program) -> bool:
    """Whether a person's bodies keep a programme or are a party to it: only they continue or amend it."""
    own = Reach.objects.running(user.writing_bodies)
    if access.runs(user, program.keeper_id):
        return True
    return program.document.partners.filter(organization__in=own).exists()


def check_link(form: PaperForm, name: str) -> bool:
    """Refuse a new link to a programme that is not the person's to continue or amend; one that stands is kept."""
    program = found(form.head.cleaned_data.get(name))
    kept = getattr(form.record, f"{name}_id", None)
    if program is None or program.pk == kept or may_link(form.user, program):
        return True
    form.head.add_error(name, FOREIGN)
    return False


FOREIGN = "Cơ quan mình không giữ và không là một bên của chương trình này."


class ProgramHeadForm(HeadForm):
    """The head of a programme and its running text."""

    family = DocumentType.Family.PROGRAM

    predecessor = PickField(
        label="Tiếp nối chương trình", register="chuong-trinh", required=False, max_length=700
    )
    follows = PickField(
        label="Thực hiện theo chương trình cấp trên", register="chuong-trinh", required=False, max_length=700
    )
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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].queryset = Tag.objects.all()
        self.fields["tags"].to_field_name = "key"
        for name in ("predecessor", "follows"):
            self.fields[name].match = lambda text: meant_programs(user, text)
            self.fields[name].by_code = lambda code: (
                Program.objects.visible_to(user).filter(code=code).first()
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in ("predecessor", "follows"):
            pick = cleaned.get(name)
            if pick and pick.found is None and not said_to_be_missing(pick.text):
                why = (
                    "Có nhiều chương trình phù hợp, xin chọn một."
                    if pick.choices
                    else "Không tìm thấy chương trình này."
                )
                self.add_error(name, why)
        return cleaned


class ItemRow(SpeakingForm):
    """One commitment; who leads and joins is optional."""

    text = TextBlock(label="Nội dung", required=False, rows=2)
    lead = TextLine(label="Chủ trì", required=False, max_length=250, help_text="Ghi tên như in.")
    joint = TextLine(
        label="Phối hợp", required=False, max_length=500, help_text="Cách nhau bằng dấu chấm phẩy."
    )
    audience = forms.ChoiceField(
        label="Ai được xem", choices=Audience.choices, required=False, initial="public"
    )
    item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    origin = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def has_changed(self) -> bool:
        return bool({"text", "lead", "joint"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", "Ghi nội dung của dòng này, hoặc bỏ dòng.")
        if any(len(name) > LONGEST_NAME for name in (cleaned.get("joint") or "").split(";")):
            self.add_error("joint", f"Mỗi tên không quá {LONGEST_NAME} ký tự, cách nhau bằng dấu chấm phẩy.")
        return cleaned

    def names(self) -> list[tuple[str, str]]:
        """Who leads and who joins, as written."""
        return [
            (part, name)
            for part in (ItemBody.Part.LEAD, ItemBody.Part.JOINT)
            for name in map(clean, (self.cleaned_data.get(part) or "").split(";"))
            if name
        ]


def only(found: list[Organization]) -> Organization | None:
    """The one match, or none when there are none or several."""
    return found[0] if len(found) == 1 else None


class ProgramForm(PaperForm):
    """A whole programme: head, sides, signatures, bases, sources, items, files."""

    head_class = ProgramHeadForm
    row_classes = PAPER_ROWS | {"items": row_set(ItemRow)}
    new_rows = {"items": {"audience": "public"}}
    splitters = PAPER_SPLITTERS | {
        "items": lambda text: [{"text": one, "audience": "public"} for one in split_items(text)]
    }
    tellers = {"items": lambda text: {"stated_item_count": str(stated_count(text) or "")}}
    places = {
        "purposes": ("mục đích", "mục tiêu", "yêu cầu"),
        "items": ("nội dung",),
        "methods": ("phương thức", "hình thức", "cách thức", "cơ chế"),
        "implementation": ("tổ chức thực hiện", "điều khoản thi hành", "trách nhiệm thi hành"),
    }
    articles_place = "articles"
    needs_sides = 2

    def make_head(self) -> HeadForm:
        """The head needs the person, to find only programmes visible to them."""
        return ProgramHeadForm(self.data, user=self.user)

    def parties_proposed(self) -> tuple[list[dict[str, str]], str]:
        return rows_meant(self.head, self.user)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        valid = check_link(self, "predecessor") and valid
        kin = self.head.cleaned_data.get("predecessor"), self.head.cleaned_data.get("follows")
        for name, pick in zip(("predecessor", "follows"), kin, strict=True):
            if self.record and pick and pick.found == self.record:
                self.head.add_error(name, "Một chương trình không nối với chính nó.")
                valid = False
        return valid

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

    def items(self) -> list[ItemEntry]:
        """The commitments in order; a row knows the item it was only when that is this programme's."""
        own = {item.pk: item for item in self.record.items.all()} if self.record else {}
        rows = self.rows["items"].filled
        names = (name for row in rows for _, name in row.names())
        bodies = BodyNames(names, near=lambda: self.user.writing_bodies)
        origins = self.origins(row.cleaned_data.get("origin") for row in rows)
        entries = []
        for row in rows:
            data = row.cleaned_data
            pk = whole_number(data["item"])
            was = own.get(pk)
            stands = was is not None and fold(was.text) == fold(data["text"])
            audience = data.get("audience") or Audience.PUBLIC
            entries.append(
                ItemEntry(
                    data["text"],
                    was.pk if was else None,
                    origins.get(data["origin"]),
                    audience,
                    [BodyEntry(part, only(bodies.called(name)), name) for part, name in row.names()],
                    was.marks if stands else {},
                )
            )
        return entries

    def origins(self, codes: Iterable[str | None]) -> dict[str, ContentItem]:
        """The items of the term before that rows continue, by their key in the raw data."""
        before = found(self.head.cleaned_data.get("predecessor"))
        if before is None:
            return {}
        wanted = {code for code in codes if code}
        return {str(item.pk): item for item in before.items.all() if str(item.pk) in wanted}


def raw_data(program: Program) -> QueryDict:
    """The data of the form that would write this programme as it stands."""
    data = paper_data(program)
    marks = program.marks
    data["number"] = missing_words(marks, "number", data["number"])
    for name in ("purposes", "methods", "implementation", "articles", "theme", "cadence_printed", "consent_by",
                 "consent_paper", "note"):  # fmt: skip
        data[name] = missing_words(marks, name, getattr(program, name))
    data["cadence"] = program.cadence
    data["period"] = program.period.text or (str(program.period) if program.period.first else "")
    if not data["period"] and program.period_kind == "none":
        data["period"] = "không thời hạn"
    data["consented"] = typed(program.consented)
    data["stated_item_count"] = str(program.stated_item_count or "")
    for name in ("items", "signatures", "bases"):
        data[f"{name}_known"] = marks.get(name, {}).get("missing", "")
    data.setlist("tags", [link.tag.key for link in program.tag_links.select_related("tag")])
    for name in ("predecessor", "follows"):
        data[name] = missing_words(marks, name)
        if linked := getattr(program, name):
            data[name], data[f"{name}-ma"] = str(linked), linked.code
    append_rows(
        data, "items", (item_data(item) for item in program.items.prefetch_related("bodies__organization"))
    )
    return data


def item_data(item: ContentItem) -> dict[str, str]:
    """The raw row of one commitment."""
    bodies = list(item.bodies.all())
    return {
        "text": item.text,
        "lead": "; ".join(str(body) for body in bodies if body.part == ItemBody.Part.LEAD),
        "joint": "; ".join(str(body) for body in bodies if body.part == ItemBody.Part.JOINT),
        "audience": item.audience,
        "item": str(item.pk),
        "origin": str(item.origin_id or ""),
    }


OF_ONE_TERM = ("dated", "dated_inferred", "dated_basis", "period", "signing")
OF_ONE_PAPER = ("number", "consented", "consent_paper")


def next_term_data(program: Program) -> QueryDict:
    """The raw data of a new term: everything copied, linked to the old, with what must change left open."""
    data = copied(program, without=OF_ONE_TERM + OF_ONE_PAPER, rows=("signatures", "sources", "files"))
    data["predecessor"], data["predecessor-ma"] = str(program), program.code
    for index, item in enumerate(program.items.all()):
        data[f"items-{index}-origin"] = str(item.pk)
    return data


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

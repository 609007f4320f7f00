"""The row sets of a conference: people with roles, agenda, papers on the table, signers, papers read, sayings."""

from typing import Any

from django import forms
from django.utils import timezone

from meetings.actions.sides import Known, Sides, SignerEntry
from meetings.forms.registers import MeetingRegisters
from meetings.forms.tasks import MOST_OTHERS, absent, late_words, refused_day
from meetings.models import MeetingPaper, MeetingRole, Task
from meetings.models.tasks import NO_DAY
from meetings.nearness import ELSEWHERE, told_apart
from meetings.paste import ParticipantLine, names_in, read_group
from portal.dates import PartialDate
from portal.forms.fields import DateText, SpeakingForm, TextBlock, TextLine
from portal.forms.paper_rows import SIDES, row_set
from portal.forms.picks import PickField
from portal.models import Audience, Authority, Organization, Person
from portal.text import fold

ADD_AS = [
    ("", "theo tên gọi"),
    ("program", "chương trình phối hợp"),
    ("plan", "kế hoạch"),
    ("other", "văn bản khác"),
]
CALLED = {
    "plan": ("ke hoach",),
    "program": ("chuong trinh phoi hop", "quy che phoi hop", "thoa thuan phoi hop", "giao uoc"),
}
"""The first words by which a paper that is added says what it is."""


THE_CONFERENCE = {"hoi nghi", "hoi nghi nay"}
"""What a saying is said to be by when all who were there gave it."""


def added_as(text: str, chosen: str) -> str:
    """As what a paper the portal does not have is added: as chosen, else as its first words say."""
    if chosen:
        return chosen
    folded = fold(text)
    return next((kind for kind, words in CALLED.items() if folded.startswith(words)), "other")


class RegisterRow(SpeakingForm):
    """A row whose pickers look in what the form looked up for all its rows."""

    def __init__(self, *args: Any, registers: MeetingRegisters, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers = registers
        for name, field in self.fields.items():
            if isinstance(field, PickField):
                self.look_in(name, field)

    def look_in(self, name: str, field: PickField) -> None:
        """Where one picker finds what its words mean."""
        if name == "body":
            field.match, field.by_code = self.registers.bodies.called, self.registers.bodies_chosen.get
            field.is_sure = lambda text, body: self.registers.nearby.means_body(text, body)
        else:
            field.match, field.by_code = self.registers.people, self.registers.people_chosen.get
            field.is_sure = self.means

    def means(self, _name: str, person: Person) -> bool:
        """Whether the only person of a name may be taken for the one of this row; if not, they are told apart."""
        capacity = self.data.get(self.add_prefix("capacity"), "")
        if self.registers.nearby.means_person(person, capacity):
            return True
        told_apart(person)
        return False

    def ask(self, choices: list) -> None:
        """Say why a person of this name was not taken."""
        self.echoes["name"] = "Có nhiều người cùng tên, xin chọn một." if choices[1:] else ELSEWHERE


class PersonRow(RegisterRow):
    """A person with a role at the conference, named as printed, with the posts of that day."""

    name = PickField(label="Họ và tên", register="nguoi", required=False, max_length=120)
    capacity = TextLine(label="Chức vụ hôm ấy", required=False, max_length=400)
    body = PickField(label="Đại diện cơ quan", register="co-quan", required=False)
    roles = forms.MultipleChoiceField(label="Vai trò", required=False, widget=forms.CheckboxSelectMultiple)
    row = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, roles: list[MeetingRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = {role.key: role for role in roles}
        self.fields["roles"].choices = [(role.key, role.name) for role in roles]

    def has_changed(self) -> bool:
        return bool({"name", "capacity", "body"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        pick, body = cleaned.get("name"), cleaned.get("body")
        cleaned["roles"] = [self.roles[key] for key in cleaned.get("roles") or ()]
        self.group: ParticipantLine | None = None
        if pick is not None and not pick and not body:
            self.add_error("name", "Ghi họ tên, hoặc cơ quan được đại diện.")
        if pick and pick.found is None:
            self.group = read_group(", ".join(filter(None, [pick.text, cleaned.get("capacity")])))
            if self.group:
                self.echoes["name"] = "Là một nhóm."
        if pick and pick.choices:
            self.ask(pick.choices)
        if body and body.choices:
            self.echoes["body"] = (
                "Có nhiều cơ quan phù hợp, xin chọn một; để nguyên thì ghi như in."
                if body.choices[1:]
                else "Có cơ quan tên này ở nơi khác: đúng thì chọn; để nguyên thì ghi như in."
            )
        elif body and body.found is None:
            self.echoes["body"] = "Chưa có trong danh mục: ghi như in."
        return cleaned


class AgendaRow(SpeakingForm):
    """One point of the agenda."""

    time = TextLine(label="Giờ", required=False, max_length=40)
    text = TextLine(label="Nội dung", required=False, max_length=500)
    presenter = TextLine(label="Người thực hiện", required=False, max_length=250)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", "Ghi nội dung của mục này, hoặc bỏ dòng.")
        return cleaned


class TableRow(RegisterRow):
    """A paper on the table: one the portal has, or one added in place."""

    paper = PickField(label="Văn bản", register="van-ban", required=False, max_length=1000)
    role = forms.ChoiceField(label="Việc tại hội nghị", choices=MeetingPaper.Role.choices, required=False)
    add_as = forms.ChoiceField(label="Nếu chưa có thì thêm là", choices=ADD_AS, required=False)

    def look_in(self, name: str, field: PickField) -> None:
        field.match, field.by_code = self.registers.papers_called, self.registers.table_chosen.get

    def has_changed(self) -> bool:
        return "paper" in self.changed_data

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("paper")
        if pick and pick.found:
            self.echoes["paper"] = f"{pick.found} · {pick.found.dated}"
        elif pick and pick.choices:
            self.echoes["paper"] = "Có nhiều văn bản phù hợp, xin chọn một."
        elif pick:
            cleaned["add_as"] = added_as(pick.text, cleaned.get("add_as") or "")
            self.echoes["paper"] = f"Chưa có trong cổng: sẽ thêm là {dict(ADD_AS)[cleaned['add_as']]}."
        return cleaned


class SignerRow(RegisterRow):
    """Who signed, for which side: every paper signed here, or the one whose words are given."""

    side = forms.ChoiceField(label="Bên", choices=SIDES, required=False)
    name = PickField(label="Họ và tên", register="nguoi", required=False, max_length=120)
    capacity = TextLine(label="Tư cách khi ký", required=False, max_length=200)
    authority = forms.ChoiceField(label="Thẩm quyền", choices=Authority.choices, required=False)
    paper = TextLine(
        label="Chỉ ký văn bản", required=False, max_length=300,
        help_text="Vài chữ trong tên văn bản. Để trống: mọi văn bản ký tại đây.",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        papers: list[tuple[str, Sides | None]],
        organizers: Sides,
        known: Known,
        offered: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers, self.organizers, self.known = papers, organizers, known
        self.fields["side"].choices = [
            (side, f"{called}: {organizers.called(int(side))}" if int(side) in organizers.names else called)
            for side, called in SIDES[:offered]
        ]

    def has_changed(self) -> bool:
        return bool({"name", "capacity"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        pick, capacity = cleaned.get("name"), cleaned.get("capacity")
        if pick is None:
            return cleaned
        if pick.choices:
            self.ask(pick.choices)
        elif pick and not pick.found:
            self.echoes["name"] = "Sẽ thêm vào danh mục người."
        elif not pick and not capacity:
            self.add_error("name", "Ghi họ tên, hoặc tư cách của người ký.")
        self.place = self.find_paper(cleaned.get("paper") or "")
        if not self.errors:
            self.seat(self.entry())
        return cleaned

    def entry(self) -> SignerEntry:
        """Who signed here; a name the register does not know adds the person."""
        data = self.cleaned_data
        pick, side = data["name"], int(data["side"] or 1)
        return SignerEntry(side, pick.found, pick.text, data["capacity"], data["authority"], self.place)

    def seat(self, one: SignerEntry) -> None:
        """Say for which side of each paper they signed, where it is another than here, and doubt what cannot be told."""
        signed = [
            (words, sides)
            for place, (words, sides) in enumerate(self.papers)
            if sides is not None and one.place in (None, place)
        ]
        told, unseated = [], []
        for words, sides in signed or [("", self.organizers)]:
            side = sides.side_of(one, self.organizers, self.known)
            if side is None:
                unseated.append(f"“{words}” ({sides})" if words else str(sides))
                continue
            if sides is not self.organizers or side != one.side:
                told.append(
                    f"“{words}”: bên {side}, {sides.called(side)}"
                    if words
                    else f"Bên {side}, {sides.called(side)}"
                )
            if (
                one.name
                and sides.bodies.get(side)
                and not sides.knows(side, one.person, one.capacity, self.known)
            ):
                whose = ", ".join(sorted(body.label for body in sides.bodies[side]))
                self.warnings["name"] = f"Chưa thấy chức vụ hay chữ ký nào của người này ở {whose}."
        if told:
            self.echoes["capacity"] = "; ".join(told)
        if unseated and one.side in self.organizers.names:
            self.warnings["capacity"] = (
                f"Chưa rõ {one.name or one.capacity} ký cho bên nào của {'; '.join(unseated)}. "
                "Xin ghi tên cơ quan vào tư cách khi ký; để nguyên thì người này không ghi vào văn bản ấy."
            )

    def find_paper(self, words: str) -> int | None:
        """Which of the papers on the table the words name; None for all that were signed."""
        if not words:
            return None
        asked = fold(words).split()
        found = [at for at, (text, _) in enumerate(self.papers) if all(word in fold(text) for word in asked)]
        if len(found) == 1:
            self.echoes["paper"] = self.papers[found[0]][0]
            return found[0]
        why = (
            "Có nhiều văn bản ở trên mang các chữ này."
            if found
            else "Ở trên không có văn bản nào mang các chữ này."
        )
        self.add_error("paper", why)
        return None


class TalkRow(RegisterRow):
    """A paper read at the conference."""

    by = TextLine(label="Người trình bày", required=False, max_length=120)
    body = PickField(label="Cơ quan", register="co-quan", required=False)
    title = TextLine(label="Tên tham luận", required=False, max_length=500)
    topic = TextBlock(label="Nội dung", required=False, rows=2)
    file = forms.ChoiceField(label="Tệp", required=False)
    row = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, files: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].choices = [("", "không có"), *files]

    def has_changed(self) -> bool:
        return bool({"by", "body", "title", "topic"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("topic") and not cleaned.get("title") and not self.errors:
            self.add_error("topic", "Ghi tham luận về việc gì.")
        return cleaned


class SayingRow(RegisterRow):
    """A direction in our own words; with a deadline it becomes a task."""

    text = TextBlock(label="Ý kiến, ghi theo ý", required=False, rows=2)
    said_by = TextLine(
        label="Ai nêu",
        required=False,
        max_length=250,
        help_text="Người, cơ quan, văn bản, hoặc ghi “Hội nghị”. Nhiều người thì cách nhau bằng dấu chấm phẩy.",
    )
    quote = TextLine(label="Cụm từ trích nguyên văn", required=False, max_length=500)
    addressed_to = TextLine(label="Gửi tới", required=False, max_length=400)
    audience = forms.ChoiceField(
        label="Ai được xem", choices=Audience.choices, required=False, initial=Audience.PARTIES
    )
    state_shown = forms.BooleanField(label="Công khai tình trạng thực hiện", required=False)
    assign_to = TextLine(
        label="Giao theo dõi: cơ quan thực hiện", required=False, max_length=MOST_OTHERS,
        help_text="Cách nhau bằng dấu chấm phẩy. Để trống: chỉ ghi nhận.",
    )  # fmt: skip
    due = DateText(label="Hạn thực hiện", required=False, help_text="")
    yearly = forms.BooleanField(label="Lặp lại hằng năm", required=False)
    row = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, dated: PartialDate, tasks: dict[str, Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks, self.today = tasks, timezone.localdate()
        self.given_from, self.on = dated.first, dated.last_by(self.today) or self.today

    @property
    def followed(self) -> Task | None:
        """The task this saying went out as: it is followed on a page of its own, not changed here."""
        task = self.tasks.get(self["row"].value() or "")
        return task if task and task.is_out else None

    def has_changed(self) -> bool:
        return bool({"text", "quote", "assign_to"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", "Ghi ý kiến của dòng này, hoặc bỏ dòng.")
        self._find_maker(cleaned.get("said_by") or "")
        self.assigned: list[Organization] = []
        for name in names_in("" if self.followed else cleaned.get("assign_to") or ""):
            found = self.registers.bodies.called(name, self.on)
            if len(found) != 1:
                why = "Có nhiều cơ quan tên" if found else "Không tìm thấy cơ quan"
                self.add_error("assign_to", f"{why} “{name}”.")
            elif name != found[0].label and not self.registers.nearby.means_body(name, found[0]):
                self.add_error("assign_to", f"“{name}”: xin ghi đủ tên, ví dụ: {found[0].label}.")
            elif why := absent(found[0], self.on):
                self.add_error("assign_to", f"{name}: {why}")
            else:
                self.assigned += found
        due = cleaned.get("due")
        self.due_on = getattr(due, "last", None) or NO_DAY
        if self.assigned and "due" not in self.errors:
            self.check_due(due, was=self.tasks.get(cleaned.get("row")))
        return cleaned

    def check_due(self, due: PartialDate, was: Task | None) -> None:
        """A day, or said not to be known; one that has passed only as it was kept, or as old as the words."""
        if self.due_on == NO_DAY and due.known:
            self.add_error("due", "Ghi cả năm của hạn thực hiện.")
        elif self.due_on == NO_DAY and (self.cleaned_data.get("yearly") or not due.text):
            self.add_error("due", "Ghi hạn thực hiện; việc không nêu hạn thì ghi “không rõ”.")
        elif was and was.due_on == self.due_on:
            return
        elif why := refused_day(self.due_on, self.given_from, self.today):
            self.add_error("due", why)
        elif late := late_words(self.due_on, self.today):
            self.warnings["due"] = late

    def _find_maker(self, text: str) -> None:
        """The one body or paper the words mean; persons are looked for among those at the conference."""
        self.body, self.paper = None, None
        if not text or fold(text) in THE_CONFERENCE:
            return
        bodies = self.registers.bodies.called(text, self.on)
        papers = [] if bodies else self.registers.papers_called(text)
        if len(bodies) == 1:
            self.body, self.echoes["said_by"] = bodies[0], f"Cơ quan: {bodies[0].label}"
        elif len(papers) == 1:
            self.paper, self.echoes["said_by"] = papers[0], f"Văn bản: {papers[0]}"


MEETING_ROWS = {
    "people": row_set(PersonRow),
    "agenda": row_set(AgendaRow),
    "table": row_set(TableRow),
    "signers": row_set(SignerRow),
    "talks": row_set(TalkRow),
    "sayings": row_set(SayingRow),
}

"""The row sets of a conference: people with roles, agenda, signers, papers read; the table and sayings beside."""

from typing import Any

from django import forms

from meetings.actions.sides import Known, Sides, SignerEntry
from meetings.forms.registers import RegisterRow
from meetings.forms.sayings import SayingRow
from meetings.forms.table import TableRow
from meetings.models import MeetingRole
from meetings.paste import ParticipantLine, read_group
from portal.forms.fields import SpeakingForm, TextBlock, TextLine
from portal.forms.paper_rows import SIDES, row_set
from portal.forms.picks import PickField
from portal.models import Authority
from portal.text import fold


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
    left_alone = "thêm một người mới cùng tên"  # a signature names its signer in the register alone
    is_seated = False
    """Whether there is a paper that they signed for a side of it."""

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
        told: list[str] = []
        whose: list[str] = []
        unseated: list[tuple[str, Sides]] = []
        for words, sides in signed or [("", self.organizers)]:
            side = sides.side_of(one, self.organizers, self.known)
            if side is None:
                unseated.append((words, sides if sides.names else self.organizers))
                continue
            self.is_seated = True
            if sides is not self.organizers or side != one.side:
                where = f"“{words}”: bên" if words else "Bên"
                told.append(f"{where} {side}, {sides.called(side)}")
            bodies = sides.bodies.get(side)
            if one.name and bodies and not sides.knows(side, one.person, one.capacity, self.known):
                whose += sorted(body.label for body in bodies)
        if told:
            self.echoes["capacity"] = "; ".join(told)
        if whose:
            strange = ", ".join(dict.fromkeys(whose))
            self.warnings["name"] = f"Chưa thấy chức vụ hay chữ ký nào của {one.name} ở {strange}."
        if unseated:
            self.ask_side(one, unseated)

    def ask_side(self, one: SignerEntry, unseated: list[tuple[str, Sides]]) -> None:
        """Ask for which side somebody signed the papers that do not tell it, or say that no such side is there."""
        papers: dict[str, list[str]] = {}
        for words, sides in unseated:
            papers.setdefault(str(sides), []).append(f"“{words}”" if words else "hội nghị")
        who, said = one.name or one.capacity, "; ".join(f"{', '.join(p)} ({s})" for s, p in papers.items())
        if one.side in self.organizers.names:
            self.warnings["capacity"] = (
                f"Chưa rõ {who} ký cho bên nào của {said}. "
                "Xin ghi tên cơ quan vào tư cách khi ký; để nguyên thì người này không ghi vào văn bản ấy."
            )
        elif self.is_seated:
            self.warnings["side"] = (
                f"Không có bên {one.side} ở {said}; để nguyên thì {who} không ghi vào văn bản ấy."
            )
        else:
            self.add_error(
                "side",
                f"Không có bên {one.side} ở {said}. Xin chọn lại bên của {who}, hoặc ghi tên cơ quan vào tư cách "
                "khi ký; nếu thật có bên ấy, xin thêm ở “Cơ quan tổ chức” hoặc ở văn bản đã có.",
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


MEETING_ROWS = {
    "people": row_set(PersonRow),
    "agenda": row_set(AgendaRow),
    "table": row_set(TableRow),
    "signers": row_set(SignerRow),
    "talks": row_set(TalkRow),
    "sayings": row_set(SayingRow),
}

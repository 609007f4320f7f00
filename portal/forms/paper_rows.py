"""The rows of any paper: its sides, signatures, bases, sources and files."""

from copy import deepcopy
from typing import Any

from django import forms
from django.forms import BoundField, formset_factory

from portal.dates import PartialDate
from portal.files import small_address
from portal.forms.fields import DateText, SpeakingForm, TextBlock, TextLine, said_to_be_missing
from portal.forms.picks import PersonField, PickField
from portal.forms.registers import Registers
from portal.forms.rows import RowSet
from portal.models import Attachment, Audience, Authority, Organization
from portal.paste import Signer, split_bases, split_signers

MOST_SIDES = 30
SIDES = [(str(side), f"Bên {side}") for side in range(1, MOST_SIDES + 1)]


def row_key() -> forms.CharField:
    """The key of the stored row that a row came from: by it two people's rows are told to be one."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


OF_EACH = ("focal_room", "responsibilities")
"""What is asked of each body that signs under the name of one row."""


GUESSED = "-doan"
"""Behind the name of a side: the code of the body that a page guessed there."""


def guess_words(body: Organization) -> str:
    """What is asked about a body that was guessed, not chosen."""
    return f"“{body.label}” đoán theo chữ viết tắt trong số và địa bàn của cơ quan mình. Xin kiểm tra."


def not_matched(name: str) -> str:
    """What is asked about a name that means no body of the register."""
    return f"“{name}” chưa khớp cơ quan nào trong danh mục."


class PartnerRow(SpeakingForm):
    """One body of a side, or a group as printed: a name that means no body, or is a guess, is asked about once."""

    side = forms.ChoiceField(label="Bên", choices=SIDES, required=False)
    name = PickField(label="Cơ quan, tổ chức", register="co-quan", required=False)
    add = forms.BooleanField(label="Thêm vào danh mục cơ quan", required=False)
    focal_room = TextLine(label="Bộ phận đầu mối", required=False, max_length=200)
    responsibilities = TextBlock(label="Trách nhiệm", required=False, rows=2)
    row = row_key()

    def __init__(
        self, *args: Any, registers: Registers, offered: int, on: PartialDate | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = SIDES[:offered]
        self.on, self.registers = on, registers
        self.together: list[Organization] = []
        self.fields["name"].match = lambda text: registers.bodies.called(text, on)
        self.fields["name"].by_code = registers.bodies_chosen.get
        self.fields["name"].printed_as = registers.is_printed_as

    def has_changed(self) -> bool:
        return bool({"name", *OF_EACH, "add"} & set(self.changed_data))

    @property
    def duties(self) -> list[BoundField]:
        """What the body of the row answers for, or each body of it."""
        return [self[name] for name in self.fields if name.startswith(OF_EACH)]

    @property
    def says_duties(self) -> bool:
        """Whether any of that is written."""
        return any(field.value() for field in self.duties)

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("name")
        if pick is None or self.errors:
            return cleaned
        if not pick:
            self.add_error("name", "Ghi tên cơ quan của bên này.")
        elif pick.found is None and not pick.choices:
            signed = self.registers.sides.get(pick.text)
            self.together = signed or self.registers.bodies.of_side(pick.text, self.on)
        if self.together:
            self._ask_each(cleaned)
        self._say(pick)
        return cleaned

    def _ask_each(self, cleaned: dict) -> None:
        """Ask each body of the row for itself; what was typed before the row was known to be several is the first's."""
        for name in OF_EACH:
            shared, typed = self.fields.pop(name), cleaned.pop(name, "")
            for body in self.together:
                own = f"{name}-{body.code}"
                self.fields[own] = field = deepcopy(shared)
                field.label = f"{shared.label} của {body.label}"
                if self.add_prefix(own) not in self.data and body == self.together[0]:
                    self.data[self.add_prefix(own)] = typed
                try:
                    cleaned[own] = field.clean(self.data.get(self.add_prefix(own)))
                except forms.ValidationError as error:
                    cleaned[own] = ""
                    self.add_error(own, error)

    def _say(self, pick: Any) -> None:
        if pick.found is not None:
            self.echoes["name"] = pick.found.label
            is_dead = self.on and not pick.found.is_alive(self.on)
            doubts = [f"{pick.found.label} không tồn tại vào ngày ký."] if is_dead else []
            if self.guessed:
                doubts.append(guess_words(pick.found))
            if doubts:
                self.warnings["name"] = " ".join(doubts)
        elif self.together:
            self.echoes["name"] = "Cùng ký: " + ", ".join(body.label for body in self.together)
        elif self.data.get(self.add_prefix("add")):
            self.echoes["name"] = "Sẽ thêm vào danh mục cơ quan."
        elif pick.text:
            self.warnings["name"], self.keeping_words = not_matched(pick.text), "Đúng như in"
            if pick.choices:
                self.echoes["name"] = "Có nhiều cơ quan cùng tên, xin chọn một."

    @property
    def may_be_added(self) -> bool:
        """Whether the register does not know the name, so that its body may be added in place."""
        pick = getattr(self, "cleaned_data", {}).get("name")
        return bool(pick) and not (pick.found or pick.choices or self.together)

    @property
    def bodies(self) -> list[Organization]:
        """The bodies of the register that the row names."""
        pick = getattr(self, "cleaned_data", {}).get("name")
        return self.together or ([pick.found] if pick and pick.found else [])

    @property
    def guessed(self) -> str:
        """The code of the body that was guessed for this side, as long as no other is named."""
        pick = getattr(self, "cleaned_data", {}).get("name")
        code = self.data.get(self.add_prefix("name") + GUESSED)
        return code if pick and pick.found and pick.code == code else ""

    @property
    def is_as_printed(self) -> bool:
        """Whether a name that means no body was said to be right as printed."""
        pick = self.cleaned_data["name"]
        return self.warnings.get("name") == not_matched(pick.text) and self["name"].warning_kept


class SideRows(RowSet):
    """The sides of a paper: a body stands on one of them, and once."""

    def clean(self) -> None:
        stands: dict[int, str] = {}
        for row in self.filled:
            side = row.data.get(row.add_prefix("side")) or "1"
            for body in row.bodies:
                if body.pk not in stands:
                    stands[body.pk] = side
                elif stands[body.pk] == side:
                    row.add_error("name", f"{body.label} đã ghi ở Bên {side}. Xin bỏ dòng này.")
                else:
                    both = f"{body.label} vừa ở Bên {stands[body.pk]}, vừa ở Bên {side}."
                    row.add_error("name", f"{both} Xin chọn một bên.")


class SignatureRow(SpeakingForm):
    """Who signed for a side; the person may be unknown."""

    side = forms.ChoiceField(label="Bên", choices=SIDES, required=False)
    name = PersonField(label="Họ và tên", register="nguoi", required=False, max_length=120)
    capacity = TextLine(label="Tư cách khi ký", required=False, max_length=200)
    authority = forms.ChoiceField(label="Thẩm quyền", choices=Authority.choices, required=False)
    row = row_key()

    def __init__(self, *args: Any, registers: Registers, offered: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = SIDES[:offered]
        self.fields["name"].match = registers.people
        self.fields["name"].by_code = registers.people_chosen.get

    def has_changed(self) -> bool:
        return bool({"name", "capacity"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("name")
        if pick and pick.text and not pick.found and not pick.choices:
            if said_to_be_missing(pick.text):
                if not cleaned.get("capacity"):
                    self.add_error("capacity", "Chưa rõ người ký thì ghi tư cách khi ký.")
            else:
                self.echoes["name"] = "Sẽ thêm vào danh mục người."
        elif pick and pick.choices:
            self.echoes["name"] = "Có nhiều người cùng tên, xin chọn một."
        return cleaned


class BasisRow(SpeakingForm):
    """One paper the paper rests on, as the citing paper prints it."""

    text = TextBlock(label="Căn cứ, như in", required=False, rows=1, max_length=1000)
    row = row_key()

    def __init__(self, *args: Any, registers: Registers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers = registers

    def has_changed(self) -> bool:
        return "text" in self.changed_data

    def clean(self) -> dict:
        cleaned = super().clean()
        self.basis = self.registers.basis(cleaned.get("text") or "")
        if self.basis is None:
            return cleaned
        self.found = None
        if self.basis.symbol is not None:
            self.found = self.registers.paper(self.basis)
            new = f"Thêm vào sổ văn bản, chỉ cơ quan soạn thấy: {self.basis.symbol.printed}"
            self.echoes["text"] = str(self.found) if self.found else new
        return cleaned


class SourceRow(SpeakingForm):
    """A press page or paper the facts rest on."""

    text = TextLine(label="Tên bài, tài liệu", required=False, max_length=500)
    publisher = TextLine(label="Nơi đăng", required=False, max_length=250)
    address = forms.URLField(label="Địa chỉ trang", required=False, max_length=500, assume_scheme="https")
    published = DateText(label="Ngày đăng", required=False, help_text="")
    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, *args: Any, registers: Registers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers = registers

    def has_changed(self) -> bool:
        return bool({"text", "publisher", "address", "published"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", "Ghi tên bài hoặc tài liệu.")
        self.found = self.registers.sources.get(cleaned.get("code"))
        return cleaned


class FileRow(SpeakingForm):
    """One file already sent; who may read it is chosen here, inside by default."""

    file = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    caption = TextLine(label="Chú thích", required=False, max_length=300)
    audience = forms.ChoiceField(
        label="Ai được xem", choices=Audience.choices, required=False, initial=Audience.BODY
    )

    def __init__(self, *args: Any, registers: Registers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers = registers

    def has_changed(self) -> bool:
        return "file" in self.changed_data

    @property
    def attachment(self) -> Attachment | None:
        """The file this row is about."""
        return self.registers.files.get(self.data.get(self.add_prefix("file"), "")[:12])

    @property
    def small_address(self) -> str:
        """Where the file is seen small, when it is a picture."""
        return small_address(self.attachment) if self.attachment else ""


def row_set(row: type[forms.Form], rows: type[RowSet] = RowSet) -> type[RowSet]:
    """The row set class of one kind of row."""
    return formset_factory(row, formset=rows, extra=0, max_num=rows.max_num, absolute_max=rows.max_num)


PAPER_ROWS = {
    "partners": row_set(PartnerRow, SideRows),
    "signatures": row_set(SignatureRow),
    "bases": row_set(BasisRow),
    "sources": row_set(SourceRow),
    "files": row_set(FileRow),
}


SIGNED_FOR = "vua-doc"
"""In the raw row of a signer just read: the body printed above. No field takes it, so it is gone with the next page."""


def signature_row(one: Signer) -> dict[str, str]:
    """The raw row of a signature as read."""
    side = str(min(one.side, MOST_SIDES))
    row = {"side": side, "name": one.name, "capacity": one.capacity, "authority": one.authority}
    return row | {SIGNED_FOR: one.body}


PAPER_SPLITTERS = {
    "bases": lambda text: [{"text": basis.printed} for basis in split_bases(text)],
    "signatures": lambda text: [signature_row(one) for one in split_signers(text)],
}

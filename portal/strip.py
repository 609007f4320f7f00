"""The strip over a record for the people who work on it: how it stands, who has it, what may be done next."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import cached_property

from portal.access import Doing, can
from portal.actions.copies import open_copy
from portal.lists import said_chip
from portal.models import Act, Paper, State, User, Verb, WorkingCopy
from portal.templatetags.say import ago, vdate

if TYPE_CHECKING:
    from portal.views.entry import EntryView


def approved_stands(record: Paper) -> str:
    """What an open edit leaves as it is: what visitors read, or, of a record that is not public, the approved version."""
    return "Người xem vẫn thấy bản đã duyệt." if record.is_public() else "Bản đã duyệt vẫn giữ nguyên."


@dataclass(frozen=True)
class Way:
    """A next step: a link to its page, or a button that does it at once."""

    label: str
    url: str
    kind: str = "plain"
    posts: bool = False


@dataclass
class Strip:
    """How a record stands for one reader; ``kind`` is the entry page of its kind, which knows its addresses."""

    record: Paper
    user: User
    kind: "type[EntryView]"
    ways: list[Way] = field(default_factory=list)

    def __post_init__(self) -> None:
        keeper = self.record.keeper
        self.writes = bool(can(self.user, Doing.WRITE, within=keeper))
        self.approves = bool(can(self.user, Doing.APPROVE, within=keeper))
        if self.writes:
            self.ways += self._writing()
        if self.approves:
            self.ways += self._approving()
        first = next((way for way in self.ways if way.kind == "primary"), None)
        self.ways = [way for way in (first, *[one for one in self.ways if one is not first]) if way]

    @cached_property
    def copy(self) -> WorkingCopy | None:
        """The open edit of the approved record; only those who write or approve in its body know of it."""
        return open_copy(self.kind.kind, self.record) if self.writes or self.approves else None

    @property
    def version(self) -> int:
        """What a button of this page decides on: the open edit as it was last saved, or the record."""
        return self.copy.number if self.copy else self.record.version

    @property
    def said_chips(self) -> list[tuple[str, str]]:
        """Where the record stands, as kind and words."""
        return [said_chip(self.record)]

    @property
    def line(self) -> str:
        """Who has it, and since when."""
        record, since = self.record, ago(self.record.state_since)
        if record.state == State.DRAFTING:
            return f"{record.written_by or record.keeper.name} đang soạn, {since}"
        if record.state == State.WAITING:
            return f"Chờ lãnh đạo {record.keeper.name}, {since}"
        if record.state == State.RETURNED:
            return f"{record.written_by or record.keeper.name} sửa theo ý kiến, {since}"
        return f"{record.keeper.name} duyệt ngày {vdate(record.approved_at)}"

    @cached_property
    def reason(self) -> str:
        """Why it was last returned, while it is."""
        waiting = self.copy.reason if self.copy and self.copy.state == State.RETURNED else ""
        if waiting or self.record.state != State.RETURNED:
            return waiting
        returned = Act.objects.about(self.record).filter(verb=Verb.RETURN).first()
        return returned.reason if returned else ""

    @property
    def copy_line(self) -> str:
        """What is going on with the open edit."""
        if self.copy is None:
            return ""
        doing = {
            State.DRAFTING: "Đang có bản sửa",
            State.WAITING: "Bản sửa đang chờ duyệt",
            State.RETURNED: "Bản sửa bị trả lại",
        }[State(self.copy.state)]
        saved = timezone.localtime(self.copy.saved_at)
        return f"{doing}: {self.copy.owner} lưu lúc {saved:%H:%M}, {vdate(saved)}. {approved_stands(self.record)}"

    def _url(self, verb: str) -> str:
        return self.kind.address(verb, self.record.code)

    def _writing(self) -> list[Way]:
        state = self.copy.state if self.copy else self.record.state
        ways = []
        if state == State.WAITING:
            ways.append(Way("Rút lại để sửa", self._url("recall"), posts=True))
            if self.record.keeper.approves_on_paper and not self.approves:
                ways.append(Way("Ghi nhận duyệt trên giấy", self._url("paper")))
        elif state == State.APPROVED:
            ways.append(Way("Sửa", self._url("edit")))
        else:
            ways.append(Way("Sửa tiếp", self._url("edit"), "primary"))
            ways.append(Way("Trình lãnh đạo", self._url("submit"), posts=True))
        ways += self.kind.ways_of_writing(self.record)
        if state != State.APPROVED and self.kind.is_consulted_on:
            ways.append(Way("Gửi lấy ý kiến", self._url("consult")))
        if self.copy and state != State.WAITING:
            ways.append(Way("Bỏ bản sửa", self._url("drop")))
        if not self.record.approved_at and state != State.WAITING:
            ways.append(Way("Xóa bản đang soạn", self._url("drop"), "danger"))
        return ways

    def _approving(self) -> list[Way]:
        record, copy = self.record, self.copy
        ways = []
        if record.state == State.WAITING or (copy and copy.state == State.WAITING):
            ways.append(Way("Xem xét", self._url("review"), "primary"))
        if record.state != State.APPROVED:
            return ways
        if record.is_public():
            ways.append(Way("Gỡ khỏi trang công khai", self._url("withdraw"), "danger"))
        elif record.is_awaited():
            if record.is_scheduled():
                ways.append(Way("Đổi ngày công khai", self._url("review")))
            ways.append(Way("Hủy hẹn công khai", self._url("call_off")))
        elif not ways:
            ways.append(Way("Công khai", self._url("review"), "primary"))
        return ways + self.kind.ways_of_deciding(record)

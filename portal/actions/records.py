"""What happens to any record on its way: submitted, returned, approved, published, taken down.

Each verb is atomic, opens one act, and refuses with a sentence in :class:`NotNow` when the record
is not in the state the verb needs or has moved since the person opened it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import ProtectedError
from django.utils import timezone

from portal import sections
from portal.actions.addresses import write_at
from portal.actions.circles import place_again
from portal.actions.showing import show
from portal.history import acting, finish
from portal.models import Document, Paper, Record, State, User, Verb, WorkingCopy

PaperType = TypeVar("PaperType", bound=Paper)


class NotNow(Exception):
    """The verb does not fit the record as it stands; the message is for the page."""


REFUSED_WHILE = {
    State.WAITING: "Văn bản đang chờ duyệt. Rút lại để sửa tiếp.",
    State.APPROVED: "Văn bản đã được duyệt. Xin mở lại trang để sửa bản đã duyệt.",
}


class Moved(NotNow):
    """The record is not the version the person saw."""


def lock(record: Record, *, expected: int | None = None) -> Record:
    """The record, locked until the transaction ends, refused when its version moved on."""
    current = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if expected is not None and current.version != expected:
        raise Moved("Văn bản đã được sửa sau khi đồng chí mở trang này. Xin xem lại bản mới rồi quyết định.")
    return current


def lock_to_write(record: Record, *, expected: int | None, verb: Verb | None) -> Record:
    """The record, locked to be written: never in place while it waits or once it is approved.

    Only an approval, or a loader, writes into an approved record.
    """
    current = lock(record, expected=expected)
    if current.state in {State.WAITING, State.APPROVED} and verb in {None, Verb.EDIT}:
        raise NotNow(REFUSED_WHILE[current.state])
    return current


@contextmanager
def writing(
    record: PaperType,
    *,
    by: User | None,
    expected: int | None = None,
    verb: Verb | None = None,
    reason: str = "",
    **fields: Any,
) -> Iterator[PaperType]:
    """One writing of a paper, as one act: a new draft, or the next version of a record locked to be written.

    ``expected`` is the version the person opened; a version that moved is refused. What visitors are told of the
    bodies it names is written last: that locks them, and the paper's circle, made before, may have to wait.
    """
    is_new = record.pk is None
    verb_said = verb or (Verb.CREATE if is_new else Verb.EDIT)
    with acting(verb_said, record, by=by, body=record.keeper, reason=reason) as act:
        if not is_new:
            record = lock_to_write(record, expected=expected, verb=verb)
            record.version += 1
        for name, value in fields.items():
            setattr(record, name, value)
        document = (
            record.document
            if record.document_id
            else Document(is_sample=record.is_sample, keeper=record.keeper_id)
        )
        record.document = document
        day = document.dated
        yield record
        if not is_new and document.dated != day:
            sections.dated_anew(document)
        if document.shown_from:  # its record, read under a lock, says no more and no less than before
            show([document.pk])
        finish(act, record)


def set_state(record: Record, state: State, *fields: str) -> None:
    """Write a state, the moment it began, and the other named fields."""
    record.state, record.state_since = state, timezone.now()
    record.save(update_fields=["state", "state_since", *fields])


def submit(record: Record, *, by: User, expected: int | None = None) -> None:
    """Hand a complete draft to the leader."""
    with acting(Verb.SUBMIT, record, by=by, body=record.keeper):
        current = lock(record, expected=expected)
        if current.state not in {State.DRAFTING, State.RETURNED}:
            raise NotNow("Văn bản này đã được trình.")
        set_state(current, State.WAITING)


def recall(record: Record, *, by: User) -> None:
    """Take a waiting draft back for more work."""
    with acting(Verb.RECALL, record, by=by, body=record.keeper):
        current = lock(record)
        if current.state != State.WAITING:
            raise NotNow("Văn bản này không còn chờ duyệt.")
        set_state(current, State.DRAFTING)


def send_back(record: Record, *, by: User, reason: str, expected: int) -> None:
    """Return a waiting draft with a reason; every reason is kept in its act."""
    with acting(Verb.RETURN, record, by=by, body=record.keeper, reason=reason):
        current = lock(record, expected=expected)
        if current.state != State.WAITING:
            raise NotNow("Văn bản này không còn chờ duyệt.")
        set_state(current, State.RETURNED)


def approve(record: Record, *, by: User, expected: int, reason: str = "") -> None:
    """Make exactly the version that was opened the body's word."""
    with acting(Verb.APPROVE, record, by=by, body=record.keeper, reason=reason):
        current = lock(record, expected=expected)
        if current.state != State.WAITING:
            raise NotNow("Văn bản này không còn chờ duyệt.")
        current.approved_at = timezone.now()
        set_state(current, State.APPROVED, "approved_at")
        place_again([current])


def publish(
    record: Record, *, by: User, addresses: Iterable[str], start: datetime | None = None, expected: int
) -> None:
    """Show an approved record to the public, now or from a later moment.

    The first free one of ``addresses`` is taken the first time only: an address never changes once public.
    """
    with acting(Verb.PUBLISH, record, by=by, body=record.keeper):
        current = lock(record, expected=expected)
        if current.state != State.APPROVED:
            raise NotNow("Chỉ công khai văn bản đã duyệt.")
        if current.is_released():
            raise NotNow("Văn bản đang công khai.")
        current.published_from = start or timezone.now()
        current.withdrawn_at = None
        addresses = [current.slug] if current.slug else addresses
        write_at(
            current,
            addresses,
            lambda: current.save(update_fields=["published_from", "withdrawn_at", "slug"]),
        )
        show([current.document_id])


def call_off(record: Record, *, by: User, expected: int) -> None:
    """Give up a publication still to come; a record the public read before is again as it was then."""
    with acting(Verb.CALL_OFF, record, by=by, body=record.keeper):
        current = lock(record, expected=expected)
        if not current.is_awaited():
            raise NotNow("Văn bản này không hẹn công khai.")
        if current.is_scheduled():
            current.published_from, current.withdrawn_at = next(iter(current.releases()), (None, None))
        elif ended := current.last_read():
            current.withdrawn_at = ended
        else:
            current.published_from = None
        current.save(update_fields=["published_from", "withdrawn_at"])
        show([current.document_id])


def withdraw(record: Record, *, by: User, reason: str, expected: int) -> None:
    """Take a record off the public pages; it stays approved, and its address answers 410."""
    with acting(Verb.WITHDRAW, record, by=by, body=record.keeper, reason=reason):
        current = lock(record, expected=expected)
        if not current.is_released():
            raise NotNow("Văn bản này không đang công khai.")
        current.withdrawn_at = timezone.now()
        current.save(update_fields=["withdrawn_at"])
        show([current.document_id])


def drop_draft(record: Record, *, by: User, expected: int | None = None) -> None:
    """Drop a draft never approved; its history stays."""
    with acting(Verb.DELETE, record, by=by, body=record.keeper):
        current = lock(record, expected=expected)
        if current.approved_at is not None:
            raise NotNow("Văn bản đã duyệt thì không xóa được.")
        if current.state == State.WAITING:
            raise NotNow(REFUSED_WHILE[State.WAITING])
        try:
            current.delete()
            current.document.delete()
            # What the person typed in it and did not save goes with it; a colleague's stays for the colleague.
            WorkingCopy.objects.filter(record_code=current.code, owner=by).delete()
        except ProtectedError as error:
            raise NotNow(
                "Văn bản khác đang dẫn hoặc nối với văn bản này, hoặc văn bản đã gửi lấy ý kiến: không xóa được."
            ) from error


def submit_copy(copy: WorkingCopy, record: Record, *, by: User) -> None:
    """Hand the open edit of an approved record to the leader, as it was read."""
    with acting(Verb.SUBMIT, record, by=by, body=record.keeper, reason="bản sửa"):
        _move_copy(copy, State.WAITING, {State.DRAFTING, State.RETURNED}, expected=copy.number)


def return_copy(copy: WorkingCopy, record: Record, *, by: User, reason: str, expected: int) -> None:
    """Return the waiting edit of an approved record with a reason."""
    with acting(Verb.RETURN, record, by=by, body=record.keeper, reason=reason):
        returned = {"reason": reason, "returned": copy.data}
        _move_copy(copy, State.RETURNED, {State.WAITING}, expected=expected, **returned)


def merge_copy(
    copy: WorkingCopy,
    record: Record,
    read: Callable[[dict], Any],
    write: Callable[..., Record],
    *,
    by: User,
    expected: int,
) -> Record:
    """Approve the waiting edit of an approved record: exactly what was opened, on the version it began from.

    ``read`` turns the copy's raw data into an entry, or refuses with :class:`NotNow`; ``write`` is the
    same action that saves a record of this kind.
    """
    with acting(Verb.APPROVE, record, by=by, body=record.keeper, reason="bản sửa"):
        current = lock_copy(copy, expected=expected)
        if current.state != State.WAITING:
            raise NotNow("Bản sửa này không còn chờ duyệt.")
        if lock(record).version != current.based_on:
            raise Moved("Văn bản đã được chỉnh sau khi bản sửa này bắt đầu. Xin trả lại để cán bộ xem lại.")
        merged = write(read(current.data), by=by, expected=current.based_on, verb=Verb.APPROVE)
        merged.approved_at = timezone.now()
        merged.save(update_fields=["approved_at"])
        place_again([merged])
        current.delete()
    return merged


def recall_copy(copy: WorkingCopy, record: Record, *, by: User) -> None:
    """Take a waiting edit back for more work."""
    with acting(Verb.RECALL, record, by=by, body=record.keeper, reason="bản sửa"):
        _move_copy(copy, State.DRAFTING, {State.WAITING})


def drop_copy(copy: WorkingCopy, record: Record, *, by: User, expected: int) -> None:
    """Give up the open edit; the approved version stands as it was. What waits is taken back first."""
    with acting(Verb.RECALL, record, by=by, body=record.keeper, reason="bỏ bản đang sửa"):
        current = lock_copy(copy, expected=expected)
        if current.state == State.WAITING:
            raise NotNow("Bản sửa đang chờ duyệt. Rút lại rồi mới bỏ được.")
        current.delete()


def lock_copy(copy: WorkingCopy, *, expected: int | None = None) -> WorkingCopy:
    """The working copy, locked, refused when it was saved again meanwhile."""
    current = WorkingCopy.objects.select_for_update().filter(pk=copy.pk).first()
    if current is None:
        raise Moved("Bản sửa này không còn.")
    if expected is not None and current.number != expected:
        raise Moved("Bản sửa đã thay đổi sau khi đồng chí mở trang này. Xin xem lại rồi quyết định.")
    return current


def _move_copy(
    copy: WorkingCopy, to: State, allowed: set[State], *, expected: int | None = None, **fields: Any
) -> None:
    current = lock_copy(copy, expected=expected)
    if current.state not in allowed:
        raise NotNow("Bản sửa này không còn ở tình trạng ấy.")
    current.state, current.state_since = to, timezone.now()
    for name, value in fields.items():
        setattr(current, name, value)
    current.save()

"""Working copies and autosaves: a form's data beside its record, never a second set of rows."""

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from portal.actions.records import Moved, NotNow, lock
from portal.columns import new_code
from portal.models import Act, Paper, State, User, WorkingCopy

LARGEST = 1_000_000
"""Characters of JSON one form may hold; a longer one is refused."""

MOST_AUTOSAVES = 50
"""Unsaved forms kept for one person."""


def as_data(query: QueryDict) -> dict[str, list[str]]:
    """A form's data as JSON."""
    return {name: list(values) for name, values in query.lists()}


def as_query(data: dict[str, Any]) -> QueryDict:
    """A form's data from JSON; anything that is not lists of text is left out."""
    query = QueryDict(mutable=True)
    for name, values in data.items():
        if isinstance(values, list):
            query.setlist(name, [value for value in values if isinstance(value, str)])
    return query


def open_copy(form: str, record: Paper) -> WorkingCopy | None:
    """The one open edit of an approved record."""
    return WorkingCopy.objects.filter(
        purpose=WorkingCopy.Purpose.COPY, form=form, record_code=record.code
    ).select_related("owner").first()  # fmt: skip


@transaction.atomic
def save_copy(
    form: str, record: Paper, data: QueryDict, *, by: User, expected: int | None, based_on: int | None = None
) -> WorkingCopy:
    """Keep a clerk's edit of an approved record.

    ``expected`` is the number of the copy the person opened, 0 when there was none; ``based_on`` the version
    of the record they saw. Either one moved, and the edit is refused: it would undo what it never saw.
    """
    approved = lock(record, expected=based_on)
    current = WorkingCopy.objects.select_for_update().filter(
        purpose=WorkingCopy.Purpose.COPY, form=form, record_code=record.code
    ).first()  # fmt: skip
    if (current.number if current else 0) != (expected or 0):
        raise Moved("Bản sửa đã được người khác lưu.")
    if current is None:
        current = WorkingCopy(purpose=WorkingCopy.Purpose.COPY, form=form, record_code=record.code, number=0)
    elif current.state == State.WAITING:
        raise NotNow("Bản sửa đang chờ duyệt.")
    current.based_on, current.keeper = approved.version, approved.keeper
    current.owner, current.data, current.number = by, as_data(data), current.number + 1
    current.save()
    return current


def autosave(user: User, form: str, code: str, data: QueryDict) -> WorkingCopy:
    """Keep what a person has typed in one form, apart from the record."""
    kept = as_data(data)
    if sum(len(name) + sum(map(len, values)) for name, values in kept.items()) > LARGEST:
        raise NotNow("Nội dung quá dài để lưu tạm.")
    mine = WorkingCopy.objects.filter(purpose=WorkingCopy.Purpose.AUTOSAVE, owner=user)
    if mine.exclude(form=form, record_code=code).count() >= MOST_AUTOSAVES:
        raise NotNow("Có quá nhiều bản lưu tạm. Xin lưu hoặc bỏ bớt các bản cũ.")
    saved, _ = WorkingCopy.objects.update_or_create(
        purpose=WorkingCopy.Purpose.AUTOSAVE, form=form[:40], record_code=code, owner=user,
        defaults={"data": kept, "state_since": timezone.now()},
    )  # fmt: skip
    return saved


def comes_late(user: User, form: str, record: Paper, seen: int) -> bool:
    """Whether a person has saved a form since opening the page that now sends what it had before.

    ``seen`` is what that page would have saved upon: the record's version, or the working copy's number.
    """
    if record.state == State.APPROVED:
        copy = open_copy(form, record)
        return copy is not None and copy.owner == user and copy.number > seen
    return Act.objects.about(record).filter(person=user, version__gt=seen).exists()


def autosave_of(user: User, form: str, code: str) -> WorkingCopy | None:
    """What a person typed in a form and did not save."""
    return WorkingCopy.objects.filter(
        purpose=WorkingCopy.Purpose.AUTOSAVE, form=form, record_code=code, owner=user
    ).first()  # fmt: skip


def move_autosave(user: User, form: str, code: str) -> str:
    """A code of its own for what a person typed into a record that is no more; returns it.

    The code it had keeps the journal of the record that went.
    """
    own = new_code()
    WorkingCopy.objects.filter(
        purpose=WorkingCopy.Purpose.AUTOSAVE, form=form, record_code=code, owner=user
    ).update(record_code=own)
    return own


def forget_autosave(user: User, form: str, code: str) -> None:
    """A save makes the autosave needless."""
    WorkingCopy.objects.filter(
        purpose=WorkingCopy.Purpose.AUTOSAVE, form=form, record_code=code, owner=user
    ).delete()  # fmt: skip

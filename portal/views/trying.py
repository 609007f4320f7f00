"""An edit looked at as it would stand: written by the action that approves it, seen, and taken back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from portal.models import Paper, User, Verb
from portal.views.entry import EntryView

Seen = TypeVar("Seen")


class _TakenBack(Exception):
    """Undoes what was written only to be looked at."""


def seen_as_written(
    view: type[EntryView], record: Paper, entry: Any, *, by: User, look: Callable[[Paper], Seen]
) -> Seen:
    """What ``look`` finds in a record as an entry would leave it; nothing stays written."""
    try:
        with transaction.atomic():
            fresh = view.model.objects.get(pk=record.pk)
            seen = look(view.write(fresh, entry, by=by, expected=None, verb=Verb.APPROVE))
            raise _TakenBack
    except _TakenBack:
        return seen

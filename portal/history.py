"""Opening acts, writing kept rows in bulk, and telling the journal of a record.

Every change runs inside :func:`acting`; the journal is told from acts and compares the rows each
act wrote with the versions before them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from portal.columns import DerivedMixin
from portal.models.history import DECIDING, Act, Kept, Verb, last_versions, open_act


def code_of(record: models.Model) -> str:
    """The public code an act names a record by; small registers without one are named by their row."""
    return getattr(record, "code", None) or str(record.pk or "")


@contextmanager
def acting(
    verb: Verb, record: models.Model, *, by: Any = None, body: Any = None, reason: str = ""
) -> Iterator[Act]:
    """Open an act on ``record`` for one transaction.

    An act opened inside another joins it: one press of a button is one line of the journal.
    """
    if (outer := open_act.get()) is not None:
        yield outer
        return
    with transaction.atomic():
        act = Act.objects.create(
            verb=verb,
            record_kind=record._meta.label_lower,
            record_code=code_of(record),
            record_name=str(record)[:500],
            person=by,
            body=body,
            delegated_by=_giver(verb, by, body),
            reason=reason,
            version=getattr(record, "version", None),
        )
        token = open_act.set(act)
        try:
            yield act
        finally:
            open_act.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """What is done within has acts of its own though another is open: one press, and the journal of each record.

    For a press that writes into a second record that people read a journal of.
    """
    token = open_act.set(None)
    try:
        yield
    finally:
        open_act.reset(token)


def _giver(verb: Verb, by: Any, body: Any) -> Any:
    """Who gave the right by which a person decides for a body, where it is not their own."""
    given = by.delegation_in(body.pk) if by and body and verb in DECIDING else None
    return given.delegated_by if given else None


def finish(act: Act, record: models.Model) -> None:
    """Write the record's name, code and version as the act left them."""
    act.record_name, act.record_code = str(record)[:500], code_of(record)
    act.version = getattr(record, "version", None)
    act.save(update_fields=["record_name", "record_code", "version"])


def bulk_create(rows: Sequence[Kept], *, batch_size: int = 500) -> list:
    """Insert kept rows with their history, in few queries."""
    if not rows:
        return []
    return bulk_create_with_history(rows, type(rows[0]), batch_size=batch_size)


def bulk_update(rows: Sequence[Kept], fields: Iterable[str], *, batch_size: int = 500) -> None:
    """Update kept rows with their history; derived columns follow their sources."""
    if not rows:
        return
    model = type(rows[0])
    names = set(fields) | model.derived_from(fields)
    for field in model._meta.concrete_fields:
        if isinstance(field, DerivedMixin) and field.name in names:
            for row in rows:
                field.pre_save(row, add=False)
    bulk_update_with_history(rows, model, sorted(names), batch_size=batch_size)


def bulk_delete(rows: Sequence[Kept], *, batch_size: int = 500) -> None:
    """Delete kept rows, and what hangs on them, with their history, in few queries."""
    if not rows:
        return
    gathered: list[models.Model] = []
    token = last_versions.set(gathered)
    try:
        with transaction.atomic():
            type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
            by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
            for row in gathered:
                by_model[type(row)].append(row)
            for model, last in by_model.items():
                model._base_manager.bulk_create(last, batch_size=batch_size)
    finally:
        last_versions.reset(token)

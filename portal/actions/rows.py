"""Writing the ordered rows of a record: kept where they match, changed where they differ, else added or dropped."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from portal.models import Kept


def write_rows(
    existing: Iterable[Kept],
    wanted: Sequence[dict[str, Any]],
    *,
    match: tuple[str, ...],
    new: Callable[..., Kept],
) -> list[Kept]:
    """Make the rows of a record what ``wanted`` says, in its order; ``position`` is written here.

    Rows are recognised by the values of ``match``; a row nothing recognises is dropped, and only
    rows that differ are written, so that the history shows what really changed. ``new`` makes an
    unsaved row from its values.
    """
    waiting: dict[tuple, list[Kept]] = {}
    for row in existing:
        waiting.setdefault(tuple(getattr(row, name) for name in match), []).append(row)
    taken = []
    for values in wanted:
        key = tuple(values.get(name) for name in match)
        same = waiting.get(key)
        taken.append(same.pop(0) if same else None)
    for row in [row for rows in waiting.values() for row in rows]:
        row.delete()
    return [_write_row(row, values | {"position": place}, new) for place, (row, values) in
            enumerate(zip(taken, wanted, strict=True), start=1)]  # fmt: skip


def _write_row(row: Kept | None, values: dict[str, Any], new: Callable[..., Kept]) -> Kept:
    values = {name: value for name, value in values.items() if name != "pk"}
    if row is None:
        row = new(**values)
        row.save()
    else:
        set_changed(row, values)
    return row


def set_changed(row: Kept, values: dict[str, Any]) -> list[str]:
    """Write only the fields that differ; returns their names."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save()
    return changed

"""Writing the ordered rows of a record: kept where they match, changed where they differ, else added or dropped.

All rows of a set are written together: the number of queries does not follow the number of rows.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from portal.history import bulk_create, bulk_delete, bulk_update
from portal.models import Kept

Values = dict[str, Any]


def write_rows(
    existing: Iterable[Kept],
    wanted: Sequence[Values],
    *,
    match: tuple[str, ...],
    new: Callable[..., Kept],
) -> list[Kept]:
    """Make the rows of a record what ``wanted`` says, in its order; ``position`` is written here.

    Rows are recognised by the values of ``match``; a row nothing recognises is dropped, and only
    rows that differ are written, so that the history shows what really changed. ``new`` makes an
    unsaved row from its values. Rows that say their own ``position`` keep it.
    """
    waiting: dict[tuple, list[Kept]] = {}
    for row in existing:
        waiting.setdefault(tuple(getattr(row, name) for name in match), []).append(row)
    taken = []
    for values in wanted:
        key = tuple(values.get(name) for name in match)
        same = waiting.get(key)
        taken.append(same.pop(0) if same else None)
    bulk_delete([row for rows in waiting.values() for row in rows])
    rows, added, kept = [], [], []
    for place, (row, values) in enumerate(zip(taken, wanted, strict=True), start=1):
        values = {"position": place} | {name: value for name, value in values.items() if name != "pk"}
        if row is None:
            row = new(**values)
            added.append(row)
        else:
            kept.append((row, values))
        rows.append(row)
    set_changed(kept)
    bulk_create(added)
    return rows


def set_changed(pairs: Iterable[tuple[Kept, Values]]) -> None:
    """Write only the rows that differ from the values beside them, and only the fields that differ in some."""
    changed: list[Kept] = []
    names: set[str] = set()
    for row, values in pairs:
        other = [name for name, value in values.items() if getattr(row, name) != value]
        for name in other:
            setattr(row, name, values[name])
        if other:
            changed.append(row)
            names.update(other)
    bulk_update(changed, names)


def write_links(held: dict[Any, Kept], wanted: dict[Any, Kept]) -> None:
    """Make the links of a row what is wanted, keyed by what they point at; those that stand stay."""
    bulk_delete([link for key, link in held.items() if key not in wanted])
    bulk_create([link for key, link in wanted.items() if key not in held])

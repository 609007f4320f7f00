"""A programme or plan beside the one it continues, and two versions of a paper: what was kept, changed, added, dropped."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from portal.changes import Change, woven
from portal.forms.differences import differences
from portal.forms.papers import PaperForm
from portal.models import Audience
from portal.text import fold
from programs.models import Item, Plan, Program

NOUNS = {"items": "nội dung phối hợp"}


class Pair(NamedTuple):
    """One commitment or task in two papers: ``kept``, ``changed``, ``added`` (no before) or ``dropped`` (no after)."""

    kind: str
    before: str
    after: str


def lineage_pairs(
    paper: Program | Plan,
    audiences: Collection[str] = (Audience.PUBLIC,),
    before: Collection[str] | None = None,
) -> list[Pair]:
    """The items of a paper beside those of the one it continues, in the order of the new one.

    ``audiences`` are those whose items the reader may read, in the new paper and, unless ``before`` says
    otherwise, in the old one. What the reader may not read counts as not there, so that its existence
    shows nowhere; whether the old paper may be read at all is for the caller to ask.
    """
    if paper.predecessor_id is None:
        return []
    items, readable = paper.items, audiences if before is None else before
    new = [item for item in items.all() if item.audience in audiences]
    of_before = {items.field.name: paper.predecessor_id}
    old = list(items.model.objects.filter(**of_before, audience__in=readable))
    was = _continued(new, old)
    continued = {item.pk for item in was.values()}
    rows = [(was[item.pk].pk if item.pk in was else None, _pair(was.get(item.pk), item)) for item in new]
    dropped = {item.pk: Pair("dropped", item.text, "") for item in old if item.pk not in continued}
    return woven(rows, [item.pk for item in old], dropped)


def _continued(new: list[Item], old: list[Item]) -> Mapping[int, Item]:
    """For each new item the old one it continues: as recorded, else one that says the same and is free."""
    by_key = {item.pk: item for item in old}
    was = {item.pk: by_key[item.origin_id] for item in new if item.origin_id in by_key}
    taken = {item.pk for item in was.values()}
    free: dict[str, list[Item]] = {}
    for item in old:
        if item.pk not in taken:
            free.setdefault(fold(item.text), []).append(item)
    for item in new:
        if item.pk not in was and free.get(fold(item.text)):
            was[item.pk] = free[fold(item.text)].pop(0)
    return was


def _pair(before: Item | None, after: Item) -> Pair:
    if before is None:
        return Pair("added", "", after.text)
    kind = "kept" if fold(before.text) == fold(after.text) else "changed"
    return Pair(kind, before.text, after.text)


def difference(before: PaperForm, after: PaperForm) -> list[Change]:
    """What a working copy changes against the approved version, both as forms over their raw data."""
    return differences(before, after, NOUNS)

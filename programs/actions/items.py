"""Writing the ordered parts of a paper: the commitments of a programme, the tasks of a plan, and who does them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager

from portal.actions.rows import write_rows
from portal.models import Audience, Organization
from programs.models import Item, Plan, Program


@dataclass
class BodyEntry:
    """A body of a commitment or task; a group may stand as printed."""

    part: str
    organization: Organization | None = None
    printed: str = ""


@dataclass
class ItemEntry:
    """One commitment as entered; ``pk`` of the item it was, ``origin`` the item of the paper before."""

    text: str
    pk: int | None = None
    origin: Item | None = None
    audience: str = Audience.PUBLIC
    bodies: list[BodyEntry] = field(default_factory=list)
    marks: dict = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What its row holds."""
        names = ("pk", "text", "audience", "origin", "marks")
        return {name: getattr(self, name) for name in names}


def write_parts(parts: Manager, entries: Sequence[ItemEntry]) -> list[Item]:
    """Write the ordered parts of one kind, ``plan.items`` or ``plan.targets``, as entered."""
    return write_rows(
        parts.select_related(*parts.model.links),
        [one.columns() for one in entries],
        match=("pk",),
        new=lambda **values: parts.model(**{parts.field.name: parts.instance}, **values),
    )


def write_items(paper: Program | Plan, entries: Sequence[ItemEntry]) -> None:
    """Write the commitments or tasks in order, each with its lead and joint bodies."""
    items = paper.items
    rows = write_parts(items, entries)
    bodies = items.model.bodies.rel.related_model
    wanted = [
        {"item_id": item.pk, "part": one.part, "organization": one.organization, "printed": one.printed,
         "position": place}
        for item, entry in zip(rows, entries, strict=True)
        for place, one in enumerate(entry.bodies, start=1)
    ]  # fmt: skip
    write_rows(
        bodies.objects.filter(**{f"item__{items.field.name}": paper}).select_related("organization"),
        wanted,
        match=("item_id", "part", "organization", "printed"),
        new=bodies,
    )

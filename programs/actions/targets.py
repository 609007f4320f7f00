"""A target of a plan as entered, with the bodies it counts by name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.actions.rows import write_rows
from portal.models import AdministrativeUnit, BodyGroup, Organization
from programs.actions.items import ItemEntry, write_parts
from programs.models import Plan, Target, TargetBody
from programs.targets import Asked


@dataclass
class TargetEntry(ItemEntry):
    """One target as entered: what it asks, of which group of bodies in which territory, measured how."""

    asked: Asked = field(default_factory=Asked)
    group: BodyGroup | None = None
    territory: AdministrativeUnit | None = None
    measure: str = ""
    under: Target | None = None
    bodies: list[Organization] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        asked = self.asked
        said = {
            name: getattr(asked, name) for name in ("kind", "low", "high", "unit", "is_striving", "is_each")
        }
        names = ("group", "territory", "measure", "under")
        return super().columns() | said | {name: getattr(self, name) for name in names}


def write_targets(plan: Plan, entries: Sequence[TargetEntry]) -> None:
    """Write the targets of a plan in order, each with the bodies it counts by name."""
    targets = write_parts(plan.targets, entries)
    wanted = [
        {"target_id": target.pk, "organization_id": body.pk, "position": place}
        for target, entry in zip(targets, entries, strict=True)
        for place, body in enumerate(entry.bodies, start=1)
    ]
    write_rows(
        TargetBody.objects.filter(target__plan=plan),
        wanted,
        match=("target_id", "organization_id"),
        new=TargetBody,
    )

"""Writing the targets of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.actions.rows import write_rows
from portal.models import AdministrativeUnit, BodyGroup
from programs.actions.items import ItemEntry
from programs.models import Plan, Target
from programs.targets import Asked


@dataclass
class TargetEntry(ItemEntry):
    """One target as entered: what it asks, of which group of bodies in which territory, measured how."""

    asked: Asked = field(default_factory=Asked)
    group: BodyGroup | None = None
    territory: AdministrativeUnit | None = None
    measure: str = ""

    def columns(self) -> dict[str, Any]:
        asked = self.asked
        said = {name: getattr(asked, name) for name in ("kind", "low", "high", "unit", "is_striving")}
        whom = {"group": self.group, "territory": self.territory, "measure": self.measure}
        return super().columns() | said | whom


def write_targets(plan: Plan, entries: Sequence[TargetEntry]) -> None:
    """Write the targets of a plan in order."""
    write_rows(
        plan.targets.select_related(*Target.links),
        [one.columns() for one in entries],
        match=("pk",),
        new=lambda **values: Target(plan=plan, **values),
    )

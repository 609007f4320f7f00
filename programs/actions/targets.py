"""A target of a plan as entered."""

from dataclasses import dataclass, field
from typing import Any

from portal.models import AdministrativeUnit, BodyGroup
from programs.actions.items import ItemEntry
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

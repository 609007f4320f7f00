"""Where bodies are at home on the map: their territories, what those grew out of, and the provinces around.

Names of communes and of their bodies recur across the country; whoever types one mostly means that at home.
"""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import Q

from portal.models import AdministrativeUnit, UnitSuccession


class Home:
    """The home of some bodies; looked up when first asked."""

    def __init__(self, bodies: Iterable[int]) -> None:
        self._bodies = list(bodies)

    @cached_property
    def _paths(self) -> dict[int, str]:
        """The territories of the bodies and those they grew out of, the country itself left out."""
        if not self._bodies:
            return {}
        own = AdministrativeUnit.objects.filter(bodies__in=self._bodies, level__rank__gt=0).values("pk")
        home = Q(pk__in=own) | Q(
            pk__in=UnitSuccession.objects.filter(successor__in=own).values("predecessor")
        )
        known = AdministrativeUnit.objects.filter(home, level__rank__gt=0).order_by()
        return dict(known.values_list("pk", "path"))

    @property
    def units(self) -> list[int]:
        """The territories of home, by primary key."""
        return list(self._paths)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """The paths of the provinces home lies in: of what lies around it, the first below the country."""
        codes = {code for path in self._paths.values() for code in path.split("/") if code}
        around = AdministrativeUnit.objects.filter(code__in=codes, level__rank__gt=0).order_by("path")
        highest: list[str] = []
        for path in around.values_list("path", flat=True) if codes else ():
            if not path.startswith(tuple(highest)):
                highest.append(path)
        return tuple(highest)

    def nearness(self, unit: AdministrativeUnit | None) -> int:
        """2 for a territory of home, 1 for one in the same province, else 0."""
        if unit is None:
            return 0
        return 2 if unit.pk in self._paths else int(unit.path.startswith(self.provinces))

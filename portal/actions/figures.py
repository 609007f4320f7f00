"""Writing the figures of a paper with their parts, inside the act of the record it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.actions.rows import write_rows
from portal.columns import date_columns, period_columns
from portal.dates import PartialDate, Period
from portal.models import AdministrativeUnit, Audience, Document, Figure, FigurePart, Organization


@dataclass
class FigureEntry:
    """One figure as entered; ``pk`` of the figure it was. Whose it is, where the row does not say, its paper says."""

    counts: str
    pk: int | None = None
    value: Decimal | None = None
    unit: str = ""
    approximator: str = ""
    of_value: Decimal | None = None
    as_of: PartialDate = field(default_factory=PartialDate.unknown)
    period: Period = field(default_factory=Period.unknown)
    nature: str = ""
    change: Decimal | None = None
    change_unit: str = ""
    change_against: str = ""
    quoted_from: str = ""
    audience: str = Audience.PUBLIC
    parts: Sequence[tuple[str, Decimal]] = ()
    marks: dict = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What its row holds."""
        plain = {
            name: value for name, value in vars(self).items() if name not in {"as_of", "period", "parts"}
        }
        return plain | date_columns("as_of", self.as_of) | period_columns("period", self.period)


def write_figures(
    document: Document,
    entries: Sequence[FigureEntry],
    *,
    organization: Organization | None = None,
    territory: AdministrativeUnit | None = None,
) -> None:
    """Make the figures of a paper, of one body or territory, what is entered; those the portal computed stay."""
    whose = {"organization": organization, "territory": territory}
    rows = write_rows(
        document.figures.filter(is_computed=False).select_related("organization", "territory"),
        [one.columns() | whose for one in entries],
        match=("pk",),
        new=lambda **values: Figure(document=document, **values),
    )
    wanted = [
        {"figure_id": row.pk, "name": name, "value": value, "position": place}
        for row, entry in zip(rows, entries, strict=True)
        for place, (name, value) in enumerate(entry.parts, start=1)
    ]
    parts = FigurePart.objects.filter(figure__document=document, figure__is_computed=False)
    write_rows(parts, wanted, match=("figure_id", "name"), new=FigurePart)

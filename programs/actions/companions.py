"""The verbs of plans and amendments: entered, approved, published."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.actions import records
from portal.actions.addresses import free_addresses
from portal.actions.circles import place
from portal.actions.documents import PaperEntry, write_paper
from portal.actions.showing import show
from portal.dates import Period
from portal.models import Organization, User
from portal.text import slugify
from programs.actions.items import write_items
from programs.actions.plans import PlanItemEntry, refresh_plans
from programs.actions.targets import TargetEntry, write_targets
from programs.models import Amendment, Plan, Program

Companion = Plan | Amendment


@dataclass
class CompanionEntry:
    """A plan or an amendment as entered."""

    paper: PaperEntry
    program: Program | None = None
    content: str = ""
    note: str = ""
    marks: dict = field(default_factory=dict)


@dataclass
class PlanEntry(CompanionEntry):
    """A plan as entered, with its tasks, its targets and the plans it carries out and continues."""

    period: Period = field(default_factory=Period.unknown)
    items: list[PlanItemEntry] = field(default_factory=list)
    targets: list[TargetEntry] = field(default_factory=list)
    parent: Plan | None = None
    predecessor: Plan | None = None
    purposes: str = ""
    implementation: str = ""


OF_PLANS = ("period", "parent", "predecessor", "purposes", "implementation")


def save_companion(
    record: Companion | None,
    entry: CompanionEntry,
    *,
    model: type[Companion],
    by: User | None,
    keeper: Organization | None = None,
    **how: Any,
) -> Companion:
    """Write a plan or an amendment as entered; ``how`` as for a programme."""
    with records.writing(record or model(keeper=keeper, written_by=by), by=by, **how) as record:
        record.document = write_paper(record.document, entry.paper, by=by)
        moved = record.pk is not None and record.program != entry.program
        record.program, record.content, record.note = entry.program, entry.content, entry.note
        record.marks = entry.marks
        if isinstance(record, Plan):
            for name in OF_PLANS:
                setattr(record, name, getattr(entry, name))
        place([record])
        record.save()
        if isinstance(record, Plan):
            write_items(record, entry.items)
            write_targets(record, entry.targets)
            refresh_plans([record.pk])
            record.refresh_from_db(fields=["search_text"])
        if moved:  # what is read under a programme is told of with it
            show([record.document_id])
    return record


def publish_companion(record: Companion, *, by: User, expected: int, start: datetime | None = None) -> None:
    """Show an approved plan or amendment to the public."""
    base = slugify(f"{record.document.title} {record.document.number}", max_length=140) or record.code
    addresses = free_addresses(type(record), base)
    records.publish(record, by=by, addresses=addresses, start=start, expected=expected)

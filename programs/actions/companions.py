"""The verbs of plans and amendments: entered, approved, published."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.actions import records
from portal.actions.addresses import free_addresses
from portal.actions.circles import place
from portal.actions.documents import PaperEntry, write_paper
from portal.actions.showing import show
from portal.dates import Period, PeriodKind
from portal.models import Organization, User, Verb
from portal.text import fold, slugify
from programs.models import Amendment, Plan, Program

Companion = Plan | Amendment


@dataclass
class CompanionEntry:
    """A plan or an amendment as entered; the period is a plan's alone."""

    paper: PaperEntry
    program: Program | None = None
    period: Period = field(default_factory=lambda: Period(PeriodKind.UNKNOWN, None, None, ""))
    content: str = ""
    note: str = ""
    marks: dict = field(default_factory=dict)


def save_companion(
    record: Companion | None,
    entry: CompanionEntry,
    *,
    model: type[Companion],
    by: User | None,
    keeper: Organization | None = None,
    expected: int | None = None,
    verb: Verb | None = None,
    **fields: object,
) -> Companion:
    """Write a plan or an amendment as entered."""
    record = record or model(keeper=keeper, written_by=by)
    with records.writing(record, by=by, expected=expected, verb=verb, **fields) as record:
        record.document = write_paper(record.document, entry.paper, by=by)
        moved = record.pk is not None and record.program != entry.program
        record.program, record.content, record.note = entry.program, entry.content, entry.note
        record.marks = entry.marks
        if isinstance(record, Plan):
            record.period = entry.period
            record.search_text = search_text(record)
        place([record])
        record.save()
        if moved:  # what is read under a programme is told of with it
            show([record.document_id])
    return record


def search_text(plan: Plan) -> str:
    """What a plan is found by."""
    words = [plan.document.title, plan.document.number, str(plan.period)]
    words += [str(partner) for partner in plan.document.partners.select_related("organization")]
    signed = plan.document.signatures.filter(person__isnull=False)
    words += [plan.content, *signed.values_list("person__name", flat=True)]
    return fold(" ".join(words))


def publish_companion(record: Companion, *, by: User, expected: int, start: datetime | None = None) -> None:
    """Show an approved plan or amendment to the public."""
    base = slugify(f"{record.document.title} {record.document.number}", max_length=140) or record.code
    addresses = free_addresses(type(record), base)
    records.publish(record, by=by, addresses=addresses, start=start, expected=expected)

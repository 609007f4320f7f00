"""The verbs of programmes: entered, continued, approved, published.

Each verb is atomic and opens one act. Columns derived from other rows are refreshed in the act that
touched those rows, by :func:`refresh`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from portal.actions import records
from portal.actions.addresses import free_addresses
from portal.actions.circles import place
from portal.actions.documents import PaperEntry, write_paper
from portal.actions.rows import write_links
from portal.actions.search_texts import write_search_texts
from portal.columns import UNKNOWN_DAY
from portal.dates import PartialDate, Period, PeriodKind
from portal.history import acting
from portal.models import (
    Audience,
    Organization,
    Partner,
    SearchText,
    Signature,
    State,
    Tag,
    User,
    Verb,
)
from portal.text import fold, slugify
from portal.wording import joined, side_names
from programs.actions.items import ItemEntry, write_items
from programs.life import in_force_span, is_signed, parties_ended, signed_in
from programs.models import ContentItem, Program, ProgramTag


@dataclass
class ProgramEntry:
    """A whole programme as entered: what the form or a loader hands to :func:`save_program`."""

    paper: PaperEntry
    period: Period = field(default_factory=lambda: Period(PeriodKind.UNKNOWN, None, None, ""))
    items: list[ItemEntry] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    consented: PartialDate = field(default_factory=PartialDate.unknown)
    predecessor: Program | None = None
    follows: Program | None = None
    texts: dict[str, str] = field(default_factory=dict)
    stated_item_count: int | None = None
    marks: dict = field(default_factory=dict)


TEXTS = (
    "purposes", "methods", "implementation", "articles", "theme", "cadence", "cadence_printed", "consent_by",
    "consent_paper", "note",
)  # fmt: skip


def save_program(
    program: Program | None,
    entry: ProgramEntry,
    *,
    by: User | None,
    keeper: Organization | None = None,
    **how: Any,
) -> Program:
    """Write a programme as entered: a new draft, a draft changed, or an approved version merged.

    ``how`` is the rest that :func:`records.writing` is told: version, verb, further columns of loaders.
    """
    with records.writing(program or Program(keeper=keeper, written_by=by), by=by, **how) as program:
        _write_head(program, entry, by=by)
        write_items(program, entry.items)
        write_tags(program, entry.tags)
        refresh(kin(program))
        program.refresh_from_db()
    return program


def _write_head(program: Program, entry: ProgramEntry, *, by: User | None) -> None:
    program.document = write_paper(program.document, entry.paper, by=by)
    program.period, program.consented = entry.period, entry.consented
    program.stated_item_count, program.marks = entry.stated_item_count, entry.marks
    program.predecessor, program.follows = entry.predecessor, entry.follows
    for name in TEXTS:
        setattr(program, name, entry.texts.get(name, ""))
    program.save()


def write_tags(program: Program, tags: list[Tag]) -> None:
    """Write what a programme is about."""
    write_links(
        {link.tag_id: link for link in program.tag_links.all()},
        {tag.pk: ProgramTag(program=program, tag=tag) for tag in tags},
    )


# --- derived columns


def kin(program: Program) -> list[int]:
    """A programme and those whose life depends on it: the terms before it, now and in earlier versions."""
    old = program.history.order_by().values_list("predecessor_id", flat=True).distinct()
    return [program.pk, *{pk for pk in (program.predecessor_id, *old) if pk}]


DERIVED = (
    "parties_label", "search_text", "sort_key", "listed_on", "is_signed", "signed_in", "in_force_from", "in_force_until",
    "inside_until", "parties_ended_on", "has_successor", "circle_id", "sides_id", "given_first", "given_last",
)  # fmt: skip


SEARCHED_BYTES = 2400
"""The longest search text: what an entry of an index can hold beside the other columns."""


def refresh(program_ids: Iterable[int], *, batch: int = 1000) -> int:
    """Write the derived columns of these programmes; returns how many changed.

    Derived columns are recomputable, so they are written without a version of their own.
    """
    ids, changed = list(dict.fromkeys(program_ids)), 0
    for start in range(0, len(ids), batch):
        programs = list(
            Program.objects.filter(pk__in=ids[start : start + batch]).select_related("document__type")
        )
        changed += _refresh(programs)
    return changed


def _refresh(programs: list[Program]) -> int:
    partners: dict[int, list[Partner]] = defaultdict(list)
    documents = [program.document_id for program in programs]
    for partner in Partner.objects.filter(document__in=documents).select_related("organization"):
        partners[partner.document_id].append(partner)
    followed: dict[int, list[Program]] = defaultdict(list)
    for later in Program.objects.approved().filter(predecessor__in=programs).select_related("document"):
        followed[later.predecessor_id].append(later)
    before = [_derived(program) for program in programs]
    place(programs)
    for program in programs:
        _derive(program, partners[program.document_id], followed[program.pk])
    changed = [program for program, was in zip(programs, before, strict=True) if _derived(program) != was]
    Program.objects.bulk_update(changed, DERIVED, batch_size=500)
    write_search_texts(_parts(programs, partners))
    return len(changed)


def _parts(programs: list[Program], partners: dict[int, list[Partner]]) -> dict[int, dict[str, list[str]]]:
    """What each programme is found by, by who reads it: its names, its signatories, its commitments, its focal rooms."""
    found: dict[int, dict[str, list[str]]] = {
        one.document_id: {
            Audience.PUBLIC: [one.parties_label, one.document.title, one.document.number, str(one.period)],
            Audience.PARTIES: [],
            Audience.BODY: [],
        }
        for one in programs
    }
    signed = Signature.objects.filter(document__in=found, person__isnull=False).order_by(
        "document", "side", "position"
    )
    for document, name in signed.values_list("document_id", "person__name"):
        found[document][Audience.PUBLIC].append(name)
    for program in programs:
        found[program.document_id][Audience.PUBLIC].append(program.articles)
    items = ContentItem.objects.filter(program__in=programs).order_by("program", "position")
    for document, audience, text in items.values_list("program__document_id", "audience", "text"):
        found[document][audience].append(text)
    for document, sides in partners.items():
        found[document][Audience.PARTIES] += [one.focal_room for one in sides if one.focal_room]
    return found


def _derived(program: Program) -> list[object]:
    return [getattr(program, name) for name in DERIVED]


def tells(program: Program, later: Program) -> bool:
    """Whether everybody may know that a programme yields to one that continues it.

    A public page must not tell of a successor that is approved and not published; who reads that
    successor knows better by ``inside_until``.
    """
    return later.is_public() or not program.is_public()


def _derive(program: Program, partners: list[Partner], later: list[Program]) -> None:
    document = program.document
    program.parties_label = joined(side_names(partners))[:600]
    words = [program.parties_label, document.number, document.title, str(program.period)]
    words += [partner.organization.name for partner in partners if partner.organization]
    words += [partner.organization.abbreviation for partner in partners if partner.organization]
    words += [str(document.dated), document.type.name if document.type else ""]
    found_by = " ".join(dict.fromkeys(fold(" ".join(words)).split()))
    program.search_text = found_by.encode()[:SEARCHED_BYTES].decode(errors="ignore")
    program._meta.get_field("sort_key").pre_save(program, add=False)
    program.is_signed = counts_as_signed(program)
    program.signed_in = signed_in(document.dated, is_signed=program.is_signed)
    starts = {one: own_span(one)[0] for one in later}
    told = [start for one, start in starts.items() if tells(program, one)]
    program.in_force_from, program.in_force_until = own_span(program, told)
    until = own_span(program, starts.values())[1]
    program.inside_until = until if until != program.in_force_until else None
    program.listed_on = program.in_force_from or program.period.first or document.dated_first or UNKNOWN_DAY
    bodies = [partner.organization for partner in partners if partner.organization]
    program.parties_ended_on = parties_ended(body.ended_on for body in bodies)
    program.has_successor = bool(later)


def own_span(program: Program, successors: Iterable[date | None] = ()) -> tuple[date | None, date | None]:
    """First and last day in force, by the programme's own dates and those that continue it."""
    return in_force_span(
        program.period,
        program.document.dated_first,
        is_signed=counts_as_signed(program),
        successors=successors,
    )


def counts_as_signed(program: Program) -> bool | None:
    """Whether a programme's paper counts as signed, by what is recorded of it now; None where that is not known."""
    document, is_approved = program.document, program.state == State.APPROVED
    return is_signed(document.signing, is_dated=document.dated.known, is_approved=is_approved)


def touching(**lookups: object) -> list[int]:
    """The programmes whose papers match, for :func:`refresh`."""
    return list(Program.objects.filter(**lookups).values_list("pk", flat=True))


# --- the way of a programme


def approve(program: Program, *, by: User, expected: int, reason: str = "") -> None:
    """Approve; a predecessor yields from the day this one came into force."""
    with acting(Verb.APPROVE, program, by=by, body=program.keeper, reason=reason):
        records.approve(program, by=by, expected=expected, reason=reason)
        refresh(kin(program))


def publish(program: Program, *, by: User, expected: int, start: datetime | None = None) -> None:
    """Show an approved programme to the public, now or later; the term before it then yields."""
    with acting(Verb.PUBLISH, program, by=by, body=program.keeper):
        records.publish(program, by=by, addresses=addresses_of(program), start=start, expected=expected)
        refresh(kin(program))


def withdraw(program: Program, *, by: User, reason: str, expected: int) -> None:
    """Take a programme off the public pages; what it continues is in force again as far as everybody knows."""
    with acting(Verb.WITHDRAW, program, by=by, body=program.keeper, reason=reason):
        records.withdraw(program, by=by, reason=reason, expected=expected)
        refresh(kin(program))


def refresh_unsearched() -> int:
    """Refresh programmes that have no search text: those entered before there were any."""
    found = Program.objects.filter(~Exists(SearchText.objects.filter(document=OuterRef("document"))))
    return refresh(list(found.values_list("pk", flat=True)))


def refresh_newly_public(since: datetime) -> int:
    """Refresh those whose scheduled publication came due since a moment, and the terms before them."""
    due = Program.objects.published().filter(published_from__gte=since)
    return refresh([pk for program in due.iterator() for pk in kin(program)])


def addresses_of(program: Program) -> Iterator[str]:
    """Free public addresses: parties and period, then with the number of the paper, then with a count."""
    base = slugify(f"{program.parties_label} {program.period}", max_length=120) or program.code
    return free_addresses(Program, base, slugify(f"{base} {program.document.number}", max_length=140))

"""Keeping circles: which bodies a paper stands between, and who reaches them.

A paper's circles follow its keeper and parties, its years its day, its period, its approval (:func:`place`). The
same stands on its document, so that the list of all documents is asked of one table. A circle's readers follow
the reach table (:func:`follow_reach`). All write only what differs.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef

from portal.batches import AT_ONCE, batches
from portal.models import Circle, CircleReader, Document, Paper, Partner, Reach, State, record_of
from portal.models.documents import READ_INSIDE_BY
from portal.models.records import paper_models

Bodies = frozenset[int]


def hold_reach() -> None:
    """Until this transaction ends nobody else writes who reaches whom, nor a circle, whose readers follow from it.

    SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(one._meta.db_table) for one in (Reach, Circle))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def key_of(bodies: Bodies) -> str:
    """What a circle of these bodies is found by."""
    return hashlib.sha256("-".join(map(str, sorted(bodies))).encode()).hexdigest()


@transaction.atomic
def circles_of(sets: Iterable[Bodies]) -> dict[Bodies, int]:
    """The circle of each set of bodies; one not yet known is made, with its readers."""
    wanted = {key_of(bodies): bodies for bodies in sets if bodies}
    known = _known(wanted)
    if missing := [key for key in wanted if key not in known]:
        rows = [Circle(key=key, bodies=sorted(wanted[key])) for key in missing]
        Circle.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
        made = _known(missing)
        _write_readers({pk: wanted[key] for key, pk in made.items()})
        known |= made
    return {bodies: known[key] for key, bodies in wanted.items()}


def _known(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(keys):
        found |= dict(Circle.objects.filter(key__in=batch).values_list("key", "pk"))
    return found


def parties_of(papers: Sequence[Paper]) -> dict[int, Bodies]:
    """The parties of each paper, by its document."""
    found: dict[int, set[int]] = {paper.document_id: set() for paper in papers}
    for batch in batches(found):
        parties = Partner.objects.filter(document__in=batch, organization__isnull=False)
        for document, body in parties.values_list("document_id", "organization_id"):
            found[document].add(body)
    return {document: frozenset(bodies) for document, bodies in found.items()}


PLACED = ("circle_id", "sides_id", "given_first", "given_last")
"""The columns of a paper that :func:`place` sets."""


def place(papers: Sequence[Paper]) -> list[Paper]:
    """Set the circles and the years of each paper as its keeper, parties and document stand; those changed, unsaved.

    What its document carries of them is written.
    """
    sides = parties_of(papers)
    whole = {paper.document_id: sides[paper.document_id] | {paper.keeper_id} for paper in papers}
    circles = circles_of({*sides.values(), *whole.values()})
    changed = [
        paper
        for paper in papers
        if _set(
            paper,
            PLACED,
            (circles[whole[paper.document_id]], circles.get(sides[paper.document_id]), *paper.years),
        )
    ]
    documents = [paper.document for paper in papers if _set(paper.document, READ_INSIDE_BY, _inside(paper))]
    Document.objects.bulk_update(documents, READ_INSIDE_BY, batch_size=AT_ONCE)
    return changed


def _inside(paper: Paper) -> tuple:
    """What a document carries of its record; its circle and its years once it is approved: until then its keeper reads it."""
    if paper.state != State.APPROVED:
        return paper.keeper_id, None, None, None
    return paper.keeper_id, paper.circle_id, paper.given_first, paper.given_last


def _set(row: Model, names: Sequence[str], values: tuple) -> bool:
    """Set columns of a row; whether one of them differed."""
    if tuple(getattr(row, name) for name in names) == values:
        return False
    for name, value in zip(names, values, strict=True):
        setattr(row, name, value)
    return True


def place_again(papers: Sequence[Paper]) -> None:
    """Place saved papers of one kind; recomputable, so without a version of their own."""
    if changed := place(papers):
        type(changed[0]).objects.bulk_update(changed, PLACED, batch_size=AT_ONCE)


def place_unplaced() -> int:
    """Place the papers of an older version, which had no circle of their parties yet; returns how many."""
    placed = 0
    for model in paper_models():
        party = Partner.objects.filter(document=OuterRef("document"), organization__isnull=False)
        found = model.objects.filter(Exists(party), sides=None).order_by()
        for batch in batches(list(found.values_list("pk", flat=True))):
            place_again(list(model.objects.filter(pk__in=batch).select_related("document")))
            placed += len(batch)
    return placed


def place_document(document_id: int | None) -> None:
    """Place whatever record this document belongs to; one of no record carries nothing."""
    if record := record_of(document_id):
        place_again([record])
        return
    carrying = Document.objects.filter(pk=document_id, keeper__isnull=False)
    carrying.update(**dict.fromkeys(READ_INSIDE_BY))


def follow_reach(bodies: Collection[int]) -> None:
    """Write who reads the circles of these bodies, after the reach table changed for them."""
    touched = set(bodies)
    if not touched:
        return
    rows = Circle.objects.values_list("pk", "bodies").iterator(2000)
    _write_readers({pk: frozenset(members) for pk, members in rows if touched.intersection(members)})


def _write_readers(circles: dict[int, Bodies]) -> None:
    """Make the readers of these circles what the reach table says."""
    reach = _readers_of({body for bodies in circles.values() for body in bodies})
    wanted = {
        (circle, reader) for circle, bodies in circles.items() for body in bodies for reader in reach[body]
    }
    has: dict[tuple[int, int], int] = {}
    for batch in batches(circles):
        rows = CircleReader.objects.filter(circle__in=batch).values_list("circle_id", "body_id", "pk")
        has |= {(circle, body): pk for circle, body, pk in rows}
    for batch in batches(pk for pair, pk in has.items() if pair not in wanted):
        CircleReader.objects.filter(pk__in=batch).delete()
    new = (CircleReader(circle_id=circle, body_id=body) for circle, body in sorted(wanted - has.keys()))
    for batch in batches(new, 5000):
        CircleReader.objects.bulk_create(batch, batch_size=2000)


def _readers_of(bodies: Collection[int]) -> dict[int, set[int]]:
    """Who runs or oversees each of these bodies; each of them itself."""
    readers: dict[int, set[int]] = defaultdict(set)
    for batch in batches(bodies):
        for body, reader in Reach.objects.filter(body__in=batch).values_list("body_id", "reader_id"):
            readers[body].add(reader)
    return readers

"""What the filled papers are found by, for each audience: written in bulk, by the rules of the portal's actions."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db.models import QuerySet

from portal.actions.search_texts import Parts, layered
from portal.models import Partner, SearchText
from programs.actions.programs import _parts
from programs.models import Program
from tests.bench.tables import insert, settle

AT_ONCE = 2000


def fill_search_texts() -> None:
    """Write the search texts of every programme, some thousand papers at a time."""
    numbers = count(1)
    for programs in batches(Program.objects.select_related("document")):
        partners: dict[int, list[Partner]] = defaultdict(list)
        for partner in Partner.objects.filter(document__in=[one.document_id for one in programs]):
            partners[partner.document_id].append(partner)
        insert(SearchText, rows_of(_parts(programs, partners), numbers))
    settle([SearchText])


def batches(found: QuerySet) -> Iterator[list[Any]]:
    """The rows of a queryset in the order of their keys, some thousand at a time."""
    last = 0
    while rows := list(found.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield rows
        last = rows[-1].pk


def rows_of(papers: dict[int, Parts], numbers: Iterator[int]) -> Iterator[dict[str, Any]]:
    """The rows of some papers' search texts."""
    for document, parts in papers.items():
        for audience, text in layered(parts).items():
            yield {"id": next(numbers), "document_id": document, "audience": audience, "text": text}

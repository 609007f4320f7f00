"""What a reader sees of the registers: bodies, persons, documents, and where each is read.

A document of a record is read with its record. One that stands alone is read by everybody when it is open,
else by whoever reads a paper that carries it, resting on it or with it on its table: what only a draft carries
is known to the draft's readers.
Bodies and cited papers are asked one by one whether a paper names them, so that a page of a long list, or
one row's page, never reads all papers.

What a reader is told of is listed, counted and looked for by columns of its own row, which
:mod:`portal.actions.showing` keeps for visitors and :mod:`portal.actions.circles` for readers inside; whatever is
shown of a row is asked by the rule.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from portal import sections
from portal.models import (
    Audience,
    Document,
    Membership,
    Merger,
    Organization,
    Partner,
    Person,
    Role,
    State,
    User,
)
from portal.models.carrying import carriers
from portal.models.records import of_no_record, paper_models, public_models, run, within
from portal.sections import Reader


def published_records() -> list[QuerySet]:
    """The published records, one queryset a kind."""
    return [model.objects.published() for model in public_models()]


def readable_records(reader: Reader) -> list[QuerySet]:
    """The records a reader may read, one queryset a kind."""
    if not reader.is_authenticated:
        return published_records()
    return [model.objects.visible_to(reader) for model in paper_models()]


def in_public_papers() -> Q:
    """Rows of a paper (its partners, its signatures) whose paper is a published record's."""
    return in_papers(published_records(), "document_id")


def in_papers(records: list[QuerySet], column: str) -> Q:
    """Rows whose ``column`` names the paper of one of these records."""
    named = (Q(Exists(found.order_by().filter(document=OuterRef(column)))) for found in records)
    return reduce(or_, named, Q(pk__in=[]))


def heir_of(kind: type[Model], **old: str) -> Model:
    """The record that a merged duplicate's old address or code stands for; 404 when there was none."""
    if (heir := Merger.heir_of(kind, **old)) is None:
        raise Http404
    return heir


def shown_now() -> Q:
    """Rows that visitors are told of at this moment."""
    return Q(shown_from__lte=timezone.now())


# --- bodies


def public_bodies() -> QuerySet:
    """Bodies that stand on a side of a published paper."""
    named = Partner.objects.filter(in_public_papers(), organization=OuterRef("pk"))
    return Organization.objects.filter(Exists(named))


def answering_today(day: date) -> QuerySet:
    """Of the bodies a visitor is told of, those that somebody approves papers for."""
    held = Membership.objects.current(day).filter(role=Role.APPROVER, organization=OuterRef("pk"))
    return public_bodies().alive(day).filter(Exists(held))


def bodies_for(reader: Reader) -> QuerySet:
    """The bodies a reader is told of: signed-in people choose among all of them when they enter papers."""
    return Organization.objects.all() if reader.is_authenticated else public_bodies()


def listed_bodies(reader: Reader) -> QuerySet:
    """The bodies of a reader's list: as :func:`bodies_for`, by the column kept for it."""
    return Organization.objects.all() if reader.is_authenticated else Organization.objects.filter(shown_now())


def told_of(found: Iterable[Organization], reader: Reader) -> list[Organization]:
    """Of a few bodies found by :func:`listed_bodies` those the reader is told of, asked by the rule."""
    bodies = list(found)
    if reader.is_authenticated or not bodies:
        return bodies
    told = set(public_bodies().filter(pk__in=[one.pk for one in bodies]).values_list("pk", flat=True))
    return [one for one in bodies if one.pk in told]


def body_address(body: Organization, reader: Reader) -> str:
    """The page of a body on the reader's side of the house."""
    if reader.is_authenticated:
        return reverse("portal:staff_body_page", args=[body.code])
    return reverse("portal:body_page", args=[body.slug])


# --- persons


def people_for(reader: User) -> QuerySet:
    """The persons a signed-in person chooses among: whom only a draft names is known to its own body until it is
    approved, or until somebody looked at the name.
    """
    if reader.is_superuser and reader.is_active:
        return Person.objects.all()
    told = [model.objects.filter(Q(state=State.APPROVED) | run(reader)) for model in paper_models()]
    return Person.objects.filter(reduce(or_, _named_in(told), Q(looked_at=True)))


def _named_in(records: list[QuerySet]) -> Iterator[Q]:
    """Persons with a row of these records, or of their papers, whatever the app and the row."""
    for relation in Person._meta.related_objects:
        rows = relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")}).order_by()
        for column in relation.related_model._meta.concrete_fields:
            if column.related_model is Document:
                yield Q(Exists(rows.filter(in_papers(records, column.attname))))
            for found in records:
                if column.related_model is found.model:
                    yield Q(Exists(rows.filter(Exists(found.order_by().filter(pk=OuterRef(column.attname))))))


# --- documents


def register_documents(reader: Reader) -> QuerySet:
    """Documents of no record that a reader may read: the open ones, and those a readable paper carries."""
    return Document.objects.filter(of_no_record() & _open_to(reader))


def sought_documents(reader: Reader) -> QuerySet:
    """The documents of the register a reader's search looks through, by the columns kept for it."""
    if reader.is_authenticated:
        return listed_documents(reader).filter(keeper__isnull=True)
    return Document.objects.filter(shown_now(), shown_alone=True)


def told_documents(reader: Reader) -> QuerySet:
    """The documents of records a reader may read, by the columns kept for it; to signed-in people those of no record too,
    since these are read with the record that carries them.
    """
    if not reader.is_authenticated:
        return Document.objects.filter(shown_now())
    if reader.is_superuser and reader.is_active:
        return Document.objects.all()
    return Document.objects.filter(shown_now() | within(reader) | run(reader) | Q(keeper__isnull=True))


def listed_documents(reader: Reader) -> QuerySet:
    """The documents of a reader's list: those they may read, by the columns kept for it."""
    if not reader.is_authenticated:
        return Document.objects.filter(shown_now())
    if reader.is_superuser and reader.is_active:
        return Document.objects.all()
    read = within(reader) | run(reader)
    found, carried = Document.objects.all(), Q()
    for number, rows in enumerate(carriers()):
        told = {f"{rows.model.carrier}__in": Document.objects.filter(read).order_by()}
        own = rows.order_by().filter(**{rows.model.carried: OuterRef("pk")}, **told)
        # Looked up for each document of no record: asked whether it exists, all citations would be read at once.
        found = found.alias(**{f"carried_{number}": Subquery(own.values("pk")[:1])})
        carried |= Q(**{f"carried_{number}__isnull": False})
    return found.filter(shown_now() | read | (Q(keeper__isnull=True) & carried))


def _open_to(reader: Reader) -> Q:
    if reader.is_authenticated and reader.is_superuser:
        return Q()
    carried = carried_in(readable_records(reader))
    of_each = (Q(Exists(rows.filter(**{rows.model.carried: OuterRef("pk")}))) for rows in carried)
    return reduce(or_, of_each, Q(audience=Audience.PUBLIC))


def carried_in(records: list[QuerySet]) -> Iterator[QuerySet]:
    """The rows by which these records carry documents, one queryset a kind."""
    for rows in carriers():
        yield rows.filter(in_papers(records, f"{rows.model.carrier}_id"))


def document_address(document: Document, reader: Reader) -> str:
    """The page of a document on the reader's side of the house."""
    name = "staff_document_page" if reader.is_authenticated else "document_page"
    return reverse(f"portal:{name}", args=[document.code])


def document_pages(documents: set[int], reader: Reader) -> dict[int, str]:
    """Where these documents are read, those of records and of the register; those the reader may not open are left out."""
    pages = sections.addresses(documents, reader)
    if not (rest := documents - pages.keys()):
        return pages
    alone = register_documents(reader).filter(pk__in=rest)
    return pages | {one.pk: document_address(one, reader) for one in alone}


def may_read(document: Document, reader: Reader) -> bool:
    """Whether a reader may read this document: asked of its own record, or of the register, alone."""
    if any(found.filter(document=document).exists() for found in readable_records(reader)):
        return True
    return register_documents(reader).filter(pk=document.pk).exists()

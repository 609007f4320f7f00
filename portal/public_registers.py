"""What the public sees of the registers: bodies and documents of published records, and the open register.

Bodies are asked one by one whether a published paper names them, so that a page of a long list, or one
body's page, never reads all papers; documents are compared with the papers' own list of them.
"""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal import sections
from portal.models import Audience, Document, Organization, Partner


def published_records() -> list[QuerySet]:
    """The published records of every section, one queryset a kind."""
    return [records for section in sections.every() for records in section.published_records()]


def in_public_papers() -> Q:
    """Rows of a paper (its partners, its signatures) whose paper is a published record's."""
    named = [Exists(records.filter(document=OuterRef("document_id"))) for records in published_records()]
    return reduce(or_, (Q(one) for one in named), Q(pk__in=[]))


def public_bodies() -> QuerySet:
    """Bodies that stand on a side of a published paper."""
    named = Partner.objects.filter(in_public_papers(), organization=OuterRef("pk"))
    return Organization.objects.filter(Exists(named))


def open_register() -> QuerySet:
    """Documents of the shared register that are for everybody."""
    return Document.objects.filter(audience=Audience.PUBLIC)


def public_documents() -> QuerySet:
    """Documents of published records, and the open register."""
    parts = [Q(pk__in=records.order_by().values("document_id")) for records in published_records()]
    return Document.objects.filter(reduce(or_, parts, Q(audience=Audience.PUBLIC)))

"""Keeping the moment from which visitors are told of a document or a body, so that lists count by one column.

The exact rule is asked in :mod:`portal.registers`. :func:`show` follows whatever changed a paper: its
publication, its parties, what it carries; a moment still ahead comes by itself. Recomputable, so without versions.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Min, QuerySet
from django.db.models.functions import Greatest

from portal.batches import batches
from portal.models import Audience, Document, Organization, Partner
from portal.models.carrying import carriers, carrying_models
from portal.models.records import of_no_record, public_at, public_models, read_with

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
"""From when the open register is told: it has no day of publication."""
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
AT_ONCE = 1000

TOLD = {Document: ["shown_alone", "shown_from"], Organization: ["shown_from"]}
"""The columns kept here."""
Told = dict[int, dict[str, Any]]
"""What the following columns of each row hold."""


@transaction.atomic
def show(documents: Iterable[int | None]) -> None:
    """Write from when visitors are told of these documents, of what they carry and of the bodies they name.

    What is read under them follows. What a paper no longer carries or names is found in its versions; a paper
    that is public neither before nor after tells nobody of anything. Locked are papers of records, then what stands
    alone, then bodies: a record it carries is told with itself, and is not waited for.
    """
    keys = set(documents) - {None}
    keys.update(*(found.values_list("document_id", flat=True) for found in read_with(keys)))
    was, now = _write(Document, keys, of_documents)
    told = [key for key in was if was[key]["shown_from"] or now[key]["shown_from"]]
    if not told:
        return
    carried: set[int | None] = set()
    for model in carrying_models():
        rows = model.history.filter(**{f"{model.carrier}__in": told})
        carried.update(rows.order_by().values_list(f"{model.carried}_id", flat=True))
    named = Partner.history.filter(document__in=told, organization__isnull=False)
    alone = Document.objects.filter(of_no_record(), pk__in=carried - {None})
    _write(Document, alone.values_list("pk", flat=True), of_documents)
    _write(Organization, named.values_list("organization_id", flat=True), of_bodies)


def show_all() -> int:
    """Write what visitors are told of every document and body where it differs; returns how many did."""
    changed = 0
    for model, told in ((Document, of_documents), (Organization, of_bodies)):
        keys = model.objects.order_by("pk").values_list("pk", flat=True).iterator(AT_ONCE)
        for batch in batches(keys, AT_ONCE):
            was, now = _write(model, batch, told)
            changed += sum(now[key] != columns for key, columns in was.items())
    return changed


def of_documents(keys: Iterable[int]) -> Told:
    """From when each document is told: with its record; alone, when it is open, or with what carries it."""
    found = Document.objects.filter(pk__in=keys)
    moments = _earliest(found, "pk")
    alone = dict(found.filter(of_no_record()).order_by().values_list("pk", "audience"))
    for rows in carriers():
        of_these = rows.filter(**{f"{rows.model.carried}__in": alone})
        told = _earliest(of_these, f"{rows.model.carried}_id", f"{rows.model.carrier}__")
        moments |= {
            key: min(filter(None, (moment, moments.get(key))), default=None) for key, moment in told.items()
        }
    moments |= {key: ALWAYS for key, audience in alone.items() if audience == Audience.PUBLIC}
    return {
        key: {"shown_from": moment, "shown_alone": moment is not None and key in alone}
        for key, moment in moments.items()
    }


def of_bodies(keys: Iterable[int]) -> Told:
    """From when each body is told: with the first published paper on a side of which it stands."""
    named = Partner.objects.filter(organization__in=keys)
    moments = _earliest(named, "organization_id", "document__")
    return {key: {"shown_from": moments.get(key)} for key in keys}


def _earliest(rows: QuerySet, key: str, paper: str = "") -> dict[int, datetime | None]:
    """The first publication, past or ahead, among the rows of each key; ``paper`` leads from a row to its document."""
    first = {}
    for model in public_models():
        path = f"{paper}{model._meta.model_name}__"
        starts = [F(f"{each}published_from") for each in model.published_with(path)]
        start = Greatest(*starts) if len(starts) > 1 else starts[0]
        first[f"as_{model._meta.model_name}"] = Min(start, filter=public_at(model, FOREVER, path))
    found = rows.order_by().values_list(key).annotate(**first)
    return {key: min(filter(None, moments), default=None) for key, *moments in found}


@transaction.atomic
def _write(
    model: type[models.Model], keys: Iterable[int], told: Callable[[Iterable[int]], Told]
) -> tuple[Told, Told]:
    """Write the following columns of these rows where they differ; returns what they were and what they are.

    The rows are locked first: of two papers of one body, published and withdrawn at the same time, the second
    sees what the first did.
    """
    names = TOLD[model]
    rows = model.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update(no_key=True)
    was = {row.pop("pk"): row for row in rows.values("pk", *names)}
    now = told(list(was)) if was else {}
    changed = [model(pk=key, **now[key]) for key in was if was[key] != now[key]]
    model.objects.bulk_update(changed, names, batch_size=500)
    return was, now

"""What the portal can compute of many bodies at once: which of them have done a thing in a period.

An app offers its measures through its section; whoever counts asks by key. A measure answers with a set, so that
thousands of bodies are compared in one query.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Model, Q, QuerySet

from portal.models import Organization

Span = tuple[date, date]
Statement = tuple[str, tuple[Any, ...]]
"""A compiled question: its SQL and its values."""


@dataclass(frozen=True)
class Measure:
    """A question of yes or no about a body.

    ``doers(first, last, asking, among)`` are the bodies, as primary keys, that have done it between two days; the
    record ``asking`` for it, if one does, is no evidence for itself. Of a few bodies ``among`` names them, so that
    these are looked up and not the whole country. ``register`` is what must have been kept to know that a body has
    not. ``words`` are what papers call it. ``done_in(spans, among)`` says the same of several spans in one reading:
    each ``body`` that has done it in one of them, with ``done0``, ``done1`` …, as a compiled question; without it each
    span is asked apart.
    """

    key: str
    label: str
    register: str
    doers: Callable[[date, date, Model | None, QuerySet | None], QuerySet]
    words: tuple[str, ...] = ()
    done_in: Callable[[Sequence[Span], QuerySet | None], Statement] | None = None

    def done(self, spans: Sequence[Span], among: QuerySet | None) -> Statement:
        """Bodies, all that have done it in one of these spans among them, each with in which."""
        if self.done_in:
            return self.done_in(spans, among)
        told = {
            f"done{place}": ExpressionWrapper(Q(pk__in=self.doers(*span, None, among)), BooleanField())
            for place, span in enumerate(spans)
        }
        bodies = Organization.objects.order_by()
        bodies = bodies if among is None else bodies.filter(pk__in=among)
        return bodies.annotate(**told).values(*told, body=F("pk")).query.sql_with_params()

"""What the portal can compute of many bodies at once: which of them have done a thing in a period.

An app offers its measures through its section; whoever counts asks by key. A measure answers with a set, so that
thousands of bodies are compared in one query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Measure:
    """A question of yes or no about a body.

    ``doers(first, last, asking, among)`` are the bodies, as primary keys, that have done it between two days; the
    record ``asking`` for it, if one does, is no evidence for itself. Of a few bodies ``among`` names them, so that
    these are looked up and not the whole country. ``register`` is what must have been kept to know that a body has
    not. ``words`` are what papers call it.
    """

    key: str
    label: str
    register: str
    doers: Callable[[date, date, Model | None, QuerySet | None], QuerySet]
    words: tuple[str, ...] = ()

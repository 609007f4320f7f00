"""Rows by which one paper carries another: a basis with what rests on it, a paper on a table with its conference.

A document of no record has no readers of its own: it is read with the papers that carry it. Every app may
have such rows; what is asked about reading asks all of them.
"""

from operator import attrgetter
from typing import ClassVar

from django.apps import apps
from django.db.models import Q, QuerySet


class Carrying:
    """A kind of row that ties a carried document to the paper that carries it."""

    carrier: ClassVar[str]
    """The way to the document of the paper that carries."""
    carried: ClassVar[str]
    """The way to the document that is carried."""
    carrying: ClassVar[Q] = Q()
    """Which rows of the kind do: a basis is read with its paper, what is merely mentioned is not."""

    @property
    def both(self) -> list[int | None]:
        """The keys of the two documents."""
        return [attrgetter(f"{way.replace('__', '.')}_id")(self) for way in (self.carrier, self.carried)]


def carrying_models() -> list[type[Carrying]]:
    """Every kind of row that may carry a document, of whatever app."""
    return [model for model in apps.get_models() if issubclass(model, Carrying)]


def carriers() -> list[QuerySet]:
    """The rows that carry documents, one queryset a kind."""
    return [model.objects.filter(model.carrying) for model in carrying_models()]

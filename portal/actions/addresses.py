"""Addresses that no other row has: a free one is taken, and the next one when somebody took it meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count

from django.db import IntegrityError, models, transaction


def addresses_like(model: type[models.Model], base: str) -> set[str]:
    """The addresses already given that open with the same words."""
    return set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))


def free_addresses(model: type[models.Model], base: str, *others: str) -> Iterator[str]:
    """Addresses free as far as known now: the words themselves, the others, then the words with a number."""
    taken = addresses_like(model, base)
    for address in chain([base, *others], (f"{base}-{number}" for number in count(2))):
        if address not in taken:
            yield address


def write_at(row: models.Model, addresses: Iterable[str], write: Callable[[], None]) -> None:
    """Write a row at the first of these addresses that nobody takes at the same moment."""
    others = type(row)._default_manager.exclude(pk=row.pk)
    for address in addresses:
        row.slug = address
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            if not others.filter(slug=address).exists():
                raise
        else:
            return

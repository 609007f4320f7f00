"""Addresses that no other row has: a free one is taken, and the next one when somebody took it meanwhile."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count

from django.db import IntegrityError, models, transaction
from django.db.models import Q


def addresses_like(model: type[models.Model], *bases: str, column: str = "slug") -> set[str]:
    """The addresses already given that open with the same words as one of these."""
    like = Q(pk__in=[])
    for base in bases:
        like |= Q(**{f"{column}__startswith": base})
    return set(model._default_manager.filter(like).values_list(column, flat=True))


def free_addresses(model: type[models.Model], base: str, *others: str) -> Iterator[str]:
    """Addresses free as far as known now: the words themselves, the others, then the words with a number."""
    return _free(addresses_like(model, base), base, *others)


def free_for_each(bases: Sequence[str], *given: tuple[type[models.Model], str]) -> list[Iterator[str]]:
    """The same for several rows at once, none of them offered what another took; ``given``: where addresses stand."""
    taken = set().union(*(addresses_like(model, *bases, column=column) for model, column in given))
    return [_free(taken, base) for base in bases]


def free_as_written(bases: Sequence[str], *given: tuple[type[models.Model], str]) -> list[Iterator[str]]:
    """As :func:`free_for_each` for hundreds of rows: looks up these very words; numbers behind them are tried when written."""
    taken: set[str] = set()
    for model, column in given:
        found = model._default_manager.filter(**{f"{column}__in": set(bases)})
        taken.update(found.values_list(column, flat=True))
    return [_free(taken, base) for base in bases]


def _free(taken: set[str], base: str, *others: str) -> Iterator[str]:
    for address in chain([base, *others], (f"{base}-{number}" for number in count(2))):
        if address not in taken:
            taken.add(address)
            yield address


def write_at(row: models.Model, addresses: Iterable[str], write: Callable[[], None]) -> None:
    """Write a row at the first of these addresses that nobody takes at the same moment."""
    write_each_at([row], [iter(addresses)], write)


def write_each_at(
    rows: Sequence[models.Model], addresses: Sequence[Iterator[str]], write: Callable[[], None]
) -> None:
    """Write rows together, each at the first of its addresses that nobody takes at the same moment."""
    others = type(rows[0])._default_manager.exclude(pk__in=[row.pk for row in rows if row.pk])
    for row, free in zip(rows, addresses, strict=True):
        row.slug = next(free)
    while True:
        try:
            with transaction.atomic():
                return write()
        except IntegrityError:
            wanted = others.filter(slug__in=[row.slug for row in rows])
            if not (gone := set(wanted.values_list("slug", flat=True))):
                raise
            for row, free in zip(rows, addresses, strict=True):
                row.slug = next(free) if row.slug in gone else row.slug

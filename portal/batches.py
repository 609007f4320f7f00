"""Long runs of rows in lists short enough for one query, so that memory does not grow with them."""

from collections.abc import Iterable, Iterator
from itertools import islice

AT_ONCE = 500


def batches(rows: Iterable, size: int = AT_ONCE) -> Iterator[list]:
    """Rows in lists short enough for one query on every database."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch

"""Worlds that cost: made once by a test process, then laid down again row by row in each test that asks.

A world is rows in the tables and the objects that were made of them. What a test does with either goes
with the test.
"""

import copy
import datetime
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

Rows = dict[str, list[tuple]]
MADE: dict[tuple, tuple[Rows, Any]] = {}


@cache
def _tables() -> list[str]:
    """Every table of a model."""
    return sorted(connection.introspection.django_table_names(only_existing=True))


def _rows() -> Rows:
    """Everything in the database."""
    with connection.cursor() as cursor:
        found = {}
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = cursor.fetchall()
        return found


def _lay_down(rows: Rows) -> None:
    """Write rows as they stood, in whichever order their tables come."""
    said = datetime.time.isoformat  # SQLite's driver reads a time of day, and writes none
    with transaction.atomic(), connection.cursor() as cursor:
        for table, several in rows.items():
            several = [
                [said(one) if isinstance(one, datetime.time) else one for one in row] for row in several
            ]
            places = ", ".join(["%s"] * len(several[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', several)  # noqa: S608


def made_once(make: Callable[..., Any], *upon: Any) -> Any:
    """Give what ``make`` gives ``upon`` another world, with the rows it adds; of one day it really runs once.

    It may stand on that world's rows, and change none of them.
    """
    name = (make, timezone.localdate(), *map(repr, upon))
    if name not in MADE:
        before = {table: set(rows) for table, rows in _rows().items()}
        world = make(*upon)
        after = _rows()
        assert all(before[table] <= set(rows) for table, rows in after.items()), "it changed a row"
        new = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
        MADE[name] = {table: rows for table, rows in new.items() if rows}, copy.deepcopy(world)
        return world
    rows, world = MADE[name]
    _lay_down(rows)
    return copy.deepcopy(world)

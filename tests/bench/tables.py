"""Writing generated rows fast: COPY on PostgreSQL, many rows a statement on SQLite, history from the rows themselves.

Generated rows carry their own primary keys, so that rows of one record find each other without asking the
database. Nothing here is for the portal itself: it leaves out ``save()``, and checks only that no column is
forgotten.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone

from portal.columns import DerivedMixin

HISTORY_ONLY = ("history_id", "history_date", "history_change_reason", "history_type", "history_user_id")


def insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Write rows given as ``{column: value}``; what is not given takes the model's default."""
    columns = [field.column for field in model._meta.concrete_fields]
    makers = [_maker(field) for field in model._meta.concrete_fields]
    lines = (tuple(make(row) for make in makers) for row in rows)
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({names}) FROM STDIN", lines)
    return _many(f"INSERT INTO {table} ({names}) VALUES ", len(columns), lines)  # noqa: S608


class _Values:
    """A row as derived columns see it: attributes; what was not given reads as empty text."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.__dict__.update(row)

    def __getattr__(self, name: str) -> str:
        return ""


def _maker(field: models.Field) -> Callable[[dict[str, Any]], Any]:
    """How one column's value is found in a row and made ready for this database."""
    name, fill = field.attname, _default(field)
    if isinstance(field, DerivedMixin):
        return lambda row: row[name] if name in row else field.pre_save(_Values(row), add=True)
    if connection.vendor == "sqlite" and isinstance(field, models.DateField | models.TimeField):
        return lambda row: _as_text(row[name] if name in row else fill())
    return lambda row: row[name] if name in row else fill()


def _default(field: models.Field) -> Callable[[], Any]:
    """The model's default, already in the form the database takes."""
    if isinstance(field, models.JSONField):
        return lambda: "{}"
    if isinstance(field, models.DateTimeField) and (field.auto_now or field.auto_now_add):
        return timezone.now
    value = field.get_default()
    return field.get_default if field.has_default() and callable(field.default) else lambda: value


def _as_text(value: date | time | None) -> str | None:
    """A date or time of day as SQLite keeps it: moments in UTC without their zone."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return None if value is None else str(value)


def _copy(statement: str, lines: Iterator[tuple]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)
            count += 1
    return count


def _many(statement: str, width: int, lines: Iterator[tuple]) -> int:
    one = "(" + ", ".join("?" * width) + ")"
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(lines, 2000)):
            # The driver's own executemany: Django's would rewrite every statement.
            cursor.cursor.connection.executemany(statement + one, batch)
            count += len(batch)
    return count


def keep_history(model: type[models.Model], act: str, source: str = "", where: str = "true") -> None:
    """Write the first version of rows, in the act that the SQL expression ``act`` gives for each."""
    history = model.history.model
    shared = [f.column for f in history._meta.concrete_fields if f.column not in (*HISTORY_ONLY, "act_id")]
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, shared))
    values = ", ".join(f"base.{quote(name)}" for name in shared)
    table = quote(model._meta.db_table)
    statement = (
        f"INSERT INTO {quote(history._meta.db_table)} ({names}, history_date, history_type, act_id) "  # noqa: S608
        f"SELECT {values}, %s, '+', {act} FROM {table} base {source} WHERE {where} ORDER BY base.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [connection.ops.adapt_datetimefield_value(timezone.now())])


def settle(tables: Iterable[type[models.Model]]) -> None:
    """Let the next row take the next free key, and let the database learn what it holds."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ANALYZE")

"""What is asked of the database while something is measured: which questions took the time, in one line.

On SQLite a question's rest is read while its rows are: its time here is that to its first row.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

NAMED, LETTERS = 3, 110
"""How many of the slowest questions are named, and how much of each."""


class Questions:
    """The questions asked while it listens, each with its seconds."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.seconds = 0.0

    @contextmanager
    def heard(self) -> Iterator["Questions"]:
        """Listen to one request."""
        started = time.perf_counter()
        with connection.execute_wrapper(self):
            yield self
        self.seconds = time.perf_counter() - started

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not sql.startswith(("BEGIN", "COMMIT")):
                self.asked.append((sql, time.perf_counter() - started))

    @property
    def why(self) -> str:
        """Where the time of that request went: the slowest questions with their shares of it."""
        whole, of_questions = self.seconds or 1.0, sum(took for _, took in self.asked)
        by_kind: Counter[str] = Counter()
        times = Counter(said(sql) for sql, _ in self.asked)
        for sql, took in self.asked:
            by_kind[said(sql)] += took
        slowest = [
            f"{100 * took / whole:.0f} % {f'{times[sql]} × ' if times[sql] > 1 else ''}{sql}"
            for sql, took in by_kind.most_common(NAMED)
        ]
        head = f"{len(self.asked)} questions are {100 * of_questions / whole:.0f} % of {1000 * whole:.0f} ms"
        return "; ".join([head, *slowest])


def said(sql: str) -> str:
    """A question in short: what it reads and by which conditions, not its columns and values."""
    plain = sql.replace('"', "").replace("%s", "?")
    plain = re.sub(r"^SELECT (?!COUNT|EXISTS|1 ).*? FROM ", "SELECT … FROM ", plain, flags=re.S)
    plain = re.sub(r"\?(, \?)+", "?…", plain)
    return plain if len(plain) <= LETTERS else f"{plain[:LETTERS]}…"

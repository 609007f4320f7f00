"""Two who do something at the same moment, each on a connection of their own: for tests of PostgreSQL alone."""

import threading
from collections.abc import Callable

from django.db import connection, transaction

LONGEST = 10


def together(
    first: Callable[[], object], second: Callable[[], object], *, refused: type[Exception] | None = None
) -> None:
    """Do ``second`` while the transaction that did ``first`` is still open.

    Both must succeed, or the second be refused as ``refused`` says.
    """
    written, failed = threading.Event(), []

    def begin() -> None:
        with transaction.atomic():
            first()
            written.set()
            follower.join(1)  # it waits for this transaction, or is through already

    def follow() -> None:
        written.wait(LONGEST)
        with transaction.atomic():
            second()

    def told(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # told below
            failed.append((work, error))
        finally:
            connection.close()

    leader, follower = (threading.Thread(target=told, args=[work]) for work in (begin, follow))
    follower.start()
    leader.start()
    for thread in (leader, follower):
        thread.join(LONGEST)
    assert [(work, type(error)) for work, error in failed] == ([(follow, refused)] if refused else []), failed

"""The life of a programme, from its dates: when it begins and ceases to bind, and when its parties ended.

Pure functions over dates; the rules are the portal's: in force never before signed, a predecessor
yields when its successor starts, no period means no known term.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from portal.dates import PartialDate, Period, PeriodKind
from portal.models import Document


def is_signed(signing: str, *, is_dated: bool, is_approved: bool) -> bool | None:
    """Whether a paper counts as signed; None where that is not known.

    What is said of it decides. Where nothing is, a date is of its signing; without one, a body that
    approved the record as its word holds a signed paper, and of a record being written nothing is known.
    """
    if signing == Document.Signing.UNKNOWN:
        return is_dated or is_approved or None
    return signing == Document.Signing.SIGNED


def signed_in(dated: PartialDate, *, is_signed: bool | None) -> int | None:
    """The year a paper is known to be signed in; None where its date may lie in another."""
    if not is_signed or dated.first is None or dated.last is None or dated.first.year != dated.last.year:
        return None
    return dated.first.year


def in_force_span(
    period: Period,
    signed: date | None,
    *,
    is_signed: bool | None,
    successors: Iterable[date | None] = (),
) -> tuple[date | None, date | None]:
    """First and last day a programme binds its parties; (None, None) when not signed, or not known to be.

    ``signed`` is the first day of the signing date, None when unknown; ``successors`` are the days
    the programmes that continue it came into force. An open end is None; an early end stands apart,
    in ``Program.terminated_on``.
    """
    if period.kind == PeriodKind.NONE and signed is not None:
        period = Period(PeriodKind.OPEN, signed, None)  # without a limit: from its signing on
    if not is_signed or period.first is None or period.kind in {PeriodKind.UNKNOWN, PeriodKind.NONE}:
        return None, None
    first = max(period.first, signed) if signed else period.first
    last = period.last
    yields = [start - timedelta(days=1) for start in successors if start is not None and start > first]
    for day in yields:
        last = day if last is None else min(last, day)
    if last is not None and last < first:
        last = first
    return first, last


def parties_ended(ends: Iterable[date | None]) -> date | None:
    """The day the last signing body ended; None while one lives or none is known."""
    days = list(ends)
    if not days or any(day is None for day in days):
        return None
    return max(day for day in days if day is not None)

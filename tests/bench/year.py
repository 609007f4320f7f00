"""Measures the year at national size: questions about targets, the pages of the year, the reminders of a night.

What an app does not have yet is simply absent from the list. Each question is asked anew every time, as a page
would, and each page stands beside the plain SQL of the totals it says.
"""

import math
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from portal import sections
from portal.models import OutgoingLetter
from programs.measuring import last_day
from programs.models import Plan, Target
from programs.standings import by_territory, standing
from tests.bench.measure import Browser
from tests.bench.page import Page

TIMES, WARM_UP = 20, 2
NATION, PROVINCE = "national", "superior"
"""Who opens the yearly page of the nation, and of a province."""
PLAIN = {
    "bodies alive": "SELECT count(*) FROM portal_organization WHERE ended_on IS NULL OR ended_on >= %(day)s",
    "years confirmed": "SELECT count(*) FROM portal_yearconfirmation WHERE year = %(year)s",
    "programmes in force": "SELECT count(*) FROM programs_program WHERE state = 'approved' AND in_force_from <= %(day)s"
    " AND (in_force_until IS NULL OR in_force_until >= %(day)s)",
    "plans of the year": "SELECT count(*) FROM programs_plan WHERE state = 'approved' AND period_first <= %(last)s"
    " AND (period_last IS NULL OR period_last >= %(first)s)",
    "targets of the year": "SELECT count(*) FROM programs_target t JOIN programs_plan p ON p.id = t.plan_id"
    " WHERE p.state = 'approved' AND p.period_first <= %(last)s AND p.period_last >= %(first)s",
    "parts handed in": "SELECT count(*) FROM programs_submission s JOIN programs_duty d ON d.id = s.duty_id"
    " JOIN programs_round r ON r.id = d.round_id WHERE s.returned_at IS NULL AND r.due_on BETWEEN %(first)s AND %(last)s",
}
"""Totals of a year in plain SQL: what a page that said nothing else would ask."""


def year() -> dict[str, Any]:
    """Everything measured on the filled database: milliseconds, and the reminders' seconds and memory."""
    found: dict[str, Any] = {"questions": {}, "pages": {}, "plain": _plain()}
    for name, bar, ask in _questions():
        found["questions"][name] = {"bar": bar} | _timed(ask)
    browser = Browser()
    for page, bar in _pages():
        found["pages"][page.key] = {"bar": bar} | _timed(lambda page=page: browser.ask(page))
        found["pages"][page.key]["queries"] = len(browser.questions(page).asked)
    return found


def night() -> dict[str, Any]:
    """The reminders of one night in a process of their own, taken back afterwards; nothing where no app reminds."""
    steps = [step for section in sections.every() for step in section.nightly() if "nhắc" in step[0].lower()]
    started = time.perf_counter()
    with transaction.atomic():
        for _, step in steps:
            step()
        seconds, letters = time.perf_counter() - started, OutgoingLetter.objects.count()
        transaction.set_rollback(True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak, "letters": letters} if steps else {}


def _timed(ask: Callable[[], Any]) -> dict[str, float]:
    """Median and 95th percentile of asking, in ms."""
    times = []
    for _ in range(WARM_UP + TIMES):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    times = sorted(times[WARM_UP:])
    return {"median": statistics.median(times), "p95": times[math.ceil(0.95 * len(times)) - 1]}


def _questions() -> Iterator[tuple[str, float | None, Callable[[], Any]]]:
    """Each target of the ministry's plan and of a province's, computed, told, and added up from below."""
    year = timezone.localdate().year
    plans = Plan.objects.filter(period_first__year=year)
    places = {"the nation": plans.get(parent=None, period_first__year=year, pk__gte=100_000)}
    places["a province"] = places["the nation"].followers.earliest("pk")
    for place, plan in places.items():
        on = last_day(plan, timezone.localdate())
        for target in plan.targets.all():
            is_computed = target.measure.startswith("has-")
            bar = 50.0 if is_computed else None
            yield f"{target.measure}, {place}", bar, lambda pk=target.pk, on=on: standing(_fresh(pk), on)
            if is_computed:
                yield (
                    f"{target.measure}, {place}, by territory",
                    None,
                    lambda pk=target.pk, on=on: by_territory(_fresh(pk), on),
                )


def _fresh(pk: int) -> Target:
    linked = ("plan", "group", "territory")
    return Target.objects.select_related(*linked).prefetch_related("group__parts").get(pk=pk)


def _pages() -> Iterator[tuple[Page, float | None]]:
    """The pages of the year there are, and a plan with its targets."""
    year = timezone.localdate().year
    for name, person, bar in (("yearly page", PROVINCE, 150.0), ("yearly page", NATION, 500.0)):
        path = f"/lam-viec/tong-hop/{year}/"
        if _answers(path):
            yield Page(name, path, person), bar
    if _answers(f"/tong-hop/{year}/"):
        yield Page("public yearly page", f"/tong-hop/{year}/"), 500.0
    for name, person in (("coverage by territory", PROVINCE), ("coverage by territory", NATION)):
        yield Page(name, reverse("portal:staff_year_coverage", args=[year]), person), 150.0
    top = Plan.objects.filter(parent=None, period_first__year=year, pk__gte=100_000).get()
    yield Page("plan with targets", reverse("programs:plan_record", args=[top.code]), NATION), None
    yield Page("desk", reverse("portal:desk"), "partner"), None
    if _answers("/lam-viec/dot/"):
        yield Page("rounds", "/lam-viec/dot/", PROVINCE), None


def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _plain() -> dict[str, float]:
    """The same totals in plain SQL, one after the other, in ms."""
    today = timezone.localdate()
    asked = {
        "day": today,
        "year": today.year,
        "first": today.replace(month=1, day=1),
        "last": today.replace(month=12, day=31),
    }

    def ask() -> None:
        with connection.cursor() as cursor:
            for statement in PLAIN.values():
                cursor.execute(statement, asked)
                cursor.fetchall()

    return _timed(ask)

"""Fills one fresh database with a country of bodies, programmes and conferences, as many as asked, always the same."""

import time
from random import Random

from django.core.management import call_command
from django.db import connection, transaction

from portal.actions.showing import show_all
from programs.actions import refresh
from programs.actions.companions import search_text
from programs.models import Plan, Program
from tests.bench.conferences import fill_conferences
from tests.bench.nation import fill_nation, fill_people
from tests.bench.papers import fill_papers
from tests.bench.texts import fill_search_texts

SEED = 20211215


def fill(size: int, conferences: int) -> float:
    """Migrate, fill, and let the database learn what it holds; returns the seconds it took."""
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    random = Random(SEED)  # noqa: S311
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
    with transaction.atomic():
        nation = fill_nation(random)
        fill_people(nation)
        fill_papers(random, nation, size)
        fill_search_texts()
        fill_conferences(random, nation, size, conferences)
        show_all()
    _check(size)
    return time.perf_counter() - started


def _check(size: int) -> None:
    """What was written is what the portal's own rules would have written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum would have done by the next day
    sample = list(range(1, size + 1, max(size // 200, 1)))
    if changed := refresh(sample):
        print(f"{changed} of {len(sample)} generated programmes differ from what the portal derives")
    assert Program.objects.count() == size
    plan = Plan.objects.select_related("document").earliest("pk")
    assert plan.search_text == search_text(plan)

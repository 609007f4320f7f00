"""Fills one fresh database with a country of bodies, programmes and conferences, as many as asked, always the same."""

import time
from random import Random

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from portal.actions.showing import show_all
from portal.models import Document
from portal.models.records import paper_models
from programs.actions import refresh
from programs.actions.plans import refresh_plans
from programs.models import Plan, Program
from tests.bench.conferences import fill_conferences
from tests.bench.nation import fill_nation, fill_people
from tests.bench.papers import fill_papers
from tests.bench.texts import fill_search_texts

SEED = 20211215
CARRIED = {"circle": "circle_id", "given_first": "given_first", "given_last": "given_last"}


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
        carry_records()
        show_all()
    _check(size)
    return time.perf_counter() - started


def carry_records() -> None:
    """What documents carry of their records, as ``portal.actions.circles.place`` would have written it."""
    for model in paper_models():
        own = model.objects.order_by().filter(document=OuterRef("pk"))
        columns = {name: Subquery(own.approved().values(column)) for name, column in CARRIED.items()}
        documents = Document.objects.filter(pk__in=model.objects.values("document"))
        documents.update(keeper=Subquery(own.values("keeper_id")), **columns)


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
    assert refresh_plans([Plan.objects.earliest("pk").pk]) == 0

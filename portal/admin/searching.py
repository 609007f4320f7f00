"""How typed words find rows: accents, case and đ/d never matter; abbreviations are spelt out.

Words are folded before they are compared with folded columns. Registers of a few hundred rows have no
folded column and are compared in memory.
"""

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from portal.matching import SPELT_OUT
from portal.text import clean, fold

MOST_WORDS = 8
MOST_ROWS, MOST_FOUND = 20_000, 900


class FoldedSearch(admin.ModelAdmin):
    """Search in ``folded_columns``; in ``plain_columns`` too, where the words stand as printed."""

    folded_columns: tuple[str, ...] = ()
    plain_columns: tuple[str, ...] = ()
    search_help_text = "Gõ không dấu cũng tìm được."

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return self.folded_columns + self.plain_columns

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        for word in clean(search_term).split()[:MOST_WORDS]:
            queryset = queryset.filter(self.holding(word))
        return queryset, False

    def holding(self, word: str) -> Q:
        """Rows that hold one typed word in any of the columns."""
        found = Q()
        for column in self.plain_columns:
            found |= Q(**{f"{column}__icontains": word})
        for column in self.folded_columns:
            found |= folded_in(column, word)
        return found


def folded_in(column: str, word: str) -> Q:
    """A folded column that holds a typed word, part by part, or what it abbreviates."""
    parts = fold(word).split()
    if not parts:
        return Q(**{f"{column}__contains": word})
    held = Q()
    for part in parts:
        wanted = Q(**{f"{column}__contains": part})
        if part in SPELT_OUT:
            wanted |= _all_in(column, SPELT_OUT[part].split())
        held &= wanted
    return held


def _all_in(column: str, words: list[str]) -> Q:
    """A folded column that holds every one of these folded words."""
    held = Q()
    for word in words:
        held &= Q(**{f"{column}__contains": word})
    return held


class InMemorySearch(FoldedSearch):
    """Search in the ``plain_columns`` of a register small enough to be read and folded whole."""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        words = fold(search_term).split()[:MOST_WORDS]
        if not words:
            return (queryset.none() if search_term.strip() else queryset), False
        rows = queryset.order_by().values_list("pk", *self.plain_columns)[:MOST_ROWS]
        found = [pk for pk, *texts in rows if _holds(words, fold(" ".join(filter(None, texts))))]
        return queryset.filter(pk__in=found[:MOST_FOUND]), False


def _holds(words: list[str], text: str) -> bool:
    return all(word in text for word in words)

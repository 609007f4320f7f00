"""What a paper is found by beyond its names: its parts and who signed it, apart for each audience.

A text of an audience holds all that this audience reads, and stands only where it holds more than the text
before it; so a reader's words are looked for in whole texts and never across parts kept from the reader.
Written by ``portal.actions.search_texts`` in the act that changed a part; recomputable, so without history.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from portal.models.audiences import Audience
from portal.models.documents import Document


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """Questions about search texts."""

    def holding(self, words: list[str]) -> "SearchTextQuerySet":
        """Texts that hold every word beside one it was typed beside; a number or a single word may stand alone.

        Folded syllables recur in every text ("ba", "dinh"), pairs of them hardly.
        """
        asked_for = {frozenset(beside(words, place)) for place in range(len(words))}
        # A word between two others asks for nothing where its neighbours already ask for one of its pairs.
        wanted = sorted(sorted(one) for one in asked_for if not any(other < one for other in asked_for))
        if connections[self.db].vendor == "sqlite":
            # Read through its full-text index: a scan of every text took half a second at 100,000 papers.
            asked = " AND ".join("(" + " OR ".join(f'"{one}"*' for one in ones) + ")" for ones in wanted)
            return self.filter(pk__in=RawSQL(MATCHING, [asked]))  # noqa: S611 - constant SQL
        found = self
        for ones in wanted:
            found = found.filter(reduce(or_, (Q(text__contains=one) for one in ones)))
        return found

    def told(self, words: list[str], audiences: Iterable[Audience]) -> Mapping[str, set[int]]:
        """The documents whose text for an audience holds the words, by audience; none where too many do.

        Words that stand in a thousand papers tell none of them apart: those are found by their names alone.
        """
        found: dict[str, set[int]] = defaultdict(set)
        rows = list(
            self.holding(words)
            .filter(audience__in=audiences)
            .values_list("audience", "document_id")[: MOST_TOLD + 1]
        )
        for audience, document in rows if len(rows) <= MOST_TOLD else ():
            found[audience].add(document)
        return found


MOST_TOLD = 1000
MATCHING = "SELECT rowid FROM portal_searchtext_words WHERE portal_searchtext_words MATCH %s"


def beside(words: list[str], place: int) -> list[str]:
    """A word with each of its neighbours; alone when it has none, or is a number."""
    pairs = [" ".join(words[first : first + 2]) for first in (place - 1, place) if first >= 0]
    pairs = [pair for pair in pairs if " " in pair]
    return [words[place]] if not pairs or any(letter.isdigit() for letter in words[place]) else pairs


class SearchText(models.Model):
    """The folded words of a paper that one audience reads."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="search_texts", verbose_name="văn bản"
    )
    audience = models.CharField("ai được xem", max_length=7, choices=Audience.choices)
    text = models.TextField()

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        verbose_name = "chữ để tìm"
        verbose_name_plural = "chữ để tìm"
        constraints = [models.UniqueConstraint(fields=["audience", "document"], name="search_text_once")]

    def __str__(self) -> str:
        return self.text[:80]

"""What a paper is found by beyond its names: its parts and who signed it, apart for each audience.

A text of an audience holds all that this audience reads, and stands only where it holds more than the text
before it; so a reader's words are looked for in whole texts and never across parts kept from the reader.
Written by ``portal.actions.search_texts`` in the act that changed a part; recomputable, so without history.
"""

from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db import connections, models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.expressions import RawSQL

from portal.models.audiences import Audience
from portal.models.documents import Document
from portal.models.records import run, within
from portal.models.users import User
from portal.text import fold


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """Questions about search texts."""

    def holding(self, words: list[str]) -> "SearchTextQuerySet":
        """Texts that hold every word beside one it was typed beside; a number or a single word may stand alone.

        Folded syllables recur in every text ("ba", "dinh"), pairs of them hardly.
        """
        asked_for = {frozenset(beside(words, place)) for place in range(len(words))}
        # A word between two others asks for nothing where its neighbours already ask for one of its pairs.
        wanted = sorted(sorted(one) for one in asked_for if not any(other < one for other in asked_for))
        # Read through an index of the words: a scan of the texts took half a second at 100,000 papers.
        if connections[self.db].vendor == "sqlite":
            asked = " AND ".join("(" + " OR ".join(f'"{one}"*' for one in ones) + ")" for ones in wanted)
            return self.filter(pk__in=RawSQL(MATCHING, [asked]))  # noqa: S611 - constant SQL
        asked = " & ".join("(" + " | ".join(f"'{one}':*" for one in ones) + ")" for ones in wanted)
        return self.filter(RawSQL(HOLDING, [asked], output_field=models.BooleanField()))  # noqa: S611 - constant SQL


MOST_WORDS = 10
MOST_TOLD = 1000
HOLDING = "portal_word_pairs(portal_searchtext.text) @@ %s::tsquery"
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


def search_words(text: str) -> list[str]:
    """The folded words of a search."""
    return fold(text).split()[:MOST_WORDS]


class Sought:
    """What a reader looks for: the words, and which papers hold them in parts that the reader reads.

    The texts are asked once, for however many kinds of paper. Words that stand in a thousand papers tell none of
    them apart: those are found by their names alone, and the page says so.
    """

    def __init__(self, text: str, reader: User | AnonymousUser) -> None:
        self.words, self.reader = search_words(text), reader

    @cached_property
    def _rows(self) -> list[tuple[int, bool]]:
        """The papers whose texts hold the words, each with whether the reader reads that text of it."""
        if not self.words:
            return []
        found, reader = SearchText.objects.holding(self.words), self.reader
        read = Q(audience=Audience.PUBLIC)
        if not reader.is_authenticated:
            found = found.filter(read)
        elif reader.is_superuser and reader.is_active:
            read = Q(audience__in=Audience.values)
        else:
            paper = Document.objects.filter(pk=OuterRef("document")).order_by().values("pk")
            # Looked up for each text: asked whether it exists, PostgreSQL would list every paper within reach.
            found = found.alias(own=Subquery(paper.filter(run(reader))))
            found = found.alias(told=Subquery(paper.filter(within(reader))))
            read |= Q(own__isnull=False) | Q(audience=Audience.PARTIES) & Q(told__isnull=False)
        found = found.annotate(read=Case(When(read, then=True), default=False))
        return list(found.values_list("document_id", "read")[: MOST_TOLD + 1])

    @property
    def is_common(self) -> bool:
        """Whether so many papers hold the words that their parts are not looked into."""
        return len(self._rows) > MOST_TOLD

    @property
    def documents(self) -> set[int]:
        """Papers that hold the words in what the reader reads of them."""
        return set() if self.is_common else {document for document, read in self._rows if read}

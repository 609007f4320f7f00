"""What a paper is found by beyond its names: its parts and who signed it, apart for each audience.

A text of an audience holds all that this audience reads, and stands only where it holds more than the text
before it; so a reader's words are looked for in whole texts and never across parts kept from the reader.
Written by ``portal.actions.search_texts`` in the act that changed a part; recomputable, so without history.
"""

from django.db import models
from django.db.models import Q

from portal.models.audiences import Audience
from portal.models.documents import Document


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """Questions about search texts."""

    def holding(self, words: list[str]) -> "SearchTextQuerySet":
        """Texts that hold every word beside one it was typed beside; a number or a single word may stand alone.

        Folded syllables recur in every text ("ba", "dinh"), pairs of them hardly.
        """
        found = self
        for place, word in enumerate(words):
            pairs = [" ".join(words[first : first + 2]) for first in (place - 1, place) if first >= 0]
            pairs = [pair for pair in pairs if " " in pair]
            if not pairs or any(letter.isdigit() for letter in word):
                pairs = [word]
            held = Q()
            for pair in pairs:
                held |= Q(text__contains=pair)
            found = found.filter(held)
        return found


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

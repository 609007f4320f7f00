"""Panels of programmes, plans and reviews on other pages, and which matches of a search stand first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from portal.models import Paper, PaperQuerySet, Sought
from portal.sections import Hit, Hits, Reader
from portal.text import fold
from programs.listing import plan_hits, program_hits
from programs.models import Plan, Program, Review
from programs.review_listing import review_hits

PANEL = 10
RANKED = 60
LOOKED_AT = 1000


@dataclass(frozen=True)
class Listed:
    """A kind of paper with lists: their heading and names, its lines, and by which columns it is called and dated."""

    label: str
    model: type[Paper]
    public_list: str
    staff_list: str
    called: str
    dated: str
    newest: OrderBy
    hits: Callable[[list[int], Reader, date], list[Hit]]

    def url(self, reader: Reader, **asked: str) -> str:
        """The list on the reader's side of the house, as asked for."""
        name = self.staff_list if reader.is_authenticated else self.public_list
        return reverse(f"programs:{name}", query=asked or None)

    def search(self, sought: Sought) -> Iterable[Hits]:
        """The best matches of a search, and how many there are; nothing when there are none."""
        found = self.model.objects.visible_to(sought.reader)
        if keys := ranked(found, sought, self.called, f"-{self.dated}"):
            hits = self.hits(keys[:PANEL], sought.reader, timezone.localdate())
            yield Hits(self.label, hits, self.url(sought.reader, q=" ".join(sought.words)), len(keys))

    def panel(self, found: QuerySet, reader: Reader, *, label: str = "", url: str = "") -> Iterable[Hits]:
        """The newest of these papers, and how many there are; nothing when there are none."""
        found = found.order_by(self.newest, "-pk")
        if keys := list(found.values_list("pk", flat=True)[: PANEL + 1]):
            total = found.count() if len(keys) > PANEL else len(keys)
            hits = self.hits(keys[:PANEL], reader, timezone.localdate())
            yield Hits(label or self.label, hits, url, total)


PROGRAMS = Listed(
    "Chương trình", Program, "program_list", "staff_list", "parties_label", "listed_on",
    F("listed_on").desc(), program_hits,
)  # fmt: skip
PLANS = Listed(
    "Kế hoạch", Plan, "plan_list", "staff_plan_list", "document__title", "period_first",
    F("period_first").desc(nulls_last=True), plan_hits,
)  # fmt: skip
REVIEWS = Listed(
    "Sơ kết, tổng kết", Review, "review_list", "staff_review_list", "document__title", "period_last",
    F("period_last").desc(nulls_last=True), lambda keys, reader, _today: review_hits(keys, reader),
)  # fmt: skip
LISTED = (PROGRAMS, PLANS, REVIEWS)


def ranked(found: PaperQuerySet, sought: Sought, names: str, newest: str) -> list[int]:
    """The best of the newest matches: every word is held; whole words first, words in the typed order first of all."""
    words = sought.words
    padded = Concat(Value(" "), "search_text", Value(" "), output_field=models.TextField())
    whole = sum(
        (Case(When(padded__contains=f" {word} ", then=Value(1)), default=Value(0)) for word in words),
        Value(0),
    )
    looked_at = found.holding(sought).order_by(newest, "-pk").values("pk")[:LOOKED_AT]
    matches = found.model.objects.filter(pk__in=looked_at).annotate(padded=padded).annotate(whole=whole)
    best = list(matches.order_by("-whole", newest, "-pk").values_list("pk", "whole", names)[:RANKED])
    best.sort(key=lambda row: (-row[1], -run_length(words, row[2])))
    return [row[0] for row in best]


def run_length(words: list[str], names: str) -> int:
    """How many of the words, from some place on, stand together in a name."""
    text = f" {fold(names)} "
    lengths = (
        end - start
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
        if f" {' '.join(words[start:end])} " in text
    )
    return max(lengths, default=0)

"""Panels of programmes, plans and reviews on other pages, and which matches of a search stand first."""

from collections.abc import Callable, Iterable

from django.db import models
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from portal.models import PaperQuerySet, Sought
from portal.sections import Hit, Hits, Reader
from portal.text import fold
from programs.listing import plan_hits, program_hits
from programs.review_listing import review_hits

PANEL = 10
RANKED = 60
LOOKED_AT = 1000


def lists_for(reader: Reader) -> tuple[str, str, str]:
    """The lists of programmes, of plans and of reviews on the reader's side of the house."""
    if reader.is_authenticated:
        return "staff_list", "staff_plan_list", "staff_review_list"
    return "program_list", "plan_list", "review_list"


def programs_panel(label: str, found: QuerySet, reader: Reader, url: str = "") -> Iterable[Hits]:
    """The newest of these programmes, and how many there are; nothing when there are none."""
    return _panel(
        label,
        found.order_by("-listed_on", "-pk"),
        lambda keys: program_hits(keys, reader, timezone.localdate()),
        url,
    )


def plans_panel(label: str, found: QuerySet, reader: Reader, url: str = "") -> Iterable[Hits]:
    """The newest of these plans, as :func:`programs_panel`."""
    newest = found.order_by(F("period_first").desc(nulls_last=True), "-pk")
    return _panel(label, newest, lambda keys: plan_hits(keys, reader, timezone.localdate()), url)


def reviews_panel(label: str, found: QuerySet, reader: Reader, url: str = "") -> Iterable[Hits]:
    """The newest of these reviews, as :func:`programs_panel`."""
    newest = found.order_by(F("period_last").desc(nulls_last=True), "-pk")
    return _panel(label, newest, lambda keys: review_hits(keys, reader), url)


def _panel(label: str, found: QuerySet, hits: Callable[[list[int]], list[Hit]], url: str) -> Iterable[Hits]:
    if keys := list(found.values_list("pk", flat=True)[: PANEL + 1]):
        total = found.count() if len(keys) > PANEL else len(keys)
        yield Hits(label, hits(keys[:PANEL]), url, total)


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

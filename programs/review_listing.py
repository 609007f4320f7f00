"""A review as one line of a list: of what time, what it is of, who reports; a frozen one as its head was kept."""

from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.urls import reverse

from portal.lists import SAMPLE, in_order, publishing_chip
from portal.sections import Hit, Reader
from portal.wording import short_period, signed_words
from programs.models import Program, Review
from programs.review_head import review_then


def review_page_of(review: Review, reader: Reader) -> str:
    """The page of a review on the reader's side of the house."""
    if reader.is_authenticated:
        return reverse("programs:review_record", args=[review.code])
    return reverse("programs:review_page", args=[review.slug])


def with_heads(found: QuerySet) -> QuerySet:
    """These reviews with the head each kept when it was frozen as ``kept_head``, without the rest it kept."""
    return found.defer("frozen").annotate(kept_head=F("frozen__head"))


def as_called(review: Review) -> Review:
    """A review of :func:`with_heads` under its head as kept; to be read, never saved."""
    return review_then(review, review.kept_head) if review.kept_head else review


def review_hits(keys: Iterable[int], reader: Reader) -> list[Hit]:
    """The lines of these reviews, in their order."""
    keys = list(keys)
    found = Review.objects.filter(pk__in=keys).select_related("document__type", "program", "keeper")
    rows = in_order(with_heads(found).prefetch_related("document__partners__organization"), keys)
    about = Program.objects.visible_to(reader).filter(pk__in=[row.program_id for row in rows])
    shown = set(about.values_list("pk", flat=True))
    return [review_hit(row, reader, row.program_id in shown) for row in rows]


def review_hit(review: Review, reader: Reader, names_program: bool) -> Hit:
    """One review as a line; the programme it is of is named only to who may read that."""
    chips: list[str | tuple[str, str]] = [publishing_chip(review)] if reader.is_authenticated else []
    if review.is_sample:
        chips.append(SAMPLE)
    about = f"về chương trình của {review.program.parties_label}" if names_program else ""
    told, head = as_called(review), review.kept_head
    issuers = head["sides"] if head else [str(partner) for partner in review.document.partners.all()]
    meta = [told.kind_words, ", ".join(issuers), about]
    return Hit(
        title=told.document.title,
        url=review_page_of(review, reader),
        chips=tuple(chips),
        when=short_period(told.period),
        when_line=signed_words(told.document),
        number=told.document.number,
        meta=tuple(filter(None, meta)),
        tail="đã chốt số liệu" if review.frozen_at else "",
    )

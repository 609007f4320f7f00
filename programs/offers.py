"""What the review of the term or year before offers to the next: unmet targets and lessons, each taken with one press."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from portal.access import readable_audiences
from portal.forms.rows import read_rows
from portal.marks import key_of
from portal.models import User
from portal.text import fold
from programs.models import Plan, Program, Review, ReviewText
from programs.review_telling import readable_part, told_of

MOST_REVIEWS = 5


@dataclass(frozen=True)
class Offer:
    """One line of a review that the next paper may take along."""

    kind: str
    text: str

    @property
    def key(self) -> str:
        """What the button posts."""
        return key_of(f"{self.kind} {self.text}")


LESSON, UNMET = "bài học", "chỉ tiêu chưa đạt"


def offers_of(before: Program | Plan | None, user: User, data: QueryDict) -> list[Offer]:
    """What the approved reviews of the paper before offer, as far as the person reads them and has not taken it yet."""
    if before is None:
        return []
    taken = {
        fold("".join(row.get("text", [])))
        for prefix in ("items", "targets")
        for row in read_rows(data, prefix)
    }
    found = dict.fromkeys(offer for review in reviews_of(before, user) for offer in told_by(review, user))
    return [offer for offer in found if fold(offer.text) not in taken]


def reviews_of(before: Program | Plan, user: User) -> list[Review]:
    """The approved reviews of a paper, the final one first, then the newest."""
    of = {"program": before} if isinstance(before, Program) else {"plan": before}
    found = Review.objects.visible_to(user).approved().filter(**of).select_related("document")
    return list(found.order_by("-is_final", "-period_last", "-pk")[:MOST_REVIEWS])


def told_by(review: Review, user: User) -> Iterator[Offer]:
    """The unmet targets and the lessons of one review."""
    on = review.period_last or review.document.dated_first or timezone.localdate()
    told = review.frozen or told_of(review, on)
    readable = readable_part(told, readable_audiences(user, review))
    yield from (Offer(UNMET, row["text"]) for row in readable["targets"] if row["is_short"])
    yield from (Offer(LESSON, row["text"]) for row in readable["texts"].get(ReviewText.Part.LESSON, ()))

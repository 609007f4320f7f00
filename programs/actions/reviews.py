"""The verbs of reviews: entered, frozen as of a day; and what they are found by.

Approved and published by the verbs of any paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from portal.actions import records
from portal.actions.circles import place
from portal.actions.documents import PaperEntry, write_paper
from portal.actions.figures import FigureEntry, write_figures
from portal.actions.search_texts import refresh_found_by
from portal.dates import Period
from portal.history import acting, finish
from portal.models import AdministrativeUnit, Audience, Figure, Organization, State, User, Verb
from portal.text import fold
from portal.wording import issuers_of
from programs.actions.items import ItemEntry, write_parts
from programs.models import (
    ContentItem,
    Plan,
    PlanItem,
    Program,
    Review,
    ReviewItem,
    ReviewKind,
    ReviewText,
    Round,
)
from programs.review_telling import files_told, lines_of, tasks_told, told_of


@dataclass
class ReviewItemEntry(ItemEntry):
    """One result as entered, and the commitment or task it is of."""

    about: str = ""
    content_item: ContentItem | None = None
    plan_item: PlanItem | None = None

    def columns(self) -> dict[str, Any]:
        of = {"about": self.about, "content_item": self.content_item, "plan_item": self.plan_item}
        return super().columns() | of


@dataclass
class ReviewTextEntry(ItemEntry):
    """One limitation, cause, lesson, proposal or next step as entered."""

    part: str = ReviewText.Part.LIMITATION

    def columns(self) -> dict[str, Any]:
        return super().columns() | {"part": self.part}


@dataclass
class ReviewEntry:
    """A review as entered."""

    paper: PaperEntry
    program: Program | None = None
    plan: Plan | None = None
    round: Round | None = None
    theme: str = ""
    body: Organization | None = None
    territory: AdministrativeUnit | None = None
    kind: str = ReviewKind.INTERIM
    kind_printed: str = ""
    is_final: bool = False
    period: Period = field(default_factory=Period.unknown)
    content: str = ""
    note: str = ""
    marks: dict = field(default_factory=dict)
    items: list[ReviewItemEntry] = field(default_factory=list)
    texts: list[ReviewTextEntry] = field(default_factory=list)
    figures: list[FigureEntry] = field(default_factory=list)


COLUMNS = (
    "program", "plan", "round", "theme", "body", "territory", "kind", "kind_printed", "is_final", "period", "content",
    "note", "marks",
)  # fmt: skip


def save_review(
    review: Review | None,
    entry: ReviewEntry,
    *,
    by: User | None,
    keeper: Organization | None = None,
    **how: Any,
) -> Review:
    """Write a review as entered; ``how`` as for a programme."""
    with records.writing(review or Review(keeper=keeper, written_by=by), by=by, **how) as review:
        review.document = write_paper(review.document, entry.paper, by=by)
        for name in COLUMNS:
            setattr(review, name, getattr(entry, name))
        place([review])
        review.save()
        write_parts(review.items, entry.items)
        write_parts(review.texts, entry.texts)
        write_figures(review.document, entry.figures, **whose_figures(review))
        refresh_reviews([review.pk])
        review.refresh_from_db(fields=["search_text"])
    return review


def whose_figures(review: Review) -> dict[str, Any]:
    """The body or territory a review's figures are of: the one it is about, else its first issuer."""
    if review.body_id or review.territory_id:
        return {"organization": review.body, "territory": review.territory}
    issuers = review.document.partners.filter(organization__isnull=False).select_related("organization")
    first = issuers.first()
    return {"organization": first.organization if first else None}


def freeze(review: Review, *, by: User, as_of: date, expected: int) -> Review:
    """Keep an approved review as it reads, its figures as of a day; it never changes from then on."""
    with acting(Verb.FREEZE, review, by=by, body=review.keeper) as act:
        current = records.lock(review, expected=expected)
        if current.state != State.APPROVED:
            raise records.NotNow("Chỉ chốt số liệu của báo cáo đã duyệt.")
        if current.frozen_at is not None:
            raise records.NotNow("Báo cáo này đã chốt số liệu.")
        if as_of > timezone.localdate():
            raise records.NotNow("Ngày chốt số liệu chưa đến.")
        current.figures_as_of, current.frozen_at = as_of, timezone.now()
        kept = {"files": files_told(current), "tasks": tasks_told(current, by, as_of)}
        current.frozen = told_of(current, as_of) | kept
        current.version += 1
        current.save()
        refresh_reviews([current.pk])
        finish(act, current)
    return current


NAMED_BY = ("Tên gọi", "Số, ký hiệu", "Sơ kết hay tổng kết", "Thời gian được đánh giá", "Về việc")
"""The words of a kept head that a frozen review is found by."""


def refresh_reviews(review_ids: Iterable[int]) -> int:
    """Write what these reviews are found by; returns how many changed."""
    return refresh_found_by(Review, review_ids, _names, _parts)


def _names(reviews: list[Review]) -> dict[int, str]:
    """What everybody who reads a review may find it by: its names and issuers, its time, its theme; as kept once frozen."""
    issuers, found = issuers_of([one.document_id for one in reviews]), {}
    for one in reviews:
        if head := one.frozen.get("head"):
            said = [head["words"][name] for name in NAMED_BY]
            found[one.pk] = fold(" ".join([*said, one.frozen["content"], *head["sides"]]))
            continue
        document = one.document
        own = [document.title, document.number, one.kind_words, str(one.period), one.theme, one.content]
        found[one.pk] = fold(" ".join([*own, *issuers[document.pk]]))
    return found


def _parts(reviews: list[Review], names: dict[int, str]) -> dict[int, dict[str, list[str]]]:
    """The words of the parts of each review, by who reads them, beside its names; of a frozen one those it kept."""
    documents = {one.pk: one.document_id for one in reviews}
    found: dict[int, dict[str, list[str]]] = {
        one.document_id: {Audience.PUBLIC: [names[one.pk]], Audience.PARTIES: [], Audience.BODY: []}
        for one in reviews
    }
    for one in reviews:
        for audience, _, said in lines_of(one.frozen) if one.frozen_at else ():
            found[one.document_id][audience].append(said)
    documents = {one.pk: one.document_id for one in reviews if one.frozen_at is None}
    for model, columns in ((ReviewItem, ("about", "text")), (ReviewText, ("text",))):
        rows = model.objects.filter(review__in=documents).order_by("review", "position")
        for key, audience, *words in rows.values_list("review", "audience", *columns):
            found[documents[key]][audience] += words
    figures = Figure.objects.filter(document__in=documents.values()).order_by("document", "position")
    for document, audience, words in figures.values_list("document", "audience", "counts"):
        found[document][audience].append(words)
    return found

"""The review form: what is reviewed, its results item by item, figures, and what is said of them, one a line."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from portal.access import readable_audiences
from portal.actions.figures import FigureEntry
from portal.body_names import BodyNames
from portal.dates import Period
from portal.figure_words import amount_words
from portal.filters import find_units
from portal.forms.entries import found
from portal.forms.fields import PeriodText, TextBlock, TextLine
from portal.forms.figures import FigureRow, figure_data
from portal.forms.figures import split_rows as split_figure_rows
from portal.forms.paper_rows import PAPER_ROWS, PAPER_SPLITTERS, row_set
from portal.forms.pasted import ANYTHING
from portal.forms.picks import PickField, coded
from portal.forms.rows import Splitter, append_rows
from portal.models import AdministrativeUnit, Audience, DocumentType, Figure, Organization, User
from portal.models.records import run
from portal.paste import split_items
from portal.text import fold
from programs.actions.reviews import ReviewEntry, ReviewItemEntry, ReviewTextEntry
from programs.forms.companions import CompanionForm, CompanionHeadForm, companion_data, sides_of
from programs.forms.items import ItemsForm, PartRow, keyed
from programs.forms.links import LinkField, check_link, write_link
from programs.models import Item, Plan, Review, ReviewItem, ReviewKind, ReviewText, Round
from programs.models.reviews import PREFIXES, USUAL_AUDIENCE
from programs.review_telling import latest_figures

SUBJECT = "Chọn chương trình hoặc kế hoạch được sơ kết, tổng kết; không có thì ghi về việc gì."


class ReviewHeadForm(CompanionHeadForm):
    """The head of a review: what it reviews, of what time, and whether that is the end of it."""

    family = DocumentType.Family.REVIEW
    fewest_parties = 1

    kind = forms.ChoiceField(label="Sơ kết hay tổng kết", choices=ReviewKind.choices, required=False)
    kind_printed = TextLine(
        label="Gọi như in",
        required=False,
        max_length=120,
        help_text="Khi văn bản gọi khác: đánh giá kết quả.",
    )
    is_final = forms.BooleanField(
        label="Kết thúc giai đoạn",
        required=False,
        help_text="Tổng kết cả chương trình, cả kế hoạch; không phải của một năm giữa giai đoạn.",
    )
    period = PeriodText(
        label="Thời gian được đánh giá", required=False, help_text="Ví dụ: năm 2022 · giai đoạn 2015 – 2020."
    )
    plan = LinkField(Plan, label="Về kế hoạch")
    theme = TextLine(
        label="Về việc",
        required=False,
        max_length=300,
        help_text="Khi không theo một chương trình, kế hoạch: công tác dân vận chính quyền năm 2026.",
    )
    body = PickField(label="Của cơ quan", register="co-quan", required=False)
    territory = PickField(label="Trên địa bàn", register="dia-ban", required=False)
    round = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    """The round whose accepted parts it was gathered from."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.fields["program"].label = "Về chương trình"
        self.fields["content"].label = "Đánh giá chung"
        self.fields["body"].match = lambda text: BodyNames([text], near=lambda: user.writing_bodies).called(
            text
        )
        self.fields["body"].by_code = coded(Organization.objects)
        self.fields["territory"].match = find_units
        self.fields["territory"].by_code = coded(AdministrativeUnit.objects)
        self.fields["number"].help_text = "Ví dụ: 152-BC/ĐU · 45/BC-UBND"

    def clean_kind(self) -> str:
        """Nothing chosen is a review on the way."""
        return self.cleaned_data["kind"] or ReviewKind.INTERIM

    def clean_round(self) -> Round | None:
        """The round it was gathered from, of those whose parts the person reads."""
        code = self.cleaned_data["round"]
        return Round.objects.visible_to(self.user).filter(code=code).first() if code else None

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, what in (("body", "cơ quan"), ("territory", "địa bàn")):
            pick = cleaned.get(name)
            if pick and pick.found is None:
                self.add_error(name, pick.why_none(what))
        if cleaned.get("is_final") and cleaned.get("kind") == ReviewKind.INTERIM:
            self.add_error("is_final", "Kết thúc giai đoạn là tổng kết, không phải sơ kết.")
        return cleaned

    def _doubt_day(self, cleaned: dict) -> None:
        """A review is signed after the time it reviews."""
        super()._doubt_day({**cleaned, "period": None})


class ReviewItemRow(PartRow):
    """One result: of a commitment or task whose words stand above it, or alone."""

    about = TextBlock(label="Nội dung, nhiệm vụ được đánh giá", required=False, rows=2)
    text = TextBlock(label="Kết quả", required=False, rows=3)
    content_item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    plan_item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    field_order = ("about", "text")
    called = "kết quả"
    written = PartRow.written | {"about"}
    says = ("text", "about")


class SaidRow(PartRow):
    """One line of what is said of the results, usually for everybody."""

    called = "nội dung"


class SaidInsideRow(SaidRow):
    """One line usually for the parties and superiors."""

    usual_audience = USUAL_AUDIENCE[ReviewText.Part.LIMITATION]


def said_rows(prefix: str) -> type[PartRow]:
    """The kind of row of one part."""
    return SaidInsideRow if PREFIXES[prefix] in USUAL_AUDIENCE else SaidRow


def splitter_of(row: type[PartRow]) -> Splitter:
    """What cuts a pasted block into rows of this kind."""
    return lambda text: [{"text": one, "audience": row.usual_audience} for one in split_items(text)]


class ReviewForm(ItemsForm, CompanionForm):
    """A whole review."""

    head_class = ReviewHeadForm
    row_classes = (
        PAPER_ROWS
        | {"items": row_set(ReviewItemRow), "figures": row_set(FigureRow)}
        | {prefix: row_set(said_rows(prefix)) for prefix in PREFIXES}
    )
    new_rows = ItemsForm.new_rows | {
        prefix: {"audience": said_rows(prefix).usual_audience} for prefix in PREFIXES
    }
    splitters = (
        PAPER_SPLITTERS
        | {"items": splitter_of(ReviewItemRow), "figures": split_figure_rows}
        | {prefix: splitter_of(said_rows(prefix)) for prefix in PREFIXES}
    )
    places = {
        "items": ("kết quả",),
        "limitations": ("hạn chế", "tồn tại", "khó khăn"),
        "causes": ("nguyên nhân",),
        "lessons": ("bài học",),
        "directions": ("phương hướng", "nhiệm vụ"),
        "proposals": ("kiến nghị", "đề xuất"),
        "content": ANYTHING,
    }
    texts = ("content", "theme", "kind_printed", "note")
    sides_called = "cơ quan báo cáo"

    def is_valid(self) -> bool:
        valid = super().is_valid()
        return check_link(self, "plan") and valid

    def parties_proposed(self) -> tuple[list[dict[str, str]], str]:
        plan = found(self.head.cleaned_data.get("plan"))
        if plan and (self.complete or self.record is None or self.record.plan_id != plan.pk):
            return sides_of(plan, self.user), "Các cơ quan lấy theo kế hoạch đã chọn. Xin kiểm tra."
        return super().parties_proposed()

    def paper_before(self) -> None:
        """What a result continues is the commitment or task, not a result before."""

    def own_parts(self, prefix: str) -> Iterable[Item]:
        if part := PREFIXES.get(prefix):
            return self.record.texts.filter(part=part)
        return super().own_parts(prefix)

    def check_complete(self) -> bool:
        whole, head = super().check_complete(), self.head.cleaned_data
        if any(head.get(name) for name in ("program", "plan", "theme")):
            return whole
        self.head.add_error("program", SUBJECT)
        return False

    def entry(self) -> ReviewEntry:
        """What the actions take; only after :meth:`is_valid`."""
        head, period = self.head.cleaned_data, self.head.cleaned_data["period"]
        is_marked = self.record is not None and self.record.marks
        return ReviewEntry(
            **self.told(review_data(self.record) if is_marked else QueryDict()),
            plan=found(head.get("plan")),
            round=head.get("round"),
            body=found(head.get("body")),
            territory=found(head.get("territory")),
            kind=head["kind"],
            is_final=head["is_final"],
            period=period,
            items=self.items(),
            texts=[
                ReviewTextEntry(**known, part=part)
                for prefix, part in PREFIXES.items()
                for _, known in self.parts(prefix)
            ],
            figures=self.figures(period),
        )

    def items(self) -> list[ReviewItemEntry]:
        """The results in order, each with what it is of."""
        return [
            ReviewItemEntry(
                **known,
                about=row.cleaned_data["about"],
                content_item=self.commitments.get(row.cleaned_data["content_item"]),
                plan_item=self.tasks.get(row.cleaned_data["plan_item"]),
            )
            for row, known in self.parts("items")
        ]

    def figures(self, period: Period) -> list[FigureEntry]:
        """The figures in order."""
        document = self.record.document if self.record else None
        known = {one.pk: one for one in document.figures.all()} if document else {}
        return [row.entry(known, period) for row in self.rows["figures"].filled]

    @cached_property
    def commitments(self) -> dict[str, Item]:
        """The commitments a result may be of: of the programme, and of what stands already."""
        return self._reviewable(found(self.head.cleaned_data.get("program")))

    @cached_property
    def tasks(self) -> dict[str, Item]:
        """The tasks a result may be of."""
        return self._reviewable(found(self.head.cleaned_data.get("plan")))

    def _reviewable(self, paper: Any) -> dict[str, Item]:
        """The items of a paper as far as the writer reads them, and those that the record already tells of."""
        if paper is None:
            return {}
        has = Q(results__review=self.record) if self.record else Q(pk__in=[])
        return keyed(
            paper.items.filter(Q(audience__in=readable_audiences(self.user, paper)) | has).distinct()
        )

    def tell_before(self) -> None:
        """Put beside each figure the one of the period before, as far as this body may read it."""
        rows = [row for row in self.rows["figures"].filled if row.is_valid()]
        period = self.head.cleaned_data.get("period")
        last = (period.last if period else None) or timezone.localdate()
        whose = self._whose()
        if not rows or not any(whose):
            return
        readable = Q(document__review__in=own_reviews(self.user)) | Q(
            audience=Audience.PUBLIC, document__review__in=Review.objects.published()
        )
        keys = {fold(row.cleaned_data["text"]) for row in rows}
        known = latest_figures(*whose, keys, last, readable)
        for row in rows:
            unit = row.cleaned_data["unit"] or row.cleaned_data["amount"].unit
            if one := known.get((fold(row.cleaned_data["text"]), fold(unit))):
                row.before = f"Kỳ trước ({one.document.review.period}): {amount_words(one)}"

    def _whose(self) -> tuple[int | None, int | None]:
        """The body and territory the figures are of, as :func:`whose_figures` will say."""
        body, territory = (found(self.head.cleaned_data.get(name)) for name in ("body", "territory"))
        if body or territory:
            return body.pk if body else None, territory.pk if territory else None
        issuers = (row.bodies for row in self.rows["partners"].filled if row.is_valid())
        return next((bodies[0].pk for bodies in issuers if bodies), None), None


def own_reviews(user: User) -> QuerySet[Review]:
    """The reviews of the bodies a person writes for."""
    return Review.objects.filter(run(user))


def review_data(review: Review) -> QueryDict:
    """The raw data of the form that would write this review."""
    data = companion_data(review, ReviewForm.texts)
    data["period"] = review.period.typed
    data["kind"] = review.kind
    data["is_final"] = "on" if review.is_final else ""
    data["round"] = review.round.code if review.round_id else ""
    write_link(data, "plan", review.plan, review.marks)
    for name in ("body", "territory"):
        one = getattr(review, name)
        data[name], data[f"{name}-ma"] = (one.label, one.code) if one else ("", "")
    append_rows(data, "items", (review_item_data(one) for one in review.items.all()))
    append_rows(data, "figures", (figure_data(one) for one in figures_of(review)))
    texts = list(review.texts.all())
    for prefix, part in PREFIXES.items():
        append_rows(data, prefix, (text_data(one) for one in texts if one.part == part))
    return data


def figures_of(review: Review) -> QuerySet[Figure]:
    """The figures a person entered, with their parts."""
    return review.document.figures.filter(is_computed=False).prefetch_related("parts")


def review_item_data(item: ReviewItem) -> dict[str, str]:
    """The raw row of one result."""
    of = {"content_item": str(item.content_item_id or ""), "plan_item": str(item.plan_item_id or "")}
    return {"about": item.about} | text_data(item) | of


def text_data(item: Item) -> dict[str, str]:
    """The raw row of one line."""
    keys = {"item": str(item.pk), "origin": str(item.origin_id or "")}
    return {"text": item.text, "audience": item.audience} | keys

"""Reviews: what became of a programme, of a plan, or of a body's or a territory's year on a theme."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from portal.columns import PeriodColumns, period_constraint
from portal.models import AdministrativeUnit, Audience, Organization, Paper, PaperQuerySet
from programs.models.amendments import ISSUED
from programs.models.items import Item
from programs.models.plans import Plan, PlanItem
from programs.models.programs import ContentItem, Program
from programs.models.rounds import Round


class ReviewKind(models.TextChoices):
    """Whether a review stands in the middle of what it reviews or at an end."""

    INTERIM = "interim", "sơ kết"
    CLOSING = "closing", "tổng kết"


class ReviewQuerySet(PaperQuerySet):
    """Questions about reviews."""

    def during(self, first: date, last: date) -> "ReviewQuerySet":
        """Reviews of a period that holds one of these days."""
        return self.filter(period_first__lte=last, period_last__gte=first)

    def of_programs(self, programs: "QuerySet[Program] | list[int]") -> "ReviewQuerySet":
        """Reviews of these programmes themselves."""
        return self.filter(program__in=programs, plan__isnull=True)


class Review(Paper):
    """What became of a programme, of a plan, or of a body's or a territory's year on a theme.

    ``frozen`` is its reading as of ``figures_as_of``, kept from the moment it was frozen: it never changes, and the
    page says what changed since.
    """

    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, verbose_name="về chương trình", related_name="reviews"
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, verbose_name="về kế hoạch", related_name="reviews"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, verbose_name="tổng hợp từ đợt", related_name="reviews"
    )
    theme = models.CharField("về việc", max_length=300, blank=True)
    body = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name="của cơ quan", related_name="+"
    )
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="trên địa bàn",
        related_name="+",
    )
    kind = models.CharField(
        "sơ kết hay tổng kết", max_length=7, choices=ReviewKind.choices, default=ReviewKind.INTERIM
    )
    kind_printed = models.CharField("gọi như in", max_length=120, blank=True)
    is_final = models.BooleanField(
        "kết thúc giai đoạn",
        default=False,
        help_text="Tổng kết cả chương trình, cả kế hoạch; không phải của một năm giữa giai đoạn.",
    )
    period = PeriodColumns()
    content = models.TextField("đánh giá chung", blank=True)
    figures_as_of = models.DateField("số liệu tính đến ngày", null=True, blank=True)
    frozen_at = models.DateTimeField("chốt số liệu lúc", null=True, blank=True)
    frozen = models.JSONField("số liệu đã chốt", default=dict, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()
    words: ClassVar[dict[str, str]] = Paper.words | ISSUED

    class Meta(Paper.Meta):
        verbose_name = "sơ kết, tổng kết"
        verbose_name_plural = "sơ kết, tổng kết"
        ordering = ["-period_last", "-pk"]
        constraints = [
            *Paper.Meta.constraints,
            period_constraint("review"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | Q(figures_as_of__isnull=False),
                name="review_frozen_as_of_a_day",
                violation_error_message="Ghi ngày mà số liệu tính đến.",
            ),
        ]
        indexes = [
            models.Index(fields=["-period_last", "-id"], name="review_newest"),
            models.Index(fields=["keeper", "state", "state_since"], name="review_of_keeper"),
            models.Index(fields=["sides"], name="review_of_sides"),
            # Those of no time yet are looked up beside those of a time: else every review would be read.
            models.Index(fields=["period_first"], name="review_begun"),
        ]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"

    @property
    def kind_words(self) -> str:
        """What it is called: as printed, else in the usual word."""
        return self.kind_printed or str(ReviewKind(self.kind).label)


class ReviewItem(Item):
    """One result: of a commitment or a task it reviews, whose words are copied to ``about``, or standing alone."""

    review = models.ForeignKey(Review, models.CASCADE, verbose_name="sơ kết, tổng kết", related_name="items")
    about = models.TextField("nội dung, nhiệm vụ", blank=True)
    content_item = models.ForeignKey(
        ContentItem,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="nội dung phối hợp",
        related_name="results",
    )
    plan_item = models.ForeignKey(
        PlanItem, models.SET_NULL, null=True, blank=True, verbose_name="nhiệm vụ", related_name="results"
    )

    links: ClassVar[tuple[str, ...]] = (*Item.links, "content_item", "plan_item")

    class Meta(Item.Meta):
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"

    def __str__(self) -> str:
        return (self.text or self.about)[:80]


class ReviewText(Item):
    """One limitation, cause, lesson, proposal or next step of a review."""

    class Part(models.TextChoices):
        LIMITATION = "limitation", "hạn chế"
        CAUSE = "cause", "nguyên nhân"
        LESSON = "lesson", "bài học kinh nghiệm"
        PROPOSAL = "proposal", "kiến nghị, đề xuất"
        DIRECTION = "direction", "phương hướng, nhiệm vụ"

    review = models.ForeignKey(Review, models.CASCADE, verbose_name="sơ kết, tổng kết", related_name="texts")
    part = models.CharField("phần", max_length=10, choices=Part.choices)

    class Meta(Item.Meta):
        verbose_name = "nhận xét"
        verbose_name_plural = "nhận xét"


PREFIXES = {
    "limitations": ReviewText.Part.LIMITATION,
    "causes": ReviewText.Part.CAUSE,
    "lessons": ReviewText.Part.LESSON,
    "proposals": ReviewText.Part.PROPOSAL,
    "directions": ReviewText.Part.DIRECTION,
}
"""The parts of a review by the names of their rows, in the order of the paper."""
USUAL_AUDIENCE = {ReviewText.Part.LIMITATION: Audience.PARTIES, ReviewText.Part.CAUSE: Audience.PARTIES}
"""Who reads a part unless its writer says otherwise; the rest is for everybody."""

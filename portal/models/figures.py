"""Figures: what a paper counts, of a body or a territory, with all that a number alone does not say.

A figure says what it counts, in which unit, as of a day or over a span, of how many, how it changed and against
what; its parts need not add up, and a sum that does not is told, never put right.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from portal.columns import (
    CodeField,
    FoldedField,
    PartialDateColumns,
    PeriodColumns,
    partial_date_constraint,
    period_constraint,
)
from portal.models.audiences import Audience
from portal.models.documents import Document
from portal.models.history import Kept
from portal.models.organizations import Organization
from portal.models.territories import AdministrativeUnit

LARGEST = {"max_digits": 18, "decimal_places": 2}


class Nature(models.TextChoices):
    """Whether a figure counts what there is on a day, or what was done over a span."""

    UNKNOWN = "", "chưa rõ"
    STOCK = "stock", "hiện có, tại một thời điểm"
    FLOW = "flow", "phát sinh trong kỳ"


class Figure(Kept):
    """One figure of a paper: a value, a change, or both.

    Quoted from its paper, or computed by the portal: the two stand side by side, and neither overwrites the other.
    """

    code = CodeField()
    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="figures")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name="của cơ quan", related_name="+"
    )
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="của địa bàn",
        related_name="+",
    )
    counts = models.CharField("số liệu về", max_length=300)
    counts_key = FoldedField(source="counts")
    value = models.DecimalField("giá trị", null=True, blank=True, **LARGEST)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    approximator = models.CharField(
        "mức gần đúng", max_length=30, blank=True, help_text="Như in: trên, hơn, gần, khoảng."
    )
    of_value = models.DecimalField("trên tổng số", null=True, blank=True, **LARGEST)
    as_of = PartialDateColumns("tính đến")
    period = PeriodColumns()
    nature = models.CharField("tính chất", max_length=5, choices=Nature.choices, blank=True)
    change = models.DecimalField("tăng, giảm", null=True, blank=True, **LARGEST)
    change_unit = models.CharField(
        "đơn vị của mức tăng, giảm", max_length=60, blank=True, help_text="Để trống: như đơn vị tính."
    )
    change_against = models.CharField("so với", max_length=120, blank=True)
    quoted_from = models.CharField(
        "trích từ", max_length=300, blank=True, help_text="Để trống: số liệu của chính văn bản này."
    )
    is_computed = models.BooleanField("cổng tính", default=False)
    audience = models.CharField(
        "ai được xem", max_length=7, choices=Audience.choices, default=Audience.PUBLIC
    )
    marks = models.JSONField("dấu ghi", default=dict, blank=True)

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(change__isnull=False),
                name="figure_says_a_number",
                violation_error_message="Ghi giá trị hoặc mức tăng, giảm.",
            ),
            partial_date_constraint("figure", "as_of"),
            period_constraint("figure"),
        ]

    def __str__(self) -> str:
        return self.counts

    @property
    def parts_sum(self) -> Decimal | None:
        """What its parts add up to; None where it has none."""
        parts = [part.value for part in self.parts.all()]
        return sum(parts, Decimal()) if parts else None

    @property
    def parts_differ(self) -> bool:
        """Whether its parts add up to something else than its value."""
        total = self.parts_sum
        return total is not None and self.value is not None and total != self.value


class FigurePart(Kept):
    """One part of a figure: a stage, a field, collectives apart from persons."""

    figure = models.ForeignKey(Figure, models.CASCADE, verbose_name="số liệu", related_name="parts")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("phần", max_length=200)
    value = models.DecimalField("giá trị", **LARGEST)

    class Meta:
        verbose_name = "phần của số liệu"
        verbose_name_plural = "phần của số liệu"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

"""Plans: what is to be done in a period, task by task, under a programme, under another plan, or alone."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from portal.columns import PeriodColumns, period_constraint
from portal.models import Paper, PaperQuerySet
from programs.models.amendments import ISSUED
from programs.models.ending import Terminable
from programs.models.items import Doer, Item, doer_is_named
from programs.models.programs import ContentItem, Program


def during(first: date, last: date) -> Q:
    """Plans for a period that holds one of these days, and not ended before them."""
    lasting = Q(period_last__gte=first) | Q(period_last__isnull=True)
    standing = Q(terminated_on__isnull=True) | Q(terminated_on__gt=first)
    return lasting & standing & Q(period_first__lte=last)


class PlanQuerySet(PaperQuerySet):
    """Questions about plans."""

    def during(self, first: date, last: date) -> "PlanQuerySet":
        """Plans for a period that holds one of these days, and not ended before them."""
        return self.filter(during(first, last))


class Plan(Terminable, Paper):
    """What is to be done in a period: under a programme, under another body's plan, or alone (34/KH-UBND)."""

    program = models.ForeignKey(
        Program,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="thuộc chương trình",
        related_name="plans",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="thực hiện kế hoạch",
        related_name="followers",
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="tiếp nối kế hoạch",
        related_name="successors",
    )
    period = PeriodColumns()
    purposes = models.TextField("mục đích, yêu cầu", blank=True)
    content = models.TextField("nội dung", blank=True)
    implementation = models.TextField("tổ chức thực hiện", blank=True)
    search_text = models.TextField(blank=True, editable=False)

    objects = PlanQuerySet.as_manager()
    words: ClassVar[dict[str, str]] = Paper.words | ISSUED

    class Meta(Paper.Meta):
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["-period_first", "-pk"]
        constraints = [
            *Paper.Meta.constraints,
            period_constraint("plan"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("id")) & ~Q(parent=F("id")),
                name="plan_not_its_own_kin",
                violation_error_message="Một kế hoạch không nối với chính nó.",
            ),
        ]
        indexes = [
            models.Index(fields=["-period_first", "-id"], name="plan_newest"),
            # Who has a plan for a time is found in this alone, never in the wide rows.
            models.Index(
                fields=["period_last", "period_first", "terminated_on", "state", "document"],
                name="plan_for_a_time",
            ),
            models.Index(fields=["keeper", "state", "state_since"], name="plan_of_keeper"),
            # What a year counts of some bodies' plans is read off this alone; whose a plan is, off the next.
            models.Index(
                fields=["sides", "state", "period_first", "period_last", "terminated_on", "keeper", "id"],
                name="plan_of_a_year",
            ),
            models.Index(fields=["id", "keeper", "state"], name="plan_whose"),
        ]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"

    @property
    def label(self) -> str:
        """Its title with its number: titles repeat from year to year and from body to body."""
        number = self.document.number
        return f"{self} ({number})" if number else str(self)


class PlanItem(Item):
    """One task of a plan; the commitment of the programme it carries out, where one is said."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="items")
    period = PeriodColumns()
    product = models.CharField("sản phẩm, kết quả", max_length=500, blank=True)
    content_item = models.ForeignKey(
        ContentItem,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="thực hiện nội dung phối hợp",
        related_name="tasks",
    )

    links: ClassVar[tuple[str, ...]] = (*Item.links, "content_item")

    class Meta(Item.Meta):
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        constraints = [period_constraint("plan_item")]

    @property
    def time(self) -> str:
        """When it is to be done: as printed, else in words."""
        return self.period.typed


class PlanItemBody(Doer):
    """A body that leads or joins in one task; a group may stand as printed."""

    item = models.ForeignKey(PlanItem, models.CASCADE, verbose_name="nhiệm vụ", related_name="bodies")

    class Meta(Doer.Meta):
        constraints = [doer_is_named("plan_item_body")]

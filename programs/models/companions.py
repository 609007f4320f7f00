"""Papers that stand beside a programme: plans of a year, amendments."""

from typing import ClassVar

from django.db import models

from portal.columns import PeriodColumns, period_constraint
from portal.models import Paper, PaperQuerySet
from programs.models.programs import Program

ISSUED = {"side": "cơ quan ban hành", "partner": "cơ quan ban hành"}


class Plan(Paper):
    """What is to be done in a period: under a programme, or alone (34/KH-UBND)."""

    program = models.ForeignKey(
        Program,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="thuộc chương trình",
        related_name="plans",
    )
    period = PeriodColumns()
    content = models.TextField("nội dung", blank=True)
    search_text = models.TextField(blank=True, editable=False)

    objects = PaperQuerySet.as_manager()
    words: ClassVar[dict[str, str]] = Paper.words | ISSUED

    class Meta(Paper.Meta):
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["-period_first", "-pk"]
        constraints = [*Paper.Meta.constraints, period_constraint("plan")]
        indexes = [
            models.Index(fields=["-period_first", "-id"], name="plan_newest"),
            models.Index(fields=["keeper", "state", "state_since"], name="plan_of_keeper"),
        ]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"


class Amendment(Paper):
    """A paper of its own that changes a programme."""

    program = models.ForeignKey(
        Program,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="sửa đổi chương trình",
        related_name="amendments",
    )
    content = models.TextField("nội dung sửa đổi, bổ sung", blank=True)

    read_under = "program"

    objects = PaperQuerySet.as_manager()
    words: ClassVar[dict[str, str]] = Paper.words | ISSUED

    class Meta(Paper.Meta):
        verbose_name = "văn bản sửa đổi, bổ sung"
        verbose_name_plural = "văn bản sửa đổi, bổ sung"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["keeper", "state", "state_since"], name="amendment_of_keeper")]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"

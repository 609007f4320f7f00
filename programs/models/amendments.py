"""Papers that change a programme."""

from typing import ClassVar

from django.db import models

from portal.models import Paper, PaperQuerySet
from programs.models.programs import Program

ISSUED = {"side": "cơ quan ban hành", "partner": "cơ quan ban hành"}
"""What a paper of one body calls its sides and partners."""


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

"""What the ordered parts of a paper share: the commitments of a programme, the tasks of a plan, and who does them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.changes import shorten
from portal.models import Audience, Kept, Organization


class Item(Kept):
    """One ordered part of a paper, with who may read it and which part of the paper before it continues."""

    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    text = models.TextField("nội dung")
    audience = models.CharField(
        "ai được xem", max_length=7, choices=Audience.choices, default=Audience.PUBLIC
    )
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, verbose_name="từ nội dung", related_name="descendants"
    )
    marks = models.JSONField("dấu ghi", default=dict, blank=True)

    links: ClassVar[tuple[str, ...]] = ("origin",)
    """The rows of other papers it points at."""

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return shorten(self.text, 80)


class Doer(Kept):
    """A body that leads or joins in one part of a paper; a group may stand as printed."""

    class Part(models.TextChoices):
        LEAD = "lead", "chủ trì"
        JOINT = "joint", "phối hợp"

    part = models.CharField("vai trò", max_length=5, choices=Part.choices)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name="cơ quan", related_name="+"
    )
    printed = models.CharField("tên như in", max_length=250, blank=True)

    class Meta:
        abstract = True
        verbose_name = "cơ quan thực hiện"
        verbose_name_plural = "cơ quan thực hiện"
        ordering = ["part", "position", "pk"]

    def __str__(self) -> str:
        return self.printed or str(self.organization)


def doer_is_named(model: str) -> models.CheckConstraint:
    """A body of the register or a name as printed; a row of neither says nothing."""
    return models.CheckConstraint(
        condition=Q(organization__isnull=False) | ~Q(printed=""),
        name=f"{model}_is_named",
        violation_error_message="Ghi tên cơ quan hoặc nhóm như trong văn bản.",
    )

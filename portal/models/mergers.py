"""Duplicates joined into one: where the old address leads, and what is needed to take it back."""

from typing import Any

from django.db import models
from django.db.models import Q

from portal.models.history import Act


class Merger(models.Model):
    """One duplicate that passed into another record by one act.

    The rows that moved are told by their history; ``unkept`` names those whose versions are not kept. An
    undone merger is removed: both acts stay in the journal.
    """

    act = models.OneToOneField(Act, models.PROTECT, verbose_name="việc", related_name="merger")
    record_kind = models.CharField("loại bản ghi", max_length=60)
    gone_code = models.CharField("mã đã gộp", max_length=12)
    gone_name = models.CharField("bản ghi đã gộp", max_length=500)
    gone_slug = models.SlugField("địa chỉ cũ", max_length=140, null=True, unique=True)
    into_code = models.CharField("mã bản ghi giữ lại", max_length=12)
    unkept = models.JSONField(default=dict)

    class Meta:
        verbose_name = "bản ghi trùng đã gộp"
        verbose_name_plural = "bản ghi trùng đã gộp"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record_kind", "gone_code"], name="merger_once"),
        ]

    def __str__(self) -> str:
        return self.gone_name

    @classmethod
    def heir_of(cls, kind: type[models.Model], **old: Any) -> models.Model | None:
        """The record that an old code or address stands for today, through any number of mergers."""
        steps = cls.objects.filter(Q(**old), record_kind=kind._meta.label_lower)
        while (step := steps.first()) is not None:
            if found := kind._default_manager.filter(code=step.into_code).first():
                return found
            steps = cls.objects.filter(gone_code=step.into_code, record_kind=step.record_kind)
        return None

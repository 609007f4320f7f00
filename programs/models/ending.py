"""The recorded ending of a paper before its term: from which day, by which paper, why."""

from datetime import date

from django.db import models

from portal.models import Document


class Terminable(models.Model):
    """A paper that another paper may end or replace before its term."""

    terminated_on = models.DateField("chấm dứt từ ngày", null=True, blank=True)
    termination_reason = models.TextField("lý do chấm dứt", blank=True)
    termination_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, verbose_name="văn bản chấm dứt", related_name="+"
    )

    class Meta:
        abstract = True

    def is_terminated(self, on: date) -> bool:
        """Whether it was ended by a day."""
        return self.terminated_on is not None and self.terminated_on <= on

"""Circles: the bodies a paper stands between, and every body that reaches one of them.

A paper names its circle in one column, so that whether a person may read it is one look into the readers of
circles, however many bodies the person oversees: PostgreSQL looks up the few rows of a page, and gathers the
circles once where it reads a whole list. A paper without a circle
is read by nobody but the body that keeps it: what was forgotten stays closed.

Written by ``portal.actions.circles`` alone: the circle of a paper when its keeper or parties change, the
readers of a circle when the reach table changes.
"""

from collections.abc import Collection

from django.db import models
from django.db.models import Exists, OuterRef, Q

from portal.models.organizations import Organization


class Circle(models.Model):
    """The keeper and the parties of a paper; papers of the same bodies share one."""

    key = models.CharField(max_length=64, unique=True)
    bodies = models.JSONField(default=list)

    class Meta:
        verbose_name = "vòng cơ quan"
        verbose_name_plural = "vòng cơ quan"

    def __str__(self) -> str:
        return self.key


class CircleReaderQuerySet(models.QuerySet["CircleReader"]):
    """What bodies read, asked of each row that names a circle."""

    def read_by(self, bodies: Collection[int], circle: str = "circle") -> Q:
        """Rows in whose circle one of ``bodies`` is a party or stands above one; of no body none.

        No body is said as no row: beside a question about none PostgreSQL would not join what else is asked.
        """
        return Q(Exists(self.filter(body__in=bodies, circle=OuterRef(circle)))) if bodies else Q(pk__in=[])


class CircleReader(models.Model):
    """A body that runs or oversees one of the bodies of a circle, today."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="readers")
    body = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)

    objects = CircleReaderQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan đọc được"
        verbose_name_plural = "cơ quan đọc được"
        constraints = [models.UniqueConstraint(fields=["body", "circle"], name="circle_reader_once")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.circle_id}"

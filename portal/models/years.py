"""What is known of a body's year: from when each register of it is kept, and which years it has confirmed.

Unknown is not zero. Where a register was not kept yet, or the body has not confirmed the year, nothing is said of it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from portal.models.history import Kept
from portal.models.organizations import Organization


class Register(models.TextChoices):
    """What the portal holds of a body, each kept from a year of its own."""

    PROGRAMS = "programs", "chương trình phối hợp"
    PLANS = "plans", "kế hoạch"
    REVIEWS = "reviews", "sơ kết, tổng kết"
    MEETINGS = "meetings", "hội nghị"
    EXEMPLARS = "exemplars", "mô hình, điển hình"


class RegisterStart(Kept):
    """The first year of which a register holds all there is of a body."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="cơ quan", related_name="register_starts"
    )
    register = models.CharField("sổ", max_length=10, choices=Register.choices)
    from_year = models.PositiveSmallIntegerField("đầy đủ từ năm")

    class Meta:
        verbose_name = "năm bắt đầu của sổ"
        verbose_name_plural = "năm bắt đầu của sổ"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "register"],
                name="register_starts_once",
                violation_error_message="Sổ này của cơ quan đã có năm bắt đầu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_register_display()} từ năm {self.from_year}"


class YearConfirmation(Kept):
    """A body's word that what the portal holds of its year is right, as of a moment."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="cơ quan", related_name="confirmed_years"
    )
    year = models.PositiveSmallIntegerField("năm")
    confirmed_at = models.DateTimeField("xác nhận lúc", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người xác nhận",
        related_name="+",
    )
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "xác nhận số liệu năm"
        verbose_name_plural = "xác nhận số liệu năm"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                name="year_confirmed_once",
                violation_error_message="Cơ quan đã xác nhận năm này.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, năm {self.year}"


def known_of(
    bodies: "QuerySet[Organization]", registers: Iterable[str], year: int
) -> "QuerySet[Organization]":
    """Those of ``bodies`` whose year is confirmed and of which these registers were kept in it."""
    confirmed = YearConfirmation.objects.filter(year=year)
    found = bodies.filter(pk__in=confirmed.values("organization_id"))
    for register in registers:
        kept = RegisterStart.objects.filter(register=register, from_year__lte=year)
        found = found.filter(pk__in=kept.values("organization_id"))
    return found

"""What is known of a body's year: from when each register of it is kept, and which years it has confirmed.

Unknown is not zero. Where a register was not kept yet, or the body has not confirmed the year, nothing is said of it.
An edition is a year as it was closed: its numbers stand, whatever is entered later.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.columns import CodeField
from portal.models.history import Kept
from portal.models.organizations import Organization, Reach
from portal.models.territories import AdministrativeUnit
from portal.models.users import User


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
        indexes = [models.Index(fields=["year", "organization"], name="confirmed_in_year")]

    def __str__(self) -> str:
        return f"{self.organization}, năm {self.year}"


class YearRequest(models.Model):
    """A body above asks those below to confirm a year until a day. Never changed, so it has no versions."""

    code = CodeField()
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan đề nghị", related_name="+"
    )
    year = models.PositiveSmallIntegerField("năm")
    due_on = models.DateField("hạn")
    asked_at = models.DateTimeField("đề nghị lúc", default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="người đề nghị", related_name="+"
    )

    class Meta:
        verbose_name = "đề nghị xác nhận số liệu năm"
        verbose_name_plural = "đề nghị xác nhận số liệu năm"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["year", "organization"], name="year_request_of_year")]

    def __str__(self) -> str:
        return f"{self.organization}, năm {self.year}"


class YearEditionQuerySet(models.QuerySet["YearEdition"]):
    """Questions about closed years."""

    def visible_to(self, user: User | AnonymousUser) -> "YearEditionQuerySet":
        """Those of the bodies a person reads for, and of bodies below these; for a visitor the public ones."""
        if not user.is_authenticated:
            return self.filter(published_at__isnull=False)
        if user.is_superuser and user.is_active:
            return self
        return self.filter(organization__in=Reach.objects.within(user.reading_bodies))


class YearEdition(models.Model):
    """A year of a body, or of the territory it lies in, as closed: its numbers never change, so it has no versions.

    ``content`` is what the page said, whole, and what it said to a visitor: that is what becomes public. Closing again
    makes the next number; the older ones stay.
    """

    code = CodeField()
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan chốt", related_name="closed_years"
    )
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="của địa bàn",
        related_name="+",
    )
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("lần chốt")
    content = models.JSONField("số liệu")
    closed_at = models.DateTimeField("chốt lúc", default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="người chốt", related_name="+"
    )
    published_at = models.DateTimeField("công khai lúc", null=True, blank=True)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)

    objects = YearEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu năm đã chốt"
        verbose_name_plural = "số liệu năm đã chốt"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"],
                condition=Q(territory__isnull=True),
                name="year_edition_of_body_once",
                violation_error_message="Năm này vừa được chốt.",
            ),
            models.UniqueConstraint(
                fields=["organization", "territory", "year", "number"],
                condition=Q(territory__isnull=False),
                name="year_edition_of_territory_once",
                violation_error_message="Năm này vừa được chốt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory or self.organization}, năm {self.year}, chốt lần {self.number}"


def is_known(registers: Iterable[str], year: int) -> Q:
    """Bodies whose year is confirmed and of which these registers were kept in it."""
    found = Q(pk__in=confirmed_in(year))
    for register in registers:
        kept = RegisterStart.objects.filter(register=register, from_year__lte=year)
        found &= Q(pk__in=kept.values("organization_id"))
    return found


def confirmed_in(year: int, among: QuerySet | None = None) -> QuerySet:
    """The bodies that confirmed a year, as primary keys; of all, or of those ``among`` names, which are looked up."""
    whose = {} if among is None else {"organization__in": among}
    return YearConfirmation.objects.filter(year=year, **whose).order_by().values("organization_id")

"""Targets of plans: what is asked, of which group of bodies, and how it is measured."""

from datetime import date
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet

from portal.columns import CodeField
from portal.models import AdministrativeUnit, BodyGroup, Organization
from programs.models.items import Item
from programs.models.plans import Plan
from programs.targets import SHARE, Asked, TargetKind


class Target(Item):
    """One target of a plan, as printed and as read.

    Whom it counts is a group of bodies in a territory; ``measure`` names what the portal computes of them. Where
    either is not said, nothing is known of how it stands.
    """

    code = CodeField()
    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="targets")
    kind = models.CharField(
        "cách tính", max_length=8, choices=TargetKind.choices, default=TargetKind.IN_WORDS
    )
    low = models.DecimalField(
        "mức dưới", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    high = models.DecimalField(
        "mức trên", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    is_striving = models.BooleanField("phấn đấu", default=False)
    group = models.ForeignKey(
        BodyGroup, models.PROTECT, null=True, blank=True, verbose_name="tính trên nhóm", related_name="+"
    )
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="trong địa bàn",
        related_name="+",
    )
    measure = models.CharField("đo bằng", max_length=24, blank=True)
    links: ClassVar[tuple[str, ...]] = (*Item.links, "group", "territory")

    class Meta(Item.Meta):
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[TargetKind.IN_WORDS, TargetKind.YES_NO], low__isnull=True, high__isnull=True)
                | Q(kind__in=[TargetKind.EXACTLY, TargetKind.AT_LEAST], low__isnull=False, high__isnull=True)
                | Q(kind=TargetKind.AT_MOST, low__isnull=True, high__isnull=False)
                | Q(kind=TargetKind.BETWEEN, low__isnull=False, high__gt=models.F("low")),
                name="target_level_matches_kind",
                violation_error_message="Mức và cách tính không khớp nhau.",
            ),
            models.CheckConstraint(
                condition=~Q(unit=SHARE) | ((Q(low__isnull=True) | Q(low__lte=100)) & (Q(high__isnull=True) | Q(high__lte=100))),
                name="target_share_within_a_hundred",
                violation_error_message="Tỷ lệ không quá 100 %.",
            ),
        ]  # fmt: skip

    @property
    def asked(self) -> Asked:
        """What it asks, as numbers."""
        return Asked(TargetKind(self.kind), self.low, self.high, self.unit, self.is_striving)

    @property
    def is_share(self) -> bool:
        """Whether it asks a share of bodies or of things, and not a number of them."""
        return self.unit == SHARE

    def population(self, on: date) -> "QuerySet[Organization] | None":
        """The bodies it counts, as they are on a day; None where nobody has said which."""
        if self.group_id and self.territory_id:
            return self.group.within(self.territory, on)
        return None

"""Targets of plans: what is asked, of which bodies, how it is measured, and what its keeper states beside that."""

from collections import defaultdict
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from portal.columns import CodeField
from portal.models import AdministrativeUnit, Attachment, BodyGroup, Kept, Organization, heirs_of
from portal.models.territories import alive_on
from portal.numbers import number_words
from programs.models.items import Item
from programs.models.plans import Plan
from programs.targets import REPORTED, SHARE, Asked, TargetKind


def part_of_whole(part: str, whole: str, name: str) -> models.CheckConstraint:
    """No more than there is, where it is said how many there are."""
    return models.CheckConstraint(
        condition=Q(**{f"{part}__isnull": True})
        | Q(**{f"{part}__gte": 0, f"{whole}__isnull": True})
        | Q(**{f"{part}__gte": 0, f"{part}__lte": F(whole)}),
        name=f"{name}_no_more_than_there_is",
        violation_error_message="Kết quả không quá tổng số.",
    )


class Target(Item):
    """One target of a plan, as printed and as read.

    Whom it counts is a list of bodies, else a group of them in a territory; ``measure`` names what the portal computes
    of them, or how they tell it. Where that is not said, nothing is known of how it stands. What its keeper states
    stands beside what is measured, and neither overwrites the other.
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
    is_each = models.BooleanField("tính riêng từng cơ quan", default=False)
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
    under = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="góp vào chỉ tiêu",
        related_name="parts_below",
    )
    stated_value = models.DecimalField(
        "số nêu", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    stated_of = models.DecimalField(
        "trên tổng số",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    stated_on = models.DateField("số nêu tính đến ngày", null=True, blank=True)
    stated_reason = models.CharField("lý do nêu số khác", max_length=500, blank=True)

    links: ClassVar[tuple[str, ...]] = (*Item.links, "group", "territory", "under")

    class Meta(Item.Meta):
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[TargetKind.IN_WORDS, TargetKind.YES_NO], low__isnull=True, high__isnull=True)
                | Q(kind__in=[TargetKind.EXACTLY, TargetKind.AT_LEAST], low__isnull=False, high__isnull=True)
                | Q(kind=TargetKind.AT_MOST, low__isnull=True, high__isnull=False)
                | Q(kind=TargetKind.BETWEEN, low__isnull=False, high__gt=F("low")),
                name="target_level_matches_kind",
                violation_error_message="Mức và cách tính không khớp nhau.",
            ),
            models.CheckConstraint(
                condition=Q(is_each=False) | ~Q(kind__in=[TargetKind.IN_WORDS, TargetKind.YES_NO]),
                name="target_of_each_has_level",
                violation_error_message="Tính riêng từng cơ quan thì phải có mức.",
            ),
            models.CheckConstraint(
                condition=~Q(unit=SHARE) | ((Q(low__isnull=True) | Q(low__lte=100)) & (Q(high__isnull=True) | Q(high__lte=100))),
                name="target_share_within_a_hundred",
                violation_error_message="Tỷ lệ không quá 100 %.",
            ),
            models.CheckConstraint(
                condition=Q(stated_value__isnull=True, stated_of__isnull=True, stated_on__isnull=True, stated_reason="")
                | (Q(stated_value__isnull=False, stated_on__isnull=False) & ~Q(stated_reason="")),
                name="target_stated_with_day_and_reason",
                violation_error_message="Số nêu phải có ngày và lý do.",
            ),
            part_of_whole("stated_value", "stated_of", "target_stated"),
        ]  # fmt: skip

    @property
    def asked(self) -> Asked:
        """What it asks, as numbers."""
        kind = TargetKind(self.kind)
        return Asked(kind, self.low, self.high, self.unit, self.is_striving, is_each=self.is_each)

    @cached_property
    def is_listed(self) -> bool:
        """Whether its bodies are named one by one."""
        return self.bodies.exists()

    @property
    def is_share(self) -> bool:
        """Whether it asks a share of bodies or of things, and not a number of them."""
        return self.unit == SHARE

    @property
    def is_fraction(self) -> bool:
        """Whether how it stands is so many of so many: a share, or the bodies that reach what is asked of each."""
        return self.is_share or self.is_each

    def population(self, on: date) -> "QuerySet[Organization] | None":
        """The bodies it counts, as they are on a day; None where nobody has said which.

        Listed bodies stand before the rule, and what an ended one passed into in its place. What a plan is to be told of and says of nobody, its own body tells.
        """
        if self.is_listed:
            return Organization.objects.filter(
                pk__in=TargetBody.objects.filter(target=self).counted(on)[self.pk]
            )
        if self.group_id and self.territory_id:
            return self.group.within(self.territory, on)
        if self.measure == REPORTED and not self.group_id:
            return Organization.objects.alive(on).filter(pk=self.plan.keeper_id)
        return None


class TargetBodyQuerySet(models.QuerySet["TargetBody"]):
    """Questions about listed bodies."""

    def counted(self, on: date) -> dict[int, set[int]]:
        """Whom each target counts on a day by these rows: who lives, and once each the heirs of who ended before."""
        found: dict[int, set[int]] = defaultdict(set)
        ended: dict[int, set[int]] = defaultdict(set)
        lives = ExpressionWrapper(alive_on(on, "organization__"), output_field=models.BooleanField())
        rows = self.order_by().values_list("target_id", "organization_id", "organization__ended_on", lives)
        for target, body, last, is_alive in rows:
            if is_alive:
                found[target].add(body)
            elif last is not None and last < on:
                ended[body].add(target)
        heirs = heirs_of(ended, on) if ended else {}
        for body, targets in ended.items():
            for target in targets:
                found[target] |= {heir.pk for heir in heirs[body]}
        return found


class TargetBody(Kept):
    """A body that a target counts by name."""

    target = models.ForeignKey(Target, models.CASCADE, verbose_name="chỉ tiêu", related_name="bodies")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="cơ quan", related_name="+")

    objects = TargetBodyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan được tính"
        verbose_name_plural = "cơ quan được tính"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "organization"],
                name="target_body_once",
                violation_error_message="Cơ quan này đã có trong danh sách.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)


class TargetReportQuerySet(models.QuerySet["TargetReport"]):
    """Questions about what bodies reported."""

    def by(self, on: date) -> "TargetReportQuerySet":
        """What was so by a day."""
        return self.filter(as_of__lte=on)


class TargetReport(Kept):
    """What one body tells of one target: so many, of so many, as of a day. Its earlier words stay in the history."""

    target = models.ForeignKey(Target, models.CASCADE, verbose_name="chỉ tiêu", related_name="reports")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="target_reports"
    )
    numerator = models.DecimalField(
        "kết quả", max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    denominator = models.DecimalField(
        "trên tổng số",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    as_of = models.DateField("tính đến ngày")
    evidence = models.CharField("minh chứng", max_length=1000, blank=True)
    reported_at = models.DateTimeField("báo cáo lúc", default=timezone.now)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người báo cáo",
        related_name="+",
    )

    objects = TargetReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo chỉ tiêu"
        verbose_name_plural = "báo cáo chỉ tiêu"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "organization"],
                name="target_reported_once",
                violation_error_message="Cơ quan này đã báo cáo chỉ tiêu này.",
            ),
            part_of_whole("numerator", "denominator", "target_report"),
        ]
        indexes = [
            # What thousands of bodies told of one target is added up from this alone.
            models.Index(
                fields=["target", "organization", "as_of", "numerator", "denominator"],
                name="target_report_told",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.words}"

    @property
    def evidence_files(self) -> list[Attachment]:
        """The files that prove it."""
        return [one.file for one in self.files.all()]

    @property
    def words(self) -> str:
        """How many of how many: "12/40", "3"."""
        whole = f"/{number_words(self.denominator)}" if self.denominator is not None else ""
        return f"{number_words(self.numerator)}{whole}"


class TargetEvidence(Kept):
    """A file that proves what a body told of a target. Whoever reads the report opens it, and nobody else."""

    report = models.ForeignKey(TargetReport, models.CASCADE, verbose_name="báo cáo", related_name="files")
    file = models.OneToOneField(Attachment, models.PROTECT, verbose_name="tệp", related_name="+")

    class Meta:
        verbose_name = "tệp minh chứng"
        verbose_name_plural = "tệp minh chứng"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)

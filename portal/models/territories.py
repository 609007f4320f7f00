"""Levels and territories, with the days they began and ended."""

import re
from datetime import date

from django.db import models
from django.db.models import F, Q

from portal.columns import CodeField, FoldedField, SortKeyField
from portal.dates import PartialDate, days_of
from portal.models.history import Kept


def alive_on(on: date | PartialDate, prefix: str = "") -> Q:
    """Rows that existed on a day, or on any day that a date may mean; an open end is unknown, and counts as existing."""
    first, last = days_of(on)
    started, ended = f"{prefix}started_on", f"{prefix}ended_on"
    begun = Q(**{f"{started}__isnull": True}) | Q(**{f"{started}__lte": last})
    not_over = Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gte": first})
    return begun & not_over


def ends_after_start(model: str) -> models.CheckConstraint:
    """A thing does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
        name=f"{model}_ends_after_start",
        violation_error_message="Ngày kết thúc trước ngày bắt đầu.",
    )


def end_words(day: date | None) -> str:
    """The day a thing ended; nothing while it lasts."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


_KIND_OF_PLACE = re.compile(
    r"(?:thành phố|tỉnh|quận|huyện|thị xã|phường|xã|đặc khu|thị trấn)\s+", re.IGNORECASE
)


def without_kind(name: str) -> str:
    """The name of a territory without what kind of place it is: "Ba Đình"."""
    return _KIND_OF_PLACE.sub("", name, count=1)


class Level(Kept):
    """A tier of the country's organisation; the district tier ended on 30/6/2025."""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên cấp", max_length=80)
    rank = models.PositiveSmallIntegerField(
        "thứ bậc", help_text="Trung ương là 0; số lớn hơn là cấp thấp hơn."
    )
    ended_on = models.DateField("có đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "cấp"
        verbose_name_plural = "các cấp"
        ordering = ["rank", "key"]

    def __str__(self) -> str:
        return self.name


AROUND = "parent__parent__parent"
"""What is read with a territory to say where it lies."""


class AdministrativeUnit(Kept):
    """A territory: province, district (until 30/6/2025), ward, commune, special zone."""

    code = CodeField()
    name = models.CharField("tên", max_length=160, help_text="Kèm loại: quận Ba Đình, phường 1.")
    gso_code = models.CharField("mã thống kê", max_length=10, blank=True)
    level = models.ForeignKey(Level, models.PROTECT, verbose_name="cấp")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="thuộc", related_name="children"
    )
    path = models.CharField("đường dẫn", max_length=120, blank=True, editable=False, db_index=True)
    started_on = models.DateField("có từ ngày", null=True, blank=True)
    ended_on = models.DateField("có đến ngày", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    folded = FoldedField(source="name")
    sort_key = SortKeyField(source="name")

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ["sort_key"]
        constraints = [ends_after_start("unit")]
        indexes = [models.Index(fields=["sort_key"], name="unit_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name with the day it ended, where it did: ``quận Ba Đình (đến 30/6/2025)``."""
        return f"{self.name} (đến {end_words(self.ended_on)})" if self.ended_on else self.name

    def is_alive(self, day: date) -> bool:
        """Whether the territory existed on ``day``, as far as known."""
        return (self.started_on or day) <= day <= (self.ended_on or day)

    @property
    def whereabouts(self) -> str:
        """The territories it lies in below the country, the nearest first: "huyện Bắc Sơn, tỉnh Lạng Sơn"."""
        names, unit = [], self.parent
        while unit is not None and unit.parent_id is not None:
            names.append(unit.name[:1].lower() + unit.name[1:])
            unit = unit.parent
        return ", ".join(name for name in names if not self.name.endswith(f", {name}"))

    @property
    def full_name(self) -> str:
        """The name with the territories around: "Xã Tân Lập, huyện Bắc Sơn, tỉnh Lạng Sơn"."""
        return ", ".join(filter(None, (self.name, self.whereabouts)))

    def around(self) -> "models.QuerySet[AdministrativeUnit]":
        """This territory and those it lies in."""
        return AdministrativeUnit.objects.filter(Q(pk=self.pk) | Q(code__in=self.path.strip("/").split("/")))

    def inside(self, path: str = "") -> Q:
        """What lies in this territory, itself among it; ``path`` leads from a row to its territory."""
        if not self.path:  # not placed yet
            return Q(**{f"{path}pk": self.pk})
        return Q(**{f"{path}path__startswith": self.path})

    def lies_in(self, other: "AdministrativeUnit") -> bool:
        """Whether it is this territory or lies in it, as :meth:`inside` asks."""
        return self.pk == other.pk or bool(other.path and self.path.startswith(other.path))

    def own_path(self) -> str:
        """The codes of the territories this one lies in, down to itself: ``/vn/hn/bd/``."""
        return f"{self.parent.path if self.parent else '/'}{self.code}/"


class UnitSuccession(Kept):
    """A territory becoming another, wholly or in part, on a day."""

    predecessor = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, verbose_name="trước", related_name="later_links"
    )
    successor = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, verbose_name="sau", related_name="earlier_links"
    )
    effective_on = models.DateField("hiệu lực từ", null=True, blank=True)
    in_part = models.BooleanField("chỉ một phần", default=False)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "kế thừa địa bàn"
        verbose_name_plural = "kế thừa địa bàn"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="unit_succession_once",
                violation_error_message="Hai đơn vị này đã được nối với nhau.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}, sau là {self.successor}"

"""Groups of bodies as papers name them: "các phường", "các cơ quan chuyên môn"; which kinds they are is data."""

from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from portal.models.history import Kept
from portal.models.organizations import Organization, OrganizationKind
from portal.models.territories import AdministrativeUnit, Level
from portal.text import fold


class BodyGroupQuerySet(models.QuerySet["BodyGroup"]):
    """Questions about groups; they are few, and compared in memory."""

    def meant_by(self, text: str) -> "BodyGroup | None":
        """The group a paper's words name: of all names found in them, the longest."""
        said = f" {fold(text)} "
        found = [
            (len(name), -group.position, group)
            for group in self
            for name in map(fold, [group.name, *group.words.split("\n")])
            if name and f" {name} " in said
        ]
        return max(found, key=lambda one: one[:2])[2] if found else None

    def holding(self, body: Organization) -> "BodyGroupQuerySet":
        """The groups whose kinds and levels are those of a body, wherever it lies."""
        level = body.level_id or (body.territory.level_id if body.territory else None)
        parts = BodyGroupPart.objects.filter(Q(level=level) | Q(level__isnull=True), kind=body.kind_id)
        return self.filter(pk__in=parts.order_by().values("group_id"))


class BodyGroup(Kept):
    """What a paper calls many bodies at once; within a territory it means the bodies of its kinds there."""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên nhóm", max_length=120, help_text="Như văn bản gọi: các xã, phường, đặc khu.")
    words = models.TextField(
        "cách gọi khác", blank=True, help_text="Mỗi cách gọi một dòng: các phường; cấp xã; cơ sở."
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = BodyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm cơ quan"
        verbose_name_plural = "các nhóm cơ quan"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    def within(self, territory: AdministrativeUnit, on: date) -> "QuerySet[Organization]":
        """The bodies of this group that lie in a territory and exist on a day."""
        kinds = Q(pk__in=[])
        for part in self.parts.all():
            level = Q(level=part.level_id) | Q(level__isnull=True, territory__level=part.level_id)
            kinds |= Q(kind=part.kind_id) & (level if part.level_id else Q())
        return Organization.objects.alive(on).filter(territory.inside("territory__"), kinds)


class BodyGroupPart(Kept):
    """A kind of body of a group, at one level or at all."""

    group = models.ForeignKey(BodyGroup, models.CASCADE, verbose_name="nhóm", related_name="parts")
    kind = models.ForeignKey(OrganizationKind, models.PROTECT, verbose_name="loại cơ quan", related_name="+")
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, verbose_name="cấp", related_name="+"
    )

    class Meta:
        verbose_name = "loại cơ quan trong nhóm"
        verbose_name_plural = "loại cơ quan trong nhóm"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind", "level"],
                name="body_group_part_once",
                violation_error_message="Nhóm đã có loại cơ quan này ở cấp này.",
            ),
            models.UniqueConstraint(
                fields=["group", "kind"],
                condition=Q(level__isnull=True),
                name="body_group_part_of_all_levels_once",
                violation_error_message="Nhóm đã có loại cơ quan này ở mọi cấp.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.level}" if self.level_id else str(self.kind)

"""Bodies (đơn vị, cơ quan, tổ chức): their kinds, sectors, dates, superiors and successors."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Q

from portal.columns import CodeField, FoldedField, ShownFromField, SortKeyField
from portal.dates import PartialDate, days_of
from portal.models.history import Kept
from portal.models.territories import (
    AdministrativeUnit,
    Level,
    alive_on,
    end_words,
    ends_after_start,
    without_kind,
)
from portal.text import fold


class Sector(Kept):
    """The part of the political system a body belongs to: Party, State, Front, armed forces…"""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên khối", max_length=80)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "khối"
        verbose_name_plural = "các khối"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class OrganizationKind(Kept):
    """A kind of body that recurs in every territory: HĐND, UBND, Ban Dân vận…"""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên loại", max_length=120)
    abbreviation = models.CharField("viết tắt", max_length=20, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, verbose_name="khối")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại cơ quan"
        verbose_name_plural = "loại cơ quan"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Questions about bodies."""

    def alive(self, day: date) -> "OrganizationQuerySet":
        """Bodies that existed on ``day``."""
        return self.filter(alive_on(day))

    def below(self, body: "Organization") -> "OrganizationQuerySet":
        """Bodies of a lower level than ``body``, and those directly under it; a body stands at its territory's level."""
        rank = body.level.rank if body.level else body.territory.level.rank if body.territory else None
        under = Q(superior_links__superior=body)
        if rank is not None:
            under |= Q(level__rank__gt=rank) | Q(level__isnull=True, territory__level__rank__gt=rank)
        return self.filter(pk__in=Organization.objects.filter(under).order_by().values("pk"))

    def named(self, folded: Iterable[str]) -> "OrganizationQuerySet":
        """Bodies whose name or another name folds to exactly one of these texts."""
        wanted = set(folded)
        return self._in_names(Q(folded__in=wanted), Q(folded__in=wanted))

    def matching(self, *folded: str) -> "OrganizationQuerySet":
        """Bodies of which one name holds every word of one of these already folded texts."""
        own, other = Q(pk__in=[]), Q(pk__in=[])
        for words in (text.split()[:8] for text in folded):
            if not words:
                return self
            own |= Q(*(Q(search_text__contains=word) for word in words))
            other |= Q(*(Q(folded__contains=word) for word in words))
        return self._in_names(own, other)

    def _in_names(self, own: Q, other: Q) -> "OrganizationQuerySet":
        """Asked apart and put together, each reads an index of its names; asked with "or", neither does."""
        others = OrganizationName.objects.filter(other).order_by().values("organization_id")
        return self.filter(pk__in=Organization.objects.filter(own).order_by().values("pk").union(others))


class Organization(Kept):
    """A body. Open ends mean unknown; where only a stretch of time is known, its words stand beside its last day."""

    code = CodeField()
    name = models.CharField("tên đầy đủ", max_length=250, help_text="Kèm địa bàn: UBND quận Ba Đình.")
    abbreviation = models.CharField(
        "viết tắt", max_length=40, blank=True, help_text="Như trong ký hiệu: BDVQU."
    )
    slug = models.SlugField("tên trong địa chỉ", max_length=140, unique=True)
    kind = models.ForeignKey(OrganizationKind, models.PROTECT, null=True, blank=True, verbose_name="loại")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, verbose_name="khối")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, verbose_name="cấp")
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="địa bàn",
        related_name="bodies",
    )
    started_on = models.DateField("thành lập ngày", null=True, blank=True)
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)
    ended_printed = models.CharField(
        "kết thúc, khi chưa rõ ngày",
        max_length=60,
        blank=True,
        help_text="Ví dụ: nửa đầu năm 2025. Mọi trang ghi như vậy thay cho ngày; "
        "ô ngày kết thúc khi đó là ngày muộn nhất có thể.",
    )
    approves_on_paper = models.BooleanField(
        "ghi nhận duyệt trên giấy",
        default=False,
        help_text="Cho phép cán bộ của cơ quan ghi nhận việc lãnh đạo đã duyệt trên giấy, kèm tệp phiếu duyệt.",
    )
    looked_at = models.BooleanField(
        "đã rà soát", default=True, help_text="Bỏ dấu khi tên được thêm tại chỗ và chưa ai rà soát."
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    note = models.TextField("ghi chú", blank=True)
    folded = FoldedField(source="name")
    search_text = FoldedField(source=("name", "abbreviation"))
    sort_key = SortKeyField(source="name")
    shown_from = ShownFromField()

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan, tổ chức"
        verbose_name_plural = "cơ quan, tổ chức"
        ordering = ["sort_key"]
        constraints = [
            ends_after_start("organization"),
            models.CheckConstraint(
                condition=Q(ended_printed="") | Q(ended_on__isnull=False),
                name="organization_end_has_a_day",
                violation_error_message="Ghi cả ngày muộn nhất có thể vào ô ngày kết thúc.",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id", "shown_from"], name="organization_listed"),
            models.Index(fields=["shown_from"], name="organization_shown"),
            models.Index(fields=["folded"], name="organization_called"),
            models.Index(fields=["search_text"], name="organization_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_alive(self, on: date | PartialDate) -> bool:
        """Whether the body existed on a day, or on any day that a date may mean, as far as known."""
        first, last = days_of(on)
        begun = self.started_on is None or self.started_on <= last
        return begun and (self.ended_on is None or self.ended_on >= first)

    @property
    def ended(self) -> str:
        """When it ended, as exactly as is known: "30/6/2025", "nửa đầu năm 2025"; nothing while it lives."""
        return self.ended_printed or end_words(self.ended_on)

    @property
    def label(self) -> str:
        """The name with the end of its life where it is known: ``… (đến 30/6/2025)``."""
        return f"{self.name} (đến {self.ended})" if self.ended else self.name

    @property
    def whereabouts(self) -> str:
        """What tells it from others of its name: where it lies, as far as the name does not say it, and since when:
        "huyện Bắc Sơn, tỉnh Lạng Sơn".
        """
        home = self.territory
        own = (
            home.name[:1].lower() + home.name[1:] if home and home.parent_id and not self._names(home) else ""
        )
        begun = f"từ {end_words(self.started_on)}" if self.started_on else ""
        return ", ".join(filter(None, (own, home.whereabouts if home else "", begun)))

    def _names(self, place: AdministrativeUnit) -> bool:
        return f" {fold(without_kind(place.name))} " in f" {self.folded} "


class OrganizationName(Kept):
    """Another name a body is known or printed under."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="cơ quan", related_name="other_names"
    )
    name = models.CharField("tên khác", max_length=250)
    folded = FoldedField(source="name")

    class Meta:
        verbose_name = "tên khác"
        verbose_name_plural = "tên khác"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="organization_name_once",
                violation_error_message="Cơ quan này đã có tên khác như vậy.",
            )
        ]
        indexes = [models.Index(fields=["folded"], name="organization_also_called")]

    def __str__(self) -> str:
        return self.name


class SuccessionKind(models.TextChoices):
    """How a body passes into another."""

    MERGED = "merged", "hợp nhất"
    ABSORBED = "absorbed", "sáp nhập"
    SPLIT = "split", "chia, tách"
    RENAMED = "renamed", "đổi tên"
    KEPT = "kept", "giữ nguyên, đổi cấp trên"
    ENDED = "ended", "kết thúc"


class Succession(Kept):
    """One body passing into another on a day; many to many. No successor: it simply ended."""

    predecessor = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan trước", related_name="later_links"
    )
    successor = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="cơ quan sau",
        related_name="earlier_links",
    )
    kind = models.CharField("hình thức", max_length=8, choices=SuccessionKind.choices)
    effective_on = models.DateField("hiệu lực từ", null=True, blank=True)
    document = models.ForeignKey(
        "portal.Document", models.PROTECT, null=True, blank=True, verbose_name="văn bản quyết định"
    )
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message="Hai cơ quan này đã được nối với nhau.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")),
                name="succession_between_two",
                violation_error_message="Một cơ quan không kế thừa chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}, " + (f"sau là {self.successor}" if self.successor else "kết thúc")


def heirs_of(ended: Iterable[int], day: date) -> dict[int, list[Organization]]:
    """The living bodies each of these ended ones passed into, in order; read from these alone, a question a step."""
    successors: dict[int, list[Organization]] = defaultdict(list)
    ended = set(ended)
    seen = waiting = ended
    while waiting:
        links = Succession.objects.filter(predecessor__in=waiting, successor__isnull=False)
        waiting = set()
        for link in links.select_related("successor"):
            successors[link.predecessor_id].append(link.successor)
            if not link.successor.is_alive(day) and link.successor_id not in seen:
                waiting.add(link.successor_id)
        seen = seen | waiting

    def living(pk: int) -> dict[int, Organization]:
        found, passed, left = {}, {pk}, [pk]
        while left:
            for body in successors[left.pop()]:
                if body.is_alive(day):
                    found[body.pk] = body
                elif body.pk not in passed:
                    passed.add(body.pk)
                    left.append(body.pk)
        return found

    return {pk: [body for _, body in sorted(living(pk).items())] for pk in ended}


class Subordination(Kept):
    """A body's direct superior, for a time: Party bodies by Party level, others by territory."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="cơ quan", related_name="superior_links"
    )
    superior = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cấp trên", related_name="subordinate_links"
    )
    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "quan hệ cấp trên"
        verbose_name_plural = "quan hệ cấp trên"
        constraints = [
            ends_after_start("subordination"),
            models.CheckConstraint(
                condition=~Q(organization=models.F("superior")),
                name="subordination_between_two",
                violation_error_message="Một cơ quan không là cấp trên của chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, cấp trên là {self.superior}"


@dataclass
class Answering:
    """Who answers for a body that has ended: the heirs on record, else the nearest living body above it."""

    heirs: list[Organization] = field(default_factory=list)
    superior: Organization | None = None


class ReachQuerySet(models.QuerySet["Reach"]):
    """What the bodies a person acts for may run and read, as primary keys of bodies."""

    def grant(self, reader: int, body: int, relation: str) -> "Reach":
        """A row of the table, not yet saved."""
        runner = reader if relation == Reach.Relation.RUNS else None
        return self.model(reader_id=reader, body_id=body, relation=relation, runner_id=runner)

    def running(self, readers: Iterable[int]) -> models.QuerySet:
        """The bodies that ``readers`` run: themselves and those they succeed."""
        return self.filter(runner__in=readers).values("body_id")

    def within(self, readers: Iterable[int]) -> models.QuerySet:
        """The bodies that ``readers`` run or oversee: themselves and all below."""
        return self.filter(reader__in=readers).values("body_id")

    def answering(self, bodies: Iterable[Organization], on: date) -> dict[Organization, "Answering"]:
        """Which living bodies answer for these that have ended; of those above one, the nearest has all others above it."""
        bodies = list(bodies)
        rows = self.filter(body__in=bodies).exclude(reader=models.F("body")).select_related("reader")
        found = {body: Answering() for body in bodies}
        by_pk, above = {body.pk: body for body in bodies}, defaultdict(list)
        for row in (row for row in rows.order_by("reader") if row.reader.is_alive(on)):
            if row.relation == Reach.Relation.RUNS:
                found[by_pk[row.body_id]].heirs.append(row.reader)
            else:
                above[by_pk[row.body_id]].append(row.reader)
        orphans = {body: above[body] for body in bodies if above[body] and not found[body].heirs}
        readers = {one.pk for superiors in orphans.values() for one in superiors}
        pairs = set()
        if len(readers) > 1:
            pairs = set(self.filter(reader__in=readers, body__in=readers).values_list("body_id", "reader_id"))
        for body, superiors in orphans.items():
            found[body].superior = max(
                superiors, key=lambda one: sum((one.pk, other.pk) in pairs for other in superiors)
            )
        return found


class Reach(models.Model):
    """Which bodies a body runs (itself and those it succeeds) and which it oversees, today.

    Kept by ``portal.actions.registers.rebuild_reach``. ``runner`` repeats the reader where it runs the
    body: PostgreSQL then knows that a body runs few, though one at the top oversees thousands.
    """

    class Relation(models.TextChoices):
        RUNS = "runs", "điều hành"
        OVERSEES = "oversees", "theo dõi"

    reader = models.ForeignKey(Organization, models.CASCADE, related_name="reach")
    body = models.ForeignKey(Organization, models.CASCADE, related_name="readers")
    relation = models.CharField(max_length=8, choices=Relation.choices)
    runner = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+", db_index=False)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = "tầm xem"
        verbose_name_plural = "tầm xem"
        constraints = [
            models.UniqueConstraint(fields=["reader", "body", "relation"], name="reach_once"),
            models.CheckConstraint(
                condition=Q(relation="runs", runner=models.F("reader"))
                | Q(relation="oversees", runner__isnull=True),
                name="reach_runner_is_the_reader",
            ),
        ]
        indexes = [models.Index(fields=["runner", "body"], name="reach_of_runner")]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.relation} {self.body_id}"

"""Coordination programmes: parties' commitments for a period, their lineage and life."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone

from portal.columns import (
    UNKNOWN_DAY,
    PartialDateColumns,
    PeriodColumns,
    SortKeyField,
    partial_date_constraint,
    period_constraint,
)
from portal.dates import Period
from portal.models import (
    Document,
    Kept,
    Organization,
    Paper,
    PaperQuerySet,
    Partner,
    Tag,
    User,
)
from portal.models.records import READ_BY
from programs.models.ending import Terminable
from programs.models.items import Doer, Item, doer_is_named

ENDING_SOON = timedelta(days=90)
ONE_DAY = timedelta(days=1)
SIGNED_ON = Coalesce("document__dated_last", "in_force_from")
"""The last day it can have been signed on; the day it begins where none is known."""
LIVED_BY = (
    "is_signed",
    "in_force_from",
    "in_force_until",
    "inside_until",
    "parties_ended_on",
    "terminated_on",
    "has_successor",
    "predecessor",
)
"""The columns that decide where it stands in its life."""
CALLED_BY = ("parties_label", "period_kind", "period_first", "period_last", "period_text", "document__title")
"""The columns by which it is called."""


class Life(models.TextChoices):
    """Where a programme stands in its life; derived from dates, never stored."""

    UNSIGNED = "unsigned", "chưa ký"
    UNKNOWN_SIGNING = "unknown_signing", "chưa rõ ngày ký"
    NOT_STARTED = "not_started", "chưa hiệu lực"
    IN_FORCE = "in_force", "đang hiệu lực"
    ENDING_SOON = "ending_soon", "sắp hết hạn"
    REARRANGED = "rearranged", "cơ quan ký đã sắp xếp lại"
    EXPIRED = "expired", "hết hạn"
    TERMINATED = "terminated", "chấm dứt"
    UNKNOWN_TERM = "unknown_term", "chưa rõ thời hạn"


class Cadence(models.TextChoices):
    """How often a programme is to be reviewed."""

    UNKNOWN = "", "chưa rõ"
    NONE = "none", "văn bản không quy định"
    QUARTERLY = "quarterly", "hằng quý"
    HALF_YEARLY = "half_yearly", "6 tháng một lần"
    YEARLY = "yearly", "hằng năm"
    MID_TERM = "mid_term", "giữa kỳ và cuối kỳ"
    PERIODIC = "periodic", "định kỳ"


def heir_inside(reader: User | AnonymousUser) -> Subquery | None:
    """What this reader reads, and everybody does not, of what continues a programme; nothing for a visitor.

    Looked up for each of the few that something kept inside continues: asked whether it exists, PostgreSQL would
    list all that is kept inside, once for every condition that names it.
    """
    if not reader.is_authenticated:
        return None
    later = Program.objects.visible_to(reader).approved().filter(predecessor=OuterRef("pk"))
    inside = later.exclude(withdrawn_at__isnull=True, published_from__lte=timezone.now())
    return Subquery(inside.order_by().values("pk")[:1])


def binding(first: date, last: date, heir: Combinable | None = None) -> Q:
    """Programmes in force on one of these days, as everybody knows it; with ``heir`` as its reader knows it."""
    not_stopped = Q(terminated_on__isnull=True) | Q(terminated_on__gt=first)
    return Q(in_force_from__lte=last) & lasts(first, heir) & not_stopped


def lasts(day: date, heir: Combinable | None = None) -> Q:
    """In force without end, or to this day at least."""
    found = Q(in_force_until__isnull=True) | Q(in_force_until__gte=day)
    if heir is not None:  # what the reader knows better is always earlier
        found &= Q(inside_until__isnull=True) | Q(inside_until__gte=day) | Q(IsNull(heir, True))
    return found


def ending_within(first: date, last: date, heir: Combinable | None = None) -> Q:
    """Whose last day lies between these: a span with both ends, of which few rows are found through an index."""
    ends = Q(in_force_until__range=(first, last))
    if heir is not None:
        ends |= Q(inside_until__range=(first, last)) & Q(IsNull(heir, False))
    return ends


def ends_before(day: date, heir: Combinable | None = None) -> Q:
    """Over before this day."""
    ends = Q(in_force_until__lt=day)
    if heir is not None:  # in this order: whom nothing is known of better is not looked up
        ends |= Q(inside_until__isnull=False) & Q(inside_until__lt=day) & Q(IsNull(heir, False))
    return ends


MOST_BETWEEN = 40
"""More bodies than any known programme has: each is a condition of its own."""


class ProgramQuerySet(PaperQuerySet):
    """Questions about programmes."""

    def told_to(self, reader: User | AnonymousUser) -> "ProgramQuerySet":
        """Lives as this reader may know them: ``until`` is the last day in force for who reads what continues it."""
        if (heir := heir_inside(reader)) is None:
            return self.annotate(until=F("in_force_until"))
        told = self.alias(heir_inside=heir)
        knows = Q(inside_until__isnull=False) & Q(heir_inside__isnull=False)
        return told.annotate(until=Case(When(knows, then="inside_until"), default="in_force_until"))

    @property
    def _heir(self) -> F | None:
        """What the reader of :meth:`told_to` knows better than everybody; nothing where nobody is told."""
        return F("heir_inside") if "heir_inside" in self.query.annotations else None

    def in_force(self, on: date) -> "ProgramQuerySet":
        """Programmes that bind their parties on a day."""
        return self.filter(binding(on, on, self._heir))

    def in_force_during(self, year: int) -> "ProgramQuerySet":
        """Programmes in force on some day of a year."""
        return self.filter(binding(date(year, 1, 1), date(year, 12, 31), self._heir))

    def of_term(self, first: date, last: date) -> "ProgramQuerySet":
        """Programmes, not known to be unsigned, that begin within a term; one of the next begins in its last year."""
        before = max(last.year, first.year + 1)
        begun = self.filter(period_first__year__gte=first.year, period_first__year__lt=before)
        return begun.exclude(is_signed=False)

    def of_period(self, period: Period) -> "ProgramQuerySet":
        """Programmes for exactly this time."""
        return self.filter(period_first=period.first, period_last=period.last)

    def between(self, bodies: Collection[Organization]) -> "ProgramQuerySet":
        """Programmes whose sides are these bodies, all of them and nobody else; none where they are very many."""
        if len(bodies) > MOST_BETWEEN:
            return self.none()
        others = Partner.objects.filter(document=OuterRef("document")).exclude(organization__in=bodies)
        found = self.filter(~Exists(others))
        for body in bodies:
            found = found.filter(document__in=body.partnerships.order_by().values("document"))
        return found

    def signed_since(self, day: date) -> "ProgramQuerySet":
        """Programmes signed on a day or later; of those whose signing day is unknown, those that begin later."""
        return self.alias(signed_on=SIGNED_ON).filter(signed_on__gte=day).exclude(is_signed=False)

    def last_signed(self, bodies: Collection[int]) -> dict[int, date]:
        """The last day each of these bodies signed one of the programmes, as :meth:`signed_since` counts it."""
        body = "document__partners__organization"
        found = self.exclude(is_signed=False).filter(**{f"{body}__in": bodies}).order_by().values_list(body)
        return {key: day for key, day in found.annotate(day=Max(SIGNED_ON)) if day}

    def rearranged(self, on: date) -> "ProgramQuerySet":
        """Programmes in force whose signing bodies have all ended."""
        return self.in_force(on).filter(parties_ended_on__lt=on)

    def standing(self, on: date) -> "ProgramQuerySet":
        """Programmes in force with a signing body still living."""
        return self.in_force(on).filter(Q(parties_ended_on__isnull=True) | Q(parties_ended_on__gte=on))

    def ending_soon(self, on: date) -> "ProgramQuerySet":
        """Programmes in force for at most 90 more days, whether or not the bodies that signed still live."""
        return self.in_force(on).filter(ending_within(on, on + ENDING_SOON, self._heir))

    def in_life(self, life: str, on: date) -> "ProgramQuerySet":
        """Programmes whose life status on a day is ``life``."""
        over = ends_before(on, self._heir)
        stopped = Q(terminated_on__isnull=False, terminated_on__lte=on)
        return {
            Life.NOT_STARTED: lambda: self.filter(in_force_from__gt=on).exclude(stopped),
            Life.IN_FORCE: lambda: self.standing(on).filter(lasts(on + ENDING_SOON + ONE_DAY, self._heir)),
            Life.ENDING_SOON: lambda: self.standing(on).ending_soon(on),
            Life.REARRANGED: lambda: self.rearranged(on),
            Life.EXPIRED: lambda: self.filter(over & ~stopped),
            Life.TERMINATED: lambda: self.filter(stopped),
            Life.UNSIGNED: lambda: self.filter(is_signed=False).exclude(stopped),
            Life.UNKNOWN_SIGNING: lambda: self.filter(is_signed__isnull=True).exclude(stopped),
            Life.UNKNOWN_TERM: lambda: self.filter(is_signed=True, in_force_from__isnull=True).exclude(
                stopped
            ),
        }.get(Life(life))()

    def of_type(self, type_id: int) -> "ProgramQuerySet":
        """Programmes whose paper is of a type."""
        return self.filter(document__in=Document.objects.filter(type=type_id).order_by().values("pk"))

    def for_rows(self) -> "ProgramQuerySet":
        """With what a list row shows, and nothing longer."""
        return self.select_related("document__type", "keeper").only(
            "code", "slug", "state", "state_since", "version", "approved_at", "published_from", "withdrawn_at",
            "is_sample", "parties_label", "period_kind", "period_first", "period_last", "period_text",
            "is_signed", "in_force_from", "in_force_until", "parties_ended_on", "terminated_on", "has_successor",
            "marks",
            "predecessor_id", "document__title", "document__number", "document__dated_precision",
            "document__dated_first", "document__dated_last", "document__dated_text", "document__signing", "document__marks",
            "document__type__name", "document__type_printed", "keeper__name",
        )  # fmt: skip


class Program(Terminable, Paper):
    """An agreement that stands at the top between two or more bodies, for a period.

    The columns that cannot be edited are derived from other rows; ``programs.actions.refresh`` writes
    them in the act that changed those. ``signed_in`` is the year it is known to be signed in. ``inside_until`` is the earlier last day that only they may know
    who read an approved successor not public yet; empty where everybody knows the same.
    """

    period = PeriodColumns()
    purposes = models.TextField("mục đích, yêu cầu", blank=True)
    methods = models.TextField("phương thức phối hợp", blank=True)
    implementation = models.TextField("tổ chức thực hiện", blank=True)
    articles = models.TextField("chương, điều", blank=True, help_text="Với quy chế: các chương, điều như in.")
    stated_item_count = models.PositiveSmallIntegerField("số nội dung văn bản nêu", null=True, blank=True)
    theme = models.CharField("chủ đề, dịp ký", max_length=300, blank=True)
    cadence = models.CharField("chế độ sơ kết", max_length=11, choices=Cadence.choices, blank=True)
    cadence_printed = models.CharField("chế độ sơ kết như in", max_length=200, blank=True)
    consent_by = models.CharField("cơ quan cho ý kiến trước khi ký", max_length=250, blank=True)
    consented = PartialDateColumns("ngày cho ý kiến")
    consent_paper = models.CharField("văn bản cho ý kiến", max_length=250, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="tiếp nối", related_name="successors"
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="thực hiện theo cấp trên",
        related_name="followers",
    )

    parties_label = models.CharField("các bên", max_length=600, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    sort_key = SortKeyField(source="parties_label")
    listed_on = models.DateField("xếp theo ngày", default=UNKNOWN_DAY, editable=False)
    is_signed = models.BooleanField("đã ký", null=True, editable=False)
    signed_in = models.PositiveSmallIntegerField("năm ký", null=True, editable=False)
    in_force_from = models.DateField("hiệu lực từ", null=True, editable=False)
    in_force_until = models.DateField("hiệu lực đến", null=True, editable=False)
    inside_until = models.DateField(
        "hiệu lực đến, theo bản kế tiếp chưa công khai", null=True, editable=False
    )
    parties_ended_on = models.DateField("các bên kết thúc ngày", null=True, editable=False)
    has_successor = models.BooleanField("có chương trình kế tiếp", default=False, editable=False)

    objects = ProgramQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "chương trình phối hợp"
        verbose_name_plural = "chương trình phối hợp"
        ordering = ["-listed_on", "-pk"]
        constraints = [
            *Paper.Meta.constraints,
            partial_date_constraint("program", "consented"),
            period_constraint("program"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("id")) & ~Q(follows=F("id")),
                name="program_not_its_own_kin",
                violation_error_message="Một chương trình không nối với chính nó.",
            ),
        ]
        indexes = [
            # A list is found and counted in these two alone, never in the wide rows. No index may begin with
            # the state or the circle: SQLite would follow it and fetch each row. Of two that serve alike it
            # takes the one made last: the narrow one stands last.
            models.Index(
                fields=["-listed_on", "-id", "search_text", *READ_BY, *LIVED_BY], name="program_searched"
            ),
            models.Index(fields=["-listed_on", "-id", *READ_BY, *LIVED_BY], name="program_listed"),
            models.Index(fields=["sort_key", "-listed_on", "-id"], name="program_by_parties"),
            models.Index(fields=["keeper", "state", "state_since"], name="program_of_keeper"),
            # What a year counts of some bodies' programmes is read off this alone.
            models.Index(
                fields=[
                    "sides",
                    "state",
                    "in_force_from",
                    "in_force_until",
                    "inside_until",
                    "terminated_on",
                    "has_successor",
                    "signed_in",
                    "period_first",
                    "period_last",
                    "keeper",
                    "id",
                ],
                name="program_of_a_year",
            ),
            models.Index(
                fields=["parties_ended_on"],
                condition=Q(parties_ended_on__isnull=False),
                name="program_rearranged",
            ),
        ]

    def __str__(self) -> str:
        if not self.document_id:
            return "bản mới"
        called, period = self.parties_label or self.document.title, str(self.period)
        return ", ".join(filter(None, [called, "" if period in called else period]))

    def life(self, on: date) -> Life:
        """The life status on a day."""
        if self.terminated_on and self.terminated_on <= on:
            return Life.TERMINATED
        if not self.is_signed:
            return Life.UNKNOWN_SIGNING if self.is_signed is None else Life.UNSIGNED
        if self.in_force_from is None:
            return Life.UNKNOWN_TERM
        if on < self.in_force_from:
            return Life.NOT_STARTED
        until = known_until(self)
        if until and until < on:
            return Life.EXPIRED
        if self.parties_ended_on and self.parties_ended_on < on:
            return Life.REARRANGED
        if until and until <= on + ENDING_SOON:
            return Life.ENDING_SOON
        return Life.IN_FORCE


def known_until(program: Any) -> date | None:
    """The last day in force as the reader of :meth:`ProgramQuerySet.told_to` knows it, else as everybody does."""
    return getattr(program, "until", program.in_force_until)


class ProgramTag(Kept):
    """A content a programme is about."""

    program = models.ForeignKey(
        Program, models.CASCADE, verbose_name="chương trình", related_name="tag_links"
    )
    tag = models.ForeignKey(Tag, models.PROTECT, verbose_name="nhãn", related_name="program_links")

    class Meta:
        verbose_name = "nhãn của chương trình"
        verbose_name_plural = "nhãn của chương trình"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "tag"],
                name="program_tag_once",
                violation_error_message="Chương trình đã có nhãn này.",
            )
        ]

    def __str__(self) -> str:
        return str(self.tag)


class ContentItem(Item):
    """One ordered commitment of a programme."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name="chương trình", related_name="items")

    class Meta(Item.Meta):
        verbose_name = "nội dung phối hợp"
        verbose_name_plural = "nội dung phối hợp"


class ItemBody(Doer):
    """A body that leads or joins in one commitment; a group may stand as printed."""

    item = models.ForeignKey(ContentItem, models.CASCADE, verbose_name="nội dung", related_name="bodies")

    class Meta(Doer.Meta):
        constraints = [doer_is_named("item_body")]

"""Rounds of reporting: a body asks others for their part, each of these has a duty, and hands in or is waived.

``due_on`` is the last day to hand in: what comes later is taken and says how late it is, until the keeper closes
the round (``closed_on``); from then on nothing is taken. A duty stands in exactly one :class:`DutyState`, derived
from its rows by :meth:`DutyQuerySet.with_state`, never stored. Before a round is opened its duties are the bodies
named for it, and nobody but the keeper is told; those of its rule are added on the day it opens.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from portal.columns import (
    CodeField,
    FoldedField,
    FollowingFlagField,
    PeriodColumns,
    SortKeyField,
    period_constraint,
)
from portal.models import (
    AdministrativeUnit,
    BodyGroup,
    Kept,
    Membership,
    Organization,
    Paper,
    PaperQuerySet,
    Reach,
    User,
    WorkingCopy,
)
from portal.models.circles import Circle, CircleReader
from programs.models.plans import Plan
from programs.models.programs import Program

ANSWER_FORM = "duty"
"""The form of a working copy that keeps what was written for a duty and not sent."""


class RoundQuerySet(models.QuerySet["Round"]):
    """Questions about rounds."""

    def opened(self) -> "RoundQuerySet":
        """Those that went out."""
        return self.filter(opened_at__isnull=False)

    def open(self, on: date) -> "RoundQuerySet":
        """Those that take answers on a day."""
        return self.filter(taking(on))

    def kept_by(self, user: User) -> "RoundQuerySet":
        """Those of the bodies this person writes for."""
        return self.filter(keeper__in=Reach.objects.running(user.writing_bodies))

    def visible_to(self, user: User | AnonymousUser) -> "RoundQuerySet":
        """Those whose board the person reads: kept by their bodies or below, once opened; never for who is asked."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser and user.is_active:
            return self
        above = Q(opened_at__isnull=False, keeper__in=Reach.objects.within(user.reading_bodies))
        own = Q(keeper__in=Reach.objects.running(user.writing_bodies))
        return self.filter(reduce(or_, map(round_given_to, user.inspections), own | above))

    def given(self, visit: Membership) -> "RoundQuerySet":
        """What one visit gives an inspector to read."""
        return self.filter(round_given_to(visit))


def taking(on: date, path: str = "") -> Q:
    """Rounds that take answers on a day; ``path`` leads to them."""
    is_out = Q(**{f"{path}opened_at__isnull": False, f"{path}opens_on__lte": on})
    return is_out & (Q(**{f"{path}closed_on__isnull": True}) | Q(**{f"{path}closed_on__gt": on}))


def of_years(visit: Membership, path: str = "") -> Q:
    """Rounds that reported on, or ran in, the years of a visit."""
    if not (years := visit.years):
        return Q()
    about = Q(**{f"{path}period_first__year__lte": years[1], f"{path}period_last__year__gte": years[0]})
    return about | Q(**{f"{path}opens_on__year__lte": years[1], f"{path}due_on__year__gte": years[0]})


def round_given_to(visit: Membership) -> Q:
    """Rounds kept by the body of a visit, or below, in its years."""
    kept = Q(keeper__in=Reach.objects.within([visit.organization_id]), opened_at__isnull=False)
    return kept & of_years(visit)


class Round(Kept):
    """A request of one body to many: each tells its part of what is asked, by one day."""

    code = CodeField()
    keeper = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan yêu cầu", related_name="rounds"
    )
    title = models.CharField("tên đợt báo cáo", max_length=300)
    asks = models.TextField("yêu cầu báo cáo", blank=True)
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, verbose_name="về chương trình", related_name="rounds"
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, verbose_name="về kế hoạch", related_name="rounds"
    )
    theme = models.CharField("chuyên đề", max_length=300, blank=True)
    period = PeriodColumns()
    opens_on = models.DateField("nhận từ ngày", default=timezone.localdate)
    due_on = models.DateField("hạn nộp")
    group = models.ForeignKey(
        BodyGroup, models.PROTECT, null=True, blank=True, verbose_name="nhóm cơ quan", related_name="+"
    )
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="trong địa bàn",
        related_name="+",
    )
    opened_at = models.DateTimeField("mở lúc", null=True, blank=True)
    closed_on = models.DateField("đóng từ ngày", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người lập",
        related_name="+",
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    folded = FoldedField(source="title")
    sort_key = SortKeyField(source="title")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo"
        verbose_name_plural = "đợt báo cáo"
        ordering = ["-due_on", "-pk"]
        constraints = [
            period_constraint("round"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")),
                name="round_due_after_opening",
                violation_error_message="Hạn nộp trước ngày bắt đầu nhận.",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True, territory__isnull=True)
                | Q(group__isnull=False, territory__isnull=False),
                name="round_group_has_territory",
                violation_error_message="Chọn cả nhóm cơ quan và địa bàn.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_at__isnull=False),
                name="round_closed_was_opened",
                violation_error_message="Chỉ đóng đợt báo cáo đã mở.",
            ),
        ]
        indexes = [models.Index(fields=["keeper", "-due_on", "-id"], name="round_of_keeper")]

    def __str__(self) -> str:
        return self.title

    def population(self, on: date) -> QuerySet[Organization]:
        """The bodies of its rule as they are on a day, but for the keeper itself."""
        if self.group_id and self.territory_id:
            return self.group.within(self.territory, on).exclude(pk=self.keeper_id)
        return Organization.objects.none()

    def is_open(self, on: date) -> bool:
        """Whether it takes answers on a day."""
        begun = self.opened_at is not None and self.opens_on <= on
        return begun and (self.closed_on is None or self.closed_on > on)


class DutyState(models.TextChoices):
    """How a duty stands on a day; every one stands in exactly one of these."""

    OVERDUE = "qua-han", "quá hạn"
    RETURNED = "tra-lai", "trả lại"
    DRAFTING = "dang-soan", "đang soạn"
    WAITING = "chua-nop", "chưa nộp"
    SENT = "da-nop", "đã nộp, chờ nhận"
    ACCEPTED = "da-nhan", "đã nhận"
    WAIVED = "duoc-mien", "được miễn"


MISSING = frozenset({DutyState.OVERDUE, DutyState.RETURNED, DutyState.DRAFTING, DutyState.WAITING})
"""Who stands so has not handed in."""
HANDED_IN = frozenset({DutyState.SENT, DutyState.ACCEPTED})


@dataclass(frozen=True)
class Tally:
    """How many duties of a round stand in which way."""

    counts: Counter[str]

    @property
    def waiting(self) -> int:
        """Who has, and waits for it to be taken."""
        return self.counts[DutyState.SENT]

    @property
    def asked(self) -> int:
        """Who must hand in: all but the waived."""
        return sum(self.counts.values()) - self.counts[DutyState.WAIVED]

    @property
    def handed_in(self) -> int:
        """Who has, accepted or not yet."""
        return sum(self.counts[state] for state in HANDED_IN)

    @property
    def missing(self) -> int:
        """Who has not."""
        return self.asked - self.handed_in


class DutyQuerySet(models.QuerySet["Duty"]):
    """Questions about duties."""

    def out(self) -> "DutyQuerySet":
        """Those of rounds that were opened."""
        return self.filter(round__opened_at__isnull=False)

    def visible_to(self, user: User | AnonymousUser) -> "DutyQuerySet":
        """Those the person's bodies asked for, have to hand in, or oversee, or was given to inspect; none for a visitor."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser and user.is_active:
            return self.out()
        own = CircleReader.objects.read_by(user.reading_bodies)
        return self.out().filter(reduce(or_, map(duty_given_to, user.inspections), own))

    def given(self, visit: Membership) -> "DutyQuerySet":
        """What one visit gives an inspector to read."""
        return self.out().filter(duty_given_to(visit))

    def handed_in(self) -> "DutyQuerySet":
        """Those with a submission that was not returned: read off an index alone, as a year asks every part of it."""
        return self.filter(handed_in=True, waived_on__isnull=True)

    def accepted(self) -> "DutyQuerySet":
        """Those whose submission was accepted."""
        return self.filter(Exists(standing_submission().filter(accepted_at__isnull=False)), waived_on=None)

    def late(self) -> "DutyQuerySet":
        """Those handed in after the last day."""
        return self.filter(Exists(sent_late()), waived_on__isnull=True)

    def missing(self) -> "DutyQuerySet":
        """Those that must be handed in and were not, or were returned."""
        return self.filter(~Exists(standing_submission()), waived_on__isnull=True)

    def owed(self, on: date) -> "DutyQuerySet":
        """Missing ones that may still be handed in on a day."""
        return self.missing().filter(taking(on, "round__"))

    def overdue(self, on: date) -> "DutyQuerySet":
        """Owed ones whose last day has passed."""
        return self.owed(on).filter(round__due_on__lt=on)

    def of_bodies(self, bodies: Iterable[int]) -> "DutyQuerySet":
        """What these bodies, or bodies they succeed, have to hand in."""
        return self.filter(organization__in=Reach.objects.running(bodies))

    def with_state(self, on: date) -> "DutyQuerySet":
        """Each says by ``state`` how it stands on a day: the one place where that is decided."""
        sent = Submission.objects.filter(duty=OuterRef("pk"))
        state = Case(
            When(waived_on__isnull=False, then=Value(DutyState.WAIVED.value)),
            When(Exists(sent.filter(accepted_at__isnull=False)), then=Value(DutyState.ACCEPTED.value)),
            When(Exists(standing_submission()), then=Value(DutyState.SENT.value)),
            When(Exists(sent), then=Value(DutyState.RETURNED.value)),
            When(round__due_on__lt=on, then=Value(DutyState.OVERDUE.value)),
            When(Exists(unsent()), then=Value(DutyState.DRAFTING.value)),
            default=Value(DutyState.WAITING.value),
        )
        return self.annotate(state=state)

    def tallied(self, rounds: Collection[int], on: date) -> dict[int, Tally]:
        """How the duties of each of these rounds stand, in one reading."""
        found: dict[int, Tally] = {key: Tally(Counter()) for key in rounds}
        rows = self.filter(round__in=rounds).with_state(on).order_by()
        for key, state, count in rows.values_list("round_id", "state").annotate(count=Count("pk")):
            found[key].counts[state] = count
        return found


def standing_submission() -> "QuerySet[Submission]":
    """What was handed in for the duty asked about and not returned."""
    return Submission.objects.filter(duty=OuterRef("pk"), returned_at__isnull=True)


def sent_late() -> "QuerySet[Submission]":
    """The same, where it came after the last day."""
    return standing_submission().filter(approved_at__date__gt=OuterRef("round__due_on"))


def unsent() -> "QuerySet[WorkingCopy]":
    """What was written for the duty asked about and not sent."""
    answers = WorkingCopy.objects.filter(purpose=WorkingCopy.Purpose.ANSWER, form=ANSWER_FORM)
    return answers.filter(record_code=OuterRef("code"))


def duty_given_to(visit: Membership) -> Q:
    """Duties of the body of a visit, or below, in rounds of its years."""
    return CircleReader.objects.read_by([visit.organization_id]) & of_years(visit, "round__")


class Duty(Kept):
    """The part one body has to hand in for one round.

    ``link_version`` counts the links given: with ``linked_at`` the latest of them opens this part without an
    account, and nothing else does. ``handed_in`` says that a submission stands, as ``programs.actions.rounds`` writes it.
    """

    code = CodeField()
    round = models.ForeignKey(Round, models.CASCADE, verbose_name="đợt báo cáo", related_name="duties")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan phải nộp", related_name="duties"
    )
    waived_on = models.DateField("được miễn từ ngày", null=True, blank=True)
    waived_reason = models.CharField("lý do miễn", max_length=300, blank=True)
    link_version = models.PositiveIntegerField("số lần cấp liên kết", default=0, editable=False)
    linked_at = models.DateTimeField("cấp liên kết lúc", null=True, blank=True, editable=False)
    handed_in = FollowingFlagField("đã nộp")
    circle = models.ForeignKey(
        Circle, models.PROTECT, null=True, editable=False, verbose_name="vòng cơ quan", related_name="+"
    )

    objects = DutyQuerySet.as_manager()
    state: ClassVar[str] = DutyState.WAITING
    """Read by ``with_state``."""
    told_apart = True
    """Its own page tells what happened to it."""

    class Meta:
        verbose_name = "phần phải nộp"
        verbose_name_plural = "phần phải nộp"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organization"],
                name="duty_once",
                violation_error_message="Cơ quan này đã có trong đợt báo cáo.",
            ),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True) | ~Q(waived_reason=""),
                name="duty_waived_with_reason",
                violation_error_message="Ghi lý do miễn.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["round", "organization"],
                condition=Q(handed_in=True, waived_on__isnull=True),
                name="duty_handed_in",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.round}"

    def said(self, on: date) -> str:
        """Its state in words, read by :meth:`DutyQuerySet.with_state`: "quá hạn 3 ngày"; a closed round counts no further."""
        late = (min(on, self.round.closed_on or on) - self.round.due_on).days
        label = str(DutyState(self.state).label)
        if late <= 0:
            return label
        if self.state == DutyState.OVERDUE:
            return f"{label} {late} ngày"
        return f"{label}, quá hạn {late} ngày" if self.state == DutyState.RETURNED else label


PARTS = {
    "results": "Kết quả thực hiện",
    "figures": "Số liệu",
    "limitations": "Hạn chế, khó khăn",
    "causes": "Nguyên nhân",
    "lessons": "Bài học kinh nghiệm",
    "proposals": "Đề xuất, kiến nghị",
}
"""The parts of what is handed in, by their key in ``content``."""


class Submission(Paper):
    """What a body handed in: a paper of its own, its word from the moment it is sent; its code is the receipt's.

    It stands until it is returned; the next one is a submission of its own. Of one duty no more than one stands:
    ``send`` sees to that under a lock on the duty (bodies entered twice and joined later may bring one each).
    """

    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name="phần phải nộp", related_name="submissions")
    number = models.PositiveSmallIntegerField("lần nộp", default=1)
    sender_name = models.CharField("người gửi qua liên kết", max_length=120, blank=True)
    content = models.JSONField("nội dung", default=dict)
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người trả lại",
        related_name="+",
    )
    return_reason = models.TextField("lý do trả lại", blank=True)
    accepted_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người nhận",
        related_name="+",
    )

    has_public_page = False

    objects = PaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "phần đã nộp"
        verbose_name_plural = "phần đã nộp"
        ordering = ["-pk"]
        constraints = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(accepted_at__isnull=True),
                name="submission_returned_or_accepted",
                violation_error_message="Phần đã nhận thì không trả lại.",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""),
                name="submission_returned_with_reason",
                violation_error_message="Ghi lý do trả lại.",
            ),
        ]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent: from then on it is the body's word."""
        return self.approved_at

    @property
    def sender(self) -> str:
        """Who sent it: an account's person, or the name typed on the page of the link."""
        return str(self.written_by) if self.written_by_id else self.sender_name

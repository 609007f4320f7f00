"""A round as its keeper reads it: how its duties stand in lines and words, who is missing, the text to send on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from portal.changes import capital
from portal.lists import SAMPLE, in_order
from portal.models import Membership, Reach, Role
from portal.models.users import holding_on
from portal.sections import Hit
from portal.templatetags.say import days_left, vdate
from programs.models import Duty, DutyState, Round, Submission, Tally
from programs.models.rounds import HANDED_IN, MISSING, DutyQuerySet

LOOKS = {
    DutyState.OVERDUE: "overdue",
    DutyState.RETURNED: "returned",
    DutyState.DRAFTING: "drafting",
    DutyState.WAITING: "not_started",
    DutyState.SENT: "waiting",
    DutyState.ACCEPTED: "approved",
    DutyState.WAIVED: "terminated",
}
ANSWERERS = (Role.UNIT, Role.CLERK, Role.APPROVER)


def chip_of(duty: Duty, today: date) -> tuple[str, str]:
    """How a duty stands as a chip."""
    return LOOKS[DutyState(duty.state)], capital(duty.said(today))


def round_chip(one: Round, today: date) -> tuple[str, str]:
    """How a round stands as a chip."""
    if one.opened_at is None:
        return "drafting", "Đang chuẩn bị"
    if one.closed_on and one.closed_on <= today:
        return "expired", "Đã đóng"
    if one.opens_on > today:
        return "not_started", f"Nhận từ {vdate(one.opens_on)}"
    return "in_force", "Đang nhận"


@dataclass
class Board:
    """Who has handed in and who has not, on a day."""

    round: Round
    today: date

    @cached_property
    def duties(self) -> list[Duty]:
        """Every duty with its body, in the order of names."""
        rows = Duty.objects.filter(round=self.round).with_state(self.today)
        rows = rows.select_related("organization")
        return list(rows.order_by("organization__sort_key", "pk"))

    @cached_property
    def tally(self) -> Tally:
        """How many stand in which way."""
        return Duty.objects.tallied([self.round.pk], self.today)[self.round.pk]

    @property
    def missing(self) -> list[str]:
        """Who must hand in and has not, by the name on the board."""
        return [duty.organization.label for duty in self.duties if duty.state in MISSING]

    @property
    def share(self) -> str:
        """How many have handed in, of how many: "87/126"."""
        return f"{self.tally.handed_in}/{self.tally.asked}"

    @property
    def due_words(self) -> str:
        """The last day, and how far it is."""
        return f"hạn {vdate(self.round.due_on)}, {days_left(self.round.due_on)}"

    @property
    def message(self) -> str:
        """What is sent to those missing: names as running text."""
        missing = self.missing
        if not missing:
            return ""
        asks = "Đề nghị các cơ quan sớm nộp." if len(missing) > 1 else "Đề nghị cơ quan sớm nộp."
        head = f"{self.round.title} ({self.due_words}): {self.share} cơ quan đã nộp."
        return f"{head} Còn {len(missing)} cơ quan chưa nộp: {'; '.join(missing)}. {asks}"


RANK = {state: rank for rank, state in enumerate(DutyState.values)}
"""The order of a board: who is missing first."""


def ranked(duties: DutyQuerySet) -> DutyQuerySet:
    """Duties with ``rank``, in the order of the board; read by ``with_state`` before."""
    whens = [When(state=state, then=Value(rank)) for state, rank in RANK.items()]
    return duties.annotate(rank=Case(*whens, default=Value(len(RANK)), output_field=IntegerField()))


def duty_hits(keys: Iterable[int], today: date) -> list[Hit]:
    """The lines of these duties, in their order."""
    keys = list(keys)
    rows = Duty.objects.filter(pk__in=keys).with_state(today).select_related("organization", "round")
    sent = {one.duty_id: one for one in Submission.objects.filter(duty__in=keys).order_by("number", "pk").only(
        "duty", "approved_at", "returned_at", "return_reason", "accepted_at", "number", "sender_name"
    )}  # fmt: skip
    return [duty_hit(duty, sent.get(duty.pk), today) for duty in in_order(rows, keys)]


def duty_hit(duty: Duty, last: Submission | None, today: date) -> Hit:
    """One duty as a line: the body, when it handed in, how it stands."""
    stands = last is not None and duty.state in HANDED_IN
    sent_on = timezone.localtime(last.sent_at).date() if stands else None
    meta = []
    if last and last.returned_at and duty.state in MISSING:
        meta.append(
            f"trả lại ngày {vdate(timezone.localtime(last.returned_at).date())}: {last.return_reason}"
        )
    if duty.waived_on:
        meta.append(f"miễn từ ngày {vdate(duty.waived_on)}: {duty.waived_reason}")
    if duty.linked_at and duty.state in MISSING:
        meta.append("đã cấp liên kết")
    return Hit(
        title=duty.organization.label,
        url=reverse("programs:duty_record", args=[duty.code]),
        chips=(chip_of(duty, today),),
        when=str(vdate(sent_on)) if sent_on else "–",
        when_line=timing(sent_on, duty.round.due_on) if sent_on else "",
        meta=tuple(meta),
    )


def timing(sent_on: date, due_on: date) -> str:
    """Whether something came in time: "nộp sớm 3 ngày", "nộp muộn 2 ngày"."""
    days = (due_on - sent_on).days
    if days == 0:
        return "nộp đúng hạn"
    return f"nộp sớm {days} ngày" if days > 0 else f"nộp muộn {-days} ngày"


def round_hits(keys: Iterable[int], today: date) -> list[Hit]:
    """The lines of these rounds, in their order."""
    keys = list(keys)
    rows = in_order(Round.objects.filter(pk__in=keys).select_related("keeper"), keys)
    tallies = Duty.objects.tallied(keys, today)
    return [round_hit(one, tallies[one.pk], today) for one in rows]


def round_hit(one: Round, tally: Tally, today: date) -> Hit:
    """One round as a line: until when, what, how far it has come."""
    chips: list[str | tuple[str, str]] = [round_chip(one, today)]
    if one.is_sample:
        chips.append(SAMPLE)
    is_over = one.closed_on is not None and one.closed_on <= today
    return Hit(
        title=one.title,
        url=reverse("programs:round_board", args=[one.code]),
        line=one.keeper.name,
        chips=tuple(chips),
        when=str(vdate(one.due_on)),
        when_line="hạn nộp",
        meta=tuple(tally_words(tally)) if one.opened_at else (),
        tail=days_left(one.due_on) if one.opened_at and not is_over and tally.missing else "",
    )


def tally_words(tally: Tally) -> list[str]:
    """How far a round has come, in words."""
    said = [f"{tally.handed_in}/{tally.asked} cơ quan đã nộp"]
    return [*said, f"{tally.waiting} chờ nhận"] if tally.waiting else said


def without_account(duties: QuerySet[Duty], today: date) -> QuerySet[Duty]:
    """Those whose body, and whoever succeeded it, has nobody who could hand in by account."""
    held = Membership.objects.filter(holding_on(today), role__in=ANSWERERS, user__is_active=True)
    heirs = Reach.objects.filter(
        body=OuterRef("organization"), relation=Reach.Relation.RUNS, reader__in=held.values("organization")
    )
    own = held.filter(organization=OuterRef("organization"))
    return duties.filter(~Exists(own), ~Exists(heirs), Q(waived_on__isnull=True))

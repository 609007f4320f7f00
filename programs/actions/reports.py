"""Figures told of targets: what bodies report, and what the keeper states beside what is measured.

The plan itself is not touched: its version stays, and its journal tells who told what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from portal.actions.records import Moved, NotNow
from portal.actions.rows import set_changed
from portal.history import acting, bulk_create, bulk_delete
from portal.marks import key_of
from portal.models import Attachment, Organization, State, User, Verb
from portal.numbers import number_words
from programs.measuring import last_day
from programs.models import Plan, Target, TargetEvidence, TargetReport
from programs.targets import REPORTED


@dataclass(frozen=True)
class ReportEntry:
    """What one body tells of one target: so many, of so many where a share is asked; files come to its proof, or go."""

    target: Target
    organization: Organization
    numerator: Decimal
    denominator: Decimal | None = None
    evidence: str = ""
    files: Sequence[Attachment] = ()
    dropped: frozenset[str] = frozenset()
    """The codes of files held that no longer prove it."""
    seen: str | None = None
    """The mark of what was held when the person opened the page, so that nothing is overwritten unseen."""


MOVED = "Có người vừa ghi cùng lúc. Xin gửi lại để xem số người ấy ghi."
ENDED = "Kế hoạch đã kết thúc: chỉ cơ quan giữ kế hoạch được nhập thêm báo cáo."


def figures_mark(
    numerator: Decimal | None = None, denominator: Decimal | None = None, evidence: str = ""
) -> str:
    """A short mark of what is told, the same however its numbers are typed."""
    return key_of(f"{number_words(numerator)}/{number_words(denominator)} {evidence}")


def told_mark(told: TargetReport | None) -> str:
    """The mark of what one body tells of one target, or of nothing told."""
    return figures_mark(told.numerator, told.denominator, told.evidence) if told else figures_mark()


def stated_mark(target: Target) -> str:
    """The mark of what is stated of a target beside what is measured."""
    figures = figures_mark(target.stated_value, target.stated_of, target.stated_reason)
    return key_of(f"{figures} {target.stated_on}")


def refused_now(plan: Plan, today: date, *, as_keeper: bool) -> str:
    """Why nobody reports on a plan today; nothing where they may."""
    if plan.state != State.APPROVED:
        return "Chỉ báo cáo chỉ tiêu của kế hoạch đã duyệt."
    if plan.is_terminated(today):
        return "Kế hoạch đã chấm dứt."
    return "" if as_keeper or last_day(plan, today) == today else ENDED


def refused_day(plan: Plan, as_of: date, today: date) -> str:
    """Why figures of a day are none of this plan's; nothing where they are."""
    if as_of > today:
        return "Ngày này chưa đến."
    if plan.period_first and as_of < plan.period_first:
        return "Ngày này trước khi kế hoạch bắt đầu."
    return "Ngày này sau khi kế hoạch kết thúc." if as_of > last_day(plan, today) else ""


def refused_figures(numerator: Decimal | None, denominator: Decimal | None, *, needs_whole: bool) -> str:
    """Why these figures cannot be; nothing where they can."""
    if numerator is None:
        return "Ghi kết quả bằng số."
    if needs_whole and denominator is None:
        return "Chỉ tiêu theo tỷ lệ: ghi cả tổng số."
    if denominator is not None and numerator > denominator:
        return "Kết quả không quá tổng số."
    return ""


def report(
    plan: Plan,
    entries: Sequence[ReportEntry],
    *,
    as_of: date,
    by: User | None,
    body: Organization,
    today: date | None = None,
    sender_name: str = "",
) -> None:
    """Keep what bodies tell of the targets of a plan; ``body`` is who enters it, the plan's keeper or the body itself.

    Without an account (``by`` none, through a link) the sender's name is typed.
    """
    today = today or timezone.localdate()
    with acting(Verb.TELL, plan, by=by, body=body, reason=sender_name):
        plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        as_keeper = body.pk == plan.keeper_id
        if why := refused_now(plan, today, as_keeper=as_keeper) or refused_day(plan, as_of, today):
            raise NotNow(why)
        for one in entries:
            why = refused_figures(one.numerator, one.denominator, needs_whole=one.target.is_share)
            if why:
                raise NotNow(f"{one.organization}: {why}")
        for target in {one.target for one in entries}:
            bodies = {one.organization.pk for one in entries if one.target == target}
            population = target.population(last_day(plan, today))
            counted = population.filter(pk__in=bodies).count() if population is not None else 0
            if target.plan_id != plan.pk or target.measure != REPORTED or counted != len(bodies):
                raise NotNow("Chỉ tiêu này không tính trên cơ quan này, hoặc không đo bằng báo cáo.")
        _write(entries, as_of=as_of, by=by)


def _write(entries: Sequence[ReportEntry], *, as_of: date, by: User | None) -> None:
    """One row for each body and target; what is told again overwrites it, and its history keeps what it was.

    Figures told again as they were have the later day; where only their proof changes they keep theirs.
    """
    held = {
        (one.target_id, one.organization_id): one
        for one in TargetReport.objects.filter(target__in={entry.target.pk for entry in entries})
    }
    new, kept = [], []
    for entry in entries:
        values = {name: getattr(entry, name) for name in ("numerator", "denominator", "evidence")}
        row = held.get((entry.target.pk, entry.organization.pk))
        is_same = row and all(getattr(row, name) == value for name, value in values.items())
        if is_same and (entry.files or entry.dropped or as_of <= row.as_of):
            continue
        if entry.seen not in (None, told_mark(row)):
            raise Moved(MOVED)
        values |= {"as_of": as_of, "reported_at": timezone.now(), "reported_by": by}
        if row:
            kept.append((row, values))
        else:
            new.append(TargetReport(target=entry.target, organization=entry.organization, **values))
    set_changed(kept)
    held |= {(one.target_id, one.organization_id): one for one in bulk_create(new)}
    _prove([(held[entry.target.pk, entry.organization.pk], entry) for entry in entries])


def _prove(told: Sequence[tuple[TargetReport, ReportEntry]]) -> None:
    """Tie the files that came to their reports, and untie those that no longer prove them."""
    gone = {row.pk: entry.dropped for row, entry in told if entry.dropped}
    held = TargetEvidence.objects.filter(report__in=gone).select_related("file")
    bulk_delete([one for one in held if one.file.code in gone[one.report_id]])
    bulk_create([TargetEvidence(report=row, file=file) for row, entry in told for file in entry.files])


def state_value(
    target: Target,
    *,
    by: User,
    value: Decimal | None,
    of: Decimal | None,
    on: date | None,
    reason: str,
    seen: str | None = None,
) -> None:
    """State another value beside what is measured, and why; no value takes the statement back.

    ``seen`` is the mark of what was stated when the person opened the page.
    """
    plan = target.plan
    with acting(Verb.STATE, plan, by=by, body=plan.keeper, reason=reason):
        locked = Target.objects.select_for_update(of=("self", "plan")).select_related("plan")
        target = locked.get(pk=target.pk)
        if target.plan.state != State.APPROVED:
            raise NotNow("Chỉ nêu số liệu của kế hoạch đã duyệt.")
        if value is not None and (why := refused_figures(value, of, needs_whole=target.is_fraction)):
            raise NotNow(why)
        if seen not in (None, stated_mark(target)):
            raise Moved(MOVED)
        target.stated_value, target.stated_of = value, None if value is None else of
        target.stated_on = None if value is None else on
        target.stated_reason = "" if value is None else reason
        target.save(update_fields=["stated_value", "stated_of", "stated_on", "stated_reason"])

"""The verbs of rounds and duties: prepared, opened, handed in, returned, accepted, waived, linked, closed.

What happens to a duty is an act on it, so that its story can be told to who asked and to who hands in.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from portal.access import stand_for
from portal.actions.circles import circles_of, place
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry, write_paper
from portal.actions.records import Moved, NotNow
from portal.dates import PartialDate, Period
from portal.files import again
from portal.history import acting, bulk_create, bulk_delete, bulk_update, finish
from portal.models import (
    AdministrativeUnit,
    Attachment,
    Audience,
    BodyGroup,
    Document,
    Organization,
    Reach,
    State,
    User,
    Verb,
    WorkingCopy,
)
from portal.templatetags.say import vdate
from portal.text import clean
from programs.models import Duty, Plan, Program, Round, Submission
from programs.models.rounds import ANSWER_FORM, PARTS, standing_submission

MOVED = "Đồng nghiệp vừa sửa đợt báo cáo này. Xin xem lại bản mới."
SENT_ALREADY = "Có người vừa nộp phần này. Xin xem lại."


@dataclass
class RoundEntry:
    """A round as entered; who must hand in is a rule, named bodies, or both."""

    title: str
    due_on: date
    opens_on: date | None = None
    asks: str = ""
    program: Program | None = None
    plan: Plan | None = None
    theme: str = ""
    period: Period = field(default_factory=Period.unknown)
    group: BodyGroup | None = None
    territory: AdministrativeUnit | None = None
    named: list[Organization] = field(default_factory=list)


def save_round(
    current: Round | None,
    entry: RoundEntry,
    *,
    by: User | None,
    keeper: Organization,
    expected: int | None = None,
) -> Round:
    """Write a round being prepared; of one already open what is asked, until when, and bodies that join."""
    written = current or Round(keeper=keeper, written_by=by)
    is_new = written.pk is None
    with acting(Verb.CREATE if is_new else Verb.EDIT, written, by=by, body=keeper) as act:
        if not is_new:
            written = lock(current, expected)
            written.version += 1
        written.title, written.asks, written.due_on = entry.title, entry.asks, entry.due_on
        if written.opened_at is None:
            written.opens_on = entry.opens_on or timezone.localdate()
            written.program, written.plan, written.theme = entry.program, entry.plan, entry.theme
            written.period, written.group, written.territory = entry.period, entry.group, entry.territory
        written.save()
        wanted = {body.pk: body for body in entry.named if body.pk != written.keeper_id}
        held = {duty.organization_id: duty for duty in written.duties.all()}
        if written.opened_at is None:
            bulk_delete([duty for key, duty in held.items() if key not in wanted])
        add_duties(written, [body for key, body in wanted.items() if key not in held])
        finish(act, written)
    return written


def lock(current: Round, expected: int | None = None) -> Round:
    """The round, locked, refused when its version moved on."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=current.pk)
    if expected is not None and locked.version != expected:
        raise Moved(MOVED)
    return locked


def add_duties(current: Round, bodies: Iterable[Organization]) -> list[Duty]:
    """Give these bodies their duty in a round, inside its act."""
    pairs = {body.pk: frozenset({current.keeper_id, body.pk}) for body in bodies}
    circles = circles_of(pairs.values())
    return bulk_create(
        [Duty(round=current, organization_id=body, circle_id=circles[pair]) for body, pair in pairs.items()]
    )


def open_round(current: Round, *, by: User | None, expected: int | None = None) -> Round:
    """Send a round out: from now on every body of it has a duty, those of its rule as they are today."""
    today = timezone.localdate()
    with acting(Verb.OPEN, current, by=by, body=current.keeper) as act:
        opened = lock(current, expected)
        if opened.opened_at:
            raise NotNow("Đợt báo cáo này đã mở.")
        if opened.due_on < today:
            raise NotNow("Hạn nộp đã qua. Xin ghi hạn khác rồi mở.")
        named = opened.duties.values("organization_id")
        rule = list(opened.population(today).exclude(pk__in=named).order_by("sort_key", "pk"))
        if not rule and not opened.duties.exists():
            raise NotNow("Chưa có cơ quan nào phải nộp. Xin chọn các cơ quan rồi mở.")
        opened.opened_at, opened.version = timezone.now(), opened.version + 1
        opened.save()
        add_duties(opened, rule)
        finish(act, opened)
    return opened


def drop_round(current: Round, *, by: User, expected: int | None = None) -> None:
    """Drop a round that never went out; its history stays."""
    with acting(Verb.DELETE, current, by=by, body=current.keeper):
        locked = lock(current, expected)
        if locked.opened_at:
            raise NotNow("Đợt báo cáo đã mở thì không bỏ được. Có thể đóng đợt.")
        locked.delete()


def close_round(current: Round, *, by: User, expected: int | None = None) -> None:
    """Take no more answers from now on; what came stays, links stop opening."""
    with acting(Verb.SHUT, current, by=by, body=current.keeper):
        locked = lock(current, expected)
        if not locked.opened_at or locked.closed_on:
            raise NotNow("Đợt báo cáo này không còn mở.")
        list(
            locked.duties.select_for_update().order_by("pk").values("pk")
        )  # waits for what is being handed in
        locked.closed_on, locked.version = timezone.localdate(), locked.version + 1
        locked.save()


def reopen_round(current: Round, *, by: User, expected: int | None = None) -> None:
    """Take answers again."""
    with acting(Verb.REOPEN, current, by=by, body=current.keeper):
        locked = lock(current, expected)
        if not locked.closed_on:
            raise NotNow("Đợt báo cáo này đang mở.")
        locked.closed_on, locked.version = None, locked.version + 1
        locked.save()


# --- one duty


def lock_duty(duty: Duty) -> Duty:
    """The duty, locked, with its round read after the lock: whoever closes a round locks its duties."""
    locked = Duty.objects.select_for_update(of=("self",)).select_related("organization").get(pk=duty.pk)
    locked.round = Round.objects.select_related("keeper").get(pk=locked.round_id)
    return locked


def waive(duty: Duty, *, by: User, reason: str) -> None:
    """Release a body from its duty, with the reason; it leaves the denominator."""
    with acting(Verb.WAIVE, duty, by=by, body=duty.round.keeper, reason=reason):
        current = lock_duty(duty)
        if not reason.strip():
            raise NotNow("Ghi lý do miễn.")
        if current.waived_on:
            raise NotNow("Cơ quan này đã được miễn.")
        if standing_of(current):
            raise NotNow("Cơ quan này đã nộp, không cần miễn.")
        current.waived_on, current.waived_reason = timezone.localdate(), clean(reason)[:300]
        current.save()


def unwaive(duty: Duty, *, by: User) -> None:
    """Ask a body again that was released."""
    with acting(Verb.UNWAIVE, duty, by=by, body=duty.round.keeper):
        current = lock_duty(duty)
        if not current.waived_on:
            raise NotNow("Cơ quan này không được miễn.")
        current.waived_on, current.waived_reason = None, ""
        current.save()


def give_links(current: Round, duties: Sequence[Duty], *, by: User) -> list[Duty]:
    """Give each of these duties a link that opens it without an account; those that have one keep it."""
    with acting(Verb.LINK, duties[0] if len(duties) == 1 else current, by=by, body=current.keeper):
        if not lock(current).opened_at:
            raise NotNow("Đợt báo cáo chưa mở.")
        rows = current.duties.select_for_update(of=("self",)).filter(pk__in=[duty.pk for duty in duties])
        given = list(rows.filter(linked_at__isnull=True, waived_on__isnull=True))
        for duty in given:
            duty.link_version, duty.linked_at = duty.link_version + 1, timezone.now()
        bulk_update(given, ["link_version", "linked_at"])
    return given


def give_link(duty: Duty, *, by: User) -> Duty:
    """Give one duty its link."""
    given = give_links(duty.round, [duty], by=by)
    return given[0] if given else duty


def withdraw_link(duty: Duty, *, by: User) -> None:
    """The link given opens nothing any more."""
    with acting(Verb.UNLINK, duty, by=by, body=duty.round.keeper):
        current = lock_duty(duty)
        if not current.linked_at:
            raise NotNow("Cơ quan này không có liên kết nào.")
        current.linked_at = None
        current.save()


# --- what is handed in


def standing_of(duty: Duty) -> Submission | None:
    """What was handed in and not returned."""
    return duty.submissions.filter(returned_at__isnull=True).first()


def refusal(duty: Duty, on: date) -> str:
    """Why nothing can be handed in for a duty on a day, in a sentence; nothing where it can."""
    current = duty.round
    if current.closed_on and current.closed_on <= on:
        return f"Đợt báo cáo này đã đóng từ ngày {vdate(current.closed_on)}, không nhận thêm. Xin liên hệ {current.keeper}."
    if not current.is_open(on):
        return f"Đợt báo cáo này nhận từ ngày {vdate(current.opens_on)}."
    if duty.waived_on:
        return f"Cơ quan được miễn nộp từ ngày {vdate(duty.waived_on)}: {duty.waived_reason}"
    return ""


def send(
    duty: Duty,
    content: dict[str, Any],
    *,
    by: User | None,
    body: Organization,
    expected: int,
    sender_name: str = "",
    files: Sequence[Attachment] = (),
) -> Submission:
    """Hand in a body's part; ``body`` is the one answering: the one asked or its successor.

    Without an account (``by`` none, through the link) the sender's name is typed. ``expected`` counts the submissions
    the person saw, so that two colleagues do not send twice unseen.
    """
    with acting(Verb.HAND_IN, duty, by=by, body=body, reason=sender_name):
        current = lock_duty(duty)
        if not stand_for([body.pk], current.organization_id):
            raise NotNow(f"Phần này do {current.organization} nộp.")
        if why := refusal(current, timezone.localdate()):
            raise NotNow(why)
        count = current.submissions.count()
        if count != expected:
            raise Moved(SENT_ALREADY)
        if standing_of(current):
            raise NotNow("Phần này đã nộp. Muốn sửa, xin đề nghị cơ quan yêu cầu trả lại.")
        if by is None and not sender_name.strip():
            raise NotNow("Ghi họ và tên người gửi.")
        told = {key: content[key] for key in PARTS if content.get(key)}
        if not told and not files:
            raise NotNow("Chưa có nội dung nào để nộp.")
        sent = Submission(duty=current, number=count + 1, content=told, keeper=body, written_by=by)
        sent.sender_name = "" if by else clean(sender_name)[:120]
        write_submission(sent, current, body, files, by=by)
        tell_handed_in(Duty.objects.filter(pk=current.pk))
        forget_unsent(current)
    return sent


def forget_unsent(duty: Duty) -> None:
    """Drop what was written for a duty before it was sent."""
    held = WorkingCopy.objects.filter(purpose=WorkingCopy.Purpose.ANSWER, form=ANSWER_FORM)
    held.filter(record_code=duty.code).delete()


def write_submission(
    sent: Submission, duty: Duty, body: Organization, files: Sequence[Attachment], *, by: User | None
) -> None:
    """Write the paper of what is handed in, between the body and the keeper of the round."""
    keeper, now = duty.round.keeper, timezone.now()
    paper = PaperEntry(
        title=clean(f"{duty.round.title}: phần của {body}")[:1000],
        dated=PartialDate.day(timezone.localdate(now)),
        partners=[PartnerEntry(1, body), *([PartnerEntry(2, keeper)] if keeper != body else [])],
        files=[FileEntry(own(one, by, body), audience=Audience.PARTIES) for one in files],
    )
    sent.state, sent.state_since, sent.approved_at = State.APPROVED, now, now
    sent.is_sample = duty.round.is_sample
    sent.document = write_paper(Document(is_sample=sent.is_sample), paper, by=by)
    place([sent])
    sent.save()


def own(file: Attachment, by: User | None, body: Organization) -> Attachment:
    """A file as this submission holds it: what was sent before keeps its own."""
    return again(file, by=by, body=body) if file.document_id else file


def return_submission(sent: Submission, *, by: User, reason: str) -> None:
    """Give back what was handed in, taken already or not, with a reason; the body hands in again."""
    duty = sent.duty
    with acting(Verb.HAND_BACK, duty, by=by, body=duty.round.keeper, reason=reason):
        current = lock_submission(sent)
        if not reason.strip():
            raise NotNow("Ghi lý do trả lại.")
        if current.duty.round.closed_on:
            raise NotNow("Đợt báo cáo đã đóng. Xin mở lại đợt rồi trả lại.")
        current.accepted_at, current.accepted_by = None, None
        current.returned_at, current.returned_by, current.return_reason = timezone.now(), by, reason.strip()
        current.save()
        tell_handed_in(Duty.objects.filter(pk=duty.pk))


def accept(sent: Submission, *, by: User) -> None:
    """Take what was handed in."""
    duty = sent.duty
    with acting(Verb.TAKE, duty, by=by, body=duty.round.keeper):
        current = lock_submission(sent)
        if current.accepted_at:
            raise NotNow("Phần này đã được nhận.")
        current.accepted_at, current.accepted_by = timezone.now(), by
        current.save()


def accept_all(current: Round, *, by: User, until: int) -> int:
    """Take everything handed in and seen, of keys up to ``until``; each is told on its own page. Returns how many.

    What a colleague takes or gives back meanwhile is left as that colleague decided.
    """
    waiting = Submission.objects.filter(duty__round=current, pk__lte=until)
    standing = waiting.filter(
        returned_at__isnull=True, accepted_at__isnull=True, duty__waived_on__isnull=True
    )
    taken = 0
    for sent in standing.select_related("duty__round__keeper").order_by("pk"):
        with suppress(NotNow):
            accept(sent, by=by)
            taken += 1
    return taken


def lock_submission(sent: Submission) -> Submission:
    """What was handed in, locked, refused when it was returned meanwhile."""
    duty = lock_duty(sent.duty)
    current = Submission.objects.select_for_update(of=("self",)).get(pk=sent.pk)
    if current.returned_at:
        raise NotNow("Phần này đã được trả lại.")
    current.duty = duty
    return current


def answering(duty: Duty) -> Organization:
    """The living body that hands in for a duty: the one asked, or the first of its heirs."""
    asked = duty.organization
    if asked.is_alive(timezone.localdate()):
        return asked
    found = Reach.objects.answering([asked], timezone.localdate())[asked]
    return found.heirs[0] if found.heirs else asked


def place_duties(duties: QuerySet[Duty]) -> None:
    """Write the circles of these duties as their bodies stand; recomputable, so without a version of its own."""
    rows = list(duties.select_related("round"))
    circles = circles_of({frozenset({duty.round.keeper_id, duty.organization_id}) for duty in rows})
    moved = []
    for duty in rows:
        circle = circles[frozenset({duty.round.keeper_id, duty.organization_id})]
        if duty.circle_id != circle:
            duty.circle_id = circle
            moved.append(duty)
    Duty.objects.bulk_update(moved, ["circle"], batch_size=500)
    tell_handed_in(duties)


def tell_handed_in(duties: QuerySet[Duty]) -> int:
    """Write which of these duties are handed in, as their submissions stand; recomputable, so without a version of its own.

    Returns how many said something else before.
    """
    stands = Q(Exists(standing_submission()))
    wrong = list(duties.filter(Q(stands, handed_in=False) | Q(~stands, handed_in=True)).order_by("pk"))
    for duty in wrong:
        duty.handed_in = not duty.handed_in
    return Duty.objects.bulk_update(wrong, ["handed_in"], batch_size=500)


def duties_touching(one: Organization | Round | Duty | Submission) -> QuerySet[Duty]:
    """The duties a body has or asked for, those of a round, the one, or those a submission was ever handed in for."""
    if isinstance(one, Submission):
        return Duty.objects.filter(pk__in=one.history.values("duty_id"))
    if isinstance(one, Organization):
        return Duty.objects.filter(Q(organization=one) | Q(round__keeper=one))
    return Duty.objects.filter(round=one) if isinstance(one, Round) else Duty.objects.filter(pk=one.pk)

"""What a body has written of its part and not sent yet: kept part by part for all who write for it, files too.

Whoever opens the page, by account or through the link, goes on from the same words. A part that two people changed
at once is refused to the second, who then sees both.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from portal import files
from portal.actions import copies
from portal.actions.records import Moved, NotNow
from portal.file_kinds import NotTaken
from portal.models import Attachment, Organization, User, WorkingCopy
from programs.actions.rounds import lock_duty, refusal, standing_of
from programs.answer_parts import EACH, mark_of, replace_part, sent_data
from programs.models import Duty, Submission
from programs.models.rounds import ANSWER_FORM

TAKEN_IN = "tep-da-nhan"
"""In what is kept: the codes of the files sent up for this part, whichever of them the answer names."""
WRITERS = "trang-ghi"
"""In what is kept: for each part the page that wrote it last, so that a page is not told of its own words."""
MOST_FILES = 20


KEEP_UNSENT = timedelta(days=60)
"""How long what nobody sent is kept after its round was closed: the keeper may open it again."""


class Collided(Moved):
    """Two people changed the same parts at once; ``saved`` is what the other wrote."""

    def __init__(self, parts: list[str], saved: QueryDict) -> None:
        super().__init__("Người khác vừa ghi phần này.")
        self.parts, self.saved = parts, saved


def unsent(duty: Duty) -> WorkingCopy | None:
    """What was written and not sent."""
    return WorkingCopy.objects.filter(
        purpose=WorkingCopy.Purpose.ANSWER, form=ANSWER_FORM, record_code=duty.code
    ).select_related("owner").first()  # fmt: skip


def taken_in(duty: Duty) -> QuerySet[Attachment]:
    """The files that may be named in a body's answer: those sent up for it, and those of what was sent before."""
    copy = unsent(duty)
    codes = copy.data.get(TAKEN_IN, []) if copy else []
    before = Q(document__submission__duty=duty)
    return Attachment.objects.filter(Q(code__in=codes, document__isnull=True) | before)


def last_sent(duty: Duty) -> Submission | None:
    """What was sent last, returned or not."""
    return duty.submissions.select_related("document", "keeper", "written_by").order_by("-number").first()


def last_time(duty: Duty) -> Submission | None:
    """What the body, or one it succeeds, sent to the same keeper in the round before."""
    current = duty.round
    earlier = Submission.objects.filter(
        duty__in=Duty.objects.of_bodies([duty.organization_id]),
        duty__round__keeper=current.keeper_id,
        duty__round__due_on__lt=current.due_on,
        returned_at__isnull=True,
    )
    same = [Q(duty__round__program=current.program_id), Q(duty__round__plan=current.plan_id)]
    linked = [one for one, key in zip(same, (current.program_id, current.plan_id), strict=True) if key]
    for about in linked or [Q(duty__round__program=None, duty__round__plan=None)]:
        earlier = earlier.filter(about)
    return earlier.select_related("duty__round").order_by("-duty__round__due_on", "-pk").first()


def locked(duty: Duty) -> Duty:
    """The duty, locked, as long as something can be handed in for it."""
    current = lock_duty(duty)
    if why := refusal(current, timezone.localdate()):
        raise NotNow(why)
    if standing_of(current):
        raise NotNow("Phần này đã nộp.")
    return current


@transaction.atomic
def keep(
    duty: Duty, data: QueryDict, *, by: User | None, body: Organization, page: str, opened: Mapping[str, str]
) -> WorkingCopy:
    """Keep what a page holds; a part that its writer left as it was keeps what others wrote meanwhile.

    ``opened`` are the marks of the parts the page was opened with; ``page`` names the page itself: it goes on
    writing what it wrote before, though the answer to that was lost on the way.
    """
    current = locked(duty)
    copy = unsent(current) or blank(current)
    is_first = copy.pk is None and not copy.data
    if sum(len(name) + sum(map(len, values)) for name, values in data.lists()) > copies.LARGEST:
        raise NotNow("Nội dung quá dài để lưu.")
    saved = copies.as_query(copy.data)
    writers = dict(one.split(":", 1) for one in copy.data.get(WRITERS, []))
    collided = []
    for part in EACH:
        mine, theirs, was = mark_of(data, part), mark_of(saved, part), opened.get(part, "")
        if mine == theirs and not is_first:
            continue
        if is_first or theirs == was or writers.get(part) == page:
            replace_part(saved, part, data)
            writers[part] = page
        elif mine != was:
            collided.append(part)
    if collided:
        raise Collided(collided, saved)
    saved.setlist(WRITERS, [f"{part}:{writer}" for part, writer in writers.items()])
    return written(copy, saved, by=by, body=body)


def blank(duty: Duty) -> WorkingCopy:
    """The copy a part begins with: of a returned one what was sent, else nothing."""
    copy = WorkingCopy(purpose=WorkingCopy.Purpose.ANSWER, form=ANSWER_FORM, record_code=duty.code, number=0)
    if last := last_sent(duty):
        copy.data = copies.as_data(sent_data(last.content, last.document.attachments.all()))
    return copy


def written(copy: WorkingCopy, data: QueryDict, *, by: User | None, body: Organization) -> WorkingCopy:
    """The copy with what it now holds."""
    copy.data, copy.owner, copy.keeper = copies.as_data(data), by, body
    copy.number += 1
    copy.save()
    return copy


def take_file(duty: Duty, upload: File, *, by: User | None, body: Organization) -> Attachment:
    """Take a file in for a body's answer; :class:`portal.file_kinds.NotTaken` says why not."""
    if why := refusal(duty, timezone.localdate()):
        raise NotNow(why)
    if taken_in(duty).count() >= MOST_FILES:
        raise NotTaken(f"Mỗi phần gửi nhiều nhất {MOST_FILES} tệp.")
    kept = files.keep(upload, by=by, body=body)
    with transaction.atomic():
        current = locked(duty)
        copy = unsent(current) or blank(current)
        data = copies.as_query(copy.data)
        data.appendlist(TAKEN_IN, kept.code)
        written(copy, data, by=by, body=body)
    return kept


def forget_unsent_of_closed(on: date) -> int:
    """Drop what was written and never sent for rounds closed long ago; returns how much."""
    closed = Duty.objects.filter(round__closed_on__lt=on - KEEP_UNSENT)
    held = WorkingCopy.objects.filter(purpose=WorkingCopy.Purpose.ANSWER, form=ANSWER_FORM)
    return held.filter(record_code__in=closed.values("code")).delete()[0]

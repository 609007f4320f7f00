"""The verbs of one assignment: answered, accepted, asked about again.

What happens to an assignment is an act on it, so that its story can be told to the follower and to who answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from meetings.models import Answer, Assignment
from portal.actions.circles import place
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry, write_paper
from portal.actions.records import Moved, NotNow
from portal.dates import PartialDate
from portal.history import acting, bulk_update
from portal.models import Audience, Document, Organization, State, User, Verb
from portal.text import clean


@dataclass
class AnswerEntry:
    """What a body answers: words and files."""

    text: str
    files: list[FileEntry] = field(default_factory=list)


def answer(
    assignment: Assignment, entry: AnswerEntry, *, by: User, body: Organization, expected: int
) -> Answer:
    """Send a body's answer; ``body`` is the one answering: the addressee or its successor.

    ``expected`` counts the answers the person saw, so that two colleagues do not answer twice unseen.
    """
    with acting(Verb.REPLY, assignment, by=by, body=body):
        current = lock(assignment, {*Assignment.UNFINISHED}, expected)
        follower = current.task.follower
        paper = PaperEntry(
            title=clean(f"Kết quả thực hiện: {current.task.directive.text}")[:1000],
            dated=PartialDate.day(timezone.localdate()),
            partners=[PartnerEntry(1, body), *([PartnerEntry(2, follower)] if follower != body else [])],
            files=[FileEntry(one.attachment, one.caption, Audience.PARTIES) for one in entry.files],
        )
        now = timezone.now()
        sent = Answer(assignment=current, text=entry.text, keeper=body, written_by=by)
        sent.state, sent.state_since, sent.approved_at = State.APPROVED, now, now
        sent.document = write_paper(Document(), paper, by=by)
        place([sent])
        sent.save()
        move([current], Assignment.State.ANSWERED)
    return sent


def accept(assignment: Assignment, *, by: User, expected: int | None = None) -> None:
    """Take the answer as the task done; ``expected`` counts the answers the person read."""
    with acting(Verb.ACCEPT, assignment, by=by, body=assignment.task.follower):
        move([lock(assignment, {Assignment.State.ANSWERED}, expected)], Assignment.State.ACCEPTED)


def send_back(assignment: Assignment, *, by: User, reason: str, expected: int | None = None) -> None:
    """Ask for more, with a reason."""
    with acting(Verb.ASK_MORE, assignment, by=by, body=assignment.task.follower, reason=reason):
        move([lock(assignment, {Assignment.State.ANSWERED}, expected)], Assignment.State.RETURNED, reason)


def lock(assignment: Assignment, allowed: set[str], expected: int | None = None) -> Assignment:
    """The assignment, locked, refused when it is not in a state the verb needs or was answered meanwhile."""
    current = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if expected is not None and current.answers.count() != expected:
        raise Moved("Có người vừa gửi trả lời cho việc này. Xin xem lại.")
    if current.state not in allowed:
        raise NotNow(f"Tình trạng hiện nay: {current.get_state_display()}. Xin xem lại.")
    return current


def move(assignments: Sequence[Assignment], state: str, reason: str = "") -> None:
    """Write a state, the moment it began and the reason."""
    now = timezone.now()
    for one in assignments:
        one.state, one.state_since, one.reason = state, now, reason
    bulk_update(assignments, ["state", "state_since", "reason"])

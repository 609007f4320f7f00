"""The verbs of tasks: issued, answered, accepted, sent back, stopped, passed on.

A task goes out when its conference is approved: one assignment for each addressee. What happens to one
assignment is an act on it, so that its story can be told to the follower and to who answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from meetings.models import Answer, Assignment, Meeting, Task
from portal.actions.circles import circles_of, place
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry, write_paper
from portal.actions.records import Moved, NotNow
from portal.actions.registers import Standing
from portal.dates import parse_date
from portal.history import acting, bulk_create, finish
from portal.models import Audience, Document, Organization, State, User, Verb


def issue_tasks(meeting: Meeting, *, by: User | None) -> list[Assignment]:
    """Send out the tasks of an approved conference that are not out yet."""
    if meeting.state != State.APPROVED:
        return []
    waiting = Task.objects.filter(
        directive__meeting=meeting, closed_on__isnull=True, assignments__isnull=True
    )
    return [one for task in waiting for one in issue(task, task.due_on, by=by)]


def issue(task: Task, due_on: date, *, by: User | None) -> list[Assignment]:
    """Give every addressee of a task its assignment for one due day; those that have it keep it."""
    has = set(task.assignments.filter(due_on=due_on).values_list("organization_id", flat=True))
    bodies = [body for body in addressees_of(task) if body.pk not in has]
    circles = circles_of({frozenset({task.follower_id, body.pk}) for body in bodies})
    rows = [
        Assignment(
            task=task,
            organization=body,
            due_on=due_on,
            circle_id=circles[frozenset({task.follower_id, body.pk})],
        )
        for body in bodies
    ]
    with acting(Verb.CREATE, task, by=by, body=task.follower):
        bulk_create(rows)
    return rows


def addressees_of(task: Task) -> list[Organization]:
    """The bodies a task addresses: those named, and all of its kind in its territory living that day."""
    found = {
        link.organization_id: link.organization for link in task.addressees.select_related("organization")
    }
    if task.kind_id and task.territory_id:
        within = Organization.objects.alive(task.assigned_on).filter(
            kind=task.kind_id, territory__path__startswith=task.territory.path
        )
        found |= {body.pk: body for body in within}
    return sorted(found.values(), key=lambda body: (bytes(body.sort_key), body.pk))


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
    with acting(Verb.SUBMIT, assignment, by=by, body=body):
        current = lock(assignment, {*Assignment.UNFINISHED})
        if current.answers.count() != expected:
            raise Moved("Đồng nghiệp vừa gửi trả lời cho việc này. Xin xem lại.")
        follower = current.task.follower
        paper = PaperEntry(
            title=f"Kết quả thực hiện: {current.task.directive.text}"[:1000],
            dated=parse_date(f"{timezone.localdate():%d/%m/%Y}"),
            partners=[PartnerEntry(1, body), *([PartnerEntry(2, follower)] if follower != body else [])],
            files=[FileEntry(one.attachment, one.caption, Audience.PARTIES) for one in entry.files],
        )
        now = timezone.now()
        sent = Answer(assignment=current, text=entry.text, keeper=body, written_by=by)
        sent.state, sent.state_since, sent.approved_at = State.APPROVED, now, now
        sent.document = write_paper(Document(), paper, by=by)
        place([sent])
        sent.save()
        move(current, Assignment.State.ANSWERED)
    return sent


def accept(assignment: Assignment, *, by: User) -> None:
    """Take the answer as the task done."""
    with acting(Verb.APPROVE, assignment, by=by, body=assignment.task.follower):
        move(lock(assignment, {Assignment.State.ANSWERED}), Assignment.State.ACCEPTED)


def send_back(assignment: Assignment, *, by: User, reason: str) -> None:
    """Ask for more, with a reason."""
    with acting(Verb.RETURN, assignment, by=by, body=assignment.task.follower, reason=reason):
        move(lock(assignment, {Assignment.State.ANSWERED}), Assignment.State.RETURNED, reason)


def stop(task: Task, *, by: User, reason: str) -> None:
    """Follow a task no longer; what was done stays, what was open is closed with the reason."""
    with acting(Verb.END, task, by=by, body=task.follower, reason=reason) as act:
        task.closed_on, task.closing_reason = timezone.localdate(), reason
        task.save()
        for one in task.assignments.exclude(state__in=[Assignment.State.ACCEPTED, Assignment.State.CLOSED]):
            move(one, Assignment.State.STOPPED, reason)
        finish(act, task)


def pass_on(assignments: Iterable[Assignment], *, on: date) -> int:
    """Pass open assignments of ended bodies to their successors, or close them; returns how many moved.

    A body with several successors passes to each; one with none closes as "không còn cơ quan thực hiện".
    """
    ended = [one for one in assignments if not one.organization.is_alive(on)]
    standing = Standing(on) if ended else None
    for one in ended:
        heirs = Organization.objects.filter(pk__in=standing.heirs(one.organization_id))
        with acting(Verb.END, one, body=one.task.follower, reason="cơ quan được giao đã kết thúc"):
            for heir in heirs.exclude(assignments__task=one.task, assignments__due_on=one.due_on):
                pair = frozenset({one.task.follower_id, heir.pk})
                Assignment(
                    task=one.task,
                    organization=heir,
                    due_on=one.due_on,
                    passed_from=one.organization,
                    circle_id=circles_of({pair})[pair],
                ).save()
            why = "đã chuyển cho cơ quan kế thừa" if heirs else ""
            move(one, Assignment.State.CLOSED, why)
    return len(ended)


def renew(task: Task, *, on: date, by: User | None = None) -> list[Assignment]:
    """Send out the next year's assignments of a yearly task once the last due day has passed."""
    last = task.assignments.order_by("-due_on").values_list("due_on", flat=True).first()
    if not task.yearly or task.closed_on or last is None or last >= on:
        return []
    return issue(task, next_due(last), by=by)


def next_due(last: date) -> date:
    """The same day a year later; 29 February becomes 28."""
    try:
        return last.replace(year=last.year + 1)
    except ValueError:
        return last.replace(year=last.year + 1, day=28)


def lock(assignment: Assignment, allowed: set[str]) -> Assignment:
    """The assignment, locked, refused when it is not in a state the verb needs."""
    current = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if current.state not in allowed:
        raise NotNow(f"Việc này {current.get_state_display()}. Xin mở lại trang.")
    return current


def move(assignment: Assignment, state: str, reason: str = "") -> None:
    """Write a state, the moment it began and the reason."""
    assignment.state, assignment.state_since, assignment.reason = state, timezone.now(), reason
    assignment.save(update_fields=["state", "state_since", "reason"])

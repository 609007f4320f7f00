"""The verbs of tasks: assigned, sent out, answered, accepted, asked about again, stopped, passed on.

A task assigned on a draft goes out with the approval, on an approved record at once: one assignment for each
addressee. What happens to one assignment is an act on it, so that its story can be told to the follower and
to who answers; the approved record itself is not touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from meetings.models import Answer, Assignment, Directive, Meeting, Task, TaskAddressee
from meetings.models.tasks import PASSED_ON
from portal import sections
from portal.actions.circles import circles_of, place
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry, write_paper
from portal.actions.records import Moved, NotNow
from portal.actions.registers import Standing
from portal.actions.rows import write_links
from portal.dates import PartialDate
from portal.history import acting, bulk_create, finish
from portal.models import (
    AdministrativeUnit,
    Audience,
    Document,
    Organization,
    OrganizationKind,
    Paper,
    State,
    User,
    Verb,
)


@dataclass
class TaskEntry:
    """How a saying is to be followed: named bodies, or every body of a kind in a territory."""

    due_on: date
    addressees: list[Organization] = field(default_factory=list)
    yearly: bool = False
    kind: OrganizationKind | None = None
    territory: AdministrativeUnit | None = None
    measure: str = ""
    assigned_on: date | None = None
    """The day it was assigned, when a loader knows it; else today."""


def origin_of(directive: Directive) -> Paper | None:
    """The record a saying is kept with: its conference, or the record whose paper tells it."""
    if directive.meeting_id:
        return directive.meeting
    found = sections.record_of(directive.document)
    return found[1] if found else None


def assign(directive: Directive, entry: TaskEntry, *, follower: Organization, by: User) -> Task:
    """Assign a saying: of a draft conference it waits for the approval, else it goes out at once."""
    held = Task.objects.filter(directive=directive).first()
    task = held or Task(directive=directive, follower=follower, assigned_by=by)
    with acting(Verb.ASSIGN, task, by=by, body=follower) as act:
        Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
        if Task.objects.filter(directive=directive).exists() != bool(held):
            raise Moved("Đồng nghiệp vừa giao ý kiến này. Xin xem lại.")
        if Assignment.objects.filter(task__directive=directive).exists():
            raise NotNow("Ý kiến này đã được giao theo dõi.")
        is_approved = origin_of(directive).state == State.APPROVED
        if not (is_approved or directive.meeting_id):
            raise NotNow("Chỉ giao theo dõi ý kiến nêu trong văn bản đã duyệt.")
        task = write_task(directive, entry, follower=follower, by=by)
        if is_approved:
            issue(task, task.due_on, by=by)
        finish(act, task)
    return task


def write_task(directive: Directive, entry: TaskEntry, *, follower: Organization, by: User | None) -> Task:
    """Write what a saying was assigned as; who is to act is worked out when it goes out."""
    task = Task.objects.filter(directive=directive).first()
    if task is None:
        task = Task(directive=directive, follower=follower, assigned_by=by)
        task.assigned_on = entry.assigned_on or task.assigned_on
    values = {"due_on": entry.due_on, "yearly": entry.yearly, "kind": entry.kind}
    values |= {"territory": entry.territory, "measure": entry.measure}
    changed = {name: value for name, value in values.items() if getattr(task, name) != value}
    for name, value in changed.items():
        setattr(task, name, value)
    if changed or task.pk is None:
        task.save()
    write_links(
        {link.organization_id: link for link in task.addressees.all()},
        {body.pk: TaskAddressee(task=task, organization=body) for body in entry.addressees},
    )
    return task


def drop_unsent(meeting: Meeting) -> None:
    """Drop the tasks of a conference that never went out: nobody knows of them."""
    for task in Task.objects.filter(directive__meeting=meeting, assignments__isnull=True):
        task.delete()


def issue_tasks(meeting: Meeting, *, by: User | None) -> list[Assignment]:
    """Send out the tasks of an approved conference that are not out yet."""
    if meeting.state != State.APPROVED:
        return []
    waiting = Task.objects.filter(
        directive__meeting=meeting, closed_on__isnull=True, assignments__isnull=True
    )
    return [one for task in waiting for one in issue(task, task.due_on, by=by)]


def issue(
    task: Task, due_on: date, *, by: User | None, to: list[Organization] | None = None
) -> list[Assignment]:
    """Give every addressee of a task its assignment for one due day; those that have it keep it.

    What is addressed to a body that has ended since passes at once to its heirs, as it would by night.
    """
    has = set(task.assignments.filter(due_on=due_on).values_list("organization_id", flat=True))
    bodies = [body for body in to or addressees_of(task) if body.pk not in has]
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
    with acting(Verb.ASSIGN, task, by=by, body=task.follower):
        bulk_create(rows)
        pass_on(rows, on=timezone.localdate())
    return rows


def addressees_of(task: Task) -> list[Organization]:
    """The bodies a task addresses: those named, and all of its rule living on the day the words were given."""
    named = [link.organization for link in task.addressees.select_related("organization")]
    on = task.directive.given_on or task.assigned_on
    return reached_by(named, task.kind, task.territory, on, task.follower)


def reached_by(
    named: Iterable[Organization],
    kind: OrganizationKind | None,
    territory: AdministrativeUnit | None,
    on: date,
    follower: Organization,
) -> list[Organization]:
    """Named bodies, and every body of a kind in a territory, below the follower and living on a day; in order."""
    found = {body.pk: body for body in named}
    if kind and territory:
        inside = Q(territory__path__startswith=territory.path) if territory.path else Q(territory=territory)
        below = Organization.objects.alive(on).below(follower).filter(inside, kind=kind)
        found |= {body.pk: body for body in below}
    return sorted(found.values(), key=lambda body: (bytes(body.sort_key), body.pk))


def passing(bodies: Iterable[Organization], on: date) -> list[tuple[Organization, list[Organization]]]:
    """Those of these bodies that have ended, each with the heirs its task passes to; nobody, where none is known."""
    ended = [body for body in bodies if not body.is_alive(on)]
    standing = Standing(on) if ended else None
    heirs = {body.pk: standing.heirs(body.pk) for body in ended}
    known = Organization.objects.in_bulk(set().union(*heirs.values()))
    return [(body, [known[pk] for pk in sorted(heirs[body.pk])]) for body in ended]


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
            title=f"Kết quả thực hiện: {current.task.directive.text}"[:1000],
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
        move(current, Assignment.State.ANSWERED)
    return sent


def accept(assignment: Assignment, *, by: User, expected: int | None = None) -> None:
    """Take the answer as the task done; ``expected`` counts the answers the person read."""
    with acting(Verb.ACCEPT, assignment, by=by, body=assignment.task.follower):
        move(lock(assignment, {Assignment.State.ANSWERED}, expected), Assignment.State.ACCEPTED)


def send_back(assignment: Assignment, *, by: User, reason: str, expected: int | None = None) -> None:
    """Ask for more, with a reason."""
    with acting(Verb.ASK_MORE, assignment, by=by, body=assignment.task.follower, reason=reason):
        move(lock(assignment, {Assignment.State.ANSWERED}, expected), Assignment.State.RETURNED, reason)


def stop(task: Task, *, by: User, reason: str) -> None:
    """Follow a task no longer; what was done stays, what was open is closed with the reason."""
    with acting(Verb.STOP, task, by=by, body=task.follower, reason=reason) as act:
        if Task.objects.select_for_update(of=("self",)).get(pk=task.pk).closed_on:
            raise NotNow("Nhiệm vụ này đã thôi theo dõi.")
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
        with acting(Verb.PASS_ON, one, body=one.task.follower, reason="cơ quan được giao đã kết thúc"):
            have = Assignment.objects.filter(task=one.task_id, due_on=one.due_on).values("organization_id")
            for heir in heirs.exclude(pk__in=have):
                pair = frozenset({one.task.follower_id, heir.pk})
                Assignment(
                    task=one.task,
                    organization=heir,
                    due_on=one.due_on,
                    passed_from=one.organization,
                    circle_id=circles_of({pair})[pair],
                ).save()
            move(one, Assignment.State.CLOSED, PASSED_ON if heirs else "")
    return len(ended)


def pass_on_ended(on: date) -> int:
    """Pass on what bodies left unfinished that ended before a day; returns how many assignments."""
    left = Assignment.objects.filter(state__in=Assignment.UNFINISHED, organization__ended_on__lt=on)
    return pass_on(left.select_related("organization", "task__follower"), on=on)


def renew(task: Task, *, on: date, by: User | None = None) -> list[Assignment]:
    """Send out a yearly task again once its last due day has passed: for the next such day.

    It goes to whom it lay with last, heirs in the place of ended bodies, and to new bodies of its kind.
    """
    last = task.assignments.aggregate(last=Max("due_on"))["last"]
    if not task.yearly or task.closed_on or last is None or last >= on:
        return []
    due = next_due(last)
    while due < on:  # years nobody was asked for stay unasked
        due = next_due(due)
    held = task.assignments.filter(due_on=last).exclude(state=Assignment.State.CLOSED)
    holders = [one.organization for one in held.select_related("organization")]
    bodies = reached_by(living_of(holders, on), task.kind, task.territory, on, task.follower)
    return issue(task, due, by=by, to=bodies) if bodies else []


def living_of(bodies: list[Organization], on: date) -> list[Organization]:
    """These bodies, heirs in the place of those that ended."""
    living = [body for body in bodies if body.is_alive(on)]
    if len(living) < len(bodies):
        standing = Standing(on)
        heirs = {heir for body in bodies for heir in standing.heirs(body.pk)}
        living += Organization.objects.filter(pk__in=heirs).exclude(pk__in=[body.pk for body in living])
    return living


def renew_yearly(on: date) -> int:
    """Send out every yearly task whose last due day has passed; returns how many assignments went out."""
    due = Task.objects.filter(yearly=True, closed_on__isnull=True).annotate(last=Max("assignments__due_on"))
    return sum(len(renew(task, on=on)) for task in due.filter(last__lt=on).select_related("follower"))


def next_due(last: date) -> date:
    """The same day a year later; 29 February becomes 28."""
    try:
        return last.replace(year=last.year + 1)
    except ValueError:
        return last.replace(year=last.year + 1, day=28)


def lock(assignment: Assignment, allowed: set[str], expected: int | None = None) -> Assignment:
    """The assignment, locked, refused when it is not in a state the verb needs or was answered meanwhile."""
    current = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if expected is not None and current.answers.count() != expected:
        raise Moved("Có người vừa gửi trả lời cho việc này. Xin xem lại.")
    if current.state not in allowed:
        raise NotNow(f"Tình trạng hiện nay: {current.get_state_display()}. Xin xem lại.")
    return current


def move(assignment: Assignment, state: str, reason: str = "") -> None:
    """Write a state, the moment it began and the reason."""
    assignment.state, assignment.state_since, assignment.reason = state, timezone.now(), reason
    assignment.save(update_fields=["state", "state_since", "reason"])

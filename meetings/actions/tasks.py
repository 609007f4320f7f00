"""The verbs of tasks: assigned, sent out, stopped, assigned again.

A task assigned on a draft goes out with the approval, on an approved record at once: one assignment for each
addressee. The approved record itself is not touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from meetings.actions.answers import move
from meetings.actions.passing import pass_on
from meetings.actions.told import follow_sayings
from meetings.models import Assignment, Directive, Meeting, Task, TaskAddressee
from portal.actions.circles import circles_of
from portal.actions.records import Moved, NotNow, lock_to_write
from portal.actions.rows import set_changed, write_links
from portal.history import acting, bulk_create, bulk_update, finish
from portal.models import (
    AdministrativeUnit,
    Organization,
    OrganizationKind,
    Paper,
    State,
    User,
    Verb,
    record_of,
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
    return record_of(directive.document)


def assign(directive: Directive, entry: TaskEntry, *, follower: Organization, by: User) -> Task:
    """Assign a saying: of a draft conference it waits for the approval, else it goes out at once.

    One no longer followed is assigned again: its addressees go on with what they had.
    """
    held = Task.objects.filter(directive=directive).first()
    task = held or Task(directive=directive, follower=follower, assigned_by=by)
    with acting(Verb.ASSIGN, task, by=by, body=follower) as act:
        Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
        if Task.objects.filter(directive=directive).exists() != bool(held):
            raise Moved("Đồng nghiệp vừa giao ý kiến này. Xin xem lại.")
        if Task.objects.followed().filter(directive=directive).exists():
            raise NotNow("Ý kiến này đã được giao theo dõi.")
        origin = origin_of(directive)
        is_approved = origin.state == State.APPROVED
        if not (is_approved or directive.meeting_id):
            raise NotNow("Chỉ giao theo dõi ý kiến nêu trong văn bản đã duyệt.")
        if not is_approved:  # whoever has the draft open, to approve or to write, is told that it moved
            draft = lock_to_write(origin, expected=None, verb=Verb.EDIT)
            draft.version += 1
            draft.save(update_fields=["version"])
        [task] = write_tasks([(directive, entry)], follower=follower, by=by)
        if task.closed_on:
            task.closed_on, task.closing_reason = None, ""
            task.assigned_on, task.assigned_by = timezone.localdate(), by
            task.save()
        if is_approved:
            follow_sayings(Task.objects.filter(pk=task.pk))
            issue([(task, task.due_on, addressees_of(task))], by=by)
        finish(act, task)
    return task


def write_tasks(
    pairs: list[tuple[Directive, TaskEntry]], *, follower: Organization, by: User | None
) -> list[Task]:
    """Write what sayings were assigned as; who is to act is worked out when they go out."""
    held = Task.objects.filter(directive__in=[directive.pk for directive, _ in pairs])
    known = {one.directive_id: one for one in held.select_related("kind", "territory")}
    tasks, new, kept = [], [], []
    for directive, entry in pairs:
        values = {"due_on": entry.due_on, "yearly": entry.yearly, "kind": entry.kind}
        values |= {"territory": entry.territory, "measure": entry.measure}
        if (task := known.get(directive.pk)) is not None:
            kept.append((task, values))
        else:
            since = {"assigned_on": entry.assigned_on} if entry.assigned_on else {}
            task = Task(directive=directive, follower=follower, assigned_by=by, **values, **since)
            new.append(task)
        tasks.append(task)
    set_changed(kept)
    bulk_create(new)
    links = TaskAddressee.objects.filter(task__in=[one.pk for one in known.values()])
    write_links(
        {(link.task_id, link.organization_id): link for link in links},
        {
            (task.pk, body.pk): TaskAddressee(task=task, organization=body)
            for task, (_, entry) in zip(tasks, pairs, strict=True)
            for body in entry.addressees
        },
    )
    return tasks


def issue_tasks(meeting: Meeting, *, by: User | None) -> list[Assignment]:
    """Send out the tasks of an approved conference that are not out yet; all are listed by its words and day."""
    if meeting.state != State.APPROVED:
        return []
    of_meeting = Task.objects.filter(directive__meeting=meeting)
    follow_sayings(of_meeting)
    waiting = of_meeting.filter(closed_on__isnull=True, assignments__isnull=True)
    given = ("directive__meeting__document", "directive__document")
    linked = waiting.select_related(*given, "follower", "kind", "territory")
    tasks = linked.prefetch_related("addressees__organization")
    return issue([(task, task.due_on, addressees_of(task)) for task in tasks], by=by)


Round = tuple[Task, date, list[Organization]]
"""A task, a due day, and who is to act by it."""


def issue(rounds: list[Round], *, by: User | None) -> list[Assignment]:
    """Give the bodies of each round their assignment; those that have it keep it, those stopped go on with theirs.

    What is addressed to a body that has ended since passes at once to its heirs, as it would by night.
    """
    if not rounds:
        return []
    follower = rounds[0][0].follower
    with acting(Verb.ASSIGN, rounds[0][0], by=by, body=follower):
        has: dict[tuple[int, int], list[Assignment]] = {}
        kept = Q(due_on__in={due_on for _, due_on, _ in rounds}) | Q(state=Assignment.State.STOPPED)
        held_by = Assignment.objects.select_related("organization", "task__follower")
        for one in held_by.filter(kept, task__in=[task.pk for task, _, _ in rounds]).order_by("due_on", "pk"):
            has.setdefault((one.task_id, one.organization_id), []).append(one)
        pairs = {(task.follower_id, body.pk) for task, _, bodies in rounds for body in bodies}
        circles = circles_of(map(frozenset, pairs))
        new, again = [], []
        for task, due_on, bodies in rounds:
            for body in bodies:
                held = has.get((task.pk, body.pk), [])
                same = next((one for one in held if one.due_on == due_on), None)
                stopped = [one for one in held if one.state == Assignment.State.STOPPED]
                if one := same or (stopped[-1] if stopped else None):
                    if one.state == Assignment.State.STOPPED:
                        one.due_on = due_on
                        again.append(one)
                    continue
                circle = circles[frozenset({task.follower_id, body.pk})]
                new.append(Assignment(task=task, organization=body, due_on=due_on, circle_id=circle))
        bulk_create(new)
        bulk_update(again, ["due_on"])
        move(again, Assignment.State.OPEN)
        pass_on(new + again, on=timezone.localdate())
    return new + again


def addressees_of(task: Task) -> list[Organization]:
    """The bodies a task addresses: those named, and all of its rule living when the words were given."""
    prefetch_related_objects([task], "addressees__organization")  # asks nothing where they were read already
    named = [link.organization for link in task.addressees.all()]
    on = task.directive.given_by(timezone.localdate()) or task.assigned_on
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
        below = (
            Organization.objects.alive(on).below(follower).filter(territory.inside("territory__"), kind=kind)
        )
        found |= {body.pk: body for body in below}
    return sorted(found.values(), key=lambda body: (bytes(body.sort_key), body.pk))


def kinds_below(follower: Organization, on: date) -> QuerySet:
    """Key and name of every kind of which a body lived below the follower on a day, in its territory or under it.

    One that is younger than the day stands for whom it succeeded, whose territories may be others.
    """
    living = Organization.objects.alive(on).below(follower).order_by()
    if follower.territory and follower.territory.path and follower.is_alive(on):
        inside = follower.territory.inside("territory__")
        living = living.filter(inside | Q(superior_links__superior=follower))
    return OrganizationKind.objects.filter(pk__in=living.values("kind")).values_list("key", "name")


def stop(task: Task, *, by: User, reason: str) -> None:
    """Follow a task no longer; what was done stays, what was open is closed with the reason."""
    with acting(Verb.STOP, task, by=by, body=task.follower, reason=reason) as act:
        locked = Task.objects.select_for_update(of=("self",)).select_related("directive")
        if (current := locked.get(pk=task.pk)).closed_on:
            raise NotNow("Nhiệm vụ này đã thôi theo dõi.")
        current.closed_on, current.closing_reason = timezone.localdate(), reason
        current.save(update_fields=["closed_on", "closing_reason"])
        held = current.assignments.select_for_update()
        left = held.exclude(state__in=[Assignment.State.ACCEPTED, Assignment.State.CLOSED])
        move(list(left), Assignment.State.STOPPED, reason)
        finish(act, current)

"""Yearly tasks sent out again by night, for the next year."""

from datetime import date

from django.db import transaction
from django.db.models import Max, Q

from meetings.actions.passing import living_of
from meetings.actions.tasks import issue, reached_by
from meetings.models import Assignment, Task
from portal.models import User

STOPPED = Q(state=Assignment.State.STOPPED)
"""Rounds begun before a task was stopped and assigned again."""


@transaction.atomic
def renew(task: Task, *, on: date, by: User | None = None) -> list[Assignment]:
    """Send out a yearly task again once its last due day has passed: for the next such day.

    It goes to whom it lay with last, heirs in the place of ended bodies, and to new bodies of its kind. The task is
    read under a lock: one stopped, or sent out again, meanwhile stays as it is.
    """
    locked = Task.objects.select_for_update(of=("self",))
    task = locked.select_related("follower", "kind", "territory", "directive").get(pk=task.pk)
    last = task.assignments.filter(~STOPPED).aggregate(last=Max("due_on"))["last"]
    if not task.yearly or task.closed_on or last is None or last >= on:
        return []
    due = next_due(last)
    while due < on:  # years nobody was asked for stay unasked
        due = next_due(due)
    held = task.assignments.filter(~STOPPED, due_on=last).exclude(state=Assignment.State.CLOSED)
    holders = [one.organization for one in held.select_related("organization")]
    bodies = reached_by(living_of(holders, on), task.kind, task.territory, on, task.follower)
    return issue([(task, due, bodies)], by=by) if bodies else []


def renew_yearly(on: date) -> int:
    """Send out every yearly task whose last due day has passed; returns how many assignments went out."""
    followed = Task.objects.followed().filter(yearly=True)
    went_on = ~Q(assignments__state=Assignment.State.STOPPED)
    due = followed.annotate(last=Max("assignments__due_on", filter=went_on)).filter(last__lt=on)
    return sum(len(renew(task, on=on)) for task in due)


def next_due(last: date) -> date:
    """The same day a year later; 29 February becomes 28."""
    try:
        return last.replace(year=last.year + 1)
    except ValueError:
        return last.replace(year=last.year + 1, day=28)

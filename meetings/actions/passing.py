"""What ended bodies left of their tasks passes to their heirs: when it goes out, and by night."""

from collections.abc import Iterable
from datetime import date

from meetings.actions.answers import lock, move
from meetings.models import Assignment
from meetings.models.tasks import PASSED_ON
from portal.actions.circles import circles_of
from portal.actions.records import NotNow
from portal.history import acting, bulk_create
from portal.models import Organization, Verb, heirs_of

ENDED, NO_HEIR = "cơ quan được giao đã kết thúc", "chưa ghi cơ quan kế thừa"


def pass_on(assignments: Iterable[Assignment], *, on: date) -> int:
    """Pass open assignments of ended bodies to their successors, or close them; returns how many moved.

    A body with several successors passes to each; one with none closes as "không còn cơ quan thực hiện". What
    was answered meanwhile stays as it is.
    """
    ended = [one for one in assignments if not one.organization.is_alive(on)]
    heirs_by = heirs_of({one.organization_id for one in ended}, on)
    passed = 0
    for one in ended:
        try:
            _pass_one_on(one, heirs_by[one.organization_id])
        except NotNow:  # answered meanwhile: the act that was opened for it goes too
            continue
        passed += 1
    return passed


def _pass_one_on(one: Assignment, heirs: list[Organization]) -> None:
    """Give the heirs of a body its part of a task, and close its own; refused when it was answered meanwhile."""
    why = ENDED if heirs else f"{ENDED}, {NO_HEIR}"
    with acting(Verb.PASS_ON, one, body=one.task.follower, reason=why):
        current = lock(one, {*Assignment.UNFINISHED})
        same = Assignment.objects.filter(task=one.task_id, due_on=one.due_on).order_by()
        has = set(same.values_list("organization_id", flat=True))
        pairs = {heir: frozenset({one.task.follower_id, heir.pk}) for heir in heirs if heir.pk not in has}
        circles = circles_of(pairs.values())
        own = {"task": one.task, "due_on": one.due_on, "passed_from": one.organization}
        bulk_create(
            [Assignment(organization=heir, circle_id=circles[pair], **own) for heir, pair in pairs.items()]
        )
        move([current], Assignment.State.CLOSED, PASSED_ON if heirs else "")


def pass_on_ended(on: date) -> int:
    """Pass on what bodies left unfinished that ended before a day; returns how many assignments."""
    left = Assignment.objects.filter(state__in=Assignment.UNFINISHED, organization__ended_on__lt=on)
    return pass_on(left.select_related("organization", "task__follower"), on=on)


def passing(bodies: Iterable[Organization], on: date) -> list[tuple[Organization, list[Organization]]]:
    """Those of these bodies that have ended, each with the heirs its task passes to; nobody, where none is known."""
    ended = [body for body in bodies if not body.is_alive(on)]
    heirs = heirs_of({body.pk for body in ended}, on)
    return [(body, heirs[body.pk]) for body in ended]


def living_of(bodies: list[Organization], on: date) -> list[Organization]:
    """These bodies, heirs in the place of those that ended."""
    found = {body.pk: body for body in bodies if body.is_alive(on)}
    heirs = heirs_of({body.pk for body in bodies} - found.keys(), on)
    return [*(found | {heir.pk: heir for each in heirs.values() for heir in each}).values()]

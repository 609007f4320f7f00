"""What ended bodies left of their tasks passes to their heirs: when it goes out, and by night."""

from collections.abc import Iterable
from datetime import date

from meetings.actions.answers import lock, move
from meetings.models import Assignment
from meetings.models.tasks import PASSED_ON
from portal.actions.circles import circles_of
from portal.actions.records import NotNow
from portal.actions.registers import Standing
from portal.history import acting, bulk_create
from portal.models import Organization, Verb


def pass_on(assignments: Iterable[Assignment], *, on: date) -> int:
    """Pass open assignments of ended bodies to their successors, or close them; returns how many moved.

    A body with several successors passes to each; one with none closes as "không còn cơ quan thực hiện". What
    was answered meanwhile stays as it is.
    """
    ended = [one for one in assignments if not one.organization.is_alive(on)]
    standing = Standing(on) if ended else None
    passed = 0
    for one in ended:
        heirs = standing.heirs(one.organization_id)
        with acting(Verb.PASS_ON, one, body=one.task.follower, reason="cơ quan được giao đã kết thúc"):
            try:
                current = lock(one, {*Assignment.UNFINISHED})
            except NotNow:
                continue
            has = Assignment.objects.filter(task=one.task_id, due_on=one.due_on).values("organization_id")
            pairs = {
                heir: frozenset({one.task.follower_id, heir.pk})
                for heir in Organization.objects.filter(pk__in=heirs).exclude(pk__in=has)
            }
            circles = circles_of(pairs.values())
            own = {"task": one.task, "due_on": one.due_on, "passed_from": one.organization}
            bulk_create(
                [
                    Assignment(organization=heir, circle_id=circles[pair], **own)
                    for heir, pair in pairs.items()
                ]
            )
            move([current], Assignment.State.CLOSED, PASSED_ON if heirs else "")
        passed += 1
    return passed


def pass_on_ended(on: date) -> int:
    """Pass on what bodies left unfinished that ended before a day; returns how many assignments."""
    left = Assignment.objects.filter(state__in=Assignment.UNFINISHED, organization__ended_on__lt=on)
    return pass_on(left.select_related("organization", "task__follower"), on=on)


def passing(bodies: Iterable[Organization], on: date) -> list[tuple[Organization, list[Organization]]]:
    """Those of these bodies that have ended, each with the heirs its task passes to; nobody, where none is known."""
    ended = [body for body in bodies if not body.is_alive(on)]
    standing = Standing(on) if ended else None
    heirs = {body.pk: standing.heirs(body.pk) for body in ended}
    known = Organization.objects.in_bulk(set().union(*heirs.values()))
    return [(body, [known[pk] for pk in sorted(heirs[body.pk])]) for body in ended]


def living_of(bodies: list[Organization], on: date) -> list[Organization]:
    """These bodies, heirs in the place of those that ended."""
    living = [body for body in bodies if body.is_alive(on)]
    if len(living) < len(bodies):
        standing = Standing(on)
        heirs = {heir for body in bodies for heir in standing.heirs(body.pk)}
        living += Organization.objects.filter(pk__in=heirs).exclude(pk__in=[body.pk for body in living])
    return living

"""Keeping who reads the parts of tasks: the follower, the body that is to act, and all who reach them."""

from django.db.models import Q, QuerySet

from meetings.models import Assignment
from portal.actions.circles import circles_of


def place_assignments(assignments: QuerySet[Assignment]) -> None:
    """Write the circles of these parts as their bodies stand; recomputable, so without a version of its own.

    Only parts that stand in a circle some of them have left are read.
    """
    standing = set(
        assignments.order_by().values_list("task__follower_id", "organization_id", "circle_id").distinct()
    )
    circles = circles_of(frozenset(bodies) for *bodies, _ in standing)
    left = {circle for *bodies, circle in standing if circle != circles[frozenset(bodies)]}
    if not left:
        return
    rows = assignments.filter(Q(circle__in=left - {None}) | Q(circle__isnull=True)).select_related("task")
    moved = []
    for one in rows:
        circle = circles.get(frozenset({one.task.follower_id, one.organization_id}))
        if circle and one.circle_id != circle:  # a part made meanwhile was placed by whoever made it
            one.circle_id = circle
            moved.append(one)
    Assignment.objects.bulk_update(moved, ["circle"], batch_size=500)

"""Keeping who reads the parts of tasks: the follower, the body that is to act, and all who reach them."""

from django.db.models import QuerySet

from meetings.models import Assignment
from portal.actions.circles import circles_of


def place_assignments(assignments: QuerySet[Assignment]) -> None:
    """Write the circles of these parts as their bodies stand; recomputable, so without a version of its own."""
    rows = list(assignments.select_related("task"))
    pairs = {one.pk: frozenset({one.task.follower_id, one.organization_id}) for one in rows}
    circles = circles_of(pairs.values())
    moved = [one for one in rows if one.circle_id != circles[pairs[one.pk]]]
    for one in moved:
        one.circle_id = circles[pairs[one.pk]]
    Assignment.objects.bulk_update(moved, ["circle"], batch_size=500)

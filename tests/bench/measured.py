"""The tasks the portal counts itself: written over filled tasks before every measuring, so that kept databases have them.

Of every fiftieth conference one task counts signed agreements and the other yearly reviews.
"""

from django.db.models import F

from meetings.models import Task
from tests.bench.conferences import SMALL

EVERY = 50


def count_tasks() -> int:
    """Set what these tasks count; a second run changes nothing. Returns how many there are."""
    of_some = Task.objects.annotate(place=F("directive__meeting_id") % EVERY).filter(place=SMALL % EVERY)
    total = 0
    for position, measure in ((5, Task.Measure.SIGNED), (10, Task.Measure.REVIEWED)):
        keys = list(of_some.filter(directive__position=position).values_list("pk", flat=True))
        total += Task.objects.filter(pk__in=keys).update(measure=measure)
    return total

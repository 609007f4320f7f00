"""What is written over a filled database before every measuring, so that kept ones have it too.

The tasks the portal counts itself: of every fiftieth conference one counts signed agreements and the other yearly
reviews. And who keeps the data of one province clean.
"""

from django.db.models import F

from meetings.models import Task
from portal.models import Membership, Role, User
from tests.bench.conferences import SMALL

EVERY = 50
CLEANER = "cleaner"
"""The administrator of the body that the superior of the benchmark approves for."""


def add_cleaner() -> None:
    """The account of that administrator, if it is not there yet."""
    user, _ = User.objects.get_or_create(username=CLEANER, defaults={"full_name": CLEANER, "is_staff": True})
    body = Membership.objects.filter(user__username="superior").earliest("pk").organization_id
    Membership.objects.get_or_create(user=user, organization_id=body, role=Role.ADMINISTRATOR)


def count_tasks() -> int:
    """Add the cleaner, set what these tasks count; a second run changes nothing. Returns how many there are."""
    add_cleaner()
    of_some = Task.objects.annotate(place=F("directive__meeting_id") % EVERY).filter(place=SMALL % EVERY)
    total = 0
    for position, measure in ((5, Task.Measure.SIGNED), (10, Task.Measure.REVIEWED)):
        keys = list(of_some.filter(directive__position=position).values_list("pk", flat=True))
        total += Task.objects.filter(pk__in=keys).update(measure=measure)
    return total

"""What tasks are listed and found by: derived from their sayings and the papers that tell them."""

from django.db.models import QuerySet

from meetings.models import Task
from portal.batches import AT_ONCE, batches
from portal.columns import UNKNOWN_DAY

COLUMNS = ("search_text", "told_in", "told_on", "given_first", "given_last")


def follow_sayings(tasks: QuerySet[Task]) -> None:
    """Write what these tasks are listed and found by; recomputable, so without a version of its own."""
    for keys in batches(tasks.order_by().values_list("pk", flat=True)):
        told = ("directive__meeting__document", "directive__document")
        read = list(Task.objects.filter(pk__in=keys).select_related(*told))
        changed = [one for one in read if _follow(one)]
        Task.objects.bulk_update(changed, COLUMNS, batch_size=AT_ONCE)


def _follow(task: Task) -> bool:
    """Set the columns of a task; whether one of them differed."""
    saying, meeting = task.directive, task.directive.meeting
    day = saying.paper.dated_first
    years = (meeting.given_first, meeting.given_last) if meeting else (day and day.year,) * 2
    values = (saying.folded, saying.paper.pk, day or UNKNOWN_DAY, *years)
    if tuple(getattr(task, name) for name in COLUMNS) == values:
        return False
    for name, value in zip(COLUMNS, values, strict=True):
        setattr(task, name, value)
    return True

"""What tasks put on the desk, among the next dates, and beside the programmes they are about."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from meetings.board import NO_DAY_SIGN, NO_DAY_WORDS
from meetings.measuring import counted_done
from meetings.models import Assignment, Directive, Meeting, Progress, Task
from meetings.models.tasks import NO_DAY, AssignmentQuerySet, standing
from meetings.parts import told_by
from portal.access import Doing, can, grants, readable_audiences
from portal.changes import shorten
from portal.models import Audience, Document, Paper, Reach, State, User, record_of
from portal.sections import DeskGroup, DeskLine, Hit, Hits, OpenTask
from portal.templatetags.say import vdate
from programs.models import Review

PANEL = 20
MOST_NEAR = 20
LONGEST = 140
LINKED = ("organization", "passed_from", "task__directive", "task__follower")
TOLD = (
    "code", "state", "reason", "due_on", "organization__name", "organization__started_on",
    "organization__ended_on", "passed_from__name", "task__directive__text", "task__follower__name",
)  # fmt: skip
"""What is read of an assignment on the desk of its addressee."""


def desk_lines(user: User, most: int) -> Iterator[DeskLine]:
    """What a person's bodies have to answer, whom they have to urge, and which answers wait for them."""
    if bodies := [held.organization_id for held in grants(user, Doing.ANSWER)]:
        asked = Assignment.objects.to_answer(bodies)
        left = asked.still_asked(counted_done(asked, user))
        for one in left.select_related(*LINKED).only(*TOLD)[:most]:
            yield line_to_answer(one)
    if bodies := [held.organization_id for held in grants(user, Doing.WRITE)]:
        found = Assignment.objects.to_read(bodies).select_related("organization", "task__directive")
        told = found.only("code", "state_since", "organization__name", "task__directive__text")
        for one in told.order_by("state_since", "pk")[:most]:
            thing, url = shorten(one.task.directive.text, LONGEST), address(one)
            yield DeskLine(
                DeskGroup.TO_READ, "Xem trả lời", thing, url, one.state_since, str(one.organization)
            )
    yield from lines_to_urge(user, most)


def lines_to_urge(user: User, most: int) -> Iterator[DeskLine]:
    """The overdue tasks a person's bodies follow, a line each: since when, and how many bodies owe an answer."""
    if not (bodies := [held.organization_id for held in grants(user, Doing.WRITE)]):
        return
    followed = Assignment.objects.filter(task__follower__in=Reach.objects.running(bodies))
    late = followed.standing(Progress.OVERDUE, timezone.localdate())
    late = late.exclude(done) if (done := counted_done(late, user)) else late
    tasks = late.order_by().values("task__code", "task__directive__text")
    tasks = tasks.annotate(due=Min("due_on"), count=Count("organization", distinct=True))
    for one in tasks.order_by("due", "task__code")[:most]:
        url = reverse("meetings:task_whole", args=[one["task__code"]])
        thing, owing = shorten(one["task__directive__text"], LONGEST), f"{one['count']} cơ quan"
        yield DeskLine(DeskGroup.TO_URGE, "Đôn đốc", thing, url, None, owing, one["due"])


def line_to_answer(one: Assignment) -> DeskLine:
    """One assignment on the desk of its addressee."""
    is_back = one.state == Assignment.State.RETURNED
    due = None if one.due_on == NO_DAY else one.due_on
    more = f"cần bổ sung: {shorten(one.reason, LONGEST)}" if is_back else ""
    said = [more, left_by(one), "" if due else NO_DAY_WORDS, f"{one.task.follower} theo dõi"]
    note = " · ".join(filter(None, said))
    verb = "Bổ sung trả lời" if is_back else "Trả lời nhiệm vụ"
    thing = shorten(one.task.directive.text, LONGEST)
    return DeskLine(DeskGroup.ASKED, verb, thing, address(one), None, note, due)


def left_by(one: Assignment) -> str:
    """Which ended body the task was given to, where an heir answers."""
    ended = one.passed_from if one.organization.is_alive(timezone.localdate()) else one.organization
    return f"phần việc của {ended}" if ended else ""


def address(one: Assignment) -> str:
    """The page of an assignment."""
    return reverse("meetings:task_record", args=[one.code])


def next_days(user: User, today: date) -> Iterator[tuple[date, str, str]]:
    """The next days on which answers are due to a person's bodies; what they owe stands on the desk already."""
    bodies = [held.organization_id for held in grants(user, Doing.WRITE)]
    if not bodies:
        return
    followed = Assignment.objects.filter(task__follower__in=Reach.objects.running(bodies))
    owed = followed.standing(Progress.OPEN, today).exclude(due_on=NO_DAY)
    # What is done without an answer is looked up for the nearest tasks alone: more would hardly be told.
    nearest = owed.order_by("due_on", "task_id").values_list("due_on", "task_id").distinct()[:MOST_NEAR]
    owed = owed.filter(task__in={task for _, task in nearest})
    owed = owed.exclude(done) if (done := counted_done(owed, user)) else owed
    days = owed.values("due_on", "task__code", "task__directive__text").annotate(count=Count("pk"))
    for one in days.order_by("due_on", "task")[:3]:
        words = f"Hạn nhiệm vụ, {one['count']} cơ quan: {shorten(one['task__directive__text'], LONGEST)}"
        yield one["due_on"], words, reverse("meetings:task_whole", args=[one["task__code"]])


def panels_of(record: Paper, reader: User) -> Iterable[Hits]:
    """Beside a paper: tasks told at it or at conferences that reviewed, discussed or signed it; what waits for one."""
    if isinstance(record, Review):
        yield from open_tasks(record, reader)
    if hits := task_lines(record, reader):
        yield Hits("Nhiệm vụ", hits, "")
    if hits := saying_lines(record, reader):
        yield Hits("Giao theo dõi ý kiến chỉ đạo", hits, "")


def open_tasks(review: Review, reader: User) -> Iterator[Hits]:
    """Beside a review: the tasks about what it reviews that are not done yet."""
    for reviewed in filter(None, [review.program, review.plan]):
        seen = type(reviewed).objects.visible_to(reader).filter(pk=reviewed.pk).exists()
        if seen and (hits := task_lines(reviewed, reader, only_open=True)):
            yield Hits(f"Nhiệm vụ còn mở của {reviewed._meta.verbose_name}", hits, "")


def task_lines(record: Paper, reader: User, *, only_open: bool = False) -> list[Hit]:
    """The tasks about a paper, each with how far it has come."""
    rows = task_rows(assignments_about(record, reader), reader, timezone.localdate(), only_open=only_open)
    return [task_line(row) for row in rows]


def still_open(record: Paper, reader: User, on: date) -> Iterator[OpenTask]:
    """The same, not done on a day, as a report tells them."""
    seen = assignments_about(record, reader)
    rows = list(task_rows(seen, reader, on, only_open=True))
    between: dict[tuple[str, date], set[int]] = {}
    parts = seen.filter(task__code__in={row["task__code"] for row in rows}).order_by()
    for code, due_on, bodies in parts.values_list("task__code", "due_on", "circle__bodies").distinct():
        between.setdefault((code, due_on), set(bodies or ())).intersection_update(bodies or ())
    for row in rows:
        line, due_on = task_line(row), row["due_on"]
        due = NO_DAY_WORDS if due_on == NO_DAY else f"hạn {vdate(due_on)}"
        bodies = frozenset(between[row["task__code"], due_on])
        yield OpenTask(row["task__directive__text"], due, ", ".join(line.meta), bodies)


def assignments_about(record: Paper, reader: User) -> AssignmentQuerySet:
    """The parts of tasks about a paper that the reader may read."""
    told = Directive.objects.order_by().values("pk")
    # Joined as two lists: asked for as one "or", PostgreSQL reads every saying of the country.
    at_tables = told.filter(meeting__papers__document=record.document_id)
    about = told.filter(told_in_paper(record)).union(at_tables)
    tasks = Task.objects.filter(directive__in=about).values("pk")
    return Assignment.objects.visible_to(reader).filter(task__in=tasks)


def task_rows(seen: AssignmentQuerySet, reader: User, on: date, *, only_open: bool) -> QuerySet:
    """Tasks and due days, each with how many of these parts stand in which way on a day."""
    done = counted_done(seen, reader)
    counts = {f"is_{one.name.lower()}": Count("pk", filter=standing(one, on, done)) for one in Progress}
    rows = seen.values("task__code", "task__directive__text", "due_on").annotate(**counts)
    if only_open:
        rows = rows.filter(Q(is_open__gt=0) | Q(is_overdue__gt=0) | Q(is_answered__gt=0))
    return rows.order_by("due_on", "task__code")[:PANEL]


def task_line(row: dict) -> Hit:
    """One task and due day as a line of a panel."""
    counts = {one: row[f"is_{one.name.lower()}"] for one in Progress}
    whole = sum(counts.values()) - counts[Progress.CLOSED]
    said = [f"{counts[Progress.DONE]}/{whole} cơ quan đã hoàn thành"] if whole else ["đã đóng"]
    said += [f"{counts[one]} {one.label}" for one in (Progress.ANSWERED, Progress.OVERDUE) if counts[one]]
    due = row["due_on"]
    return Hit(
        title=shorten(row["task__directive__text"], LONGEST),
        url=reverse("meetings:task_whole", args=[row["task__code"]]),
        when=NO_DAY_SIGN if due == NO_DAY else vdate(due),
        when_line=NO_DAY_WORDS if due == NO_DAY else "",
        meta=tuple(said),
    )


def told_in_paper(record: Paper) -> Q:
    """The sayings of a paper: of the conference whose minutes it is, or told by it."""
    return Q(meeting=record.pk) if isinstance(record, Meeting) else Q(document=record.document_id)


def saying_lines(record: Paper, reader: User) -> list[Hit]:
    """Sayings of a paper that no body was asked about yet; those of a conference stand on its page itself."""
    if isinstance(record, Meeting):
        return []
    told = Directive.objects.filter(told_in_paper(record), task__assignments__isnull=True)
    told = list(told.select_related("organization"))
    if not told:
        return []
    may_assign = record.state == State.APPROVED and bool(can(reader, Doing.WRITE, within=record.keeper))
    audiences = readable_audiences(reader, record)
    return [saying_line(one, may_assign=may_assign) for one in told if one.audience in audiences]


def public_sayings(document: Document) -> list[Hit]:
    """The sayings a paper tells everybody, when everybody may read the paper itself."""
    told = list(
        Directive.objects.filter(document=document, audience=Audience.PUBLIC).select_related("organization")
    )
    if not told:
        return []
    record = record_of(document)
    if not (record.is_public() if record else document.audience == Audience.PUBLIC):
        return []
    return [Hit(title=one.text, url="", line=told_by(one), meta=addressed_words(one)) for one in told]


def saying_line(one: Directive, *, may_assign: bool) -> Hit:
    """One saying nobody was asked about, and where it is assigned."""
    url = reverse("meetings:task_assign", args=[one.code]) if may_assign else ""
    meta = (*addressed_words(one), "chưa giao")
    return Hit(title=shorten(one.text, LONGEST), url=url, line=told_by(one), meta=meta)


def addressed_words(one: Directive) -> tuple[str, ...]:
    """Whom a saying addresses, as printed."""
    return (f"gửi: {one.addressed_to}",) if one.addressed_to else ()

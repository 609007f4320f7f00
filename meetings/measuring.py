"""What the portal itself counts of a task: who has signed or reviewed, as far as one reader's papers tell.

Derived whenever it is asked for, never stored: lists, counts and desks ask with one condition over assignments.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncYear

from meetings.models import Assignment, Meeting, MeetingKindLink, MeetingPaper, Stage, Task
from meetings.models.meetings import MeetingQuerySet
from meetings.models.tasks import NO_DAY
from portal.dates import find_period
from portal.models import Partner, Reach
from portal.sections import Reader
from portal.templatetags.say import vdate
from programs.models import Program
from programs.models.programs import ProgramQuerySet

REVIEWS = ("so-ket", "tong-ket")
"""The kinds of conferences at which a year is reviewed."""

ORDERED_BY = (
    "measure",
    "assigned_on",
    "directive__text",
    "directive__quote",
    "directive__meeting__document__dated_first",
    "directive__document__dated_first",
)
"""What says which papers a task counts."""

UNSIGNED = date.min


def counted_done(asked: QuerySet, reader: Reader) -> Q | None:
    """Which of these assignments, not over yet, have done what their task counts; None where none has.

    The few that wait are looked up with their bodies: what is asked grows with neither tasks nor days ordered.
    """
    left = asked.order_by().exclude(state__in=Assignment.OVER).exclude(task__measure=Task.Measure.ANSWER)
    rows = list(left.values_list("pk", "task", "organization", "due_on"))
    if not rows:
        return None
    linked = Task.objects.select_related("directive__meeting__document", "directive__document")
    tasks = linked.only(*ORDERED_BY).in_bulk({task for _, task, _, _ in rows})
    kin = kin_of({body for _, _, body, _ in rows})
    seen = Program.objects.visible_to(reader).approved()
    of_year, of_term, since = [], defaultdict(list), []
    for key, task_key, body, due_on in rows:
        task = tasks[task_key]
        if task.measure == Task.Measure.REVIEWED:
            of_year.append((key, kin[body], year_of(task, due_on)))
            continue
        first, last = ordered(task)
        if last:
            of_term[first, last].append((key, kin[body]))
        else:
            since.append((key, kin[body], first))
    done: set[int] = set()
    if of_year:
        years = years_reviewed(reader, set().union(*(kindred for _, kindred, _ in of_year)))
        done |= {key for key, kindred, year in of_year if any(year in years[one] for one in kindred)}
    if since:
        days = seen.last_signed(set().union(*(kindred for _, kindred, _ in since)))
        done |= {key for key, kindred, day in since if any(days.get(one, UNSIGNED) >= day for one in kindred)}
    for term, asked_for in of_term.items():
        signed = parties_to(seen.of_term(*term), set().union(*(kindred for _, kindred in asked_for)))
        done |= {key for key, kindred in asked_for if kindred & signed}
    return Q(pk__in=done) if done else None


def kin_of(bodies: Collection[int]) -> dict[int, set[int]]:
    """Each of these bodies with its heirs and those it succeeds: what one of them signed, it has."""
    runs = Reach.objects.filter(Q(runner__in=bodies) | Q(runner__isnull=False, body__in=bodies))
    kin: dict[int, set[int]] = {body: {body} for body in bodies}
    for runner, body in runs.values_list("runner_id", "body_id"):
        if runner in kin:
            kin[runner].add(body)
        if body in kin:
            kin[body].add(runner)
    return kin


def parties_to(papers: QuerySet, bodies: Collection[int]) -> set[int]:
    """Those of these bodies that are themselves a party to one of the papers."""
    found = Partner.objects.filter(document__in=papers.order_by().values("document"), organization__in=bodies)
    return set(found.order_by().values_list("organization_id", flat=True).distinct())


def year_of(task: Task, due_on: date) -> int:
    """The year whose review a round asks for; a task without a day counts in the year it was assigned in."""
    return (task.assigned_on if due_on == NO_DAY else due_on).year


def ordered(task: Task) -> tuple[date, date | None]:
    """The term a task orders programmes for, as its words name it; else the day since which one is to be signed."""
    term = find_period(f"{task.directive.text} {task.directive.quote}")
    if term and term.first and term.last:
        return term.first, term.last
    return task.directive.given_from or task.assigned_on, None


def signed_for(task: Task, seen: ProgramQuerySet) -> tuple[ProgramQuerySet, str]:
    """The programmes a task orders, and what having one is called: of the term its words name, else signed since."""
    first, last = ordered(task)
    if last is None:
        return seen.signed_since(first), f"Đã ký chương trình phối hợp từ {vdate(first)}"
    term = find_period(f"{task.directive.text} {task.directive.quote}")
    named = term.sentence() if term.start_year == term.end_year else f"giai đoạn {term}"
    return seen.of_term(first, last), f"Đã ký chương trình phối hợp cho {named}"


def reviews(reader: Reader) -> MeetingQuerySet:
    """Approved conferences at which something was reviewed."""
    reviewed = MeetingPaper.objects.filter(role=MeetingPaper.Role.REVIEWED).values("meeting_id")
    of_kind = MeetingKindLink.objects.filter(kind__key__in=REVIEWS).values("meeting_id")
    held = Meeting.objects.visible_to(reader).approved().filter(stage=Stage.HELD)
    return held.filter(Q(pk__in=reviewed) | Q(pk__in=of_kind))


def years_reviewed(reader: Reader, bodies: Collection[int]) -> dict[int, set[int]]:
    """The years at whose reviews each of these bodies was itself a party."""
    body = "document__partners__organization"
    found = reviews(reader).filter(**{f"{body}__in": bodies}).order_by()
    years: dict[int, set[int]] = defaultdict(set)
    for key, day in found.values_list(body, TruncYear("listed_on")).distinct():
        years[key].add(day.year)
    return years

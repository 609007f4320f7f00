"""What the portal itself counts of a task: who has signed or reviewed, as far as one reader's papers tell.

Derived whenever it is asked for, never stored: lists, counts and desks ask with one condition over assignments.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import Assignment, Meeting, MeetingKindLink, MeetingPaper, Stage, Task
from meetings.models.tasks import NO_DAY
from portal.dates import find_period
from portal.models import Partner, Reach
from portal.sections import Reader
from portal.templatetags.say import vdate
from programs.models import Program
from programs.models.programs import ProgramQuerySet

REVIEWS = ("so-ket", "tong-ket")
"""The kinds of conferences at which a year is reviewed."""

TOLD = ("directive__meeting__document", "directive__document")
"""What says which papers a task counts."""


def counted_done(asked: QuerySet, reader: Reader) -> Q | None:
    """Which of these assignments, not over yet, have done what their task counts; None where nothing is counted.

    Tasks that count the same papers (one term, one day, one year) ask for them once.
    """
    left = asked.order_by().exclude(state__in=Assignment.OVER)
    counting = Task.objects.exclude(measure=Task.Measure.ANSWER).filter(
        Exists(left.filter(task=OuterRef("pk")))
    )
    signing: dict[tuple, list[Task]] = defaultdict(list)
    reviewing: list[Task] = []
    for task in counting.select_related(*TOLD):
        if task.measure == Task.Measure.SIGNED:
            signing[ordered(task)].append(task)
        else:
            reviewing.append(task)
    found = Q()
    seen = Program.objects.visible_to(reader).approved()
    for tasks in signing.values():
        papers, _ = signed_for(tasks[0], seen)
        found |= Q(task__in=tasks) & done_in(papers)
    if reviewing:
        found |= _reviewed(left, reviewing, reader)
    return found & ~Q(state__in=Assignment.OVER) if found else None


def done_among(asked: QuerySet, reader: Reader) -> Q | None:
    """:func:`counted_done` of few assignments: their own bodies are looked up, where it reads the papers of all bodies."""
    left = asked.order_by().exclude(state__in=Assignment.OVER).exclude(task__measure=Task.Measure.ANSWER)
    rows = list(left.values_list("pk", "task", "organization", "due_on"))
    tasks = Task.objects.select_related(*TOLD).in_bulk({task for _, task, _, _ in rows}) if rows else {}
    seen = Program.objects.visible_to(reader).approved()
    groups: dict[object, tuple[QuerySet, dict[int, int]]] = {}
    for key, task_key, body, due_on in rows:
        task = tasks[task_key]
        if task.measure == Task.Measure.SIGNED:
            alike, papers = ordered(task), signed_for(task, seen)[0]
        else:
            alike = (task.assigned_on if due_on == NO_DAY else due_on).year
            papers = reviews(reader, alike)
        groups.setdefault(alike, (papers, {}))[1][key] = body
    done: set[int] = set()
    for papers, bodies in groups.values():
        doing = parties_to(papers.order_by().values("document_id"), set(bodies.values()))
        done |= {key for key, body in bodies.items() if body in doing}
    return Q(pk__in=done) if done else None


def _reviewed(left: QuerySet, tasks: list[Task], reader: Reader) -> Q:
    """The rounds whose year the bodies reviewed; a task without a day counts in the year it was assigned in."""
    of_year: dict[int, Q] = defaultdict(Q)
    for day in left.filter(task__in=tasks).dates("due_on", "year"):
        if day.year != NO_DAY.year:
            of_year[day.year] |= Q(task__in=tasks, due_on__range=(day, date(day.year, 12, 31)))
    for task in tasks:
        of_year[task.assigned_on.year] |= Q(task=task, due_on=NO_DAY)
    found = Q()
    for year, rounds in of_year.items():
        found |= rounds & done_in(reviews(reader, year))
    return found


def done_in(papers: QuerySet) -> Q:
    """The assignments whose bodies are a party to one of these papers: themselves, as heir or as whom they succeed."""
    parties = Partner.objects.filter(document__in=papers.order_by().values("document"))
    parties = parties.filter(organization__isnull=False).order_by().values("organization")
    runs = Reach.objects.filter(runner__isnull=False)
    return (
        Q(organization__in=parties)
        | Q(organization__in=runs.filter(body__in=parties).values("runner"))
        | Q(organization__in=runs.filter(runner__in=parties).values("body"))
    )


def parties_to(documents: QuerySet, bodies: Collection[int]) -> set[int]:
    """Those of these bodies that are a party to one of the papers: themselves, as their heir or as whom they succeed."""
    runs = Reach.objects.filter(Q(runner__in=bodies) | Q(runner__isnull=False, body__in=bodies))
    kin: dict[int, set[int]] = {body: {body} for body in bodies}
    for runner, body in runs.values_list("runner_id", "body_id"):
        kin.get(runner, set()).add(body)
        kin.get(body, set()).add(runner)
    parties = Partner.objects.filter(document__in=documents, organization__in=set().union(*kin.values()))
    signed = set(parties.order_by().values_list("organization_id", flat=True).distinct())
    return {body for body in bodies if signed & kin[body]}


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


def reviews(reader: Reader, year: int) -> QuerySet:
    """Approved conferences of a year at which something was reviewed."""
    reviewed = MeetingPaper.objects.filter(role=MeetingPaper.Role.REVIEWED).values("meeting_id")
    of_kind = MeetingKindLink.objects.filter(kind__key__in=REVIEWS).values("meeting_id")
    held = Meeting.objects.visible_to(reader).approved().held_in(year).filter(stage=Stage.HELD)
    return held.filter(Q(pk__in=reviewed) | Q(pk__in=of_kind))

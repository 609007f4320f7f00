"""What the portal itself counts of a task: who has signed or reviewed, as far as one reader's papers tell.

Derived whenever it is asked for, never stored: lists, counts and desks ask with one condition over assignments.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncYear

from meetings.models import Assignment, Meeting, MeetingKindLink, MeetingPaper, Stage, Task
from meetings.models.meetings import MeetingQuerySet
from meetings.models.tasks import NO_DAY
from portal.columns import UNKNOWN_DAY
from portal.dates import find_period
from portal.models import Reach
from portal.sections import Reader
from portal.templatetags.say import vdate
from programs.models import Program
from programs.models.programs import ProgramQuerySet

REVIEWS = ("so-ket", "tong-ket")
"""The kinds of conferences at which a year is reviewed."""

ORDERED_BY = ("task__assigned_on", "task__told_on", "task__directive__text", "task__directive__quote")
"""What says which papers a task counts."""

PARTY = "document__partners__organization"
UNSIGNED = date.min


def counted_done(asked: QuerySet, reader: Reader) -> Q | None:
    """Which of these assignments :func:`done_among` them; None where none is."""
    return keyed(done_among(asked, reader))


def keyed(done: Collection[int]) -> Q | None:
    """Assignments by their keys, as a condition; None where there is none."""
    return Q(pk__in=list(done)) if done else None


def done_among(asked: QuerySet, reader: Reader) -> dict[int, tuple[str, date]]:
    """Those of these assignments, not over yet, that have done what their task counts: in which state, until when.

    The few that wait are looked up with their bodies: what is asked grows with neither tasks nor days ordered.
    """
    left = asked.order_by().exclude(state__in=Assignment.OVER).filter(task__measure__in=Task.COUNTED)
    told = ("pk", "state", "organization", "due_on", "task__measure", *ORDERED_BY)
    if not (rows := list(left.values_list(*told))):
        return {}
    kin = kin_of({body for _, _, body, *_ in rows})
    seen = Program.objects.visible_to(reader).approved()
    of_year, of_term, since = [], defaultdict(list), []
    for key, _, body, due_on, measure, assigned_on, told_on, *words in rows:
        if measure == Task.Measure.REVIEWED:
            of_year.append((key, kin[body], year_of(assigned_on, due_on)))
            continue
        first, last = ordered(*words, told_on, assigned_on)
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
    return {key: (state, due_on) for key, state, _, due_on, *_ in rows if key in done}


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
    found = papers.filter(**{f"{PARTY}__in": bodies}).order_by().values_list(PARTY, flat=True)
    return set(found.distinct())


def year_of(assigned_on: date, due_on: date) -> int:
    """The year whose review a round asks for; a task without a day counts in the year it was assigned in."""
    return (assigned_on if due_on == NO_DAY else due_on).year


@lru_cache(maxsize=4096)  # boards read the same words again and again
def ordered(text: str, quote: str, told_on: date, assigned_on: date) -> tuple[date, date | None]:
    """The term a saying orders programmes for, as its words name it; else the day since which one is to be signed."""
    term = find_period(f"{text} {quote}")
    if term and term.first and term.last:
        return term.first, term.last
    return (assigned_on if told_on == UNKNOWN_DAY else told_on), None


def signed_for(task: Task, seen: ProgramQuerySet) -> tuple[ProgramQuerySet, str]:
    """The programmes a task orders, and what having one is called: of the term its words name, else signed since."""
    text, quote = task.directive.text, task.directive.quote
    first, last = ordered(text, quote, task.told_on, task.assigned_on)
    if last is None:
        return seen.signed_since(first), f"Đã ký chương trình phối hợp từ {vdate(first)}"
    term = find_period(f"{text} {quote}")
    named = term.sentence() if term.start_year == term.end_year else f"giai đoạn {term}"
    return seen.of_term(first, last), f"Đã ký chương trình phối hợp cho {named}"


def reviewed_something() -> Q:
    """Conferences at which something was reviewed: asked row by row, so that few are looked at where few are meant."""
    reviewed = MeetingPaper.objects.filter(meeting=OuterRef("pk"), role=MeetingPaper.Role.REVIEWED)
    of_kind = MeetingKindLink.objects.filter(meeting=OuterRef("pk"), kind__key__in=REVIEWS)
    return Q(Exists(reviewed)) | Q(Exists(of_kind))


def reviews(reader: Reader) -> MeetingQuerySet:
    """Approved conferences at which something was reviewed."""
    held = Meeting.objects.visible_to(reader).approved().filter(stage=Stage.HELD)
    return held.filter(reviewed_something())


def years_reviewed(reader: Reader, bodies: Collection[int]) -> dict[int, set[int]]:
    """The years at whose reviews each of these bodies was itself a party."""
    found = reviews(reader).filter(**{f"{PARTY}__in": bodies}).order_by()
    years: dict[int, set[int]] = defaultdict(set)
    for key, day in found.values_list(PARTY, TruncYear("listed_on")).distinct():
        years[key].add(day.year)
    return years

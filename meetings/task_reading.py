"""A task as its page tells it: what happened to one assignment, who has done what a task counts, told from acts."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from meetings.actions.passing import ENDED, NO_HEIR
from meetings.board import due_words
from meetings.measuring import kin_of, parties_to, reviews, signed_for, year_of
from meetings.models import Assignment, Task
from meetings.models.tasks import NO_DAY, Progress, standing
from portal.models import Act, Organization, User, Verb
from portal.wording import FileLine
from programs.models import Program

LEFT_TO_NOBODY = "đóng phần việc"
"""What passing on comes to where there is no heir."""


@dataclass
class Told:
    """One thing that happened: when, who, what, with which words and files."""

    at: datetime
    who: str
    verb: str
    text: str = ""
    files: list[FileLine] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Who did what; what no person did is told alone."""
        return f"{self.who}: {self.verb}" if self.who else self.verb[:1].upper() + self.verb[1:]


@dataclass
class Round:
    """One due day of a task: how many bodies had it, and how many have done it."""

    due_on: date
    total: int
    done: int
    stopped: int

    @property
    def words(self) -> str:
        """The day, and how it stands."""
        return f"{due_words(self.due_on)}: {self.done}/{self.total} cơ quan đã hoàn thành"


def rounds_of(seen: QuerySet, done: Q | None) -> list[Round]:
    """The rounds of one task, of the assignments a person sees, the latest first; those only stopped stand last.

    ``done`` says which of them the portal counts as done.
    """
    states = Assignment.State
    counted = seen.order_by().values_list("due_on").annotate(
        total=Count("pk", filter=~Q(state=states.CLOSED)),
        done=Count("pk", filter=standing(Progress.DONE, NO_DAY, done)),
        stopped=Count("pk", filter=Q(state=states.STOPPED)),
    )  # fmt: skip
    rounds = [Round(*row) for row in counted]
    return sorted(
        rounds, key=lambda one: (one.stopped < one.total or not one.total, one.due_on), reverse=True
    )


def story_of(one: Assignment) -> list[Told]:
    """Everything that happened to an assignment, newest first: sent out, answered, asked about, accepted."""
    first = one.history.select_related("act__person", "act__body").order_by("history_id").first()
    passed = f"tiếp nhận từ {one.passed_from}" if one.passed_from else ""
    begun = first.act if first and first.act else None
    verb = Verb.PASS_ON if passed else Verb.ASSIGN
    told = [Told(begun.at if begun else one.state_since, who_did(begun), str(verb.label), passed)]
    if one.state == Assignment.State.CLOSED and begun and was_closed_by(one, begun):
        told.append(Told(begun.at, "", ENDED, one.reason or NO_HEIR))
    answers = list(one.answers.order_by("pk").prefetch_related("document__attachments"))
    for act in reversed(acts_about(one)):
        if begun and act.pk <= begun.pk:  # what was done before it went out is told to the follower alone
            continue
        answer = answers.pop(0) if act.verb == Verb.REPLY and answers else None
        text = answer.text if answer else act.reason
        sent = [FileLine(each) for each in answer.document.attachments.all()] if answer else []
        is_left = act.verb == Verb.PASS_ON and one.state == Assignment.State.CLOSED and not one.reason
        verb_said = LEFT_TO_NOBODY if is_left else act.get_verb_display()
        told.append(Told(act.at, who_did(act), verb_said, text, sent))
    return told[::-1]


def was_closed_by(one: Assignment, act: Act) -> bool:
    """Whether the act that sent an assignment out closed it too: its body had ended before."""
    return one.history.filter(act=act, state=Assignment.State.CLOSED).exists()


def acts_about(one: Assignment) -> list[Act]:
    """What was done to an assignment, its task stopped or assigned again among it, newest first.

    What a task's acts did to other rounds alone is theirs: only those that wrote this assignment are told. Their keys
    are read first: beside a subquery no index is used.
    """
    named = Act.objects.select_related("person", "body", "delegated_by")
    wrote = one.history.filter(act__verb__in=[Verb.STOP, Verb.ASSIGN]).values_list("act", flat=True)
    return list((named.about(one) | named.filter(pk__in=list(wrote))).order_by("-at", "-pk"))


def who_did(act: Act | None) -> str:
    """The person and the body of an act."""
    return ", ".join(str(part) for part in (act.person, act.body) if part) if act else ""


# --- what a task counts


@dataclass
class Coverage:
    """Which of the bodies of a task have done what it counts, and which have not."""

    words: str
    have: list[Organization]
    lack: list[Organization]

    @property
    def total(self) -> int:
        """How many bodies there are."""
        return len(self.have) + len(self.lack)

    @property
    def message(self) -> str:
        """What is sent to those that lack it: names as running text."""
        names = "; ".join(body.name for body in self.lack)
        return f"{self.words}: {len(self.have)}/{self.total} cơ quan. Chưa có: {names}." if names else ""


def coverage_of(task: Task, latest: list[Assignment], user: User) -> Coverage | None:
    """Who has signed or reviewed, as far as the papers this person may read tell; None where answers count.

    A review counts in the year of the round shown; of a task without a day, in that it was assigned in.
    """
    seen = Program.objects.visible_to(user).approved()
    if task.measure == Task.Measure.SIGNED:
        asked = {one.organization_id for one in latest}
        rows = [
            one for one in latest if one.passed_from_id not in asked
        ]  # heirs count as whom they succeeded
        papers, words = signed_for(task, seen)
    elif task.measure == Task.Measure.REVIEWED:
        rows = [one for one in latest if one.state != Assignment.State.CLOSED]
        year = year_of(task.assigned_on, latest[0].due_on)
        papers, words = reviews(user).held_in(year), f"Đã sơ kết, tổng kết trong năm {year}"
    else:
        return None
    bodies = list({one.organization_id: one.organization for one in rows}.values())
    kin = kin_of([body.pk for body in bodies])
    doing = parties_to(papers, set().union(*kin.values()))
    taken = {one.organization_id for one in rows if one.state == Assignment.State.ACCEPTED}
    have = [body for body in bodies if body.pk in taken or kin[body.pk] & doing]
    found = Coverage(words, have, [body for body in bodies if body not in have])
    return found if found.total else None

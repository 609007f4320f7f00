"""Tasks: a saying somebody assigned to living bodies, with a deadline or every year, and their answers.

A task of a draft conference waits, and goes with its saying; with the approval it goes out as one
:class:`Assignment` for each addressee and due day, which keeps both. Overdue is derived, never stored.
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, Exists, ExpressionWrapper, OuterRef, Q, Value, When
from django.utils import timezone

from meetings.models.directives import Directive
from portal.columns import CodeField, FollowingDayField, FollowingNumberField, FollowingTextField
from portal.models import (
    AdministrativeUnit,
    Kept,
    Membership,
    Organization,
    OrganizationKind,
    Paper,
    PaperQuerySet,
    Reach,
    User,
)
from portal.models.circles import Circle, CircleReader

NO_DAY = date(9999, 12, 31)
"""The due day of a task whose words name none ("sớm"): it stands last in lists and is never overdue."""

NO_DAY_WORDS = "không nêu hạn"

PASSED_ON = "đã chuyển cho cơ quan kế thừa"
"""Why an assignment was closed that an heir has taken over."""


class TaskQuerySet(models.QuerySet):
    """Questions about tasks."""

    def with_out(self) -> "TaskQuerySet":
        """Each says by ``is_out`` whether it went out."""
        return self.annotate(is_out=Exists(Assignment.objects.filter(task=OuterRef("pk"))))

    def followed(self) -> "TaskQuerySet":
        """Those that went out and are still followed."""
        return self.with_out().filter(is_out=True, closed_on__isnull=True)


class Task(Kept):
    """A saying under follow-up: who follows it, who is to act, until when.

    What it is listed and found by follows its saying and the paper that tells it: the words, the document and its
    day, the years an inspector is given it for. ``meetings.actions.told`` writes these columns.
    """

    class Measure(models.TextChoices):
        ANSWER = "", "theo trả lời của từng cơ quan"
        SIGNED = "signed", "đã ký chương trình phối hợp theo ý kiến này"
        REVIEWED = "reviewed", "đã sơ kết trong năm"

    COUNTED = (Measure.SIGNED, Measure.REVIEWED)
    """What the portal counts itself."""

    code = CodeField()
    directive = models.OneToOneField(
        Directive, models.CASCADE, verbose_name="ý kiến chỉ đạo", related_name="task"
    )
    follower = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan theo dõi", related_name="tasks_followed"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người giao",
        related_name="+",
    )
    assigned_on = models.DateField("ngày giao", default=timezone.localdate)
    due_on = models.DateField("hạn", default=NO_DAY)
    yearly = models.BooleanField("lặp lại hằng năm", default=False)
    kind = models.ForeignKey(
        OrganizationKind,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="mọi cơ quan loại",
        related_name="+",
    )
    territory = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="trong địa bàn",
        related_name="+",
    )
    measure = models.CharField("tính là xong khi", max_length=8, choices=Measure.choices, blank=True)
    closed_on = models.DateField("thôi theo dõi từ ngày", null=True, blank=True)
    closing_reason = models.CharField("lý do thôi theo dõi", max_length=300, blank=True)
    search_text = FollowingTextField()
    told_in = FollowingNumberField(verbose_name="nêu trong văn bản")
    told_on = FollowingDayField(verbose_name="nêu ngày")
    given_first = FollowingNumberField(verbose_name="thuộc các năm từ")
    given_last = FollowingNumberField(verbose_name="thuộc các năm đến")
    told_beside = True
    """The journal tells of it beside its saying, when both are new too."""

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(yearly=True, due_on=NO_DAY),
                name="task_yearly_has_a_day",
                violation_error_message="Việc lặp lại hằng năm phải có hạn.",
            ),
            models.CheckConstraint(
                condition=Q(kind__isnull=True) | Q(territory__isnull=False),
                name="task_kind_has_territory",
                violation_error_message="Chọn địa bàn của các cơ quan được giao.",
            ),
        ]
        indexes = [
            models.Index(fields=["-told_on", "-told_in", "id"], name="task_newest_told"),
            models.Index(fields=["measure"], name="task_counted"),
        ]

    def __str__(self) -> str:
        return str(self.directive)


class TaskAddressee(Kept):
    """A body named when the task was assigned."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="nhiệm vụ", related_name="addressees")
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="cơ quan", related_name="+")
    told_beside = True

    class Meta:
        verbose_name = "cơ quan được giao"
        verbose_name_plural = "cơ quan được giao"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organization"],
                name="task_addressee_once",
                violation_error_message="Cơ quan này đã được giao.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Progress(models.TextChoices):
    """How an assignment stands on a day; every one stands in exactly one of these."""

    OPEN = "dang-lam", "đang thực hiện"
    OVERDUE = "qua-han", "quá hạn"
    ANSWERED = "cho-xem", "chờ xem trả lời"
    DONE = "hoan-thanh", "đã hoàn thành"
    CLOSED = "da-dong", "đã đóng"


def standing(progress: str, on: date, done: Q | None = None) -> Q:
    """The assignments that stand so on a day; ``done`` says which of those not over the portal counts as done."""
    states = Assignment.State
    unfinished = Q(state__in=Assignment.UNFINISHED)
    found = {
        Progress.OPEN: unfinished & Q(due_on__gte=on),
        Progress.OVERDUE: unfinished & Q(due_on__lt=on),
        Progress.ANSWERED: Q(state=states.ANSWERED),
        Progress.DONE: Q(state=states.ACCEPTED),
        Progress.CLOSED: Q(state__in=[states.CLOSED, states.STOPPED]),
    }[Progress(progress)]
    if done is None or progress == Progress.CLOSED:
        return found
    return found | done if progress == Progress.DONE else found & ~done


def given_to(visit: Membership) -> Q:
    """The parts of tasks of the body of a visit that ran in its years, or were asked for by a paper of its years."""
    given = CircleReader.objects.read_by([visit.organization_id])
    if years := visit.years:
        ran = Q(task__assigned_on__year__lte=years[1], due_on__year__gte=years[0])
        told = Q(task__given_first__lte=years[1], task__given_last__gte=years[0])
        given &= ran | told
    return given


class AssignmentQuerySet(models.QuerySet):
    """Questions about assignments."""

    def visible_to(self, user: User | AnonymousUser) -> "AssignmentQuerySet":
        """Those the person's bodies follow, have to answer, or oversee, or was given to inspect; none for a visitor."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser and user.is_active:
            return self
        found = CircleReader.objects.read_by(user.reading_bodies)
        for visit in user.inspections:
            found |= given_to(visit)
        return self.filter(found)

    def given(self, visit: Membership) -> "AssignmentQuerySet":
        """What one visit gives an inspector to read."""
        return self.filter(given_to(visit))

    def standing(self, progress: str, on: date, done: Q | None = None) -> "AssignmentQuerySet":
        """Those that stand so on a day."""
        return self.filter(standing(progress, on, done))

    def with_done(self, done: Q | None) -> "AssignmentQuerySet":
        """Each says by ``has_done`` whether the portal counts it as done, though nobody took it as such."""
        counted = Value(False) if done is None else ExpressionWrapper(done, models.BooleanField())
        return self.annotate(has_done=counted)

    def counted(self, on: date, done: Iterable[tuple[str, date]] = ()) -> dict[str, int]:
        """How many stand in which way, in one reading: by state first, which is cheap however many there are.

        ``done`` are the states and due days of those that the portal counts as done.
        """
        found = dict.fromkeys(Progress.values, 0)
        is_late = ExpressionWrapper(Q(due_on__lt=on), models.BooleanField())
        states = self.order_by().values_list("state", is_late).annotate(count=Count("*"))
        for state, late, count in states:
            found[progress_of(state, date.min if late else date.max, on, has_done=False)] += count
        for state, due_on in done:
            found[progress_of(state, due_on, on, has_done=False)] -= 1
            found[Progress.DONE] += 1
        return found

    def to_answer(self, bodies: Iterable[int]) -> "AssignmentQuerySet":
        """What these bodies, or bodies they succeed, have not answered."""
        return self.filter(state__in=Assignment.UNFINISHED, organization__in=Reach.objects.running(bodies))

    def still_asked(self, done: Q | None) -> "AssignmentQuerySet":
        """Without those the portal counts as done, unless somebody asked for more."""
        return self if done is None else self.exclude(done & ~Q(state=Assignment.State.RETURNED))

    def to_read(self, bodies: Iterable[int]) -> "AssignmentQuerySet":
        """Answers that wait for these bodies, or for bodies they succeed, to read."""
        followed = Reach.objects.running(bodies)
        return self.filter(state=Assignment.State.ANSWERED, task__follower__in=followed)


class Assignment(Kept):
    """What one body has to do for one task by one day."""

    class State(models.TextChoices):
        OPEN = "open", "chưa trả lời"
        ANSWERED = "answered", "đã trả lời, chờ xem"
        RETURNED = "returned", "đề nghị bổ sung"
        ACCEPTED = "accepted", "đã hoàn thành"
        CLOSED = "closed", "không còn cơ quan thực hiện"
        STOPPED = "stopped", "thôi theo dõi"

    UNFINISHED = (State.OPEN, State.RETURNED)
    OVER = (State.ACCEPTED, State.CLOSED, State.STOPPED)

    code = CodeField()
    task = models.ForeignKey(Task, models.PROTECT, verbose_name="nhiệm vụ", related_name="assignments")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan thực hiện", related_name="assignments"
    )
    due_on = models.DateField("hạn")
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.OPEN)
    state_since = models.DateTimeField("từ lúc", default=timezone.now)
    reason = models.TextField("lý do", blank=True)
    passed_from = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="tiếp nhận từ",
        related_name="+",
    )
    circle = models.ForeignKey(
        Circle, models.PROTECT, null=True, editable=False, verbose_name="vòng cơ quan", related_name="+"
    )

    IS_OVER = Case(When(state__in=OVER, then=Value(1)), default=Value(0))
    """What is over stands last on the board."""

    objects = AssignmentQuerySet.as_manager()
    has_done = False
    """Read by ``with_done``."""
    told_apart = True
    """Its own page tells what happened to it, not the journal of its conference."""

    class Meta:
        verbose_name = "phần việc"
        verbose_name_plural = "phần việc"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organization", "due_on"],
                name="assignment_once",
                violation_error_message="Cơ quan này đã được giao với hạn ấy.",
            )
        ]
        indexes = [
            models.Index(fields=["due_on", "id", "state", "circle"], name="assignment_by_day"),
            # The order of the board, walked row by row until a page is full.
            models.Index(
                Case(When(state__in=["accepted", "closed", "stopped"], then=Value(1)), default=Value(0)),
                "due_on",
                "id",
                name="assignment_on_board",
            ),
            models.Index(fields=["organization", "state", "due_on"], name="assignment_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.task}"

    def is_overdue(self, on: date) -> bool:
        """Whether the day has passed without an answer that stands."""
        return self.progress(on) == Progress.OVERDUE

    def progress(self, on: date) -> Progress:
        """How it stands on a day."""
        return progress_of(self.state, self.due_on, on, has_done=self.has_done)


def progress_of(state: str, due_on: date, on: date, *, has_done: bool) -> Progress:
    """How an assignment in a state stands on a day, as :func:`standing` asks it of the database."""
    if has_done:
        return Progress.DONE
    if state in Assignment.UNFINISHED:
        return Progress.OVERDUE if due_on < on else Progress.OPEN
    return {
        Assignment.State.ANSWERED: Progress.ANSWERED,
        Assignment.State.ACCEPTED: Progress.DONE,
    }.get(Assignment.State(state), Progress.CLOSED)


class Answer(Paper):
    """What a body answered: a paper of its own, kept by that body, for the body that follows the task.

    It is the body's word from the moment it is sent; the follower accepts the assignment or sends it back.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, verbose_name="phần việc", related_name="answers"
    )
    text = models.TextField("kết quả thực hiện")

    has_public_page = False

    objects = PaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "trả lời nhiệm vụ"
        verbose_name_plural = "trả lời nhiệm vụ"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"

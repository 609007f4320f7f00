"""Tasks: a saying somebody assigned to living bodies, with a deadline or every year, and their answers.

A task of a draft conference waits; with the approval it goes out as one :class:`Assignment` for each
addressee and due day. Overdue is derived, never stored.
"""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from meetings.models.directives import Directive
from portal.columns import CodeField
from portal.models import AdministrativeUnit, Kept, Organization, OrganizationKind, Paper, PaperQuerySet, User
from portal.models.circles import Circle, CircleReader

NO_DAY = date(9999, 12, 31)
"""The due day of a task whose words name none ("sớm"): it stands last in lists and is never overdue."""


class Task(Kept):
    """A saying under follow-up: who follows it, who is to act, until when."""

    class Measure(models.TextChoices):
        ANSWER = "", "theo trả lời của từng cơ quan"
        SIGNED = "signed", "đã có chương trình phối hợp đang hiệu lực"
        REVIEWED = "reviewed", "đã sơ kết trong năm"

    code = CodeField()
    directive = models.OneToOneField(
        Directive, models.PROTECT, verbose_name="ý kiến chỉ đạo", related_name="task"
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

    def __str__(self) -> str:
        return str(self.directive)


class TaskAddressee(Kept):
    """A body named when the task was assigned."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="nhiệm vụ", related_name="addressees")
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="cơ quan", related_name="+")

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


class AssignmentQuerySet(models.QuerySet):
    """Questions about assignments."""

    def visible_to(self, user: User | AnonymousUser) -> "AssignmentQuerySet":
        """Those the person's bodies follow, have to answer, or oversee; nothing for a visitor."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser and user.is_active:
            return self
        return self.filter(circle__in=CircleReader.objects.read_by(user.reading_bodies))

    def overdue(self, on: date) -> "AssignmentQuerySet":
        """Unanswered or sent back, and past their day."""
        return self.filter(state__in=Assignment.UNFINISHED, due_on__lt=on)


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

    code = CodeField()
    task = models.ForeignKey(Task, models.CASCADE, verbose_name="nhiệm vụ", related_name="assignments")
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

    objects = AssignmentQuerySet.as_manager()

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
            models.Index(fields=["organization", "state", "due_on"], name="assignment_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.task}"

    def is_overdue(self, on: date) -> bool:
        """Whether the day has passed without an answer that stands."""
        return self.state in self.UNFINISHED and self.due_on < on


class Answer(Paper):
    """What a body answered: a paper of its own, kept by that body, for the body that follows the task.

    It is the body's word from the moment it is sent; the follower accepts the assignment or sends it back.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, verbose_name="phần việc", related_name="answers"
    )
    text = models.TextField("kết quả thực hiện")

    objects = PaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "trả lời nhiệm vụ"
        verbose_name_plural = "trả lời nhiệm vụ"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.document.title if self.document_id else "bản mới"

"""Who is invited to a conference, who came, in which roles, and the papers they read."""

from django.db import models
from django.db.models import Q

from meetings.models.meetings import Meeting
from portal.models import Attachment, Kept, Organization, Person

CHAIRS, SIGNS = "chu-tri", "ky"
"""The roles the portal itself knows by their keys: who chairs, who signs."""
MERELY = {"du"}
"""The roles of who had no part in it beyond attending."""
LASTING = {CHAIRS, "thu-ky", *MERELY}
"""The roles that are proposed for the next conference; what somebody said, read or signed is of its own day."""


class MeetingRole(Kept):
    """What a person does at a conference: chairs, signs, speaks, reads a paper, witnesses, attends."""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên", max_length=120)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "vai trò tại hội nghị"
        verbose_name_plural = "vai trò tại hội nghị"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class ParticipationQuerySet(models.QuerySet):
    """Questions about participations."""

    def entered(self) -> "ParticipationQuerySet":
        """Those the conference's form writes; who stands in for a guest is noted beside them."""
        return self.filter(stands_in_for__isnull=True)


class Participation(Kept):
    """A person, the place of a body, or a group with a count, at a conference.

    ``name`` and ``capacity`` stand as printed that day; ``person`` and ``organization`` are what they
    were matched to, when they were. A body that is in no register stands in ``body_printed``.
    """

    class Attendance(models.TextChoices):
        UNSAID = "", "chưa ghi"
        INVITED = "invited", "đã mời"
        CONFIRMED = "confirmed", "sẽ dự"
        SUBSTITUTED = "substituted", "cử người dự thay"
        ABSENT = "absent", "vắng"
        ATTENDED = "attended", "có mặt"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="hội nghị", related_name="participations"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("họ và tên như in", max_length=120, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="người", related_name="participations"
    )
    capacity = models.CharField("chức vụ, tư cách hôm ấy", max_length=400, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="đại diện cơ quan",
        related_name="participations",
    )
    body_printed = models.CharField("cơ quan như in", max_length=250, blank=True)
    group = models.CharField("nhóm như in", max_length=250, blank=True)
    count = models.PositiveIntegerField("số người", null=True, blank=True)
    approximator = models.CharField("khoảng", max_length=20, blank=True)
    attendance = models.CharField(
        "tham dự", max_length=11, choices=Attendance.choices, blank=True, default=Attendance.UNSAID
    )
    stands_in_for = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, verbose_name="dự thay", related_name="substitute"
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "người dự"
        verbose_name_plural = "người dự"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(organization__isnull=False) | ~Q(body_printed="") | ~Q(group=""),
                name="participation_is_named",
                violation_error_message="Ghi họ tên, cơ quan hoặc nhóm.",
            )
        ]
        indexes = [
            # Hardly anybody stands in for somebody: told by its statistics, SQLite reads a whole index of empty places.
            models.Index(
                fields=["stands_in_for"],
                condition=Q(stands_in_for__isnull=False),
                name="participation_substitutes",
            )
        ]

    def __str__(self) -> str:
        if self.group:
            return " ".join(filter(None, [self.approximator, str(self.count or ""), self.group]))
        body = str(self.organization) if self.organization else self.body_printed
        after = self.body_printed if self.name else ""
        return ", ".join(filter(None, [self.name or body, self.capacity, after]))

    @property
    def noted(self) -> str:
        """What is noted beside it: the answer, and who stands in."""
        other = getattr(self, "substitute", None)
        return " ".join(filter(None, [self.attendance, str(other or "")]))


class ParticipationRole(Kept):
    """One of the roles a person had at a conference."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, verbose_name="người dự", related_name="role_links"
    )
    role = models.ForeignKey(MeetingRole, models.PROTECT, verbose_name="vai trò", related_name="+")

    class Meta:
        verbose_name = "vai trò của người dự"
        verbose_name_plural = "vai trò của người dự"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "role"],
                name="participation_role_once",
                violation_error_message="Người này đã có vai trò ấy.",
            )
        ]

    def __str__(self) -> str:
        return str(self.role)


class Presentation(Kept):
    """A paper read at a conference: who, for which body, about what."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="hội nghị", related_name="presentations"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    participation = models.ForeignKey(
        Participation,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="người trình bày",
        related_name="presentations",
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name="cơ quan", related_name="+"
    )
    body_printed = models.CharField("cơ quan như in", max_length=250, blank=True)
    presented_by = models.CharField(
        "người trình bày như in",
        max_length=120,
        blank=True,
        help_text="Khi người ấy không có trong danh sách người dự.",
    )
    title = models.CharField("tên tham luận", max_length=500, blank=True)
    topic = models.TextField("nội dung")
    attachment = models.ForeignKey(
        Attachment, models.SET_NULL, null=True, blank=True, verbose_name="tệp", related_name="+"
    )

    class Meta:
        verbose_name = "tham luận"
        verbose_name_plural = "tham luận"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.topic[:80]

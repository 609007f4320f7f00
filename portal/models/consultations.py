"""A draft sent to other bodies for their opinion: what was sent, to whom, until when, and what they answered.

What is sent is kept as it stood, as words: who was asked reads exactly that, on its own page, while the
consultation is open, and the draft itself is opened to nobody. It hangs on a :class:`Document`, so any
paper may be sent, whatever its kind. Nothing of it is ever changed but the moment it was ended.
"""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from portal.columns import CodeField
from portal.models.documents import Attachment, Document
from portal.models.organizations import Organization, Reach
from portal.models.users import User


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Questions about consultations."""

    def open(self, on: date | None = None) -> "ConsultationQuerySet":
        """Those nobody ended and whose closing day has not passed."""
        return self.filter(ended_at__isnull=True, closes_on__gte=on or timezone.localdate())

    def asked_of(self, user: User | AnonymousUser) -> "ConsultationQuerySet":
        """Those still open that were sent to a body this person belongs to; an inspector belongs to none."""
        if not user.is_authenticated:
            return self.none()
        bodies = Reach.objects.running(user.reading_bodies)
        return self.open().filter(pk__in=AskedBody.objects.filter(body__in=bodies).values("consultation_id"))

    def kept_by(self, user: User) -> "ConsultationQuerySet":
        """Those of the bodies this person writes for; of all for the administrator of the site."""
        if user.is_superuser and user.is_active:
            return self
        return self.filter(keeper__in=Reach.objects.running(user.writing_bodies))

    def holding(self, code: str) -> "ConsultationQuerySet":
        """Those with which the file of this code was sent."""
        return self.annotate(sent_files=Cast("files", models.TextField())).filter(
            sent_files__contains=f'"{code}"'
        )


class Consultation(models.Model):
    """One sending of a draft: the content as words, the codes of its files, a note, a closing day."""

    code = CodeField()
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", related_name="consultations"
    )
    keeper = models.ForeignKey(Organization, models.PROTECT, verbose_name="cơ quan gửi", related_name="+")
    title = models.CharField("tên văn bản", max_length=1000)
    version = models.PositiveIntegerField("phiên bản", default=1)
    content = models.JSONField("nội dung đã gửi", default=dict)
    files = models.JSONField("mã tệp đã gửi", default=list)
    note = models.TextField("lời nhắn", blank=True)
    closes_on = models.DateField("hạn cho ý kiến")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người gửi", related_name="+"
    )
    sent_at = models.DateTimeField("gửi lúc", default=timezone.now)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "lần lấy ý kiến"
        verbose_name_plural = "lấy ý kiến"
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["keeper", "closes_on"], name="consultation_of_keeper")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether those asked still read and answer."""
        return self.ended_at is None and self.closes_on >= timezone.localdate()


class AskedBody(models.Model):
    """A body that was asked."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="asked")
    body = models.ForeignKey(Organization, models.PROTECT, verbose_name="cơ quan được hỏi", related_name="+")

    class Meta:
        verbose_name = "cơ quan được lấy ý kiến"
        verbose_name_plural = "cơ quan được lấy ý kiến"
        ordering = ["pk"]
        # Not unique: two duplicates that were both asked become one body when they are joined.
        indexes = [models.Index(fields=["body", "consultation"], name="asked_of_body")]

    def __str__(self) -> str:
        return str(self.body)


class Opinion(models.Model):
    """What a person answered for a body; a body may answer more than once."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="opinions")
    body = models.ForeignKey(Organization, models.PROTECT, verbose_name="thay mặt", related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người cho ý kiến", related_name="+"
    )
    at = models.DateTimeField("lúc", default=timezone.now)
    agrees = models.BooleanField("đồng ý", default=False)
    text = models.TextField("ý kiến", blank=True)
    file = models.OneToOneField(
        Attachment, models.PROTECT, null=True, blank=True, verbose_name="tệp", related_name="opinion"
    )

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(text="") | Q(file__isnull=False),
                name="opinion_says_something",
                violation_error_message="Ghi ý kiến, gửi tệp, hoặc chọn “Đồng ý”.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80] or "đồng ý"

    @property
    def who(self) -> str:
        """Who answered, for which body."""
        return f"{self.person}, {self.body}"

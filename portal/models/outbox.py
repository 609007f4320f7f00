"""Letters by e-mail that wait to be sent: written in the act that causes them, sent after it, never twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class OutgoingLetterQuerySet(models.QuerySet["OutgoingLetter"]):
    """Questions about letters."""

    def waiting(self) -> "OutgoingLetterQuerySet":
        """Those nobody has begun to send."""
        return self.filter(begun_at__isnull=True)


class OutgoingLetter(models.Model):
    """One e-mail to one person; of one topic no more than one a day.

    ``begun_at`` is written and committed before the mail server is spoken to: a letter that may have left is never
    sent again. One that did not leave says why.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người nhận", related_name="letters"
    )
    topic = models.CharField("về việc", max_length=40)
    day = models.DateField("của ngày")
    subject = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung")
    written_at = models.DateTimeField("viết lúc", default=timezone.now)
    begun_at = models.DateTimeField("bắt đầu gửi lúc", null=True)
    sent_at = models.DateTimeField("gửi lúc", null=True)
    failure = models.CharField("vì sao không gửi được", max_length=300, blank=True)

    objects = OutgoingLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "thư gửi đi"
        verbose_name_plural = "thư gửi đi"
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "topic", "day"], name="one_letter_a_day")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(begun_at__isnull=True), name="letter_waiting")
        ]

    def __str__(self) -> str:
        return self.subject

"""Sayings kept from a conference or a paper. A saying binds nobody until it is assigned as a task."""

from datetime import date

from django.db import models
from django.db.models import Q

from meetings.models.meetings import Meeting
from meetings.models.participants import Participation
from portal.columns import CodeField, FoldedField
from portal.models import Audience, Document, Kept, Organization


class Directive(Kept):
    """A direction given by persons, a body, the conference itself or a paper, in our own words."""

    code = CodeField()
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, verbose_name="hội nghị", related_name="directives"
    )
    document = models.ForeignKey(
        Document,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="nêu trong văn bản",
        related_name="directives",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    text = models.TextField("ý kiến chỉ đạo, ghi theo ý")
    quote = models.CharField("cụm từ trích nguyên văn", max_length=500, blank=True)
    said_by = models.CharField("người, cơ quan nêu, như in", max_length=250, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name="cơ quan nêu", related_name="+"
    )
    by_document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="văn bản nêu ý kiến",
        related_name="+",
    )
    capacity = models.CharField("tư cách khi nêu", max_length=400, blank=True)
    addressed_to = models.CharField("gửi tới, như in", max_length=400, blank=True)
    audience = models.CharField(
        "ai được xem", max_length=7, choices=Audience.choices, default=Audience.PARTIES
    )
    state_shown = models.BooleanField("công khai tình trạng thực hiện", default=False)
    folded = FoldedField(source=("text", "quote"))

    class Meta:
        verbose_name = "ý kiến chỉ đạo"
        verbose_name_plural = "ý kiến chỉ đạo"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, document__isnull=True)
                | Q(meeting__isnull=True, document__isnull=False),
                name="directive_has_one_origin",
                violation_error_message="Ý kiến chỉ đạo thuộc một hội nghị hoặc một văn bản.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def paper(self) -> Document:
        """The paper it is read in: the minutes of its conference, or the paper that tells it."""
        return self.meeting.document if self.meeting_id else self.document

    @property
    def given_from(self) -> date | None:
        """The first day on which its words may have been given: nothing they ask is due before it."""
        return self.paper.dated_first

    def given_by(self, today: date) -> date | None:
        """The last day on which its words may have been given: they address who lived then."""
        return self.paper.dated.last_by(today)


class DirectiveSpeaker(Kept):
    """A person at the conference who gave the direction; several may have given it together."""

    directive = models.ForeignKey(Directive, models.CASCADE, verbose_name="ý kiến", related_name="speakers")
    participation = models.ForeignKey(
        Participation, models.CASCADE, verbose_name="người nêu", related_name="sayings"
    )

    class Meta:
        verbose_name = "người nêu ý kiến"
        verbose_name_plural = "người nêu ý kiến"
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "participation"],
                name="directive_speaker_once",
                violation_error_message="Người này đã được ghi là người nêu.",
            )
        ]

    def __str__(self) -> str:
        return str(self.participation)


class DirectiveAddressee(Kept):
    """A body the words address, where the printed words could be matched."""

    directive = models.ForeignKey(Directive, models.CASCADE, verbose_name="ý kiến", related_name="addressees")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="directives_received"
    )

    class Meta:
        verbose_name = "nơi nhận ý kiến"
        verbose_name_plural = "nơi nhận ý kiến"
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "organization"],
                name="directive_addressee_once",
                violation_error_message="Cơ quan này đã có trong nơi nhận.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)

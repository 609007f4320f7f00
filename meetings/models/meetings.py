"""Conferences: when, where, by whom, what was on the table and what was signed there.

A conference is known by its minutes: its :class:`~portal.models.Document` holds the name, the day, the
organisers (its partners), the press sources and the files. Being prepared, it is a draft of them.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from meetings.clock import hours_in_one_form
from portal.columns import UNKNOWN_DAY, SortKeyField
from portal.models import Document, Kept, Paper, PaperQuerySet, Signature
from portal.models.carrying import Carrying
from portal.models.records import READ_BY


class MeetingKind(Kept):
    """What a conference is for: signing, review, launch, praise… One conference is often several."""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên", max_length=120)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại hội nghị"
        verbose_name_plural = "loại hội nghị"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """Where a conference stands in time, as its organisers say."""

    PREPARED = "prepared", "đang chuẩn bị"
    HELD = "held", "đã tổ chức"
    CANCELLED = "cancelled", "không tổ chức"


class MeetingQuerySet(PaperQuerySet):
    """Questions about conferences."""

    def held_in(self, year: int) -> "MeetingQuerySet":
        """Conferences of a calendar year."""
        return self.filter(listed_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def coming(self, on: date) -> "MeetingQuerySet":
        """Conferences still to be held, from a day on; of one known by its month or year, while that lasts."""
        ahead = self.filter(stage=Stage.PREPARED, listed_on__gte=date(on.year, 1, 1))
        return ahead.filter(document__dated_last__gte=on)


class Meeting(Paper):
    """A conference, prepared or held.

    ``organizers_label``, ``search_text`` and ``listed_on`` are derived from the minutes; written by
    ``meetings.actions`` in the act that changed those.
    """

    stage = models.CharField("tiến độ", max_length=9, choices=Stage.choices, default=Stage.HELD)
    starts_at = models.TimeField("bắt đầu lúc", null=True, blank=True)
    ends_at = models.TimeField("kết thúc lúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    summary = models.TextField("tóm tắt diễn biến", blank=True)
    closing = models.TextField("kết luận", blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="hội nghị trước", related_name="next_ones"
    )

    organizers_label = models.CharField("cơ quan tổ chức", max_length=600, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    sort_key = SortKeyField(source="organizers_label")
    listed_on = models.DateField("xếp theo ngày", default=UNKNOWN_DAY, editable=False)

    objects = MeetingQuerySet.as_manager()
    words: ClassVar[dict[str, str]] = {
        "title": "tên hội nghị",
        "number": "số biên bản",
        "dated": "ngày tổ chức",
        "side": "cơ quan tổ chức",
        "partner": "cơ quan tổ chức",
        "participationrole": "vai trò",
    }

    class Meta(Paper.Meta):
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ["-listed_on", "-pk"]
        constraints = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ]
        indexes = [
            # As those of programmes: a list is found and counted in these alone, the narrow one last.
            models.Index(
                fields=["-listed_on", "-id", "search_text", *READ_BY, "stage"], name="meeting_searched"
            ),
            models.Index(fields=["-listed_on", "-id", *READ_BY, "stage"], name="meeting_listed"),
            models.Index(fields=["sort_key", "-listed_on", "-id"], name="meeting_by_organizers"),
            models.Index(fields=["keeper", "state", "state_since"], name="meeting_of_keeper"),
        ]

    def __str__(self) -> str:
        if not self.document_id:
            return "bản mới"
        title, dated = self.document.title, self.document.dated
        return f"{title} {dated.in_brackets}" if dated.known else title


class MeetingKindLink(Kept):
    """One of the kinds of a conference."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="hội nghị", related_name="kind_links")
    kind = models.ForeignKey(MeetingKind, models.PROTECT, verbose_name="loại", related_name="meeting_links")

    class Meta:
        verbose_name = "loại của hội nghị"
        verbose_name_plural = "loại của hội nghị"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                name="meeting_kind_once",
                violation_error_message="Hội nghị đã có loại này.",
            )
        ]

    def __str__(self) -> str:
        return str(self.kind)


class AgendaItem(Kept):
    """One point of the agenda, in order."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="hội nghị", related_name="agenda")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    time = models.CharField("thời gian", max_length=40, blank=True)
    text = models.CharField("nội dung", max_length=500)
    presenter = models.CharField("người thực hiện", max_length=250, blank=True)

    class Meta:
        verbose_name = "mục chương trình hội nghị"
        verbose_name_plural = "chương trình hội nghị"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def hours(self) -> str:
        """When, its hours in the one form wherever it is read; the form that writes it shows what was typed."""
        return hours_in_one_form(self.time)


class MeetingPaper(Carrying, Kept):
    """A paper on the table of a conference: reviewed, discussed, signed, launched."""

    class Role(models.TextChoices):
        REVIEWED = "reviewed", "sơ kết, tổng kết"
        DISCUSSED = "discussed", "thảo luận dự thảo"
        SIGNED = "signed", "ký kết"
        LAUNCHED = "launched", "triển khai"

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="hội nghị", related_name="papers")
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", related_name="meeting_papers"
    )
    role = models.CharField("việc tại hội nghị", max_length=9, choices=Role.choices)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    carrier, carried = "meeting__document", "document"

    class Meta:
        verbose_name = "văn bản tại hội nghị"
        verbose_name_plural = "văn bản tại hội nghị"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "document", "role"],
                name="meeting_paper_once",
                violation_error_message="Văn bản này đã có ở việc ấy.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.document}"


class MeetingSignature(Kept):
    """A signature given at a conference; who, for which side and in which capacity stands on the paper."""

    paper = models.ForeignKey(
        MeetingPaper, models.CASCADE, verbose_name="văn bản tại hội nghị", related_name="signatures"
    )
    signature = models.OneToOneField(
        Signature, models.CASCADE, verbose_name="chữ ký", related_name="given_at"
    )

    class Meta:
        verbose_name = "chữ ký tại hội nghị"
        verbose_name_plural = "chữ ký tại hội nghị"

    def __str__(self) -> str:
        return str(self.signature)

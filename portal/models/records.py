"""What every record that goes through approval carries: keeper, state, version, publication.

Approved and published are two stored things; nothing is public by default. An approved record is
never edited in place by its clerks: their work lies in a :class:`WorkingCopy` beside it.
"""

from collections.abc import Collection, Iterator
from datetime import MAXYEAR, datetime
from functools import reduce
from itertools import product
from operator import and_, or_
from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from portal.columns import CodeField
from portal.models.circles import Circle, CircleReader
from portal.models.documents import Document, Partner
from portal.models.history import Kept
from portal.models.organizations import Organization, Reach
from portal.models.users import Membership, User

if TYPE_CHECKING:
    from portal.models.search_texts import Sought

READ_BY = (
    "state",
    "withdrawn_at",
    "published_from",
    "keeper",
    "circle",
    "given_first",
    "given_last",
    "document",
)
"""The columns that decide who reads a paper: a list's own index carries them."""


class State(models.TextChoices):
    """Where a record stands inside the body that keeps it."""

    DRAFTING = "drafting", "đang soạn"
    WAITING = "waiting", "chờ duyệt"
    RETURNED = "returned", "trả lại"
    APPROVED = "approved", "đã duyệt"


def released_at(moment: datetime | None = None, path: str = "") -> Q:
    """Records whose own publication stands at a moment, now where none is given; ``path`` leads to them."""
    stands = {"state": State.APPROVED, "withdrawn_at__isnull": True}
    stands["published_from__lte"] = moment or timezone.now()
    return Q(**{f"{path}{column}": value for column, value in stands.items()})


def public_at(records: "type[Record]", moment: datetime | None = None, path: str = "") -> Q:
    """Which of these records everybody reads at a moment: the one rule, as :meth:`Record.is_public` asks it of one."""
    return reduce(and_, (released_at(moment, each) for each in records.published_with(path)))


class RecordQuerySet(models.QuerySet):
    """Questions every kind of record answers."""

    def published(self, at: datetime | None = None) -> "RecordQuerySet":
        """Records the public may read at this moment."""
        return self.filter(public_at(self.model, at))

    def approved(self) -> "RecordQuerySet":
        """The word of the bodies that keep them."""
        return self.filter(state=State.APPROVED)


class Record(Kept):
    """A record of a body that is written, approved and perhaps published."""

    code = CodeField()
    keeper = models.ForeignKey(Organization, models.PROTECT, verbose_name="cơ quan giữ", related_name="+")
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.DRAFTING)
    state_since = models.DateTimeField("từ lúc", default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người soạn",
        related_name="+",
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    published_from = models.DateTimeField("công khai từ", null=True, blank=True)
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    slug = models.SlugField("tên trong địa chỉ", max_length=160, null=True, blank=True, unique=True)
    marks = models.JSONField("dấu ghi", default=dict, blank=True)
    note = models.TextField("ghi chú nội bộ", blank=True)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)

    read_under: ClassVar[str] = ""
    """The link to the record without which this kind is not public, whatever its own publication says."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(published_from__isnull=True) | Q(approved_at__isnull=False),
                name="%(class)s_published_is_approved",
                violation_error_message="Chỉ công khai văn bản đã duyệt.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(approved_at__isnull=False),
                name="%(class)s_approved_says_when",
                violation_error_message="Văn bản đã duyệt phải có ngày duyệt.",
            ),
            models.CheckConstraint(
                condition=Q(published_from__isnull=True) | Q(slug__isnull=False),
                name="%(class)s_published_has_address",
                violation_error_message="Văn bản công khai phải có địa chỉ.",
            ),
        ]

    @classmethod
    def published_with(cls, path: str = "") -> list[str]:
        """How the records are reached that are all published when one of this kind is public: itself, the one above."""
        return [path, f"{path}{cls.read_under}__"] if cls.read_under else [path]

    @property
    def together(self) -> "list[Record | None]":
        """The records that are all published when this one is public; None where the one above is not said."""
        return [self, getattr(self, self.read_under)] if self.read_under else [self]

    def is_public(self, at: datetime | None = None) -> bool:
        """Whether the public may read the record at this moment."""
        return all(one is not None and one.is_released(at) for one in self.together)

    def is_released(self, at: datetime | None = None) -> bool:
        """Whether the record's own publication stands at this moment."""
        return (
            self.state == State.APPROVED
            and self.withdrawn_at is None
            and self.published_from is not None
            and self.published_from <= (at or timezone.now())
        )

    def is_scheduled(self) -> bool:
        """Whether the public will read the record from a day still ahead."""
        ahead = self.published_from is not None and self.published_from > timezone.now()
        return ahead and self.state == State.APPROVED and self.withdrawn_at is None

    def is_awaited(self) -> bool:
        """Whether its publication is still to come: from a day ahead, or with the record it is read under."""
        return self.is_scheduled() or (self.is_released() and not self.is_public())

    def releases(self) -> list[tuple[datetime, datetime]]:
        """From when to when its own publication stood, the latest first; one that stands ends now.

        Its history is asked: a day set for showing it again takes the place of the one it was withdrawn on.
        """
        shown = self.history.filter(published_from__lt=F("withdrawn_at"))
        spans = shown.order_by("-withdrawn_at", "-history_id").values_list("published_from", "withdrawn_at")
        standing = [(self.published_from, timezone.now())] if self.is_released() else []
        return [*standing, *dict.fromkeys(spans)]

    def last_read(self) -> datetime | None:
        """Until when the public last read the record; None when it never could."""
        spans = product(*(one.releases() if one else [] for one in self.together))
        shared = ((max(start for start, _ in each), min(end for _, end in each)) for each in spans)
        return max((end for start, end in shared if start < end), default=None)


class PaperQuerySet(RecordQuerySet):
    """Questions about records that are papers of two or more bodies."""

    def touching(self, bodies: models.QuerySet) -> "PaperQuerySet":
        """Papers one of these bodies signed or issued; ``bodies`` yields primary keys."""
        return self.filter(document__in=documents_of(bodies))

    def touching_below(self, bodies: Collection[int]) -> "PaperQuerySet":
        """Papers that one of these bodies, or of all they run and oversee, signed or issued: asked of their own rows."""
        return self.filter(CircleReader.objects.read_by(bodies, "sides"))

    def visible_to(self, user: User | AnonymousUser) -> "PaperQuerySet":
        """What ``user`` may read: published ones, those of the bodies run, approved ones within reach."""
        if not user.is_authenticated:
            return self.published()
        if user.is_superuser and user.is_active:
            return self
        return self.filter(public_at(self.model) | reached(user) | run(user))

    def given(self, visit: Membership) -> "PaperQuerySet":
        """What one visit gives an inspector to read."""
        return self.filter(given_to(visit), state=State.APPROVED)

    def holding(self, sought: "Sought") -> "PaperQuerySet":
        """Papers, of those the reader may read, whose names hold every word, or whose parts the reader reads do."""
        if not sought.words:
            return self
        if (
            sought.is_common
        ):  # read along the list's narrow index: by its index of words PostgreSQL would fetch most rows
            found = self.alias(names=Concat("search_text", Value("", models.TextField())))
            return found.filter(reduce(and_, (Q(names__contains=word) for word in sought.words)))
        named = reduce(and_, (Q(search_text__contains=word) for word in sought.words))
        return self.filter(named | Q(document__in=sought.documents))


def run(user: User) -> Q:
    """Papers of the bodies this person writes for: every part of them."""
    return Q(keeper__in=Reach.objects.running(user.writing_bodies))


def reached(user: User) -> Q:
    """Approved papers within reach of this person's bodies, or given to inspect: the parts for parties too."""
    return Q(state=State.APPROVED) & within(user)


def within(user: User) -> Q:
    """What stands in a circle of this person's bodies, or was given to inspect; papers once they are approved."""
    return reduce(or_, map(given_to, user.inspections), CircleReader.objects.read_by(user.reading_bodies))


def documents_of(bodies: models.QuerySet) -> models.QuerySet:
    """The papers that ``bodies`` signed or issued, as primary keys."""
    return Partner.objects.filter(organization__in=bodies).values("document_id")


def inspected(user: User) -> Q:
    """What an inspector was given, of the bodies and years of each visit, while it lasts."""
    return reduce(or_, map(given_to, user.inspections), Q(pk__in=[]))


def given_to(visit: Membership) -> Q:
    """What belongs to the bodies of one visit and to one of its years at least; without years, to any."""
    given = CircleReader.objects.read_by([visit.organization_id])
    if years := visit.years:
        given &= Q(given_first__lte=years[1], given_last__gte=years[0])
    return given


class Paper(Record):
    """A record that is a paper: its number, date and bodies stand on its :class:`Document`.

    ``set_aside`` keeps what was typed while the paper was filed as another kind, by kind, in the words of its form.
    ``circle``, ``sides``, ``given_first`` and ``given_last`` are derived from the document and its parties, so that who
    reads a paper, and whose it is, is asked of its own row; ``portal.actions.circles`` writes them. ``sides`` is the
    circle of the parties alone: the same one wherever the keeper is a party.
    """

    document = models.OneToOneField(
        Document, models.PROTECT, verbose_name="văn bản", related_name="%(class)s"
    )
    circle = models.ForeignKey(
        Circle,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,  # papers are never looked up by it: each list's own index carries the column
        verbose_name="vòng cơ quan",
        related_name="+",
    )
    sides = models.ForeignKey(
        Circle,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        verbose_name="vòng các bên",
        related_name="+",
    )
    given_first = models.PositiveSmallIntegerField("thuộc các năm từ", null=True, editable=False)
    given_last = models.PositiveSmallIntegerField("thuộc các năm đến", null=True, editable=False)
    set_aside = models.JSONField("giữ lại khi đổi loại", default=dict, blank=True, editable=False)

    words: ClassVar[dict[str, str]] = {"dated": "ngày ký", "side": "bên"}
    """What this kind calls the fields, the sides and the partners of its paper; the journal takes the
    paper's own words for what is not named here."""
    has_public_page = True
    """Whether its published records are read by everybody: an answer stays between the bodies it concerns."""

    class Meta(Record.Meta):
        abstract = True

    @property
    def years(self) -> tuple[int, int] | tuple[None, None]:
        """The years it belongs to: that of its day; where nobody knows it, those of its period, else that of its approval."""
        if signed := self.document.dated_first:
            return signed.year, signed.year
        if begins := getattr(self, "period_first", None):
            return begins.year, self.period_last.year if self.period_last else MAXYEAR
        if self.approved_at:
            approved = timezone.localtime(self.approved_at).year
            return approved, approved
        return None, None

    @property
    def standing(self) -> str:
        """What tells a paper from another of its name: until it is approved, who has it since when; then its number and day."""
        document = self.document
        if self.state == State.APPROVED:
            day = f"ký {document.dated}" if document.dated.known else ""
            return ", ".join(filter(None, [document.number, day]))
        writer = f"{self.written_by} soạn" if self.written_by else ""
        since = f"từ {timezone.localtime(self.state_since):%H:%M, %d/%m/%Y}"
        return ", ".join(filter(None, [self.get_state_display(), writer, since]))

    @classmethod
    def filed_as(cls) -> list[str]:
        """Every kind of paper: a draft may have been filed as another one, under the same code."""
        return [model._meta.label_lower for model in paper_models()]


def paper_models() -> Iterator[type[Paper]]:
    """Every kind of record that is a paper, of whatever app."""
    return (model for model in apps.get_models() if issubclass(model, Paper))


def record_of(document: Document | int | None) -> Paper | None:
    """The record a document belongs to, of whatever kind; None of one that stands alone in the register."""
    if document is None:
        return None
    of_each = (model.objects.filter(document=document).select_related("document") for model in paper_models())
    return next(filter(None, (found.first() for found in of_each)), None)


def kinds_of_papers(documents: Collection[int]) -> dict[int, str]:
    """What kind of record each of these documents is of, in words; one of no record is left out."""
    kinds = (
        model.objects.order_by()
        .filter(document__in=documents)
        .values_list("document_id", Value(str(model._meta.verbose_name), models.CharField()))
        for model in paper_models()
    )
    return dict(reduce(lambda found, more: found.union(more, all=True), kinds)) if documents else {}


def public_models() -> Iterator[type[Paper]]:
    """The kinds of paper that visitors are told of, once published."""
    return (model for model in paper_models() if model.has_public_page)


def read_with(documents: Collection[int]) -> Iterator[models.QuerySet]:
    """The papers, one queryset a kind, that the public reads only while it reads the records of these documents."""
    for model in public_models():
        if model.read_under:
            yield model.objects.filter(**{f"{model.read_under}__document__in": documents})


def of_no_record() -> Q:
    """Documents that stand alone in the register."""
    kinds = (Exists(model.objects.filter(document=OuterRef("pk"))) for model in paper_models())
    return reduce(and_, (Q(~kind) for kind in kinds))


class WorkingCopy(models.Model):
    """A form's data beside the record: a clerk's edit of an approved record, or what was saved by itself.

    ``data`` is what the form posted: ``{field: [values]}``. A *copy* is the one open edit of an
    approved record; an *autosave* is one person's unsaved typing in one form; an *answer* is what a body has written
    and not yet sent of what it was asked for, whoever of it writes: ``owner`` saved it last, nobody through a link.
    ``returned`` is what the copy said when the leader returned it, the last time.
    """

    class Purpose(models.TextChoices):
        COPY = "copy", "bản đang sửa"
        AUTOSAVE = "autosave", "bản lưu tạm"
        ANSWER = "answer", "phần chưa nộp"

    purpose = models.CharField("là", max_length=8, choices=Purpose.choices)
    form = models.CharField("biểu mẫu", max_length=40)
    record_code = models.CharField("mã", max_length=12, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        verbose_name="người soạn",
        related_name="working_copies",
    )
    keeper = models.ForeignKey(
        Organization, models.CASCADE, null=True, verbose_name="cơ quan giữ", related_name="+"
    )
    based_on = models.PositiveIntegerField("sửa từ phiên bản", default=0)
    number = models.PositiveIntegerField("lần sửa", default=1)
    data = models.JSONField("nội dung đang sửa", default=dict)
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.DRAFTING)
    state_since = models.DateTimeField("tình trạng từ lúc", default=timezone.now)
    reason = models.TextField("lý do trả lại", blank=True)
    returned = models.JSONField("nội dung đã trả lại", default=dict)
    saved_at = models.DateTimeField("lưu lúc", auto_now=True)

    class Meta:
        verbose_name = "bản đang sửa"
        verbose_name_plural = "bản đang sửa"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "record_code"],
                condition=Q(purpose="copy"),
                name="one_copy_of_a_record",
            ),
            models.UniqueConstraint(
                fields=["owner", "form", "record_code"],
                condition=Q(purpose="autosave"),
                name="one_autosave_of_a_form",
            ),
            models.UniqueConstraint(
                fields=["form", "record_code"],
                condition=Q(purpose="answer"),
                name="one_unsent_answer",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(purpose="answer"), name="copy_has_a_writer"
            ),
        ]
        indexes = [models.Index(fields=["keeper", "state"], name="copy_of_body")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.record_code}".strip()

"""Papers: the only place of a number, a date, the signing bodies, bases, sources and files.

A programme, plan or review each has one :class:`Document`, so each can be the basis of another.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.columns import (
    CodeField,
    FoldedField,
    FollowingBooleanField,
    FollowingNumberField,
    ListedOnField,
    PartialDateColumns,
    ShownFromField,
    SortKeyField,
    partial_date_constraint,
)
from portal.models.audiences import Audience
from portal.models.carrying import Carrying
from portal.models.history import Kept
from portal.models.organizations import Organization
from portal.models.people import Person
from portal.symbols import Style

READ_INSIDE_BY = ("keeper", "circle", "given_first", "given_last")
"""The columns that decide who reads a document of a record inside: as those of the record."""


class DocumentType(Kept):
    """A type of paper, with its abbreviations in State and Party numbers."""

    class Family(models.TextChoices):
        PROGRAM = "program", "chương trình phối hợp và các loại tương tự"
        PLAN = "plan", "kế hoạch"
        AMENDMENT = "amendment", "sửa đổi, bổ sung"
        REVIEW = "review", "sơ kết, tổng kết"
        OTHER = "other", "văn bản khác"

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên loại", max_length=120)
    state_abbreviation = models.CharField("viết tắt (Nhà nước)", max_length=20, blank=True)
    party_abbreviation = models.CharField("viết tắt (Đảng)", max_length=20, blank=True)
    family = models.CharField("nhóm", max_length=9, choices=Family.choices, default=Family.OTHER)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại văn bản"
        verbose_name_plural = "loại văn bản"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class Document(Kept):
    """Any paper. A title is enough; everything else may be missing."""

    class Signing(models.TextChoices):
        SIGNED = "signed", "đã ký"
        DRAFT = "draft", "dự thảo, chưa ký"
        UNKNOWN = "unknown", "chưa rõ"

    code = CodeField()
    type = models.ForeignKey(DocumentType, models.PROTECT, null=True, blank=True, verbose_name="loại văn bản")
    type_printed = models.CharField("loại như in", max_length=120, blank=True)
    title = models.CharField("trích yếu, tên gọi", max_length=1000)
    number = models.CharField("số, ký hiệu như in", max_length=120, blank=True)
    number_key = models.CharField("số để so khớp", max_length=120, blank=True, editable=False, db_index=True)
    number_value = models.PositiveIntegerField("số thứ tự", null=True, blank=True, editable=False)
    style = models.CharField("thể thức", max_length=8, choices=Style.choices, blank=True, editable=False)
    signing = models.CharField(
        "tình trạng ký", max_length=7, choices=Signing.choices, default=Signing.UNKNOWN
    )
    dated = PartialDateColumns("ngày ký")
    term = models.CharField("nhiệm kỳ của cơ quan ban hành", max_length=40, blank=True)
    issuer_printed = models.CharField("cơ quan ban hành như in", max_length=300, blank=True)
    audience = models.CharField(
        "ai được xem",
        max_length=7,
        choices=Audience.choices,
        default=Audience.BODY,
        help_text="Với văn bản trong danh mục chung; văn bản của một chương trình theo chương trình ấy.",
    )
    looked_at = models.BooleanField("đã rà soát", default=True)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    marks = models.JSONField("dấu ghi", default=dict, blank=True)
    note = models.TextField("ghi chú", blank=True)
    folded = FoldedField(source=("number", "title"))
    sort_key = SortKeyField(source="title")
    listed_on = ListedOnField(source="dated_first")
    shown_from = ShownFromField()
    shown_alone = FollowingBooleanField("khách được biết, không theo bản ghi nào")
    keeper = FollowingNumberField("cơ quan giữ bản ghi")
    circle = FollowingNumberField("vòng cơ quan, khi bản ghi đã duyệt")
    given_first = FollowingNumberField("thuộc các năm từ")
    given_last = FollowingNumberField("thuộc các năm đến")

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-listed_on", "-pk"]
        constraints = [partial_date_constraint("document", "dated")]
        indexes = [
            # Lists are paged in the one of their order, those of visitors counted in the fourth, never in the wide rows.
            models.Index(fields=["-listed_on", "-id", "shown_from", *READ_INSIDE_BY], name="document_listed"),
            models.Index(fields=["dated_first", "id", "shown_from"], name="document_oldest"),
            models.Index(fields=["sort_key", "id", "shown_from"], name="document_named"),
            models.Index(fields=["shown_from"], name="document_shown"),
            models.Index(
                fields=["-listed_on", "-id"], condition=Q(shown_alone=True), name="document_shown_alone"
            ),
            models.Index(
                fields=["-listed_on", "-id"], condition=Q(keeper__isnull=True), name="document_of_no_record"
            ),
            models.Index(fields=["type", "id"], name="document_by_type"),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}" if self.number else self.title


class Partner(Kept):
    """A body, or a group as printed, on a numbered side of a paper.

    Bodies of one side sign together ("HĐND - UBND"). A paper of one issuer has one side.
    """

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="partners")
    side = models.PositiveSmallIntegerField("bên thứ", default=1)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="cơ quan",
        related_name="partnerships",
    )
    printed = models.CharField("tên như in", max_length=250, blank=True)
    focal_room = models.CharField("bộ phận đầu mối", max_length=200, blank=True)
    responsibilities = models.TextField("trách nhiệm", blank=True)

    class Meta:
        verbose_name = "bên phối hợp"
        verbose_name_plural = "bên phối hợp"
        ordering = ["side", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(printed=""),
                name="partner_is_named",
                violation_error_message="Ghi tên cơ quan hoặc nhóm như trong văn bản.",
            ),
            models.UniqueConstraint(
                fields=["document", "organization"],
                name="partner_once",
                violation_error_message="Cơ quan này đã có trong danh sách các bên.",
            ),
        ]
        indexes = [models.Index(fields=["organization", "document"], name="partner_of_body")]

    def __str__(self) -> str:
        return self.printed or str(self.organization)

    @property
    def own_name(self) -> str:
        """What it is called alone: under one printed name several bodies may sign."""
        return str(self.organization or self.printed)


class Authority(models.TextChoices):
    """Under which authority a person signs."""

    NONE = "", "không ghi"
    BEHALF = "TM", "TM. (thay mặt)"
    FOR = "KT", "KT. (ký thay)"
    ORDER = "TL", "TL. (thừa lệnh)"
    MANDATE = "TUQ", "TUQ. (thừa ủy quyền)"
    ACTING = "Q", "Q. (quyền)"


class Signature(Kept):
    """Who signed a paper for a side, in which capacity that day; the person may be unknown."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="signatures")
    side = models.PositiveSmallIntegerField("bên thứ", default=1)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="người ký", related_name="signatures"
    )
    capacity = models.CharField("tư cách khi ký", max_length=200, blank=True)
    authority = models.CharField("thẩm quyền", max_length=3, choices=Authority.choices, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "chữ ký"
        verbose_name_plural = "chữ ký"
        ordering = ["side", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(capacity=""),
                name="signature_says_who",
                violation_error_message="Ghi người ký hoặc tư cách khi ký.",
            )
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [str(self.person) if self.person else "", self.capacity]))


class Citation(Carrying, Kept):
    """One paper citing another, keeping number and date as the citing paper prints them."""

    class Role(models.TextChoices):
        BASIS = "basis", "căn cứ"
        AMENDS = "amends", "sửa đổi, bổ sung"
        REPLACES = "replaces", "thay thế"
        MENTION = "mention", "nhắc đến"

    citing = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="citations")
    cited = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="văn bản được dẫn",
        related_name="cited_by",
    )
    role = models.CharField("vai trò", max_length=8, choices=Role.choices, default=Role.BASIS)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    printed = models.CharField("như in", max_length=1000)
    note = models.TextField("ghi chú", blank=True)

    carrier, carried = "citing", "cited"
    carrying: ClassVar[Q] = Q(role=Role.BASIS)

    class Meta:
        verbose_name = "căn cứ, trích dẫn"
        verbose_name_plural = "căn cứ, trích dẫn"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.printed


class Source(Kept):
    """Where facts come from: a press page or another paper."""

    code = CodeField()
    publisher = models.CharField("nơi đăng", max_length=250, blank=True)
    title = models.CharField("tên bài", max_length=500)
    address = models.URLField("địa chỉ", max_length=500, blank=True)
    byline = models.CharField("người viết", max_length=200, blank=True)
    published = PartialDateColumns("ngày đăng")
    read_on = models.DateField("đọc ngày", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    folded = FoldedField(source=("title", "publisher"))

    class Meta:
        verbose_name = "nguồn"
        verbose_name_plural = "nguồn"
        ordering = ["-published_first", "-pk"]
        constraints = [partial_date_constraint("source", "published")]

    def __str__(self) -> str:
        return self.title


class SourceUse(Kept):
    """A source a paper's facts rest on."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="source_uses")
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="nguồn", related_name="uses")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "nguồn đã dùng"
        verbose_name_plural = "nguồn đã dùng"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "source"],
                name="source_use_once",
                violation_error_message="Nguồn này đã có trong danh sách.",
            )
        ]

    def __str__(self) -> str:
        return str(self.source)


class Attachment(Kept):
    """A file of a paper. Without a paper it waits for the form it was chosen in to be saved.

    The bytes lie under their SHA-256, apart from the printed name.
    """

    code = CodeField()
    document = models.ForeignKey(
        Document, models.CASCADE, null=True, blank=True, verbose_name="văn bản", related_name="attachments"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("tên tệp", max_length=200)
    caption = models.CharField("chú thích", max_length=300, blank=True)
    kind = models.CharField("loại tệp", max_length=5)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    pages = models.PositiveIntegerField("số trang", null=True, blank=True)
    audience = models.CharField("ai được xem", max_length=7, choices=Audience.choices, default=Audience.BODY)
    uploaded_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, verbose_name="người tải lên", related_name="+"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

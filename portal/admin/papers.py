"""Clean-up pages of papers and of all that hangs on them: bodies, signatures, bases, sources, files."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest

from portal.actions.documents import set_number
from portal.admin.kept import PAPERS, CleaningForm, KeptAdmin, Parts
from portal.admin.merging import MergingAdmin
from portal.admin.scope import documents_inside, papers_inside
from portal.models import (
    Attachment,
    Audience,
    Citation,
    Document,
    Partner,
    Signature,
    Source,
    SourceUse,
    User,
    record_of,
)


class Partners(Parts):
    """The bodies of a paper, by side; what each answers for stands on its own page."""

    model = Partner
    fields = ["side", "position", "organization", "printed", "focal_room"]


class Signatures(Parts):
    """Who signed."""

    model = Signature
    fields = ["side", "position", "person", "capacity", "authority", "note"]


class Citations(Parts):
    """What a paper cites."""

    model = Citation
    fk_name = "citing"
    fields = ["position", "role", "cited", "printed", "note"]


class SourceUses(Parts):
    """What the facts of a paper rest on."""

    model = SourceUse
    fields = ["position", "source", "note"]


class Attachments(Parts):
    """The files of a paper; a file comes in through the paper's own form."""

    model = Attachment
    fields = ["position", "name", "caption", "audience", "kind", "size"]
    readonly_fields = ["kind", "size"]

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class DocumentForm(CleaningForm):
    """A paper of the shared register may be for everybody; a record's paper follows its record."""

    def clean_audience(self) -> str:
        """Refuse to open the paper of a record past the record's own publication."""
        audience = self.cleaned_data["audience"]
        if audience != Audience.BODY and self.instance.pk and record_of(self.instance):
            raise ValidationError(
                "Văn bản này là của một chương trình, kế hoạch hoặc hội nghị: ai được xem thì theo đó."
            )
        return audience


@admin.register(Document)
class DocumentAdmin(MergingAdmin):
    """Papers. One that belongs to a programme is corrected as that programme."""

    form = DocumentForm
    group, place = PAPERS, 1
    within = ("pk",)
    adds_inside = False
    folded_columns = ("folded",)
    joined = ("type",)
    heavy = ("note", "marks")
    list_display = ["number_said", "title", "type", "dated_said", "signing", "audience", "unseen"]
    list_display_links = ["number_said", "title"]
    list_filter = ["type__family", "signing", "style", "audience", "looked_at", "is_sample"]
    fieldsets = [
        (None, {"fields": ["title", ("type", "type_printed"), "number", ("dated", "signing")]}),
        ("Nơi ban hành", {"fields": ["issuer_printed", "term"]}),
        ("Khác", {"fields": ["audience", "looked_at", "is_sample", "code", "note"]}),
    ]
    readonly_fields = ["code"]
    inlines = [Partners, Signatures, Citations, SourceUses, Attachments]

    def seen(self, by: User) -> Q:
        """Papers of records kept inside, and the open register."""
        return self.writable(by) | Q(audience=Audience.PUBLIC)

    def writable(self, by: User) -> Q:
        """A paper of the shared register is corrected by the administrator of the site."""
        return papers_inside(by)

    @admin.display(description="số, ký hiệu", ordering="number_key")
    def number_said(self, row: Document) -> str:
        """The number as printed."""
        return row.number or "chưa rõ số"

    @admin.display(description="ngày ký", ordering="dated_first")
    def dated_said(self, row: Document) -> str:
        """The date with its precision."""
        return str(row.dated)

    @admin.display(description="rà soát", ordering="looked_at")
    def unseen(self, row: Document) -> str:
        """Says which papers still wait for a look."""
        return "" if row.looked_at else "chưa rà soát"

    def save_model(self, request: HttpRequest, obj: Document, form: ModelForm, change: bool) -> None:
        if "number" in form.changed_data:
            set_number(obj, obj.number)
        super().save_model(request, obj, form, change)


class PartOfPaper(KeptAdmin):
    """A part of a paper on a page of its own."""

    group = PAPERS
    within = ("document",)
    hub: tuple[str, ...] = ("document",)
    folded_columns: tuple[str, ...] = ("document__folded",)

    def seen(self, by: User) -> Q:
        """Parts of papers of records kept inside."""
        return Q(**{f"{self.hub[0]}__in": documents_inside(by)})


@admin.register(Partner)
class PartnerAdmin(PartOfPaper):
    """Bodies of papers."""

    place = 2
    folded_columns, plain_columns = ("document__folded", "organization__search_text"), ("printed",)
    joined = ("document", "organization")
    heavy = ("responsibilities",)
    list_display = ["__str__", "organization", "side", "document"]
    list_filter = [("organization", admin.EmptyFieldListFilter)]


@admin.register(Signature)
class SignatureAdmin(PartOfPaper):
    """Signatures."""

    place = 3
    folded_columns, plain_columns = ("document__folded", "person__folded"), ("capacity",)
    joined = ("document", "person")
    list_display = ["capacity", "person", "authority", "side", "document"]
    list_filter = ["authority", ("person", admin.EmptyFieldListFilter)]


@admin.register(Citation)
class CitationAdmin(PartOfPaper):
    """Bases and other citations."""

    place = 4
    hub = ("citing",)
    folded_columns, plain_columns = ("citing__folded", "cited__folded"), ("printed",)
    joined = ("citing", "cited")
    list_display = ["printed", "role", "cited", "citing"]
    list_filter = ["role", ("cited", admin.EmptyFieldListFilter)]


class UsedFilter(admin.SimpleListFilter):
    """Whether any paper rests on a source."""

    title, parameter_name = "được dùng", "dung"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("co", "có văn bản dùng"), ("khong", "không văn bản nào dùng")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        used = models.Exists(SourceUse.objects.filter(source=models.OuterRef("pk")))
        if self.value() == "co":
            return queryset.filter(used)
        return queryset.filter(~used) if self.value() == "khong" else queryset


@admin.register(Source)
class SourceAdmin(KeptAdmin):
    """Sources of facts."""

    group, place = PAPERS, 5
    within = ("uses__document",)
    adds_inside = False
    folded_columns, plain_columns = ("folded",), ("address",)
    list_display = ["title", "publisher", "published_said", "read_on"]
    list_filter = [UsedFilter, ("address", admin.EmptyFieldListFilter), "read_on"]
    fields = ["title", "publisher", "address", "byline", ("published", "read_on"), "code", "note"]
    readonly_fields = ["code"]

    def seen(self, by: User) -> Q:
        """Sources of papers of records kept inside."""
        return Q(pk__in=SourceUse.objects.filter(document__in=documents_inside(by)).values("source_id"))

    def writable(self, by: User) -> Q:
        """Those no other paper rests on."""
        elsewhere = SourceUse.objects.exclude(document__in=documents_inside(by))
        return self.seen(by) & ~Q(pk__in=elsewhere.values("source_id"))

    @admin.display(description="ngày đăng", ordering="published_first")
    def published_said(self, row: Source) -> str:
        """The date with its precision."""
        return str(row.published)


@admin.register(SourceUse)
class SourceUseAdmin(PartOfPaper):
    """Which papers rest on which sources."""

    place = 6
    folded_columns = ("document__folded", "source__folded")
    joined = ("document", "source")
    list_display = ["source", "document", "position"]
    list_filter = ["document__looked_at", "document__is_sample"]


@admin.register(Attachment)
class AttachmentAdmin(PartOfPaper):
    """Files. What a file holds never changes; its name, caption and readers may be corrected."""

    place = 7
    plain_columns = ("name", "caption")
    joined = ("document", "uploaded_by")
    list_display = ["name", "kind", "audience", "document", "uploaded_at"]
    fields = [
        "document",
        "position",
        "name",
        "caption",
        "audience",
        "kind",
        "size",
        "pages",
        "sha256",
        "uploaded_by",
    ]
    readonly_fields = ["kind", "size", "pages", "sha256", "uploaded_by"]
    list_filter = ["audience", ("document", admin.EmptyFieldListFilter)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

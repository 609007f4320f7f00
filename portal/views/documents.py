"""Documents: the register and one document's page, for visitors and for signed-in people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from portal import sections
from portal.access import VISITOR, leave_trace
from portal.changes import capital
from portal.excel import ListFile, whole_day
from portal.files import files_of
from portal.forms.fields import TextLine
from portal.lists import FilteredList, FilterForm, in_order
from portal.matching import with_words
from portal.models import Document, DocumentType, Partner, record_of
from portal.models.records import kinds_of_papers
from portal.registers import (
    bodies_for,
    body_address,
    document_address,
    document_pages,
    heir_of,
    listed_documents,
    may_read,
)
from portal.sections import Hit, Reader
from portal.text import fold
from portal.wording import FileLine, dated_words, short_date, side_names, type_of
from portal.workbook import Column, Inferred


class DocumentFilterForm(FilterForm):
    """Documents by number or title, and by type."""

    q = TextLine(label="Số hoặc tên gọi", required=False, max_length=200)
    loai = forms.ChoiceField(label="Loại văn bản", required=False)

    orders = {"moi-nhat": "mới nhất", "cu-nhat": "cũ nhất", "ten": "tên gọi"}

    def full_clean(self) -> None:
        """Read the types once, for both the choices shown and the choice made."""
        self.fields["loai"].choices = [("", "Mọi loại"), *DocumentType.objects.values_list("key", "name")]
        super().full_clean()

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = with_words(queryset, fold(self.value("q") or ""), "folded", most=10)
        if type_key := self.value("loai"):
            found = found.filter(type__key=type_key)
        if self.order == "ten":
            return found.order_by("sort_key", "pk")
        if self.order == "cu-nhat":
            return found.order_by(F("dated_first").asc(nulls_last=True), "pk")
        return found.order_by("-listed_on", "-pk")


class StaffDocumentList(FilteredList):
    """The documents a person may read, numbers as printed."""

    form_class = DocumentFilterForm
    heading, noun, nothing = "Văn bản", "văn bản", "Chưa có văn bản nào."
    lede = "Văn bản của những chương trình, kế hoạch được xem và những văn bản chúng dựa vào, số ghi như in."
    excel = "portal:staff_document_excel"

    def base(self) -> QuerySet:
        return listed_documents(self.reader)

    def lines(self, keys: list[int]) -> list[Hit]:
        found = Document.objects.filter(pk__in=keys).select_related("type")
        return document_hits(in_order(found, keys), self.reader)


@method_decorator(login_not_required, name="dispatch")
class DocumentList(StaffDocumentList):
    """The public documents, the same for everybody."""

    lede = "Văn bản của các chương trình đã công khai và những văn bản chúng dựa vào, số ghi như in."
    excel = "portal:document_excel"
    reader = VISITOR


class DocumentFile(ListFile):
    """Documents as lines of a file."""

    file_name = "van-ban"
    columns = (
        Column("Số, ký hiệu", 26, lambda row: row[0].number),
        Column("Tên gọi", 70, lambda row: row[0].title),
        Column("Ngày", 16, lambda row: row[0].day or row[0].when_line or row[0].when),
        Column("Loại", 26, lambda row: row[0].type),
        Column("Cơ quan ban hành", 50, lambda row: row[0].issuers),
        Column("Địa chỉ", 60, lambda row: row[1]),
    )


class StaffDocumentExcel(DocumentFile, StaffDocumentList):
    """The documents a person may read as filtered, as an Excel file."""


class DocumentExcel(DocumentFile, DocumentList):
    """The public documents as filtered, as an Excel file."""


@dataclass(frozen=True)
class DocumentHit(Hit):
    """One document as a line, its type and issuers apart."""

    type: str = ""
    issuers: str = ""
    day: date | Inferred | None = None


def document_hits(documents: Iterable[Document], reader: Reader) -> list[DocumentHit]:
    """Documents as lines, each linked to the page of its record, or to its own where it stands alone.

    A visitor is shown what the rule lets them read, whatever the columns say that the list was found by.
    """
    documents = list(documents)
    if reader.is_authenticated:
        of_records = [one.pk for one in documents if one.keeper is not None]
        pages = sections.addresses(of_records, reader)
        pages = {one.pk: pages.get(one.pk) or document_address(one, reader) for one in documents}
    else:
        pages = document_pages({one.pk for one in documents}, reader)
        documents = [one for one in documents if one.pk in pages]
    prefetch_related_objects(documents, Prefetch("partners", Partner.objects.select_related("organization")))
    kinds = kinds_of_papers([one.pk for one in documents if not type_of(one)])
    return [document_hit(one, pages[one.pk], kinds.get(one.pk, "")) for one in documents]


def document_hit(document: Document, url: str, kind: str) -> DocumentHit:
    """One document as a line: number and date as printed, then what it is about; ``kind`` stands for a type unsaid."""
    dated = document.dated
    type_words = type_of(document) or capital(kind)
    issuers = "; ".join(side_names(document.partners.all())) or document.issuer_printed
    year = str(dated.first.year) if dated.first else "chưa rõ năm" if dated.known else str(dated)
    return DocumentHit(
        title=document.title,
        url=url,
        when=year,
        when_line=short_date(dated) if dated.known else "",
        number=document.number,
        meta=tuple(part for part in (type_words, issuers) if part),
        chips=("sample",) if document.is_sample else (),
        type=type_words,
        issuers=issuers,
        day=whole_day(dated, document.marks) if document.signing != Document.Signing.DRAFT else None,
    )


@require_safe
@login_not_required
def document_page(request: HttpRequest, code: str) -> HttpResponse:
    """A document as everybody may read it."""
    if (document := find(code, VISITOR)).code != code:
        return HttpResponsePermanentRedirect(document_address(document, VISITOR))
    return render(request, "portal/public/document_page.html", reading_of(document, VISITOR))


@require_safe
def staff_document_page(request: HttpRequest, code: str) -> HttpResponse:
    """A document with every record resting on it that the person may read."""
    if (document := find(code, request.user)).code != code:
        return HttpResponsePermanentRedirect(document_address(document, request.user))
    if request.user.inspections and (record := record_of(document)):
        leave_trace(request.user, record)
    return render(request, "portal/staff/document_page.html", reading_of(document, request.user))


def find(code: str, reader: Reader) -> Document:
    """The document of this code, or the one it was joined to, when the reader may read it."""
    document = Document.objects.select_related("type").filter(code=code).first()
    document = document or heir_of(Document, gone_code=code)
    if not may_read(document, reader):
        raise Http404
    return document


def reading_of(document: Document, reader: Reader) -> dict[str, Any]:
    """A document's page: its facts as printed, who issued it, its files, and what rests on it."""
    partners = list(document.partners.select_related("organization"))
    bodies = [one.organization_id for one in partners if one.organization_id]
    opened = set(bodies_for(reader).filter(pk__in=bodies).values_list("pk", flat=True))
    return {
        "document": document,
        "type": type_of(document),
        "issuers": [
            (str(one), body_address(one.organization, reader) if one.organization_id in opened else "")
            for one in partners
        ],
        "record_url": sections.addresses([document.pk], reader).get(document.pk, ""),
        "dated": dated_words(document),
        "files": [FileLine(one) for one in files_of(document, reader)],
        "panels": [hits for section in sections.every() for hits in section.resting_on(document, reader)],
    }

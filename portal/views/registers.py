"""The public face of the registers: the front page, search, bodies, documents."""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from portal import sections
from portal.forms.fields import TextLine
from portal.lists import FilteredList, FilterForm, in_order
from portal.matching import with_words
from portal.models import (
    Document,
    DocumentType,
    Merger,
    Organization,
    Sector,
    Signature,
    Succession,
)
from portal.public_registers import in_public_papers, open_register, public_bodies, public_documents
from portal.sections import Hit, Hits
from portal.templatetags.say import vdate
from portal.text import fold

VISITOR = AnonymousUser()
MOST_FOUND = 8
MOST_SIGNERS = 60


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is, a search, and the newest of each section."""
    today = timezone.localdate()
    panels = [hits for section in sections.every() for hits in section.front(today)]
    return render(request, "portal/public/home.html", {"panels": panels})


# --- search


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """What every section, the bodies and the documents have for the words typed."""
    asked = request.GET.get("q", "")[:200]
    folded = fold(asked)
    panels = found_for(folded) if folded else []
    context = {"asked": asked.strip(), "searched": bool(folded), "panels": panels}
    return render(request, "portal/public/search.html", context)


def found_for(folded: str) -> list[Hits]:
    """The panels of a search, best section first."""
    panels = [hits for section in sections.every() for hits in section.search(VISITOR, folded)]
    bodies = list(public_bodies().matching(folded).select_related("territory")[: MOST_FOUND + 1])
    if bodies:
        url = reverse("portal:body_list", query={"q": folded})
        panels.append(Hits("Cơ quan, đơn vị", [body_hit(body) for body in bodies[:MOST_FOUND]], url))
    documents = with_words(open_register(), folded, "folded", most=10).select_related("type")
    newest = list(documents.order_by(F("dated_first").desc(nulls_last=True), "-pk")[: MOST_FOUND + 1])
    if newest:
        url = reverse("portal:document_list", query={"q": folded})
        panels.append(Hits("Văn bản", document_hits(newest[:MOST_FOUND]), url))
    return panels


# --- bodies


class BodyFilterForm(FilterForm):
    """Bodies by name and sector."""

    q = TextLine(label="Tên cơ quan", required=False, max_length=200)
    khoi = forms.ChoiceField(label="Khối", required=False)

    orders = {"ten": "tên"}

    def full_clean(self) -> None:
        """Read the sectors once, for both the choices shown and the choice made."""
        self.fields["khoi"].choices = [("", "Mọi khối"), *Sector.objects.values_list("key", "name")]
        super().full_clean()

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = queryset.matching(fold(self.value("q") or ""))
        if sector := self.value("khoi"):
            found = found.filter(sector__key=sector)
        return found.order_by("sort_key", "pk")


@method_decorator(login_not_required, name="dispatch")
class BodyList(FilteredList):
    """The bodies of published records."""

    form_class = BodyFilterForm
    template_name = "portal/public/body_list.html"

    def base(self) -> QuerySet:
        return public_bodies()

    def lines(self, keys: list[int]) -> list[Hit]:
        found = Organization.objects.filter(pk__in=keys).select_related("territory", "sector")
        return [body_hit(body) for body in in_order(found, keys)]


def body_hit(body: Organization) -> Hit:
    """One body as a line."""
    place = [body.territory.name] if body.territory_id else []
    ended = f"đến {vdate(body.ended_on)}" if body.ended_on else ""
    sample = ("sample",) if body.is_sample else ()
    return Hit(
        body.name, reverse("portal:body_page", args=[body.slug]), meta=tuple(place), tail=ended, chips=sample
    )


@require_safe
@login_not_required
def body_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A body: its names, dates, forebears and heirs, and its records; signed-in people see more of these."""
    bodies = Organization.objects.select_related("territory", "sector", "kind", "level")
    if (body := bodies.filter(slug=slug).first()) is None:
        if (heir := Merger.heir_of(Organization, gone_slug=slug)) is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("portal:body_page", args=[heir.slug]))
    reader = request.user
    published = public_bodies()
    if not reader.is_authenticated and not published.filter(pk=body.pk).exists():
        raise Http404
    links = list(
        Succession.objects.filter(Q(predecessor=body) | Q(successor=body)).select_related(
            "predecessor", "successor"
        )
    )
    kin = {pk for link in links for pk in (link.predecessor_id, link.successor_id) if pk}
    open_pages = (
        set(published.filter(pk__in=kin).values_list("pk", flat=True)) if not reader.is_authenticated else kin
    )
    context = {
        "body": body,
        "other_names": [name.name for name in body.other_names.all()],
        "before": [
            (link, link.predecessor_id in open_pages) for link in links if link.successor_id == body.pk
        ],
        "after": [
            (link, link.successor_id in open_pages) for link in links if link.predecessor_id == body.pk
        ],
        "panels": [hits for section in sections.every() for hits in section.of_body(body, reader)],
        "signers": signers_for(body),
    }
    return render(request, "portal/public/body_page.html", context)


def signers_for(body: Organization) -> list[tuple[str, str]]:
    """Who signed published papers on the side of this body, in which capacity."""
    sides = Signature.objects.filter(
        person__isnull=False, document__partners__organization=body, document__partners__side=F("side")
    )
    found = sides.filter(in_public_papers()).select_related("person")
    signed = found.order_by("person__sort_key", "pk")[:MOST_SIGNERS]
    return list(dict.fromkeys((one.person.name, one.capacity) for one in signed))


# --- documents


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
        return found.order_by(F("dated_first").desc(nulls_last=True), "-pk")


@method_decorator(login_not_required, name="dispatch")
class DocumentList(FilteredList):
    """The public documents, numbers as printed."""

    form_class = DocumentFilterForm
    template_name = "portal/public/document_list.html"

    def base(self) -> QuerySet:
        return public_documents()

    def lines(self, keys: list[int]) -> list[Hit]:
        found = Document.objects.filter(pk__in=keys).select_related("type")
        return document_hits(in_order(found, keys))


def document_hits(documents: Iterable[Document]) -> list[Hit]:
    """Documents as lines, each linked to the page of its record where there is one."""
    documents = list(documents)
    pages: dict[int, str] = {}
    for section in sections.every():
        pages |= section.addresses([one.pk for one in documents], VISITOR)
    return [document_hit(one, pages.get(one.pk, "")) for one in documents]


def document_hit(document: Document, url: str) -> Hit:
    """One document as a line: number and date as printed, then what it is about."""
    year = str(document.dated_first.year) if document.dated_first else "chưa rõ"
    kind = document.type_printed or (document.type.name if document.type else "")
    dated = document.dated
    return Hit(
        title=document.title,
        url=url,
        when=year,
        when_line=str(dated) if dated.known else "chưa rõ ngày",
        number=document.number,
        meta=tuple(part for part in (kind, document.issuer_printed) if part),
        chips=("sample",) if document.is_sample else (),
    )

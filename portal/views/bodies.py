"""Bodies: the register and one body's page, for visitors and for signed-in people."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from portal import sections
from portal.access import VISITOR
from portal.excel import ListFile
from portal.filters import PlacedFilterForm
from portal.forms.fields import TextLine
from portal.lists import FilteredList, in_order
from portal.matching import spellings
from portal.models import Organization, Sector, Signature, Succession
from portal.models.territories import AROUND, alive_on
from portal.registers import bodies_for, body_address, heir_of, in_public_papers, listed_bodies
from portal.sections import Hit, Reader
from portal.text import fold
from portal.workbook import Column

MOST_SIGNERS = 60


LIVING, ENDED = "con", "het"
STANDINGS = [("", "Mọi cơ quan"), (LIVING, "đang hoạt động"), (ENDED, "đã kết thúc")]


class BodyFilterForm(PlacedFilterForm):
    """Bodies by name, place, sector, and whether they still are."""

    q = TextLine(label="Tên cơ quan", required=False, max_length=200)
    dia_ban = TextLine(label="Địa bàn", required=False, max_length=160)
    dia_ban_ma = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    khoi = forms.ChoiceField(label="Khối", required=False)
    con = forms.ChoiceField(label="Hoạt động", required=False, choices=STANDINGS)

    orders = {"ten": "tên"}

    def full_clean(self) -> None:
        """Read the sectors once, for both the choices shown and the choice made."""
        self.fields["khoi"].choices = [("", "Mọi khối"), *Sector.objects.values_list("key", "name")]
        super().full_clean()

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = queryset.matching(*spellings(fold(self.value("q") or "")))
        if sector := self.value("khoi"):
            found = found.filter(sector__key=sector)
        if self.units:
            found = found.filter(territory__in=self.within())
        if standing := self.value("con"):
            living = alive_on(timezone.localdate())
            found = found.filter(living if standing == LIVING else ~living)
        return found.order_by("sort_key", "pk")


class StaffBodyList(FilteredList):
    """Every body of the register."""

    form_class = BodyFilterForm
    heading, noun, nothing = "Cơ quan, đơn vị", "cơ quan", "Chưa có cơ quan nào."
    lede = "Danh mục cơ quan dùng chung, cả những cơ quan đã kết thúc hoạt động."
    excel = "portal:staff_body_excel"

    def base(self) -> QuerySet:
        return listed_bodies(self.reader)

    def lines(self, keys: list[int]) -> list[Hit]:
        found = bodies_for(self.reader).filter(pk__in=keys).select_related(f"territory__{AROUND}", "sector")
        return [body_hit(body, self.reader) for body in in_order(found, keys)]


@method_decorator(login_not_required, name="dispatch")
class BodyList(StaffBodyList):
    """The bodies of published records, the same for everybody."""

    lede = "Các cơ quan có tên trong những văn bản đã công khai."
    excel = "portal:body_excel"
    reader = VISITOR


class BodyFile(ListFile):
    """Bodies as lines of a file."""

    file_name = "co-quan"
    columns = (
        Column("Cơ quan", 60, lambda row: row[0].title),
        Column("Địa bàn", 40, lambda row: ", ".join(row[0].meta)),
        Column("Kết thúc", 20, lambda row: row[0].tail.removeprefix("đến ")),
        Column("Địa chỉ", 60, lambda row: row[1]),
    )


class StaffBodyExcel(BodyFile, StaffBodyList):
    """The register of bodies as filtered, as an Excel file."""


class BodyExcel(BodyFile, BodyList):
    """The public bodies as filtered, as an Excel file."""


def body_hit(body: Organization, reader: Reader) -> Hit:
    """One body as a line."""
    place = [body.territory.full_name] if body.territory else []
    ended = f"đến {body.ended}" if body.ended else ""
    sample = ("sample",) if body.is_sample else ()
    return Hit(body.name, body_address(body, reader), meta=tuple(place), tail=ended, chips=sample)


@require_safe
@login_not_required
def body_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A body as everybody may read it."""
    body = _with_facts(bodies_for(VISITOR)).filter(slug=slug).first()
    if body is None:
        return HttpResponsePermanentRedirect(body_address(heir_of(Organization, gone_slug=slug), VISITOR))
    return render(request, "portal/public/body_page.html", reading_of(body, VISITOR))


@require_safe
def staff_body_page(request: HttpRequest, code: str) -> HttpResponse:
    """A body with every record of it that the person may read."""
    body = _with_facts(bodies_for(request.user)).filter(code=code).first()
    if body is None:
        return HttpResponsePermanentRedirect(
            body_address(heir_of(Organization, gone_code=code), request.user)
        )
    return render(request, "portal/staff/body_page.html", reading_of(body, request.user))


def _with_facts(bodies: QuerySet) -> QuerySet:
    return bodies.select_related(f"territory__{AROUND}", "sector", "kind", "level")


def reading_of(body: Organization, reader: Reader) -> dict[str, Any]:
    """A body's page: its names, dates, forebears and heirs, and its records, as far as the reader may read them."""
    links = list(
        Succession.objects.filter(Q(predecessor=body) | Q(successor=body))
        .select_related("predecessor", "successor")
        .order_by("effective_on", "pk")
    )
    kin = {pk for link in links for pk in (link.predecessor_id, link.successor_id) if pk}
    opened = set(bodies_for(reader).filter(pk__in=kin).values_list("pk", flat=True))

    def page(one: Organization | None) -> str:
        return body_address(one, reader) if one is not None and one.pk in opened else ""

    return {
        "body": body,
        "is_alive": body.is_alive(timezone.localdate()),
        "other_names": [name.name for name in body.other_names.all()],
        "before": [(link, page(link.predecessor)) for link in links if link.successor_id == body.pk],
        "after": [(link, page(link.successor)) for link in links if link.predecessor_id == body.pk],
        "panels": [hits for section in sections.every() for hits in section.of_body(body, reader)],
        "papers": [paper for section in sections.every() for paper in section.sheets_of(body, reader)],
        "signers": signers_for(body),
    }


def signers_for(body: Organization) -> list[tuple[str, str]]:
    """Who signed published papers on the side of this body, in which capacity."""
    sides = Signature.objects.filter(
        person__isnull=False, document__partners__organization=body, document__partners__side=F("side")
    )
    found = sides.filter(in_public_papers()).select_related("person")
    signed = found.order_by("person__sort_key", "pk")[:MOST_SIGNERS]
    return list(dict.fromkeys((one.person.name, one.capacity) for one in signed))

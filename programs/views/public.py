"""What anyone may read of programmes and plans. A signed-in person sees here exactly what a visitor sees."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from portal.lists import FilteredList, FilterForm, excel_address
from portal.models import Paper
from portal.sections import Hit
from portal.shell import Shell
from programs.excel import program_file
from programs.filters import PlanFilterForm, ProgramFilterForm
from programs.listing import plan_hits, program_hits
from programs.models import Amendment, Plan, Program
from programs.reading import PaperReading, PlanReading, ProgramReading

VISITOR = AnonymousUser()


@method_decorator(login_not_required, name="dispatch")
class ProgramList(FilteredList):
    """The published programmes."""

    form_class = ProgramFilterForm
    template_name = "programs/public/program_list.html"

    def make_form(self) -> FilterForm:
        return ProgramFilterForm(self.request.GET, reader=VISITOR)

    def base(self) -> QuerySet:
        return Program.objects.published()

    def lines(self, keys: list[int]) -> list[Hit]:
        return program_hits(keys, VISITOR, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"excel": excel_address(self.request, reverse("programs:program_excel"))}
        return super().get_context_data(**kwargs) | more


@require_safe
@login_not_required
def program_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file with public columns only."""
    form = ProgramFilterForm(request.GET, reader=VISITOR)
    return program_file(form.rows(Program.objects.published()), form, VISITOR, request)


@method_decorator(login_not_required, name="dispatch")
class PlanList(FilteredList):
    """The published plans."""

    template_name = "programs/public/plan_list.html"

    def make_form(self) -> FilterForm:
        return PlanFilterForm(self.request.GET, reader=VISITOR)

    def base(self) -> QuerySet:
        return Plan.objects.published()

    def lines(self, keys: list[int]) -> list[Hit]:
        return plan_hits(keys, VISITOR)


class PublicPage(DetailView):
    """The page of one published record; one that was taken down says so, anything else is not there."""

    reading_class: type[PaperReading]
    context_object_name = "record"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.get_record()
        if record.is_public():
            self.object = record
            return self.render_to_response(self.get_context_data(object=record))
        if (shown := record.last_shown()) is not None:
            return gone(request, record, shown[1])
        raise Http404

    def get_record(self) -> Paper:
        """The record of this address, whatever its state."""
        records = self.model.objects.select_related("document__type", "keeper")
        record = records.filter(slug=self.kwargs["slug"]).first()
        if record is None:
            raise Http404
        return record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = self.reading_class(self.object, VISITOR)
        address = self.request.build_absolute_uri(self.request.path)
        cite = reading.citation(address, Shell.portal_name)
        return super().get_context_data(**kwargs) | {"reading": reading, "cite": cite, "address": address}


def gone(request: HttpRequest, record: Paper, ended: datetime) -> HttpResponse:
    """The page of a record that was taken down: its title as last published, and the day."""
    then = record.document.history.filter(history_date__lte=ended).first()
    context = {"title": (then or record.document).title, "day": timezone.localtime(ended).date()}
    return render(request, "programs/public/gone.html", context, status=410)


@method_decorator(login_not_required, name="dispatch")
class ProgramPage(PublicPage):
    """A published programme."""

    model = Program
    reading_class = ProgramReading
    template_name = "programs/public/program_page.html"


@method_decorator(login_not_required, name="dispatch")
class PlanPage(PublicPage):
    """A published plan."""

    model = Plan
    reading_class = PlanReading
    template_name = "programs/public/plan_page.html"


@method_decorator(login_not_required, name="dispatch")
class AmendmentPage(PublicPage):
    """A published amendment, under the address of its programme."""

    model = Amendment
    reading_class = PlanReading
    template_name = "programs/public/amendment_page.html"

    def get_record(self) -> Paper:
        record = super().get_record()
        if record.program is None or record.program.slug != self.kwargs["program"]:
            raise Http404
        return record


__all__ = ["AmendmentPage", "PlanList", "PlanPage", "ProgramList", "ProgramPage", "program_excel"]

"""The page of one record, as its people and as everybody reads it, and a Word file as an answer."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import DetailView

from portal import sections
from portal.access import VISITOR, leave_trace
from portal.journal import journal_of
from portal.models import Paper
from portal.reading import PaperReading
from portal.shell import Shell
from portal.strip import Strip
from portal.views.consultations import consultations_of
from portal.views.entry import kind_of
from portal.word.rendering import MEDIA_TYPE

JOURNAL_SHOWN = 10


class RecordPage(DetailView):
    """The page of a record for those who may see it, with what they may do."""

    kind = ""
    reading_class: type[PaperReading]
    slug_field, slug_url_kwarg = "code", "code"
    context_object_name = "record"
    http_method_names = ["get", "head", "options"]

    def get_queryset(self) -> QuerySet:
        linked = ("document__type", "keeper", "written_by")
        return self.model.objects.visible_to(self.request.user).select_related(*linked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, user = self.object, self.request.user
        leave_trace(user, record)
        reading = self.reading_class(record, user)
        context = {"reading": reading, "strip": Strip(record, user, kind_of(self.kind)), "kind": self.kind}
        context["public_url"] = self.public_address(record) if record.is_public() else ""
        context["panels"] = [hits for section in sections.every() for hits in section.inside(record, user)]
        return super().get_context_data(**kwargs) | context | self._journal(reading)

    def public_address(self, record: Paper) -> str:
        """The public page of a published record."""
        raise NotImplementedError

    def _journal(self, reading: PaperReading) -> dict[str, Any]:
        """Opinions and the journal, for the people of the body that keeps the record; the newest first."""
        if not reading.reads_all:
            return {}
        whole = self.request.GET.get("nhat-ky") == "het"
        consulted = {"consultations": consultations_of(reading.document)}
        entries = journal_of(reading.record, None if whole else JOURNAL_SHOWN + 1)
        shown = entries if whole else entries[:JOURNAL_SHOWN]
        return consulted | {"entries": shown, "more_entries": len(entries) > len(shown)}


class PublicPage(DetailView):
    """The page of one published record; one that was taken down says so, anything else is not there."""

    reading_class: type[PaperReading]
    context_object_name = "record"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = record = self.get_record()
        if record.is_public():
            return self.render_to_response(self.get_context_data(object=record))
        if (ended := record.last_read()) is not None:
            return gone(request, record, ended)
        raise Http404

    def get_record(self) -> Paper:
        """The record of this address, whatever its state."""
        above = [self.model.read_under] if self.model.read_under else []
        records = self.model.objects.select_related("document__type", "keeper", *above)
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
    return render(request, "portal/public/gone.html", context, status=410)


def word_file(request: HttpRequest, name: str, written: bytes) -> HttpResponse:
    """A Word file to keep."""
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # compressed already
    response = HttpResponse(written, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""What anyone may read of conferences. A signed-in person sees here exactly what a visitor sees."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from meetings.calendar import calendar_file
from meetings.excel import meeting_file
from meetings.filters import MeetingFilterForm
from meetings.listing import meeting_hits, meeting_page_of
from meetings.models import Meeting
from meetings.reading import MeetingReading
from portal.access import VISITOR
from portal.lists import FilteredList
from portal.sections import Hit
from portal.views.records import PublicPage


@method_decorator(login_not_required, name="dispatch")
class MeetingList(FilteredList):
    """The published conferences."""

    model, form_class, reader = Meeting, MeetingFilterForm, VISITOR
    heading, noun, excel = "Hội nghị", "hội nghị", "meetings:meeting_excel"
    lede = "Ký kết, sơ kết, tổng kết: đã họp khi nào, ký gì, giao việc gì."
    nothing = "Chưa có hội nghị nào được công khai."

    def lines(self, keys: list[int]) -> list[Hit]:
        return meeting_hits(keys, self.reader)


@require_safe
@login_not_required
def meeting_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file with public columns only."""
    form = MeetingFilterForm(request.GET, reader=VISITOR)
    return meeting_file(form.rows(Meeting.objects.published()), form, VISITOR, request)


@method_decorator(login_not_required, name="dispatch")
class MeetingPage(PublicPage):
    """A published conference."""

    model = Meeting
    reading_class = MeetingReading
    template_name = "meetings/public/meeting_page.html"


@require_safe
@login_not_required
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendar file of a published conference that is to come or was called off."""
    meeting = Meeting.objects.published().select_related("document").filter(slug=slug).first()
    if meeting is None or not MeetingReading(meeting, VISITOR).has_calendar:
        raise Http404
    return calendar_response(meeting, request.build_absolute_uri(meeting_page_of(meeting, VISITOR)))


def calendar_response(meeting: Meeting, url: str) -> HttpResponse:
    """The file as an answer; the name tells the conference by its code."""
    response = HttpResponse(calendar_file(meeting, url=url), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hoi-nghi-{meeting.code}.ics"'
    return response

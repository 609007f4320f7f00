"""What signed-in people read of conferences: the list, the record, its calendar file."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from meetings.filters import MeetingFilterForm
from meetings.listing import meeting_hits
from meetings.models import Meeting
from meetings.reading import MeetingReading
from meetings.views.public import calendar_response
from portal.lists import FilteredList, FilterForm
from portal.sections import Hit
from programs.views.staff import RecordPage, entering


class StaffMeetingList(FilteredList):
    """The conferences a person may see."""

    form_class = MeetingFilterForm
    template_name = "meetings/staff/staff_meeting_list.html"

    def make_form(self) -> FilterForm:
        return MeetingFilterForm(self.request.GET, reader=self.request.user)

    def base(self) -> QuerySet:
        return Meeting.objects.visible_to(self.request.user)

    def lines(self, keys: list[int]) -> list[Hit]:
        return meeting_hits(keys, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | entering(self.request, "meetings:enter_meeting")


class MeetingRecord(RecordPage):
    """A conference."""

    model = Meeting
    kind = "meeting"
    reading_class = MeetingReading
    template_name = "meetings/staff/meeting_record.html"


@require_safe
def record_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The calendar file of a conference whose day is known, for those who may see it."""
    visible = Meeting.objects.visible_to(request.user).select_related("document")
    meeting = get_object_or_404(visible, code=code)
    if not MeetingReading(meeting, request.user).has_calendar:
        raise Http404
    return calendar_response(meeting, request.build_absolute_uri("../"))

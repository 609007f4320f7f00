"""What signed-in people read of conferences: the list, the record, its calendar file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.excel import meeting_file
from meetings.filters import MeetingFilterForm
from meetings.listing import meeting_hits, meeting_page_of
from meetings.models import Meeting
from meetings.months import Month, read_month
from meetings.reading import MeetingReading
from meetings.views.public import calendar_response
from portal.access import VISITOR
from portal.lists import FilteredList, trace_list
from portal.models import Paper
from portal.sections import Hit
from portal.views.records import RecordPage

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class StaffMeetingList(FilteredList):
    """The conferences a person may see."""

    model, form_class, template_name = Meeting, MeetingFilterForm, "meetings/staff/staff_meeting_list.html"
    heading, noun, nothing = "Hội nghị", "hội nghị", "Chưa ghi hội nghị nào."
    excel, enter, entering = (
        "meetings:staff_meeting_excel",
        "meetings:enter_meeting",
        "Ghi lại hội nghị đã tổ chức",
    )

    def lines(self, keys: list[int]) -> list[Hit]:
        return meeting_hits(keys, self.reader)


@require_safe
def staff_meeting_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file."""
    form = MeetingFilterForm(request.GET, reader=request.user)
    trace_list(request.user, "tải Excel hội nghị", form)
    return meeting_file(form.rows(Meeting.objects.visible_to(request.user)), form, request.user, request)


@require_safe
def meeting_month(request: HttpRequest) -> HttpResponse:
    """The calendar of a month."""
    today = timezone.localdate()
    month = Month(read_month(request.GET.get("thang", ""), today), request.user, today)
    shown = {"month": month, "weekdays": WEEKDAYS, "this_month": month.first == today.replace(day=1)}
    return render(request, "meetings/staff/meeting_calendar.html", shown)


class MeetingRecord(RecordPage):
    """A conference."""

    model = Meeting
    kind = "meeting"
    reading_class = MeetingReading
    template_name = "meetings/staff/meeting_record.html"

    def public_address(self, record: Paper) -> str:
        return meeting_page_of(record, VISITOR)


@require_safe
def record_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The calendar file of a conference whose day is known, for those who may see it."""
    visible = Meeting.objects.visible_to(request.user).select_related("document")
    meeting = get_object_or_404(visible, code=code)
    if not MeetingReading(meeting, request.user).has_calendar:
        raise Http404
    return calendar_response(meeting, request.build_absolute_uri(meeting_page_of(meeting, request.user)))

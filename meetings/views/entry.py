"""Entering and editing conferences."""

from django.http import QueryDict

from meetings import actions
from meetings.forms.meetings import MeetingForm, meeting_data
from meetings.models import Meeting, Stage
from portal.forms.papers import PaperForm
from portal.forms.rows import append_rows
from portal.models import Paper
from portal.views.entry import EntryView


class MeetingEntry(EntryView):
    """A conference: one that was held, or one being prepared."""

    kind = "meeting"
    model = Meeting
    form_class = MeetingForm
    template_name = "meetings/staff/enter_meeting.html"
    title = "Sửa hội nghị"
    new_title = "Ghi lại hội nghị đã tổ chức"
    enter_name, edit_name = "meetings:enter_meeting", "meetings:edit_meeting"
    record_name = "meetings:meeting_record"

    def raw_data(self, record: Paper) -> QueryDict:
        return meeting_data(record)

    def start_data(self) -> QueryDict:
        """One organiser, our body."""
        data = QueryDict(mutable=True)
        append_rows(data, "partners", [{"side": "1", "name": self.keeper.label, "name-ma": self.keeper.code}])
        data["stage"] = Stage.HELD
        return data

    def save(self, form: PaperForm, *, expected: int | None, code: str) -> Paper:
        new = {} if self.record else {"code": code}
        return actions.save_meeting(
            self.record, form.entry(), by=self.user, keeper=self.keeper, expected=expected, **new
        )

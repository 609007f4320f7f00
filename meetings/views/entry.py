"""Entering and editing conferences."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from meetings import actions
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.forms.meetings import MeetingForm, meeting_data
from meetings.models import Meeting, Stage
from portal.forms.rows import append_rows
from portal.models import Paper, User
from portal.views.entry import EntryView

NOUNS = {
    "people": "người dự",
    "agenda": "mục chương trình",
    "table": "văn bản tại hội nghị",
    "signers": "người ký tại hội nghị",
    "talks": "tham luận",
    "sayings": "ý kiến chỉ đạo",
}


class MeetingEntry(EntryView):
    """A conference: one that was held, or one being prepared."""

    kind = "meeting"
    namespace = "meetings"
    nouns = NOUNS
    model = Meeting
    form_class = MeetingForm
    template_name = "meetings/staff/enter_meeting.html"
    title = "Sửa hội nghị"
    new_title = "Ghi lại hội nghị đã tổ chức"

    def raw_data(self, record: Paper) -> QueryDict:
        return meeting_data(record)

    def start_data(self) -> QueryDict:
        """One organiser, our body."""
        data = QueryDict(mutable=True)
        append_rows(data, "partners", [{"side": "1", "name": self.keeper.label, "name-ma": self.keeper.code}])
        data["stage"] = Stage.HELD
        return data

    @classmethod
    def write(cls, record: Paper | None, entry: Any, **how: Any) -> Paper:
        return actions.save_meeting(record, entry, **how)

    @classmethod
    def approve(cls, record: Paper, *, by: User, expected: int) -> None:
        approve_meeting(record, by=by, expected=expected)

    @classmethod
    def publish(cls, record: Paper, *, by: User, expected: int, start: datetime | None) -> None:
        publish_meeting(record, by=by, expected=expected, start=start)

"""Entering and editing conferences."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from meetings import actions
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data, next_meeting_data
from meetings.models import Meeting, Stage
from meetings.views.signing import before, told_of_papers
from portal.actions import copies
from portal.forms.rows import append_rows
from portal.models import Paper, User, Verb
from portal.strip import Way
from portal.views.entry import EntryView, asked_code
from portal.views.verbs import record_of

AGAIN, PREPARE = "theo", "chuan-bi"
"""In the address: prepare one as this conference was; prepare one."""
NOUNS = {
    "partners": Meeting.words["partner"],
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
    called_by = (
        *EntryView.called_by, "document__dated_precision", "document__dated_first", "document__dated_last",
        "document__dated_text",
    )  # fmt: skip
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
        """One organiser, our body; or a conference to be prepared, as the one named in the address was."""
        if code := asked_code(self.request, AGAIN):
            return next_meeting_data(record_of(self.request, self.kind, code))
        data = QueryDict(mutable=True)
        append_rows(data, "partners", [{"side": "1", "name": self.keeper.label, "name-ma": self.keeper.code}])
        data["stage"] = Stage.PREPARED if PREPARE in self.request.GET else Stage.HELD
        return data

    def draw(self, data: QueryDict, **told: Any) -> HttpResponse:
        """A conference still to be held is called so, and its agenda comes first."""
        if data.get("stage") == Stage.PREPARED:
            self.title = self.new_title = "Chuẩn bị hội nghị"
        return super().draw(data, **told)

    @classmethod
    def write(cls, record: Paper | None, entry: Any, **how: Any) -> Paper:
        was = before(record)
        meeting = actions.save_meeting(record, entry, **how)
        meeting.told = told_of_papers(meeting, entry, was, by=cls.writer(record, **how))
        return meeting

    @classmethod
    def writer(cls, record: Paper | None, *, by: User, verb: Verb | None = None, **_how: Any) -> User:
        """Who goes on with the papers signed here: who wrote what is saved, be it the leader who approves it."""
        copy = copies.open_copy(cls.kind, record) if record and verb == Verb.APPROVE else None
        return copy.owner if copy else by

    @classmethod
    def told(cls, record: Paper) -> list[str]:
        """What the papers signed here took from it, and what they keep."""
        return getattr(record, "told", [])

    @classmethod
    def ways_of_writing(cls, record: Paper) -> list[Way]:
        again = reverse("meetings:enter_meeting", query={AGAIN: record.code})
        return [Way("Làm tiếp cho kỳ sau", again)]

    @classmethod
    def approve(cls, record: Paper, *, by: User, expected: int) -> None:
        approve_meeting(record, by=by, expected=expected)

    @classmethod
    def publish(cls, record: Paper, *, by: User, expected: int, start: datetime | None) -> None:
        publish_meeting(record, by=by, expected=expected, start=start)

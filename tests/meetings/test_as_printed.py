"""What a clerk typed of a conference stands: presenters, speakers and hours as printed, a calendar that leads back."""

from typing import Any

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.actions import DirectiveEntry, ParticipationEntry
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Meeting, Stage
from meetings.paste import split_agenda
from meetings.reading import MeetingReading
from meetings.word.minutes import Minutes
from portal.actions import records
from portal.dates import parse_date
from portal.forms.rows import append_rows
from tests.cast import Cast, make_meeting

NEW = "/lam-viec/hoi-nghi/nhap/"
QUANG_NGOC = ParticipationEntry("Phạm Quang Ngọc", "Chủ tịch UBND tỉnh")


def published(cast: Cast, **changes: Any) -> Meeting:
    meeting = make_meeting(cast, **changes)
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    return meeting


def test_who_read_a_paper_and_is_no_participant_stands_as_printed(cast: Cast) -> None:
    starter.load()
    data = QueryDict(mutable=True)
    data["title"], data["attendees"] = "Hội nghị", "Lê Dự Họp, Bí thư"
    append_rows(data, "talks", [{"by": "Vũ Trình Bày", "body": "Tổ dân phố 3", "topic": "Cách làm"}])
    cast.client("lan").post(NEW, data)
    meeting = Meeting.objects.get()
    assert meeting_data(meeting)["talks-0-by"] == "Vũ Trình Bày"
    reading = MeetingReading(meeting, cast.lan)
    assert [one.words for one in reading.talks] == ["Vũ Trình Bày, Tổ dân phố 3: Cách làm"]


def test_every_speaker_of_a_saying_is_named_those_not_matched_as_printed(cast: Cast) -> None:
    names = ["Người Lạ", "Phạm Quang Ngọc"]
    sayings = [DirectiveEntry("Tiếp tục", speakers=names, said_by="; ".join(names))]
    meeting = make_meeting(cast, participations=[QUANG_NGOC], directives=sayings)
    [one] = MeetingReading(meeting, cast.lan).sayings
    assert one.by == "Người Lạ; Phạm Quang Ngọc, Chủ tịch UBND tỉnh"


def test_minutes_name_once_who_said_several_things_in_a_row(cast: Cast) -> None:
    told = [DirectiveEntry(text, speakers=["Phạm Quang Ngọc"]) for text in ("Một", "Hai")]
    meeting = make_meeting(cast, participations=[QUANG_NGOC], directives=[*told, DirectiveEntry("Ba")])
    lines = [line.text for line in Minutes(MeetingReading(meeting, cast.lan), ".")._said()]
    assert lines == ["Phạm Quang Ngọc, Chủ tịch UBND tỉnh:", "- Một", "- Hai", "- Ba"]


def test_the_part_of_the_day_is_told_wherever_the_day_is(cast: Cast) -> None:
    meeting = published(cast, dated=parse_date("chiều 2/4/2016"))
    pages = [
        cast.client(who).get(url).text
        for who, url in (
            ("lan", f"/lam-viec/hoi-nghi/{meeting.code}/"),
            (None, f"/hoi-nghi/{meeting.slug}/"),
        )
    ]
    assert ["thứ Bảy, chiều 2/4/2016" in page and ", chiều 2/4/2016." in page for page in pages] == [
        True,
        True,
    ]
    assert Minutes(MeetingReading(meeting, cast.lan), ".").day == "chiều ngày 2/4/2016"


def test_a_calendar_file_leads_back_to_the_page(cast: Cast) -> None:
    meeting = published(cast, dated=parse_date("1/12/2126"), stage=Stage.PREPARED)
    for who, page in (("lan", f"/lam-viec/hoi-nghi/{meeting.code}/"), (None, f"/hoi-nghi/{meeting.slug}/")):
        file = cast.client(who).get(f"{page}lich.ics").text.replace("\r\n ", "")
        assert f"\r\nURL:http://testserver{page}\r\n" in file


@pytest.mark.parametrize(("stage", "warned"), [("held", True), ("", True), ("prepared", False)])
def test_a_conference_held_on_a_day_to_come_is_doubted(cast: Cast, stage: str, warned: bool) -> None:
    data = QueryDict(mutable=True)
    data["title"], data["dated"], data["stage"] = "Hội nghị", "20/12/2126", stage
    form = MeetingForm(data, user=cast.lan)
    assert (form.is_valid(), "dated" in form.head.warnings) == (True, warned)


def test_an_hour_with_a_full_stop_is_an_hour(cast: Cast) -> None:
    lines = "9.00 - Khai mạc\n9.30 – 10.15: Thảo luận\n2.5 triệu đồng"
    assert split_agenda(lines) == [
        {"time": "9.00", "text": "Khai mạc"},
        {"time": "9.30 – 10.15", "text": "Thảo luận"},
        {"time": "", "text": "2.5 triệu đồng"},
    ]
    data = QueryDict(mutable=True)
    data["title"], data["clock"] = "Hội nghị", "8.30 - 11.00"
    form = MeetingForm(data, user=cast.lan)
    assert form.is_valid()
    assert [str(one) for one in form.head.cleaned_data["clock"]] == ["08:30:00", "11:00:00"]

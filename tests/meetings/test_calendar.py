"""The calendar file of a conference, read back by a parser that is not ours."""

from datetime import time
from typing import Any

import pytest
from dateutil import parser as dates
from dateutil import tz

from meetings.actions import MeetingEntry, save_meeting
from meetings.calendar import calendar_file
from meetings.models import Meeting, Stage
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.dates import parse_date
from tests.cast import Cast

HALL = "Hội trường tầng 2, số 25 Liễu Giai; phường Ngọc Hà, Hà Nội"
"""A place with the signs that calendar files escape, and long enough to be folded."""


def entry(cast: Cast, **changes: Any) -> MeetingEntry:
    paper = PaperEntry(
        title="Hội nghị ký kết", dated=parse_date("5/12/2026"), partners=[PartnerEntry(1, cast.ours)]
    )
    return MeetingEntry(paper=paper, stage=Stage.PREPARED, place=HALL, **changes)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return save_meeting(None, entry(cast, starts_at=time(8, 30)), by=cast.lan, keeper=cast.ours)


def read(meeting: Meeting) -> dict[str, str]:
    """The properties of the entry, unfolded and unescaped by the rules of RFC 5545, without our library."""
    text = calendar_file(meeting).decode().replace("\r\n ", "")
    lines = text.split("BEGIN:VEVENT\r\n")[1].split("\r\nEND:VEVENT")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return {name: value.replace("\\,", ",").replace("\\;", ";") for name, _, value in pairs}


def test_the_hour_is_that_of_viet_nam(meeting: Meeting) -> None:
    found = read(meeting)
    starts = dates.parse(found["DTSTART;TZID=Asia/Ho_Chi_Minh"]).replace(tzinfo=tz.gettz("Asia/Ho_Chi_Minh"))
    assert starts.astimezone(tz.UTC).isoformat() == "2026-12-05T01:30:00+00:00"
    assert found["LOCATION"] == HALL
    assert "TZID:Asia/Ho_Chi_Minh" in calendar_file(meeting).decode()


def test_without_an_hour_it_takes_the_day(cast: Cast, meeting: Meeting) -> None:
    meeting = save_meeting(meeting, entry(cast), by=cast.lan, expected=meeting.version)
    found = read(meeting)
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20261205", "20261206")


def test_a_moved_and_a_cancelled_one_keep_their_name_and_rise_in_sequence(
    cast: Cast, meeting: Meeting
) -> None:
    first = read(meeting)
    moved = read(save_meeting(meeting, entry(cast, starts_at=time(14)), by=cast.lan, expected=1))
    meeting.refresh_from_db()
    cancelled = MeetingEntry(paper=entry(cast).paper, stage=Stage.CANCELLED)
    gone = save_meeting(meeting, cancelled, by=cast.lan, expected=2)
    last = read(gone)
    assert [one["UID"] for one in (first, moved, last)] == [first["UID"]] * 3
    assert [one["SEQUENCE"] for one in (first, moved, last)] == ["1", "2", "3"]
    assert [one["STATUS"] for one in (first, moved, last)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert b"METHOD:CANCEL" in calendar_file(gone)

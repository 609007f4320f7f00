"""The calendar file of a conference, read back by a parser that is not ours."""

from datetime import UTC, date, time
from typing import Any

import pytest
import vobject

from meetings.actions import MeetingEntry, save_meeting
from meetings.calendar import calendar_file
from meetings.forms.raw import meeting_data
from meetings.models import Meeting, Stage
from portal.actions import copies, records
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.dates import parse_date
from tests.cast import Cast
from tests.meetings.test_visibility import bring

HALL = "Hội trường tầng 2, số 25 Liễu Giai; phường Ngọc Hà, Hà Nội"
"""A place with the signs that calendar files escape, and long enough to be folded."""


def entry(cast: Cast, **changes: Any) -> MeetingEntry:
    paper = PaperEntry(
        title="Hội nghị ký kết", dated=parse_date("5/12/2126"), partners=[PartnerEntry(1, cast.ours)]
    )
    return MeetingEntry(paper=paper, stage=Stage.PREPARED, place=HALL, **changes)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return save_meeting(None, entry(cast, starts_at=time(8, 30)), by=cast.lan, keeper=cast.ours)


def read(file: bytes) -> dict[str, Any]:
    """The entry of a calendar file and its method, as vobject reads them."""
    calendar = vobject.readOne(file.decode())
    return {"method": calendar.method.value} | {
        name: lines[0].value for name, lines in calendar.vevent.contents.items()
    }


def test_the_hour_is_that_of_viet_nam(meeting: Meeting) -> None:
    found = read(calendar_file(meeting))
    assert found["dtstart"].astimezone(UTC).isoformat() == "2126-12-05T01:30:00+00:00"
    assert (found["location"], found["method"]) == (HALL, "PUBLISH")


def test_without_an_hour_it_takes_the_day(cast: Cast, meeting: Meeting) -> None:
    meeting = save_meeting(meeting, entry(cast), by=cast.lan, expected=meeting.version)
    found = read(calendar_file(meeting))
    assert (found["dtstart"], found["dtend"]) == (date(2126, 12, 5), date(2126, 12, 6))


def test_an_approved_edit_moves_the_entry_and_a_cancelled_one_is_struck_out(
    cast: Cast, meeting: Meeting
) -> None:
    """Only what was approved rises in sequence: an edit that waits gives the file of before."""
    meeting = bring(cast, meeting, "published")
    address, page = f"/hoi-nghi/{meeting.slug}/lich.ics", f"/lam-viec/hoi-nghi/{meeting.code}/duyet/"
    found = [read(cast.client(None).get(address).content)]
    for changes in ({"clock": "14h00"}, {"stage": Stage.CANCELLED}):
        data = meeting_data(meeting)
        data.update(changes)
        copy = copies.save_copy("meeting", meeting, data, by=cast.lan, expected=0, based_on=meeting.version)
        records.submit_copy(copy, meeting, by=cast.lan)
        found.append(read(cast.client(None).get(address).content))
        number = copies.open_copy("meeting", meeting).number
        cast.client("hung").post(page, {"phien-ban": str(number), "lam": "approve"})
        meeting.refresh_from_db()
        found.append(read(cast.client(None).get(address).content))
    was, waits, moved, waits_again, gone = found
    assert (was["dtstart"].hour, moved["dtstart"].hour) == (8, 14)
    assert (waits, waits_again) == (was, moved)
    assert {one["uid"] for one in found} == {was["uid"]}
    assert int(was["sequence"]) < int(moved["sequence"]) < int(gone["sequence"])
    assert [(one["method"], one["status"]) for one in (was, moved, gone)] == [
        ("PUBLISH", "CONFIRMED"), ("PUBLISH", "CONFIRMED"), ("CANCEL", "CANCELLED"),
    ]  # fmt: skip

"""A conference as a calendar entry (.ics, RFC 5545), for the phones and computers of who is invited.

The identifier never changes and the sequence rises with every version of the record, so that a calendar
that took an earlier file moves or strikes out its entry.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vText

from meetings.models import Meeting, Stage
from portal.dates import Precision

PRODUCT = "-//Cong chuong trinh phoi hop//Hoi nghi//VI"
USUAL_LENGTH = timedelta(hours=3)
"""How long a conference takes in a calendar when nobody said when it ends."""


def has_day(meeting: Meeting) -> bool:
    """Whether a calendar can hold it: its day is known."""
    return meeting.document.dated_precision == Precision.DAY


def calendar_file(meeting: Meeting, *, url: str = "") -> bytes:
    """The file of one conference whose day is known; cancelled ones say so. ``url`` is its page."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.stage == Stage.CANCELLED else "PUBLISH")
    calendar.add_component(entry_of(meeting, url))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def entry_of(meeting: Meeting, url: str) -> Event:
    """The entry itself: the whole day where the hour is not known."""
    event = Event()
    event.add("uid", f"{meeting.code}@hoi-nghi")
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.state_since)
    event.add("summary", meeting.document.title)
    event.add("status", "CANCELLED" if meeting.stage == Stage.CANCELLED else "CONFIRMED")
    day = meeting.document.dated_first
    if meeting.starts_at:
        zone = ZoneInfo(settings.TIME_ZONE)
        starts = datetime.combine(day, meeting.starts_at, zone)
        event.add("dtstart", starts)
        ends = datetime.combine(day, meeting.ends_at, zone) if meeting.ends_at else starts + USUAL_LENGTH
        event.add("dtend", ends)
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.organizers_label:
        event.add("description", vText(meeting.organizers_label))
    if url:
        event.add("url", url)
    return event

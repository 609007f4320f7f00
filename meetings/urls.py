"""Addresses of conferences: the public ones, then the staff's under /lam-viec/."""

from django.urls import path

from meetings.views import entry, prepare, public, staff
from portal.verb_urls import verb_urls

app_name = "meetings"

public_urls = [
    path("hoi-nghi/", public.MeetingList.as_view(), name="meeting_list"),
    path("hoi-nghi/<slug:slug>/", public.MeetingPage.as_view(), name="meeting_page"),
    path("hoi-nghi/<slug:slug>/lich.ics", public.meeting_calendar, name="meeting_calendar"),
]

staff_urls = [
    path("lam-viec/hoi-nghi/", staff.StaffMeetingList.as_view(), name="staff_meeting_list"),
    path("lam-viec/hoi-nghi/nhap/", entry.MeetingEntry.as_view(), name="enter_meeting"),
    path("lam-viec/hoi-nghi/<slug:code>/", staff.MeetingRecord.as_view(), name="meeting_record"),
    path("lam-viec/hoi-nghi/<slug:code>/sua/", entry.MeetingEntry.as_view(), name="edit_meeting"),
    path("lam-viec/hoi-nghi/<slug:code>/lich.ics", staff.record_calendar, name="calendar_of_meeting"),
]

prepare_urls = [
    path("lam-viec/hoi-nghi/<slug:code>/khach-moi/", prepare.guests, name="guests_of_meeting"),
    path("lam-viec/hoi-nghi/<slug:code>/khach-moi/ghi/", prepare.mark_guest, name="mark_guest_of_meeting"),
    path(
        "lam-viec/hoi-nghi/<slug:code>/khach-moi/word/",
        prepare.word_guest_list,
        name="word_guests_of_meeting",
    ),
    path("lam-viec/hoi-nghi/<slug:code>/giay-moi/", prepare.invitations, name="invitations_of_meeting"),
    path("lam-viec/hoi-nghi/<slug:code>/bien-ban/", prepare.word_minutes, name="minutes_of_meeting"),
    path("lam-viec/hoi-nghi/<slug:code>/tap-tai-lieu/", prepare.pack, name="pack_of_meeting"),
    path("lam-viec/hoi-nghi/<slug:code>/tap-tai-lieu/word/", prepare.word_pack, name="word_pack_of_meeting"),
]

urlpatterns = [*public_urls, *staff_urls, *prepare_urls, *verb_urls("meeting", "hoi-nghi")]

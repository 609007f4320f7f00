"""What the form of a conference does not show stays; what it shows reads back as it was."""

from datetime import time

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.actions import (
    DirectiveEntry,
    ParticipationEntry,
    PresentationEntry,
    TaskEntry,
    save_meeting,
)
from meetings.actions.guests import GuestEntry, add_guest, mark
from meetings.actions.meetings import approve_meeting
from meetings.forms.head import ITSELF, ClockText
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.listing import meeting_hits
from meetings.models import Meeting, Participation, Task
from portal.actions import records
from portal.dates import parse_date
from portal.forms.rows import MOST_ROWS, append_rows
from portal.models import Person
from tests.cast import Cast, in_days, make_body, make_meeting

WRITTEN, APPROVED = 53, 31  # approving also writes what document and tasks are read and found by
"""The most questions that write a conference with thirty sayings, people and tasks, and that approve it."""


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    starter.load()


def saved_as_it_stands(cast: Cast, meeting: Meeting) -> Meeting:
    """The conference after its form was opened and saved."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    form = MeetingForm(meeting_data(meeting), user=cast.lan, record=meeting)
    assert form.is_valid(), [one.errors for one in form.forms if one.errors]
    return save_meeting(meeting, form.entry(), by=cast.lan, expected=meeting.version)


def test_who_said_and_read_what_stays_where_the_form_cannot_name_them(cast: Cast) -> None:
    saying = DirectiveEntry(
        "Sớm ký kết",
        organization=cast.partner,
        capacity="Chủ tịch",
        addressees=[cast.neighbour],
        speakers=["Nguyễn Văn A"],
    )
    people = [ParticipationEntry("Nguyễn Văn A", "Bí thư"), ParticipationEntry(organization=cast.partner)]
    talks = [PresentationEntry("Cách làm hay")]
    meeting = make_meeting(cast, directives=[saying], participations=people, presentations=talks)
    talk, place = meeting.presentations.get(), meeting.participations.get(organization=cast.partner)
    talk.participation = place
    talk.save()
    saved_as_it_stands(cast, meeting)
    kept = meeting.directives.get()
    assert (kept.organization, kept.capacity) == (cast.partner, "Chủ tịch")
    assert [one.organization for one in kept.addressees.all()] == [cast.neighbour]
    assert [str(one) for one in kept.speakers.all()] == ["Nguyễn Văn A, Bí thư"]
    assert meeting.presentations.get().participation == place


@pytest.mark.parametrize(
    ("name", "capacity"),
    [
        ("Nguyễn Văn A", "Bí thư; Chủ tịch UBND"),
        ("Đồng chí Nguyễn Văn A", "Bí thư"),
        ("Nguyễn Văn A.", ""),
        ("Các cụ", "tổ dân phố"),
        ("200 đại biểu", ""),
    ],
)
def test_a_guest_keeps_their_answer_however_they_are_called(cast: Cast, name: str, capacity: str) -> None:
    meeting = make_meeting(cast)
    guest = add_guest(meeting, GuestEntry(name, capacity), by=cast.lan, expected=meeting.version)
    mark(guest, "absent", by=cast.lan, seen="")
    for _ in range(2):
        saved_as_it_stands(cast, meeting)
    kept = meeting.participations.get()
    assert (kept.pk, kept.attendance) == (guest.pk, "absent")
    assert kept.group or (kept.name, kept.capacity) == (name, capacity)
    assert not Person.objects.exists()


def test_more_bodies_than_rows_all_stay(cast: Cast) -> None:
    bodies = [make_body(f"Cơ quan số {at}") for at in range(MOST_ROWS + 3)]
    meeting = make_meeting(cast, participations=[ParticipationEntry(organization=one) for one in bodies])
    before = list(meeting.participations.values_list("pk", flat=True))
    saved_as_it_stands(cast, meeting)
    assert list(meeting.participations.values_list("pk", flat=True)) == before


def test_a_conference_does_not_follow_itself(cast: Cast) -> None:
    meeting = make_meeting(cast)
    data = meeting_data(meeting)
    data["previous"], data["previous-ma"] = str(meeting), meeting.code
    form = MeetingForm(data, user=cast.lan, record=meeting)
    assert (form.is_valid(), form.head.errors["previous"]) == (False, [ITSELF])


def test_no_conference_follows_a_later_one(cast: Cast) -> None:
    names = {"2022": "Hội nghị đầu", "2023": "Hội nghị giữa", "2024": "Hội nghị cuối"}
    held = {year: make_meeting(cast, name, dated=parse_date(f"1/2/{year}")) for year, name in names.items()}
    address = "/lam-viec/goi-y/hoi-nghi/"
    asked = {"q": "hội nghị", "ma": held["2023"].code, "ngay": "1/2/2023"}
    assert [one["code"] for one in cast.client("lan").get(address, asked).json()["found"]] == [
        held["2022"].code
    ]
    said = {}
    for name in (*names.values(), "Hội nghị nào đó"):
        data = meeting_data(held["2023"])
        data["previous"] = name
        form = MeetingForm(data, user=cast.lan, record=held["2023"])
        form.is_valid()
        said[name] = form.head.errors.get("previous", [""])[0]
    assert said == {
        "Hội nghị đầu": "",
        "Hội nghị giữa": ITSELF,
        "Hội nghị cuối": "Hội nghị cuối (1/2/2024) diễn ra sau hội nghị này. Xin chọn một hội nghị trước đó.",
        "Hội nghị nào đó": "Không tìm thấy hội nghị này.",
    }


def test_the_part_of_a_day_is_said_though_its_year_is_not_known(cast: Cast) -> None:
    meeting = make_meeting(cast, dated=parse_date("chiều 2/4"))
    form = MeetingForm(meeting_data(meeting), user=cast.lan, record=meeting)
    form.is_valid()
    page = cast.client("lan").get(f"/lam-viec/hoi-nghi/{meeting.code}/").text
    line = meeting_hits([meeting.pk], cast.lan)[0]
    assert form.head.echoes["dated"] == "chiều ngày 2/4 (chưa rõ năm)"
    assert (str(meeting), line.when, line.when_line) == (
        "Hội nghị ký kết (ngày 2/4, chưa rõ năm)",
        "ngày 2/4",
        "chiều",
    )
    assert "tổ chức, chiều ngày 2/4" in page and "(chưa rõ năm))" not in page


def test_many_bodies_are_sent_where_they_are_chosen_by_kind(cast: Cast) -> None:
    data = QueryDict(mutable=True)
    data["title"] = "Hội nghị"
    append_rows(data, "sayings", [{"text": "Sớm ký", "assign_to": "UBND các phường", "due": "không rõ"}])
    form = MeetingForm(data, user=cast.lan)
    form.is_valid()
    said = form.rows["sayings"].forms[0].errors["assign_to"][0]
    assert (
        said.startswith("“UBND các phường” là nhiều cơ quan. Xin ghi ở “Gửi tới”") and "Giao theo dõi" in said
    )


def test_a_day_without_its_year_is_no_day_to_wait_for(cast: Cast) -> None:
    data = QueryDict(mutable=True)
    data["title"] = "Hội nghị"
    append_rows(data, "sayings", [{"text": "Sớm ký", "assign_to": cast.partner.name, "due": "31/12"}])
    form = MeetingForm(data, user=cast.lan)
    assert not form.is_valid()
    assert form.rows["sayings"].forms[0].errors["due"] == ["Ghi cả năm của hạn thực hiện."]


def test_the_minutes_of_an_hour_may_be_one_figure() -> None:
    assert ClockText(required=False).clean("8h5 – 11 giờ") == (time(8, 5), time(11))


def test_a_task_that_waits_goes_with_its_draft(cast: Cast) -> None:
    task = TaskEntry(in_days(3), [cast.partner])
    meeting = make_meeting(cast, directives=[DirectiveEntry("Sớm ký", task=task)])
    records.drop_draft(meeting, by=cast.lan)
    assert (Meeting.objects.count(), Task.objects.count()) == (0, 0)


def test_a_task_that_went_out_is_linked_and_not_rewritten(cast: Cast) -> None:
    task = TaskEntry(in_days(3), [cast.partner])
    meeting = make_meeting(cast, directives=[DirectiveEntry("Sớm ký", task=task)])
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    data = meeting_data(meeting)
    assert "sayings-0-assign_to" not in data
    page = cast.client("lan").get(f"/lam-viec/hoi-nghi/{meeting.code}/sua/").text
    assert f"/lam-viec/nhiem-vu/ca-viec/{Task.objects.get().code}/" in page
    data["sayings-0-assign_to"], data["sayings-0-due"] = cast.neighbour.name, "1/1/2030"
    form = MeetingForm(data, user=cast.lan, record=meeting)
    assert form.is_valid()
    assert form.entry().directives[0].task is None
    gone = data.copy()
    gone["sayings-TOTAL_FORMS"] = "0"
    refused = MeetingForm(gone, user=cast.lan, record=meeting)
    assert (refused.is_valid(), "đã giao theo dõi" in str(refused.head.non_field_errors())) == (False, True)


def test_rows_of_all_sets_are_written_together(cast: Cast, django_assert_max_num_queries: object) -> None:
    def told(count: int) -> dict[str, list]:
        sayings = [
            DirectiveEntry(
                f"Việc {at}",
                speakers=[f"Người {at}"],
                addressees=[cast.partner],
                task=TaskEntry(in_days(9), [cast.partner, cast.neighbour]),
            )
            for at in range(count)
        ]
        return {
            "directives": sayings,
            "participations": [ParticipationEntry(f"Người {at}") for at in range(count)],
        }

    with django_assert_max_num_queries(WRITTEN):
        meeting = make_meeting(cast, **told(2))
    with django_assert_max_num_queries(WRITTEN):
        meeting = make_meeting(cast, **told(30))
    records.submit(meeting, by=cast.lan)
    with django_assert_max_num_queries(APPROVED):
        approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    assert (Participation.objects.count(), Task.objects.count()) == (32, 32)

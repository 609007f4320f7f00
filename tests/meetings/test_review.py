"""What the approver of a conference is told of its tasks, and what the journal tells of its sayings."""

from datetime import date, time
from typing import Any

import pytest

from meetings import starter
from meetings.actions import DirectiveEntry, MeetingEntry, TaskEntry, save_meeting
from meetings.actions.meetings import approve_meeting
from meetings.actions.tasks import assign, stop
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Assignment, Meeting
from meetings.publication import errands_of
from portal.actions import copies, records
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.dates import parse_date
from portal.forms.differences import differences
from portal.journal import journal_of
from tests.cast import Cast, in_days, make_body, make_meeting

DUE = date(2030, 12, 31)
SENT = "Gửi đi khi duyệt"
ERRANDS, ASSIGNED = 4, 24  # what tasks are found by is read and written as they go out


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A draft with one saying assigned to the partner, its state to be public."""
    starter.load()
    said = DirectiveEntry(
        "Sớm ký kết", audience="public", state_shown=True, task=TaskEntry(DUE, [cast.partner], yearly=True)
    )
    return make_meeting(cast, directives=[said])


def review(cast: Cast, meeting: Meeting) -> str:
    return cast.client("hung").get(f"/lam-viec/hoi-nghi/{meeting.code}/xem-xet/").text


def edited(cast: Cast, meeting: Meeting, **changes: object) -> list[tuple[str, str, str]]:
    """What the journal says of a saying changed by the form."""
    one = meeting.directives.get()
    entry = DirectiveEntry(**{"text": one.text, "pk": one.pk, "audience": one.audience} | changes)
    paper = PaperEntry(
        title="Hội nghị ký kết",
        dated=parse_date("23/3/2023"),
        partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)],
    )
    save_meeting(meeting, MeetingEntry(paper=paper, directives=[entry]), by=cast.lan)
    return [(one.label, one.before, one.after) for one in journal_of(meeting, 1)[0].changes]


def test_the_approver_reads_whom_the_approval_asks_and_that_the_state_is_public(
    cast: Cast, meeting: Meeting
) -> None:
    records.submit(meeting, by=cast.lan)
    page = review(cast, meeting)
    public, sent = page.split(SENT)[0], page.split(SENT)[1]
    assert "Tình trạng thực hiện cũng công khai" in public
    assert "Giao theo dõi: Sớm ký kết" in sent
    assert "1 cơ quan: UBND phường Ba Đình" in sent and "Hạn: 31/12/2030, hằng năm" in sent
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    assert SENT not in review(cast, meeting), "it went out with the approval"


def test_an_edit_sends_only_what_it_adds(cast: Cast, meeting: Meeting) -> None:
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    data = meeting_data(meeting)
    more = {"text": "Hằng năm sơ kết", "assign_to": cast.neighbour.name, "due": "31/12/2031"}
    data["sayings-TOTAL_FORMS"] = "2"
    for name, value in more.items():
        data[f"sayings-1-{name}"] = value
    copy = copies.save_copy("meeting", meeting, data, by=cast.lan, expected=None)
    records.submit_copy(copy, meeting, by=cast.lan)
    sent = review(cast, meeting).split(SENT)[1]
    assert "Giao theo dõi: Hằng năm sơ kết" in sent and cast.neighbour.name in sent
    assert "Giao theo dõi: Sớm ký kết" not in sent
    assert Assignment.objects.count() == 1, "looking sends nothing"


def test_the_journal_tells_who_reads_a_saying_and_that_its_state_is_public(
    cast: Cast, meeting: Meeting
) -> None:
    task = TaskEntry(DUE, [cast.partner], yearly=True)
    assert edited(cast, meeting, audience="parties", task=task) == [
        ("Ý kiến chỉ đạo “Sớm ký kết”: ai được xem", "mọi người", "các bên và cấp trên"),
        ("Ý kiến chỉ đạo “Sớm ký kết”: công khai tình trạng thực hiện", "có", "không"),
    ]


def test_the_journal_tells_of_an_assignment_wherever_it_was_made(cast: Cast) -> None:
    starter.load()
    meeting = make_meeting(cast, directives=[DirectiveEntry("Sớm ký kết")])
    assign(meeting.directives.get(), TaskEntry(DUE, [cast.partner]), follower=cast.ours, by=cast.lan)
    told = journal_of(meeting, 1)[0]
    assert (told.who, told.verb) == ("Nguyễn Thị Lan", "giao theo dõi")
    assert [(one.label, one.after) for one in told.changes] == [
        (
            "Thêm nhiệm vụ",
            "Sớm ký kết (cơ quan theo dõi: Ban Dân vận Đảng ủy phường Ba Đình; hạn: 31/12/2030)",
        ),
        ("Thêm cơ quan được giao", "Sớm ký kết: UBND phường Ba Đình"),
    ]
    stop(meeting.directives.get().task, by=cast.lan, reason="Đã ký từ trước.")
    assert (journal_of(meeting, 1)[0].verb, journal_of(meeting, 1)[0].reason) == (
        "thôi theo dõi",
        "Đã ký từ trước.",
    )


def test_a_draft_is_dropped_after_one_question_with_the_tasks_nobody_was_asked(
    cast: Cast, meeting: Meeting
) -> None:
    client, address = cast.client("lan"), f"/lam-viec/hoi-nghi/{meeting.code}/bo/"
    assert f'href="{address}"' in client.get(f"/lam-viec/hoi-nghi/{meeting.code}/").text
    asked = client.get(address).text
    assert "không lấy lại được" in asked and "Giao theo dõi: Sớm ký kết" in asked
    assert Meeting.objects.exists(), "a question drops nothing"
    assert client.post(address, {"phien-ban": str(meeting.version)}).url == "/lam-viec/"
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_of_many_bodies_are_told_and_assigned_by_the_questions_of_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    bodies = [make_body(f"Cơ quan {at}") for at in range(count)]
    ended = [make_body(f"Cơ quan cũ {at}", ended_on=in_days(-1)) for at in range(count)]
    tasks = [DirectiveEntry(f"Việc {at}", task=TaskEntry(DUE, [*bodies, *ended])) for at in range(count)]
    meeting = make_meeting(cast, directives=[*tasks, DirectiveEntry("Chưa giao")])
    with django_assert_num_queries(ERRANDS):
        told = errands_of(meeting)
    assert [line.words.count("đã kết thúc: đóng lại") for line in told.values()] == [count] * count
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    left = meeting.directives.select_related("meeting__document", "meeting__keeper").get(text="Chưa giao")
    with django_assert_num_queries(ASSIGNED):
        assign(left, TaskEntry(DUE, bodies), follower=cast.ours, by=cast.lan)


def test_the_approver_reads_a_changed_hour_as_people_say_it(cast: Cast) -> None:
    meeting = make_meeting(cast, starts_at=time(8), ends_at=time(10, 30))
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    data = meeting_data(meeting)
    data["clock"] = "13h30"
    [change] = differences(
        *(MeetingForm(one, user=cast.lan, record=meeting) for one in (meeting_data(meeting), data))
    )
    assert (change.label, change.before, change.after) == ("Giờ", "8 giờ 00 – 10 giờ 30", "13 giờ 30")

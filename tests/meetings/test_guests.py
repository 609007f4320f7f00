"""Guests of a conference: asked, answering, standing in, attending; noted beside what is approved."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from meetings.actions import ParticipationEntry, save_meeting
from meetings.actions import guests as guest_actions
from meetings.actions.guests import GuestEntry, add_guest
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Meeting, MeetingRole, Participation, Stage
from portal.actions import records
from portal.dates import PartialDate
from portal.journal import journal_of
from portal.models import Act, OrganizationName, Sought, Verb
from portal.text import fold
from tests.cast import Cast, in_days, make_meeting

Attendance = Participation.Attendance


def prepared(cast: Cast, **changes: Any) -> Meeting:
    """A conference to come, with a chair and two guests."""
    chairs, _ = MeetingRole.objects.get_or_create(key="chu-tri", defaults={"name": "chủ trì"})
    told = {
        "dated": PartialDate.day(in_days(9)),
        "stage": Stage.PREPARED,
        "participations": [
            ParticipationEntry("Trần Chủ Trì", "Trưởng ban", roles={chairs}),
            ParticipationEntry("Nguyễn Văn Khách", "Chủ tịch", organization=cast.partner),
            ParticipationEntry(group="đại biểu các tổ dân phố", count=200, approximator="hơn"),
        ],
    }
    return make_meeting(cast, **told | changes)


def published(cast: Cast, meeting: Meeting) -> Meeting:
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    return meeting


def address(meeting: Meeting, name: str = "guests") -> str:
    return reverse(f"meetings:{name}_of_meeting", args=[meeting.code])


def press(cast: Cast, guest: Participation, who: str = "lan", **posted: str) -> HttpResponse:
    """A press beside a guest, by somebody who saw the row as ``guest`` holds it."""
    told = {"khach": str(guest.pk), "da-thay": guest.noted} | posted
    return cast.client(who).post(address(guest.meeting, "mark_guest"), told)


def guest_of(meeting: Meeting) -> Participation:
    return meeting.participations.get(name="Nguyễn Văn Khách")


def said(answer: HttpResponse) -> list[str]:
    return [str(one) for one in answer.wsgi_request._messages]


def test_a_press_notes_an_answer_in_the_journal_and_leaves_the_version(cast: Cast) -> None:
    meeting = published(cast, prepared(cast))
    answer = press(cast, guest_of(meeting), ghi="confirmed")
    assert answer.url == f"{address(meeting)}#khach-{guest_of(meeting).pk}"
    assert guest_of(meeting).attendance == Attendance.CONFIRMED
    told = journal_of(meeting, 1)[0]
    assert (told.who, [one.after for one in told.changes]) == ("Nguyễn Thị Lan", ["sẽ dự"])
    assert Meeting.objects.get(pk=meeting.pk).version == meeting.version


def test_a_press_by_mistake_is_taken_back(cast: Cast) -> None:
    guest = guest_of(prepared(cast))
    press(cast, guest, ghi="absent")
    guest.refresh_from_db()
    assert "Bỏ ghi" in cast.client("lan").get(address(guest.meeting)).text
    press(cast, guest)
    assert guest_of(guest.meeting).attendance == "absent"
    press(cast, guest, ghi="")
    assert guest_of(guest.meeting).attendance == Attendance.UNSAID


def test_two_clerks_do_not_write_over_each_other_unseen(cast: Cast) -> None:
    guest = guest_of(prepared(cast))
    press(cast, guest, "hung", ghi="absent")
    refused = press(cast, guest, ghi="confirmed")
    assert said(refused) == ["Đồng nghiệp vừa ghi “vắng” cho khách này. Xin xem lại rồi ghi."]
    other = guest.meeting.participations.get(name="Trần Chủ Trì")
    press(cast, other, ghi="confirmed")
    assert [guest_of(guest.meeting).attendance, other.__class__.objects.get(pk=other.pk).attendance] == [
        "absent",
        "confirmed",
    ]


def test_a_substitute_stands_in_until_the_guest_comes(cast: Cast) -> None:
    guest = guest_of(prepared(cast))
    press(cast, guest, ghi="du-thay", name="Lê Dự Thay", capacity="Phó Chủ tịch")
    guest.refresh_from_db()
    assert (guest.attendance, str(guest.substitute), guest.substitute.organization) == (
        "substituted",
        "Lê Dự Thay, Phó Chủ tịch",
        cast.partner,
    )
    page = cast.client("lan").get(address(guest.meeting)).text
    assert "3 khách mời: 2 chưa ghi, 1 cử người dự thay." in page and "Lê Dự Thay" in page
    press(cast, guest, ghi="confirmed")
    assert not Participation.objects.filter(name="Lê Dự Thay").exists()


def test_answers_leave_what_was_approved_and_what_visitors_read_as_they_were(cast: Cast) -> None:
    meeting = published(cast, prepared(cast))
    page = reverse("meetings:meeting_page", args=[meeting.slug])
    shown, data = cast.client(None).get(page).content, meeting_data(meeting)
    press(cast, guest_of(meeting), ghi="du-thay", name="Lê Dự Thay", capacity="Phó Chủ tịch")
    assert cast.client(None).get(page).content == shown
    assert meeting_data(Meeting.objects.get(pk=meeting.pk)) == data


def test_the_form_saved_over_answers_keeps_them(cast: Cast) -> None:
    meeting = prepared(cast)
    press(cast, guest_of(meeting), ghi="du-thay", name="Lê Dự Thay", capacity="Phó Chủ tịch")
    form = MeetingForm(meeting_data(meeting), user=cast.lan, record=meeting)
    assert form.is_valid()
    save_meeting(meeting, form.entry(), by=cast.lan, expected=meeting.version)
    assert guest_of(meeting).substitute.name == "Lê Dự Thay"


def test_a_guest_is_added_to_the_draft_that_was_opened(cast: Cast) -> None:
    meeting = prepared(cast)
    posted = {"phien-ban": str(meeting.version), "body": cast.partner.name, "name": "", "capacity": ""}
    client = cast.client("lan")
    client.post(address(meeting), posted)
    added = meeting.participations.last()
    assert (added.organization, added.position) == (cast.partner, 4)
    refused = client.post(address(meeting), posted | {"name": "Người Thứ Hai"})
    assert "đã được sửa sau khi đồng chí mở" in said(refused)[-1]
    assert client.post(address(meeting), {"phien-ban": "2", "body": ""}).status_code == 422


def test_a_body_that_may_be_meant_is_asked_about_before_it_is_written_as_printed(cast: Cast) -> None:
    OrganizationName.objects.create(organization=cast.neighbour, name="Ban Dân vận Phường 1")
    meeting, client = prepared(cast), cast.client("lan")
    posted = {"phien-ban": str(meeting.version), "body": "Ban Dân vận Phường 1"}
    asked = client.post(address(meeting), posted)
    assert (asked.status_code, meeting.participations.count()) == (422, 3)
    assert f'value="{cast.neighbour.code}"' in asked.text and "Không phải: ghi như in" in asked.text
    tick = re.search(r'name="(body-giu-nguyen)" value="(\w+)"', asked.text)
    for answer in ({"body-ma": cast.neighbour.code}, {tick[1]: tick[2]}):
        client.post(address(meeting), posted | answer)
        meeting.refresh_from_db()
        posted["phien-ban"] = str(meeting.version)
    added = list(meeting.participations.all())[3:]
    assert [(one.organization, one.body_printed) for one in added] == [
        (cast.neighbour, ""), (None, "Ban Dân vận Phường 1"),
    ]  # fmt: skip


def test_a_group_is_read_with_its_count_and_nobody_is_added_twice(cast: Cast) -> None:
    meeting, client = prepared(cast), cast.client("lan")

    def add(**posted: str) -> HttpResponse:
        meeting.refresh_from_db()
        told = {"phien-ban": str(meeting.version), "body": "", "name": "", "capacity": ""}
        return client.post(address(meeting), told | posted)

    add(name="hơn 40 đại biểu các đoàn thể")
    group = meeting.participations.last()
    assert (group.approximator, group.count, group.group, group.name) == (
        "hơn", 40, "đại biểu các đoàn thể", "",
    )  # fmt: skip
    add(body=cast.partner.name)
    refused = {
        field: add(**{field: words}).context["form"].errors.get(field)
        for field, words in (
            ("body", cast.partner.name), ("name", "đồng chí Trần Chủ Trì"), ("capacity", ""),
        )
    }  # fmt: skip
    assert refused == {
        "body": ["Cơ quan này đã có trong danh sách khách mời."],
        "name": ["Người này đã có trong danh sách khách mời."],
        "capacity": None,
    }
    assert add(name="50 đại biểu các đoàn thể").status_code == 422
    assert add(name="Trần Chủ Trì", capacity="Bí thư Chi bộ").status_code == 302, "a namesake in another post"
    assert meeting.participations.count() == 6


def test_guests_of_the_conference_before_are_taken_over_once(cast: Cast) -> None:
    before = published(cast, prepared(cast))
    meeting = prepared(cast, previous=before, participations=[ParticipationEntry("Trần Chủ Trì")])
    client = cast.client("lan")
    assert "Hội nghị trước có 2 khách mời chưa có ở đây." in client.get(address(meeting)).text
    posted = {"phien-ban": str(meeting.version), "lam": "lay-hoi-nghi-truoc"}
    assert said(client.post(address(meeting), posted)) == ["Đã lấy 2 khách mời từ hội nghị trước."]
    names = [str(one) for one in meeting.participations.all()]
    assert names == ["Trần Chủ Trì", "Nguyễn Văn Khách, Chủ tịch", "hơn 200 đại biểu các tổ dân phố"]
    assert "Hội nghị trước có" not in client.get(address(meeting)).text


def test_who_chaired_the_conference_before_is_invited_to_the_next_and_chairs_nothing_yet(cast: Cast) -> None:
    before, client = published(cast, prepared(cast)), cast.client("lan")
    meeting, hint = prepared(cast, previous=before, participations=[]), "ghi “Tiếp theo hội nghị” ở trang"
    posted = {"phien-ban": str(meeting.version), "lam": "lay-hoi-nghi-truoc"}
    client.post(address(meeting), posted)
    chair = meeting.participations.first()
    assert (chair.name, chair.role_links.count()) == ("Trần Chủ Trì", 0)
    alone = prepared(cast, participations=[])
    assert hint in client.get(address(alone)).text and hint not in client.get(address(meeting)).text


def test_of_the_place_of_a_body_and_a_person_of_it_one_is_taken_over_and_the_clerk_reads_which(
    cast: Cast,
) -> None:
    guests = [
        ParticipationEntry(organization=cast.neighbour),
        ParticipationEntry("Lê Văn Láng", organization=cast.neighbour),
        ParticipationEntry(organization=cast.partner),
        ParticipationEntry("Đỗ Thị Bên", "Chánh Văn phòng", organization=cast.partner),
    ]
    before = published(cast, prepared(cast, participations=guests))
    here = ParticipationEntry("Trần Văn Mới", "Chủ tịch", organization=cast.partner)
    meeting = prepared(cast, previous=before, participations=[here])
    left = (
        f"Không lấy lại: Đại diện {cast.neighbour} (đã có Lê Văn Láng);"
        f" Đại diện {cast.partner} (đã có Trần Văn Mới)."
    )
    client = cast.client("lan")
    assert left in client.get(address(meeting)).text
    posted = {"phien-ban": str(meeting.version), "lam": "lay-hoi-nghi-truoc"}
    assert said(client.post(address(meeting), posted)) == ["Đã lấy 2 khách mời từ hội nghị trước.", left]
    assert [one.name for one in meeting.participations.all()] == ["Trần Văn Mới", "Lê Văn Láng", "Đỗ Thị Bên"]


def test_hundreds_of_guests_are_compared_with_hundreds_by_what_they_have_in_common(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    guests = [
        ParticipationEntry(f"Nguyễn Văn {at}", "Bí thư", body_printed=f"Chi bộ {at}") for at in range(60)
    ]
    before = published(cast, prepared(cast, participations=guests))
    meeting, folded = prepared(cast, previous=before, participations=guests), []
    monkeypatch.setattr(guest_actions, "fold", lambda text: folded.append(text) or fold(text))
    assert guest_actions.not_yet_there(meeting).taken == []
    assert len(folded) < 10 * len(guests)


def test_everybody_not_noted_is_noted_as_asked_with_one_press(cast: Cast) -> None:
    meeting = published(cast, prepared(cast))
    press(cast, guest_of(meeting), ghi="absent")
    pressed = cast.client("lan").post(address(meeting, "mark_guest"), {"ghi": "moi-tat-ca"})
    assert said(pressed) == ["Đã ghi “đã mời” cho 2 khách mời."]
    assert [one.attendance for one in meeting.participations.all()] == ["invited", "absent", "invited"]


def test_an_approved_conference_takes_no_guest_here(cast: Cast) -> None:
    meeting = published(cast, prepared(cast))
    refused = cast.client("lan").post(
        address(meeting), {"phien-ban": str(meeting.version), "name": "Người Mới"}
    )
    assert said(refused) == ["Văn bản đã được duyệt. Xin mở lại trang để sửa bản đã duyệt."]
    assert not meeting.participations.filter(name="Người Mới").exists()
    assert 'name="name"' not in cast.client("phuc").get(address(meeting)).text


def test_nobody_is_invited_to_a_conference_called_off(cast: Cast) -> None:
    meeting = prepared(cast, stage=Stage.CANCELLED)
    page = cast.client("lan").get(address(meeting)).text
    assert ("Hội nghị này không tổ chức." in page, "giay-moi" in page, "Thêm khách mời" in page) == (
        True,
        False,
        False,
    )
    letters = cast.client("lan").get(address(meeting, "invitations"))
    assert letters.url == address(meeting)


def test_from_the_day_on_it_is_noted_who_came(cast: Cast) -> None:
    meeting = prepared(cast, dated=PartialDate.day(in_days(0)))
    page = cast.client("lan").get(address(meeting)).text
    assert 'value="attended"' in page and 'value="confirmed"' not in page
    press(cast, guest_of(meeting), ghi="attended")
    assert cast.client("lan").get(address(meeting), {"tra-loi": "attended"}).text.count('class="row"') == 1


def test_nothing_odd_is_noted(cast: Cast) -> None:
    guest = guest_of(prepared(cast))
    for posted in (
        {"ghi": "x"},
        {"ghi": "substituted"},
        {"ghi": "du-thay", "name": " "},
        {"khach": "9" * 40},
    ):
        assert len(said(press(cast, guest, **posted))) == 1
    assert not Act.objects.filter(verb=Verb.EDIT).exists()


def test_a_page_of_a_hundred_guests_asks_little(cast: Cast, django_assert_num_queries: Any) -> None:
    people = [ParticipationEntry(f"Khách {place}", "Tổ trưởng") for place in range(150)]
    meeting = prepared(cast, participations=people)
    client = cast.client("lan")
    with django_assert_num_queries(7):
        page = client.get(address(meeting)).text
    assert page.count('class="row"') == 100 and "trang=2" in page


def test_guests_and_stand_ins_are_found_by_their_names(cast: Cast) -> None:
    meeting = prepared(cast)
    add_guest(meeting, GuestEntry("Đặng Thùy Trâm"), by=cast.lan, expected=meeting.version)
    press(cast, guest_of(meeting), ghi="du-thay", name="Đồng chí Lê Dự Thay")

    def found(*words: str) -> bool:
        return Meeting.objects.holding(Sought(" ".join(words), cast.lan)).exists()

    assert (found("thuy", "tram"), found("du", "thay")) == (True, True)
    press(cast, guest_of(meeting), ghi="confirmed")
    assert (found("thuy", "tram"), found("le", "thay")) == (True, False)


def test_two_clerks_do_not_name_two_stand_ins_unseen(cast: Cast) -> None:
    guest = guest_of(prepared(cast))
    press(cast, guest, ghi="du-thay", name="Lê Dự Thay")
    seen = guest_of(guest.meeting)
    seen.substitute  # noqa: B018 - both look at the same page
    press(cast, seen, "hung", ghi="du-thay", name="Phạm Đi Thay")
    press(cast, seen, ghi="du-thay", name="Vũ Đến Thay")
    assert guest_of(guest.meeting).substitute.name == "Phạm Đi Thay"

"""What a clerk typed of a conference stands: presenters, speakers and hours as printed, a calendar that leads back."""

from typing import Any

import pytest
import vobject
from django.http import QueryDict

from meetings import starter
from meetings.actions import DirectiveEntry, ParticipationEntry, save_meeting
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import AgendaItem, Directive, Meeting, MeetingRole, Participation, Stage
from meetings.paste import post_and_body, speaker_in, split_agenda, split_participants, split_sayings
from meetings.reading import MeetingReading
from meetings.word.minutes import Minutes, signature_words
from portal.actions import records
from portal.dates import parse_date
from portal.forms.rows import append_rows
from portal.models import OrganizationName, Person, Position, Signature
from portal.word.letterhead import Layout
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
    lines = [line.text for line in Minutes(MeetingReading(meeting, cast.lan), Layout.STATE)._said()]
    assert lines == ["Phạm Quang Ngọc, Chủ tịch UBND tỉnh:", "- Một.", "- Hai.", "- Ba."]


def test_minutes_say_under_which_authority_somebody_signed_as_the_layout_writes_it(cast: Cast) -> None:
    told = [
        (Layout.STATE, "KT", "KT. Trần Văn An, Phó Chủ tịch"),
        (Layout.PARTY, "TM", "T/M Trần Văn An, Phó Chủ tịch"),
        (Layout.PARTY, "TUQ", "TUQ. Trần Văn An, Phó Chủ tịch"),
        (Layout.STATE, "", "Trần Văn An, Phó Chủ tịch"),
    ]
    one = Signature(person=Person(name="Trần Văn An"), capacity="Phó Chủ tịch")
    for layout, authority, words in told:
        one.authority = authority
        assert signature_words(one, layout) == words


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
    assert Minutes(MeetingReading(meeting, cast.lan), Layout.STATE).day == "chiều ngày 2/4/2016"


def test_a_calendar_file_leads_back_to_the_page(cast: Cast) -> None:
    meeting = published(cast, dated=parse_date("1/12/2126"), stage=Stage.PREPARED)
    for who, page in (("lan", f"/lam-viec/hoi-nghi/{meeting.code}/"), (None, f"/hoi-nghi/{meeting.slug}/")):
        calendar = vobject.readOne(cast.client(who).get(f"{page}lich.ics").text)
        assert calendar.vevent.url.value == f"http://testserver{page}"


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


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8h", "8 giờ 00"),
        ("08:30", "8 giờ 30"),
        ("8 giờ 30", "8 giờ 30"),
        ("8.30 - 9g15", "8 giờ 30 – 9 giờ 15"),
        ("từ 14h đến 15h30'", "từ 14 giờ 00 đến 15 giờ 30"),
        *((one, one) for one in ("25h", "8-9h", "Buổi sáng", "8 hội viên", "30 phút")),
    ],
)
def test_hours_are_said_in_one_form_and_as_typed_where_they_cannot_be_read(typed: str, said: str) -> None:
    assert AgendaItem(time=typed).hours == said


# --- who was there


def people_of(cast: Cast, pasted: str) -> list[tuple[Any, ...]]:
    """Who is kept of a pasted list: the words of each, of how many, and as what."""
    data = QueryDict(mutable=True)
    data["title"], data["people-dan"] = "Hội nghị", pasted
    cast.client("lan").post(NEW, data)
    rows = Participation.objects.prefetch_related("role_links__role")
    return [(str(one), one.count, [link.role.key for link in one.role_links.all()]) for one in rows]


def test_groups_are_groups_and_who_chaired_chairs(cast: Cast) -> None:
    starter.load()
    pasted = (
        "Nguyễn Văn An, Bí thư Đảng ủy, đồng chủ trì hội nghị; khoảng 30 đồng chí bí thư chi bộ; "
        "Các đồng chí bí thư 12 chi bộ; các đồng chí Lê Thị Hai, Trần Ba; cùng hơn 200 đại biểu"
    )
    assert people_of(cast, pasted) == [
        ("Nguyễn Văn An, Bí thư Đảng ủy", None, ["chu-tri"]),
        ("khoảng 30 đồng chí bí thư chi bộ", 30, []),
        ("Các đồng chí bí thư 12 chi bộ", None, []),
        ("Lê Thị Hai", None, []),
        ("Trần Ba", None, []),
        ("hơn 200 đại biểu", 200, []),
    ]


def test_a_save_that_touches_nothing_of_it_changes_no_word(cast: Cast) -> None:
    starter.load()
    chairs = {MeetingRole.objects.get(key="chu-tri")}
    told = [
        ParticipationEntry(group="đoàn viên, thanh niên", count=40, roles=chairs),
        ParticipationEntry(name="Các đồng chí bí thư", capacity="12 chi bộ", roles=chairs),
        ParticipationEntry(body_printed="Công ty Cây xanh", roles=chairs),
        ParticipationEntry(name="30 đồng chí bí thư"),
        ParticipationEntry(group="Công ty Thoát nước; Công ty Chiếu sáng"),
    ]
    meeting = make_meeting(cast, participations=told)
    form = MeetingForm(meeting_data(meeting), user=cast.lan, record=meeting)
    assert form.is_valid()
    rows = Participation.objects.order_by("position")
    before = [(row.pk, row.name, row.capacity, row.group, row.count, row.body_printed) for row in rows]
    save_meeting(meeting, form.entry(), by=cast.lan, expected=meeting.version)
    after = [(row.pk, row.name, row.capacity, row.group, row.count, row.body_printed) for row in rows.all()]
    assert after == before


def test_a_list_longer_than_rows_says_where_it_goes(cast: Cast) -> None:
    data = QueryDict(mutable=True)
    data["title"], data["lam"] = "Hội nghị", "people:split"
    data["people-dan"] = "\n".join(f"Nguyễn Văn {at}, Bí thư" for at in range(500))
    page = cast.client("lan").post(NEW, data)
    form = page.context["form"]
    assert (form.data["attendees"].count("\n"), form.data["people-dan"]) == (499, "")
    assert "mọi người trong đó được ghi ở “Người dự khác”" in page.text


def test_a_guests_body_outside_the_register_stands_as_printed(cast: Cast) -> None:
    meeting = make_meeting(cast, stage=Stage.PREPARED)
    lan, address = cast.client("lan"), f"/lam-viec/hoi-nghi/{meeting.code}/khach-moi/"
    version = {"phien-ban": str(meeting.version)}
    lan.post(address, version | {"body": "Công ty Cây xanh", "name": "Lê Khách", "capacity": "Giám đốc"})
    guest = Participation.objects.get()
    assert (str(guest), guest.body_printed) == ("Lê Khách, Giám đốc, Công ty Cây xanh", "Công ty Cây xanh")
    meeting.refresh_from_db()
    assert meeting_data(meeting)["people-0-body"] == "Công ty Cây xanh"


# --- whom a name means


def named_so(cast: Cast, name: str, capacity: str = "", body: str = "") -> Participation:
    data = QueryDict(mutable=True)
    data["title"] = f"Hội nghị {Meeting.objects.count()}"
    append_rows(data, "people", [{"name": name, "capacity": capacity, "body": body}])
    cast.client("lan").post(NEW, data)
    return Participation.objects.latest("pk")


def test_a_person_known_elsewhere_is_not_taken_by_name_alone(cast: Cast) -> None:
    starter.load()
    far, near = (Person.objects.create(name=name) for name in ("Trần Văn Xa", "Trần Văn Gần"))
    Position.objects.create(person=far, organization=cast.neighbour, title="Phó Chủ tịch phường Ngọc Hà")
    Position.objects.create(person=near, organization=cast.superior, title="Trưởng ban")
    data = QueryDict(mutable=True)
    append_rows(data, "people", [{"name": "Trần Văn Xa"}])
    form = MeetingForm(data, user=cast.lan)
    form.is_valid()
    assert form.rows["people"].forms[0].echoes["name"] == (
        "Có người cùng tên ở nơi khác: đúng là người ấy thì chọn; để nguyên thì ghi như in."
    )
    assert named_so(cast, "Trần Văn Xa", "Bí thư Chi bộ 3").person is None
    assert named_so(cast, "Trần Văn Gần", "Ủy viên").person == near
    assert named_so(cast, "Trần Văn Xa", "Phó Chủ tịch phường Ngọc Hà").person == far
    assert Person.objects.count() == 2


def test_a_short_name_of_a_body_elsewhere_is_asked_about(cast: Cast) -> None:
    starter.load()
    OrganizationName.objects.create(organization=cast.neighbour, name="Ban Dân vận Phường 1")
    kept = named_so(cast, "Lê Văn Một", body="Ban Dân vận Phường 1")
    assert (kept.organization, kept.body_printed) == (None, "Ban Dân vận Phường 1")
    assert named_so(cast, "Lê Văn Hai", body=cast.neighbour.name).organization == cast.neighbour
    OrganizationName.objects.create(organization=cast.partner, name="UBND Phường 1")
    assert named_so(cast, "Lê Văn Ba", body="UBND Phường 1").organization == cast.partner


def test_the_record_tells_a_saying_once_with_the_way_to_assign_it(cast: Cast) -> None:
    meeting = make_meeting(cast, directives=[DirectiveEntry("Sớm tổng kết")])
    text = cast.client("lan").get(f"/lam-viec/hoi-nghi/{meeting.code}/").text
    link = f'<a href="/lam-viec/chi-dao/{meeting.directives.get().code}/giao/">Giao theo dõi</a>'
    assert (text.count("Sớm tổng kết"), text.count(link)) == (1, 1)


def test_a_list_says_the_roles_of_those_it_names_next() -> None:
    pasted = (
        "Chủ trì: đồng chí Bùi Thị E, Trưởng ban\n"
        "Thư ký hội nghị: Lê Văn Ghi; Mai Thị Chép\n"
        "Chứng kiến:\n- Trần Văn Xem, Chủ tịch\n- các ban, ngành\n"
        "Tham dự: Hồ Văn Đến, Bí thư\n"
        "Ngô Văn Thường, Phó Bí thư"
    )
    assert [(one.name or one.group, one.capacity, one.role) for one in split_participants(pasted)] == [
        ("Bùi Thị E", "Trưởng ban", "chu-tri"),
        ("Lê Văn Ghi", "", "thu-ky"),
        ("Mai Thị Chép", "", "thu-ky"),
        ("Trần Văn Xem", "Chủ tịch", "chung-kien"),
        ("các ban, ngành", "", ""),
        ("Hồ Văn Đến", "Bí thư", "du"),
        ("Ngô Văn Thường", "Phó Bí thư", ""),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Dự hội nghị có: ", "Khách mời: ", "Khách mời:\n", "Đại biểu: ", "Về phía Ban Dân vận có:\n- "],
)
def test_a_role_ends_with_the_next_heading(heading: str) -> None:
    pasted = f"Chủ trì:\n- Trần Văn An, Bí thư: 8 giờ\n{heading}Lê Thị Bình, Ủy viên; hơn 200 đại biểu\nVõ Văn Cường"
    assert [(one.name or one.group, one.role) for one in split_participants(pasted)] == [
        ("Trần Văn An", "chu-tri"),
        ("Lê Thị Bình", ""),
        ("đại biểu", ""),
        ("Võ Văn Cường", ""),
    ]


AN, BINH = ("Nguyễn Văn An", "Bí thư Đảng ủy", "chu-tri"), ("Trần Thị Bình", "Phó Chủ tịch, UBND xã", "")


@pytest.mark.parametrize(
    "table",
    [
        "STT\tHọ và tên\tChức vụ\tĐơn vị\tGhi chú\n1\tÔng Nguyễn Văn An\tBí thư Đảng ủy\t\tChủ trì\n2\tBà Trần Thị Bình\tPhó Chủ tịch\tUBND xã\t",
        "TT\tChức vụ, cơ quan\tHọ tên\tVai trò\n1.\tBí thư Đảng ủy\tNguyễn Văn An\tChủ trì\n2.\tPhó Chủ tịch, UBND xã\tTrần Thị Bình\t",
        "1\tNguyễn Văn An\tBí thư Đảng ủy\tChủ trì\n2\tTrần Thị Bình\tPhó Chủ tịch\tUBND xã",
    ],
)
def test_a_table_of_people_is_read_row_by_row(table: str) -> None:
    told = [(one.name, one.capacity, one.role) for one in split_participants(f"Danh sách:\n{table}")]
    assert told == [AN, BINH]
    below = split_participants(f"{table}\nCùng hơn 200 đại biểu")[2]
    assert (below.approximator, below.count, below.group) == ("hơn", 200, "đại biểu")


@pytest.mark.parametrize(
    "line",
    [
        "Đồng chủ trì: Nguyễn Văn An, Trưởng Ban Dân vận và Trần Thị Bình, Chủ tịch UBND",
        "Chủ trì: Nguyễn Văn An (Trưởng Ban Dân vận), Trần Thị Bình (Chủ tịch UBND)",
        "I. Chủ trì\n1. Nguyễn Văn An – Trưởng Ban Dân vận\n2. Trần Thị Bình – Chủ tịch UBND\nII. Đại biểu Thành phố:",
    ],
)
def test_two_chairs_are_two_persons_however_they_are_joined(line: str) -> None:
    assert [(one.name, one.capacity, one.role) for one in split_participants(line)] == [
        ("Nguyễn Văn An", "Trưởng Ban Dân vận", "chu-tri"),
        ("Trần Thị Bình", "Chủ tịch UBND", "chu-tri"),
    ]


def test_a_post_is_completed_by_the_body_it_stands_under_and_never_twice() -> None:
    assert post_and_body("Chủ tịch", "UBND phường Ba Đình") == "Chủ tịch UBND phường Ba Đình"
    assert post_and_body("Trưởng ban", "Ban Dân vận Quận ủy") == "Trưởng ban, Ban Dân vận Quận ủy"
    assert post_and_body("Chủ tịch UBND phường", "UBND phường") == "Chủ tịch UBND phường"
    assert post_and_body("Chủ tịch", "") == "Chủ tịch"


def test_a_post_of_two_places_is_one_post() -> None:
    [one] = split_participants("Nguyễn Văn An, Bí thư Quận ủy Đống Đa và Hoàng Mai")
    assert one.capacity == "Bí thư Quận ủy Đống Đa và Hoàng Mai"


def test_who_stands_before_a_colon_with_a_post_made_the_saying() -> None:
    said = "Nguyễn Văn An, Bí thư Đảng ủy: đề nghị rà soát"
    assert speaker_in(said, lambda name: name == "Nguyễn Văn An") == ("Nguyễn Văn An", said)
    assert speaker_in("Hải Dương, Hưng Yên: rà soát")[0] == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "- Đồng chí Trần Thị Thu Hà đề nghị HĐND phường giám sát;",
            ("Trần Thị Thu Hà", "Đề nghị HĐND phường giám sát"),
        ),
        ("Trần Thị Hà: sớm ban hành;", ("", "Trần Thị Hà: sớm ban hành")),
        (
            "Đồng chí Trần Hà, Phó Bí thư Đảng ủy, yêu cầu làm rõ",
            ("Trần Hà", "Đồng chí Trần Hà, Phó Bí thư Đảng ủy, yêu cầu làm rõ"),
        ),
        ("Đề nghị UBND phường: rà soát", ("", "Đề nghị UBND phường: rà soát")),
        ("Đồng chí Bí thư yêu cầu làm rõ", ("", "Đồng chí Bí thư yêu cầu làm rõ")),
    ],
)
def test_a_saying_tells_who_made_it(line: str, said: tuple[str, str]) -> None:
    assert [speaker_in(one) for one in split_sayings(line)] == [said]


def test_a_named_speaker_is_not_the_one_of_all_the_others(cast: Cast) -> None:
    data = QueryDict(mutable=True)
    data["title"], data["speaker"], data["lam"] = "Hội nghị sơ kết", "Nguyễn Văn Chung", "save"
    append_rows(data, "partners", [{"side": "1", "name": cast.ours.name}])
    data["sayings-dan"] = (
        "Đồng chí Trần Thị Thu Hà đề nghị HĐND giám sát;\nSớm ban hành kế hoạch\n"
        "Lê Văn Dự: báo cáo sớm\nLâm Đồng: chủ động báo cáo"
    )
    data["attendees"] = "Lê Văn Dự, Bí thư"
    append_rows(data, "sayings", [{"text": "Ông Lê Văn Riêng yêu cầu báo cáo"}])
    cast.client("lan").post(NEW, data)
    assert [(one.text, one.said_by) for one in Directive.objects.order_by("pk")] == [
        ("Ông Lê Văn Riêng yêu cầu báo cáo", "Lê Văn Riêng"),
        ("Đề nghị HĐND giám sát", "Trần Thị Thu Hà"),
        ("Sớm ban hành kế hoạch", "Nguyễn Văn Chung"),
        ("Báo cáo sớm", "Lê Văn Dự"),
        ("Lâm Đồng: chủ động báo cáo", "Nguyễn Văn Chung"),
    ]


def test_words_too_long_for_a_name_are_nobody() -> None:
    assert speaker_in(f"Ông Trần {'H' + 'a' * 300}: sớm")[0] == ""

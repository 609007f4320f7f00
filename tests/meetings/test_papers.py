"""Papers of a conference: invitations, the list of guests, minutes, the pack; on paper and on the page."""

import html
import io
import re
from datetime import date, time
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx.document import Document

from meetings.actions import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    ParticipationEntry,
    PresentationEntry,
    TablePaperEntry,
    TaskEntry,
    save_meeting,
)
from meetings.actions.guests import mark, substitute
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.models import Meeting, MeetingPaper, MeetingRole, Stage
from portal.actions import records
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry
from portal.dates import PartialDate, parse_date
from portal.files import keep
from portal.models import Act, WordTemplate
from programs.actions import ItemEntry
from tests.cast import Cast, in_days, make_file, make_meeting, make_program
from tests.read_word import Line, lines, looks, opened, reminders, texts

Role = MeetingPaper.Role


def role(key: str) -> MeetingRole:
    return MeetingRole.objects.get_or_create(key=key, defaults={"name": key})[0]


def coming(cast: Cast, **changes: Any) -> Meeting:
    """A conference to come of our body and its partner, with an agenda, chairs and guests."""
    told = {
        "dated": PartialDate.day(date(2026, 12, 4)),
        "stage": Stage.PREPARED,
        "starts_at": time(8),
        "place": "Hội trường phường",
        "agenda": [AgendaEntry("Khai mạc", "8:00", "Văn phòng"), AgendaEntry("Ký kết")],
        "participations": [
            ParticipationEntry("Trần Chủ Trì", "Trưởng ban", roles={role("chu-tri")}),
            ParticipationEntry("Đỗ Chủ Tọa", "Chủ tịch", roles={role("chu-tri")}),
            ParticipationEntry("Lê Ghi Chép", roles={role("thu-ky")}),
            ParticipationEntry("Nguyễn Văn Khách", "Phó Bí thư"),
            ParticipationEntry(organization=cast.neighbour),
            ParticipationEntry(group="đại biểu các tổ dân phố", count=200, approximator="hơn"),
        ],
    }
    return make_meeting(cast, "Hội nghị ký kết chương trình phối hợp", **told | changes)


def published(cast: Cast, meeting: Meeting) -> Meeting:
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    return meeting


def paper_of(cast: Cast, meeting: Meeting, name: str, who: str = "lan", **asked: Any) -> Document:
    """A paper of a conference in Word, as a person gets it."""
    url = reverse(f"meetings:{name}_of_meeting", args=[meeting.code])
    answer = cast.client(who).get(url, asked)
    assert answer.status_code == 200
    return opened(answer.content)


def page_of(cast: Cast, meeting: Meeting, who: str = "lan") -> str:
    return (
        cast.client(who).get(reverse("meetings:pack_of_meeting", args=[meeting.code])).text.split("<main")[1]
    )


# --- invitations


def test_a_letter_reads_from_head_to_foot(cast: Cast) -> None:
    meeting = coming(cast)
    guest = meeting.participations.get(name="Nguyễn Văn Khách")
    paper = paper_of(cast, meeting, "invitations", khach=guest.pk)
    assert lines(paper) == [
        Line("ĐẢNG ỦY PHƯỜNG BA ĐÌNH", "Cơ quan cấp trên"),
        Line("BAN DÂN VẬN", "Cơ quan ban hành"),
        Line("*", "Cơ quan ban hành"),
        Line("Số ………-GM/BDVĐU", "Số, ký hiệu"),
        Line("ĐẢNG CỘNG SẢN VIỆT NAM", "Tiêu đề Đảng"),
        Line("Ba Đình, ngày …… tháng …… năm ……", "Nơi, ngày"),
        Line("GIẤY MỜI", "Tên loại"),
        Line("hội nghị ký kết chương trình phối hợp", "Trích yếu"),
        Line("-----", "Trích yếu"),
        Line(
            "Ban Dân vận Đảng ủy phường Ba Đình trân trọng kính mời: đồng chí Nguyễn Văn Khách, Phó Bí thư.",
            "Nội dung",
        ),
        Line("Tới dự: hội nghị ký kết chương trình phối hợp.", "Nội dung"),
        Line("Thời gian: 8 giờ 00, thứ Sáu, ngày 4/12/2026.", "Nội dung"),
        Line("Địa điểm: Hội trường phường.", "Nội dung"),
        Line("Chủ trì: Trần Chủ Trì, Trưởng ban; Đỗ Chủ Tọa, Chủ tịch.", "Nội dung"),
        Line("Chương trình:", "Mục"),
        Line("- 8 giờ 00: Khai mạc;", "Nội dung"),
        Line("- Ký kết.", "Nội dung"),
        Line("Rất mong đồng chí thu xếp thời gian đến dự.", "Đoạn cuối"),
        Line("Nơi nhận:", "Nơi nhận"),
        Line("- Như trên;", "Dòng nơi nhận"),
        Line("- Lưu.", "Dòng nơi nhận"),
        Line("BAN DÂN VẬN ĐẢNG ỦY PHƯỜNG BA ĐÌNH", "Quyền hạn, chức vụ"),
    ]
    assert reminders(paper) == ["CHƯA ĐƯỢC DUYỆT TRÊN CỔNG"] * 2


def test_a_letter_says_the_hours_and_days_that_are_known(cast: Cast) -> None:
    told = [
        ({"ends_at": time(10, 30)}, "từ 8 giờ 00 đến 10 giờ 30, thứ Sáu, ngày 4/12/2026"),
        ({"starts_at": None}, "thứ Sáu, ngày 4/12/2026"),
        ({"starts_at": None, "dated": parse_date("12/2026")}, "tháng 12/2026"),
        ({"dated": parse_date("")}, "8 giờ 00, ………"),
    ]
    for known, said in told:
        assert f"Thời gian: {said}." in texts(paper_of(cast, coming(cast, **known), "invitations"))


def test_letters_to_all_begin_a_page_each_of_the_same_size(cast: Cast) -> None:
    meeting = coming(cast)
    paper = paper_of(cast, meeting, "invitations")
    assert texts(paper, "Tên loại") == ["GIẤY MỜI"] * 6
    assert [one.partition("kính mời: ")[2] for one in texts(paper, "Nội dung") if "kính mời" in one][3:] == [
        "đồng chí Nguyễn Văn Khách, Phó Bí thư.",
        "Đại diện Ban Dân vận Đảng ủy phường Ngọc Hà.",
        "Đại biểu các tổ dân phố.",
    ]
    sizes = {
        tuple(round(size.mm) for size in (one.page_width, one.page_height, one.top_margin, one.left_margin, one.right_margin))
        for one in paper.sections
    }  # fmt: skip
    assert (len(paper.sections), sizes) == (6, {(210, 297, 20, 30, 15)})
    assert {one.different_first_page_header_footer for one in paper.sections} == {True}
    assert looks(paper, "Nội dung") == ("Times New Roman", 14, False, False)


def test_papers_tell_of_which_body_somebody_is_unless_the_capacity_does(cast: Cast) -> None:
    body, said = cast.partner, f"Chủ tịch {cast.partner}"
    people = [
        ParticipationEntry("Phạm Thu Hà", "Chủ tịch", organization=body),
        ParticipationEntry("Lê Quốc Hùng", said, organization=body),
    ]
    meeting = held(cast, participations=people, presentations=[], directives=[])
    wanted = [f"Phạm Thu Hà, Chủ tịch, {body}", f"Lê Quốc Hùng, {said}"]
    minutes, letters = (
        texts(paper_of(cast, meeting, "minutes")),
        texts(paper_of(cast, meeting, "invitations")),
    )
    assert minutes[minutes.index("Có mặt:") + 1 :][:2] == [f"- {wanted[0]};", f"- {wanted[1]}."]
    assert [one.partition("đồng chí ")[2] for one in letters if "kính mời" in one] == [
        f"{one}." for one in wanted
    ]


def test_a_letter_of_a_state_body_takes_the_states_layout(cast: Cast) -> None:
    sides = [PartnerEntry(1, cast.partner), PartnerEntry(2, cast.ours)]
    meeting = coming(cast)
    meeting.document.partners.all().delete()
    for one in sides:
        meeting.document.partners.create(side=one.side, organization=one.organization, position=one.side)
    paper = paper_of(cast, meeting, "invitations")
    assert texts(paper)[:4] == [
        "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH",
        "Số: ………/GM-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert "Ông/Bà Trần Chủ Trì, Trưởng ban" in texts(paper, "Nội dung")[0]


# --- the list of guests


def test_the_list_says_who_comes_and_who_stands_in(cast: Cast) -> None:
    meeting = coming(cast)
    guest = meeting.participations.get(name="Nguyễn Văn Khách")
    substitute(guest, "Lê Dự Thay", "Ủy viên", by=cast.lan, seen="")
    mark(meeting.participations.get(name="Trần Chủ Trì"), "confirmed", by=cast.lan, seen="")
    paper = paper_of(cast, meeting, "word_guests")
    signed_by = (texts(paper, "Cơ quan ban hành"), texts(paper, "Quyền hạn, chức vụ"))
    assert signed_by == (["BAN DÂN VẬN", "*"], ["BAN DÂN VẬN ĐẢNG ỦY PHƯỜNG BA ĐÌNH"])
    assert texts(paper, "Nội dung") == ["6 khách mời: 4 chưa ghi, 1 sẽ dự, 1 cử người dự thay."]
    cells = texts(paper, "Ô bảng")
    assert cells[:4] == ["1", "Trần Chủ Trì", "Trưởng ban", "sẽ dự"]
    assert cells[cells.index("Nguyễn Văn Khách") + 1 :][:2] == [
        "Phó Bí thư",
        "cử người dự thay: Lê Dự Thay, Ủy viên",
    ]
    assert cells[-2:] == ["6", "Hơn 200 đại biểu các tổ dân phố"]


# --- minutes


def held(cast: Cast, **changes: Any) -> Meeting:
    """A conference that was held, with everything told of it."""
    program = make_program(cast, "approved", title="Chương trình đã ký", number="01-CTrPH/A-B")
    told = {
        "stage": Stage.HELD,
        "dated": parse_date("23/3/2023"),
        "ends_at": time(11, 30),
        "summary": "Hội nghị nghe báo cáo.",
        "closing": "Thống nhất triển khai.",
        "papers": [TablePaperEntry(role=Role.SIGNED, document=program.document)],
        "presentations": [PresentationEntry("Công tác dân vận ở tổ dân phố.", by="Nguyễn Văn Khách")],
        "directives": [DirectiveEntry("Tiếp tục phối hợp", speakers=["Trần Chủ Trì"])],
    }
    return coming(cast, **told | changes)


def test_minutes_follow_the_official_order(cast: Cast) -> None:
    meeting = held(cast)
    absent = meeting.participations.get(organization=cast.neighbour)
    mark(absent, "absent", by=cast.lan, seen="")
    paper = paper_of(cast, meeting, "minutes")
    day = timezone.localtime(Act.objects.about(meeting).first().at)
    assert texts(paper, "Dự thảo") == [f"DỰ THẢO ngày {day.day}/{day.month}/{day.year}"]
    text = texts(paper)
    assert text[text.index("BIÊN BẢN") :] == [
        "BIÊN BẢN", "hội nghị ký kết chương trình phối hợp", "-----",
        "I- THỜI GIAN, ĐỊA ĐIỂM",
        "Thời gian bắt đầu: 8 giờ 00, ngày 23/3/2023.", "Địa điểm: Hội trường phường.",
        "II- THÀNH PHẦN THAM DỰ",
        "Chủ trì: Trần Chủ Trì, Trưởng ban; Đỗ Chủ Tọa, Chủ tịch.", "Thư ký: Lê Ghi Chép.",
        "Có mặt:", "- Nguyễn Văn Khách, Phó Bí thư;", "- Hơn 200 đại biểu các tổ dân phố.",
        "Vắng:", "- Ban Dân vận Đảng ủy phường Ngọc Hà.",
        "III- NỘI DUNG HỘI NGHỊ",
        "1- Chương trình hội nghị", "- 8 giờ 00: Khai mạc (Văn phòng);", "- Ký kết.",
        "2- Diễn biến", "Hội nghị nghe báo cáo.",
        "3- Tham luận", "- Nguyễn Văn Khách, Phó Bí thư: Công tác dân vận ở tổ dân phố.",
        "4- Ký kết", "- Chương trình đã ký, số 01-CTrPH/A-B.", "Người ký: ……….",
        "5- Ý kiến chỉ đạo", "- Trần Chủ Trì, Trưởng ban: Tiếp tục phối hợp.",
        "IV- KẾT LUẬN",
        "Thống nhất triển khai.", "Hội nghị kết thúc vào 11 giờ 30, ngày 23/3/2023.",
        "CHỦ TỌA", "CHỦ TỌA", "Đỗ Chủ Tọa", "Trần Chủ Trì", "THƯ KÝ", "Lê Ghi Chép",
        "Nơi nhận:", "- Ban Dân vận Đảng ủy phường Ba Đình;", "- UBND phường Ba Đình;", "- Lưu.",
    ]  # fmt: skip


def test_minutes_of_a_conference_to_come_invent_nobody(cast: Cast) -> None:
    text = texts(paper_of(cast, coming(cast, starts_at=None, place="", agenda=[]), "minutes"))
    assert "Thời gian bắt đầu: ……… giờ, ngày 4/12/2026." in text and "Địa điểm: ………." in text
    assert text[text.index("Có mặt: ………") :][:3] == ["Có mặt: ………", "Vắng: ………", "Chưa ghi có mặt hay vắng:"]


def test_an_office_template_older_than_the_agenda_keeps_its_line(cast: Cast) -> None:
    sheet, written = docx.Document(), io.BytesIO()
    for words in ("{% for dong in cac_dong %}", "{{ dong.nhan }}: {{ dong.chu }}", "{% endfor %}"):
        sheet.add_paragraph(words)
    sheet.save(written)
    kept = keep(SimpleUploadedFile("giay-moi.docx", written.getvalue()), by=cast.quy)
    WordTemplate.objects.create(paper="invitation-party", file=kept)
    said = texts(paper_of(cast, coming(cast), "invitations"))
    assert said[-1] == "Chương trình: 8 giờ 00: Khai mạc; Ký kết"


def test_what_a_person_typed_stays_text(cast: Cast) -> None:
    hostile = "{{ so }} {% for x in y %} <w:p> & \x0b"
    people = [ParticipationEntry(hostile[:20]), ParticipationEntry(group=hostile)]
    meeting = coming(cast, summary=hostile, place=hostile, participations=people)
    for name in ("minutes", "invitations", "word_guests", "word_pack"):
        said = "\n".join(texts(paper_of(cast, meeting, name)))
        assert "{{ so }} {% for x in" in said


# --- the pack


def with_a_past(cast: Cast) -> Meeting:
    """A conference on a draft, after one that reviewed the same programme and gave a task."""
    old = make_program(cast, "published", title="Chương trình cũ")
    task = TaskEntry(date(2023, 12, 31), [cast.partner])
    before = published(
        cast,
        held(
            cast,
            papers=[TablePaperEntry(role=Role.REVIEWED, document=old.document)],
            directives=[DirectiveEntry("Ký lại trong năm", speakers=["Trần Chủ Trì"], task=task)],
        ),
    )
    items = [
        ItemEntry("Việc các bên cùng đọc", audience="parties"),
        ItemEntry("Việc bàn trong cơ quan", audience="body"),
    ]
    draft = make_program(cast, "approved", title="Dự thảo mới", items=items)
    papers = [
        TablePaperEntry(role=Role.REVIEWED, document=old.document),
        TablePaperEntry(role=Role.DISCUSSED, document=draft.document),
    ]
    return published(cast, coming(cast, papers=papers, previous=before))


def test_the_pack_holds_everything_in_order_on_page_and_paper(cast: Cast) -> None:
    meeting = with_a_past(cast)
    paper = paper_of(cast, meeting, "word_pack")
    assert texts(paper, "Phần") == [
        "I. CHƯƠNG TRÌNH HỘI NGHỊ", "II. KHÁCH MỜI", "III. VĂN BẢN TRÌNH HỘI NGHỊ",
        "IV. THAM LUẬN, TÀI LIỆU KÈM THEO", "V. KẾT QUẢ GIAI ĐOẠN TRƯỚC", "VI. NHIỆM VỤ TỪ HỘI NGHỊ TRƯỚC",
    ]  # fmt: skip
    text, page = texts(paper), re.sub(r"<[^>]+>", "", page_of(cast, meeting))
    wanted = [
        "8 giờ 00: Khai mạc (Văn phòng)", "1. Trần Chủ Trì, Trưởng ban, chủ trì",
        "Chương trình phối hợp về dự thảo mới",
        "1- Việc các bên cùng đọc.", "2- Việc bàn trong cơ quan.", "Chương trình cũ", "Hội nghị nghe báo cáo.",
        "– Trần Chủ Trì, Trưởng ban: Ký lại trong năm – 0/1 cơ quan đã hoàn thành", "Ký lại trong năm",
        "– UBND phường Ba Đình: chưa trả lời, hạn 31/12/2023, quá hạn",
    ]  # fmt: skip
    places = [text.index(line) for line in wanted]
    assert places == sorted(places)
    assert [line for line in wanted[1:] if line not in page] == []
    assert "8 giờ 00 Khai mạc (Văn phòng)" in page  # the hour stands in a column of its own there


def test_the_pack_leads_to_the_files_each_reader_may_open(cast: Cast) -> None:
    kept = {name: [FileEntry(make_file(cast, "body"), f"{name} {who}", who) for who in ("parties", "body")]
            for name in ("Bản dự thảo", "Bài đọc", "Báo cáo")}  # fmt: skip
    draft = make_program(cast, "approved", title="Dự thảo mới", items=[], files=kept["Bản dự thảo"])
    paper = PaperEntry(
        "Hội nghị ký kết", dated=parse_date("4/12/2026"), files=kept["Bài đọc"] + kept["Báo cáo"]
    )
    paper.partners = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)]
    talk = PresentationEntry(
        "Kinh nghiệm đối thoại", by="Trần Văn A", attachment=kept["Bài đọc"][0].attachment
    )
    table = [TablePaperEntry(role=Role.DISCUSSED, document=draft.document)]
    entry = MeetingEntry(paper, stage=Stage.PREPARED, presentations=[talk], papers=table)
    meeting = published(cast, save_meeting(None, entry, by=cast.lan, keeper=cast.ours))
    told = {
        who: re.findall(r'href="/tep/\w+/[^"]+">Tệp kèm theo: (.+?) \(PDF', page_of(cast, meeting, who))
        for who in ("phuc", "lan")
    }
    first = ["Bản dự thảo parties", "Bài đọc parties", "Báo cáo parties"]
    assert told == {
        "phuc": first,
        "lan": [first[0], "Bản dự thảo body", first[1], "Bài đọc body", first[2], "Báo cáo body"],
    }
    assert any(one.startswith("Tệp kèm theo: Bài đọc") for one in texts(paper_of(cast, meeting, "word_pack")))


def test_the_words_of_word_files_stand_in_the_pack_and_of_others_it_is_said_that_they_do_not(
    cast: Cast,
) -> None:
    draft = docx.Document()
    draft.add_paragraph("Điều 1. Việc chỉ có trong tệp")
    draft.add_table(1, 2).rows[0].cells[1].text = "Ô trong bảng"
    sent = io.BytesIO()
    draft.save(sent)
    upload = SimpleUploadedFile("Bản thảo.docx", sent.getvalue())
    word = keep(upload, by=cast.lan)
    program = make_program(
        cast, "approved", title="Dự thảo mới", items=[],
        files=[FileEntry(word, "Bản thảo", "parties"), FileEntry(make_file(cast, "body"), "Bản quét", "parties")],
    )  # fmt: skip
    meeting = published(
        cast, coming(cast, papers=[TablePaperEntry(Role.DISCUSSED, document=program.document)])
    )
    page = html.unescape(re.sub(r"<[^>]+>", "", page_of(cast, meeting, "phuc")))
    paper = "\n".join(texts(paper_of(cast, meeting, "word_pack")))
    for said in (page, paper):
        assert "Điều 1. Việc chỉ có trong tệp" in said and "Ô trong bảng" in said
        assert re.findall(r"Tệp kèm theo: ([^(]+) \([^)]*\)(, không nằm trong tập này)?", said) == [
            ("Bản thảo", ""), ("Bản quét", ", không nằm trong tập này"),
        ]  # fmt: skip


def test_each_reads_the_pack_as_they_read_its_papers(cast: Cast) -> None:
    meeting = with_a_past(cast)
    read = {who: page_of(cast, meeting, who) for who in ("lan", "phuc")}
    assert ["Việc bàn trong cơ quan" in page for page in read.values()] == [True, False]
    assert all("Việc các bên cùng đọc" in page for page in read.values())
    for name in ("pack", "word_pack", "guests", "word_guests", "minutes"):
        url = reverse(f"meetings:{name}_of_meeting", args=[meeting.code])
        assert [cast.client(who).get(url).status_code for who in ("binh", None)] == [404, 302]


def test_what_is_still_to_be_signed_before_this_conference_is_not_told_as_signed(cast: Cast) -> None:
    draft = make_program(cast, "approved", title="Dự thảo ký tháng trước")
    papers = [TablePaperEntry(role=Role.SIGNED, document=draft.document)]
    before = coming(cast, papers=papers, dated=PartialDate.day(in_days(12)))
    then = coming(cast, dated=PartialDate.day(in_days(40)), previous=before)
    text = texts(paper_of(cast, then, "word_pack"))
    assert text[text.index("– Chương trình phối hợp về dự thảo ký tháng trước") - 1] == "Ký kết"
    assert any(line.endswith(", Hội trường phường, sắp tổ chức") for line in text)
    Meeting.objects.filter(pk=before.pk).update(stage=Stage.HELD)
    assert "Đã ký kết" in texts(paper_of(cast, then, "word_pack"))


def test_a_part_with_nothing_says_so(cast: Cast) -> None:
    meeting = coming(cast, participations=[], agenda=[])
    said = [
        "Chưa ghi chương trình.", "Chưa có khách mời nào.", "Không có dự thảo hay văn bản nào trình hội nghị.",
        "Chưa có tham luận hay tài liệu nào.", "Chưa ghi chương trình được sơ kết, tổng kết hay hội nghị nào trước đây.", "Chưa ghi hội nghị nào trước đây.",
    ]  # fmt: skip
    page, paper = page_of(cast, meeting), texts(paper_of(cast, meeting, "word_pack"))
    assert [line for line in said if line not in page or line not in paper] == []


def test_an_inspector_leaves_a_trace_on_every_paper_of_the_pack(cast: Cast) -> None:
    program = make_program(cast, "approved", dated=parse_date("14/4/2022"))
    papers = [TablePaperEntry(role=Role.SIGNED, document=program.document)]
    meeting = published(cast, held(cast, dated=parse_date("14/4/2022"), papers=papers))
    page_of(cast, meeting, "kien")
    assert [Act.objects.about(one).filter(person=cast.kien).count() for one in (meeting, program)] == [1, 1]


def test_the_pack_asks_no_more_for_more_guests(cast: Cast, django_assert_num_queries: Any) -> None:
    for count in (5, 60):
        people = [ParticipationEntry(f"Khách {place}", "Tổ trưởng") for place in range(count)]
        meeting = coming(cast, participations=people)
        client = cast.client("lan")
        with django_assert_num_queries(12):
            client.get(reverse("meetings:pack_of_meeting", args=[meeting.code]))


def test_an_inspector_of_the_pack_leaves_a_trace_on_earlier_conferences_too(cast: Cast) -> None:
    first = make_meeting(cast, "Hội nghị đầu nhiệm kỳ", dated=parse_date("1/2/2021"), summary="Đã bàn việc.")
    second = make_meeting(cast, "Hội nghị tiếp", dated=parse_date("1/2/2022"), previous=first)
    for one in (first, second):
        records.submit(one, by=cast.lan)
        approve_meeting(one, by=cast.hung, expected=one.version)
    assert "Đã bàn việc." in page_of(cast, second, "kien")
    for one in (first, second):
        assert Act.objects.about(one).filter(verb="read", person=cast.kien).count() == 1

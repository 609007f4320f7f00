"""The pages of tasks: assigned after a look at whom they reach, answered, read, counted; told to nobody else."""

import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from meetings import starter
from meetings.actions import DirectiveEntry, TablePaperEntry, TaskEntry
from meetings.actions import derived as actions
from meetings.actions.answers import AnswerEntry, accept, answer
from meetings.actions.meetings import approve_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.measuring import counted_done
from meetings.models import Assignment, Directive, Meeting, MeetingPaper, Task
from meetings.models.tasks import NO_DAY
from meetings.task_reading import story_of
from portal import nightly
from portal.actions import records
from portal.actions.registers import rebuild_reach
from portal.dates import PartialDate
from portal.files import content
from portal.models import (
    Act,
    AdministrativeUnit,
    Attachment,
    Level,
    Organization,
    Succession,
    User,
    Verb,
)
from portal.templatetags.say import vdate
from programs.actions.reviews import freeze
from programs.models import Program, Review
from programs.review_reading import ReviewReading
from programs.review_telling import task_told
from programs.word.report import Report
from tests.cast import Cast, in_days, make_body, make_meeting, make_program
from tests.portal.test_photos import ORIENTATION, photo
from tests.programs.test_reviews import make_review

BOARD = "/lam-viec/nhiem-vu/"
BOARD_QUERIES = 7  # one asks which tasks the portal counts itself
RECORD_QUERIES = 21  # two of them for the newer kinds of paper, one for the makers of its saying


@pytest.fixture
def program(cast: Cast) -> Program:
    """A programme in force, of our body and its partner."""
    return make_program(cast, "approved", period="2022-2035")


def held(
    cast: Cast,
    program: Program,
    *sayings: DirectiveEntry,
    approved: bool = True,
    keeper: Organization | None = None,
) -> Meeting:
    """A conference, of our body unless said, at which the programme was reviewed and something was said."""
    starter.load()
    papers = [TablePaperEntry(role=MeetingPaper.Role.REVIEWED, document=program.document)]
    meeting = make_meeting(cast, "Hội nghị tổng kết", papers=papers, directives=list(sayings), keeper=keeper)
    if approved:
        records.submit(meeting, by=cast.quy if keeper else cast.lan)
        approve_meeting(meeting, by=cast.quy if keeper else cast.hung, expected=meeting.version)
    return meeting


def said(cast: Cast, program: Program, text: str = "Sớm ký kết", days: int = 30, **task: Any) -> Assignment:
    """A saying of an approved conference, assigned to the partner."""
    entry = TaskEntry(in_days(days) if "due_on" not in task else task.pop("due_on"), [cast.partner], **task)
    held(cast, program, DirectiveEntry(text, task=entry))
    return Assignment.objects.latest("pk")


def assign_page(directive: Directive) -> str:
    return f"/lam-viec/chi-dao/{directive.code}/giao/"


def look_and_assign(client: Client, url: str, **posted: str) -> Any:
    """Look whom it reaches, then assign exactly that."""
    shown = client.post(url, posted | {"lam": "xem"})
    seen = re.search(r'name="nhan" value="(\w+)"', shown.text)
    return client.post(url, posted | {"lam": "giao", "nhan": seen[1] if seen else ""})


# --- assigning


def test_a_saying_is_assigned_after_a_look_at_whom_it_reaches(cast: Cast, program: Program) -> None:
    meeting = held(cast, program, DirectiveEntry("Sớm đánh giá việc phối hợp"), keeper=cast.superior)
    record = f"/lam-viec/hoi-nghi/{meeting.code}/"
    offered = {name: "/giao/" in cast.client(name).get(record).text for name in ("thu", "mai", "phuc", "lan")}
    assert offered == {"thu": True, "mai": False, "phuc": False, "lan": False}
    version, url, client = meeting.version, assign_page(meeting.directives.get()), cast.client("thu")
    posted = {"body_1": "UBND phường Ba Đình", "kind": "bdv", "territory": "thành phố Hà Nội"}
    posted |= {"due": f"{in_days(40):%d/%m/%Y}", "measure": "signed"}
    unseen = client.post(url, posted | {"lam": "giao"})
    assert "Nhiệm vụ sẽ đến 3 cơ quan" in unseen.text and not Task.objects.exists()
    answered = look_and_assign(client, url, **posted)
    task = Task.objects.get()
    assert answered["Location"] == f"{BOARD}ca-viec/{task.code}/"
    bodies = [cast.ours, cast.partner, cast.neighbour]
    assert {one.organization for one in task.assignments.all()} == set(bodies), (
        "who orders owes itself nothing"
    )
    meeting.refresh_from_db()
    assert meeting.version == version
    assert [act.verb for act in Act.objects.about(task)] == ["assign"]
    again = client.get(url)
    assert again.status_code == 302 and task.code in again["Location"]


def test_a_body_alive_that_day_is_addressed_and_its_heir_asked_at_once(cast: Cast, program: Program) -> None:
    meeting = held(cast, program, DirectiveEntry("Sớm đánh giá"))
    heir = make_body("UBND phường mới", started_on=date(2025, 7, 1))
    cast.partner.ended_on = date(2025, 6, 30)
    cast.partner.save()
    Succession.objects.create(predecessor=cast.partner, successor=heir, kind="merged")
    rebuild_reach()
    url, client = assign_page(meeting.directives.get()), cast.client("lan")
    late = client.post(url, {"body_1": heir.name, "no_day": "on", "lam": "xem"})
    assert "Ngày 23/3/2023, cơ quan này không hoạt động." in late.text
    names = {"others": f"{cast.partner.label}\n{cast.neighbour.name}; {cast.superior.name}", "no_day": "on"}
    shown = client.post(url, names | {"lam": "xem"}).text
    assert "UBND phường Ba Đình đã kết thúc: chuyển ngay cho UBND phường mới." in shown
    look_and_assign(client, url, **names)
    assert {(one.organization, one.state) for one in Assignment.objects.all()} == {
        (cast.partner, "closed"), (heir, "open"), (cast.neighbour, "open"), (cast.superior, "open"),
    }  # fmt: skip
    told = story_of(Assignment.objects.get(organization=cast.partner))
    assert [(one.verb, one.text) for one in told] == [
        ("cơ quan được giao đã kết thúc", "đã chuyển cho cơ quan kế thừa"), ("giao theo dõi", "")
    ]  # fmt: skip


def test_a_day_that_has_passed_is_refused_unless_the_words_are_older(cast: Cast, program: Program) -> None:
    old = held(cast, program, DirectiveEntry("Sớm đánh giá"))
    new = make_meeting(
        cast, "Hôm nay", dated=PartialDate.day(in_days(0)), directives=[DirectiveEntry("Sớm ký")]
    )
    client, body = cast.client("lan"), {"body_1": "UBND phường Ba Đình", "lam": "xem"}
    words = {}
    for name, meeting, due in (
        ("today", new, "1/6/2023"),
        ("before", old, "1/3/2023"),
        ("then", old, "1/6/2023"),
    ):
        answered = client.post(assign_page(meeting.directives.get()), body | {"due": due})
        said = ("Hạn này đã qua.", "Hạn này trước ngày nêu ý kiến.", "Hạn này đã qua: khi gửi đi")
        words[name] = (answered.status_code, [one for one in said if one in answered.text])
    assert words == {
        "today": (422, ["Hạn này đã qua."]),
        "before": (422, ["Hạn này trước ngày nêu ý kiến."]),
        "then": (200, ["Hạn này đã qua: khi gửi đi"]),
    }


def test_bodies_of_one_name_are_ticked_by_place_and_years_as_many_as_are_meant(
    cast: Cast, program: Program
) -> None:
    url = assign_page(held(cast, program, DirectiveEntry("Sớm đánh giá")).directives.get())
    country = AdministrativeUnit.objects.create(name="Việt Nam", level=Level.objects.create(key="tw", rank=0))
    AdministrativeUnit.objects.filter(pk=cast.superior.territory_id).update(parent=country)
    homes = [cast.partner.territory, cast.neighbour.territory, cast.superior.territory]
    same = [
        Organization.objects.create(name="Ban Chỉ đạo", slug=f"bcd-{at}", territory=home)
        for at, home in enumerate(homes)
    ]
    Organization.objects.filter(pk=same[1].pk).update(started_on=date(2020, 1, 1), ended_on=date(2025, 6, 30))
    client, posted = cast.client("lan"), {"others": "Ban Chỉ đạo; UBND phường Ba Đình", "no_day": "on"}
    asked = client.post(url, posted | {"lam": "xem"})
    told = re.findall(r'name="cung-ten" value="(\w+)"> ([^<]+)</label>', asked.text)
    assert (asked.status_code, told) == (
        422,
        [
            (same[0].code, "Ban Chỉ đạo · phường Ba Đình, thành phố Hà Nội"),
            (same[1].code, "Ban Chỉ đạo (đến 30/6/2025) · phường Ngọc Hà, thành phố Hà Nội, từ 1/1/2020"),
            (same[2].code, "Ban Chỉ đạo · thành phố Hà Nội"),
        ],
    )
    look_and_assign(client, url, **posted, **{"cung-ten": [same[0].code, same[2].code]})
    assert {one.organization for one in Assignment.objects.all()} == {same[0], same[2], cast.partner}


@pytest.mark.parametrize(
    ("started", "ended", "words"),
    [
        (date(2023, 7, 1), None, "Nhiệm vụ sẽ đến 1 cơ quan"),
        (None, date(2023, 6, 30), "Nhiệm vụ sẽ đến 1 cơ quan"),
        (None, date(2022, 12, 31), "Năm 2023, cơ quan này không hoạt động."),
        (date(2024, 1, 1), None, "Năm 2023, cơ quan này không hoạt động."),
    ],
)
def test_words_of_a_year_may_address_who_lived_on_any_day_of_it_and_ask_for_days_from_its_start(
    cast: Cast, started: date | None, ended: date | None, words: str
) -> None:
    body = make_body("UBND phường mới", started_on=started, ended_on=ended)
    meeting = make_meeting(cast, dated=PartialDate.year(2023), directives=[DirectiveEntry("Sớm ký kết")])
    url = assign_page(meeting.directives.get())
    shown = cast.client("lan").post(url, {"body_1": body.name, "due": "2/1/2023", "lam": "xem"}).text
    assert words in shown and "Hạn này trước ngày" not in shown
    data = meeting_data(meeting)
    data["sayings-0-assign_to"], data["sayings-0-due"] = body.name, "2/1/2023"
    row = MeetingForm(data, user=cast.lan, record=meeting).rows["sayings"].forms[0]
    assert row.is_valid() == (words.startswith("Nhiệm vụ")), row.errors


def test_on_a_draft_a_task_waits_for_the_approval(cast: Cast, program: Program) -> None:
    meeting = held(cast, program, DirectiveEntry("Quán triệt “5 không”"), approved=False)
    url = assign_page(meeting.directives.get())
    look_and_assign(cast.client("lan"), url, body_1="UBND phường Ba Đình", no_day="on", measure="")
    assert (Task.objects.get().due_on, Assignment.objects.count()) == (NO_DAY, 0)
    assert "UBND phường Ba Đình" in cast.client("lan").get(url).text
    meeting.refresh_from_db()  # assigning in a draft moves it
    said, record = (
        "giao UBND phường Ba Đình, không nêu hạn, gửi đi khi",
        f"/lam-viec/hoi-nghi/{meeting.code}/",
    )
    assert "Sửa việc giao" in (draft := cast.client("lan").get(record).text) and said in draft
    records.submit(meeting, by=cast.lan)
    for who in ("lan", "hung"):
        assert said in (waiting := cast.client(who).get(record).text) and "Sửa việc giao" not in waiting
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    assert [(one.organization, one.due_on) for one in Assignment.objects.all()] == [(cast.partner, NO_DAY)]
    assert said not in cast.client("lan").get(record).text


def test_a_saying_of_an_approved_paper_is_assigned_from_its_page(cast: Cast, program: Program) -> None:
    directive = Directive.objects.create(document=program.document, text="Hằng năm sơ kết", audience="public")
    url = assign_page(directive)
    page = f"/lam-viec/chuong-trinh/{program.code}/"
    assert url in cast.client("lan").get(page).text and url not in cast.client("phuc").get(page).text
    posted = {"body_1": "UBND phường Ba Đình", "due": "31/12/2030", "yearly": "on", "measure": "reviewed"}
    look_and_assign(cast.client("lan"), url, **posted)
    task = Task.objects.get()
    assert (task.follower, task.yearly, task.measure) == (cast.ours, True, "reviewed")
    told = cast.client("lan").get(page).text
    assert f"{BOARD}ca-viec/{task.code}/" in told and "0/1 cơ quan đã hoàn thành" in told


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"no_day": "on"}, "Ghi cơ quan được giao"),
        ({"body_1": "UBND phường Ba Đình"}, "Ghi hạn thực hiện, hoặc chọn"),
        ({"body_1": "Cơ quan không có", "no_day": "on"}, "Chọn một cơ quan có trong danh mục"),
        ({"body_1": "UBND phường Ba Đình", "no_day": "on", "yearly": "on"}, "phải có hạn"),
        ({"body_1": "UBND phường Ba Đình", "no_day": "on", "due": "1/1/2030"}, "bỏ một trong hai"),
        ({"kind": "bdv", "no_day": "on"}, "Lựa chọn này không"),  # none lives below a ward
        ({"kind": "khong-co", "territory": "Hà Nội", "no_day": "on"}, "Lựa chọn này không"),
        ({"body_1": "UBND phường Ba Đình", "due": "32/13/2026"}, "Cần sửa"),
        ({"body_1": "x" * 3000, "no_day": "on"}, "dài quá 250 ký tự"),
        ({"body_1": "UBND phường Ba Đình", "no_day": "on", "measure": "'; DROP"}, "Cần sửa"),
    ],
)
def test_what_cannot_be_assigned_is_said(
    cast: Cast, program: Program, posted: dict[str, str], words: str
) -> None:
    meeting = held(cast, program, DirectiveEntry("Sớm đánh giá"))
    answered = look_and_assign(cast.client("lan"), assign_page(meeting.directives.get()), **posted)
    assert (answered.status_code, Task.objects.count()) == (422, 0)
    assert words in answered.text


# --- answering


def open_file(client: Client, file: Attachment) -> int:
    """How opening a file is answered; a file is read to its end, so that it is closed."""
    response = client.get(f"/tep/{file.code}/{file.name}")
    if response.streaming:
        b"".join(response)
    return response.status_code


def test_a_unit_answers_with_files_and_the_follower_reads_asks_and_accepts(
    cast: Cast, program: Program
) -> None:
    one = said(cast, program)
    url, phuc, lan = f"{BOARD}{one.code}/", cast.client("phuc"), cast.client("lan")
    files = [SimpleUploadedFile(f"so-{n}.pdf", b"%PDF-1.4\n%%EOF\n" + bytes([n])) for n in (1, 2)]
    assert phuc.post(url, {"text": "Đã ký ngày 2/4.", "files": files, "tra-loi": "0"}).status_code == 302
    assert {(file.audience, file.document.answer.keeper) for file in Attachment.objects.all()} == {
        ("parties", cast.partner)
    }
    page = lan.get(url).text
    assert "Đã ký ngày 2/4." in page and "so-1.pdf" in page and "so-2.pdf" in page
    file = Attachment.objects.first()
    opened = {name: open_file(cast.client(name), file) for name in ("lan", "phuc", "thu", "binh")}
    assert opened == {"lan": 200, "phuc": 200, "thu": 200, "binh": 404}
    assert "Xem trả lời:" in lan.get("/lam-viec/").text
    assert lan.post(f"{url}bo-sung/", {"reason": "Gửi bản ký.", "tra-loi": "0"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "answered", "who asks for more has read another answer"
    lan.post(f"{url}bo-sung/", {"reason": "", "tra-loi": "1"})
    lan.post(f"{url}bo-sung/", {"reason": "Gửi bản ký.", "tra-loi": "1"})
    assert "cần bổ sung: Gửi bản ký." in phuc.get("/lam-viec/").text
    phuc.post(url, {"text": "Gửi kèm.", "tra-loi": "1"})
    lan.post(f"{url}nhan/", {"tra-loi": "2"})
    one.refresh_from_db()
    verbs = [act.get_verb_display() for act in Act.objects.about(one)]
    assert (one.state, verbs) == (
        "accepted",
        ["ghi nhận hoàn thành", "trả lời nhiệm vụ", "đề nghị bổ sung", "trả lời nhiệm vụ"],
    )
    order = [
        "ghi nhận hoàn thành", "Gửi kèm.", "Gửi bản ký.", "Đã ký ngày 2/4.", "giao theo dõi",
    ]  # fmt: skip
    told = lan.get(url).text.split('id="dien-bien"')[1]
    assert sorted(order, key=told.index) == order


def test_a_photograph_sent_with_an_answer_is_kept_small_and_silent(cast: Cast, program: Program) -> None:
    url, phuc = f"{BOARD}{said(cast, program).code}/", cast.client("phuc")
    page = phuc.get(url).text
    assert 'data-long-edge="2000"' in page and "js/photos.js" in page, "shrunk on the device too"
    told = {"text": "Đã họp.", "tra-loi": "0"}
    files = {
        "files": SimpleUploadedFile("quet.jpg", photo()),
        "photos": SimpleUploadedFile("hop.jpg", photo()),
    }
    assert phuc.post(url, told | files).status_code == 302
    kept = {one.name: Image.open(io.BytesIO(content(one))) for one in Attachment.objects.all()}
    assert {name: image.size for name, image in kept.items()} == {
        "quet.jpg": (3000, 1500),
        "hop.jpg": (1000, 2000),
    }
    assert (dict(kept["hop.jpg"].getexif()), set(kept["quet.jpg"].getexif())) == ({}, {ORIENTATION})
    none = {"tra-loi": "1", "photos": SimpleUploadedFile("x.pdf", b"%PDF-1.4\n%%EOF")}
    refused = phuc.post(url, told | none)
    assert "x.pdf: Ảnh phải là JPEG hoặc PNG." in refused.text


def test_the_second_of_two_colleagues_is_told(cast: Cast, program: Program) -> None:
    url = f"{BOARD}{said(cast, program).code}/"
    cast.client("phuc").post(url, {"text": "Đã ký.", "tra-loi": "0"})
    second = cast.client("phuc").post(url, {"text": "Chưa ký được.", "tra-loi": "0"})
    assert second.status_code == 422
    assert "Có người vừa gửi trả lời cho việc này" in second.text
    assert "Chưa ký được." in second.text and "Đã ký." in second.text


@pytest.mark.parametrize(
    "posted", [{}, {"text": "   "}, {"text": "x" * 20_001}, {"text": "Đã ký", "tra-loi": "²"}]
)
def test_an_odd_answer_changes_nothing(cast: Cast, program: Program, posted: dict[str, str]) -> None:
    one = said(cast, program)
    assert cast.client("phuc").post(f"{BOARD}{one.code}/", posted).status_code == 422
    assert one.answers.count() == 0


def test_a_file_that_is_none_keeps_the_words(cast: Cast, program: Program) -> None:
    one = said(cast, program)
    posted = {"text": "Đã ký.", "tra-loi": "0", "files": [SimpleUploadedFile("a.exe", b"MZ")]}
    refused = cast.client("phuc").post(f"{BOARD}{one.code}/", posted)
    assert (refused.status_code, one.answers.count(), Attachment.objects.count()) == (422, 0, 0)
    assert "Đã ký." in refused.text


def test_of_several_files_the_refused_one_is_named_and_the_others_stay(cast: Cast, program: Program) -> None:
    one = said(cast, program)
    url, phuc = f"{BOARD}{one.code}/", cast.client("phuc")
    sent = [SimpleUploadedFile("tốt.pdf", b"%PDF-1.4\n%%EOF\n"), SimpleUploadedFile("lạ.exe", b"MZ")]
    refused = phuc.post(url, {"text": "Đã ký.", "tra-loi": "0", "files": sent})
    assert refused.status_code == 422 and "lạ.exe: Tệp này không phải PDF" in refused.text
    held = re.findall(r'name="tep-da-nhan" value="(\w+)"', refused.text)
    other = {"text": "Tệp của người khác.", "tra-loi": "0", "tep-da-nhan": held}
    cast.client("mai").post(url, other)
    assert phuc.post(url, {"text": "Đã ký.", "tra-loi": "0", "tep-da-nhan": held}).status_code == 302
    assert [(file.name, file.document.answer.text) for file in Attachment.objects.all()] == [
        ("tốt.pdf", "Đã ký.")
    ]


def test_the_heir_of_an_ended_body_answers(cast: Cast, program: Program) -> None:
    one = said(cast, program)
    heir = make_body("UBND phường mới")
    cast.partner.ended_on = in_days(-1)
    cast.partner.save()
    Succession.objects.create(predecessor=cast.partner, successor=heir, kind="renamed")
    rebuild_reach()
    cast.phuc.memberships.update(organization=heir)
    told: list[str] = []
    assert nightly.run(told.append) == 0
    assert "Chuyển nhiệm vụ của cơ quan đã kết thúc: xong (1)" in told
    passed = Assignment.objects.get(organization=heir)
    page = cast.client("phuc").get(f"{BOARD}{passed.code}/").text
    assert "Thay mặt UBND phường mới" in page and "tiếp nhận từ UBND phường Ba Đình" in page
    one.refresh_from_db()
    assert one.state == "closed"
    board = cast.client("lan").get(BOARD).text
    assert "Đã chuyển" in board and "Không còn cơ quan thực hiện" not in board


def test_a_yearly_task_goes_out_again_by_night_for_the_next_day_still_ahead(
    cast: Cast, program: Program
) -> None:
    one = said(cast, program, due_on=date(2023, 12, 31), yearly=True)
    nightly.run(lambda _: None)
    nightly.run(lambda _: None)
    ahead = date(timezone.localdate().year, 12, 31)
    assert [row.due_on for row in one.task.assignments.all()] == [date(2023, 12, 31), ahead]


def test_a_yearly_task_goes_on_with_the_heir(cast: Cast, program: Program) -> None:
    one = said(cast, program, due_on=in_days(-1), yearly=True)
    heir = make_body("UBND phường mới")
    cast.partner.ended_on = in_days(-1)
    cast.partner.save()
    Succession.objects.create(predecessor=cast.partner, successor=heir, kind="renamed")
    rebuild_reach()
    nightly.run(lambda _: None)
    found = one.task.assignments.filter(due_on__gt=timezone.localdate())
    assert [row.organization for row in found] == [heir]


def test_following_stops_once_with_a_reason(cast: Cast, program: Program) -> None:
    one = said(cast, program)
    url = f"{BOARD}ca-viec/{one.task.code}/thoi/"
    for reason in ("", "x" * 301, "Đã ký từ trước.", "Lần nữa."):
        cast.client("lan").post(url, {"reason": reason})
    one.refresh_from_db()
    one.task.refresh_from_db()
    assert (one.state, one.task.closing_reason) == ("stopped", "Đã ký từ trước.")


# --- the desk


def test_the_desk_of_the_addressee_stands_oldest_due_first(cast: Cast, program: Program) -> None:
    for text, days in (("Việc sau", 20), ("Việc quá hạn", -3)):
        said(cast, program, text, days)
    said(cast, program, "Việc không hạn", due_on=NO_DAY)
    page = cast.client("phuc").get("/lam-viec/").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page.split("<h2>Đến hạn</h2>")[1]).split())
    found = [words.index(text) for text in ("Việc quá hạn", "Việc sau", "Việc không hạn")]
    assert found == sorted(found)
    assert "quá hạn 3 ngày" in words and "không nêu hạn" in words
    assert "Trả lời nhiệm vụ" not in cast.client("binh").get("/lam-viec/").text
    assert "Hạn nhiệm vụ, 1 cơ quan: Việc sau" in cast.client("lan").get("/lam-viec/").text


def test_an_heir_is_told_whose_part_it_answers_and_the_follower_who_answers_now(
    cast: Cast, program: Program
) -> None:
    old, heir = [make_body("Phường cũ A"), make_body("Phường cũ B")], make_body("Phường mới")
    entry = TaskEntry(in_days(30), old)
    held(cast, program, DirectiveEntry("Sớm ký kết", task=entry))
    for body in old:
        body.ended_on = in_days(-1)
        body.save()
        Succession.objects.create(predecessor=body, successor=heir, kind="merged")
    rebuild_reach()
    cast.phuc.memberships.update(organization=heir)

    def notes() -> list[str]:
        lines = cast.client("phuc").get("/lam-viec/").context["groups"][0].lines
        return sorted(line.note.split(" · ")[0] for line in lines)

    assert notes() == ["phần việc của Phường cũ A", "phần việc của Phường cũ B"]
    whole = f"{BOARD}ca-viec/{Task.objects.get().code}/"
    assert cast.client("lan").get(whole).text.count("đã kết thúc, nay trả lời: Phường mới") == 2
    nightly.run(lambda _: None)
    assert len(notes()) == 1
    assert "tiếp nhận từ Phường cũ" in cast.client("lan").get(whole).text


def test_the_follower_is_told_of_each_overdue_task_once_oldest_first(cast: Cast, program: Program) -> None:
    bodies = [cast.partner, cast.neighbour]
    sayings = [
        DirectiveEntry(text, task=TaskEntry(in_days(days), bodies))
        for text, days in (("Việc muộn", -3), ("Việc muộn nhất", -7), ("Việc sau", 3))
    ]
    held(cast, program, *sayings)
    told = [
        (line.verb, line.thing, line.note, line.due)
        for line in cast.client("lan").get("/lam-viec/").context["groups"][0].lines
    ]
    assert told == [
        ("Đôn đốc", "Việc muộn nhất", "2 cơ quan", in_days(-7)),
        ("Đôn đốc", "Việc muộn", "2 cơ quan", in_days(-3)),
    ]
    assert "Đôn đốc" not in cast.client("phuc").get("/lam-viec/").text


# --- the board


@pytest.fixture
def board(cast: Cast, program: Program) -> dict[str, Assignment]:
    """One assignment that stands in each way."""
    found = {
        "open": said(cast, program, "Quán triệt “5 không”", 5),
        "overdue": said(cast, program, "Sớm đánh giá", -3),
        "answered": said(cast, program, "Sớm ký kết", 6),
        "done": said(cast, program, "=HYPERLINK(1)", 7),
    }
    for name in ("answered", "done"):
        answer(found[name], AnswerEntry("Xong."), by=cast.phuc, body=cast.partner, expected=0)
    accept(found["done"], by=cast.lan)
    return found


def titles(page: str) -> list[str]:
    """The tasks on the board, in their order."""
    return re.findall(r'<h3><a href="/lam-viec/nhiem-vu/\w+/">(.*?)</a></h3>', page)


def counts(page: str) -> list[tuple[str, int]]:
    """What stands over the board."""
    return [(name, int(count)) for name, count in re.findall(r"<span>([^<]+)</span>&nbsp;<b>(\d+)</b>", page)]


def test_the_board_counts_each_standing_and_shows_the_oldest_due_first(cast: Cast, board: dict) -> None:
    page = cast.client("lan").get(BOARD).text
    assert counts(page) == [
        ("Đang thực hiện", 1), ("Quá hạn", 1), ("Chờ xem trả lời", 1), ("Đã hoàn thành", 1), ("Đã đóng", 0),
    ]  # fmt: skip
    assert titles(page) == ["Sớm đánh giá", "Quán triệt “5 không”", "Sớm ký kết", "=HYPERLINK(1)"]
    seen = {name: len(titles(cast.client(name).get(BOARD).text)) for name in cast.people}
    assert {name for name, count in seen.items() if count} == set(cast.people) - {"binh", "kien"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?tinh-trang=qua-han", ["Sớm đánh giá"]),
        ("?q=quan+triet", ["Quán triệt “5 không”"]),
        ("?don-vi=UBND+phường+Ba+Đình&tinh-trang=cho-xem", ["Sớm ký kết"]),
        ("?dia-ban=phường+Ngọc+Hà", []),
        ("?dia-ban=thành+phố+Hà+Nội&tinh-trang=hoan-thanh", ["=HYPERLINK(1)"]),
        ("?hoi-nghi=tong+ket&q=som+danh", ["Sớm đánh giá"]),
        ("?nam=1950", []),
        ("?nam=x", []),
        ("?tinh-trang=%00%27", []),
        ("?hoi-nghi=khong+co+dau", []),
        ("?trang=1&xep=hoi-nghi&tinh-trang=qua-han", ["Sớm đánh giá"]),
    ],
)
def test_the_board_is_filtered(cast: Cast, board: dict, asked: str, expected: list[str]) -> None:
    client = cast.client("lan")
    assert titles(client.get(f"{BOARD}{asked}").text) == expected
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{BOARD}excel/{asked}").getvalue()))
    assert [row[0] for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)] == expected


def test_the_excel_file_holds_what_the_board_shows(cast: Cast, board: dict) -> None:
    book = openpyxl.load_workbook(io.BytesIO(cast.client("lan").get(f"{BOARD}excel/").getvalue()))
    cells = list(book.worksheets[0].iter_rows(min_row=5))
    assert [(row[0].value, row[1].value, row[2].value.date(), row[3].value) for row in cells] == [
        ("Sớm đánh giá", "UBND phường Ba Đình", in_days(-3), "Quá hạn"),
        ("Quán triệt “5 không”", "UBND phường Ba Đình", in_days(5), "Đang thực hiện"),
        ("Sớm ký kết", "UBND phường Ba Đình", in_days(6), "Chờ xem trả lời"),
        ("=HYPERLINK(1)", "UBND phường Ba Đình", in_days(7), "Đã hoàn thành"),
    ]
    assert cells[3][0].data_type == "s"


@pytest.mark.parametrize("more", [0, 6])
def test_queries_do_not_grow_with_the_tasks(
    cast: Cast, program: Program, board: dict, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        said(cast, program, f"Việc {number}", number)
    client = cast.client("lan")
    client.get(BOARD)
    with django_assert_num_queries(BOARD_QUERIES):
        client.get(BOARD)
    one = board["answered"]
    with django_assert_num_queries(RECORD_QUERIES):
        client.get(f"{BOARD}{one.code}/")


# --- what a task counts


def test_who_has_signed_and_who_has_not_is_text_to_copy(cast: Cast, program: Program) -> None:
    entry = TaskEntry(in_days(30), [cast.partner, cast.neighbour], measure="signed")
    held(cast, program, DirectiveEntry("Sớm ký kết chương trình giai đoạn 2021-2026", task=entry))
    url = f"{BOARD}ca-viec/{Task.objects.get().code}/"
    words = "Đã ký chương trình phối hợp cho giai đoạn 2021–2026: 1/2 cơ quan."
    assert f"{words} Chưa có: Ban Dân vận Đảng ủy phường Ngọc Hà." in cast.client("thu").get(url).text
    heard = cast.client("phuc").get(url).text
    assert "1/1 cơ quan" in heard and "Ngọc Hà" not in heard, "a body is told of its own part alone"
    assert "Hạn nhiệm vụ, 1 cơ quan: Sớm ký kết" in cast.client("lan").get("/lam-viec/").text


def test_who_has_done_what_the_portal_counts_has_done_it_everywhere(cast: Cast, program: Program) -> None:
    bodies = [cast.partner, cast.neighbour]
    entry = TaskEntry(in_days(-7), bodies, measure="signed", assigned_on=in_days(-60))
    meeting = held(cast, program, DirectiveEntry("Sớm ký chương trình giai đoạn 2021-2026", task=entry))
    task, lan, phuc = Task.objects.get(), cast.client("lan"), cast.client("phuc")
    one = task.assignments.get(organization=cast.partner)
    whole = lan.get(f"{BOARD}ca-viec/{task.code}/").text
    assert "1/2 cơ quan" in whole and whole.count("Đã có, cổng tự tính") == 1
    assert counts(lan.get(BOARD).text) == [
        ("Đang thực hiện", 0), ("Quá hạn", 1), ("Chờ xem trả lời", 0), ("Đã hoàn thành", 1), ("Đã đóng", 0),
    ]  # fmt: skip
    assert lan.get(f"{BOARD}?tinh-trang=hoan-thanh").text.count("Đã có, cổng tự tính") == 1
    book = openpyxl.load_workbook(io.BytesIO(lan.get(f"{BOARD}excel/").getvalue()))
    told = {row[1]: row[3] for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)}
    assert told == {str(cast.partner): "Đã có, cổng tự tính", str(cast.neighbour): "Quá hạn"}
    for page in (f"/lam-viec/hoi-nghi/{meeting.code}/", f"/lam-viec/chuong-trinh/{program.code}/"):
        assert "1/2 cơ quan đã hoàn thành" in lan.get(page).text
    asked = {
        name: "Trả lời nhiệm vụ:" in cast.client(name).get("/lam-viec/").text for name in ("phuc", "binh")
    }
    assert asked == {"phuc": False, "binh": True}
    (late,) = lan.get("/lam-viec/").context["groups"][0].lines
    assert (late.verb, late.note) == ("Đôn đốc", "1 cơ quan")
    phuc.post(f"{BOARD}{one.code}/", {"text": "Đã ký.", "tra-loi": "0"})
    lan.post(f"{BOARD}{one.code}/nhan/", {"tra-loi": "1"})
    one.refresh_from_db()
    assert one.state == "accepted", "the follower still takes it as done"


def counts_as_done(cast: Cast) -> bool:
    """Whether the one assignment counts as done, as lists and desks ask it."""
    every = Assignment.objects.all()
    found = counted_done(every, cast.lan)
    return found is not None and every.filter(found).exists()


@pytest.mark.parametrize(
    ("text", "have"),
    [
        ("Sớm ký kết giai đoạn 2022-2026", "1/1"),
        ("Sớm ký kết giai đoạn 2016-2022", "0/1"),  # what begins in its last year is of the next term
        ("Sớm ký kết giai đoạn 2026-2031", "0/1"),
        ("Sớm ký kết", "0/1"),  # it was signed before these words
    ],
)
def test_what_counts_is_of_the_term_ordered_or_signed_since(
    cast: Cast, program: Program, text: str, have: str
) -> None:
    one = said(cast, program, text, measure="signed")
    assert counts_as_done(cast) == (have == "1/1")
    cast.partner.ended_on = in_days(-1)
    cast.partner.save()
    nightly.run(lambda _: None)
    one.refresh_from_db()
    assert one.state == "closed", "it ended without an heir"
    assert f"{have} cơ quan" in cast.client("lan").get(f"{BOARD}ca-viec/{one.task.code}/").text


@pytest.mark.parametrize(
    ("due_on", "assigned_on", "words"),
    [
        (date(2023, 12, 31), None, "trong năm 2023 1/1 cơ quan"),
        (date(2024, 12, 31), date(2023, 3, 23), "trong năm 2024 0/1 cơ quan"),
        (NO_DAY, date(2023, 3, 23), "trong năm 2023 1/1 cơ quan"),
    ],
)
def test_a_review_counts_in_the_year_of_the_round_shown(
    cast: Cast, program: Program, due_on: date, assigned_on: date | None, words: str
) -> None:
    said(cast, program, "Hằng năm sơ kết", due_on=due_on, measure="reviewed", assigned_on=assigned_on)
    assert counts_as_done(cast) == ("1/1" in words)
    url = f"{BOARD}ca-viec/{Task.objects.get().code}/"
    page = re.sub(r"<[^>]+>", " ", cast.client("lan").get(url).text)
    assert words in " ".join(page.split())


# --- inspectors


@pytest.mark.parametrize(
    ("years", "read"),
    [((2019, 2022), False), ((2023, 2023), True), ((None, 2022), False), ((None, None), True)],
)
def test_an_inspector_reads_the_tasks_of_the_years_given_and_leaves_a_trace(
    cast: Cast, program: Program, years: tuple, read: bool
) -> None:
    one = said(cast, program)  # at a conference of 2023, assigned today
    visit = cast.kien.memberships.get()
    visit.reads_from, visit.reads_to = years
    visit.save()
    kien = cast.client("kien")
    pages = [
        reverse("meetings:task_record", args=[one.code]),
        reverse("meetings:task_whole", args=[one.task.code]),
    ]
    for _ in range(2):
        assert {kien.get(address).status_code for address in pages} == {200 if read else 404}
        assert kien.get(BOARD).context["total"] == int(read)
        b"".join(kien.get(reverse("meetings:task_excel")))
    told = [(one.code, ""), (one.code, "cả nhiệm vụ")] if read else []
    told.append((cast.ours.code, "tải Excel nhiệm vụ: không lọc"))
    traces = Act.objects.filter(verb=Verb.READ, person=cast.kien).order_by("pk")
    assert sorted(traces.values_list("record_code", "reason")) == sorted(told)


def test_an_inspector_reads_a_task_that_ran_in_the_years_given(cast: Cast, program: Program) -> None:
    one = said(cast, program, due_on=date(2025, 6, 30))
    task, visit = one.task, cast.kien.memberships.get()
    task.assigned_on = date(2024, 1, 15)
    task.save()
    seen = {}
    for year in (2022, 2024, 2025, 2026):
        visit.reads_from = visit.reads_to = year
        visit.save()
        seen[year] = Assignment.objects.visible_to(User.objects.get(pk=cast.kien.pk)).exists()
    assert seen == {2022: False, 2024: True, 2025: True, 2026: False}


# --- stopped, found, told


def test_a_stopped_task_is_assigned_again_from_its_page(cast: Cast, program: Program) -> None:
    one = said(cast, program)
    lan, whole = cast.client("lan"), f"{BOARD}ca-viec/{one.task.code}/"
    lan.post(f"{whole}thoi/", {"reason": "Hoãn."})
    again = assign_page(one.task.directive)
    offered = {name: again in cast.client(name).get(whole).text for name in ("lan", "phuc", "thu")}
    assert offered == {"lan": True, "phuc": False, "thu": False}
    posted = {"body_1": "UBND phường Ba Đình", "due": f"{in_days(50):%d/%m/%Y}", "measure": ""}
    assert look_and_assign(lan, again, **posted)["Location"] == whole
    one.refresh_from_db()
    assert (one.state, one.due_on) == ("open", in_days(50))
    assert "Giao lại" not in lan.get(whole).text


def test_the_paper_of_an_answer_leads_to_its_task(cast: Cast, program: Program) -> None:
    one = said(cast, program, "Dòng một\ndòng hai")
    sent = answer(one, AnswerEntry("Xong."), by=cast.phuc, body=cast.partner, expected=0)
    assert sent.document.title == "Kết quả thực hiện: Dòng một dòng hai"
    page, task = f"/lam-viec/van-ban/{sent.document.code}/", f"{BOARD}{one.code}/"
    for name in ("lan", "phuc", "thu"):
        assert task in cast.client(name).get(page).text, name
    assert cast.client("binh").get(page).status_code == 404
    assert task in cast.client("lan").get("/lam-viec/van-ban/").text


def test_the_words_of_a_conference_mean_all_that_hold_them(cast: Cast, program: Program) -> None:
    for number in range(8):
        said(cast, program, f"Việc {number}")
    assert len(titles(cast.client("lan").get(f"{BOARD}?hoi-nghi=tổng+kết").text)) == 8
    offered = cast.client("lan").get(f"{BOARD}?hoi-nghi=tổng+kết").context["form"].choices
    assert [words for words, _ in offered] == ["tổng kết"] and len(offered[0][1]) == 8
    alone = Meeting.objects.first()
    alone.document.title = "Hội nghị tổng kết riêng"
    alone.document.save()
    actions.refresh([alone.pk])
    told = cast.client("lan").get(f"{BOARD}?hoi-nghi=hội+nghị+tổng+kết+riêng")
    assert (len(titles(told.text)), told.context["form"].choices) == (1, [])
    for nothing in ("không có", "–"):
        assert titles(cast.client("lan").get(BOARD, {"hoi-nghi": nothing}).text) == []


def test_a_task_is_read_and_posted_to_alone(cast: Cast, program: Program) -> None:
    one = said(cast, program)
    for url in (f"{BOARD}{one.code}/", assign_page(one.task.directive)):
        assert cast.client("lan").put(url).status_code == 405


def test_earlier_rounds_are_told_in_a_line(cast: Cast, program: Program) -> None:
    one = said(cast, program, due_on=in_days(-1), yearly=True)
    nightly.run(lambda _: None)
    page = cast.client("lan").get(f"{BOARD}ca-viec/{one.task.code}/").text
    assert page.count("<td><a") == 1
    assert f"{vdate(in_days(-1))}: 0/1 cơ quan đã hoàn thành" in page


def test_what_happened_is_told_once_newest_first_without_what_the_draft_held(
    cast: Cast, program: Program
) -> None:
    meeting = held(cast, program, DirectiveEntry("Quán triệt “5 không”"), approved=False)
    url = assign_page(meeting.directives.get())
    look_and_assign(cast.client("lan"), url, body_1="UBND phường Ba Đình", no_day="on", measure="")
    meeting.refresh_from_db()
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    one = Assignment.objects.get()
    answer(one, AnswerEntry("Xong."), by=cast.phuc, body=cast.partner, expected=0)
    accept(one, by=cast.lan)
    told = story_of(one)
    assert [(each.verb, each.who.split(",")[0]) for each in told] == [
        ("ghi nhận hoàn thành", "Nguyễn Thị Lan"),
        ("trả lời nhiệm vụ", "Đỗ Văn Phúc"),
        ("giao theo dõi", "Trần Văn Hùng"),
    ]
    assert [each.at for each in told] == sorted((each.at for each in told), reverse=True)


def test_the_excel_file_says_since_when_as_the_facts_tell(cast: Cast, program: Program) -> None:
    said(cast, program, "Việc muộn", -3)
    gone = make_body("Ban cũ")
    entry = TaskEntry(NO_DAY, [gone, cast.partner], assigned_on=date(2024, 1, 15))
    held(cast, program, DirectiveEntry("Việc sau", task=entry))
    Organization.objects.filter(pk=gone.pk).update(ended_on=date(2025, 6, 30))
    nightly.run(lambda _: None)
    book = openpyxl.load_workbook(io.BytesIO(cast.client("lan").get(f"{BOARD}excel/").getvalue()))
    rows = book.worksheets[0].iter_rows(min_row=5, values_only=True)
    assert {(row[0], row[1]): (row[3], row[4].date()) for row in rows} == {
        ("Việc muộn", "UBND phường Ba Đình"): ("Quá hạn", in_days(-2)),
        ("Việc sau", "UBND phường Ba Đình"): ("Đang thực hiện", date(2024, 1, 15)),
        ("Việc sau", "Ban cũ"): ("Không còn cơ quan thực hiện", date(2025, 7, 1)),
    }


def test_open_tasks_are_told_beside_a_review_on_paper_and_frozen_to_who_reads_them(
    cast: Cast, program: Program
) -> None:
    one = said(cast, program, "Sớm ký kết với phường", due_on=date(2031, 5, 4))
    done = said(cast, program, "Đã đánh giá xong", due_on=date(2031, 5, 4))
    Assignment.objects.filter(pk=done.pk).update(state="accepted")
    review = make_review(cast, "approved", program=program)
    told = "Sớm ký kết với phường (hạn 4/5/2031; 0/1 cơ quan đã hoàn thành)"

    def told_to(name: str) -> tuple[bool, bool]:
        """On the page, and in Word."""
        client, address = cast.client(name), f"/lam-viec/so-ket-tong-ket/{review.code}/"
        if (page := client.get(address)).status_code == 404:
            return False, False
        assert "Đã đánh giá xong" not in page.text.split("Nhiệm vụ còn mở")[-1].split("</section>")[0]
        reading = ReviewReading(Review.objects.get(), cast.people[name])
        lines = [line.text for part in Report(reading).paper().parts for line in part.lines]
        return "Sớm ký kết với phường" in page.text, f"- {told}." in lines

    people = ("lan", "phuc", "thu", "binh")
    everybody_of_it = {"lan": (True, True), "phuc": (True, True), "thu": (True, True), "binh": (False, False)}
    assert {name: told_to(name) for name in people} == everybody_of_it
    freeze(review, by=cast.hung, as_of=timezone.localdate(), expected=review.version)
    assert [(task_told(row), row["audience"]) for row in Review.objects.get().frozen["tasks"]] == [
        (told, "parties")
    ]
    Assignment.objects.filter(pk=one.pk).update(state="accepted")
    assert {name: told_to(name) for name in people} == everybody_of_it

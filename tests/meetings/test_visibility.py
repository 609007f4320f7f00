"""Who reads which part of a conference: the page, lists, counts, search, Excel and calendar leak nothing."""

import html
import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions.guests import substitute
from meetings.actions.meetings import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    PresentationEntry,
    approve_meeting,
    publish_meeting,
    save_meeting,
)
from meetings.actions.participants import ParticipationEntry
from meetings.actions.signing import TablePaperEntry
from meetings.models import Meeting, MeetingKind, MeetingRole, Stage
from meetings.reading import MOST_PRESENT
from portal.actions import records
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry
from portal.dates import PartialDate, parse_date
from portal.models import Attachment, Sought
from portal.publication import publication_preview
from programs.actions.companions import CompanionEntry, publish_companion, save_companion
from programs.models import Amendment
from tests.cast import Cast, in_days, make_meeting, make_program
from tests.clean_up import queries

SECRET = "chỉ-người-trong-nhà-đọc"


def role(key: str, name: str) -> MeetingRole:
    """A role of the register."""
    return MeetingRole.objects.get_or_create(key=key, defaults={"name": name})[0]


def make_photo(cast: Cast, name: str, kind: str = "jpeg") -> Attachment:
    """A picture waiting for its conference."""
    return Attachment.objects.create(
        name=f"{name}.{kind}", kind=kind, size=2048, sha256=f"{len(name):064d}", uploaded_by=cast.lan
    )


def full_entry(cast: Cast, rows: int = 1) -> MeetingEntry:
    """A conference with something on every side of its page, ``rows`` of each."""
    signed = make_program(cast, "published", title="Chương trình đã công khai", number="07-CTrPH")
    hidden = make_program(cast, "approved", title=f"{SECRET} chương trình")
    numbers = range(1, rows + 1)
    kind, _ = MeetingKind.objects.get_or_create(key="ky-ket", defaults={"name": "ký kết"})
    chair, speaks, attends = role("chu-tri", "chủ trì"), role("phat-bieu", "phát biểu"), role("du", "dự")
    files = [FileEntry(make_photo(cast, f"ảnh ký {n}"), f"Lễ ký {n}", "public") for n in numbers]
    files += [FileEntry(make_photo(cast, f"{SECRET}-{n}"), f"{SECRET} ảnh {n}") for n in numbers]
    files += [FileEntry(make_photo(cast, f"báo cáo {n}", "pdf"), f"Báo cáo {n}", "public") for n in numbers]
    paper = PaperEntry(
        title="Hội nghị ký kết chương trình phối hợp", dated=parse_date("23/3/2023"), files=files,
        partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)],
    )  # fmt: skip
    return MeetingEntry(
        paper=paper, place="Hội trường phường", kinds=[kind], summary="Hội nghị diễn ra nghiêm túc.",
        closing="Các bên thống nhất.", note=f"{SECRET} ghi chú",
        agenda=[AgendaEntry(f"{SECRET} mục {n}") for n in numbers],
        papers=[TablePaperEntry("signed", signed.document), TablePaperEntry("signed", hidden.document),
                TablePaperEntry("reviewed", hidden.document)],
        participations=[
            ParticipationEntry(name="Nguyễn Đức Chung", capacity="Chủ tịch UBND", roles={chair}),
            *(ParticipationEntry(name=f"Trần Thị Hoa {n}", capacity="Phó Bí thư", roles={speaks}) for n in numbers),
            *(ParticipationEntry(name=f"{SECRET} dự {n}", roles={attends}) for n in numbers),
            *(ParticipationEntry(group=f"{SECRET} đại biểu {n}", count=200) for n in numbers),
        ],
        presentations=[PresentationEntry(f"Cách làm hay {n}", by=f"Trần Thị Hoa {n}") for n in numbers],
        directives=[
            *(DirectiveEntry(f"Sớm đánh giá việc {n}", audience="public", speakers=["Nguyễn Đức Chung"]) for n in numbers),
            *(DirectiveEntry(f"{SECRET} cho các bên {n}", audience="parties") for n in numbers),
            *(DirectiveEntry(f"{SECRET} của cơ quan {n}", audience="body") for n in numbers),
        ],
    )  # fmt: skip


def make_full(cast: Cast, state: str = "published", rows: int = 1) -> Meeting:
    """That conference, approved, and published where asked."""
    return bring(cast, save_meeting(None, full_entry(cast, rows), by=cast.lan, keeper=cast.ours), state)


def bring(cast: Cast, meeting: Meeting, state: str) -> Meeting:
    """A draft brought to a state: approved, published, withdrawn."""
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    if state in {"published", "withdrawn"}:
        publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    if state == "withdrawn":
        records.withdraw(meeting, by=cast.hung, reason="Đăng nhầm.", expected=meeting.version)
    return Meeting.objects.get(pk=meeting.pk)


def words_of(page: str) -> str:
    """What a reader sees: the page without its markup."""
    text = re.sub(r"<wbr>|</?span[^>]*>|</?b[^>a-z]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def read(cast: Cast, who: str | None, meeting: Meeting) -> str:
    """The page of a conference as a person reads it."""
    address = f"/lam-viec/hoi-nghi/{meeting.code}/" if who else f"/hoi-nghi/{meeting.slug}/"
    answer = cast.client(who).get(address)
    assert answer.status_code == 200
    return answer.text


def test_a_visitor_reads_what_was_previewed_and_nothing_inside(cast: Cast) -> None:
    meeting = make_full(cast, "approved")
    preview = publication_preview(meeting)
    publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    page = read(cast, None, meeting)
    words = words_of(page).replace(" :", ":").replace(" ,", ",")
    shown = [line for part in preview.public for line in part.words.splitlines()]
    absent = [line for line in shown if line not in words and not line.startswith(("Lễ ký", "Báo cáo"))]
    assert absent == []
    assert (
        "Lễ ký 1" in page and "Báo cáo 1" in page and 'loading="lazy"' not in page
    )  # else they print as empty frames
    assert SECRET not in page
    assert SECRET not in "".join(line.words for line in preview.public)
    inside = "\n".join(line.words for line in preview.inside)
    for told in (
        "mục 1",
        "dự 1",
        "đại biểu 1",
        "cho các bên 1",
        "của cơ quan 1",
        "ảnh 1",
        "chương trình",
        "ghi chú",
    ):
        assert f"{SECRET} {told}" in inside


def test_what_is_not_public_is_neither_named_nor_counted(cast: Cast) -> None:
    words = words_of(read(cast, None, make_full(cast)))
    assert "ký 1 văn bản" in words
    assert "chưa công khai" not in words


def test_the_part_of_the_day_is_previewed_as_it_is_told(cast: Cast) -> None:
    meeting = make_meeting(cast, "Hội nghị buổi chiều", dated=parse_date("chiều 2/4/2021"))
    meeting = bring(cast, meeting, "published")
    assert "chiều 2/4/2021" in words_of(read(cast, None, meeting))
    assert [line.words for line in publication_preview(meeting).public if line.part == "Giờ"] == ["chiều"]


def test_that_somebody_signed_is_said_where_something_signed_is_told(cast: Cast) -> None:
    chair, signs = role("chu-tri", "chủ trì"), role("ky", "ký")
    people = [
        ParticipationEntry(name="Nguyễn Đức Chung", capacity="Chủ tịch", roles={chair, signs}),
        ParticipationEntry(name="Trần Thị Hoa", capacity="Phó Bí thư", roles={signs}),
    ]
    told = {}
    for state in ("approved", "published"):
        paper = make_program(cast, state, title=f"Chương trình {state}")
        table = [TablePaperEntry("signed", paper.document)]
        meeting = bring(cast, make_meeting(cast, participations=people, papers=table), "published")
        told[state] = [words_of(read(cast, who, meeting)).count("(ký)") for who in (None, "lan")]
        assert "Trần Thị Hoa, Phó Bí thư" in words_of(read(cast, None, meeting))
        public = [line.part for line in publication_preview(meeting).public]
        assert ("Người tham gia (ký)" in public) == (state == "published")
    assert told == {"approved": [0, 2], "published": [2, 2]}


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("lan", {"mục 1", "dự 1", "đại biểu 1", "cho các bên 1", "của cơ quan 1", "chương trình"}),
        ("phuc", {"mục 1", "dự 1", "đại biểu 1", "cho các bên 1", "chương trình"}),
        ("thu", {"mục 1", "dự 1", "đại biểu 1", "cho các bên 1", "chương trình"}),
        ("binh", set()),
    ],
)
def test_each_reader_reads_their_parts(who: str, reads: set[str], cast: Cast) -> None:
    page = read(cast, who, make_full(cast))
    parts = {"mục 1", "dự 1", "đại biểu 1", "cho các bên 1", "của cơ quan 1", "chương trình"}
    assert {part for part in parts if f"{SECRET} {part}" in page} == reads


@pytest.mark.parametrize("state", ["drafting", "approved", "withdrawn"])
def test_what_is_not_public_is_nowhere(state: str, cast: Cast) -> None:
    program = make_program(cast, "published")
    paper = PaperEntry(
        title=f"{SECRET} hội nghị", dated=parse_date("23/3/2023"), partners=[PartnerEntry(1, cast.ours)]
    )
    entry = MeetingEntry(
        paper=paper, stage=Stage.PREPARED, papers=[TablePaperEntry("signed", program.document)]
    )
    meeting = save_meeting(None, entry, by=cast.lan, keeper=cast.ours)
    if state != "drafting":
        meeting = bring(cast, meeting, state)
    visitor = cast.client(None)
    for address in (
        "/", "/hoi-nghi/", "/tim-kiem/?q=hoi+nghi", f"/chuong-trinh/{program.slug}/", f"/don-vi/{cast.ours.slug}/",
    ):  # fmt: skip
        assert SECRET not in visitor.get(address).text
    if meeting.slug:
        status = 410 if state == "withdrawn" else 404
        assert visitor.get(f"/hoi-nghi/{meeting.slug}/").status_code == status
        assert visitor.get(f"/hoi-nghi/{meeting.slug}/lich.ics").status_code == 404
    assert SECRET not in cast.client("binh").get("/lam-viec/hoi-nghi/lich/?thang=2023-03").text
    assert (SECRET in cast.client("thu").get(f"/lam-viec/chuong-trinh/{program.code}/").text) == (
        state != "drafting"
    )
    assert cells(visitor.get("/hoi-nghi/excel/")) == []
    assert len(cells(cast.client("lan").get("/lam-viec/hoi-nghi/excel/"))) == 1


def cells(answer: Any) -> list[tuple]:
    """The rows of a downloaded file under its heads."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [row for row in book.worksheets[0].iter_rows(min_row=5, values_only=True) if any(row)]


def test_the_file_is_the_list_and_runs_nothing(cast: Cast) -> None:
    bring(cast, make_meeting(cast, "=1+1", dated=parse_date("tháng 3/2023"), place="@x"), "published")
    make_meeting(cast, "Đang soạn")
    book = openpyxl.load_workbook(io.BytesIO(cast.client(None).get("/hoi-nghi/excel/").getvalue()))
    heads = [cell.value for cell in book.worksheets[0][4]]
    assert "Địa chỉ" in heads and "Văn bản ký" not in heads, "papers kept inside are not counted to visitors"
    row = cells(cast.client(None).get("/hoi-nghi/excel/?nam=2023"))[0]
    assert row[:3] == ("=1+1", "Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình", "tháng 3/2023")
    assert cells(cast.client(None).get("/hoi-nghi/excel/?nam=2022")) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_file_tells_the_papers_read_by_the_questions_of_one(rows: int, cast: Cast) -> None:
    make_full(cast, rows=rows)
    told = [f"Trần Thị Hoa {at}, Phó Bí thư: Cách làm hay {at}" for at in range(1, rows + 1)]
    asked = {}
    for who, address in ((None, "/hoi-nghi/excel/"), ("lan", "/lam-viec/hoi-nghi/excel/")):
        client = cast.client(who)
        with CaptureQueriesContext(connection) as captured:
            assert cells(client.get(address))[0][7] == "\n".join(told)
        asked[who] = len(captured)
    assert asked == {None: 4, "lan": 8}


def test_inside_words_find_nothing_for_those_outside(cast: Cast) -> None:
    meeting = make_full(cast)
    for who, words, found in (
        ("lan", ["cua", "co", "quan", "1"], True),
        ("phuc", ["cua", "co", "quan", "1"], False),
        ("phuc", ["cho", "cac", "ben", "1"], True),
        ("binh", ["cho", "cac", "ben", "1"], False),
        ("binh", ["som", "danh", "gia"], True),
    ):
        user = cast.people[who]
        assert (who, words, Meeting.objects.holding(Sought(" ".join(words), user)).filter(pk=meeting.pk).exists()) == (
            who, words, found,
        )  # fmt: skip


def test_a_programme_shows_the_conferences_of_its_paper(cast: Cast) -> None:
    meeting = make_full(cast)
    program = meeting.papers.first().document.program
    page = cast.client(None).get(f"/chuong-trinh/{program.slug}/").text
    assert "Hội nghị về văn bản này" in page and f"/hoi-nghi/{meeting.slug}/" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_much_for_three_parts_as_for_one(rows: int, cast: Cast) -> None:
    meeting = make_full(cast, rows=rows)
    public, record = f"/hoi-nghi/{meeting.slug}/", f"/lam-viec/hoi-nghi/{meeting.code}/"
    cast.client(None).get(public)
    with CaptureQueriesContext(connection) as asked:
        publication_preview(Meeting.objects.select_related("document__type", "keeper").get(pk=meeting.pk))
    assert {
        "public": queries(cast.client(None), public),
        "party": queries(cast.client("phuc"), record),
        "keeper": queries(cast.client("lan"), record),
        "preview": len(asked),
    } == {"public": 23, "party": 31, "keeper": 50, "preview": 29}


def test_a_draft_is_no_date_of_those_who_may_not_read_it(cast: Cast) -> None:
    make_meeting(cast, f"{SECRET} họp", dated=PartialDate.day(in_days(5)), stage=Stage.PREPARED)
    shown = {name: SECRET in cast.client(name).get("/lam-viec/").text for name in ("lan", "mai", "binh")}
    assert shown == {"lan": True, "mai": False, "binh": False}


def test_an_amendment_signed_there_is_listed_with_its_page(cast: Cast) -> None:
    program = make_program(cast, "published")
    paper = PaperEntry(
        title="Sửa đổi Điều 3", partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)]
    )
    own = {"model": Amendment, "by": cast.lan, "keeper": cast.ours}
    amendment = save_companion(None, CompanionEntry(paper=paper, program=program), **own)
    records.submit(amendment, by=cast.lan)
    records.approve(amendment, by=cast.hung, expected=amendment.version)
    table = [TablePaperEntry("signed", amendment.document)]
    meeting = bring(cast, make_meeting(cast, papers=table), "published")
    assert "Sửa đổi Điều 3" not in read(cast, None, meeting)
    for name in ("lan", "phuc"):
        assert f"/lam-viec/sua-doi/{amendment.code}/" in read(cast, name, meeting)
    publish_companion(amendment, by=cast.hung, expected=amendment.version)
    amendment.refresh_from_db()
    page = reverse("programs:amendment_page", args=[program.slug, amendment.slug])
    assert page in read(cast, None, meeting)


def test_who_stands_in_is_named_once_and_many_are_counted(cast: Cast) -> None:
    people = [ParticipationEntry(f"Khách {at}") for at in range(MOST_PRESENT + 2)]
    meeting = make_meeting(cast, participations=people)
    substitute(meeting.participations.first(), "Lê Dự Thay", "", by=cast.lan, seen="")
    page = read(cast, "lan", meeting).split('id="nguoi-du"')[1].split("</section>")[0]
    assert (page.count("Lê Dự Thay"), page.count("<li>"), "Và 2 dòng nữa" in page) == (1, MOST_PRESENT, True)
    assert 'Khách 0 <span class="meta">cử người dự thay: Lê Dự Thay</span>' in page

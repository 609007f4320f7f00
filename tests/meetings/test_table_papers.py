"""A paper added in place at a conference: it stays the same paper, and is read with the conference."""

from typing import Any

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.actions.meetings import publish_meeting
from meetings.forms.raw import meeting_data
from meetings.forms.table import added_entry
from meetings.models import Meeting, MeetingPaper, MeetingSignature
from meetings.paste import split_papers
from meetings.publication import meeting_parts
from meetings.reading import MeetingReading
from portal.access import VISITOR
from portal.actions import copies, records
from portal.forms.rows import append_rows, set_row_count
from portal.models import Document, DocumentType, record_of
from portal.registers import listed_documents, may_read, sought_documents
from portal.text import slugify
from tests.cast import Cast, make_program

NEW = "/lam-viec/hoi-nghi/nhap/"
TITLE = "Bản ghi nhớ về chăm lo Tết cho hộ nghèo năm 2027"
SIGNER = {"side": "1", "name": "Nguyễn Lan Hương", "capacity": "Trưởng Ban Dân vận"}
EVERYBODY = (None, "lan", "hung", "binh", "phuc", "thu")


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    starter.load()


def posted(cast: Cast, *titles: str, signers: Any = ()) -> QueryDict:
    """A conference at which these papers were signed, as it is posted."""
    data = QueryDict(mutable=True)
    data["title"], data["dated"], data["lam"] = "Hội nghị ký kết", "2/4/2016", "save"
    append_rows(data, "partners", [{"side": "1", "name": cast.ours.name}])
    append_rows(data, "table", [{"paper": one, "role": "signed"} for one in titles])
    append_rows(data, "signers", signers)
    return data


def saved_again(cast: Cast, meeting: Meeting, **changes: str) -> str:
    """What its page says after its form was saved as it stands, but for these changes."""
    data = meeting_data(Meeting.objects.get(pk=meeting.pk))
    data["lam"], data["phien-ban"] = "save", str(Meeting.objects.get(pk=meeting.pk).version)
    for name, value in changes.items():
        data[name] = value
    return cast.client("lan").post(f"/lam-viec/hoi-nghi/{meeting.code}/sua/", data, follow=True).text


def way_of(cast: Cast, meeting: Meeting, *steps: str) -> Meeting:
    """The conference after it was handed in, approved, published."""
    for step in steps:
        meeting.refresh_from_db()
        if step == "submit":
            records.submit(meeting, by=cast.lan)
        elif step == "approve":
            records.approve(meeting, by=cast.hung, expected=meeting.version)
        elif step == "publish":
            publish_meeting(meeting, by=cast.hung, expected=meeting.version)
        elif step == "withdraw":
            records.withdraw(meeting, by=cast.hung, reason="Đăng nhầm.", expected=meeting.version)
    meeting.refresh_from_db()
    return meeting


def entered(cast: Cast, **how: Any) -> Meeting:
    cast.client("lan").post(NEW, posted(cast, TITLE, **how))
    return Meeting.objects.get()


def readers(cast: Cast, document: Document) -> set[str | None]:
    """Who may read a document, asked of its page, of the list, and of the search."""
    people = {name: cast.people[name] if name else VISITOR for name in EVERYBODY}
    found = {name for name, one in people.items() if may_read(document, one)}
    for ask in (listed_documents, sought_documents):
        assert {name for name, one in people.items() if ask(one).filter(pk=document.pk).exists()} == found
    return found


def test_a_paper_added_here_stays_one_paper_with_its_signatures(cast: Cast) -> None:
    meeting = entered(cast, signers=[SIGNER])
    document = Document.objects.get(title=TITLE)
    written = document.history.count()
    for _ in range(2):
        assert "không còn ở hội nghị này" not in saved_again(cast, meeting)
    assert [one.document for one in meeting.papers.all()] == [document]
    assert Document.objects.filter(title=TITLE).count() == 1
    assert document.history.count() == written
    assert MeetingSignature.objects.get().signature.document == document


def test_an_approved_edit_leaves_the_paper_and_adds_a_new_one_once(cast: Cast) -> None:
    meeting = way_of(cast, entered(cast), "submit", "approve", "publish")
    document, added = Document.objects.get(title=TITLE), "Bản cam kết giữ gìn vệ sinh"
    data = meeting_data(meeting)
    append_rows(data, "table", [{"paper": added, "role": "launched"}])
    data["dua-tren"] = str(meeting.version)
    for data["phien-ban"], data["lam"] in (("0", "save"), ("1", "submit")):
        cast.client("lan").post(f"/lam-viec/hoi-nghi/{meeting.code}/sua/", data)
    answer = {"phien-ban": str(copies.open_copy("meeting", meeting).number), "lam": "approve"}
    cast.client("hung").post(f"/lam-viec/hoi-nghi/{meeting.code}/duyet/", answer)
    kept = [one.document for one in meeting.papers.order_by("pk")]
    assert (kept[0], [one.title for one in kept]) == (document, [TITLE, added])
    assert Document.objects.filter(title__in=[TITLE, added]).count() == 2
    assert readers(cast, kept[1]) == set(EVERYBODY)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "Chương trình phối hợp số 05-CTrPH/BXDĐ-UBND giữa Ban Xây dựng Đảng và UBND phường về công tác dân vận "
            "giai đoạn 2026 - 2030",
            (
                "Công tác dân vận giai đoạn 2026 - 2030",
                "05-CTrPH/BXDĐ-UBND",
                "Chương trình phối hợp",
                "2026–2030",
            ),
        ),
        (
            "Kế hoạch phối hợp số 12-KH/BXDĐ-UBND năm 2026",
            ("Kế hoạch phối hợp năm 2026", "12-KH/BXDĐ-UBND", "Kế hoạch phối hợp", "2026"),
        ),
        (
            "Kế hoạch số 34/KH-UBND năm 2026 về chăm lo Tết",
            ("Chăm lo Tết", "34/KH-UBND", "Kế hoạch", "2026"),
        ),
        (
            "Giao ước thi đua xây dựng chính quyền thân thiện năm 2026",
            ("Giao ước thi đua xây dựng chính quyền thân thiện năm 2026", "", "Giao ước", "2026"),
        ),
        ("Quyết định số 7-QĐ/BXDĐ về quy chế", ("Quy chế", "7-QĐ/BXDĐ", "Quyết định", "")),
    ],
)
def test_a_pasted_name_says_type_number_title_and_period(cast: Cast, text: str, kept: tuple) -> None:
    for name, family in {
        "Kế hoạch phối hợp": "program", "Giao ước": "program", "Quyết định": "other", "Chương trình": "program",
    }.items():  # fmt: skip
        DocumentType.objects.create(key=slugify(name), name=name, family=family)
    cast.client("lan").post(NEW, posted(cast, text))
    document = MeetingPaper.objects.get().document
    record = record_of(document)
    period = str(record.period) if record else ""
    assert (document.title, document.number, str(document.type), period) == kept
    assert bool(document.number_key) == bool(document.number)
    saved_again(cast, Meeting.objects.get())
    assert MeetingPaper.objects.get().document == document


def test_a_paper_on_the_table_is_read_with_the_conference(cast: Cast) -> None:
    meeting = entered(cast)
    document = Document.objects.get(title=TITLE)
    assert readers(cast, document) == {"lan", "hung"}
    way_of(cast, meeting, "submit", "approve")
    assert readers(cast, document) == {"lan", "hung", "thu"}
    assert f"Ký kết: {TITLE}" in [
        f"{one.part}: {one.words.splitlines()[0]}" for one in meeting_parts(meeting).public
    ]
    way_of(cast, meeting, "publish")
    assert readers(cast, document) == set(EVERYBODY)
    page = cast.client(None).get(f"/hoi-nghi/{meeting.slug}/").text
    assert f'<a href="/van-ban/{document.code}/">{TITLE}</a>' in page
    assert cast.client(None).get(f"/van-ban/{document.code}/").status_code == 200
    way_of(cast, meeting, "withdraw")
    assert readers(cast, document) == {"lan", "hung", "thu"}


def test_a_paper_that_can_no_longer_be_read_stays_on_the_table(cast: Cast) -> None:
    theirs = make_program(cast, "published", title="Chương trình của bạn")
    data = posted(cast)
    append_rows(
        data, "table", [{"paper": str(theirs.document), "paper-ma": theirs.document.code, "role": "reviewed"}]
    )
    cast.client("binh").post(NEW, data)
    records.withdraw(theirs, by=cast.hung, reason="Đăng nhầm.", expected=theirs.version)
    meeting, before = Meeting.objects.get(), Document.objects.count()
    data = meeting_data(meeting)
    data["lam"], data["phien-ban"] = "save", str(meeting.version)
    page = cast.client("binh").post(f"/lam-viec/hoi-nghi/{meeting.code}/sua/", data, follow=True).text
    assert ([one.document for one in meeting.papers.all()], Document.objects.count()) == (
        [theirs.document],
        before,
    )
    assert "nay cơ quan mình không đọc được" in page


def test_a_chosen_paper_that_cannot_be_read_is_asked_about_before_another_is_added(cast: Cast) -> None:
    hidden = make_program(cast, "approved", title="Chương trình của bạn")
    data = posted(cast)
    append_rows(
        data, "table", [{"paper": str(hidden.document), "paper-ma": hidden.document.code, "role": "reviewed"}]
    )
    before = Document.objects.count()
    answer = cast.client("binh").post(NEW, data)
    assert (answer.status_code, Document.objects.count()) == (422, before)
    assert "Văn bản đã chọn ở dòng này nay không đọc được" in answer.text


def test_a_paper_renamed_meanwhile_is_still_the_one_of_the_row(cast: Cast) -> None:
    meeting = entered(cast)
    data = meeting_data(meeting)
    data["lam"], data["phien-ban"] = "save", str(meeting.version)
    document = Document.objects.get(title=TITLE)
    document.title = "Bản ghi nhớ"
    document.save()
    cast.client("lan").post(f"/lam-viec/hoi-nghi/{meeting.code}/sua/", data)
    assert [one.document for one in meeting.papers.all()] == [document]
    assert not Document.objects.filter(title=TITLE).exists()


TABLE = (
    "STT\tSố, ký hiệu\tTên văn bản\tCác bên\n"
    "1\t05-CTrPH/BDV-UBND\tChương trình phối hợp về chăm lo hộ nghèo giai đoạn 2026 - 2030\tUBND phường Ba Đình\nHội Chữ thập đỏ phường\n"
    "2\t\tGiao ước thi đua năm 2027\tUBND phường Ba Đình; Hội Chữ thập đỏ phường\n"
    "3\t08/QCPH\tQuy chế phối hợp tiếp công dân\tUBND phường Ba Đình; Hội Chữ thập đỏ phường\n"
)


def test_a_pasted_table_of_papers_gives_each_its_number_and_its_own_parties(cast: Cast) -> None:
    data = posted(cast)
    data["table-dan"], data["lam"] = TABLE, "table:split"
    client = cast.client("lan")
    drawn = client.post(NEW, data).text
    assert "Các bên của văn bản thêm mới" in drawn
    for at, row in enumerate(split_papers(TABLE)):
        assert all(words in drawn for words in row.values()), at
    data = posted(cast)
    append_rows(data, "table", [row | {"role": "signed"} for row in split_papers(TABLE)])
    append_rows(data, "signers", [SIGNER | {"capacity": "Chủ tịch UBND phường Ba Đình", "paper": "hộ nghèo"}])
    assert client.post(NEW, data).status_code == 302
    program, pledge, rules = [row.document for row in MeetingPaper.objects.order_by("position")]
    assert (program.number, program.title) == (
        "05-CTrPH/BDV-UBND", "Chăm lo hộ nghèo giai đoạn 2026 - 2030",
    )  # fmt: skip
    assert [(one.side, one.organization, one.printed) for one in program.partners.all()] == [
        (1, cast.partner, ""), (2, None, "Hội Chữ thập đỏ phường"),
    ]  # fmt: skip
    assert [one.side for one in program.signatures.all()] == [1], "who signed is of a side of this paper"
    assert pledge.title == "Giao ước thi đua năm 2027"
    assert (rules.number, rules.title) == ("08/QCPH", "Quy chế phối hợp tiếp công dân")
    for other in (pledge, rules):
        assert [(one.organization, one.printed) for one in other.partners.order_by("side")] == [
            (cast.partner, ""), (None, "Hội Chữ thập đỏ phường"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Giao ước A\tBan Dân vận và UBND phường", {"paper": "Giao ước A", "parties": "Ban Dân vận; UBND phường"}),
        ("1\tQuy chế A", {"paper": "Quy chế A", "parties": ""}),
        ("Số: 7-QC/BDV\tQuy chế A\tA; B\n8-QC\tQuy chế B\tC", {"paper": "7-QC/BDV Quy chế A", "parties": "A; B"}),
        ("Tên\tNgày\tCác bên\nQuy chế A\t5/11\tC", {"paper": "Quy chế A 5/11", "parties": "C"}),
    ],
)  # fmt: skip
def test_tables_of_papers_are_read_with_and_without_heads(line: str, row: dict[str, str]) -> None:
    assert split_papers(line)[0] == row


SIGNED_BY_TWO = (
    "Chương trình phối hợp số 05-CTrPH/BDVĐU-UBND ngày 2/4/2016 giữa {ours} và {partner} về công tác dân vận "
    "giai đoạn 2016 – 2020"
)


def test_a_paper_added_by_its_full_name_has_the_parties_named_there_and_says_what_it_is(cast: Cast) -> None:
    words = SIGNED_BY_TWO.format(ours=cast.ours.name, partner=cast.partner.name)
    data = posted(cast, words)
    cast.client("lan").post(NEW, data)
    meeting = Meeting.objects.get()
    [row] = MeetingReading(meeting, cast.lan).table[0].papers
    assert [one.organization for one in row.document.partners.all()] == [cast.ours, cast.partner]
    assert row.document.title == "Công tác dân vận giai đoạn 2016 – 2020"
    assert row.name == "Chương trình phối hợp về công tác dân vận giai đoạn 2016 – 2020"
    assert row.name in cast.client("lan").get(f"/lam-viec/hoi-nghi/{meeting.code}/").text


def test_organisers_as_many_as_a_paper_names_are_its_parties(cast: Cast) -> None:
    data = posted(cast, SIGNED_BY_TWO.format(ours="Ban Dân vận", partner="UBND"))
    data["partners-1-side"], data["partners-1-name"] = "2", cast.partner.name
    set_row_count(data, "partners", 2)
    cast.client("lan").post(NEW, data)
    [paper] = MeetingPaper.objects.all()
    assert [one.organization for one in paper.document.partners.all()] == [cast.ours, cast.partner]


@pytest.mark.parametrize(
    ("words", "number", "title"),
    [
        ("08/QCPH Quy chế tiếp công dân", "08/QCPH", "Quy chế tiếp công dân"),
        ("Số 12/CTr-X-Y, Chương trình thử", "12/CTr-X-Y", "Chương trình thử"),
        ("3-Kế hoạch chăm lo Tết", "", "3-Kế hoạch chăm lo Tết"),
        ("5/Kế hoạch chăm lo Tết", "", "5/Kế hoạch chăm lo Tết"),
        ("5/11 QH họp", "", "5/11 QH họp"),
    ],
)
def test_a_number_in_no_known_form_is_no_part_of_the_title(words: str, number: str, title: str) -> None:
    added = added_entry(words, "signed", "", [])
    assert (added.number, added.title) == (number, title)

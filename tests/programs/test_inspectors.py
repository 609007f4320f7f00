"""An inspector reads the bodies and years given, between two dates, changes nothing, and leaves a trace."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.access import readable_audiences
from portal.actions.documents import FileEntry, PartnerEntry
from portal.dates import parse_date
from portal.models import Act, Verb
from portal.sections import touched
from programs.models import Program
from tests.cast import Cast, join, make_file, make_program, unknown_date

LIST, EXCEL = "/lam-viec/chuong-trinh/", "/lam-viec/chuong-trinh/excel/"


@pytest.fixture
def papers(cast: Cast, settings: object) -> dict[str, Program]:
    """A programme of the years given, one of another year, one of another body, one being written."""
    folder = settings.MEDIA_ROOT / "00" / "00"
    folder.mkdir(parents=True)
    (folder / ("0" * 64)).write_bytes(b"%PDF")
    file = make_file(cast, "parties")
    elsewhere = [PartnerEntry(1, cast.neighbour)]
    found = {
        "given": make_program(
            cast, "approved", title="Cải cách hành chính 2019", dated=parse_date("5/5/2019"),
            files=[FileEntry(file, audience="parties")],
        ),
        "of another year": make_program(cast, "approved", dated=parse_date("5/5/2023")),
        "of another body": make_program(cast, "approved", partners=elsewhere, dated=parse_date("5/5/2019")),
        "being written": make_program(cast, "drafting", dated=parse_date("5/5/2019")),
    }  # fmt: skip
    other = found["of another body"]
    other.keeper = cast.neighbour
    other.save()
    touched(other)
    return found


def page(program: Program) -> str:
    return reverse("programs:program_record", args=[program.code])


def excel_rows(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [row[1] for row in sheet.iter_rows(min_row=5, values_only=True) if row[1]]


def test_lists_pages_files_excel_and_search_hold_what_was_given(cast: Cast, papers: dict) -> None:
    kien, given = cast.client("kien"), papers["given"]
    listed = kien.get(LIST).context["hits"]
    assert [hit.url for hit in listed] == [page(given)]
    assert excel_rows(b"".join(kien.get(EXCEL))) == ["Cải cách hành chính 2019"]
    assert kien.get(f"{LIST}?q=phoi+hop+ba+dinh").context["total"] == 1
    suggested = kien.get("/lam-viec/goi-y/chuong-trinh/?q=ba+dinh").json()["found"]
    assert [one["code"] for one in suggested] == [given.code]
    opened = {name: kien.get(page(one)).status_code for name, one in papers.items()}
    assert opened == {name: 200 if name == "given" else 404 for name in papers}
    file = given.document.attachments.get()
    assert b"".join(kien.get(reverse("portal:serve_file", args=[file.code, file.name]))) == b"%PDF"


@pytest.mark.parametrize("days", [-6, 6], ids=["before", "after"])
def test_outside_the_visit_nothing_is_read(cast: Cast, papers: dict, days: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        kien = cast.client("kien")
        assert kien.get(LIST).context["total"] == 0
        assert kien.get(page(papers["given"])).status_code == 404
        file = papers["given"].document.attachments.get()
        assert kien.get(reverse("portal:serve_file", args=[file.code, file.name])).status_code == 404


def test_what_was_read_stands_in_the_journal_once_a_day(cast: Cast, papers: dict) -> None:
    kien, given = cast.client("kien"), papers["given"]
    file = given.document.attachments.get()
    for _ in range(2):
        kien.get(page(given))
        b"".join(kien.get(reverse("portal:serve_file", args=[file.code, file.name])))
        b"".join(kien.get(EXCEL + "?q=hành chính"))
        kien.get(reverse("programs:body_sheet", args=[cast.ours.code]))
    traces = Act.objects.filter(verb=Verb.READ).order_by("pk")
    assert {act.person for act in traces} == {cast.kien}
    assert [(act.record_code, act.reason) for act in traces] == [
        (given.code, ""),
        (given.code, "tệp van-ban.pdf"),
        (cast.ours.code, "tải Excel chương trình: Từ khóa: hành chính"),
        (cast.ours.code, "bảng chương trình của cơ quan"),
    ]
    journal = cast.client("lan").get(page(given)).text
    assert "Hồ Văn Kiên, Ban Dân vận Đảng ủy phường Ba Đình: xem" in journal


def test_what_a_person_reads_in_another_role_is_no_inspection(cast: Cast, papers: dict) -> None:
    join(cast.kien, cast.neighbour, "clerk")
    cast.client("kien").get(page(papers["of another body"]))
    assert not Act.objects.filter(verb=Verb.READ).exists()


def test_an_inspector_changes_nothing(cast: Cast, papers: dict) -> None:
    kien, code = cast.client("kien"), papers["given"].code
    verbs = ("submit", "recall", "drop", "return", "approve", "publish", "withdraw", "edit", "paper")
    answers = {
        verb: kien.post(reverse(f"programs:{verb}_program", args=[code]), {"title": "Khác"}).status_code
        for verb in verbs
    }
    assert set(answers.values()) == {403}
    assert kien.post("/lam-viec/tep/").status_code == 403


@pytest.mark.parametrize(
    ("period", "approved", "read"),
    [
        ("2018-2020", 2026, True),
        ("từ năm 2021", 2026, True),
        ("2023-2026", 2026, False),
        ("2023-2026", 2020, False),
        ("2016-2018", 2026, False),
        ("", 2021, True),
        ("", 2026, False),
    ],
)
def test_a_paper_of_unknown_day_is_given_by_its_period_and_without_one_by_its_approval(
    cast: Cast, period: str, approved: int, read: bool
) -> None:
    with time_machine.travel(timezone.now().replace(year=approved, month=3, day=1)):
        program = make_program(cast, "approved", dated=unknown_date(), period=period)
    kien = cast.client("kien")
    assert kien.get(page(program)).status_code == (200 if read else 404)
    assert kien.get(LIST).context["total"] == int(read)
    assert ("parties" in readable_audiences(cast.kien, program)) is read
    assert Act.objects.filter(verb=Verb.READ).count() == int(read)

"""An approval given on paper is recorded by a clerk, where the office allows it, with its slip."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.actions.copies import save_copy
from portal.actions.records import submit_copy
from portal.models import Act, Attachment, State, Verb, WorkingCopy
from portal.templatetags.say import vdate
from programs.forms.programs import raw_data
from programs.models import Program
from tests.cast import Cast, in_days, make_program

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def allowed(cast: Cast) -> Cast:
    """Our office lets its clerks record what was approved on paper."""
    cast.ours.approves_on_paper = True
    cast.ours.save()
    return cast


def said(days: int) -> str:
    """A day counted from today, as people type it."""
    return f"{in_days(days):%d/%m/%Y}"


def record_paper(cast: Cast, program: Program, who: str = "lan", **changed: Any) -> int:
    """Somebody records the slip of the waiting version; the status of the answer."""
    data = {
        "phien-ban": program.version,
        "day": said(0),
        "approver": "Trần Văn Hùng, Trưởng ban",
        "slip": SimpleUploadedFile("phieu.pdf", PDF),
    } | changed
    data = {name: value for name, value in data.items() if value is not None}
    return cast.client(who).post(reverse("programs:paper_program", args=[program.code]), data).status_code


def test_it_is_closed_until_the_office_allows_it(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    record = reverse("programs:program_record", args=[program.code])
    assert "duyet-tren-giay" not in cast.client("lan").get(record).text
    assert record_paper(cast, program) == 403
    program.refresh_from_db()
    assert program.state == State.WAITING


def test_the_slip_and_the_journal_say_who_approved_and_who_recorded(allowed: Cast) -> None:
    program = make_program(allowed, "waiting")
    record = reverse("programs:program_record", args=[program.code])
    assert "duyet-tren-giay" in allowed.client("lan").get(record).text
    assert record_paper(allowed, program) == 302
    program.refresh_from_db()
    assert (program.state, timezone.localdate(program.approved_at)) == (State.APPROVED, in_days(0))
    assert program.published_from is None
    act = Act.objects.get(verb=Verb.PAPER)
    assert (act.person, act.reason) == (
        allowed.lan,
        f"Trần Văn Hùng, Trưởng ban duyệt ngày {vdate(in_days(0))}",
    )
    assert not Act.objects.filter(verb=Verb.APPROVE).exists()
    slip = program.document.attachments.get()
    assert (slip.audience, slip.uploaded_by) == ("body", allowed.lan)
    url = reverse("portal:serve_file", args=[slip.code, slip.name])
    answers = {name: allowed.client(name).get(url) for name in ("lan", "mai", "phuc", "thu", "kien")}
    assert b"".join(answers["lan"]) == PDF
    assert [answers.pop(name).status_code for name in list(answers)] == [200, 404, 404, 404, 404]
    assert "ghi nhận duyệt trên giấy" in allowed.client("lan").get(record).text


@pytest.mark.parametrize(
    "wrong",
    [{"slip": None}, {"day": ""}, {"day": "2022"}, {"day": said(2)}, {"approver": " "},
     {"slip": SimpleUploadedFile("phieu.pdf", b"MZ")}, {"phien-ban": "7"}],
    ids=["no slip", "no day", "a year", "a day to come", "nobody", "not a paper", "another version"],
)  # fmt: skip
def test_without_its_slip_day_and_person_nothing_is_approved(allowed: Cast, wrong: dict) -> None:
    program = make_program(allowed, "waiting")
    assert record_paper(allowed, program, **wrong) == 422
    program.refresh_from_db()
    assert program.state == State.WAITING
    assert not Attachment.objects.exists()


def test_a_draft_not_handed_in_and_other_bodies_are_refused(allowed: Cast) -> None:
    draft, waiting = make_program(allowed), make_program(allowed, "waiting")
    assert record_paper(allowed, draft) == 422
    assert [record_paper(allowed, waiting, who) for who in ("phuc", "mai", "quy")] == [404, 404, 403]


def test_the_edit_of_an_approved_paper_is_approved_so_too(allowed: Cast) -> None:
    program = make_program(allowed, "published")
    data = raw_data(program)
    data["title"] = "Tên gọi đã sửa"
    copy = save_copy("program", program, data, by=allowed.lan, expected=0, based_on=program.version)
    submit_copy(copy, program, by=allowed.lan)
    assert record_paper(allowed, program, **{"phien-ban": copy.number}) == 302
    program.refresh_from_db()
    assert program.document.title == "Tên gọi đã sửa"
    assert program.document.attachments.count() == 1
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("what", ["a draft", "an edit"])
def test_nothing_was_approved_before_it_was_handed_in(allowed: Cast, what: str) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=5)):
        program = make_program(allowed, "waiting" if what == "a draft" else "approved")
        version = {"phien-ban": program.version}
        if what == "an edit":
            copy = save_copy("program", program, raw_data(program), by=allowed.lan, expected=0)
            submit_copy(copy, program, by=allowed.lan)
            version = {"phien-ban": copy.number}
    page = allowed.client("lan").post(
        reverse("programs:paper_program", args=[program.code]), version | {"day": said(-6)}
    )
    assert f"Bản này được trình ngày {vdate(in_days(-5))}, sau ngày ghi ở đây." in page.text
    assert record_paper(allowed, program, day=said(-6), **version) == 422
    assert record_paper(allowed, program, day=said(-5), **version) == 302
    program.refresh_from_db()
    assert timezone.localdate(program.approved_at) == in_days(-5)

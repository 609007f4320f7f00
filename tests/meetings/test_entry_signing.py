"""Signing at a conference: proposed to drafts, opened as an edit of approved papers, other bodies' papers untouched."""

from typing import Any

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.forms.meetings import MeetingForm
from meetings.models import Meeting, MeetingSignature, Participation
from portal.dates import PartialDate
from portal.forms.rows import append_rows
from portal.models import Person, Position, Signature, WorkingCopy
from programs.models import Program
from tests.cast import Cast, make_program

NEW = "/lam-viec/hoi-nghi/nhap/"
SIGNERS = [
    {"side": "1", "name": "Nguyễn Lan Hương", "capacity": "Trưởng ban", "authority": "TM"},
    {"side": "2", "name": "Nguyễn Đức Chung", "capacity": "Bí thư Ban cán sự Đảng", "authority": "KT"},
]


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    starter.load()


def filled(cast: Cast, signers: list[dict[str, str]] = SIGNERS, papers: list[Any] | None = None) -> QueryDict:
    """A conference at which papers were signed, as it is posted."""
    data = QueryDict(mutable=True)
    data["title"], data["dated"], data["lam"] = "Hội nghị ký kết", "2/4/2016", "save"
    append_rows(
        data, "partners", [{"side": "1", "name": cast.ours.name}, {"side": "2", "name": cast.partner.name}]
    )
    titles = ["Kế hoạch phối hợp năm 2016", "Quy chế phối hợp về tiếp công dân"]
    append_rows(data, "table", papers or [{"paper": one, "role": "signed"} for one in titles])
    append_rows(data, "signers", signers)
    return data


def on_table(program: Program) -> list[dict[str, str]]:
    return [{"paper": str(program.document), "paper-ma": program.document.code, "role": "signed"}]


def unsigned(cast: Cast, state: str) -> Program:
    return make_program(cast, state, dated=PartialDate.unknown(), signatures=[])


def test_papers_added_here_are_signed_each_person_added_once(cast: Cast) -> None:
    cast.client("lan").post(NEW, filled(cast))
    kept = [(one.side, one.person.name, one.capacity, one.authority) for one in Signature.objects.all()]
    row = [(int(one["side"]), one["name"], one["capacity"], one["authority"]) for one in SIGNERS]
    assert sorted(kept) == sorted(row * 2)
    assert (MeetingSignature.objects.count(), Person.objects.count()) == (4, 2)
    named = [(one.name, one.role_links.get().role.key) for one in Participation.objects.all()]
    assert named == [(one["name"], "ky") for one in SIGNERS]


def test_a_signer_of_one_paper_signs_that_one(cast: Cast) -> None:
    second = SIGNERS[1] | {"paper": "quy chế tiếp dân"}
    cast.client("lan").post(NEW, filled(cast, [SIGNERS[0], second]))
    found = {(one.document.title[:6].strip(), one.person.name) for one in Signature.objects.all()}
    assert found == {
        ("Kế hoạ", SIGNERS[0]["name"]),
        ("Quy ch", SIGNERS[0]["name"]),
        ("Quy ch", SIGNERS[1]["name"]),
    }
    wrong = cast.client("lan").post(NEW, filled(cast, [SIGNERS[0] | {"paper": "phối hợp"}]))
    assert (wrong.status_code, "Có nhiều văn bản ở trên mang các chữ này." in wrong.text) == (422, True)


def test_our_approved_paper_gets_an_open_edit_and_is_not_written_into(cast: Cast) -> None:
    program = unsigned(cast, "approved")
    version = program.version
    answer = cast.client("lan").post(NEW, filled(cast, papers=on_table(program)), follow=True)
    program.refresh_from_db()
    assert "Đã mở bản sửa của" in answer.text
    assert (program.version, program.document.dated.known, program.document.signatures.count()) == (
        version,
        False,
        0,
    )
    copy = WorkingCopy.objects.get(form="program")
    assert (copy.data["dated"], copy.data["signatures-1-name"], copy.data["signatures-1-authority"]) == (
        ["2/4/2016"], ["Nguyễn Đức Chung"], ["KT"]
    )  # fmt: skip
    again = cast.client("lan").post(NEW, filled(cast, papers=on_table(program)), follow=True)
    assert "đang có bản sửa" in again.text
    assert WorkingCopy.objects.get(form="program").number == copy.number


def test_another_bodys_paper_is_never_touched(cast: Cast) -> None:
    program = unsigned(cast, "published")
    answer = cast.client("binh").post(NEW, filled(cast, papers=on_table(program)), follow=True)
    assert (answer.status_code, Meeting.objects.get().papers.get().document) == (200, program.document)
    assert (WorkingCopy.objects.filter(form="program").count(), Signature.objects.count()) == (0, 0)


def test_a_person_not_known_of_a_side_is_a_warning_never_a_wall(cast: Cast) -> None:
    person = Person.objects.create(name=SIGNERS[1]["name"])

    def warned() -> list[bool]:
        form = MeetingForm(filled(cast), user=cast.lan, complete=True)
        form.is_valid()
        return ["name" in row.warnings for row in form.rows["signers"].forms]

    assert warned() == [True, True]
    Position.objects.create(person=person, organization=cast.partner, title="Bí thư", ended_on="2016-04-01")
    assert warned() == [True, True]
    Position.objects.create(person=person, organization=cast.partner, title="Bí thư", started_on="2016-04-01")
    assert warned() == [True, False]
    kept = filled(cast)
    form = MeetingForm(kept, user=cast.lan, complete=True)
    assert not form.is_valid()
    for field in form.doubtful():
        kept[field.warning_name] = field.warning
    assert MeetingForm(kept, user=cast.lan, complete=True).is_valid()

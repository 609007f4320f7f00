"""Nobody is told of papers they may not see: suggestions, bases, numbers used twice, filters, files."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.actions.documents import BasisEntry, PartnerEntry, SignatureEntry, cited_by
from portal.dates import parse_date
from portal.files import may_attach
from portal.matching import readable, suggest_people
from portal.models import Document, Person, WorkingCopy
from programs.forms.programs import ProgramForm
from tests.cast import Cast, in_days, make_body, make_file, make_program

ENTER = "/lam-viec/chuong-trinh/nhap/"
NUMBER = "07-CTrPH/BDVQU-UBND"
BASIS = f"Căn cứ Chương trình số {NUMBER} ngày 14/4/2022"

WHO_READS = [
    ("drafting", {"lan", "hung", "quy"}),
    ("approved", {"lan", "hung", "quy", "mai", "phuc", "thu", "kien"}),
]
PEOPLE = ["lan", "hung", "quy", "mai", "phuc", "thu", "kien", "binh"]


@pytest.mark.parametrize(("state", "readers"), WHO_READS)
def test_a_paper_is_suggested_to_those_who_may_see_its_record(
    cast: Cast, state: str, readers: set[str]
) -> None:
    make_program(cast, state, title="Giữ kín trong nhà", number=NUMBER)
    found = {
        name: cast.client(name).get("/lam-viec/goi-y/van-ban/?q=giu+kin").json()["found"] for name in PEOPLE
    }
    assert {name for name, lines in found.items() if lines} == readers


def test_whom_papers_name_is_asked_of_the_typed_name_alone(cast: Cast) -> None:
    Person.objects.create(name="Trần Thị Bình")
    with CaptureQueriesContext(connection) as asked:
        assert suggest_people("nguyen van khong co", cast.lan) == []
    named = [one["sql"] for one in asked if 'FROM "portal_person"' in one["sql"]]
    assert [sql.count("EXISTS") for sql in named] == [0]


def test_a_paper_of_the_register_is_suggested_to_everybody(cast: Cast) -> None:
    Document.objects.create(title="Nghị quyết về công tác dân vận", number="25-NQ/TW")
    answer = cast.client("binh").get("/lam-viec/goi-y/van-ban/?q=25+nq").json()
    assert [line["name"] for line in answer["found"]] == ["25-NQ/TW – Nghị quyết về công tác dân vận"]


def page_over(cast: Cast, person: str, **fields: Any) -> str:
    """The entry page a person gets over some fields, saying what each was understood to be."""
    posted = {"lam": "bases:add", "title": "Quy chế", "dated": "20/4/2022", **fields}
    return cast.client(person).post(ENTER, posted).text


@pytest.mark.parametrize(("person", "told"), [("lan", True), ("binh", False)])
def test_a_basis_or_a_number_names_no_draft_of_another_body(cast: Cast, person: str, told: bool) -> None:
    make_program(cast, "drafting", title="Giữ kín trong nhà", number=NUMBER)
    side = {"partners-TOTAL_FORMS": "1", "partners-0-side": "1", "partners-0-name": cast.ours.name}
    basis = page_over(cast, person, **{"bases-TOTAL_FORMS": "1", "bases-0-text": BASIS})
    number = page_over(cast, person, number=NUMBER, **side)
    assert ["Giữ kín trong nhà" in page for page in (basis, number)] == [told, told]


def test_a_draft_of_another_body_is_not_cited_unseen(cast: Cast) -> None:
    draft = make_program(cast, "drafting", number=NUMBER)
    entry = BasisEntry(BASIS, number=NUMBER, title="Phối hợp", dated=parse_date("14/4/2022"))
    assert cited_by([entry], by=cast.binh) != [draft.document]


@pytest.mark.parametrize(
    ("dated", "same"), [("14/4/2022", True), ("2022", True), ("", True), ("14/4/2023", False)]
)
def test_a_number_of_another_year_is_another_paper(cast: Cast, dated: str, same: bool) -> None:
    known = cited_by([BasisEntry("x", number="34/KH-UBND", dated=parse_date("14/4/2022"))], by=None)[0]
    found = cited_by([BasisEntry("x", number="34/KH-UBND", dated=parse_date(dated))], by=None)[0]
    assert (found == known) is same


@pytest.mark.parametrize("near", ["", "&sap-het-han=on", "&hieu-luc=ending_soon"])
def test_a_programme_continued_by_one_a_person_may_not_see_counts_as_not_continued(
    cast: Cast, near: str
) -> None:
    last, first = (f"{one:%d/%m/%Y}" for one in (in_days(40), in_days(41)))
    old = make_program(cast, "approved", title="Giai đoạn trước", period=f"1/2/2022 - {last}")
    sides = [PartnerEntry(1, cast.ours), PartnerEntry(2, make_body("Công an phường Ba Đình"))]
    later = {"period": f"{first} - 31/12/2040", "dated": parse_date(first), "predecessor": old}
    make_program(cast, "approved", title="Giai đoạn sau", partners=sides, **later)
    shown = {}
    for name in ("lan", "phuc"):
        pages = [
            cast.client(name).get(f"/lam-viec/chuong-trinh/?{asked}{near}")
            for asked in ("", "chua-ke-tiep=on")
        ]
        shown[name] = ["Giai đoạn trước" in page.text for page in pages]
    assert shown == {"lan": [True, False], "phuc": [True, True]}


def test_an_edit_that_names_the_file_of_another_body_opens_nothing(cast: Cast) -> None:
    staged = make_file(cast, "body")
    held = {"form": "program", "record_code": "abcdefgh23", "owner": cast.binh, "keeper": cast.neighbour}
    WorkingCopy.objects.create(purpose="copy", data={"zzz": [staged.code]}, **held)
    assert not may_attach(cast.binh, staged, None)
    address = reverse("portal:serve_file", args=[staged.code, staged.name])
    assert cast.client("binh").get(address).status_code == 404


@pytest.mark.parametrize(("person", "told"), [("lan", True), ("binh", False), ("thu", False), ("quy", True)])
def test_a_paper_that_a_basis_added_is_seen_by_the_body_that_cites_it_alone(
    cast: Cast, person: str, told: bool
) -> None:
    line = "Căn cứ Quyết định số 12-QĐ/ĐU ngày 3/2/2022 về việc nội bộ"
    typed = {"bases-TOTAL_FORMS": "1", "bases-0-text": line}
    page = cast.client("lan").post(ENTER, {"lam": "bases:up:0", "title": "Giấy"} | typed).text
    assert "Thêm vào sổ văn bản, chỉ cơ quan soạn thấy: 12-QĐ/ĐU" in page
    cast.client("lan").post(ENTER, {"lam": "save", "title": "Giấy"} | typed)
    added = Document.objects.get(number="12-QĐ/ĐU")
    assert (added.audience, added.looked_at) == ("body", False)
    assert (added in readable([added], cast.people[person])) is told


@pytest.mark.parametrize(
    ("state", "readers"), [("drafting", {"lan"}), ("approved", {"lan", "phuc", "thu", "binh"})]
)
def test_a_person_whom_a_draft_added_is_offered_to_its_body_alone(
    cast: Cast, state: str, readers: set[str]
) -> None:
    make_program(cast, state, signatures=[SignatureEntry(1, name="Mạc Kín Tiếng", capacity="Trưởng ban")])
    typed = QueryDict("signatures-TOTAL_FORMS=1&signatures-0-name=Mạc Kín Tiếng&title=Giấy")

    def found(name: str) -> tuple[bool, bool]:
        """Whether the person is suggested to somebody who enters papers, and taken for the name they type."""
        suggested = cast.client(name).get("/lam-viec/goi-y/nguoi/?q=mac+kin").json()["found"]
        [row] = ProgramForm(typed, user=cast.people[name]).rows["signatures"].forms
        return bool(suggested), row.is_valid() and row.cleaned_data["name"].found is not None

    writers = ("lan", "phuc", "thu", "binh")
    assert {name for name in writers if found(name) == (True, True)} == readers
    assert {name for name in writers if found(name) == (False, False)} == {*writers} - readers
    Person.objects.update(looked_at=True)
    assert found("binh") == (True, True)


def test_a_number_cited_by_two_bodies_tells_neither_the_words_of_the_other(cast: Cast) -> None:
    number, inside = "12-KH/ABC", "Kế hoạch chỉ nói trong dự thảo"
    draft = make_program(cast, bases=[BasisEntry("x", number=number, title=inside)])
    [theirs] = [one.cited for one in draft.document.citations.all()]
    other = cited_by([BasisEntry(f"Kế hoạch số {number}", number=number)], by=cast.binh)[0]
    again = cited_by([BasisEntry(f"Kế hoạch số {number}", number=number)], by=cast.lan)[0]
    assert (other.title, again) == (f"Kế hoạch số {number}", theirs)
    Document.objects.filter(pk=theirs.pk).update(looked_at=True)
    assert cited_by([BasisEntry(f"Kế hoạch số {number}", number=number)], by=cast.binh) == [theirs]

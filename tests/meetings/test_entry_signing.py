"""Signing at a conference: proposed to drafts, opened as an edit of approved papers, other bodies' papers untouched."""

from typing import Any

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Meeting, MeetingSignature, Participation
from portal.actions import copies, records
from portal.actions.documents import PartnerEntry, SignatureEntry, write_signatures
from portal.dates import PartialDate
from portal.forms.rows import append_rows, write_rows
from portal.models import Act, Document, Person, Position, Signature, User, Verb, WorkingCopy
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
    """A conference at which papers were signed, as it is posted once what was doubted of its signers is answered."""
    return answered(asked(cast, signers, papers), cast.lan)


def answered(data: QueryDict, user: User, **given: Any) -> QueryDict:
    """The data with every doubt of its form answered."""
    form = MeetingForm(data, user=user, **given)
    form.is_valid()
    for field in form.doubtful():
        data[field.warning_name] = field.warning_key
    return data


def asked(cast: Cast, signers: list[dict[str, str]] = SIGNERS, papers: list[Any] | None = None) -> QueryDict:
    """A conference at which papers were signed, as it is posted first."""
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


def test_a_signer_of_a_name_borne_elsewhere_is_added_as_it_is_said(cast: Cast) -> None:
    far = Person.objects.create(name=SIGNERS[0]["name"])
    Position.objects.create(person=far, organization=cast.neighbour, title="Bí thư")
    data = filled(cast, signers=SIGNERS[:1])
    row = MeetingForm(data, user=cast.lan).rows["signers"].forms[0]
    row.is_valid()
    assert row.echoes["name"].endswith("để nguyên thì thêm một người mới cùng tên.")
    cast.client("lan").post(NEW, data)
    signer = Signature.objects.first().person
    assert signer not in (None, far) and Participation.objects.get().person == signer


def test_that_it_was_saved_is_said_before_what_the_papers_took(cast: Cast) -> None:
    program = make_program(cast, "approved", dated=PartialDate.unknown(), signatures=[])
    page = cast.client("lan").post(NEW, filled(cast, papers=on_table(program)), follow=True)
    first, *others = [str(one) for one in page.context["messages"]]
    assert first.startswith("Đã lưu lúc") and str(program.document) in "".join(others)


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
        form = MeetingForm(asked(cast), user=cast.lan, complete=True)
        form.is_valid()
        return ["name" in row.warnings for row in form.rows["signers"].forms]

    assert warned() == [True, True]
    Position.objects.create(person=person, organization=cast.partner, title="Bí thư", ended_on="2016-04-01")
    assert warned() == [True, True]
    Position.objects.create(person=person, organization=cast.partner, title="Bí thư", started_on="2016-04-01")
    assert warned() == [True, False]
    assert not MeetingForm(asked(cast), user=cast.lan, complete=True).is_valid()
    assert MeetingForm(filled(cast), user=cast.lan, complete=True).is_valid()


def test_a_stranger_to_a_side_is_asked_about_at_their_row_before_they_sign(cast: Cast) -> None:
    answer = cast.client("lan").post(NEW, asked(cast))
    row = answer.context["form"].rows["signers"].forms[0]
    assert (
        row.warnings["name"] == f"Chưa thấy chức vụ hay chữ ký nào của Nguyễn Lan Hương ở {cast.ours.label}."
    )
    assert row.errors["name"] == ["Xin sửa, hoặc đánh dấu “Vẫn đúng, giữ nguyên” rồi lưu."]
    assert (answer.status_code, Meeting.objects.count(), Signature.objects.count()) == (422, 0, 0)
    cast.client("lan").post(NEW, filled(cast))
    assert Signature.objects.count() == 4


def test_who_signs_for_a_side_that_is_not_there_is_told_so_at_their_row(cast: Cast) -> None:
    papers, third = on_table(between(cast, "ours", "partner")), {"name": "Đỗ Văn Ba", "capacity": "Bí thư"}
    data = filled(cast, [*SIGNERS, {"side": "3", **third}], papers)
    answer = cast.client("lan").post(NEW, data)
    rows = answer.context["form"].rows["signers"].forms
    said = "Không có bên 3 ở “Phối hợp thực hiện công tác dân vận” (bên 1: Ban Dân vận Đảng ủy phường Ba Đình"
    assert [row.errors.get("side", [""])[0].startswith(said) for row in rows] == [False, False, True]
    assert (rows[2]["name"].value()[0], rows[2]["capacity"].value()) == tuple(third.values())
    assert (answer.status_code, Participation.objects.count(), Signature.objects.count()) == (422, 0, 0)
    cast.client("lan").post(NEW, filled(cast, [*SIGNERS, {"side": "2", **third}], papers))
    assert Participation.objects.filter(role_links__role__key="ky").count() == Signature.objects.count() == 3


def between(cast: Cast, *bodies: str, state: str = "drafting") -> Program:
    """A programme not signed yet, its sides in this order."""
    sides = [PartnerEntry(side, cast.bodies[name]) for side, name in enumerate(bodies, start=1)]
    return make_program(cast, state, dated=PartialDate.unknown(), partners=sides)


def sides_signed(program: Program) -> set[tuple[int, str]]:
    return {(one.side, one.person.name) for one in program.document.signatures.all()}


IN_PAPERS_ORDER = {(1, "Nguyễn Đức Chung"), (2, "Nguyễn Lan Hương")}
"""The conference's second organiser is the paper's first side."""


def test_a_signer_stands_on_the_side_of_their_body_whatever_the_order(cast: Cast) -> None:
    draft, approved = between(cast, "partner", "ours"), between(cast, "partner", "ours", state="approved")
    cast.client("lan").post(NEW, filled(cast, papers=on_table(draft) + on_table(approved)))
    assert sides_signed(draft) == IN_PAPERS_ORDER
    copied = WorkingCopy.objects.get(form="program").data
    rows = {(int(copied[f"signatures-{at}-side"][0]), copied[f"signatures-{at}-name"][0]) for at in (0, 1)}
    assert rows == IN_PAPERS_ORDER


def test_the_capacity_tells_the_body_before_the_order_of_a_list(cast: Cast) -> None:
    draft = between(cast, "ours", "partner")
    pasted = "Trần Văn An, Chủ tịch UBND phường; Lê Thị Bé, Trưởng Ban Dân vận Đảng ủy phường"
    data = filled(cast, MeetingForm.splitters["signers"](pasted), on_table(draft))
    cast.client("lan").post(NEW, data)
    assert sides_signed(draft) == {(2, "Trần Văn An"), (1, "Lê Thị Bé")}


def test_a_signer_of_no_side_of_the_paper_is_asked_about_and_left_out(cast: Cast) -> None:
    draft = between(cast, "ours", "neighbour")
    data = filled(cast, papers=on_table(draft))
    form = MeetingForm(data, user=cast.lan)
    form.is_valid()
    first, second = form.rows["signers"].forms
    names = "bên 1: Ban Dân vận Đảng ủy phường Ba Đình; bên 2: Ban Dân vận Đảng ủy phường Ngọc Hà"
    assert ("capacity" in first.warnings, names in second.warnings["capacity"]) == (False, True)
    assert (
        "Nguyễn Đức Chung ký cho bên nào"
        in cast.client("lan").post(NEW, asked(cast, papers=on_table(draft))).text
    )
    cast.client("lan").post(NEW, data)
    assert sides_signed(draft) == {(1, "Nguyễn Lan Hương")}
    assert not Participation.objects.get(name="Nguyễn Đức Chung").role_links.exists()


def test_who_names_the_other_organizer_is_not_put_on_the_first_ones_side(cast: Cast) -> None:
    draft = between(cast, "ours", "neighbour")
    pasted = "Trần Văn An, Chủ tịch UBND phường; Lê Thị Bé, Trưởng ban"
    signers = MeetingForm.splitters["signers"](pasted)
    cast.client("lan").post(NEW, filled(cast, [signers[0]], on_table(draft)))
    assert (signers[0]["side"], sides_signed(draft)) == ("1", set())


def test_a_draft_signed_here_is_derived_anew_and_its_journal_tells_it(cast: Cast) -> None:
    program = between(cast, "ours", "partner")
    cast.client("lan").post(NEW, filled(cast, papers=on_table(program)))
    fresh = Program.objects.get(pk=program.pk)
    assert (fresh.is_signed, str(fresh.in_force_from), fresh.version) == (
        True,
        "2022-01-01",
        program.version + 1,
    )
    told = Act.objects.about(fresh).filter(verb=Verb.EDIT).get()
    assert (told.person, told.reason) == (cast.lan, "ký tại Hội nghị ký kết (2/4/2016)")
    cast.client("lan").post(NEW, filled(cast))
    added = Act.objects.filter(record_kind="programs.plan").order_by("pk")
    assert list(added.values_list("verb", flat=True)) == ["create", "edit"]


def test_a_paper_that_names_its_signers_keeps_them_and_it_is_said(cast: Cast) -> None:
    program = between(cast, "ours", "partner")
    person = Person.objects.create(name=SIGNERS[0]["name"])
    write_signatures(program.document, [SignatureEntry(1, person, "", "Trưởng ban")])
    answer = cast.client("lan").post(NEW, filled(cast, papers=on_table(program)), follow=True)
    assert "đã ghi người ký: Nguyễn Lan Hương, Trưởng ban. Không ghi thêm Nguyễn Đức Chung" in answer.text
    assert [one.signature.person for one in MeetingSignature.objects.all()] == [person]


def test_another_bodys_paper_is_tied_where_it_names_the_same_signers(cast: Cast) -> None:
    person = Person.objects.create(name=SIGNERS[0]["name"])
    program = make_program(cast, "published", signatures=[SignatureEntry(1, person, "", "Trưởng ban")])
    bare = unsigned(cast, "published")
    data = filled(cast, papers=on_table(program) + on_table(bare))
    answer = cast.client("binh").post(NEW, data, follow=True)
    assert f"do {cast.ours} giữ: Nguyễn Lan Hương, Nguyễn Đức Chung chỉ ghi ở hội nghị" in answer.text
    assert [one.signature.person for one in MeetingSignature.objects.all()] == [person]


def test_people_marked_as_signing_sign_the_papers_signed_here(cast: Cast) -> None:
    program = between(cast, "partner", "ours")
    data = filled(cast, [], on_table(program))
    append_rows(data, "people", [{"name": "Trần Văn An", "capacity": "Chủ tịch UBND phường Ba Đình"}])
    data.setlist("people-0-roles", ["ky"])
    for _ in range(2):
        cast.client("lan").post(NEW, data)
        assert sides_signed(program) == {(1, "Trần Văn An")}


@pytest.mark.parametrize("changes", [{"stage": "prepared"}, {"dated": "20/12/2126"}])
def test_nothing_is_signed_at_a_conference_still_to_come(cast: Cast, changes: dict[str, str]) -> None:
    program = between(cast, "ours", "partner")
    data = filled(cast, papers=on_table(program))
    for name, value in changes.items():
        data[name] = value
    answer = cast.client("lan").post(NEW, data, follow=True)
    assert (sides_signed(program), Program.objects.get().document.dated.known) == (set(), False)
    assert "Hội nghị chưa diễn ra" in answer.text


def test_a_corrected_day_follows_to_drafts_and_the_rest_is_said(cast: Cast) -> None:
    program, lan = between(cast, "ours", "partner"), cast.client("lan")
    data = filled(cast, papers=on_table(program))
    lan.post(NEW, data)
    meeting = Meeting.objects.get()
    address = f"/lam-viec/hoi-nghi/{meeting.code}/sua/"
    corrected = meeting_data(meeting)
    corrected["dated"], corrected["phien-ban"] = "3/4/2016", str(meeting.version)
    answer = lan.post(address, corrected, follow=True)
    assert str(Program.objects.get().document.dated) == "3/4/2016"
    assert "đã sửa theo: 3/4/2016" in answer.text
    meeting.refresh_from_db()
    emptied = meeting_data(meeting)
    emptied["phien-ban"] = str(meeting.version)
    write_rows(emptied, "table", [])
    answer = lan.post(address, emptied, follow=True)
    assert "không còn ở hội nghị này, vẫn giữ ngày ký 3/4/2016" in answer.text


def test_a_paper_of_the_register_is_not_signed_by_whoever_lays_it_on_a_table(cast: Cast) -> None:
    law = Document.objects.create(title="Luật chung của cả nước")
    papers = [{"paper": str(law), "paper-ma": law.code, "role": "signed"}]
    answer = cast.client("binh").post(NEW, filled(cast, papers=papers), follow=True)
    assert "thuộc sổ văn bản chung" in answer.text
    law.refresh_from_db()
    assert (Meeting.objects.get().papers.get().document, law.dated.known, law.signatures.count()) == (
        law,
        False,
        0,
    )


def test_after_an_approval_it_is_said_what_waits_and_its_writer_goes_on_with_it(cast: Cast) -> None:
    program, hung = unsigned(cast, "approved"), cast.client("hung")
    cast.client("lan").post(NEW, filled(cast, [], on_table(program)))
    WorkingCopy.objects.all().delete()
    meeting = Meeting.objects.get()
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    edited = meeting_data(meeting)
    append_rows(edited, "signers", SIGNERS)
    answered(edited, cast.lan, record=meeting, complete=True)
    copy = copies.save_copy("meeting", meeting, edited, by=cast.lan, expected=0, based_on=meeting.version)
    records.submit_copy(copy, meeting, by=cast.lan)
    copy.refresh_from_db()
    address = f"/lam-viec/hoi-nghi/{meeting.code}/"
    page = hung.post(f"{address}duyet/", {"phien-ban": str(copy.number), "lam": "approve"}, follow=True)
    assert ("Đã duyệt." in page.text, "Đã mở bản sửa của" in page.text) == (True, True)
    assert WorkingCopy.objects.get(form="program").owner == cast.lan


def test_the_review_of_a_public_conference_calls_it_public(cast: Cast) -> None:
    cast.client("lan").post(NEW, filled(cast, []))
    meeting = Meeting.objects.get()
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    address = f"/lam-viec/hoi-nghi/{meeting.code}/xem-xet/"
    hung = cast.client("hung")
    before = hung.get(address).text
    publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    after = hung.get(address).text
    assert ["Đã duyệt, nội bộ" in page for page in (before, after)] == [True, False]

"""Two people on one record: no edit undoes what it never saw, none is lost, and none waits for ever."""

from typing import Any

import pytest

from portal.actions import copies, records
from portal.actions.copies import as_data
from portal.actions.documents import BasisEntry, SourceEntry
from portal.actions.records import NotNow
from portal.history import acting, finish
from portal.models import State, Verb
from programs import actions
from programs.forms.programs import raw_data
from programs.models import Program
from tests.cast import Cast, in_days, make_entry, make_program


def url(program: Program, word: str) -> str:
    """A page or verb of a programme."""
    return f"/lam-viec/chuong-trinh/{program.code}/{word}/"


def posted(program: Program, number: int = 0, **changes: Any) -> dict[str, Any]:
    """What the page of an edit posts, opened on the record as it now stands."""
    fields = {"phien-ban": number, "dua-tren": program.version, "lam": "save", **changes}
    return as_data(raw_data(program)) | {name: [str(value)] for name, value in fields.items()}


def correct(cast: Cast, program: Program) -> None:
    """What an administrator puts right in the approved record."""
    fresh = Program.objects.get(pk=program.pk)
    with acting(Verb.CORRECT, fresh, by=cast.quy, reason="Ghi thiếu.") as act:
        fresh.methods, fresh.version = "Giao ban hằng quý", fresh.version + 1
        fresh.save()
        finish(act, fresh)


def edit(cast: Cast, program: Program, **changes: Any) -> Any:
    """Our clerk's edit of the approved programme."""
    return cast.client("lan").post(url(program, "sua"), posted(program, purposes="Của Lan", **changes))


def test_an_edit_opened_before_a_correction_is_told_of_it(cast: Cast) -> None:
    program = make_program(cast, "approved")
    opened = posted(program, purposes="Của Lan")
    correct(cast, program)
    answer = cast.client("lan").post(url(program, "sua"), opened)
    assert answer.status_code == 422
    assert "Ngô Văn Quý" in answer.text
    assert "Của Lan" in answer.text
    assert copies.open_copy("program", program) is None


def test_an_edit_left_behind_is_told_of_it_saved_again_and_approved(cast: Cast) -> None:
    program = make_program(cast, "approved")
    edit(cast, program)
    actions.terminate(program, by=cast.hung, on=in_days(0), reason="Sắp xếp lại.", expected=program.version)
    program.refresh_from_db()
    page = cast.client("lan").get(url(program, "sua")).text
    assert "Bản đã duyệt đã thay đổi từ khi bản sửa này bắt đầu" in page
    edit(cast, program, number=1, lam="submit")
    approved = cast.client("hung").post(url(program, "duyet"), {"phien-ban": "2"})
    program.refresh_from_db()
    assert (approved.status_code, program.purposes, program.terminated_on) == (302, "Của Lan", in_days(0))


def test_the_second_clerk_is_told_who_saved_the_edit(cast: Cast) -> None:
    program = make_program(cast, "approved")
    cast.client("hung").post(url(program, "sua"), posted(program, purposes="Của Hùng"))
    answer = edit(cast, program)
    assert "Trần Văn Hùng" in answer.text
    assert "lưu bản sửa" in answer.text
    assert "Của Lan" in answer.text
    assert copies.open_copy("program", program).data["purposes"] == ["Của Hùng"]


@pytest.mark.parametrize("state", ["waiting", "approved"])
def test_what_is_typed_while_it_waits_comes_back(cast: Cast, state: str) -> None:
    program = make_program(cast, state)
    if state == "approved":
        edit(cast, program, lam="submit")
    answer = edit(cast, program, number=1, title="Gõ rất lâu")
    assert answer.status_code == 422
    assert "Gõ rất lâu" in answer.text
    assert "đang chờ duyệt" in answer.text
    assert make_entry(cast).paper.title in str(program.document)


def test_an_edit_that_waits_is_not_dropped(cast: Cast) -> None:
    program = make_program(cast, "approved")
    edit(cast, program, lam="submit")
    cast.client("lan").post(url(program, "bo"), {"phien-ban": "1"})
    assert copies.open_copy("program", program).state == State.WAITING
    cast.client("lan").post(url(program, "rut-lai"))
    cast.client("lan").post(url(program, "bo"), {"phien-ban": "1"})
    assert copies.open_copy("program", program) is None


def test_an_edit_approved_meanwhile_is_not_taken_back_to_life(cast: Cast) -> None:
    program = make_program(cast, "approved")
    edit(cast, program, lam="submit")
    opened = copies.open_copy("program", program)
    cast.client("hung").post(url(program, "duyet"), {"phien-ban": "1"})
    with pytest.raises(NotNow):
        records.recall_copy(opened, program, by=cast.lan)
    assert copies.open_copy("program", program) is None


def test_the_edit_of_a_clerk_who_left_is_approved_all_the_same(cast: Cast) -> None:
    before = make_program(cast, "approved", title="Giai đoạn trước", period="2017-2021")
    program = make_program(cast, "approved", predecessor=before)
    edit(cast, program, lam="submit")
    cast.lan.memberships.update(ended_on=in_days(-1))
    cast.lan.is_active = False
    cast.lan.save()
    hung = cast.client("hung")
    assert "Của Lan" in hung.get(url(program, "xem-xet")).text
    assert hung.post(url(program, "duyet"), {"phien-ban": "1"}).status_code == 302
    program.refresh_from_db()
    assert (program.purposes, program.predecessor) == ("Của Lan", before)


@pytest.mark.parametrize("state", ["waiting", "approved"])
def test_no_clerk_writes_into_what_waits_or_stands(cast: Cast, state: str) -> None:
    program = make_program(cast, state)
    with pytest.raises(NotNow):
        actions.save_program(program, make_entry(cast, title="Khác"), by=cast.lan, expected=program.version)
    program.document.refresh_from_db()
    assert program.document.title != "Khác"


def test_a_draft_approved_meanwhile_is_not_dropped(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    opened = Program.objects.get(pk=program.pk)
    actions.approve(program, by=cast.hung, expected=program.version)
    with pytest.raises(NotNow):
        records.drop_draft(opened, by=cast.lan)
    assert Program.objects.filter(pk=program.pk).exists()


@pytest.mark.parametrize("tie", ["cited", "continued"])
def test_a_draft_others_rest_on_is_not_dropped(cast: Cast, tie: str) -> None:
    draft = make_program(cast, "drafting", title="Bản trước")
    if tie == "cited":
        make_program(cast, "drafting", bases=[BasisEntry("Căn cứ bản trước", cited=draft.document)])
    else:
        make_program(cast, "drafting", predecessor=draft)
    answer = cast.client("lan").post(url(draft, "bo"), {"phien-ban": "1"}, follow=True)
    assert "Văn bản khác đang dẫn hoặc nối với văn bản này" in answer.text
    assert Program.objects.filter(pk=draft.pk).exists()


def test_a_public_page_is_not_put_off_by_publishing_it_again(cast: Cast) -> None:
    program = make_program(cast, "published")
    since = program.published_from
    later = {"phien-ban": str(program.version), "cong-when": in_days(30).strftime("%d/%m/%Y")}
    assert cast.client("hung").post(url(program, "cong-khai"), later).status_code == 409
    program.refresh_from_db()
    assert program.published_from == since


def test_only_an_approved_programme_is_ended(cast: Cast) -> None:
    draft = make_program(cast, "drafting")
    cast.client("hung").post(
        url(draft, "cham-dut"), {"ended": "1/1/2025", "reason": "Nhầm", "phien-ban": "1"}
    )
    draft.refresh_from_db()
    assert draft.terminated_on is None


def source_post(program: Program, **changes: str) -> dict[str, Any]:
    """A new paper that takes over the source of another one."""
    source = program.document.source_uses.get().source
    line = {"text": source.title, "publisher": source.publisher, "code": source.code, **changes}
    fields = {f"sources-0-{name}": value for name, value in line.items()}
    return {"lam": "save", "title": "Văn bản khác", "sources-TOTAL_FORMS": "1", **fields}


@pytest.mark.parametrize(("title", "shared"), [("Bài đã đăng", True), ("Bài bị sửa", False)])
def test_a_source_of_a_published_paper_is_shared_but_never_changed_from_another(
    cast: Cast, title: str, shared: bool
) -> None:
    program = make_program(cast, "published", sources=[SourceEntry("Bài đã đăng", "Báo Nhân Dân")])
    cast.client("binh").post("/lam-viec/chuong-trinh/nhap/", source_post(program, text=title))
    own = program.document.source_uses.get().source
    other = Program.objects.get(document__title="Văn bản khác").document.source_uses.get().source
    assert (own.title, other.title, own == other) == ("Bài đã đăng", title, shared)


def test_the_only_paper_of_a_source_puts_it_right(cast: Cast) -> None:
    program = make_program(cast, "drafting", sources=[SourceEntry("Bài", "Báo")])
    source = program.document.source_uses.get().source
    changed = posted(program, program.version) | {"sources-0-text": ["Bài đầy đủ tên"]}
    cast.client("lan").post(url(program, "sua"), changed)
    source.refresh_from_db()
    assert (source.title, program.document.source_uses.get().source) == ("Bài đầy đủ tên", source)

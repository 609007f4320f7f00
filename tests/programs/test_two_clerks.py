"""Two clerks on one record: each keeps what the other did not touch; what both changed is shown with both values."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from portal.actions import copies
from portal.actions.documents import BasisEntry
from programs.models import Program
from tests.cast import Cast, make_file, make_program


def edit_url(program: Program) -> str:
    """The page of an edit."""
    return f"/lam-viec/chuong-trinh/{program.code}/sua/"


def opened(client: Client, program: Program) -> dict[str, Any]:
    """What the page posts when nothing is typed."""
    return fields_of(client.get(edit_url(program)).text) | {"lam": "save"}


def fields_of(text: str) -> dict[str, Any]:
    """Every field of the form of a page, as a browser sends it."""
    form = text[text.index('id="to-khai"') :]
    posted: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = values.get("type") not in {"checkbox", "radio", "file"} or " checked" in tag
        if "name" in values and ticked:
            posted[values["name"]] = unescape(values.get("value", ""))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        posted[name] = unescape(value).replace("\n", "\r\n")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        posted[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    return posted


def fresh(program: Program) -> Program:
    """The programme as stored."""
    return Program.objects.select_related("document").get(pk=program.pk)


@pytest.fixture
def draft(cast: Cast) -> Program:
    """A draft with items and bases."""
    return make_program(cast, items=["Một", "Hai", "Ba"], bases=[BasisEntry("Nghị quyết A")])


def test_what_the_second_did_not_touch_stays_as_the_first_saved_it(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, draft), opened(lan, draft)
    first |= {"title": "Tên Hùng sửa", "items-0-text": "Một, Hùng sửa", "bases-0-text": "Nghị quyết B"}
    assert hung.post(edit_url(draft), first).status_code == 302
    second |= {"methods": "Lan gõ", "items-2-text": "Ba, Lan sửa"}
    answer = lan.post(edit_url(draft), second, follow=True)
    assert answer.redirect_chain == [(edit_url(draft), 302)]
    assert "Đã giữ phần Trần Văn Hùng lưu trước" in answer.text
    program = fresh(draft)
    assert (program.document.title, program.methods) == ("Tên Hùng sửa", "Lan gõ")
    assert list(program.items.values_list("text", flat=True)) == ["Một, Hùng sửa", "Hai", "Ba, Lan sửa"]
    assert [one.printed for one in program.document.citations.all()] == ["Nghị quyết B"]


def test_what_both_changed_is_shown_with_both_values_and_saved_knowingly(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, draft), opened(lan, draft)
    hung.post(edit_url(draft), first | {"title": "Tên Hùng sửa", "items-1-text": "Hai, Hùng", "methods": "H"})
    typed = second | {"title": "Tên Lan gõ", "items-1-text": "Hai, Lan"}
    answer = lan.post(edit_url(draft), typed)
    assert answer.status_code == 422
    for words in ("“Tên Hùng sửa”", "Đang nhập: “Tên Lan gõ”", "“Hai, Hùng”", "Đang nhập: “Hai, Lan”"):
        assert words in answer.text
    assert "Phương thức phối hợp" in answer.text
    assert fresh(draft).document.title == "Tên Hùng sửa"
    again = fields_of(answer.text) | {"lam": "save"}
    assert lan.post(edit_url(draft), again).status_code == 302
    program = fresh(draft)
    assert (program.document.title, program.methods) == ("Tên Lan gõ", "H")
    assert list(program.items.values_list("text", flat=True)) == ["Một", "Hai, Lan", "Ba"]


def test_two_clerks_in_one_row_keep_each_their_field(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, draft), opened(lan, draft)
    hung.post(edit_url(draft), first | {"items-1-text": "Hai, Hùng", "partners-1-focal_room": "Văn phòng"})
    typed = {"items-1-lead": "Công an phường", "items-1-audience": "body", "partners-1-side": "3"}
    answer = lan.post(edit_url(draft), second | typed, follow=True)
    assert "Đã giữ phần Trần Văn Hùng lưu trước" in answer.text
    assert "Nội dung phối hợp “Hai”: nội dung" in answer.text
    item, partner = fresh(draft).items.all()[1], fresh(draft).document.partners.last()
    assert (item.text, item.audience, str(item.bodies.get())) == ("Hai, Hùng", "body", "Công an phường")
    assert (partner.side, partner.focal_room, partner.organization) == (3, "Văn phòng", cast.partner)


def test_of_a_row_both_changed_only_the_field_both_changed_is_shown(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, draft), opened(lan, draft)
    hung.post(edit_url(draft), first | {"items-1-text": "Hai, Hùng", "items-1-lead": "Đoàn phường"})
    answer = lan.post(edit_url(draft), second | {"items-1-text": "Hai, Lan"})
    said = re.findall(r"<br>[^<]*: “([^”]*)”<br>Đang nhập: “([^”]*)”", answer.text)
    assert (answer.status_code, said) == (422, [("Hai, Hùng", "Hai, Lan")])
    again = fields_of(answer.text)
    assert (again["items-1-text"], again["items-1-lead"]) == ("Hai, Lan", "Đoàn phường")


def test_rows_added_dropped_and_moved_by_either_are_as_both_left_them(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, draft), opened(lan, draft)
    first |= {"items-TOTAL_FORMS": "4", "items-3-text": "Bốn, Hùng thêm", "items-1-text": ""}
    assert hung.post(edit_url(draft), first).status_code == 302
    swapped = {
        name: second[name] for name in ("items-0-text", "items-0-item", "items-2-text", "items-2-item")
    }
    for name, value in swapped.items():
        other = name.replace("-0-", "-x-").replace("-2-", "-0-").replace("-x-", "-2-")
        second[other] = value
    assert lan.post(edit_url(draft), second).status_code == 302
    assert list(fresh(draft).items.values_list("text", flat=True)) == ["Ba", "Bốn, Hùng thêm", "Một"]


def test_the_open_edit_of_an_approved_paper_is_merged_alike(cast: Cast) -> None:
    program = make_program(cast, "approved")
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, program), opened(lan, program)
    hung.post(edit_url(program), first | {"purposes": "Của Hùng"})
    assert lan.post(edit_url(program), second | {"methods": "Của Lan"}).status_code == 302
    edit = copies.open_copy("program", program)
    assert (edit.data["purposes"], edit.data["methods"], edit.number) == (["Của Hùng"], ["Của Lan"], 2)


def test_an_edit_takes_in_what_was_put_right_in_the_approved_paper(cast: Cast) -> None:
    program = make_program(cast, "approved")
    lan = cast.client("lan")
    lan.post(edit_url(program), opened(lan, program) | {"purposes": "Của Lan"})
    page = opened(lan, program)
    Program.objects.filter(pk=program.pk).update(methods="Giao ban hằng quý", version=2)
    assert lan.post(edit_url(program), page | {"theme": "Gõ thêm"}).status_code == 302
    edit = copies.open_copy("program", program)
    said = {name: edit.data[name] for name in ("purposes", "methods", "theme")}
    assert said == {"purposes": ["Của Lan"], "methods": ["Giao ban hằng quý"], "theme": ["Gõ thêm"]}
    assert edit.based_on == 2


def test_a_page_drawn_again_for_an_error_still_knows_when_it_was_opened(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    second = opened(lan, draft)
    hung.post(edit_url(draft), opened(hung, draft) | {"title": "Tên Hùng sửa"})
    wrong = lan.post(edit_url(draft), second | {"stated_item_count": "vài"})
    right = fields_of(wrong.text) | {"stated_item_count": "", "methods": "Lan gõ", "lam": "save"}
    assert lan.post(edit_url(draft), right).status_code == 302
    program = fresh(draft)
    assert (program.document.title, program.methods) == ("Tên Hùng sửa", "Lan gõ")


def test_a_submission_over_what_moved_is_looked_at_first(cast: Cast, draft: Program) -> None:
    lan, hung = cast.client("lan"), cast.client("hung")
    second = opened(lan, draft)
    hung.post(edit_url(draft), opened(hung, draft) | {"title": "Tên Hùng sửa"})
    answer = lan.post(edit_url(draft), second | {"lam": "submit"})
    assert (answer.status_code, "Đã lấy theo bản vừa lưu: Trích yếu, tên gọi" in answer.text) == (422, True)
    assert fresh(draft).state == "drafting"


def test_a_page_sent_twice_adds_its_rows_once(cast: Cast, draft: Program) -> None:
    lan = cast.client("lan")
    page = opened(lan, draft) | {
        "items-TOTAL_FORMS": "4", "items-3-text": "Bốn", "bases-TOTAL_FORMS": "2", "bases-1-text": "Nghị quyết B",
        "signatures-TOTAL_FORMS": "1", "signatures-0-side": "1", "signatures-0-name": "Lê Văn An",
    }  # fmt: skip
    for _ in range(2):
        assert lan.post(edit_url(draft), page).status_code == 302
    program = fresh(draft)
    assert list(program.items.values_list("text", flat=True)) == ["Một", "Hai", "Ba", "Bốn"]
    assert [one.printed for one in program.document.citations.all()] == ["Nghị quyết A", "Nghị quyết B"]
    assert [one.person.name for one in program.document.signatures.all()] == ["Lê Văn An"]


def test_files_both_added_stand_side_by_side_however_alike(cast: Cast, draft: Program) -> None:
    lan = cast.client("lan")
    page = opened(lan, draft)
    for _ in range(2):
        added = {"files-TOTAL_FORMS": "1", "files-0-file": make_file(cast, "body").code}
        assert lan.post(edit_url(draft), page | added | {"files-0-audience": "body"}).status_code == 302
    assert fresh(draft).document.attachments.count() == 2

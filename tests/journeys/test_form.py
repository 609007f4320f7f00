"""The entry form on a slow line, by keyboard and on a phone: no press is lost, no file, nothing typed meanwhile."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from portal.actions.documents import PartnerEntry
from portal.models import State, WorkingCopy
from programs.models import Amendment, Program
from tests.cast import Cast, make_body, make_program
from tests.journeys.conftest import Sit
from tests.journeys.test_enter import NUMBER_LINE, PDF, parties
from tests.journeys.test_kept import ENTER, TITLE, press, written
from tests.journeys.walker import Walker

PHONE = {"width": 390, "height": 844}
SAVED = re.compile("^Đã lưu lúc")


def delayed(page: Page, address: str) -> list[Route]:
    """Hold back every request to an address; they go on when the test lets them."""
    held: list[Route] = []
    page.route(re.compile(address), lambda route: held.append(route))
    return held


def chosen(name: str, content: bytes) -> dict[str, object]:
    """A file picked in the dialog."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def texts(page: Page, prefix: str, field: str = "text") -> list[str]:
    """What the rows of a set say, in their order."""
    return page.locator(f"#rows-{prefix} > .form-row [name$=-{field}]").evaluate_all(
        "all => all.map(one => one.value)"
    )


def test_rows_move_at_once_and_each_press_counts(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.context.set_offline(True)
    for words in ("một", "hai", "ba", "bốn"):
        page.locator("#items-them").click()
        page.keyboard.type(words)
    page.locator("#items-3-len").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    assert texts(page, "items") == ["bốn", "một", "hai", "ba"]
    expect(page.locator("#items-0-xuong")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#items-2-bo").click()
    assert texts(page, "items") == ["một", "bốn", "ba"]
    page.context.set_offline(False)
    page.locator("[name=title]").fill(TITLE)
    press(page, "Lưu")
    assert [item.text for item in Program.objects.get().items.all()] == ["một", "bốn", "ba"]


def test_what_is_typed_while_a_pasted_block_is_cut_stays(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("#items-them").click()
    page.keyboard.type("Tiếp công dân")
    held = delayed(page, "/nhap/$")
    page.locator("[name=items-dan]").fill("1. Cải cách hành chính\n2. Đối thoại")
    with page.expect_request(re.compile("/nhap/$")):
        page.locator("#items-tach").click()
    page.locator("#items-them").click()
    page.keyboard.type("Gõ trong lúc")
    (route,) = held
    route.continue_()
    expect(page.locator("[name=items-3-text]")).to_have_value("Đối thoại")
    page.keyboard.type(" chờ")
    assert texts(page, "items") == ["Tiếp công dân", "Gõ trong lúc chờ", "Cải cách hành chính", "Đối thoại"]
    expect(page.locator("[name=items-dan]")).to_have_value("")


def test_a_pasted_list_fills_how_many_it_says_it_holds(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("[name=items-dan]").fill("7 nội dung, trong đó: 1. Tiếp công dân; 2. Đối thoại.")
    page.keyboard.press("Tab")
    expect(page.locator("[name=items-1-text]")).to_have_value("Đối thoại")
    expect(page.locator("[name=items-0-text]")).to_have_value("Tiếp công dân")
    stated = page.locator("[name=stated_item_count]")
    expect(stated).to_have_value("7")
    expect(page.locator("#id_stated_item_count_field")).to_have_class(re.compile("field-proposed"))


def test_a_table_copied_from_a_page_keeps_its_cells(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    box = page.locator("[name=items-dan]")
    box.click()
    box.evaluate("""box => {
      const cells = text => `<tr>${text.split("|").map(one => `<td><p>${one}</p></td>`).join("")}</tr>`;
      const copied = new DataTransfer();
      copied.setData("text/plain", "TT\\n\\nNội dung\\n\\nChủ trì\\n\\n1\\n\\nTiếp dân\\n\\nUBND");
      copied.setData("text/html", `<table>${cells("TT|Nội dung|Chủ trì")}${cells("1|Tiếp<br>dân|UBND")}</table>`);
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true }));
    }""")
    expect(box).to_have_value("TT\tNội dung\tChủ trì\n1\tTiếp\ndân\tUBND")
    page.keyboard.press("Tab")
    expect(page.locator("[name=items-0-text]")).to_have_value("Tiếp dân")
    expect(page.locator("[name=items-0-lead]")).to_have_value("UBND")


def test_the_sides_in_use_and_one_more_are_offered(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    for rows in (2, 3, 4):
        last = page.locator(f"[name=partners-{rows - 1}-side]")
        expect(last).to_have_value(str(rows))
        assert last.locator("option").count() == rows + 1
        page.locator("#partners-them").click()
    page.locator("#signatures-them").click()
    assert page.locator("[name=signatures-0-side] option").all_text_contents() == [
        f"Bên {side}" for side in range(1, 7)
    ]


def test_nothing_can_be_typed_into_a_form_on_its_way(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    title = page.locator("[name=title]")
    title.fill(TITLE)
    page.evaluate("HTMLFormElement.prototype.requestSubmit = () => {}")  # its answer never comes
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.locator("#to-khai")).to_have_class(re.compile("held"))
    page.evaluate("() => document.querySelector('[name=title]').focus()")
    page.keyboard.type("gõ lúc đang lưu")
    expect(title).to_have_value(TITLE)
    page.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    title.press_sequentially("!")
    assert "!" in title.input_value()


def test_a_save_waits_for_the_files_on_their_way(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("[name=title]").fill(TITLE)
    held = delayed(page, "/tep/")
    page.locator("#tep").set_input_files([chosen("ban-ky.pdf", PDF)])
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("status")).to_have_text("Đang gửi tệp. Gửi xong sẽ lưu ngay.")
    with page.expect_navigation():
        held[0].continue_()
    expect(page.get_by_text(SAVED)).to_be_visible()
    document = Program.objects.get().document
    assert [(one.name, one.audience) for one in document.attachments.all()] == [("ban-ky.pdf", "body")]


def test_files_stand_as_chosen_whichever_arrives_first(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    held, rows = delayed(page, "/tep/"), page.locator("[data-rows=files] .picked a")
    page.locator("#tep").set_input_files([chosen("mot.pdf", PDF), chosen("hai.pdf", PDF)])
    expect(page.locator(".upload-list progress")).to_have_count(2)
    first, second = sorted(held, key=lambda one: b"hai.pdf" in (one.request.post_data_buffer or b""))
    second.continue_()
    expect(rows).to_have_text(["hai.pdf"])
    first.continue_()
    expect(rows).to_have_text(["mot.pdf", "hai.pdf"])


def test_a_refused_file_is_only_taken_away_and_a_lost_one_is_sent_again(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("[name=title]").fill(TITLE)
    lines = page.locator(".upload-list > li")
    page.locator("#tep").set_input_files([chosen("thu.doc", b"hello")])
    expect(lines).to_contain_text("thu.doc: Tệp này không phải PDF")
    expect(lines).to_have_class("field-error")
    assert lines.get_by_role("button").all_text_contents() == ["Bỏ thu.doc"]
    lines.get_by_role("button").click()
    expect(lines).to_have_count(0)
    page.locator("#tep").set_input_files([chosen("thu.doc", b"hello")])
    expect(lines).to_contain_text("thu.doc: Tệp này không phải PDF")
    press(page, "Lưu")
    expect(page.get_by_text("Chưa có tệp thu.doc: Tệp này không phải PDF")).to_be_visible()
    expect(lines).to_contain_text("thu.doc: Tệp này không phải PDF")
    page.context.set_offline(True)
    page.locator("#tep").set_input_files([chosen("ban-ky.pdf", PDF)])
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("ban-ky.pdf: Mất kết nối.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("status").last).to_contain_text("Còn tệp chưa gửi được")
    page.keyboard.press("Enter")  # the focus is on "Gửi lại"
    page.locator("[name=files-0-audience]").select_option("public")
    press(page, "Lưu")
    document = Program.objects.get().document
    assert [(one.name, one.audience) for one in document.attachments.all()] == [("ban-ky.pdf", "public")]


def test_a_saved_form_is_not_said_to_be_unsaved(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("[name=title]").fill(TITLE)
    press(page, "Lưu")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.locator("[name=note]").fill("Giữ bản giấy")
    press(page, "Lưu")
    page.goto("/lam-viec/")
    expect(page.get_by_role("link", name=re.compile("^Viết tiếp"))).to_have_count(0)
    assert WorkingCopy.objects.count() == 0


def test_what_came_back_refused_is_kept_too(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.clock.install()
    page.goto(ENTER)
    page.locator("[name=title]").fill(TITLE)
    press(page, "Trình lãnh đạo")
    expect(page.get_by_role("alert")).to_be_focused()
    with page.expect_response(re.compile("luu-tam")):
        page.clock.fast_forward(21_000)
    assert WorkingCopy.objects.get().data["title"] == [TITLE]


def test_a_file_chosen_after_the_token_was_lost_holds_no_save_up(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("[name=title]").fill(TITLE)
    page.context.clear_cookies(name="csrftoken")
    page.locator("#tep").set_input_files([chosen("ban-ky.pdf", PDF)])
    expect(page.locator(".upload-list > li")).to_contain_text("Bấm “Lưu” rồi chọn lại tệp.")
    press(page, "Lưu")
    press(page, "Gửi lại")
    expect(page.get_by_text("Chưa có tệp ban-ky.pdf: Trang để lâu nên chưa gửi được.").first).to_be_visible()
    assert Program.objects.get().document.title == TITLE


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1280, 720), (390, 844)])
def test_suggestions_open_above_the_bar(sit: Sit, cast: Cast, width: int, height: int) -> None:
    page = sit("lan")
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="no-preference")  # pages glide, as for most
    page.goto(ENTER)
    field = page.locator("[name=partners-1-name]")
    page.evaluate("document.querySelector('#phan-cac-ben')?.querySelector('.part-open')?.click()")
    field.evaluate("one => { one.scrollIntoView({ block: 'end' }); one.focus({ preventScroll: true }); }")
    page.keyboard.type("ba dinh")
    last = page.get_by_role("listbox", name="Gợi ý").get_by_role("option").last
    expect(last).to_be_visible()
    bar, there = page.locator(".sticky-bar").bounding_box(), last.bounding_box()
    assert there["y"] + there["height"] <= bar["y"]
    assert field.bounding_box()["y"] >= 0


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_first_press_below_open_suggestions_lands(sit: Sit, cast: Cast, width: int, height: int) -> None:
    page = sit("lan")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(ENTER)
    field = page.locator("[name=partners-0-name]")
    page.evaluate("document.querySelector('#phan-cac-ben')?.querySelector('.part-open')?.click()")
    field.evaluate("one => { one.scrollIntoView({ block: 'start' }); one.focus({ preventScroll: true }); }")
    page.keyboard.type("ba dinh")
    shown = page.get_by_role("listbox", name="Gợi ý")
    expect(shown).to_be_visible()
    below = page.locator("#partners-them").bounding_box()
    page.keyboard.press("Escape")
    assert page.locator("#partners-them").bounding_box() == below, "the list moved the page"
    page.keyboard.press("ArrowDown")
    expect(shown).to_be_visible()
    free = "one => document.elementFromPoint(...['x', 'y'].map(a => { const b = one.getBoundingClientRect();"
    free += " return a === 'x' ? b.x + b.width / 2 : b.y + b.height / 2; })) === one"
    presses = page.locator("#to-khai button[value$=':add']:visible, #to-khai .part-open:visible").all()
    button = next(one for one in presses if one.evaluate(free))
    page.evaluate(
        "document.addEventListener('click', event => { window.pressed = event.target.closest('button').id; })"
    )
    box = button.bounding_box()
    expected = button.get_attribute("id")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, delay=60)
    assert page.evaluate("window.pressed") == expected
    expect(shown).to_have_count(0)


def test_suggestions_are_taken_by_keyboard_and_enter_saves_nothing(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    field = page.locator("[name=partners-0-name]")
    field.click()
    page.keyboard.type("ba dinh")
    options = page.get_by_role("listbox", name="Gợi ý").get_by_role("option")
    expect(options.first).to_be_visible()
    names = options.all_text_contents()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "goi-y-1")
    expect(field).to_have_value("ba dinh")
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    assert names[1].startswith(field.input_value())
    assert page.locator("[name=partners-0-name-ma]").input_value()
    expect(field).to_have_attribute("aria-expanded", "false")
    assert (urlsplit(page.url).path, Program.objects.count()) == (ENTER, 0)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    held = delayed(page, "/goi-y/")
    with page.expect_request(re.compile("/goi-y/")):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # the suggestions are still on their way
    held[0].continue_()
    expect(options.first).to_be_visible()
    assert (urlsplit(page.url).path, Program.objects.count()) == (ENTER, 0)


def test_typing_into_a_chosen_name_replaces_it_and_altered_words_are_no_longer_it(
    sit: Sit, cast: Cast
) -> None:
    page = sit("lan")
    page.goto(f"/lam-viec/chuong-trinh/{make_program(cast).code}/sua/")
    field, code = page.locator("[name=partners-1-name]"), page.locator("[name=partners-1-name-ma]")
    said = page.locator("#id_partners-1-name_field .echo")
    expect(said).to_have_text("UBND phường Ba Đình")
    field.click()
    page.keyboard.type("cac")
    expect(field).to_have_value("cac")
    expect(code).to_have_value("")
    expect(said).to_have_text("Đã sửa: chưa chọn lại trong danh mục.")
    field.press_sequentially(" phuong")
    expect(field).to_have_value("cac phuong")
    field.fill("ubnd phuong")
    page.get_by_role("option").filter(has_text="UBND phường Ba Đình").click()
    expect(said).to_have_text("UBND phường Ba Đình")
    expect(code).to_have_value(cast.partner.code)


def test_a_cleared_proposal_stays_cleared(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    page.locator("[name=title]").fill("Phối hợp công tác giai đoạn 2022 – 2026")
    page.locator("[name=note]").click()
    expect(page.locator("[name=period]")).to_have_value(re.compile("2022"))
    page.locator("[name=period]").fill("")
    press(page, "Lưu")
    expect(page.locator("[name=period]")).to_have_value("")


def test_the_programme_chosen_proposes_its_parties_once(sit: Sit, cast: Cast) -> None:
    front = make_body("Ủy ban MTTQ phường Ba Đình")
    sides = [PartnerEntry(side, body) for side, body in enumerate((cast.ours, cast.partner, front), start=1)]
    program = make_program(cast, "approved", partners=sides)
    page = sit("lan")
    page.goto("/lam-viec/sua-doi/nhap/")
    page.locator("[name=program]").press_sequentially("ba dinh")
    expect(page.get_by_role("listbox", name="Gợi ý").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    rows = page.locator("#rows-partners > .form-row")
    expect(rows).to_have_count(3)
    assert texts(page, "partners", "name") == [cast.ours.label, cast.partner.label, front.label]
    assert texts(page, "partners", "side") == ["1", "2", "3"]
    expect(page.locator("#rows-partners .field-proposed")).to_have_count(3)
    page.locator("[name=title]").fill(TITLE)
    for place in range(3):
        page.locator(f"[name=partners-{place}-name]").fill("")
    press(page, "Lưu")
    saved = Amendment.objects.get()
    assert (saved.program, saved.document.partners.count()) == (program, 0)


# --- on a phone


def part(page: Page, name: str) -> None:
    """Open one part of the form."""
    page.locator(".part-open", has_text=name).click()


def test_on_a_phone_the_form_is_a_list_of_parts_each_saved_by_itself(sit: Sit, cast: Cast) -> None:
    page = sit("lan", **PHONE)
    page.goto(ENTER)
    shown = page.locator(".form-fields:visible")
    expect(shown).to_have_count(1)
    page.locator("[name=title]").fill(TITLE)
    press(page, "Lưu phần này")
    expect(page.locator("#phan-so .part-state")).to_have_text("Đã lưu · đã ghi 1 ô")
    expect(shown).to_have_count(0)
    expect(page.locator("#phan-cac-ben .part-open")).to_be_focused()
    expect(page.locator("#phan-so")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.locator("[name=partners-0-name]").fill("các đoàn thể")
    part(page, "Ghi chú nội bộ")
    expect(shown).to_have_count(1)
    expect(page.locator("#phan-cac-ben .part-state")).to_have_text("Đã ghi 1 ô")
    press(page, "Trình lãnh đạo")
    expect(page.locator("#phan-cac-ben .part-state")).to_have_text("Cần sửa 1 chỗ · đã ghi 1 ô")
    assert shown.evaluate_all("all => all.map(one => one.parentElement.id)") == ["phan-so", "phan-cac-ben"]
    part(page, "Nguồn")
    page.locator(".error-summary a", has_text="bên phối hợp").click()
    expect(page.locator("[name=partners-1-name]")).to_be_visible()
    assert written(page)["title"] == TITLE
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".form-part > .form-fields:visible")).to_have_count(
        page.locator(".form-part").count()
    )
    expect(page.get_by_role("button", name="Lưu phần này")).to_have_count(0)


def test_without_scripts_every_part_stands_open_on_a_phone(sit: Sit, cast: Cast) -> None:
    page = sit("lan", java_script_enabled=False, **PHONE)
    page.goto(ENTER)
    expect(page.locator(".form-part > .form-fields:visible")).to_have_count(
        page.locator(".form-part").count()
    )


def test_j1a_on_a_phone_costs_no_more_pages(tan_binh: Cast, walk: Callable[..., Walker]) -> None:
    clerk = walk("hoa", "/lam-viec/", on_phone=True, **PHONE)
    clerk.follow("Nhập văn bản")
    clerk.follow("Chương trình, quy chế phối hợp")
    clerk.paste("number_line", NUMBER_LINE)
    clerk.glance("number", "07-CTrPH/BDVQU-UBND")
    clerk.type("title", "Phối hợp thực hiện công tác dân vận")
    clerk.type("period", "2022 – 2026")
    part(clerk.page, "Các bên phối hợp")
    clerk.glance("partners-0-name", "Ban Dân vận Quận ủy Tân Bình (đến 30/6/2025)")
    clerk.glance("partners-1-name", "UBND quận Tân Bình (đến 30/6/2025)")
    clerk.tick("partners-0-name-giu-nguyen")
    clerk.tick("partners-1-name-giu-nguyen")
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    clerk.keeps("J1a")
    program = Program.objects.get()
    assert program.state == State.WAITING
    assert parties(program) == [(1, tan_binh.board_then, ""), (2, tan_binh.committee_then, "")]

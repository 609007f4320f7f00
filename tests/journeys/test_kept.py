"""Nothing typed is lost: session, token, line and tab may go; Enter removes nothing and hands nothing in."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from portal.actions.documents import FileEntry
from portal.models import State, WorkingCopy
from programs.models import Program
from tests.cast import PASSWORD, Cast, make_file, make_program
from tests.journeys.conftest import Sit

ENTER = "/lam-viec/chuong-trinh/nhap/"
WRITTEN = """() => Object.fromEntries(
  Array.from(document.querySelectorAll("#to-khai input, #to-khai textarea, #to-khai select"))
    .filter(one => one.name && !one.disabled && one.type !== "hidden" && one.type !== "file" && !one.hidden)
    .filter(one => one.type !== "checkbox" && one.type !== "radio" || one.checked)
    .map(one => [one.name, one.value.trimEnd()]))"""
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
CATCH_SENDING = """() => {
  window.sent = [];
  window.addEventListener("submit", (event) => {
    window.sent.push(event.submitter && event.submitter.value);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}"""
LEAVE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LOST_LINE = re.compile("^Mất kết nối")
TITLE = "Phối hợp vận động Nhân dân tham gia giữ gìn an ninh trật tự"


def written(page: Page) -> dict[str, str]:
    """What stands in the fields of the form."""
    return page.evaluate(WRITTEN)


def fill(page: Page, values: dict[str, str]) -> None:
    """Write into fields, as a person who has half of the paper before them."""
    page.evaluate(UNFOLD)
    for name, value in values.items():
        field = page.locator(f'[name="{name}"]:not([type=hidden])').first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def add_rows(page: Page, **counts: int) -> None:
    """Add empty rows to row sets."""
    for prefix, count in counts.items():
        rows = page.locator(f"#rows-{prefix} > .form-row")
        for _ in range(count):
            before = rows.count()
            page.locator(f"#{prefix}-them").click()
            expect(rows).to_have_count(before + 1)


HALF = {
    "title": TITLE,
    "dated": "5/11/21",
    "period": "2022 – 2026",
    "partners-0-name": "Ban Dân vận Đảng ủy phường Ba Đình",
    "partners-0-focal_room": "Phòng Tổng hợp",
    "partners-1-name": "các đoàn thể",
    "purposes": "Nâng cao trách nhiệm.\n\nHai bên chủ động.",
    "items-0-text": "Tuyên truyền, vận động",
    "items-0-lead": "UBND phường Ba Đình",
    "items-1-text": "Tiếp công dân",
}


@pytest.fixture
def half(sit: Sit) -> Page:
    """A clerk in the middle of a form nobody has saved."""
    page = sit("lan")
    page.goto(ENTER)
    add_rows(page, items=2)
    fill(page, HALF)
    return page


def saved_whole(page: Page) -> None:
    """The form was kept as a draft and shows all that was typed."""
    expect(page.get_by_text(re.compile("^Đã lưu lúc"))).to_be_visible()
    program = Program.objects.get()
    assert program.state == State.DRAFTING
    now = written(page)
    assert {name: now.get(name) for name in HALF} == HALF


def press(page: Page, name: str) -> None:
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).last.click()


def test_a_save_after_the_session_ended_asks_for_the_password_and_completes(half: Page) -> None:
    Session.objects.all().delete()
    press(half, "Lưu")
    expect(half.get_by_text("Phiên làm việc đã hết.")).to_be_visible()
    half.get_by_label("Tên đăng nhập").fill("lan")
    half.get_by_label("Mật khẩu").fill("sai-mat-khau")
    press(half, "Đăng nhập")
    half.get_by_label("Mật khẩu").fill(PASSWORD)
    press(half, "Đăng nhập")
    saved_whole(half)


def test_handing_in_after_the_session_ended_completes_too(half: Page) -> None:
    Session.objects.all().delete()
    press(half, "Trình lãnh đạo")
    half.get_by_label("Tên đăng nhập").fill("lan")
    half.get_by_label("Mật khẩu").fill(PASSWORD)
    press(half, "Đăng nhập")
    press(half, "Vẫn đúng, trình lãnh đạo")
    expect(half.get_by_text("Đã trình lãnh đạo.")).to_be_visible()
    program = Program.objects.get()
    assert (program.state, program.document.title) == (State.WAITING, TITLE)


def test_a_lost_token_costs_one_press(half: Page) -> None:
    half.context.clear_cookies(name="csrftoken")
    press(half, "Lưu")
    press(half, "Gửi lại")
    saved_whole(half)


def test_a_line_that_drops_leaves_the_page_as_it_is(half: Page) -> None:
    before = written(half)
    half.context.set_offline(True)
    half.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(half.get_by_role("status")).to_have_text(LOST_LINE)
    half.locator("#items-them").click()  # rows need no line
    assert written(half) == before | dict.fromkeys(("items-2-text", "items-2-lead", "items-2-joint"), "") | {
        "items-2-audience": "public"
    }
    half.context.set_offline(False)
    press(half, "Lưu")
    saved_whole(half)


def test_a_double_press_saves_once_and_complains_of_nobody(half: Page) -> None:
    press(half, "Lưu")
    fill(half, {"theme": "Năm Dân vận khéo"})
    with half.expect_navigation():
        half.get_by_role("button", name="Lưu", exact=True).last.dblclick()
    saved_whole(half)
    expect(half.locator("[name=theme]")).to_have_value("Năm Dân vận khéo")
    assert Program.objects.get().version == 2


def test_an_older_safari_sends_the_pressed_button_too(half: Page) -> None:
    half.evaluate("HTMLFormElement.prototype.requestSubmit = undefined")
    press(half, "Trình lãnh đạo")
    press(half, "Vẫn đúng, trình lãnh đạo")
    expect(half.get_by_text("Đã trình lãnh đạo.")).to_be_visible()
    assert Program.objects.get().state == State.WAITING


def test_saving_by_itself_goes_on_when_the_line_is_back(sit: Sit) -> None:
    page = sit("lan")
    page.clock.install()
    page.goto(ENTER)
    fill(page, {"title": TITLE})
    page.context.set_offline(True)
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("status")).to_have_text(LOST_LINE)
    assert WorkingCopy.objects.count() == 0
    page.context.set_offline(False)
    with page.expect_response(re.compile("luu-tam")):
        page.clock.fast_forward(21_000)
    expect(page.get_by_role("status")).to_have_text(re.compile("^Đã tự giữ lúc"))
    assert WorkingCopy.objects.get().data["title"] == [TITLE]
    assert Program.objects.count() == 0


def test_a_session_that_ended_is_said_while_saving_by_itself(sit: Sit) -> None:
    page = sit("lan")
    page.clock.install()
    page.goto(ENTER)
    fill(page, {"title": TITLE})
    Session.objects.all().delete()
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("status")).to_have_text(re.compile("^Phiên làm việc đã hết"))
    assert written(page)["title"] == TITLE


def test_a_closed_tab_is_found_again_on_the_desk(half: Page) -> None:
    context, before = half.context, written(half)
    half.close(run_before_unload=True)
    page = context.new_page()
    page.goto("/lam-viec/")
    line = page.get_by_role("link", name=re.compile("^Viết tiếp"))
    for _ in range(20):  # the closing tab's last message may arrive a moment later
        if line.count():
            break
        page.wait_for_timeout(100)
        page.reload()
    line.click()
    page.wait_for_load_state()
    assert written(page) == before
    press(page, "Lưu")
    saved_whole(page)
    page.goto("/lam-viec/")
    expect(line).to_have_count(0)


def test_back_after_a_save_leads_to_what_was_saved(half: Page) -> None:
    press(half, "Lưu")
    there = half.url
    half.go_back()
    expect(half).to_have_url(there)
    expect(half.get_by_text("Văn bản này đã được lưu. Đây là bản đã lưu.")).to_be_visible()
    press(half, "Lưu")
    saved_whole(half)


def test_a_page_loaded_again_keeps_to_the_paper_begun_on_it(half: Page) -> None:
    with half.expect_response(re.compile("luu-tam/$")):
        half.evaluate(LEAVE)
    for _ in range(2):
        half.reload()
        assert written(half) | HALF == written(half)
    press(half, "Lưu")
    saved_whole(half)
    assert WorkingCopy.objects.count() == 0


EVERYTHING = HALF | {
    "number": "15-CTrPH/BDVĐU",
    "dated_basis": "bài báo chỉ in ngày, tháng",
    "note": "Giữ bản giấy ở tủ số 2",
    "partners-0-responsibilities": "Chủ trì sơ kết",
    "partners-1-side": "2",
    "signatures-0-name": "Nguyễn Văn An",
    "signatures-0-capacity": "Trưởng Ban",
    "signatures-1-side": "2",
    "signatures-1-capacity": "đại diện các đoàn thể",
    "bases-0-text": "Quy chế số 238-QĐ/TW ngày 30/9/2020",
    "items-0-joint": "các đoàn thể; UBND phường Ba Đình",
    "stated_item_count": "7",
    "methods": "Trao đổi định kỳ",
    "implementation": "Văn phòng theo dõi",
    "articles": "Điều 1. Phạm vi",
    "cadence_printed": "sáu tháng một lần",
    "theme": "Năm Dân vận khéo",
    "consent_by": "Thường trực Đảng ủy",
    "consented": "1/11/2021",
    "consent_paper": "Thông báo số 3-TB/ĐU",
    "sources-0-text": "Ký kết chương trình phối hợp",
    "sources-0-publisher": "Báo Hà Nội mới",
    "sources-0-published": "6/11/2021",
}


def test_enter_in_any_field_removes_nothing_and_hands_nothing_in(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    add_rows(page, items=2, signatures=2, bases=1, sources=1)
    fill(page, EVERYTHING)
    before = written(page)
    press(page, "Lưu")
    page.evaluate(UNFOLD)
    assert {name: written(page).get(name) for name in EVERYTHING} == EVERYTHING
    kept, names = written(page), page.evaluate(f"Object.keys(({WRITTEN})())")
    assert len(names) >= len(before)
    page.evaluate(CATCH_SENDING)
    for name in names:
        field = page.locator(f'#to-khai [name="{name}"]:not([type=hidden])').first
        field.focus()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        sends = field.evaluate("one => one.tagName === 'INPUT'")
        assert page.evaluate("window.sent.splice(0)") == (["save"] if sends else []), name
        assert written(page) == kept, name
    for name in ("number", "items-0-lead", "dated_inferred"):
        page.reload()
        page.evaluate(UNFOLD)
        page.locator(f'#to-khai [name="{name}"]').first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert written(page) == kept, name
    assert Program.objects.get().state == State.DRAFTING


def test_enter_in_a_form_without_a_title_keeps_what_was_typed(sit: Sit, cast: Cast) -> None:
    page = sit("lan")
    page.goto(ENTER)
    fill(page, {"period": "2022 – 2026", "partners-0-name": "các đoàn thể", "methods": "Trao đổi định kỳ"})
    before = written(page)
    page.locator("[name=period]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert written(page) == before
    assert Program.objects.count() == 0


def test_enter_saves_and_nothing_more_on_every_kind_of_paper(sit: Sit, cast: Cast) -> None:
    program = make_program(cast, files=[FileEntry(make_file(cast, "parties"), "Bản ký")])
    page = sit("lan")
    for place in (
        f"{ENTER.removesuffix('nhap/')}{program.code}/sua/",
        "/lam-viec/ke-hoach/nhap/",
        "/lam-viec/sua-doi/nhap/",
    ):
        page.goto(place)
        page.evaluate(UNFOLD)
        kept = written(page)
        assert ("files-0-caption" in kept) == (program.code in place)
        page.evaluate(CATCH_SENDING)
        for name in kept:
            field = page.locator(f'#to-khai [name="{name}"]:not([type=hidden])').first
            field.press("Control+End")
            field.press("Enter")
            sends = field.evaluate("one => one.tagName === 'INPUT'")
            assert page.evaluate("window.sent.splice(0)") == (["save"] if sends else []), (place, name)
        assert written(page) == kept, place


def test_a_pasted_line_in_which_nothing_is_read_goes_to_the_note(cast: Cast) -> None:
    posted = {"lam": "save", "title": TITLE, "number_line": "dòng này không có số", "note": "Giữ bản giấy"}
    cast.client("lan").post(ENTER, posted)
    assert Program.objects.get().note == "Giữ bản giấy\nDòng đã dán: dòng này không có số"

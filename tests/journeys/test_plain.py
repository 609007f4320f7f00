"""Without scripts: from the sign-in to a published programme that a visitor reads and finds; and by keyboard alone."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from portal.models import State
from programs.models import Program
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import Sit
from tests.journeys.test_enter import NUMBER_LINE, PDF, parties

DONE = re.compile("^Đã lưu lúc")


def sign_in(page: Page, who: str, first: str | re.Pattern[str] = "Bàn làm việc") -> None:
    """Sign in with the password, as everybody does in the morning; an official begins with the page of the year."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(who)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def press(page: Page, name: str) -> None:
    """Press the button people see; the form's first one is only for Enter."""
    page.get_by_role("button", name=name, exact=True).last.click()


def test_back_after_a_save_begins_no_twin_without_scripts(sit: Sit, cast: Cast) -> None:
    page = sit(None, java_script_enabled=False)
    sign_in(page, "lan")
    page.goto("/lam-viec/chuong-trinh/nhap/")
    page.locator("[name=title]").fill("Phối hợp công tác dân vận")
    press(page, "Lưu")
    expect(page.get_by_text(DONE)).to_be_visible()
    page.go_back()  # to the page as it was, or, where the browser asks for it anew, to what was saved
    page.locator("[name=title]").fill("Phối hợp công tác dân vận giai đoạn 2026 – 2030")
    press(page, "Lưu")
    expect(page.get_by_text(DONE)).to_be_visible()
    assert Program.objects.get().document.title == "Phối hợp công tác dân vận giai đoạn 2026 – 2030"
    page.goto("/lam-viec/chuong-trinh/nhap/")
    expect(page.locator("[name=title]")).to_have_value("")


def test_the_core_path_without_scripts(sit: Sit, cast: Cast, tmp_path: Path) -> None:
    page = sit(None, java_script_enabled=False)
    sign_in(page, "lan")
    page.get_by_role("link", name="Nhập văn bản").click()
    page.get_by_role("link", name="Chương trình, quy chế phối hợp").click()
    page.locator("[name=number_line]").fill("Số 9-CTrPH/BDVĐU-UBND ngày 5 tháng 11 năm 2025")
    page.locator("[name=title]").fill("Phối hợp công tác dân vận giai đoạn 2026 – 2030")
    page.locator("[name=partners-0-name]").fill("ban dan van dang uy phuong ba dinh")
    page.locator("[name=partners-1-name]").fill("UBND P. Ba Đình")
    page.locator("#items-them").click()
    page.locator("[name=items-0-text]").fill("Tiếp công dân")
    page.locator("[name=items-dan]").fill("1. Cải cách hành chính\n2. Đối thoại với Nhân dân")
    page.locator("#items-tach").click()
    expect(page.locator("[name=items-2-text]")).to_have_value("Đối thoại với Nhân dân")
    page.locator("#items-2-len").click()
    expect(page.locator("[name=items-1-text]")).to_have_value("Đối thoại với Nhân dân")
    paper = tmp_path / "ban-ky.pdf"
    paper.write_bytes(PDF)
    page.locator("#tep").set_input_files(str(paper))
    press(page, "Lưu")
    expect(page.get_by_text(DONE)).to_be_visible()
    expect(page.get_by_role("link", name="ban-ky.pdf")).to_be_visible()
    expect(page.locator("[name=number]")).to_have_value("9-CTrPH/BDVĐU-UBND")
    press(page, "Trình lãnh đạo")
    expect(page.get_by_text("Đã trình lãnh đạo.")).to_be_visible()
    program = Program.objects.get()
    assert parties(program) == [(1, cast.ours, ""), (2, cast.partner, "UBND P. Ba Đình")]

    leader = sit(None, 820, 1180, java_script_enabled=False)
    sign_in(leader, "hung", first=re.compile("^Tổng hợp năm"))
    leader.get_by_role("link", name=re.compile("^Xem xét: ")).click()
    press(leader, "Duyệt và công khai")
    expect(leader.get_by_text("Đã duyệt và công khai.")).to_be_visible()

    visitor = sit(None, 390, 844, java_script_enabled=False)
    visitor.goto("/")
    visitor.locator("main [name=q]").fill("dan van ba dinh 2026")
    visitor.locator("main").get_by_role("button", name="Tìm").click()
    visitor.locator("main").get_by_role(
        "link", name=re.compile("^Ban Dân vận Đảng ủy phường Ba Đình và")
    ).first.click()
    told = visitor.locator("#noi-dung li").all_text_contents()
    assert [" ".join(one.split()) for one in told] == [
        "Tiếp công dân", "Đối thoại với Nhân dân", "Cải cách hành chính"
    ]  # fmt: skip
    assert "ban-ky.pdf" not in visitor.content()


# --- by keyboard


def go_to(page: Page, target: str, *, most: int = 60) -> None:
    """Press Tab until a place has the focus, seen and not under the bar at the foot."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            # The page scrolls smoothly to what has the focus; where it comes to rest is what counts.
            page.wait_for_function(
                """() => {
                  const box = document.activeElement.getBoundingClientRect();
                  const bar = document.querySelector(".sticky-bar");
                  const own = bar && bar.contains(document.activeElement);
                  const foot = bar && !own ? bar.getBoundingClientRect().top : innerHeight;
                  return box.top >= 0 && box.top + Math.min(box.height, 44) <= foot + 1;
                }""",
                timeout=5000,
            )
            return
    raise AssertionError(f"{target} is not reached by Tab")


def test_the_number_line_by_keyboard_alone(tan_binh: Cast, sit: Sit) -> None:
    page = sit("hoa", height=700)
    page.goto("/lam-viec/")
    go_to(page, "main a[href='/lam-viec/nhap/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lam-viec/nhap/")
    go_to(page, "a[href='/lam-viec/chuong-trinh/nhap/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/chuong-trinh/nhap/"))
    go_to(page, "[name=number_line]")
    page.keyboard.insert_text(NUMBER_LINE)
    go_to(page, "[name=title]")
    page.keyboard.insert_text("Phối hợp thực hiện công tác dân vận")
    go_to(page, "[name=period]")
    page.keyboard.insert_text("2022 – 2026")
    go_to(page, "summary")
    page.keyboard.press("Space")
    expect(page.locator("[name=dated_basis]")).to_be_visible()
    page.keyboard.press("Space")
    go_to(page, "[name=partners-0-name-giu-nguyen]")
    page.keyboard.press("Space")
    go_to(page, "[name=partners-1-name-giu-nguyen]")
    page.keyboard.press("Space")
    expect(page.locator("[name=partners-1-name]")).to_have_value(re.compile("^UBND quận Tân Bình"))
    go_to(page, "#items-them", most=60)
    page.keyboard.press("Space")
    expect(page.locator("[name=items-0-text]")).to_be_focused()
    page.keyboard.insert_text("Tiếp công dân")
    go_to(page, "#items-them")
    page.keyboard.press("Enter")
    expect(page.locator("[name=items-1-text]")).to_be_focused()
    go_to(page, "#items-1-bo")
    page.keyboard.press("Enter")
    expect(page.locator("[name=items-1-text]")).to_have_count(0)
    expect(page.locator("#rows-items *:focus")).to_have_count(1)
    go_to(page, ".sticky-bar [value=submit]", most=80)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã trình lãnh đạo.")).to_be_visible()
    program = Program.objects.get()
    assert program.state == State.WAITING
    assert parties(program) == [(1, tan_binh.board_then, ""), (2, tan_binh.committee_then, "")]
    assert [item.text for item in program.items.all()] == ["Tiếp công dân"]

"""J6: a leader on a tablet returns a programme once with a reason, then approves and publishes what was opened."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from portal.models import State
from tests.cast import Cast, make_program
from tests.journeys.conftest import Sit
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
TABLET = {"width": 820, "height": 1180}
REASON = "Ghi rõ số nội dung văn bản nêu."
INSIDE = "Chờ ý kiến Thường trực trước khi đăng"


def review(leader: Walker) -> None:
    """Open the desk from its bookmark, then what waits."""
    leader.open("/lam-viec/")
    leader.follow(re.compile("^Xem xét: "))
    leader.read("Sẽ hiện với mọi người")


def lines(leader: Walker, heading: str) -> list[str]:
    """The words of the parts listed under a heading of the review."""
    part = leader.page.locator(f"h3:text-is('{heading}') ~ ul.parts").first
    return part.locator("li").evaluate_all("all => all.map(one => one.lastChild.textContent.trim())")


def plain(text: str) -> str:
    """Text without the line breaks and joints a page puts into it."""
    return " ".join(text.replace("\u200b", "").split())


def test_j6_returned_once_then_approved_and_published(cast: Cast, walk: Walk, sit: Sit) -> None:
    program = make_program(cast, "waiting", number="07-CTrPH/BDVĐU-UBND", note=INSIDE)
    leader = walk("hung", **TABLET)
    review(leader)
    leader.type("tra-reason", REASON)
    leader.send("Trả lại")
    leader.read("Đã trả lại cho người soạn.")
    leader.keeps("J6")

    clerk = walk("lan", "/lam-viec/")
    clerk.follow(re.compile("^Sửa theo ý kiến"))
    clerk.read(REASON)
    clerk.type("stated_item_count", "7 nội dung")
    clerk.send("Trình lãnh đạo")

    again = walk("hung", **TABLET)
    review(again)
    public, inside = lines(again, "Sẽ hiện với mọi người"), lines(again, "Giữ trong nội bộ")
    again.send("Duyệt và công khai")
    again.read("Đã duyệt và công khai.")
    again.keeps("J6")
    program.refresh_from_db()
    assert (program.state, program.is_public(), program.stated_item_count) == (State.APPROVED, True, 7)

    visitor = sit(None)
    visitor.goto(f"/chuong-trinh/{program.slug}/")
    seen = plain(visitor.locator("main").text_content())
    assert len(public) >= 9
    assert [words for words in public if plain(words).removesuffix("…") not in seen] == []
    assert INSIDE in inside
    assert [words for words in inside if plain(words).removesuffix("…") in seen] == []
    told = visitor.locator("#noi-dung li").all_text_contents()
    assert [plain(one) for one in told] == [item.text for item in program.items.all()]
    assert set(map(plain, told)) <= set(map(plain, public))


def test_a_version_changed_meanwhile_is_refused(cast: Cast, walk: Walk) -> None:
    program = make_program(cast, "waiting", number="07-CTrPH/BDVĐU-UBND")
    leader = walk("hung", f"/lam-viec/chuong-trinh/{program.code}/xem-xet/", **TABLET)
    clerk = walk("lan", f"/lam-viec/chuong-trinh/{program.code}/")
    clerk.send("Rút lại để sửa")
    clerk.amend("title", "công tác dân vận", "công tác tôn giáo")
    clerk.send("Trình lãnh đạo")

    leader.send("Duyệt và công khai")
    leader.read("Văn bản đã được sửa sau khi đồng chí mở trang này. Xin xem lại bản mới rồi quyết định.")
    program.refresh_from_db()
    assert (program.state, program.approved_at, program.published_from) == (State.WAITING, None, None)
    expect(leader.page.locator("main")).to_contain_text("công tác tôn giáo")
    leader.send("Duyệt và công khai")
    leader.read("Đã duyệt và công khai.")
    program.refresh_from_db()
    assert program.document.title == "Phối hợp thực hiện công tác tôn giáo"

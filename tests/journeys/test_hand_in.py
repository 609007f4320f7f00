"""A ward officer hands in through the link sent by Zalo: an old phone, no account, a line that drops."""

import re
from collections.abc import Callable
from pathlib import Path

from django.http import QueryDict
from PIL import Image
from playwright.sync_api import Page, expect

from programs.actions import rounds
from programs.actions.answers import keep
from programs.actions.rounds import RoundEntry
from programs.answer_parts import EACH, mark_of, sent_data
from programs.duty_links import link_of
from programs.models import Duty, Submission
from tests.cast import Cast, in_days
from tests.journeys.test_pages import look
from tests.journeys.walker import Walker

PHONE = {"width": 360, "height": 640}
RESULTS = "Đã đối thoại 3 cuộc với Nhân dân, giải quyết 12 kiến nghị."


def asked(cast: Cast) -> Duty:
    """What our body asks its partner for, with its link."""
    entry = RoundEntry("Báo cáo công tác dân vận chính quyền", in_days(7), named=[cast.partner])
    current = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    return rounds.give_link(current.duties.get(), by=cast.lan)


def unfold(page: Page, part: str) -> None:
    """Open one part of the form on a phone."""
    page.locator(f"#{part} .part-open").click()


def test_a_ward_hands_in_through_the_link_though_the_line_drops(
    cast: Cast, walk: Callable[..., Walker], sit: Callable[..., Page], tmp_path: Path
) -> None:
    duty, sheet = asked(cast), tmp_path / "to-khai.jpg"
    Image.effect_noise((2400, 1800), 8).save(sheet, "JPEG", quality=90)
    ward = walk(None, on_phone=True, **PHONE)
    page, line = ward.page, ward.page.context
    ward.open(link_of(duty))
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo công tác dân vận chính quyền")
    unfold(page, "phan-ket-qua")
    ward.type("results", RESULTS)
    unfold(page, "phan-so-lieu")
    ward.type("figures-0-counts", "Mô hình “Dân vận khéo”")
    ward.type("figures-0-value", "4 mô hình")
    unfold(page, "phan-tep")
    line.set_offline(True)
    ward.attach("anh", sheet)
    again = page.get_by_role("button", name=re.compile("^Gửi lại"))
    expect(again).to_be_visible(timeout=20_000)
    ward.press("Xem lại và nộp")
    expect(page.get_by_role("status").last).to_have_text(re.compile("^Còn tệp chưa gửi được"))
    line.set_offline(False)
    again.click()
    expect(page.locator("#rows-files .picked a")).to_have_text("to-khai.jpg", timeout=20_000)
    line.set_offline(True)
    ward.press("Xem lại và nộp")
    expect(page.get_by_role("status").last).to_have_text(re.compile("^Mất kết nối"))
    line.set_offline(False)
    expect(ward.field("results")).to_have_value(RESULTS)
    ward.send("Xem lại và nộp")
    expect(page.locator("main")).to_contain_text("Mô hình “Dân vận khéo”: 4 mô hình")
    ward.type("sender_name", "Lê Văn An, công chức VP")
    ward.send("Nộp")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy biên nhận")
    sent = Submission.objects.get()
    expect(page.locator("main")).to_contain_text(f"{sent.code[:4]} {sent.code[4:7]} {sent.code[7:]}")
    ward.keeps("J8 short part")
    assert (sent.sender, sent.content["results"], sent.document.attachments.get().size < 600_000) == (
        "Lê Văn An, công chức VP", RESULTS, True,
    )  # fmt: skip
    keeper = sit("lan")
    keeper.goto(f"/lam-viec/dot/{duty.round.code}/")
    expect(keeper.locator("main")).to_contain_text("1/1 cơ quan đã nộp")
    expect(keeper.locator("main")).to_contain_text(str(cast.partner))


def test_what_was_typed_is_kept_by_itself_and_found_by_a_colleague(
    cast: Cast, walk: Callable[..., Walker], sit: Callable[..., Page]
) -> None:
    duty = asked(cast)
    ward = walk(None, on_phone=True, **PHONE)
    ward.open(link_of(duty))
    unfold(ward.page, "phan-ket-qua")
    ward.type("results", RESULTS)
    with ward.page.expect_response(re.compile("/giu/$")):
        ward.page.evaluate(
            """() => {
              Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    expect(ward.page.get_by_role("status").last).to_have_text(re.compile("^Đã lưu lúc .*, chưa nộp"))
    office = sit("phuc")
    office.goto(f"/lam-viec/dot/{duty.round.code}/phan/{duty.code}/")
    expect(office.locator("[name=results]")).to_have_value(RESULTS)


def test_pages_of_a_unit_are_whole_on_a_phone_and_for_everybody(cast: Cast, sit: Callable[..., Page]) -> None:
    sent, being_written = asked(cast), asked(cast)
    told = {"results": RESULTS, "figures": [{"counts": "Mô hình", "value": "4", "unit": "mô hình"}]}
    one = rounds.send(sent, told, by=None, body=cast.partner, expected=0, sender_name="Lê Văn An")
    written, marks = sent_data(told), {part: mark_of(QueryDict(), part) for part in EACH}
    keep(being_written, written, by=None, body=cast.partner, page="trang", opened=marks)
    form, receipt = link_of(being_written), f"{link_of(sent)}bien-nhan/{one.code}/"
    inside = f"/lam-viec/dot/{being_written.round.code}/phan/{being_written.code}/"
    pages = [form, f"{form}xem-lai/", receipt]
    assert look(sit(None), pages, on_phone=(form,)) == {}
    assert look(sit("phuc"), [inside, f"{inside}xem-lai/"]) == {}

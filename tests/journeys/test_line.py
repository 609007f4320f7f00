"""A line that drops: every form keeps its words on the page, says so, and is sent once when the line is back."""

import re

from playwright.sync_api import Locator, Page, expect

from meetings.actions import DirectiveEntry, TaskEntry
from meetings.actions.meetings import approve_meeting
from meetings.models import Assignment
from portal.actions import records
from portal.actions.consultations import send_for_opinion
from portal.models import Act, Opinion
from programs.actions import rounds
from programs.actions.answers import keep
from programs.actions.rounds import RoundEntry
from programs.answer_parts import EACH, mark_of, sent_data
from programs.consulting import content_to_send
from programs.duty_links import link_of
from tests.cast import Cast, in_days, make_meeting, make_program
from tests.journeys.conftest import Sit

LOST_LINE = re.compile("^Mất kết nối. Nội dung vẫn còn trên trang")
Case = tuple[str, dict[str, str], str, str]
"""Where a form stands, what is typed into it, its button, what is said when it was sent."""


def a_consultation(cast: Cast) -> str:
    """Where the partner is asked for its opinion."""
    program = make_program(cast)
    content, files = content_to_send(program)
    asked = {"to": [cast.partner], "closes_on": in_days(3)}
    sent = send_for_opinion(program, by=cast.lan, content=content, files=files, **asked)
    return f"/lam-viec/y-kien/{sent.code}/"


def a_task(cast: Cast) -> str:
    """Where the partner answers a task."""
    said = DirectiveEntry("Sớm ký kết", task=TaskEntry(in_days(3), [cast.partner]))
    meeting = make_meeting(cast, directives=[said])
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    return f"/lam-viec/nhiem-vu/{Assignment.objects.get().code}/"


def a_part(cast: Cast) -> str:
    """Where a body without an account looks at its part before it sends it."""
    entry = RoundEntry("Báo cáo công tác dân vận", in_days(7), named=[cast.partner])
    current = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    duty = rounds.give_link(current.duties.get(), by=cast.lan)
    page = {"by": None, "body": cast.partner, "page": "trang"}
    keep(
        duty, sent_data({"results": "Đã đối thoại."}), **page, opened={one: mark_of({}, one) for one in EACH}
    )
    return f"{link_of(duty)}xem-lai/"


def control(page: Page, name: str) -> Locator:
    """The control of a form field."""
    return page.locator(f'[name="{name}"]:not([type=hidden])').first


def over_a_cut_line(page: Page, case: Case) -> None:
    """Fill a form, press without a line, then with one: the page stays as it is, and the second press is enough."""
    place, typed, button, done = case
    page.goto(place)
    for name, words in typed.items():
        control(page, name).fill(words)
    press = page.locator("main").get_by_role("button", name=button, exact=True)
    before = Act.objects.count()
    page.context.set_offline(True)
    press.click()
    expect(page.get_by_role("status").filter(has_text=LOST_LINE)).to_be_visible()
    assert {name: control(page, name).input_value() for name in typed} == typed, place
    page.context.set_offline(False)
    assert Act.objects.count() == before, place
    with page.expect_navigation():
        press.dblclick()
    expect(page.locator("main")).to_contain_text(done)


def test_no_form_is_lost_with_the_line(cast: Cast, sit: Sit) -> None:
    at = {
        state: f"/lam-viec/chuong-trinh/{make_program(cast, state).code}/"
        for state in ("drafting", "waiting", "approved", "published")
    }
    reason = "Đăng nhầm bản chưa ký."
    cases: dict[str | None, list[Case]] = {
        "hung": [
            (f"{at['waiting']}xem-xet/", {"tra-reason": reason}, "Trả lại", "Đã trả lại cho người soạn."),
            (f"{at['published']}go/", {"go-reason": reason}, "Gỡ khỏi trang công khai", "Đã gỡ khỏi trang"),
            (f"{at['approved']}cham-dut/", {"ended": "1/3/2024", "reason": reason}, "Ghi nhận", "Đã ghi nhận"),
        ],
        "lan": [
            (f"{at['drafting']}lay-y-kien/", {"note": "Xin ý kiến mục 1."}, "Gửi lấy ý kiến", "Đã gửi lấy ý kiến."),
        ],
        "phuc": [
            (a_consultation(cast), {"text": "Đề nghị bổ sung mục 2."}, "Gửi ý kiến", "Đã gửi ý kiến đến"),
            (a_task(cast), {"text": "Đã ký kết ngày 5/11."}, "Gửi trả lời", "Đã gửi trả lời đến"),
        ],
        None: [(a_part(cast), {"sender_name": "Lê Văn An"}, "Nộp", "Giấy biên nhận")],
    }  # fmt: skip
    for who, of_person in cases.items():
        page = sit(who)
        for case in of_person:
            over_a_cut_line(page, case)
    assert Opinion.objects.count() == 1

"""The year's review: a clerk gathers the parts of a round, a leader approves and freezes it, and its Word file says so."""

import re
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page

from portal import starter
from portal.dates import parse_period
from portal.models import State
from portal.text import clean
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.models import Review
from tests.cast import Cast, in_days
from tests.journeys.conftest import Sit
from tests.journeys.walker import Walker
from tests.read_word import lines, opened

Walk = Callable[..., Walker]
TABLET = {"width": 820, "height": 1180}
LINE = "Báo cáo số 45-BC/BDVĐU ngày 05/01/2023 kết quả công tác dân vận năm 2022"
LIMITATIONS = ["Một số nơi đối thoại còn hình thức", "Chưa theo dõi việc trả lời kiến nghị"]
TALKS = {"counts": "Hội nghị đối thoại", "unit": "cuộc", "as_of": "", "approximator": ""}


def handed_in(cast: Cast) -> None:
    """The parts of two bodies, taken."""
    entry = RoundEntry("Tổng kết năm 2022", in_days(9), named=[cast.partner, cast.neighbour], period=parse_period("năm 2022"))  # fmt: skip
    asked = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    for duty, held in zip(asked.duties.select_related("round__keeper", "organization"), ("5", "3"), strict=True):  # fmt: skip
        told = {"results": f"Đã đối thoại {held} cuộc.", "figures": [TALKS | {"value": held}]}
        rounds.accept(
            rounds.send(duty, told, by=None, body=duty.organization, expected=0, sender_name="Lê An"),
            by=cast.lan,
        )


def word_of(page: Page, walker: Walker) -> list[str]:
    """The lines of the Word file of the page."""
    with page.expect_download() as download:
        walker.press("Tải bản Word", role="link")
    return [line.text for line in lines(opened(download.value.path().read_bytes()))]


def test_a_review_is_gathered_approved_frozen_and_printed(cast: Cast, walk: Walk, sit: Sit) -> None:
    starter.load()
    handed_in(cast)
    clerk = walk("lan", "/lam-viec/dot/")
    clerk.follow("Tổng kết năm 2022")
    clerk.follow("Lập báo cáo tổng hợp")
    clerk.glance("figures-0-amount", "8")
    clerk.glance("items-1-about", re.compile("^(UBND|Ban Dân vận)"))
    clerk.paste("number_line", LINE)
    clerk.glance("number", "45-BC/BDVĐU")
    clerk.paste("limitations-dan", "\n".join(f"- {line};" for line in LIMITATIONS))
    clerk.glance("limitations-1-text", LIMITATIONS[1])
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    assert len(clerk.fields) == 2 and clerk.picks == 0, clerk.report()

    leader = walk("hung", "/lam-viec/", **TABLET)
    leader.follow(re.compile("^Xem xét: "))
    leader.send("Duyệt, để nội bộ")
    leader.follow("Chốt số liệu")
    leader.glance("as_of", "31/12/2022")
    leader.send("Chốt số liệu")
    leader.read(re.compile("Số liệu chốt tính đến ngày 31/12/2022"))

    review = Review.objects.get()
    told = [(one.counts, one.value) for one in review.document.figures.all()]
    assert (review.state, review.frozen_at.date(), told) == (State.APPROVED, timezone.now().date(), [("Hội nghị đối thoại", 8)])  # fmt: skip
    printed = word_of(leader.page, leader)
    wanted = ["Số 45-BC/BDVĐU", "BÁO CÁO", "Số liệu tính đến ngày 31/12/2022:", *[f"{n}- {line}." for n, line in enumerate(LIMITATIONS, 1)]]  # fmt: skip
    assert [line for line in wanted if line not in printed] == []
    review.document.figures.all().delete()
    again = sit("hung")
    again.goto(f"/lam-viec/so-ket-tong-ket/{review.code}/")
    assert "8 cuộc" in clean(again.locator("main").inner_text())

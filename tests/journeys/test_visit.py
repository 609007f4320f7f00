"""J11: a citizen finds a programme on a phone and copies its citation; a journalist takes the Excel."""

import io
import re
from collections.abc import Callable
from random import Random

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request

from portal.actions.documents import PartnerEntry
from portal.lists import PER_PAGE
from portal.models import Audience, Organization
from programs.actions import ItemEntry
from programs.models import Amendment, Plan, Program
from tests.cast import Cast, make_program
from tests.house.world import make_companion
from tests.journeys.conftest import Sit
from tests.journeys.test_enter import ba_dinh as ba_dinh
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
PHONE = {"width": 390, "height": 844}
PAGE_BYTES, FONT_BYTES = 60 * 1024, 72 * 1024
INNER = ["Ghi riêng trong cơ quan", "Dự thảo còn kín", "Việc chưa nói ra", "Phòng nghiệp vụ kín"]


@pytest.fixture
def public_program(ba_dinh: Cast) -> Program:
    """A published programme with inner parts, and a draft beside it."""
    make_program(ba_dinh, title=f"Ba Đình 2021: {INNER[1]}")
    sides = [PartnerEntry(1, ba_dinh.board, focal_room=INNER[3]), PartnerEntry(2, ba_dinh.committee)]
    items = [ItemEntry("Tiếp công dân, đối thoại với Nhân dân"), ItemEntry(INNER[2], audience=Audience.BODY)]
    return make_program(ba_dinh, "published", note=INNER[0], partners=sides, items=items, period="2021-2026")


def weigh(page: Page, address: str) -> tuple[int, int]:
    """The bytes a page brings to a browser that has seen nothing yet: fonts apart."""
    brought: dict[bool, int] = {True: 0, False: 0}

    def add(request: Request) -> None:
        brought[request.resource_type == "font"] += max(0, request.sizes()["responseBodySize"])

    page.on("requestfinished", add)
    page.goto(address, wait_until="networkidle")
    return brought[False], brought[True]


def test_j11_a_citizen_finds_and_cites_a_programme(public_program: Program, walk: Walk, sit: Sit) -> None:
    citizen = walk(None, on_phone=True, **PHONE)
    citizen.open("/")
    home = citizen.page.locator("main")
    home.locator("input[name=q]").click()
    citizen.type_here("q", "ba dinh 2021")
    with citizen.page.expect_navigation():
        citizen.page.keyboard.press("Enter")
    citizen.follow("Ban Dân vận Quận ủy Ba Đình và UBND quận Ba Đình")
    citizen.read(re.compile("^Chương trình phối hợp của Ban Dân vận Quận ủy Ba Đình và UBND quận Ba Đình"))
    citizen.page.locator(".cite").click(click_count=3)
    citizen.page.keyboard.press("Control+C")
    copied = citizen.page.evaluate("() => navigator.clipboard.readText()").strip()
    citizen.keeps("J11")

    assert copied == citizen.page.locator(".cite").text_content().strip()
    assert public_program.slug in copied and "2021" in copied
    for address in (
        "/",
        "/tim-kiem/?q=ba+dinh+2021",
        f"/chuong-trinh/{public_program.slug}/",
        "/chuong-trinh/",
    ):
        rest, fonts = weigh(sit(None, **PHONE), address)
        assert 0 < rest <= PAGE_BYTES and 0 < fonts <= FONT_BYTES, (address, rest, fonts)


def test_j11_a_journalist_takes_the_excel(ba_dinh: Cast, public_program: Program, walk: Walk) -> None:
    journalist = walk(None)
    journalist.open("/")
    journalist.follow("Chương trình")
    with journalist.page.expect_download() as download:
        journalist.press("Tải Excel", role="link")
    journalist.keeps("J11")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("Ban Dân vận Quận ủy Ba Đình" in cell for cell in cells)
    assert [words for words in INNER if any(words in cell for cell in cells)] == []


def test_nothing_inner_shows_in_page_list_or_search(ba_dinh: Cast, public_program: Program, sit: Sit) -> None:
    ask = sit(None).request
    places = ["/", "/chuong-trinh/", f"/chuong-trinh/{public_program.slug}/", "/don-vi/", "/van-ban/"]
    places += ["/tim-kiem/?q=ba+dinh+2021", f"/don-vi/{ba_dinh.board.slug}/"]
    for place in places:
        answer = ask.get(place)
        assert answer.status == 200, place
        assert [words for words in INNER if words in answer.text()] == [], place
    for words in INNER:
        found = ask.get("/tim-kiem/", params={"q": words}).text()
        assert "Không tìm thấy gì" in found, words
        assert "Không có chương trình nào như vậy" in ask.get("/chuong-trinh/", params={"q": words}).text(), (
            words
        )


def long_words(chance: Random, length: int) -> str:
    """As long a name as a register takes, of words that do not repeat as real ones do."""
    words = [
        "phối hợp",
        "vận động",
        "Nhân dân",
        "giữ gìn",
        "an ninh",
        "trật tự",
        "đoàn kết",
        "phường",
        "khuyến học",
    ]
    return " ".join(chance.choices(words, k=length))[:length].strip()


def test_lists_of_the_longest_names_and_every_kind_of_page_stay_light(cast: Cast, sit: Sit) -> None:
    chance = Random(7)  # noqa: S311 - the same names at every run
    for number in range(PER_PAGE + 1):
        partner = Organization.objects.create(name=long_words(chance, 240), slug=f"co-quan-{number}")
        sides = [PartnerEntry(1, cast.ours), PartnerEntry(2, partner)]
        program = make_program(cast, "published", title=long_words(chance, 900), partners=sides)
    amendment, plan = (make_companion(cast, model, "published") for model in (Amendment, Plan))
    addresses = ["/chuong-trinh/", "/don-vi/", "/van-ban/", "/tim-kiem/?q=phuong", "/ke-hoach/"]
    addresses += [
        f"/don-vi/{cast.ours.slug}/",
        f"/van-ban/{program.document.code}/",
        f"/ke-hoach/{plan.slug}/",
    ]
    addresses += [reverse("programs:amendment_page", args=[amendment.program.slug, amendment.slug])]
    weights = {address: weigh(sit(None, **PHONE), address) for address in addresses}
    assert {address: told for address, told in weights.items() if told[0] > PAGE_BYTES} == {}
    assert max(fonts for _, fonts in weights.values()) <= FONT_BYTES

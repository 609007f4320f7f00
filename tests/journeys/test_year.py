"""J7: a Phó Bí thư opens his bookmark in the morning and holds the year on one A4."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from portal import starter
from portal.coverage import SHOWN
from portal.dates import PartialDate
from portal.models import BodyGroup, RegisterStart, YearConfirmation
from programs.actions.targets import TargetEntry
from programs.targets import read_target
from tests.cast import Cast, in_days, make_meeting, make_program
from tests.journeys.conftest import Sit
from tests.journeys.test_pages import LONG, look, on_paper, sideways
from tests.journeys.test_visit import Walk, weigh
from tests.programs.test_plan_targets import confirm, issue, make_ward
from tests.programs.test_plans import make_plan

MOST_BYTES = 150 * 1024
TABLET = {"width": 820, "height": 1180}
PARTS = ".year > .lede, .year-figures, .year h2"
"""Of the paragraph and the five figures themselves, of the other parts their headings."""


@pytest.fixture
def full(cast: Cast) -> str:
    """A year with more than fits: twenty bodies, ten targets, seven papers that wait, long names; its address."""
    starter.load()
    year, city = timezone.localdate().year, cast.superior.territory
    for number in range(20):
        ward = make_ward(city, f"Nguyễn Trung Trực {number}")
        confirm(ward, year)
        if number % 3:
            issue(cast, ward)
    wards = {"group": BodyGroup.objects.get(key="xa-phuong"), "territory": city, "measure": "has-plan"}
    asked = [
        "100% các phường ban hành kế hoạch tổ chức thực hiện công tác dân vận của hệ thống chính trị",
        "Phấn đấu 40%-50% các phường ban hành kế hoạch thực hiện quy chế dân chủ ở cơ sở",
        f"Ít nhất 60% các phường {LONG}",
        "100% các phường đăng ký mô hình",
    ]
    entries = [TargetEntry(text, asked=read_target(text), **wards) for text in asked for _ in range(3)]
    make_plan(cast, period=f"năm {year}", targets=entries)
    for number in range(7):
        make_program(cast, "waiting", title=f"{LONG} {number}", period=f"{year}-{year + 4}")
        make_program(cast, "approved", period=f"1/2/{year} - {in_days(20 + number).strftime('%d/%m/%Y')}")
        make_meeting(cast, dated=PartialDate.day(date(year, 1, 2)))
    for body in (cast.ours, cast.superior):
        RegisterStart.objects.create(organization=body, register="plans", from_year=2000)
        YearConfirmation.objects.create(organization=body, year=year)
    return f"/lam-viec/tong-hop/{year}/?dia-ban={city.name}"


def sheets(page: Page) -> int:
    """On how many sheets of paper the page prints."""
    return page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")


def test_j7_the_official_holds_one_a4(cast: Cast, full: str, walk: Walk) -> None:
    official = walk("hung")
    official.open(f"/lam-viec/tong-hop/{timezone.localdate().year}/")
    official.read(re.compile("cơ quan có sổ trên cổng đã xác nhận số liệu"))
    official.read("Cần đồng chí cho ý kiến")
    official.keeps("J7")
    assert sheets(official.page) == 1
    tapped = official.page.locator(".year-figures a").first
    number = tapped.inner_text()
    tapped.click()
    assert official.page.locator(".count b").inner_text() == number


@pytest.mark.parametrize("query", ["", "?dia-ban=thành phố Hà Nội", "?don-vi="])
def test_the_page_of_a_year_is_one_sheet_however_much_there_is(
    cast: Cast, full: str, sit: Sit, query: str
) -> None:
    page, year = sit("hung"), timezone.localdate().year
    page.goto(f"/lam-viec/tong-hop/{year}/{query}")
    assert sheets(page) == 1
    with on_paper(page):
        assert sideways(page) == ""


def test_the_page_is_light_and_its_first_three_parts_stand_on_one_tablet_screen(
    cast: Cast, full: str, sit: Sit
) -> None:
    rest, fonts = weigh(sit("hung"), full)
    assert 0 < rest + fonts <= MOST_BYTES, (rest, fonts)
    page = sit("hung")
    page.set_viewport_size(TABLET)
    page.goto(full)
    whole = sit("quy")  # who may know every body by name
    whole.set_viewport_size(TABLET)
    whole.goto(full)
    assert whole.locator(".matrix tbody tr").count() == SHOWN
    tall = [one.evaluate("document.documentElement.scrollHeight") for one in (page, whole)]
    assert max(tall) <= TABLET["height"] * 1.5, tall
    last = page.locator(".year-targets li").last.bounding_box()
    assert last["y"] + last["height"] <= TABLET["height"]
    assert page.locator(PARTS).evaluate_all("all => all.map(one => one.tagName === 'H2' ? one.innerText : one.className)") == [
        "lede", "year-figures", "Chỉ tiêu", "Cần đồng chí cho ý kiến", "Ngày sắp tới", "Đã ban hành kế hoạch trong kỳ",
    ]  # fmt: skip


def test_every_page_of_a_year_is_for_everybody(cast: Cast, full: str, sit: Sit) -> None:
    year = timezone.localdate().year
    at, inside = f"/tong-hop/{year}/", f"/lam-viec/tong-hop/{year}/"
    places: list[Any] = [full, f"{inside}so-lieu/", f"{inside}chi-tieu/", f"{inside}so-lieu/hieu-luc/"]
    places += [f"{inside}co-quan/?don-vi=", f"/lam-viec/xac-nhan/{year}/", "/lam-viec/tong-hop/"]
    assert look(sit("hung"), places, on_phone=(full,)) == {}
    places = ["/tong-hop/", at, f"{at}?don-vi=", f"{at}so-lieu/", f"{at}so-lieu/ke-hoach/", f"{at}chi-tieu/"]
    assert look(sit(None), places, on_phone=(at,)) == {}

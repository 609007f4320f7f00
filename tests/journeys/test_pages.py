"""Every page the journeys reach: axe finds nothing, nothing scrolls sideways on a phone, a sheet prints on A4."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from meetings import starter
from meetings.actions import (
    AgendaEntry,
    DirectiveEntry,
    ParticipationEntry,
    PresentationEntry,
    TablePaperEntry,
    TaskEntry,
)
from meetings.actions.answers import AnswerEntry, answer
from meetings.actions.guests import substitute
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.models import Assignment, Meeting, MeetingKind, MeetingPaper, MeetingRole, Stage
from portal.actions import records
from portal.actions.consultations import send_for_opinion
from portal.actions.documents import BasisEntry, PartnerEntry, SignatureEntry
from portal.actions.registers import add_organizations
from portal.dates import PartialDate
from portal.models import Consultation, DocumentType
from programs.consulting import content_to_send
from programs.models import Program
from tests.cast import Cast, in_days, make_body, make_meeting, make_program
from tests.journeys.conftest import Sit

LONG = "Ủy ban Mặt trận Tổ quốc Việt Nam phường Nguyễn Trung Trực – ẨM THỰC, ẮC QUY, khuỷu, thuở, ngưỡng"


@pytest.fixture
def shelf(cast: Cast) -> dict[str, Program]:
    """A programme in every state, with long names, kin, bases and persons."""
    front = make_body(LONG, territory=cast.ours.territory)
    sides = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner), PartnerEntry(3, front)]
    whole = {
        "number": "07-CTrPH/BDVĐU-UBND-UBMTTQVN",
        "partners": sides,
        "bases": [BasisEntry("Quy chế số 238-QĐ/TW ngày 30/9/2020 của Ban Bí thư", number="238-QĐ/TW")],
        "signatures": [
            SignatureEntry(1, None, "Nguyễn Văn An", "Trưởng Ban"),
            SignatureEntry(2, None, "", "Chủ tịch", "TM"),
        ],
    }
    old = make_program(cast, "published", period="2016-2021")
    made = {"published": make_program(cast, "published", predecessor=old, **whole)}
    asked = {"to": [cast.partner], "note": "Xin ý kiến về mục 1.", "closes_on": in_days(3)}
    content, files = content_to_send(made["published"])
    send_for_opinion(made["published"], by=cast.lan, content=content, files=files, **asked)
    return made | {
        state: make_program(cast, state) for state in ("drafting", "waiting", "returned", "approved")
    }


def faults(page: Page) -> list[str]:
    """What axe finds, each with the first place it is found in."""
    # Style sheets are not loaded once more: no rule asked for reads them, and the policy of the clean-up refuses it.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}" for one in found]


def sideways(page: Page) -> str:
    """The first thing wider than the page, if the page scrolls sideways."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.scrollWidth, seen = document.documentElement.clientWidth;
          if (wide <= seen) return "";
          const far = Array.from(document.querySelectorAll("main *, header *, footer *"))
            .find(one => one.getBoundingClientRect().right > seen + 1 && !one.closest(".table-wrap, .mainnav"));
          return `${wide} > ${seen}: ${far ? far.outerHTML.slice(0, 160) : "?"}`;
        }"""
    )


def look(page: Page, places: list[str], on_phone: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Open pages, wide and narrow, and gather what is wrong with each; some go through axe as phones show them too."""
    wrong: dict[str, list[str]] = {}
    for place in places:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(place)
        wrong[place] = look_here(page, on_phone=place in on_phone)
    return {place: found for place, found in wrong.items() if found}


def look_here(page: Page, *, on_phone: bool = False) -> list[str]:
    """What is wrong with the page that is open."""
    page.set_viewport_size({"width": 1280, "height": 900})
    found = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    if on_phone:
        found += faults(page)
    wide = [sideways(page)]
    page.set_viewport_size({"width": 820, "height": 1180})
    wide.append(sideways(page))
    return found + [f"sideways: {one}" for one in wide if one]


def test_pages_of_a_visitor(cast: Cast, shelf: dict[str, Program], sit: Sit) -> None:
    program = shelf["published"]
    places = [
        "/", "/tim-kiem/", "/tim-kiem/?q=ba+dinh", "/chuong-trinh/", "/chuong-trinh/?q=khong+co",
        f"/chuong-trinh/{program.slug}/", "/ke-hoach/", "/don-vi/", f"/don-vi/{cast.ours.slug}/", "/van-ban/",
        "/gioi-thieu/", "/lien-he/", "/tro-giup/", "/quyen-rieng-tu/", "/dang-nhap/",
    ]  # fmt: skip
    assert look(sit(None), places, on_phone=("/", "/chuong-trinh/", f"/chuong-trinh/{program.slug}/")) == {}


def test_pages_of_a_clerk(cast: Cast, shelf: dict[str, Program], sit: Sit) -> None:
    at = "/lam-viec/chuong-trinh/"
    places = [
        "/lam-viec/", "/lam-viec/nhap/", at, f"{at}nhap/", "/lam-viec/ke-hoach/nhap/", "/lam-viec/sua-doi/nhap/",
        f"{at}nhap/?tuong-tu={shelf['published'].code}", f"{at}nhap/?tiep-noi={shelf['published'].code}",
        *[f"{at}{program.code}/" for program in shelf.values()],
        f"{at}{shelf['returned'].code}/sua/", f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/",
        "/lam-viec/mau-giao-dien/",
    ]  # fmt: skip
    assert look(sit("lan"), places, on_phone=("/lam-viec/", f"{at}nhap/")) == {}


def test_pages_of_asking_for_opinion_and_of_slips(cast: Cast, shelf: dict[str, Program], sit: Sit) -> None:
    cast.ours.approves_on_paper = True
    cast.ours.save()
    at, asked = "/lam-viec/chuong-trinh/", f"/lam-viec/y-kien/{Consultation.objects.get().code}/"
    places = [f"{at}{shelf['waiting'].code}/{word}/" for word in ("lay-y-kien", "duyet-tren-giay")]
    assert look(sit("lan"), [*places, asked], on_phone=(asked,)) == {}
    assert look(sit("phuc"), ["/lam-viec/", asked], on_phone=(asked,)) == {}


def test_pages_of_tasks(cast: Cast, shelf: dict[str, Program], sit: Sit) -> None:
    counted = TaskEntry(in_days(-3), [cast.partner, cast.neighbour], measure="signed", yearly=True)
    said = [DirectiveEntry(f"{LONG}: sớm ký kết", quote=LONG, task=counted), DirectiveEntry(LONG)]
    meeting = make_meeting(cast, LONG, directives=said)
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    one = Assignment.objects.get(organization=cast.partner)
    task, whole = f"/lam-viec/nhiem-vu/{one.code}/", f"/lam-viec/nhiem-vu/ca-viec/{one.task.code}/"
    assign = f"/lam-viec/chi-dao/{meeting.directives.last().code}/giao/"
    assert look(sit("phuc"), ["/lam-viec/", task], on_phone=(task,)) == {}
    answer(one, AnswerEntry(LONG), by=cast.phuc, body=cast.partner, expected=0)
    board = "/lam-viec/nhiem-vu/"
    page = sit("lan")
    assert look(page, [board, task, whole, assign], on_phone=(board, whole, assign)) == {}
    for place in (board, task, whole):
        page.goto(place)
        with on_paper(page):
            assert controls(page) == [], place


@pytest.fixture
def conferences(cast: Cast, shelf: dict[str, Program]) -> dict[str, Meeting]:
    """A conference in every state with something in each of its parts, and one to come."""
    starter.load()
    chairs, speaks = MeetingRole.objects.get(key="chu-tri"), MeetingRole.objects.get(key="phat-bieu")
    parts = {
        "place": LONG,
        "summary": LONG,
        "closing": LONG,
        "kinds": list(MeetingKind.objects.all()[:2]),
        "agenda": [AgendaEntry(LONG, "8 giờ 30 – 9 giờ", LONG)],
        "papers": [TablePaperEntry(role, shelf["published"].document) for role in MeetingPaper.Role],
        "participations": [
            ParticipationEntry("Nguyễn Văn An", LONG, roles={chairs}),
            ParticipationEntry("Trần Thị Bình", LONG, roles={speaks}, organization=cast.partner),
            ParticipationEntry(organization=cast.neighbour),
            ParticipationEntry(group="đại biểu các tổ dân phố", count=200, approximator="hơn"),
        ],
        "presentations": [PresentationEntry(LONG, by="Trần Thị Bình", title=LONG)],
        "directives": [DirectiveEntry(LONG, quote=LONG, addressed_to=LONG, audience="public")],
    }
    soon = PartialDate.day(in_days(3))
    made = {
        "drafting": make_meeting(cast, LONG, dated=soon, stage=Stage.PREPARED, **parts),
        "published": make_meeting(cast, LONG, **parts),
    }
    guest = made["drafting"].participations.get(name="Trần Thị Bình")
    substitute(guest, "Lê Dự Thay", LONG, by=cast.lan, seen="")
    records.submit(made["published"], by=cast.lan)
    approve_meeting(made["published"], by=cast.hung, expected=made["published"].version)
    publish_meeting(made["published"], by=cast.hung, expected=made["published"].version)
    return {state: Meeting.objects.get(pk=one.pk) for state, one in made.items()}


def test_pages_of_conferences(cast: Cast, conferences: dict[str, Meeting], sit: Sit) -> None:
    at, coming, held = "/lam-viec/hoi-nghi/", conferences["drafting"].code, conferences["published"].code
    preparing = (f"{at}{coming}/khach-moi/", f"{at}{coming}/tap-tai-lieu/")
    places = [
        at, f"{at}lich/", f"{at}nhap/", f"{at}nhap/?chuan-bi=1", f"{at}nhap/?theo={held}", f"{at}{coming}/",
        f"{at}{coming}/sua/", f"{at}{held}/", *preparing,
    ]  # fmt: skip
    on_phone = (f"{at}lich/", f"{at}{coming}/sua/", f"{at}{coming}/", *preparing)
    assert look(sit("lan"), places, on_phone=on_phone) == {}
    page = f"/hoi-nghi/{conferences['published'].slug}/"
    assert look(sit(None), ["/hoi-nghi/", page], on_phone=(page,)) == {}


def test_the_papers_of_a_conference_fit_on_a4(conferences: dict[str, Meeting], sit: Sit) -> None:
    page, at = sit("lan"), f"/lam-viec/hoi-nghi/{conferences['drafting'].code}/"
    held = f"/lam-viec/hoi-nghi/{conferences['published'].code}/"
    for place in (at, held, f"{at}khach-moi/", f"{at}tap-tai-lieu/", "/lam-viec/hoi-nghi/lich/"):
        page.goto(place)
        with on_paper(page):
            assert sideways(page) == "", place
            offered = page.get_by_text("Giao theo dõi").filter(visible=True).all_inner_texts()
            assert (controls(page), offered) == ([], []), place


def test_pages_of_a_leader(shelf: dict[str, Program], sit: Sit) -> None:
    at = "/lam-viec/chuong-trinh/"
    places = [
        "/lam-viec/",
        "/lam-viec/uy-quyen/",
        f"{at}{shelf['waiting'].code}/xem-xet/",
        f"{at}{shelf['approved'].code}/xem-xet/",
    ]
    places += [f"{at}{shelf['published'].code}/{word}/" for word in ("go", "cham-dut")]
    assert look(sit("hung"), places) == {}


def test_a_refused_form_a_choice_and_an_ended_session(cast: Cast, sit: Sit) -> None:
    DocumentType.objects.create(key="quy-che", name="Quy chế phối hợp", family="program")
    for _ in range(2):
        add_organizations(["Ban Chỉ đạo công tác tôn giáo"], by=cast.lan)[0]
    page = sit("lan")
    page.goto("/lam-viec/chuong-trinh/nhap/")
    page.locator("[name=dated]").fill("32/13/2022")
    page.locator("[name=partners-0-name]").fill("Ban Chỉ đạo công tác tôn giáo")
    page.locator("[name=partners-1-name]").fill("các đoàn thể")
    with page.expect_navigation():
        page.get_by_role("button", name="Trình lãnh đạo").click()
    assert look_here(page, on_phone=True) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    Session.objects.all().delete()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Phiên làm việc đã hết.")).to_be_visible()
    assert look_here(page) == []


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """The page as it prints."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 less its margins, in CSS pixels
    yield
    page.emulate_media(media="screen")


def controls(page: Page) -> list[str]:
    """The buttons, fields and verbs that show: none belongs on paper."""
    found = page.locator("main :is(button, .button, .button-link, input, select, textarea):visible")
    return [one.evaluate("one => one.outerHTML")[:120] for one in found.all()]


def test_pages_fit_on_a4(cast: Cast, shelf: dict[str, Program], sit: Sit) -> None:
    page, program = sit("lan"), shelf["published"]
    places = [f"/chuong-trinh/{program.slug}/", "/chuong-trinh/", f"/lam-viec/chuong-trinh/{program.code}/"]
    places += [
        f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/",
        f"/lam-viec/chuong-trinh/{shelf['returned'].code}/sua/",
    ]
    for place in places:
        page.goto(place)
        with on_paper(page):
            assert sideways(page) == "", place
            assert page.locator(".masthead").is_hidden() or page.locator(".masthead").count() == 0, place
            assert page.locator(".sticky-bar").count() == 0 or page.locator(".sticky-bar").is_hidden(), place
            assert page.locator("#nhat-ky").count() == 0 or page.locator("#nhat-ky").is_hidden(), place


def test_twenty_four_programmes_of_a_body_stand_on_one_a4(cast: Cast, sit: Sit) -> None:
    words = "Chương trình phối hợp tuyên truyền, vận động Nhân dân xây dựng nếp sống văn minh đô thị"
    sides = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner), PartnerEntry(3, cast.neighbour)]
    for one in range(24):
        make_program(
            cast,
            "drafting" if one < 8 else "approved",
            title=f"{words} giai đoạn 2022 - 2026",
            number=f"{one + 10}-CTrPH/BDVĐU-UBND",
            period="2022-2035" if one < 18 else "2016-2021",
            partners=sides[: 2 + one % 2],
        )
    page = sit("lan")
    page.goto(f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/")
    assert page.locator("tbody tr:not(.group)").count() == 24
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_names_have_room_on_a_tablet(cast: Cast, shelf: dict[str, Program], sit: Sit) -> None:
    page = sit("lan")
    page.set_viewport_size({"width": 820, "height": 1180})
    for place, least in (("/don-vi/", 500), (f"/don-vi/{cast.ours.slug}/", 320)):
        page.goto(place)
        assert page.locator(".row h3").first.bounding_box()["width"] > least, place
    page.goto("/lam-viec/")
    assert page.locator(".brand-name").bounding_box()["height"] < 30

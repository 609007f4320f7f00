"""The portal's own pages: its words to the public, the health check, and what it says when something is wrong."""

import re
from datetime import date

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from portal.models import Organization
from portal.urls import urlpatterns as portal_urlpatterns
from tests.cast import Cast, make_program


@login_not_required
def refusing(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Chỉ lãnh đạo của <Ban Dân vận> được duyệt.")


@login_not_required
def silent(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault inside")


urlpatterns = [
    *portal_urlpatterns,
    path("thu/tu-choi/", refusing),
    path("thu/im-lang/", silent),
    path("thu/loi/", failing),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
PAGES = {
    "/gioi-thieu/": "Giới thiệu",
    "/lien-he/": "Liên hệ",
    "/tro-giup/": "Trợ giúp",
    "/quyen-rieng-tu/": "Quyền riêng tư",
}
PROBLEMS = {"/thu/tu-choi/": 403, "/thu/im-lang/": 403, "/thu/loi/": 500, "/khong-co/": 404}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def words_of(response: HttpResponse) -> str:
    """What a reader of the page reads."""
    page = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")]))


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_reads_the_portals_own_pages(visitor, address):
    answer = visitor.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{PAGES[address]}</h1>" in page and page.count("<h1>") == 1
    assert f"<title>{PAGES[address]} · " in page and '<html lang="vi">' in page
    assert not answer.cookies, "reading leaves nothing in the browser"
    assert visitor.head(address).status_code == 200 and visitor.post(address).status_code in {403, 405}


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_cost_no_query(visitor, address, django_assert_max_num_queries):
    more = address == "/lien-he/"  # which bodies answer on the portal today
    with django_assert_max_num_queries(
        4 + more
    ):  # the frame asks of each entry of its navigation whether it has anything public
        visitor.get(address)


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(visitor, address):
    main = visitor.get(address).content.decode().partition("<main")[2]
    for link in set(re.findall(r'href="(/(?!static/)[^"#]*)', main)):
        assert visitor.get(link).status_code in {200, 302}, link


@pytest.mark.parametrize("address", [*PAGES, *PROBLEMS])
def test_the_words_are_those_of_an_office(visitor, address):
    words = words_of(visitor.get(address)).lower()
    for unfit in ("bạn ", "hệ thống", "!", "server", "error", "lỗi", "click", "json", "url"):
        assert unfit not in words, unfit


def test_the_pages_name_the_office_that_runs_the_portal(visitor, settings):
    for address in ("/gioi-thieu/", "/lien-he/", "/quyen-rieng-tu/"):
        settings.PORTAL_OFFICE = ""
        assert "Ban Dân vận Thành ủy" not in words_of(visitor.get(address))
        settings.PORTAL_OFFICE = "Ban Dân vận Thành ủy"
        assert "Ban Dân vận Thành ủy" in words_of(visitor.get(address))


def test_where_no_office_runs_the_portal_the_bodies_that_answer_today_are_named(cast: Cast, settings) -> None:
    settings.PORTAL_OFFICE = ""
    make_program(cast, "published")
    assert cast.ours.name in words_of(cast.client(None).get("/lien-he/"))
    Organization.objects.filter(pk=cast.ours.pk).update(ended_on=date(2025, 6, 30))
    assert cast.ours.name not in words_of(cast.client(None).get("/lien-he/"))


def test_the_law_on_personal_data_is_named(visitor):
    assert "91/2025/QH15" in words_of(visitor.get("/quyen-rieng-tu/"))


@pytest.mark.parametrize(("address", "status"), PROBLEMS.items())
def test_a_problem_has_a_page_of_the_house(visitor, address, status):
    answer = visitor.get(address)
    page = answer.content.decode()
    assert answer.status_code == status and page.count("<h1>") == 1 and "/static/css/portal.css" in page
    for inner in ("Traceback", "RuntimeError", "a fault inside", "portal.views", "Django"):
        assert inner not in page
    assert "<script" not in page and "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_refusal_says_why(visitor):
    assert "Chỉ lãnh đạo của &lt;Ban Dân vận&gt; được duyệt." in visitor.get("/thu/tu-choi/").content.decode()
    assert "không có quyền" in words_of(visitor.get("/thu/im-lang/"))


def test_a_request_nobody_can_read_is_answered(visitor):
    elsewhere = visitor.get("/gioi-thieu/", headers={"host": "elsewhere.example"})
    many = visitor.post("/dang-nhap/", {f"f{n}": "x" for n in range(5_100)})
    for answer in (elsewhere, many):
        assert answer.status_code == 400 and "Yêu cầu không đọc được" in answer.content.decode()


def test_health_is_told_and_never_cached(client, monkeypatch):
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.json() == {"status": "ok"} and not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]

    def broken(*args: object) -> None:
        raise OperationalError("secret host name")

    monkeypatch.setattr(connection, "cursor", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503 and b"secret" not in answer.content


def test_health_asks_the_database_one_thing(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/healthz")


@pytest.mark.parametrize(("address", "status"), [("/lam-viec/khong-co/", 404), ("/lam-viec/nhap/", 403)])
def test_a_refusal_inside_keeps_the_header_of_who_is_signed_in(cast, address, status):
    answer = cast.client("mai").get(address)
    page = answer.text
    assert (answer.status_code, page.count("<h1>")) == (status, 1)
    assert 'class="who-name">Lê Thị Mai<' in page and "Đăng nhập" not in page and "đăng nhập" not in page
    assert page.count('href="/lam-viec/"') == 3  # the name of the portal, the navigation, the way back


@pytest.mark.parametrize("who", [None, "hung"])
def test_the_address_of_a_button_opened_as_a_page_leads_to_the_page_of_the_button(
    cast: Cast, who: str | None
):
    answer = cast.client(who).get("/dang-xuat/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert 'href="/">trang có nút ấy' in answer.text

"""Every page of the access table, once, and those that tell what went wrong: axe finds nothing, a phone and A4 hold it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.signals import template_rendered
from django.urls import reverse
from django.views.defaults import bad_request, server_error
from playwright.sync_api import Page, Route

from portal.actions import copies, records
from portal.actions.registers import add_organizations
from portal.history import acting
from portal.models import Tag, Verb
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.duty_links import token_of
from programs.models import TargetBody
from programs.views.doors import LINK_FRAME
from tests.cast import PASSWORD, Cast, in_days, make_program
from tests.house.access_table import PAGES, answers
from tests.house.test_access import ask, seats
from tests.house.world import address, part_address
from tests.journeys.conftest import Sit
from tests.journeys.test_pages import controls, faults, on_paper, sideways
from tests.programs.test_two_clerks import edit_url, opened

DRAWN = (200, 403, 404, 405, 410, 422)
READERS = ("visitor", "lan", "hung", "phuc")
PRINTED = {
    f"programs/{place}" for place in (
        "public/plan_page.html", "public/amendment_page.html", "public/review_page.html",
        "staff/plan_record.html", "staff/amendment_record.html", "staff/review_record.html",
    )
} | {
    f"portal/{place}" for place in (
        "public/body_page.html", "public/document_page.html",
        "staff/body_page.html", "staff/document_page.html", "staff/desk.html",
    )
}  # fmt: skip
"""What offices print; the other pages of this kind stand in ``test_pages.py``."""


@cache
def leaves(folder: str = "") -> frozenset[str]:
    """The templates of whole pages, or of those of the clean-up: those that extend one and that none extends."""
    root = settings.BASE_DIR / "templates"
    texts = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.html")}
    extended = {name for text in texts.values() for name in re.findall(r'{% extends "([^"]+)" %}', text)}
    pages = {name for name, text in texts.items() if "{% extends " in text} - extended - {LINK_FRAME}
    return frozenset(name for name in pages if name.startswith("admin/") == (folder == "admin"))


def template_of(answer: HttpResponse) -> str:
    """The template a page was drawn from, the last where one took another's place; nothing for files and data."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    drawn = [str(one.name) for one in answer.templates] if is_page else []
    return next((name for name in reversed(drawn) if name in leaves()), next(iter(drawn), ""))


def page_at(url: str, answer: HttpResponse) -> tuple[str, str, HttpResponse]:
    """A page by the template it was drawn from."""
    return template_of(answer), url, answer


def pages_of_the_table(cast: Cast, world: dict) -> Iterator[tuple[str, str, HttpResponse]]:
    """Of every template and answer one page: its name, its address, and the page as the first who reads it gets it."""
    seated = seats(cast, part_address("programs:link", "part", world["parts", ""]))
    seen = set()
    for (name, method, target), row in PAGES.items():
        told = answers(row)
        who = next((one for one in READERS if told[one] in {200, 422}), "lan")
        if told[who] not in DRAWN:
            continue
        url = address(name, target, world, cast)
        answer = ask(seated[who], method, url)
        drawn = (template_of(answer), answer.status_code)
        if drawn[0] and drawn not in seen:
            seen.add(drawn)
            yield drawn[0], url, answer


def pages_of_trouble(cast: Cast) -> Iterator[tuple[str, str, HttpResponse]]:
    """What is told of a wrong request, a lost token, wrong passwords, two clerks on one paper; a difference to decide on."""
    request = RequestFactory().get("/")
    yield "400.html", "/", bad_request(request, ValueError())
    yield "500.html", "/", server_error(request)
    strict, form = Client(enforce_csrf_checks=True), "/lam-viec/chuong-trinh/nhap/"
    strict.force_login(cast.lan, backend="portal.accounts.UsernameOrEmailBackend")
    yield page_at(form, strict.post(form, {"title": "Tên"}, headers={"origin": "http://testserver"}))
    yield page_at(form, cast.client("lan").get(reverse("portal:autosave")))
    for _ in range(6):
        locked = Client().post(
            "/dang-nhap/", {"username": "lan", "password": f"khac-{PASSWORD}", "title": "Tên"}
        )
    yield page_at("/dang-nhap/", locked)
    draft = make_program(cast)
    lan, hung = cast.client("lan"), cast.client("hung")
    first, second = opened(hung, draft), opened(lan, draft)
    yield page_at(edit_url(draft), hung.post(edit_url(draft), second))
    hung.post(edit_url(draft), first | {"items-0-text": "Của Hùng"})
    yield (
        "saved_meanwhile.html",
        edit_url(draft),
        lan.post(edit_url(draft), second | {"items-0-text": "Của Lan"}),
    )
    gone = make_program(cast, "withdrawn")
    public = reverse("programs:program_page", args=[gone.slug])
    yield page_at(public, Client().get(public))
    approved = make_program(cast, "approved")
    lan.post(edit_url(approved), opened(lan, approved) | {"purposes": "Nâng cao trách nhiệm."})
    records.submit_copy(copies.open_copy("program", approved), approved, by=cast.lan)
    decision = reverse("programs:review_program", args=[approved.code])
    yield "changes.html", decision, hung.get(decision)


def pages_of_targets(cast: Cast, world: dict) -> Iterator[tuple[str, str, HttpResponse]]:
    """The targets of a plan through the link of a unit that a round about it asks."""
    plan = world["plan", "approved"]
    TargetBody.objects.create(target=plan.targets.get(), organization=cast.partner)
    entry = RoundEntry("Báo cáo năm", in_days(20), plan=plan, named=[cast.partner])
    asked = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    link = reverse(
        "programs:link_targets", args=[token_of(rounds.give_link(asked.duties.get(), by=cast.lan))]
    )
    yield page_at(link, Client().get(link))


def wrong_with(page: Page, name: str, url: str, answer: HttpResponse) -> list[str]:
    """What is wrong with a page as a browser draws it: for everybody, on a phone, on paper."""

    def give(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=answer.content)

    page.route(
        "**/*", lambda route: give(route) if route.request.is_navigation_request() else route.continue_()
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    found = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    if wide := sideways(page):
        found.append(f"sideways: {wide}")
    if name in PRINTED:
        with on_paper(page):
            found += [f"on paper: {one}" for one in (sideways(page), *controls(page)) if one]
    page.unroute_all()
    return found


def test_every_page_is_whole(cast: Cast, world: dict, sit: Sit) -> None:
    page, wrong, told = sit(None), {}, set()
    pages = (*pages_of_the_table(cast, world), *pages_of_trouble(cast), *pages_of_targets(cast, world))
    for name, url, answer in pages:
        told.add(name)
        if found := wrong_with(page, name, url, answer):
            wrong[name, answer.status_code, url] = found
    assert (wrong, PRINTED - told, leaves() - told) == ({}, set(), set())


def test_the_clean_up_is_whole(cast: Cast, sit: Sit) -> None:
    """Every template of it, on the fullest of its pages; the box of a picker, open, too."""
    drawn: set[str] = set()

    def note(template: Any, **_: Any) -> None:
        drawn.add(str(template.name))

    tag, body, person = Tag.objects.create(name="Dân vận khéo"), cast.ours.pk, cast.lan.pk
    with acting(Verb.CORRECT, tag, by=cast.quy, reason="thử"):
        tag.save()
    merged = [add_organizations(["Ban Chỉ đạo công tác tôn giáo"], by=cast.lan)[0].pk for _ in range(2)]
    places = (
        "", "portal/", "portal/organization/", f"portal/organization/{body}/change/", "portal/organization/add/",
        f"portal/organization/ket-thuc/?chon={body}", f"portal/organization/gop/?chon={merged[0]}&chon={merged[1]}",
        f"portal/tag/{tag.pk}/change/", f"portal/tag/{tag.pk}/delete/", f"portal/tag/{tag.pk}/history/",
        f"portal/tag/{tag.pk}/history/{tag.history.latest().pk}/", f"portal/user/{person}/change/",
        f"portal/user/{person}/history/", f"portal/user/{person}/mat-khau/", "portal/workingcopy/",
    )  # fmt: skip
    page, wrong = sit("quy"), {}
    template_rendered.connect(note)
    for place in places:
        page.goto(f"/admin/{place}")
        wrong[place] = faults(page)
    page.goto(f"/admin/portal/organization/{body}/change/")
    page.locator(".select2-selection").first.click()
    page.get_by_role("searchbox").wait_for()
    wrong["an open picker"] = faults(page)
    template_rendered.disconnect(note)
    assert {place: found for place, found in wrong.items() if found} == {}
    assert leaves("admin") - drawn == set()

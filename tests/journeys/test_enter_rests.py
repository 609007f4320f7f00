"""Enter in a field of a form that sends, approves, publishes or ends something does none of it, with scripts or without."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from playwright.sync_api import expect

from portal.models import Act, Consultation, Membership, Organization
from programs.actions import rounds
from programs.actions.answers import keep
from programs.actions.rounds import RoundEntry
from programs.answer_parts import EACH, mark_of, sent_data
from programs.duty_links import link_of
from programs.models import Submission
from tests.cast import Cast, in_days, make_program
from tests.journeys.conftest import Sit

TYPED = "31/12/2026"
FIELDS = "main form[method=post] input:not([type=hidden], [type=file])"


def part(cast: Cast) -> str:
    """The look at a unit's part before it is handed in, through its link."""
    entry = RoundEntry("Báo cáo công tác dân vận", in_days(7), named=[cast.partner])
    current = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    duty = rounds.give_link(current.duties.get(), by=cast.lan)
    written, opened = (
        sent_data({"results": "Đã đối thoại."}),
        {part: mark_of(QueryDict(), part) for part in EACH},
    )
    keep(duty, written, by=None, body=cast.partner, page="trang", opened=opened)
    return f"{link_of(duty)}xem-lai/"


def page_of(verb: str, state: str):
    """The page on which something is done to a programme in a state."""
    return lambda cast: reverse(f"programs:{verb}_program", args=[make_program(cast, state).code])


PAGES = {
    "approve": ("hung", page_of("review", "waiting")),
    "publish": ("hung", page_of("review", "approved")),
    "consult": ("lan", page_of("consult", "drafting")),
    "terminate": ("hung", page_of("terminate", "approved")),
    "delegate": ("hung", lambda _: "/lam-viec/uy-quyen/"),
    "hand in": (None, part),
}


def kept() -> list[int]:
    """What pressing a button of these pages would add to."""
    return [model.objects.count() for model in (Act, Consultation, Membership, Organization, Submission)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("name", PAGES)
def test_enter_does_nothing_and_what_was_typed_stays(sit: Sit, cast: Cast, name: str, scripts: bool) -> None:
    who, place = PAGES[name]
    address = place(cast)
    page, before = sit(who, java_script_enabled=scripts), kept()
    page.goto(address)
    for folded in page.locator("main details:not([open]) > summary").all():
        folded.click()
    fields = [one for one in page.locator(FIELDS).all() if one.is_visible()]
    assert fields
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for field in fields:
        is_line = field.get_attribute("type") == "text"
        if is_line:
            field.fill(TYPED)
        field.press("Enter")
        page.wait_for_timeout(50)
        if is_line:
            expect(field).to_have_value(TYPED)
    assert {one.removeprefix(page.url.removesuffix(address)) for one in sent} <= {reverse("portal:rest")}
    assert bool(sent) is not scripts
    assert page.url.endswith(address)
    assert kept() == before

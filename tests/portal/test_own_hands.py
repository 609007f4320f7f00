"""The rule over reach: who cleans the data of several bodies brings none of their records into their own hands.

Oanh administers the city's board and the wards' boards below it, and approves for the city's board.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.access import Doing, can
from portal.admin.scope import GAIN
from portal.models import Organization, Role, Succession, User
from tests.cast import Cast, in_days, join, make_program, make_user
from tests.clean_up import correct, pages_of, posted

LAST_DAY = "30/6/2025"


@pytest.fixture
def oanh(cast: Cast) -> Client:
    cast.people["oanh"] = make_user("oanh")
    for role in (Role.ADMINISTRATOR, Role.APPROVER):
        join(cast.oanh, cast.superior, role)
    return cast.client("oanh")


def approves(cast: Cast, body: Organization) -> bool:
    """Whether Oanh approves for a body at their next request."""
    return bool(can(User.objects.get(pk=cast.oanh.pk), Doing.APPROVE, within=body))


def end(client: Client, body: Organization, heir: Organization, last_day: str = LAST_DAY) -> Any:
    address = reverse("admin:portal_organization_end", query={"chon": [body.pk]})
    told = {"last_day": last_day, "kind": "merged", "reason": "Sắp xếp tổ chức"}
    return client.post(address, told | {f"ke-thua-{body.pk}": heir.pk})


@pytest.mark.parametrize("day", [-1, 30], ids=["ended", "to end"])
def test_nobody_ends_a_body_into_their_own(cast: Cast, oanh: Client, day: int) -> None:
    last = f"{in_days(day):%d/%m/%Y}"
    assert GAIN in end(oanh, cast.ours, cast.superior, last).text
    assert not Succession.objects.exists()
    assert end(oanh, cast.ours, cast.neighbour, last).status_code == 302
    assert end(cast.client("quy"), cast.neighbour, cast.superior).status_code == 302
    assert approves(cast, cast.neighbour)


@pytest.mark.parametrize("way", ["by itself", "on the older", "on the heir", "turned round"])
def test_nobody_links_a_body_to_their_own(cast: Cast, oanh: Client, way: str) -> None:
    cast.ours.ended_on = in_days(-1)
    cast.ours.save()
    link = {"predecessor": cast.ours.pk, "successor": cast.superior.pk, "kind": "merged"}
    if way == "by itself":
        answer = oanh.post(reverse("admin:portal_succession_add"), link)
    elif way == "turned round":
        kept = Succession.objects.create(predecessor=cast.ours, successor=cast.neighbour, kind="merged")
        answer = correct(oanh, kept, successor=cast.superior.pk, reason="ghi nhầm")
    else:
        on, prefix = (cast.ours, "later_links") if way == "on the older" else (cast.superior, "earlier_links")
        row = {f"{prefix}-0-{name}": value for name, value in link.items()} | {f"{prefix}-TOTAL_FORMS": 1}
        answer = oanh.post(
            pages_of(on)["change"], posted(oanh.get(pages_of(on)["change"]), reason="x", **row)
        )
    assert (answer.status_code, GAIN in answer.text) == (403, True)
    assert not Succession.objects.filter(successor=cast.superior).exists()


@pytest.mark.parametrize("stays", ["superior", "ours"])
def test_nobody_joins_a_body_with_their_own(cast: Cast, oanh: Client, stays: str) -> None:
    pair = {"chon": [cast.ours.pk, cast.superior.pk]}
    facts = {f"lay-{name}": cast.ours.pk for name in ("name", "abbreviation", "territory", "level")}
    told = facts | {"giu": cast.bodies[stays].pk, "reason": "trùng"}
    answer = oanh.post(reverse("admin:portal_organization_merge", query=pair), told)
    assert GAIN in answer.text
    assert Organization.objects.filter(pk__in=[cast.ours.pk, cast.superior.pk]).count() == 2


def test_nobody_hands_a_record_to_their_own_body(cast: Cast, oanh: Client) -> None:
    program = make_program(cast, "waiting")
    answer = correct(oanh, program, keeper=cast.superior.pk, reason="ghi nhầm cơ quan giữ")
    assert (answer.status_code, GAIN in answer.text) == (403, True)
    assert correct(oanh, program, keeper=cast.neighbour.pk, reason="ghi nhầm").status_code == 302
    assert correct(cast.client("quy"), program, keeper=cast.superior.pk, reason="ghi nhầm").status_code == 302


def test_what_they_run_already_they_may_pass_on(cast: Cast, oanh: Client) -> None:
    join(cast.oanh, cast.ours, Role.APPROVER)
    assert end(oanh, cast.ours, cast.superior).status_code == 302
    assert approves(cast, cast.ours)

"""Every address is in the access table, and every person is answered as the table says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from portal.models import Role
from tests.cast import Cast, join, make_user
from tests.house.access_table import LINKED, PAGES, PEOPLE, answers
from tests.house.world import address, make_parts, part_address

POSTED = {
    "phien-ban": "1",
    "lam": "approve",
    "tra-reason": "Thiếu căn cứ.",
    "loai": "program",
    "ma": "abcdefgh23",
    "title": "Tên gọi",
    "agrees": "on",
    "text": "Đã ký.",
    "tra-loi": "0",
    "reason": "Thiếu số liệu.",
}


def named(resolver: Any, namespace: str = "") -> Iterator[str]:
    """The full names of all addresses but the clean-up's."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                yield from named(
                    pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                )
        else:
            yield f"{namespace}{pattern.name}"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast, and who administers our body alone."""
    cast.people["oanh"] = make_user("oanh", "Hồ Thị Oanh")
    join(cast.oanh, cast.ours, Role.ADMINISTRATOR)
    return cast


def seats(cast: Cast, link: str) -> dict[str, dict[str, str]]:
    """Everybody's cookies by person, of whoever holds a unit's link too."""
    clients = {person: cast.client(person) for person in PEOPLE if person in cast.people}
    clients |= {"visitor": Client(), LINKED: Client()}
    clients[LINKED].get(link)
    return {who: {name: one.value for name, one in client.cookies.items()} for who, client in clients.items()}


def ask(cookies: dict[str, str], method: str, url: str) -> HttpResponse:
    """One request of one person, undone afterwards."""
    with transaction.atomic():
        client = Client()
        client.cookies.load(cookies)
        posted = POSTED if method == "post" else None
        response = getattr(client, method)(url, posted)
        if response.streaming:
            b"".join(response)  # a file is read to its end, so that it is closed
        transaction.set_rollback(True)
    return response


def test_every_address_has_a_row() -> None:
    assert sorted({name for name, _, _ in PAGES}) == sorted(set(named(get_resolver())))


def test_what_has_no_row_is_refused(cast: Cast, world: dict) -> None:
    known = {(name, method) for name, method, _ in PAGES}
    targets = {name: target for name, _, target in PAGES}
    seated = seats(cast, part_address("programs:link", "part", world["parts", ""]))
    doubtful = {}
    for name, target in targets.items():
        for method in {"get", "post"} - {method for one, method in known if one == name}:
            url = address(name, target, world, cast)
            found = {who: ask(seated[who], method, url).status_code for who in ("visitor", "hung", "phuc")}
            turned_away = found.pop("visitor") in {405, 302 if method == "get" else 401}
            if not turned_away or 405 not in found.values() or not set(found.values()) <= {403, 404, 405}:
                doubtful[name, method] = found
    assert doubtful == {}


def test_each_person_is_answered_as_the_table_says(cast: Cast, world: dict) -> None:
    wrong = {}
    seated = seats(cast, part_address("programs:link", "part", world["parts", ""]))
    for (name, method, target), row in PAGES.items():
        url = address(name, target, world, cast)
        found = {person: ask(cookies, method, url).status_code for person, cookies in seated.items()}
        if found != answers(row):
            wrong[name, method, target] = found
    assert wrong == {}


def test_the_clean_up_is_for_administrators_alone(cast: Cast) -> None:
    url = reverse("admin:index")
    seated = seats(cast, part_address("programs:link", "part", make_parts(cast)))
    inside = {person: ask(cookies, "get", url).status_code == 200 for person, cookies in seated.items()}
    assert inside == {person: person in {"quy", "oanh"} for person in (*PEOPLE, LINKED)}

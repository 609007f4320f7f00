"""What two do at the same moment, each on a connection of their own: only PostgreSQL lets them."""

import threading

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portal.actions.circles import circles_of
from portal.actions.registers import Standing, add_organizations, rebuild_reach
from portal.middleware import AgainMiddleware
from portal.models import Circle, CircleReader, Organization, Reach, Subordination
from tests.at_once import LONGEST, together
from tests.cast import Cast, make_body

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def below(body: Organization, superior: Organization) -> None:
    Subordination.objects.create(organization=body, superior=superior)
    rebuild_reach()


def stands_as_the_registers_say() -> bool:
    rows = set(Reach.objects.values_list("reader_id", "body_id", "relation"))
    return rows == set(Standing(timezone.localdate()).reach())


def test_two_links_made_at_once_both_count(cast: Cast) -> None:
    """The superior stands above the group only by both links."""
    group = make_body("Tổ dân phố số 1")
    together(lambda: below(cast.partner, cast.superior), lambda: below(group, cast.partner))
    assert Reach.objects.filter(reader=cast.superior, body=group).exists()
    assert stands_as_the_registers_say()


def test_what_was_overdue_is_written_once(cast: Cast) -> None:
    Subordination.objects.create(organization=cast.partner, superior=cast.superior)
    together(rebuild_reach, rebuild_reach)
    assert stands_as_the_registers_say()


@pytest.mark.parametrize("first", ["the body", "the links"])
def test_a_body_added_meanwhile_keeps_its_row(cast: Cast, first: str) -> None:
    works = [
        lambda: add_organizations(["Hội Nông dân"], by=cast.lan)[0],
        lambda: below(cast.partner, cast.superior),
    ]
    together(*(works if first == "the body" else works[::-1]))
    assert stands_as_the_registers_say()


@pytest.mark.parametrize("first", ["the circle", "the links"])
def test_a_circle_made_meanwhile_has_its_readers(cast: Cast, first: str) -> None:
    alone = frozenset({cast.partner.pk})
    works = [lambda: circles_of([alone]), lambda: below(cast.partner, cast.superior)]
    together(*(works if first == "the circle" else works[::-1]))
    readers = CircleReader.objects.filter(circle=Circle.objects.get(bodies=sorted(alone)))
    assert set(readers.values_list("body_id", flat=True)) == {cast.partner.pk, cast.superior.pk}


def test_two_presses_that_wait_for_each_other_are_both_done(cast: Cast) -> None:
    """Each holds one body and asks for the other's: one is undone and done again, whole."""
    both_hold, bodies = threading.Barrier(2), [cast.partner, cast.neighbour]
    tries, failed = [], []

    def view(request: HttpRequest, *order: Organization) -> HttpResponse:
        tries.append(order)
        is_first = tries.count(order) == 1
        with transaction.atomic():
            for body in order:
                held = Organization.objects.select_for_update().get(pk=body.pk)
                held.note += f"{request.POST['who']};"
                held.save()
                if is_first and body is order[0]:
                    both_hold.wait(LONGEST)
        return HttpResponse()

    def press(who: str, order: list[Organization]) -> None:
        try:
            request = RequestFactory().post("/", {"who": who})
            AgainMiddleware(lambda _: HttpResponse()).process_view(request, view, order, {})
        except Exception as error:  # told by the test below
            failed.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=[who, order])
        for who, order in (("a", bodies), ("b", bodies[::-1]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert failed == [] and len(tries) > len(threads)
    for body in bodies:
        body.refresh_from_db()
        assert sorted(body.note.split(";")) == ["", "a", "b"]

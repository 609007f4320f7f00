"""Whom a name may mean without asking: who is near the writer, on the map or by what is known of them.

Names repeat across the country, and so do "Phường 1" and "Đảng ủy Phường 1". A name alone is taken for the one
register row that bears it only where that row is near: above or below the writer's own territory, a body
named on the same form, or a person known in the same capacity. Else the writer is asked.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db.models import F

from meetings.models import Participation
from portal.matching import variants
from portal.models import Organization, Partner, Person, Position, Signature, User
from portal.text import fold

SEVERAL = "Có nhiều người cùng tên, xin chọn một"
ELSEWHERE = "Có người cùng tên ở nơi khác: đúng là người ấy thì chọn"


class Nearby:
    """What is near one writer and the bodies a form names; looked up once for all names, when first asked."""

    def __init__(self, user: User, bodies: Iterable[Organization], people: Iterable[Person]) -> None:
        self.user, self.named = user, {body.pk for body in bodies}
        self.people = [person.pk for person in people]

    @cached_property
    def homes(self) -> list[str]:
        """The territories of the bodies the writer writes for."""
        own = Organization.objects.filter(pk__in=self.user.writing_bodies, territory__isnull=False)
        return list(own.values_list("territory__path", flat=True))

    def is_near(self, body: int | None, path: str | None) -> bool:
        """Whether a body is one the form names, belongs to no territory, or stands above or below the writer."""
        if body in self.named or not path or not self.homes:
            return True
        return any(path.startswith(home) or home.startswith(path) for home in self.homes)

    def means_body(self, text: str, body: Organization) -> bool:
        """Whether a name may be taken for this body: it is its whole name, or the body is near."""
        whole = body.folded in variants(text)
        return whole or self.is_near(body.pk, body.territory.path if body.territory else None)

    @cached_property
    def _links(self) -> dict[int, list[tuple[int | None, str | None]]]:
        """The bodies each person called on this form has to do with."""
        links: dict[int, list[tuple[int | None, str | None]]] = defaultdict(list)
        same_side = Partner.objects.filter(organization__isnull=False, side=F("document__signatures__side"))
        for rows, person, body in (
            (Position.objects.filter(organization__isnull=False), "person", "organization"),
            (Participation.objects.filter(organization__isnull=False), "person", "organization"),
            (Participation.objects.filter(organization__isnull=True), "person", "meeting__keeper"),
            (same_side, "document__signatures__person", "organization"),
        ):
            found = rows.filter(**{f"{person}__in": self.people}).order_by().distinct()
            for who, *link in found.values_list(f"{person}_id", f"{body}_id", f"{body}__territory__path"):
                links[who].append(tuple(link))
        return links

    @cached_property
    def _capacities(self) -> dict[int, set[str]]:
        """The posts in which each person called on this form is known."""
        known: dict[int, set[str]] = defaultdict(set)
        for model, column in ((Position, "title"), (Participation, "capacity"), (Signature, "capacity")):
            for person, words in model.objects.filter(person__in=self.people).values_list(
                "person_id", column
            ):
                known[person].add(fold(words))
        return known

    def means_person(self, person: Person, capacity: str) -> bool:
        """Whether a name may be taken for this person: nothing is known of them, or something near, or this post."""
        links = self._links.get(person.pk, [])
        if not links or any(self.is_near(*link) for link in links):
            return True
        return bool(capacity) and fold(capacity) in self._capacities[person.pk]


def told_apart(person: Person) -> None:
    """Give somebody who is offered as a choice the posts by which they are known."""
    posts = person.positions.select_related("organization")[:2]
    said = [", ".join(filter(None, [one.title, str(one.organization or "")])) for one in posts]
    person.label = "; ".join([person.name, *said])

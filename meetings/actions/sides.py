"""Who signed at a conference, and for which side of each paper.

A conference lists its organisers in its own order, a paper its sides in another: a side is told by its
bodies, never by its number. What tells the body is, in this order, the capacity in which one signed, the
posts and earlier signatures of the person, and the organiser whose place they took at the table.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from portal.dates import PartialDate
from portal.matching import spelt
from portal.models import Organization, Partner, Person, Position, Signature
from portal.models.territories import alive_on
from portal.text import fold

_POSTS = re.compile(r"[,;()–—]|\s-\s")
"""What parts the posts of one capacity."""
FEWEST_WORDS = 2
"""How many first words of a body's name a post must end with to name it: "UBND phường", not "ban"."""

Known = set[tuple[int, int]]
"""Persons and bodies that belong together."""


@dataclass
class SignerEntry:
    """Who signed the papers signed here; ``name`` without ``person`` adds the person.

    ``side`` is the place among the organisers; None where only ``organization`` or the capacity tells it.
    ``place`` is the place among the papers on the table of the only one signed; None for all signed here.
    """

    side: int | None
    person: Person | None = None
    name: str = ""
    capacity: str = ""
    authority: str = ""
    place: int | None = None
    organization: Organization | None = None


@dataclass(frozen=True)
class Sides:
    """The sides of one paper, or the organisers of a conference: their bodies, and their names as printed."""

    bodies: dict[int, set[Organization]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, partners: Iterable[Partner]) -> "Sides":
        """The sides that these rows of a paper make."""
        sides = cls()
        for one in partners:
            sides.add(one.side, one.organization, one.printed)
        return sides

    def add(self, side: int, body: Organization | None, printed: str = "") -> None:
        """One body of a side, or a group as printed."""
        if body:
            self.bodies[side].add(body)
        self.names[side].append(printed or (body.name if body else ""))

    def __str__(self) -> str:
        return "; ".join(f"bên {side}: {self.called(side)}" for side in sorted(self.names))

    def called(self, side: int) -> str:
        """What a side is called."""
        return " - ".join(dict.fromkeys(self.names.get(side, ())))

    def side_of(self, one: SignerEntry, organizers: "Sides", known: Known) -> int | None:
        """The side somebody signed for; None where nothing tells it, or tells several."""
        if not self.names:
            is_of_none = one.side and organizers.names and one.side not in organizers.names
            return None if is_of_none else one.side or 1
        seat = organizers.told(one, known) or one.side
        return self.told(one, known) or only(self._seated(one, organizers, seat))

    def told(self, one: SignerEntry, known: Known) -> int | None:
        """The side that the capacity of a signer names, else the one their posts and earlier signatures tell."""
        return only(self._named_in(one.capacity)) or only(self._known(one.person, known))

    def knows(self, side: int, person: Person | None, capacity: str, known: Known) -> bool:
        """Whether somebody is known to be of a side, or their capacity names it."""
        return side in self._known(person, known) or side in self._named_in(capacity)

    def _named_in(self, capacity: str) -> set[int]:
        """The sides a capacity names: in full, else by the longest beginning of a name that a post ends with."""
        posts = [spelt(fold(post)).split() for post in _POSTS.split(capacity)]
        fits = {
            side: max(
                (named_words(name, post) for name in self._words(side) for post in posts if post), default=0
            )
            for side in self.names
        }
        most = max(fits.values(), default=0)
        return {side for side, words in fits.items() if words == most and most}

    def _words(self, side: int) -> list[list[str]]:
        names = [body.name for body in self.bodies.get(side, ())] + self.names[side]
        return [spelt(fold(name)).split() for name in names]

    def _known(self, person: Person | None, known: Known) -> set[int]:
        if person is None:
            return set()
        return {
            side
            for side, bodies in self.bodies.items()
            if any((person.pk, one.pk) in known for one in bodies)
        }

    def _seated(self, one: SignerEntry, organizers: "Sides", seat: int | None) -> set[int]:
        """The sides of the body the signer represented at the conference."""
        bodies = {one.organization} if one.organization else organizers.bodies.get(seat, set())
        names = set() if one.organization else {fold(name) for name in organizers.names.get(seat, ())}
        return {
            side
            for side in self.names
            if bodies & self.bodies.get(side, set())
            or names & {fold(name) for name in self.names[side]} - {""}
        }


def only(sides: set[int]) -> int | None:
    """The side, where there is exactly one."""
    return next(iter(sides)) if len(sides) == 1 else None


def named_words(name: list[str], post: list[str]) -> int:
    """How many first words of a body's name a post ends with; all of them where it holds the name anywhere."""
    if f" {' '.join(name)} " in f" {' '.join(post)} ":
        return len(name)
    for length in range(len(name) - 1, FEWEST_WORDS - 1, -1):
        if post[-length:] == name[:length]:
            return length
    return 0


def sides_of(documents: Iterable[int]) -> dict[int, Sides]:
    """The sides of papers, asked for together."""
    rows: dict[int, list[Partner]] = {key: [] for key in documents}
    for one in Partner.objects.filter(document__in=rows).select_related("organization"):
        rows[one.document_id].append(one)
    return {key: Sides.of(partners) for key, partners in rows.items()}


def known_of(people: set[int], on: PartialDate | None) -> Known:
    """Which of these persons have a post in which bodies on a day it may be, or have signed for their side before."""
    if not people:
        return set()
    posts = Position.objects.filter(person__in=people, organization__isnull=False)
    if on:
        posts = posts.filter(alive_on(on))
    signed = Signature.objects.filter(
        document__partners__side=F("side"),
        document__partners__organization__isnull=False,
        person__in=people,
    )
    known = set(posts.values_list("person_id", "organization_id"))
    return known | set(signed.values_list("person_id", "document__partners__organization_id"))

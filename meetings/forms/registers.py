"""What the rows of a conference name in the registers, looked up for all rows at once; who is known of which side."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F

from portal.forms.registers import Registers
from portal.matching import may_be, readable, readable_by_number, spelt
from portal.models import Document, Organization, Person, Position, Signature
from portal.models.territories import alive_on
from portal.paste import Basis, split_bases
from portal.text import fold


class MeetingRegisters(Registers):
    """What the rows of a conference name, looked up together."""

    body_fields = (*Registers.body_fields, ("people", "body"), ("talks", "body"))
    person_fields = (*Registers.person_fields, ("people", "name"), ("signers", "name"))

    @cached_property
    def table_bases(self) -> dict[str, Basis | None]:
        """What was read in the words that name papers on the table."""
        return {text: next(iter(split_bases(text)), None) for text in self._posted("table", "paper")}

    @cached_property
    def table_chosen(self) -> dict[str, Document]:
        """The papers chosen from suggestions that the person may see, by code."""
        return {one.code: one for one in readable(self._chosen_papers(), self.user)}

    def _chosen_papers(self) -> list[Document]:
        return list(self._by_code(Document.objects.all(), ("table", "paper-ma")).values())

    @cached_property
    def _numbered(self) -> dict[str, list[Document]]:
        bases = [basis for basis in self.table_bases.values() if basis and basis.symbol]
        return readable_by_number([basis.symbol.key for basis in bases], self.user) if bases else {}

    @cached_property
    def _titled(self) -> dict[str, list[Document]]:
        names = {fold(text) for text in self.table_bases} - {""}
        called: dict[str, list[Document]] = {}
        same = Document.objects.filter(folded__in=names).order_by("pk")[:200] if names else []
        for one in readable(same, self.user):
            called.setdefault(one.folded, []).append(one)
        return called

    def papers_called(self, text: str) -> list[Document]:
        """Papers the person may see that bear the number in the words, or are called exactly so."""
        basis = self.table_bases.get(text)
        if basis and basis.symbol:
            numbered = self._numbered[basis.symbol.key]
            if fitting := [one for one in numbered if may_be(one, basis.date)]:
                return fitting[:6]
        return self._titled.get(fold(text), [])[:6]

    def signing_people(self) -> set[int]:
        """The persons the rows of signers name."""
        chosen = [self.people_chosen.get(code) for code in self._posted("signers", "name-ma")]
        called = [one for name in self._posted("signers", "name") for one in self.people(name)]
        return {one.pk for one in [*chosen, *called] if one}

    def known_of(self, people: set[int], on: date | None) -> set[tuple[int, int]]:
        """Which of these persons have a post in which bodies that day, or have signed for their side before."""
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


@dataclass(frozen=True)
class Sides:
    """The bodies of each side that day, by which signers are known."""

    bodies: dict[int, set[Organization]]
    known: set[tuple[int, int]]
    """Persons and bodies that belong together: a post that day, or a paper signed before."""

    def know(self, side: int, person: Person | None, capacity: str) -> bool:
        """Whether this person is known to be of the side, or the capacity names a body of it."""
        bodies = self.bodies.get(side, set())
        if person and any((person.pk, body.pk) in self.known for body in bodies):
            return True
        said = spelt(fold(capacity))
        return any(spelt(body.folded) in said for body in bodies)

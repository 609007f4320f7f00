"""What the rows of one form mean in the registers, looked up for all rows at once.

A form asks each register once, however many rows it has: bodies, persons, papers, sources, files.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from django.db import models
from django.http import QueryDict

from portal.body_names import BodyNames
from portal.forms.rows import read_rows
from portal.matching import may_be, people_called, readable_by_number
from portal.models import Attachment, Document, Organization, Partner, Person, Source, User
from portal.paste import Basis, split_bases
from portal.text import clean, clean_block, fold


class Registers:
    """The records that the rows of a paper's form name, by words or by code.

    A kind with further row sets says which of their fields name bodies and persons.
    """

    body_fields: tuple[tuple[str, str], ...] = (("partners", "name"),)
    person_fields: tuple[tuple[str, str], ...] = (("signatures", "name"),)

    def __init__(self, data: QueryDict, *, user: User, document: int | None) -> None:
        self.data, self.user, self.document = data, user, document

    def _posted(self, prefix: str, name: str, cleaned: Callable[[str], str] = clean) -> set[str]:
        """What the rows of a set say in one field."""
        return {cleaned(value) for row in read_rows(self.data, prefix) for value in row.get(name, [])} - {""}

    def _posted_in(self, fields: Iterable[tuple[str, str]]) -> set[str]:
        """What the rows of several sets say in these fields."""
        return {text for prefix, name in fields for text in self._posted(prefix, name)}

    def _by_code(self, found: models.QuerySet, *fields: tuple[str, str]) -> dict[str, models.Model]:
        """The records whose codes the rows of sets post."""
        codes = {code[:12] for code in self._posted_in(fields)}
        return {one.code: one for one in found.filter(code__in=codes)} if codes else {}

    @cached_property
    def bodies(self) -> BodyNames:
        """The bodies meant by names."""
        return BodyNames(self._posted_in(self.body_fields), near=lambda: self.user.writing_bodies)

    @cached_property
    def bodies_chosen(self) -> dict[str, Organization]:
        """The bodies chosen from suggestions, by code."""
        chosen = ((prefix, f"{name}-ma") for prefix, name in self.body_fields)
        with_places = Organization.objects.select_related("territory__parent")
        return self._by_code(with_places.prefetch_related("other_names"), *chosen)

    @cached_property
    def printed(self) -> set[tuple[int, str]]:
        """Under which of the names typed here papers print the bodies chosen."""
        rows = Partner.objects.filter(
            organization__in=[body.pk for body in self.bodies_chosen.values()],
            printed__in=self._posted("partners", "name"),
        )
        return set(rows.order_by().values_list("organization_id", "printed").distinct())

    def is_printed_as(self, text: str, body: Organization) -> bool:
        """Whether some paper prints a body so."""
        return (body.pk, text) in self.printed

    @cached_property
    def sides(self) -> dict[str, list[Organization]]:
        """The bodies that this paper already has under one printed name."""
        found: dict[str, list[Organization]] = {}
        rows = Partner.objects.filter(document=self.document, organization__isnull=False).exclude(printed="")
        for row in rows.select_related("organization") if self.document else ():
            found.setdefault(row.printed, []).append(row.organization)
        return {printed: bodies for printed, bodies in found.items() if len(bodies) > 1}

    @cached_property
    def _people(self) -> dict[str, list[Person]]:
        return people_called(self._posted_in(self.person_fields), self.user)

    def people(self, text: str) -> list[Person]:
        """Persons of exactly this name."""
        return self._people[fold(text)][:6]

    @cached_property
    def people_chosen(self) -> dict[str, Person]:
        """The persons chosen from suggestions, by code."""
        chosen = ((prefix, f"{name}-ma") for prefix, name in self.person_fields)
        return self._by_code(Person.objects.all(), *chosen)

    @cached_property
    def _bases(self) -> dict[str, Basis | None]:
        texts = self._posted("bases", "text", clean_block)
        return {text: next(iter(split_bases(text)), None) for text in texts}

    @cached_property
    def _papers(self) -> dict[str, list[Document]]:
        symbols = [basis.symbol for basis in self._bases.values() if basis and basis.symbol]
        return readable_by_number((symbol.key for symbol in symbols), self.user)

    def basis(self, text: str) -> Basis | None:
        """What was read in the printed line of a basis."""
        return self._bases.get(text)

    def paper(self, basis: Basis) -> Document | None:
        """The one paper the person may see that a basis means."""
        meant = self._papers[basis.symbol.key] if basis.symbol else []
        fitting = [one for one in meant if may_be(one, basis.date)]
        return fitting[0] if len(fitting) == 1 else None

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources that rows came from, by code."""
        return self._by_code(Source.objects.all(), ("sources", "code"))

    @cached_property
    def files(self) -> dict[str, Attachment]:
        """The files of rows, by code."""
        return self._by_code(Attachment.objects.select_related("document"), ("files", "file"))

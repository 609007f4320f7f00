"""What the rows of a conference name in the registers, looked up for all rows at once, and the rows that look there."""

from functools import cached_property
from typing import Any

from meetings.models import MeetingPaper
from meetings.nearness import ELSEWHERE, SEVERAL, Nearby, told_apart
from meetings.paste import names_in
from portal.body_names import BodyNames
from portal.forms.fields import SpeakingForm
from portal.forms.picks import PickField
from portal.forms.registers import Registers
from portal.matching import may_be, readable, readable_by_number
from portal.models import Document, DocumentType, Person
from portal.paste import Basis, read_number_line, split_bases
from portal.text import fold


class MeetingRegisters(Registers):
    """What the rows of a conference name, looked up together."""

    body_fields = (*Registers.body_fields, ("people", "body"), ("talks", "body"), ("sayings", "said_by"))
    person_fields = (*Registers.person_fields, ("people", "name"), ("signers", "name"))

    @cached_property
    def bodies(self) -> BodyNames:
        """The bodies meant by names, those of a line that holds several too."""
        several = (("sayings", "assign_to"), ("sayings", "addressed_to"), ("table", "parties"))
        lines = self._posted_in(several)
        names = self._posted_in(self.body_fields) | {name for line in lines for name in names_in(line)}
        names |= {name for text in self._posted("table", "paper") for name in self.parties_said(text)}
        return BodyNames(names, near=lambda: self.user.writing_bodies)

    def parties_said(self, text: str) -> tuple[str, ...]:
        """The parties that the words of a paper name, where they are more than the organisers typed."""
        parties = read_number_line(text).parties
        return parties if len(parties) > max(1, len(self._posted("partners", "name"))) else ()

    @cached_property
    def table_bases(self) -> dict[str, Basis | None]:
        """What was read in the words that name papers on the table, or the paper a saying comes from."""
        texts = self._posted("table", "paper") | self._posted("sayings", "said_by")
        return {text: next(iter(split_bases(text)), None) for text in texts}

    @cached_property
    def table_chosen(self) -> dict[str, Document]:
        """The papers chosen from suggestions, by code: those on this table already, and those the person may see."""
        kept = self._chosen_and_seen | self.kept_on_table
        return {code: one for code, one in self._papers_chosen.items() if one.pk in kept}

    @cached_property
    def _papers_chosen(self) -> dict[str, Document]:
        return self._by_code(Document.objects.all(), ("table", "paper-ma"))

    @cached_property
    def _chosen_and_seen(self) -> set[int]:
        return {one.pk for one in readable(self._papers_chosen.values(), self.user)}

    def is_closed(self, paper: Document) -> bool:
        """Whether the paper of a row stays on the table though the person may no longer see it."""
        return paper.code in self._papers_chosen and paper.pk not in self._chosen_and_seen

    @cached_property
    def kept_on_table(self) -> set[int]:
        """The papers on the table of this conference, as it stands."""
        rows = MeetingPaper.objects.filter(meeting__document=self.document) if self.document else ()
        return {one.document_id for one in rows}

    @cached_property
    def types(self) -> list[DocumentType]:
        """The types of papers, by which words say what is to be added."""
        return list(DocumentType.objects.all())

    def was_called(self, text: str, paper: Document) -> bool:
        """Whether a paper was called so once: an edit in hand names it as it was when the edit began."""
        return paper.history.filter(folded=fold(text)).exists()

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

    @cached_property
    def nearby(self) -> Nearby:
        """What is near the writer: whom a name may mean without asking; who was chosen somewhere on the form is known."""
        chosen = {one.pk for one in self.people_chosen.values()}
        partners = [one for text in self._posted("partners", "name") for one in self.bodies.called(text)]
        bodies = [*partners, *self.bodies_chosen.values()]
        alone = (
            each[0] for each in self._people.values() if len(each) == 1
        )  # of several the writer is asked anyway
        return Nearby(self.user, bodies, [one for one in alone if one.pk not in chosen])

    def signing_people(self) -> set[int]:
        """The persons the rows of signers name."""
        chosen = [self.people_chosen.get(code) for code in self._posted("signers", "name-ma")]
        called = [one for name in self._posted("signers", "name") for one in self.people(name)]
        return {one.pk for one in [*chosen, *called] if one}


class RegisterRow(SpeakingForm):
    """A row whose pickers look in what the form looked up for all its rows."""

    def __init__(self, *args: Any, registers: MeetingRegisters, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers = registers
        for name, field in self.fields.items():
            if isinstance(field, PickField):
                self.look_in(name, field)

    def look_in(self, name: str, field: PickField) -> None:
        """Where one picker finds what its words mean."""
        if name == "body":
            field.match, field.by_code = self.registers.bodies.called, self.registers.bodies_chosen.get
            field.is_sure = lambda text, body: self.registers.nearby.means_body(text, body)
        else:
            field.match, field.by_code = self.registers.people, self.registers.people_chosen.get
            field.is_sure = self.means

    def means(self, _name: str, person: Person) -> bool:
        """Whether the only person of a name may be taken for the one of this row; if not, they are told apart."""
        capacity = self.data.get(self.add_prefix("capacity"), "")
        if self.registers.nearby.means_person(person, capacity):
            return True
        told_apart(person)
        return False

    left_alone = "ghi như in"
    """What is done with the name of a person when none of those asked about is chosen."""

    def ask(self, choices: list) -> None:
        """Say why a person of this name was not taken."""
        self.echoes["name"] = f"{SEVERAL if choices[1:] else ELSEWHERE}; để nguyên thì {self.left_alone}."

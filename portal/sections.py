"""The shell asks, the apps answer: navigation, desk, search and files of every app.

An app offers ``sections.py`` with one registered :class:`Section`; it is discovered when Django
starts, as ``admin.py`` is. The portal names no app.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from portal.actions.circles import place_document
from portal.actions.showing import show
from portal.measures import Measure
from portal.models import Attachment, Document, Organization, Paper, Partner, Sought, User
from portal.models.carrying import Carrying

if TYPE_CHECKING:
    from portal.publication import Line, Preview


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation."""

    label: str
    url: str
    current: bool = False
    under: tuple[str, ...] = ()
    """The beginnings of further addresses that belong to it."""
    holds: models.QuerySet | None = field(default=None, compare=False)
    """Records without one of which the entry is left out."""


class DeskGroup(Enum):
    """What a line of the desk is about; the desk reads each group under one of its headings."""

    RETURNED = auto()
    DRAFTING = auto()
    WAITING = auto()
    TO_READ = auto()
    TO_URGE = auto()
    DUE = auto()
    ASKED = auto()


URGENT = (DeskGroup.WAITING, DeskGroup.TO_URGE, DeskGroup.DUE)
"""The groups that ask for an official's word."""


@dataclass(frozen=True)
class DeskLine:
    """One line of the desk: a verb, a thing, a date: since when it lies there, or the last day to do it."""

    group: DeskGroup
    verb: str
    thing: str
    url: str
    since: datetime | None = None
    note: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of paper behind the door "Nhập văn bản"."""

    key: str
    label: str
    examples: str
    url: str
    view: Any = None


@dataclass(frozen=True)
class Hit:
    """One record as a line of a list: when, who (the link), what, counts, status.

    ``chips`` are kinds of status chips, or pairs of a kind and its words; ``tail`` is what is left of its time.
    """

    title: str
    url: str
    line: str = ""
    chips: tuple[str | tuple[str, str], ...] = field(default_factory=tuple)
    when: str = ""
    when_line: str = ""
    number: str = ""
    meta: tuple[str, ...] = field(default_factory=tuple)
    tail: str = ""

    @property
    def said_chips(self) -> list[tuple[str, str]]:
        """The chips as kind and words; no words means the usual ones."""
        return [(chip, "") if isinstance(chip, str) else chip for chip in self.chips]


@dataclass(frozen=True)
class Hits:
    """What one section found: at most a page of hits and the address of all of them."""

    label: str
    hits: list[Hit]
    url: str
    total: int | None = None
    noun: str = ""
    """What the records are called where all of them are offered: "chương trình"."""
    standing: str = ""
    """What the total counts, where the front page says it: "đang có hiệu lực"."""


@dataclass(frozen=True)
class OpenTask:
    """A task not done yet, as a report tells it: what, until when, how far; and the bodies that all its parts are between."""

    text: str
    due: str
    standing: str
    bodies: frozenset[int]


Reader = User | AnonymousUser


class Section:
    """What an app shows in the shell. Every answer is already narrowed to the reader."""

    position = 100

    def public_nav(self) -> Iterable[NavItem]:
        """Entries for everybody; each says which records it ``holds``, and stands from the first published one."""
        return ()

    def staff_nav(self, user: User) -> Iterable[NavItem]:
        """Entries for signed-in people."""
        return ()

    def desk(self, user: User, most: int) -> Iterable[DeskLine]:
        """What waits for this person: of each kind the oldest due, ``most`` at most."""
        return ()

    def urgent(self, user: User, most: int) -> Iterable[DeskLine]:
        """Of these, what asks for an official's word: the groups of :data:`URGENT`, and nothing else is asked."""
        return ()

    def next_dates(self, user: User, today: date) -> Iterable[tuple[date, str, str]]:
        """Dates ahead: day, words, address."""
        return ()

    def kinds(self) -> Iterable[Kind]:
        """The kinds of paper this app takes in."""
        return ()

    def search(self, sought: Sought) -> Iterable[Hits]:
        """Records that hold what is looked for, of those its reader may read."""
        return ()

    def suggest(
        self, register: str, user: User, text: str, *, of: str = "", on: date | None = None
    ) -> list[dict[str, str]] | None:
        """Suggestions from a register of this app; None when the register is not its own.

        ``of`` is the code of the record on whose page is asked, ``on`` the day typed there.
        """
        return None

    def files_held(self) -> Iterable[models.QuerySet]:
        """Files that rows of this app hold by themselves, on no paper, as primary keys."""
        return ()

    def may_open(self, user: User, file: Attachment) -> bool:
        """Whether a person may open one of these."""
        return False

    def publication_parts(self, record: models.Model) -> "Preview | None":
        """Which of a record's own parts become public and which stay inside; None when it is not this app's."""
        return None

    def errands(self, record: Paper) -> "dict[str, Line]":
        """What the approval of a record sends out, or has sent out, each by a code of its own."""
        return {}

    def acted_on(self, record: Paper) -> Iterable[models.QuerySet]:
        """Rows beside a record, with codes, on which acts are done that its journal tells."""
        return ()

    def of_body(self, organization: Organization, reader: Reader) -> Iterable[Hits]:
        """Panels on a body's page."""
        return ()

    def sheets_of(self, organization: Organization, reader: Reader) -> Iterable[NavItem]:
        """Pages about a body made to be printed."""
        return ()

    def resting_on(self, document: Document, reader: Reader) -> Iterable[Hits]:
        """Panels on a document's page: the records it is a basis of, newest first."""
        return ()

    def beside(self, document: Document, reader: Reader) -> Iterable[Hits]:
        """Panels on the page of another app's record: where this app's records deal with its paper."""
        return ()

    def inside(self, record: Paper, reader: User) -> Iterable[Hits]:
        """Panels on a record's page for signed-in people alone: what is followed up about it."""
        return ()

    def still_open(self, record: Paper, reader: User, on: date) -> Iterable[OpenTask]:
        """The tasks about a paper that are not done on a day, as far as the reader may read them."""
        return ()

    def touched(self, instance: models.Model) -> None:
        """A register row changed: refresh what this app derives from it, in the same act."""

    def dated_anew(self, document: Document) -> None:
        """A paper was written with another day: refresh what this app derives from that, in the same act."""

    def front(self, today: date) -> Iterable[Hits]:
        """What the front page shows of this app: its newest published records."""
        return ()

    def addresses(self, documents: Iterable[int], reader: Reader) -> dict[int, str]:
        """The pages of the records these documents belong to, as far as the reader may open them."""
        return {}

    def measures(self) -> Iterable[Measure]:
        """What this app can compute of many bodies at once."""
        return ()

    def nightly(self) -> Iterable[tuple[str, Callable[[], object]]]:
        """What this app does every night: words for the operator, and the step."""
        return ()


_found: list[Section] = []


def register(section: type[Section]) -> type[Section]:
    """Class decorator by which an app's ``sections.py`` offers its section."""
    _found.append(section())
    _found.sort(key=lambda one: one.position)
    return section


def every() -> Iterator[Section]:
    """The sections, in the order of the navigation."""
    return iter(_found)


def errands(record: Paper) -> "dict[str, Line]":
    """What the approval of a record sends out, of whatever section."""
    return {code: line for section in every() for code, line in section.errands(record).items()}


def measures() -> list[Measure]:
    """What the portal can compute of many bodies, of whatever section."""
    return [measure for section in every() for measure in section.measures()]


def addresses(documents: Iterable[int], reader: Reader) -> dict[int, str]:
    """The pages of the records these documents belong to, of whatever section."""
    wanted, pages = list(documents), {}
    for section in every():
        if left := [key for key in wanted if key not in pages]:
            pages |= section.addresses(left, reader)
    return pages


def beside(document: Document, reader: Reader) -> list[Hits]:
    """What every section tells beside a paper it does not own, as far as the reader may read it."""
    return [hits for section in every() for hits in section.beside(document, reader)]


def still_open(record: Paper, reader: User, on: date) -> list[OpenTask]:
    """The tasks about a paper that are not done on a day, wherever they are kept, as far as the reader may read them."""
    return [one for section in every() for one in section.still_open(record, reader, on)]


def dated_anew(document: Document) -> None:
    """Tell every section that a paper bears another day."""
    for section in every():
        section.dated_anew(document)


def touched(instance: models.Model) -> None:
    """Tell every section that a row of the registers changed, so that it refreshes what it derives."""
    if isinstance(instance, Document):
        place_document(instance.pk)
        show([instance.pk])
    elif isinstance(instance, Partner | Paper):
        place_document(instance.document_id)
        show([instance.document_id])
    elif isinstance(instance, Carrying):
        show(instance.both)
    for section in every():
        section.touched(instance)

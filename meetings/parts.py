"""The parts of a conference as a page says them: papers on the table, who was there, papers read, sayings."""

from dataclasses import dataclass

from django.db.models import Count, Q

from meetings.measuring import counted_done
from meetings.models import Assignment, Directive, MeetingSignature, Participation, Presentation, Task
from meetings.models.participants import MERELY
from meetings.models.tasks import NO_DAY, NO_DAY_WORDS, Progress, standing
from meetings.paste import names_in
from portal.changes import capital, small
from portal.models import Document, DocumentType, Signature
from portal.paste.printed import TYPE_AT_START
from portal.sections import Reader
from portal.templatetags.say import vdate
from portal.text import fold
from portal.wording import FileLine, type_of

AGREED = {DocumentType.Family.PROGRAM, DocumentType.Family.PLAN}
"""The papers whose title may leave out what they are: a number line says it before the number."""

MOST_ADDRESSED = 5
"""How many bodies a waiting task names; its own page names all."""


@dataclass
class OnTable:
    """A paper on the table, its page where the reader may open it, and who signed it here."""

    document: Document
    url: str
    signatures: list[MeetingSignature]

    @property
    def name(self) -> str:
        """What it is called where other papers stand beside it: its type too, where its title does not say that."""
        title, kind = self.document.title, self.document.type
        if kind is None or kind.family not in AGREED or TYPE_AT_START.match(title):
            return title
        return f"{capital(type_of(self.document))} về {small(title)}"

    @property
    def number(self) -> str:
        """Its number as printed."""
        return self.document.number

    @property
    def signers(self) -> list[str]:
        """Who signed it here, with authority and capacity."""
        return [signed_words(one.signature) for one in self.signatures]


@dataclass
class TableGroup:
    """The papers with which the same was done."""

    role: str
    label: str
    papers: list[OnTable]
    untold: int = 0
    """How many more the reader may not be told of."""


@dataclass
class Taker:
    """A participant as printed that day, and what they did there, in words."""

    participation: Participation
    roles: str

    def __str__(self) -> str:
        return str(self.participation)


@dataclass
class Talk:
    """A paper read: who or which body read it, and its file where the reader may open it."""

    presentation: Presentation
    by: str
    file: FileLine | None

    @property
    def title(self) -> str:
        """Its title, where that is more than what it is about."""
        title = self.presentation.title
        return title if title != self.presentation.topic else ""

    @property
    def words(self) -> str:
        """All of it on one line."""
        title = f"“{self.title}”. " if self.title else ""
        return (
            f"{self.by}: {title}{self.presentation.topic}" if self.by else f"{title}{self.presentation.topic}"
        )


@dataclass
class Saying:
    """A direction as the reader sees it, how it stands when that may be told, and where it is assigned by who may."""

    directive: Directive
    by: str
    state: str
    assign_url: str = ""
    url: str = ""
    """The page of the paper it comes from, where the reader may open that."""
    errand: str = ""
    """To whom and until when it is assigned, while that waits for the approval."""

    @property
    def text(self) -> str:
        """The words, in our paraphrase."""
        return self.directive.text


def signed_words(one: Signature) -> str:
    """A signature in words: "KT. Trần Văn A, Phó Chủ tịch"."""
    return f"{one.authority}. {one}" if one.authority else str(one)


def taker(one: Participation, known: set[str] = frozenset()) -> Taker:
    """A participant with the words of their roles, without those the place of the words already says."""
    links = sorted((link.role for link in one.role_links.all()), key=lambda role: (role.position, role.key))
    return Taker(one, ", ".join(role.name for role in links if role.key not in MERELY | known))


def read_by(one: Presentation) -> str:
    """Who read a paper: the person with the post of that day, or as printed with the body; else the body."""
    if one.participation:
        return str(one.participation)
    body = str(one.organization) if one.organization else one.body_printed
    return ", ".join(filter(None, [one.presented_by, body]))


def roles_of(one: Participation) -> set[str]:
    """The keys of the roles of a participant."""
    return {link.role.key for link in one.role_links.all()}


def said_by(directive: Directive) -> str:
    """Who gave a direction, and the capacity noted with it where the posts of that day do not say it.

    One person acted in what was noted, whatever posts they came in; several keep their posts before it.
    """
    makers, speakers = makers_of(directive), list(directive.speakers.all())
    is_told = fold(directive.capacity) in fold(makers)
    if len(speakers) == 1 and not is_told and ";" not in makers:
        makers = speakers[0].participation.name
    return ", ".join(filter(None, [makers, "" if is_told else directive.capacity]))


def told_by(directive: Directive) -> str:
    """Who gave a direction told in a paper, as printed, with the capacity: no list of participants knows them."""
    maker = directive.said_by or (str(directive.organization) if directive.organization else "")
    is_told = fold(directive.capacity) in fold(maker)
    return ", ".join(filter(None, [maker, "" if is_told else directive.capacity]))


def makers_of(directive: Directive) -> str:
    """Who gave a direction: each with the posts of that day, or as printed where nobody was matched."""
    speakers = [link.participation for link in directive.speakers.all()]
    if not speakers:
        return directive.said_by or (str(directive.organization) if directive.organization else "")
    known = {fold(one.name): str(one) for one in speakers}
    printed = {fold(name): name for name in names_in(directive.said_by)}
    if len(known) >= len(printed):  # every name was matched, under whatever name it stands now
        return "; ".join(known.values())
    return "; ".join((printed | known).values())


def errand_words(task: Task) -> str:
    """What waits to be sent out: to whom, until when."""
    bodies = [str(link.organization) for link in task.addressees.all()]
    more = len(bodies) - MOST_ADDRESSED
    told = bodies[:MOST_ADDRESSED] + ([f"{more} cơ quan nữa"] if more > 0 else [])
    if task.kind and task.territory:
        told.append(f"mọi cơ quan cấp dưới loại {task.kind}, {task.territory}")
    due = f"hạn {vdate(task.due_on)}" if task.due_on != NO_DAY else NO_DAY_WORDS
    yearly = ", hằng năm" if task.yearly else ""
    return f"giao {'; '.join(told)}, {due}{yearly}, gửi đi khi hội nghị được duyệt"


def states_of(directives: list[Directive], reader: Reader) -> dict[int, str]:
    """How each assigned direction stands in its latest round: "3/5 cơ quan đã hoàn thành"; others are left out."""
    states = Assignment.State
    rounds = Assignment.objects.filter(task__directive__in=[one.pk for one in directives])
    done = counted_done(rounds, reader)
    counted = rounds.exclude(state=states.CLOSED).values("task__directive_id", "task__closed_on", "due_on")
    counted = counted.annotate(
        total=Count("pk"),
        done=Count("pk", filter=standing(Progress.DONE, NO_DAY, done)),
        stopped=Count("pk", filter=Q(state=states.STOPPED)),
    )
    latest: dict[int, dict] = {}
    for one in sorted(counted.order_by(), key=lambda one: (one["stopped"] < one["total"], one["due_on"])):
        latest[one["task__directive_id"]] = one
    return {directive: state_words(one) for directive, one in latest.items()}


def state_words(counted: dict) -> str:
    """How a round stands in words."""
    stopped = ", thôi theo dõi" if counted["task__closed_on"] else ""
    return f"{counted['done']}/{counted['total']} cơ quan đã hoàn thành{stopped}"

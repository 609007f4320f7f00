"""A conference as one reader may read it: which parts, in which order, in which words.

Every part is asked for once and only when the page draws it; what the reader may not see is not asked for.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import cached_property

from meetings.calendar import has_day
from meetings.forms.raw import say_clock
from meetings.models import (
    AgendaItem,
    Assignment,
    Directive,
    MeetingPaper,
    MeetingSignature,
    Participation,
    Presentation,
    Stage,
)
from portal import sections
from portal.models import Audience, Document
from portal.wording import FileLine
from programs.reading import PaperReading
from programs.wording import joined

PICTURES = {"jpeg", "png"}
CHAIRS, SIGNS = "chu-tri", "ky"


@dataclass
class OnTable:
    """A paper on the table, its page where the reader may open it, and who signed it here."""

    document: Document
    url: str
    signatures: list[MeetingSignature]

    @property
    def number(self) -> str:
        """Its number as printed."""
        return self.document.number


@dataclass
class TableGroup:
    """The papers with which the same was done."""

    role: str
    label: str
    papers: list[OnTable]
    untold: int = 0
    """How many more the reader may not be told of."""


@dataclass
class Saying:
    """A direction as the reader sees it, and how it stands when that may be told."""

    directive: Directive
    by: str
    state: str

    @property
    def text(self) -> str:
        """The words, in our paraphrase."""
        return self.directive.text


class MeetingReading(PaperReading):
    """What the page of a conference shows to one reader."""

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be held."""
        return self.record.stage == Stage.PREPARED

    @property
    def has_calendar(self) -> bool:
        """Whether a calendar file is offered: a coming one, or one that was called off."""
        return self.record.stage != Stage.HELD and has_day(self.record)

    @property
    def when(self) -> str:
        """Day and hours in words: "thứ Năm, 23/3/2023, 8 giờ – 11 giờ"."""
        dated = self.document.dated
        day = dated.long() if dated.known else "chưa rõ ngày"
        return ", ".join(filter(None, [day, say_clock(self.record.starts_at, self.record.ends_at)]))

    @cached_property
    def kinds(self) -> list[str]:
        """What it is for, in words."""
        return [link.kind.name for link in self.record.kind_links.select_related("kind").order_by("kind")]

    @property
    def sentence(self) -> str:
        """What it is, in one sentence."""
        kinds = joined(self.kinds) if self.kinds else ""
        what = f"Hội nghị {kinds}" if kinds else "Hội nghị"
        by = f" do {self.record.organizers_label} tổ chức" if self.record.organizers_label else ""
        day = f", {self.document.dated}" if self.document.dated.known else ""
        gone = ", đã hủy" if self.record.stage == Stage.CANCELLED else ""
        return f"{what}{by}{day}{gone}."

    # --- papers

    @cached_property
    def table(self) -> list[TableGroup]:
        """The papers on the table by what was done with them, as far as the reader may be told."""
        rows = list(self.record.papers.select_related("document__type"))
        pages = sections.addresses((row.document_id for row in rows), self.reader)
        signed: dict[int, list[MeetingSignature]] = defaultdict(list)
        links = MeetingSignature.objects.filter(paper__in=[row.pk for row in rows])
        for link in links.select_related("signature__person").order_by("signature__side", "signature"):
            signed[link.paper_id].append(link)
        groups = []
        for role, label in MeetingPaper.Role.choices:
            of_role = [row for row in rows if row.role == role]
            told = [row for row in of_role if self.may_be_told(row.document, pages)]
            papers = [OnTable(row.document, pages.get(row.document_id, ""), signed[row.pk]) for row in told]
            if of_role:
                groups.append(TableGroup(role, label, papers, len(of_role) - len(told)))
        return groups

    def may_be_told(self, document: Document, pages: dict[int, str]) -> bool:
        """Whether the reader may know of a paper: those of the body all, others what they could open anyway."""
        return self.reads_all or document.pk in pages or document.audience == Audience.PUBLIC

    # --- people

    @cached_property
    def participations(self) -> list[Participation]:
        """Everybody, in order, with their roles."""
        rows = self.record.participations.select_related("person", "organization")
        return list(rows.prefetch_related("role_links__role"))

    def with_role(self, key: str) -> list[Participation]:
        """Those with a role."""
        return [one for one in self.participations if key in roles_of(one)]

    @cached_property
    def chairs(self) -> list[Participation]:
        """Who chaired."""
        return self.with_role(CHAIRS)

    @cached_property
    def named(self) -> list[Participation]:
        """Persons with a part in it, chairs apart: what a visitor may read of who was there."""
        return [one for one in self.participations if roles_of(one) - {"du", CHAIRS}]

    @cached_property
    def present(self) -> list[Participation]:
        """The others who came, groups included; for the parties."""
        shown = {one.pk for one in [*self.chairs, *self.named]}
        return [one for one in self.participations if one.pk not in shown]

    @cached_property
    def groups(self) -> list[Participation]:
        """Groups with their count."""
        return [one for one in self.participations if one.group]

    @cached_property
    def talks(self) -> list[Presentation]:
        """The papers read."""
        return list(self.record.presentations.select_related("participation", "organization", "attachment"))

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """The agenda; inside, for the parties and the keeping body."""
        return list(self.record.agenda.all()) if self.reads_as_party else []

    # --- sayings

    @cached_property
    def sayings(self) -> list[Saying]:
        """The directions the reader may read, each with its state where that may be told."""
        rows = self.record.directives.filter(audience__in=self.audiences).select_related(
            "task", "organization"
        )
        rows = list(rows.prefetch_related("speakers__participation"))
        states = states_of([row for row in rows if self.reads_as_party or row.state_shown])
        return [Saying(row, said_by(row), states.get(row.pk, "")) for row in rows]

    # --- files

    @cached_property
    def photos(self) -> list[FileLine]:
        """The pictures the reader may open."""
        return [one for one in self.files if one.attachment.kind in PICTURES]

    @cached_property
    def papers_attached(self) -> list[FileLine]:
        """The other files the reader may open."""
        return [one for one in self.files if one.attachment.kind not in PICTURES]


def roles_of(one: Participation) -> set[str]:
    """The keys of the roles of a participant."""
    return {link.role.key for link in one.role_links.all()}


def said_by(directive: Directive) -> str:
    """Who gave a direction, with the posts of that day; as printed where nobody was matched."""
    speakers = [str(link.participation) for link in directive.speakers.all()]
    if speakers:
        return "; ".join(speakers)
    return directive.said_by or (str(directive.organization) if directive.organization else "")


def states_of(directives: list[Directive]) -> dict[int, str]:
    """How each assigned direction stands: "3/5 cơ quan đã hoàn thành"; those without a task are left out."""
    rows = Assignment.objects.filter(task__directive__in=[one.pk for one in directives])
    counts: dict[int, list[str]] = defaultdict(list)
    for directive, state in rows.order_by().values_list("task__directive_id", "state"):
        if state != Assignment.State.CLOSED:
            counts[directive].append(state)
    return {
        directive: f"{states.count(Assignment.State.ACCEPTED)}/{len(states)} cơ quan đã hoàn thành"
        for directive, states in counts.items()
    }

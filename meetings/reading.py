"""A conference as one reader may read it: which parts, in which order, in which words.

Every part is asked for once and only when the page draws it; what the reader may not see is not asked for.
"""

from collections import defaultdict

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from meetings.calendar import has_day
from meetings.clock import say_hours
from meetings.guests import Guest, lines
from meetings.listing import meeting_page_of, stage_chip
from meetings.models import (
    AgendaItem,
    Assignment,
    Directive,
    Meeting,
    MeetingPaper,
    MeetingSignature,
    Participation,
    ParticipationRole,
    Stage,
    Task,
)
from meetings.models.participants import CHAIRS, MERELY, SIGNS
from meetings.parts import (
    OnTable,
    Saying,
    TableGroup,
    Taker,
    Talk,
    errand_words,
    read_by,
    roles_of,
    said_by,
    states_of,
    taker,
)
from portal.access import Doing, can
from portal.dates import Precision
from portal.models import Document, State
from portal.models.records import of_no_record
from portal.reading import PaperReading
from portal.registers import document_pages
from portal.wording import FileLine, joined, short_date, type_of

PICTURES = {"jpeg", "png"}
MOST_PRESENT = 100
"""How many of those who merely attended the page names; all stand on the list of guests."""


class MeetingReading(PaperReading):
    """What the page of a conference shows to one reader."""

    record: Meeting

    @property
    def stage_chip(self) -> tuple[str, str] | None:
        """The chip of a conference that is to come or was called off."""
        return stage_chip(self.record, self.today)

    @property
    def has_calendar(self) -> bool:
        """Whether a calendar file is offered: a coming one, or one that was called off."""
        return self.record.stage != Stage.HELD and has_day(self.record)

    @property
    def clock(self) -> str:
        """The hours in words: "8 giờ – 11 giờ"."""
        return say_hours(self.record.starts_at, self.record.ends_at)

    @property
    def when(self) -> str:
        """Day and hours in words: "thứ Năm, 23/3/2023, 8 giờ – 11 giờ"."""
        dated = self.document.dated
        day = dated.at_length()
        return ", ".join(filter(None, [day, self.clock]))

    @cached_property
    def kinds(self) -> list[str]:
        """What it is for, in words."""
        return [link.kind.name for link in self.record.kind_links.select_related("kind").order_by("kind")]

    @property
    def sentence(self) -> str:
        """What it is, by whom, when, where and what was signed, in one sentence."""
        dated, stage = self.document.dated, self.record.stage
        what = f"Hội nghị {joined(self.kinds)}" if self.kinds else "Hội nghị"
        by = f" do {self.record.organizers_label} tổ chức" if self.record.organizers_label else ""
        if stage == Stage.CANCELLED:
            of = f" của {self.record.organizers_label}" if self.record.organizers_label else ""
            return f"{what}{of} không tổ chức nữa{self._intended}."
        day = dated.part_of_day or ("ngày" if dated.precision == Precision.DAY else "")
        parts = [what + by, f"{day} {short_date(dated)}".strip() if dated.known else ""]
        parts.append(f"tại {self.record.place}" if self.record.place else "")
        parts.append(f"ký {self.signed_count} văn bản" if stage == Stage.HELD and self.signed_count else "")
        return ", ".join(filter(None, parts)) + "."

    @property
    def _intended(self) -> str:
        """When and where one that was called off was to be held: " (dự kiến sáng 15/1/2027, tại Hội trường)"."""
        dated, place = self.document.dated, self.record.place
        day = " ".join(filter(None, [dated.part_of_day, short_date(dated)])) if dated.known else ""
        said = ", ".join(filter(None, [day, f"tại {place}" if place else ""]))
        return f" (dự kiến {said})" if said else ""

    @property
    def type_words(self) -> str:
        return type_of(self.document) or "hội nghị"

    def citation(self, address: str, portal: str) -> str:
        dated = self.document.dated
        said = [self.record.organizers_label, self.document.title, short_date(dated) if dated.known else ""]
        return f"{', '.join(part for part in said if part)}. {portal}, {address}"

    @cached_property
    def previous(self) -> tuple[Meeting, str] | None:
        """The conference before it and its page, when the reader may read that too."""
        if self.record.previous_id is None:
            return None
        seen = Meeting.objects.visible_to(self.reader).filter(pk=self.record.previous_id)
        found = seen.select_related("document").first()
        return (found, meeting_page_of(found, self.reader)) if found else None

    @property
    def signers(self) -> list[str]:
        """Who signed the minutes."""
        return [str(one) for side in self.sides for one in side.signatures]

    # --- papers

    @cached_property
    def rows(self) -> list[MeetingPaper]:
        """Every paper that was on the table, whoever may be told of it."""
        return list(self.record.papers.select_related("document__type"))

    @property
    def signed_count(self) -> int:
        """How many papers were signed there, as far as the reader may be told."""
        signed = [group for group in self.table if group.role == MeetingPaper.Role.SIGNED]
        return sum(len(group.papers) + group.untold for group in signed)

    @cached_property
    def table(self) -> list[TableGroup]:
        """The papers on the table by what was done with them, as far as the reader may be told."""
        pages = document_pages({row.document_id for row in self.rows}, self.reader)
        signed: dict[int, list[MeetingSignature]] = defaultdict(list)
        links = MeetingSignature.objects.filter(paper__in=[row.pk for row in self.rows])
        for link in links.select_related("signature__person").order_by("signature__side", "signature"):
            signed[link.paper_id].append(link)
        open_here = self._read_with_it({row.document_id for row in self.rows} - pages.keys()) | pages.keys()
        groups = []
        for role, label in MeetingPaper.Role.choices:
            of_role = [row for row in self.rows if row.role == role]
            told = [row for row in of_role if self.reads_all or row.document_id in open_here]
            papers = [OnTable(row.document, pages.get(row.document_id, ""), signed[row.pk]) for row in told]
            untold = len(of_role) - len(told) if self.inside else 0  # a visitor is not told even how many
            if papers or untold:
                groups.append(TableGroup(role, label, papers, untold))
        return groups

    def _read_with_it(self, papers: set[int]) -> set[int]:
        """Those of no record, which a visitor will read from the moment the conference is public."""
        if self.reads_all or self.record.is_public() or not papers:
            return set()
        return set(Document.objects.filter(of_no_record(), pk__in=papers).values_list("pk", flat=True))

    # --- people

    @cached_property
    def participations(self) -> list[Participation]:
        """Everybody, in order, with their roles: for the papers that name them all."""
        rows = self.record.participations.select_related("person", "organization")
        return list(rows.prefetch_related("role_links__role"))

    @cached_property
    def _with_part(self) -> QuerySet:
        had = ParticipationRole.objects.filter(participation__meeting=self.record)
        had = had.exclude(role__key__in=MERELY).values("participation")
        return self.record.participations.filter(pk__in=had)

    @cached_property
    def with_part(self) -> list[Participation]:
        """Those with a part in it beyond attending: all that a visitor may read of who was there."""
        rows = self._with_part.select_related("organization")
        return list(rows.prefetch_related("role_links__role"))

    def with_role(self, key: str) -> list[Participation]:
        """Those with a role."""
        return [one for one in self.with_part if key in roles_of(one)]

    @cached_property
    def _unsaid(self) -> set[str]:
        """That somebody signs, where something is signed of which the reader may not even be told."""
        is_signed = any(row.role == MeetingPaper.Role.SIGNED for row in self.rows)
        return {SIGNS} if is_signed and not self.signed_count else set()

    @cached_property
    def chairs(self) -> list[Taker]:
        """Who chaired."""
        return [taker(one, {CHAIRS} | self._unsaid) for one in self.with_role(CHAIRS)]

    @cached_property
    def named(self) -> list[Taker]:
        """Others with a part in it."""
        return [taker(one, self._unsaid) for one in self.with_part if CHAIRS not in roles_of(one)]

    @cached_property
    def _merely(self) -> QuerySet:
        """Those who merely attend or were asked, and whoever sends somebody in their place."""
        had = self._with_part.filter(substitute__isnull=True)
        return self.record.participations.entered().exclude(pk__in=had.values("pk"))

    @cached_property
    def present(self) -> list[Guest]:
        """The first of the others who came or were asked, groups included; for the parties."""
        rows = self._merely.select_related("organization", "substitute__organization")
        return lines(rows[:MOST_PRESENT]) if self.reads_as_party else []

    @property
    def more_present(self) -> int:
        """How many others stand on the list of guests alone."""
        return self._merely.count() - MOST_PRESENT if len(self.present) == MOST_PRESENT else 0

    @cached_property
    def talks(self) -> list[Talk]:
        """The papers read."""
        files = {one.attachment.pk: one for one in self.files}
        rows = self.record.presentations.select_related("participation", "organization")
        return [Talk(one, read_by(one), files.get(one.attachment_id)) for one in rows]

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """The agenda; inside, for the parties and the keeping body."""
        return list(self.record.agenda.all()) if self.reads_as_party else []

    # --- sayings

    @cached_property
    def directives(self) -> list[Directive]:
        """Every direction, whoever may read it."""
        rows = self.record.directives.select_related("task", "organization")
        return list(rows.prefetch_related("speakers__participation__organization"))

    @cached_property
    def sayings(self) -> list[Saying]:
        """The directions the reader may read, each with its state where that may be told."""
        rows = [one for one in self.directives if one.audience in self.audiences]
        states = states_of([row for row in rows if self.reads_as_party or row.state_shown], self.reader)
        links = self.assign_links
        papers = {row.by_document_id for row in rows} - {None}
        pages = document_pages(papers, self.reader) if papers else {}
        return [
            Saying(
                row,
                said_by(row),
                states.get(row.pk, ""),
                links.get(row.pk, ""),
                pages.get(row.by_document_id, ""),
                self.errands.get(row.pk, ""),
            )
            for row in rows
        ]

    @property
    def assign_links(self) -> dict[int, str]:
        """Where each direction that no body was asked about yet is assigned; for who may."""
        if not (self.inside and self.directives and can(self.reader, Doing.WRITE, within=self.record.keeper)):
            return {}
        if self.record.state == State.WAITING:  # what waits for the leader stays as handed in
            return {}
        asked = set(
            Assignment.objects.filter(task__directive__meeting=self.record)
            .order_by()
            .values_list("task__directive_id", flat=True)
        )
        waiting = [row for row in self.directives if row.pk not in asked]
        return {row.pk: reverse("meetings:task_assign", args=[row.code]) for row in waiting}

    @cached_property
    def errands(self) -> dict[int, str]:
        """To whom and until when each direction is assigned that waits for the approval; for the keeping body."""
        held = [row for row in self.directives if hasattr(row, "task")]
        if not held or self.record.state == State.APPROVED or not self.reads_all:
            return {}
        tasks = Task.objects.filter(directive__in=held, closed_on__isnull=True)
        tasks = tasks.select_related("kind", "territory").prefetch_related("addressees__organization")
        return {task.directive_id: errand_words(task) for task in tasks}

    # --- files

    @cached_property
    def photos(self) -> list[FileLine]:
        """The pictures the reader may open."""
        return [one for one in self.files if one.attachment.kind in PICTURES]

    @cached_property
    def listed_files(self) -> list[FileLine]:
        """The other files the reader may open."""
        return [one for one in self.files if one.attachment.kind not in PICTURES]

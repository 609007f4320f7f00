"""Writing a conference: its minutes, kinds, agenda, papers on the table, people, papers read, sayings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from meetings.actions.derived import derive, search_parts
from meetings.actions.participants import (
    ParticipationEntry,
    add_unknown_people,
    by_name,
    write_participations,
)
from meetings.actions.sides import SignerEntry
from meetings.actions.signing import TablePaperEntry, marked_signers, on_table, sign_papers, signers_of
from meetings.actions.tasks import TaskEntry, issue_tasks, write_tasks
from meetings.models import (
    AgendaItem,
    Directive,
    DirectiveAddressee,
    DirectiveSpeaker,
    Meeting,
    MeetingKind,
    MeetingKindLink,
    MeetingPaper,
    Participation,
    Presentation,
    Stage,
    Task,
)
from portal.actions import records
from portal.actions.addresses import free_addresses
from portal.actions.circles import place
from portal.actions.documents import PaperEntry, write_paper
from portal.actions.rows import write_links, write_rows
from portal.actions.search_texts import write_search_texts
from portal.history import acting, bulk_delete
from portal.models import (
    Attachment,
    Audience,
    Document,
    Organization,
    User,
    Verb,
)
from portal.text import fold, slugify


@dataclass
class AgendaEntry:
    """One point of the agenda."""

    text: str
    time: str = ""
    presenter: str = ""


@dataclass
class PresentationEntry:
    """A paper read; ``by`` is who read it as printed, a participant where one is called so."""

    topic: str
    pk: int | None = None
    by: str = ""
    title: str = ""
    organization: Organization | None = None
    body_printed: str = ""
    attachment: Attachment | None = None


@dataclass
class DirectiveEntry:
    """A saying in our own words, by participants as printed, a body, a paper, or the conference itself."""

    text: str
    pk: int | None = None
    quote: str = ""
    speakers: list[str] = field(default_factory=list)
    said_by: str = ""
    organization: Organization | None = None
    by_document: Document | None = None
    capacity: str = ""
    addressed_to: str = ""
    addressees: list[Organization] = field(default_factory=list)
    audience: str = Audience.PARTIES
    state_shown: bool = False
    task: TaskEntry | None = None


@dataclass
class MeetingEntry:
    """A whole conference as entered: what the form or a loader hands to :func:`save_meeting`."""

    paper: PaperEntry
    stage: str = Stage.HELD
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    summary: str = ""
    closing: str = ""
    previous: Meeting | None = None
    kinds: Sequence[MeetingKind] = ()
    agenda: list[AgendaEntry] = field(default_factory=list)
    papers: list[TablePaperEntry] = field(default_factory=list)
    signers: list[SignerEntry] = field(default_factory=list)
    participations: list[ParticipationEntry] = field(default_factory=list)
    presentations: list[PresentationEntry] = field(default_factory=list)
    directives: list[DirectiveEntry] = field(default_factory=list)
    note: str = ""
    marks: dict = field(default_factory=dict)


HEAD = ("stage", "starts_at", "ends_at", "place", "summary", "closing", "previous", "note", "marks")


def save_meeting(
    meeting: Meeting | None,
    entry: MeetingEntry,
    *,
    by: User | None,
    keeper: Organization | None = None,
    **how: Any,
) -> Meeting:
    """Write a conference as entered: a new draft, a draft changed, or an approved version merged.

    ``how`` is the rest that :func:`records.writing` is told: version, verb, further columns of loaders.
    """
    with records.writing(meeting or Meeting(keeper=keeper, written_by=by), by=by, **how) as meeting:
        was = meeting.document.dated if meeting.document.dated.known else None
        meeting.document = write_paper(meeting.document, entry.paper, by=by)
        for name in HEAD:
            setattr(meeting, name, getattr(entry, name))
        derive(meeting)
        place([meeting])
        meeting.save()
        write_kinds(meeting, entry.kinds)
        write_agenda(meeting, entry.agenda)
        add_unknown_people(entry.participations, entry.signers)
        table = [on_table(meeting, one, by=by) for one in entry.papers]
        entry.signers += marked_signers(meeting, entry.participations, entry.signers)
        signers = signers_of(entry.signers, [one["document"] for one in table])
        sign_papers(meeting, write_papers(meeting, table), signers, by=by, was=was)
        rows = write_participations(meeting, entry.participations)
        write_presentations(meeting, entry.presentations, rows)
        write_directives(meeting, entry.directives, rows, by=by)
        issue_tasks(meeting, by=by)
        write_search_texts({meeting.document_id: search_parts(meeting)})
    return meeting


def write_kinds(meeting: Meeting, kinds: Sequence[MeetingKind]) -> None:
    """Write what the conference is for."""
    write_links(
        {link.kind_id: link for link in meeting.kind_links.all()},
        {kind.pk: MeetingKindLink(meeting=meeting, kind=kind) for kind in kinds},
    )


def write_agenda(meeting: Meeting, entries: list[AgendaEntry]) -> None:
    """Write the agenda in order."""
    wanted = [{"text": one.text, "time": one.time, "presenter": one.presenter} for one in entries]
    write_rows(
        meeting.agenda.all(),
        wanted,
        match=("text",),
        new=lambda **values: AgendaItem(meeting=meeting, **values),
    )


def write_papers(meeting: Meeting, wanted: list[dict]) -> list[MeetingPaper]:
    """Write which papers were on the table and what was done with each."""
    once = {(one["document"].pk, one["role"]): one for one in wanted}
    return write_rows(
        meeting.papers.select_related("document"),
        list(once.values()),
        match=("document", "role"),
        new=lambda **values: MeetingPaper(meeting=meeting, **values),
    )


def write_presentations(
    meeting: Meeting, entries: list[PresentationEntry], people: list[Participation]
) -> None:
    """Write the papers read, each tied to the participant it names; one that names the same stays tied as it was.

    Of anybody else the name stands as printed.
    """
    held = {
        one.pk: one
        for one in meeting.presentations.select_related("participation", "organization", "attachment")
    }
    called = by_name(people)

    def reader(one: PresentationEntry) -> Participation | None:
        was = held[one.pk].participation if one.pk in held else None
        return was if was in people and was.name == one.by else called.get(fold(one.by))

    read = [(one, reader(one)) for one in entries]
    wanted = [
        {
            "pk": one.pk,
            "topic": one.topic,
            "title": one.title,
            "participation": participant,
            "presented_by": "" if participant else one.by,
            "organization": one.organization,
            "body_printed": one.body_printed,
            "attachment": one.attachment,
        }
        for one, participant in read
    ]
    write_rows(
        held.values(),
        wanted,
        match=("pk",),
        new=lambda **values: Presentation(meeting=meeting, **values),
    )


TOLD = (
    "text",
    "quote",
    "said_by",
    "organization",
    "by_document",
    "capacity",
    "addressed_to",
    "audience",
    "state_shown",
)


def write_directives(
    meeting: Meeting, entries: list[DirectiveEntry], people: list[Participation], *, by: User | None
) -> list[Directive]:
    """Write the sayings in order, with who said them, whom they address, and the task where one is assigned."""
    held = list(meeting.directives.select_related("organization", "by_document"))
    if not (held or entries):
        return []
    said_before = {one.pk: one.said_by for one in held}
    bulk_delete(unsent(meeting, entries))
    directives = write_rows(
        held,
        [{"pk": one.pk} | {name: getattr(one, name) for name in TOLD} for one in entries],
        match=("pk",),
        new=lambda **values: Directive(meeting=meeting, **values),
    )
    told = list(zip(directives, entries, strict=True))
    same = {one.pk for one in directives if said_before.get(one.pk) == one.said_by}
    write_speakers(meeting, told, people, same=same)
    write_links(
        {(link.directive_id, link.organization_id): link for link in of_meeting(DirectiveAddressee, meeting)},
        {
            (directive.pk, body.pk): DirectiveAddressee(directive=directive, organization=body)
            for directive, one in told
            for body in one.addressees
        },
    )
    write_tasks(
        [(directive, one.task) for directive, one in told if one.task], follower=meeting.keeper, by=by
    )
    return directives


def write_speakers(
    meeting: Meeting,
    told: list[tuple[Directive, DirectiveEntry]],
    people: list[Participation],
    *,
    same: set[int],
) -> None:
    """Tie sayings to the participants they name; those whose words are the ``same`` keep who they were tied to."""
    called = by_name(people)
    links = of_meeting(DirectiveSpeaker, meeting)
    wanted = {(link.directive_id, link.participation_id): link for link in links if link.directive_id in same}
    for directive, one in told:
        for row in filter(None, (called.get(fold(name)) for name in one.speakers)):
            wanted[directive.pk, row.pk] = DirectiveSpeaker(directive=directive, participation=row)
    write_links({(link.directive_id, link.participation_id): link for link in links}, wanted)


def of_meeting(model: type[DirectiveSpeaker | DirectiveAddressee], meeting: Meeting) -> list:
    """The links of the sayings of a conference."""
    return list(model.objects.filter(directive__meeting=meeting))


def unsent(meeting: Meeting, entries: list[DirectiveEntry]) -> list[Task]:
    """Tasks that never went out and are no longer assigned; one given to all bodies of a kind stays with its saying."""
    dropped = [one.pk for one in entries if one.pk and one.task is None]
    waiting = Task.objects.filter(directive__meeting=meeting, assignments__isnull=True)
    return list(waiting.filter(directive__in=dropped, kind__isnull=True))


# --- the way of a conference


def approve_meeting(meeting: Meeting, *, by: User, expected: int) -> None:
    """Approve; its tasks go out."""
    with acting(Verb.APPROVE, meeting, by=by, body=meeting.keeper):
        records.approve(meeting, by=by, expected=expected)
        meeting.refresh_from_db()
        issue_tasks(meeting, by=by)


def publish_meeting(meeting: Meeting, *, by: User, expected: int, start: datetime | None = None) -> None:
    """Show an approved conference to the public, now or later."""
    records.publish(meeting, by=by, addresses=addresses_of(meeting), start=start, expected=expected)


def addresses_of(meeting: Meeting) -> Iterator[str]:
    """Free public addresses: name and day."""
    dated = meeting.document.dated
    base = slugify(f"{meeting.document.title} {dated if dated.known else ''}", max_length=140)
    return free_addresses(Meeting, base or meeting.code)

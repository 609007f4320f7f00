"""Papers on the table of a conference: found or added in place, and signed there.

A signature belongs to its paper, by side. What is signed here gets its day and signatories from the
conference only where it says nothing of them itself, once the conference was held; a later correction of the
day follows to drafts that have it from here. An approved paper is never written into, its keeper gets an
open edit to look at instead.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from meetings.actions.participants import ParticipationEntry
from meetings.actions.sides import Known, Sides, SignerEntry, known_of, sides_of
from meetings.models import Meeting, MeetingPaper, MeetingSignature, Stage
from meetings.models.participants import SIGNS
from portal.actions.documents import (
    PaperEntry,
    PartnerEntry,
    SignatureEntry,
    set_number,
    write_partners,
    write_signatures,
)
from portal.dates import PartialDate, Period, PeriodKind, find_period
from portal.history import acting, apart, bulk_create
from portal.models import Document, DocumentType, Paper, Signature, State, User, Verb, record_of
from portal.text import fold
from programs.actions.companions import PlanEntry, save_companion
from programs.actions.programs import ProgramEntry, save_program
from programs.actions.signing import record_signing
from programs.models import Amendment, Plan, Program

WRITTEN = (Program, Plan, Amendment)
"""The kinds of papers that signing at a conference writes into."""


@dataclass
class TablePaperEntry:
    """A paper on the table: one that exists, or ``title`` and ``add_as`` (plan, program, other) to add one by.

    What its words say beside goes with it: type, number, day, period; its own parties, else the organisers.
    """

    role: str
    document: Document | None = None
    title: str = ""
    add_as: str = "other"
    type: DocumentType | None = None
    type_printed: str = ""
    number: str = ""
    dated: PartialDate | None = None
    period: Period | None = None
    partners: list[PartnerEntry] = field(default_factory=list)


def on_table(meeting: Meeting, entry: TablePaperEntry, *, by: User | None) -> dict:
    """The values of the row of one paper; a paper the portal does not have is added, kept by the same body."""
    if entry.document is None:
        entry.document = add_paper(meeting, entry, by=by)
    return {"document": entry.document, "role": entry.role}


def add_paper(meeting: Meeting, entry: TablePaperEntry, *, by: User | None) -> Document:
    """Add a paper by its title: a draft plan or programme of the organisers, or a paper of the register."""
    minutes = meeting.document
    signed = entry.role == MeetingPaper.Role.SIGNED and was_held(meeting)
    paper = PaperEntry(entry.title, entry.type, entry.type_printed, entry.number)
    paper.partners = entry.partners or organizers_of(minutes)
    if entry.dated or signed:
        paper.dated = entry.dated or minutes.dated
    if signed and not entry.dated:
        paper.marks = dict(minutes.marks)
    period = entry.period or find_period(entry.title) or Period(PeriodKind.UNKNOWN, None, None, "")
    own = {"by": by, "keeper": meeting.keeper, "is_sample": meeting.is_sample}
    with apart():
        if entry.add_as == "plan":
            plan = PlanEntry(paper=paper, period=period)
            return save_companion(None, plan, model=Plan, **own).document
        if entry.add_as == "program":
            return save_program(None, ProgramEntry(paper=paper, period=period), **own).document
    document = Document(title=paper.title, type=paper.type, type_printed=paper.type_printed)
    document.is_sample, document.looked_at, document.dated = meeting.is_sample, False, paper.dated
    set_number(document, paper.number)
    if signed:
        document.signing = Document.Signing.SIGNED
    with acting(Verb.CREATE, document, by=by):
        document.save()
        write_partners(document, entry.partners, by=by)
    return document


def organizers_of(minutes: Document) -> list[PartnerEntry]:
    """The organisers, each a side of what they sign together."""
    partners = minutes.partners.select_related("organization")
    return [PartnerEntry(one.side, one.organization, one.printed) for one in partners]


Signers = dict[int, list[SignerEntry]]
"""Who signed which document."""


def was_held(meeting: Meeting) -> bool:
    """Whether papers can have been signed there: it was held, and its day has come."""
    day = meeting.document.dated_first
    return meeting.stage == Stage.HELD and (day is None or day <= timezone.localdate())


def signers_of(signers: list[SignerEntry], table: list[Document]) -> Signers:
    """Who signed each paper on the table: those named for it, and those named for all."""
    return {
        document.pk: [one for one in signers if one.place in (None, place)]
        for place, document in reversed(list(enumerate(table)))
    }


def marked_signers(
    meeting: Meeting, people: list[ParticipationEntry], typed: list[SignerEntry]
) -> list[SignerEntry]:
    """Known people with the role of signing that no row of signers names and no signature given here tells."""
    marked = [one for one in people if one.name and any(role.key == SIGNS for role in one.roles)]
    if not marked:
        return []
    told = {fold(one.name) for one in typed if one.name}
    given = Signature.objects.filter(given_at__paper__meeting=meeting, person__isnull=False)
    told |= {fold(name) for name in given.values_list("person__name", flat=True)}
    return [
        SignerEntry(None, one.person, one.name, one.capacity, organization=one.organization)
        for one in marked
        if one.person and fold(one.name) not in told
    ]


@dataclass
class Seating:
    """By what the side of each signer is found: the organisers, each paper's sides, and who is known of which body."""

    organizers: Sides
    papers: dict[int, Sides]
    known: Known = field(default_factory=set)

    @classmethod
    def at(cls, meeting: Meeting, documents: list[Document], signers: list[SignerEntry]) -> "Seating":
        """Looked up together for all papers of a conference; nothing is asked where nobody signed."""
        if not signers:
            return cls(Sides(), {})
        found = sides_of([meeting.document_id, *(one.pk for one in documents)])
        people = {one.person.pk for one in signers if one.person}
        return cls(found.pop(meeting.document_id), found, known_of(people, meeting.document.dated.placed))

    def side_of(self, one: SignerEntry, document: Document) -> int | None:
        """For which side of a paper somebody signed; None where that cannot be told."""
        return self.papers[document.pk].side_of(one, self.organizers, self.known)


def sign_papers(
    meeting: Meeting,
    papers: list[MeetingPaper],
    signers: Signers,
    *,
    by: User | None,
    was: PartialDate | None = None,
) -> None:
    """Give what was signed here its day and signatories, and tie its signatures to the conference.

    ``was`` is the day as it stood before, where this save corrects it: drafts that have it from here follow.
    """
    if not was_held(meeting):
        return
    signed = [one for one in papers if one.role == MeetingPaper.Role.SIGNED]
    documents = [one.document for one in signed]
    seating = Seating.at(meeting, documents, [one for each in signers.values() for one in each])
    for paper in signed:
        record = record_of(paper.document)
        if is_written_here(meeting, paper.document, record):
            write_signing(
                meeting, paper.document, record, signers[paper.document_id], seating, by=by, was=was
            )
        tie_signatures(meeting, paper, signers[paper.document_id])


def is_written_here(meeting: Meeting, document: Document, record: Paper | None) -> bool:
    """Whether signing at a conference writes into a paper: a draft of the same body still in its writers' hands.

    Of the register only what nobody has looked at yet.
    """
    if record is None:
        return not document.looked_at
    in_hand = record.state in {State.DRAFTING, State.RETURNED} and isinstance(record, WRITTEN)
    return in_hand and record.keeper_id == meeting.keeper_id


def unsigned_papers(meeting: Meeting, papers: list[Document]) -> list[tuple[Document, Paper]]:
    """Approved papers of the same keeper signed here that say no day or no signatory themselves.

    They are never written into: whoever records the conference opens an edit of them for the leader.
    """
    if not was_held(meeting):
        return []
    signed = set(meeting.papers.filter(role=MeetingPaper.Role.SIGNED).values_list("document_id", flat=True))
    found = [(one, record_of(one)) for one in papers if one.pk in signed]
    return [
        (one, record)
        for one, record in found
        if record is not None
        and record.state == State.APPROVED
        and record.keeper_id == meeting.keeper_id
        and not (one.dated.known and one.signatures.exists())
    ]


def write_signing(
    meeting: Meeting,
    document: Document,
    record: Paper | None,
    signers: list[SignerEntry],
    seating: Seating,
    *,
    by: User | None,
    was: PartialDate | None,
) -> None:
    """Write day and signatories where the paper says nothing of them itself; who signed for no known side is left out."""
    day = meeting.document.dated
    takes_day = day.known and (not document.dated.known or is_same_day(document.dated, was))
    rows = []
    if signers and not document.signatures.exists():
        sides = [(seating.side_of(one, document), one) for one in signers]
        rows = [
            SignatureEntry(side, one.person, one.name, one.capacity, one.authority)
            for side, one in sides
            if side
        ]
    dated = day if takes_day and document.dated != day else None
    if not (dated or rows):
        return
    if record is not None:
        why = f"ký tại {meeting}"
        record_signing(record, by=by, dated=dated, signatures=rows, reason=why)
        document.refresh_from_db()
        return
    document.dated, document.signing = dated or document.dated, Document.Signing.SIGNED
    document.save()
    if rows:
        write_signatures(document, rows)


def is_same_day(one: PartialDate, other: PartialDate | None) -> bool:
    """Whether two dates say the same, in whatever words."""
    return other is not None and (one.precision, one.first, one.last) == (
        other.precision,
        other.first,
        other.last,
    )


def tie_signatures(meeting: Meeting, paper: MeetingPaper, signers: list[SignerEntry]) -> None:
    """Tie to this conference the signatures of a paper signed that day, and those of whom it names as signers."""
    same_day = paper.document.dated_first == meeting.document.dated_first
    if not (same_day or signers):
        return
    free = paper.document.signatures.filter(given_at__isnull=True).select_related("person")
    given = [one for one in free if same_day or any(is_by(one, signer) for signer in signers)]
    bulk_create([MeetingSignature(paper=paper, signature=one) for one in given])


def is_by(signature: Signature, one: SignerEntry) -> bool:
    """Whether a signature is of this signer: the person, else the capacity where no person is known."""
    if signature.person is None:
        return bool(one.capacity) and fold(signature.capacity) == fold(one.capacity)
    return signature.person == one.person or (
        bool(one.name) and fold(signature.person.name) == fold(one.name)
    )

"""Papers on the table of a conference: found or added in place, and signed there.

A signature belongs to its paper, by side. What is signed here gets its day and signatories from the
conference only where it says nothing of them itself; an approved paper is never written into, its
keeper gets an open edit to look at instead.
"""

from dataclasses import dataclass

from meetings.models import Meeting, MeetingPaper, MeetingSignature
from portal.actions.documents import PaperEntry, PartnerEntry, SignatureEntry, write_signatures
from portal.dates import Period, PeriodKind, find_period
from portal.history import acting
from portal.matching import papers_of
from portal.models import Document, Paper, Person, State, User, Verb
from programs.actions.companions import CompanionEntry, save_companion
from programs.actions.programs import ProgramEntry, save_program
from programs.models import Plan


@dataclass
class TablePaperEntry:
    """A paper on the table: one that exists, or ``title`` and ``add_as`` (plan, program, other) to add one by."""

    role: str
    document: Document | None = None
    title: str = ""
    add_as: str = "other"


@dataclass
class SignerEntry:
    """Who signed the papers signed here; ``name`` without ``person`` adds the person.

    ``place`` is the place among the papers on the table of the only one signed; None for all signed here.
    """

    side: int
    person: Person | None = None
    name: str = ""
    capacity: str = ""
    authority: str = ""
    place: int | None = None


def on_table(meeting: Meeting, entry: TablePaperEntry, *, by: User | None) -> dict:
    """The values of the row of one paper; a paper the portal does not have is added, kept by the same body."""
    document = entry.document or add_paper(meeting, entry, by=by)
    return {"document": document, "role": entry.role}


def add_paper(meeting: Meeting, entry: TablePaperEntry, *, by: User | None) -> Document:
    """Add a paper by its title: a draft plan or programme of the organisers, or a paper of the register."""
    minutes = meeting.document
    signed = entry.role == MeetingPaper.Role.SIGNED
    paper = PaperEntry(title=entry.title, partners=sides_of(minutes))
    if signed:
        paper.dated, paper.marks = minutes.dated, dict(minutes.marks)
    period = find_period(entry.title) or Period(PeriodKind.UNKNOWN, None, None, "")
    own = {"by": by, "keeper": meeting.keeper, "is_sample": meeting.is_sample}
    if entry.add_as == "plan":
        return save_companion(None, CompanionEntry(paper=paper, period=period), model=Plan, **own).document
    if entry.add_as == "program":
        return save_program(None, ProgramEntry(paper=paper, period=period), **own).document
    document = Document(title=entry.title, is_sample=meeting.is_sample, looked_at=False)
    if signed:
        document.dated, document.signing = minutes.dated, Document.Signing.SIGNED
    with acting(Verb.CREATE, document, by=by):
        document.save()
    return document


def sides_of(minutes: Document) -> list[PartnerEntry]:
    """The organisers, each a side of what they sign together."""
    partners = minutes.partners.select_related("organization")
    return [PartnerEntry(one.side, one.organization, one.printed) for one in partners]


def record_of(document: Document) -> Paper | None:
    """The record a paper belongs to, of whatever kind."""
    return next((record for papers in papers_of([document.pk]) for record in papers), None)


Signers = dict[int, list[SignerEntry]]
"""Who signed which document."""


def signers_of(signers: list[SignerEntry], table: list[Document]) -> Signers:
    """Who signed each paper on the table: those named for it, and those named for all."""
    return {
        document.pk: [one for one in signers if one.place in (None, place)]
        for place, document in reversed(list(enumerate(table)))
    }


def sign_papers(meeting: Meeting, papers: list[MeetingPaper], signers: Signers) -> None:
    """Give what was signed here its day and signatories, and tie its signatures to the conference."""
    for paper in papers:
        if paper.role != MeetingPaper.Role.SIGNED:
            continue
        record = record_of(paper.document)
        if record is None or (record.state != State.APPROVED and record.keeper_id == meeting.keeper_id):
            write_signing(meeting, paper.document, signers[paper.document_id])
        tie_signatures(meeting, paper)


def unsigned_papers(meeting: Meeting, papers: list[Document]) -> list[tuple[Document, Paper]]:
    """Approved papers of the same keeper signed here that say no day or no signatory themselves.

    They are never written into: whoever records the conference opens an edit of them for the leader.
    """
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


def write_signing(meeting: Meeting, document: Document, signers: list[SignerEntry]) -> None:
    """Write day and signatories where the paper says nothing of them itself."""
    if not document.dated.known and meeting.document.dated.known:
        document.dated, document.signing = meeting.document.dated, Document.Signing.SIGNED
        document.save()
    if signers and not document.signatures.exists():
        entries = [
            SignatureEntry(one.side, one.person, one.name, one.capacity, one.authority) for one in signers
        ]
        write_signatures(document, entries)


def tie_signatures(meeting: Meeting, paper: MeetingPaper) -> None:
    """Tie the signatures of a paper signed that day to this conference."""
    if paper.document.dated_first != meeting.document.dated_first:
        return
    for signature in paper.document.signatures.filter(given_at__isnull=True):
        MeetingSignature(paper=paper, signature=signature).save()

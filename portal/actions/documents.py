"""Writing papers: number, date, sides, signatures, bases, sources, files.

A paper is written inside the act of the record it belongs to, or of its own when it stands in the
register.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from portal.actions.registers import add_organizations, add_people
from portal.actions.rows import set_changed, write_rows
from portal.columns import date_columns
from portal.dates import PartialDate
from portal.history import bulk_create
from portal.matching import may_be, numbered, of_others, of_records
from portal.models import (
    Attachment,
    Audience,
    Citation,
    Document,
    DocumentType,
    Organization,
    Partner,
    Person,
    Signature,
    Source,
    SourceUse,
    User,
)
from portal.symbols import Symbol, read_symbol


@dataclass
class PartnerEntry:
    """One body of a side as entered; a body to be added has ``add`` and no ``organization``."""

    side: int
    organization: Organization | None = None
    printed: str = ""
    add: bool = False
    focal_room: str = ""
    responsibilities: str = ""


@dataclass
class SignatureEntry:
    """One signature as entered; ``name`` without ``person`` adds the person."""

    side: int
    person: Person | None = None
    name: str = ""
    capacity: str = ""
    authority: str = ""


@dataclass
class BasisEntry:
    """One cited paper as printed; ``number`` adds it to the register when ``cited`` is not known."""

    printed: str
    cited: Document | None = None
    number: str = ""
    title: str = ""
    type_words: str = ""
    dated: PartialDate = field(default_factory=PartialDate.unknown)
    issuer: str = ""


@dataclass
class SourceEntry:
    """One source as entered."""

    title: str
    publisher: str = ""
    address: str = ""
    published: PartialDate = field(default_factory=PartialDate.unknown)
    source: Source | None = None


@dataclass
class FileEntry:
    """One file, with who may read it."""

    attachment: Attachment
    caption: str = ""
    audience: str = Audience.BODY


@dataclass
class PaperEntry:
    """A whole paper as entered: what a form or a loader hands to the actions."""

    title: str
    type: DocumentType | None = None
    type_printed: str = ""
    number: str = ""
    dated: PartialDate = field(default_factory=PartialDate.unknown)
    signing: str = ""
    marks: dict = field(default_factory=dict)
    note: str = ""
    partners: list[PartnerEntry] = field(default_factory=list)
    signatures: list[SignatureEntry] = field(default_factory=list)
    bases: list[BasisEntry] = field(default_factory=list)
    sources: list[SourceEntry] = field(default_factory=list)
    files: list[FileEntry] = field(default_factory=list)


def set_number(document: Document, printed: str) -> None:
    """Set the number as printed and, where it is understood, its normalised form beside."""
    symbol = read_symbol(printed) if printed else None
    understood = isinstance(symbol, Symbol)
    document.number = printed
    document.number_key = symbol.key if understood else ""
    document.number_value = symbol.number if understood else None
    document.style = symbol.style if understood else ""


def signing_of(entry: PaperEntry) -> str:
    """Whether the paper is signed: as said, else by its date or signatures."""
    if entry.signing:
        return entry.signing
    signed = entry.dated.first is not None or bool(entry.signatures)
    return Document.Signing.SIGNED if signed else Document.Signing.UNKNOWN


def write_paper(document: Document, entry: PaperEntry, *, by: User | None) -> Document:
    """Write a paper and its rows as entered; call inside :func:`portal.actions.records.writing`."""
    document.title, document.type, document.type_printed = entry.title, entry.type, entry.type_printed
    document.dated, document.signing = entry.dated, signing_of(entry)
    document.marks = entry.marks
    document.note = entry.note or document.note
    set_number(document, entry.number)
    document.save()
    write_partners(document, entry.partners, by=by)
    write_signatures(document, entry.signatures)
    write_bases(document, entry.bases, by=by)
    write_sources(document, entry.sources)
    write_files(document, entry.files)
    return document


def write_partners(document: Document, entries: list[PartnerEntry], *, by: User | None) -> None:
    """Write the sides of a paper; new bodies are added in place."""
    new = [entry.printed for entry in entries if entry.add and entry.organization is None]
    added = iter(add_organizations(new, by=by))
    wanted, seen = [], set()
    for entry in entries:
        body = next(added) if entry.add and entry.organization is None else entry.organization
        if body is not None and body.pk in seen:
            continue
        seen.add(body.pk if body else None)
        wanted.append(
            {
                "side": entry.side,
                "organization": body,
                "printed": entry.printed,
                "focal_room": entry.focal_room,
                "responsibilities": entry.responsibilities,
            }
        )
    rows = document.partners.select_related("organization")
    match = ("organization",) if all(row["organization"] for row in wanted) else ("organization", "printed")
    write_rows(rows, wanted, match=match, new=lambda **values: Partner(document=document, **values))


def write_signatures(document: Document, entries: list[SignatureEntry]) -> None:
    """Write the signatures of a paper; new persons are added in place."""
    added = iter(add_people(entry.name for entry in entries if entry.name and not entry.person))
    wanted = [
        {
            "side": entry.side,
            "person": entry.person or (next(added) if entry.name else None),
            "capacity": entry.capacity,
            "authority": entry.authority,
        }
        for entry in entries
    ]
    rows = document.signatures.select_related("person")
    write_rows(
        rows, wanted, match=("side", "person"), new=lambda **values: Signature(document=document, **values)
    )


def write_bases(document: Document, entries: list[BasisEntry], *, by: User | None) -> None:
    """Write the bases of a paper; papers not yet in the register are added in place."""
    wanted = [
        {"printed": entry.printed, "cited": cited, "role": Citation.Role.BASIS}
        for entry, cited in zip(entries, cited_by(entries, by=by), strict=True)
    ]
    rows = document.citations.filter(role=Citation.Role.BASIS).select_related("cited")
    write_rows(rows, wanted, match=("printed",), new=lambda **values: Citation(citing=document, **values))


def in_register(keys: Iterable[str], *, by: User | None) -> dict[str, list[Document]]:
    """The papers of the shared register by their number, as far as their citer may see them; a loader sees all.

    A paper of a record is cited only when the form found it for its writer: another body's draft, or the words
    in which it cites a paper, would otherwise be read by whoever cites the same number.
    """
    found = numbered(keys)
    hidden = of_records(one.pk for one in found) | (of_others(found, by) if by else set())
    register: dict[str, list[Document]] = defaultdict(list)
    for one in found:
        if one.pk not in hidden:
            register[one.number_key].append(one)
    return register


def longest(name: str) -> int:
    """How much a column of a document holds; the whole line stands in the citation as printed."""
    return Document._meta.get_field(name).max_length


def cited_by(entries: Sequence[BasisEntry], *, by: User | None) -> list[Document | None]:
    """The paper each basis cites: as the form found it, as the register has it, else added to be looked at later.

    Numbers recur: the register's paper is meant where its date may be the printed one. Nothing is cited
    where only words are known.
    """
    papers = [to_add(entry) for entry in entries]
    register = in_register({paper.number_key for paper in papers if paper and paper.number_key}, by=by)
    added, cited = [], []
    for entry, paper in zip(entries, papers, strict=True):
        if paper is None:
            cited.append(entry.cited)
            continue
        known = next((one for one in register[paper.number_key] if may_be(one, paper.dated)), None)
        if known is None:
            added.append(paper)
            if paper.number_key:
                register[paper.number_key].append(paper)
        cited.append(known or paper)
    bulk_create(added)
    return cited


def to_add(entry: BasisEntry) -> Document | None:
    """What a basis would add to the register; its number not read, or the paper found, it adds nothing."""
    if entry.cited or not entry.number or len(entry.number) > longest("number"):
        return None
    paper = Document(title=entry.title or entry.printed, looked_at=False)
    paper.type_printed = entry.type_words[: longest("type_printed")]
    paper.dated, paper.issuer_printed = entry.dated, entry.issuer[: longest("issuer_printed")]
    set_number(paper, entry.number)
    return paper


def write_sources(document: Document, entries: list[SourceEntry]) -> None:
    """Write the sources of a paper; one that other papers rest on too stays, and a new one is made."""
    wanted, new, kept = [], [], []
    for entry in entries:
        values = {"title": entry.title, "publisher": entry.publisher, "address": entry.address}
        columns = date_columns("published", entry.published)
        source = entry.source
        taken = source is not None and {"source": source} in wanted
        if source is None or taken or (differs(source, values | columns) and not is_of(document, source)):
            source = Source(**values, **columns, read_on=timezone.localdate())
            new.append(source)
        else:
            kept.append((source, values | columns))
        wanted.append({"source": source})
    set_changed(kept)
    bulk_create(new)
    rows = document.source_uses.select_related("source")
    write_rows(rows, wanted, match=("source",), new=lambda **values: SourceUse(document=document, **values))


def differs(source: Source, values: dict) -> bool:
    """Whether a source says something else than these values."""
    return any(getattr(source, name) != value for name, value in values.items())


def is_of(document: Document, source: Source) -> bool:
    """Whether a source belongs to this paper alone."""
    return set(source.uses.values_list("document_id", flat=True)) == {document.pk}


def write_files(document: Document, entries: list[FileEntry]) -> None:
    """Tie files to the paper; a file dropped from the form waits unowned until it is swept away."""
    kept = {entry.attachment.pk for entry in entries}
    away = {"document": None, "audience": Audience.BODY}
    pairs = [(one, away) for one in document.attachments.all() if one.pk not in kept]
    for place, entry in enumerate(entries, start=1):
        values = {"document": document, "position": place, "caption": entry.caption}
        pairs.append((entry.attachment, values | {"audience": entry.audience or Audience.BODY}))
    set_changed(pairs)

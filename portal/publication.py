"""What becomes public and what stays inside: the one page an approver reads before publishing.

Owns the parts every paper has; an app tells its own through its section (``publication_parts``). The
words are those of the visitor's page, and all of them: what is approved is what was read here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from portal import sections
from portal.changes import capital
from portal.models import Attachment, Audience, Citation, Document, Paper, Partner, WorkingCopy
from portal.models.records import read_with, released_at
from portal.wording import dated_words, size_words

NOT_PUBLIC = "chưa công khai"
JOURNAL = "mọi lần sửa, người sửa, lý do trả lại"


@dataclass(frozen=True)
class Line:
    """One part of a record, named, and its words."""

    part: str
    words: str = ""


@dataclass
class Preview:
    """What everybody will read, what they will not, and what goes out."""

    public: list[Line] = field(default_factory=list)
    inside: list[Line] = field(default_factory=list)
    sent: list[Line] = field(default_factory=list)
    """What the approval sends to others."""

    def add(self, audience: str, part: str, words: object) -> None:
        """Put a part on the side of its audience; an empty one is not named."""
        text = str(words or "").strip()
        if text and audience == Audience.PUBLIC:
            self.public.append(Line(part, text))
        elif text:
            self.inside.append(Line(part, f"{text} ({who_reads(audience)})"))

    def tell(self, part: str, words: object) -> None:
        """Name a part that is always public, when there is any."""
        self.add(Audience.PUBLIC, part, words)

    def keep(self, part: str, words: object) -> None:
        """Name a part that is never public, when there is any."""
        if text := str(words or "").strip():
            self.inside.append(Line(part, text))


def who_reads(audience: str) -> str:
    """Who reads a part that is not public: "chỉ cơ quan soạn xem"."""
    return f"chỉ {Audience(audience).label} xem"


def publication_preview(record: Paper, *, sent: Collection[str] = ()) -> Preview:
    """Every part and file of a record by whether the public will read it; what was ``sent`` before goes out no more."""
    document, preview = record.document, Preview()
    preview.sent += [line for code, line in sections.errands(record).items() if code not in sent]
    partners = list(document.partners.select_related("organization"))
    _head(preview, record)
    _parties(preview, partners, capital(record.words["side"]))
    _signatures(preview, document)
    for section in sections.every():
        if (parts := section.publication_parts(record)) is not None:
            preview.public += parts.public
            preview.inside += parts.inside
    for partner in partners:
        preview.tell(f"Trách nhiệm của {partner.own_name}", partner.responsibilities)
    _references(preview, document)
    for attachment in document.attachments.all():
        preview.add(attachment.audience, "Tệp", file_words(attachment))
    preview.tell("Cơ quan giữ", record.keeper)
    _inside(preview, record, partners)
    return preview


def released_with(record: Paper) -> list[Paper]:
    """The papers, published themselves, that the public reads only while it reads this record."""
    found = (papers.filter(released_at()) for papers in read_with([record.document_id]))
    return [one for papers in found for one in papers.select_related("document").order_by("pk")]


def _head(preview: Preview, record: Paper) -> None:
    document = record.document
    preview.tell("Loại văn bản", document.type_printed or document.type or capital(record._meta.verbose_name))
    preview.tell("Tên gọi", document.title)
    preview.tell("Số, ký hiệu", document.number)
    day = capital(record.words["dated"])
    preview.tell(day, dated_words(document))
    preview.tell(f"{day} suy ra từ", document.marks.get("dated", {}).get("inferred"))


def _parties(preview: Preview, partners: Iterable[Partner], called: str) -> None:
    sides: dict[int, list[str]] = {}
    for partner in partners:
        names = sides.setdefault(partner.side, [])
        if str(partner) not in names:
            names.append(str(partner))
    for side, names in sorted(sides.items()):
        preview.public.append(Line(f"{called} {side}", " - ".join(names)))


def _signatures(preview: Preview, document: Document) -> None:
    for one in document.signatures.select_related("person"):
        authority = f"{one.authority}. " if one.authority else ""
        preview.tell(f"Người ký, bên {one.side}", f"{authority}{one}")
        preview.add(Audience.PARTIES, f"Ghi chú về chữ ký, bên {one.side}", one.note)


def _references(preview: Preview, document: Document) -> None:
    for number, basis in enumerate(document.citations.filter(role=Citation.Role.BASIS), start=1):
        preview.tell(f"Căn cứ {number}", basis.printed)
        preview.add(Audience.PARTIES, f"Ghi chú về căn cứ {number}", basis.note)
    for use in document.source_uses.select_related("source"):
        published = str(use.source.published) if use.source.published.known else ""
        publisher = f"{use.source.publisher}: " if use.source.publisher else ""
        said = [f"{publisher}{use.source.title}", published, use.source.address]
        preview.tell("Nguồn", ", ".join(filter(None, said)))
        preview.add(Audience.PARTIES, "Ghi chú về nguồn", use.note)


def file_words(attachment: Attachment) -> str:
    """A file as people know it: its caption or name, and its size."""
    return f"{attachment.caption or attachment.name} ({size_words(attachment.size)})"


def _inside(preview: Preview, record: Paper, partners: Iterable[Partner]) -> None:
    """What never leaves the bodies that keep and sign the paper."""
    for partner in partners:
        preview.keep(f"Bộ phận đầu mối của {partner.own_name}", partner.focal_room)
    for note in dict.fromkeys([record.note, record.document.note]):
        preview.keep("Ghi chú nội bộ", note)
    copies = WorkingCopy.objects.filter(record_code=record.code, purpose=WorkingCopy.Purpose.COPY)
    if copies.exists():
        preview.keep("Bản đang sửa", "chỉ thay bản đã duyệt khi được duyệt")
    preview.keep("Nhật ký", capital(JOURNAL))

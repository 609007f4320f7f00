"""A document in words: its type, when it was signed, its files as listed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portal.dates import PartialDate, Period, PeriodKind
from portal.files import SMALL, address
from portal.models import Attachment, Document, Partner

FILE_KINDS = {
    "pdf": ("PDF", "file-pdf"),
    "docx": ("Word", "file-text"),
    "xlsx": ("Excel", "file-table"),
    "jpeg": ("Ảnh", "file-image"),
    "png": ("Ảnh", "file-image"),
}


def type_of(document: Document) -> str:
    """The type as printed, else as registered."""
    return document.type_printed or (document.type.name if document.type else "")


def issuers_of(documents: Collection[int]) -> dict[int, list[str]]:
    """The bodies and groups on the sides of each of these documents, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in Partner.objects.filter(document__in=documents).select_related("organization"):
        found[one.document_id].append(str(one))
    return found


def dated_words(document: Document) -> str:
    """The signing date, or what is known about it; only a paper said to be a draft is "not signed"."""
    if document.signing == Document.Signing.DRAFT:
        return "dự thảo, chưa ký"
    if document.dated.known:
        return document.dated.long()
    is_signed = document.signing == Document.Signing.SIGNED
    words = f"đã ký, {document.dated}" if is_signed else document.dated.unknown_word
    return f"{words} (văn bản ghi “{document.dated.printed}”)" if document.dated.printed else words


def size_words(size: int) -> str:
    """A size in KB or MB: "240 KB", "1,2 MB"."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")


@dataclass
class FileLine:
    """A file as listed: what it is called, what it is, and what else is said of it."""

    attachment: Attachment
    note: str = ""

    @property
    def url(self) -> str:
        """Where it is opened."""
        return address(self.attachment)

    @property
    def small_url(self) -> str:
        """Where a picture is seen small, as in a list."""
        return f"{self.url}?{SMALL}"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.attachment.caption or self.attachment.name

    @property
    def icon(self) -> str:
        """Its sign."""
        return FILE_KINDS.get(self.attachment.kind, ("", "file"))[1]

    @property
    def line(self) -> str:
        """Kind, pages and size, and what else is said: "PDF · 6 trang · 1,2 MB"."""
        kind = FILE_KINDS.get(self.attachment.kind, (self.attachment.kind.upper(), ""))[0]
        pages = f"{self.attachment.pages} trang" if self.attachment.pages else ""
        return " · ".join(filter(None, (kind, pages, size_words(self.attachment.size), self.note)))

    @property
    def audience(self) -> str:
        """Who may open it, in words."""
        return self.attachment.get_audience_display()


def side_names(partners: Iterable[Partner]) -> list[str]:
    """One name a side, as printed where the side signs under one name."""
    sides: dict[int, list[str]] = {}
    for partner in partners:
        names = sides.setdefault(partner.side, [])
        name = partner.printed or partner.organization.name
        if name not in names:
            names.append(name)
    return [" - ".join(names) for _, names in sorted(sides.items())]


def joined(names: list[str]) -> str:
    """Names in a row: A và B; A, B và C."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " và " + names[-1] if names else ""


def short_period(period: Period) -> str:
    """A period in the narrow first column: years only."""
    if period.kind == PeriodKind.OPEN and period.first:
        return f"từ {period.start_year}"
    if period.first and period.last:
        years = dict.fromkeys((period.start_year, period.end_year))
        return "–".join(str(year) for year in years)
    return "không hạn" if period.kind == PeriodKind.NONE else period.unknown_word


def period_name(period: Period) -> str:
    """A period where it stands after a name: years, else what is known in full."""
    return short_period(period) if period.first else str(period)


def signed_words(document: Document) -> str:
    """When a paper was signed, marked where part of the date was inferred."""
    return said_date(document.signing, document.dated, document.marks)


def said_date(signing: str, dated: PartialDate, marks: dict) -> str:
    """A signing date in the words of a list; only a paper said to be a draft is "not signed"."""
    if signing == Document.Signing.DRAFT:
        return "dự thảo, chưa ký"
    if not dated.known:
        return f"{dated} ký"
    inferred = " (suy\u00a0ra)" if marks.get("dated", {}).get("inferred") else ""
    return f"ký {short_date(dated)}{inferred}"


def short_date(dated: PartialDate) -> str:
    """A date without its remark on what is missing."""
    return str(dated).removesuffix(" (chưa rõ năm)")

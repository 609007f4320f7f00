"""A document in words: its type, when it was signed, its files as listed."""

from dataclasses import dataclass

from portal.files import address
from portal.models import Attachment, Document

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


def dated_words(document: Document) -> str:
    """The signing date, or what is known about it; only a paper said to be a draft is "not signed"."""
    if document.signing == Document.Signing.DRAFT:
        return "dự thảo, chưa ký"
    if document.dated.known:
        return document.dated.long()
    return "đã ký, chưa rõ ngày" if document.signing == Document.Signing.SIGNED else "chưa rõ"


def size_words(size: int) -> str:
    """A size in KB or MB: "240 KB", "1,2 MB"."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")


@dataclass
class FileLine:
    """A file as listed: what it is called, what it is."""

    attachment: Attachment

    @property
    def url(self) -> str:
        """Where it is opened."""
        return address(self.attachment)

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
        """Kind, pages and size: "PDF · 6 trang · 1,2 MB"."""
        kind = FILE_KINDS.get(self.attachment.kind, (self.attachment.kind.upper(), ""))[0]
        pages = f"{self.attachment.pages} trang" if self.attachment.pages else ""
        return " · ".join(part for part in (kind, pages, size_words(self.attachment.size)) if part)

    @property
    def audience(self) -> str:
        """Who may open it, in words."""
        return self.attachment.get_audience_display()

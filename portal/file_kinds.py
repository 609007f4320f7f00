"""What an uploaded file is, by its content: the kinds taken in, how each is known, and why one is refused.

A name proves nothing, so none is looked at here except for the stamp of secrecy. Nothing is unpacked
to disk, and no more is read from a package than a document of its size may hold.
"""

import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from django.core.files.base import File
from PIL import Image

from portal.text import clean

NOTHING_IS_LOADED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class NotTaken(Exception):
    """A file that is not taken in; the message is the sentence for the person who sent it."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its stored key, the word for it, and how it is handed out.

    ``policy`` is the Content-Security-Policy a browser applies to the file itself. A PDF goes
    without ``sandbox``, under which Safari shows an empty window.
    """

    key: str
    label: str
    media_type: str
    suffixes: tuple[str, ...]
    inline: bool = True
    policy: str = f"{NOTHING_IS_LOADED}; sandbox"


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = Kind("pdf", "PDF", "application/pdf", (".pdf",), policy=NOTHING_IS_LOADED)
DOCX = Kind("docx", "Word", f"{_OFFICE}.wordprocessingml.document", (".docx",), inline=False)
XLSX = Kind("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), inline=False)
JPEG = Kind("jpeg", "Ảnh JPEG", "image/jpeg", (".jpg", ".jpeg"))
PNG = Kind("png", "Ảnh PNG", "image/png", (".png",))
KINDS = {kind.key: kind for kind in (PDF, DOCX, XLSX, JPEG, PNG)}

OTHER = "Tệp này không phải PDF, Word (.docx), Excel (.xlsx), JPEG hoặc PNG."
EMPTY = "Tệp này không có nội dung."
BROKEN = "{label} này bị hỏng hoặc chưa tải đủ. Xin mở thử trên máy rồi gửi lại."
OLD_OFFICE = (
    "Tệp Word, Excel kiểu cũ (.doc, .xls) hoặc có đặt mật khẩu chưa được nhận. "
    "Xin lưu lại thành .docx, .xlsx hoặc PDF không đặt mật khẩu."
)
MACROS = "Tệp có chứa macro nên không được nhận. Xin lưu lại thành .docx hoặc .xlsx."
BOMB = "Nội dung nén trong tệp lớn quá mức cho phép nên không được nhận."
MANY_PIXELS = "Ảnh lớn hơn 100 triệu điểm ảnh. Xin quét hoặc chụp lại ở độ phân giải thấp hơn."
ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
"""What a file field offers to choose from."""
PICTURES_ACCEPTED = ".jpg,.jpeg,.png"
"""What a field of photographs offers."""

STAMPED = "Không nhận văn bản có độ mật."

MOST_PIXELS = 100_000_000
MOST_ENTRIES = 5_000
MOST_DIRECTORY = 2 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_STATED = 1024 * 1024
"""Largest list of parts of a package, unpacked."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(upload: File) -> Kind:
    """The kind of a file by its content, or :class:`NotTaken` with the reason."""
    upload.seek(0)
    head = upload.read(1024)
    if not head:
        raise NotTaken(EMPTY)
    if head.startswith(b"PK\x03\x04"):
        return _office(upload)
    if head.startswith(b"\xff\xd8\xff"):
        return _image(upload, JPEG)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _image(upload, PNG)
    if head.startswith(_OLE):
        raise NotTaken(OLD_OFFICE)
    if b"%PDF-" in head:
        return _pdf(upload, head)
    raise NotTaken(OTHER)


# --- PDF and pictures


def _pdf(upload: File, head: bytes) -> Kind:
    before = head.partition(b"%PDF-")[0]
    if b"<" in before or before.startswith(b"MZ"):
        raise NotTaken(OTHER)  # a page or a program that also reads as a PDF
    if b"%%EOF" not in _tail(upload, 2048):
        raise NotTaken(BROKEN.format(label=f"Tệp {PDF.label}"))
    return PDF


def _tail(upload: File, length: int) -> bytes:
    upload.seek(0, 2)
    upload.seek(max(0, upload.tell() - length))
    return upload.read(length)


def _image(upload: File, kind: Kind) -> Kind:
    """A picture Pillow can read; its size is looked at before anything is decoded."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload.file, formats=[kind.key.upper()]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise NotTaken(MANY_PIXELS)
                _decode_small(image)
    except Image.DecompressionBombError as error:
        raise NotTaken(MANY_PIXELS) from error
    except NotTaken:
        raise
    except Exception as error:  # Pillow raises whatever its readers meet in a hostile file
        raise NotTaken(BROKEN.format(label=kind.label)) from error
    finally:
        upload.file.seek(0)
    return kind


def _decode_small(image: Image.Image) -> None:
    """Check a picture to its end without holding its pixels: PNG by checksums, JPEG at an eighth."""
    if image.format == "PNG":
        image.verify()
        return
    progressive = "progressive" in image.info or "progression" in image.info
    if progressive and image.width * image.height > 25_000_000:
        return  # a progressive picture is held whole to be decoded at any size
    image.draft("L", (max(1, image.width // 8), max(1, image.height // 8)))
    image.load()


# --- Word and Excel

_MAIN = {
    f"{_OFFICE}.wordprocessingml.document.main+xml": (DOCX, "word/document.xml"),
    f"{_OFFICE}.spreadsheetml.sheet.main+xml": (XLSX, "xl/workbook.xml"),
}
_ACTIVE = re.compile(r"vbaproject|vbadata|/macrosheets/|/activex/|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr)$")


def _office(upload: File) -> Kind:
    """A Word or Excel package without anything that runs."""
    _check_directory(upload)
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload.file) as package:
            _check_entries(package)
            kind, main = _main_part(package)
            if kind is DOCX and _is_stamped(package, main):
                raise NotTaken(STAMPED)
    except NotTaken:
        raise
    except KeyError as error:  # a package of something else
        raise NotTaken(OTHER) from error
    except Exception as error:  # whatever a hostile package makes the readers raise
        raise NotTaken(BROKEN.format(label="Tệp Word, Excel")) from error
    return kind


def _check_directory(upload: File) -> None:
    """Refuse a table of contents too long to be read: a document never needs one."""
    tail = _tail(upload, 66_000)
    end = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - 18))
    if end < 0:
        raise NotTaken(BROKEN.format(label="Tệp Word, Excel"))
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if length > MOST_DIRECTORY or tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        raise NotTaken(BOMB)


def _check_entries(package: zipfile.ZipFile) -> None:
    """Refuse what unpacks too large, says one name twice, is locked, or carries something that runs."""
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotTaken(BOMB)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names) or any(entry.flag_bits & 1 for entry in entries):
        raise NotTaken(OTHER)
    if any(_ACTIVE.search(name) for name in names):
        raise NotTaken(MACROS)


def _main_part(package: zipfile.ZipFile) -> tuple[Kind, str]:
    """What the package says it is, and the part that proves it."""
    if package.getinfo("[Content_Types].xml").file_size > MOST_STATED:
        raise NotTaken(BOMB)
    stated = package.read("[Content_Types].xml")
    if b"macroenabled" in stated.lower():
        raise NotTaken(MACROS)
    if b"<!" in stated.replace(b"<!--", b""):
        raise NotTaken(OTHER)  # Office writes no document type, and attacks need one
    for entry in ElementTree.fromstring(stated):  # noqa: S314, without a document type
        if found := _MAIN.get(entry.get("ContentType", "")):
            kind, usual = found
            part = (entry.get("PartName") or usual).lstrip("/")
            package.getinfo(part)
            return kind, part
    raise NotTaken(OTHER)


# --- the stamp of secrecy

_STAMPS = {"MẬT", "TỐI MẬT", "TUYỆT MẬT"}
_COMPOUND_BEFORE = {"BẢO", "BÍ", "CƠ", "THÂN", "ĐỘ", "TÚI"}
_COMPOUND_AFTER = {
    "ĐỘ",
    "MÃ",
    "KHẨU",
    "ONG",
    "THIẾT",
    "VỤ",
    "THƯ",
    "NGHỊ",
    "DANH",
    "HIỆU",
    "LỆNH",
    "ƯỚC",
    "BÁO",
}
_FIRST_PAGE = 100
"""How many written lines of a Word file are looked at for a stamp."""


def name_is_stamped(name: str) -> bool:
    """Whether a file name carries a degree of secrecy as words of its own: "KH 12 (MẬT).pdf"."""
    words = re.findall(r"[^\W_]+", clean(name))
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word.upper() != "MẬT" or after.upper() in _COMPOUND_AFTER:
            continue
        if before.upper() in {"TỐI", "TUYỆT"} or (word == "MẬT" and before.upper() not in _COMPOUND_BEFORE):
            return True
    return False


def _is_stamped(package: zipfile.ZipFile, main: str) -> bool:
    """Whether a line on the first page or in a header of a Word file is nothing but the stamp."""
    headers = [name for name in package.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
    return any(
        line.strip("[]() ") in _STAMPS for part in [main, *headers[:20]] for line in _lines(package, part)
    )


@dataclass
class _Lines:
    """What is written in a part, one paragraph or line break at a time."""

    longest: int = 1000
    breaks: tuple[str, ...] = (" p", " br", " cr", " tab")
    found: list[str] = field(default_factory=list)
    line: str = ""
    in_text: bool = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.in_text = tag.endswith(" t")
        if tag.endswith(self.breaks):
            self.end_line()
        elif tag.endswith(" tab"):
            self.line += " "

    def end(self, tag: str) -> None:
        self.in_text = False
        if tag.endswith(" p"):
            self.end_line()

    def text(self, words: str) -> None:
        if self.in_text and len(self.line) < self.longest:
            self.line += words

    def end_line(self) -> None:
        if line := clean(self.line):
            self.found.append(line)
        self.line = ""


def word_lines(data: IO[bytes], *, most: int) -> list[str]:
    """The first written lines of a kept Word file, as many as asked; none where it cannot be read."""
    try:
        with zipfile.ZipFile(data) as package:
            _check_entries(package)
            kind, main = _main_part(package)
            whole = _Lines(longest=50_000, breaks=(" p", " br", " cr"))
            return list(_lines(package, main, whole, most)) if kind is DOCX else []
    except Exception:  # what passed when it was taken in may be read by other rules now
        return []


def _lines(
    package: zipfile.ZipFile, part: str, lines: _Lines | None = None, most: int = _FIRST_PAGE
) -> Iterable[str]:
    """The first written lines of a part, read piece by piece."""

    def refuse(*args: object) -> None:
        raise NotTaken(OTHER)  # Office writes no document type, and attacks need one

    lines, parser = lines or _Lines(), expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = lines.begin, lines.end
    parser.CharacterDataHandler = lines.text
    with package.open(part) as stream:
        while len(lines.found) < most:
            piece = stream.read(65_536)
            parser.Parse(piece, not piece)
            if not piece:
                break
    return lines.found[:most]


# --- pages of a PDF

_PAGES = re.compile(rb"/Type\s*/Pages\b")
_TREE = re.compile(rb"<<[^<>]*/Type\s*/Pages\b[^<>]*>>")
_COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
_LINEARIZED = re.compile(rb"/Linearized\b[^>]*/N\s+(\d{1,6})\b")
_READ_FOR_PAGES = 8 * 1024 * 1024


def page_count(upload: IO[bytes] | File, kind: Kind, size: int) -> int | None:
    """How many pages a PDF says it has, where it says so plainly and once; else None."""
    if kind is not PDF:
        return None
    upload.seek(0)
    if first := _LINEARIZED.search(upload.read(2048)):
        return int(first[1]) or None
    if size > _READ_FOR_PAGES:
        return None
    upload.seek(0)
    text = upload.read()
    trees = _TREE.findall(text)
    roots = [tree for tree in trees if b"/Parent" not in tree]
    if len(trees) != len(_PAGES.findall(text)) or len(roots) != 1:
        return None
    counted = _COUNT.search(roots[0])
    return int(counted[1]) or None if counted else None

"""Filling a template: the office's own or the portal's, with plain words; and checking one before it is taken.

Users' text stands in the words, never in a template: it is escaped, stripped of what XML cannot hold, and
not read as a template again. Templates run in a sandbox that knows the words and nothing else (:mod:`portal.word.sandbox`).
"""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from jinja2.sandbox import SecurityError

from portal.files import content
from portal.models import Organization, WordTemplate
from portal.word.papers import PAPERS, WordPaper, Words
from portal.word.sandbox import Sandbox, TooMuch

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITTEN = (2026, 1, 1, 0, 0, 0)
"""The time written beside every part of a file: the same words give the same bytes."""
LONGEST_TITLE = 255
LARGEST_WORDS = 5 * 1024 * 1024
"""Of the parts of a template that are read as words, unpacked."""
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TemplateRefused(Exception):
    """A template that is not taken; the message is the sentence for the person who brought it."""


# --- filling


def render(key: str, words: Words, *, body: Organization | None, title: str = "") -> bytes:
    """A paper as the bytes of a Word file, on the template of the body it is written for."""
    paper = PAPERS[key]
    template = WordTemplate.objects.standing_for(key, body)
    if template is not None:
        try:
            return filled(content(template.file), words, title=title)
        except Exception:  # whatever a file from outside makes the library raise; it passed on the samples
            log.exception("The template %s of %s failed; the portal's own is used", template.pk, key)
    return filled(paper.sheet.path.read_bytes(), words, title=title)


def has_place_for(word: str, key: str, body: Organization | None) -> bool:
    """Whether the template that stands for a body uses a word; the portal's own uses all."""
    template = WordTemplate.objects.standing_for(key, body)
    if template is None:
        return True
    try:
        sheet = DocxTemplate(io.BytesIO(content(template.file)))
        return word in sheet.get_undeclared_template_variables(Sandbox())
    except Exception:  # :func:`render` says so and uses the portal's own
        return True


def filled(template: bytes, words: Words, *, title: str = "") -> bytes:
    """A template with its words filled in."""
    paper = DocxTemplate(io.BytesIO(template))
    paper.render(writable(words), Sandbox(), autoescape=True)
    paper.docx.core_properties.title = writable(title)[:LONGEST_TITLE]
    raw = io.BytesIO()
    paper.save(raw)
    return packed(raw)


def writable(value: Any) -> Any:
    """The same words without the characters an XML file cannot hold."""
    if isinstance(value, str):
        return _NOT_IN_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {name: writable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [writable(part) for part in value]
    return value


def packed(raw: io.BytesIO) -> bytes:
    """The parts of a package with one time on all of them."""
    whole = io.BytesIO()
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(zipfile.ZipInfo(name, WRITTEN), parts.read(name), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


# --- checking what an office brings

NOT_OPENED = "Không mở được tệp này như một văn bản Word. Xin lưu lại thành .docx rồi gửi lại."
OUTSIDE = "Mẫu có phần lấy từ nơi khác (ảnh hoặc mẫu liên kết). Xin chèn thẳng vào tệp rồi lưu lại."
UNKNOWN = "Mẫu dùng từ “{word}” mà văn bản này không có. Các từ dùng được: {words}."
BADLY_WRITTEN = "Có chỗ {{{{ }}}} hoặc {{% %}} trong mẫu viết chưa đúng{near}. Xin sửa lại theo mẫu của cổng."
FORBIDDEN = "Mẫu gọi tới phần không được phép. Chỉ dùng các từ đã liệt kê."
TOO_LONG = "Các vòng lặp trong mẫu lồng nhau quá nhiều, văn bản dài không dừng. Xin bớt vòng lặp."
TOO_LARGE = "Mẫu có quá nhiều chữ và định dạng. Xin bắt đầu lại từ mẫu của cổng."
NOT_FILLED = "Không dựng được văn bản từ mẫu này. Xin sửa lại từ mẫu của cổng."
SAYS_NOTHING = (
    "Mẫu chưa dùng từ nào của văn bản này, nên tệp tải về sẽ luôn như nhau. Các từ dùng được: {words}."
)


def check(key: str, template: bytes) -> None:
    """Refuse a template that does not stand every sample of its paper; say why in one sentence."""
    paper = PAPERS[key]
    try:
        _check_size(template)
        _check_links(template)
        used = DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables(Sandbox())
        _check_words(paper, used)
        for sample in paper.samples():
            docx.Document(io.BytesIO(filled(template, sample)))
    except TemplateRefused:
        raise
    except TooMuch as error:
        raise TemplateRefused(TOO_LONG) from error
    except SecurityError as error:
        raise TemplateRefused(FORBIDDEN) from error
    except UndefinedError as error:
        word = next(iter(re.findall(r"'(\w+)'", str(error))[-1:]), "")
        raise TemplateRefused(UNKNOWN.format(word=word, words=", ".join(paper.words))) from error
    except TemplateError as error:
        near = " ".join(" ".join(getattr(error, "docx_context", ())).split())[:80]
        raise TemplateRefused(BADLY_WRITTEN.format(near=f", gần “{near}”" if near else "")) from error
    except Exception as error:  # whatever a file from outside makes the libraries raise
        raise TemplateRefused(NOT_FILLED) from error


def _check_size(template: bytes) -> None:
    """Refuse what takes long merely to read: its pictures may be large, its words may not."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(template)).infolist()
    except zipfile.BadZipFile as error:
        raise TemplateRefused(NOT_OPENED) from error
    if sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))) > LARGEST_WORDS:
        raise TemplateRefused(TOO_LARGE)


def _check_links(template: bytes) -> None:
    """Refuse what Word would fetch from elsewhere when the paper is opened; a link to press is only text."""
    try:
        package = docx.Document(io.BytesIO(template)).part.package
    except Exception as error:
        raise TemplateRefused(NOT_OPENED) from error
    if any(link.is_external and link.reltype != RELATIONSHIP_TYPE.HYPERLINK for link in _links(package)):
        raise TemplateRefused(OUTSIDE)


def _links(package: Any) -> Iterator[Any]:
    yield from package.rels.values()
    for part in package.iter_parts():
        yield from part.rels.values()


def _check_words(paper: WordPaper, used: set[str]) -> None:
    words = ", ".join(paper.words)
    if unknown := sorted(used - set(paper.words)):
        raise TemplateRefused(UNKNOWN.format(word=unknown[0], words=words))
    if not used:
        raise TemplateRefused(SAYS_NOTHING.format(words=words))

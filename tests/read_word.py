"""Reading back the Word files written: lines with their styles in the order a person reads them, and pages."""

import io
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.table import Table


@dataclass(frozen=True)
class Line:
    """A paragraph: its words and its style."""

    text: str
    style: str


def opened(written: bytes) -> Document:
    """A Word file."""
    return docx.Document(io.BytesIO(written))


def lines(paper: Document) -> list[Line]:
    """The paragraphs that say something, those of tables in their place, row by row."""
    return [line for line in _lines(paper) if line.text.strip()]


def _lines(block: Any) -> list[Line]:
    found: list[Line] = []
    for part in block.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                cells = {id(cell._tc): cell for cell in row.cells}  # a merged cell is met once a column
                found += [line for cell in cells.values() for line in _lines(cell)]
        else:
            found.append(Line(part.text.replace("\u00a0", " "), part.style.name))
    return found


def texts(paper: Document, style: str = "") -> list[str]:
    """The words of the paragraphs, all or those of one style."""
    return [line.text for line in lines(paper) if style in ("", line.style)]


def reminders(paper: Document) -> list[str]:
    """What stands over the first page and over the others."""
    page = paper.sections[0]
    return [
        "".join(one.text for one in header.paragraphs) for header in (page.first_page_header, page.header)
    ]


def looks(paper: Document, style: str) -> tuple[str | None, float, bool, bool]:
    """Font, size, bold and italic of a style."""
    font = paper.styles[style].font
    return font.name, font.size.pt, bool(font.bold), bool(font.italic)

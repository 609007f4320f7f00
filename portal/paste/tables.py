"""The rows of a table as a word processor puts it on the clipboard: the one reader of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.paste.printed import MARKER, NUMERAL, depth_of
from portal.text import clean, fold

LONGEST_HEAD = 60
_HEAD_OF_ORDINALS = r"TT|STT|Số(?: TT| thứ tự)?"
_ORDINAL = re.compile(rf"(?:\d{{1,3}}|[IVX]{{1,5}}|{_HEAD_OF_ORDINALS})?[.)]?", re.IGNORECASE)
_HEADED = re.compile(rf"\s*(?:{_HEAD_OF_ORDINALS})\s*\t", re.IGNORECASE)


def table_rows(text: str) -> list[list[str]]:
    """The cells of each row, without the column of ordinals; a cell of several paragraphs keeps its lines.

    A line of no cells that bears a number of its own stands by itself.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    wide = lines[0].count("\t") + 1 if lines else 0
    rows: list[list[str]] = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        is_own = len(cells) == 1 and depth_of(cells[0]) == NUMERAL
        if rows and (len(rows[-1]) < wide or (len(cells) == 1 and not is_own)):
            rows[-1][-1] = f"{rows[-1][-1]}\n{cells[0]}".strip()
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    is_numbered = wide > 1 and all(_ORDINAL.fullmatch(row[0]) for row in rows if len(row) > 1)
    return [row[1:] if len(row) > 1 else row for row in rows] if is_numbered else rows


def rows_as_lines(text: str) -> str:
    """A block with a table in it as lines: of each row its first cell, the others in brackets; heads left out."""
    lines = text.splitlines()
    at = next((at for at, line in enumerate(lines) if "\t" in line), None)
    if at is None:
        return text
    rows = table_rows("\n".join(lines[at:]))[bool(_HEADED.match(lines[at])) :]
    tidy = ([cell for cell in map(clean, row) if cell] for row in rows)
    told = (f"{text} ({'; '.join(others)})" if others else text for text, *others in filter(None, tidy))
    return "\n".join([*lines[:at], *told])


def untabbed(text: str) -> str:
    """The text with spaces for its tabs, where these only part a list's own markers from its words."""
    lines = [line for line in text.splitlines() if "\t" in line]
    return text.replace("\t", " ") if all(map(_is_marked, lines)) else text


def _is_marked(line: str) -> bool:
    marker, tab, words = line.strip().partition("\t")
    found = MARKER.match(f"{marker} {words}") if tab and "\t" not in words else None
    return found is not None and found.end() > len(marker)


def columns_of(row: list[str], heads: Mapping[str, tuple[str, ...]], main: str) -> tuple[str, ...]:
    """The field of each column by its head, ``main`` among them; nothing where the row is no row of heads."""
    found = tuple(
        next((name for name, words in heads.items() if any(one in fold(head) for one in words)), "")
        for head in row
    )
    known = [name for name in found if name]
    is_head = main in known and len(known) == len(set(known)) > 1 and max(map(len, row)) <= LONGEST_HEAD
    return found if is_head else ()

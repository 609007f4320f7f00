"""The rows of a table as a word processor puts it on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.text import fold

LONGEST_HEAD = 60
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|TT|STT|Số(?: TT| thứ tự)?)?[.)]?", re.IGNORECASE)


def table_rows(text: str) -> list[list[str]]:
    """The cells of each row, without the column of ordinals; a cell of several paragraphs keeps its lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    wide = lines[0].count("\t") + 1 if lines else 0
    rows: list[list[str]] = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if rows and (len(rows[-1]) < wide or len(cells) == 1):
            rows[-1][-1] = f"{rows[-1][-1]}\n{cells[0]}".strip()
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    is_numbered = wide > 1 and all(_ORDINAL.fullmatch(row[0]) for row in rows)
    return [row[1:] for row in rows] if is_numbered else rows


def columns_of(row: list[str], heads: Mapping[str, tuple[str, ...]], main: str) -> tuple[str, ...]:
    """The field of each column by its head, ``main`` among them; nothing where the row is no row of heads."""
    found = tuple(
        next((name for name, words in heads.items() if any(one in fold(head) for one in words)), "")
        for head in row
    )
    known = [name for name in found if name]
    is_head = main in known and len(known) == len(set(known)) > 1 and max(map(len, row)) <= LONGEST_HEAD
    return found if is_head else ()

"""Tasks pasted from a plan: a list, or the table of its annex with who, when and what comes of it.

Pure functions over text. What is read is shown as rows before it is kept.
"""

import re
from itertools import zip_longest

from portal.paste import split_items
from portal.text import clean, fold

HEADS = {
    "text": ("noi dung", "nhiem vu", "cong viec"),
    "lead": ("chu tri", "don vi thuc hien", "co quan thuc hien"),
    "joint": ("phoi hop",),
    "time": ("thoi gian", "tien do", "thoi han"),
    "product": ("san pham", "ket qua"),
}
"""What the columns of such tables are headed with, folded."""
UNHEADED = {
    2: ("text", "lead"),
    3: ("text", "lead", "time"),
    4: ("text", "lead", "joint", "time"),
    5: ("text", "lead", "joint", "time", "product"),
}
"""The columns of a table without heads, by how many there are."""
LONGEST_HEAD = 60
_NUMBER = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|TT|STT)?[.)]?", re.IGNORECASE)


def split_tasks(text: str) -> list[dict[str, str]]:
    """The tasks of a pasted block, by the fields of their rows."""
    if "\t" not in text:
        return [{"text": one} for one in split_items(text)]
    rows = _rows(text)
    if all(_NUMBER.fullmatch(row[0]) for row in rows):  # the column of ordinals
        rows = [row[1:] for row in rows]
    columns = _columns(rows[0]) if rows else ()
    if columns:
        rows = rows[1:]
    found = []
    for row in rows:
        names = columns or UNHEADED.get(len(row), ("text",))
        cells = list(zip_longest(names, row, fillvalue=""))
        told = {name: cell for name, cell in cells if name and cell}
        text_and_rest = [cell for name, cell in cells if cell and name in {"text", ""}]
        if told or text_and_rest:  # a column nobody knows is not dropped
            found.append(told | {"text": "; ".join(text_and_rest)})
    return found


def _rows(text: str) -> list[list[str]]:
    """The rows of a table as a word processor puts it on the clipboard: a cell of several paragraphs breaks its line."""
    lines = [line for line in text.splitlines() if line.strip()]
    wide = lines[0].count("\t") + 1 if lines else 0
    rows: list[list[str]] = []
    for line in lines:
        cells = [clean(cell) for cell in line.split("\t")]
        if rows and (len(rows[-1]) < wide or len(cells) == 1):
            rows[-1][-1] = clean(f"{rows[-1][-1]} {cells[0]}")
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    return rows


def _columns(heads: list[str]) -> tuple[str, ...]:
    """The field of each column by its head; nothing where the first row is no row of heads."""
    found = tuple(
        next((name for name, words in HEADS.items() if any(one in fold(head) for one in words)), "")
        for head in heads
    )
    known = [name for name in found if name]
    is_head = "text" in known and len(known) == len(set(known)) > 1 and max(map(len, heads)) <= LONGEST_HEAD
    return found if is_head else ()

"""Tasks pasted from a plan: a list, or the table of its annex with who, when and what comes of it.

Pure functions over text. What is read is shown as rows before it is kept.
"""

from itertools import zip_longest

from portal.paste import columns_of, split_items, table_rows, untabbed
from portal.text import clean

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


def split_tasks(text: str) -> list[dict[str, str]]:
    """The tasks of a pasted block, by the fields of their rows."""
    text = untabbed(text)
    if "\t" not in text:
        return [{"text": one} for one in split_items(text)]
    rows = [[clean(cell) for cell in row] for row in table_rows(text)]
    columns = columns_of(rows[0], HEADS, "text") if rows else ()
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

"""Row sets: ordered rows inside a form, added, moved and dropped by the server.

Every row is optional and blank rows are skipped. The buttons "Thêm", "Lên", "Xuống", "Bỏ" and
"Tách thành dòng" post the whole form; :func:`edit_rows` changes its raw data and the page is drawn
again. Nothing is stored by them, and none of them is the form's first button, so Enter never
presses one.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

from portal.forms.fields import whole_number
from portal.paste import LONGEST_BLOCK, as_item

MOST_ROWS = 300
TOO_LONG = f"Dán quá dài: nhiều nhất {MOST_ROWS} dòng, 200.000 ký tự. Xin bớt đi, hoặc chia ra nhiều văn bản."


class RowSet(BaseFormSet):
    """A formset whose rows are all optional and come from the data alone."""

    extra = 0
    can_order = can_delete = can_delete_extra = False
    absolute_max = max_num = MOST_ROWS
    min_num = 0
    validate_max = validate_min = edit_only = False
    form = forms.Form
    legend = ""
    is_too_long = False
    """Whether more lies in the paste box than becomes rows."""

    def __init__(self, data: QueryDict, *, prefix: str, form_kwargs: dict | None = None) -> None:
        super().__init__(data, prefix=prefix, form_kwargs=form_kwargs)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None:
            form.row_words = f"dòng {index + 1}"

    def clean(self) -> None:
        if self.is_too_long:
            raise forms.ValidationError(TOO_LONG)

    @property
    def filled(self) -> list[forms.Form]:
        """The rows somebody has written in, in order."""
        return [row for row in self.forms if row.has_changed()]

    @property
    def pasted(self) -> str:
        """What lies in the paste box of the set and became no rows yet."""
        return self.data.get(f"{self.prefix}-dan", "")


def row_count(data: QueryDict, prefix: str) -> int:
    """How many rows of a set the raw data holds, blank ones included."""
    try:
        return max(0, min(int(data.get(f"{prefix}-TOTAL_FORMS", 0)), MOST_ROWS))
    except ValueError:
        return 0


def set_row_count(data: QueryDict, prefix: str, total: int) -> None:
    """Write the management fields of a row set."""
    data[f"{prefix}-TOTAL_FORMS"] = str(total)
    data[f"{prefix}-INITIAL_FORMS"] = "0"


def with_rows(data: QueryDict, prefixes: Iterable[str]) -> QueryDict:
    """The data with sane management fields for every row set: hostile or missing ones are repaired."""
    repaired = data.copy()
    for prefix in prefixes:
        set_row_count(repaired, prefix, row_count(data, prefix))
    return repaired


def append_rows(data: QueryDict, prefix: str, rows: Iterable[dict[str, str]]) -> None:
    """Add filled rows after the last one."""
    total = row_count(data, prefix)
    for row in rows:
        if total >= MOST_ROWS:
            break
        for name, value in row.items():
            data[f"{prefix}-{total}-{name}"] = value
        total += 1
    set_row_count(data, prefix, total)


def read_rows(data: QueryDict, prefix: str) -> list[dict[str, list[str]]]:
    """The raw rows of a set, in order."""
    rows: list[dict[str, list[str]]] = [{} for _ in range(row_count(data, prefix))]
    for key in data:
        start, _, rest = key.removeprefix(f"{prefix}-").partition("-")
        place = whole_number(start) if key.startswith(f"{prefix}-") else None
        if place is not None and rest and place < len(rows):
            rows[place][rest] = data.getlist(key)
    return rows


def write_rows(data: QueryDict, prefix: str, rows: list[dict[str, list[str]]]) -> None:
    """Replace the raw rows of a set."""
    for key in [key for key in data if key.startswith(f"{prefix}-") and key[len(prefix) + 1 :][:1].isdigit()]:
        del data[key]
    for index, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    set_row_count(data, prefix, len(rows))


Splitter = Callable[[str], list[dict[str, str]]]


def edit_rows(
    data: QueryDict,
    command: str,
    splitters: dict[str, Splitter] | None = None,
    new_rows: dict[str, dict[str, str]] | None = None,
) -> QueryDict:
    """The data after one row command: ``items:add``, ``items:up:2``, ``items:drop:2``, ``items:split``.

    ``new_rows`` says what an added row starts with. An unknown command changes nothing.
    """
    changed = data.copy()
    prefix, _, rest = command.partition(":")
    verb, _, number = rest.partition(":")
    if verb == "add":
        append_rows(changed, prefix, [(new_rows or {}).get(prefix, {})])
    elif verb == "split" and splitters and prefix in splitters:
        split_paste(changed, prefix, splitters[prefix])
    elif (place := whole_number(number)) is not None and place < row_count(changed, prefix):
        rows = read_rows(changed, prefix)
        _move(rows, verb, place)
        write_rows(changed, prefix, rows)
    return changed


def split_paste(data: QueryDict, prefix: str, splitter: Splitter) -> None:
    """Turn what lies in the paste box of a set into rows, shown before they are kept; what does not fit stays there."""
    if (text := data.get(f"{prefix}-dan", "").strip()) and not is_too_long(data, prefix, splitter):
        rows = [row for row in read_rows(data, prefix) if says_something(row)]
        found = splitter(text)
        write_rows(data, prefix, rows)
        append_rows(data, prefix, found)
        data[f"{prefix}-dan"] = ""


def is_too_long(data: QueryDict, prefix: str, splitter: Splitter) -> bool:
    """Whether more lies in the paste box of a set than is read, or than there is room for."""
    text = data.get(f"{prefix}-dan", "").strip()
    if len(text) > LONGEST_BLOCK:
        return True
    return bool(text) and sum(map(says_something, read_rows(data, prefix))) + len(splitter(text)) > MOST_ROWS


def split_lines(data: QueryDict, prefix: str, splitter: Splitter) -> None:
    """Turn several lines typed into one row's text into as many rows, each with what that row says beside it.

    Points ("a) …", "- …") below the first line stay its own.
    Which stored row it was, and which it continues, the first of them alone goes on telling.
    """
    rows = []
    for row in read_rows(data, prefix):
        text = "".join(row.get("text", []))
        is_cut = "\n" in text.strip() and len(text) <= LONGEST_BLOCK
        parts = [one["text"] for one in splitter(as_item(text))] if is_cut else []
        kept = {name: values for name, values in row.items() if name not in OF_ONE_ROW}
        rows += [{**(kept if at else row), "text": [part]} for at, part in enumerate(parts)] or [row]
    if len(rows) <= MOST_ROWS:
        write_rows(data, prefix, rows)


OF_ONE_ROW = {"item", "origin", "row"}
WORDS = {"name", "text", "capacity", "printed", "file", "paper", "topic", "title"}


def says_something(row: dict[str, list[str]]) -> bool:
    """Whether a raw row holds more than the presets of its lists."""
    return any("".join(row.get(name, [])).strip() for name in WORDS)


def _move(rows: list[Any], verb: str, index: int) -> None:
    if verb == "drop":
        del rows[index]
    elif verb == "up" and index > 0:
        rows[index - 1], rows[index] = rows[index], rows[index - 1]
    elif verb == "down" and index + 1 < len(rows):
        rows[index + 1], rows[index] = rows[index], rows[index + 1]

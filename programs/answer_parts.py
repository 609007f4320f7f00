"""A unit's part as the page posts it and as it is kept: told apart part by part, marked, begun from what was sent before."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from portal.forms.rows import append_rows, read_rows, row_count
from portal.marks import key_of
from portal.models import Attachment
from portal.numbers import number_words
from portal.text import clean_block
from programs.models.rounds import PARTS

TEXTS = tuple(part for part in PARTS if part != "figures")
FILES = "files"
EACH = (*PARTS, FILES)
"""The parts that are saved each by itself, files among them."""


def is_of(name: str, part: str) -> bool:
    """Whether a posted field belongs to a part."""
    return name == part if part in TEXTS else name.startswith(f"{part}-")


def answer_part(posted: QueryDict) -> QueryDict:
    """The posted data without what belongs to the page, and without NUL, which PostgreSQL refuses."""
    kept = QueryDict(mutable=True)
    for name, values in posted.lists():
        if any(is_of(name, part) for part in EACH):
            kept.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    return kept


def mark_of(data: QueryDict, part: str) -> str:
    """A short mark of what a part says, the same whatever blank rows and spaces stand in it."""
    if part in TEXTS:
        return key_of(clean_block(data.get(part, "")))
    rows = [
        sorted(
            (name, clean_block(value))
            for name, values in row.items()
            for value in values[-1:]
            if value.strip()
        )
        for row in read_rows(data, part)
    ]
    return key_of(repr([row for row in rows if row]))


def replace_part(data: QueryDict, part: str, taken: QueryDict) -> None:
    """Write a part as another form has it."""
    for name in [name for name in data if is_of(name, part)]:
        del data[name]
    for name, values in taken.lists():
        if is_of(name, part):
            data.setlist(name, values)


def figure_row(figure: Mapping[str, str], *, again: bool = False) -> dict[str, str]:
    """The raw row of a figure; told again in a new round, its number of then only stands beside it."""
    told = {"counts": figure["counts"], "unit": figure.get("unit", "")}
    if again:
        return told | {"before": said_then(figure)}
    return told | {"value": figure_words(figure), "as_of": figure.get("as_of", "")}


def figure_words(figure: Mapping[str, str]) -> str:
    """The number of a figure as it would be typed."""
    return f"{figure.get('approximator', '')} {number_words(Decimal(figure['value']))}".strip()


def said_then(figure: Mapping[str, str]) -> str:
    """How many, and as of when, in words: "trên 1.045 mô hình (tính đến 12/2020)"."""
    day = f" (tính đến {figure['as_of']})" if figure.get("as_of") else ""
    return f"{figure_words(figure)} {figure.get('unit', '')}".strip() + day


def figure_line(figure: Mapping[str, str]) -> str:
    """A figure in one line."""
    return f"{figure['counts']}: {said_then(figure)}"


def sent_data(
    content: Mapping[str, Any], files: Iterable[Attachment] = (), *, again: bool = False
) -> QueryDict:
    """What the page would have posted for something sent; ``again``: to be told anew of a later time."""
    data = QueryDict(mutable=True)
    for name in TEXTS:
        data[name] = content.get(name, "")
    append_rows(data, "figures", [figure_row(one, again=again) for one in content.get("figures", [])])
    append_rows(data, FILES, [{"file": one.code} for one in files])
    return data


def with_blank_row(data: QueryDict) -> QueryDict:
    """The data with one empty figure to begin with, where there is none."""
    if not row_count(data, "figures"):
        append_rows(data, "figures", [{}])
    return data


def told_parts(content: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    """What was told, part by part: its name, its words, its figures."""
    return [
        (label, "" if key == "figures" else held, list(map(figure_line, held)) if key == "figures" else [])
        for key, label in PARTS.items()
        if (held := content.get(key))
    ]

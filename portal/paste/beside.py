"""What a paper prints side by side: the columns of its lines, and its sides told so brought one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from portal.paste.people import is_post
from portal.paste.sides import NAME, take_sides
from portal.text import clean, fold

TAB, GAP = "\u2409", "\u2423"
"""What stands for a tab and for a gap of spaces while lines are tidied."""
BESIDE = re.compile(rf" *[{TAB}{GAP}][ {TAB}{GAP}]*")
_GAPS = re.compile(r"(?<=\S)[ \u00a0]{4,}(?=\S)|^[ \u00a0]{20,}(?=\S)", re.MULTILINE)
_SIDE_BEGINS = re.compile(
    rf"(?:[IVX\d]{{1,4}}\s*[.)–-]\s*)?(?P<called>{NAME})\s*(?:\([^()]*\)\s*)?(?P<colon>[:–-]|\Z)",
    re.IGNORECASE,
)
_MENTIONS = re.compile(rf"\b{NAME}\b", re.IGNORECASE)
_FURTHER_SIDE = re.compile(rf"\s+(?={NAME}\s*:)", re.IGNORECASE)
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:;,.\d]{1,30}?)\s*:")
_PERSON = re.compile(r"(?:ông|bà)(?: \(bà\))?", re.IGNORECASE)
MOST_ROWS = 20


def marked(text: str) -> str:
    """The text with marks for its tabs and for gaps of spaces, which tidying would fold away."""
    return _GAPS.sub(GAP, text.replace("\t", TAB))


def cells(line: str) -> list[str]:
    """What stands side by side in a line."""
    return [cell for cell in map(clean, BESIDE.split(line)) if cell]


def sides_in_turn(lines: list[str]) -> list[str]:
    """The lines; where the sides are told side by side ("BÊN A: …   BÊN B: …"), all of one before all of the next."""
    lines = list(chain.from_iterable(map(_cells_apart, lines)))
    for at, line in enumerate(lines):
        if not _MENTIONS.search(line):
            continue
        heads = _heads(line)
        if len(heads) < 2:
            if _SIDE_BEGINS.match(line) and len(cells(line)) == 1:
                return lines  # told one below the other
            continue
        columns, end = [[head] for head in heads], at + 1
        for row in _rows(lines[at + 1 : at + 1 + MOST_ROWS], len(heads)):
            end += 1
            for column, told in zip(columns, row, strict=True):
                column += filter(None, told)
        told = [one for column in columns for one in _whole_names(column)]
        if len(take_sides(told)[0]) == len(heads):
            return [*lines[:at], *told, *lines[end:]]
    return lines


def _cells_apart(line: str) -> list[str]:
    """A line; where in a table the cell of the next side begins behind the last line of the one before, two."""
    found = cells(line) if _MENTIONS.search(line) else []
    begun = [bool((side := _SIDE_BEGINS.match(cell)) and side["colon"]) for cell in found]
    return found if any(begun[1:]) and not begun[0] else [line]


def _heads(line: str) -> list[str]:
    """The sides that begin in a line, each with its colon; none where something else stands there too."""
    beside = cells(line)
    beside = _FURTHER_SIDE.split(beside[0]) if len(beside) == 1 else beside
    found = list(map(_SIDE_BEGINS.match, beside))
    called = {fold(one["called"]) for one in found if one}
    if not all(found) or len(called) < len(beside):
        return []
    return [cell if one["colon"] else f"{cell}:" for cell, one in zip(beside, found, strict=True)]


def _rows(lines: list[str], wide: int) -> Iterator[list[list[str]]]:
    """The rows below such heads: of each column its cells; an empty line is one where a further row stands below."""
    for at, line in enumerate(lines):
        row = _row(line, wide) if line else [[] for _ in range(wide)]
        if row is None or not any(lines[at:]) or (not line and _row(lines[at + 1], wide) is None):
            return
        yield row


def _row(line: str, wide: int) -> list[list[str]] | None:
    """The cells of each column, as many in each; nothing where a line is none of the rows."""
    beside = [clean(cell) for cell in BESIDE.split(line)]
    if len(beside) == 1:
        beside = _again(beside[0])
    if (
        len(beside) == 1 and beside[0].isupper() and ":" not in beside[0]
    ):  # a long name goes on in the first column
        beside += [""] * (wide - 1)
    if not any(beside) or len(beside) % wide:
        return None
    each = len(beside) // wide
    return [beside[at : at + each] for at in range(0, len(beside), each)]


def _again(line: str) -> list[str]:
    """The line cut where the label it begins with comes again: "Đại diện: Ông A Đại diện: Bà B"."""
    found = _LABEL.match(line)
    if not found:
        return [line]
    again = r"(?:ông|bà)(?: \(bà\))?" if _PERSON.fullmatch(found["label"]) else re.escape(found["label"])
    return re.split(rf"\s+(?={again}\s*:)", line, flags=re.IGNORECASE)


def _whole_names(column: list[str]) -> list[str]:
    """A column; the name of its body, printed on several lines, on one."""
    head, *below = column
    while below and _goes_on(head, below[0]):
        head = f"{head} {below.pop(0)}"
    return [head, *below]


def _goes_on(name: str, line: str) -> bool:
    is_named = not name.endswith((":", "–", "-"))
    return line[:1].islower() or (
        name.isupper() and line.isupper() and ":" not in line and not (is_named and is_post(line))
    )

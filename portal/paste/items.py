"""The commitments of a pasted block: one a line, a numeral or a bullet, each with its points; how many it says there are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.paste.printed import (
    CLOSED,
    LONGEST_BLOCK,
    LONGEST_LINE,
    MARKER,
    NUMERAL,
    depth_of,
    end_of_inner,
    without_markers,
)
from portal.paste.tables import rows_as_lines, untabbed
from portal.text import clean_block

_NEW_AFTER_SEMICOLON = re.compile(r"\s*;\s*(?=(?P<numeral>\(?\d{1,2}[.)/]\s*)?[“\"‘'(]?(?P<letter>[^\W\d_]))")
_SPELT = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# "trong năm", "hằng năm": a year, not five.
_FIVE = "(?<!trong )(?<!hằng )(?<!hàng )(?<!mỗi )(?<!từng )năm"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_SPELT).replace('năm', _FIVE)}) (?:nhóm )?(?:nội dung|nhiệm vụ)"
_STATED = re.compile(rf"(?<![\w/.-]){_COUNT}\b", re.IGNORECASE)
# A sentence that says how many there are, and the words by which the next one begins to list them.
_SENTENCE_BEFORE = re.compile(
    rf"(?!{MARKER.pattern})[^.:;]{{0,160}}?(?<![\w/.-]){_COUNT}\b[^.:;]{{0,60}}\.\s+"
    r"(?:trong đó|cụ thể|bao gồm|gồm)\b,?\s+(?:sẽ\s+)?",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    rf"(?:(?:các |những |với )?(?:nội dung|nhiệm vụ|trong đó|cụ thể|bao gồm|gồm|{_COUNT})\b[^:;]{{0,120}}"
    r"|[^:;]{0,120}(?:gồm|sau|sau đây|trong đó|cụ thể)):\s*",
    re.IGNORECASE,
)


_HEADING = re.compile(
    r"(?:phần\s+)?[IVX]{1,4}\s*[.)\-–—:]\s*(?:các\s+)?(?:nội dung|nhiệm vụ)\b[^\n;]{0,120}\n+", re.IGNORECASE
)
"""The title of the part, where that was pasted with its list."""


def split_items(text: str) -> list[str]:
    """Cut a block into items: by line, numeral or bullet, and at a semicolon before a capital.

    A line or a part that starts with a small letter goes on the item before it; "a) …" and "- …" below a numbered item
    are lines of its text. Words that only announce the list ("Nội dung phối hợp gồm:", "… tập trung vào 7 nội dung.
    Trong đó, sẽ …") are left out.
    """
    block = clean_block(rows_as_lines(untabbed(text[:LONGEST_BLOCK])))
    title = _HEADING.match(block)
    block = block[title.end() :] if title else block
    before = _SENTENCE_BEFORE.match(block)
    items = _items(block[before.end() :]) if before else []
    return items if len(items) > 1 else _items(block)


def _items(block: str) -> list[str]:
    lines = _with_points(block.split("\n"))
    lead = _LEAD_IN.match(lines[0][0]) if lines else None
    if lead and lead.end() == len(lines[0][0]) and len(lines) > 1 and len(lines[0]) == 1:
        lines = lines[1:]
    parts = [_split_at_capitals(line) for line, *_ in lines]
    if lead and parts[0][0].startswith(lead[0]) and len(parts[0]) > 1:
        parts[0][0] = without_markers(parts[0][0][lead.end() :])
    found = []
    for each, (_, *points) in zip(parts, lines, strict=True):
        *before, last = map(without_markers, each)
        found += [*before, "\n".join([last, *points])]
    return [item for part in found if (item := part[: end_of_inner(part)].strip())]


def _with_points(lines: Iterable[str]) -> list[list[str]]:
    """Whole lines without their markers, each followed by its points: lines marked deeper, as printed.

    A line that starts with a small letter goes on the one before it.
    """
    found: list[list[list[str]]] = []
    top: int | None = None
    broken = False
    for line in lines:
        inner, depth = without_markers(line), depth_of(line)
        if broken and inner == line and inner[:1].islower():
            found[-1][-1].append(inner)
        elif inner and top is not None and depth is not None and depth > top:
            marker = MARKER.match(line)[0]
            found[-1].append([f"{_PRIVATE.sub('-', marker.strip())} {line[len(marker) :]}"])
        elif inner:
            found.append([[inner]])
            top = depth
        broken = bool(line and found)
    return [[" ".join(words) for words in line] for line in found]


_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""The bullets of a word processor: letters that no other font draws."""


def as_item(text: str) -> str:
    """What stands in one row, as a block of it: numbered where points stand below it, so that they stay its own."""
    first, _, below = text.strip().partition("\n")
    has_points = any((depth_of(line.strip()) or NUMERAL) > NUMERAL for line in below.split("\n"))
    return f"1. {text.strip()}" if has_points and not MARKER.match(first) else text


def stated_count(text: str) -> int | None:
    """How many items a pasted block says it lists: "7 nội dung, trong đó: …", or in its title."""
    block = clean_block(text[:LONGEST_LINE])
    title = _HEADING.match(block)
    block = block[title.end() :] if title else block
    lead = _SENTENCE_BEFORE.match(block) or _LEAD_IN.match(block)
    stated = (lead and _STATED.search(lead[0])) or (title and _STATED.search(title[0]))
    if not stated:
        return None
    said = stated["count"].lower()
    return _SPELT.index(said) + 1 if said in _SPELT else int(said)


def _split_at_capitals(line: str) -> list[str]:
    """Cut at semicolons followed by a capital or a numeral, but not within brackets or quotation marks."""
    closed = [found.span() for found in CLOSED.finditer(line)] if ";" in line else []
    parts: list[str] = []
    at = span = 0
    for cut in _NEW_AFTER_SEMICOLON.finditer(line):
        while span < len(closed) and closed[span][1] <= cut.start():
            span += 1
        within = span < len(closed) and closed[span][0] < cut.start()
        if (cut["numeral"] or cut["letter"].isupper()) and not within:
            parts.append(line[at : cut.start()])
            at = cut.end()
    parts.append(line[at:])
    return parts

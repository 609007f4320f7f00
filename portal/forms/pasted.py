"""A whole paper pasted into the first box: its pieces go where nobody has written yet, and the rest stays in the box."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from django.http import QueryDict

from portal.forms.paper_rows import SIGNED_FOR, signature_row
from portal.forms.rows import append_rows, read_rows, says_something, set_row_count, write_rows
from portal.matching import spelt
from portal.paste import LEFT_OVER, LONGEST_BLOCK, Part, PastedPaper, read_paper, split_duties, stated_count
from portal.text import fold

BOX = "number_line"
SIDES, SIGNATURES, DUTIES = "partners", "signatures", "responsibilities"


def take_paper(
    data: QueryDict, places: Mapping[str, tuple[str, ...]], articles: str, sets: Iterable[str]
) -> set[str]:
    """Move the pieces of a pasted paper into empty fields, rows and paste boxes; returns which.

    ``places`` says with which words the title of a part begins that belongs to a field or a row set, ``articles``
    the field of chapters and articles, ``sets`` the row sets that cut a block by themselves. What each side answers
    for goes to its row, as does who signed for it.
    """
    text = data.get(BOX, "")
    if len(text) > LONGEST_BLOCK:  # what is not read would be lost
        return set()
    paper = read_paper(text)
    if not (paper.bases or paper.parts or paper.articles or paper.told):
        return set()
    pieces: dict[str, list[str]] = {"bases": [paper.bases], articles: [paper.articles]}
    left = []
    duties: list[Part] = []
    for part in chain.from_iterable(parted(one, places) for one in paper.parts):
        name = place_of(part.title, places)
        if name == SIDES:
            duties.append(part)
        else:
            is_whole = places.get(name) == ANYTHING or stated_count(part.whole)
            pieces.setdefault(name, []).append(part.whole if is_whole else part.body)
    taken = set()
    for name, found in pieces.items():
        text = "\n".join(filter(None, found))
        target = f"{name}-dan" if name in sets else name
        if not text:
            continue
        if name and is_empty(data, name, target):
            data[target] = text
            taken.add(name)
        else:
            left.append(whole_of(paper, name, places, text))
    if SIDES in places and paper.parties and is_empty(data, SIDES, SIDES):
        name_sides(data, paper.parties)
        taken.add(SIDES)
    elif names_of_sides(data) != list(paper.parties):
        left.append(paper.told)
    left.append(paper.left)
    for part in duties:
        left.append(take_duties(data, part))
        taken |= {SIDES} if left[-1] != part.whole else set()
    if paper.signers and places and is_empty(data, SIGNATURES, f"{SIGNATURES}-dan"):
        set_row_count(data, SIGNATURES, 0)
        append_rows(data, SIGNATURES, map(signature_row, paper.signers))
        taken.add(SIGNATURES)
    else:
        left.append(paper.signatures)
    data[BOX] = "\n\n".join(filter(None, [paper.head, _left_over(left)]))
    return taken


ANYTHING = ("",)
"""Of a field that takes every part, with its title."""


def parted(part: Part, places: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    """A part, cut where its title names several fields ("Nội dung và phương thức") and its points are one of each."""
    named = {place_of(title, places) for title in _AND.split(part.title)} - {""}
    points = part.points(lambda title: place_of(title, places) in named) if len(named) > 1 else ()
    return points if len(points) > 1 else (part,)


_AND = re.compile(r"\s*,\s*|\s+và\s+", re.IGNORECASE)


def place_of(title: str, places: Mapping[str, tuple[str, ...]]) -> str:
    """The field or row set a part of this title belongs to; nothing where none is its."""
    return next((name for name, words in places.items() if title.lower().startswith(words)), "")


def whole_of(paper: PastedPaper, name: str, places: Mapping[str, tuple[str, ...]], text: str) -> str:
    """What goes into no field, with the titles of its parts."""
    parts = [part.whole for part in paper.parts if place_of(part.title, places) == name]
    return "\n".join(parts) or text


def is_empty(data: QueryDict, name: str, target: str) -> bool:
    """Whether nobody has written in a field, or in a row set and its paste box."""
    return not data.get(target, "").strip() and not any(map(says_something, read_rows(data, name)))


def _left_over(left: list[str]) -> str:
    text = "\n".join(filter(None, left))
    return f"{LEFT_OVER}\n{text}" if text else ""


# --- the sides: what they are called, who signed for each, what each answers for


def is_called(words: str, name: str) -> bool:
    """Whether two names may be of one body: one holds every word of the other, abbreviations spelt out."""
    one, other = (
        set(spelt(fold(re.sub(r"\(đến [^()]+\)$", "", each))).split()) - {"va"} for each in (words, name)
    )
    return bool(one and other) and (one <= other or other <= one)


def which(words: str, names: Sequence[str]) -> int | None:
    """Which of the sides some words name, where they name just one."""
    found = [at for at, name in enumerate(names) if is_called(words, name)]
    return found[0] if len(found) == 1 else None


def names_of_sides(data: QueryDict) -> list[str]:
    """What the rows of the sides are called."""
    return ["".join(row.get("name", [])).strip() for row in read_rows(data, SIDES)]


def name_sides(data: QueryDict, names: Sequence[str]) -> None:
    """Write the sides as the paper prints them, a row each; cleared since, they stay so."""
    write_rows(data, SIDES, [{"side": [str(at)], "name": [name]} for at, name in enumerate(names, start=1)])
    data["proposed"] = f"{data.get('proposed', '')} {SIDES}".strip()


def place_signers(data: QueryDict) -> None:
    """Put signers just read on the side that each one's body is; where that is not known of all, they stay as printed."""
    rows = read_rows(data, SIGNATURES)
    names, sides = names_of_sides(data), [row.get("side", []) for row in read_rows(data, SIDES)]
    new = [
        (at, "".join(row.get("side", [])), "".join(row[SIGNED_FOR]) or "".join(row.get("capacity", [])))
        for at, row in enumerate(rows)
        if SIGNED_FOR in row
    ]
    stands = {side: which(words, names) for _, side, words in new if words}
    meant = {side: "".join(sides[at]) for side, at in stands.items() if at is not None}
    columns, theirs = {side for _, side, _ in new}, {"".join(side) for side in sides}
    if (
        len(columns) == len(theirs) == len(meant) + 1 and set(meant.values()) < theirs
    ):  # the one left is the other's
        meant[(columns - meant.keys()).pop()] = (theirs - set(meant.values())).pop()
    if len(meant) == len(columns) == len(set(meant.values())):
        for at, side, _ in new:
            data[f"{SIGNATURES}-{at}-side"] = meant[side]


def take_duties(data: QueryDict, part: Part) -> str:
    """Write what each side answers for into its row; returns what is said of nobody there, as printed."""
    names, rest = names_of_sides(data), []
    duties = split_duties(part.body)
    meant = [which(words, names) if words else None for words, _, _ in duties]
    if set(meant) - {None} and len(duties) == len(names) == len(set(meant)) and meant.count(None) == 1:
        meant[meant.index(None)] = (set(range(len(names))) - set(meant)).pop()  # the one left is the other's
    for at, (_, text, printed) in zip(meant, duties, strict=True):
        field = f"{SIDES}-{at}-{DUTIES}"
        if at is None or not text or data.get(field, "").strip():
            rest.append(printed)
        else:
            data[field] = text
    return "\n".join([part.line, *rest]) if rest else ""

"""A whole paper pasted into the first box: its pieces go where nobody has written yet, and the rest stays in the box."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from portal.forms.rows import read_rows, says_something
from portal.paste import LEFT_OVER, Part, PastedPaper, read_paper

BOX = "number_line"


def take_paper(
    data: QueryDict, places: Mapping[str, tuple[str, ...]], articles: str, sets: Iterable[str]
) -> set[str]:
    """Move the pieces of a pasted paper into empty fields and paste boxes; returns which.

    ``places`` says with which words the title of a part begins that belongs to a field or a row set, ``articles``
    the field of chapters and articles, ``sets`` the row sets.
    """
    paper = read_paper(data.get(BOX, ""))
    if not (paper.bases or paper.parts or paper.articles):
        return set()
    pieces: dict[str, list[str]] = {"bases": [paper.bases], articles: [paper.articles]}
    left = [paper.left]
    for part in paper.parts:
        name = place_of(part, places)
        pieces.setdefault(name, []).append(part.whole if places.get(name) == ANYTHING else part.body)
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
    data[BOX] = "\n\n".join(filter(None, [paper.head, _left_over(left)]))
    return taken


ANYTHING = ("",)
"""Of a field that takes every part, with its title."""


def place_of(part: Part, places: Mapping[str, tuple[str, ...]]) -> str:
    """The field or row set a part belongs to; nothing where none is its."""
    title = part.title.lower()
    return next((name for name, words in places.items() if title.startswith(words)), "")


def whole_of(paper: PastedPaper, name: str, places: Mapping[str, tuple[str, ...]], text: str) -> str:
    """What goes into no field, with the titles of its parts."""
    parts = [part.whole for part in paper.parts if place_of(part, places) == name]
    return "\n".join(parts) or text


def is_empty(data: QueryDict, name: str, target: str) -> bool:
    """Whether nobody has written in a field, or in a row set and its paste box."""
    return not data.get(target, "").strip() and not any(map(says_something, read_rows(data, name)))


def _left_over(left: list[str]) -> str:
    text = "\n".join(filter(None, left))
    return f"{LEFT_OVER}\n{text}" if text else ""

"""Who signed, as papers print it at their end: under the name of their body, in one column a side, or as a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.headings import as_sentence
from portal.paste.parties import A_BODY, KEPT_NAMES
from portal.paste.people import PersonLine, is_full_name, is_person, is_post, split_people, without_prefix
from portal.paste.printed import LONGEST_LINE
from portal.text import clean, clean_block


@dataclass(frozen=True)
class Signer:
    """One signature: the side by its order, the body as printed there, the authority ("TM", "KT" …), post and name."""

    side: int
    body: str = ""
    authority: str = ""
    capacity: str = ""
    name: str = ""


COLUMN = re.compile(r"[ \u00a0]*\t[\t \u00a0]*|[ \u00a0]{4,}")
"""What parts two columns: tabs, or as many spaces as nobody types within a line."""
_INDENT = re.compile(r"^[ \u00a0]{1,19}(?![ \u00a0\t])")
"""Spaces that centre a line within the left column; more of them lead to the right one."""
_FOR_BODY = re.compile(
    r"(?:(?P<behalf>T/?M\b\.?|THAY MẶT|Thay mặt)|ĐẠI DIỆN|Đại diện)\s*(?P<body>[^:]*)(?::(?P<rest>.*))?"
)
_FOR_CHIEF = re.compile(r"(?P<how>K/?T|T/?L|TUQ|Q)(?:\.|\b)\s*(?P<post>[^\W\d_].*)")
_SIDE = re.compile(r"bên (?:[a-d]|[1-4]|thứ (?:nhất|hai|ba|tư))\s*:?", re.IGNORECASE)
_SIDE_BEFORE = re.compile(rf"{_SIDE.pattern.rstrip('?')}\s*(?=\S)", re.IGNORECASE)
"""How a list calls the side before its signer: "Bên 1: Nguyễn Văn A, Trưởng ban"."""
_PARTS = re.compile(r"\s*,\s*|\s+[-–—]\s+")
_STAMP = re.compile(r"[(\[]?\s*(?:đã\s+)?(?:ký|dấu|đóng dấu)\b[^:]{0,40}", re.IGNORECASE)
POSTS = (
    "Chủ tịch", "Bí thư", "Trưởng Ban", "Giám đốc", "Chánh Văn phòng", "Tỉnh đoàn", "Thành đoàn", "Tỉnh ủy", "Thành ủy",
    "Đảng ủy", "Công an",
)  # fmt: skip
"""Words that keep their capitals in a post printed all in capitals."""


_ADDRESSEES = re.compile(r"nơi nhận\b", re.IGNORECASE)


def split_signers(text: str) -> list[Signer]:
    """Cut a block of signatures, or a list of signers, into one row each.

    Under "TM. …" or "Đại diện …" stand all who signed for that body; in a list without bodies each is of a side.
    """
    return read_signatures(text)[0]


def read_signatures(text: str) -> tuple[list[Signer], list[str]]:
    """The signers of a block, and its lines that are of nobody: to whom the paper goes; every line where none signed."""
    columns = _columns(text[:LONGEST_LINE])
    found: list[Signer] = []
    others: list[str] = []
    signing = []
    for lines in columns:
        signing.append([])
        is_signing = True
        for line in lines:
            is_signing = not _ADDRESSEES.match(line) and (is_signing or bool(_FOR_BODY.fullmatch(line)))
            (signing[-1] if is_signing else others).append(line)
    signing = [lines for lines in signing if any(lines)]
    for lines in signing:
        found += _of_column(lines, sides=found[-1].side if found else 0, begun=len(signing) > 1)
    return (found, others) if found else ([], clean_block(text).split("\n"))


def _columns(text: str) -> list[list[str]]:
    """The columns of a block, each its lines from above: tabbed lines, or a table whose cells hold several lines."""
    printed = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    lines = [line.rstrip() for line in printed]
    tabs = {line.count("\t") for line in printed}
    if len(tabs) == 1 and max(tabs) > 1:  # a table, its empty cells too
        rows = [line.split("\t") for line in printed]
    else:
        rows = [COLUMN.split(_INDENT.sub("", line)) for line in lines]
    wide = [cells for cells in rows if len(cells) > 1]
    if not wide:
        return [clean_block(text).split("\n")]
    if len(rows[0]) == 1 and 2 * len(wide) <= len(rows):  # a tab ends one cell and begins the next
        return [clean_block(cell).split("\n") for cell in COLUMN.split("\n".join(lines))]
    columns: list[list[str]] = [[] for _ in range(max(map(len, wide)))]
    for cells in rows:
        for column, cell in zip(columns, cells, strict=False):
            column.append(clean(cell))
    return [column for column in columns if any(column)]


def _of_column(lines: Iterable[str], *, sides: int, begun: bool) -> list[Signer]:
    """The signers of one column, behind those of so many sides; ``begun``: a column is a side."""
    found: list[Signer] = []
    now = Signer(sides + 1) if begun else Signer(sides)  # whom the next line is of
    is_open = begun
    for line in filter(None, map(clean, lines)):
        if side := _SIDE_BEFORE.match(line):
            found += [now] if is_open and now.capacity else []
            now = now if begun and now == Signer(now.side) else Signer(now.side + 1)
            is_open, line = True, line[side.end() :]
        if for_body := _FOR_BODY.fullmatch(line):
            found += [now] if is_open and now.capacity else []
            side = now.side if is_open and not (now.body or now.capacity) else now.side + 1
            body, rest = for_body["body"], for_body["rest"]
            body, rest = (body, rest) if rest is not None else _before_name(body)
            now = Signer(side, body.strip(" ,."), "TM" if for_body["behalf"] else "")
            is_open, line = True, clean(rest)
        elif for_chief := _FOR_CHIEF.fullmatch(line):
            now = now if is_open else Signer(now.side + 1)
            is_open, how = True, for_chief["how"].replace("/", "")
            chief, rest = _before_name(for_chief["post"])
            now = replace(now, authority=how, body=now.body or _body_of(chief))
            line = for_chief["post"] if how == "Q" else rest
        elif begun and now == Signer(now.side) and _heads_column(line):
            now, line = replace(now, body=line), ""
        if not line or _STAMP.fullmatch(line.strip(" )].")):
            continue
        if people := _people(line):
            for person in people:
                if not is_open and not now.body:
                    now = Signer(now.side + 1)
                found.append(_signed(now, person))
                now, is_open = replace(now, capacity=""), False
            continue
        post = as_sentence(line, (*POSTS, *KEPT_NAMES)) if line.isupper() else line
        if found and not is_open and not found[-1].capacity:  # the post below the name
            found[-1] = replace(found[-1], capacity=post)
            continue
        now = now if is_open else Signer(now.side + 1)
        now, is_open = replace(now, capacity=_joined(now.capacity, post)), True
    if is_open and now.body and not now.capacity and not any(one.body == now.body for one in found):
        now = replace(now, capacity=now.body)  # nobody was read under it: it stands for the eye, unsigned
    return found + ([now] if is_open and now.capacity else [])


def _before_name(words: str) -> tuple[str, str]:
    """What stands before a person's name on one line, and the line from the name on: "UBND quận, Trần Thị Hà, Chủ tịch"."""
    for cut in _PARTS.finditer(words):
        name = without_prefix(words[cut.end() :])
        part = _PARTS.split(name, maxsplit=1)[0]
        if is_person(part) or (_is_capitalised(part) and not A_BODY.match(part)):
            return words[: cut.start()], name
    return words, ""


def _is_capitalised(words: str) -> bool:
    """Whether words can be the name of a person of a family nobody listed: each begins with a capital, none is all of them."""
    return is_full_name(words, known=False) and all(one[:1].isupper() for one in words.split())


def _heads_column(line: str) -> bool:
    """Whether a line is the head of a column: the name of its body, or how the paper calls the side."""
    return bool(_SIDE.fullmatch(line) or (line.isupper() and A_BODY.match(line) and not is_post(line)))


def _body_of(post: str) -> str:
    """The body that a post is of: "GIÁM ĐỐC SỞ NỘI VỤ"."""
    found = A_BODY.search(post)
    return post[found.start() :] if found and found.start() and " " in post[found.start() :] else ""


def _people(line: str) -> list[PersonLine]:
    """The persons of a line; none where it is a post or in capitals, unless these are a name."""
    name = line.title()
    if line.isupper():
        return [PersonLine(name, ())] if is_full_name(name) else []
    people = split_people(line)
    return [] if is_post(line) and not any(is_full_name(one.name) for one in people) else people


def _signed(now: Signer, person: PersonLine) -> Signer:
    posts = [post for post in person.capacities if post != person.heading]
    body = now.body or person.heading
    return replace(now, name=person.name, capacity=_joined(now.capacity, *posts), body=body)


def _joined(*posts: str) -> str:
    return ", ".join(filter(None, posts))

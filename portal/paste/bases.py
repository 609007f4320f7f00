"""The legal bases of a paper: each "Căn cứ …" line cut into the papers it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from portal.dates import PartialDate
from portal.paste.printed import (
    ABOUT,
    CLOSED,
    LONGEST_BLOCK,
    LONGEST_LINE,
    OF,
    TYPE_AT_END,
    TYPE_AT_START,
    date_near,
    end_of_inner,
    joined_lines,
    opened,
    whole_numbers,
)
from portal.symbols import Symbol, cited_symbol
from portal.text import clean, clean_block


@dataclass(frozen=True)
class Basis:
    """A cited paper: the line as printed and what was read from it.

    ``called`` is how the line calls the paper, without the words by which it cites: "Quyết định số 23-QĐ/TW của …".
    """

    printed: str
    type_words: str
    symbol: Symbol | None
    date: PartialDate | None
    issuer: str
    title: str
    called: str


_CITES = re.compile(r"(?:(?:căn cứ(?: vào)?|thực hiện|thi hành|theo|xét|trên cơ sở)\s*:?\s+)*", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*;\s*")
_NEXT_BASIS = re.compile(r"(?:căn cứ|thực hiện|thi hành|theo|xét|trên cơ sở)\b", re.IGNORECASE)
_NUMBERED = re.compile(rf"{TYPE_AT_START.pattern}\s+(?:số|liên tịch số)\s", re.IGNORECASE)
_ISSUER_END = re.compile(
    r"[;:(“\"]|,? (?:về|v/v|ban hành|quy định|sửa đổi|hướng dẫn|khóa|khoá|ngày \d|giai đoạn)(?!\w)",
    re.IGNORECASE,
)
_CARRIES_OUT = re.compile(r",? (?=(?:thực hiện|triển khai)\s)", re.IGNORECASE)
_NAMED_BY_TASK = re.compile(r"(?:ban chỉ đạo|bcđ|tổ)\b", re.IGNORECASE)
"""Bodies called by what they carry out: "Ban Chỉ đạo thực hiện Quy chế dân chủ"."""
_ISSUED = re.compile(r"(?:^|[\s,])(?=(?:ban hành|quy định|sửa đổi|hướng dẫn)\s)", re.IGNORECASE)
_LAW = re.compile(r"(?:bộ luật|luật|pháp lệnh|hiến pháp|điều lệ)\b", re.IGNORECASE)
_NAMED_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+\S")
_OR_FURTHER = re.compile(r"\s*,?\s+và\s+|\s*,\s*", re.IGNORECASE)
_ENDS_THERE = re.compile(
    r"[\s,]*(?:ngày\s+\d{1,2}(?:\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})[\s,]*)?(?:của\s+[^,;:()]+)?",
    re.IGNORECASE,
)
"""What may stand behind the number of a paper of which nothing more is said: its day, who issued it."""
LONGEST_CITATION = 400
"""How long a cited paper may be for a further one to be looked for behind a mere "và"."""
_LAW_NAME_END = re.compile(r"[;(,]|\s+(?:số|ngày|năm|của|đã được|được)\b", re.IGNORECASE)


def split_bases(text: str) -> list[Basis]:
    """Cut the "Căn cứ …" lines of a paper into the papers they cite."""
    bases: list[Basis] = []
    for line in joined_lines(whole_numbers(clean_block(text[:LONGEST_BLOCK])).split("\n")):
        for part in chain.from_iterable(map(_joined_apart, _cited_apart(line))):
            printed = part[: end_of_inner(part)].strip()
            if printed:
                bases.append(_basis(printed))
    return bases


def _cited_apart(line: str) -> Iterator[str]:
    """The papers of one line: cut before the next "căn cứ …", and before a further numbered paper outside brackets."""
    closed = [found.span() for found in CLOSED.finditer(line)]
    at = span = 0
    for cut in _SEMICOLON.finditer(line):
        while span < len(closed) and closed[span][1] <= cut.start():
            span += 1
        within = span < len(closed) and closed[span][0] < cut.start()
        another = _NUMBERED.match(line, cut.end()) or _NAMED_LAW.match(line, cut.end())
        if _NEXT_BASIS.match(line, cut.end()) or (another and not within):
            yield line[at : cut.start()]
            at = cut.end()
    yield line[at:]


def _joined_apart(line: str) -> Iterator[str]:
    """The papers that "và" or a comma joins, where each is named whole: "Luật A ngày … và Luật B ngày …"."""
    at = 0
    for cut in _OR_FURTHER.finditer(line):
        another = _NUMBERED.match(line, cut.end()) or _NAMED_LAW.match(line, cut.end())
        if another and cut.start() - at <= LONGEST_CITATION and _is_whole(line[at : cut.start()]):
            yield line[at : cut.start()]
            at = cut.end()
    yield line[at:]


def _is_whole(words: str) -> bool:
    """Whether some words cite one paper and say no more of it: what it changes or carries out may name others."""
    body = words[_CITES.match(words).end() :]
    if body.count("(") != body.count(")") or body.count("“") != body.count("”"):
        return False
    if _LAW.match(body):
        return "sửa đổi" not in body.lower()
    found = cited_symbol(body) if _NUMBERED.match(body) else None
    after = body[found[2] :] if found else ""
    return bool(found and _ENDS_THERE.fullmatch(after) and not _issuer(after)[1] and not _cited_title(after))


def _basis(printed: str) -> Basis:
    """Read one cited paper."""
    line = printed[:LONGEST_LINE]
    body = line[_CITES.match(line).end() :]
    found = cited_symbol(body)
    symbol, start, end = found or (None, 0, 0)
    after = body[end:]
    type_found = TYPE_AT_END.search(body[:start][-120:]) if found else TYPE_AT_START.match(body)
    type_words = opened(type_found["type"]) if type_found else ""
    called = body[type_found.start("type") + max(0, start - 120) :] if type_found else body
    law = _LAW.match(body)
    issuer, carries_out = _issuer(after)
    return Basis(
        printed=printed,
        type_words=type_words,
        symbol=symbol,
        date=date_near(after) if found or law or type_found else None,
        issuer=issuer,
        title=_law_title(body, law.end()) if law else _cited_title(after) or carries_out,
        called=called[:1].upper() + called[1:],
    )


def _issuer(after: str) -> tuple[str, str]:
    """Who issued the paper, and what it carries out where that alone is said of it."""
    found = OF.search(after)
    if not found:
        return "", ""
    rest = after[found.end() : found.end() + 400]
    end = _ISSUER_END.search(rest)
    name = rest[: end.start()] if end else rest
    carries = None if _NAMED_BY_TASK.match(name) else _CARRIES_OUT.search(name)
    issuer, task = (name[: carries.start()], name[carries.end() :]) if carries else (name, "")
    return clean(issuer).strip(" ,."), clean(task).strip(" ,.")


def _cited_title(after: str) -> str:
    about = ABOUT.search(after)
    if about:
        return after[about.end() :].strip(" ,.;")
    issued = _ISSUED.search(after)
    return after[issued.end() :].strip(" ,.;") if issued else ""


def _law_title(body: str, at: int) -> str:
    end = _LAW_NAME_END.search(body, at)
    return body[at : end.start() if end else len(body)].strip(" ,.;")

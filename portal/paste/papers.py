"""A whole paper pasted at once, cut where it is printed so: head, bases, numbered parts, articles, and what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from portal.paste.printed import LONGEST_BLOCK
from portal.text import clean, clean_block

LEFT_OVER = "Phần còn lại chưa dùng:"
"""The line that stands, in the box, between the head and what went into no field."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PART = re.compile(r"(?:phần\s+)?(?P<number>[IVX]{1,4})\s*[.)\-–—:]\s*(?P<title>[^\W\d_].*)", re.IGNORECASE)
_FIRST_ARTICLE = re.compile(r"(?:CHƯƠNG|Chương|ĐIỀU|Điều)\s+(?:I|1)\b")
_BASIS = re.compile(r"[-–+* ]{0,3}căn cứ\b", re.IGNORECASE)
_FURTHER = re.compile(r"[-–+* ]{0,3}(?:căn cứ|thực hiện|thi hành|theo|xét|trên cơ sở)\b", re.IGNORECASE)
_SIGNERS = re.compile(r"(?:ĐẠI DIỆN|THAY MẶT|T/M\b|TM\.|KT\.|TUQ\.|Nơi nhận\b|NƠI NHẬN\b)")


@dataclass(frozen=True)
class Part:
    """One part under a Roman numeral: its title, and what stands below it."""

    line: str
    title: str
    body: str

    @property
    def whole(self) -> str:
        """The part as printed."""
        return f"{self.line}\n{self.body}".strip()


@dataclass(frozen=True)
class PastedPaper:
    """What a pasted block holds; ``left`` is what stands in none of the others."""

    head: str
    bases: str = ""
    parts: tuple[Part, ...] = field(default=())
    articles: str = ""
    left: str = ""


def read_paper(text: str) -> PastedPaper:
    """Cut a pasted paper into its pieces; a mere number line is all head."""
    block = clean_block(text[:LONGEST_BLOCK])
    lines = block.split("\n")
    if LEFT_OVER in lines:
        at = lines.index(LEFT_OVER)
        return PastedPaper(_joined(lines[:at]), left=_joined(lines[at + 1 :]))
    basis = next((at for at, line in enumerate(lines) if at and _BASIS.match(line)), len(lines))
    body = next(
        (at for at, line in enumerate(lines) if at and (_numbered(line, "I") or _FIRST_ARTICLE.match(line))),
        len(lines),
    )
    if min(basis, body) == len(lines):
        return PastedPaper(block)
    end = next((at for at in range(min(basis, body), len(lines)) if _SIGNERS.match(lines[at])), len(lines))
    end = max(end, min(basis, body))
    body = min(body, end)
    after = _end_of_bases(lines, basis, body) if basis < body else min(basis, body)
    paper = PastedPaper(
        head=_joined(lines[: min(basis, body)]),
        bases=_joined(lines[basis:after]) if basis < body else "",
        left=_joined([*lines[after:body], *lines[end:]]),
    )
    if body < end and _numbered(lines[body], "I"):
        return replace(paper, parts=_parts(lines[body:end]))
    return replace(paper, articles=_joined(lines[body:end]))


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _numbered(line: str, number: str) -> re.Match[str] | None:
    found = _PART.match(line)
    return found if found and found["number"].upper() == number else None


def _end_of_bases(lines: list[str], start: int, end: int) -> int:
    """Where the run of bases ends: at a line that neither cites nor goes on, or that announces what follows."""
    at = after = start
    while at < end:
        line = lines[at]
        if line and (not (_FURTHER.match(line) or line[:1].islower()) or line.endswith(":")):
            break
        at += 1
        after = at if line else after
    return after


def _parts(lines: list[str]) -> tuple[Part, ...]:
    """The parts in the order of their numerals: a numeral out of turn is text."""
    starts: list[int] = []
    for at, line in enumerate(lines):
        if len(starts) < len(_ROMAN) and _numbered(line, _ROMAN[len(starts)]):
            starts.append(at)
    found = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        title, _, first = _PART.match(lines[start])["title"].partition(":")
        found.append(Part(lines[start], clean(title), _joined([first.strip(), *lines[start + 1 : stop]])))
    return tuple(found)

"""Headings: titles as a sentence writes them, and the chapters, articles and clauses of a text.

A title printed in capitals, or begun with a small letter, is proposed to a person who looks at it. The ranks of
lines are read each time a text is shown: nothing of them is stored.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.text import clean, fold

__all__ = ["OutlineLine", "Rank", "as_sentence", "outline"]

_ALWAYS = (
    "Đảng", "Nhà nước", "Nhân dân", "Chính phủ", "Quốc hội", "Mặt trận Tổ quốc", "Việt Nam", "Hồ Chí Minh",
    "Dân vận khéo",
)  # fmt: skip
_SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]{0,3})[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?\Z")
_ROMAN = re.compile(r"(?=[XVI]{3})X{0,3}(?:IX|IV|V?I{0,3})\Z")


def as_sentence(title: str, names: Iterable[str] = ()) -> str:
    """A title as a sentence writes it; ``names`` are proper names known here, which keep their capitals.

    Of a title in capitals what is no Vietnamese syllable (UBND, 07-KH/TU, XIII) stays; other names it cannot know.
    """
    text = clean(title)
    if text.isupper() and " " in text:
        text = " ".join(_lowered(word) for word in text.split())
        for name in sorted({*_ALWAYS, *map(clean, names)} - {""}, key=len):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def _lowered(word: str) -> str:
    letters = word.strip("“”\"'(),.;:…")
    is_syllable = all(_SYLLABLE.match(fold(part)) for part in re.split(r"[-–]", letters) if part)
    return word.lower() if letters.isalpha() and is_syllable and not _ROMAN.match(letters) else word


class Rank(StrEnum):
    """What a line of a regulation is."""

    CHAPTER = "chapter"
    HEADING = "heading"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    TEXT = "text"


@dataclass(frozen=True)
class OutlineLine:
    """A line with its rank; ``lead`` are the words that stand out, ``text`` what runs on after them."""

    rank: Rank
    lead: str
    text: str = ""

    @property
    def whole(self) -> str:
        """The line as it was entered."""
        return f"{self.lead} {self.text}".strip()


LONGEST_HEADING = 200
_CHAPTER = re.compile(r"(?:phần|chương)\s+(?:\d{1,3}|[IVX]{1,6}|thứ \w+)\b[.:]?", re.IGNORECASE)
_ARTICLE = re.compile(r"điều\s+\d{1,4}[a-zđ]?\s*[.:]?(?=\s|$)", re.IGNORECASE)
_HEADING = re.compile(r"(?:mục\s+[\dIVX]+\b|[IVX]+\s*[-.)/])", re.IGNORECASE)
_CLAUSE, _POINT = re.compile(r"\d{1,3}[.)]\s"), re.compile(r"(?:[a-zđ]\)|[-–+•])\s*")


def outline(text: str) -> list[OutlineLine]:
    """The lines of a paper's text, told apart as they are read: chapters with their names, articles, clauses, points."""
    lines: list[OutlineLine] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        last = lines[-1] if lines else None
        # The name of a chapter is often printed on a line of its own, in capitals.
        if last and last.rank == Rank.CHAPTER and not last.text and line.isupper() and not _ranked(line):
            lines[-1] = OutlineLine(Rank.CHAPTER, last.lead, line)
        else:
            lines.append(_ranked(line) or OutlineLine(Rank.TEXT, "", line))
    return lines


def _ranked(line: str) -> OutlineLine | None:
    if len(line) <= LONGEST_HEADING and (found := _CHAPTER.match(line)):
        rest = line[found.end() :].strip(" -–.:")
        return (
            OutlineLine(Rank.CHAPTER, found[0].rstrip(".:"), rest)
            if rest == "" or rest[0].isupper()
            else None
        )
    if found := _ARTICLE.match(line):
        rest = line[found.end() :].strip()
        if rest and not rest[0].isupper():
            return None  # "Điều 5 của Quy chế này" inside a sentence
        names = len(line) <= LONGEST_HEADING and not line.endswith((".", ";", ":"))
        return OutlineLine(Rank.ARTICLE, line) if names else OutlineLine(Rank.ARTICLE, found[0], rest)
    if len(line) <= LONGEST_HEADING and _HEADING.match(line):
        return OutlineLine(Rank.HEADING, line)
    for rank, mark in ((Rank.CLAUSE, _CLAUSE), (Rank.POINT, _POINT)):
        if mark.match(line):
            return OutlineLine(rank, "", line)
    return None

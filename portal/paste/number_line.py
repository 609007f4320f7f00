"""The number line, or the head, of a paper: number, date, kind, title, period, parties."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from portal.dates import PartialDate, Period, find_period
from portal.paste.papers import read_paper
from portal.paste.parties import BETWEEN, PARTIES_END, named_parties
from portal.paste.printed import (
    ABOUT,
    LONGEST_LINE,
    OF,
    TODAY,
    TYPE_AT_END,
    TYPE_AT_START,
    date_near,
    end_of_inner,
    opened,
)
from portal.symbols import Symbol, cited_symbol, find_symbol
from portal.text import clean


@dataclass(frozen=True)
class NumberLine:
    """What the number line (or the head) of a paper says; what is not said is None or empty."""

    symbol: Symbol | None
    date: PartialDate | None
    type_words: str
    title: str
    period: Period | None
    parties: tuple[str, ...]


_DATE_LINE = re.compile(r"(?:[^\d,;]{2,60}, ?)?ngày[^\n]{4,60}\d{4}", re.IGNORECASE)


def read_number_line(text: str) -> NumberLine:
    """Read a printed number line, or the pasted head of a paper, into its parts."""
    paper = read_paper(text[:LONGEST_LINE])
    head = paper.head
    found = find_symbol(head)
    if not found or _is_changed(head[: found[1]]):
        return _unnumbered_line(head, paper.parties)
    symbol, start, end = found
    before, after = head[:start], head[end:]
    type_words = _type_words(before, after)
    title = _title(before, after, type_words)
    above = before.rpartition("\n")[0]
    if not type_words and (type_words := _type_words("", above)):  # the number stands below the title
        title = title or _heading(above.split("\n"), type_words)
    return NumberLine(
        symbol=symbol,
        date=_own_date(before, after),
        type_words=type_words,
        title=title,
        period=find_period(title) or find_period(after),
        parties=named_parties(after, (BETWEEN, OF)) or named_parties(before, (BETWEEN,)) or paper.parties,
    )


def _is_changed(before: str) -> bool:
    """Whether the number that follows is of the paper this one changes: "SỬA ĐỔI, BỔ SUNG / Chương trình số …"."""
    above, _, line = before.rpartition("\n")
    return bool(TYPE_AT_END.search(line[-120:]) and any(map(_AMENDS.match, above.split("\n"))))


def _unnumbered_line(head: str, parties: tuple[str, ...]) -> NumberLine:
    """Read a line or a head that bears no number of its own."""
    lines = [line for line in head.split("\n") if not (_DATE_LINE.fullmatch(line) or TODAY.match(line))]
    cited = cited_symbol(head)  # what follows another paper's number is that paper's day
    type_words = _type_words("", head)
    title = _heading(lines, type_words) or _trimmed("\n".join(lines))
    return NumberLine(
        symbol=None,
        date=date_near(head[: cited[1]] if cited else head) or _day_of_place(head),
        type_words=type_words,
        title=title,
        period=find_period(title),
        parties=named_parties(head, (BETWEEN,)) or parties,
    )


def _own_date(before: str, after: str) -> PartialDate | None:
    """The day of a numbered paper: behind its number, else with its place, else where no other paper is cited before it."""
    line = after.partition("\n")[0]
    near, further = (one[: cited[1]] if (cited := cited_symbol(one)) else one for one in (line, after))
    return date_near(near) or _day_of_place(f"{before}\n{after}") or date_near(further) or date_near(before)


_PLACED = re.compile(r"\w, *(?=ngày\b[ .…_\d]{0,12}tháng\b[ .…_\d]{0,12}năm ?\d{4}[ .]*$)", re.IGNORECASE)
"""How the head of a paper prints its place and day, the name of whoever issued it in the column before."""


def _day_of_place(head: str) -> PartialDate | None:
    """The day that stands with the place, or in "Hôm nay, ngày …"; none that is said of a cited paper."""
    for line in head.split("\n"):
        placed = _PLACED.search(line)
        if TODAY.match(line) or (placed and not cited_symbol(line[: placed.end()])):
            return date_near(line)
    return None


def _type_words(before: str, after: str) -> str:
    """The printed name of the kind of paper: just before "số", or a line of the head that opens with it."""
    last_line = before.rpartition("\n")[2]
    found = TYPE_AT_END.search(last_line[-120:])
    if found:
        return opened(found["type"])
    for line in (last_line, *after.split("\n")):
        if _AMENDS.match(line):
            return AMENDING
        found = TYPE_AT_START.match(line.strip(" *"))
        if found:
            return opened(found["type"])
    return ""


AMENDING = "Văn bản sửa đổi, bổ sung"
"""The kind of a paper that says no other before it says that it changes one."""
_AMENDS = re.compile(r"[ *]*(?:(?:VĂN BẢN|Văn bản)\s+)?(?:SỬA ĐỔI|Sửa đổi),? (?:BỔ SUNG|bổ sung)(?!\w)[ *:]*")
_SUBJECT_LINE = re.compile(r"(?:^|\n)V/v:? ?([^\n]+)", re.IGNORECASE)
_RULE = re.compile(r"[-–—_*=]{2,}")


def _title(before: str, after: str, type_words: str) -> str:
    """What a numbered paper is about, as printed."""
    line, _, rest = after.partition("\n")
    about = ABOUT.search(line)
    if about:
        return _trimmed(f"{line[about.end() :]} {_continued(rest)}")
    subject = _SUBJECT_LINE.search(after)
    title = subject[1] if subject else _heading(rest.split("\n"), type_words) or _after_issuer(line)
    if not title:
        quoted = re.search(r"“([^“”]{3,})”", line)
        title = quoted[1] if quoted else ""
    return _trimmed(title)


def _after_issuer(line: str) -> str:
    """What follows the issuer where no "về" parts them: "của UBND quận thực hiện …"."""
    of = OF.search(line)
    end = PARTIES_END.search(line, of.end()) if of else None
    rest = line[end.start() :].strip(" ,") if end else ""
    return rest if rest[:1].isalpha() else ""


_WITH = (
    r"\((?:được\s+)?(?:ban hành\s+kèm theo\b|kèm theo\s+(?:quyết định|nghị quyết|kế hoạch|công văn|thông tư|văn bản)\b)"
    r"[^()]*(?:\)|\Z)[ .,;]*"
)
_ISSUED_WITH = re.compile(rf"(?:^|\n)\s*{_WITH}(?=\n|\Z)|\s*{_WITH}\Z", re.IGNORECASE)
"""What a paper was issued with, on lines of its own or at the end of its title."""


def _heading(lines: list[str], type_words: str) -> str:
    """The lines after the one that names the kind of paper ("KẾ HOẠCH"), or the line that opens with it."""
    for at, line in enumerate(lines) if type_words else ():
        if type_words == AMENDING and (amends := _AMENDS.match(line)):
            changed = _trimmed(
                "\n".join([line[amends.end() :], *itertools.takewhile(_goes_on, lines[at + 1 :])])
            )
            return f"Sửa đổi, bổ sung {changed.removeprefix('của ')}".strip()
        if opened(line.strip(" *")) == type_words:
            below = itertools.dropwhile(lambda line: not line, lines[at + 1 :])
            title = _trimmed("\n".join(itertools.takewhile(_goes_on, below)))
            about = ABOUT.match(title)
            return title[about.end() :] if about else title
        if line.lower().startswith(type_words.lower()):
            return _trimmed(line)
    return ""


def _goes_on(line: str) -> bool:
    return bool(line) and not _RULE.fullmatch(line) and not TODAY.match(line)


def _continued(rest: str) -> str:
    """The lines that go on a broken one: up to one that does not start with a small letter."""
    return " ".join(itertools.takewhile(lambda line: line[:1].islower(), rest.split("\n")))


def _trimmed(text: str) -> str:
    text = clean(_ISSUED_WITH.sub("", text.strip()))
    return text[: end_of_inner(text)].strip()

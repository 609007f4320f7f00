"""A whole paper pasted at once, cut where it is printed so: head, bases, numbered parts, articles, signatures, the rest."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from portal.paste.beside import BESIDE, GAP, TAB, cells, marked, sides_in_turn
from portal.paste.parties import BETWEEN, named_parties, parties_that_agree, parties_that_issue
from portal.paste.people import is_person
from portal.paste.printed import LONGEST_BLOCK, NUMERAL, TODAY, depth_of, without_markers
from portal.paste.sides import signed_by_sides, silent, take_sides
from portal.paste.signers import Signer, read_signatures
from portal.symbols import cited_symbol
from portal.text import clean, clean_block

LEFT_OVER = "Phần còn lại chưa dùng:"
"""The line that stands, in the box, between the head and what went into no field."""
_LETTERS = ("A", "B", "C", "D", "Đ", "E", "G", "H")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PART = re.compile(r"(?:phần\s+)?(?P<number>[IVX]{1,4})\s*[.)\-–—:]\s*(?P<title>[^\W\d_].*)", re.IGNORECASE)
_LETTERED = re.compile(r"(?:PHẦN\s+)?(?P<number>[A-EĐGH])\s*[.)\-–—:/]\s*(?P<title>[^\W\d_].*)")
"""A part under a letter, whose title is in capitals: "A. MỤC ĐÍCH, YÊU CẦU"."""
_DIGITS = tuple(map(str, range(1, 13)))
_COUNTED = re.compile(r"(?P<number>\d{1,2})\s*[.)/]\s+(?P<title>[^\W\d_].{0,100})")
_TITLED = re.compile(
    r"(?:mục đích|mục tiêu|yêu cầu|nội dung|phương thức|trách nhiệm|phân công|tổ chức thực hiện)\b",
    re.IGNORECASE,
)
"""A part under a plain number, as short papers have them: "2. Nội dung phối hợp", its points "2.1", "2.2"."""
_FIRST_ARTICLE = re.compile(r"(?:CHƯƠNG|Chương|ĐIỀU|Điều)\s+(?:I|1)\b")
_BASIS = re.compile(r"[-–+* ]{0,3}căn cứ\b", re.IGNORECASE)
_FURTHER = re.compile(r"[-–+* ]{0,3}(?:căn cứ|thực hiện|thi hành|theo|xét|trên cơ sở)\b", re.IGNORECASE)
_SIGNERS = re.compile(r"(?:ĐẠI DIỆN|THAY MẶT|T/M\b|K/T\b|TM\.|KT\.|TUQ\.|Nơi nhận\b|NƠI NHẬN\b)")
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)\b")
_ANNOUNCES = re.compile(
    r"(?:như sau|sau đây|dưới đây|(?:nội dung|nhiệm vụ|điều khoản|điểm)(?: chính| cụ thể)? sau)\s*[:.]?\Z",
    re.IGNORECASE,
)
_REPLACES = re.compile(r"\bthay (?:thế|cho)\b", re.IGNORECASE)
_AGREED = re.compile(
    r"[-–+* ]{0,3}(?:trên cơ sở|căn cứ|theo|xét)\s+(?:sự\s+)?(?:thống nhất|thỏa thuận|thoả thuận|bàn bạc)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"(?:hai|ba|bốn|các|những|chúng tôi)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One part under a Roman numeral: its title, and what stands below it."""

    line: str
    title: str
    body: str

    @property
    def whole(self) -> str:
        """The part as printed."""
        first, _, below = self.body.partition("\n")
        runs_on = first and self.line.partition(":")[2].strip() == first
        return f"{self.line}\n{below if runs_on else self.body}".strip()

    def points(self, is_title: Callable[[str], bool]) -> tuple[Part, ...]:
        """Its numbered points under such titles, as parts; none where text stands before the first."""
        found: list[list[str]] = []
        for line in self.body.split("\n"):
            title = without_markers(line).partition(":")[0]
            if depth_of(line) == NUMERAL and is_title(title):
                found.append([line])
            elif found:
                found[-1].append(line)
            else:
                return ()
        return tuple(_part(line, without_markers(line), below) for line, *below in found)


@dataclass(frozen=True)
class PastedPaper:
    """What a pasted block holds; ``left`` is what stands in none of the others."""

    head: str
    bases: str = ""
    parts: tuple[Part, ...] = field(default=())
    articles: str = ""
    signatures: str = ""
    """The block that :attr:`signers` were read in, as printed."""
    signers: tuple[Signer, ...] = ()
    parties: tuple[str, ...] = ()
    """The bodies it is between, named in its head or in the sentence that announces what they agreed."""
    told: str = ""
    """The lines that tell the sides one by one, as printed."""
    announced: str = ""
    """The sentence that announces what was agreed, where it says nothing else."""
    left: str = ""


def read_paper(text: str) -> PastedPaper:
    """Cut a pasted paper into its pieces; a mere number line is all head."""
    printed = clean_block(marked(text[:LONGEST_BLOCK])).split("\n")
    columns = sides_in_turn(_bases_apart(_single_spaced(printed)))
    lines = list(map(_tidy, columns))
    if LEFT_OVER in lines:
        at = lines.index(LEFT_OVER)
        return PastedPaper(_joined(lines[:at]), left=_joined(lines[at + 1 :]))
    numerals = _numerals(lines)
    sides, told, untold = take_sides(lines)
    if sides:
        columns = [columns[at] for at in untold]
        lines = [lines[at] for at in untold]
    basis = next((at for at, line in enumerate(lines) if at and _begins_bases(line)), len(lines))
    body = next(
        (
            at
            for at, line in enumerate(lines)
            if at and (_numbered(line, numerals[0]) or _FIRST_ARTICLE.match(line))
        ),
        _listed(lines),
    )
    if min(basis, body) == len(lines) and not sides:
        end = _end_of_head(lines)
        return PastedPaper(_joined(lines[:end]), left=_joined(lines[end:]))
    begun = range(min(basis, body), len(lines))
    end = next((at for at in begun if _SIGNERS.match(lines[at]) or _heads_columns(columns, at)), len(lines))
    annex = next((at for at in range(end, len(lines)) if _ANNEX.match(lines[at])), len(lines))
    body = min(body, end)
    bases = range(basis, _end_of_bases(lines, basis, body) if basis < body else basis)
    announcing = _announcing(lines, bases.stop if bases else 0, body)
    today = next((at for at in range(body) if TODAY.match(lines[at])), body)
    head = lines[: min(basis, body, announcing, today)]
    head = head[: _end_of_head(head)]
    between = [
        line
        for at, line in enumerate(lines[:body])
        if at >= len(head) and at not in {*bases, announcing, today}
    ]
    signatures = "\n".join(line.replace(TAB, "\t").replace(GAP, "\t") for line in columns[end:annex])
    signers, unsigned = read_signatures(signatures)
    signed = signed_by_sides(signers, sides)
    unsigned += [line for line in told if any(name in line for name in silent(sides, signed))]
    announced = "".join(lines[announcing:body]).strip()
    paper = PastedPaper(
        head=_joined([_joined(head), *(["", lines[today]] if today < body else [])]),
        bases=_joined([lines[at] for at in bases]),
        signatures=signatures if signers else "",
        signers=signed,
        parties=tuple(one.body for one in sides)
        or named_parties(_joined(head), (BETWEEN,))
        or parties_that_agree(_joined([*between, announced]))
        or parties_that_agree(_last_agreed(lines[at] for at in bases))
        or parties_that_issue(one for line in columns[: len(head)] for one in cells(line)[:1]),
        told=_joined(told),
        announced=announced,
        left=_joined([*between, *unsigned, *lines[annex:]]),
    )
    parted = [line.replace(TAB, "\t").replace(GAP, " ").strip() for line in columns[body:end]]
    if body < end and _numbered(lines[body], numerals[0]):
        return replace(paper, parts=_parts(parted, numerals))
    if announced and body < end and not _FIRST_ARTICLE.match(lines[body]):
        return replace(paper, parts=_announced_parts(announced, parted))
    return replace(paper, articles=_joined(lines[body:end]))


def without_left_over(text: str) -> str:
    """A text without what no field took of a pasted paper: that is of the paper it was pasted from."""
    return read_paper(text).head if LEFT_OVER in text else text


def _heads_columns(columns: list[str], at: int) -> bool:
    """Whether the signatures begin with the names of the bodies side by side: below stand the names of persons so."""
    heads = cells(columns[at])
    if len(heads) < 2 or not all(head.isupper() or _SIGNERS.match(head.upper()) for head in heads):
        return False
    below = map(cells, columns[at + 1 : at + MOST_SIGNATURE_LINES])
    return any(len(row) > 1 and all(map(is_person, row)) for row in below)


MOST_SIGNATURE_LINES = 12


def _tidy(line: str) -> str:
    return BESIDE.sub(" ", line).strip()


def _single_spaced(lines: list[str]) -> list[str]:
    """The lines; where nearly each stands alone between empty ones, as a browser copies paragraphs, without these."""
    texts = sum(map(bool, lines))
    touching = sum(bool(one and other) for one, other in itertools.pairwise(lines))
    return list(filter(None, lines)) if texts >= FEWEST_SPACED and touching * 5 < texts else lines


FEWEST_SPACED = 12


def _announces(line: str) -> bool:
    """Whether a line only says that these bodies agreed on what follows."""
    return bool(
        _ANNOUNCES.search(line)
        and not _REPLACES.search(line)
        and (_WE.match(line) or parties_that_agree(line))
    )


def _announcing(lines: list[str], start: int, body: int) -> int:
    """Where the line stands that announces what was agreed, the last before it; where none does, where that begins."""
    last = next((at for at in reversed(range(start, body)) if lines[at]), body)
    return last if last < body and _announces(lines[last]) else body


def _listed(lines: list[str]) -> int:
    """Where a list begins that is announced and has no title, of a paper without parts and articles."""
    for at in range(1, len(lines) - 1):
        if _announces(lines[at]):
            below = next((one for one in range(at + 1, len(lines)) if lines[one]), at)
            return below if depth_of(lines[below]) is not None else len(lines)
    return len(lines)


def _announced_parts(announced: str, lines: list[str]) -> tuple[Part, ...]:
    """What a paper without titled parts agrees on: its numbered list, and what is said behind that."""
    last = max((at for at, line in enumerate(lines) if depth_of(line) is not None), default=-1) + 1
    while last < len(lines) and lines[last][:1].islower():
        last += 1
    parts = (
        Part(announced, "Nội dung", _joined(lines[:last])),
        Part("", "Tổ chức thực hiện", _joined(lines[last:])),
    )
    return tuple(part for part in parts if part.body)


def _last_agreed(bases: Iterable[str]) -> str:
    """The line of the bases by which the bodies agree: "Trên cơ sở thống nhất giữa …"."""
    return next((line for line in reversed(list(bases)) if _AGREED.match(line)), "")


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _numbered(line: str, number: str) -> re.Match[str] | None:
    form = _LETTERED if number in _LETTERS else _COUNTED if number in _DIGITS else _PART
    found = form.fullmatch(line)
    if not found or found["number"].upper() != number:
        return None
    is_title = {_LETTERED: found["title"].isupper(), _COUNTED: not line.endswith((".", ";", ","))}
    return found if is_title.get(form, True) else None


def _numerals(lines: list[str]) -> tuple[str, ...]:
    """What the parts are counted with.

    Letters, where Roman numerals count nothing or begin anew below each; plain numbers, where only these head a part.
    """
    first = {
        one: [at for at, line in enumerate(lines) if _numbered(line, one)] for one in ("A", "B", "I", "1")
    }
    if first["A"] and first["B"] and first["A"][0] < first["B"][-1]:
        below = len(first["I"]) > 1 and first["A"][0] < first["I"][0]
        return _LETTERS if below or not first["I"] else _ROMAN
    if first["I"] or not first["1"] or any(map(_FIRST_ARTICLE.match, lines)):
        return _ROMAN
    titled = [
        found
        for one in _DIGITS
        for line in lines
        if (found := _numbered(line, one)) and _TITLED.match(found["title"])
    ]
    return _DIGITS if len({found["number"] for found in titled}) > 1 else _ROMAN


def _end_of_head(lines: list[str]) -> int:
    """Where a head ends at the latest: before the first line of a list, or the first sentence."""
    for at, line in enumerate(lines[1:], start=1):
        listed = depth_of(line) is not None and not line.startswith("*") and without_markers(line)
        if listed or line.endswith((":", ";", "./.")) or (line.endswith(".") and len(line) > LONGEST_OF_HEAD):
            return at
    return len(lines)


LONGEST_OF_HEAD = 80


def _bases_apart(lines: list[str]) -> list[str]:
    """The lines; where the bases run on into who agrees ("…; Ban A và UBND xã thống nhất như sau:"), that is one of its own."""
    apart: list[str] = []
    for line in lines:
        bases, _, agreed = line.rpartition(";")
        runs_on = bases and _FURTHER.match(line) and _ANNOUNCES.search(agreed)
        if runs_on and (parties_that_agree(agreed) or _WE.match(agreed.strip())):
            apart += [f"{bases};", agreed.strip()]
        else:
            apart.append(line)
    return apart


def _begins_bases(line: str) -> bool:
    """Whether the bases begin here: "Căn cứ …", or another such word before a numbered paper and a semicolon."""
    return bool(_BASIS.match(line) or (_FURTHER.match(line) and line.endswith(";") and cited_symbol(line)))


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


def _parts(lines: list[str], numerals: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts in the order of their numerals: a numeral out of turn is text."""
    starts: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        if len(starts) < len(numerals) and (begun := _numbered(line, numerals[len(starts)])):
            starts.append((at, begun["title"]))
    stops = [*(at for at, _ in starts[1:]), len(lines)]
    return tuple(
        _part(lines[start], title, lines[start + 1 : stop])
        for (start, title), stop in zip(starts, stops, strict=True)
    )


def _part(line: str, words: str, below: list[str]) -> Part:
    """A part by the line it begins with, whose words may run on behind a colon."""
    title, _, first = words.partition(":")
    return Part(line, clean(title), _joined([first.strip(), *below]))

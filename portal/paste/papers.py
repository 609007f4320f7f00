"""A whole paper pasted at once, cut where it is printed so: head, bases, numbered parts, articles, signatures, the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from portal.paste.parties import BETWEEN, named_parties, parties_that_agree
from portal.paste.people import is_full_name
from portal.paste.printed import LONGEST_BLOCK
from portal.paste.signers import Signer, read_signatures
from portal.symbols import cited_symbol
from portal.text import clean, clean_block

LEFT_OVER = "Phần còn lại chưa dùng:"
"""The line that stands, in the box, between the head and what went into no field."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PART = re.compile(r"(?:phần\s+)?(?P<number>[IVX]{1,4})\s*[.)\-–—:]\s*(?P<title>[^\W\d_].*)", re.IGNORECASE)
_FIRST_ARTICLE = re.compile(r"(?:CHƯƠNG|Chương|ĐIỀU|Điều)\s+(?:I|1)\b")
_BASIS = re.compile(r"[-–+* ]{0,3}căn cứ\b", re.IGNORECASE)
_FURTHER = re.compile(r"[-–+* ]{0,3}(?:căn cứ|thực hiện|thi hành|theo|xét|trên cơ sở)\b", re.IGNORECASE)
_SIGNERS = re.compile(r"(?:ĐẠI DIỆN|THAY MẶT|T/M\b|TM\.|KT\.|TUQ\.|Nơi nhận\b|NƠI NHẬN\b)")
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)\b")
_ANNOUNCES = re.compile(r"(?:như sau|sau đây|dưới đây)\s*[:.]?\Z", re.IGNORECASE)
_WE = re.compile(r"(?:hai|ba|bốn|các|những|chúng tôi)\b", re.IGNORECASE)
_TAB, _GAP = "\u2409", "\u2423"
"""What stands for a tab and for a gap of spaces while lines are tidied: the columns of the signatures."""


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
    signatures: str = ""
    """The block that :attr:`signers` were read in, as printed."""
    signers: tuple[Signer, ...] = ()
    parties: tuple[str, ...] = ()
    """The bodies it is between, named in its head or in the sentence that announces what they agreed."""
    announced: str = ""
    """That sentence, where it says nothing else."""
    left: str = ""


def read_paper(text: str) -> PastedPaper:
    """Cut a pasted paper into its pieces; a mere number line is all head."""
    printed = _GAPS.sub(_GAP, text[:LONGEST_BLOCK].replace("\t", _TAB))
    columns = _bases_apart(clean_block(printed).split("\n"))
    lines = [_BESIDE.sub(" ", line).strip() for line in columns]
    if LEFT_OVER in lines:
        at = lines.index(LEFT_OVER)
        return PastedPaper(_joined(lines[:at]), left=_joined(lines[at + 1 :]))
    basis = next((at for at, line in enumerate(lines) if at and _begins_bases(line)), len(lines))
    body = next(
        (at for at, line in enumerate(lines) if at and (_numbered(line, "I") or _FIRST_ARTICLE.match(line))),
        len(lines),
    )
    if min(basis, body) == len(lines):
        return PastedPaper(_joined(lines))
    begun = range(min(basis, body), len(lines))
    end = next((at for at in begun if _SIGNERS.match(lines[at]) or _heads_columns(columns, at)), len(lines))
    annex = next((at for at in range(end, len(lines)) if _ANNEX.match(lines[at])), len(lines))
    body = min(body, end)
    after = _end_of_bases(lines, basis, body) if basis < body else min(basis, body)
    head, between = _joined(lines[: min(basis, body)]), _joined(lines[after:body])
    signatures = "\n".join(line.replace(_TAB, "\t").replace(_GAP, "\t") for line in columns[end:annex])
    signers, unsigned = read_signatures(signatures)
    parties, announced = _agreeing(head, between)
    paper = PastedPaper(
        head=head,
        bases=_joined(lines[basis:after]) if basis < body else "",
        signatures=signatures if signers else "",
        signers=tuple(signers),
        parties=parties,
        announced=announced,
        left=_joined([*([] if announced else lines[after:body]), *unsigned, *lines[annex:]]),
    )
    if body < end and _numbered(lines[body], "I"):
        parted = [line.replace(_TAB, "\t").replace(_GAP, " ").strip() for line in columns]
        return replace(paper, parts=_parts(parted[body:end]))
    return replace(paper, articles=_joined(lines[body:end]))


_BESIDE = re.compile(rf" *[{_TAB}{_GAP}][ {_TAB}{_GAP}]*")
_GAPS = re.compile(r"(?<=\S)[ \u00a0]{4,}(?=\S)|^[ \u00a0]{20,}(?=\S)", re.MULTILINE)


def _heads_columns(columns: list[str], at: int) -> bool:
    """Whether the signatures begin with the names of the bodies side by side: below stand the names of persons so."""
    cells = _cells(columns[at]) if _BESIDE.search(columns[at]) else []
    if len(cells) < 2 or not all(cell.isupper() or _SIGNERS.match(cell.upper()) for cell in cells):
        return False
    below = map(_cells, columns[at + 1 : at + MOST_SIGNATURE_LINES])
    return any(len(row) > 1 and all(is_full_name(cell.title()) for cell in row) for row in below)


MOST_SIGNATURE_LINES = 12


def _cells(line: str) -> list[str]:
    return [cell for cell in map(clean, _BESIDE.split(line)) if cell]


def _agreeing(head: str, between: str) -> tuple[tuple[str, ...], str]:
    """The bodies a paper is between, and the sentence before its parts where that only announces what they agreed."""
    named = named_parties(head, (BETWEEN,))
    agree = parties_that_agree(between)
    only_announces = "\n" not in between and _ANNOUNCES.search(between) and (agree or _WE.match(between))
    return named or agree, between if only_announces else ""


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _numbered(line: str, number: str) -> re.Match[str] | None:
    found = _PART.match(line)
    return found if found and found["number"].upper() == number else None


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

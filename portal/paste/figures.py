"""Figures as papers print them, one a line: "1.045 mô hình, tính đến 12/2020" · "22/22 sở, ngành" · "giảm 46 phòng".

Owns how a number with its words is read. What is read is a proposal; a line without a number is kept as what is
counted, for its writer to fill in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from portal.dates import DateNotUnderstood, PartialDate, parse_date
from portal.numbers import NUMBER, number_words, read_number
from portal.paste.printed import LONGEST_BLOCK
from portal.text import clean, clean_block

Parts = tuple[tuple[str, Decimal], ...]

_APPROXIMATORS = "trên|hơn|gần|khoảng|xấp xỉ|ước|dưới|ít nhất|tối thiểu|không dưới"
_UNITS = (
    "mô hình, điển hình|mô hình|điển hình|cuộc|lớp|hội nghị|buổi|lượt người|lượt|người|đơn thư|đơn|văn bản|tin, bài"
    "|tin|bài|hộ|cơ quan|đơn vị|phòng ban|phòng|trưởng phòng|phó trưởng phòng|phường|xã|thủ tục hành chính|thủ tục"
    "|dịch vụ công|công chức|suất quà|ý kiến|vụ việc|tập thể|cá nhân|triệu đồng|tỷ đồng|tỉ đồng|nghìn đồng|đồng|%"
)
_AMOUNT = re.compile(
    rf"(?:(?P<about>{_APPROXIMATORS})\s+)?(?<![\w.,-])(?P<value>{NUMBER})(?:\s*/\s*(?P<of>{NUMBER}))?(?![\d/]|[.,]\d)"
    rf"\s*(?P<unit>%)?",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?P<unit>{_UNITS})(?!\w)", re.IGNORECASE)
_CHANGE = re.compile(
    rf"(?P<way>tăng|giảm)(?:\s+thêm)?(?:\s+được)?\s+(?P<value>{NUMBER})(?![\d/]|[.,]\d)\s*(?P<unit>%)?",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\s*,?\s*so với\s+(?P<what>(?:cùng kỳ|năm|tháng|quý|kỳ|giai đoạn)\b[^,;()]*|[^;()]+)", re.IGNORECASE
)
_AS_OF = re.compile(
    r"[,;(]?\s*tính đến(?:\s+hết)?\s+(?P<date>(?:ngày\s+)?[\d/.\-]*\d(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?"
    r"|tháng\s+\d{1,2}(?:\s*/\s*|\s+năm\s+)\d{4}|năm\s+\d{4})\)?\s*[,;:]?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_OF_THEM = re.compile(r"[,;.:]?\s*\b(?:trong đó|bao gồm|gồm)\b\s*:?\s*", re.IGNORECASE)
_PART = re.compile(
    rf"(?P<value>{NUMBER})\s+(?P<name>[^\d,;]+)|(?P<first>[^\d,;:]+?)\s*(?::|là|có|)\s*(?P<second>{NUMBER})"
)
_PART_OF_A_LIST = re.compile(rf"(?P<value>{NUMBER})\s+(?P<name>(?:(?!,\s*\d|\bvà\s+\d|:\s*\d).)+)")
"""A part between semicolons: what follows its number is its name, "Sở Nông nghiệp và Môi trường"."""
_MARKER = re.compile(r"^(?:[-–—•+*]\s+|\d{1,2}[.)]\s+(?=\S)|[a-zđ][.)]\s+)")
_LOOSE = " ,;:.-–"
_SAYS_HOW_MANY = re.compile(r"(?::|\b(?:là|đạt|được))\s*\Z", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:có|là|được|đạt|gồm|khoảng|với|tổng)\s*\Z", re.IGNORECASE)
LONGEST = 1000
"""How much of one line is read."""
LONGEST_PARTS = 40_000
"""How much of a list of parts: each of all communes of a province may be one."""
LONGEST_UNIT = 4
"""Words behind a number that are a unit and not what is counted, where that stands before the number."""


@dataclass(frozen=True)
class Amount:
    """A number as typed in one field: "trên 1.045", "22/22", "40 %"."""

    value: Decimal | None = None
    approximator: str = ""
    of_value: Decimal | None = None
    unit: str = ""

    def __str__(self) -> str:
        of = f"/{number_words(self.of_value)}" if self.of_value is not None else ""
        return " ".join(filter(None, [self.approximator, f"{number_words(self.value)}{of}"]))


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as read from one line."""

    counts: str
    amount: Amount = field(default_factory=Amount)
    unit: str = ""
    as_of: PartialDate = field(default_factory=PartialDate.unknown)
    change: Decimal | None = None
    change_unit: str = ""
    against: str = ""
    parts: Parts = ()


def read_amount(text: str) -> Amount | None:
    """A number typed alone, with "trên" before it, with "of how many" behind; None where it is something else."""
    found = _AMOUNT.fullmatch(clean(text[:80]))
    if found is None:
        value = read_number(text[:80])
        return Amount(value) if value is not None else None
    of = read_number(found["of"]) if found["of"] else None
    return Amount(read_number(found["value"]), (found["about"] or "").lower(), of, found["unit"] or "")


def read_change(text: str) -> tuple[Decimal, str] | None:
    """A change as typed: "tăng 276", "giảm 22,5 %", "-46"; its value with its sign, and "%" where it is a share."""
    line = clean(text[:80])
    if found := _CHANGE.fullmatch(line):
        value = read_number(found["value"])
        return (-value if found["way"].lower() == "giảm" else value), found["unit"] or ""
    unit = "%" if line.endswith("%") else ""
    value = read_number(line.removesuffix("%"))
    return None if value is None else (value, unit)


def read_parts(text: str) -> Parts:
    """The parts of a figure: "61 mô hình; 10 điển hình", "kinh tế: 182, văn hóa: 192"."""
    lists = [clean(piece) for piece in text[:LONGEST_PARTS].split(";")]
    return tuple(part for one in lists if one for part in _read_list(one, alone=len(lists) == 1))


def _read_list(text: str, *, alone: bool) -> Iterator[tuple[str, Decimal]]:
    """The parts of what stands between two semicolons: one, or several behind commas."""
    if not alone and (whole := _PART_OF_A_LIST.fullmatch(text)):
        yield whole["name"].strip(_LOOSE), read_number(whole["value"])
        return
    for piece in re.split(r",(?!\d)|\bvà\b", text):
        if one := _PART.fullmatch(clean(piece)):
            yield clean(one["name"] or one["first"]).strip(_LOOSE), read_number(one["value"] or one["second"])


def read_figure(text: str) -> PrintedFigure:
    """What one line says."""
    line = _MARKER.sub("", clean(text[:LONGEST]))
    line, as_of = _take_as_of(line)
    line, parts = _take_parts(line)
    line, change, change_unit, against = _take_change(line)
    bare = _BRACKETS.sub(lambda found: " " * len(found[0]), line)
    amount = next((one for one in _AMOUNT.finditer(bare) if not _is_a_year(one, line)), None)
    if amount is None:
        unit = _UNIT.match(line.strip(_LOOSE)) if change is not None else None
        unit = unit["unit"].lower() if unit else ""
        return PrintedFigure(
            line.strip(_LOOSE)[:300], Amount(), unit, as_of, change, change_unit, against, parts
        )
    before, rest = line[: amount.start()], line[amount.end() :].strip(_LOOSE)
    counts, unit = _counted(before, rest, amount["unit"] or "")
    of = read_number(amount["of"]) if amount["of"] else None
    value = Amount(read_number(amount["value"]), (amount["about"] or "").lower(), of)
    return PrintedFigure(counts[:300], value, unit[:60], as_of, change, change_unit, against, parts)


def split_figures(text: str) -> list[PrintedFigure]:
    """The figures of a pasted block, one a line; the cells of a table's row are read as one line."""
    lines = clean_block(text[:LONGEST_BLOCK].replace("\t", " ")).split("\n")
    return [read_figure(line) for line in lines if line.strip()]


def _take_as_of(line: str) -> tuple[str, PartialDate]:
    found = _AS_OF.search(line)
    if found is None:
        return line, PartialDate.unknown()
    try:
        return f"{line[: found.start()]} {line[found.end() :]}".strip(), parse_date(found["date"])
    except DateNotUnderstood:
        return line, PartialDate.unknown()


def _take_parts(line: str) -> tuple[str, Parts]:
    """Those in brackets, or behind "trong đó"."""
    for found in _BRACKETS.finditer(line):
        if len(parts := read_parts(found[0][1:-1])) > 1:
            return f"{line[: found.start()].rstrip()} {line[found.end() :]}".strip(), parts
    if (found := _OF_THEM.search(line)) and len(parts := read_parts(line[found.end() :])) > 1:
        return line[: found.start()], parts
    return line, ()


def _take_change(line: str) -> tuple[str, Decimal | None, str, str]:
    found = _CHANGE.search(line)
    if found is None:
        return line, None, "", ""
    value, unit = read_change(found[0]) or (None, "")
    rest = line[found.end() :]
    against = _AGAINST.search(rest)
    if against:
        rest = f"{rest[: against.start()]} {rest[against.end() :]}"
    line = clean(f"{line[: found.start()].rstrip(_LOOSE)} {rest.strip()}")
    return line, value, unit, clean(against["what"])[:120] if against else ""


def _is_a_year(found: re.Match[str], line: str) -> bool:
    before = line[: found.start()].rstrip().lower()
    return before.endswith(("năm", "tháng", "quý", "ngày", "khóa", "giai đoạn", "số")) and found["of"] is None


def _counted(before: str, rest: str, share: str) -> tuple[str, str]:
    """What is counted and in which unit, from the words before the number and behind it."""
    named = _UNIT.match(rest)
    unit = share or (named["unit"].lower() if named else "")
    words = _TAIL.sub("", f" {clean(before).strip(_LOOSE)}").strip(_LOOSE)
    if not words:
        return rest, unit
    if not rest or rest.lower() == unit:
        return words, unit
    if _SAYS_HOW_MANY.search(before) and len(rest.split()) <= LONGEST_UNIT:
        return words, share or rest
    return f"{rest}, {words[:1].lower()}{words[1:]}", unit

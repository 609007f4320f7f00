"""What pasted blocks of every sort are read with: how much is read, words papers print, lines and their markers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.dates import DateNotUnderstood, PartialDate, find_date, parse_date

LONGEST_LINE = 20_000
"""How much of a pasted number line or list of persons is read."""
LONGEST_BLOCK = 200_000
"""How much of a pasted block of items or bases is read."""

# Words that name a kind of paper where they end just before "số …" or open a line. Longest first.
_TYPE_WORDS = (
    "chương trình phối hợp|kế hoạch phối hợp|quy chế phối hợp|"
    "nghị quyết liên tịch|thông tư liên tịch|hướng dẫn liên ngành|thông báo kết luận|chương trình hành động|"
    "chương trình công tác|thỏa thuận phối hợp|thoả thuận phối hợp|bản ghi nhớ|giao ước thi đua|giấy ủy quyền|giấy mời|"
    "lời kêu gọi|báo cáo|biên bản|bộ luật|chỉ thị|chiến lược|chương trình|công điện|công văn|dự án|đề án|điều lệ|hiến pháp|"
    "hợp đồng|hướng dẫn|kế hoạch|kết luận|luật|nghị định|nghị quyết|pháp lệnh|phương án|quy chế|quy định|quy hoạch|quyết định|"
    "thỏa thuận|thoả thuận|thông báo|thông tri|thông tư|tờ trình|tuyên bố|phụ lục"
)
TYPE_AT_END = re.compile(rf"(?:^|[\s“\"(])(?P<type>{_TYPE_WORDS})\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
TYPE_AT_START = re.compile(rf"(?P<type>{_TYPE_WORDS})\b", re.IGNORECASE)
OF = re.compile(r"(?:^|[\s,])của\s+", re.IGNORECASE)
ABOUT = re.compile(r"(?:^|[\s,”\"])(?:về việc|về|v/v:?)\s+(?=\S)", re.IGNORECASE)
_LOOSE_DATE = re.compile(
    r"ngày[ .…_]{0,30}tháng[ .…_]{0,10}\d{0,2}[ .…_]{0,10}năm ?\d{4}"
    r"|tháng \d{1,2} ?(?:/|năm) ?\d{4}|ngày \d{1,2} ?/ ?\d{1,2}(?![\d/])",
    re.IGNORECASE,
)
TODAY = re.compile(r"hôm nay,?\s+(?:ngày|vào)\b", re.IGNORECASE)
"""How an agreement says on which day, and where, it was made."""
_NUMERAL = r"\d{1,3}(?:\.\d{1,3}){0,3}"
MARKER = re.compile(
    rf"(?:\(?(?:{_NUMERAL}|[ivx]{{1,5}}|[IVX]{{1,5}}|[a-zđ])\)"
    rf"|(?:{_NUMERAL}|[IVX]{{1,5}}|[a-zđ]|[A-E](?=\. ))\.(?![\d.])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?= [^\W\d_])|[IVX]{1,5}[-–—](?= ?[^\W\d])|\d{1,3}[-–—](?= )"
    r"|\d{1,2}/(?= ?[^\W\d])|o(?= [A-ZĐÀ-Ỹ])|[-–—•●▪■◦‣⁃*+·\ue000-\uf8ff](?!\d))\s*"
)
"""A numeral or a bullet at the start of a line; Word's own bullets come as letters for private use."""
NUMERAL, _LETTER, _BULLET, _PLUS = range(4)
_DEPTHS = (
    (NUMERAL, re.compile(r"\(?\d")),
    (_LETTER, re.compile(r"\(?[a-zđ][.)]")),
    (_PLUS, re.compile(r"\+")),
    (_BULLET, re.compile(r"[^\w(]|o ")),
)


def depth_of(line: str) -> int | None:
    """How deep a line stands by its marker: a numeral, a letter, a bullet, a plus; nothing without one, or for a heading."""
    if not MARKER.match(line):
        return None
    return next((depth for depth, opening in _DEPTHS if opening.match(line)), None)


CLOSED = re.compile(r"\([^()]*\)|“[^“”]*”")


def opened(text: str) -> str:
    """The text with a capital first letter; all-capital headings come down to ordinary letters."""
    text = text.lower() if text.isupper() else text
    return text[:1].upper() + text[1:]


def date_near(text: str) -> PartialDate | None:
    """The first full date of a text, else the first that lacks its day or its year."""
    full = find_date(text)
    if full:
        return full
    for found in _LOOSE_DATE.finditer(text):
        try:
            return parse_date(found[0])
        except DateNotUnderstood:
            continue
    return None


def without_markers(line: str) -> str:
    """The line without the numerals and bullets it starts with."""
    at = 0
    while found := MARKER.match(line, at):
        at = found.end()
    return line[at:]


_BROKEN_NUMBER = re.compile(r"(?<=\w[-/])\n(?=[A-ZĐƯ])")


def whole_numbers(block: str) -> str:
    """The text with the numbers of papers whole again that a line's end broke: "218-", "QĐ/TW"."""
    return _BROKEN_NUMBER.sub("", block)


def joined_lines(lines: Iterable[str]) -> list[str]:
    """Whole lines without their numerals; a line that starts with a small letter goes on the one before it."""
    whole: list[list[str]] = []
    broken = False
    for line in lines:
        inner = without_markers(line)
        if broken and inner == line and inner[:1].islower():
            whole[-1].append(inner)
        elif inner:
            whole.append([inner])
        broken = bool(line and whole)
    return [" ".join(parts) for parts in whole]


def end_of_inner(text: str) -> int:
    """Where the text ends without its closing semicolons, full stops, ellipses and "./."."""
    end = len(text)
    while end and (text[end - 1] in " .;,…" or (text[end - 1] == "/" and text[end - 2 : end - 1] == ".")):
        end -= 1
    return end

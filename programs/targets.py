"""Targets (chỉ tiêu) as plans print them: what is asked, of whom, and whether a value meets it. Pure functions.

"100% các phường đăng ký mô hình" asks a share of bodies; "ít nhất 02 mô hình" a number, "mỗi phường ít nhất 02 mô
hình" that number of each body; "hoàn thành trong quý I" is none of these, and stays in words. What is read is a proposal: a clerk confirms it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from portal.numbers import number_words
from portal.text import clean

SHARE, WHOLE = "%", 100
EACH = "mỗi cơ quan"
REPORTED, FROM_BELOW = "report", "below"
"""How a target is measured where the portal computes nothing: each body tells, or the plans below add up."""


class TargetKind(models.TextChoices):
    """How a target is to be met."""

    EXACTLY = "exactly", "đúng"
    AT_LEAST = "at_least", "ít nhất"
    AT_MOST = "at_most", "không quá"
    BETWEEN = "between", "trong khoảng"
    YES_NO = "yes_no", "có hoặc không"
    IN_WORDS = "in_words", "bằng lời"


class Verdict(models.TextChoices):
    """How a value stands against what is asked."""

    MET = "met", "đạt"
    ABOVE = "above", "vượt"
    SHORT = "short", "chưa đạt"
    OVER = "over", "quá mức"
    NO_DATA = "no_data", "chưa có số liệu"
    IN_WORDS = "in_words", "đánh giá bằng lời"


@dataclass(frozen=True)
class Asked:
    """What a target asks: ``low`` to ``high`` of ``unit``, as far as its kind has them.

    What it asks of each body by itself (``is_each``) is met where every body reaches it.
    ``population`` and ``doing`` are the words of whom and of what: "các phường", "đăng ký mô hình dân vận khéo".
    """

    kind: TargetKind = TargetKind.IN_WORDS
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    is_striving: bool = False
    population: str = ""
    doing: str = ""
    is_each: bool = False

    def __str__(self) -> str:
        """The number as a person says it: "phấn đấu 40–50 %", "mỗi cơ quan ít nhất 2 mô hình"."""
        words = {
            TargetKind.EXACTLY: number_words(self.low),
            TargetKind.AT_LEAST: f"ít nhất {number_words(self.low)}",
            TargetKind.AT_MOST: f"không quá {number_words(self.high)}",
            TargetKind.BETWEEN: f"{number_words(self.low)}–{number_words(self.high)}",
        }.get(self.kind, "")
        if not words:
            return str(self.kind.label)
        each = EACH if self.is_each else ""
        return " ".join(filter(None, ["phấn đấu" if self.is_striving else "", each, words, self.unit]))

    @property
    def range(self) -> str:
        """The numbers alone, as they stand under a drawing: "40–50 %"."""
        ends = "–".join(number_words(one) for one in (self.low, self.high) if one is not None)
        return f"{ends} {self.unit}".strip()


EVERY_BODY = Asked(TargetKind.AT_LEAST, Decimal(WHOLE), unit=SHARE)
"""What the bodies together must come to, where something is asked of each."""

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,9}(?:,\d{1,2})?"
_STRIVING = re.compile(r"\bphấn đấu\b(?:\s+(?:có|đạt|để))?\s*", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:từ\s+)?(?<![\w/.,-])(?P<low>{_NUMBER})\s*(?P<first>%?)\s*(?:[-–—÷]|đến|tới)\s*(?P<high>{_NUMBER})(?![\d/]|\s*[/.]\s*\d)\s*(?P<unit>%?)",
    re.IGNORECASE,
)
_FROM_UP = re.compile(
    rf"(?:từ\s+)?(?P<value>{_NUMBER})\s*(?P<unit>%?)\s*(?P<between>(?:[^\W\d_]+\s+){{0,3}}?)trở lên",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    rf"(?:(?:ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|trên|hơn|đạt từ)\s+(?:(?:là|đạt|từ|có|phải)\s+){{0,2}}|[≥>]=?\s*)"
    rf"(?P<value>{_NUMBER})\s*(?P<unit>%?)",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    rf"(?:(?:không quá|tối đa|nhiều nhất|không vượt quá|dưới)\s+|[≤<]=?\s*)(?P<value>{_NUMBER})\s*(?P<unit>%?)",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"(?<![\w/.,-])(?P<value>{_NUMBER})\s*(?P<unit>%)", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?<![\w/.,-])(?P<value>{_NUMBER})(?P<unit>)(?=\s+[^\W\d_])(?!\s+(?:tháng|năm|quý|ngày)\b)"
)
_BODY = (
    r"(?:cơ quan|đơn vị|địa phương|nơi|phường|xã|đặc khu|thị trấn|quận|huyện|thị xã|thành phố|tỉnh"
    r"|UBND|đảng bộ|đảng ủy|sở|ban|ngành|phòng)\b"
)
_EACH = re.compile(rf"\b(?:mỗi|từng)\s+(?:{_BODY})", re.IGNORECASE)
_PER_BODY = re.compile(
    rf"\s*/\s*(?:\d+\s+)?(?P<whom>{_BODY}(?:,\s*{_BODY})*)(?:\s*/\s*năm\b)?", re.IGNORECASE
)
"""What is asked of each body, said before the number or behind it: "02 mô hình/phường"."""
_WITHIN_BODIES = re.compile(
    r"\b(?:mỗi|từng)\s+(?:chi bộ|chi đoàn|chi hội|tổ|thôn|ấp|bản|xóm|khu|cán bộ|công chức|đảng viên|đoàn viên|hội viên|hộ|người)\b",
    re.IGNORECASE,
)
"""Asked of each of what no register holds: a total says nothing of it."""
_CHANGE = re.compile(
    rf"\b(?:tăng|giảm)\s+(?:(?:thêm|bình quân|khoảng|từ|trên|ít nhất|tối thiểu)\s+)*"
    rf"(?:{_NUMBER})(?:\s*%?\s*(?:[-–—]|đến)\s*(?:{_NUMBER}))?\s*%",
    re.IGNORECASE,
)
"""More or less than before, which is no share of what there is."""
_YEAR = r"(?:19|20)\d\d\b"
_DATED = re.compile(
    rf"\b(?:năm|quý|tháng|ngày|giai đoạn|nhiệm kỳ|(?<!tổng )số|điều|khoản|khóa)\s+(?:\d{{1,4}}|[IVX]+)\b(?!\s*%)"
    rf"(?:[/.]\d{{1,4}}\b)*(?:\s*[-–—]\s*{_YEAR})?"
    rf"|\b{_YEAR}\s*[-–—]\s*{_YEAR}"
    r"|(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])"
    r"|\b(?:chỉ thị|nghị quyết|kết luận|quyết định|nghị định|thông tư|quy định|đề án|luật|chương trình|kế hoạch)\s+\d{1,4}\b(?!\s*%|\s+(?:năm|tháng)\b)",
    re.IGNORECASE,
)
"""A year, a day, a document's number: none is a target."""
_LETTERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_DIGITS = {word: str(number) for number, word in enumerate(_LETTERS, start=1)}
_IN_LETTERS = re.compile(
    rf"(?P<before>\b(?:ít nhất|tối thiểu|không dưới|không quá|tối đa)\s+(?:(?:là|có|từ|đạt)\s+)?)(?P<number>{'|'.join(_DIGITS)})(?=\s)",
    re.IGNORECASE,
)
_SAID_AGAIN = re.compile(
    r"(?<=\d)\s*\((?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm|nghìn|không|linh|lẻ)\s*)+\)",
    re.IGNORECASE,
)
"""A number in letters behind its digits: "01 (một)"."""
_PER_CENT = re.compile(r"(?:một trăm|(?<=\d))\s+phần trăm\b", re.IGNORECASE)

_DOING = re.compile(
    r"\b(?:nghiêm túc|ban hành|đăng ký|xây dựng|thực hiện|hoàn thành|triển khai|tổ chức|ký kết|gửi|nộp|báo cáo"
    r"|tham gia|duy trì|sơ kết|tổng kết|được|đạt|có|hài lòng|tiếp nhận|giải quyết|công khai|nắm|biết|cam kết)\b",
    re.IGNORECASE,
)
_UNITS = (
    "mô hình", "điển hình", "cuộc", "lớp", "hội nghị", "buổi", "lượt người", "lượt", "lần", "đợt", "kỳ", "người", "hộ",
    "đơn vị", "cơ quan", "đơn", "văn bản", "báo cáo", "kế hoạch", "tin, bài", "tin", "bài", "chuyên đề", "chuyên mục",
    "công trình", "phần việc", "việc", "ý kiến", "kiến nghị", "vụ việc", "vụ", "cây", "km", "ngày công", "suất quà", "suất",
    "căn nhà", "nhà", "câu lạc bộ", "tổ", "nhóm", "đoàn", "hồ sơ", "phường", "xã", "tuyến đường", "tuyến", "điểm",
    "triệu đồng", "tỷ đồng", "tỉ đồng", "đồng",
)  # fmt: skip
_UNIT = re.compile(rf"\s*(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\b", re.IGNORECASE)


def read_target(text: str) -> Asked:
    """What a target as printed asks; in words where no number of its own stands in it."""
    line = _in_digits(clean(text[:1000]).strip(" .;"))
    is_striving = bool(_STRIVING.search(line))
    line = _STRIVING.sub("", line, count=1)
    if (found := _numbered(line)) is None or _CHANGE.search(line) or _WITHIN_BODIES.search(line):
        return Asked(is_striving=is_striving)
    kind, low, high, unit, end = found
    unit, population, doing = _whom(line, unit, end)
    each = _EACH.search(line)
    if each:
        population = population or each[0]
    elif unit != SHARE and (each := _PER_BODY.search(line, end)):
        population, doing = each["whom"], clean(line[each.end() :])
    return Asked(kind, low, high, unit, is_striving, population, doing, each is not None)


def _in_digits(line: str) -> str:
    """The line with what is said in letters as digits: "ít nhất một", "01 (một)", "100 phần trăm"."""
    line = _PER_CENT.sub(lambda found: "100 %" if found[0][0].isalpha() else " %", line)
    line = _SAID_AGAIN.sub("", line)
    return _IN_LETTERS.sub(lambda found: found["before"] + _DIGITS[found["number"].lower()], line)


def _numbered(line: str) -> "_Read | None":
    """The number a line asks, where it says one of its own."""
    # As long as the line, so that places in it stay the same.
    bare = _DATED.sub(lambda found: " " * len(found[0]), line)
    return next(filter(None, (read(bare) for read in (_between, _at_least, _at_most, _exactly))), None)


_BREAK = re.compile(r"(\s*;\s*|\n\s*(?=phấn đấu\b))")
_ANNOUNCING = re.compile(
    r"[^:;\n]{0,200}\b(?:chỉ tiêu|mục tiêu|gồm|cụ thể|sau|đó là)\b[^:;\n]{0,80}:\s+", re.IGNORECASE
)


def separate_targets(text: str) -> list[str]:
    """Cut a pasted block where two parts each ask a number, however small the second begins.

    So at a semicolon and before a line of "phấn đấu", but not in brackets nor before "trong đó". The words
    that only announce several ("… các chỉ tiêu, đó là:") are left out.
    """
    words = _BREAK.split(text)
    found: list[list[str]] = [[words[0]]]
    is_asked, depth = _asks(words[0]), words[0].count("(") - words[0].count(")")
    for between, part in zip(words[1::2], words[2::2], strict=True):
        asks = _asks(part) and not part.lower().startswith("trong đó")
        if is_asked and asks and depth <= 0:
            found.append([part])
            depth = 0
        else:
            found[-1] += [between, part]
        is_asked = is_asked or asks
        depth += part.count("(") - part.count(")")
    blocks = ["".join(each) for each in found]
    if len(blocks) > 1 and (before := _ANNOUNCING.match(blocks[0])) and _asks(blocks[0][before.end() :]):
        blocks[0] = blocks[0][before.end() :]
    return blocks


def _asks(text: str) -> bool:
    return _numbered(_in_digits(clean(text[:1000]))) is not None


_Read = tuple[TargetKind, Decimal | None, Decimal | None, str, int]


def _between(line: str) -> _Read | None:
    for found in _BETWEEN.finditer(line):
        low, high = _value(found["low"]), _value(found["high"])
        if low < high:
            return TargetKind.BETWEEN, low, high, found["unit"] or found["first"], found.end()
    return None


def _at_least(line: str) -> _Read | None:
    if found := _FROM_UP.search(line):
        named = _UNIT.match(found["between"])
        unit = found["unit"] or (named["unit"].lower() if named else "")
    elif found := _AT_LEAST.search(line):
        unit = found["unit"]
    return (TargetKind.AT_LEAST, _value(found["value"]), None, unit, found.end()) if found else None


def _at_most(line: str) -> _Read | None:
    found = _AT_MOST.search(line)
    return (TargetKind.AT_MOST, None, _value(found["value"]), found["unit"], found.end()) if found else None


def _exactly(line: str) -> _Read | None:
    found = _PLAIN.search(line) or _COUNT.search(line)
    return (TargetKind.EXACTLY, _value(found["value"]), None, found["unit"], found.end()) if found else None


def _value(printed: str) -> Decimal:
    return Decimal(printed.replace(".", "").replace(",", "."))


def _whom(line: str, unit: str, end: int) -> tuple[str, str, str]:
    """Unit, and the words of whom and of what that stand behind the number, or before it."""
    rest = line[end:]
    if not unit and (named := _UNIT.match(rest)):
        unit, rest = named["unit"].lower(), rest[named.end() :]
        before = line[:end]
        doing = _DOING.search(before)
        return unit, clean(before[: doing.start()] if doing else ""), clean(rest)
    doing = _DOING.search(rest)
    if doing is None:
        return unit, clean(rest), ""
    return unit, clean(rest[: doing.start()].strip(" ,")), clean(rest[doing.start() :])


def judge(asked: Asked, value: Decimal | None) -> Verdict:
    """How a value in the target's unit stands against it; exactly a share asked for is met from there on."""
    if asked.kind == TargetKind.IN_WORDS:
        return Verdict.IN_WORDS
    if value is None:
        return Verdict.NO_DATA
    if asked.kind == TargetKind.YES_NO:
        return Verdict.MET if value else Verdict.SHORT
    if asked.low is not None and value < asked.low:
        return Verdict.SHORT
    if asked.kind == TargetKind.AT_MOST:
        return Verdict.OVER if value > asked.high else Verdict.MET
    top = asked.high if asked.kind == TargetKind.BETWEEN else asked.low
    is_above = value > top and asked.kind != TargetKind.AT_LEAST
    return Verdict.ABOVE if is_above else Verdict.MET

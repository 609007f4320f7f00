"""Pasted text turned into proposals: the number line of a paper, its items, its legal bases, lists of persons.

Owns how blocks of text are cut. Everything returned is a proposal that a person looks at before it is kept; nothing
is stored here, and no text, however odd, makes a function fail.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.dates import DateNotUnderstood, PartialDate, Period, find_date, find_period, parse_date
from portal.symbols import Symbol, cited_symbol, find_symbol
from portal.text import clean, clean_block

__all__ = [
    "Basis",
    "NumberLine",
    "PersonLine",
    "is_post",
    "read_number_line",
    "split_bases",
    "split_items",
    "split_people",
    "stated_count",
]

LONGEST_LINE = 20_000
"""How much of a pasted number line or list of persons is read."""
LONGEST_BLOCK = 200_000
"""How much of a pasted block of items or bases is read."""
LONGEST_PARTIES = 1_000
"""How much of a line is read as a list of bodies."""

# Words that name a kind of paper where they end just before "số …" or open a line. Longest first.
_TYPE_WORDS = (
    "chương trình phối hợp|kế hoạch phối hợp|quy chế phối hợp|"
    "nghị quyết liên tịch|thông tư liên tịch|hướng dẫn liên ngành|thông báo kết luận|chương trình hành động|"
    "chương trình công tác|thỏa thuận phối hợp|thoả thuận phối hợp|bản ghi nhớ|giao ước thi đua|giấy ủy quyền|giấy mời|"
    "lời kêu gọi|báo cáo|biên bản|bộ luật|chỉ thị|chiến lược|chương trình|công điện|công văn|dự án|đề án|điều lệ|hiến pháp|"
    "hợp đồng|hướng dẫn|kế hoạch|kết luận|luật|nghị định|nghị quyết|pháp lệnh|phương án|quy chế|quy định|quy hoạch|quyết định|"
    "thỏa thuận|thoả thuận|thông báo|thông tri|thông tư|tờ trình|tuyên bố"
)
_TYPE_AT_END = re.compile(rf"(?:^|[\s“\"(])(?P<type>{_TYPE_WORDS})\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_TYPE_AT_START = re.compile(rf"(?P<type>{_TYPE_WORDS})\b", re.IGNORECASE)


def _opened(text: str) -> str:
    """The text with a capital first letter; all-capital headings come down to ordinary letters."""
    text = text.lower() if text.isupper() else text
    return text[:1].upper() + text[1:]


# --- the number line -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NumberLine:
    """What the number line (or the head) of a paper says; what is not said is None or empty."""

    symbol: Symbol | None
    date: PartialDate | None
    type_words: str
    title: str
    period: Period | None
    parties: tuple[str, ...]


_LOOSE_DATE = re.compile(
    r"ngày[ .…_]{0,30}tháng[ .…_]{0,10}\d{0,2}[ .…_]{0,10}năm ?\d{4}"
    r"|tháng \d{1,2} ?(?:/|năm) ?\d{4}|ngày \d{1,2} ?/ ?\d{1,2}(?![\d/])",
    re.IGNORECASE,
)
_BASIS_LINE = re.compile(r"(?:^|\n)[-–+* ]{0,3}căn cứ\b", re.IGNORECASE)
_DATE_LINE = re.compile(r"(?:[^\d,;]{2,60}, ?)?ngày[^\n]{4,60}\d{4}", re.IGNORECASE)


def read_number_line(text: str) -> NumberLine:
    """Read a printed number line, or the pasted head of a paper, into its parts."""
    block = clean_block(text[:LONGEST_LINE])
    basis = _BASIS_LINE.search(block)
    head = block[: basis.start()].rstrip() if basis and basis.start() > 0 else block
    found = find_symbol(head)
    if not found:
        return _unnumbered_line(head)
    symbol, start, end = found
    before, after = head[:start], head[end:]
    type_words = _type_words(before, after)
    title = _title(before, after, type_words)
    return NumberLine(
        symbol=symbol,
        date=_date_near(after) or _date_near(before),
        type_words=type_words,
        title=title,
        period=find_period(title) or find_period(after),
        parties=_parties(after, (_BETWEEN, _OF)) or _parties(before, (_BETWEEN,)),
    )


def _unnumbered_line(head: str) -> NumberLine:
    """Read a line or a head that bears no number of its own."""
    lines = [line for line in head.split("\n") if line and not _DATE_LINE.fullmatch(line)]
    type_words = _type_words("", head)
    title = _heading(lines, type_words) or _trimmed(" ".join(lines))
    return NumberLine(
        symbol=None,
        date=_date_near(head),
        type_words=type_words,
        title=title,
        period=find_period(title),
        parties=_parties(head, (_BETWEEN,)),
    )


def _date_near(text: str) -> PartialDate | None:
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


def _type_words(before: str, after: str) -> str:
    """The printed name of the kind of paper: just before "số", or a line of the head that opens with it."""
    last_line = before.rpartition("\n")[2]
    found = _TYPE_AT_END.search(last_line[-120:])
    if found:
        return _opened(found["type"])
    for line in (last_line, *after.split("\n")):
        found = _TYPE_AT_START.match(line.strip(" *"))
        if found:
            return _opened(found["type"])
    return ""


_ABOUT = re.compile(r"(?:^|[\s,”\"])(?:về việc|về|v/v:?)\s+(?=\S)", re.IGNORECASE)
_SUBJECT_LINE = re.compile(r"(?:^|\n)V/v:? ?([^\n]+)", re.IGNORECASE)
_RULE = re.compile(r"[-–—_*=]{2,}")


def _title(before: str, after: str, type_words: str) -> str:
    """What a numbered paper is about, as printed."""
    line, _, rest = after.partition("\n")
    about = _ABOUT.search(line)
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
    of = _OF.search(line)
    end = _PARTIES_END.search(line, of.end()) if of else None
    rest = line[end.start() :].strip(" ,") if end else ""
    return rest if rest[:1].isalpha() else ""


def _heading(lines: list[str], type_words: str) -> str:
    """The lines after the one that names the kind of paper ("KẾ HOẠCH"), or the line that opens with it."""
    for at, line in enumerate(lines) if type_words else ():
        if _opened(line.strip(" *")) == type_words:
            title = _trimmed(" ".join(itertools.takewhile(_goes_on, lines[at + 1 :])))
            about = _ABOUT.match(title)
            return title[about.end() :] if about else title
        if line.lower().startswith(type_words.lower()):
            return _trimmed(line)
    return ""


def _goes_on(line: str) -> bool:
    return bool(line) and not _RULE.fullmatch(line)


def _continued(rest: str) -> str:
    """The lines that go on a broken one: up to one that does not start with a small letter."""
    return " ".join(itertools.takewhile(lambda line: line[:1].islower(), rest.split("\n")))


def _trimmed(text: str) -> str:
    text = clean(text)
    return text[: _end_of_inner(text)].strip()


# --- the parties -----------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"\bgiữa\s+", re.IGNORECASE)
_OF = re.compile(r"(?:^|[\s,])của\s+", re.IGNORECASE)
_PARTIES_END = re.compile(
    r"[\n.;:(“”\"]|,? (?:về|v/v|trong việc|trong công tác|trong thực hiện|giai đoạn|nhiệm kỳ|năm \d|nhằm|để|khóa|khoá|"
    r"ngày \d|số \d|thực hiện|tuyên truyền|đã|từ năm|và triển khai)(?![\w])",
    re.IGNORECASE,
)
_BODY_WORD = (
    r"(?:các\s+)?(?:ủy ban|uỷ ban|ubnd|ubmttq|ubkt|hđnd|hội|ban|sở|phòng|công an|bộ|đảng ủy|đảng uỷ|đảng bộ|chi bộ|chi ủy|"
    r"quận ủy|huyện ủy|thị ủy|tỉnh ủy|thành ủy|quận uỷ|huyện uỷ|tỉnh uỷ|thành uỷ|mặt trận|mttq|liên đoàn|lđlđ|đoàn|(?:tỉnh|thành|quận|huyện|xã|phường) đoàn|văn phòng|"
    r"trường|viện|tòa án|toà án|thường trực|lãnh đạo|chi cục|cục|thanh tra|bảo hiểm|kho bạc|lữ đoàn|trung đoàn|sư đoàn|"
    r"quân|bch|bdv|btg|chính phủ|tổng|khối|tập đoàn|công ty|báo|đài|trung tâm|bcsđ|bqp|công đoàn|ngân hàng|vùng|học viện)\b"
)
_COUNCIL = r"(?:hđnd|hội đồng nhân dân)"
_SPLIT_PARTIES = re.compile(
    rf"\s+với\s+|\s*;\s*|\s*,\s*(?:và\s+)?(?={_BODY_WORD})|\s+và\s+(?={_BODY_WORD})", re.IGNORECASE
)
_ENDS_AS_COUNCIL = re.compile(rf"(?:^|\s){_COUNCIL}$", re.IGNORECASE)
_STARTS_AS_COMMITTEE = re.compile(r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b", re.IGNORECASE)


def _parties(text: str, openings: Iterable[re.Pattern[str]]) -> tuple[str, ...]:
    """The bodies named after "giữa … và/với …", or after "của … về"."""
    line = text.partition("\n\n")[0].replace("\n", " ")
    for opening in openings:
        found = opening.search(line)
        if found:
            rest = line[found.end() : found.end() + LONGEST_PARTIES]
            end = _PARTIES_END.search(_masked(rest))
            names = _split_parties(rest[: end.start()] if end else rest)
            if opening is _OF or len(names) > 1:
                return names
    return ()


def _masked(text: str) -> str:
    """The text with the full stops of abbreviations ("TP. Hà Nội") out of the way, same length."""
    return re.sub(r"\b(TP|TX|TT|P|Q|H)\.", r"\1 ", text)


def _split_parties(text: str) -> tuple[str, ...]:
    """Cut a list of bodies; a council and its committee ("HĐND và UBND quận") sign as one."""
    names: list[str] = []
    at = 0
    for cut in _SPLIT_PARTIES.finditer(text):
        council = _ENDS_AS_COUNCIL.search(text[at : cut.start()])
        if council and _STARTS_AS_COMMITTEE.match(text, cut.end()):
            continue
        names.append(text[at : cut.start()])
        at = cut.end()
    names.append(text[at:])
    return tuple(tidy for name in names if (tidy := clean(name).strip(" ,.-–")))


# --- items -----------------------------------------------------------------------------------------------------

_NUMERAL = r"\d{1,3}(?:\.\d{1,3}){0,3}"
_MARKER = re.compile(
    rf"(?:\(?(?:{_NUMERAL}|[ivx]{{1,5}}|[IVX]{{1,5}}|[a-zđ])\)"
    rf"|(?:{_NUMERAL}|[IVX]{{1,5}}|[a-zđ]|[A-E](?=\. ))\.(?![\d.])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?= [^\W\d_])|[IVX]{1,5}[-–—](?= ?[^\W\d])|\d{1,3}[-–—](?= )"
    r"|o(?= [A-ZĐÀ-Ỹ])|[-–—•●▪■◦‣⁃*+·](?!\d))\s*"
)
_NEW_AFTER_SEMICOLON = re.compile(r"\s*;\s*(?=(?P<numeral>\d{1,2}[.)]\s*)?[“\"‘'(]?(?P<letter>[^\W\d_]))")
_CLOSED = re.compile(r"\([^()]*\)|“[^“”]*”")
_SPELT = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# "trong năm", "hằng năm": a year, not five.
_FIVE = "(?<!trong )(?<!hằng )(?<!hàng )(?<!mỗi )(?<!từng )năm"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_SPELT).replace('năm', _FIVE)}) (?:nhóm )?(?:nội dung|nhiệm vụ)"
_STATED = re.compile(rf"(?<![\w/.-]){_COUNT}\b", re.IGNORECASE)
# A sentence that says how many there are, and the words by which the next one begins to list them.
_SENTENCE_BEFORE = re.compile(
    rf"(?!{_MARKER.pattern})[^.:;]{{0,160}}?(?<![\w/.-]){_COUNT}\b[^.:;]{{0,60}}\.\s+"
    r"(?:trong đó|cụ thể|bao gồm|gồm)\b,?\s+(?:sẽ\s+)?",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    rf"(?:(?:các |những |với )?(?:nội dung|nhiệm vụ|trong đó|cụ thể|bao gồm|gồm|{_COUNT})\b[^:;]{{0,120}}"
    r"|[^:;]{0,120}(?:gồm|sau|sau đây|trong đó|cụ thể)):\s*",
    re.IGNORECASE,
)


def split_items(text: str) -> list[str]:
    """Cut a block into items: by line, numeral or bullet, and at a semicolon before a capital.

    A line or a part that starts with a small letter goes on the item before it. Words that only announce the list
    ("Nội dung phối hợp gồm:", "… tập trung vào 7 nội dung. Trong đó, sẽ …") are left out.
    """
    block = clean_block(text[:LONGEST_BLOCK])
    before = _SENTENCE_BEFORE.match(block)
    items = _items(block[before.end() :]) if before else []
    return items if len(items) > 1 else _items(block)


def _items(block: str) -> list[str]:
    lines = _joined_lines(block.split("\n"))
    lead = _LEAD_IN.match(lines[0]) if lines else None
    if lead and lead.end() == len(lines[0]) and len(lines) > 1:
        lines = lines[1:]
    parts = [_split_at_capitals(line) for line in lines]
    if lead and parts[0][0].startswith(lead[0]) and len(parts[0]) > 1:
        parts[0][0] = _without_markers(parts[0][0][lead.end() :])
    inner = (_without_markers(part) for line in parts for part in line)
    return [item for part in inner if (item := part[: _end_of_inner(part)].strip())]


def stated_count(text: str) -> int | None:
    """How many items a pasted block says it lists: "7 nội dung, trong đó: …"."""
    block = clean_block(text[:LONGEST_LINE])
    lead = _SENTENCE_BEFORE.match(block) or _LEAD_IN.match(block)
    stated = _STATED.search(lead[0]) if lead else None
    if not stated:
        return None
    said = stated["count"].lower()
    return _SPELT.index(said) + 1 if said in _SPELT else int(said)


def _without_markers(line: str) -> str:
    """The line without the numerals and bullets it starts with."""
    at = 0
    while found := _MARKER.match(line, at):
        at = found.end()
    return line[at:]


def _joined_lines(lines: Iterable[str]) -> list[str]:
    """Whole lines without their numerals; a line that starts with a small letter goes on the one before it."""
    whole: list[list[str]] = []
    broken = False
    for line in lines:
        inner = _without_markers(line)
        if broken and inner == line and inner[:1].islower():
            whole[-1].append(inner)
        elif inner:
            whole.append([inner])
        broken = bool(line and whole)
    return [" ".join(parts) for parts in whole]


def _split_at_capitals(line: str) -> list[str]:
    """Cut at semicolons followed by a capital or a numeral, but not within brackets or quotation marks."""
    closed = [found.span() for found in _CLOSED.finditer(line)] if ";" in line else []
    parts: list[str] = []
    at = span = 0
    for cut in _NEW_AFTER_SEMICOLON.finditer(line):
        while span < len(closed) and closed[span][1] <= cut.start():
            span += 1
        within = span < len(closed) and closed[span][0] < cut.start()
        if (cut["numeral"] or cut["letter"].isupper()) and not within:
            parts.append(line[at : cut.start()])
            at = cut.end()
    parts.append(line[at:])
    return parts


def _end_of_inner(text: str) -> int:
    """Where the text ends without its closing semicolons, full stops, ellipses and "./."."""
    end = len(text)
    while end and (text[end - 1] in " .;,…" or (text[end - 1] == "/" and text[end - 2 : end - 1] == ".")):
        end -= 1
    return end


# --- legal bases -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Basis:
    """A cited paper: the line as printed and what was read from it."""

    printed: str
    type_words: str
    symbol: Symbol | None
    date: PartialDate | None
    issuer: str
    title: str


_CITES = re.compile(r"(?:căn cứ(?: vào)?|thực hiện|thi hành|theo|xét|trên cơ sở)\s+", re.IGNORECASE)
_NEXT_BASIS = re.compile(r"\s*;\s*(?=(?:căn cứ|thực hiện|thi hành|theo|xét|trên cơ sở)\b)", re.IGNORECASE)
_ISSUER_END = re.compile(
    r"[;:(“\"]|,? (?:về|v/v|ban hành|quy định|sửa đổi|hướng dẫn|khóa|khoá|ngày \d|giai đoạn)(?!\w)",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"(?:^|[\s,])(?=(?:ban hành|quy định|sửa đổi|hướng dẫn)\s)", re.IGNORECASE)
_LAW = re.compile(r"(?:bộ luật|luật|pháp lệnh|hiến pháp|điều lệ)\b", re.IGNORECASE)
_LAW_NAME_END = re.compile(r"[;(,]|\s+(?:số|ngày|năm|của|đã được|được)\b", re.IGNORECASE)


def split_bases(text: str) -> list[Basis]:
    """Cut the "Căn cứ …" lines of a paper into the papers they cite."""
    bases: list[Basis] = []
    for line in _joined_lines(clean_block(text[:LONGEST_BLOCK]).split("\n")):
        for part in _NEXT_BASIS.split(line):
            printed = part[: _end_of_inner(part)].strip()
            if printed:
                bases.append(_basis(printed))
    return bases


def _basis(printed: str) -> Basis:
    """Read one cited paper."""
    line = printed[:LONGEST_LINE]
    opening = _CITES.match(line)
    body = line[opening.end() :] if opening else line
    found = cited_symbol(body)
    symbol, start, end = found or (None, 0, 0)
    after = body[end:]
    type_found = _TYPE_AT_END.search(body[:start][-120:]) if found else _TYPE_AT_START.match(body)
    type_words = _opened(type_found["type"]) if type_found else ""
    law = _LAW.match(body)
    return Basis(
        printed=printed,
        type_words=type_words,
        symbol=symbol,
        date=_date_near(after) if found or law or type_found else None,
        issuer=_issuer(after),
        title=_law_title(body, law.end()) if law else _cited_title(after),
    )


def _issuer(after: str) -> str:
    found = _OF.search(after)
    if not found:
        return ""
    rest = after[found.end() : found.end() + 400]
    end = _ISSUER_END.search(rest)
    return clean(rest[: end.start()] if end else rest).strip(" ,.")


def _cited_title(after: str) -> str:
    about = _ABOUT.search(after)
    if about:
        return after[about.end() :].strip(" ,.;")
    issued = _ISSUED.search(after)
    return after[issued.end() :].strip(" ,.;") if issued else ""


def _law_title(body: str, at: int) -> str:
    end = _LAW_NAME_END.search(body, at)
    return body[at : end.start() if end else len(body)].strip(" ,.;")


# --- persons ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonLine:
    """A person as listed: the name and the capacities printed with it."""

    name: str
    capacities: tuple[str, ...]


_PEOPLE_LEAD_IN = re.compile(
    r"[^:;\n]{0,200}(?:đồng chí|đ/c|đại biểu|ông|bà|gồm|tham dự|chủ trì|có)\s*:\s*", re.IGNORECASE
)
_PREFIX = re.compile(
    r"(?:(?:các|và|cùng)\s+)?(?:đồng chí|đ/c|đc|ông|bà|ô\.|b\.)\s*[:.]?\s+(?=\S)", re.IGNORECASE
)
_NEXT_PERSON = re.compile(
    r"\s*(?:,\s*)?(?:và|cùng)\s+(?=(?:các\s+)?(?:đồng chí|đ/c|ông|bà)\s+[A-ZĐÀ-Ỹ])|\s*;\s*"
)
_NAME_END = re.compile(r"\s*,\s*|\s+[-–—]\s*|\s*:\s*|\s*[-–—]\s+")
_COMMA = re.compile(r"\s*,\s*(?![^()]{0,200}\))")
_RANK = re.compile(
    r"(?P<rank>(?:(?:đại|trung|thiếu|thượng) tướng|(?:đại|thượng|trung|thiếu) (?:tá|úy)|gs\.? ?ts\.?|pgs\.? ?ts\.?|ths\.?|ts\.?|bs\.?|"
    r"linh mục|hòa thượng|thượng tọa|đại đức|mục sư)\s*:?)\s+(?=[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:nguyên\s+)?(?:trưởng|phó|chủ tịch|bí thư|giám đốc|chánh|ủy viên|uỷ viên|chuyên viên|chủ nhiệm|chỉ huy|thường trực|tổng|"
    r"hiệu trưởng|pct|pbt|thủ tướng|bộ trưởng|thứ trưởng|cục trưởng|chi cục)\b",
    re.IGNORECASE,
)
_FAMILIES = frozenset(
    [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Đào",
        "Đoàn",
        "Vương",
        "Trịnh",
        "Trương",
        "Đinh",
        "Lâm",
        "Phùng",
        "Mai",
        "Tô",
        "Tạ",
        "Cao",
        "Hà",
        "Lương",
        "Lưu",
        "Châu",
        "Thái",
        "Quách",
        "Tống",
        "Nông",
        "Vi",
        "Lò",
        "Giàng",
        "Hứa",
        "Triệu",
        "Chu",
        "Kiều",
        "Từ",
        "Thạch",
        "Sơn",
        "Kim",
        "Danh",
        "Y",
        "H'",
    ]
)


def split_people(text: str) -> list[PersonLine]:
    """Cut a list of persons: semicolons or lines between them, commas between the posts of one."""
    people: list[PersonLine] = []
    for line in clean_block(text[:LONGEST_LINE]).split("\n"):
        line = _without_markers(line)
        lead = _PEOPLE_LEAD_IN.match(line)
        for part in _NEXT_PERSON.split(line[lead.end() :] if lead else line):
            for one in _bare_names(part) or [part]:
                person = _person(_without_markers(one))
                if person:
                    people.append(person)
    return people


def is_post(text: str) -> bool:
    """Whether words begin as a post does: "Bí thư …"."""
    return bool(_POST.match(text))


def _without_prefix(text: str) -> str:
    """The text without "Đồng chí", "Ông", "Bà" in front."""
    at = 0
    while prefix := _PREFIX.match(text, at):
        at = prefix.end()
    return text[at:]


def _bare_names(text: str) -> list[str]:
    """The names of a list that gives no posts ("các đồng chí Nguyễn Văn A, Trần Thị B"), else nothing."""
    names = [name.strip(" .…") for name in _without_prefix(text).split(",")]
    plain = all(
        words[0] in _FAMILIES and 2 <= len(words) <= 5 and all(word[:1].isupper() for word in words)
        for words in (name.split(" ") for name in names)
    )
    return names if plain and len(names) > 1 else []


def _person(text: str) -> PersonLine | None:
    """Read one person: prefix dropped, then the name, then the capacities."""
    text = _without_prefix(text[: _end_of_inner(text)].strip())
    masked = _CLOSED.sub(lambda found: "·" * len(found[0]), text)
    end = _NAME_END.search(masked)
    name, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    capacities = [tidy for post in _COMMA.split(rest) if (tidy := post.strip(" ,;:-–"))]
    if rank := _RANK.match(name):
        capacities.insert(0, rank["rank"].strip(" :"))
        name = name[rank.end() :]
    if _POST.match(name):
        post, name = _post_before_name(name)
        capacities[:0] = [post] if post else []
    name = name.strip(" ,.;:")
    return PersonLine(name, tuple(capacities)) if name else None


def _post_before_name(text: str) -> tuple[str, str]:
    """Part "Trưởng Ban Dân vận Thành ủy Nguyễn Lan Hương" into the post and the name."""
    words = text.split(" ")
    at = len(words)
    while at and len(words) - at < 6 and words[at - 1][:1].isupper() and not words[at - 1].isupper():
        at -= 1
    families = [i for i in range(at, len(words) - 1) if words[i] in _FAMILIES]
    if not families or families[0] == 0:
        return "", text
    prefix = _PREFIX.search(" ".join(words[: families[0]]) + " ")
    post = " ".join(words[: families[0]])
    return (post[: prefix.start()] if prefix else post).strip(" ,"), " ".join(words[families[0] :])

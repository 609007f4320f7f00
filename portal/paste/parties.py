"""The bodies that a title or a number line names: "giữa … và/với …", "của … về"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.headings import as_sentence
from portal.paste.printed import LONGEST_BLOCK, OF, depth_of, without_markers
from portal.text import clean, clean_block

LONGEST_PARTIES = 1_000
"""How much of a line is read as a list of bodies."""


BETWEEN = re.compile(r"\bgiữa\s+", re.IGNORECASE)
PARTIES_END = re.compile(
    r"[\n.;:(“”\"]|,? (?:về|v/v|trong việc|trong công tác|trong thực hiện|giai đoạn|nhiệm kỳ|năm \d|năm học|nhằm|để|khóa|khoá|"
    r"ngày \d|số \d|thực hiện|tuyên truyền|đã|từ năm|và triển khai)(?![\w])",
    re.IGNORECASE,
)
_BODY_WORD = (
    r"(?:các\s+)?(?:ủy ban|uỷ ban|ubnd|ubmttq|ubkt|hđnd|hội|ban|sở|phòng|công an|bộ|đảng ủy|đảng uỷ|đảng bộ|chi bộ|chi ủy|"
    r"quận ủy|huyện ủy|thị ủy|tỉnh ủy|thành ủy|quận uỷ|huyện uỷ|tỉnh uỷ|thành uỷ|mặt trận|mttq|liên đoàn|lđlđ|đoàn|(?:tỉnh|thành|quận|huyện|xã|phường) đoàn|văn phòng|"
    r"trường|viện|tòa án|toà án|thường trực|lãnh đạo|chi cục|cục|thanh tra|bảo hiểm|kho bạc|lữ đoàn|trung đoàn|sư đoàn|"
    r"quân|bch|bdv|btg|chính phủ|tổng|khối|tập đoàn|công ty|báo|đài|trung tâm|bcsđ|bqp|công đoàn|ngân hàng|chi nhánh|hợp tác xã|doanh nghiệp|bệnh viện|hiệp hội|giáo hội|đồn|nhà máy|vùng|học viện)\b"
)
_COUNCIL = r"(?:hđnd|hội đồng nhân dân)"
_SPLIT_PARTIES = re.compile(
    rf"\s+với\s+|\s*;\s*|\s*,\s*(?:và\s+)?(?={_BODY_WORD})|\s+và\s+(?={_BODY_WORD})", re.IGNORECASE
)
_ENDS_AS_COUNCIL = re.compile(rf"(?:^|\s){_COUNCIL}$", re.IGNORECASE)
_STARTS_AS_COMMITTEE = re.compile(r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b", re.IGNORECASE)


def named_parties(text: str, openings: Iterable[re.Pattern[str]]) -> tuple[str, ...]:
    """The bodies named after "giữa … và/với …", or after "của … về"."""
    first, *below = (one.replace("\n", " ") for one in text.split("\n\n"))
    for opening in openings:
        for line in (first, *(below if opening is BETWEEN else ())):
            found = opening.search(line)
            if found:
                rest = line[found.end() : found.end() + LONGEST_PARTIES]
                end = PARTIES_END.search(_masked(rest))
                names = split_parties(rest[: end.start()] if end else rest)
                if opening is OF or len(names) > 1:
                    return names
    return ()


_AGREE = re.compile(
    r",?\s+(?:(?:cùng|đã|cùng nhau)\s+)*(?:thống nhất|thỏa thuận|thoả thuận|phối hợp|ký kết|xây dựng(?! đảng\b)|ban hành)\b",
    re.IGNORECASE,
)
A_BODY = re.compile(_BODY_WORD, re.IGNORECASE)


def is_body(name: str) -> bool:
    """Whether words begin as the name of a body does."""
    return bool(A_BODY.match(name))


def parties_that_agree(sentence: str) -> tuple[str, ...]:
    """The bodies of a sentence by which they agree: "Ban Dân vận và UBND quận thống nhất …", "… giữa A và B …"."""
    sentence = clean(sentence[:LONGEST_PARTIES])
    if agree := _AGREE.search(sentence):
        names = split_parties(sentence[: agree.start()])
        if len(names) > 1 and all(map(A_BODY.match, names)):
            return names
    return named_parties(sentence, (BETWEEN,))


def _masked(text: str) -> str:
    """The text with the full stops of abbreviations ("TP. Hà Nội") out of the way, same length."""
    return re.sub(r"\b(TP|TX|TT|P|Q|H)\.", r"\1 ", text)


def split_parties(text: str) -> tuple[str, ...]:
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


_DASHES = re.compile(r"\s+[-–—]\s+")


def parties_that_issue(heads: Iterable[str]) -> tuple[str, ...]:
    """The bodies that stand above a paper in capitals with dashes between them: "BAN DÂN VẬN - CÔNG AN PHƯỜNG"."""
    for line in heads:
        names: list[str] = []
        for name in _DASHES.split(line.strip(" *-–—")) if line.isupper() else ():
            if names and _ENDS_AS_COUNCIL.search(names[-1]) and _STARTS_AS_COMMITTEE.match(name):
                names[-1] = f"{names[-1]} - {name}"
            else:
                names.append(name)
        if len(names) > 1 and all(map(A_BODY.match, names)):
            return tuple(map(as_name, names))
    return ()


_LEVEL = r"(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|đặc khu|phường|xã(?! hội)|(?:thành|tỉnh|quận|huyện|thị) ủy|tp\.|tx\.)"
_OF_PLACE = re.compile(rf"\b({_LEVEL} )((?:(?!{_LEVEL})\S+ ?)+)", re.IGNORECASE)
"""Where a name printed in capitals has a place, whose name keeps them."""
KEPT_NAMES = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Ban Chấp hành", "Ban Thường trực", "Ban Dân vận", "Ban Tuyên giáo",
    "Ban Tuyên giáo và Dân vận", "Ban Xây dựng Đảng", "Ban Tổ chức", "Ban Nội chính", "Ban Chỉ huy Quân sự",
    "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Đoàn Thanh niên", "Đảng ủy",
    "Thành ủy", "Tỉnh ủy", "Quận ủy", "Huyện ủy", "Công an", "Liên đoàn Lao động",
    "Ngân hàng Chính sách xã hội",
)  # fmt: skip
"""Names of bodies, and parts of names, that keep their capitals where a paper prints everything in capitals."""


def as_name(body: str) -> str:
    """The name of a body as a sentence writes it; one printed in capitals keeps those of names and places."""
    called = as_sentence(body, KEPT_NAMES)
    return _OF_PLACE.sub(lambda found: found[1] + _placed(found[2]), called) if body.isupper() else called


def _placed(words: str) -> str:
    """The name of a place in capitals; an abbreviation stays, and so do the words of a body behind it."""
    return " ".join(word if word.isupper() else word[:1].upper() + word[1:] for word in words.split(" "))


_OF_WHOM = re.compile(
    r"(?:trách nhiệm|nhiệm vụ|phần việc)\s+(?:(?:chính|cụ thể)\s+)?(?:của\s+)?", re.IGNORECASE
)
LONGEST_NAME = 200


def split_duties(text: str) -> list[tuple[str, str, str]]:
    """Who answers for what: the words a numbered line names a body by, what follows, and both as printed.

    "1. Trách nhiệm của Ban Dân vận:" names "Ban Dân vận"; what stands before the first such line names nobody.
    """
    found: list[tuple[str, list[str], list[str]]] = []
    top: int | None = None
    for line in clean_block(text[:LONGEST_BLOCK]).split("\n"):
        depth = depth_of(line)
        top = depth if top is None else top
        if depth is not None and depth == top:
            name, _, rest = without_markers(line).partition(":")
            name = _OF_WHOM.sub("", name, count=1).strip(" .;")
            found.append((name if len(name) <= LONGEST_NAME else "", [rest.strip()], [line]))
            continue
        if not found:
            found.append(("", [], []))
        for lines in found[-1][1:]:
            lines.append(line)
    return [(name, "\n".join(below).strip(), "\n".join(printed).strip()) for name, below, printed in found]

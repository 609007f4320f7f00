"""The bodies that a title or a number line names: "giữa … và/với …", "của … về"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.paste.printed import OF
from portal.text import clean

LONGEST_PARTIES = 1_000
"""How much of a line is read as a list of bodies."""


BETWEEN = re.compile(r"\bgiữa\s+", re.IGNORECASE)
PARTIES_END = re.compile(
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


def named_parties(text: str, openings: Iterable[re.Pattern[str]]) -> tuple[str, ...]:
    """The bodies named after "giữa … và/với …", or after "của … về"."""
    line = text.partition("\n\n")[0].replace("\n", " ")
    for opening in openings:
        found = opening.search(line)
        if found:
            rest = line[found.end() : found.end() + LONGEST_PARTIES]
            end = PARTIES_END.search(_masked(rest))
            names = _split_parties(rest[: end.start()] if end else rest)
            if opening is OF or len(names) > 1:
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

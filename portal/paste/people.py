"""Lists of persons: names, and the posts printed with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.paste.printed import CLOSED, LONGEST_LINE, end_of_inner, without_markers
from portal.text import clean_block


@dataclass(frozen=True)
class PersonLine:
    """A person as listed: the name and the capacities printed with it.

    ``heading`` are the words before a colon that are neither name nor post: "Đại diện Ban Dân vận: …"; they are also
    the last of the capacities.
    """

    name: str
    capacities: tuple[str, ...]
    heading: str = ""


_PEOPLE_LEAD_IN = re.compile(
    r"[^:;\n]{0,200}(?:đồng chí|đ/c|đại biểu|ông|bà|gồm|tham dự|chủ trì|có)\s*:\s*", re.IGNORECASE
)
_PREFIX = re.compile(
    r"(?:(?:các|và|cùng)\s+)?(?:đồng chí|đ/c|đc|ông|bà|ô\.|b\.)\s*[:.]?\s+(?=\S)", re.IGNORECASE
)
_NAME_END = re.compile(r"\s*,\s*|\s+[-–—]\s*|\s*:\s*|\s*[-–—]\s+")
_COMMA = re.compile(r"\s*,\s*(?![^()]{0,200}\))")
_RANK = re.compile(
    r"(?P<rank>(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)|phó giáo sư|giáo sư|tiến sĩ|thạc sĩ|cử nhân|kỹ sư|bác sĩ|"
    r"dược sĩ|luật sư|nhà giáo (?:ưu tú|nhân dân)|thầy thuốc (?:ưu tú|nhân dân)|nghệ nhân (?:ưu tú|nhân dân)|"
    r"anh hùng (?:lao động|lực lượng vũ trang(?: nhân dân)?)|linh mục|hòa thượng|hoà thượng|thượng tọa|thượng toạ|đại đức|"
    r"ni trưởng|ni sư|mục sư)\b|(?:(?:pgs|gs)\.? ?)?(?:tskh|ts|ths|bs(?:ck(?:i{1,2}|1|2))?|pgs|gs|ngưt|ngnd|ttưt|ttnd)\b\.?)"
    r"\s*[,:.–-]?\s*",
    re.IGNORECASE,
)
"""A rank or a degree that is printed before a name, and what parts it from the next or from the name."""
_BRACKET = re.compile(r"\s*\((?P<inner>[^()]*)\)$")
_POST = re.compile(
    r"(?:nguyên\s+)?(?:trưởng|phó|chủ tịch|bí thư|giám đốc|chánh|ủy viên|uỷ viên|chuyên viên|chủ nhiệm|chỉ huy|thường trực|tổng|"
    r"hiệu trưởng|pct|pbt|thủ tướng|bộ trưởng|thứ trưởng|cục trưởng|chi cục)\b",
    re.IGNORECASE,
)
FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Đào", "Đoàn", "Vương", "Trịnh", "Trương", "Đinh", "Lâm", "Phùng", "Mai", "Tô", "Tạ",
    "Cao", "Hà", "Lương", "Lưu", "Châu", "Thái", "Quách", "Tống", "Nông", "Vi", "Lò", "Giàng", "Hứa",
    "Triệu", "Chu", "Kiều", "Từ", "Thạch", "Sơn", "Kim", "Danh", "Y", "H'",
)  # fmt: skip
"""Family names, the commonest first."""

_NAME = rf"(?:{'|'.join(FAMILIES)})(?:\s+[A-ZĐÀ-Ỹ][^\s,;:()]*){{1,5}}"
_NEXT_PERSON = re.compile(
    r"\s*(?:,\s*)?(?:và|cùng)\s+(?=(?:các\s+)?(?:đồng chí|đ/c|ông|bà)\s+[A-ZĐÀ-Ỹ])|\s*;\s*"
    rf"|\s*(?:,\s*)?(?:và|cùng)\s+(?={_NAME}\s*(?:,\s*|\(|[-–—]\s*)(?i:{_POST.pattern}))"
    rf"|(?<=\))\s*,\s*(?:và\s+)?(?={_NAME}\s*\()"
)
"""What parts persons: a semicolon; "và" before a name with its post; a comma behind one's brackets, of many such."""


def split_people(text: str) -> list[PersonLine]:
    """Cut a list of persons: semicolons or lines between them, commas between the posts of one."""
    people: list[PersonLine] = []
    for line in clean_block(text[:LONGEST_LINE]).split("\n"):
        line = without_markers(line)
        lead = _PEOPLE_LEAD_IN.match(line)
        for part in _NEXT_PERSON.split(line[lead.end() :] if lead else line):
            for one in _bare_names(part) or [part]:
                person = _person(without_markers(one))
                if person:
                    people.append(person)
    return people


def is_post(text: str) -> bool:
    """Whether words begin as a post does: "Bí thư …"."""
    return bool(_POST.match(text))


def is_full_name(text: str, *, known: bool = True) -> bool:
    """Whether words can be a person's whole name: several, no post, no abbreviation; of a ``known`` family unless told."""
    words = text.split()
    is_name = (
        len(words) > 1 and not is_post(text) and not any(len(one) > 1 and one.isupper() for one in words)
    )
    return is_name and (words[0] in FAMILIES or words[0].startswith(("H'", "H’")) or not known)


def is_person(text: str) -> bool:
    """Whether words are a person's whole name, in capitals too, a rank or a degree before it left aside."""
    return is_full_name(_ranks_before(text)[1].title())


def without_prefix(text: str) -> str:
    """The text without "Đồng chí", "Ông", "Bà" in front."""
    at = 0
    while prefix := _PREFIX.match(text, at):
        at = prefix.end()
    return text[at:]


def _bare_names(text: str) -> list[str]:
    """The names of a list that gives no posts ("các đồng chí Nguyễn Văn A, Trần Thị B"), else nothing."""
    names = [name.strip(" .…") for name in without_prefix(text).split(",")]
    plain = all(
        words[0] in FAMILIES and 2 <= len(words) <= 5 and all(word[:1].isupper() for word in words)
        for words in (name.split(" ") for name in names)
    )
    return names if plain and len(names) > 1 else []


def _person(text: str) -> PersonLine | None:
    """Read one person, perhaps behind words that say of which body, or in which post: "Đại diện A: …", "Chủ tịch: …"."""
    heading, colon, rest = without_prefix(text).partition(":")
    heading = heading.strip()
    if colon and heading and not is_full_name(heading) and not _RANK.fullmatch(heading):
        named = _named(rest.strip())
        if named and is_full_name(named.name):
            if is_post(heading):
                return PersonLine(named.name, (heading, *named.capacities))
            return PersonLine(named.name, (*named.capacities, heading), heading)
    return _named(text)


def _named(text: str) -> PersonLine | None:
    """Read one person: prefix dropped, then the name, then the capacities."""
    ranks, text = _ranks_before(without_prefix(text[: end_of_inner(text)].strip()))
    masked = CLOSED.sub(lambda found: "·" * len(found[0]), text)
    end = _NAME_END.search(masked)
    name, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    capacities = [tidy for post in _COMMA.split(rest) if (tidy := post.strip(" ,;:-–"))]
    if _POST.match(name):
        post, name = _post_before_name(name)
        capacities[:0] = [post] if post else []
    bracket = _BRACKET.search(name)
    if bracket and _tells_post(bracket["inner"]):
        name, capacities[:0] = name[: bracket.start()], map(str.strip, bracket["inner"].split(","))
    name = name.strip(" ,.;:")
    return PersonLine(name, (*ranks, *capacities)) if name else None


def _ranks_before(text: str) -> tuple[list[str], str]:
    """The ranks and degrees before a name, and the text from the name on; words that no name follows are no rank."""
    ranks, at = [], 0
    while found := _RANK.match(text, at):
        ranks.append(found["rank"])
        at = found.end()
    return (ranks, text[at:]) if text[at : at + 1].isupper() else ([], text)


def _tells_post(inner: str) -> bool:
    """Whether what stands in brackets behind a name is a post: "(Chủ tịch Hội …)", not another name of the person."""
    words = inner.split()
    return is_post(inner) or (len(words) > 1 and any(word[:1].islower() for word in words))


def _post_before_name(text: str) -> tuple[str, str]:
    """Part "Trưởng Ban Dân vận Thành ủy Nguyễn Lan Hương" into the post and the name."""
    words = text.split(" ")
    at = len(words)
    while at and len(words) - at < 6 and words[at - 1][:1].isupper() and not words[at - 1].isupper():
        at -= 1
    families = [i for i in range(at, len(words) - 1) if words[i] in FAMILIES]
    if not families or families[0] == 0:
        return "", text
    prefix = _PREFIX.search(" ".join(words[: families[0]]) + " ")
    post = " ".join(words[: families[0]])
    return (post[: prefix.start()] if prefix else post).strip(" ,"), " ".join(words[families[0] :])

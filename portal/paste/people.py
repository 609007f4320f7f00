"""Lists of persons: names, and the posts printed with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.paste.printed import CLOSED, LONGEST_LINE, end_of_inner, without_markers
from portal.text import clean_block


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
    text = _without_prefix(text[: end_of_inner(text)].strip())
    masked = CLOSED.sub(lambda found: "·" * len(found[0]), text)
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

"""Pasted text of a conference turned into proposals: participants with groups, sayings, papers on the table.

Pure functions; what they return is shown before it is kept.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from meetings.clock import HOUR
from meetings.models.participants import CHAIRS
from portal.paste import (
    PersonLine,
    columns_of,
    is_full_name,
    is_post,
    split_parties,
    split_people,
    table_rows,
    untabbed,
)
from portal.text import clean, clean_block, fold

_GROUP = re.compile(
    r"(?:(?P<about>hơn|trên|gần|khoảng|chừng|ước)\s+)?(?P<count>\d{1,3}(?:\.\d{3})+|\d{1,6})\s+(?P<who>[^\W\d_].*)",
    re.IGNORECASE,
)
"""A count before words that begin small is of a group: a name begins with a capital."""
_PLURAL = re.compile(
    r"(?:các\s+|đại diện\s+(?:các\s+)?|lãnh đạo\s+(?:các\s+)?|toàn thể\s+|đông đảo\s+)(?P<comrades>(?:đồng chí|đ/c|ông|bà)\b)?",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?:và|cùng(?:\s+với)?|với)\s+(?=(?:(?:hơn|trên|gần|khoảng|chừng|ước)\s+)?\d|đại diện\s|toàn thể\s|đông đảo\s)",
    re.IGNORECASE,
)
"""What joins a group to those named before it; "và các …" may as well go on with a post."""
_OF_THE_DAY = r"(?:\s+(?:hội nghị|buổi|lễ|cuộc họp)\b[^:]{0,60})?"
_CHAIRS = re.compile(rf"(?:đồng\s+)?chủ trì{_OF_THE_DAY}", re.IGNORECASE)
"""A post of the hour: who chaired, or chaired with others."""
_ROLES = {
    key: re.compile(rf"(?:{words}){_OF_THE_DAY}\s*:\s*", re.IGNORECASE)
    for key, words in {
        "chu-tri": r"(?:đồng\s+)?chủ (?:trì|tọa|toạ)",
        "thu-ky": r"(?:(?:tổ|ban|người)\s+)?thư ký",
        "chung-kien": r"(?:(?:đại biểu|người|đến|về)\s+)?chứng kiến",
        "phat-bieu": r"(?:người\s+)?phát biểu",
        "du": r"(?:thành phần\s+)?(?:(?:cùng|tham|về|đến)\s+)?dự",
    }.items()
}
"""The roles, by their keys, that a list says of all whom it names next: "Chủ trì: …"."""
_LEAD_IN = re.compile(r"\s*(?:về|cùng|đến|tham)?\s*dự\b[^,;:\n]{0,80}?\b(?:có|gồm)\b\s*:?\s*", re.IGNORECASE)
"""What a report says before the first name: "Dự hội nghị có"."""
_HEADING = re.compile(r"(?P<words>[^:;\d]{2,80}):\s*")
"""Words before a colon: they head a list, unless they name somebody."""
_ABOUT_GUESTS = re.compile(r"(?:danh sách|đại biểu|khách mời|thành phần)\b", re.IGNORECASE)
"""Words that head a list of guests, wherever they come from: "Đại biểu Thành phố"."""
_SECTION = re.compile(r"^\s*[IVX]{1,5}\s*[.)/-]\s*(?P<words>[^,;:]{2,80}?):?\s*$")
"""A heading with a Roman numeral."""
_BULLET = re.compile(r"^\s*(?:[-–—•*+]|\(?\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class ParticipantLine:
    """A person with posts as printed, or a group with its count when one is given."""

    name: str = ""
    capacity: str = ""
    group: str = ""
    count: int | None = None
    approximator: str = ""
    role: str = ""
    """The key of the role that the list says: before the names, or among the posts, that they chaired."""


def split_participants(text: str) -> list[ParticipantLine]:
    """Cut a list of participants: semicolons or lines between them, commas between the posts of one.

    "hơn 200 đại biểu các phường" and "các ban, ngành" are groups. "Chủ trì:" says the role of those on its line, alone
    on a line of those on the lines below, up to the next heading; of no group. A table is a line for each row.
    """
    found: list[ParticipantLine] = []
    above = ""
    for line in clean_block(tabled_lines(text)).split("\n"):
        if section := section_heading(line):
            above = heading_before(f"{section['words']}:")[1]
            continue
        line = _BULLET.sub("", line)
        heads, said, line = heading_before(line)
        role = said if heads else above
        above = "" if said and line else role
        for part in re.split(r";\s*", line):
            for one in _JOINS.split(part):
                part = clean(one).strip(" ,.")
                if group := read_group(part):
                    found.append(group)
                elif part:
                    found += [person_line(person, role) for person in split_people(part)]
    return found


_CHIEF = re.compile(r"(?:phó )?(?:chủ tịch|giám đốc|bí thư|chủ nhiệm)(?: thường trực)?", re.IGNORECASE)
"""A post that its body completes: "Chủ tịch" of "UBND phường"."""


def post_and_body(post: str, body: str) -> str:
    """The post of a signer with the body it stands under: by that the row is seated in each paper."""
    if fold(body) in fold(post):
        return post
    return " ".join([post, body]) if _CHIEF.fullmatch(post) else f"{post}, {body}".strip(", ")


PEOPLE_HEADS = {
    "capacity": ("chuc vu", "chuc danh"),
    "body": ("don vi", "co quan", "noi cong tac"),
    "role": ("vai tro", "ghi chu", "nhiem vu"),
    "name": ("ho ten", "ho va ten", "ten", "dai bieu", "khach moi"),
}
"""What the columns of a table of people are headed with, folded."""


def tabled_lines(text: str) -> str:
    """A block with a table of people in it as lines: name, posts and body with commas; a role said in a cell heads its line.

    A group, or words that join one, typed below the table are lines of their own.
    """
    lines = untabbed(text).splitlines()
    at = next((at for at, line in enumerate(lines) if "\t" in line), None)
    if at is None:
        return text
    rows = table_rows("\n".join(lines[at:]))
    columns, told = columns_of(rows[0], PEOPLE_HEADS, "name"), lines[:at]
    for row in rows[1:] if columns else rows:
        if columns and len(row) == len(columns):
            row = [row[columns.index("name")], *(row[at] for at, one in enumerate(columns) if one != "name")]
        said, below = [], []
        for cell in row:
            first, *others = map(clean, cell.split("\n"))
            said += [first, *(one for one in others if not _stands_alone(one))]
            below += filter(_stands_alone, others)
        roles = [one for one in said if one and heading_before(f"{one}:")[1]]
        person = ", ".join(one for one in said if one and one not in roles)
        told += [f"{roles[0]}: {person}" if roles and person else person or ", ".join(roles), *below]
    return "\n".join(told)


def _stands_alone(line: str) -> bool:
    """Whether a line below others in a cell is of somebody else: a group, or what joins one."""
    return bool(read_group(line) or _JOINS.match(line))


def section_heading(line: str) -> re.Match[str] | None:
    """The heading of a part of the list; a group or a person with a numeral is none."""
    found = _SECTION.match(line)
    if found and not (
        read_group(found["words"]) or any(is_full_name(one.name) for one in split_people(found["words"]))
    ):
        return found
    return None


def heading_before(line: str) -> tuple[bool, str, str]:
    """Whether a line begins with a heading, the key of the role that it says, and the names behind it.

    A heading of common words alone ("Khách mời:") says nothing of those below; a post, a body or a group is told of them.
    """
    if lead := _LEAD_IN.match(line):
        return True, "", line[lead.end() :]
    for key, words in _ROLES.items():
        if said := words.match(line):
            return True, key, line[said.end() :]
    if not (heading := _HEADING.match(line)):
        return False, "", line
    words = heading["words"]
    is_common = bool(_ABOUT_GUESTS.match(words))
    if not is_common and _names_people(words):
        return False, "", line
    is_common |= words[:1].isupper() and words[1:].islower() and not is_post(words) and not read_group(words)
    return True, "", line[heading.end() :] if is_common else line


def _names_people(words: str) -> bool:
    """Whether the words before a colon are of persons: "Trần Thị Hà: …", "Các đồng chí: …"."""
    return bool(_COMRADES.match(words)) or any(is_full_name(one.name) for one in split_people(words))


def person_line(person: PersonLine, role: str = "") -> ParticipantLine:
    """A person with posts, and the role said; that they chaired is no post but what they did."""
    posts = [post for post in person.capacities if not _CHAIRS.fullmatch(post)]
    chairs = len(posts) < len(person.capacities)
    return ParticipantLine(person.name, ", ".join(posts), role=CHAIRS if chairs else role)


def read_group(text: str) -> ParticipantLine | None:
    """A group of people as printed, or None when the words name a person."""
    counted = _GROUP.match(text)
    if counted and counted["who"][0].islower():
        count = int(counted["count"].replace(".", ""))
        return ParticipantLine(
            group=clean(counted["who"])[:250], count=count, approximator=(counted["about"] or "").lower()
        )
    plural = _PLURAL.match(text)
    if plural is None or (plural["comrades"] and any(map(is_named, split_people(text)))):
        return None
    if any(one.heading for one in split_people(text)):  # "Đại diện Ban Dân vận: Nguyễn Văn Tâm"
        return None
    return ParticipantLine(group=text[:250])


def is_named(person: PersonLine) -> bool:
    """Whether words read as a person are a name: they begin with a capital and are no post."""
    return person.name[:1].isupper() and not is_post(person.name)


PAPER_HEADS = {
    "parties": ("cac ben", "ben ky", "don vi", "co quan", "ben phoi hop"),
    "paper": ("ten", "van ban", "trich yeu", "noi dung"),
    "number": ("so",),
}
"""What the columns of a table of papers are headed with, folded."""
UNHEADED = {2: ("paper", "parties"), 3: ("number", "paper", "parties")}
"""The columns of a table without heads, by how many there are."""
_NUMBERED = re.compile(r"[Ss]ố\s*:?\s*")


def split_papers(text: str) -> list[dict[str, str]]:
    """The papers of a pasted list, one a line, or of a table with their numbers and parties beside."""
    if "\t" not in text:
        return [{"paper": one} for one in split_sayings(text)]
    rows = table_rows(text)
    columns = columns_of(rows[0], PAPER_HEADS, "paper") if rows else ()
    found = []
    for row in rows[1:] if columns else rows:
        names = columns or UNHEADED.get(len(row), ("paper",))
        cells = list(itertools.zip_longest(names, row, fillvalue=""))
        told = {name: cell for name, cell in cells if name and cell}
        more = [cell for name, cell in cells if cell and not name]  # a column nobody knows is not dropped
        number = _NUMBERED.sub("", told.get("number", ""), count=1)
        parties = [one for line in told.get("parties", "").split("\n") for one in split_parties(line)]
        if words := clean(" ".join([number, told.get("paper", ""), *more])):
            found.append({"paper": words, "parties": "; ".join(parties)})
    return found


def names_in(text: str) -> list[str]:
    """The names of a line, parted by semicolons."""
    return [name for name in map(clean, text.split(";")) if name]


def say_participant(line: ParticipantLine) -> str:
    """The line as it would be typed again."""
    if line.group:
        number = f"{line.count:,}".replace(",", ".") if line.count else ""
        return " ".join(filter(None, [line.approximator, number, line.group]))
    return ", ".join(filter(None, [line.name, line.capacity]))


def split_sayings(text: str) -> list[str]:
    """One saying a line, without its bullet or number; a line that starts with a small letter goes on."""
    sayings: list[str] = []
    for line in clean_block(text).split("\n"):
        bare = clean(_BULLET.sub("", line))
        if not bare:
            continue
        if sayings and bare[:1].islower() and not _BULLET.match(line):
            sayings[-1] = f"{sayings[-1]} {bare}"
        else:
            sayings.append(bare)
    return [one.rstrip(" ;") for one in sayings]


_COMRADE = re.compile(r"(?:đồng chí|đ/c|ông|bà)\s+", re.IGNORECASE)
_COMRADES = re.compile(r"(?:các\s+)?(?:đồng chí|đ/c|ông|bà)\b", re.IGNORECASE)
_POST_BETWEEN = re.compile(r"\s*(?:,[^:]{3,160}(?=:)|,[^,:]{3,120},|\([^()]{3,120}\))\s*")
MOST_NAME_WORDS, LONGEST_NAME = 6, 120


def is_of_somebody(text: str) -> bool:
    """Whether a saying begins with whose it may be, by name or by post: "Đồng chí Bí thư đề nghị …"."""
    return bool(_COMRADE.match(text) or speaker_in(text, lambda _name: True)[0])


def speaker_in(text: str, is_there: Callable[[str], bool] = lambda _name: False) -> tuple[str, str]:
    """Who a saying says first that it is by, and what they said; the words as they are where it names nobody so.

    "Đồng chí Trần Thị Hà đề nghị …"; a post between stays with the words. "Trần Thị Hà: …" is said by who ``is_there``,
    for places are called as persons are: "Lâm Đồng: …".
    """
    comrade = _COMRADE.match(text)
    words = re.split(r"(?<=\w)(?=[\s,:(])", text[comrade.end() if comrade else 0 :], maxsplit=MOST_NAME_WORDS)
    name = "".join(itertools.takewhile(lambda word: word.strip()[:1].isupper(), words))
    rest = text[(comrade.end() if comrade else 0) + len(name) :]
    post = _POST_BETWEEN.match(rest)
    said = (rest[post.end() :] if post else rest).lstrip()
    told = said.startswith(":") or (comrade and said[:1].islower())
    if not told or len(name) > LONGEST_NAME or not is_full_name(name, known=not comrade):
        return "", text
    if not comrade and not is_there(name):
        return "", text
    said = said.lstrip(": ")
    return name, text if post or not said else said[:1].upper() + said[1:]


_HOUR = re.compile(
    rf"(?P<time>{HOUR}(?:\s*[-–]\s*{HOUR})?)\s*[:.,;–-]?\s+",
    re.IGNORECASE,
)


def split_agenda(text: str) -> list[dict[str, str]]:
    """One point of an agenda a line; an hour at its start is its time."""
    points = []
    for line in split_sayings(text):
        hour = _HOUR.match(line)
        said, rest = (clean(hour["time"]), line[hour.end() :]) if hour else ("", line)
        points.append({"time": said, "text": (rest or line)[:500]})
    return points

"""Pasted text of a conference turned into proposals: participants with groups, sayings, papers on the table.

Pure functions; what they return is shown before it is kept.
"""

import re
from dataclasses import dataclass

from portal.paste import split_people
from portal.text import clean, clean_block

_GROUP = re.compile(
    r"(?:(?P<about>hơn|trên|gần|khoảng|chừng|ước)\s+)?(?P<count>\d{1,3}(?:\.\d{3})+|\d{1,6})\s+"
    r"(?P<who>(?:đồng chí\s+)?(?:đại biểu|người|cán bộ|hội viên|đoàn viên|điểm cầu|khách|thành viên|quần chúng|đảng viên)\b.*)",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?:các\s+|đại diện\s+(?:các\s+)?|lãnh đạo\s+(?:các\s+)?|toàn thể\s+|đông đảo\s+)(?!đồng chí\b|ông\b|bà\b)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"\s*(?:về|cùng|đến|tham)?\s*dự\b[^,;:\n]{0,80}?\b(?:có|gồm)\b\s*:?\s*", re.IGNORECASE)
"""What a report says before the first name: "Dự hội nghị có"."""
_BULLET = re.compile(r"^\s*(?:[-–—•*+]|\(?\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class ParticipantLine:
    """A person with posts as printed, or a group with its count when one is given."""

    name: str = ""
    capacity: str = ""
    group: str = ""
    count: int | None = None
    approximator: str = ""


def split_participants(text: str) -> list[ParticipantLine]:
    """Cut a list of participants: semicolons or lines between them, commas between the posts of one.

    "hơn 200 đại biểu các phường" and "các ban, ngành" are groups.
    """
    found: list[ParticipantLine] = []
    for line in clean_block(text).split("\n"):
        line = _BULLET.sub("", line)
        lead = _LEAD_IN.match(line)
        for part in re.split(r";\s*", line[lead.end() :] if lead else line):
            part = clean(part).rstrip(".")
            if not part:
                continue
            if group := read_group(part):
                found.append(group)
            else:
                found += [ParticipantLine(one.name, ", ".join(one.capacities)) for one in split_people(part)]
    return found


def read_group(text: str) -> ParticipantLine | None:
    """A group of people as printed, or None when the words name a person."""
    if counted := _GROUP.match(text):
        count = int(counted["count"].replace(".", ""))
        return ParticipantLine(
            group=clean(counted["who"])[:250], count=count, approximator=(counted["about"] or "").lower()
        )
    return ParticipantLine(group=text[:250]) if _PLURAL.match(text) else None


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
    return sayings


_CLOCK = r"(?:\d{1,2}\s*(?:giờ|h|:|g)\s*(?:\d{2})?|(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d))"
_HOUR = re.compile(
    rf"(?P<time>{_CLOCK}(?:\s*[-–]\s*{_CLOCK})?)\s*[:.,;–-]?\s+",
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

"""People of a conference's form: rows typed, lines pasted, and those stored that it does not show."""

from typing import Any

from django.http import QueryDict

from meetings.actions import (
    ParticipationEntry,
)
from meetings.actions.participants import COLUMNS
from meetings.forms.raw import line_of
from meetings.models import (
    MeetingRole,
    Participation,
)
from meetings.models.participants import MERELY
from meetings.paste import (
    ParticipantLine,
    say_participant,
    split_participants,
)
from portal.forms.fields import whole_number
from portal.forms.rows import MOST_ROWS, row_count


def person_entry(row: Any, own: dict[int, Participation]) -> ParticipationEntry:
    """One person with roles, or a group with its count; a name the register does not know adds the person.

    Words that stand as stored are what they were, a group or a name.
    """
    data, pick, pk = row.cleaned_data, row.cleaned_data["name"], whole_number(row.cleaned_data["row"])
    was, group, body = own.get(pk), row.group, data["body"]
    if was is not None and pick.text == (say_participant(line_of(was)) if was.group else was.name):
        group = line_of(was) if was.group else None
    roles, is_new = set(data["roles"]), was is None or was.name != pick.text
    if group:
        entry = ParticipationEntry(pk=was and was.pk, organization=body.found, roles=roles)
        entry.body_printed, entry.capacity = "" if body.found else body.text, data["capacity"]
        entry.group, entry.count, entry.approximator = group.group, group.count, group.approximator
        return entry
    return ParticipationEntry(
        name=pick.text,
        capacity=data["capacity"],
        pk=was and was.pk,
        person=pick.found,
        adds_person=bool(is_new and pick.text and not pick.found and not pick.choices),
        organization=body.found,
        body_printed="" if body.found else body.text,
        roles=roles,
    )


def as_it_stands(row: Participation) -> ParticipationEntry:
    """A participation the form does not hold, kept."""
    told = {name: getattr(row, name) for name in COLUMNS}
    return ParticipationEntry(pk=row.pk, roles={link.role for link in row.role_links.all()}, **told)


def with_all_people(data: QueryDict) -> QueryDict:
    """The data, with a pasted list too long for rows among those who merely attended: no line of it is lost."""
    pasted = data.get("people-dan", "")
    if not pasted.strip() or row_count(data, "people") + len(split_participants(pasted)) <= MOST_ROWS:
        return data
    moved = data.copy()
    moved["attendees"] = f"{data.get('attendees', '')}\n{pasted}".strip()
    moved["people-dan"] = ""
    return moved


def attendee_entries(
    text: str, own: dict[int, Participation], named: list[ParticipationEntry]
) -> list[ParticipationEntry]:
    """Who merely attended, read from the text block; a line that stands keeps its row and all it says."""
    taken = {one.pk for one in named}
    standing: dict[str, list[Participation]] = {}
    for row in own.values():
        if row.pk not in taken:
            standing.setdefault(say_participant(line_of(row)), []).append(row)
    entries = []
    for words in text.split("\n"):
        same = standing.get(words)
        entries += [kept_entry(same.pop(0))] if same else map(attendee_entry, split_participants(words))
    return entries


def kept_entry(row: Participation) -> ParticipationEntry:
    """Somebody who merely attended, as stored: words once read are not read anew."""
    return ParticipationEntry(pk=row.pk, **{name: getattr(row, name) for name in COLUMNS})


def attendee_entry(line: ParticipantLine) -> ParticipationEntry:
    """Somebody who merely attended, as read."""
    return ParticipationEntry(
        name=line.name[:120],
        capacity=line.capacity[:400],
        roles=set(MeetingRole.objects.filter(key=line.role))
        if line.role and line.role not in MERELY
        else set(),
        group=line.group,
        count=line.count,
        approximator=line.approximator,
    )

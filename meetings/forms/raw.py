"""The raw data of the form that would write a conference as it stands, or another like it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from meetings.clock import say_hours
from meetings.models import Directive, Meeting, Participation, Stage, Task
from meetings.models.participants import LASTING
from meetings.models.tasks import NO_DAY
from meetings.paste import ParticipantLine, say_participant, split_participants
from portal.forms.entries import paper_data
from portal.forms.rows import MOST_ROWS, append_rows, set_row_count


def meeting_data(meeting: Meeting) -> QueryDict:
    """The raw data of the form that would write this conference as it stands."""
    data = paper_data(meeting)
    data["stage"], data["place"], data["note"] = meeting.stage, meeting.place, meeting.note
    data["summary"], data["closing"] = meeting.summary, meeting.closing
    data["clock"] = say_hours(meeting.starts_at, meeting.ends_at)
    data.setlist("kinds", [link.kind.key for link in meeting.kind_links.select_related("kind")])
    if meeting.previous:
        data["previous"], data["previous-ma"] = str(meeting.previous), meeting.previous.code
    append_rows(data, "agenda", meeting.agenda.values("time", "text", "presenter"))
    append_rows(data, "table", (table_data(one) for one in meeting.papers.select_related("document")))
    people_data(data, meeting)
    append_rows(
        data,
        "talks",
        (
            talk_data(one)
            for one in meeting.presentations.select_related("participation", "organization", "attachment")
        ),
    )
    sayings = list(meeting.directives.all())
    waiting = Task.objects.filter(directive__in=sayings, assignments__isnull=True)
    tasks = {one.directive_id: one for one in waiting.prefetch_related("addressees__organization")}
    append_rows(data, "sayings", (saying_data(one, tasks.get(one.pk)) for one in sayings))
    return data


@dataclass
class Laid:
    """Where the people of a conference stand in its form; those ``beyond`` what it holds stay as they are."""

    rows: list[Participation] = field(default_factory=list)
    lines: list[Participation] = field(default_factory=list)
    beyond: list[Participation] = field(default_factory=list)


def laid_out(meeting: Meeting) -> Laid:
    """People with roles, matched ones, and those a line would not read back as rows; the others as lines."""
    laid = Laid()
    linked = meeting.participations.entered().select_related("person", "organization")
    for row in linked.prefetch_related("role_links__role"):
        is_matched = row.person_id or row.organization_id or row.body_printed or row.role_links.all()
        if not is_matched and split_participants(say_participant(line_of(row))) == [line_of(row)]:
            laid.lines.append(row)
        else:
            (laid.rows if len(laid.rows) < MOST_ROWS else laid.beyond).append(row)
    return laid


def people_data(data: QueryDict, meeting: Meeting) -> None:
    """People as rows and as lines of the text block."""
    laid = laid_out(meeting)
    append_rows(data, "people", map(person_data, laid.rows))
    for place, row in enumerate(laid.rows):
        data.setlist(f"people-{place}-roles", [link.role.key for link in row.role_links.all()])
    data["attendees"] = "\n".join(say_participant(line_of(row)) for row in laid.lines)


def person_data(row: Participation) -> dict[str, str]:
    """The raw row of a person, of the place of a body, or of a group."""
    name = say_participant(line_of(row)) if row.group else row.name
    values = {"name": name, "capacity": row.capacity, "body": row.body_printed, "row": str(row.pk)}
    if row.person:
        values["name-ma"] = row.person.code
    if row.organization:
        values |= {"body": row.organization.label, "body-ma": row.organization.code}
    return values


def table_data(one: Any) -> dict[str, str]:
    """The raw row of a paper on the table."""
    return {"paper": str(one.document), "paper-ma": one.document.code, "role": one.role}


def talk_data(one: Any) -> dict[str, str]:
    """The raw row of a paper read."""
    row = {"title": one.title, "topic": one.topic, "row": str(one.pk)}
    row["by"] = one.participation.name if one.participation else one.presented_by
    row["body"] = one.organization.label if one.organization else one.body_printed
    if one.organization:
        row["body-ma"] = one.organization.code
    if one.attachment:
        row["file"] = one.attachment.code
    return row


def saying_data(one: Directive, task: Task | None) -> dict[str, str]:
    """The raw row of a saying and the task that waits for the approval."""
    told = ("text", "said_by", "capacity", "quote", "addressed_to", "audience")
    row = {name: getattr(one, name) for name in told} | {"row": str(one.pk)}
    if one.state_shown:
        row["state_shown"] = "on"
    if task:
        row["assign_to"] = "; ".join(str(link.organization.label) for link in task.addressees.all())
        day = task.due_on
        row["due"] = "không rõ" if day == NO_DAY else f"{day.day}/{day.month}/{day.year}"
        if task.yearly:
            row["yearly"] = "on"
    return row


def line_of(row: Participation) -> ParticipantLine:
    """A participation as a line of the text block."""
    name = row.name or ("" if row.group else str(row.organization or row.body_printed))
    return ParticipantLine(name, row.capacity, row.group, row.count, row.approximator)


OF_ONE_DAY = (
    "number", "dated", "dated_inferred", "dated_basis", "type", "signing", "clock", "summary", "closing", "speaker", "note",
)  # fmt: skip
HAPPENED = ("table", "signers", "talks", "sayings", "signatures", "bases", "sources", "files")


YEAR = re.compile(r"\bnăm (\d{4})\b(?!\s*[-–])", re.IGNORECASE)


def next_meeting_data(meeting: Meeting) -> QueryDict:
    """The raw data of a conference to be prepared as this one was: who, where, what for and the agenda.

    A year in its name is raised by one.
    """
    data = meeting_data(meeting)
    for name in OF_ONE_DAY:
        data.pop(name, None)
    for prefix in HAPPENED:
        for key in [key for key in data if key.startswith(f"{prefix}-")]:
            del data[key]
        set_row_count(data, prefix, 0)
    for key in [key for key in data if key.endswith("-row")]:
        data[key] = ""
    for key in [key for key in data if key.endswith("-roles")]:
        data.setlist(key, [role for role in data.getlist(key) if role in LASTING])
    data["title"] = YEAR.sub(lambda found: f"năm {int(found[1]) + 1}", data["title"])
    data["stage"] = Stage.PREPARED
    data["previous"], data["previous-ma"] = str(meeting), meeting.code
    return data

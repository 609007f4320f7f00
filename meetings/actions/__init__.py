"""The verbs of conferences, directives and tasks."""

from meetings.actions.meetings import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    PresentationEntry,
    save_meeting,
)
from meetings.actions.participants import ParticipationEntry
from meetings.actions.sides import SignerEntry
from meetings.actions.signing import TablePaperEntry
from meetings.actions.tasks import TaskEntry

__all__ = [
    "AgendaEntry", "DirectiveEntry", "MeetingEntry", "ParticipationEntry", "PresentationEntry",
    "SignerEntry", "TablePaperEntry", "TaskEntry", "save_meeting",
]  # fmt: skip

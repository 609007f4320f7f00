"""The verbs of conferences, directives and tasks."""

from meetings.actions.meetings import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    PresentationEntry,
    TablePaperEntry,
    TaskEntry,
    save_meeting,
)
from meetings.actions.participants import ParticipationEntry

__all__ = [
    "AgendaEntry", "DirectiveEntry", "MeetingEntry", "ParticipationEntry", "PresentationEntry",
    "TablePaperEntry", "TaskEntry", "save_meeting",
]  # fmt: skip

"""Conferences and what is kept of them, one concept a module."""

from meetings.models.directives import Directive, DirectiveAddressee, DirectiveSpeaker
from meetings.models.meetings import (
    AgendaItem,
    Meeting,
    MeetingKind,
    MeetingKindLink,
    MeetingPaper,
    MeetingSignature,
    Stage,
)
from meetings.models.participants import MeetingRole, Participation, ParticipationRole, Presentation
from meetings.models.tasks import Answer, Assignment, Progress, Task, TaskAddressee

__all__ = [
    "AgendaItem", "Answer", "Assignment", "Directive", "DirectiveAddressee", "DirectiveSpeaker", "Meeting",
    "MeetingKind", "MeetingKindLink", "MeetingPaper", "MeetingRole", "MeetingSignature", "Participation",
    "ParticipationRole", "Presentation", "Progress", "Stage", "Task", "TaskAddressee",
]  # fmt: skip

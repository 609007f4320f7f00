"""Programmes and their companions: yearly plans and amendments."""

from programs.models.companions import Amendment, Plan
from programs.models.programs import Cadence, ContentItem, ItemBody, Life, Program, ProgramTag, known_until

__all__ = [
    "Amendment",
    "Cadence",
    "ContentItem",
    "ItemBody",
    "Life",
    "Plan",
    "Program",
    "ProgramTag",
    "known_until",
]

"""Programmes, their plans, amendments and reviews."""

from programs.models.amendments import Amendment
from programs.models.items import Doer, Item
from programs.models.plans import Plan, PlanItem, PlanItemBody
from programs.models.programs import Cadence, ContentItem, ItemBody, Life, Program, ProgramTag, known_until
from programs.models.reviews import Review, ReviewItem, ReviewKind, ReviewText
from programs.models.targets import Target

__all__ = [
    "Amendment",
    "Cadence",
    "ContentItem",
    "Doer",
    "Item",
    "ItemBody",
    "Life",
    "Plan",
    "PlanItem",
    "PlanItemBody",
    "Program",
    "ProgramTag",
    "Review",
    "ReviewItem",
    "ReviewKind",
    "ReviewText",
    "Target",
    "known_until",
]

"""Programmes, their plans and amendments; targets; rounds of reporting and reviews."""

from programs.models.amendments import Amendment
from programs.models.items import Doer, Item
from programs.models.plans import Plan, PlanItem, PlanItemBody
from programs.models.programs import Cadence, ContentItem, ItemBody, Life, Program, ProgramTag, known_until
from programs.models.reviews import Review, ReviewItem, ReviewKind, ReviewText
from programs.models.rounds import Duty, DutyState, Round, Submission, Tally
from programs.models.targets import Target, TargetBody, TargetEvidence, TargetReport

__all__ = [
    "Amendment",
    "Cadence",
    "ContentItem",
    "Doer",
    "Duty",
    "DutyState",
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
    "Round",
    "Submission",
    "Tally",
    "Target",
    "TargetBody",
    "TargetEvidence",
    "TargetReport",
    "known_until",
]

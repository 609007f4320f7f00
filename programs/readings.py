"""How each kind of paper of this app is read."""

from portal.models import Paper
from portal.reading import PaperReading
from programs.models import Amendment, Plan, Program, Review
from programs.plan_reading import AmendmentReading, PlanReading
from programs.reading import ProgramReading
from programs.review_reading import ReviewReading

READINGS: dict[type[Paper], type[PaperReading]] = {
    Program: ProgramReading,
    Plan: PlanReading,
    Amendment: AmendmentReading,
    Review: ReviewReading,
}

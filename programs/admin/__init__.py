"""The clean-up pages of this app: programmes with plans and amendments, targets, reviews, and rounds of reporting."""

from programs.admin import programs, reviews, rounds, targets

__all__ = ["programs", "reviews", "rounds", "targets"]

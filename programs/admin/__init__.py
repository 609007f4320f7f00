"""The clean-up pages of this app: programmes with plans and amendments, reviews, and rounds of reporting."""

from programs.admin import programs, reviews, rounds

__all__ = ["programs", "reviews", "rounds"]

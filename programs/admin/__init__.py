"""The clean-up pages of this app: programmes with plans and amendments, and reviews."""

from programs.admin import programs, reviews

__all__ = ["programs", "reviews"]

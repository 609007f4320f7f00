"""Clean-up pages of conferences: who came, what was on the table, what was said, and the tasks that followed.

What a person corrects here is the record as it stands, approved or not, with a reason. Where a task stands is
moved by those who answer and follow it, never here.
"""

from meetings.admin import meetings, sayings, tasks

__all__ = ["meetings", "sayings", "tasks"]

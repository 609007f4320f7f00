"""One measured page and the two kinds of bar it may be held to; the files of whole lists."""

from dataclasses import dataclass

BOOKS = {
    "programmes": "programs:staff_excel",
    "conferences": "meetings:staff_meeting_excel",
    "tasks": "meetings:task_excel",
}
"""The files of a whole list; each is measured in a process of its own."""
ANCHORED, BOUNDED = "twice its time at 100 and 25 ms", "a fixed limit"


@dataclass(frozen=True)
class Page:
    """A page as one person opens it; an empty ``person`` is a visitor."""

    name: str
    path: str
    person: str = ""
    bar: str = BOUNDED

    @property
    def key(self) -> str:
        """What figures of the page are found by, in every run."""
        return f"{self.name} · {self.person or 'visitor'}"

"""The records of this app as Word files: which paper each is, and its bytes for one reader."""

from portal.reading import PaperReading
from portal.text import slugify
from portal.word.papers import official_key
from portal.word.rendering import render
from programs.review_reading import ReviewReading
from programs.word.agreement import Agreement
from programs.word.report import Report


def paper_of(reading: PaperReading) -> Agreement:
    """How a record stands on paper."""
    return Report(reading) if isinstance(reading, ReviewReading) else Agreement(reading)


def paper_file(reading: PaperReading, kind: str) -> tuple[str, bytes]:
    """The record as a Word file for this reader: its name and its bytes."""
    paper = paper_of(reading).paper()
    lead = reading.partners[0].organization if reading.partners else None
    key = official_key(kind, paper.layout)
    name = slugify(f"{'du-thao ' if paper.draft else ''}{reading.document.title}", max_length=80)
    written = render(key, paper.words(), body=lead or reading.record.keeper, title=reading.document.title)
    return f"{name or kind}.docx", written

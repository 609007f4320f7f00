"""The words of a draft as other bodies read them when asked for their opinion.

They are asked of the reading the record's page is drawn from, as a party reads it: never what is the
drafting body's own, and of other papers only what is public.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser

from portal.changes import capital
from portal.models import Audience, Paper
from portal.reading import PaperReading
from programs.items_reading import ItemsReading
from programs.plan_reading import CompanionReading, PlanReading
from programs.reading import ProgramReading
from programs.readings import READINGS
from programs.review_reading import ReviewReading
from programs.review_telling import figure_line, target_line

FOR_PARTIES = frozenset({Audience.PARTIES, Audience.PUBLIC})
Facts = Iterator[tuple[str, str]]
Sections = Iterator[dict[str, Any]]


def reading_for_parties(record: Paper) -> PaperReading:
    """A record as a party that was asked reads it."""
    reading = READINGS[type(record)](record, AnonymousUser())
    reading.audiences = FOR_PARTIES
    return reading


def content_to_send(record: Paper) -> tuple[dict[str, Any], list[str]]:
    """The words of a record, and the codes of the files that go with it."""
    reading = reading_for_parties(record)
    own = _program if isinstance(reading, ProgramReading) else _companion
    facts = [(term, words) for term, words in [*_head(reading), *own(reading)] if words]
    parts = [part for part in _parts(reading) if part["lines"]]
    content = {"title": record.document.title, "facts": facts, "sections": parts}
    return content, [file.attachment.code for file in reading.files]


def _head(reading: PaperReading) -> Facts:
    yield "Loại", capital(reading.type_words)
    yield "Số, ký hiệu", reading.document.number
    yield "Ngày ký", reading.dated_words if reading.document.dated.known else ""
    for side in reading.sides:
        yield f"Bên {side.number}", side.name


def _program(reading: ProgramReading) -> Facts:
    yield "Thời hạn", str(reading.record.period)
    yield "Chủ đề, dịp ký", reading.record.theme
    yield "Chế độ sơ kết", reading.cadence_words
    yield "Tiếp nối", reading.predecessor.words if reading.predecessor else ""
    yield "Thực hiện theo", reading.follows.words if reading.follows else ""


def _companion(reading: CompanionReading) -> Facts:
    yield "Thời gian", str(getattr(reading.record, "period", ""))
    yield reading.program_term, reading.program.words if reading.program else ""
    if isinstance(reading, PlanReading):
        yield "Thực hiện kế hoạch", reading.parent.words if reading.parent else ""
        yield "Tiếp nối kế hoạch", reading.predecessor.words if reading.predecessor else ""
    if isinstance(reading, ReviewReading):
        yield "Về kế hoạch", reading.plan.words if reading.plan else ""
        yield "Về việc", reading.record.theme


def _parts(reading: PaperReading) -> Sections:
    """The text of the paper, in its order."""
    if isinstance(reading, ProgramReading):
        yield _items(reading, "Nội dung phối hợp")
    if isinstance(reading, ItemsReading):
        yield from (_part(heading, [words]) for heading, _, words in reading.texts)
    elif isinstance(reading, ReviewReading):
        yield from _review(reading)
    else:
        yield _part("Nội dung", [reading.record.content])
    if isinstance(reading, PlanReading):
        yield _items(reading, "Nhiệm vụ")
        yield _part("Chỉ tiêu", (target.text for target in reading.targets), numbered=True)
    duties = (one for side in reading.sides for one in side.duties)
    yield _part("Trách nhiệm mỗi bên", (f"{one.own_name}: {one.responsibilities}" for one in duties))
    if isinstance(reading, ItemsReading):
        yield from (_part(heading, [words]) for heading, _, words in reading.later_texts)
    yield _part("Căn cứ", (one.printed for one, _ in reading.bases), numbered=True)


def _review(reading: ReviewReading) -> Sections:
    """Results, figures, targets, then what is said of them."""
    results = ("\n".join(filter(None, [row["about"], row["text"]])) for row in reading.results)
    yield _part("Kết quả", results, numbered=True)
    yield _part("Số liệu", (f"{row['counts']}: {figure_line(row)}" for row in reading.figures), numbered=True)
    yield _part("Chỉ tiêu", (f"{row['text']}: {target_line(row)}" for row in reading.targets), numbered=True)
    yield _part("Đánh giá chung", [reading.overall])
    for heading, _, rows in reading.said:
        yield _part(heading, (row["text"] for row in rows), numbered=True)


def _items(reading: ItemsReading, heading: str) -> dict[str, Any]:
    return _part(heading, ("\n".join(line.lines) for line in reading.items), numbered=True)


def _part(heading: str, lines: Iterable[str], *, numbered: bool = False) -> dict[str, Any]:
    return {"heading": heading, "lines": [line for line in lines if line], "numbered": numbered}

"""Which parts of a programme, a plan or an amendment become public, and which stay inside.

The words are asked of the same reading the visitor's page is drawn from.
"""

from django.db import models

from portal.access import VISITOR
from portal.changes import capital
from portal.models import Audience
from portal.publication import NOT_PUBLIC, Preview, released_with
from programs.models import Amendment, Plan, Program
from programs.reading import TEXTS, Kin, PlanReading, ProgramReading


def publication_parts(record: models.Model) -> Preview | None:
    """The parts of this app's records; None for any other record."""
    if isinstance(record, Program):
        return program_parts(record)
    if isinstance(record, Plan | Amendment):
        return companion_parts(record)
    return None


def program_parts(program: Program) -> Preview:
    """A programme's own parts, each item on the side of its audience."""
    preview, reading = Preview(), ProgramReading(program, VISITOR)
    _period(preview, "Thời hạn", program)
    preview.tell("Chủ đề, dịp ký", program.theme)
    preview.tell("Nhãn nội dung", ", ".join(reading.tags))
    _items(preview, reading)
    preview.tell("Nội dung phối hợp", reading.missing_items)
    everybody_reads_all = all(line.item.audience == Audience.PUBLIC for line in reading.every_item)
    say = preview.tell if everybody_reads_all else preview.keep
    say("Số nội dung văn bản nêu", program.stated_item_count)
    for name, heading, _ in TEXTS:
        preview.tell(heading, getattr(program, name) or reading.missing(name))
    preview.tell("Chế độ sơ kết", reading.cadence_words)
    _kin(preview, "Tiếp nối", reading.predecessor, program.predecessor)
    _kin(preview, "Thực hiện theo", reading.follows, program.follows)
    for one in released_with(program):
        preview.tell(capital(one._meta.verbose_name), one.document.title)
    if day := program.terminated_on:
        preview.tell("Chấm dứt", f"từ ngày {day.day}/{day.month}/{day.year}")
        preview.keep("Văn bản chấm dứt", program.termination_document)
        preview.keep("Lý do chấm dứt", program.termination_reason)
    preview.keep("Cho ý kiến trước khi ký", reading.consent_words)
    return preview


def _period(preview: Preview, part: str, record: Program | Plan) -> None:
    """A period, with its printed words where they say more."""
    period = record.period
    preview.tell(part, f"{period}\nVăn bản ghi: {period.printed}" if period.printed else period)


def _items(preview: Preview, reading: ProgramReading) -> None:
    """Public items numbered as the visitor's page does, without those that stay inside; each with its bodies."""
    number = 0
    for line in reading.every_item:
        audience = line.item.audience
        number += audience == Audience.PUBLIC
        part = f"Nội dung {number}" if audience == Audience.PUBLIC else "Nội dung phối hợp"
        preview.add(audience, part, "\n".join([line.item.text, *line.bodies]))


def _kin(preview: Preview, part: str, public: Kin | None, program: Program | None) -> None:
    """A linked programme is named to the public only when it is public itself."""
    if public is not None:
        preview.tell(part, public.words)
    elif program is not None:
        preview.keep(part, f"{program} ({NOT_PUBLIC})")


def companion_parts(record: Plan | Amendment) -> Preview:
    """A plan's or an amendment's own parts; the programme it stands under only when that is public too."""
    preview, reading = Preview(), PlanReading(record, VISITOR)
    if isinstance(record, Plan):
        _period(preview, "Thời gian", record)
    _kin(preview, reading.program_term, reading.program, record.program)
    preview.tell("Nội dung", record.content)
    return preview

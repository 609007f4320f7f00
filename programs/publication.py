"""Which parts of a programme, a plan, an amendment or a review become public, and which stay inside.

The words are asked of the same reading the visitor's page is drawn from.
"""

from django.db import models

from portal.access import VISITOR
from portal.changes import capital
from portal.models import Audience
from portal.publication import NOT_PUBLIC, Preview, released_with
from programs.items_reading import ItemsReading
from programs.models import Amendment, Plan, Program, Review
from programs.plan_reading import AmendmentReading, PlanReading
from programs.reading import TEXTS, Companion, Kin, ProgramReading
from programs.review_reading import ReviewReading
from programs.review_telling import lines_of
from programs.target_reading import readable_targets, target_words
from programs.wording import short_day


def publication_parts(record: models.Model) -> Preview | None:
    """The parts of this app's records; None for any other record."""
    if isinstance(record, Program):
        return program_parts(record)
    if isinstance(record, Plan):
        return plan_parts(record)
    if isinstance(record, Amendment):
        return amendment_parts(record)
    if isinstance(record, Review):
        return review_parts(record)
    return None


def program_parts(program: Program) -> Preview:
    """A programme's own parts, each item on the side of its audience."""
    preview, reading = Preview(), ProgramReading(program, VISITOR)
    _period(preview, "Thời hạn", program)
    preview.tell("Chủ đề, dịp ký", program.theme)
    preview.tell("Nhãn nội dung", ", ".join(reading.tags))
    _items(preview, reading, "Nội dung", "Nội dung phối hợp")
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
    _ending(preview, program)
    preview.keep("Cho ý kiến trước khi ký", reading.consent_words)
    return preview


def _period(preview: Preview, part: str, record: Program | Plan | Review) -> None:
    """A period, with its printed words where they say more."""
    period = record.period
    preview.tell(part, f"{period}\nVăn bản ghi: {period.printed}" if period.printed_otherwise else period)


def _items(preview: Preview, reading: ItemsReading, noun: str, every: str) -> None:
    """The items, those told to everybody under the numbers of the visitor's page."""
    number = 0
    for line in reading.every_item:
        audience = line.item.audience
        number += audience == Audience.PUBLIC
        preview.add(
            audience, f"{noun} {number}" if audience == Audience.PUBLIC else every, "\n".join(line.lines)
        )
    preview.tell(every, reading.missing_items)


def _ending(preview: Preview, record: Program | Plan) -> None:
    """An early end: its day is told, its paper and reason stay inside."""
    if day := record.terminated_on:
        preview.tell("Chấm dứt", f"từ ngày {short_day(day)}")
        preview.keep("Văn bản chấm dứt", record.termination_document)
        preview.keep("Lý do chấm dứt", record.termination_reason)


def _kin(preview: Preview, part: str, public: Kin | Companion | None, linked: Program | Plan | None) -> None:
    """A linked programme or plan is named to the public only when it is public itself."""
    if public is not None:
        preview.tell(part, public.words)
    elif linked is not None:
        preview.keep(part, f"{linked} ({NOT_PUBLIC})")


def amendment_parts(record: Amendment) -> Preview:
    """An amendment's own parts; the programme it changes only when that is public too."""
    preview, reading = Preview(), AmendmentReading(record, VISITOR)
    _kin(preview, reading.program_term, reading.program, record.program)
    preview.tell("Nội dung", record.content)
    return preview


def plan_parts(record: Plan) -> Preview:
    """A plan's own parts, each task on the side of its audience; linked papers only when they are public too."""
    preview, reading = Preview(), PlanReading(record, VISITOR)
    _period(preview, "Thời gian", record)
    _kin(preview, reading.program_term, reading.program, record.program)
    _kin(preview, "Thực hiện kế hoạch", reading.parent, record.parent)
    _kin(preview, "Tiếp nối kế hoạch", reading.predecessor, record.predecessor)
    for heading, _, words in reading.texts:
        preview.tell(heading, words)
    _items(preview, reading, "Nhiệm vụ", "Nhiệm vụ")
    for target in readable_targets(record, frozenset(Audience.values)):
        preview.add(target.audience, "Chỉ tiêu", target_words(target))
    for heading, _, words in reading.later_texts:
        preview.tell(heading, words)
    _ending(preview, record)
    return preview


def review_parts(record: Review) -> Preview:
    """A review's own parts, each line on the side of its audience; linked papers only when they are public too."""
    preview, reading = Preview(), ReviewReading(record, VISITOR)
    told, record = reading.whole, reading.record
    preview.tell("Gọi là", record.kind_words)
    _period(preview, "Thời gian được đánh giá", record)
    _kin(preview, reading.program_term, reading.program, record.program)
    _kin(preview, "Về kế hoạch", reading.plan, record.plan)
    preview.tell("Về việc", record.theme)
    preview.tell("Của cơ quan", reading.body_words)
    preview.tell("Trên địa bàn", reading.territory_words)
    for audience, heading, words in lines_of(told):
        preview.add(audience, heading, words)
    if reading.is_frozen:
        preview.tell("Số liệu đã chốt", reading.frozen_words)
    for heading, words in reading.kept_otherwise:
        preview.tell(f"{heading}, giữ như lúc chốt", words)
    return preview

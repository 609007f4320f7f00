"""The pack of a conference, as one reader may read it: agenda, guests, papers on the table, what the last term brought.

One reading, two outputs: the page and the Word file draw the same sections. A section with nothing in it
says so. The words of Word files stand in it; any other file is named with the way to it. Complete at any time: it is read anew from the records each time it is opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from meetings.board import COUNTED
from meetings.guests import GuestList
from meetings.measuring import counted_done
from meetings.models import Assignment, Directive, Meeting, MeetingPaper, Stage
from meetings.models.participants import CHAIRS
from meetings.models.tasks import NO_DAY
from meetings.parts import TableGroup, said_by
from meetings.reading import MeetingReading
from portal.changes import capital
from portal.file_kinds import DOCX, word_lines
from portal.files import content
from portal.models import Paper
from portal.reading import PaperReading
from portal.word.letterhead import Part
from portal.wording import FileLine
from programs.models import Plan, Program
from programs.plan_reading import PlanReading
from programs.reading import ProgramReading
from programs.readings import READINGS
from programs.word.files import paper_of

MOST_PAST = 6
"""Earlier conferences told at length."""
MOST_ASSIGNMENTS = 300
LARGEST_READ = 10 * 1024 * 1024
MOST_LINES = 1_500
"""Of which Word files the words stand in the pack, and how many lines of each."""
Role = MeetingPaper.Role


class Kind(StrEnum):
    """What a line of the pack is: the name of a record, a heading inside it, its text, one of a list, a file, a remark."""

    NAME = "name"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    FILE = "file"
    REMARK = "remark"


@dataclass(frozen=True)
class PackLine:
    """A line: its words, the page of the record it names, the hour it is for."""

    kind: Kind
    text: str
    url: str = ""
    hour: str = ""


@dataclass(frozen=True)
class PackSection:
    """A part of the pack; ``empty`` is what it says when it holds nothing."""

    key: str
    heading: str
    empty: str
    lines: list[PackLine] = field(default_factory=list)


def text(words: str) -> PackLine:
    """A paragraph."""
    return PackLine(Kind.TEXT, words)


def item(words: str, url: str = "") -> PackLine:
    """One of a list."""
    return PackLine(Kind.ITEM, words, url)


def file_lines(one: FileLine, *, has_text: bool = False) -> Iterator[PackLine]:
    """A file laid before the participants: what it is, the way to it, and the words of a Word file.

    Where there is no network only what stands here is read: of a file whose words do not, it is said so.
    """
    attachment, lines = one.attachment, []
    if not has_text and attachment.kind == DOCX.key and attachment.size <= LARGEST_READ:
        with suppress(OSError):
            lines = word_lines(BytesIO(content(attachment)), most=MOST_LINES + 1)
    apart = "" if lines else ", không nằm trong tập này"
    yield PackLine(Kind.FILE, f"Tệp kèm theo: {one.name} ({one.line}){apart}", one.url)
    yield from map(text, lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield remark("Văn bản còn dài; xem tiếp ở tệp.")


def remark(words: str) -> PackLine:
    """A remark of the portal."""
    return PackLine(Kind.REMARK, words)


def heading(words: str) -> PackLine:
    """A heading inside a record."""
    return PackLine(Kind.HEADING, words)


class Pack:
    """What is laid before the participants of a conference."""

    def __init__(self, reading: MeetingReading) -> None:
        self.reading, self.meeting, self.reader = reading, reading.record, reading.reader
        self.today = timezone.localdate()

    @cached_property
    def sections(self) -> list[PackSection]:
        """The parts, in the order of the conference."""
        return [
            PackSection("chuong-trinh", "Chương trình hội nghị", "Chưa ghi chương trình.", list(self._agenda())),
            PackSection("khach-moi", "Khách mời", "Chưa có khách mời nào.", list(self._guests())),
            PackSection(
                "van-ban", "Văn bản trình hội nghị", "Không có dự thảo hay văn bản nào trình hội nghị.",
                list(self._on_table()),
            ),
            PackSection(
                "tai-lieu", "Tham luận, tài liệu kèm theo", "Chưa có tham luận hay tài liệu nào.",
                list(self._handed_out()),
            ),
            PackSection(
                "giai-doan-truoc", "Kết quả giai đoạn trước",
                "Chưa ghi chương trình được sơ kết, tổng kết hay hội nghị nào trước đây.", list(self._results()),
            ),
            PackSection(
                "nhiem-vu", "Nhiệm vụ từ hội nghị trước", self._no_tasks, list(self._tasks()),
            ),
        ]  # fmt: skip

    @cached_property
    def records(self) -> list[Paper]:
        """The records whose text stands in the pack: those on the table that the reader may open, earlier conferences."""
        return [*(one.record for one in self._readings.values()), *self.past]

    # --- agenda and guests

    def _agenda(self) -> Iterator[PackLine]:
        for one in self.reading.agenda:
            said = f"{one.text} ({one.presenter})" if one.presenter else one.text
            yield PackLine(Kind.ITEM, said, hour=one.hours)

    def _guests(self) -> Iterator[PackLine]:
        guests = GuestList(self.meeting)
        chairs = {one.pk for one in self.reading.with_role(CHAIRS)}
        if guests.total:
            yield remark(guests.sentence)
        for place, one in enumerate(guests.all(), 1):
            chairing = "chủ trì" if one.row.pk in chairs else ""
            who = ", ".join(filter(None, [one.called, one.post, chairing]))
            yield item(f"{place}. {who}{f' – {one.answer}' if one.answer else ''}")

    # --- papers

    def _group(self, role: str) -> list[TableGroup]:
        return [group for group in self.reading.table if group.role == role]

    @cached_property
    def _readings(self) -> dict[int, PaperReading]:
        """The papers on the table that the reader may open, by document."""
        documents = [one.document.pk for group in self.reading.table for one in group.papers]
        found: dict[int, PaperReading] = {}
        for model, reading in READINGS.items():
            seen = model.objects.visible_to(self.reader).filter(document__in=documents)
            seen = seen.told_to(self.reader) if model is Program else seen
            for record in seen.select_related("document__type", "keeper__sector", "keeper__territory"):
                found[record.document_id] = reading(record, self.reader)
        return found

    def _on_table(self) -> Iterator[PackLine]:
        """What is to be discussed, signed or launched, with its text as far as the reader may read it."""
        for group in self.reading.table:
            if group.role == Role.REVIEWED:
                continue
            for one in group.papers:
                yield PackLine(Kind.NAME, one.name, one.url)
                number = f", số {one.number}" if one.number else ""
                yield remark(f"{capital(group.label)}{number}")
                reading = self._readings.get(one.document.pk)
                files = reading.listed_files if reading else []
                agreement = paper_of(reading) if reading else None
                has_text = agreement is not None and agreement.holds_text
                if has_text:
                    yield from lines_of(agreement.paper().parts)
                elif not files:
                    yield remark("Nội dung chưa có trên cổng.")
                for file in files:
                    yield from file_lines(file, has_text=has_text)
            if group.untold:
                yield remark(f"Còn {group.untold} văn bản chưa gửi tới cơ quan đồng chí.")

    def _handed_out(self) -> Iterator[PackLine]:
        """The papers to be read, each with its file, and the other files of the conference."""
        read = set()
        for one in self.reading.talks:
            yield item(f"– {one.words}")
            if one.file:
                read.add(one.file.attachment.pk)
                yield from file_lines(one.file)
        for one in self.reading.listed_files:
            if one.attachment.pk not in read:
                yield from file_lines(one)

    # --- the last term

    @cached_property
    def past(self) -> list[Meeting]:
        """Earlier conferences the reader may read: the one this continues first, then those on the same papers."""
        reviewed = [one.document.pk for group in self._group(Role.REVIEWED) for one in group.papers]
        programs = Program.objects.filter(document__in=reviewed)
        plans = Plan.objects.filter(program__in=programs).values_list("document_id", flat=True)
        same = MeetingPaper.objects.filter(document__in=[*reviewed, *plans]).values("meeting_id")
        visible = Meeting.objects.visible_to(self.reader).select_related("document", "keeper")
        visible = visible.exclude(pk=self.meeting.pk)
        before = list(visible.filter(pk=self.meeting.previous_id))
        held = visible.filter(pk__in=same, stage=Stage.HELD).exclude(pk=self.meeting.previous_id)
        if day := self.meeting.document.dated_first:
            held = held.filter(listed_on__lt=day)
        return [*before, *held.order_by("-listed_on", "-pk")[: MOST_PAST - len(before)]]

    def _results(self) -> Iterator[PackLine]:
        for group in self._group(Role.REVIEWED):
            for one in group.papers:
                yield PackLine(Kind.NAME, one.name, one.url)
                if reading := self._readings.get(one.document.pk):
                    yield from self._record(reading)
            if group.untold:
                yield remark(
                    f"Còn {group.untold} văn bản được sơ kết, tổng kết chưa gửi tới cơ quan đồng chí."
                )
        for meeting in self.past:
            yield from self._conference(MeetingReading(meeting, self.reader))

    def _record(self, reading: PaperReading) -> Iterator[PackLine]:
        if isinstance(reading, ProgramReading):
            yield text(reading.sentence)
            for plan in reading.plans:
                yield item(f"– {plan.document.title}", plan.url)
                yield from reached(PlanReading(plan.record, self.reader))
        elif isinstance(reading, PlanReading):
            yield from reached(reading)
        told = Directive.objects.filter(document=reading.document, audience__in=reading.audiences)
        for one in told.select_related("organization").prefetch_related("speakers__participation"):
            yield item(f"– {saying(said_by(one), one.text)}")

    def _conference(self, past: MeetingReading) -> Iterator[PackLine]:
        url = reverse("meetings:meeting_record", args=[past.record.code])
        yield PackLine(Kind.NAME, past.document.title, url)
        state = past.stage_chip[1].lower() if past.stage_chip else ""
        yield remark(", ".join(filter(None, [capital(past.when), past.record.place, state])))
        yield from (text(line) for line in filter(None, past.record.summary.splitlines()))
        yield from (text(line) for line in filter(None, past.record.closing.splitlines()))
        signed = [one for group in past.table if group.role == Role.SIGNED for one in group.papers]
        if signed:
            yield heading("Đã ký kết" if past.record.stage == Stage.HELD else "Ký kết")
            for one in signed:
                yield item(f"– {one.name}", one.url)
        if past.sayings:
            yield heading("Ý kiến chỉ đạo")
            for one in past.sayings:
                state = f" – {one.state}" if one.state else ""
                yield item(f"– {saying(one.by, one.text)}{state}")

    # --- tasks

    @property
    def _no_tasks(self) -> str:
        if not self.past:
            return "Chưa ghi hội nghị nào trước đây."
        return "Hội nghị trước không giao nhiệm vụ nào mà cơ quan đồng chí theo dõi hoặc thực hiện."

    def _tasks(self) -> Iterator[PackLine]:
        """What the conference before this one assigned, and how each body stands."""
        if not self.past:
            return
        seen = Assignment.objects.visible_to(self.reader).filter(task__directive__meeting=self.past[0].pk)
        seen = seen.with_done(counted_done(seen, self.reader)).select_related(
            "organization", "task__directive"
        )
        seen = seen.order_by("task__directive__position", "task", "due_on", "organization__sort_key")
        rows = list(seen[: MOST_ASSIGNMENTS + 1])
        by_task: dict[int, list[Assignment]] = defaultdict(list)
        for row in rows[:MOST_ASSIGNMENTS]:
            by_task[row.task_id].append(row)
        for of_task in by_task.values():
            yield PackLine(Kind.NAME, of_task[0].task.directive.text)
            yield from (item(standing(one, self.today)) for one in of_task)
        if len(rows) > MOST_ASSIGNMENTS:
            yield remark("Danh sách còn dài; xem đủ ở trang nhiệm vụ.")


def reached(plan: PlanReading) -> Iterator[PackLine]:
    """How what a plan asks stands."""
    for one in plan.target_lines:
        said = ", ".join(filter(None, [f"{one.asked}: {one.fraction}", one.verdict, one.as_of]))
        yield item(f"– Chỉ tiêu: {one.target.text} ({said})")


def lines_of(parts: Iterable[Part]) -> Iterator[PackLine]:
    """The text of a paper."""
    for part in parts:
        if part.title:
            yield heading(part.title)
        for line in part.lines:
            yield heading(line.text) if line.strong else text(line.text)


def saying(by: str, words: str) -> str:
    """A direction with who gave it."""
    return f"{by}: {words}" if by else words


def standing(one: Assignment, today: date) -> str:
    """How one body stands with its task."""
    due = "" if one.due_on == NO_DAY else f", hạn {one.due_on.day}/{one.due_on.month}/{one.due_on.year}"
    late = ", quá hạn" if one.is_overdue(today) else ""
    state = COUNTED if one.has_done else one.get_state_display()
    return f"– {one.organization}: {state}{due}{late}"

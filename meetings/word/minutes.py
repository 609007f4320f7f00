"""The minutes of a conference, drafted from all that is recorded; what is not recorded is dots to fill in."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from meetings.clock import say_hour
from meetings.guests import in_full
from meetings.models import AgendaItem, MeetingPaper, Participation, Stage
from meetings.models.participants import CHAIRS
from meetings.parts import OnTable, roles_of
from meetings.reading import MeetingReading
from meetings.word.heads import KEPT, Head
from portal.changes import capital
from portal.models import Signature
from portal.text import slugify
from portal.word.letterhead import (
    DOTS,
    Layout,
    Line,
    OfficialPaper,
    Part,
    SigningPlace,
    authority_mark,
    draft_mark,
    last_written,
    paragraphs,
    punctuated,
)
from portal.word.papers import official_key
from portal.word.phrases import stopped
from portal.word.rendering import render
from portal.wording import side_names

KEY = "minutes"
SECRETARY = "thu-ky"
Attendance = Participation.Attendance
AWAY = {Attendance.ABSENT, Attendance.SUBSTITUTED}


def minutes_file(reading: MeetingReading) -> tuple[str, bytes]:
    """The minutes as a Word file: its name and its bytes."""
    head = Head(reading)
    paper = minutes(reading, head)
    name = slugify(f"{'du-thao ' if paper.draft else ''}bien-ban {reading.document.title}", max_length=80)
    title = f"Biên bản: {reading.document.title}"
    return f"{name}.docx", render(official_key(KEY, head.layout), paper.words(), body=head.lead, title=title)


def minutes(reading: MeetingReading, head: Head) -> OfficialPaper:
    """The whole paper: a draft until it has its number."""
    number = reading.document.number
    told = Minutes(reading, head.layout)
    return head.paper(
        "Biên bản",
        "BB",
        dated=reading.document.dated,
        number=number,
        draft="" if number else draft_mark(last_written(reading.record)),
        parts=list(told.parts()),
        signing=list(told.signing()),
        recipients=[*side_names(reading.partners), KEPT[head.layout]],
    )


class Minutes:
    """What the minutes say, in the order of the official form."""

    def __init__(self, reading: MeetingReading, layout: Layout) -> None:
        self.reading, self.record, self.layout = reading, reading.record, layout
        self.mark = "-" if layout == Layout.PARTY else "."
        self.chairs, self.secretaries = reading.with_role(CHAIRS), reading.with_role(SECRETARY)
        held = self.record.stage == Stage.HELD
        self.present = {Attendance.UNSAID, Attendance.ATTENDED} if held else {Attendance.ATTENDED}
        dated = reading.document.dated
        self.day = (
            f"{dated.part_of_day} ngày {str(dated).removeprefix('ngày ') if dated.known else DOTS}".strip()
        )

    def parts(self) -> Iterator[Part]:
        """Time and place, who was there, what happened, the end."""
        record = self.record
        starts, ends = (
            say_hour(hour) if hour else f"{DOTS} giờ" for hour in (record.starts_at, record.ends_at)
        )
        began = [f"Thời gian bắt đầu: {starts}, {self.day}.", f"Địa điểm: {record.place or DOTS}."]
        yield Part("Thời gian, địa điểm", [Line(one) for one in began])
        yield Part("Thành phần tham dự", list(self._people()))
        yield Part("Nội dung hội nghị", list(self._course()) or [Line(DOTS)])
        closing = paragraphs(record.closing) or [Line(DOTS)]
        yield Part("Kết luận", [*closing, Line(f"Hội nghị kết thúc vào {ends}, {self.day}.")])

    def signing(self) -> Iterator[SigningPlace]:
        """The chairs, two side by side; then the secretary: left of one chair, in the middle under two."""
        yield from (SigningPlace(["CHỦ TỌA"], one.name) for one in self.chairs or [Participation()])
        yield SigningPlace(["THƯ KÝ"], self.secretaries[0].name if self.secretaries else "")

    # --- who was there

    def _people(self) -> Iterator[Line]:
        for label, rows in (("Chủ trì", self.chairs), ("Thư ký", self.secretaries)):
            yield Line(f"{label}: {'; '.join(map(in_full, rows)) or DOTS}.")
        others = [one for one in self.reading.participations if not roles_of(one) & {CHAIRS, SECRETARY}]
        came = [one for one in others if one.attendance in self.present]
        yield from self._named("Có mặt", came) if came else [Line(f"Có mặt: {DOTS}")]
        away = [one for one in others if one.attendance in AWAY]
        yield from self._named("Vắng", away) if away else [Line(f"Vắng: {DOTS}")]
        yield from self._named(
            "Chưa ghi có mặt hay vắng",
            [one for one in others if one.attendance not in self.present | AWAY],
        )

    def _named(self, label: str, rows: list[Participation]) -> Iterator[Line]:
        if rows:
            yield Line(f"{label}:", strong=True)
        known = {row.pk: row for row in self.reading.participations}
        asked = [known.get(one.stands_in_for_id) for one in rows]
        yield from listed(
            f"{capital(in_full(one))}, dự thay {in_full(other)}" if other else capital(in_full(one))
            for one, other in zip(rows, asked, strict=True)
        )

    # --- what happened

    def _course(self) -> Iterator[Line]:
        told = [(heading, lines) for heading, lines in self._matters() if lines]
        for number, (heading, lines) in enumerate(told, 1):
            yield Line(f"{number}{self.mark} {heading}", strong=True)
            yield from lines

    def _matters(self) -> Iterator[tuple[str, list[Line]]]:
        reading, signed = self.reading, []
        yield "Chương trình hội nghị", list(listed(map(agenda_words, reading.agenda)))
        yield "Diễn biến", paragraphs(self.record.summary)
        for group in reading.table:
            if group.role == MeetingPaper.Role.SIGNED:
                signed = group.papers
            else:
                yield capital(group.label), list(listed(map(paper_words, group.papers)))
        yield "Tham luận", list(listed(one.words for one in reading.talks))
        yield "Ký kết", [line for one in signed for line in self._signed(one)]
        yield "Ý kiến chỉ đạo", list(self._said())

    def _said(self) -> Iterator[Line]:
        """The sayings; who gave several in a row is named once above them."""
        for by, group in groupby(self.reading.sayings, key=lambda one: one.by):
            sayings = list(group)
            if by and len(sayings) > 1:
                yield Line(f"{by}:")
                by = ""
            for one in sayings:
                yield Line(stopped(f"- {by}: {one.text}" if by else f"- {one.text}"))

    def _signed(self, paper: OnTable) -> Iterator[Line]:
        yield Line(stopped(f"- {paper_words(paper)}"))
        signers = "; ".join(signature_words(one.signature, self.layout) for one in paper.signatures)
        if signers or self.record.stage == Stage.HELD:
            yield Line(f"Người ký: {signers or DOTS}.")


def listed(lines: Iterable[str]) -> Iterator[Line]:
    """Lines of an enumeration, each behind a dash."""
    return (Line(f"- {line}") for line in punctuated(lines))


def agenda_words(one: AgendaItem) -> str:
    """A point of the agenda: when, what, who."""
    return " ".join(
        filter(
            None,
            [one.time and f"{one.hours}:", one.text, one.presenter and f"({one.presenter})"],
        )
    )


def paper_words(paper: OnTable) -> str:
    """A paper with its number."""
    return f"{paper.name}, số {paper.number}" if paper.number else paper.name


def signature_words(signature: Signature, layout: Layout) -> str:
    """Who signed, under which authority and in which capacity that day: "KT. Trần Văn A, Phó Chủ tịch"."""
    return f"{authority_mark(layout, signature.authority)}{signature}"

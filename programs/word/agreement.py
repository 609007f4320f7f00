"""An agreement, a plan or an amendment as an official paper, with the parts its reader may read.

The words of an unknown fact are dots, never a guess. Only a draft shows the parts that wait to be
written, the symbol that waits for its number and the usual recipients of such a paper.
"""

from collections.abc import Iterator
from dataclasses import replace

from portal.changes import capital
from portal.headings import Rank, outline
from portal.models import State
from portal.reading import PaperReading
from portal.word.letterhead import (
    DOTS,
    Annex,
    Layout,
    Line,
    OfficialPaper,
    Part,
    SigningPlace,
    basis,
    draft_mark,
    is_draft,
    issuers,
    last_written,
    layout_of,
    paragraphs,
    place_and_date,
    place_of,
    printed_number,
    reminder,
    signing_place,
    symbol_to_come,
)
from portal.word.phrases import stopped, under_type, without_type
from portal.wording import joined, side_names
from programs.models import Cadence, Program
from programs.plan_reading import PlanReading
from programs.reading import ProgramReading

TO_WRITE = [Line(f"{DOTS}{DOTS}{DOTS}")]


class Agreement:
    """How a record of this app stands on paper."""

    sent_for = "để thực hiện"
    """Why its sides get it, as a draft proposes."""

    def __init__(self, reading: PaperReading) -> None:
        self.reading, self.record, self.document = reading, reading.record, reading.document
        first = reading.partners[0] if reading.partners else None
        self.lead = first.organization if first else self.record.keeper
        self.layout = layout_of(self.lead)
        self.is_draft = is_draft(self.record)

    def paper(self) -> OfficialPaper:
        """The whole paper."""
        superior, bodies = self._issuers()
        return OfficialPaper(
            layout=self.layout,
            superior=superior,
            bodies=bodies,
            number=printed_number(self.layout, self._number()),
            place_and_date=place_and_date(place_of(self.lead), self.document.dated),
            type=self.reading.type_words,
            summary=self._summary(),
            reminder=reminder(
                sample=self.record.is_sample,
                unapproved=self.record.state != State.APPROVED and not self.is_draft,
            ),
            draft=draft_mark(last_written(self.record)) if self.is_draft else "",
            bases=[basis(one.printed) for one, _ in self.reading.bases],
            opening=self._opening(),
            parts=list(self._parts()),
            signing=list(self._signing()),
            recipients=self._recipients(),
            annexes=self._annexes(),
        )

    def _issuers(self) -> tuple[str, list[str]]:
        return issuers(self.layout, side_names(self.reading.partners) or [str(self.lead)])

    def _number(self) -> str:
        if self.document.number or not self.is_draft or self.document.type is None:
            return self.document.number
        kind, bodies = self.document.type, [partner.organization for partner in self.reading.partners]
        code = kind.party_abbreviation if self.layout == Layout.PARTY else kind.state_abbreviation
        code = code or kind.party_abbreviation or kind.state_abbreviation
        return symbol_to_come(self.layout, code, [body.abbreviation if body else "" for body in bodies])

    def _summary(self) -> str:
        """What it is about, under its type."""
        return under_type(self.layout, without_type(self.document.title, self.reading.type_words))

    def _opening(self) -> str:
        sides = side_names(self.reading.partners)
        if len(sides) < 2 or not isinstance(self.record, Program):
            return ""
        period = self.record.period
        when = f" {period.sentence()}" if period.first else ""
        return f"{capital(joined(sides))} thống nhất {self.reading.type_words.lower()}{when} như sau:"

    # --- the text

    @property
    def holds_text(self) -> bool:
        """Whether the portal holds any of its text for this reader, beyond the dots of what is to be written."""
        return any(line not in TO_WRITE for part in self._told() for line in part.lines)

    def _parts(self) -> Iterator[Part]:
        told = list(self._told())
        yield from told if any(part.lines for part in told) else [Part("", self._not_recorded())]

    def _told(self) -> Iterator[Part]:
        if isinstance(self.reading, ProgramReading) and self.record.articles:
            # The chapters are the paper's whole text: the commitments listed here are taken from them.
            yield Part("", list(headed(self.record.articles)))
        elif isinstance(self.reading, ProgramReading):
            yield from self._titled(self._of_program())
        elif isinstance(self.reading, PlanReading) and self._is_cut():
            yield from self._titled(self._of_plan())
        else:
            yield Part("", list(headed(self.record.content)) or self._waiting())

    def _titled(self, wanted: list[tuple[str, list[Line]]]) -> Iterator[Part]:
        for title, lines in wanted:
            if lines or self.is_draft:
                yield Part(title, [ended(line) for line in lines] or self._waiting())

    def _of_program(self) -> list[tuple[str, list[Line]]]:
        record = self.record
        return [
            ("Mục đích, yêu cầu", paragraphs(record.purposes)),
            ("Nội dung phối hợp", list(self._items())),
            ("Phương thức phối hợp", paragraphs(record.methods)),
            ("Trách nhiệm của mỗi bên", list(self._duties())),
            ("Tổ chức thực hiện", [*paragraphs(record.implementation), *self._cadence()]),
        ]

    def _is_cut(self) -> bool:
        """Whether a plan stands in parts, not as one running text."""
        record = self.record
        return bool(
            self.reading.items
            or self.reading.targets
            or record.purposes
            or record.implementation
            or not record.content
        )

    def _of_plan(self) -> list[tuple[str, list[Line]]]:
        record = self.record
        other = [("Nội dung khác", paragraphs(record.content))] if record.content else []
        return [
            ("Mục đích, yêu cầu", paragraphs(record.purposes)),
            ("Nhiệm vụ", list(self._items())),
            *self._targets(),
            *other,
            ("Tổ chức thực hiện", [*paragraphs(record.implementation), *self._duties()]),
        ]

    def _targets(self) -> list[tuple[str, list[Line]]]:
        """What the plan asks; how it stands is no part of the paper."""
        targets = enumerate(self.reading.targets, 1)
        lines = [Line(f"{number}{self._mark} {target.text}") for number, target in targets]
        return [("Chỉ tiêu", lines)] if lines else []

    def _waiting(self) -> list[Line]:
        return TO_WRITE if self.is_draft else []

    def _not_recorded(self) -> list[Line]:
        """Dots for a text the portal does not hold; only who reads everything is told that nobody entered it."""
        return [Line(f"Nội dung: {DOTS}{DOTS}{' (chưa ghi trên cổng)' if self.reading.reads_all else ''}")]

    def _items(self) -> Iterator[Line]:
        for number, line in enumerate(self.reading.items, 1):
            first, *rest = paragraphs(line.item.text) or TO_WRITE
            yield Line(f"{number}{self._mark} {first.text}")
            yield from rest
            if said := ". ".join(f"{term}: {words}" for term, words in line.details):
                yield Line(f"({said})")

    def _duties(self) -> Iterator[Line]:
        answering = [partner for side in self.reading.sides for partner in side.duties]
        for number, partner in enumerate(answering, 1):
            yield Line(f"{number}{self._mark} {partner.own_name}", strong=True)
            yield from paragraphs(partner.responsibilities)

    def _cadence(self) -> Iterator[Line]:
        stated = self.record.cadence not in {Cadence.UNKNOWN, Cadence.NONE}
        if said := self.record.cadence_printed or (self.record.get_cadence_display() if stated else ""):
            yield Line(f"Chế độ sơ kết: {said}.")

    @property
    def _mark(self) -> str:
        return "-" if self.layout == Layout.PARTY else "."

    # --- the foot

    def _signing(self) -> Iterator[SigningPlace]:
        for side in self.reading.sides:
            for one in side.signatures or [None]:
                yield signing_place(self.layout, side.name, one)

    def _annexes(self) -> list[Annex]:
        """The tables behind the signatures."""
        return []

    def _recipients(self) -> list[str]:
        names = side_names(self.reading.partners)
        names = names if len(names) > 1 else []  # nobody sends a paper of their own to themselves
        kept = "Lưu" if self.layout == Layout.PARTY else "Lưu: VT"
        if not self.is_draft:
            return [*names, kept]
        return [f"{DOTS} (để báo cáo)", *[f"{name} ({self.sent_for})" for name in names], kept]


def ended(line: Line) -> Line:
    """A line of the text as papers end it; a heading stays open."""
    return line if line.strong or line.centred else replace(line, text=stopped(line.text))


def headed(text: str) -> Iterator[Line]:
    """The paragraphs of a text: chapters in the middle, their names below; sections and articles are headings."""
    for line in outline(text):
        if line.rank == Rank.CHAPTER:
            yield from (
                Line(said, strong=True, centred=True) for said in (line.lead, line.text.upper()) if said
            )
        else:
            yield Line(line.whole, strong=bool(line.lead) and not line.text)

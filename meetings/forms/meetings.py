"""The form of a conference: one page, paste first; the way to what the actions take, and back."""

from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Any

from django.http import QueryDict

from meetings.actions import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    ParticipationEntry,
    PresentationEntry,
    TaskEntry,
)
from meetings.actions.sides import Sides, known_of, sides_of
from meetings.forms.head import MeetingHeadForm
from meetings.forms.people import as_it_stands, attendee_entries, person_entry, with_all_people
from meetings.forms.raw import Laid, laid_out, meeting_data
from meetings.forms.registers import MeetingRegisters
from meetings.forms.rows import MEETING_ROWS
from meetings.models import (
    Directive,
    MeetingPaper,
    MeetingRole,
    MeetingSignature,
    Stage,
    Task,
)
from meetings.models.participants import SIGNS
from meetings.paste import (
    names_in,
    post_and_body,
    say_participant,
    speaker_in,
    split_agenda,
    split_papers,
    split_participants,
    split_sayings,
)
from portal.dates import PartialDate
from portal.forms.entries import found, marks_after, paper_entry
from portal.forms.fields import whole_number
from portal.forms.head import HeadForm
from portal.forms.paper_rows import PAPER_ROWS, PAPER_SPLITTERS, signature_row
from portal.forms.papers import PaperForm
from portal.forms.rows import MOST_ROWS, read_rows, row_count
from portal.models import Audience
from portal.paste import split_signers
from portal.text import fold


class MeetingForm(PaperForm):
    """A whole conference: head, organisers, people, papers, sayings, sources, files."""

    head_class = MeetingHeadForm
    row_classes = PAPER_ROWS | MEETING_ROWS
    splitters = PAPER_SPLITTERS | {
        "people": lambda text: [
            {"name": one.name or say_participant(one), "capacity": one.capacity}
            | ({"roles": one.role} if one.role else {})
            for one in split_participants(text)
        ],
        "agenda": lambda text: split_agenda(text),
        "table": lambda text: [one | {"role": "signed"} for one in split_papers(text)],
        "signers": lambda text: [
            signature_row(replace(one, side=min(one.side, 6), capacity=post_and_body(one.capacity, one.body)))
            for one in split_signers(text)
        ],
        "sayings": lambda text: [
            {"text": words, "said_by": speaker, "audience": Audience.PARTIES}
            for speaker, words in map(speaker_in, split_sayings(text))
        ],
    }
    needs_sides = 1
    asked_at_once = ("table", "signers")
    registers_class = MeetingRegisters

    def __init__(self, data: QueryDict, **given: Any) -> None:
        whole = with_all_people(data)
        super().__init__(whole, **given)
        if whole is not data:
            self.head.echoes["attendees"] = (
                f"Danh sách dán dài quá {MOST_ROWS} dòng: mọi người trong đó được ghi ở “Người dự khác”."
            )

    def make_head(self) -> HeadForm:
        """The head needs the person, to find only conferences visible to them, and which one it is."""
        return MeetingHeadForm(self.data, user=self.user, record=self.record)

    def row_needs(self, prefix: str) -> dict[str, Any]:
        given = super().row_needs(prefix)
        if prefix in MEETING_ROWS and prefix != "agenda":
            given["registers"] = self.registers
        if prefix == "people":
            given["roles"] = list(MeetingRole.objects.all())
        if prefix == "sayings":
            tasks, own = (self.tasks, self.own_sayings) if row_count(self.data, "sayings") else ({}, {})
            given |= {"dated": self.dated, "speaker": self.head.cleaned_data.get("speaker") or ""}
            given["is_there"] = lambda name: fold(name) in self.names_there
            given["tasks"] = {str(pk): one for pk, one in tasks.items()}
            given["own"] = {str(pk): one for pk, one in own.items()}
        if prefix == "signers":
            given |= self.seating()
        if prefix == "talks":
            files = [row.attachment for row in self.rows["files"].forms]
            given["files"] = [(one.code, one.caption or one.name) for one in files if one]
        return given

    @property
    def is_prepared(self) -> bool:
        """Whether the conference is still to be held."""
        return self.data.get("stage") == Stage.PREPARED

    @cached_property
    def signed(self) -> list[MeetingSignature]:
        """The signatures already kept as given here."""
        if self.record is None:
            return []
        found = MeetingSignature.objects.filter(paper__meeting=self.record)
        return list(found.select_related("signature__person", "paper__document"))

    @cached_property
    def names_there(self) -> set[str]:
        """The names of who was at the conference, folded, as the rows and the text block give them."""
        rows = [row for prefix in ("people", "signers") for row in read_rows(self.data, prefix)]
        merely = split_participants(self.head.cleaned_data.get("attendees") or "")
        names = [*("".join(row.get("name", [])) for row in rows), *(one.name for one in merely)]
        return set(map(fold, names)) - {""}

    @property
    def dated(self) -> PartialDate:
        """The day of the conference, as far as it is known."""
        return self.head.cleaned_data.get("dated") or PartialDate.unknown()

    @cached_property
    def papers(self) -> list[Any]:
        """The rows of papers on the table that are understood."""
        return [row for row in self.rows["table"].filled if row.is_valid()]

    @property
    def organizers(self) -> Sides:
        """The organisers as typed, each with its bodies."""
        sides = Sides()
        for row in self.rows["partners"].filled:
            if row.is_valid():
                pick, side = row.cleaned_data["name"], int(row.cleaned_data["side"] or 1)
                for body in row.together or [pick.found]:
                    sides.add(side, body, pick.text)
        return sides

    def seating(self) -> dict[str, Any]:
        """What rows of signers must be told: the papers with the sides of those signed, and who is known of which body."""
        organizers, people = self.organizers, self.registers.signing_people()
        signed = [row for row in self.papers if row.cleaned_data["role"] == MeetingPaper.Role.SIGNED]
        known = [row.cleaned_data["paper"].found for row in signed] if self.rows_typed("signers") else []
        own = sides_of(one.pk for one in known if one) if any(known) else {}
        papers = []
        for row in self.papers:
            paper = row.cleaned_data["paper"]
            sides = own.get(paper.found.pk, Sides()) if paper.found else row.sides or organizers
            papers.append((paper.text, sides if row in signed else None))
        return {"papers": papers, "organizers": organizers, "known": known_of(people, self.dated.placed)}

    @property
    def table_hint(self) -> str:
        """What belongs on the table: what was done with it, or will be."""
        done = "Sẽ xem xét" if self.is_prepared else "Đã tổng kết"
        return f"{done}, thảo luận, ký kết hay triển khai văn bản nào. Văn bản chưa có trong cổng được thêm ngay."

    @property
    def paste_signed(self) -> str:
        """What is pasted among them."""
        return f"Dán tên các văn bản {'sẽ' if self.is_prepared else 'đã'} ký"

    def rows_typed(self, prefix: str) -> bool:
        """Whether a set has rows, before they are read."""
        return row_count(self.data, prefix) > 0

    def is_valid(self) -> bool:
        return super().is_valid() and self.keeps_tasks()

    def keeps_tasks(self) -> bool:
        """A saying whose task went out stays: others answer it."""
        kept = {row.cleaned_data.get("row") for row in self.rows["sayings"].filled}
        gone = [task for key, task in self.out.items() if key not in kept]
        for one in gone:
            self.head.add_error(
                None, f"Ý kiến “{one}” đã giao theo dõi, không bỏ được. Xin thôi theo dõi thay vì bỏ."
            )
        return not gone

    @cached_property
    def out(self) -> dict[str, Task]:
        """The tasks of this record that went out, by the row of their saying."""
        return {str(key): one for key, one in self.tasks.items() if one.is_out}

    def entry(self) -> MeetingEntry:
        """What the actions take; only after :meth:`is_valid`."""
        head = self.head.cleaned_data
        before = meeting_data(self.record) if self.record else QueryDict()
        starts, ends = head["clock"]
        return MeetingEntry(
            paper=paper_entry(self),
            stage=head.get("stage") or Stage.HELD,
            starts_at=starts,
            ends_at=ends,
            place=head["place"],
            summary=head["summary"],
            closing=head["closing"],
            previous=found(head.get("previous")),
            kinds=list(head.get("kinds") or []),
            agenda=[
                AgendaEntry(data["text"], data["time"], data["presenter"])
                for data in (row.cleaned_data for row in self.rows["agenda"].filled)
            ],
            papers=[row.entry() for row in self.papers],
            signers=[row.entry() for row in self.rows["signers"].filled],
            participations=self.participations(),
            presentations=[self.presentation(row.cleaned_data) for row in self.rows["talks"].filled],
            directives=[self.directive(row) for row in self.rows["sayings"].filled],
            note=head.get("note") or "",
            marks=marks_after(self, before, self.record.marks if self.record else {}),
        )

    def participations(self) -> list[ParticipationEntry]:
        """People as rows, then who merely attended, as the text block names them, then those the form does not hold."""
        laid = laid_out(self.record) if self.record else Laid()
        own = {row.pk: row for row in (*laid.rows, *laid.lines)}
        with_roles = [person_entry(row, own) for row in self.rows["people"].filled]
        self.add_signers(with_roles)
        attended = attendee_entries(self.head.cleaned_data["attendees"], own, with_roles)
        return with_roles + attended + [as_it_stands(row) for row in laid.beyond]

    def add_signers(self, people: list[ParticipationEntry]) -> None:
        """Who signed is among the people of the conference, in the capacity of that hour when not named there.

        Said to have signed is who stands on a side of a paper: of anybody else no paper will tell it.
        """
        signing = MeetingRole.objects.filter(key=SIGNS) if self.rows["signers"].filled else ()
        for row, role in product(self.rows["signers"].filled, signing):
            pick = row.cleaned_data["name"]
            named = [one for one in people if pick and fold(one.name) == fold(pick.text)]
            if pick and not named:
                capacity, new = row.cleaned_data["capacity"], pick.found is None
                named = [ParticipationEntry(pick.text, capacity, person=pick.found, adds_person=new)]
                people += named
            for one in named if row.is_seated else ():
                one.roles.add(role)

    @cached_property
    def own_talks(self) -> set[int]:
        """The keys of the papers read this record has."""
        return set(self.record.presentations.values_list("pk", flat=True)) if self.record else set()

    @cached_property
    def own_sayings(self) -> dict[int, Directive]:
        """The sayings this record has, by key, with what its form does not show."""
        if self.record is None:
            return {}
        rows = self.record.directives.select_related("organization", "by_document")
        return {one.pk: one for one in rows.prefetch_related("addressees__organization")}

    def presentation(self, data: dict) -> PresentationEntry:
        """One paper read; its file is one of this form's."""
        rows = (row.attachment for row in self.rows["files"].filled)
        body, pk = data.get("body"), whole_number(data["row"])
        return PresentationEntry(
            topic=data["topic"] or data["title"],
            pk=pk if pk in self.own_talks else None,
            by=data["by"],
            title=data["title"],
            organization=found(body),
            body_printed="" if found(body) else (body.text if body else ""),
            attachment=next((one for one in rows if one and one.code == data["file"]), None),
        )

    def directive(self, row: Any) -> DirectiveEntry:
        """One saying, and the task it was assigned as; what the form does not show stays as it was."""
        data = row.cleaned_data
        was = self.own_sayings.get(whole_number(data["row"]))
        pk = was.pk if was else None
        return DirectiveEntry(
            text=data["text"],
            pk=pk,
            quote=data["quote"],
            speakers=names_in(row.said),
            said_by=row.said,
            organization=row.body,
            by_document=row.paper,
            capacity=data["capacity"],
            addressed_to=data["addressed_to"],
            addressees=row.addressees,
            audience=data["audience"] or Audience.PARTIES,
            state_shown=data["state_shown"],
            task=self.task(row, pk) if row.assigned else None,
        )

    def task(self, row: Any, directive: int | None) -> TaskEntry:
        """How a saying is to be followed; what its form does not show stays as it was."""
        entry = TaskEntry(row.due_on, row.assigned, yearly=row.cleaned_data["yearly"])
        if (was := self.tasks.get(directive)) is not None:
            entry.kind, entry.territory, entry.measure = was.kind, was.territory, was.measure
        return entry

    @cached_property
    def tasks(self) -> dict[int, Task]:
        """The tasks this record's sayings were assigned as."""
        if self.record is None:
            return {}
        found = Task.objects.filter(directive__meeting=self.record).with_out()
        return {one.directive_id: one for one in found.select_related("directive", "kind", "territory")}

"""The form of a conference: one page, paste first; the way to what the actions take, and back."""

import re
from datetime import time
from typing import Any

from django import forms
from django.http import QueryDict

from meetings.actions import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    ParticipationEntry,
    PresentationEntry,
    SignerEntry,
    TablePaperEntry,
    TaskEntry,
)
from meetings.forms.rows import MEETING_ROWS, MeetingRegisters, names_in
from meetings.models import Meeting, MeetingKind, MeetingRole, Participation, Stage
from meetings.models.tasks import NO_DAY
from meetings.paste import ParticipantLine, say_participant, split_participants, split_sayings
from portal.forms.entries import found, marks_after, paper_data, paper_entry
from portal.forms.fields import TextBlock, TextLine, whole_number
from portal.forms.papers import PAPER_ROWS, PAPER_SPLITTERS, HeadForm, PaperForm
from portal.forms.picks import PickField
from portal.forms.rows import append_rows
from portal.matching import with_words
from portal.models import Audience, User
from portal.paste import split_people
from portal.text import clean, fold

_CLOCK = re.compile(r"(\d{1,2})\s*(?:giờ|h|:|g)\s*(\d{2})?", re.IGNORECASE)


def match_meetings(user: User, text: str) -> list[Meeting]:
    """Conferences visible to a person that carry every word typed."""
    folded = fold(text)
    if not folded:
        return []
    found_ = with_words(Meeting.objects.visible_to(user), folded, "search_text", most=10)
    return list(found_.select_related("document")[:6])


class ClockText(forms.CharField):
    """From when to when: "8 giờ 30 – 11 giờ", "14h"; an empty field is an unknown time."""

    def clean(self, value: Any) -> tuple[time | None, time | None]:
        text = clean(super().clean(value) or "")
        if not text:
            return None, None
        try:
            read = [time(int(hour), int(minute or 0)) for hour, minute in _CLOCK.findall(text)]
        except ValueError:
            read = []
        if not 1 <= len(read) <= 2:
            raise forms.ValidationError(
                f"Không đọc được giờ “{text}”. Ví dụ: 8 giờ 30 – 11 giờ.", code="clock"
            )
        if len(read) == 2 and read[1] <= read[0]:
            raise forms.ValidationError("Giờ kết thúc phải sau giờ bắt đầu.", code="clock")
        return read[0], read[1] if len(read) == 2 else None


def say_clock(starts: time | None, ends: time | None) -> str:
    """The hours as they would be typed again."""
    said = (
        f"{one.hour} giờ {one.minute:02}" if one.minute else f"{one.hour} giờ"
        for one in (starts, ends)
        if one
    )
    return " – ".join(said)


class MeetingHeadForm(HeadForm):
    """The head of a conference: its name is enough."""

    period = signing = None
    stage = forms.ChoiceField(label="Tiến độ", choices=Stage.choices, required=False)
    kinds = forms.ModelMultipleChoiceField(
        label="Loại hội nghị", queryset=MeetingKind.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    clock = ClockText(label="Giờ", required=False, max_length=60, help_text="Ví dụ: 8 giờ 30 – 11 giờ")
    place = TextLine(label="Địa điểm", required=False, max_length=300)
    previous = PickField(label="Tiếp theo hội nghị", register="hoi-nghi", required=False, max_length=700)
    attendees = TextBlock(
        label="Người dự khác", required=False, rows=4,
        help_text="Mỗi dòng một người (họ tên, chức vụ) hoặc một nhóm: hơn 200 đại biểu các phường.",
    )  # fmt: skip
    speaker = TextLine(
        label="Người nêu các ý kiến dưới đây", required=False, max_length=250,
        help_text="Dùng cho những dòng chưa ghi người nêu.",
    )  # fmt: skip
    summary = TextBlock(label="Tóm tắt diễn biến", required=False, rows=4)
    closing = TextBlock(label="Kết luận", required=False, rows=3)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = "Tên hội nghị"
        self.fields["dated"].label = "Ngày tổ chức"
        self.fields["number"].label = "Số biên bản"
        self.fields["kinds"].queryset = MeetingKind.objects.all()
        self.fields["kinds"].to_field_name = "key"
        self.fields["previous"].match = lambda text: match_meetings(user, text)
        visible = Meeting.objects.visible_to(user)
        self.fields["previous"].by_code = lambda code: visible.filter(code=code).first()

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("previous")
        if pick and pick.found is None:
            several = "Có nhiều hội nghị phù hợp, xin chọn một."
            self.add_error("previous", several if pick.choices else "Không tìm thấy hội nghị này.")
        return cleaned


class MeetingForm(PaperForm):
    """A whole conference: head, organisers, people, papers, sayings, sources, files."""

    head_class = MeetingHeadForm
    row_classes = PAPER_ROWS | MEETING_ROWS
    splitters = PAPER_SPLITTERS | {
        "people": lambda text: [
            {"name": one.name, "capacity": ", ".join(one.capacities)} for one in split_people(text)
        ],
        "agenda": lambda text: [{"text": one[:500]} for one in split_sayings(text)],
        "table": lambda text: [{"paper": one, "role": "signed"} for one in split_sayings(text)],
        "signers": lambda text: [
            {"name": one.name, "capacity": ", ".join(one.capacities), "side": str(min(place, 6))}
            for place, one in enumerate(split_people(text), start=1)
        ],
        "sayings": lambda text: [{"text": one, "audience": Audience.PARTIES} for one in split_sayings(text)],
    }
    needs_sides = 1
    registers_class = MeetingRegisters

    def make_head(self) -> HeadForm:
        """The head needs the person, to find only conferences visible to them."""
        return MeetingHeadForm(self.data, user=self.user)

    def row_needs(self, prefix: str) -> dict[str, Any]:
        given = super().row_needs(prefix)
        if prefix in MEETING_ROWS and prefix != "agenda":
            given["registers"] = self.registers
        if prefix == "people":
            given["roles"] = list(MeetingRole.objects.all())
        if prefix == "talks":
            files = [row.attachment for row in self.rows["files"].forms]
            given["files"] = [(one.code, one.caption or one.name) for one in files if one]
        return given

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
            papers=[table_entry(row.cleaned_data) for row in self.rows["table"].filled],
            signers=[signer_entry(row.cleaned_data) for row in self.rows["signers"].filled],
            participations=self.participations(),
            presentations=[self.presentation(row.cleaned_data) for row in self.rows["talks"].filled],
            directives=[self.directive(row) for row in self.rows["sayings"].filled],
            note=head.get("note") or "",
            marks=marks_after(self, before, self.record.marks if self.record else {}),
        )

    def participations(self) -> list[ParticipationEntry]:
        """People with roles, then who merely attended, as the text block names them."""
        own = {row.pk: row for row in self.record.participations.entered()} if self.record else {}
        with_roles = [person_entry(row.cleaned_data, own) for row in self.rows["people"].filled]
        return with_roles + attendee_entries(self.head.cleaned_data["attendees"], own, with_roles)

    def presentation(self, data: dict) -> PresentationEntry:
        """One paper read; its file is one of this form's."""
        rows = (row.attachment for row in self.rows["files"].filled)
        body = data.get("body")
        return PresentationEntry(
            topic=data["topic"] or data["title"],
            pk=own_key(data["row"], self.record and self.record.presentations),
            by=data["by"],
            title=data["title"],
            organization=found(body),
            body_printed="" if found(body) else (body.text if body else ""),
            attachment=next((one for one in rows if one and one.code == data["file"]), None),
        )

    def directive(self, row: Any) -> DirectiveEntry:
        """One saying, and the task it was assigned as."""
        data = row.cleaned_data
        said = data["said_by"] or self.head.cleaned_data["speaker"]
        task = TaskEntry(row.due_on, row.assigned, yearly=data["yearly"]) if row.assigned else None
        return DirectiveEntry(
            text=data["text"],
            pk=own_key(data["row"], self.record and self.record.directives),
            quote=data["quote"],
            speakers=names_in(said),
            said_by=said,
            addressed_to=data["addressed_to"],
            audience=data["audience"] or Audience.PARTIES,
            state_shown=data["state_shown"],
            task=task,
        )


def own_key(posted: str, rows: Any) -> int | None:
    """The key of a row of this record that a posted row stands for; None for any other."""
    pk = whole_number(posted)
    return pk if pk is not None and rows and rows.filter(pk=pk).exists() else None


def table_entry(data: dict) -> TablePaperEntry:
    """A paper on the table: one that exists, or words to add one by."""
    pick = data["paper"]
    return TablePaperEntry(
        document=pick.found,
        role=data["role"] or "reviewed",
        title=pick.text,
        add_as=data["add_as"] or "other",
    )


def signer_entry(data: dict) -> SignerEntry:
    """Who signed here; a name the register does not know adds the person."""
    pick = data["name"]
    return SignerEntry(int(data["side"] or 1), pick.found, pick.text, data["capacity"], data["authority"])


def person_entry(data: dict, own: dict[int, Participation]) -> ParticipationEntry:
    """One person with roles; a name the register does not know adds the person."""
    pick, pk = data["name"], whole_number(data["row"])
    return ParticipationEntry(
        name=pick.text,
        capacity=data["capacity"],
        pk=pk if pk in own else None,
        person=pick.found,
        adds_person=bool(pick.text and not pick.found and not pick.choices),
        organization=found(data.get("body")),
        roles=set(data["roles"]),
    )


def attendee_entries(
    text: str, own: dict[int, Participation], named: list[ParticipationEntry]
) -> list[ParticipationEntry]:
    """Who merely attended, read from the text block; a line that stands keeps its row and what it was matched to."""
    taken = {one.pk for one in named}
    standing: dict[ParticipantLine, list[Participation]] = {}
    for row in own.values():
        if row.pk not in taken:
            standing.setdefault(line_of(row), []).append(row)
    entries = []
    for line in split_participants(text):
        same = standing.get(line)
        was = same.pop(0) if same else None
        entries.append(
            ParticipationEntry(
                name=line.name[:120],
                capacity=line.capacity[:400],
                pk=was.pk if was else None,
                person=was.person if was else None,
                organization=was.organization if was else None,
                group=line.group,
                count=line.count,
                approximator=line.approximator,
            )
        )
    return entries


def line_of(row: Participation) -> ParticipantLine:
    """A participation as a line of the text block."""
    name = row.name or ("" if row.group else str(row.organization))
    return ParticipantLine(name, row.capacity, row.group, row.count, row.approximator)


def meeting_data(meeting: Meeting) -> QueryDict:
    """The raw data of the form that would write this conference as it stands."""
    data = paper_data(meeting.document)
    data["stage"], data["place"], data["note"] = meeting.stage, meeting.place, meeting.note
    data["summary"], data["closing"] = meeting.summary, meeting.closing
    data["clock"] = say_clock(meeting.starts_at, meeting.ends_at)
    data.setlist("kinds", [link.kind.key for link in meeting.kind_links.select_related("kind")])
    if meeting.previous:
        data["previous"], data["previous-ma"] = str(meeting.previous), meeting.previous.code
    append_rows(data, "agenda", meeting.agenda.values("time", "text", "presenter"))
    append_rows(data, "table", (table_data(one) for one in meeting.papers.select_related("document")))
    people_data(data, meeting)
    append_rows(
        data,
        "talks",
        (
            talk_data(one)
            for one in meeting.presentations.select_related("participation", "organization", "attachment")
        ),
    )
    sayings = meeting.directives.select_related("task").prefetch_related("task__addressees__organization")
    append_rows(data, "sayings", (saying_data(one) for one in sayings))
    return data


def people_data(data: QueryDict, meeting: Meeting) -> None:
    """People with roles as rows, the others as lines of the text block."""
    lines, place = [], 0
    rows = meeting.participations.entered().select_related("person", "organization")
    rows = rows.prefetch_related("role_links__role")
    for row in rows:
        roles = [link.role.key for link in row.role_links.all()]
        if not (roles or row.person_id or row.organization_id):
            lines.append(say_participant(line_of(row)))
            continue
        values = {"name": row.name, "capacity": row.capacity, "row": str(row.pk)}
        if row.person:
            values["name-ma"] = row.person.code
        if row.organization:
            values |= {"body": row.organization.label, "body-ma": row.organization.code}
        append_rows(data, "people", [values])
        data.setlist(f"people-{place}-roles", roles)
        place += 1
    data["attendees"] = "\n".join(lines)


def table_data(one: Any) -> dict[str, str]:
    """The raw row of a paper on the table."""
    return {"paper": str(one.document), "paper-ma": one.document.code, "role": one.role}


def talk_data(one: Any) -> dict[str, str]:
    """The raw row of a paper read."""
    row = {"title": one.title, "topic": one.topic, "row": str(one.pk)}
    row["by"] = one.participation.name if one.participation else ""
    row["body"] = one.organization.label if one.organization else one.body_printed
    if one.organization:
        row["body-ma"] = one.organization.code
    if one.attachment:
        row["file"] = one.attachment.code
    return row


def saying_data(one: Any) -> dict[str, str]:
    """The raw row of a saying and its task."""
    row = {name: getattr(one, name) for name in ("text", "said_by", "quote", "addressed_to", "audience")}
    row["row"] = str(one.pk)
    if one.state_shown:
        row["state_shown"] = "on"
    if task := getattr(one, "task", None):
        row["assign_to"] = "; ".join(str(link.organization.label) for link in task.addressees.all())
        day = task.due_on
        row["due"] = "không rõ" if day == NO_DAY else f"{day.day}/{day.month}/{day.year}"
        if task.yearly:
            row["yearly"] = "on"
    return row

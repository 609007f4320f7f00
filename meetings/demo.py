"""The demonstration's conferences: what four press pages tell, and marked samples, two held and one to come.

The rows stand in ``meetings/data/demo.json``, in our own words. Nothing is added to what a page tells: no
chair, signatory, place, answer or state is invented. Tasks go out as if assigned on the day of the
conference; since then bodies have ended, so they have passed to whoever is recorded as their successor.
"""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from meetings import starter
from meetings.actions import (
    AgendaEntry,
    DirectiveEntry,
    MeetingEntry,
    ParticipationEntry,
    PresentationEntry,
    TablePaperEntry,
    TaskEntry,
    save_meeting,
)
from meetings.actions.meetings import addresses_of, approve_meeting, publish_meeting
from meetings.models import (
    Directive,
    DirectiveAddressee,
    Meeting,
    MeetingKind,
    MeetingRole,
    Stage,
)
from meetings.models.tasks import NO_DAY
from portal.actions import records
from portal.actions.documents import PaperEntry
from portal.dates import PartialDate, parse_date
from portal.demo import account, approved, holder, loading, partner_entries, show, source_entry
from portal.history import acting
from portal.models import (
    AdministrativeUnit,
    Audience,
    Document,
    Organization,
    OrganizationKind,
    Person,
    Role,
    Source,
    Verb,
)
from portal.starter import Row, find, fixed_code, is_loaded, read_data
from programs.models import Plan, Program

DATA = Path(__file__).parent / "data" / "demo.json"


@transaction.atomic
def load() -> None:
    """Load what is missing; running it again changes nothing."""
    starter.load()
    data = read_data(DATA)
    for row in data["meetings"]:
        if not is_loaded(Meeting, row["key"]):
            add_meeting(row)
    for row in data["directives_of_papers"]:
        if not is_loaded(Directive, row["key"]):
            add_directive(row)
    for row in data["samples"]:
        if not is_loaded(Meeting, row["key"]):
            add_sample(row, timezone.localdate())


def add_meeting(row: Row) -> Meeting:
    """Add a conference as a page tells it: held, approved, public; its tasks sent out and passed on."""
    keeper, by = find(Organization, row["keeper"]), account("quantri")
    dated = parse_date(row["dated"])
    with loading(Meeting, row, keeper, by) as (_, known):
        meeting = save_meeting(None, meeting_entry(row, dated), by=by, keeper=keeper, **known, **approved())
        show(meeting, next(addresses_of(meeting)))
    return meeting


def meeting_entry(row: Row, dated: PartialDate) -> MeetingEntry:
    """A row as the form would hand it in."""
    printed = row.get("dated_printed", "")
    marks = {"dated": {"inferred": row["dated_inferred"]}} if "dated_inferred" in row else {}
    if printed:
        dated = PartialDate(dated.precision, dated.first, dated.last, printed)
    paper = PaperEntry(
        title=row["title"],
        dated=dated,
        signing=Document.Signing.UNKNOWN,
        marks=marks,
        partners=list(partner_entries(row["sides"])),
        sources=[source_entry(find(Source, key)) for key in row.get("sources", ())],
    )
    return MeetingEntry(
        paper=paper,
        stage=row.get("stage", Stage.HELD),
        starts_at=time.fromisoformat(row["starts_at"]) if "starts_at" in row else None,
        ends_at=time.fromisoformat(row["ends_at"]) if "ends_at" in row else None,
        place=row.get("place", ""),
        summary=row.get("summary", ""),
        previous=find(Meeting, row.get("previous")),
        kinds=[MeetingKind.objects.get(key=key) for key in row["kinds"]],
        agenda=[AgendaEntry(**one) for one in row.get("agenda", ())],
        papers=[TablePaperEntry(role=role, document=paper_of(key)) for key, role in row.get("papers", ())],
        participations=[participation_entry(one) for one in row.get("people", ())],
        presentations=[
            PresentationEntry(one["topic"], by=one["by"], organization=find(Organization, one.get("body")))
            for one in row.get("talks", ())
        ],
        directives=[directive_entry(one, dated.first) for one in row.get("directives", ())],
    )


def paper_of(key: str) -> Document:
    """The paper of a loaded programme or plan."""
    model = Plan if is_loaded(Plan, key) else Program
    return find(model, key).document


def participation_entry(row: Row) -> ParticipationEntry:
    """A person with posts of that day and roles, the place of a body, or a group as printed."""
    if "group" in row:
        return ParticipationEntry(group=row["group"])
    person = find(Person, row.get("person"))
    return ParticipationEntry(
        name=person.name if person else "",
        capacity=row.get("capacity", ""),
        person=person,
        organization=find(Organization, row.get("body")),
        roles={MeetingRole.objects.get(key=key) for key in row["roles"]},
    )


def directive_entry(row: Row, day: date | None) -> DirectiveEntry:
    """A saying told by the press, so for everybody; assigned where the row says so."""
    return DirectiveEntry(
        text=row["text"],
        quote=row.get("quote", ""),
        speakers=[find(Person, key).name for key in row.get("by", ())],
        said_by=row.get("said_by", ""),
        capacity=row.get("capacity", ""),
        addressed_to=row["addressed_to"],
        addressees=[find(Organization, key) for key in row.get("to", ())],
        audience=Audience.PUBLIC,
        task=task_entry(row["task"], day) if "task" in row else None,
    )


def task_entry(row: Row, day: date | None) -> TaskEntry:
    """How a saying was assigned; one whose words name no day has none."""
    kind = OrganizationKind.objects.get(key=row["kind"]) if "kind" in row else None
    return TaskEntry(
        due_on=due_of(row),
        addressees=[find(Organization, key) for key in row.get("bodies", ())],
        yearly=row.get("yearly", False),
        kind=kind,
        territory=find(AdministrativeUnit, row.get("territory")),
        measure=row.get("measure", ""),
        assigned_on=day,
    )


def due_of(row: Row) -> date:
    """The day a row names, or a sample's number of days from today; none where it says nothing."""
    if "due_in" in row:
        return timezone.localdate() + timedelta(days=row["due_in"])
    return date.fromisoformat(row["due"]) if "due" in row else NO_DAY


def add_directive(row: Row) -> Directive:
    """Add a saying that a paper tells of."""
    values: dict[str, Any] = {name: row[name] for name in ("text", "said_by", "addressed_to")}
    directive = Directive(
        code=fixed_code(Directive, row["key"]),
        document=find(Plan, row["plan"]).document,
        organization=find(Organization, row["organization"]),
        audience=Audience.PUBLIC,
        **values,
    )
    with acting(Verb.LOAD, directive, by=account("quantri")):
        directive.save()
        for key in row["to"]:
            DirectiveAddressee(directive=directive, organization=find(Organization, key)).save()
    return directive


def add_sample(row: Row, today: date) -> Meeting:
    """Add a sample conference through the doors people use: written, handed in, approved, shown."""
    keeper = find(Organization, row["keeper"])
    leader = holder(keeper, Role.APPROVER)
    clerk = holder(keeper, Role.CLERK) or leader
    entry = meeting_entry(row, PartialDate.day(today + timedelta(days=row["days"])))
    with loading(Meeting, row | {"steps": []}, keeper, clerk, Verb.CREATE) as (_, known):
        meeting = save_meeting(None, entry, by=clerk, keeper=keeper, **known)
    records.submit(meeting, by=clerk, expected=meeting.version)
    approve_meeting(meeting, by=leader, expected=meeting.version)
    publish_meeting(meeting, by=leader, expected=meeting.version)
    return meeting

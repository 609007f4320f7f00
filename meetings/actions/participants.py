"""Writing who takes part in a conference: matched to persons and bodies where known, else as printed."""

from dataclasses import dataclass, field

from meetings.actions.sides import SignerEntry
from meetings.models import Meeting, MeetingRole, Participation, ParticipationRole
from portal.actions.registers import add_people
from portal.actions.rows import write_rows
from portal.history import bulk_create
from portal.models import Organization, Person
from portal.text import fold


@dataclass
class ParticipationEntry:
    """A person, the place of a body, or a group, as entered.

    ``pk`` is the row it was; ``person`` what the name was matched to, ``adds_person`` that the register gets
    a person of this name. ``roles`` are the roles chosen.
    """

    name: str = ""
    capacity: str = ""
    pk: int | None = None
    person: Person | None = None
    adds_person: bool = False
    organization: Organization | None = None
    body_printed: str = ""
    group: str = ""
    count: int | None = None
    approximator: str = ""
    roles: set[MeetingRole] = field(default_factory=set)


COLUMNS = ("name", "capacity", "person", "organization", "body_printed", "group", "count", "approximator")


def write_participations(meeting: Meeting, entries: list[ParticipationEntry]) -> list[Participation]:
    """Write the participations of a conference and their roles; rows come back in the order of ``entries``."""
    wanted = [{"pk": one.pk} | {name: getattr(one, name) for name in COLUMNS} for one in entries]
    rows = write_rows(
        meeting.participations.entered().select_related("person", "organization"),
        wanted,
        match=("pk",),
        new=lambda **values: Participation(meeting=meeting, **values),
    )
    write_roles(rows, [one.roles for one in entries])
    return rows


def add_unknown_people(people: list[ParticipationEntry], signers: list[SignerEntry]) -> None:
    """Give the register the persons it does not have, each once, whether they came, signed or both."""
    new = [one for one in people if one.adds_person] + [one for one in signers if one.name and not one.person]
    names = {fold(one.name): one.name for one in reversed(new)}
    added = dict(zip(names, add_people(names.values()), strict=True))
    for one in new:
        one.person = added[fold(one.name)]


def write_roles(rows: list[Participation], wanted: list[set[MeetingRole]]) -> None:
    """Write the roles of participations: those gone are dropped, new ones made together."""
    held: dict[int, dict[int, ParticipationRole]] = {}
    for link in ParticipationRole.objects.filter(participation__in=[row.pk for row in rows]):
        held.setdefault(link.participation_id, {})[link.role_id] = link
    new = []
    for row, roles in zip(rows, wanted, strict=True):
        keys = {role.pk for role in roles}
        for role_id, link in held.get(row.pk, {}).items():
            if role_id not in keys:
                link.delete()
        missing = (role for role in roles if role.pk not in held.get(row.pk, {}))
        new += [ParticipationRole(participation=row, role=role) for role in missing]
    bulk_create(sorted(new, key=lambda link: (link.participation.position, link.role.position)))


def named(rows: list[Participation], name: str) -> Participation | None:
    """The participation printed under this name, if there is exactly one."""
    folded = fold(name)
    found = [row for row in rows if folded and fold(row.name) == folded]
    return found[0] if len(found) == 1 else None

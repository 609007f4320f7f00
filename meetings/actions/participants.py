"""Writing who takes part in a conference: matched to persons and bodies where known, else as printed."""

from collections import defaultdict
from dataclasses import dataclass, field

from meetings.actions.sides import SignerEntry
from meetings.models import Meeting, MeetingRole, Participation, ParticipationRole
from portal.actions.registers import add_people
from portal.actions.rows import write_links, write_rows
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
    write_roles(meeting, rows, [one.roles for one in entries])
    return rows


def add_unknown_people(people: list[ParticipationEntry], signers: list[SignerEntry]) -> None:
    """Give the register the persons it does not have, each once, whether they came, signed or both."""
    new = [one for one in people if one.adds_person] + [one for one in signers if one.name and not one.person]
    names = {fold(one.name): one.name for one in reversed(new)}
    added = dict(zip(names, add_people(names.values()), strict=True))
    for one in new:
        one.person = added[fold(one.name)]


def write_roles(meeting: Meeting, rows: list[Participation], wanted: list[set[MeetingRole]]) -> None:
    """Write the roles of participations: those gone are dropped, new ones made, all together."""
    entered = {"participation__meeting": meeting, "participation__stands_in_for__isnull": True}
    held = ParticipationRole.objects.filter(**entered)
    write_links(
        {(link.participation_id, link.role_id): link for link in held},
        {
            (row.pk, role.pk): ParticipationRole(participation=row, role=role)
            for row, roles in zip(rows, wanted, strict=True)
            for role in sorted(roles, key=lambda role: role.position)
        },
    )


def by_name(rows: list[Participation]) -> dict[str, Participation]:
    """The participations by their folded names; a name that several bear names nobody."""
    found: dict[str, list[Participation]] = defaultdict(list)
    for row in rows:
        found[fold(row.name)].append(row)
    return {name: same[0] for name, same in found.items() if name and len(same) == 1}

"""Guests of a conference being prepared: invited, answering, standing in, attending.

What is approved of a conference are the rows of its form: names, posts, roles. What guests answer is
noted beside them by the clerks of the keeping body and read by no visitor: an attendance, and a row for who
stands in. It is written at any time, in an act of its own, and leaves the version alone. A guest is added
to a draft only; an approved conference gets one through its open edit.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Max

from meetings.actions.derived import search_parts
from meetings.models import Meeting, Participation, Stage
from meetings.nearness import Nearby
from portal.actions import records
from portal.actions.records import Moved, NotNow
from portal.actions.search_texts import write_search_texts
from portal.history import acting, bulk_create, bulk_delete, bulk_update, finish
from portal.matching import people_called
from portal.models import Organization, Person, User, Verb
from portal.text import fold

Attendance = Participation.Attendance
MARKS = frozenset(Attendance) - {Attendance.SUBSTITUTED}
"""What is noted with one press; a substitution names somebody."""


@dataclass
class GuestEntry:
    """A guest as entered: a person, the place of a body, or both; or a group with its count."""

    name: str = ""
    capacity: str = ""
    organization: Organization | None = None
    body_printed: str = ""
    group: str = ""
    count: int | None = None
    approximator: str = ""


def add_guest(meeting: Meeting, entry: GuestEntry, *, by: User, expected: int) -> Participation:
    """Add a guest to a draft, after those there are; a name only one near person bears is matched."""
    with acting(Verb.EDIT, meeting, by=by, body=meeting.keeper) as act:
        current = records.lock_to_write(meeting, expected=expected, verb=Verb.EDIT)
        refuse_cancelled(current)
        last = current.participations.aggregate(last=Max("position"))["last"] or 0
        guest = Participation(
            meeting=current,
            position=last + 1,
            name=entry.name,
            capacity=entry.capacity,
            person=person_meant(entry.name, entry.capacity, entry.organization, by=by),
            organization=entry.organization,
            body_printed=entry.body_printed,
            group=entry.group,
            count=entry.count,
            approximator=entry.approximator,
        )
        guest.save()
        write_search_texts({current.document_id: search_parts(current)})
        current.version += 1
        current.save(update_fields=["version"])
        finish(act, current)
    return guest


COPIED = (
    "name", "person", "capacity", "organization", "body_printed", "group", "count", "approximator",
)  # fmt: skip


@dataclass
class Missing:
    """The guests of an earlier conference that are not among those of another, and what becomes of them."""

    taken: list[Participation] = field(default_factory=list)
    left: list[tuple[Participation, Participation]] = field(default_factory=list)
    """Those not taken, each with who stands for the same body: of "đại diện X" and a person of X one is asked."""


def not_yet_there(meeting: Meeting) -> Missing:
    """The guests of the conference before this one that are not among its own; hundreds are compared with hundreds."""
    found = Missing()
    if meeting.previous_id is None:
        return found
    there = list(meeting.participations.select_related("organization"))
    asked = Participation.objects.filter(meeting=meeting.previous_id).entered()
    asked = asked.select_related("organization", "person")
    alike: dict[tuple[str, int | str], list[Participation]] = defaultdict(list)
    for row in there:
        alike[likeness(row)].append(row)
    missing = [one for one in asked if not any(is_same_guest(one, other) for other in alike[likeness(one)])]
    named = [one for one in missing if one.name]
    of_body = {(body_of(row), bool(row.name)): row for row in reversed(there + named) if not row.group}
    for one in missing:
        body = "" if one.group else body_of(one)
        if body and (other := of_body.get((body, not one.name))):  # the place of a body, and a person of it
            found.left.append((one, other))
        else:
            found.taken.append(one)
    return found


def body_of(guest: GuestEntry | Participation) -> int | str:
    """The body somebody comes from: of the register, else as printed."""
    return guest.organization.pk if guest.organization else fold(guest.body_printed)


def likeness(guest: GuestEntry | Participation) -> tuple[str, int | str]:
    """What two entries of one guest have in common at least: the group, the name, the body whose place it is."""
    if guest.group:
        return "group", fold(guest.group)
    return ("name", fold(guest.name)) if guest.name else ("body", body_of(guest))


def is_same_guest(one: GuestEntry | Participation, other: Participation) -> bool:
    """Whether both name one guest: a group, a person of one body and post, or the place of a body itself."""
    if one.group or other.group:
        return fold(one.group) == fold(other.group)
    bodies = [body_of(row) for row in (one, other)]
    if not (one.name or other.name):
        return bodies[0] == bodies[1]
    posts = [fold(row.capacity) for row in (one, other)]
    agree = all(not all(pair) or pair[0] == pair[1] for pair in (bodies, posts))
    return fold(one.name) == fold(other.name) and agree


def copy_guests(meeting: Meeting, *, by: User, expected: int) -> Missing:
    """Add to a draft, after those there are, the guests of the conference before it; returns who came, and who did not.

    What they did there, chairing too, is of that day.
    """
    with acting(Verb.EDIT, meeting, by=by, body=meeting.keeper) as act:
        current = records.lock_to_write(meeting, expected=expected, verb=Verb.EDIT)
        refuse_cancelled(current)
        found = not_yet_there(current)
        missing = found.taken
        if not missing:
            raise NotNow("Khách mời của hội nghị trước đã có đủ ở đây.")
        last = current.participations.aggregate(last=Max("position"))["last"] or 0
        rows = [
            Participation(meeting=current, position=place, **{name: getattr(guest, name) for name in COPIED})
            for place, guest in enumerate(missing, start=last + 1)
        ]
        bulk_create(rows)
        write_search_texts({current.document_id: search_parts(current)})
        current.version += 1
        current.save(update_fields=["version"])
        finish(act, current)
    return found


def invite_all(meeting: Meeting, *, by: User) -> int:
    """Note that everybody of whom nothing was noted has been asked; returns how many."""
    with acting(Verb.EDIT, meeting, by=by, body=meeting.keeper):
        refuse_cancelled(meeting)
        rows = list(meeting.participations.entered().select_for_update().filter(attendance=Attendance.UNSAID))
        for one in rows:
            one.attendance = Attendance.INVITED
        bulk_update(rows, ["attendance"])
    return len(rows)


def person_meant(name: str, capacity: str, body: Organization | None, *, by: User) -> Person | None:
    """The person of this name, when the register holds exactly one and they are near, or known in this post."""
    found = people_called([name], by).get(fold(name), [])
    near = Nearby(by, [body] if body else [], found)
    return found[0] if len(found) == 1 and near.means_person(found[0], capacity) else None


def mark(guest: Participation, attendance: str, *, by: User, seen: str) -> None:
    """Note what a guest answered, or that they came; whoever stood in for them no longer does.

    ``seen`` is what the person saw there: two clerks do not write over each other unseen.
    """
    if attendance not in MARKS:
        raise NotNow("Chọn một trong các câu trả lời trên trang.")
    with acting(Verb.EDIT, guest.meeting, by=by, body=guest.meeting.keeper):
        current = lock(guest, seen)
        if others := list(Participation.objects.filter(stands_in_for=current)):
            bulk_delete(others)
            write_search_texts({current.meeting.document_id: search_parts(current.meeting)})
        write(current, attendance)


def substitute(guest: Participation, name: str, capacity: str, *, by: User, seen: str) -> Participation:
    """Note whom a guest sends in their place; named again, the row is corrected."""
    with acting(Verb.EDIT, guest.meeting, by=by, body=guest.meeting.keeper):
        current = lock(guest, seen)
        if current.stands_in_for_id:
            raise NotNow("Người dự thay không cử tiếp người khác. Ghi lại ở dòng của khách mời.")
        other = Participation.objects.filter(stands_in_for=current).first()
        other = other or Participation(
            meeting=guest.meeting,
            stands_in_for=current,
            position=current.position,
            attendance=Attendance.CONFIRMED,
        )
        other.name, other.capacity = name, capacity
        other.organization, other.body_printed = current.organization, current.body_printed
        other.person = person_meant(name, capacity, current.organization, by=by)
        other.save()
        write(current, Attendance.SUBSTITUTED)
        write_search_texts({current.meeting.document_id: search_parts(current.meeting)})
    return other


def lock(guest: Participation, seen: str) -> Participation:
    """The row, locked, refused when somebody noted something else there meanwhile."""
    found = Participation.objects.select_for_update(of=("self",)).filter(pk=guest.pk)
    current = found.select_related("meeting", "substitute__organization").first()
    if current is None:
        raise Moved("Khách mời này không còn trong danh sách.")
    refuse_cancelled(current.meeting)
    if current.noted != seen:
        said = current.get_attendance_display()
        raise Moved(f"Đồng nghiệp vừa ghi “{said}” cho khách này. Xin xem lại rồi ghi.")
    return current


def write(guest: Participation, attendance: str) -> None:
    """Write an attendance where it differs."""
    if guest.attendance != attendance:
        guest.attendance = attendance
        guest.save(update_fields=["attendance"])


def refuse_cancelled(meeting: Meeting) -> None:
    """Nobody is invited to a conference that was called off."""
    if meeting.stage == Stage.CANCELLED:
        raise NotNow("Hội nghị này không tổ chức.")

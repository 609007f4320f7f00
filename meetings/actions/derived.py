"""What conferences are listed and found by: derived from their minutes and parts, for many of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from meetings.models import Directive, Meeting, Participation, Presentation
from portal.actions.search_texts import write_search_texts
from portal.batches import batches
from portal.columns import UNKNOWN_DAY
from portal.models import Audience, Organization, Partner
from portal.text import fold
from portal.wording import joined, side_names
from programs.actions.programs import SEARCHED_BYTES

COLUMNS = ("organizers_label", "search_text", "sort_key", "listed_on")
AT_ONCE = 200
"""How many conferences are read with all their parts."""


def derive(meeting: Meeting) -> None:
    """Set the columns derived from the minutes: who organises, what it is found by, its place in lists."""
    _derive(meeting, meeting.document.partners.select_related("organization"))


def _derive(meeting: Meeting, partners: Iterable[Partner]) -> None:
    document, partners = meeting.document, list(partners)
    meeting.organizers_label = joined(side_names(partners))[:600]
    words = [meeting.organizers_label, document.title, document.number, meeting.place, str(document.dated)]
    words += [partner.organization.name for partner in partners if partner.organization]
    found_by = " ".join(dict.fromkeys(fold(" ".join(words)).split()))
    meeting.search_text = found_by.encode()[:SEARCHED_BYTES].decode(errors="ignore")
    meeting.listed_on = document.dated_first or UNKNOWN_DAY


def search_parts(meeting: Meeting) -> dict[str, list[str]]:
    """The words of its parts, by who reads them."""
    return parts_of([meeting])[meeting.document_id]


def parts_of(meetings: Sequence[Meeting]) -> dict[int, dict[str, list[str]]]:
    """The words of the parts of conferences by document: people and groups who merely came are for the parties."""
    found = {
        one.pk: {Audience.PUBLIC: [], Audience.PARTIES: [], Audience.BODY: [one.note]} for one in meetings
    }
    people = Participation.objects.filter(meeting__in=found).select_related("organization")
    for one in people.prefetch_related("role_links__role"):
        merely = {link.role.key for link in one.role_links.all()} <= {"du"}
        found[one.meeting_id][Audience.PARTIES if merely else Audience.PUBLIC].append(str(one))
    for one in meetings:
        found[one.pk][Audience.PUBLIC] += [one.summary, one.closing]
    for one in Presentation.objects.filter(meeting__in=found):
        found[one.meeting_id][Audience.PUBLIC].append(f"{one.title} {one.presented_by} {one.topic}")
    for one in Directive.objects.filter(meeting__in=found):
        found[one.meeting_id][one.audience].append(f"{one.text} {one.quote}")
    return {one.document_id: found[one.pk] for one in meetings}


def refresh(keys: Iterable[int]) -> None:
    """Write what these conferences are listed and found by; recomputable, so without a version of its own."""
    for batch in batches(dict.fromkeys(keys), AT_ONCE):
        meetings = list(Meeting.objects.filter(pk__in=batch).select_related("document"))
        partners: dict[int, list[Partner]] = defaultdict(list)
        of_minutes = Partner.objects.filter(document__in=[one.document_id for one in meetings])
        for partner in of_minutes.select_related("organization"):
            partners[partner.document_id].append(partner)
        changed = []
        for one in meetings:
            before = [getattr(one, name) for name in COLUMNS]
            _derive(one, partners[one.document_id])
            one._meta.get_field("sort_key").pre_save(one, add=False)
            if before != [getattr(one, name) for name in COLUMNS]:
                changed.append(one)
        Meeting.objects.bulk_update(changed, COLUMNS, batch_size=AT_ONCE)
        write_search_texts(parts_of(meetings))


def naming(body: Organization) -> set[int]:
    """The conferences that say the name of a body: it organises them, or a place there is its own and nobody's."""
    organised = Meeting.objects.filter(document__partners__organization=body)
    seated = Participation.objects.filter(organization=body, name="", group="")
    return {
        *organised.order_by().values_list("pk", flat=True),
        *seated.order_by().values_list("meeting_id", flat=True),
    }

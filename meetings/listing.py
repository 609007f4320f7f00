"""A conference as one line of a list: when, what, who organised, what was signed, status."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, MeetingKindLink, MeetingPaper, Stage
from portal.lists import SAMPLE, in_order, publishing_chip
from portal.models import Partner, Reach, User
from portal.models.circles import CircleReader
from portal.models.records import documents_of
from portal.registers import told_documents
from portal.sections import Hit
from portal.wording import short_date

Reader = User | AnonymousUser
INFERRED = "*"
"""The sign at a day part of which was inferred."""


def stage_chip(meeting: Meeting, today: date) -> tuple[str, str] | None:
    """The chip of a conference that was not held, or not yet; nothing is said of one that was."""
    if meeting.stage == Stage.CANCELLED:
        return "expired", "Không tổ chức"
    if meeting.stage == Stage.PREPARED:
        past = meeting.document.dated_last and meeting.document.dated_last < today
        return ("expired", "Đã qua ngày dự kiến") if past else ("ending_soon", "Sắp tổ chức")
    return None


def meeting_page_of(meeting: Meeting, reader: Reader) -> str:
    """The page of a conference on the reader's side of the house."""
    if reader.is_authenticated:
        return reverse("meetings:meeting_record", args=[meeting.code])
    return reverse("meetings:meeting_page", args=[meeting.slug])


def concerning(found: QuerySet, bodies: QuerySet, reader: Reader) -> QuerySet:
    """Those of these conferences the bodies organised or keep, or at which a paper they are a side of was signed.

    Of papers signed there those count that the reader is told of; ``bodies`` yields primary keys.
    """
    papers = documents_of(bodies)
    sides = told_documents(reader).filter(pk__in=papers)
    signed = MeetingPaper.objects.filter(role=MeetingPaper.Role.SIGNED, document__in=sides).order_by()
    return found.filter(Q(document__in=papers) | Q(keeper__in=bodies) | Q(pk__in=signed.values("meeting_id")))


def concerning_below(found: QuerySet, body: int, reader: Reader) -> QuerySet:
    """The same of a body and of all below it: who organised or keeps a conference is asked of its circle, the few left of its papers."""
    signed = MeetingPaper.objects.filter(role=MeetingPaper.Role.SIGNED, meeting=OuterRef("pk")).order_by()
    sides = Partner.objects.filter(organization__in=Reach.objects.within([body]))
    told = signed.filter(
        Exists(sides.filter(document=OuterRef("document"))), document__in=told_documents(reader)
    )
    # Looked up for each conference left: asked whether it exists, the parties of all papers would be read at once.
    found = found.alias(signed=Subquery(told.values("pk")[:1]))
    return found.filter(CircleReader.objects.read_by([body]) | Q(signed__isnull=False))


def meeting_hits(keys: Iterable[int], reader: Reader) -> list[Hit]:
    """The lines of these conferences, in their order."""
    keys = list(keys)
    rows = in_order(Meeting.objects.filter(pk__in=keys).select_related("document"), keys)
    kinds, counts = kinds_of(keys), signed_at(keys)
    return [meeting_hit(row, reader, kinds[row.pk], counts.get(row.pk, 0)) for row in rows]


def meeting_hit(meeting: Meeting, reader: Reader, kinds: list[str], signed: int) -> Hit:
    """One conference as a line."""
    chips: list[str | tuple[str, str]] = []
    if (chip := stage_chip(meeting, timezone.localdate())) is not None:
        chips.append(chip)
    if reader.is_authenticated:
        chips.append(publishing_chip(meeting))
    if meeting.is_sample:
        chips.append(SAMPLE)
    dated, is_inferred = meeting.document.dated, bool(meeting.document.marks.get("dated", {}).get("inferred"))
    meta = [", ".join(kinds)] if kinds else []
    meta += [f"ký {signed} văn bản"] if signed and reader.is_authenticated else []
    meta += [meeting.place] if meeting.place else []
    return Hit(
        title=meeting.document.title,
        url=meeting_page_of(meeting, reader),
        line=meeting.organizers_label,
        chips=tuple(chips),
        when=f"{short_date(dated)}{INFERRED if is_inferred else ''}",
        when_line=", ".join(filter(None, [dated.part_of_day, f"{INFERRED} suy ra" if is_inferred else ""])),
        meta=tuple(meta),
    )


def kinds_of(keys: list[int]) -> dict[int, list[str]]:
    """What these conferences are for, in words."""
    found: dict[int, list[str]] = defaultdict(list)
    links = MeetingKindLink.objects.filter(meeting__in=keys).order_by("kind__position", "kind__key")
    for meeting, name in links.values_list("meeting_id", "kind__name"):
        found[meeting].append(name)
    return found


def signed_at(keys: list[int]) -> dict[int, int]:
    """How many papers were signed at each of these conferences."""
    signed = MeetingPaper.objects.filter(meeting__in=keys, role=MeetingPaper.Role.SIGNED)
    return dict(signed.order_by().values_list("meeting").annotate(count=Count("pk")))

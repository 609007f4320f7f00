"""A conference as one line of a list: when, what, who organised, what was signed, status."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse

from meetings.models import Meeting, MeetingKindLink, MeetingPaper, Stage
from portal.lists import in_order, publishing_chip
from portal.models import User
from portal.sections import Hit
from programs.listing import SAMPLE, short_date

Reader = User | AnonymousUser
STAGE_CHIPS = {Stage.PREPARED: ("ending_soon", "sắp tổ chức"), Stage.CANCELLED: ("expired", "không tổ chức")}


def meeting_page_of(meeting: Meeting, reader: Reader) -> str:
    """The page of a conference on the reader's side of the house."""
    if reader.is_authenticated:
        return reverse("meetings:meeting_record", args=[meeting.code])
    return reverse("meetings:meeting_page", args=[meeting.slug])


def meeting_hits(keys: Iterable[int], reader: Reader) -> list[Hit]:
    """The lines of these conferences, in their order."""
    keys = list(keys)
    rows = in_order(Meeting.objects.filter(pk__in=keys).select_related("document"), keys)
    kinds: dict[int, list[str]] = defaultdict(list)
    for link in MeetingKindLink.objects.filter(meeting__in=keys).select_related("kind").order_by("kind"):
        kinds[link.meeting_id].append(link.kind.name)
    signed = MeetingPaper.objects.filter(meeting__in=keys, role=MeetingPaper.Role.SIGNED)
    counts = dict(signed.order_by().values_list("meeting").annotate(count=Count("pk")))
    return [meeting_hit(row, reader, kinds[row.pk], counts.get(row.pk, 0)) for row in rows]


def meeting_hit(meeting: Meeting, reader: Reader, kinds: list[str], signed: int) -> Hit:
    """One conference as a line."""
    chips: list[str | tuple[str, str]] = []
    if meeting.stage in STAGE_CHIPS:
        chips.append(STAGE_CHIPS[Stage(meeting.stage)])
    if reader.is_authenticated:
        chips.append(publishing_chip(meeting))
    if meeting.is_sample:
        chips.append(SAMPLE)
    dated = meeting.document.dated
    meta = [", ".join(kinds)] if kinds else []
    meta += [f"ký {signed} văn bản"] if signed else []
    meta += [meeting.place] if meeting.place else []
    return Hit(
        title=meeting.document.title,
        url=meeting_page_of(meeting, reader),
        line=meeting.organizers_label,
        chips=tuple(chips),
        when=short_date(dated) if dated.known else "chưa rõ ngày",
        meta=tuple(meta),
    )

"""The desk, and the door "Nhập văn bản"."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal import sections
from portal.access import Doing, acting_body
from portal.models import User, WorkingCopy
from portal.sections import DeskGroup, DeskLine
from portal.views.confirming import confirming_lines
from portal.views.consultations import desk_lines
from portal.views.entry import all_kinds
from portal.views.refiling import entered_kinds
from portal.views.typed import first_words


@dataclass(frozen=True)
class Heading:
    """What the desk is read under: in the address, in words, the word before the date of a line, and the groups there."""

    key: str
    words: str
    dated: str
    groups: frozenset[DeskGroup]


HEADINGS = (
    Heading("tra-lai", "Trả lại", "trả lại", frozenset({DeskGroup.RETURNED})),
    Heading("dang-soan", "Đang soạn", "soạn từ", frozenset({DeskGroup.DRAFTING})),
    Heading("den-han", "Đến hạn", "hạn", frozenset({DeskGroup.DUE, DeskGroup.TO_URGE, DeskGroup.ASKED})),
    Heading("cho-duyet", "Chờ duyệt", "gửi", frozenset({DeskGroup.WAITING, DeskGroup.TO_READ})),
)
SHOWN, WHOLE = 20, 200
"""How many lines stand under a heading: on the desk, and where the heading is read alone."""


@dataclass(frozen=True)
class Group:
    """The first lines under a heading, oldest due first, and whether there are more; untitled where the page is called so."""

    heading: Heading
    title: str
    lines: list[DeskLine]
    is_cut: bool


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What lies on the desk, group by group, oldest due first; and the next three dates. Or one heading alone, whole."""
    today = timezone.localdate()
    alone = next((one for one in HEADINGS if one.key == request.GET.get("muc")), None)
    most = WHOLE if alone else SHOWN
    lines = lines_for(request.user, most + 1)
    groups = (
        [group_of(alone, lines, most, title="")]
        if alone
        else [group_of(one, lines, most) for one in HEADINGS]
    )
    dated = [] if alone else [section.next_dates(request.user, today) for section in sections.every()]
    context = {
        "alone": alone,
        "groups": [group for group in groups if group.lines],
        "dates": sorted(day for found in dated for day in found)[:3],
        "may_enter": acting_body(request.user) is not None,
        "is_to_set_up": not lines and site.has_permission(request) and is_new_portal(),
        "may_delegate": acting_body(request.user, Doing.DELEGATE) is not None,
        "delegated": [held for held in request.user.current_memberships if held.delegated_by_id],
    }
    return render(request, "portal/staff/desk.html", context)


def is_new_portal() -> bool:
    """Whether nobody has entered any paper yet."""
    return not any(kind.view.model.objects.exists() for kind in entered_kinds().values())


def lines_for(user: User, most: int) -> list[DeskLine]:
    """What waits for this person, oldest due first: so many of each kind that the first ``most`` are the first of all."""
    lines = [line for section in sections.every() for line in section.desk(user, most)]
    lines += [*unsaved(user, most), *desk_lines(user, most), *confirming_lines(user)]
    return sorted(lines, key=day_of)


def group_of(heading: Heading, lines: list[DeskLine], most: int, *, title: str | None = None) -> Group:
    """The first of these lines that stand under a heading."""
    found = [line for line in lines if line.group in heading.groups]
    return Group(heading, heading.words if title is None else title, found[:most], len(found) > most)


def day_of(line: DeskLine) -> tuple[date, float]:
    """The day a line is ordered by, then the moment."""
    if line.since is None:
        return line.due or date.max, 0
    return timezone.localtime(line.since).date(), line.since.timestamp()


def unsaved(user: User, most: int) -> list[DeskLine]:
    """New papers typed in a form and never saved."""
    kinds = entered_kinds()
    found = WorkingCopy.objects.filter(
        owner=user,
        purpose=WorkingCopy.Purpose.AUTOSAVE,
        saved_at__gte=timezone.now() - timedelta(days=60),
        form__in=kinds,
    )
    for kind in kinds.values():
        saved = kind.view.model.objects.filter(code=OuterRef("record_code"))
        found = found.exclude(Exists(saved), form=kind.key)
    lines = []
    for copy in found.order_by("saved_at")[:most]:
        kind = kinds[copy.form]
        url = f"{kind.url}?luu-tam={copy.record_code}"
        kept_at = f"tự giữ lúc {timezone.localtime(copy.saved_at):%H:%M}, chưa lưu"
        lines.append(
            DeskLine(DeskGroup.DRAFTING, "Viết tiếp", first_words(copy), url, copy.saved_at, kept_at)
        )
    return lines


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """The door: what is the paper? Each kind with examples."""
    if acting_body(request.user) is None:
        raise PermissionDenied("Chỉ cán bộ và lãnh đạo của một cơ quan được nhập văn bản.")
    return render(request, "portal/staff/enter.html", {"kinds": all_kinds()})

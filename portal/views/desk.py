"""The desk, the door "Nhập văn bản", suggestions and what a form saves by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_GET, require_POST

from portal import sections
from portal.access import Doing, acting_body
from portal.actions import copies
from portal.actions.records import NotNow
from portal.body_names import suggest_organizations
from portal.dates import DateNotUnderstood, PartialDate, parse_date
from portal.filters import find_units
from portal.gallery import gallery_context
from portal.homes import Home
from portal.matching import suggest_documents, suggest_people
from portal.models import User, WorkingCopy
from portal.sections import DeskLine
from portal.text import clean
from portal.views.confirming import confirming_lines
from portal.views.consultations import desk_lines
from portal.views.entry import CODE, all_kinds
from portal.views.refiling import entered_kinds
from portal.views.typed import keep_typed


@dataclass(frozen=True)
class Heading:
    """What the desk is read under: in the address, in words, the word before the date of a line, and the groups there."""

    key: str
    words: str
    dated: str
    groups: frozenset[str]


DUE = ("Đến hạn", "Báo cáo phải nộp", "Đợt báo cáo", "Nhiệm vụ", "Đôn đốc", "Lấy ý kiến", "Xác nhận số liệu")
HEADINGS = (
    Heading("tra-lai", "Trả lại", "trả lại", frozenset({"Trả lại"})),
    Heading("dang-soan", "Đang soạn", "soạn từ", frozenset({"Đang soạn"})),
    Heading("den-han", "Đến hạn", "hạn", frozenset(DUE)),
    Heading("cho-duyet", "Chờ duyệt", "gửi", frozenset({"Chờ duyệt", "Trả lời nhiệm vụ"})),
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
    kinds = {kind.key: kind for kind in all_kinds() if kind.view}
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
        lines.append(DeskLine("Đang soạn", "Viết tiếp", first_words(copy), url, copy.saved_at, kept_at))
    return lines


def first_words(copy: WorkingCopy) -> str:
    """How a paper typed and never saved is called: by its title, else by the first thing written in it."""
    data = copies.as_query(copy.data)
    rows = [name for name in data if name.endswith(("-name", "-text"))]
    said = (clean(data.get(name, "")) for name in ("title", *TOLD_BY, *rows))
    return Truncator(next(filter(None, said), "chưa có tên gọi")).chars(120)


TOLD_BY = ("number_line", "number", "program", "note")
"""Fields whose words tell one paper without a title from another; after them come its rows."""


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """The door: what is the paper? Each kind with examples."""
    if acting_body(request.user) is None:
        raise PermissionDenied("Chỉ cán bộ và lãnh đạo của một cơ quan được nhập văn bản.")
    return render(request, "portal/staff/enter.html", {"kinds": all_kinds()})


@require_GET
def suggest(request: HttpRequest, register: str) -> JsonResponse:
    """Suggestions for a picker, after two letters."""
    text = request.GET.get("q", "")[:200]
    if len(text.strip()) < 2:
        return JsonResponse({"found": []})
    registers: dict[str, Callable[[], list[dict[str, str]]]] = {
        "co-quan": lambda: organizations(request, text),
        # Who writes nothing picks nobody; the register also holds who is named in drafts alone.
        "nguoi": lambda: people(request.user, text) if acting_body(request.user) else [],
        "van-ban": lambda: documents(request.user, text),
        "dia-ban": lambda: territories(request.user, text),
    }
    if register in registers:
        return JsonResponse({"found": registers[register]()})
    for section in sections.every():
        found = section.suggest(
            register, request.user, text, of=request.GET.get("ma", "")[:12], on=day_asked(request).last
        )
        if found is not None:
            return JsonResponse({"found": found})
    raise Http404


def day_asked(request: HttpRequest) -> PartialDate:
    """The day typed on the page of the picker, as far as it is understood."""
    try:
        return parse_date(request.GET.get("ngay", "")[:100])
    except DateNotUnderstood:
        return PartialDate.unknown()


def organizations(request: HttpRequest, text: str) -> list[dict[str, str]]:
    """Bodies, those living on the paper's date and near the person's own first."""
    found = suggest_organizations(text, day_asked(request).placed, Home(request.user.writing_bodies))
    return [
        {"name": body.label, "code": body.code, "line": body.whereabouts or body.abbreviation}
        for body in found
    ]


def territories(user: User, text: str) -> list[dict[str, str]]:
    """Territories, each with where it lies, else its level; those at home first."""
    found = find_units(text, Home(user.writing_bodies))[:8]
    return [{"name": one.label, "code": one.code, "line": one.whereabouts or one.level.name} for one in found]


def people(user: User, text: str) -> list[dict[str, str]]:
    """Persons, each with a post to tell them apart."""
    found = suggest_people(text, user)
    return [{"name": one.name, "code": one.code, "line": post_of(one)} for one in found]


def post_of(person: object) -> str:
    """A post of a person, or nothing."""
    return next((position.title for position in person.positions.all()), "")


def documents(user: User, text: str) -> list[dict[str, str]]:
    """Papers of the shared register and of the records a person may see."""
    found = suggest_documents(text, user)
    return [{"name": str(one), "code": one.code, "line": str(one.dated)} for one in found]


@require_POST
def autosave(request: HttpRequest) -> JsonResponse:
    """Keep what is being typed, apart from the record: one for each person and form."""
    form, code = request.POST.get("loai", ""), request.POST.get("ma", "")
    if acting_body(request.user) is None:
        return JsonResponse(
            {"error": "Chỉ cán bộ và lãnh đạo của một cơ quan được nhập văn bản."}, status=403
        )
    kind = next((one for one in all_kinds() if one.key == form), None)
    if kind is None or not CODE.match(code):
        return JsonResponse({"error": "Không lưu tạm được."}, status=400)
    try:
        kept = keep_typed(request.user, form, code, request.POST)
    except NotNow as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    if not kept:
        return JsonResponse({"saved": ""})
    return JsonResponse({"saved": f"{timezone.localtime():%H:%M}"})


def drop_autosave(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Let go of what a form saved by itself, after one question."""
    entered = next((one for one in all_kinds() if one.key == kind and one.view), None)
    kept = copies.autosave_of(request.user, kind, code) if entered else None
    if kept is None:
        raise Http404
    record = entered.view.model.objects.visible_to(request.user).filter(code=code).first()
    if request.method != "POST":
        back = entered.view.address("edit", code) if record else entered.url
        context = {"kept": kept, "called": record or first_words(kept), "form_url": f"{back}?luu-tam={code}"}
        return render(request, "portal/staff/drop_autosave.html", context)
    copies.forget_autosave(request.user, kind, code)
    messages.success(request, "Đã bỏ bản tự giữ.")
    there = entered.view.address("edit", code) if record else reverse("portal:desk")
    return HttpResponseRedirect(there)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, for those who write them."""
    return render(request, "portal/staff/gallery.html", gallery_context())

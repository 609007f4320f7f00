"""A body looks through what the portal holds of its year, says from when its registers are kept, and confirms the year."""

from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.access import Doing, acting_body, can, grants, require
from portal.actions.records import NotNow
from portal.actions.years import confirm_year, keep_registers, take_back_year
from portal.dates import FIRST_YEAR
from portal.forms.reasons import ReasonForm
from portal.forms.years import RegistersForm
from portal.models import Organization, Reach, RegisterStart, User, YearConfirmation, YearRequest
from portal.sections import DeskGroup, DeskLine
from portal.year import TODAY, Asked, Scope
from portal.year_page import Count, every_count

SEASON = 31
"""Until which day of January the year before is confirmed without being asked for."""


def body_of(request: HttpRequest) -> Organization:
    """The body whose year is looked through: the one named in the address, else the person's first."""
    if code := request.GET.get("don-vi-ma", ""):
        ran = Reach.objects.running([held.organization_id for held in grants(request.user, Doing.WRITE)])
        return get_object_or_404(Organization, code=code, pk__in=ran)
    if (body := acting_body(request.user)) is None:
        raise PermissionDenied("Chỉ cán bộ và lãnh đạo của một cơ quan được xác nhận số liệu của cơ quan.")
    return body


def of_a_year(year: int) -> int:
    """A year that has begun."""
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return year


def address(year: int, body: Organization, name: str = "confirm_year") -> str:
    """The page of a body's year, or one of its buttons."""
    return reverse(f"portal:{name}", args=[year], query={"don-vi-ma": body.code})


def back(year: int, body: Organization) -> HttpResponse:
    """Back to the page."""
    return HttpResponseRedirect(address(year, body))


def said_of(body: Organization, year: int) -> YearConfirmation | None:
    """The body's word on a year."""
    found = YearConfirmation.objects.filter(organization=body, year=year)
    return found.select_related("confirmed_by", "organization").first()


@require_safe
def confirm_page(request: HttpRequest, year: int) -> HttpResponse:
    """What the portal holds of a body for a year, register by register, and the two buttons."""
    body = body_of(request)
    asked = Asked(request.user, of_a_year(year), Scope(body=body, is_alone=True), TODAY, timezone.localdate())
    starts = dict(body.register_starts.values_list("register", "from_year"))
    counts = every_count(asked)
    context = {
        "body": body,
        "year": year,
        "groups": by_register(counts),
        "left_out": [one for one in counts if one.left_out],
        "form": RegistersForm(starts=starts),
        "starts": starts,
        "said": said_of(body, year),
        "may_confirm": bool(can(request.user, Doing.APPROVE, within=body)),
        "reason_form": ReasonForm(),
        "years": [(one, address(one, body)) for one in (year - 1, year + 1) if one <= asked.today.year],
        "keep_url": address(year, body, "keep_year_registers"),
        "confirm_url": address(year, body, "confirm_the_year"),
        "take_back_url": address(year, body, "take_back_the_year"),
    }
    return render(request, "portal/staff/confirm_year.html", context)


def by_register(counts: list[Count]) -> dict[str, list[Count]]:
    """Figures under their headings."""
    found: dict[str, list[Count]] = {}
    for one in counts:
        found.setdefault(one.group, []).append(one)
    return found


@require_POST
def keep_year_registers(request: HttpRequest, year: int) -> HttpResponse:
    """Say from which year each register of the body holds all there is."""
    body = body_of(request)
    require(request.user, Doing.WRITE, within=body)
    form = RegistersForm(request.POST, starts={})
    if not form.is_valid():
        messages.error(request, "Ghi năm bằng bốn chữ số, ví dụ: 2022. Sổ chưa có thì để trống.")
        return back(year, body)
    keep_registers(body, form.cleaned_data, by=request.user)
    messages.success(request, "Đã ghi năm bắt đầu của các sổ.")
    return back(year, body)


@require_POST
def confirm_the_year(request: HttpRequest, year: int) -> HttpResponse:
    """Confirm the year."""
    body = body_of(request)
    require(request.user, Doing.APPROVE, within=body)
    try:
        confirm_year(body, of_a_year(year), by=request.user)
        messages.success(request, f"Đã xác nhận số liệu năm {year} của {body}.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return back(year, body)


@require_POST
def take_back_the_year(request: HttpRequest, year: int) -> HttpResponse:
    """Take the confirmation back, with a reason."""
    body = body_of(request)
    require(request.user, Doing.APPROVE, within=body)
    form, said = ReasonForm(request.POST), said_of(body, year)
    if said is None:
        messages.error(request, f"Số liệu năm {year} chưa được xác nhận.")
    elif not form.is_valid():
        messages.error(request, "Ghi lý do rút xác nhận.")
    else:
        take_back_year(said, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã rút xác nhận số liệu năm {year}. Sửa xong, xin xác nhận lại.")
    return back(year, body)


# --- the desk


def confirming_lines(user: User) -> Iterator[DeskLine]:
    """The years a person's bodies have to confirm: last year's in January, and those a body above asks for."""
    held = {one.organization_id: one.organization for one in grants(user, Doing.WRITE)}
    due = dict(due_years(held, timezone.localdate())) if held else {}
    if not due:
        return
    years = {year for _, year in due}
    done = YearConfirmation.objects.filter(organization__in=held, year__in=years)
    done = set(done.values_list("organization_id", "year"))
    for (body, year), (day, note) in sorted(due.items()):
        if (body, year) not in done:
            thing, url = f"năm {year} của {held[body]}", address(year, held[body])
            yield DeskLine(DeskGroup.ASKED, "Xác nhận số liệu", thing, url, note=note, due=day)


def due_years(
    bodies: dict[int, Organization], today: date
) -> Iterator[tuple[tuple[int, int], tuple[date, str]]]:
    """Body and year with the day and who asks; a request of a body above stands before the season."""
    if today.month == 1:
        keeping = RegisterStart.objects.filter(organization__in=bodies, from_year__lt=today.year)
        for body in keeping.values_list("organization_id", flat=True).distinct():
            yield (body, today.year - 1), (date(today.year, 1, SEASON), "")
    above = Reach.objects.filter(body__in=bodies, relation=Reach.Relation.OVERSEES)
    pairs = list(above.values_list("reader_id", "body_id"))
    asked = YearRequest.objects.filter(
        organization__in=[reader for reader, _ in pairs], year__gte=today.year - 1
    )
    rows = (
        asked.order_by().values("organization_id", "organization__name", "year").annotate(day=Max("due_on"))
    )
    for row in rows if pairs else ():
        for reader, body in pairs:
            if reader == row["organization_id"]:
                yield (body, row["year"]), (row["day"], f"{row['organization__name']} đề nghị")

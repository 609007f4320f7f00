"""A target by itself, for those inside: how it stands place by place, who told what; and the value its keeper states."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import Doing, can, leave_trace, readable_audiences, require
from portal.actions.records import NotNow
from portal.lists import PER_PAGE
from portal.models import Audience, Organization
from portal.templatetags.say import vdate
from programs.actions.reports import refused_now, report, state_value
from programs.asked import asked_on
from programs.forms.reports import ReportForm, StatedForm
from programs.measuring import last_day
from programs.models import Plan, Target, TargetReport
from programs.standings import by_territory, standing
from programs.target_excel import target_file
from programs.target_reading import TargetLine, part_lines
from programs.targets import REPORTED


def plan_of(request: HttpRequest, code: str) -> Plan:
    """A plan the person may see, with what its page tells."""
    linked = ("document__type", "keeper__territory")
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related(*linked), code=code)


def target_of(request: HttpRequest, code: str, target: str) -> Target:
    """A target whose bodies the person may know: of a party, of a superior, of the keeping body."""
    plan = plan_of(request, code)
    audiences = readable_audiences(request.user, plan)
    if Audience.PARTIES not in audiences:
        raise Http404
    found = plan.targets.filter(audience__in=audiences).select_related("group", "territory")
    one = get_object_or_404(found, code=target)
    one.plan = plan
    return one


@require_safe
def target_record(request: HttpRequest, code: str, target: str) -> HttpResponse:
    """How a target stands, place by place and body by body."""
    one = target_of(request, code, target)
    leave_trace(request.user, one.plan)
    today = timezone.localdate()
    on = last_day(one.plan, today)
    keeps = bool(can(request.user, Doing.WRITE, within=one.plan.keeper))
    context = {
        "target": one,
        "plan": one.plan,
        "line": TargetLine(one, standing(one, on), names_bodies=True),
        "parts": part_lines(by_territory(one, on)),
        "keeps": keeps,
        "enters": keeps and one.measure == REPORTED and not refused_now(one.plan, today, as_keeper=True),
    }
    return render(request, "programs/staff/target_record.html", context)


@require_safe
def target_excel(request: HttpRequest, code: str) -> HttpResponseBase:
    """The targets of a plan body by body, as an Excel file."""
    plan = plan_of(request, code)
    audiences = readable_audiences(request.user, plan)
    if Audience.PARTIES not in audiences:
        raise Http404
    leave_trace(request.user, plan, "tải Excel chỉ tiêu")
    return target_file(plan, audiences, request)


@require_http_methods(["GET", "HEAD", "POST"])
def state_target(request: HttpRequest, code: str, target: str) -> HttpResponse:
    """The value the keeper of a plan states beside what is measured, and why."""
    one = target_of(request, code, target)
    require(request.user, Doing.WRITE, within=one.plan.keeper)
    today = timezone.localdate()
    form = StatedForm(request.POST or None, target=one, today=today)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            state_value(one, by=request.user, value=told.get("value"), of=told.get("of"),
                        on=told.get("on"), reason=told["reason"])  # fmt: skip
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi số liệu nêu.")
            return HttpResponseRedirect(reverse("programs:target_record", args=[code, target]))
    line = TargetLine(one, standing(one, last_day(one.plan, today)), names_bodies=True)
    context = {"target": one, "plan": one.plan, "form": form, "line": line}
    return render(request, "programs/staff/target_state.html", context, status=422 if form.errors else 200)


# --- told


@require_http_methods(["GET", "HEAD", "POST"])
def report_targets(request: HttpRequest, code: str) -> HttpResponse:
    """The targets of a plan that a person's body is asked to report, and what it tells of them."""
    today = timezone.localdate()
    plan = get_object_or_404(Plan.objects.approved().select_related("document", "keeper"), code=code)
    body, targets = asked_on(plan, request.user)
    if body is None:
        raise Http404
    pairs = [(target, body) for target in targets]
    form, status = told_form(request, plan, pairs)
    if status == 200 and request.method == "POST":
        if not (refused := told(request, plan, form, body)):
            messages.success(request, f"Đã báo cáo chỉ tiêu đến {plan.keeper}.")
            return HttpResponseRedirect(reverse("portal:desk"))
        form.add_error(None, refused)
        status = 422
    lines = list(zip(targets, form.lines, strict=True))
    sees = Plan.objects.visible_to(request.user).filter(pk=plan.pk).exists()
    refused = refused_now(plan, today, as_keeper=body == plan.keeper)
    context = {"plan": plan, "body": body, "form": form, "lines": lines, "sees": sees, "refused": refused}
    return render(request, "programs/staff/report_targets.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def report_for_bodies(request: HttpRequest, code: str, target: str) -> HttpResponse:
    """A grid in which the keeper of a plan enters what its bodies told, a page of bodies at a time."""
    one = target_of(request, code, target)
    require(request.user, Doing.WRITE, within=one.plan.keeper)
    population = one.population(last_day(one.plan, timezone.localdate()))
    if one.measure != REPORTED or population is None:
        raise Http404
    page = Paginator(population.order_by("sort_key", "pk"), PER_PAGE).get_page(request.GET.get("trang"))
    form, status = told_form(request, one.plan, [(one, body) for body in page])
    if status == 200 and request.method == "POST":
        if not (refused := told(request, one.plan, form, one.plan.keeper)):
            messages.success(request, f"Đã ghi báo cáo của {len(form.entries())} cơ quan.")
            return HttpResponseRedirect(request.get_full_path())
        form.add_error(None, refused)
        status = 422
    context = {"target": one, "plan": one.plan, "form": form, "page": page}
    return render(request, "programs/staff/report_grid.html", context, status=status)


def told_form(request: HttpRequest, plan: Plan, pairs: list[Any]) -> tuple[ReportForm, int]:
    """The form over these targets and bodies, filled with what they told; and how the page answers."""
    today = timezone.localdate()
    targets, bodies = {one.pk for one, _ in pairs}, {one.pk for _, one in pairs}
    rows = TargetReport.objects.filter(target__in=targets, organization__in=bodies)
    held = {(one.target_id, one.organization_id): one for one in rows}
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        plan=plan, today=today, pairs=pairs, held=held,
        initial={"as_of": vdate(last_day(plan, today))},
    )  # fmt: skip
    return form, 422 if form.is_bound and not form.is_valid() else 200


def told(request: HttpRequest, plan: Plan, form: ReportForm, body: Organization) -> str:
    """Keep what a valid form tells; why not, or nothing."""
    try:
        report(plan, form.entries(), as_of=form.cleaned_data["as_of"], by=request.user, body=body)
    except NotNow as refusal:
        return str(refusal)
    return ""

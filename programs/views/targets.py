"""A target by itself, for those inside: how it stands place by place, who told what; and the value its keeper states."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import Doing, can, leave_trace, readable_audiences, require
from portal.actions.records import NotNow
from portal.files import address
from portal.lists import PER_PAGE
from portal.models import Attachment, Audience, Organization, User
from portal.templatetags.say import vdate
from portal.views.files import handed
from programs.actions.reports import refused_now, report, state_value
from programs.asked import asked_on, asked_through
from programs.forms.answers import SenderForm
from programs.forms.reports import FiguresRow, ReportForm, StatedForm
from programs.measuring import last_day
from programs.models import Plan, Target, TargetEvidence, TargetReport
from programs.standings import by_territory, standing
from programs.target_excel import target_file
from programs.target_reading import MOST_NAMED, TargetLine, part_lines
from programs.targets import REPORTED
from programs.views.doors import Door, shown


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
        "proofs": proofs_of(one),
        "keeps": keeps,
        "enters": keeps and one.measure == REPORTED and not refused_now(one.plan, today, as_keeper=True),
    }
    return render(request, "programs/staff/target_record.html", context)


def proofs_of(target: Target) -> list[TargetReport]:
    """What bodies told with something that proves it, the first of them."""
    proved = Exists(TargetEvidence.objects.filter(report=OuterRef("pk")))
    found = target.reports.filter(proved | ~Q(evidence=""))
    linked = found.select_related("organization").prefetch_related("files__file")
    return list(linked.order_by("organization__sort_key", "pk")[:MOST_NAMED])


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
                        on=told.get("on"), reason=told["reason"], seen=form.opened)  # fmt: skip
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
    form = told_form(request, plan, [(target, body) for target in targets])
    if form.is_bound and form.is_valid() and keep_told(form, plan, by=request.user, body=body):
        messages.success(request, f"Đã báo cáo chỉ tiêu đến {plan.keeper}.")
        return HttpResponseRedirect(reverse("portal:desk"))
    sees = Plan.objects.visible_to(request.user).filter(pk=plan.pk).exists()
    refused = refused_now(plan, today, as_keeper=body == plan.keeper)
    context = {"plan": plan, "body": body, "form": form, "sees": sees, "refused": refused}
    context["lines"] = lines_of(form, address)
    return render(
        request, "programs/staff/report_targets.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part_targets(request: HttpRequest, door: Door) -> HttpResponseBase:
    """The targets of the plan that a round is about, as the body asked reports them through its link."""
    plan, body = door.duty.round.plan, door.body
    if not (targets := asked_through(door.duty, body)):
        raise Http404
    form = told_form(request, plan, [(target, body) for target in targets])
    sender = SenderForm(request.POST if form.is_bound else None)
    if form.is_bound and sender.is_valid() & form.is_valid():
        name = sender.cleaned_data["sender_name"]
        if keep_told(form, plan, by=None, body=body, sender_name=name):
            messages.success(request, f"Đã báo cáo chỉ tiêu đến {plan.keeper}.")
            return HttpResponseRedirect(door.to("part_targets"))
    context = {"plan": plan, "form": form, "sender": sender, "others": [sender, *form.lines]}
    context["lines"] = lines_of(form, lambda file: door.to("part_evidence", file.code))
    context["refused"] = refused_now(plan, timezone.localdate(), as_keeper=body == plan.keeper)
    return shown(request, door, "part_targets", context, 422 if form.is_bound else 200)


@require_safe
def part_evidence(request: HttpRequest, door: Door, file: str) -> HttpResponseBase:
    """A file by which the body proved what it told of a target."""
    own = {"report__organization": door.body, "report__target__plan": door.duty.round.plan_id}
    held = get_object_or_404(TargetEvidence.objects.select_related("file"), file__code=file, **own)
    return handed(request, held.file)


def lines_of(
    form: ReportForm, address: Callable[[Attachment], str]
) -> list[tuple[Target, FiguresRow, list[tuple[Attachment, str]]]]:
    """Each target with its row and the files held, each with where it is opened."""
    return [(row.target, row, [(one, address(one)) for one in row.held_files]) for row in form.lines]


@require_http_methods(["GET", "HEAD", "POST"])
def report_for_bodies(request: HttpRequest, code: str, target: str) -> HttpResponse:
    """A grid in which the keeper of a plan enters what its bodies told, a page of bodies at a time."""
    one = target_of(request, code, target)
    require(request.user, Doing.WRITE, within=one.plan.keeper)
    population = one.population(last_day(one.plan, timezone.localdate()))
    if one.measure != REPORTED or population is None:
        raise Http404
    page = Paginator(population.order_by("sort_key", "pk"), PER_PAGE).get_page(request.GET.get("trang"))
    form = told_form(request, one.plan, [(one, body) for body in page], takes_files=False)
    if form.is_bound and form.is_valid() and keep_told(form, one.plan, by=request.user, body=one.plan.keeper):
        messages.success(request, f"Đã ghi báo cáo của {len(form.told)} cơ quan.")
        return HttpResponseRedirect(request.get_full_path())
    context = {"target": one, "plan": one.plan, "form": form, "page": page}
    return render(request, "programs/staff/report_grid.html", context, status=422 if form.is_bound else 200)


def told_form(
    request: HttpRequest, plan: Plan, pairs: list[tuple[Target, Organization]], *, takes_files: bool = True
) -> ReportForm:
    """The form over these targets and bodies, filled with what they told."""
    today = timezone.localdate()
    targets, bodies = {one.pk for one, _ in pairs}, {one.pk for _, one in pairs}
    rows = TargetReport.objects.filter(target__in=targets, organization__in=bodies)
    rows = rows.prefetch_related("files__file") if takes_files else rows
    held = {(one.target_id, one.organization_id): one for one in rows}
    return ReportForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        plan=plan, today=today, pairs=pairs, held=held, takes_files=takes_files,
        initial={"as_of": vdate(last_day(plan, today))},
    )  # fmt: skip


def keep_told(
    form: ReportForm, plan: Plan, *, by: User | None, body: Organization, sender_name: str = ""
) -> bool:
    """Keep what a valid form tells with its files, all or none; what was refused stands at its place."""
    try:
        with transaction.atomic():
            entries = [row.entry(row.take(by=by, body=body)) for row in form.told]
            if form.has_errors:
                raise NotNow("Chưa ghi gì. Xin xem tệp bị từ chối rồi chọn lại các tệp.")
            as_of = form.cleaned_data["as_of"]
            report(plan, entries, as_of=as_of, by=by, body=body, sender_name=sender_name)
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

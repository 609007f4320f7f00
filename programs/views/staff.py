"""What signed-in people read of programmes, plans, amendments and reviews: lists, records, one body's year on one A4."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access import VISITOR, acting_body, leave_trace
from portal.lists import FilteredList, trace_list
from portal.models import Organization, Paper, Reach, State, User
from portal.sections import Hit
from portal.strip import Way
from portal.views.records import RecordPage
from programs.asked import asked_on
from programs.excel import program_file
from programs.filters import PlanFilterForm, ProgramFilterForm, ReviewFilterForm
from programs.listing import amendment_page_of, page_of, plan_hits, plan_page_of, program_hits
from programs.models import Amendment, Plan, Program, Review
from programs.plan_excel import PLANS
from programs.plan_reading import AmendmentReading, PlanReading
from programs.reading import ProgramReading
from programs.review_excel import REVIEWS
from programs.review_listing import review_hits, review_page_of
from programs.review_reading import ReviewReading
from programs.sheet import Sheet
from programs.targets import REPORTED

MOST_ON_A_SHEET = 200


class StaffList(FilteredList):
    """The programmes a person may see."""

    model, form_class, template_name = Program, ProgramFilterForm, "programs/staff/staff_list.html"
    heading, noun = "Chương trình", "chương trình"
    nothing = "Chưa có chương trình nào trong phạm vi được xem."
    first = (
        "Chương trình phối hợp của cơ quan được lưu ở đây. "
        "Có thể bắt đầu bằng cách dán dòng số, ký hiệu của văn bản."
    )
    excel, enter, entering = "programs:staff_excel", "portal:enter", "Nhập văn bản"

    def lines(self, keys: list[int]) -> list[Hit]:
        return program_hits(keys, self.reader, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sheet_of": self.body_in_view()}

    def body_in_view(self) -> Organization | None:
        """The one body the list is filtered by, else the person's own: whose A4 is offered."""
        if len(self.form.bodies) == 1:
            return self.form.bodies[0]
        held = self.request.user.current_memberships
        return held[0].organization if held else None


@require_safe
def staff_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file."""
    form = ProgramFilterForm(request.GET, reader=request.user)
    trace_list(request.user, "tải Excel chương trình", form)
    return program_file(form.rows(Program.objects.visible_to(request.user)), form, request.user, request)


class StaffPlanList(FilteredList):
    """The plans a person may see."""

    model, form_class = Plan, PlanFilterForm
    heading, noun, nothing = "Kế hoạch", "kế hoạch", "Chưa có kế hoạch nào trong phạm vi được xem."
    first, excel = "Kế hoạch của cơ quan được lưu ở đây.", "programs:staff_plan_excel"
    enter, entering = "programs:enter_plan", "Nhập kế hoạch"

    def lines(self, keys: list[int]) -> list[Hit]:
        return plan_hits(keys, self.reader, timezone.localdate())


@require_safe
def staff_plan_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file."""
    form = PlanFilterForm(request.GET, reader=request.user)
    trace_list(request.user, "tải Excel kế hoạch", form)
    return PLANS.file(form.rows(Plan.objects.visible_to(request.user)), form, request.user, request)


class StaffReviewList(FilteredList):
    """The reviews a person may see."""

    model, form_class = Review, ReviewFilterForm
    heading, noun = "Sơ kết, tổng kết", "báo cáo"
    nothing = "Chưa có báo cáo sơ kết, tổng kết nào trong phạm vi được xem."
    first, excel = "Báo cáo sơ kết, tổng kết của cơ quan được lưu ở đây.", "programs:staff_review_excel"
    enter, entering = "programs:enter_review", "Nhập báo cáo"

    def lines(self, keys: list[int]) -> list[Hit]:
        return review_hits(keys, self.reader)


@require_safe
def staff_review_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file."""
    form = ReviewFilterForm(request.GET, reader=request.user)
    trace_list(request.user, "tải Excel sơ kết, tổng kết", form)
    return REVIEWS.file(form.rows(Review.objects.visible_to(request.user)), form, request.user, request)


class ProgramRecord(RecordPage):
    """A programme."""

    model = Program
    kind = "program"
    reading_class = ProgramReading
    template_name = "programs/staff/program_record.html"

    def public_address(self, record: Paper) -> str:
        return page_of(record, VISITOR)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().told_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"starts": starts_under(context["reading"], self.request.user)}


class PlanRecord(RecordPage):
    """A plan."""

    model = Plan
    kind = "plan"
    reading_class = PlanReading
    template_name = "programs/staff/plan_record.html"

    def public_address(self, record: Paper) -> str:
        return plan_page_of(record, VISITOR)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        reading, user = context["reading"], self.request.user
        return context | {"target_ways": target_ways(reading, user), "starts": starts_under(reading, user)}


def target_ways(reading: PlanReading, user: User) -> list[Way]:
    """What a reader of a plan may do about its targets: report on them, take them along."""
    plan, ways = reading.record, []
    told = plan.state == State.APPROVED and any(one.measure == REPORTED for one in reading.targets)
    if told and asked_on(plan, user)[0] is not None:
        url = reverse("programs:report_targets", args=[plan.code])
        ways.append(Way("Báo cáo chỉ tiêu", url, "primary"))
    if reading.reads_as_party and reading.targets:
        ways.append(Way("Tải Excel chỉ tiêu", reverse("programs:target_excel", args=[plan.code])))
    return ways


def starts_under(reading: ProgramReading | PlanReading, user: User) -> list[Way]:
    """For a body that is a side or below one, and does not keep the record: to start its own plan under it."""
    record, own = reading.record, user.writing_bodies
    if acting_body(user) is None or record.state != State.APPROVED or record.keeper_id in own:
        return []
    sides = [one.organization_id for one in reading.partners if one.organization_id]
    tied = Q(runner__in=own, body__in=[record.keeper_id, *sides]) | Q(reader__in=sides, body__in=own)
    ties = list(Reach.objects.filter(tied).values_list("runner_id", "body_id"))
    if not ties or any(runner and body == record.keeper_id for runner, body in ties):
        return []
    word = "chuong-trinh" if isinstance(record, Program) else "thuc-hien"
    return [Way("Lập kế hoạch của cơ quan mình", reverse("programs:enter_plan", query={word: record.code}))]


class AmendmentRecord(RecordPage):
    """A paper that changes a programme."""

    model = Amendment
    kind = "amendment"
    reading_class = AmendmentReading
    template_name = "programs/staff/amendment_record.html"

    def public_address(self, record: Paper) -> str:
        program = record.program
        return amendment_page_of(record, program, VISITOR) if program and program.slug else ""


class ReviewRecord(RecordPage):
    """A review."""

    model = Review
    kind = "review"
    reading_class = ReviewReading
    template_name = "programs/staff/review_record.html"

    def public_address(self, record: Paper) -> str:
        return review_page_of(record, VISITOR)


def sheet_of(user: User, code: str) -> Sheet:
    """The programmes of a body, of those it succeeded too; a body the person sees nothing of is not there.

    It is taken as a whole, so an inspector leaves a trace.
    """
    body = get_object_or_404(Organization, code=code)
    today = timezone.localdate()
    ran = Reach.objects.running([body.pk])
    seen = Program.objects.visible_to(user).told_to(user).touching(ran)
    keys = list(seen.order_by("-listed_on", "-pk").values_list("pk", flat=True)[: MOST_ON_A_SHEET + 1])
    is_cut, keys = len(keys) > MOST_ON_A_SHEET, keys[:MOST_ON_A_SHEET]
    if not keys and body.pk not in user.reading_bodies and not user.is_superuser:
        raise Http404
    leave_trace(user, body, "bảng chương trình của cơ quan")
    approved = seen.filter(pk__in=keys).approved()
    word = set(approved.values_list("pk", flat=True))
    standing = set(approved.standing(today).values_list("pk", flat=True))
    rearranged = set(approved.rearranged(today).values_list("pk", flat=True))
    hits = dict(zip(keys, program_hits(keys, user, today), strict=False))
    return Sheet(
        body,
        in_force=[hits[key] for key in keys if key in standing],
        rearranged=[hits[key] for key in keys if key in rearranged],
        others=[hits[key] for key in keys if key in word - standing - rearranged],
        unapproved=[hits[key] for key in keys if key not in word],
        is_cut=is_cut,
    )


@require_safe
def body_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The programmes of a body on one A4."""
    return render(request, "programs/staff/body_sheet.html", {"sheet": sheet_of(request.user, code)})

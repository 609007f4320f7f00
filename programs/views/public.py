"""What anyone may read of programmes, plans and reviews. A signed-in person sees here exactly what a visitor sees."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from portal.access import VISITOR
from portal.lists import FilteredList
from portal.models import Paper
from portal.sections import Hit
from portal.views.records import PublicPage
from programs.excel import program_file
from programs.filters import PlanFilterForm, ProgramFilterForm, ReviewFilterForm
from programs.listing import plan_hits, program_hits
from programs.models import Amendment, Plan, Program, Review
from programs.plan_excel import PLANS
from programs.plan_reading import AmendmentReading, PlanReading
from programs.reading import ProgramReading
from programs.review_excel import REVIEWS
from programs.review_listing import review_hits
from programs.review_reading import ReviewReading


@method_decorator(login_not_required, name="dispatch")
class ProgramList(FilteredList):
    """The published programmes."""

    model, form_class, reader = Program, ProgramFilterForm, VISITOR
    heading, noun, excel = "Chương trình phối hợp", "chương trình", "programs:program_excel"
    lede = "Những gì các cơ quan đã cam kết cùng làm, trong thời gian nào."
    nothing = "Chưa có chương trình nào được công khai."

    def lines(self, keys: list[int]) -> list[Hit]:
        return program_hits(keys, self.reader, timezone.localdate())


@require_safe
@login_not_required
def program_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file with public columns only."""
    form = ProgramFilterForm(request.GET, reader=VISITOR)
    return program_file(form.rows(Program.objects.published()), form, VISITOR, request)


@method_decorator(login_not_required, name="dispatch")
class PlanList(FilteredList):
    """The published plans."""

    model, form_class, reader = Plan, PlanFilterForm, VISITOR
    heading, noun, excel = "Kế hoạch", "kế hoạch", "programs:plan_excel"
    lede = "Kế hoạch của từng năm, theo chương trình phối hợp hoặc của riêng một cơ quan."
    nothing = "Chưa có kế hoạch nào được công khai."

    def lines(self, keys: list[int]) -> list[Hit]:
        return plan_hits(keys, self.reader, timezone.localdate())


@require_safe
@login_not_required
def plan_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file with public columns only."""
    form = PlanFilterForm(request.GET, reader=VISITOR)
    return PLANS.file(form.rows(Plan.objects.published()), form, VISITOR, request)


@method_decorator(login_not_required, name="dispatch")
class ReviewList(FilteredList):
    """The published reviews."""

    model, form_class, reader = Review, ReviewFilterForm, VISITOR
    heading, noun, excel = "Sơ kết, tổng kết", "báo cáo", "programs:review_excel"
    lede = "Những gì đã làm được theo chương trình, kế hoạch; số liệu, bài học và việc tiếp theo."
    nothing = "Chưa có báo cáo sơ kết, tổng kết nào được công khai."

    def lines(self, keys: list[int]) -> list[Hit]:
        return review_hits(keys, self.reader)


@require_safe
@login_not_required
def review_excel(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered and ordered, as an Excel file with public columns only."""
    form = ReviewFilterForm(request.GET, reader=VISITOR)
    return REVIEWS.file(form.rows(Review.objects.published()), form, VISITOR, request)


@method_decorator(login_not_required, name="dispatch")
class ProgramPage(PublicPage):
    """A published programme."""

    model = Program
    reading_class = ProgramReading
    template_name = "programs/public/program_page.html"


@method_decorator(login_not_required, name="dispatch")
class PlanPage(PublicPage):
    """A published plan."""

    model = Plan
    reading_class = PlanReading
    template_name = "programs/public/plan_page.html"


@method_decorator(login_not_required, name="dispatch")
class ReviewPage(PublicPage):
    """A published review."""

    model = Review
    reading_class = ReviewReading
    template_name = "programs/public/review_page.html"


@method_decorator(login_not_required, name="dispatch")
class AmendmentPage(PublicPage):
    """A published amendment, under the address of its programme."""

    model = Amendment
    reading_class = AmendmentReading
    template_name = "programs/public/amendment_page.html"

    def get_record(self) -> Paper:
        record = super().get_record()
        if record.program is None or record.program.slug != self.kwargs["program"]:
            raise Http404
        return record

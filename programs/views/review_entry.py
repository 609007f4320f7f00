"""Entering and editing reviews (clerks), and freezing one as of a day (approvers)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from portal.actions.records import NotNow
from portal.forms.rows import append_rows
from portal.models import Paper, User
from portal.strip import Way
from portal.views.approval import record_to_approve, version_on_page
from portal.views.entry import asked_code, kind_of
from portal.views.verbs import opened_version
from programs.actions.companions import publish_companion
from programs.actions.reviews import freeze, save_review
from programs.forms.freezing import FreezeForm
from programs.forms.review_gathering import gathered
from programs.forms.review_starts import start_of_plan, start_of_program
from programs.forms.reviews import ReviewForm, review_data
from programs.models import Plan, Program, Review, Round
from programs.views.entry import AgreementEntry

NOUNS = {
    "partners": Review.words["partner"],
    "items": "kết quả",
    "figures": "số liệu",
    "limitations": "hạn chế",
    "causes": "nguyên nhân",
    "lessons": "bài học",
    "proposals": "kiến nghị",
    "directions": "phương hướng",
}


class ReviewEntry(AgreementEntry):
    """Reviews of a programme, a plan, a year."""

    kind = "review"
    model = Review
    nouns = NOUNS
    form_class = ReviewForm
    template_name = "programs/staff/enter_review.html"
    propose_name = "programs:propose_review"
    title = "Sửa báo cáo sơ kết, tổng kết"
    new_title = "Nhập báo cáo sơ kết, tổng kết"

    def raw_data(self, record: Paper) -> QueryDict:
        return review_data(record)

    def start_data(self) -> QueryDict:
        """One issuer; or a review of the programme, the plan or the round named in the address."""
        if code := asked_code(self.request, "dot"):
            asked = get_object_or_404(Round.objects.kept_by(self.user), code=code)
            found = gathered(asked, self.user)
            messages.info(self.request, found.words)
            return found.data
        for word, model, start in (
            ("chuong-trinh", Program, start_of_program), ("ke-hoach", Plan, start_of_plan)
        ):  # fmt: skip
            if code := asked_code(self.request, word):
                return start(get_object_or_404(model.objects.visible_to(self.user), code=code), self.user)
        data = QueryDict(mutable=True)
        append_rows(data, "partners", [{"side": "1"}])
        return data

    def beside(self, form: ReviewForm) -> dict[str, Any]:
        form.tell_before()
        return super().beside(form)

    @classmethod
    def write(cls, record: Paper | None, entry: Any, **how: Any) -> Paper:
        return save_review(record, entry, **how)

    @classmethod
    def publish(cls, record: Paper, *, by: User, expected: int, start: datetime | None) -> None:
        publish_companion(record, by=by, expected=expected, start=start)

    @classmethod
    def ways_of_deciding(cls, record: Paper) -> list[Way]:
        if record.frozen_at is not None:
            return []
        return [Way("Chốt số liệu", reverse("programs:freeze_review", args=[record.code]))]


def freeze_review(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze an approved review as of a day."""
    review = record_to_approve(request, "review", code)
    form = FreezeForm(request.POST or None, period=review.period)
    if request.method == "POST" and form.is_valid():
        try:
            freeze(
                review, by=request.user, as_of=form.cleaned_data["as_of"], expected=opened_version(request)
            )
            messages.success(request, "Đã chốt số liệu.")
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(kind_of("review").record_address(review))
    context = {"record": review, "form": form, "version": version_on_page(request, review)}
    status = 422 if request.method == "POST" else 200
    return render(request, "programs/staff/freeze_review.html", context, status=status)

"""Entering and editing programmes, plans and amendments (clerks), and what the number line proposes."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from portal.forms.entries import found
from portal.forms.head import HeadForm
from portal.forms.papers import PaperForm
from portal.forms.proposals import propose_from
from portal.forms.rows import append_rows
from portal.forms.set_aside import ROW_MARKS
from portal.models import Audience, Paper, State, User
from portal.strip import Way
from portal.views.entry import EntryView, asked_code
from portal.views.verbs import record_of
from portal.wording import period_name
from programs import actions
from programs.actions.companions import publish_companion, save_companion
from programs.actions.programs import counts_as_signed
from programs.comparison import NOUNS
from programs.consulting import content_to_send
from programs.forms.companions import AmendmentForm, CompanionHeadForm, amendment_data, sides_of
from programs.forms.items import ItemsForm
from programs.forms.links import write_link
from programs.forms.plan_starts import next_year_data, start_below, start_of_year
from programs.forms.plans import PlanForm, plan_data
from programs.forms.programs import ProgramForm, ProgramHeadForm, alike_data, next_term_data, raw_data
from programs.forms.targets import split_targets
from programs.models import Amendment, Plan, Program
from programs.models.programs import CALLED_BY
from programs.offers import UNMET, Offer, offers_of

TAKE = "take"
"""The command that takes along what a review offers."""
ITEM_MARKS = f"items{ROW_MARKS}"


class AgreementEntry(EntryView):
    """What papers of this app share: their addresses, and that other bodies are asked about their drafts."""

    namespace = "programs"
    propose_name = "programs:propose"
    is_consulted_on = True

    @classmethod
    def unseen(cls, record: Paper, form: PaperForm) -> dict[str, list[str]]:
        marks = [one.marks for one in form.items()] if isinstance(form, ItemsForm) else []
        return super().unseen(record, form) | ({ITEM_MARKS: [json.dumps(marks)]} if any(marks) else {})

    @classmethod
    def take_back(cls, entry: Any, data: QueryDict) -> None:
        super().take_back(entry, data)
        for item, marks in zip(
            getattr(entry, "items", ()), json.loads(data.get(ITEM_MARKS, "[]")), strict=False
        ):
            item.marks = marks

    @classmethod
    def words_to_send(cls, record: Paper) -> tuple[dict[str, Any], list[str]]:
        return content_to_send(record)


class ContinuingEntry(AgreementEntry):
    """A paper that may continue another: what the review of that one offers is taken along with one press each."""

    before = ""
    """The field that names the paper before."""

    def row_command(self, data: QueryDict, command: str) -> QueryDict:
        verb, _, key = command.partition(":")
        if verb != TAKE:
            return super().row_command(data, command)
        form = self.form_class(data, user=self.user, record=self.record)
        for offer in self.offers(form):
            if offer.key == key:
                prefix, rows = self.taken(offer)
                append_rows(data, prefix, rows)
        return data

    def beside(self, form: PaperForm) -> dict[str, Any]:
        return super().beside(form) | {"offers": self.offers(form)}

    def offers(self, form: PaperForm) -> list[Offer]:
        """What the paper before left to be taken along."""
        return offers_of(found(form.head.cleaned_data.get(self.before)), self.user, form.data)

    def taken(self, offer: Offer) -> tuple[str, list[dict[str, str]]]:
        """The row set and the rows that an offer becomes."""
        return "items", [{"text": offer.text, "audience": Audience.PUBLIC}]


class ProgramEntry(ContinuingEntry):
    """Programmes and papers like them."""

    kind = "program"
    model = Program
    called_by = CALLED_BY
    before = "predecessor"
    nouns = NOUNS
    form_class = ProgramForm
    template_name = "programs/staff/enter_program.html"
    title = "Sửa chương trình phối hợp"
    new_title = "Nhập chương trình phối hợp"

    def raw_data(self, record: Paper) -> QueryDict:
        return raw_data(record)

    def start_data(self) -> QueryDict:
        """Empty, or the next term of the programme named in the address, or another one like it."""
        for word, copied in (("tiep-noi", next_term_data), ("tuong-tu", alike_data)):
            if code := asked_code(self.request, word):
                return copied(record_of(self.request, self.kind, code))
        return super().start_data()

    @classmethod
    def write(cls, record: Paper | None, entry: Any, **how: Any) -> Paper:
        return actions.save_program(record, entry, **how)

    @classmethod
    def approve(cls, record: Paper, *, by: User, expected: int) -> None:
        actions.approve(record, by=by, expected=expected)

    @classmethod
    def publish(cls, record: Paper, *, by: User, expected: int, start: datetime | None) -> None:
        actions.publish(record, by=by, expected=expected, start=start)

    @classmethod
    def withdraw(cls, record: Paper, *, by: User, reason: str, expected: int) -> None:
        actions.withdraw(record, by=by, reason=reason, expected=expected)

    @classmethod
    def assumed(cls, record: Paper) -> str:
        if counts_as_signed(record) is not None:
            return ""
        return "Chưa ghi văn bản đã ký hay còn là dự thảo. Khi duyệt, văn bản được tính là đã ký."

    @classmethod
    def called(cls, record: Paper) -> str:
        if record.parties_label:
            return f"{record.parties_label}, {period_name(record.period)}"
        return str(record)

    @classmethod
    def ways_of_writing(cls, record: Paper) -> list[Way]:
        ways = []
        if record.state == State.APPROVED:
            plan = reverse("programs:enter_plan", query={"chuong-trinh": record.code})
            ways.append(Way("Lập kế hoạch năm", plan))
            review = reverse("programs:enter_review", query={"chuong-trinh": record.code})
            ways.append(Way("Lập báo cáo sơ kết, tổng kết", review))
            ways.append(Way("Tạo giai đoạn mới", reverse("programs:new_term", args=[record.code])))
        if record.state in {State.WAITING, State.APPROVED}:
            alike = reverse("programs:enter_program", query={"tuong-tu": record.code})
            ways.append(Way("Nhập văn bản tương tự", alike))
        return ways

    @classmethod
    def ways_of_deciding(cls, record: Paper) -> list[Way]:
        return ways_of_ending(record)


class CompanionEntryView(AgreementEntry):
    """What plans and amendments share."""

    nouns = {"partners": Plan.words["partner"]}

    def start_data(self) -> QueryDict:
        """Empty; beside the programme named in the address, its sides."""
        data = QueryDict(mutable=True)
        if beside := asked_code(self.request, "chuong-trinh"):
            program = get_object_or_404(Program.objects.visible_to(self.user), code=beside)
            append_rows(data, "partners", sides_of(program, self.user))
            data["proposed"] = "partners"
            write_link(data, "program", program)
            return data
        return super().start_data()

    @classmethod
    def write(cls, record: Paper | None, entry: Any, **how: Any) -> Paper:
        return save_companion(record, entry, model=cls.model, **how)

    @classmethod
    def publish(cls, record: Paper, *, by: User, expected: int, start: datetime | None) -> None:
        publish_companion(record, by=by, expected=expected, start=start)


class PlanEntry(CompanionEntryView, ContinuingEntry):
    """Plans of a year or another period."""

    kind = "plan"
    model = Plan
    before = "previous"
    nouns = CompanionEntryView.nouns | {"items": "nhiệm vụ", "targets": "chỉ tiêu"}
    form_class = PlanForm
    template_name = "programs/staff/enter_plan.html"
    propose_name = "programs:propose_plan"
    title = "Sửa kế hoạch"
    new_title = "Nhập kế hoạch"

    def raw_data(self, record: Paper) -> QueryDict:
        return plan_data(record)

    def start_data(self) -> QueryDict:
        """One issuer; or the next year of the plan named in the address, a year of the programme named there, or a plan's part."""
        if code := asked_code(self.request, "tiep-noi"):
            return next_year_data(record_of(self.request, self.kind, code))
        if beside := asked_code(self.request, "chuong-trinh"):
            program = get_object_or_404(Program.objects.visible_to(self.user), code=beside)
            return start_of_year(program, self.user)
        if above := asked_code(self.request, "thuc-hien"):
            plan = get_object_or_404(
                Plan.objects.visible_to(self.user).select_related("document"), code=above
            )
            return start_below(plan, self.user)
        data = QueryDict(mutable=True)
        append_rows(data, "partners", [{"side": "1"}])
        return data

    def taken(self, offer: Offer) -> tuple[str, list[dict[str, str]]]:
        return ("targets", split_targets(offer.text)) if offer.kind == UNMET else super().taken(offer)

    @classmethod
    def assumed(cls, record: Paper) -> str:
        if record.document.dated.known:
            return ""
        return "Chưa ghi ngày ban hành. Khi duyệt, kế hoạch được tính là đã ban hành."

    @classmethod
    def ways_of_writing(cls, record: Paper) -> list[Way]:
        if record.state != State.APPROVED:
            return []
        review = reverse("programs:enter_review", query={"ke-hoach": record.code})
        later = reverse("programs:enter_plan", query={"tiep-noi": record.code})
        return [Way("Lập báo cáo sơ kết, tổng kết", review), Way("Lập kế hoạch năm sau", later)]

    @classmethod
    def ways_of_deciding(cls, record: Paper) -> list[Way]:
        return ways_of_ending(record)


class AmendmentEntry(CompanionEntryView):
    """Papers that change a programme."""

    kind = "amendment"
    model = Amendment
    form_class = AmendmentForm
    template_name = "programs/staff/enter_amendment.html"
    title = "Sửa văn bản sửa đổi, bổ sung"
    new_title = "Nhập văn bản sửa đổi, bổ sung"

    def raw_data(self, record: Paper) -> QueryDict:
        return amendment_data(record)


def ways_of_ending(record: Program | Plan) -> list[Way]:
    """The way to record an early end, while none is recorded."""
    if record.terminated_on is not None:
        return []
    kind = record._meta.model_name
    return [Way("Ghi nhận chấm dứt", reverse(f"programs:terminate_{kind}", args=[record.code]))]


@require_GET
def new_term(request: HttpRequest, code: str) -> HttpResponse:
    """Open the form of the next term, copied from the old one and linked to it."""
    # The copy holds inner parts, so only those who write in its body make one.
    record_of(request, "program", code)
    return HttpResponseRedirect(reverse("programs:enter_program", query={"tiep-noi": code}))


@require_POST
def propose(request: HttpRequest, head_class: type[HeadForm] = ProgramHeadForm) -> JsonResponse:
    """What the number line, the title and the programme chosen propose for fields that are still empty."""
    answer = propose_from(head_class(request.POST, user=request.user), request.POST, request.user)
    if "program" in request.POST:
        beside = CompanionHeadForm(request.POST, user=request.user)
        beside.is_valid()
        if program := found(beside.cleaned_data.get("program")):
            sides = sides_of(program, request.user)
            parties = [
                {"name": one["name"], "code": one.get("name-ma", ""), "side": one["side"]} for one in sides
            ]
            answer |= {"parties": parties}
    return JsonResponse(answer)

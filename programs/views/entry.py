"""Entering and editing programmes, plans and amendments (clerks), and what the number line proposes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.access import Doing, can, require
from portal.actions import copies, records
from portal.actions.records import NotNow
from portal.forms.fields import whole_number
from portal.forms.papers import PaperForm
from portal.forms.proposals import propose_from
from portal.models import Paper
from portal.views.entry import CODE, EntryView
from programs import actions
from programs.actions.companions import save_companion
from programs.comparison import NOUNS
from programs.forms.companions import AmendmentForm, PlanForm, companion_data
from programs.forms.programs import ProgramForm, ProgramHeadForm, alike_data, next_term_data, raw_data
from programs.models import Amendment, Plan, Program


class ProgramEntry(EntryView):
    """Programmes and papers like them."""

    kind = "program"
    model = Program
    nouns = NOUNS
    form_class = ProgramForm
    template_name = "programs/staff/enter_program.html"
    title = "Sửa chương trình phối hợp"
    new_title = "Nhập chương trình phối hợp"
    enter_name, edit_name = "programs:enter_program", "programs:edit_program"
    record_name = "programs:program_record"

    def raw_data(self, record: Paper) -> QueryDict:
        return raw_data(record)

    def start_data(self) -> QueryDict:
        """Empty, or the next term of the programme named in the address, or another one like it."""
        for word, copied in (("tiep-noi", next_term_data), ("tuong-tu", alike_data)):
            if code := asked_code(self.request, word):
                return copied(record_of(self.request, self.kind, code))
        return super().start_data()

    def save(self, form: PaperForm, *, expected: int | None, code: str) -> Paper:
        new = {} if self.record else {"code": code}
        return actions.save_program(
            self.record, form.entry(), by=self.user, keeper=self.keeper, expected=expected, **new
        )


class CompanionEntryView(EntryView):
    """What plans and amendments share."""

    template_name = "programs/staff/enter_companion.html"

    def raw_data(self, record: Paper) -> QueryDict:
        return companion_data(record)

    def start_data(self) -> QueryDict:
        """One issuer; beside the programme named in the address, its sides."""
        data = QueryDict(mutable=True)
        if beside := asked_code(self.request, "chuong-trinh"):
            program = get_object_or_404(Program.objects.visible_to(self.user), code=beside)
            sides = raw_data(program)
            inside = not can(self.user, Doing.WRITE, within=program.keeper)
            for name in [name for name in sides if name.startswith("partners-")]:
                if not (inside and name.endswith("-focal_room")):
                    data.setlist(name, sides.getlist(name))
            data["program"], data["program-ma"] = str(program), program.code
            return data
        return super().start_data()

    def save(self, form: PaperForm, *, expected: int | None, code: str) -> Paper:
        new = {} if self.record else {"code": code}
        return save_companion(
            self.record,
            form.entry(),
            model=self.model,
            by=self.user,
            keeper=self.keeper,
            expected=expected,
            **new,
        )


class PlanEntry(CompanionEntryView):
    """Plans of a year or another period."""

    kind = "plan"
    model = Plan
    form_class = PlanForm
    title = "Sửa kế hoạch"
    new_title = "Nhập kế hoạch"
    enter_name, edit_name = "programs:enter_plan", "programs:edit_plan"
    record_name = "programs:plan_record"


class AmendmentEntry(CompanionEntryView):
    """Papers that change a programme."""

    kind = "amendment"
    model = Amendment
    form_class = AmendmentForm
    title = "Sửa văn bản sửa đổi, bổ sung"
    new_title = "Nhập văn bản sửa đổi, bổ sung"
    enter_name, edit_name = "programs:enter_amendment", "programs:edit_amendment"
    record_name = "programs:amendment_record"


KINDS = {"program": ProgramEntry, "plan": PlanEntry, "amendment": AmendmentEntry}


def asked_code(request: HttpRequest, word: str) -> str:
    """The code of a record named in the address; one that cannot be a code names nothing."""
    code = request.GET.get(word, "")
    if code and not CODE.match(code):
        raise Http404
    return code


def new_term(request: HttpRequest, code: str) -> HttpResponse:
    """Open the form of the next term, copied from the old one and linked to it."""
    # The copy holds inner parts, so only those who write in its body make one.
    record_of(request, "program", code)
    return HttpResponseRedirect(reverse("programs:enter_program", query={"tiep-noi": code}))


@require_POST
def propose(request: HttpRequest) -> JsonResponse:
    """What the number line and the title propose for fields that are still empty."""
    head = ProgramHeadForm(request.POST, user=request.user)
    return JsonResponse(propose_from(head, request.POST, request.user))


def record_of(request: HttpRequest, kind: str, code: str) -> Paper:
    """A record of one kind, visible to the person and theirs to write."""
    record = get_object_or_404(KINDS[kind].model.objects.visible_to(request.user), code=code)
    require(request.user, Doing.WRITE, within=record.keeper)
    return record


def opened_version(request: HttpRequest) -> int:
    """The version the person looked at; anything odd matches no version."""
    version = whole_number(request.POST.get("phien-ban", ""))
    return -1 if version is None else version


@require_POST
def submit_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Hand in from the record's page: the same completeness is asked for as on the form."""
    record = record_of(request, kind, code)
    view = KINDS[kind]
    copy = copies.open_copy(kind, record)
    data = copies.as_query(copy.data) if copy else view().raw_data(record)
    form = view.form_class(data, user=request.user, complete=True, record=record)
    if not form.is_valid():
        messages.error(
            request, "Văn bản còn thiếu. Xin bổ sung các chỗ được đánh dấu rồi bấm “Trình lãnh đạo”."
        )
        return HttpResponseRedirect(reverse(view.edit_name, args=[code]))
    try:
        if copy:
            records.submit_copy(copy, record, by=request.user)
        else:
            records.submit(record, by=request.user, expected=record.version)
        messages.success(request, "Đã trình lãnh đạo.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse(view.record_name, args=[code]))


@require_POST
def recall_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take a waiting draft, or the waiting edit of an approved record, back."""
    record = record_of(request, kind, code)
    copy = copies.open_copy(kind, record)
    try:
        if copy:
            records.recall_copy(copy, record, by=request.user)
        else:
            records.recall(record, by=request.user)
        messages.success(request, "Đã rút lại. Có thể sửa tiếp.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse(KINDS[kind].edit_name, args=[code]))


@require_POST
def drop_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Drop the open edit of an approved record, or a draft never approved."""
    record = record_of(request, kind, code)
    copy = copies.open_copy(kind, record)
    there, expected = reverse(KINDS[kind].record_name, args=[code]), opened_version(request)
    try:
        if copy:
            records.drop_copy(copy, record, by=request.user, expected=expected)
            messages.success(request, "Đã bỏ bản đang sửa. Bản đã duyệt giữ nguyên.")
        else:
            records.drop_draft(record, by=request.user, expected=expected)
            messages.success(request, "Đã xóa bản đang soạn.")
            there = reverse("portal:desk")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(there)

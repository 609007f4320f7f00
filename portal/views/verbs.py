"""What a clerk does with a record from its page, whatever its kind: hand in, take back, drop."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal import sections
from portal.access import Doing, require
from portal.actions import copies, records
from portal.actions.records import NotNow
from portal.forms.fields import whole_number
from portal.models import Paper, State
from portal.views.entry import kind_of


def record_of(request: HttpRequest, kind: str, code: str) -> Paper:
    """A record of one kind, visible to the person and theirs to write."""
    record = get_object_or_404(kind_of(kind).model.objects.visible_to(request.user), code=code)
    require(request.user, Doing.WRITE, within=record.keeper)
    return record


def opened_version(request: HttpRequest, field: str = "phien-ban") -> int:
    """The version, or the count of a ``field``, that the person looked at; anything odd matches none."""
    version = whole_number(request.POST.get(field, ""))
    return -1 if version is None else version


@require_POST
def submit_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Hand in what is saved, from the record's page: its form asks what it asks there, and is opened to be answered."""
    page = kind_of(kind)()
    page.setup(request, code=code)
    record, copy = page.record, page.copy
    form = page.form_class(page.saved_data(), user=request.user, complete=True, record=record)
    form.is_valid()
    if form.lacks():
        messages.error(
            request, "Văn bản còn thiếu. Xin bổ sung các chỗ được đánh dấu rồi bấm “Trình lãnh đạo”."
        )
    questions = page.questions(form)
    for one in questions:
        messages.warning(request, f"{one.words} Xin xem lại rồi bấm “Trình lãnh đạo”.")
    if form.lacks() or questions:
        return HttpResponseRedirect(page.address("edit", code))
    try:
        if copy:
            records.submit_copy(copy, record, by=request.user)
        else:
            records.submit(record, by=request.user, expected=record.version)
        messages.success(request, "Đã trình lãnh đạo.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(page.record_address(record))


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
    return HttpResponseRedirect(kind_of(kind).address("edit", code))


def drop_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Drop the open edit of an approved record, or a draft never approved, after one question."""
    record = record_of(request, kind, code)
    copy = copies.open_copy(kind, record)
    there = kind_of(kind).record_address(record)
    if request.method != "POST":
        state = copy.state if copy else record.state
        context = {
            "record": record,
            "record_url": there,
            "copy": copy,
            "version": copy.number if copy else record.version,
            "may_drop": state in (State.DRAFTING, State.RETURNED),
            "errands": [] if copy else list(sections.errands(record).values()),
        }
        return render(request, "portal/staff/drop_record.html", context)
    expected = opened_version(request)
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

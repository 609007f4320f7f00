"""The page on which a clerk records that the leader approved on paper, where the office allows it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from portal import files
from portal.actions import copies
from portal.actions.paper_approval import NOT_ALLOWED, approve_on_paper
from portal.actions.records import NotNow
from portal.file_kinds import ACCEPTED, NotTaken
from portal.forms.fields import DayText, SpeakingForm, TextLine
from portal.models import Paper, State
from portal.templatetags.say import vdate
from portal.views.approval import run_approval
from portal.views.entry import kind_of
from portal.views.verbs import record_of


class PaperApprovalForm(SpeakingForm):
    """The slip: when, who, and the scanned page."""

    day = DayText(label="Ngày duyệt trên giấy", error_messages={"required": "Ghi ngày duyệt như trên phiếu."})
    approver = TextLine(
        label="Người duyệt",
        max_length=200,
        help_text="Như trên phiếu, ví dụ: Nguyễn Văn A, Trưởng ban.",
        error_messages={"required": "Ghi người đã duyệt."},
    )
    slip = forms.FileField(
        label="Phiếu duyệt",
        help_text="Bản chụp hoặc bản quét phiếu có chữ ký. Chỉ cơ quan soạn xem.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Chọn tệp phiếu duyệt."},
    )

    def __init__(self, *args: Any, handed_in: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handed_in = handed_in

    def clean_day(self) -> date:
        """A day that has come, and not before what it approves was handed in."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày này chưa đến.")
        if day < self.handed_in:
            raise forms.ValidationError(
                f"Bản này được trình ngày {vdate(self.handed_in)}, sau ngày ghi ở đây."
            )
        return day


def paper_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Record the approval of what waits: exactly the version that was opened; publishing stays the leader's."""
    record = record_of(request, kind, code)
    if not record.keeper.approves_on_paper:
        raise PermissionDenied(NOT_ALLOWED.format(body=record.keeper))
    copy = copies.open_copy(kind, record)
    copy = copy if copy and copy.state == State.WAITING else None
    handed_in = timezone.localdate((copy or record).state_since)
    form = PaperApprovalForm(request.POST or None, request.FILES or None, handed_in=handed_in)
    if request.method == "POST" and form.is_valid():
        try:
            approved = store(request, kind, record, form)
        except NotTaken as refusal:
            form.add_error("slip", str(refusal))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi nhận duyệt trên giấy.")
            for sentence in kind_of(kind).told(approved):
                messages.info(request, sentence)
            return HttpResponseRedirect(kind_of(kind).record_address(record))
    context = {
        "record": record,
        "form": form,
        "copy": copy,
        "waits": record.state == State.WAITING or copy is not None,
        "version": copy.number if copy else record.version,
        "record_url": kind_of(kind).record_address(record),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/staff/paper_record.html", context, status=status)


def store(request: HttpRequest, kind: str, record: Paper, form: PaperApprovalForm) -> Paper:
    """Keep the slip and approve, both or neither."""
    told = form.cleaned_data
    with transaction.atomic():
        slip = files.keep(told["slip"], by=request.user, body=record.keeper)
        return approve_on_paper(
            record, lambda: run_approval(request, kind, record),
            by=request.user, day=told["day"], approver=told["approver"], slip=slip,
        )  # fmt: skip

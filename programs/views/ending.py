"""The page on which a leader records that a programme or a plan was ended before its term."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from portal.actions.records import NotNow
from portal.views.approval import record_to_approve, version_on_page
from portal.views.entry import kind_of
from portal.views.verbs import opened_version
from programs import actions
from programs.forms.ending import EndForm


def terminate_record(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Record that a programme or a plan was ended before its term."""
    record = record_to_approve(request, kind, code)
    form = EndForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.terminate(
                record, by=request.user, on=told["ended"], reason=told["reason"], paper=told["paper"],
                expected=opened_version(request),
            )  # fmt: skip
            messages.success(request, "Đã ghi nhận chấm dứt.")
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(kind_of(kind).record_address(record))
    context = {"record": record, "form": form, "version": version_on_page(request, record)}
    status = 422 if request.method == "POST" else 200
    return render(request, "programs/staff/terminate_record.html", context, status=status)

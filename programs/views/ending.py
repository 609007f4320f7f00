"""The page on which a leader records that a programme was ended before its term."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from portal.actions.records import NotNow
from portal.views.approval import record_to_approve, version_on_page
from portal.views.verbs import opened_version
from programs import actions
from programs.forms.ending import EndForm


def terminate_program(request: HttpRequest, code: str) -> HttpResponse:
    """Record that a programme was ended before its term."""
    program = record_to_approve(request, "program", code)
    form = EndForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.terminate(
                program, by=request.user, on=told["ended"], reason=told["reason"], paper=told["paper"],
                expected=opened_version(request),
            )  # fmt: skip
            messages.success(request, "Đã ghi nhận chấm dứt.")
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("programs:program_record", args=[code]))
    context = {"record": program, "form": form, "version": version_on_page(request, program)}
    status = 422 if request.method == "POST" else 200
    return render(request, "programs/staff/terminate_program.html", context, status=status)

"""The page on which a leader gives the approving right to a colleague for a time, sees it and ends it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import REFUSALS, Doing, acting_body, require
from portal.actions import delegations as actions
from portal.actions.records import NotNow
from portal.forms.fields import DayText, SpeakingForm, TextLine
from portal.models import Membership, Organization, Role, User

COLLEAGUES = {Role.CLERK, Role.UNIT, Role.ADMINISTRATOR}
SHOWN = 20


class DelegationForm(SpeakingForm):
    """To whom, from when to when, and why."""

    to = forms.ModelChoiceField(
        label="Ủy quyền cho",
        queryset=User.objects.none(),
        empty_label="chọn một người",
        error_messages={"required": "Chọn người được ủy quyền."},
    )
    first = DayText(label="Từ ngày", required=False, help_text="Để trống: từ hôm nay.")
    last = DayText(
        label="Đến hết ngày",
        help_text="Ví dụ: 30/11/2026. Hết ngày này việc ủy quyền tự kết thúc.",
        error_messages={"required": "Ghi ngày kết thúc: ủy quyền phải có thời hạn."},
    )
    reason = TextLine(
        label="Lý do",
        max_length=300,
        help_text="Ví dụ: đi công tác, nghỉ phép; số giấy ủy quyền nếu có.",
        error_messages={"required": "Ghi lý do."},
    )

    def __init__(self, *args: Any, within: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(within)
        self.fields["to"].to_field_name = "code"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        today = timezone.localdate()
        if "first" in data:
            data["first"] = data["first"] or today
            if data["first"] < today:
                self.add_error("first", "Ngày này đã qua.")
            elif data.get("last") and data["last"] < data["first"]:
                self.add_error("last", "Ngày kết thúc trước ngày bắt đầu.")
        return data


def colleagues(within: Organization) -> Any:
    """People of a body who do not approve for it in their own right."""
    held = Membership.objects.current(timezone.localdate()).filter(organization=within)
    own = held.filter(role=Role.APPROVER, delegated_by__isnull=True)
    found = User.objects.filter(is_active=True, pk__in=held.filter(role__in=COLLEAGUES).values("user_id"))
    return found.exclude(pk__in=own.values("user_id")).order_by("full_name", "username")


def own_body(user: User) -> Organization:
    """The body a leader may give the approving right of; everybody else is refused."""
    if (body := acting_body(user, Doing.DELEGATE)) is None:
        within = acting_body(user, Doing.APPROVE) or acting_body(user) or "cơ quan"
        raise PermissionDenied(REFUSALS[Doing.DELEGATE].format(body=within))
    return body


def delegations(request: HttpRequest) -> HttpResponse:
    """Who approves in a leader's place, now, later and before; and the form that gives the right."""
    body = own_body(request.user)
    form = DelegationForm(request.POST or None, within=body)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.delegate(by=request.user, within=body, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, f"Đã ủy quyền cho {given.user}.")
            return HttpResponseRedirect(reverse("portal:delegations"))
    given = list(Membership.objects.delegated(body)[:SHOWN])
    context = {
        "body": body,
        "form": form,
        "given": [(one, standing(one)) for one in given],
        "has_colleagues": form.fields["to"].queryset.exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/staff/delegations.html", context, status=status)


def standing(given: Membership) -> str:
    """How a delegation stands today: ``now``, ``coming`` or ``over``."""
    today = timezone.localdate()
    if given.revoked_at or given.ended_on < today:
        return "over"
    return "coming" if given.started_on and given.started_on > today else "now"


@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delegation back."""
    given = get_object_or_404(Membership.objects.delegated(own_body(request.user)), pk=pk)
    require(request.user, Doing.DELEGATE, within=given.organization)
    try:
        actions.revoke(given, by=request.user)
        messages.success(request, f"Đã kết thúc việc ủy quyền cho {given.user}.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("portal:delegations"))

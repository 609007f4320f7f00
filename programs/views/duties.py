"""One body's part of a round as who asked reads it: what was handed in, taken or given back; waived, linked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.access import Doing, answering_body, can, leave_trace, require
from portal.actions.records import NotNow
from portal.forms.reasons import ReasonForm
from portal.models import Act, User
from portal.wording import FileLine
from programs.actions import rounds
from programs.answer_parts import told_parts
from programs.duty_links import link_of
from programs.models import Duty, DutyState, Round, Submission
from programs.models.rounds import HANDED_IN, MISSING
from programs.round_reading import chip_of, timing

NOT_SENT = "Cơ quan này chưa nộp."


@dataclass
class Told:
    """One thing handed in: its parts in words and figures, its files."""

    sent: Submission

    @property
    def parts(self) -> list[tuple[str, str, list[str]]]:
        """The parts that were told, each under its name."""
        return told_parts(self.sent.content)

    @property
    def files(self) -> list[FileLine]:
        """The files beside them."""
        return [FileLine(one) for one in self.sent.document.attachments.all()]


def story_of(duty: Duty) -> list[tuple[datetime, str, str]]:
    """What happened to a duty, newest first: when, who did what, and why."""
    acts = Act.objects.about(duty).select_related("person", "body")[:50]
    told = []
    for act in acts:
        who = ", ".join(str(part) for part in (act.person, act.body) if part)
        told.append((act.at, f"{who}: {act.get_verb_display()}", act.reason))
    return told


def duty_of(request: HttpRequest, code: str, *, decides: bool = False) -> Duty:
    """A duty the person is told of; to decide on it they write for who asked."""
    seen = Duty.objects.visible_to(request.user).with_state(timezone.localdate())
    linked = ("round__keeper", "organization")
    duty = get_object_or_404(seen.select_related(*linked), code=code)
    if decides:
        require(request.user, Doing.WRITE, within=duty.round.keeper)
    return duty


@require_safe
def duty_record(request: HttpRequest, code: str) -> HttpResponse:
    """What one body has to hand in, what it did, and what may be done with it."""
    duty, today = duty_of(request, code), timezone.localdate()
    leave_trace(request.user, duty)
    linked = duty.submissions.select_related("document", "written_by", "keeper")
    sent = list(linked.prefetch_related("document__attachments").order_by("-number", "-pk"))
    decides = bool(can(request.user, Doing.WRITE, within=duty.round.keeper))
    body = answering_body(request.user, duty.organization)
    standing = next((one for one in sent if one.returned_at is None), None)
    on = timezone.localtime(standing.sent_at).date() if standing else None
    context = {
        "duty": duty,
        "round": duty.round,
        "chip": chip_of(duty, today),
        "sent": [Told(one) for one in sent],
        "standing": standing,
        "timing": timing(on, duty.round.due_on) if on else "",
        "story": story_of(duty),
        "decides": decides,
        "reads_board": Round.objects.visible_to(request.user).filter(pk=duty.round_id).exists(),
        "is_open": duty.round.is_open(today),
        "waits": duty.state == DutyState.SENT,
        "is_in": duty.state in HANDED_IN,
        "is_missing": duty.state in MISSING,
        "body": body,
        "refusal": rounds.refusal(duty, today) if body else "",
        "link": request.build_absolute_uri(link_of(duty)) if decides and duty.linked_at else "",
        "reason_form": ReasonForm(),
    }
    return render(request, "programs/staff/duty_record.html", context)


def back_to(duty: Duty) -> HttpResponseRedirect:
    """The page of the duty."""
    return HttpResponseRedirect(reverse("programs:duty_record", args=[duty.code]))


def decision(act: Callable[[Duty, User], object], done: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view that does one thing to a duty of the person's own round, and says so or why not."""

    @require_POST
    def view(request: HttpRequest, code: str) -> HttpResponse:
        duty = duty_of(request, code, decides=True)
        try:
            act(duty, request.user)
            messages.success(request, done)
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return back_to(duty)

    return view


def with_reason(
    act: Callable[[Duty, User, str], object], done: str
) -> Callable[[HttpRequest, str], HttpResponse]:
    """The same, with a reason."""

    @require_POST
    def view(request: HttpRequest, code: str) -> HttpResponse:
        duty, form = duty_of(request, code, decides=True), ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Ghi lý do, nhiều nhất 2.000 ký tự.")
            return back_to(duty)
        try:
            act(duty, request.user, form.cleaned_data["reason"])
            messages.success(request, done)
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return back_to(duty)

    return view


def standing(duty: Duty) -> Submission:
    """What was handed in and stands, else the refusal."""
    if (sent := rounds.standing_of(duty)) is None:
        raise NotNow(NOT_SENT)
    return sent


def waived(duty: Duty, by: User, reason: str) -> None:
    """Waive with a reason that fits its column."""
    if len(reason) > Duty._meta.get_field("waived_reason").max_length:
        raise NotNow("Lý do miễn dài quá 300 ký tự.")
    rounds.waive(duty, by=by, reason=reason)


accept_duty = decision(lambda duty, by: rounds.accept(standing(duty), by=by), "Đã nhận báo cáo.")
return_duty = with_reason(
    lambda duty, by, reason: rounds.return_submission(standing(duty), by=by, reason=reason),
    "Đã trả lại. Cơ quan nộp thấy lý do trên bàn làm việc.",
)
waive_duty = with_reason(waived, "Đã miễn nộp cho cơ quan này.")
unwaive_duty = decision(lambda duty, by: rounds.unwaive(duty, by=by), "Cơ quan này lại phải nộp.")
give_link = decision(lambda duty, by: rounds.give_link(duty, by=by), "Đã cấp liên kết.")
withdraw_link = decision(
    lambda duty, by: rounds.withdraw_link(duty, by=by), "Đã thu hồi liên kết: liên kết cũ không mở được nữa."
)

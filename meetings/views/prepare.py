"""Preparing a conference: its guests and what they answer, its papers in Word, its pack. Never for visitors."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import guests as actions
from meetings.calendar import has_day
from meetings.forms.guests import GuestForm, SubstituteForm
from meetings.guests import UNSAID, GuestList, called, presses
from meetings.models import Meeting, Participation, Stage
from meetings.pack import Pack
from meetings.reading import MeetingReading
from meetings.word.guest_list import guest_list_file
from meetings.word.invitation import invitation_file
from meetings.word.minutes import minutes_file
from meetings.word.pack import pack_file
from portal.access import Doing, can, leave_trace, require
from portal.actions.records import NotNow
from portal.forms.fields import whole_number
from portal.models import State
from portal.templatetags.say import vdatetime, vnumber
from portal.views.records import word_file
from portal.views.verbs import opened_version

SUBSTITUTE, COPY, INVITE_ALL = "du-thay", "lay-hoi-nghi-truoc", "moi-tat-ca"
MOST_NAMED = 10
"""How many of the guests not taken over are named."""


def inside(request: HttpRequest, code: str) -> MeetingReading:
    """A conference this person reads as its keeper, a party or a superior does; for anybody else it is not there."""
    linked = ("document__type", "keeper__sector", "keeper__territory", "previous__document")
    visible = Meeting.objects.visible_to(request.user).select_related(*linked)
    reading = MeetingReading(get_object_or_404(visible, code=code), request.user)
    if not reading.reads_as_party:
        raise Http404
    leave_trace(request.user, reading.record)
    return reading


@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: HttpRequest, code: str) -> HttpResponse:
    """The guests of a conference and what they answered; a guest is added to a draft here."""
    reading = inside(request, code)
    meeting = reading.record
    writes = bool(can(request.user, Doing.WRITE, within=meeting.keeper))
    if request.method == "POST":
        require(request.user, Doing.WRITE, within=meeting.keeper)
    if request.POST.get("lam") == COPY:
        return copied(request, reading)
    form = GuestForm(request.POST or None, user=request.user, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        expected = opened_version(request)
        try:
            added = actions.add_guest(meeting, form.entry(), by=request.user, expected=expected)
        except NotNow as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã thêm {called(added)} vào danh sách khách mời.")
        return HttpResponseRedirect(guests_address(meeting, page="cuoi"))
    guest_list = GuestList(meeting)
    answered, number = request.GET.get("tra-loi", ""), request.GET.get("trang", "1")
    is_off = meeting.stage == Stage.CANCELLED
    adds = writes and not is_off and meeting.state in {State.DRAFTING, State.RETURNED}
    missing = missing_guests(reading) if adds else None
    context = {
        "meeting": meeting,
        "guests": guest_list,
        "page": guest_list.page("last" if number == "cuoi" else number, answered),
        "answered": answered,
        "writes": writes,
        "is_off": is_off,
        "adds": adds,
        "missing": missing,
        "left": left_words(missing.left) if missing else "",
        "unsaid": sum(one.count for one in guest_list.counts if one.key == UNSAID),
        "invites": writes and not has_come(meeting) and not is_off,
        "form": form,
        "presses": presses(meeting, has_come(meeting)) if writes else [],
    }
    return render(request, "meetings/staff/guests.html", context, status=422 if form.is_bound else 200)


def missing_guests(reading: MeetingReading) -> actions.Missing:
    """The guests of the conference before this one that may be taken over: for those who read it from inside."""
    before = reading.previous[0] if reading.previous else None
    if before is None or not MeetingReading(before, reading.reader).reads_as_party:
        return actions.Missing()
    return actions.not_yet_there(reading.record)


def copied(request: HttpRequest, reading: MeetingReading) -> HttpResponse:
    """Take over the guests of the conference before this one that are not here yet."""
    try:
        if not missing_guests(reading).taken:
            raise NotNow("Không có khách mời nào của hội nghị trước để lấy sang.")
        found = actions.copy_guests(reading.record, by=request.user, expected=opened_version(request))
        messages.success(request, f"Đã lấy {vnumber(len(found.taken))} khách mời từ hội nghị trước.")
        if found.left:
            messages.info(request, f"Không lấy lại: {left_words(found.left)}.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(guests_address(reading.record))


def left_words(left: list[tuple[Participation, Participation]]) -> str:
    """Who was not taken over, each with who is asked of that body instead; many are counted."""
    told = [f"{called(one)} (đã có {called(other)})" for one, other in left[:MOST_NAMED]]
    return "; ".join(told) + (
        f" và {vnumber(more)} khách khác" if (more := len(left) - MOST_NAMED) > 0 else ""
    )


def has_come(meeting: Meeting) -> bool:
    """Whether the conference was held, or its day has come."""
    return meeting.stage == Stage.HELD or (
        has_day(meeting) and meeting.document.dated_first <= timezone.localdate()
    )


@require_POST
def mark_guest(request: HttpRequest, code: str) -> HttpResponse:
    """Note what one guest answered, who stands in for them, or that they came."""
    meeting = inside(request, code).record
    require(request.user, Doing.WRITE, within=meeting.keeper)
    if request.POST.get("ghi") == INVITE_ALL:
        return invited_all(request, meeting)
    rows = meeting.participations.select_related("meeting__keeper", "organization")
    guest = rows.filter(pk=whole_number(request.POST.get("khach", ""))).first()
    try:
        if guest is None:
            raise NotNow("Khách mời này không còn trong danh sách.")
        note(request, guest)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    place = f"#khach-{guest.stands_in_for_id or guest.pk}" if guest else ""
    there = guests_address(
        meeting, page=request.POST.get("trang", ""), answered=request.POST.get("tra-loi", "")
    )
    return HttpResponseRedirect(there + place)


def invited_all(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Note with one press that everybody of whom nothing was noted has been asked."""
    try:
        count = actions.invite_all(meeting, by=request.user)
        messages.success(request, f"Đã ghi “đã mời” cho {count} khách mời.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(guests_address(meeting))


def note(request: HttpRequest, guest: Participation) -> None:
    """Write what was pressed beside one guest."""
    pressed, seen = request.POST.get("ghi", "-"), request.POST.get("da-thay", "")
    if pressed != SUBSTITUTE:
        actions.mark(guest, pressed, by=request.user, seen=seen)
        return
    form = SubstituteForm(request.POST)
    if not form.is_valid():
        raise NotNow(next(iter(form.errors.values()))[0])
    actions.substitute(guest, **form.cleaned_data, by=request.user, seen=seen)
    messages.success(request, f"Đã ghi {form.cleaned_data['name']} dự thay {called(guest)}.")


def guests_address(meeting: Meeting, *, page: str = "", answered: str = "") -> str:
    """The list of guests, at a page and an answer."""
    asked = {name: value for name, value in (("trang", page), ("tra-loi", answered)) if value}
    return reverse("meetings:guests_of_meeting", args=[meeting.code], query=asked or None)


# --- on paper


@require_safe
def invitations(request: HttpRequest, code: str) -> HttpResponse:
    """The invitations of a conference in Word: one guest's, or everybody's, a page each."""
    reading = inside(request, code)
    require(request.user, Doing.WRITE, within=reading.record.keeper)
    if reading.record.stage == Stage.CANCELLED:
        messages.error(request, "Hội nghị này không tổ chức.")
        return HttpResponseRedirect(guests_address(reading.record))
    guest_list, asked = GuestList(reading.record), request.GET.get("khach")
    if asked is None:
        invited = guest_list.all()
    else:
        guest = guest_list.one(whole_number(asked) or 0)
        invited = [guest] if guest else []
    if not invited:
        messages.error(request, "Chưa có khách mời nào để viết giấy mời.")
        return HttpResponseRedirect(guests_address(reading.record))
    return word_file(request, *invitation_file(reading, invited))


@require_safe
def word_guest_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list of guests in Word."""
    return word_file(request, *guest_list_file(inside(request, code)))


@require_safe
def word_minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes in Word, drafted from what is recorded."""
    return word_file(request, *minutes_file(inside(request, code)))


@require_safe
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """The pack of a conference on one page, to read on a tablet and to print."""
    return render(request, "meetings/staff/pack.html", {"pack": pack_for(request, code)})


@require_safe
def word_pack(request: HttpRequest, code: str) -> HttpResponse:
    """The pack in Word."""
    printed = f"In lúc {vdatetime(timezone.localtime())}"
    return word_file(request, *pack_file(pack_for(request, code), printed=printed))


def pack_for(request: HttpRequest, code: str) -> Pack:
    """The pack as this person may read it; an inspector leaves a trace on every paper whose text it holds."""
    found = Pack(inside(request, code))
    for record in found.records:
        leave_trace(request.user, record)
    return found

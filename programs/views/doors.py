"""How somebody comes to the part a body has to hand in: by account, or through the body's signed link.

Behind both doors lie the same pages. A link opens its own part and nothing else, and opening it writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from portal.access import Doing, answering_body, leave_trace, require
from portal.models import Attachment, Organization, User
from programs.actions.rounds import answering, refusal
from programs.asked import asked_through
from programs.duty_links import count_wrong, is_linked, is_locked, signed
from programs.models import Duty

WITHDRAWN = "Liên kết này không còn dùng được. Có thể cơ quan đã được gửi liên kết khác."
UNKNOWN = "Liên kết này không đúng. Có thể liên kết bị cắt khi chép: xin mở lại từ tin nhắn đã nhận."
LOCKED = "Liên kết không đúng được mở nhiều lần. Xin thử lại sau 15 phút."
LINK_FRAME = "programs/answers/link.html"
Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """One duty, and who came to it: a person, or nobody we know, through the link."""

    duty: Duty
    body: Organization
    user: User | None = None
    token: str = ""

    @property
    def frame(self) -> str:
        """The frame of its pages."""
        return "staff.html" if self.user else LINK_FRAME

    def to(self, page: str, *more: str) -> str:
        """The address of one of its pages."""
        if self.user:
            return reverse(f"programs:{page}", args=[self.duty.round.code, self.duty.code, *more])
        return reverse(f"programs:{page.replace('part', 'link', 1)}", args=[self.token, *more])

    def to_file(self, file: Attachment) -> str:
        """Where a file of the part is opened."""
        return self.to("part_file", file.code)


def shown(
    request: HttpRequest, door: Door, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponseBase:
    """One of the pages, in the frame of its door."""
    duty = door.duty
    known = {"frame": door.frame, "door": door, "duty": duty, "round": duty.round, "body": door.body}
    known |= {"url": door.to("part"), "is_secret": bool(door.token)}
    return render(request, f"programs/answers/{name}.html", known | context, status=status)


def targets_url(door: Door) -> str:
    """Where the body tells of the targets of the plan asked about; nothing where it is asked of none."""
    if not asked_through(door.duty, door.body):
        return ""
    plan = door.duty.round.plan
    return reverse("programs:report_targets", args=[plan.code]) if door.user else door.to("part_targets")


def by_account(page: Page, *, reads: bool = False) -> Page:
    """The page for who is signed in: to write it, for the people of the body; to read what was sent, for all who may."""

    @wraps(page)
    def opened(request: HttpRequest, round_code: str, code: str, **more: Any) -> HttpResponseBase:
        seen = Duty.objects.visible_to(request.user).select_related("round__keeper", "organization")
        duty = get_object_or_404(seen, code=code, round__code=round_code)
        if reads:
            leave_trace(request.user, duty)
        else:
            require(request.user, Doing.ANSWER, within=duty.organization)
        body = answering_body(request.user, duty.organization) or duty.organization
        return page(request, Door(duty, body, user=request.user), **more)

    return opened


def by_link(page: Page, *, reads: bool = False) -> Page:
    """The page for who holds the link; what was sent is read as long as the link is not withdrawn."""

    @login_not_required
    @wraps(page)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponseBase:
        response = _through(page, request, token, reads=reads, **more)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"  # "no-referrer" would hide the origin of our own forms
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return opened


def _through(page: Page, request: HttpRequest, token: str, *, reads: bool, **more: Any) -> HttpResponseBase:
    if is_locked(request, token):
        return _ended(request, None, LOCKED, 429)
    if (duty := signed(token)) is None:
        count_wrong(request, token)
        return _ended(request, None, UNKNOWN, 404)
    if not is_linked(duty, token):
        return _ended(request, duty, WITHDRAWN, 410)
    if not reads and (why := refusal(duty, timezone.localdate())):
        return _ended(request, duty, why, 410)
    return page(request, Door(duty, answering(duty), token=token), **more)


def _ended(request: HttpRequest, duty: Duty | None, why: str, status: int) -> HttpResponseBase:
    """The one page of links that open nothing: why, and whom to ask; nothing of what was handed in."""
    context = {
        "frame": LINK_FRAME,
        "why": why,
        "is_secret": True,
        "keeper": duty.round.keeper if duty else None,
    }
    return render(request, "programs/answers/ended.html", context, status=status)

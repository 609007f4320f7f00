"""Signed links: the address that opens one duty without an account, while its round runs and nobody withdrew it.

A link names its duty and the count of links given for it; the next one given, or its withdrawal, ends it. Links that
we never gave are counted by duty and address, as wrong passwords are by name and address.
"""

from axes.handlers.proxy import AxesProxyHandler
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from portal.columns import CODE_ALPHABET
from programs.models import Duty

SIGNER = Signer(sep=".", salt="programs.duty")
COUNTED_AS = "phan-nop:{}"
"""The name under which the wrong links of one duty are counted."""


def token_of(duty: Duty) -> str:
    """What the latest link given of a duty carries; nothing where none is given."""
    return SIGNER.sign(f"{duty.code}.{duty.link_version}") if duty.linked_at else ""


def link_of(duty: Duty) -> str:
    """The address of the latest link given of a duty; nothing where none is given."""
    return reverse("programs:link", args=[token]) if (token := token_of(duty)) else ""


def signed(token: str) -> Duty | None:
    """The duty a link was made for, whether or not it still opens it: the page of a link that ended says so."""
    try:
        code = SIGNER.unsign(token).partition(".")[0]
    except BadSignature:
        return None
    linked = Duty.objects.out().select_related("round__keeper", "organization")
    return linked.filter(code=code).first()


def is_linked(duty: Duty, token: str) -> bool:
    """Whether this is the latest link given of the duty."""
    return bool(duty.linked_at) and token == token_of(duty)


# --- as sign-in is throttled


def is_locked(request: HttpRequest, token: str) -> bool:
    """Whether so many wrong links of one duty came from one address that none is tried for a while."""
    return not AxesProxyHandler.is_allowed(request, counted(token))


def count_wrong(request: HttpRequest, token: str) -> None:
    """Note a link that we never gave; one that no database writes down is none that anybody guessed."""
    if "\0" in request.path:
        return
    AxesProxyHandler.user_login_failed(count_wrong, counted(token), request)
    request.axes_locked_out = False  # the page of links says so itself, not that of passwords


def counted(token: str) -> dict[str, str]:
    """Under which name the wrong links of a duty are counted; those that name none are counted together."""
    code = token.partition(".")[0]
    is_code = len(code) <= 12 and set(code) <= set(CODE_ALPHABET)
    return {"username": COUNTED_AS.format(code if is_code else "")}

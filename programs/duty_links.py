"""Signed links: the address that opens one duty without an account, while its round runs and nobody withdrew it."""

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from programs.models import Duty

SIGNER = Signer(sep="-", salt="programs.duty")


def token_of(duty: Duty) -> str:
    """What the latest link given of a duty carries; nothing where none is given."""
    return SIGNER.sign(f"{duty.code}-{duty.link_version}") if duty.linked_at else ""


def duty_by(token: str) -> Duty | None:
    """The duty a link opens; None where it is not ours, was withdrawn, or its round takes nothing any more."""
    found = signed(token)
    return found if found and is_linked(found, token) and found.round.is_open(timezone.localdate()) else None


def signed(token: str) -> Duty | None:
    """The duty a link was made for, whether or not it still opens it: the page of a link that ended says so."""
    try:
        code = SIGNER.unsign(token).partition("-")[0]
    except BadSignature:
        return None
    linked = Duty.objects.out().select_related("round__keeper", "organization")
    return linked.filter(code=code).first()


def is_linked(duty: Duty, token: str) -> bool:
    """Whether this is the latest link given of the duty."""
    return bool(duty.linked_at) and token == token_of(duty)

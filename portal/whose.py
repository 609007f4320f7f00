"""Whose a form is: every form of a page names, signed, the person it was drawn for, so that what one person typed is
never written as another's who signs in meanwhile in the same browser.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

WHOSE = "cua-ai"
_signer = Signer(salt="portal.whose")


def named_field(request: HttpRequest | None) -> SafeString:
    """The hidden field that names the reader of a page; nothing for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', WHOSE, signed(user))


def signed(user: AbstractBaseUser) -> str:
    """A person as forms name them."""
    return _signer.sign(str(user.pk))


def writer_of(data: QueryDict) -> int | None:
    """The person a posted form was drawn for; None when it names nobody we named."""
    # A page that shows a form again has a field of its own; that of the form follows it.
    try:
        return int(_signer.unsign(data.get(WHOSE, "")))
    except (BadSignature, ValueError):
        return None


def without_writer(data: QueryDict) -> QueryDict:
    """The form as the views know it."""
    form = data.copy()
    form.pop(WHOSE, None)
    form._mutable = False
    return form

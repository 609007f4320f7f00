"""Signing in by user name or e-mail, compared without case and Unicode-normalised; counting failures."""

import ipaddress
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from portal.columns import uncased
from portal.models import User


def account_named(name: str) -> User | None:
    """The account with this user name, else with this e-mail."""
    if (key := uncased(name)) is None:
        return None
    found = User.objects.filter(Q(username_key=key) | Q(email_key=key))
    return min(found, key=lambda user: user.username_key != key, default=None)


def throttled_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The one name failures are counted under, however a person's names are written."""
    given = credentials.get(User.USERNAME_FIELD) if credentials else request and request.POST.get("username")
    account = account_named(given or "")
    return account.username_key if account else (uncased(given or "") or "")[:255]


def visitor_address(request: HttpRequest) -> str | None:
    """The machine failures are counted under, as the outermost of our own proxies saw it.

    Each proxy adds, at the right of X-Forwarded-For, whom it was asked by; what stands further left the visitor
    may have written. Without the proxies the settings count, or without what they write, it is who asks us.
    """
    asked_by = request.META.get("REMOTE_ADDR") or None
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if not 0 < settings.TRUSTED_PROXIES <= len(told):
        return asked_by
    try:
        return str(ipaddress.ip_address(told[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return asked_by


class UsernameOrEmailBackend(ModelBackend):
    """Accepts either name; a disabled account never signs in."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        name = username or kwargs.get(User.USERNAME_FIELD) or ""
        if uncased(name) is None or password is None:
            return None
        user = account_named(name)
        if user is None:
            User().set_password(password)  # the same time is spent whether or not the account exists
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

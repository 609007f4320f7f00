"""Signing in by user name or e-mail, compared without case and Unicode-normalised; counting failures."""

from typing import Any

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

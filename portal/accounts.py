"""Signing in by user name or e-mail, compared without case and Unicode-normalised."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from portal.columns import uncased
from portal.models import User


class UsernameOrEmailBackend(ModelBackend):
    """Accepts either name; a disabled account never signs in."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        key = uncased(username or kwargs.get(User.USERNAME_FIELD) or "")
        if key is None or password is None:
            return None
        user = User.objects.filter(Q(username_key=key) | Q(email_key=key)).order_by("pk").first()
        if user is None:
            User().set_password(password)  # the same time is spent whether or not the account exists
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

"""Signing in and out, and completing a save whose session or token was lost.

A form posted after the session ended is not thrown away: its fields travel, hidden, through the
sign-in page, and the save completes as soon as the password is right. A form whose token was lost
comes back with one button.
"""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

CARRIED = "giu-"
NOT_CARRIED = {"csrfmiddlewaretoken", "username", "password", "next"}


class SignInForm(AuthenticationForm):
    """User name or e-mail, and password."""

    username = forms.CharField(
        label="Tên đăng nhập hoặc thư điện tử",
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="Mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Mật khẩu phân biệt chữ hoa, chữ thường.",
        "inactive": "Tài khoản này đã bị khóa.",
    }

    use_required_attribute = False


def carried_fields(data: QueryDict) -> list[tuple[str, str]]:
    """The fields of a form on their way through the sign-in page, under carried names."""
    fields = []
    for name, values in data.lists():
        if name.startswith(CARRIED):
            fields += [(name, value) for value in values]
    return fields


def carry(data: QueryDict) -> list[tuple[str, str]]:
    """The fields of a posted form, renamed to be carried."""
    kept = [(name, values) for name, values in data.lists() if name not in NOT_CARRIED]
    return [(CARRIED + name, value) for name, values in kept for value in values]


def uncarry(data: QueryDict) -> QueryDict:
    """The form that was carried, under its own names."""
    form = QueryDict(mutable=True)
    for name, value in carried_fields(data):
        form.appendlist(name.removeprefix(CARRIED), value)
    return form


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, or the desk."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("portal:desk")


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; then complete the form that was carried, if any."""
    target = safe_next(request)
    if request.method == "POST" and "password" in request.POST:
        form = SignInForm(request, data=request.POST)
        if form.is_valid():
            login(request, form.get_user())
            carried = uncarry(request.POST)
            return complete(request, target, carried) if carried else HttpResponseRedirect(target)
        carried = carried_fields(request.POST)
    else:
        form, carried = SignInForm(request), []
    return render(request, "portal/public/sign_in.html", {"form": form, "next": target, "carried": carried})


def ask_again(request: HttpRequest) -> HttpResponse:
    """The sign-in page for a form posted after the session ended; what was typed travels with it."""
    context = {"form": SignInForm(request), "next": request.get_full_path(), "carried": carry(request.POST)}
    return render(request, "portal/public/sign_in.html", context, status=401)


def complete(request: HttpRequest, target: str, data: QueryDict) -> HttpResponse:
    """Run the view the carried form was posted to, as the person who has just signed in."""
    parts = urlsplit(target)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return HttpResponseRedirect(target)
    data._mutable = False
    request.POST, request.GET = data, QueryDict(parts.query)
    request.path = request.path_info = parts.path
    request.resolver_match = match
    return match.func(request, *match.args, **match.kwargs)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the front page."""
    logout(request)
    return HttpResponseRedirect(reverse("portal:home"))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A form whose token was lost: shown again with everything typed, to be sent by one press."""
    if request.path == reverse("portal:sign_in"):
        context = {"form": SignInForm(request), "next": safe_next(request)}
        context["carried"] = carried_fields(request.POST)
        return render(request, "portal/public/sign_in.html", context, status=403)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {"fields": fields, "action": request.get_full_path()}
    return render(request, "portal/public/send_again.html", context, status=403)

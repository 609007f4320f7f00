"""Signing in and out, and completing a save whose session or token was lost.

A form posted after the session ended is not thrown away: its fields travel, hidden, through the
sign-in page, and the save completes as soon as the person who typed it has signed in, and for nobody else. A form
whose token was lost, and one that names nobody, comes back with one button.
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
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portal.access import Doing, grants
from portal.models import User
from portal.views.typed import of_another
from portal.whose import without_writer, writer_of

CARRIED = "giu-"
ELSEWHERE = "Biểu mẫu này không được gửi từ trang này. Xin mở lại trang cần dùng rồi nhập lại."
UNNAMED = "Biểu mẫu này không ghi ai đã nhập. Nếu nội dung là của đồng chí, xin bấm “Gửi lại”."
STALE = "Trang để lâu nên chưa gửi được. Bấm “Lưu” để tiếp tục."


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


Fields = list[tuple[str, str]]


def kept_fields(data: QueryDict) -> Fields:
    """What was typed in a form, but for its token and passwords, which never travel in a page."""
    return [
        (name, value)
        for name, values in data.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
        for value in values
    ]


def carry(data: QueryDict) -> Fields:
    """The fields of a posted form, renamed to be carried; a form without fields is a carried form too."""
    return [(CARRIED, ""), *[(CARRIED + name, value) for name, value in kept_fields(data)]]


def take_carried(request: HttpRequest) -> Fields:
    """Set the carried fields apart from those of the sign-in form, so that no log of failures keeps them."""
    own, carried = QueryDict(mutable=True), []
    for name, values in request.POST.lists():
        if name.startswith(CARRIED):
            carried += [(name, value) for value in values]
        else:
            own.setlist(name, values)
    own._mutable = False
    request.POST, request.carried = own, carried
    return carried


def uncarry(carried: Fields) -> QueryDict:
    """The form that was carried, under its own names."""
    form = QueryDict(mutable=True)
    for name, value in carried:
        if own := name.removeprefix(CARRIED):
            form.appendlist(own, value)
    form._mutable = False
    return form


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, or the desk."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("portal:desk")


def sign_in_page(
    request: HttpRequest, form: SignInForm, target: str, carried: Fields, status: int = 200
) -> HttpResponse:
    """The sign-in page, with what is carried through it."""
    context = {"form": form, "next": target, "carried": carried, "files": bool(request.FILES)}
    return render(request, "portal/public/sign_in.html", context, status=status)


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; then complete the form that was carried, if any."""
    target, carried = safe_next(request), take_carried(request)
    if request.method == "GET" and request.user.is_authenticated:
        return HttpResponseRedirect(target)
    if "password" not in request.POST:
        return sign_in_page(request, SignInForm(request), target, carried)
    form = SignInForm(request, data=request.POST)
    if not form.is_valid():
        return sign_in_page(request, form, target, carried)
    login(request, form.get_user())
    if carried and target != reverse("portal:desk"):
        data = uncarry(carried)
        if (writer := writer_of(data)) == request.user.pk:
            return complete(request, target, without_writer(data))
        if writer is None:
            return send_again(request, target, kept_fields(data), lede=UNNAMED)
        return of_another(request, writer, target, data, carry(data))
    return HttpResponseRedirect(first_page(request.user, target))


def first_page(user: User, target: str) -> str:
    """Where a person begins: an official, who asked for nothing else, with the page of the year."""
    if target == reverse("portal:desk") and grants(user, Doing.APPROVE):
        return reverse("portal:staff_year_page", args=[timezone.localdate().year])
    return target


@never_cache
def ask_again(request: HttpRequest) -> HttpResponse:
    """The sign-in page for a form posted after the session ended; what was typed travels with it."""
    target = request.get_full_path()
    return sign_in_page(request, SignInForm(request), target, carry(request.POST), status=401)


@never_cache
def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """Too many wrong passwords: wait, and what is carried waits in the page."""
    context = {"next": safe_next(request), "carried": getattr(request, "carried", [])}
    return render(request, "portal/public/locked.html", context, status=429)


def complete(request: HttpRequest, target: str, data: QueryDict) -> HttpResponse:
    """Run the view the carried form was posted to, as the person who has just signed in."""
    parts = urlsplit(target)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return HttpResponseRedirect(target)
    request.POST, request.GET = data, QueryDict(parts.query)
    request.path = request.path_info = request.META["PATH_INFO"] = parts.path
    request.META["QUERY_STRING"] = parts.query
    request.resolver_match = match
    return match.func(request, *match.args, **match.kwargs)


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the front page."""
    logout(request)
    return HttpResponseRedirect(reverse("portal:home"))


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(urlsplit(sender).netloc) and url_has_allowed_host_and_scheme(
        sender, {request.get_host()}, require_https=request.is_secure()
    )


@never_cache
@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A form whose token was lost: shown again with everything typed, to be sent by one press.

    Only a form of this site: another site's must not come back with a good token and a button.
    """
    if request.headers.get("X-Requested-With") or request.headers.get("HX-Request"):
        return HttpResponse(STALE, status=403)
    if not is_from_here(request):
        # The staff's frame carries a token, in its sign-out form.
        return render(request, "403.html", {"exception": ELSEWHERE, "frame": "public.html"}, status=403)
    if request.path == reverse("portal:sign_in"):
        form = SignInForm(request, initial={"username": request.POST.get("username", "")[:250]})
        return sign_in_page(request, form, safe_next(request), take_carried(request), status=403)
    lede = "Trang để lâu nên cần xác nhận một lần. Nội dung vừa nhập vẫn còn nguyên."
    return send_again(request, request.get_full_path(), kept_fields(request.POST), lede=lede)


def send_again(request: HttpRequest, target: str, fields: Fields, *, lede: str) -> HttpResponse:
    """The form once more, whole, with the button that sends it."""
    context = {"fields": fields, "action": target, "lede": lede, "files": bool(request.FILES)}
    return render(request, "portal/public/send_again.html", context, status=403)

"""The closed door that neither drops the form nor hands it to another, the address of a button opened as a page, a press done again.

What two do at once may wait for each other in a circle: the database then undoes one of the two.
"""

import random
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.views.account import ask_again, carry
from portal.views.typed import of_another
from portal.whose import without_writer, writer_of


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Closed by default; a form posted without a session travels through the sign-in page.

    A part of a page asked for by a script is answered 401, so that the page can say so itself.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        is_closed = getattr(view_func, "login_required", True)
        if request.method == "POST" and is_closed and request.user.is_authenticated:
            writer = writer_of(request.POST)
            if writer not in {None, request.user.pk}:
                return of_another(request, writer, request.get_full_path(), request.POST, carry(request.POST))
            request.POST = without_writer(request.POST)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:
        if request.headers.get("X-Requested-With") or request.headers.get("HX-Request"):
            return HttpResponse("Phiên làm việc đã hết. Bấm “Lưu” để đăng nhập lại.", status=401)
        if request.method == "POST" and request.POST:
            return ask_again(request)
        return super().handle_no_permission(request, view_func)


def explain_buttons(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Where an address only takes what a button sends, a person who opens it is led to the page of the button."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        above = request.path.rstrip("/").rpartition("/")[0] + "/"
        explained = render(request, "405.html", {"above": above}, status=405)
        explained["Allow"] = response["Allow"]
        return explained

    return answer


DEADLOCK = "40P01"
AGAIN, PAUSE_S = 3, (0.05, 0.3)
"""How often a press is done again, and how long it waits before, so that two do not meet again at once."""


class AgainMiddleware:
    """A press that the database undid, for another person's and it waited for each other, is done again.

    Joining bodies and approving a paper that names them take what they need in orders of their own. What was undone
    left nothing behind.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST":
            return None
        for left in reversed(range(AGAIN + 1)):
            try:
                return view_func(request, *view_args, **view_kwargs)
            except OperationalError as error:
                if not left or getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                    raise
            time.sleep(random.uniform(*PAUSE_S))  # noqa: S311
            for _, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.seek(0)
        return None

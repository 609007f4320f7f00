"""The closed door that does not drop the form, and the address of a button opened as if it were a page."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.views.account import ask_again


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Closed by default; a form posted without a session travels through the sign-in page.

    A part of a page asked for by a script is answered 401, so that the page can say so itself.
    """

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

"""Keeps what was typed when a session has ended: the closed door that does not drop the form."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

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

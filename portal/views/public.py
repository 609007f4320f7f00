"""The front page, and the portal's own words: what it is, whom to ask, how to read it, what is kept about people."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal import sections
from portal.registers import answering_today

MOST_TO_ASK = 5


@never_cache
@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the portal answers and its database too, for the machine that watches it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


@require_POST
@csrf_exempt
@login_not_required
def rest(request: HttpRequest) -> HttpResponse:
    """Where a form goes that Enter must not send: nothing is looked at, and the browser stays on its page."""
    while request.read(2**16):  # a line closed on what was never read may take the answer with it
        pass
    return HttpResponse(status=204)


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is, a search, and the newest of each section."""
    today = timezone.localdate()
    panels = [hits for section in sections.every() for hits in section.front(today)]
    return render(request, "portal/public/home.html", {"panels": panels})


def _page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"portal/public/{name}.html", {"office": settings.PORTAL_OFFICE})


@require_safe
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What the portal shows, where it comes from, how to cite it."""
    return _page(request, "about")


@require_safe
@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and how to report an error; where no office runs the portal, the bodies that answer on it today."""
    office = settings.PORTAL_OFFICE
    answering = [] if office else list(answering_today(timezone.localdate())[:MOST_TO_ASK])
    return render(request, "portal/public/contact.html", {"office": office, "answering": answering})


@require_safe
@login_not_required
def help(request: HttpRequest) -> HttpResponse:  # noqa: A001, the name of its page
    """How to read and search the portal, and how to sign in."""
    return _page(request, "help")


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, for how long, and how to ask about it."""
    return _page(request, "privacy")

"""The page that shows every component of the pages, for those who write them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.gallery import gallery_context


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, for those who write them."""
    return render(request, "portal/staff/gallery.html", gallery_context())

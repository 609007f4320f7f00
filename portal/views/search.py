"""One search over everything a reader may read: records, bodies, documents."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import sections
from portal.access import VISITOR
from portal.body_names import suggest_organizations
from portal.homes import Home
from portal.lists import COMMON_WORDS
from portal.matching import with_words
from portal.models import Sought
from portal.registers import listed_bodies, sought_documents, told_of
from portal.sections import Hits, Reader
from portal.views.bodies import body_hit
from portal.views.documents import document_hits

MOST_FOUND = 8


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """What the public may read for the words typed, the same for everybody."""
    return render(request, "portal/public/search.html", answer(request.GET.get("q", ""), VISITOR))


@require_safe
def staff_search(request: HttpRequest) -> HttpResponse:
    """What the person may read for the words typed."""
    return render(request, "portal/staff/search.html", answer(request.GET.get("q", ""), request.user))


def answer(typed: str, reader: Reader) -> dict[str, object]:
    """What was asked, and what is found for it."""
    asked = typed[:200]
    sought = Sought(asked, reader)
    return {
        "asked": asked.strip(),
        "searched": bool(sought.words),
        "panels": found_for(sought) if sought.words else [],
        "remark": COMMON_WORDS if sought.is_common else "",
    }


def found_for(sought: Sought) -> list[Hits]:
    """The panels of a search, best section first; a record is found once, not again as its document."""
    reader, folded = sought.reader, " ".join(sought.words)
    side = "staff_" if reader.is_authenticated else ""
    panels = [hits for section in sections.every() for hits in section.search(sought)]
    home = Home(reader.writing_bodies if reader.is_authenticated else ())
    named = suggest_organizations(folded, None, home, among=listed_bodies(reader), most=MOST_FOUND)
    if bodies := told_of(named, reader):
        url = reverse(f"portal:{side}body_list", query={"q": folded})
        panels.append(Hits("Cơ quan, đơn vị", [body_hit(body, reader) for body in bodies], url))
    documents = with_words(sought_documents(reader), folded, "folded", most=10).select_related("type")
    if newest := document_hits(documents.order_by("-listed_on", "-pk")[:MOST_FOUND], reader):
        url = reverse(f"portal:{side}document_list", query={"q": folded})
        panels.append(Hits("Văn bản", newest, url))
    return panels

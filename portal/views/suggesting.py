"""Suggestions for the pickers of forms, from the registers and from what the sections offer."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from portal import sections
from portal.access import acting_body
from portal.body_names import suggest_organizations
from portal.dates import DateNotUnderstood, PartialDate, parse_date
from portal.filters import find_units
from portal.homes import Home
from portal.matching import suggest_documents, suggest_people
from portal.models import Person, User


@require_GET
def suggest(request: HttpRequest, register: str) -> JsonResponse:
    """Suggestions for a picker, after two letters."""
    text = request.GET.get("q", "")[:200]
    if len(text.strip()) < 2:
        return JsonResponse({"found": []})
    registers: dict[str, Callable[[], list[dict[str, str]]]] = {
        "co-quan": lambda: organizations(request, text),
        # Who writes nothing picks nobody; the register also holds who is named in drafts alone.
        "nguoi": lambda: people(request.user, text) if acting_body(request.user) else [],
        "van-ban": lambda: documents(request.user, text),
        "dia-ban": lambda: territories(request, text),
    }
    if register in registers:
        return JsonResponse({"found": registers[register]()})
    for section in sections.every():
        found = section.suggest(
            register, request.user, text, of=request.GET.get("ma", "")[:12], on=day_asked(request).last
        )
        if found is not None:
            return JsonResponse({"found": found})
    raise Http404


def day_asked(request: HttpRequest) -> PartialDate:
    """The day typed on the page of the picker, as far as it is understood."""
    try:
        return parse_date(request.GET.get("ngay", "")[:100])
    except DateNotUnderstood:
        return PartialDate.unknown()


def organizations(request: HttpRequest, text: str) -> list[dict[str, str]]:
    """Bodies, those living on the paper's date and near the person's own first."""
    found = suggest_organizations(text, day_asked(request).placed, Home(request.user.writing_bodies))
    return [
        {"name": body.label, "code": body.code, "line": body.whereabouts or body.abbreviation}
        for body in found
    ]


def territories(request: HttpRequest, text: str) -> list[dict[str, str]]:
    """Territories, each with where it lies, else its level; those of the paper's date and near the person's own first."""
    found = find_units(text, Home(request.user.writing_bodies), day_asked(request).last)[:8]
    return [{"name": one.label, "code": one.code, "line": one.whereabouts or one.level.name} for one in found]


def people(user: User, text: str) -> list[dict[str, str]]:
    """Persons, each with a post to tell them apart."""
    found = suggest_people(text, user)
    return [{"name": one.name, "code": one.code, "line": post_of(one)} for one in found]


def post_of(person: Person) -> str:
    """A post of a person, or nothing."""
    return next((position.title for position in person.positions.all()), "")


def documents(user: User, text: str) -> list[dict[str, str]]:
    """Papers of the shared register and of the records a person may see."""
    found = suggest_documents(text, user)
    return [{"name": str(one), "code": one.code, "line": str(one.dated)} for one in found]

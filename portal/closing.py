"""Closed years: what is kept of a page, which edition is read, what changed since, and who may close."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from portal.access import Doing, can, grants
from portal.models import Organization, YearEdition
from portal.templatetags.say import vnumber
from portal.year import Asked, Scope, YearFigure
from portal.year_page import NO_DATA, Content, content_of, counts_of, key_figures

EDITION = "ban"
"""The word of an address that names the edition it shows, by its code: two bodies of a territory may each close its year."""
MOST_KEPT = 5000
"""Of a figure of more records their list is told as it stands now."""


def closing_body(asked: Asked) -> Organization | None:
    """The body for which the reader may close this year: the body asked of, or one of theirs that lies in the territory."""
    reader, scope = asked.reader, asked.scope
    if not reader.is_authenticated or scope.is_alone:
        return None
    if scope.body:
        return scope.body if can(reader, Doing.APPROVE, within=scope.body) else None
    held = (one.organization for one in grants(reader, Doing.APPROVE))
    return next((one for one in held if scope.territory and one.territory_id == scope.territory.pk), None)


def editions_of(asked: Asked) -> list[YearEdition]:
    """The closed editions of what is asked, the latest first; a map of its own, a body alone were never closed apart."""
    scope = asked.scope
    if scope.is_alone:
        return []
    found = YearEdition.objects.visible_to(asked.reader).filter(year=asked.year).defer("content")
    if scope.body:
        found = found.filter(organization=scope.body, territory=None)
    else:
        found = found.filter(territory=scope.territory) if scope.territory else found.none()
    return list(found.select_related("organization", "closed_by").order_by("-closed_at", "-pk"))


def edition_among(found: list[YearEdition], code: str | None) -> YearEdition | None:
    """The edition of a code, else the latest."""
    if code:
        found = [one for one in found if one.code == code]
    return found[0] if found else None


def edition_url(edition: YearEdition) -> str:
    """Where an edition is read."""
    scope = Scope(territory=edition.territory) if edition.territory else Scope(body=edition.organization)
    query = scope.query | {EDITION: edition.code}
    return reverse("portal:staff_year_page", args=[edition.year], query=query)


def content_then(edition: YearEdition, asked: Asked) -> Content:
    """The page as an edition keeps it; its lists lead to the records counted then, its bodies are named to who may know."""
    page = edition.content["page"]
    counts = [one | {"url": f"{one['url']}&{EDITION}={edition.code}"} for one in page["counts"]]
    kept = Content.thawed(page | {"counts": counts})
    return replace(kept, coverage=kept.coverage and kept.coverage.told_to(asked))


def frozen(asked: Asked) -> dict[str, Any]:
    """What an edition keeps: the page as all who read editions may read it, and which records each of its figures counts."""
    page = content_of(asked, for_all=True).frozen()
    for count in page["counts"]:
        count |= {"left_out": 0, "left_out_url": ""}
    records = {one.key: kept_keys(one, asked) for one in key_figures(asked)}
    return {"page": page, "records": {key: kept for key, kept in records.items() if kept is not None}}


def kept_keys(figure: YearFigure, asked: Asked) -> list[int] | None:
    """The records of a figure, by primary key; None of a figure too large to list."""
    keys = list(figure.records(asked).values_list("pk", flat=True)[: MOST_KEPT + 1])
    return keys if len(keys) <= MOST_KEPT else None


def changed_since(content: Content, asked: Asked) -> list[str]:
    """What of the figures and targets of a closed year is another today."""
    now = {one.key: one.now for one in counts_of(asked, key_figures(asked))}
    return [
        f"{one.label}: {said(one.now)}, nay {said(now[one.key])}"
        for one in content.counts
        if one.key in now and now[one.key] != one.now
    ]


def said(value: int | None) -> str:
    """A number in words of a sentence."""
    return NO_DATA if value is None else vnumber(value)

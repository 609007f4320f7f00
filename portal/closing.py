"""Closed years: what is kept of a page, which edition is read, what changed since, and who may close."""

from dataclasses import asdict, replace
from typing import Any

from django.urls import reverse

from portal.access import VISITOR, Doing, can, grants
from portal.actions.years import PUBLIC
from portal.changes import shorten
from portal.models import AdministrativeUnit, BodyGroup, Organization, YearEdition
from portal.sections import Reader
from portal.templatetags.say import vnumber
from portal.year import Asked, Scope, YearFigure, YearTarget, figures_for
from portal.year_page import (
    NO_DATA,
    Content,
    Count,
    content_of,
    counts_of,
    every_count,
    key_figures,
    plain,
    targets_of,
    thawed_target,
)

EDITION = "ban"
"""The word of an address that names the edition it shows, by its code: two bodies of a territory may each close its year."""
LEADING = "chot-nam-dia-ban"
"""The group of bodies, in the register of groups, that close the year of the territory they lie in."""
MOST_KEPT = 5000
"""Of a figure of more records the number alone is kept; their list is today's, and says so with both numbers."""


def closing_body(asked: Asked) -> Organization | None:
    """The body for which the reader may close this year: the body asked of, or one of theirs that leads the territory."""
    reader, scope = asked.reader, asked.scope
    if not reader.is_authenticated or scope.is_alone:
        return None
    if scope.body:
        return scope.body if can(reader, Doing.APPROVE, within=scope.body) else None
    held = (one.organization for one in grants(reader, Doing.APPROVE))
    return next((one for one in held if scope.territory and leads(one, scope.territory)), None)


def leads(body: Organization, territory: AdministrativeUnit) -> bool:
    """Whether a body speaks for a territory: it lies there, at its level, and is of the kinds the register says close its year.

    A department, a school or a lower body that lies in the territory too speaks for itself alone.
    """
    if body.territory_id != territory.pk or (body.level_id or territory.level_id) != territory.level_id:
        return False
    return BodyGroup.objects.holding(body).filter(key=LEADING).exists()


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
    page = told(edition, asked.reader)["page"]
    kept = Content.thawed(page | {"counts": [_led(one, edition) for one in page["counts"]]})
    return replace(kept, coverage=kept.coverage and kept.coverage.told_to(asked))


def counts_then(edition: YearEdition, asked: Asked) -> list[Count] | None:
    """Every figure as an edition keeps it; None where it keeps those of its page alone."""
    kept = told(edition, asked.reader).get("counts")
    return None if kept is None else [Count(**_led(one, edition)) for one in kept]


def targets_then(edition: YearEdition, asked: Asked) -> list[YearTarget] | None:
    """Every target as an edition keeps it; None where it keeps those of its page alone."""
    kept = told(edition, asked.reader).get("targets")
    return None if kept is None else [thawed_target(one) for one in kept]


def records_then(edition: YearEdition, key: str, reader: Reader) -> list[int] | None:
    """The records a figure counted, by primary key; None where they were too many to keep."""
    return told(edition, reader)["records"].get(key)


def number_then(edition: YearEdition, key: str, reader: Reader) -> str:
    """How many records a figure counted, in words; of an edition that does not tell, that."""
    kept = told(edition, reader)
    every = kept.get("counts", kept["page"]["counts"])
    return said(next((one["now"] for one in every if one["key"] == key), None))


def told(edition: YearEdition, reader: Reader) -> dict[str, Any]:
    """What an edition keeps for a reader: for visitors what they were told when it was closed."""
    return edition.content if reader.is_authenticated else edition.content[PUBLIC]


def _led(count: dict[str, Any], edition: YearEdition) -> dict[str, Any]:
    """A figure that leads to the records counted then."""
    return count | {"url": f"{count['url']}&{EDITION}={edition.code}"}


def frozen(asked: Asked) -> dict[str, Any]:
    """What an edition keeps: the page and its lists as all who read editions may read them, and as visitors may."""
    return _kept(asked) | {PUBLIC: _kept(replace(asked, reader=VISITOR))}


def _kept(asked: Asked) -> dict[str, Any]:
    """The page for one kind of reader, every figure and target behind it, and which records each figure counts."""
    page = content_of(asked, for_all=True).frozen()
    counts = [plain(asdict(one)) for one in every_count(asked)]
    for count in [*page["counts"], *counts]:
        count |= {"left_out": 0, "left_out_url": ""}
    targets = [plain(asdict(one)) for one in targets_of(asked) if not one.is_inside]
    records = {one.key: kept_keys(one, asked) for one in figures_for(asked.reader)}
    kept = {key: keys for key, keys in records.items() if keys is not None}
    return {"page": page, "counts": counts, "targets": targets, "records": kept}


def kept_keys(figure: YearFigure, asked: Asked) -> list[int] | None:
    """The records of a figure, by primary key; None of a figure too large to list."""
    keys = list(figure.records(asked).values_list("pk", flat=True)[: MOST_KEPT + 1])
    return keys if len(keys) <= MOST_KEPT else None


def changed_since(content: Content, asked: Asked) -> list[str]:
    """What of the figures and targets of the page of a closed year is another today."""
    now = {one.key: one.now for one in counts_of(asked, key_figures(asked))}
    stands = {one.key: one.fraction for one in targets_of(asked)} if content.targets else {}
    return [
        f"{one.label}: {said(one.now)}, nay {said(now[one.key])}"
        for one in content.counts
        if one.key in now and now[one.key] != one.now
    ] + [
        f"chỉ tiêu “{shorten(one.text, 60)}”: {one.fraction}, nay {stands[one.key]}"
        for one in content.targets
        if one.key in stands and stands[one.key] != one.fraction
    ]


def said(value: int | None) -> str:
    """A number in words of a sentence."""
    return NO_DATA if value is None else vnumber(value)

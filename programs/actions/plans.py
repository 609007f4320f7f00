"""What is written of a plan beside its paper: its tasks, and what it is found by.

A plan is entered, approved and published by the verbs of :mod:`programs.actions.companions`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.actions.search_texts import refresh_found_by
from portal.columns import period_columns
from portal.dates import Period
from portal.models import Audience, Signature
from portal.text import fold
from portal.wording import issuers_of
from programs.actions.items import ItemEntry
from programs.models import ContentItem, Item, Plan, PlanItem, Target
from programs.years import is_inferred


@dataclass
class PlanItemEntry(ItemEntry):
    """One task as entered; ``content_item`` is the commitment of the programme it carries out."""

    period: Period = field(default_factory=Period.unknown)
    product: str = ""
    content_item: ContentItem | None = None

    def columns(self) -> dict[str, Any]:
        own = {"product": self.product, "content_item": self.content_item}
        marks = {name: mark for name, mark in self.marks.items() if name != "period"}
        if is_inferred(self.period):
            marks |= {"period": {"inferred": "năm của kế hoạch"}}
        return super().columns() | own | period_columns("period", self.period) | {"marks": marks}


def refresh_plans(plan_ids: Iterable[int]) -> int:
    """Write what these plans are found by; returns how many changed."""
    return refresh_found_by(Plan, plan_ids, _names, _parts)


def _names(plans: list[Plan]) -> dict[int, str]:
    """What everybody who reads a plan may find it by: its names, issuers, own words and signatories."""
    documents = [plan.document_id for plan in plans]
    issuers, signed = issuers_of(documents), defaultdict(list)
    signatures = Signature.objects.filter(document__in=documents, person__isnull=False)
    for document, name in signatures.values_list("document_id", "person__name"):
        signed[document].append(name)
    found = {}
    for plan in plans:
        document = plan.document
        words = [document.title, document.number, str(plan.period), *issuers[document.pk], plan.content]
        found[plan.pk] = fold(" ".join([*words, *signed[document.pk]]))
    return found


def _parts(plans: list[Plan], names: dict[int, str]) -> dict[int, dict[str, list[str]]]:
    """The words of the tasks and targets of each plan, by who reads them, beside its names; nothing where it has none."""
    found: dict[int, dict[str, list[str]]] = {plan.document_id: {} for plan in plans}
    rows = [*_said(PlanItem, plans, "text", "product"), *_said(Target, plans, "text")]
    for plan, document, audience, *words in rows:
        if not (parts := found[document]):
            parts |= {Audience.PUBLIC: [names[plan]], Audience.PARTIES: [], Audience.BODY: []}
        parts[audience] += words
    return found


def _said(part: type[Item], plans: list[Plan], *columns: str) -> Iterable[tuple]:
    """The rows of a part of these plans: plan, document, who reads it, its words."""
    rows = part.objects.filter(plan__in=plans).order_by("plan", "position")
    return rows.values_list("plan", "plan__document", "audience", *columns)

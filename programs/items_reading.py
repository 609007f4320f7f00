"""The ordered parts of a paper as one reader may read them: commitments of a programme, tasks of a plan."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import cached_property

from portal.reading import PaperReading
from programs.models import Doer, Item, Plan, PlanItem, Program


@dataclass
class ItemLine:
    """A commitment or task with who leads and who joins, in words."""

    item: Item
    lead: str
    joint: str

    @property
    def details(self) -> list[tuple[str, str]]:
        """What is said beside its text, each under its name: who leads, who joins; of a task, when and what comes of it."""
        said = [("Chủ trì", self.lead), ("Phối hợp", self.joint)]
        if isinstance(self.item, PlanItem):
            said += [("Thời gian", self.item.time), ("Sản phẩm", self.item.product)]
        return [(term, words) for term, words in said if words]

    @property
    def lines(self) -> list[str]:
        """Its text, then the rest of what is said, a line each."""
        return [self.item.text, *(f"{term}: {words}" for term, words in self.details)]


class ItemsReading(PaperReading):
    """A paper cut into ordered items, for one reader."""

    record: Program | Plan

    @cached_property
    def every_item(self) -> list[ItemLine]:
        """All items, whoever may read them, each with its bodies."""
        items = self.record.items
        bodies = items.model.bodies.rel.related_model.objects.select_related("organization")
        return [item_line(item) for item in items.prefetch_related(Prefetch("bodies", bodies))]

    @cached_property
    def items(self) -> list[ItemLine]:
        """The items this reader may read, each with its bodies."""
        return [line for line in self.every_item if line.item.audience in self.audiences]


def item_line(item: Item) -> ItemLine:
    """An item with the names of its bodies, from rows already read."""
    bodies = list(item.bodies.all())
    lead, joint = ("; ".join(str(body) for body in bodies if body.part == part) for part in Doer.Part.values)
    return ItemLine(item, lead, joint)

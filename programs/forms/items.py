"""The ordered parts of a paper on its form: the commitments of a programme, the tasks of a plan."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from portal.body_names import BodyNames
from portal.forms.fields import SpeakingForm, TextBlock, TextLine, whole_number
from portal.forms.papers import PaperForm
from portal.models import Audience, Organization
from portal.paste import split_items
from portal.text import clean, fold
from programs.actions import BodyEntry, ItemEntry
from programs.models import Doer, Item, Plan, Program
from programs.paste import is_headed, split_tasks
from programs.years import names_year

LONGEST_NAME = Doer._meta.get_field("printed").max_length


class PartRow(SpeakingForm):
    """One ordered part of a paper, and which part of this paper and of the one before it was."""

    text = TextBlock(label="Nội dung", required=False, rows=2)
    audience = forms.ChoiceField(
        label="Ai được xem", choices=Audience.choices, required=False, initial="public"
    )
    item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    origin = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    called = "nội dung"
    written = frozenset({"text"})
    """The fields that make a row more than blank."""
    says = ("text",)
    """The fields of which one at least says something."""
    usual_audience = Audience.PUBLIC
    year: int | None = None
    """The year of its plan, where that lies within one."""

    @property
    def old_year(self) -> int | None:
        """The year before its plan's, where a part copied from that year's plan still names it."""
        before = (self.year or 0) - 1
        copied = self["origin"].value() and names_year(self["text"].value() or "", before)
        return before if copied else None

    def has_changed(self) -> bool:
        return bool(self.written & set(self.changed_data))

    def clean_audience(self) -> str:
        """Who reads it; where nobody has said, who usually does."""
        return self.cleaned_data["audience"] or self.usual_audience

    def clean(self) -> dict:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in self.says) and not self.errors:
            self.add_error("text", f"Ghi {self.called} của dòng này, hoặc bỏ dòng.")
        return cleaned


class ItemRow(PartRow):
    """One commitment or task; who leads and joins is optional."""

    lead = TextLine(label="Chủ trì", required=False, max_length=250, help_text="Ghi tên như in.")
    joint = TextLine(
        label="Phối hợp", required=False, max_length=500, help_text="Cách nhau bằng dấu chấm phẩy."
    )

    field_order = ("text", "lead", "joint")
    written = PartRow.written | {"lead", "joint"}

    def clean(self) -> dict:
        cleaned = super().clean()
        for part in Doer.Part.values:
            if any(len(name) > LONGEST_NAME for name in (cleaned.get(part) or "").split(";")):
                self.add_error(part, f"Mỗi tên không quá {LONGEST_NAME} ký tự, cách nhau bằng dấu chấm phẩy.")
        return cleaned

    def names(self) -> list[tuple[str, str]]:
        """Who leads and who joins, as written."""
        return [
            (part, name)
            for part in Doer.Part.values
            for name in map(clean, (self.cleaned_data.get(part) or "").split(";"))
            if name
        ]


class ItemsForm(PaperForm):
    """A form whose paper is cut into ordered items."""

    new_rows = {"items": {"audience": "public"}}

    def paper_before(self) -> Program | Plan | None:
        """The paper whose items the rows may continue."""
        raise NotImplementedError

    def own_parts(self, prefix: str) -> Iterable[Item]:
        """The parts of one kind as the record holds them."""
        return getattr(self.record, prefix).all()

    def parts(self, prefix: str) -> Iterator[tuple[PartRow, dict[str, Any]]]:
        """The written rows of a set in order, each with what every kind of part holds.

        A row knows the part it was only when that is of this very paper.
        """
        own = {one.pk: one for one in self.own_parts(prefix)} if self.record else {}
        before = self.paper_before()
        origins = keyed(getattr(before, prefix).all() if before else [])
        for row in self.rows[prefix].filled:
            data = row.cleaned_data
            was = own.get(whole_number(data["item"]))
            stands = was is not None and fold(was.text) == fold(data["text"])
            yield (
                row,
                {
                    "text": data["text"],
                    "pk": was.pk if was else None,
                    "origin": origins.get(data["origin"]),
                    "audience": data["audience"],
                    "marks": was.marks if stands else {},
                },
            )

    def items(self) -> list[ItemEntry]:
        """The items in order, each with who leads and who joins."""
        names = (name for row in self.rows["items"].filled for _, name in row.names())
        bodies = BodyNames(names, near=lambda: self.user.writing_bodies)
        return [
            self.item_entry(
                row.cleaned_data,
                known
                | {
                    "bodies": [BodyEntry(part, only(bodies.called(name)), name) for part, name in row.names()]
                },
            )
            for row, known in self.parts("items")
        ]

    def item_entry(self, data: dict[str, Any], known: dict[str, Any]) -> ItemEntry:
        """One item as the actions take it; ``known`` is what every kind of item holds."""
        return ItemEntry(**known)


def keyed(items: Iterable[Item]) -> dict[str, Item]:
    """Items by their key in raw data."""
    return {str(item.pk): item for item in items}


def only(found: list[Organization]) -> Organization | None:
    """The one match, or none when there are none or several."""
    return found[0] if len(found) == 1 else None


def split_text(text: str) -> list[dict[str, str]]:
    """The rows of a pasted block; of a table with heads with who leads and who joins, when and what behind the words."""
    if not is_headed(text):
        return [{"text": one, "audience": "public"} for one in split_items(text)]
    return [commitment(task) | {"audience": "public"} for task in split_tasks(text)]


def commitment(task: dict[str, str]) -> dict[str, str]:
    """The row of a task as a commitment, which has no fields for its time and its product."""
    behind = "; ".join(filter(None, map(task.get, ("time", "product"))))
    told = {name: task[name] for name in ("lead", "joint") if name in task}
    return told | {"text": f"{task['text']} ({behind})" if behind else task["text"]}


def item_data(item: Item) -> dict[str, str]:
    """The raw row of one item."""
    bodies = list(item.bodies.all())
    names = {part: "; ".join(str(body) for body in bodies if body.part == part) for part in Doer.Part.values}
    keys = {"item": str(item.pk), "origin": str(item.origin_id or "")}
    return {"text": item.text, **names, "audience": item.audience, **keys}

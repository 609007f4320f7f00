"""Which kept rows belong to a record, and what each act did to them.

No app is named: a record's rows are its own, its paper's, and those of every kept model whose foreign
key cascades from them or is one to one. Beside them stand the registers those rows point at (a source may be put right in
the form of a paper). All history rows that some acts wrote are found in one query, whatever their number.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import F, IntegerField, OuterRef, Subquery, Value

from portal.models import Document, Kept, Paper

Roots = dict[type[models.Model], Any]


@dataclass(frozen=True)
class Branch:
    """A kept model with rows of a record: itself, its paper, what hangs on them, or a register they point at.

    ``link`` is the key that ties a row to the one ``above`` it.
    """

    model: type[Kept]
    link: models.ForeignKey | None = None
    above: "Branch | None" = None
    is_register: bool = False

    @property
    def history(self) -> type[models.Model]:
        """The model of its history rows."""
        return self.model.history.model

    @property
    def key(self) -> str:
        """The column that holds the key of a row, in the history too."""
        return self.model._meta.pk.attname

    @property
    def is_nested(self) -> bool:
        """Whether the rows hang on rows that hang on the record."""
        return self.above is not None and self.above.above is not None

    @property
    def is_told(self) -> bool:
        """Whether its rows are told beside a row that comes or goes with them."""
        return getattr(self.model, "told_beside", False)

    def ever(self, roots: Roots) -> Any:
        """The keys of every row that was ever tied to the record."""
        if self.above is None:
            return [roots[self.model]]
        tied = {f"{self.link.attname}__in": self.above.ever(roots)}
        return self.history.objects.filter(**tied).order_by().values(self.key)

    def written(self, acts: list[int], roots: Roots) -> models.QuerySet:
        """The history rows of the record's rows that these acts wrote."""
        found = self.history.objects.filter(act__in=acts).order_by()
        return found if self.is_register else found.filter(**{f"{self.key}__in": self.ever(roots)})

    def holds(self, row: Any, roots: Roots) -> bool:
        """Whether this version of a row stands, and stands under this record."""
        if row is None or row.history_type == "-":
            return False
        tied_by_key = self.above is not None and not self.is_nested
        return not tied_by_key or getattr(row, self.link.attname) == roots[self.above.model]


@lru_cache(maxsize=100)
def family(model: type[models.Model]) -> tuple[Branch, ...]:
    """The branches of a record of this model, its paper first, the registers last."""
    seen: set[type] = {model, Document}
    roots = [Branch(Document)] if issubclass(model, Paper) else []
    # What an app further right hangs on a record is not the record's: its own record tells of it.
    apps = {Document._meta.app_label, model._meta.app_label}
    own = list(
        _below(Branch(model), seen, apps)
    )  # first: what hangs on the record and on a paper is the record's
    found = [*(branch for root in roots for branch in _below(root, seen, apps)), *own]
    for branch in [one for one in found if one.above]:
        for field in branch.model._meta.concrete_fields:
            register = field.related_model
            if register and register not in seen and issubclass(register, Kept):
                seen.add(register)
                found.append(Branch(register, is_register=True))
    return tuple(found)


def is_part(relation: Any) -> bool:
    """Whether rows belong to the row they point at: they go with it, or are its other half."""
    child = relation.related_model
    if not issubclass(child, Kept) or issubclass(child, Paper) or getattr(child, "told_apart", False):
        return False
    return relation.on_delete is models.CASCADE or relation.one_to_one


def _below(branch: Branch, seen: set[type], apps: set[str]) -> Iterator[Branch]:
    if issubclass(branch.model, Kept):
        yield branch
    for relation in branch.model._meta.related_objects:
        child = relation.related_model
        if is_part(relation) and child not in seen and child._meta.app_label in apps:
            seen.add(child)
            yield from _below(Branch(child, relation.field, branch), seen, apps)


@dataclass(frozen=True)
class Step:
    """One row before and after one act; None where it did not stand under the record."""

    branch: Branch
    key: Any
    before: Any
    after: Any

    @property
    def row(self) -> Any:
        """The row as the act left it, or as it was dropped."""
        return self.after or self.before

    @property
    def is_whole(self) -> bool:
        """Whether the act made or dropped the row."""
        return self.before is None or self.after is None

    @property
    def above(self) -> Any:
        """The key of the row it hangs on."""
        return getattr(self.row, self.branch.link.attname)

    @property
    def place(self) -> int:
        """Where it stands among its like; 0 where rows have no order."""
        return getattr(self.row, "position", 0) or 0


def steps_of(record: models.Model, acts: list[int]) -> dict[int, list[Step]]:
    """What each of these acts did to each row of the record, in the order of its branches."""
    roots: Roots = {type(record): record.pk}
    if isinstance(record, Paper):
        roots[Document] = record.document_id
    branches = family(type(record))
    steps: dict[int, list[Step]] = defaultdict(list)
    for number, pairs in sorted(_pairs(branches, acts, roots).items()):
        for act, step in _steps(branches[number], pairs, roots):
            steps[act].append(step)
    return steps


def _pairs(branches: tuple[Branch, ...], acts: list[int], roots: Roots) -> dict[int, dict[int, int | None]]:
    """For each branch the history rows the acts wrote, each with the version before it; one query."""
    parts = []
    for number, branch in enumerate(branches):
        earlier = branch.history.objects.filter(
            **{branch.key: OuterRef(branch.key)}, history_id__lt=OuterRef("history_id")
        )
        told = {
            "told_branch": Value(number, IntegerField()),
            "told_row": F("history_id"),
            "told_before": Subquery(earlier.order_by("-history_id").values("history_id")[:1]),
        }
        parts.append(branch.written(acts, roots).annotate(**told).values_list(*told))
    pairs: dict[int, dict[int, int | None]] = defaultdict(dict)
    for number, row, before in parts[0].union(*parts[1:], all=True) if parts else ():
        pairs[number][row] = before
    return pairs


def _steps(branch: Branch, pairs: dict[int, int | None], roots: Roots) -> Iterator[tuple[int, Step]]:
    """The first version before an act against the last one it wrote, for each act and row."""
    wanted = {pk for pair in pairs.items() for pk in pair if pk is not None}
    rows = {row.history_id: row for row in branch.history.objects.filter(history_id__in=wanted)}
    spans: dict[tuple[int, Any], list[int]] = defaultdict(list)
    for pk in sorted(pairs):
        spans[rows[pk].act_id, getattr(rows[pk], branch.key)].append(pk)
    for (act, key), span in spans.items():
        ends = rows.get(pairs[span[0]]), rows[span[-1]]
        before, after = (row if branch.holds(row, roots) else None for row in ends)
        if before or after:
            yield act, Step(branch, key, before, after)

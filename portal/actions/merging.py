"""Joining two records that are one: everything moves to the one that stays, in one act.

A row that would stand there twice is dropped, its words kept where the other is silent; what shows that the
two are not one is refused with a sentence. :mod:`portal.actions.undoing` takes the act back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from portal import sections
from portal.actions.circles import hold_reach, place_again
from portal.actions.documents import set_number
from portal.actions.records import NotNow
from portal.actions.registers import rebuild_reach
from portal.actions.showing import show
from portal.changes import Column, columns_of
from portal.history import acting, bulk_update, finish
from portal.models import (
    Act,
    CircleReader,
    Document,
    HistoryRow,
    Kept,
    Merger,
    Organization,
    OrganizationName,
    Paper,
    Partner,
    Person,
    Reach,
    SearchText,
    User,
    Verb,
    record_of,
)
from portal.models.records import paper_models

MERGEABLE = (Organization, Person, Document)
WRITTEN_ANEW = (Reach, CircleReader, SearchText)
NOT_CHOSEN = {"slug", "is_sample", "looked_at", "audience"}
BOTH_RECORDS = "Mỗi văn bản này là của một chương trình, kế hoạch… riêng. Xin xóa hoặc gỡ một bên trước."
JOINED = "Một trong hai bản vừa được gộp hoặc xóa. Xin chọn lại từ danh sách."
LINKED = "“{kept}” và “{gone}” đang nối với nhau ({noun}), nên không phải là một. Xin gỡ chỗ nối trước, nếu ghi nhầm."
TWO_SIDES = (
    "Hai cơ quan đứng ở hai bên khác nhau của “{paper}”, nên không phải là một. Xin xem lại văn bản ấy trước."
)


NAMING = {"capacity", "name", "group"}
"""The words that make one row another: a signature's capacity, a participant's name."""

Links = dict[type[models.Model], list[models.ForeignKey]]


def links_to(model: type[models.Model]) -> Links:
    """The columns that point at a register, by the model they stand in; history and derived tables left out."""
    found: Links = {}
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            child = relation.related_model
            if not issubclass(child, HistoryRow) and child not in WRITTEN_ANEW:
                found.setdefault(child, []).append(relation.field)
    return found


def hanging_on(record: models.Model) -> list[tuple[str, int]]:
    """What hangs on a record, in words, and how many."""
    counted: Counter[str] = Counter()
    for child, fields in links_to(type(record)).items():
        for field in fields:
            count = child._base_manager.filter(**{field.name: record}).count()
            counted[str(child._meta.verbose_name)] += count
    return [(noun, count) for noun, count in counted.items() if count]


def differing(kept: models.Model, gone: models.Model) -> list[Column]:
    """The facts in which two records differ, as a person reads them."""
    return [
        column
        for column in columns_of(type(kept))
        if column.name not in NOT_CHOSEN and column.raw(kept) != column.raw(gone)
    ]


def merge(
    kept: models.Model,
    gone: models.Model,
    *,
    by: User,
    reason: str,
    take: Iterable[str] = (),
    body: Organization | None = None,
) -> Act:
    """Join ``gone`` into ``kept``; ``take`` names the facts taken from the one that goes."""
    kind = type(kept)
    if kind not in MERGEABLE or type(gone) is not kind or kept.pk == gone.pk:
        raise NotNow("Chọn hai bản khác nhau, cùng loại.")
    with acting(Verb.MERGE, kept, by=by, body=body, reason=reason) as act:
        if kind is Organization:
            hold_reach()  # before the rows themselves, as ending does
        pair = kind._base_manager.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
        if len(pair) < 2:
            raise NotNow(JOINED)
        if kind is Document and record_of(kept) and record_of(gone):
            raise NotNow(BOTH_RECORDS)
        gone_code, gone_name = gone.code, str(gone)
        merger = Merger(act=act, record_kind=kind._meta.label_lower, gone_code=gone_code, into_code=kept.code)
        merger.gone_name, merger.gone_slug = gone_name[:500], getattr(gone, "slug", None)
        documents = {kept.pk} if kind is Document else set()
        for child, fields in links_to(kind).items():
            if issubclass(child, Kept):
                documents |= _move(child, fields, kept, gone)
            else:
                merger.unkept |= _move_unkept(child, fields, kept, gone)
        _take(kept, gone, take)
        merger.save()
        gone.delete()
        if kind is Organization:
            _remember_name(kept, gone_name)
        derive(kept, documents)
        move_on(kept)
        finish(act, kept)
    return act


def derive(record: models.Model, documents: Iterable[int]) -> None:
    """Write what follows from the registers and from the parties and keepers of some papers."""
    if isinstance(record, Organization):
        rebuild_reach()
    for model in paper_models():
        papers = list(model.objects.filter(document__in=documents).select_related("document"))
        place_again(papers)
    show(documents)
    sections.touched(record)


def move_on(record: models.Model) -> None:
    """A record whose paper changed has moved: who has it open is told."""
    owner = record_of(record) if isinstance(record, Document) else None
    if owner:
        owner.version += 1
        owner.save(update_fields=["version"])


def paper_of(row: models.Model) -> set[int]:
    """The paper whose keeper or parties a row says."""
    return {row.document_id} if isinstance(row, Partner | Paper) else set()


def _move(
    child: type[Kept], fields: list[models.ForeignKey], kept: models.Model, gone: models.Model
) -> set[int]:
    """Move the rows of one model; returns the papers whose circle may change."""
    names = [field.name for field in fields]
    pointing = models.Q()
    for name in names:
        pointing |= models.Q(**{name: gone})
    rows = list(child._base_manager.filter(pointing).order_by("pk"))
    if not rows:
        return set()
    standing = models.Q()
    for name in names:
        standing |= models.Q(**{name: kept})
    others = list(
        child._base_manager.filter(standing).exclude(pk__in=[row.pk for row in rows]).order_by("pk")
    )
    known = {key: other for other in others for key in _keys(other, {})}
    moved, dropped, filled = [], [], {}
    for row in rows:
        to = {field.attname: kept.pk for field in fields if getattr(row, field.attname) == gone.pk}
        ends = [to.get(field.attname, getattr(row, field.attname)) for field in fields]
        if len(fields) > 1 and len(set(ends)) < len(ends):
            raise NotNow(LINKED.format(kept=kept, gone=gone, noun=child._meta.verbose_name))
        keys = list(_keys(row, to))
        twin = next((known[key] for key in keys if key in known), None)
        if twin is None:
            for name, value in to.items():
                setattr(row, name, value)
            moved.append(row)
            known |= dict.fromkeys(keys, row)
            continue
        if isinstance(row, Partner) and row.side != twin.side:
            raise NotNow(TWO_SIDES.format(paper=row.document))
        for field in _texts(child):
            if getattr(row, field) and not getattr(twin, field):
                setattr(twin, field, getattr(row, field))
                filled[twin.pk] = twin
        dropped.append(row)
        _carry(child, row, twin)
    bulk_update(list(filled.values()), _texts(child))
    for row in dropped:
        row.delete()
    bulk_update(moved, names)
    return {paper for row in [*moved, *dropped] for paper in paper_of(row)}


def _carry(child: type[Kept], row: Kept, twin: Kept) -> None:
    """What hangs on a row about to be dropped moves to its twin: the roles of a participant, the answers of a task."""
    for part, fields in links_to(child).items():
        if issubclass(part, Kept):
            _move(part, fields, twin, row)


def _keys(row: Kept, to: dict[str, Any]) -> Iterator[tuple]:
    """What a row may stand once for: each of its unique sets, and all it says but its words and its place."""
    values = {f.attname: to.get(f.attname, getattr(row, f.attname)) for f in row._meta.concrete_fields}
    columns = {field.name: field.attname for field in row._meta.concrete_fields}
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and not constraint.condition:
            unique = tuple(values[columns[name]] for name in constraint.fields)
            if None not in unique:
                yield constraint.name, *unique
    for field in row._meta.concrete_fields:
        if isinstance(field, models.OneToOneField) and values[field.attname] is not None:
            yield field.name, values[field.attname]
    if not hasattr(row, "code"):  # what has an address of its own is never dropped
        skipped = {"marks", "position", row._meta.pk.name, *_texts(type(row))} - NAMING
        yield (
            "all",
            *(
                (name, values[attname])
                for name, attname in columns.items()
                if name not in skipped and row._meta.get_field(name).editable
            ),
        )


def _texts(model: type[Kept]) -> list[str]:
    """The columns in which one of two twins may be silent."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable and field.blank and not field.choices
    ]  # fmt: skip


def _move_unkept(
    child: type[models.Model], fields: list[models.ForeignKey], kept: models.Model, gone: models.Model
) -> dict[str, list[int]]:
    """Move rows whose versions are not kept; returns which they were."""
    moved = {}
    for field in fields:
        rows = child._base_manager.filter(**{field.name: gone})
        if keys := list(rows.values_list("pk", flat=True)):
            moved[f"{child._meta.label_lower}.{field.name}"] = keys
            rows.update(**{field.name: kept})
    return moved


def _take(kept: models.Model, gone: models.Model, names: Iterable[str]) -> None:
    """Take these facts from the record that goes; nothing else of the one that stays changes."""
    wanted = set(names) & {column.name for column in differing(kept, gone)}
    for name in wanted:
        setattr(kept, name, getattr(gone, name))
    if isinstance(kept, Organization) and kept.ended_on is None:
        kept.ended_printed = ""  # words of an end belong to a day
    if "number" in wanted:
        set_number(kept, kept.number)
    if wanted:
        kept.save()


def _remember_name(kept: Organization, name: str) -> None:
    """What the duplicate was called finds the body that stays."""
    called = {kept.name, *kept.other_names.values_list("name", flat=True)}
    if name not in called:
        OrganizationName(organization=kept, name=name).save()

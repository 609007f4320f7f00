"""The journal of a record, told from its acts: who did what, when, why, and what changed from what to what.

What an act changed is read from the history rows it wrote, each compared with the version before it
(:mod:`portal.versions`), and said with the names the models give their fields.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Q

from portal import sections
from portal.changes import Change, Column, capital, changed, columns_of, main_column, moved, shorten
from portal.history import code_of
from portal.marks import MISSING
from portal.models import Act, Document, Paper, Verb
from portal.models.history import kinds_of
from portal.models.records import paper_models
from portal.versions import Step, family, steps_of

WAY = {
    Verb.SUBMIT,
    Verb.RECALL,
    Verb.RETURN,
    Verb.APPROVE,
    Verb.PAPER,
    Verb.PUBLISH,
    Verb.WITHDRAW,
    Verb.CALL_OFF,
}
"""Verbs that say by themselves which state they lead to."""
WRITING = {Verb.EDIT, Verb.CORRECT}
OTHER_MARKS = {"bases": "căn cứ", "signatures": "người ký"}


@dataclass(frozen=True)
class JournalEntry:
    """One act as the journal tells it; names as of now, the rest as of then."""

    when: datetime
    who: str
    body: str
    verb: str
    reason: str
    version: int | None
    changes: list[Change] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Who did what: "Nguyễn Thị Ánh Tuyết, Ban Dân vận: trả lại"."""
        actor = ", ".join(filter(None, [self.who, self.body]))
        return f"{actor}: {self.verb}" if actor else capital(self.verb)


def journal_of(record: models.Model, limit: int | None = None) -> list[JournalEntry]:
    """Everything done to a record, newest first; at most ``limit`` acts.

    The queries do not grow with the acts: one for the acts, one that finds the rows they wrote and the
    versions before, then one for each kind of row and of name that occurs.
    """
    return _tell(record, _acts_about(record)[:limit])


def changes_since(record: models.Model, version: int) -> list[JournalEntry]:
    """What was done to a record after the version a person opened, newest first."""
    return _tell(record, _acts_about(record).filter(version__gt=version))


def _acts_about(record: models.Model) -> models.QuerySet[Act]:
    """The acts done to a record or, as an administrator may, to its paper alone."""
    about = Q(record_kind__in=kinds_of(type(record)), record_code=code_of(record))
    if isinstance(record, Paper):
        about |= Q(record_kind=Document._meta.label_lower, record_code=record.document.code)
        for rows in chain.from_iterable(section.acted_on(record) for section in sections.every()):
            about |= Q(
                record_kind=rows.model._meta.label_lower, record_code__in=rows.order_by().values("code")
            )
    return Act.objects.filter(about).select_related("person", "body", "delegated_by").order_by("-at", "-pk")


def _tell(record: models.Model, about: models.QuerySet[Act]) -> list[JournalEntry]:
    told = []
    for one, acts in _lives(record, list(about)):
        telling = _Telling(one, acts)
        for act in acts:
            changes = telling.changes(act)
            entry = JournalEntry(
                when=act.at,
                who=_who(act),
                body=str(act.body or ""),
                verb=_verb(act, changes),
                reason=act.reason,
                version=act.version,
                changes=changes,
            )
            told.append(entry)
    return told


def _lives(record: models.Model, acts: list[Act]) -> Iterator[tuple[models.Model, list[Act]]]:
    """The acts of a record, and before a change of kind those of the record it was then, newest first."""
    life: list[Act] = []
    for act in acts:
        life.append(act)
        if act.verb == Verb.REFILE:
            yield record, life
            record, life = _former(record, act), []
    yield record, life


def _former(record: Paper, act: Act) -> Paper:
    """The record that an act filed as another kind, as it last stood."""
    for model in paper_models():
        if last := model.history.filter(act=act, history_type="-", code=record.code).first():
            return last.instance
    return record


def _verb(act: Act, changes: list[Change]) -> str:
    """What was done; a save that changed nothing says so."""
    words = act.get_verb_display()
    return words if changes or act.verb not in WRITING else f"{words}, không đổi nội dung"


def _who(act: Act) -> str:
    """Who did it, and whose right it was when it was not their own."""
    given = f" (được ủy quyền của {act.delegated_by})" if act.delegated_by_id else ""
    return f"{act.person or ''}{given}"


class _Telling:
    """The steps of some acts of one record, and the names that say them."""

    def __init__(self, record: models.Model, acts: list[Act]) -> None:
        self.model = type(record)
        self.words = record.words if isinstance(record, Paper) else {}
        self.steps = steps_of(record, [act.pk for act in acts]) if acts else {}
        wanted: dict[type, set] = defaultdict(set)
        for step in (one for steps in self.steps.values() for one in steps):
            for model, key in _keys(step):
                wanted[model].add(key)
        self.names = {model: _named(model, keys - {None}) for model, keys in wanted.items()}

    def changes(self, act: Act) -> list[Change]:
        """What one act changed; making or dropping the whole record is told by its verb alone."""
        steps = self.steps.get(act.pk, [])
        if any(step.is_whole and step.branch.model is self.model and not step.branch.above for step in steps):
            return []
        roots = [step for step in steps if not step.branch.above and not step.branch.is_register]
        found = self._heads(roots, act)
        whole = {(step.branch, step.key) for step in steps if step.is_whole}
        for branch in family(self.model):
            rows = [step for step in steps if step.branch == branch]
            if branch.is_register:
                found += [change for step in rows if not step.is_whole for change in self._row(step)]
            elif branch.above:
                told = [step for step in rows if branch.is_told or (branch.above, step.above) not in whole]
                found += self._rows(told)
        return found

    def _heads(self, steps: list[Step], act: Act) -> list[Change]:
        """Changed fields of the record and its paper; what stands in both, or in the verb, is told once."""
        once: dict[tuple[str, str, str], Change] = {}
        for step in (step for step in steps if not step.is_whole):
            for name, change in [*self._fields(step), *self._marks(step)]:
                if not _in_the_verb(name, step, act):
                    once[name, change.before, change.after] = change
        told: dict[str, Change] = {}
        for change in once.values():
            told[change.label] = _joined(told.get(change.label), change)
        return list(told.values())

    def _rows(self, steps: list[Step]) -> list[Change]:
        """Rows added, dropped, changed and moved."""
        out_of_order, found = _moved(steps), []
        for step in sorted(steps, key=lambda step: (step.above, step.place, step.after is not None)):
            noun = self._noun(step)
            if step.before is None:
                found.append(Change(f"Thêm {noun}", "", self._whole(step)))
            elif step.after is None:
                found.append(Change(f"Bỏ {noun}", self._whole(step), ""))
            elif inside := self._row(step):
                found += inside
            elif step.key in out_of_order:
                label = f"Đổi thứ tự {noun} “{shorten(self._called(step))}”"
                found.append(Change(label, f"thứ {step.before.position}", f"thứ {step.after.position}"))
        return found

    def _row(self, step: Step) -> list[Change]:
        """What changed inside one row."""
        noun, main = self._noun(step), main_column(step.branch.model)
        prefix = f"{noun} “{shorten(self._called(step))}”: "
        found = []
        for name, change in [*self._fields(step, prefix), *self._marks(step, prefix)]:
            numbered = main and name == main.name and step.place
            label = capital(f"{noun} {step.place}") if numbered else change.label
            found.append(Change(label, change.before, change.after))
        return found

    def _fields(self, step: Step, prefix: str = "") -> Iterator[tuple[str, Change]]:
        for column in columns_of(step.branch.model):
            if column.raw(step.before) != column.raw(step.after):
                before, after = (column.said(row, self.names) for row in (step.before, step.after))
                if before != after or column.related:
                    label = self._label(step, column.name, column.label)
                    yield column.name, changed(capital(f"{prefix}{label}"), before, after)

    def _marks(self, step: Step, prefix: str = "") -> Iterator[tuple[str, Change]]:
        """What is said about fields beside their values: unknown, inferred, a note."""
        marks = [getattr(row, "marks", None) or {} for row in (step.before, step.after)]
        for name in sorted({*marks[0], *marks[1]}):
            before, after = (_mark_words(mark.get(name)) for mark in marks)
            if before != after:
                usual = next(
                    filter(None, (_mark_label(one, name) for one in (step.branch.model, self.model))), ""
                )
                label = self._label(step, name, usual or OTHER_MARKS.get(name, "ghi nhận khác"))
                yield f"marks.{name}", Change(capital(f"{prefix}{label}"), before, after)

    def _label(self, step: Step, name: str, usual: str) -> str:
        """What this kind of record calls a field of its paper."""
        return self.words.get(name, usual) if step.branch.model is Document else usual

    def _noun(self, step: Step) -> str:
        """What a row is called beside this kind of record."""
        meta = step.branch.model._meta
        return self.words.get(meta.model_name, str(meta.verbose_name))

    def _called(self, step: Step) -> str:
        """What a row is: its required text, else what the model says of itself."""
        model, row = step.branch.model, step.row
        if main := main_column(model):
            return main.said(row, self.names)
        held = (each for each in model._meta.concrete_fields if each.name not in model.following())
        one = model(**{each.attname: getattr(row, each.attname) for each in held})
        for column in columns_of(model):
            if column.related and (found := self.names.get(column.related, {}).get(column.raw(row))):
                setattr(one, column.name, found)
        return str(one)

    def _whole(self, step: Step) -> str:
        """A whole row in words: what it is, on what it hangs, what is not usual about it; a bare link says the second first."""
        called, more, of = self._called(step), [], ""
        for column in columns_of(step.branch.model):
            is_told = column.is_default(step.row) or _is_tie(step, column)
            words = "" if is_told else column.said(step.row, self.names)
            if not words or words in called:
                continue
            if step.branch.is_nested and column.name == step.branch.link.name:
                of = shorten(words, 120)
                more.insert(0, f"{column.label}: {of}")
            elif column.name != "side":
                more.append(f"{column.label}: {shorten(words, 120)}")
            elif self.words.get("side") != self.words.get("partner"):  # organisers stand on no sides
                more.append(f"bên thứ {words}")
        if of and len(more) == 1:
            return f"{of}: {called}"
        return f"{called} ({'; '.join(more)})" if more else called


def _in_the_verb(name: str, step: Step, act: Act) -> bool:
    """Whether the verb of an act says a change by itself: the state it leads to, publication at once."""
    if name == "published_from":
        begins = step.after.published_from
        return begins is not None and begins <= act.at + timedelta(minutes=1)
    return name == "state" and act.verb in WAY


def _is_tie(step: Step, column: Column) -> bool:
    """Whether a column only ties the row to the record itself."""
    return not step.branch.is_nested and column.name == step.branch.link.name


def _keys(step: Step) -> Iterator[tuple[type, Any]]:
    """The keys whose names a step needs: the changed ones of a head, all of a row."""
    rows = [row for row in (step.before, step.after) if row is not None]
    for column in columns_of(step.branch.model):
        values = {column.raw(row) for row in rows} if column.related else set()
        wanted = step.branch.above and not _is_tie(step, column)
        if wanted or len(values) > 1:
            yield from ((column.related, value) for value in values)


def _named(model: type[models.Model], keys: set[Any]) -> dict[Any, models.Model]:
    """Rows as they are called now; a paper is called by its document."""
    if not keys:
        return {}
    rows = model._base_manager.filter(pk__in=keys)
    return {row.pk: row for row in (rows.select_related("document") if issubclass(model, Paper) else rows)}


def _moved(steps: list[Step]) -> set[Any]:
    """The rows that changed their place under one parent, not those merely pushed along."""
    groups: dict[Any, list[Step]] = defaultdict(list)
    for step in steps:
        if hasattr(step.row, "position"):
            groups[step.above].append(step)
    found: set[Any] = set()
    for group in groups.values():
        stayed = [step for step in group if not step.is_whole]
        before, after = (
            [step.key for step in sorted(stayed, key=lambda step, end=end: getattr(step, end).position)]
            for end in ("before", "after")
        )
        found |= moved(before, after) or _passed(stayed, [step for step in group if step.is_whole])
    return found


def _passed(stayed: list[Step], others: list[Step]) -> set[Any]:
    """Rows that went past one that did not move: rows coming and going do not account for their new place."""
    arrived = [step.place for step in others if step.before is None]
    left = [step.place for step in others if step.after is None]
    return {
        step.key
        for step in stayed
        if others
        and step.after.position - step.before.position
        != sum(place < step.after.position for place in arrived)
        - sum(place < step.before.position for place in left)
    }


def _joined(first: Change | None, second: Change) -> Change:
    """Two changes said under one label: a text that went, and the mark that it is not known."""
    if first is None:
        return second
    before = "; ".join(filter(None, [first.before, second.before]))
    return Change(first.label, before, "; ".join(filter(None, [first.after, second.after])))


def _mark_label(model: type[models.Model], name: str) -> str:
    """What a mark is about: a field, a date, or a whole list of rows; nothing where this model has no such thing."""
    labels = {column.name: column.label for column in columns_of(model)}
    lists = {
        relation.get_accessor_name(): str(relation.related_model._meta.verbose_name)
        for relation in model._meta.related_objects
        if not relation.hidden
    }
    return labels.get(name) or lists.get(name, "")


def _mark_words(mark: Any) -> str:
    if not mark:
        return ""
    if not isinstance(mark, dict):
        return "có ghi"
    words = [MISSING.get(str(mark.get("missing")), "")]
    if inferred := mark.get("inferred"):
        words.append(f"suy ra: {inferred}" if isinstance(inferred, str) else "suy ra")
    if printed := mark.get("as_printed"):
        words.append(f"người soạn xác nhận tên ghi đúng như văn bản: {', '.join(map(str, printed))}")
    if guessed := mark.get("guessed"):
        words.append(
            f"tên cơ quan do cổng điền giúp, {'đã' if all(guessed.values()) else 'chưa'} được xác nhận"
        )
    if lost := mark.get("not_arrived"):
        words.append(f"chưa có: {'; '.join(map(str, lost))}")
    if mark.get("kept"):
        words.append("người soạn xác nhận là đúng")
    words += [str(mark.get("note") or ""), "đề xuất, chưa ai xem" if mark.get("proposed") else ""]
    return "; ".join(filter(None, words)) or "có ghi"

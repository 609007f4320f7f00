"""Two people on one record: what the second did not touch takes what the first saved meanwhile.

A page carries marks of what it was opened with (:class:`Opened`): one for each field of the head and of
every row, so that it is told apart later what its writer touched. Only what both changed, and changed
otherwise, is a :class:`Collision`; there what was typed stands until the writer decides.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from portal.changes import capital, shorten, small
from portal.forms.differences import HELPERS, NOUNS, RowSaid, said
from portal.forms.paper_rows import GUESSED
from portal.forms.papers import PaperForm
from portal.forms.rows import RowSet, read_rows, write_rows
from portal.marks import key_of

DROPPED = "đã bỏ"
EMPTY = "để trống"
OF_A_ROW = 6
"""How much of the mark of a row tells of each of its fields, in order."""
OF_A_FIELD = ("", "-ma", "-giu-nguyen", GUESSED)
"""What a field posts under its name: its words, the code of what was chosen, the tick beside a doubt, a guess."""


def mark_of(means: Any) -> str:
    """A short mark of a meaning, the same in every process."""
    told = sorted(means) if isinstance(means, frozenset) else means
    return key_of(repr(told))


@dataclass(frozen=True)
class Collision:
    """One field or row that two people changed; ``theirs`` is saved, ``mine`` is being typed."""

    label: str
    theirs: str
    mine: str


@dataclass
class Merged:
    """Raw data in which nothing saved meanwhile is undone, what was taken from it, and what both changed."""

    data: QueryDict
    taken: list[str] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """Marks of what a page was opened with: of each field, and of each row of each set, in order."""

    head: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: PaperForm) -> "Opened":
        """The marks of a validated form."""
        head = {name: mark_of(said(form.head, name).means) for name in fields_of(form)}
        rows = {
            prefix: {key: row.mark for key, row in keyed(form, rows).items()}
            for prefix, rows in form.rows.items()
        }
        return cls(head, rows)

    @classmethod
    def read(cls, text: str) -> "Opened":
        """What a page posted back; marks that cannot be read tell nothing."""
        try:
            head, rows = json.loads(text)
            return cls(dict(head), {prefix: dict(marks) for prefix, marks in dict(rows).items()})
        except (ValueError, TypeError, RecursionError):
            return cls()

    def written(self) -> str:
        """As the page carries it."""
        rows = {prefix: list(marks.items()) for prefix, marks in self.rows.items()}
        return json.dumps([self.head, rows], separators=(",", ":"))


def fields_of(form: PaperForm) -> list[str]:
    """The fields of the head that are stored."""
    fields = form.head.fields.items()
    return [name for name, field in fields if name not in HELPERS and not field.widget.is_hidden]


@dataclass(frozen=True)
class Row:
    """One written row: its raw values, the mark of what it says, and that field by field."""

    raw: dict[str, list[str]]
    mark: str
    told: RowSaid

    def unlike(self, other: "Row", within: Collection[str] = ()) -> str:
        """What this row says otherwise than another, in words; only ``within`` some fields where they are named."""
        names = [name for name in self.told.unlike(other.told) if not within or name in within]
        labels = other.told.labels | self.told.labels
        if names == [self.told.main]:
            return self.told.tells(names[0]).words
        return "; ".join(f"{small(labels[name])}: {self.told.tells(name).words or EMPTY}" for name in names)


def keyed(form: PaperForm, rows: RowSet) -> dict[str, Row]:
    """The written rows of a set by their own key; a row not yet stored is known by what it says."""
    found: dict[str, Row] = {}
    for raw, one in zip(read_rows(form.data, rows.prefix), rows.forms, strict=False):
        if not one.has_changed():
            continue
        row = RowSaid(one)
        mark = "".join(mark_of(value.means)[:OF_A_ROW] for value in row.said.values())
        key = row.identity or f"={mark}"
        while key in found:
            key += "+"
        found[key] = Row(raw, mark, row)
    return found


def merged(opened: Opened, theirs: PaperForm, mine: PaperForm, nouns: Mapping[str, str]) -> Merged:
    """The data of ``mine`` in which what its writer did not touch since ``opened`` is as in ``theirs``."""
    result = Merged(mine.data.copy())
    for name in fields_of(mine):
        _merge_field(result, name, opened.head.get(name), theirs, mine)
    for prefix, rows in mine.rows.items():
        noun = {**NOUNS, **nouns}.get(prefix, prefix)
        sets = keyed(theirs, theirs.rows[prefix]), keyed(mine, rows)
        merge = _RowMerge(noun, opened.rows.get(prefix, {}), *sets)
        if not merge.untouched:
            write_rows(result.data, prefix, [row.raw for row in merge.rows()])
            result.taken += merge.taken
            result.collisions += merge.collisions
    return result


def _merge_field(result: Merged, name: str, before: str | None, theirs: PaperForm, mine: PaperForm) -> None:
    saved, typed = said(theirs.head, name), said(mine.head, name)
    marks = mark_of(saved.means), mark_of(typed.means)
    label = str(mine.head.fields[name].label)
    if before == marks[0] or marks[0] == marks[1]:
        return
    if before != marks[1]:
        result.collisions.append(Collision(label, saved.words or EMPTY, typed.words or EMPTY))
        return
    for key in (f"{name}{ending}" for ending in OF_A_FIELD):
        result.data.pop(key, None)
        if key in theirs.data:
            result.data.setlist(key, theirs.data.getlist(key))
    result.taken.append(label)


class _RowMerge:
    """One row set as opened, as saved meanwhile, and as being typed."""

    def __init__(
        self, noun: str, opened: Mapping[str, str], theirs: dict[str, Row], mine: dict[str, Row]
    ) -> None:
        self.noun, self.opened, self.theirs = noun, opened, theirs
        self.mine = self._known(mine)
        self.untouched = [(key, row.mark) for key, row in theirs.items()] == list(opened.items())
        self.taken: list[str] = []
        self.collisions: list[Collision] = []

    def _known(self, mine: dict[str, Row]) -> dict[str, Row]:
        """The rows being typed; one not yet stored that was saved alike is that one: the page was sent twice."""
        stored = {*self.opened, *mine}
        added = {row.mark: key for key, row in reversed(self.theirs.items()) if key not in stored}
        found: dict[str, Row] = {}
        for key, row in mine.items():
            same = added.pop(row.mark, None) if key not in self.opened and not row.told.identity else None
            found[same or key] = self.theirs[same] if same else row
        return found

    def rows(self) -> list[Row]:
        """The rows to stand, in order."""
        kept = self._kept()
        leading, other = (self.mine, self.theirs) if self._reordered() else (self.theirs, self.mine)
        order = [key for key in leading if key in kept]
        behind = ""
        for key in other:
            if key in kept and key not in leading:
                order.insert(order.index(behind) + 1 if behind else 0, key)
            behind = key if key in kept else behind
        return [kept[key] for key in order]

    def _reordered(self) -> bool:
        """Whether the writer moved rows that both still have."""
        common = self.mine.keys() & self.opened.keys() & self.theirs.keys()
        return [key for key in self.mine if key in common] != [key for key in self.opened if key in common]

    def _kept(self) -> dict[str, Row]:
        kept: dict[str, Row] = {}
        for key, row in self.mine.items():
            before, saved = self.opened.get(key), self.theirs.get(key)
            if saved is None and before == row.mark:
                self._take(row)
            elif saved is not None and before == row.mark and saved.mark != before:
                self._take(saved)
                kept[key] = saved
            elif saved is not None and saved.mark not in (before, row.mark):
                kept[key] = self._woven(before, row, saved)
            else:
                kept[key] = row
                if saved is None and before is not None:
                    self._collide(row, DROPPED, row.told.whole())
        for key, saved in self.theirs.items():
            before = self.opened.get(key)
            if key not in self.mine and before is None:
                self._take(saved)
                kept[key] = saved
            elif key not in self.mine and before != saved.mark:
                self._collide(saved, saved.told.whole(), DROPPED)
        return kept

    def _woven(self, before: str | None, mine: Row, theirs: Row) -> Row:
        """A row both changed: each field as who changed it left it; one that both changed stays as typed."""
        marks = [mark if isinstance(mark, str) else "" for mark in (before, mine.mark, theirs.mark)]
        names = list(mine.told.said)
        if names != list(theirs.told.said) or len({len(mark) for mark in marks}) > 1:
            self._collide(mine, theirs.unlike(mine), mine.unlike(theirs))
            return mine
        raw, both = dict(mine.raw), []
        for at, name in enumerate(names):
            was, here, there = (mark[at * OF_A_ROW : (at + 1) * OF_A_ROW] for mark in marks)
            if there in (was, here):
                continue
            if here != was:
                both.append(name)
                continue
            for key in (f"{name}{ending}" for ending in OF_A_FIELD):
                raw.pop(key, None)
                raw |= {key: theirs.raw[key]} if key in theirs.raw else {}
            self.taken.append(f"{self._label(mine)}: {small(mine.told.labels[name])}")
        if both:
            self._collide(mine, theirs.unlike(mine, both), mine.unlike(theirs, both))
        return replace(mine, raw=raw)

    def _label(self, row: Row) -> str:
        return capital(f"{self.noun} “{shorten(row.told.called)}”")

    def _take(self, row: Row) -> None:
        self.taken.append(self._label(row))

    def _collide(self, row: Row, theirs: str, mine: str) -> None:
        self.collisions.append(Collision(self._label(row), theirs, mine))


def in_words(labels: Iterable[str], most: int = 5) -> str:
    """Some labels in one sentence."""
    labels = list(labels)
    more = f" và {len(labels) - most} chỗ khác" if len(labels) > most else ""
    return "; ".join(labels[:most]) + more

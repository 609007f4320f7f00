"""What differs between two forms of the same kind of paper, by what they mean and not how they were typed.

The approver reads it: the approved version against the working copy. Spaces, another way of typing the
same date or period, and the code beside a picked name make no difference; what a form does not
understand is compared as typed, so that nothing that would be approved stays unseen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.db import models

from portal.changes import Change, capital, changed, date_words, moved, period_words, shorten, small, woven
from portal.dates import PartialDate, Period
from portal.forms.fields import said_to_be_missing
from portal.forms.papers import PaperForm
from portal.forms.picks import Pick
from portal.forms.rows import RowSet
from portal.text import fold

NOUNS = {
    "partners": "bên phối hợp",
    "signatures": "chữ ký",
    "bases": "căn cứ",
    "sources": "nguồn",
    "files": "tệp",
}
HELPERS = {"number_line"}
"""Fields that only fill others."""
ALIKE = 0.6
"""Two unmatched rows at least so alike are one row, changed."""
MOST_LIKENED = 40
"""With more unmatched rows than this the sets are simply different."""


@dataclass(frozen=True)
class Said:
    """The value of one field: what it means, and in words."""

    means: Any
    words: str


NOTHING = Said("", "")


def differences(before: PaperForm, after: PaperForm, nouns: Mapping[str, str] | None = None) -> list[Change]:
    """Everything that differs, in the order of the form: its head, then its rows, set by set.

    ``nouns`` names the rows of sets the ground does not know.
    """
    found = [*_head(before.head, after.head)]
    names = NOUNS | dict(nouns or {})
    for prefix, rows in after.rows.items():
        found += _Rows(names.get(prefix, prefix), before.rows[prefix], rows).changes()
    return found


def _head(before: forms.Form, after: forms.Form) -> Iterator[Change]:
    for name, field in after.fields.items():
        if name not in HELPERS and not field.widget.is_hidden:
            first, second = said(before, name), said(after, name)
            if first.means != second.means:
                yield changed(field.label, first.words, second.words)


# --- what a field says


def said(form: forms.Form, name: str) -> Said:
    """What a field says; one that is not understood says what is typed."""
    field = form.fields[name]
    if name in form.errors or name not in form.cleaned_data:
        raw = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        typed = " ".join(str(raw[0] if isinstance(raw, tuple) else raw or "").split())
        return Said(("typed", typed), typed)
    value = form.cleaned_data[name]
    if hasattr(field, "say"):
        return Said(value, field.say(value))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return _choice(field, value)
    return _value(value)


def _choice(field: forms.ChoiceField, value: Any) -> Said:
    """A choice left out is the one the list opens with."""
    labels = {str(key): str(label) for key, label in field.choices}
    first = str(field.initial or next(iter(labels), ""))
    chosen = str(value) if str(value or "") in labels else first
    return Said(chosen, labels.get(chosen, ""))


def _value(value: Any) -> Said:
    if isinstance(value, PartialDate):
        means = (
            value.precision,
            value.first,
            value.last,
            value.day_and_month,
            value.known or value.text,
        )
        return Said(means, date_words(value) or value.text)
    if isinstance(value, Period):
        means = (value.kind, value.first, value.last, str(value), value.known or value.text)
        return Said(means, period_words(value) or value.text)
    if isinstance(value, Pick):
        return _pick(value)
    if isinstance(value, models.QuerySet):
        names = [str(one) for one in value]
        return Said(frozenset(one.pk for one in value), ", ".join(names))
    if isinstance(value, models.Model):
        return Said(value.pk, str(value))
    if isinstance(value, bool):
        return Said(value, "có" if value else "")
    text = "" if value is None else str(value)
    lines = "\n".join(line for line in text.splitlines() if line.strip())
    return Said(said_to_be_missing(text) or lines, text)


def _pick(pick: Pick) -> Said:
    """A reference: the record, and the words where they are not simply its name."""
    if pick.found is None:
        return Said(said_to_be_missing(pick.text) or pick.text, pick.text)
    names = {fold(str(pick.found)), fold(getattr(pick.found, "label", ""))}
    printed = "" if fold(pick.text) in names else pick.text
    return Said((type(pick.found), pick.found.pk, printed), printed or str(pick.found))


# --- rows


class RowSaid:
    """One written row: its identity, what it is called, what its fields say."""

    def __init__(self, form: forms.Form) -> None:
        form.is_valid()
        visible = [name for name, field in form.fields.items() if not field.widget.is_hidden]
        hidden = [name for name, field in form.fields.items() if field.widget.is_hidden]
        self.labels = {name: str(form.fields[name].label) for name in visible}
        self.said = {name: said(form, name) for name in visible}
        self.identity = str(form.data.get(form.add_prefix(hidden[0])) or "") if hidden else ""
        attachment = getattr(form, "attachment", None)
        self.texts = [name for name in visible if not isinstance(form.fields[name], forms.ChoiceField)]
        self.main = "" if attachment else next((name for name in self.texts if self.said[name].words), "")
        self.called = attachment.name if attachment else self.said[self.main].words if self.main else ""

    @property
    def means(self) -> Any:
        """What the row is about, for finding it again on the other side."""
        return self.main, self.said[self.main].means if self.main else self.called

    def unlike(self, other: "RowSaid") -> list[str]:
        """The fields in which two versions of a row differ; one that a version has not says nothing there."""
        names = dict.fromkeys([*self.said, *other.said])
        return [name for name in names if self.tells(name).means != other.tells(name).means]

    def tells(self, name: str) -> Said:
        """What a field says; nothing where the row has no such field."""
        return self.said.get(name, NOTHING)

    def whole(self) -> str:
        """The row in words: what it is, then its other fields that say something."""
        more = []
        for name, said in self.said.items():
            if name != self.main and said.words:
                label = self.labels[name]
                more.append(said.words if said.words.startswith(label) else f"{small(label)}: {said.words}")
        return f"{self.called} ({'; '.join(more)})" if more else self.called


class _Rows:
    """The rows of one set on both sides, each matched with what it was."""

    def __init__(self, noun: str, before: RowSet, after: RowSet) -> None:
        self.noun = noun
        self.before = [RowSaid(form) for form in before.filled]
        self.after = [RowSaid(form) for form in after.filled]
        self.was = _matched(self.before, self.after)

    def changes(self) -> list[Change]:
        """Rows in the new order, a dropped one behind the row it used to stand behind."""
        old = {place: number for number, place in self.was.items()}
        out_of_order = moved(sorted(old), [self.was[number] for number in sorted(self.was)])
        rows = [
            (self.was.get(number), self._row(number, row, out_of_order))
            for number, row in enumerate(self.after)
        ]
        dropped = {
            place: [Change(f"Bỏ {self.noun}", row.whole())]
            for place, row in enumerate(self.before)
            if place not in old
        }
        woven_rows = woven(rows, range(len(self.before)), dropped)
        return [change for changes in woven_rows for change in changes]

    def _row(self, number: int, row: RowSaid, out_of_order: set[int]) -> list[Change]:
        if number not in self.was:
            return [Change(f"Thêm {self.noun}", "", row.whole())]
        place = self.was[number]
        found = [*self._inside(number, self.before[place], row)]
        if not found and place in out_of_order:
            label = f"Đổi thứ tự {self.noun} “{shorten(row.called)}”"
            found = [Change(label, f"thứ {place + 1}", f"thứ {number + 1}")]
        return found

    def _inside(self, number: int, before: RowSaid, after: RowSaid) -> Iterator[Change]:
        labels = before.labels | after.labels
        for name in after.unlike(before):
            is_row = name == after.main == before.main
            called = f"{self.noun} “{shorten(after.called)}”: {small(labels[name])}"
            label = f"{self.noun} {number + 1}" if is_row else called
            yield changed(capital(label), before.tells(name).words, after.tells(name).words)


def _matched(before: Sequence[RowSaid], after: Sequence[RowSaid]) -> dict[int, int]:
    """For each new row the old one it was: by identity, then by what it says, then by likeness."""
    was: dict[int, int] = {}
    free = list(range(len(before)))
    for same in (_same_identity, _same_meaning, _alike):
        if same is _alike and max(len(free), len(after) - len(was)) > MOST_LIKENED:
            break
        for number in [number for number in range(len(after)) if number not in was]:
            found = next((place for place in free if same(before[place], after[number])), None)
            if found is not None:
                was[number] = found
                free.remove(found)
    return was


def _same_identity(before: RowSaid, after: RowSaid) -> bool:
    return bool(after.identity) and before.identity == after.identity


def _same_meaning(before: RowSaid, after: RowSaid) -> bool:
    return not (before.identity and after.identity) and before.means == after.means


def _alike(before: RowSaid, after: RowSaid) -> bool:
    if before.identity and after.identity:
        return False
    likeness = SequenceMatcher(None, fold(before.called)[:400], fold(after.called)[:400], autojunk=False)
    return likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE


__all__ = ["HELPERS", "NOUNS", "RowSaid", "differences", "said"]

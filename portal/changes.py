"""What differs between two versions, in words people read: one change, rows moved, rows woven in.

Owns :class:`Change` and the columns of a kept row that people see. The journal
(:mod:`portal.journal`) compares rows with it, the approver's page two forms.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import models

from portal.columns import DerivedMixin, read_date, read_period
from portal.dates import PartialDate, Period
from portal.models import Attachment
from portal.templatetags.say import vdate, vdatetime, vnumber

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)

FEW_WORDS, MOST_COMPARED, ALIKE = 4, 4_000_000, 0.5
"""Texts of fewer words, of more pairs of words, or less alike are told whole."""
LONG = 320
"""Longer texts are shown only around what differs in them."""


@dataclass(frozen=True)
class Change:
    """One thing that differs; no ``before`` means added, no ``after`` dropped."""

    label: str
    before: str = ""
    after: str = ""

    @property
    def pieces(self) -> list["Piece"]:
        """Both texts as one, told word by word."""
        return words_apart(self.before, self.after)


class Piece(NamedTuple):
    """Some words of a change: ``kept``, ``dropped`` or ``added``."""

    kind: str
    words: str


def words_apart(before: str, after: str) -> list[Piece]:
    """Two texts as one: the words they share once, the others where they stood; unlike texts whole, one by one."""
    whole = [Piece("dropped", before), Piece("added", after)]
    first, second = (re.findall(r"\s*\S+", text) for text in (before, after))
    if min(len(first), len(second)) < FEW_WORDS or len(first) * len(second) > MOST_COMPARED:
        return [piece for piece in whole if piece.words]
    matcher = SequenceMatcher(
        None, [one.strip() for one in first], [one.strip() for one in second], autojunk=False
    )
    if matcher.ratio() < ALIKE:
        return whole
    found = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", "".join(second[other_start:other_end])))
            continue
        pieces = (
            Piece("dropped", "".join(first[start:end])),
            Piece("added", "".join(second[other_start:other_end])),
        )
        found += [piece for piece in pieces if piece.words]
    return found


def capital(words: str) -> str:
    """The words with their first letter a capital."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """Words inside a sentence: a small first letter, names as they are."""
    return words[:1].lower() + words[1:]


def shorten(text: str, most: int = 60) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def changed(label: str, before: str, after: str) -> Change:
    """A change whose long texts are cut to what differs, at the ends of words."""
    if before and after and max(len(before), len(after)) > LONG:
        before, after = narrowed(before, after)
    return Change(label, before, after)


def narrowed(before: str, after: str, around: int = 60) -> tuple[str, str]:
    """Two long texts without what they share at either end, but for a few words around."""
    pieces = [re.findall(r"\s*\S+", text) for text in (before, after)]
    start = _shared(pieces)
    end = _shared([piece[start:][::-1] for piece in pieces])
    lead, tail = "".join(pieces[0][:start]), "".join(pieces[0][len(pieces[0]) - end :])
    opening = "…" + lead[-around:] if len(lead) > around + 20 else lead
    closing = tail[:around] + "…" if len(tail) > around + 20 else tail
    first, second = ("".join(piece[start : len(piece) - end]) for piece in pieces)
    return f"{opening}{first}{closing}".strip(), f"{opening}{second}{closing}".strip()


def _shared(pieces: list[list[str]]) -> int:
    """How many pieces two texts open with alike."""
    differ = (place for place, (one, other) in enumerate(zip(*pieces, strict=False)) if one != other)
    return next(differ, min(map(len, pieces)))


# --- order


def moved(before: Sequence[Key], after: Sequence[Key]) -> set[Key]:
    """The fewest of the rows in both orders that were moved; rows pushed along by others were not."""
    place = {key: index for index, key in enumerate(before)}
    return set(after) & set(place) - _longest_run([(place[key], key) for key in after if key in place])


def _longest_run(row: list[tuple[int, Key]]) -> set[Key]:
    """The keys of the longest rising run of places."""
    ends: list[int] = []
    at: list[int] = []
    links: list[int] = []
    for index, (place, _) in enumerate(row):
        rank = bisect_right(ends, place)
        links.append(at[rank - 1] if rank else -1)
        ends[rank : rank + 1], at[rank : rank + 1] = [place], [index]
    kept, index = set(), at[-1] if at else -1
    while index >= 0:
        kept.add(row[index][1])
        index = links[index]
    return kept


def woven(after: Iterable[tuple[Key | None, T]], before: Sequence[Key], dropped: Mapping[Key, T]) -> list[T]:
    """The rows of the new order, each dropped one after the row it used to stand behind.

    ``after`` pairs each row with the key of the old row it was, ``before`` is the old order.
    """
    rows = list(after)
    stands = {key: index for index, (key, _) in enumerate(rows) if key is not None}
    behind: dict[int, list[T]] = {}
    anchor = -1
    for key in before:
        if key in stands:
            anchor = stands[key]
        elif key in dropped:
            behind.setdefault(anchor, []).append(dropped[key])
    found = behind.get(-1, [])
    for index, (_, row) in enumerate(rows):
        found = [*found, row, *behind.get(index, [])]
    return found


# --- values in words


def date_words(value: PartialDate) -> str:
    """A date with its printed words where they say more; nothing when nothing is known."""
    return _as_printed(str(value), value.printed) if value else ""


def period_words(value: Period) -> str:
    """A period with its printed words where they say more; nothing when nothing is known."""
    return _as_printed(str(value), value.printed) if value else ""


def _as_printed(words: str, printed: str) -> str:
    return words if not printed or printed == words else f"{words} (in là “{printed}”)"


def value_words(field: models.Field, value: Any) -> str:
    """One stored value as people read it; nothing for an empty one."""
    if value is None or value == "":
        return ""
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return vdatetime(value)
    if isinstance(value, date):
        return vdate(value)
    return vnumber(value) if isinstance(value, int | float | Decimal) else str(value)


# --- the columns of a kept row that people see

TECHNICAL = {
    "slug",
    "position",
    "state_since",
    "approved_at",
    "withdrawn_at",
    "written_by",
    "assigned_by",
    "reported_at",
    "reported_by",
    "marks",
}
FORM_WORDS = {
    "side": "bên",
    "number": "số, ký hiệu",
    "predecessor": "tiếp nối chương trình",
    "follows": "thực hiện theo chương trình cấp trên",
}
"""What the form calls a field, where the model says it otherwise."""
SAID: dict[tuple[type[models.Model], str], Callable[[str], str]] = {}
"""How an app says a column that holds a key of its own; each app enters its own."""
OF_FILES = {"kind", "size", "pages", "sha256", "uploaded_by"}
STEMS = {"_precision": (read_date, date_words), "_kind": (read_period, period_words)}
Names = Mapping[type[models.Model], Mapping[Any, models.Model]]


@dataclass(frozen=True)
class Column:
    """One line of a row: a field, or the four columns of a date or a period.

    ``related`` is the model a key points at; its words are taken from names read at once.
    """

    name: str
    label: str
    raw: Callable[[Any], Any]
    words: Callable[[Any], str]
    related: type[models.Model] | None = None
    default: Any = None

    def said(self, row: Any, names: Names) -> str:
        """The value of a row, or of one of its history rows, in words."""
        if self.related is None:
            return self.words(row)
        if (key := self.raw(row)) is None:
            return ""
        found = names.get(self.related, {}).get(key)
        return str(found) if found is not None else "(không còn trong danh mục)"

    def is_default(self, row: Any) -> bool:
        """Whether the row holds what a new row would."""
        return self.raw(row) == self.default


@lru_cache(maxsize=200)
def columns_of(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns people see: no derived and no technical ones, dates and periods as one."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    hidden = TECHNICAL | (OF_FILES if model is Attachment else set())
    columns, taken = [], set()
    for name, field in fields.items():
        stem, _, ending = name.rpartition("_")
        parts = {f"{stem}_{part}" for part in ("first", "last", "text")}
        if f"_{ending}" in STEMS and parts <= set(fields):
            columns.append(_compound(stem, field, *STEMS[f"_{ending}"]))
            taken |= parts
        elif name not in taken | hidden and _is_seen(field):
            columns.append(_single(field))
    return tuple(columns)


def _is_seen(field: models.Field) -> bool:
    technical = isinstance(field, models.OneToOneField | models.BinaryField | DerivedMixin)
    return field.editable and not field.primary_key and not technical


def _compound(stem: str, field: models.Field, read: Callable, words: Callable) -> Column:
    label = str(field.verbose_name).partition(":")[0]
    return Column(stem, label, lambda row: read(row, stem), lambda row: words(read(row, stem)))


def _single(field: models.Field) -> Column:
    def words(row: Any) -> str:
        value = getattr(row, field.attname)
        say = SAID.get((field.model, field.name))
        return say(value) if say else value_words(field, value)

    return Column(
        field.name,
        FORM_WORDS.get(field.name, str(field.verbose_name)),
        lambda row: getattr(row, field.attname),
        words,
        field.related_model if field.is_relation else None,
        field.get_default(),
    )


@lru_cache(maxsize=200)
def main_column(model: type[models.Model]) -> Column | None:
    """The column whose words are the row itself: its one required text."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.flatchoices
        if is_text and not field.blank and _is_seen(field):
            return next((one for one in columns_of(model) if one.name == field.name), None)
    return None

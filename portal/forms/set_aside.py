"""What a paper filed as another kind said that this kind has no field for: kept in words of its form, and given back.

It is raw form data by the kind it was typed as: ``{kind: {field: [values]}}``.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain

from django.http import QueryDict

from portal.changes import small
from portal.forms.differences import HELPERS, NOUNS
from portal.forms.papers import MISSING_FILES, PaperForm, missing_files
from portal.forms.rows import read_rows, row_count, write_rows

Aside = dict[str, dict[str, list[str]]]
OWN_TYPE = "type"
TYPE_PRINTED, ROW_MARKS = "type_printed", "-marks"
"""What no field shows: the printed name of a type, and, behind the name of a row set, the marks of its rows."""
OF_ONE_KIND = {OWN_TYPE, TYPE_PRINTED, "origin"}
"""A type of paper belongs to one kind alone, though every kind has the field; so does what a row continues."""


def has_field(form: type[PaperForm], name: str) -> bool:
    """Whether a kind's form has this field, in its head or in the rows of a set."""
    head = form.head_class.base_fields
    if name == MISSING_FILES or name in head or name.removesuffix("-ma") in head:
        return True
    prefix, place, of_row = (*name.split("-", 2), "", "")[:3]
    if prefix not in form.row_classes:
        return False
    own = form.row_classes[prefix].form.base_fields
    return not place.isdigit() or of_row.partition("-")[0] in own  # or how many rows there are, their marks


def is_of_one_kind(name: str) -> bool:
    """Whether a field means something else, or nothing, on the form of another kind."""
    return name in OF_ONE_KIND or name.rpartition("-")[2] in OF_ONE_KIND


def moved(
    form: PaperForm,
    aside: Aside,
    *,
    kind: str,
    to: str,
    target: type[PaperForm],
    unseen: Mapping[str, list[str]] | None = None,
) -> tuple[QueryDict, Aside]:
    """The data of another kind's form that says what ``form`` says, and what is then set aside.

    ``unseen`` is what the record holds beside the fields of its form.
    """
    data, left = QueryDict(mutable=True), {}
    for name, values in chain(_said(form), (unseen or {}).items()):
        if has_field(target, name) and not is_of_one_kind(name):
            data.setlist(name, values)
        elif any(values):
            left.setdefault(kind, {})[name] = values
    for former, fields in aside.items():
        for name, values in fields.items():
            fits = former == to if is_of_one_kind(name) else has_field(target, name)
            if fits and not data.get(name):
                data.setlist(name, values)
            elif not fits:
                left.setdefault(former, {}).setdefault(name, values)
    return data, left


def _said(form: PaperForm) -> Iterator[tuple[str, list[str]]]:
    """What is written in a form, without its blank rows and what only fills others."""
    own = form.head_class.base_fields
    yield MISSING_FILES, missing_files(form.data)
    for name, values in form.data.lists():
        if name.removesuffix("-ma") in own and name not in HELPERS:
            yield name, values
    for prefix, rows in form.rows.items():
        pairs = zip(read_rows(form.data, prefix), rows.forms, strict=False)
        if written := [raw for raw, row in pairs if row.has_changed()]:
            kept = QueryDict(mutable=True)
            write_rows(kept, prefix, written)
            yield from kept.lists()


def as_text(aside: Aside) -> str:
    """As the page of a paper not yet saved carries it."""
    return json.dumps(aside) if aside else ""


def from_text(text: str, forms: Mapping[str, type[PaperForm]]) -> Aside:
    """What a page posted back; what no form could have said is left out."""
    try:
        posted = json.loads(text)
        return {
            kind: {
                _plain(name): [_plain(value) for value in values]
                for name, values in dict(fields).items()
                if has_field(forms[kind], _plain(name)) and not _plain(name).endswith(ROW_MARKS)
            }
            for kind, fields in dict(posted).items()
            if kind in forms
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _plain(text: str) -> str:
    """Text without what PostgreSQL refuses in JSON: NUL, and half of a pair of code units."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def in_words(fields: Mapping[str, list[str]], form: type[PaperForm], nouns: Mapping[str, str]) -> str:
    """What was set aside of one kind, in one line: how many rows of each set, and which fields."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    said = [
        f"{row_count(data, prefix)} {(NOUNS | dict(nouns)).get(prefix, 'dòng')}"
        for prefix in form.row_classes
        if row_count(data, prefix)
    ]
    head = form.head_class.base_fields
    labels = [
        str(field.label)
        for name, field in head.items()
        if name in fields and name != OWN_TYPE and not field.widget.is_hidden
    ]
    return "; ".join([*said, *map(small, labels)])

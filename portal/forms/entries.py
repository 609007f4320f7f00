"""Between a paper's form and its record: what the actions take, and the raw data that would write it again."""

from typing import Any

from django.http import QueryDict

from portal.actions.documents import (
    BasisEntry,
    FileEntry,
    PaperEntry,
    PartnerEntry,
    SignatureEntry,
    SourceEntry,
)
from portal.dates import PartialDate
from portal.forms.fields import said_to_be_missing
from portal.forms.paper_rows import GUESSED, OF_EACH, PAPER_ROWS, guess_words, not_matched
from portal.forms.papers import MISSING_FILES, PaperForm, missing_files
from portal.forms.rows import append_rows, set_row_count
from portal.marks import key_of
from portal.models import Document, Paper, Partner
from portal.paste import Basis
from portal.text import fold

AS_PRINTED = "as_printed"
"""In the mark of a paper's sides: the names that mean no body, said to be right as printed."""
AS_GUESSED = "guessed"
"""There too: the codes of the bodies that were guessed, each with whether the writer said that it is right."""
NOT_ARRIVED = "not_arrived"
"""In the mark of a paper's files: what was said of those that did not arrive."""
KEPT = "kept"
"""In the mark of a field of the head: the key of the warning that the writer said is right all the same."""


def found(pick: Any) -> Any:
    """What a pick stands for, or None."""
    return pick.found if pick else None


def paper_entry(form: PaperForm) -> PaperEntry:
    """The paper part of any form over a head and row sets."""
    head, rows = form.head.cleaned_data, form.rows
    before = form.record.document if form.record else Document()
    marks = {
        name: mark for name, mark in before.marks.items() if name not in {"dated", "partners", "attachments"}
    }
    marks = {name: rest for name, mark in marks.items() if (rest := _without_kept(mark))}
    if (head.get("signing") or "") != signing_said(before):
        marks.pop("signing", None)
    if head.get("dated_inferred") or head.get("dated_basis"):
        marks["dated"] = {"inferred": head.get("dated_basis") or "suy ra từ ngữ cảnh"}
    for field in form.head.warned():
        if field.warning_kept:
            marks[field.name] = marks.get(field.name, {}) | {KEPT: field.warning_key}
    if missing := missing_files(form.data):
        marks["attachments"] = {NOT_ARRIVED: missing}
    sides = rows["partners"].filled
    if printed := [row.cleaned_data["name"].text for row in sides if row.is_as_printed]:
        marks["partners"] = {AS_PRINTED: printed}
    if guessed := {row.guessed: row["name"].warning_kept for row in sides if row.guessed}:
        marks["partners"] = marks.get("partners", {}) | {AS_GUESSED: guessed}
    return PaperEntry(
        title=head["title"],
        type=head.get("type"),
        type_printed=before.type_printed if head.get("type") == before.type else "",
        number="" if said_to_be_missing(head.get("number") or "") else head.get("number") or "",
        dated=head.get("dated") or PartialDate.unknown(),
        signing=head.get("signing") or "",
        marks=marks,
        partners=[entry for row in rows["partners"].filled for entry in partner_entries(row)],
        signatures=[signature_entry(row.cleaned_data) for row in rows["signatures"].filled],
        bases=[basis_entry(row) for row in rows["bases"].filled],
        sources=[source_entry(row) for row in rows["sources"].filled],
        files=[
            FileEntry(row.attachment, row.cleaned_data.get("caption") or "", row.cleaned_data.get("audience"))
            for row in rows["files"].filled
        ],
    )


def _without_kept(mark: dict) -> dict:
    return {key: value for key, value in mark.items() if key != KEPT}


def marks_after(form: PaperForm, before: QueryDict, marks: dict) -> dict[str, Any]:
    """What is marked about the fields: said anew to be missing; else as it was, where the words still stand."""
    found: dict[str, Any] = {}
    for name, mark in marks.items():
        rest = {key: value for key, value in mark.items() if key != "missing"}
        if rest and fold(form.data.get(name, "")) == fold(before.get(name, "")):
            found[name] = rest
    for name, why in form.head.missing_marks().items():
        found[name] = found.get(name, {}) | {"missing": why}
    return found


def partner_entries(row: Any) -> list[PartnerEntry]:
    """One row is one body, one group as printed, or several bodies that sign under one name."""
    data, pick = row.cleaned_data, row.cleaned_data["name"]
    side = int(data.get("side") or 1)
    if row.together:
        return [
            PartnerEntry(side, body, pick.text, **{name: data[f"{name}-{body.code}"] for name in OF_EACH})
            for body in row.together
        ]
    room, duties = data.get("focal_room") or "", data.get("responsibilities") or ""
    printed = (
        "" if pick.found and fold(pick.text) in {fold(pick.found.name), fold(pick.found.label)} else pick.text
    )
    return [PartnerEntry(side, pick.found, printed, bool(data.get("add")) and not pick.found, room, duties)]


def signature_entry(data: dict) -> SignatureEntry:
    """A signature; a person said to be unknown is left out, the capacity stays."""
    pick = data["name"]
    unknown = not pick or said_to_be_missing(pick.text)
    name = "" if unknown or pick.found else pick.text
    side = int(data.get("side") or 1)
    return SignatureEntry(side, found(pick), name, data.get("capacity") or "", data.get("authority") or "")


def basis_entry(row: Any) -> BasisEntry:
    """A basis with what could be read in its printed line."""
    printed = row.cleaned_data["text"]
    return cited_entry(row.basis, printed, row.found) if row.basis else BasisEntry(printed)


def cited_entry(basis: Basis, printed: str, found: Document | None = None) -> BasisEntry:
    """A cited paper as read in its printed line."""
    number = basis.symbol.printed if basis.symbol else ""
    dated = basis.date or PartialDate.unknown()
    title = basis.title or basis.called
    return BasisEntry(printed, found, number, title, basis.type_words, dated, basis.issuer)


def source_entry(row: Any) -> SourceEntry:
    """A source; the one the row came from is changed, not doubled."""
    data = row.cleaned_data
    published = data.get("published") or PartialDate.unknown()
    return SourceEntry(
        data["text"], data.get("publisher") or "", data.get("address") or "", published, row.found
    )


# --- from a record back to the raw data of its form


def signing_said(document: Document) -> str:
    """Whether a paper is signed, where its date and signatures do not already say so."""
    is_signed = document.pk and (document.dated.first is not None or document.signatures.exists())
    implied = Document.Signing.SIGNED if is_signed else Document.Signing.UNKNOWN
    return "" if document.signing == implied else document.signing


def paper_data(record: Paper) -> QueryDict:
    """The raw data of the head and rows of a record's paper."""
    data, document = QueryDict(mutable=True), record.document
    data["type"] = document.type.key if document.type else ""
    data["number"], data["title"] = document.number, document.title
    data["dated"] = document.dated.typed
    data["signing"] = signing_said(document)
    if inferred := document.marks.get("dated", {}).get("inferred"):
        data["dated_inferred"], data["dated_basis"] = "on", inferred
    for name, mark in document.marks.items():
        if KEPT in mark:
            data[f"{name}-giu-nguyen"] = mark[KEPT]
    if not record.approved_at:
        data.setlist(MISSING_FILES, document.marks.get("attachments", {}).get(NOT_ARRIVED, []))
    append_rows(data, "partners", partner_data(record))
    append_rows(
        data, "signatures", (signature_data(one) for one in document.signatures.select_related("person"))
    )
    append_rows(data, "bases", basis_data(document))
    append_rows(
        data, "sources", (source_data(use.source) for use in document.source_uses.select_related("source"))
    )
    append_rows(
        data,
        "files",
        (
            {"file": one.code, "caption": one.caption, "audience": one.audience}
            for one in document.attachments.all()
        ),
    )
    for prefix in PAPER_ROWS:
        if f"{prefix}-TOTAL_FORMS" not in data:
            set_row_count(data, prefix, 0)
    return data


def partner_data(record: Paper) -> list[dict[str, str]]:
    """The raw rows of the sides; bodies that sign under one printed name share a row.

    A group said once to be right as printed, a guess said to be right, or what was approved so, is not asked
    about again.
    """
    document = record.document
    mark = document.marks.get("partners", {})
    printed, guessed = mark.get(AS_PRINTED, ()), {} if record.approved_at else mark.get(AS_GUESSED, {})
    sides: dict[tuple, list[Partner]] = {}
    for one in document.partners.select_related("organization"):
        sides.setdefault((one.side, one.printed or one.pk), []).append(one)
    rows = []
    for partners in sides.values():
        one = partners[0]
        row = {"side": str(one.side), "name": one.printed or one.organization.label, "row": str(one.pk)}
        for name in OF_EACH:
            row[name] = "" if len(partners) > 1 else getattr(one, name)
        if len(partners) > 1:
            row |= {
                f"{name}-{two.organization.code}": getattr(two, name) for two in partners for name in OF_EACH
            }
        elif one.organization:
            row["name-ma"] = code = one.organization.code
            if code in guessed:
                row[f"name{GUESSED}"] = code
                row["name-giu-nguyen"] = key_of(guess_words(one.organization)) if guessed[code] else ""
        elif record.approved_at or one.printed in printed:
            row["name-giu-nguyen"] = key_of(not_matched(one.printed))
        rows.append(row)
    return rows


def signature_data(one: Any) -> dict[str, str]:
    """The raw row of one signature."""
    row = {"side": str(one.side), "capacity": one.capacity, "authority": one.authority, "row": str(one.pk)}
    if one.person:
        row |= {"name": one.person.name, "name-ma": one.person.code}
    return row


def basis_data(document: Document) -> list[dict[str, str]]:
    """The raw rows of the bases."""
    return [{"text": one.printed, "row": str(one.pk)} for one in document.citations.filter(role="basis")]


def source_data(one: Any) -> dict[str, str]:
    """The raw row of one source."""
    return {
        "text": one.title,
        "publisher": one.publisher,
        "address": one.address,
        "published": one.published.typed,
        "code": one.code,
    }

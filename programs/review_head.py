"""The head of a review as kept when it was frozen: its title and number, its day, sides and signers, bases, what it is of.

Kept as the rows they were, so that its page and its Word file draw them as they draw living ones; beside them the
same in words, by which it is told what changed since.
"""

import json
from copy import copy
from typing import Any, cast

from django.core import serializers
from django.db import models
from django.db.models import prefetch_related_objects

from portal.models import Citation, Document, Partner, Person, Signature
from portal.wording import dated_words, joined, side_names, type_of
from programs.models import Review

Head = dict[str, Any]

DATED = ("dated_precision", "dated_first", "dated_last", "dated_text")
PERIOD = ("period_kind", "period_first", "period_last", "period_text")
OF_DOCUMENT = (
    "type",
    "type_printed",
    "title",
    "number",
    "signing",
    *DATED,
    "term",
    "issuer_printed",
    "marks",
)
OF_REVIEW = ("program", "plan", "theme", "kind", "kind_printed", "is_final", *PERIOD, "marks")
OF_PARTNER = ("document", "side", "position", "organization", "printed", "focal_room", "responsibilities")
OF_SIGNATURE = ("document", "side", "position", "person", "capacity", "authority", "note")
OF_BASIS = ("citing", "cited", "role", "position", "printed", "note")


def head_told(review: Review) -> Head:
    """The head of a review as it stands: its rows, the names they go by, and the same in words."""
    document = review.document
    partners = list(document.partners.select_related("organization"))
    signatures = list(document.signatures.select_related("person"))
    bases = list(document.citations.filter(role=Citation.Role.BASIS))
    return {
        "document": _rows([document], OF_DOCUMENT),
        "review": _rows([review], OF_REVIEW),
        "partners": _rows(partners, OF_PARTNER),
        "signatures": _rows(signatures, OF_SIGNATURE),
        "bases": _rows(bases, OF_BASIS),
        "sides": [one.printed or one.organization.name for one in partners],
        "signers": [one.person.name if one.person else "" for one in signatures],
        "body": review.body.label if review.body else "",
        "territory": str(review.territory or ""),
        "words": {
            "Tên gọi": document.title,
            "Loại văn bản": type_of(document),
            "Số, ký hiệu": document.number,
            "Ngày ký": dated_words(document),
            "Thời gian được đánh giá": str(review.period),
            "Sơ kết hay tổng kết": review.kind_words + (", kết thúc giai đoạn" if review.is_final else ""),
            "Cơ quan báo cáo": joined(side_names(partners)),
            "Người ký": "; ".join(f"{one.authority}. {one}" if one.authority else str(one) for one in signatures),
            "Về việc": review.theme,
            "Của cơ quan": review.body.label if review.body else "",
            "Trên địa bàn": str(review.territory or ""),
            "Căn cứ": "; ".join(one.printed for one in bases),
        },
    }  # fmt: skip


def _rows(rows: list[models.Model], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return json.loads(serializers.serialize("json", rows, fields=fields))


def _thawed(rows: list[dict[str, Any]]) -> list[models.Model]:
    """Rows as they were; none of them is to be saved."""
    return [one.object for one in serializers.deserialize("python", rows, ignorenonexistent=True)]


def _with(living: models.Model, rows: list[dict[str, Any]], fields: tuple[str, ...]) -> models.Model:
    """A copy of a living row that says these of its columns as they were."""
    (then,), now = _thawed(rows), copy(living)
    for name in fields:
        column = then._meta.get_field(name).attname
        setattr(now, column, getattr(then, column))
    return now


def review_then(review: Review, head: Head) -> Review:
    """A copy of a review under its head as kept; to be read, never saved."""
    then = cast(Review, _with(review, head["review"], OF_REVIEW))
    then.document = cast(Document, _with(review.document, head["document"], OF_DOCUMENT))
    return then


def columns_then(head: Head) -> dict[str, Any]:
    """The columns of a review and of its paper as kept, by the names a list reads them under."""
    (document,), (review,) = _thawed(head["document"]), _thawed(head["review"])
    of_paper = {f"document__{name}": getattr(document, name) for name in OF_DOCUMENT if name != "type"}
    of_review = {name: getattr(review, name) for name in OF_REVIEW if name not in ("program", "plan")}
    return of_review | of_paper


def partners_then(head: Head) -> list[Partner]:
    """Its sides as kept, under the names they went by."""
    found = cast(list[Partner], _thawed(head["partners"]))
    for one, name in zip(found, head["sides"], strict=True):
        one.printed = name
    prefetch_related_objects(found, "organization__kind", "organization__sector")
    return found


def signatures_then(head: Head) -> list[Signature]:
    """Its signatures as kept, under the names they went by."""
    found = cast(list[Signature], _thawed(head["signatures"]))
    for one, name in zip(found, head["signers"], strict=True):
        if one.person_id:
            one.person = Person(pk=one.person_id, name=name)
    return found


def bases_then(head: Head) -> list[Citation]:
    """Its bases as kept."""
    return cast(list[Citation], _thawed(head["bases"]))

"""A form opened and saved as it stands changes nothing: what it has no field for is kept, what it shows is the same."""

from typing import Any

import pytest
from django.db import models

from portal.actions.copies import as_data
from portal.actions.documents import PaperEntry, PartnerEntry, SignatureEntry, SourceEntry
from portal.dates import parse_date, parse_period
from portal.models import Document
from programs.actions import BodyEntry, ItemEntry, refresh
from programs.actions.companions import PlanEntry, save_companion
from programs.forms.plans import plan_data
from programs.forms.programs import raw_data
from programs.models import Plan, Program
from tests.cast import Cast, make_body, make_program

PRINTED = "Ban Dân vận Đảng uỷ P. Ba Đình"
RETOLD = {"text": {"note": "diễn đạt lại"}}
OWN = {"version", "state_since", "history_date"}


def told(row: models.Model) -> dict[str, Any]:
    """Every column of a row but those each save moves on."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in OWN
    }


def whole(record: Any) -> dict[str, Any]:
    """A record, its paper and all their rows."""
    fresh = type(record).objects.get(pk=record.pk)
    document = fresh.document
    rows = [document.partners, document.signatures, document.citations, document.source_uses]
    rows += [fresh.items] if isinstance(fresh, Program) else []
    found = {"record": told(fresh), "document": told(document)}
    return found | {str(place): [told(row) for row in each.all()] for place, each in enumerate(rows)}


def rich(cast: Cast) -> Program:
    """A programme with all that real papers have and forms forget."""
    council = make_body("HĐND phường cũ Ba Đình")
    program = make_program(
        cast,
        dated=parse_date(""),
        partners=[
            PartnerEntry(1, cast.ours, PRINTED),
            PartnerEntry(2, council, "Thường trực HĐND và UBND"),
            PartnerEntry(2, cast.partner, "Thường trực HĐND và UBND"),
            PartnerEntry(3, None, "các đoàn thể"),
        ],
        signatures=[],
        sources=[SourceEntry("Bài", "Báo", published=parse_date("tháng 3/2022"))],
        items=[
            ItemEntry(
                "Tiếp công dân",
                audience="parties",
                marks=RETOLD,
                bodies=[BodyEntry("lead", None, "Đội A"), BodyEntry("lead", None, "Đội B")],
            )
        ],
        marks={
            "number": {"missing": "unknown"},
            "purposes": {"missing": "none"},
            "items": {"inferred": "theo phát biểu"},
            "period": {"inferred": "theo nhiệm kỳ", "note": "bài không nêu"},
        },
    )
    document = program.document
    document.signing, document.type_printed = Document.Signing.SIGNED, "Quy chế liên tịch"
    document.marks = {"signing": {"inferred": "đã được tổng kết"}, "title": {"note": "như bài báo"}}
    document.term, document.issuer_printed, document.note = "2020-2025", "Liên tịch", "Giữ"
    document.save()
    refresh([program.pk])
    return program


def test_a_programme_saved_as_opened_stays_the_same(cast: Cast) -> None:
    program = rich(cast)
    before = whole(program)
    posted = as_data(raw_data(program)) | {"phien-ban": [str(program.version)], "lam": ["save"]}
    answer = cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", posted)
    assert answer.status_code == 302
    assert whole(program) == before
    assert program.items.get().bodies.count() == 2


def test_a_plan_saved_as_opened_stays_the_same(cast: Cast) -> None:
    paper = PaperEntry("Kế hoạch năm", partners=[PartnerEntry(1, cast.ours)])
    marks = {"content": {"missing": "unknown"}, "period": {"inferred": "theo năm ký"}}
    entry = PlanEntry(paper, period=parse_period("năm 2022"), marks=marks)
    plan = save_companion(None, entry, model=Plan, by=cast.lan, keeper=cast.ours)
    before = whole(plan)
    posted = as_data(plan_data(plan)) | {"phien-ban": [str(plan.version)], "lam": ["save"]}
    assert cast.client("lan").post(f"/lam-viec/ke-hoach/{plan.code}/sua/", posted).status_code == 302
    assert whole(plan) == before


@pytest.mark.parametrize(
    ("field", "value", "gone"),
    [("period", "2020 – 2025", "period"), ("items-0-text", "Viết lại", "items-0")],
)
def test_a_mark_goes_with_the_words_it_was_about(cast: Cast, field: str, value: str, gone: str) -> None:
    program = rich(cast)
    posted = as_data(raw_data(program)) | {
        field: [value], "phien-ban": [str(program.version)], "lam": ["save"]
    }  # fmt: skip
    cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", posted)
    program.refresh_from_db()
    marks = program.marks | {"items-0": program.items.get().marks}
    assert not marks.get(gone)
    assert marks["number"] == {"missing": "unknown"}


def test_a_number_said_to_be_unknown_is_no_number(cast: Cast) -> None:
    posted = {"lam": "save", "title": "Quy chế", "number": "không rõ"}
    cast.client("lan").post("/lam-viec/chuong-trinh/nhap/", posted)
    program = Program.objects.get()
    assert (program.document.number, program.marks) == ("", {"number": {"missing": "unknown"}})


def test_a_signature_that_says_signed_stays_so(cast: Cast) -> None:
    program = make_program(cast, dated=parse_date(""), signatures=[SignatureEntry(1, None, "", "Trưởng ban")])
    assert raw_data(program)["signing"] == ""
    assert program.document.signing == Document.Signing.SIGNED

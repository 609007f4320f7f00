"""Derived columns are right whatever path changed their source."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models

from portal import sections
from portal.actions import records
from portal.actions.merging import MERGEABLE, merge
from portal.actions.undoing import undo
from portal.columns import DerivedMixin
from portal.dates import parse_date
from portal.history import bulk_create, bulk_update
from portal.models import Document, Kept, Organization, Paper, Person, User
from programs import actions
from programs.actions.companions import PlanEntry, save_companion
from programs.actions.reviews import ReviewEntry, save_review
from programs.models import Amendment, Plan, Program, Review
from tests.cast import Cast, make_entry, make_meeting, make_program
from tests.clean_up import Rows

SAID = "Đặng Thùy Trâm, phường Ngưỡng"
GIVEN = {"email": "dang.thuy@example.vn", "dated_first": date(2021, 3, 4)}
"""What a source column is given; the others take words."""


def sources() -> list[tuple[type[models.Model], str, Any]]:
    """Every source column of every derived column of the house."""
    return [
        (model, source, field)
        for model in apps.get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, DerivedMixin)
        for source in field.source
    ]


def expected(row: models.Model, field: Any) -> Any:
    """What the column should hold now."""
    return field.pre_save(
        type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}), False
    )


def stored(row: models.Model, field: Any) -> Any:
    """What the column holds in the database."""
    value = type(row).objects.values_list(field.attname, flat=True).get(pk=row.pk)
    return bytes(value) if isinstance(value, memoryview) else value


def example(model: type[models.Model], cast: Cast) -> models.Model:
    """A row of any model with a derived column."""
    found = model.objects.order_by("pk").first()
    return found or EXAMPLES[model.__name__](cast)


EXAMPLES: dict[str, Any] = {
    "Person": lambda _: Person.objects.create(name="Nguyễn Văn An"),
    "OrganizationName": lambda cast: cast.ours.other_names.create(name="Ban DV"),
    "Source": lambda _: apps.get_model("portal", "Source").objects.create(title="Bài"),
    "Program": make_program,
    "Document": lambda cast: make_program(cast).document,
    "Meeting": make_meeting,
    "Figure": lambda cast: make_program(cast).document.figures.create(counts="Mô hình", value=3),
    "Round": lambda cast: Rows(cast).of(apps.get_model("programs", "Round")),
    "Directive": lambda cast: make_meeting(cast).directives.create(text="Sớm đánh giá"),
}


@pytest.mark.parametrize(
    ("model", "source", "field"), sources(), ids=lambda one: getattr(one, "__name__", str(one))
)
def test_a_save_of_the_source_alone_writes_what_is_derived(
    cast: Cast, model: Any, source: str, field: Any
) -> None:
    row = example(model, cast)
    setattr(row, source, GIVEN.get(source, SAID))
    if issubclass(model, Kept):
        row.save(update_fields=[source])
    else:
        row.save()
    assert stored(row, field) == expected(row, field)


@pytest.mark.parametrize(
    ("model", "source", "field"),
    [one for one in sources() if one[0] in MERGEABLE],
    ids=lambda one: getattr(one, "__name__", str(one)),
)
def test_a_merger_and_its_undoing_write_what_is_derived(
    cast: Cast, model: Any, source: str, field: Any
) -> None:
    rows = Rows(cast)
    kept, gone = rows.of(model), rows.of(model)
    fact = source.removesuffix("_first")  # a date is taken whole
    setattr(gone, fact, parse_date("4/3/2021") if fact == "dated" else SAID)
    gone.save()
    was, key = stored(kept, field), gone.pk
    act = merge(kept, gone, by=cast.quy, reason="trùng", take=[fact])
    kept.refresh_from_db()
    assert stored(kept, field) == expected(kept, field) != was
    undo(act, by=cast.quy)
    kept.refresh_from_db()
    returned = model.objects.get(pk=key)
    assert stored(kept, field) == expected(kept, field) == was
    assert stored(returned, field) == expected(returned, field)


@pytest.mark.parametrize(
    ("model", "source", "field"), sources(), ids=lambda one: getattr(one, "__name__", str(one))
)
def test_the_bulk_helper_writes_what_is_derived(cast: Cast, model: Any, source: str, field: Any) -> None:
    if not issubclass(model, Kept):
        assert model is User, "only accounts are not kept"
        return
    row = example(model, cast)
    setattr(row, source, GIVEN.get(source, SAID))
    bulk_update([row], [source])
    assert stored(row, field) == expected(row, field)


def test_bulk_creation_derives_too(cast: Cast) -> None:
    made = bulk_create([Person(name="Trần Thị Ánh"), Person(name="Lê Văn Ăn")])
    assert [stored(one, Person._meta.get_field("folded")) for one in made] == ["tran thi anh", "le van an"]


def test_a_body_renamed_or_ended_refreshes_its_programmes(cast: Cast) -> None:
    program = make_program(cast, "approved")
    cast.partner.name = "Ủy ban nhân dân phường Ba Đình"
    cast.partner.save()
    assert actions.refresh([program.pk]) == 1
    program.refresh_from_db()
    assert program.parties_label == "Ban Dân vận Đảng ủy phường Ba Đình và Ủy ban nhân dân phường Ba Đình"
    assert {"uy", "ban", "nhan", "dan"} - set(program.search_text.split()) == set()
    assert actions.refresh([program.pk]) == 0
    assert Organization.objects.get(pk=cast.partner.pk).folded == "uy ban nhan dan phuong ba dinh"


def test_a_programme_yields_from_the_day_its_successor_was_signed_as_corrected(cast: Cast) -> None:
    old = make_program(cast, "approved", period="2016-2026", dated=parse_date("1/1/2016"))
    new = make_program(cast, "approved", title="Giai đoạn mới", predecessor=old)
    old.refresh_from_db()
    assert old.in_force_until == date(2022, 4, 13)
    paper = new.document
    paper.dated = parse_date("1/6/2023")
    paper.save()
    sections.touched(paper)
    old.refresh_from_db()
    assert old.in_force_until == date(2023, 5, 31)


@pytest.mark.parametrize("model", [Program, Plan, Amendment, Review])
def test_a_paper_and_its_document_know_the_years_it_belongs_to(cast: Cast, model: type[Paper]) -> None:
    entered = make_entry(cast).paper  # signed on 14/4/2022
    if model is Program:
        record = make_program(cast, "waiting")
    else:
        own = {"by": cast.lan, "keeper": cast.ours}
        is_review = model is Review
        record = (
            save_review(None, ReviewEntry(entered), **own)
            if is_review
            else save_companion(None, PlanEntry(entered), model=model, **own)
        )
        records.submit(record, by=cast.lan)
    with time_machine.travel(datetime(2025, 12, 31, 20, tzinfo=UTC)):  # already 2026 in Hà Nội
        records.approve(record, by=cast.hung, expected=record.version)
    known = [years_known(model)]
    for printed in ("1/6/2023", "ngày 14/4"):
        record.document.dated = parse_date(printed)
        record.document.save()
        sections.touched(record.document)
        known.append(years_known(model))
    by_rest = (2022, 2026) if model is Program else (2026, 2026)  # the programme's period, else the approval
    assert known == [[years] * 2 for years in ((2022, 2022), (2023, 2023), by_rest)]


def years_known(model: type[Paper]) -> list[tuple[int, int]]:
    """The years on the one record of a kind, and on its document."""
    return [
        model.objects.values_list(f"{paper}given_first", f"{paper}given_last").get()
        for paper in ("", "document__")
    ]


def test_a_document_carries_its_keeper_at_once_and_its_circle_once_approved(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    carried = [Document.objects.values_list("keeper", "circle").get(pk=program.document_id)]
    records.approve(program, by=cast.hung, expected=program.version)
    carried.append(Document.objects.values_list("keeper", "circle").get(pk=program.document_id))
    program.delete()
    sections.touched(program)
    carried.append(Document.objects.values_list("keeper", "circle").get(pk=program.document_id))
    assert carried == [(cast.ours.pk, None), (cast.ours.pk, program.circle_id), (None, None)]

"""The starter set: complete, readable numbers, and loaded twice it changes nothing."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from portal import starter
from portal.management.commands.starter import WORDS
from portal.models import (
    Act,
    Audience,
    Citation,
    Document,
    DocumentType,
    Level,
    Organization,
    Sector,
    Succession,
    Tag,
)
from portal.symbols import Symbol, read_symbol

pytestmark = pytest.mark.django_db
DATA = starter.read_data(starter.DATA / "starter.json")


def row_counts() -> dict[str, int]:
    """How many rows every table of ours holds, history included."""
    ours = ("portal", "programs")
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours
    }


def test_a_second_loading_changes_nothing_and_writes_no_history():
    first = starter.load()
    before = row_counts()
    assert first["documents"] == len(DATA["documents"])
    assert not starter.load()
    assert row_counts() == before


def test_what_was_loaded_is_told_in_words():
    out = StringIO()
    call_command("starter", stdout=out)
    told = out.getvalue().strip().removeprefix("Đã nạp danh mục ban đầu: ").rstrip(".")
    assert not [one for one in told.split(", ") if one.isascii()]
    assert set(starter.LOADERS) <= set(WORDS)


def test_what_an_office_corrected_stays_corrected():
    starter.load()
    sector = Sector.objects.get(key="khac")
    sector.name = "Khối khác"
    sector.save()
    document = Document.objects.get(number="43-KL/TW")
    document.title = "Trích yếu đã đối chiếu"
    document.save()
    before = row_counts()
    starter.load()
    assert row_counts() == before
    assert Sector.objects.get(key="khac").name == "Khối khác"
    assert Document.objects.get(number="43-KL/TW").title == "Trích yếu đã đối chiếu"


def test_a_paper_an_office_already_has_is_not_doubled():
    DocumentType(key="nghi-quyet", name="Nghị quyết").save()
    own = Document(title="Nghị quyết về công tác dân vận")
    starter.set_number(own, "25 - NQ/TW")
    own.save()
    starter.load()
    assert Document.objects.filter(number_key=own.number_key).count() == 1


def test_an_installation_of_before_learns_how_state_bodies_number_a_programme():
    starter.load()
    learn = import_module("portal.migrations.0028_ctph_is_a_type").abbreviate
    for before, after in (("", "CTPH"), ("CTP", "CTP")):
        DocumentType.objects.filter(key="chuong-trinh-phoi-hop").update(state_abbreviation=before)
        learn(apps, None)
        kind = DocumentType.objects.get(key="chuong-trinh-phoi-hop")
        assert (kind.state_abbreviation, kind.history.first().state_abbreviation) == (after, "CTPH")


def test_every_row_was_written_in_an_act():
    starter.load()
    for model in (Level, Sector, DocumentType, Tag, Organization, Document, Citation, Succession):
        assert not model.history.filter(act__isnull=True).exists()
    assert Act.objects.filter(record_code="").count() == 0


def test_levels_stand_in_order_and_the_district_level_has_ended():
    starter.load()
    levels = {level.key: level for level in Level.objects.all()}
    assert [level.rank for level in Level.objects.order_by("rank")] == [0, 1, 2, 3, 4]
    assert str(levels["huyen"].ended_on) == "2025-06-30"


@pytest.mark.parametrize(
    "row", [row for row in DATA["documents"] if "number" in row], ids=lambda row: row["number"]
)
def test_every_central_number_is_read(row):
    assert isinstance(read_symbol(row["number"]), Symbol)


def test_central_papers_are_public_dated_and_issued_by_registered_bodies():
    starter.load()
    papers = Document.objects.all()
    assert {paper.audience for paper in papers} == {Audience.PUBLIC}
    assert all(paper.dated.known for paper in papers)
    unissued = [paper for paper in papers if not paper.partners.exists()]
    assert all("Cơ quan ban hành chưa đối chiếu" in paper.note for paper in unissued)


@pytest.mark.parametrize("number", ["114-KL/TW", "16/CT-TTg"])
def test_a_doubtful_date_is_a_note_and_not_a_day(number):
    starter.load()
    paper = Document.objects.get(number=number)
    assert "nghi vấn" in paper.note
    assert paper.dated_precision != "day"


def test_the_two_central_boards_became_one():
    starter.load()
    merged = Succession.objects.filter(successor__name="Ban Tuyên giáo và Dân vận Trung ương")
    assert {link.predecessor.abbreviation for link in merged} == {"BDVTW", "BTGTW"}
    assert {str(link.effective_on) for link in merged} == {"2025-02-03"}


def test_the_command_says_what_it_did():
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("starter", stdout=out)
    assert "28 văn bản" in said[0].getvalue()
    assert "không thay đổi gì" in said[1].getvalue()

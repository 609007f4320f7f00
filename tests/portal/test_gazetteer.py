"""The national gazetteer: what its files say, and what loading a part of it leaves in the registers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from portal import starter
from portal.actions.gazetteer import Loading, load_group
from portal.actions.registers import rebuild_reach
from portal.gazetteer import Place, UsualBodies, read_groups
from portal.management.commands import load_territories
from portal.models import (
    Act,
    AdministrativeUnit,
    Organization,
    OrganizationName,
    Reach,
    Subordination,
    Succession,
    SuccessionKind,
    UnitSuccession,
)
from portal.starter import find

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
ISLANDS = {"318", "471", "498", "536", "755"}


@pytest.fixture(scope="module")
def groups() -> list[list[Place]]:
    """The whole country, read once."""
    return read_groups()


def part(groups: list[list[Place]], code: str, district: str) -> list[Place]:
    """A province of today with one of its former districts: its communes and what they became."""
    (group,) = (one for one in groups if one[0].code == code)
    inside = [one for one in group if one.lies_in(f"before:{district}")]
    became = {now.key for one in inside for now in one.into}
    around = {one.key for place in inside for one in place.holders}
    return [one for one in group if one is group[0] or one in inside or one.key in became | around]


@pytest.fixture
def loaded(db: None, groups: list[list[Place]]) -> list[list[Place]]:
    """Ba Đình and Tân Bình, loaded beside what the demonstration already holds of them."""
    starter.load()
    starter.load_rows(starter.read_data(starter.DATA / "demo.json"))
    parts = [part(groups, "01", "001"), part(groups, "79", "766")]
    for one in parts:
        load_group(one, UsualBodies())
    return parts


def row_counts() -> dict[str, int]:
    """How many rows every table of the portal holds, history and acts included."""
    models = apps.get_app_config("portal").get_models(include_auto_created=True)
    return {model._meta.label: model._base_manager.count() for model in models}


# --- the files


def test_the_file_holds_both_maps_whole(groups: list[list[Place]]) -> None:
    places = [place for group in groups for place in group]
    assert Counter((one.level, one.map) for one in places) == {
        ("tinh", "both"): 11, ("tinh", "before"): 52, ("tinh", "after"): 23,
        ("huyen", "before"): 696, ("xa", "before"): 10_035, ("xa", "after"): 3_321,
    }  # fmt: skip
    communes = [one for one in places if one.level == "xa"]
    assert Counter(one.word for one in communes if one.map == "after") == {
        "Xã": 2621,
        "Phường": 687,
        "Đặc khu": 13,
    }
    assert {one.word for one in places if one.level == "huyen"} == {"Quận", "Huyện", "Thị xã", "Thành phố"}
    assert len(groups) == 34


def test_every_territory_of_the_map_before_became_some_and_those_that_were_divided_several(
    groups: list[list[Place]],
) -> None:
    before = [place for group in groups for place in group if place.map == "before"]
    assert [one.name for one in before if not one.into] == []
    links = Counter(one.level for one in before for _ in one.into)
    assert links == {"tinh": 52, "huyen": 3651, "xa": 10_565}
    divided = {
        one.code: [now.code for now in one.into] for one in before if one.level == "xa" and len(one.into) > 1
    }
    assert len(divided) == 440
    assert divided["00019"] == ["00004", "00070", "00190", "00226"], "phường Điện Biên, quận Ba Đình"
    childless = {one.code for one in before if one.level == "huyen"} - {
        one.parent.code for one in before if one.level == "xa"
    }
    assert childless == ISLANDS


def test_a_territory_is_called_once_where_it_lies(groups: list[list[Place]]) -> None:
    named = Counter((place.parent, place.name) for group in groups for place in group if place.parent)
    assert [name for (_, name), times in named.items() if times > 1] == []


def test_the_rules_name_superiors_and_heirs_that_are_there(groups: list[list[Place]]) -> None:
    usual = UsualBodies()
    for group in (one for one in groups if one[0].code in ("01", "24", "48")):
        bodies = [body for place in group for body in usual.of(place)]
        there = {(one.place.key, one.key) for one in bodies}
        heirs = {(place.key, key) for one in bodies for place, key in one.heirs}
        above = {(one.superior[0].key, one.superior[1]) for one in bodies if isinstance(one.superior, tuple)}
        assert (heirs | above) - there == set()


# --- what a loading leaves


def test_a_second_loading_changes_nothing(loaded: list[list[Place]]) -> None:
    before = row_counts()
    assert [load_group(one, UsualBodies()) for one in loaded] == [Counter(), Counter()]
    assert row_counts() == before


def test_counting_writes_nothing_and_a_stopped_loading_leaves_no_half_of_a_province(
    db: None, groups: list[list[Place]], monkeypatch: pytest.MonkeyPatch
) -> None:
    starter.load()
    before, hanoi = row_counts(), part(groups, "01", "001")
    assert load_group(hanoi, UsualBodies(), dry=True)["units"] == len(hanoi)
    assert row_counts() == before

    def stop(loading: Loading, usual: Sequence) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Loading, "bodies", stop)
        with pytest.raises(KeyboardInterrupt):
            load_group(hanoi, UsualBodies())
    assert row_counts() == before


def test_what_an_office_had_is_recognised_completed_and_not_doubled(loaded: list[list[Place]]) -> None:
    demo = starter.read_data(starter.DATA / "demo.json")
    ward, first = (find(AdministrativeUnit, key) for key in ("phuong-ba-dinh", "phuong-1-quan-tan-binh"))
    assert (ward.gso_code, first.gso_code) == ("00004", "26977")
    units = AdministrativeUnit.objects.filter(level__key="xa").values_list("parent", "name")
    assert len(units) == len(set(units))
    bodies = Organization.objects.filter(territory__isnull=False).values_list("territory", "name")
    assert len(bodies) == len(set(bodies))
    assert find(Organization, "ubnd-phuong-ba-dinh").name == "UBND phường Ba Đình"
    own = OrganizationName.objects.filter(organization__name="UBND phường Ba Đình")
    assert [one.name for one in own] == ["Ủy ban nhân dân phường Ba Đình"]
    told = {(row["from"], row.get("to")): row["kind"] for row in demo["successions"]}
    kept = Succession.objects.get(
        predecessor=find(Organization, "ubnd-quan-ba-dinh"),
        successor=find(Organization, "ubnd-phuong-ngoc-ha"),
    )
    assert kept.kind == told["ubnd-quan-ba-dinh", "ubnd-phuong-ngoc-ha"]


def test_every_row_is_of_an_act_on_its_province(loaded: list[list[Place]]) -> None:
    for model in (AdministrativeUnit, UnitSuccession, Organization, Subordination, Succession):
        assert not model.history.filter(act__isnull=True).exists()
    codes = {find(AdministrativeUnit, key).code for key in ("ha-noi", "ho-chi-minh")}
    assert {act.record_code for act in Act.objects.order_by("-pk")[:2]} == codes


def test_a_divided_ward_passes_into_each_and_a_joined_one_into_one(loaded: list[list[Place]]) -> None:
    def heirs(name: str, within: str) -> set[tuple[str, str]]:
        links = Succession.objects.filter(predecessor__name=name, predecessor__territory__parent__name=within)
        return set(links.values_list("successor__name", "kind"))

    assert heirs("UBND phường Điện Biên", "Quận Ba Đình") == {
        (f"UBND phường {name}", SuccessionKind.SPLIT)
        for name in ("Ba Đình", "Hoàn Kiếm", "Ô Chợ Dừa", "Văn Miếu - Quốc Tử Giám")
    }
    assert heirs("Đảng ủy phường 1, quận Tân Bình", "Quận Tân Bình") == set(), "the office's own name stays"
    assert heirs("Đảng ủy Phường 1, quận Tân Bình", "Quận Tân Bình") == {
        ("Đảng ủy phường Tân Sơn Hòa", SuccessionKind.MERGED)
    }


def test_who_answers_and_who_reads_follows_the_day(loaded: list[list[Place]]) -> None:
    district, ward = find(Organization, "ubnd-quan-tan-binh"), find(Organization, "ubnd-phuong-bay-hien")
    board = find(Organization, "ban-dan-van-quan-uy-tan-binh")
    commune = Organization.objects.get(name="UBND phường 1, quận Tân Bình")

    def readers(body: Organization, relation: str) -> set[str]:
        return set(Reach.objects.filter(body=body, relation=relation).values_list("reader__name", flat=True))

    rebuild_reach(BEFORE)
    assert readers(commune, "runs") == {commune.name}
    assert readers(commune, "oversees") == {"UBND quận Tân Bình", "UBND Thành phố Hồ Chí Minh", "Chính phủ"}
    assert not Reach.objects.filter(reader=ward, body=district).exists()

    rebuild_reach(AFTER)
    assert Reach.objects.answering([commune], AFTER)[commune].heirs[0].name == "UBND phường Tân Sơn Hòa"
    assert readers(commune, "runs") == {commune.name, "UBND phường Tân Sơn Hòa"}
    assert readers(commune, "oversees") == {"UBND Thành phố Hồ Chí Minh", "Chính phủ"}, "no other ward"
    assert len(Reach.objects.answering([district], AFTER)[district].heirs) == 6
    orphan = Reach.objects.answering([board], AFTER)[board]
    assert (orphan.heirs, orphan.superior.name) == (
        [], "Ban Tuyên giáo và Dân vận Thành ủy Thành phố Hồ Chí Minh"
    )  # fmt: skip


def test_a_run_that_adds_nothing_finishes_what_a_stopped_one_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, answer in {"load_group": Counter(), "rebuild_reach": 7, "UsualBodies": None}.items():
        monkeypatch.setattr(load_territories, name, lambda *_, answer=answer, **__: answer)
    monkeypatch.setattr(load_territories.starter, "load", lambda: None)
    said = StringIO()
    call_command("load_territories", "--tinh", "01", stdout=said)
    assert "Tầm xem: 7 dòng." in said.getvalue()


def test_a_province_nobody_knows_is_refused_and_counting_needs_the_starter_set(db: None) -> None:
    with pytest.raises(CommandError, match="mã: 99"):
        call_command("load_territories", "--tinh", "99", stdout=StringIO())
    with pytest.raises(CommandError, match="starter"):
        call_command("load_territories", "--dry-run", stdout=StringIO())


@pytest.mark.parametrize("asked", ["79", "Hồ Chí Minh", "thanh pho ho chi minh", "TP. Hồ Chí Minh"])
def test_a_province_is_asked_for_by_code_or_name(groups: list[list[Place]], asked: str) -> None:
    assert [group[0].code for group in load_territories.asked_for(groups, ["01", asked, asked])] == [
        "01",
        "79",
    ]
    with pytest.raises(CommandError, match="Hà Nôi mới"):
        load_territories.asked_for(groups, [asked, "Hà Nôi mới"])

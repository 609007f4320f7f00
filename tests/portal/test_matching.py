"""What typed names of bodies mean: as the register calls them, else with a place of the clerk's own; numbers given twice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.actions.registers import place_unit
from portal.body_names import BodyNames, suggest_organizations
from portal.dates import parse_date
from portal.filters import find_units
from portal.homes import Home
from portal.matching import same_number
from portal.models import AdministrativeUnit, Document, Level, Organization
from portal.symbols import read_symbol
from portal.text import slugify
from tests.cast import Cast, make_body, make_program, unknown_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ban Dân vận Thành ủy", ["Ban Dân vận Thành ủy Hà Nội"]),
        ("BDV Thành ủy", ["Ban Dân vận Thành ủy Hà Nội"]),
        ("UBND phường", ["UBND phường Ba Đình"]),
        ("UBND", []),
        ("Ban Dân vận Đảng ủy phường", ["Ban Dân vận Đảng ủy phường Ba Đình"]),
        ("Ban Dân vận Quận ủy", []),
    ],
)
def test_a_name_without_its_place_is_read_at_home(cast: Cast, typed: str, meant: list[str]) -> None:
    assert [body.name for body in BodyNames([typed], near=lambda: [cast.ours.pk]).called(typed)] == meant
    assert BodyNames([typed]).called(typed) == [], "nobody's home, nobody meant"


def test_a_name_two_bodies_at_home_may_bear_means_none(cast: Cast) -> None:
    make_body("Ban Dân vận Thành ủy Ba Đình")
    assert BodyNames(near=lambda: [cast.ours.pk]).called("Ban Dân vận Thành ủy") == []


def test_a_side_is_never_completed_part_by_part(cast: Cast) -> None:
    names = BodyNames(near=lambda: [cast.ours.pk])
    assert names.of_side("Ban Dân vận Thành ủy - UBND phường Ngọc Hà") == []


def test_names_without_places_are_looked_up_together(cast: Cast) -> None:
    names = [f"Ban {number} Thành ủy" for number in range(40)]
    with CaptureQueriesContext(connection) as asked:
        known = BodyNames(names, near=lambda: [cast.ours.pk])
        assert [known.called(name) for name in names] == [[]] * 40
    assert len(asked) == 4  # the names, the territories above home, the names with their places


def province(name: str, *wards: str) -> list[Organization]:
    """A province of its own with communes, and the committee of each."""
    country, _ = AdministrativeUnit.objects.get_or_create(
        name="Việt Nam", level=Level.objects.get_or_create(key="trung-uong", name="Trung ương", rank=0)[0]
    )
    high, low = (
        Level.objects.get_or_create(key=key, defaults={"name": key, "rank": rank})[0] for key, rank in LEVELS
    )
    above = AdministrativeUnit.objects.create(name=name, level=high, parent=country)
    units = [AdministrativeUnit.objects.create(name=ward, level=low, parent=above) for ward in wards]
    for unit in (country, above, *units):
        place_unit(unit)
    return [
        Organization.objects.create(
            name=f"UBND {unit.name}", territory=unit, level=low, slug=slugify(f"{unit.name} {name}")
        )
        for unit in units
    ]


LEVELS = [("tinh-moi", 1), ("xa-moi", 3)]


@pytest.mark.django_db
def test_of_bodies_called_alike_the_one_at_home_is_meant() -> None:
    ours, other = province("tỉnh Lạng Sơn", "xã Tân Lập", "xã Bắc Sơn")
    theirs, _ = province("tỉnh Quảng Trị", "xã Tân Lập", "xã Gio Linh")
    for body in (ours, other):
        assert BodyNames(near=lambda body=body: [body.pk]).called("UBND xã Tân Lập") == [ours]
    assert BodyNames().called("UBND xã Tân Lập") == [ours, theirs]
    assert BodyNames(near=lambda: [ours.pk]).called("UBND xã Tân Lập, tỉnh Quảng Trị") == [theirs]
    assert BodyNames().called("ủy ban nhân dân xã Tân Lập tỉnh Lạng Sơn") == [ours]
    assert BodyNames().called("UBND xã Tân Lập, huyện Bắc Sơn") == []


@pytest.mark.django_db
def test_one_at_home_that_did_not_live_then_is_asked_about_beside_those_that_did() -> None:
    (ours,) = province("tỉnh Lạng Sơn", "xã Tân Lập")
    (theirs,) = province("tỉnh Quảng Trị", "xã Tân Lập")
    ours.started_on = date(2025, 7, 1)
    ours.save()
    known = BodyNames(near=lambda: [ours.pk])
    assert known.called("UBND xã Tân Lập", date(2024, 5, 1)) == [ours, theirs]
    assert known.called("UBND xã Tân Lập", date(2025, 7, 1)) == [ours]


@pytest.mark.django_db
def test_suggestions_are_the_living_before_the_ended_and_home_before_its_province_and_the_country() -> None:
    ours, near, gone = province("tỉnh Lạng Sơn", "xã Tân Lập", "xã Tân Tri", "xã Tân Hương")
    far, _ = province("tỉnh Quảng Trị", "xã Tân An", "xã Gio Linh")
    gone.ended_on = date(2025, 6, 30)
    gone.save()

    def suggested(text: str, day: date) -> list[Organization]:
        return suggest_organizations(text, day, Home([ours.pk]))

    assert suggested("ubnd tan", date(2025, 7, 1)) == [ours, near, far, gone]
    assert suggested("ủy ban nhân dân xã tân", date(2025, 6, 30)) == [ours, gone, near, far]
    assert suggest_organizations("tan", None, Home([]))[0] == far
    AdministrativeUnit.objects.filter(pk=gone.territory_id).update(ended_on=gone.ended_on)
    for day, first in (
        (date(2025, 7, 1), [ours, near, far, gone]),
        (date(2025, 6, 30), [ours, gone, near, far]),
    ):
        assert find_units("tân", Home([ours.pk]), day) == [body.territory for body in first]
    assert (far.whereabouts, gone.label) == ("tỉnh Quảng Trị", "UBND xã Tân Hương (đến 30/6/2025)")


@pytest.mark.django_db
def test_names_are_looked_for_through_an_index() -> None:
    exactly, inside = (
        Organization.objects.named({"ubnd xa tan lap"}),
        Organization.objects.matching("tan lap"),
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    for found, index in ((exactly, "organization_called"), (inside, INSIDE[connection.vendor])):
        assert index in found.values("pk").explain()


INSIDE = {"sqlite": "organization_words", "postgresql": "organization_trigrams"}


STATE, PARTY = "34/KH-UBND", "15-KH/BDVĐU"


@pytest.mark.parametrize(
    ("number", "then", "now", "is_same"),
    [
        (STATE, "14/4/2022", date(2022, 12, 31), True),
        (STATE, "14/4/2022", date(2023, 1, 2), False),
        (PARTY, "14/4/2022", date(2024, 6, 1), True),
        (PARTY, "14/4/2022", date(2026, 6, 1), False),
        (PARTY, "14/4/2022", date(2019, 6, 1), False),
        (PARTY, "14/4/2022", date(2025, 6, 1), True),  # of this term, where the congress was later
        (PARTY, "14/4/2022", date(2020, 11, 1), True),  # of this term, where the congress was before
        (PARTY, "3/8/2020", date(2016, 1, 1), True),
        (PARTY, "3/8/2020", date(2026, 1, 1), False),
        (PARTY, "tháng 4/2022", date(2021, 6, 1), True),
        (PARTY, None, date(2022, 6, 1), False),
        (PARTY, "14/4/2022", None, False),
    ],
)
def test_a_number_is_given_once_a_year_by_the_state_and_once_a_term_by_the_party(
    cast: Cast, number: str, then: str | None, now: date | None, is_same: bool
) -> None:
    dated = parse_date(then) if then else unknown_date()
    given = make_program(cast, number=number, dated=dated).document
    found = same_number(read_symbol(number), [cast.ours], now, cast.lan)
    assert found == (given if is_same else None)


@pytest.mark.parametrize(("term", "is_same"), [("2020-2025", True), ("2015-2020", False), ("", True)])
def test_terms_that_are_written_go_before_days(cast: Cast, term: str, is_same: bool) -> None:
    given = make_program(cast, number=PARTY, dated=parse_date("3/8/2020")).document
    Document.objects.filter(pk=given.pk).update(term=term)
    asked = [read_symbol(PARTY), [cast.ours], date(2020, 11, 1), cast.lan]
    assert same_number(*asked, term="2020-2025") == (given if is_same else None)
    assert same_number(*asked) == given
    assert same_number(*asked[:1], [], *asked[2:]) is None, "whose paper it is, is not known"
    assert same_number(*asked[:1], [cast.neighbour], *asked[2:]) is None

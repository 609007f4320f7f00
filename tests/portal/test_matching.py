"""What typed names of bodies mean: as the register calls them, else with a place of the clerk's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.matching import BodyNames
from tests.cast import Cast, make_body


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

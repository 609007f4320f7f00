"""Groups of bodies as papers name them, and what is known of a body's year."""

from datetime import date

import pytest
from django.utils import timezone

from portal import starter
from portal.models import (
    AdministrativeUnit,
    BodyGroup,
    Level,
    Organization,
    OrganizationKind,
    Register,
    RegisterStart,
    YearConfirmation,
)
from portal.models.years import is_known
from tests.cast import make_body

pytestmark = pytest.mark.django_db
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("các phường", "xa-phuong"),
        ("các cơ quan chuyên môn", "co-quan-chuyen-mon"),
        ("các cơ quan, đơn vị", "co-quan-don-vi"),
        ("100 % Đảng uỷ các phường trên địa bàn", "dang-uy-xa-phuong"),
        ("các quận, huyện, thị xã", "quan-huyen"),
        ("Ban Xây dựng Đảng các phường", "ban-xay-dung-dang-xa-phuong"),
        ("người dân", None),
        ("", None),
    ],
)
def test_the_longest_name_of_a_group_found_in_a_papers_words_is_meant(said: str, key: str | None):
    starter.load()
    group = BodyGroup.objects.meant_by(said)
    assert (group.key if group else None) == key


def test_a_group_means_the_bodies_of_its_kinds_and_level_that_live_in_the_territory_on_the_day():
    starter.load()
    ubnd, front = (OrganizationKind.objects.get(key=key) for key in ("ubnd", "ubmttq"))
    city = AdministrativeUnit(name="Thành phố", level=Level.objects.get(key="tinh"))
    city.path = city.own_path()
    city.save()
    ward = AdministrativeUnit(name="phường Một", level=Level.objects.get(key="xa"), parent=city)
    ward.path = ward.own_path()
    ward.save()
    old = make_body("UBND phường cũ", kind=ubnd, territory=ward, ended_on=LAST)
    new = make_body("UBND phường mới", kind=ubnd, territory=ward, started_on=FIRST)
    make_body("Mặt trận phường", kind=front, territory=ward)
    make_body("UBND thành phố", kind=ubnd, territory=city)
    make_body("UBND phường nơi khác", kind=ubnd)
    wards = BodyGroup.objects.get(key="xa-phuong")
    assert list(wards.within(city, LAST)) == [old]
    assert list(wards.within(city, FIRST)) == [new]


def test_a_body_is_known_of_in_a_year_it_confirmed_and_in_which_the_register_was_kept():
    bodies = [make_body(name) for name in ("Một", "Hai", "Ba")]
    for body, kept, confirmed in zip(bodies, (2020, 2022, 2020), (2021, 2021, 2020), strict=True):
        RegisterStart(organization=body, register=Register.PLANS, from_year=kept).save()
        YearConfirmation(organization=body, year=confirmed, confirmed_at=timezone.now()).save()
    everybody = Organization.objects.all()
    assert list(everybody.filter(is_known([Register.PLANS], 2021))) == [bodies[0]]
    assert list(everybody.filter(is_known([Register.REVIEWS], 2021))) == []

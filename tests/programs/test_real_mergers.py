"""The mergers of 1/7/2025 as they were: denominators move on that day and not before, wherever bodies are counted."""

from datetime import date

import pytest

from portal.models import AdministrativeUnit, BodyGroup, Organization, RegisterStart, YearConfirmation
from portal.year import MAPS, Asked, Scope, usual_map
from programs.models import Plan, Round, Target
from programs.standings import standing
from tests.cast import make_user
from tests.portal.test_gazetteer import AFTER, BEFORE, groups, loaded

__all__ = ["groups", "loaded"]
pytestmark = pytest.mark.django_db


def wards_of(city: AdministrativeUnit, on: date) -> set[Organization]:
    """The people's committees of the communes of a city on a day, looked at one by one."""
    every = Organization.objects.select_related("kind", "territory__level", "territory__parent__parent")
    return {
        one
        for one in every
        if one.kind and one.kind.key == "ubnd" and one.is_alive(on)
        and one.territory and one.territory.level.key == "xa"
        and city in (one.territory.parent, one.territory.parent and one.territory.parent.parent)
    }  # fmt: skip


@pytest.mark.usefixtures("loaded")
def test_a_target_a_round_and_the_page_count_the_wards_of_their_day() -> None:
    city = AdministrativeUnit.objects.get(level__key="tinh", name__endswith="Hà Nội")
    before, after = wards_of(city, BEFORE), wards_of(city, AFTER)
    assert len(before) >= 10 > 0 < len(after) and len(before - after) > len(after - before) > 0
    group, keeper = (
        BodyGroup.objects.get(key="xa-phuong"),
        Organization.objects.filter(territory=city).first(),
    )
    asked = Round(keeper=keeper, title="Sơ kết", due_on=AFTER, group=group, territory=city)
    assert [set(asked.population(day)) for day in (BEFORE, AFTER)] == [before, after]
    for body in before | after:
        RegisterStart.objects.create(organization=body, register="plans", from_year=2020)
        YearConfirmation.objects.create(organization=body, year=2025)
    of_year = {"period_kind": "years", "period_first": date(2025, 1, 1), "period_last": date(2025, 12, 31)}
    plan = Plan(keeper=keeper, **of_year)
    one = Target(
        plan=plan, text="100% các phường có kế hoạch", group=group, territory=city, measure="has-plan"
    )
    one.is_listed = False
    assert [standing(one, day).whole for day in (BEFORE, AFTER)] == [len(before), len(after)]
    reader = make_user("xem", is_superuser=True)
    for today, wards in ((BEFORE, before), (AFTER, after)):
        page = Asked(reader, 2025, Scope(territory=city), usual_map(2025, today), today)
        living = set(page.living.filter(pk__in=[body.pk for body in before | after]))
        assert living == wards and set(MAPS) >= {page.map}

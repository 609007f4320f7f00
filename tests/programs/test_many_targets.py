"""Pages that tell how targets stand ask as much for many targets as for few."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.models import AdministrativeUnit, Audience
from programs import target_reading
from programs.actions.targets import TargetEntry
from programs.measuring import Standing
from programs.models import Plan, Target, TargetReport
from programs.standings import standing, standings
from programs.target_reading import name_bodies, target_lines
from programs.targets import FROM_BELOW, REPORTED, read_target
from tests.cast import Cast
from tests.programs.test_plan_targets import city, confirm, issue, make_ward, target
from tests.programs.test_plans import make_plan
from tests.programs.test_reviews import make_review

__all__ = ["city"]
pytestmark = pytest.mark.django_db
HALF = date(2022, 6, 30)


def plan_with(cast: Cast, city: AdministrativeUnit, rounds: int) -> Plan:
    """A plan with so many targets of each way of counting, every one with bodies that told and bodies that did not."""
    wards = [make_ward(city, f"{rounds} {number}") for number in range(3)]
    for body in wards[:2]:
        confirm(body)
    issue(cast, wards[0])
    entries = []
    for number in range(rounds):
        level = number % 40 + 50
        own = {"group": None, "territory": None, "measure": REPORTED}
        entries += [
            target(city, f"Ít nhất {level}% các phường có kế hoạch"),
            target(city, f"Ít nhất {level}% hộ dân hài lòng", measure=REPORTED, audience=Audience.PARTIES),
            target(city, f"Mỗi phường ít nhất {level} mô hình", measure=REPORTED),
            TargetEntry(f"Ít nhất {level} hội nghị", asked=read_target(f"Ít nhất {level} hội nghị"), **own),
            target(city, f"Ít nhất {level}% hộ dân biết", measure=REPORTED, bodies=wards[1:]),
            target(city, f"Ít nhất {level}% có kế hoạch", bodies=wards[:2]),
            target(city, f"Mỗi phường ít nhất {level} lớp", measure=FROM_BELOW),
            target(city, f"Ít nhất {level} lớp", measure=FROM_BELOW),
        ]
    plan = make_plan(cast, targets=entries)
    told = [(one, body) for one in plan.targets.filter(measure=REPORTED) for body in (wards[1], cast.ours)]
    TargetReport.objects.bulk_create(
        TargetReport(target=one, organization=body, numerator=60, denominator=80, as_of=HALF)
        for one, body in told
    )
    below = make_plan(cast, "approved", parent=plan, title="Kế hoạch dưới")
    for one in plan.targets.filter(measure=FROM_BELOW):
        part = {"unit": one.unit, "is_each": one.is_each, "kind": one.kind, "low": one.low}
        row = Target.objects.create(plan=below, text="Phần", under=one, measure=REPORTED, **part)
        TargetReport.objects.create(target=row, organization=cast.ours, numerator=70, as_of=HALF)
    return plan


def asked(client: Client, page: str) -> list[str]:
    """What a page asks of the database."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return [one["sql"] for one in queries]


def test_pages_ask_as_much_for_many_targets_as_for_few(cast: Cast, city: AdministrativeUnit):
    counts = []
    for rounds in (1, 8):
        plan = plan_with(cast, city, rounds)
        review = make_review(cast, plan=plan)
        pages = (
            ("lan", f"/lam-viec/ke-hoach/{plan.code}/"),
            (None, f"/ke-hoach/{plan.slug}/"),
            ("lan", f"/lam-viec/so-ket-tong-ket/{review.code}/"),
            ("lan", f"/lam-viec/ke-hoach/{plan.code}/sua/"),
        )
        counts.append([len(asked(cast.client(person), page)) for person, page in pages])
    assert counts[0] == counts[1]


def test_targets_asked_about_together_stand_as_each_alone(cast: Cast, city: AdministrativeUnit):
    targets = list(plan_with(cast, city, 2).targets.select_related("plan"))
    for day in (date(2022, 6, 29), HALF):
        together = standings(targets, day)
        for one in targets:
            alone = standing(Target.objects.get(pk=one.pk), day)
            assert told(together[one.pk]) == told(alone)
            assert together[one.pk].sizes == tuple(len(bodies) for bodies in told(alone)[3:])
    assert len({stands.value for stands in together.values()}) > 4


def told(stands: Standing) -> tuple[Any, ...]:
    """What is known of a target, with the bodies behind it."""
    sets = (stands.having, stands.lacking, stands.unknown)
    return stands.done, stands.whole, stands.left_out, *(set(bodies) for bodies in sets)


def test_many_bodies_are_named_up_to_a_bound_for_all_lines_together(
    cast: Cast, city: AdministrativeUnit, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(target_reading, "MOST_NAMED", 2)
    monkeypatch.setattr(target_reading, "MOST_SETS", 4)
    plan = plan_with(cast, city, 2)
    lines = target_lines(plan.targets.all(), names_bodies=True, today=HALF)
    name_bodies(lines)
    for line in lines:
        expected = [
            (words, list(bodies.order_by("sort_key", "pk")[:2]), max(bodies.count() - 2, 0))
            for words, bodies in line.groups
            if bodies.exists()
        ]
        assert line.bodies == expected
    assert {more for line in lines for _, _, more in line.bodies} == {0, 1}

"""Figures told of targets: reported by bodies, added up from below against a slow count, stated beside, read by whom."""

import io
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.records import NotNow
from portal.actions.registers import rebuild_reach
from portal.dates import parse_period
from portal.journal import journal_of
from portal.models import AdministrativeUnit, Audience, Organization, Role, Succession
from programs.actions.companions import PlanEntry, save_companion
from programs.actions.reports import ReportEntry, figures_mark, report, state_value
from programs.actions.targets import TargetEntry
from programs.asked import asked_of
from programs.forms.plan_starts import start_below
from programs.forms.plans import PlanForm, plan_data
from programs.forms.reports import StatedForm
from programs.models import Plan, Target, TargetReport
from programs.standings import by_territory, standing
from programs.target_reading import TargetLine
from programs.targets import FROM_BELOW, REPORTED
from tests.cast import Cast, join, make_user
from tests.programs.test_plan_targets import city, confirm, issue, make_ward, target
from tests.programs.test_plans import make_plan, read, words

__all__ = ["city"]
pytestmark = pytest.mark.django_db
HALF, END = date(2022, 6, 30), date(2022, 12, 31)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIGURES = st.none() | st.integers(0, 40).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)


def asking(
    cast: Cast, city: AdministrativeUnit, text: str = "Ít nhất 90% hộ dân hài lòng", **more: Any
) -> Target:
    """The target of an approved plan for 2022 that the city's wards are to report."""
    known = {"measure": REPORTED} | more
    plan = make_plan(cast, "approved", targets=[target(city, text, **known)])
    one = plan.targets.get()
    one.plan = plan
    return one


def tell(one: Target, of: Organization, figures: tuple[int, int | None], **how: Any) -> None:
    """A body tells of a target at the end of June."""
    entry = ReportEntry(one, of, Decimal(figures[0]), None if figures[1] is None else Decimal(figures[1]))
    known = {"as_of": HALF, "by": None, "body": of, "today": date(2022, 7, 1)}
    report(one.plan, [entry], **known | how)


# --- added up


@FEW
@given(st.lists(st.tuples(st.booleans(), FIGURES), max_size=6))
def test_a_share_told_is_the_sum_of_what_bodies_told(cast: Cast, city: AdministrativeUnit, wards: list[Any]):
    """Each ward: whether it still lives at the end of the year, and what it told in June."""
    with transaction.atomic():
        one, done, whole, silent, tellers = asking(cast, city), 0, 0, 0, 0
        for number, (lives, figures) in enumerate(wards):
            body = make_ward(city, str(number), **({} if lives else {"ended_on": date(2022, 9, 1)}))
            if figures is not None:
                tell(one, body, figures)
            if lives:
                done, whole = (done + figures[0], whole + figures[1]) if figures else (done, whole)
                silent, tellers = silent + (figures is None), tellers + (figures is not None)
        stands, parts = standing(one, END), by_territory(one, END)
        assert (stands.done or 0, stands.whole or 0, stands.left_out) == (done, whole, silent)
        assert stands.having.count() + stands.lacking.count() == tellers
        assert sum(part.done or 0 for part in parts) == done
        assert (sum(part.whole or 0 for part in parts), sum(part.left_out for part in parts)) == (
            whole,
            silent,
        )
        assert stands.value == (Decimal(done * 100) / whole if whole else None)
        assert standing(one, date(2022, 6, 29)).value is None
        transaction.set_rollback(True)


@FEW
@given(st.lists(st.none() | st.integers(0, 3), max_size=6), st.booleans())
def test_what_is_asked_of_each_is_the_share_of_bodies_that_reach_it(
    cast: Cast, city: AdministrativeUnit, wards: list[int | None], adds_up: bool
):
    """Each ward: how many it told of, of itself or in a plan of its own below."""
    with transaction.atomic():
        one = asking(cast, city, "Mỗi phường ít nhất 02 mô hình", measure=FROM_BELOW if adds_up else REPORTED)
        for number, told in enumerate(wards):
            body = make_ward(city, str(number))
            asked = plan_of(body, one.plan, one, REPORTED) if adds_up else one
            if told is not None:
                tell(asked, body, (told, None))
        known = [told for told in wards if told is not None]
        reaching = sum(told >= 2 for told in known)
        stands, parts = standing(one, END), by_territory(one, END)
        assert (stands.done or 0, stands.whole or 0, stands.left_out) == (
            reaching, len(known), len(wards) - len(known)
        )  # fmt: skip
        assert stands.value == (Decimal(reaching * 100) / len(known) if known else None)
        assert str(stands.verdict.label) == (
            "chưa có số liệu" if not known else "đạt" if reaching == len(known) else "chưa đạt"
        )
        assert stands.short_by == (len(known) - reaching if known else 0)
        assert adds_up or sum(part.done or 0 for part in parts) == reaching == stands.having.count()
        transaction.set_rollback(True)


def plan_of(body: Organization, parent: Plan, above: Target, measure: str, state: str = "approved") -> Target:
    """A body's plan under another, with one target that goes into one of that."""
    entry = PlanEntry(
        PaperEntry("Kế hoạch thực hiện", partners=[PartnerEntry(1, body)]),
        period=parse_period("năm 2022"),
        parent=parent,
        targets=[TargetEntry(above.text, asked=above.asked, measure=measure, under=above)],
    )
    approved = {"state": state, "approved_at": "2022-01-05T00:00Z"} if state == "approved" else {}
    plan = save_companion(None, entry, model=Plan, by=None, keeper=body, **approved)
    one = plan.targets.get()
    one.plan = plan
    return one


BELOW = st.lists(
    st.tuples(st.booleans(), FIGURES, st.lists(st.tuples(st.booleans(), FIGURES), max_size=2)), max_size=4
)


@FEW
@given(BELOW)
def test_what_plans_below_tell_is_added_by_numerators_and_denominators(
    cast: Cast, city: AdministrativeUnit, tree: list[Any]
):
    """Each body below: whether its plan is approved, what it told, and the same of those under it, whose sum it then is."""
    with transaction.atomic():
        top, told = asking(cast, city, measure=FROM_BELOW, group=None), []
        for number, (is_approved, figures, under) in enumerate(tree):
            state = "approved" if is_approved else "drafting"
            measure = FROM_BELOW if under else REPORTED
            middle = plan_of(make_ward(city, str(number)), top.plan, top, measure, state)
            if not under and is_approved and figures:
                tell(middle, middle.plan.keeper, figures)
                told.append(figures)
            for place, (is_told, below) in enumerate(under):
                low = plan_of(make_ward(city, f"{number}-{place}"), middle.plan, middle, REPORTED)
                if below and is_told:
                    tell(low, low.plan.keeper, below)
                    told += [below] if is_approved else []
        stands = standing(top, END)
        assert (stands.done or 0, stands.whole or 0) == (sum(a for a, _ in told), sum(b for _, b in told))
        approved = sum(is_approved for is_approved, _, _ in tree)
        assert stands.having.count() + stands.unknown.count() == approved
        assert stands.left_out == stands.unknown.count()
        transaction.set_rollback(True)


def test_a_percentage_is_never_averaged(cast: Cast, city: AdministrativeUnit):
    one = asking(cast, city)
    for name, figures in (("Lớn", (10, 1000)), ("Nhỏ", (10, 10))):
        tell(one, make_ward(city, name), figures)
    assert TargetLine(one, standing(one, END), names_bodies=False).fraction == "20/1.010 = 2 %"


# --- refused


@pytest.mark.parametrize(
    ("figures", "how", "why"),
    [
        ((12, 10), {}, "Kết quả không quá tổng số."),
        ((12, None), {}, "Chỉ tiêu theo tỷ lệ: ghi cả tổng số."),
        ((1, 2), {"as_of": date(2022, 7, 2)}, "Ngày này chưa đến."),
        ((1, 2), {"as_of": date(2021, 12, 31)}, "Ngày này trước khi kế hoạch bắt đầu."),
        (
            (1, 2),
            {"today": date(2023, 1, 5)},
            "Kế hoạch đã kết thúc: chỉ cơ quan giữ kế hoạch được nhập thêm báo cáo.",
        ),
    ],
)
def test_figures_that_cannot_be_are_refused(
    cast: Cast, city: AdministrativeUnit, figures: Any, how: Any, why: str
):
    one, body = asking(cast, city), make_ward(city, "Một")
    with pytest.raises(NotNow, match=re.escape(why)):
        tell(one, body, figures, **how)
    assert not TargetReport.objects.exists()


def test_only_bodies_a_target_counts_are_reported_of_and_the_keeper_adds_after_the_end(
    cast: Cast, city: AdministrativeUnit
):
    one, body = asking(cast, city), make_ward(city, "Một")
    with pytest.raises(NotNow, match="không tính trên cơ quan này"):
        tell(one, cast.neighbour, (1, 2))
    late = {"today": date(2023, 1, 5), "as_of": END, "body": cast.ours, "by": cast.lan}
    tell(one, body, (3, 4), **late)
    with pytest.raises(NotNow, match="sau khi kế hoạch kết thúc"):
        tell(one, body, (3, 4), **late | {"as_of": date(2023, 1, 4)})
    tell(one, body, (4, 4), **late)
    held = TargetReport.objects.get()
    assert (held.words, [row.numerator for row in held.history.all()]) == ("4/4", [4, 3])
    assert [entry.verb for entry in journal_of(one.plan)][:2] == ["báo cáo chỉ tiêu", "báo cáo chỉ tiêu"]


# --- pages


@pytest.fixture
def ward(cast: Cast, city: AdministrativeUnit) -> Organization:
    """A ward of the city with a unit of its own, named Nhu."""
    body = make_ward(city, "Một")
    cast.people["nhu"] = make_user("nhu", "Đỗ Thị Nhu")
    join(cast.people["nhu"], body, Role.UNIT)
    return body


@time_machine.travel("2022-07-01 09:00 +0700")
def test_a_body_asked_reports_from_its_desk_and_nobody_else_does(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one, other = asking(cast, city), make_ward(city, "Hai")
    address = f"/lam-viec/ke-hoach/{one.plan.code}/bao-cao-chi-tieu/"
    nhu = cast.client("nhu")
    assert "Báo cáo chỉ tiêu: Kế hoạch năm 2022" in words(nhu.get("/lam-viec/").text)
    key = f"{one.code}-{ward.code}"
    posted = {"as_of": "30/6/2022", f"{key}-numerator": "45", f"{key}-denominator": "40"}
    refused = nhu.post(address, posted)
    assert (refused.status_code, "Kết quả không quá tổng số." in refused.text) == (422, True)
    posted[f"{key}-denominator"] = "1.045"
    assert nhu.post(address, posted | {f"{one.code}-{other.code}-numerator": "1"}).status_code == 302
    assert [(row.organization, row.words) for row in TargetReport.objects.all()] == [(ward, "45/1.045")]
    assert "Báo cáo chỉ tiêu" not in words(nhu.get("/lam-viec/").text)
    assert [cast.client(name).get(address).status_code for name in ("binh", "phuc", "lan")] == [404, 404, 404]
    page = read(cast, one.plan, "lan")
    assert "45/1.045 = 4,3 % , cần thêm 896 tính đến 30/6/2022, chưa có báo cáo của 1 cơ quan" in page
    assert "Báo cáo chưa đạt mức: UBND phường Một. Chưa báo cáo: UBND phường Hai." in page


@pytest.mark.parametrize("adds_up", [False, True])
def test_figures_told_say_of_which_days_they_are(
    cast: Cast, city: AdministrativeUnit, ward: Organization, adds_up: bool
):
    one, other = asking(cast, city, measure=FROM_BELOW if adds_up else REPORTED), make_ward(city, "Hai")

    def said() -> str:
        return TargetLine(one, standing(one, END), names_bodies=False).as_of

    for body, day, told in (
        (ward, date(2022, 3, 31), "tính đến 31/3/2022, chưa có báo cáo của 1 cơ quan"),
        (other, HALF, "tính đến 31/3/2022 – 30/6/2022, tùy nơi"),
    ):
        tell(plan_of(body, one.plan, one, REPORTED) if adds_up else one, body, (9, 10), as_of=day)
        assert said() == told


@time_machine.travel("2022-09-01 09:00 +0700")
def test_a_body_says_that_its_figures_are_still_so_and_the_keeper_not_for_it(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one = asking(cast, city)
    tell(one, ward, (9, 10), by=cast.people["nhu"])
    key, own = f"{one.code}-{ward.code}", f"/lam-viec/ke-hoach/{one.plan.code}/bao-cao-chi-tieu/"
    figures = {f"{key}-numerator": "9", f"{key}-denominator": "10"}
    grid = f"/lam-viec/ke-hoach/{one.plan.code}/chi-tieu/{one.code}/nhap/"
    for name, address, posted, day in (
        ("lan", grid, figures | {"as_of": "31/8/2022"}, HALF),
        ("nhu", own, {f"{key}-numerator": "", f"{key}-denominator": "", "as_of": "31/8/2022"}, HALF),
        ("nhu", own, figures | {"as_of": "31/5/2022"}, HALF),
        ("nhu", own, figures | {"as_of": "31/8/2022"}, date(2022, 8, 31)),
    ):
        answer = cast.client(name).post(address, posted)
        assert (answer.status_code == 302, TargetReport.objects.get().as_of) == (day != HALF, day)


@time_machine.travel("2022-07-01 09:00 +0700")
def test_the_keeper_enters_for_many_in_a_grid(
    cast: Cast,
    city: AdministrativeUnit,
):
    one = asking(cast, city)
    bodies = [make_ward(city, str(number)) for number in range(3)]
    address = f"/lam-viec/ke-hoach/{one.plan.code}/chi-tieu/{one.code}/nhap/"
    posted = {"as_of": "30/6/2022"}
    for body in bodies[:2]:
        posted |= {f"{one.code}-{body.code}-numerator": "9", f"{one.code}-{body.code}-denominator": "10"}
    assert cast.client("lan").post(address, posted).status_code == 302
    assert standing(one, END).done == 18
    assert cast.client("phuc").get(address).status_code == 403
    lines = words(cast.client("thu").get(f"/lam-viec/ke-hoach/{one.plan.code}/chi-tieu/{one.code}/").text)
    assert "Cộng 18/20 = 90 % 1 cơ quan" in lines


@time_machine.travel("2022-07-01 09:00 +0700")
def test_what_somebody_told_meanwhile_is_not_written_over_unseen(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one, other = asking(cast, city), make_ward(city, "Hai")
    tell(one, ward, (9, 10), by=cast.people["nhu"])
    lan, key, more = cast.client("lan"), f"{one.code}-{ward.code}", f"{one.code}-{other.code}"
    address = f"/lam-viec/ke-hoach/{one.plan.code}/chi-tieu/{one.code}/nhap/"

    def seen(page: Any) -> dict[str, str]:
        return dict(re.findall(r'name="([^"]*-luc-mo)" value="([^"]*)"', page.text))

    opened = seen(lan.get(address)) | {"as_of": "30/6/2022"}
    opened |= {f"{key}-numerator": "9", f"{key}-denominator": "10"}
    tell(one, ward, (10, 10), by=cast.people["nhu"])
    assert (
        lan.post(address, opened | {f"{more}-numerator": "1", f"{more}-denominator": "2"}).status_code == 302
    )
    changed = opened | {f"{key}-numerator": "8"}
    refused = lan.post(address, changed)
    assert (refused.status_code, "Vừa có người ghi: 10/10." in refused.text) == (422, True)
    assert {row.organization.name: row.words for row in TargetReport.objects.all()} == {
        ward.name: "10/10", other.name: "1/2"
    }  # fmt: skip
    assert lan.post(address, changed | seen(refused)).status_code == 302
    assert TargetReport.objects.get(organization=ward).words == "8/10"


def test_a_stated_value_stands_beside_the_computed_one_with_its_reason_inside(
    cast: Cast, city: AdministrativeUnit
):
    body = make_ward(city, "Một")
    confirm(body)
    issue(cast, body)
    plan = make_plan(cast, targets=[target(city, "100% các phường ban hành kế hoạch")])
    one = plan.targets.get()
    with pytest.raises(NotNow, match="Kết quả không quá tổng số"):
        state_value(one, by=cast.lan, value=Decimal(3), of=Decimal(2), on=END, reason="Đếm lại")
    posted = {"value": "1", "of": "2", "on": "31/12/2022", "reason": "Một phường chưa vào sổ"}
    before = StatedForm({"reason": "Đếm lại"}, target=one, today=END)
    assert (before.initial["on"], before.errors) == ("31/12/2022", {"value": ["Ghi số nêu."]})
    address = f"/lam-viec/ke-hoach/{plan.code}/chi-tieu/{one.code}/neu-so/"
    assert cast.client("phuc").post(address, posted).status_code == 403
    assert cast.client("lan").post(address, posted).status_code == 302
    visitor, clerk = read(cast, plan, None), read(cast, plan, "lan")
    for page in (visitor, clerk):
        assert "1/1 = 100 %" in page and "Cơ quan giữ kế hoạch nêu: 1/2 = 50 %, tính đến 31/12/2022" in page
    assert ("chưa vào sổ" in visitor, "Lý do: Một phường chưa vào sổ" in clerk) == (False, True)
    whole = words(cast.client("lan").get("/lam-viec/tong-hop/2022/chi-tieu/?don-vi=").text)
    assert "1/1 = 100 %" in whole and "Cơ quan giữ kế hoạch nêu: 1/2 = 50 %, tính đến 31/12/2022" in whole
    assert "chưa vào sổ" not in whole
    unseen = cast.client("lan").post(address, posted | {"value": "2", "luc-mo": figures_mark()})
    assert (unseen.status_code, "Vừa có người ghi: 1/2." in unseen.text) == (422, True)
    assert cast.client("lan").post(address, {"reason": "Đã vào sổ"}).status_code == 302
    assert "nêu:" not in read(cast, plan, None)
    assert [row.stated_value for row in one.history.all()][:2] == [None, 1]


@time_machine.travel("2022-07-01 09:00 +0700")
def test_more_than_a_number_asked_shows_as_such(cast: Cast, city: AdministrativeUnit):
    one = asking(cast, city, "Ít nhất 02 mô hình", group=None)
    tell(one, cast.ours, (3, None), today=date(2022, 7, 1))
    page = cast.client("lan").get(f"/lam-viec/ke-hoach/{one.plan.code}/").text
    assert "range-notch" in page
    assert "3 mô hình (150 % mức giao), đạt" in words(page)
    whole = words(cast.client("lan").get("/lam-viec/tong-hop/2022/chi-tieu/?don-vi=").text)
    assert "3 mô hình (150 % mức giao) đạt" in whole


def test_the_excel_of_targets_names_every_body(cast: Cast, city: AdministrativeUnit, ward: Organization):
    one = asking(cast, city)
    make_ward(city, "Hai")
    tell(one, ward, (9, 10))
    state_value(one, by=cast.lan, value=Decimal(8), of=Decimal(10), on=HALF, reason="Đếm lại")
    address = f"/lam-viec/ke-hoach/{one.plan.code}/chi-tieu/excel/"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(cast.client("lan").get(address).streaming_content)))
    rows = [[cell.value for cell in row[3:10]] for row in book.active.iter_rows(min_row=5)]
    told = [datetime.combine(HALF, time()), "8/10 = 80 %, tính đến 30/6/2022. Lý do: Đếm lại"]
    assert rows == [
        [*told, "UBND phường Một", "phường Một", "Đã báo cáo", 9, 10],
        [*told, "UBND phường Hai", "phường Hai", "Chưa báo cáo", None, None],
    ]
    assert cast.client("binh").get(address).status_code == 404


# --- on the form


def form_of(cast: Cast, **targets: str) -> PlanForm:
    """A plan's form with one target, handed in."""
    data = QueryDict(mutable=True)
    data.update(
        {"title": "Kế hoạch", "period": "năm 2022", "targets-TOTAL_FORMS": "1", "partners-TOTAL_FORMS": "1"}
    )
    data.update(
        {
            "partners-0-name": cast.ours.name,
            "partners-0-side": "1",
            "targets-0-text": "100% các phường có kế hoạch",
        }
    )
    data.update({f"targets-0-{name}": value for name, value in ({"level": "100 %"} | targets).items()})
    return PlanForm(data, user=cast.lan, complete=True)


def test_a_list_of_bodies_is_pasted_kept_and_counted(cast: Cast, city: AdministrativeUnit):
    one, two = make_ward(city, "Một"), make_ward(city, "Hai", ended_on=HALF)
    form = form_of(cast, bodies="UBND phường Một\nUBND phường Hai; UBND phường Một", measure=REPORTED)
    assert form.is_valid(), [row.errors for row in form.forms]
    plan = save_companion(None, form.entry(), model=Plan, by=cast.lan, keeper=cast.ours)
    held = plan.targets.get()
    assert [row.organization for row in held.bodies.all()] == [one, two]
    assert [held.population(day).count() for day in (HALF, END)] == [2, 1]
    again = PlanForm(plan_data(plan), user=cast.lan, record=plan)
    assert again.is_valid()
    before = list(held.bodies.values())
    save_companion(plan, again.entry(), model=Plan, by=cast.lan)
    assert list(Target.objects.get(pk=held.pk).bodies.values()) == before


@time_machine.travel("2022-08-01 09:00 +0700")
def test_the_heir_of_listed_bodies_is_counted_and_asked_once_from_its_day(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    begun = HALF + timedelta(days=1)
    gone = [make_ward(city, name, ended_on=HALF) for name in ("Hai", "Ba")]
    heir, later = make_ward(city, "Mới", started_on=begun), make_ward(city, "Bốn")
    for old, new in [(gone[0], heir), (gone[1], heir), (later, ward)]:
        Succession.objects.create(predecessor=old, successor=new, kind="merged", effective_on=begun)
    rebuild_reach()
    one = asking(cast, city, bodies=[ward, *gone, later], group=None, territory=None)
    assert [set(one.population(day)) for day in (HALF, begun)] == [{ward, *gone, later}, {ward, heir, later}]
    assert list(asked_of(heir, begun)) == [one] == list(asked_of(ward, begun))
    assert not asked_of(gone[0], begun).exists() and not asked_of(heir, HALF).exists()
    tell(one, heir, (9, 10), as_of=begun, today=date(2022, 8, 1))
    stands = standing(one, END)
    assert (stands.done, stands.whole, stands.left_out, list(stands.having)) == (9, 10, 2, [heir])


def test_names_that_mean_no_body_or_several_are_refused(cast: Cast, city: AdministrativeUnit):
    for _ in range(2):
        body = make_ward(city, "Tân Lập")
        Organization.objects.filter(pk=body.pk).update(slug=f"x{body.pk}")
    form = form_of(cast, bodies="UBND phường Tân Lập\nUBND phường Không Có")
    assert not form.is_valid()
    assert form.rows["targets"][0].errors["bodies"] == [
        "Có nhiều cơ quan tên “UBND phường Tân Lập”: xin ghi kèm địa bàn.",
        "Không tìm thấy cơ quan “UBND phường Không Có”.",
    ]


def test_a_group_of_one_is_asked_about_once(cast: Cast, city: AdministrativeUnit):
    make_ward(city, "Một")
    of = {"group": "xa-phuong", "territory": city.name, "territory-ma": city.code}
    form = form_of(cast, **of)
    assert not form.is_valid()
    doubt = form.rows["targets"][0]["group"]
    assert doubt.warning == "Các xã, phường, đặc khu trong thành phố Thử chỉ có một cơ quan: UBND phường Một."
    kept = form_of(cast, **of, **{"group-giu-nguyen": doubt.warning_key})
    assert kept.is_valid(), [row.errors for row in kept.forms]
    plan = save_companion(None, kept.entry(), model=Plan, by=cast.lan, keeper=cast.ours)
    assert not PlanForm(plan_data(plan), user=cast.lan, record=plan, complete=True).doubtful()


# --- started below


def test_a_side_and_a_body_below_start_plans_of_their_own(cast: Cast, city: AdministrativeUnit):
    plan = make_plan(cast, targets=[target(city, "Ít nhất 90% hộ dân hài lòng", measure=FROM_BELOW, group=None),
                     target(city, "Việc trong nhà", audience=Audience.BODY)])  # fmt: skip
    offered = {
        name: "Lập kế hoạch của cơ quan mình" in read(cast, plan, name) for name in ("lan", "phuc", "binh")
    }
    assert offered == {"lan": False, "phuc": True, "binh": False}
    data = start_below(plan, cast.phuc)
    assert (data["partners-0-name"], data["parent-ma"]) == (cast.partner.name, plan.code)
    form = PlanForm(data, user=cast.phuc)
    assert form.is_valid(), [row.errors for row in form.forms]
    own = save_companion(None, form.entry(), model=Plan, by=cast.phuc, keeper=cast.partner)
    assert [(one.text, one.under, one.measure) for one in own.targets.all()] == [
        ("Ít nhất 90% hộ dân hài lòng", plan.targets.first(), REPORTED)
    ]
    started = cast.client("phuc").get(f"/lam-viec/ke-hoach/nhap/?thuc-hien={plan.code}", follow=True)
    assert (started.status_code, plan.code in started.text) == (200, True)


def test_bodies_below_a_side_plan_under_its_public_plan(cast: Cast):
    entry = PlanEntry(
        PaperEntry("Kế hoạch của thành phố", partners=[PartnerEntry(1, cast.superior)]),
        period=parse_period("năm 2022"),
    )
    plan = save_companion(
        None,
        entry,
        model=Plan,
        by=cast.thu,
        keeper=cast.superior,
        state="approved",
        approved_at="2022-01-05T00:00Z",
    )
    Plan.objects.filter(pk=plan.pk).update(published_from="2022-01-05T00:00Z", slug="cap-tren")
    plan.refresh_from_db()
    offered = {
        name: "Lập kế hoạch của cơ quan mình" in read(cast, plan, name) for name in ("lan", "phuc", "thu")
    }
    assert offered == {"lan": True, "phuc": False, "thu": False}


def test_a_plan_without_a_day_is_told_to_the_approver(cast: Cast):
    plan = make_plan(cast, "drafting")
    said = "Chưa ghi ngày ban hành. Khi duyệt, kế hoạch được tính là đã ban hành."
    review = f"/lam-viec/ke-hoach/{plan.code}/xem-xet/"
    asked = []
    for has_day in (True, False):
        if not has_day:
            type(plan.document).objects.filter(pk=plan.document_id).update(
                dated_precision="unknown", dated_first=None, dated_last=None
            )
        Plan.objects.filter(pk=plan.pk).update(state="waiting")
        asked.append(said in cast.client("hung").get(review).text)
    assert asked == [False, True]

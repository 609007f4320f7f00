"""Targets of plans: pasted and confirmed, measured as sets against a slow count, told to whom."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import starter
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.changes import columns_of
from portal.dates import parse_period
from portal.models import (
    AdministrativeUnit,
    Audience,
    BodyGroup,
    Document,
    Level,
    Organization,
    OrganizationKind,
    Partner,
    RegisterStart,
    YearConfirmation,
)
from portal.publication import publication_preview
from portal.year import TODAY, Asked, Scope
from portal.year_page import content_of, targets_of
from programs.actions.companions import PlanEntry, save_companion
from programs.actions.rounds import tell_handed_in
from programs.actions.targets import TargetEntry
from programs.consulting import content_to_send
from programs.forms.plan_starts import next_year_data
from programs.forms.plans import PlanForm, plan_data
from programs.forms.targets import OVER_WHOLE, split_targets
from programs.models import Duty, Plan, Review, Round, Submission, Target
from programs.standings import standing
from programs.target_reading import TargetLine
from programs.targets import Verdict, read_target
from tests.cast import Cast, make_body
from tests.once import made_once
from tests.programs.test_plans import make_plan, read, words

pytestmark = pytest.mark.django_db
OF_BA_DINH = """100% các cơ quan, đơn vị nghiêm túc thực hiện kế hoạch;
100% các phường ban hành kế hoạch tổ chức thực hiện;
100% các phường đăng ký mô hình;
Phấn đấu 40%-50% các cơ quan chuyên môn đăng ký mô hình"""


@pytest.fixture
def city(cast: Cast) -> AdministrativeUnit:
    """A city with the starter's groups of bodies."""
    return made_once(make_city, cast)


def make_city(_cast: Cast) -> AdministrativeUnit:
    """Load the starter set, and make a city beside it."""
    starter.load()
    unit = AdministrativeUnit(name="thành phố Thử", level=Level.objects.get(key="tinh"))
    unit.path = unit.own_path()
    unit.save()
    return unit


def make_ward(city: AdministrativeUnit, name: str, **dates: Any) -> Organization:
    """A ward's committee."""
    unit = AdministrativeUnit(name=f"phường {name}", level=Level.objects.get(key="xa"), parent=city)
    unit.path = unit.own_path()
    unit.save()
    return make_body(
        f"UBND phường {name}", kind=OrganizationKind.objects.get(key="ubnd"), territory=unit, **dates
    )


def confirm(body: Organization, year: int = 2022) -> None:
    """The body keeps its plans from long ago, and confirmed the year."""
    RegisterStart.objects.create(organization=body, register="plans", from_year=2000)
    YearConfirmation.objects.create(organization=body, year=year)


def issue(cast: Cast, body: Organization, *, approved: bool = True) -> None:
    """A plan of a body for 2022."""
    entry = PlanEntry(
        PaperEntry("Kế hoạch của phường", partners=[PartnerEntry(1, body)]), period=parse_period("năm 2022")
    )
    state = {"state": "approved", "approved_at": "2022-01-05T00:00Z"} if approved else {}
    save_companion(None, entry, model=Plan, by=None, keeper=body, **state)


def target(city: AdministrativeUnit, text: str, **more: Any) -> TargetEntry:
    """A target of the city's wards."""
    known = {"group": BodyGroup.objects.get(key="xa-phuong"), "territory": city, "measure": "has-plan"}
    return TargetEntry(text, asked=read_target(text), **known | more)


def test_four_pasted_targets_are_read_for_the_clerk_to_confirm(city: AdministrativeUnit):
    rows = split_targets(OF_BA_DINH)
    assert [(row["level"], row["group"], row["measure"]) for row in rows] == [
        ("100 %", "co-quan-don-vi", ""),
        ("100 %", "xa-phuong", "has-plan"),
        ("100 %", "xa-phuong", ""),
        ("phấn đấu 40–50 %", "co-quan-chuyen-mon", ""),
    ]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("100% xã, phường ban hành kế hoạch", "xa-phuong"),
        ("02 mô hình/phường", "xa-phuong"),
        ("50% số trường học đăng ký", "truong-hoc"),
        ("Mỗi đơn vị ít nhất một mô hình", "co-quan-don-vi"),
        ("Ít nhất 90% hồ sơ đúng hạn", ""),
    ],
)
def test_whom_a_target_counts_is_found_however_it_says_all_of_them(
    city: AdministrativeUnit, text: str, group: str
):
    assert [row["group"] for row in split_targets(text)] == [group]


def test_the_journal_says_a_measure_in_words():
    measure = next(one for one in columns_of(Target) if one.name == "measure")
    keys = ("has-plan", "report", "")
    assert [measure.said(Target(measure=key), {}) for key in keys] == [
        "đã ban hành kế hoạch trong kỳ", "từng cơ quan báo cáo", ""]  # fmt: skip


def test_what_was_kept_comes_back_to_the_form_as_it_was(cast: Cast, city: AdministrativeUnit):
    own = {"territory": cast.ours.territory, "audience": Audience.PARTIES}
    retold = {"text": {"note": "diễn đạt lại"}}
    plan = make_plan(cast, "drafting", targets=[target(city, "Ít nhất 90% các phường có kế hoạch", marks=retold),
                     target(city, "Từ 2 đến 3 hội nghị", **own), TargetEntry("Nâng cao nhận thức")])  # fmt: skip
    before = list(plan.targets.values())
    form = PlanForm(plan_data(plan), user=cast.lan, record=plan)
    assert form.is_valid(), [one.errors for one in form.forms]
    save_companion(plan, form.entry(), model=Plan, by=cast.lan)
    assert list(plan.targets.values()) == before
    copied = next_year_data(plan)
    assert (copied["targets-0-origin"], copied["targets-0-item"]) == (str(before[0]["id"]), "")


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("120 %", OVER_WHOLE),
        ("", None),
        ("chưa rõ", None),
        ("<script>", None),
    ],
)
def test_a_level_that_cannot_be_is_refused_at_its_field(cast: Cast, level: str, said: str | None):
    starter.load()
    data = QueryDict(mutable=True)
    data.update({"title": "Kế hoạch", "targets-TOTAL_FORMS": "1", "targets-0-text": "Chỉ tiêu"})
    data["targets-0-level"] = level
    form = PlanForm(data, user=cast.lan)
    form.is_valid()
    assert form.rows["targets"][0].errors.get("level", [None])[0] == said


@pytest.mark.parametrize(
    "text", ["Đạt 105% dự toán thu ngân sách", "Phấn đấu thu ngân sách đạt 102–110% dự toán"]
)
def test_a_share_of_more_than_there_is_is_proposed_in_words(city: AdministrativeUnit, text: str):
    assert [(row["text"], row["level"]) for row in split_targets(text)] == [(text, "bằng lời")]


def test_where_a_group_lies_is_asked_when_the_plan_is_handed_in(cast: Cast):
    starter.load()
    data = QueryDict(mutable=True)
    data.update(
        {"title": "Kế hoạch", "targets-TOTAL_FORMS": "1", "targets-0-text": "100% các phường có kế hoạch"}
    )
    data.update({"targets-0-level": "100 %", "targets-0-group": "xa-phuong"})
    draft = PlanForm(data.copy(), user=cast.lan)
    assert draft.is_valid()
    plan = save_companion(None, draft.entry(), model=Plan, by=cast.lan, keeper=cast.ours)
    assert (plan.targets.get().group.key, plan.targets.get().territory) == ("xa-phuong", None)
    assert standing(plan.targets.get(), date(2022, 12, 31)).verdict == Verdict.NO_DATA
    handed_in = PlanForm(data, user=cast.lan, complete=True)
    assert not handed_in.is_valid()
    assert handed_in.rows["targets"][0].errors["territory"] == ["Chọn địa bàn của nhóm cơ quan được tính."]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=6))
def test_a_share_is_what_counting_body_by_body_gives(cast: Cast, wards: list[tuple[bool, bool, bool]]):
    """Each ward: whether it lives on the day, whether its year is known, whether it has an approved plan."""
    starter.load()
    place = AdministrativeUnit(name="tỉnh", level=Level.objects.get(key="tinh"))
    place.path = place.own_path()
    place.save()
    done = whole = left_out = 0
    for number, (lives, is_known, has_plan) in enumerate(wards):
        body = make_ward(
            place, f"{place.code} {number}", **({} if lives else {"ended_on": date(2022, 6, 30)})
        )
        if is_known:
            confirm(body)
        issue(cast, body, approved=has_plan)
        done += lives and is_known and has_plan
        whole += lives and is_known
        left_out += lives and not is_known
    plan = make_plan(cast, "drafting", targets=[target(place, "100% các phường ban hành kế hoạch")])
    stands = standing(plan.targets.get(), date(2022, 12, 31))
    assert (stands.done or 0, stands.whole, stands.left_out) == (done, whole, left_out)
    assert (stands.having.count(), stands.lacking.count()) == (done, whole - done)
    assert (stands.verdict == Verdict.NO_DATA) == (whole == 0)


def test_a_ward_merged_in_mid_year_leaves_the_denominator_on_that_day_and_not_before(
    cast: Cast, city: AdministrativeUnit
):
    last = date(2025, 6, 30)
    for name in ("Một", "Hai"):
        confirm(make_ward(city, name, ended_on=last), 2025)
    confirm(make_ward(city, "Mới", started_on=date(2025, 7, 1)), 2025)
    plan = make_plan(cast, "drafting", targets=[target(city, "100% các phường có kế hoạch")])
    one = plan.targets.get()
    assert [standing(one, day).whole for day in (last, date(2025, 7, 1))] == [2, 1]


def test_visitors_read_the_fraction_and_only_those_concerned_the_names(cast: Cast, city: AdministrativeUnit):
    for name, has_plan in (("Một", True), ("Hai", False)):
        body = make_ward(city, name)
        confirm(body)
        issue(cast, body, approved=has_plan)
    make_ward(city, "Ba")
    plan = make_plan(cast, targets=[target(city, "100% các phường ban hành kế hoạch"),
                     target(city, "Việc trong nhà", audience=Audience.BODY, measure="")])  # fmt: skip
    visitor, clerk = read(cast, plan, None), read(cast, plan, "lan")
    told = "1/2 = 50 % , cần thêm 1 cơ quan tính đến 31/12/2022, chưa có số liệu của 1 cơ quan"
    assert told in visitor and told in clerk
    assert "phường Hai" not in visitor and "Việc trong nhà" not in visitor
    assert "Chưa làm: UBND phường Hai." in clerk and "Chưa có số liệu: UBND phường Ba." in clerk
    assert "phường Hai" not in words(cast.client("kien").get(f"/ke-hoach/{plan.slug}/").text)
    parts = [line.words for line in publication_preview(plan).public if line.part == "Chỉ tiêu"]
    asked = "Cần đạt: 100 %, các xã, phường, đặc khu, thành phố Thử. Đo bằng: đã ban hành kế hoạch trong kỳ"
    assert parts == [f"100% các phường ban hành kế hoạch\n{asked}"] and asked in visitor


def test_the_plan_that_asks_is_no_evidence_for_itself(cast: Cast, city: AdministrativeUnit):
    body = make_ward(city, "Một")
    confirm(body)
    plan = make_plan(cast, targets=[target(city, "100% các phường ban hành kế hoạch")])
    plan.document.partners.filter(side=1).update(organization=body)
    stands = standing(plan.targets.get(), date(2022, 12, 31))
    assert (stands.done, stands.whole) == (0, 1)
    issue(cast, body)
    assert standing(plan.targets.get(), date(2022, 12, 31)).done == 1


def test_before_the_first_day_of_a_plan_nothing_is_known(cast: Cast, city: AdministrativeUnit):
    body, before = make_ward(city, "Một"), date(2021, 12, 31)
    confirm(body)
    YearConfirmation.objects.create(organization=body, year=2021)
    plan = make_plan(cast, targets=[target(city, "100% các phường ban hành kế hoạch")])
    stands = standing(plan.targets.get(), before)
    assert (stands.done, stands.left_out, list(stands.unknown)) == (None, 1, [body])
    with time_machine.travel(before):
        assert "0/1" not in read(cast, plan, "lan")
    assert standing(plan.targets.get(), date(2022, 1, 1)).done == 0


def test_nothing_known_is_said_as_nothing_and_never_as_zero(cast: Cast, city: AdministrativeUnit):
    make_ward(city, "Một")
    plan = make_plan(cast, targets=[target(city, "100% các phường ban hành kế hoạch"),
                     target(city, "100% các phường đăng ký mô hình", measure="")])  # fmt: skip
    page = read(cast, plan, None)
    assert page.count("chưa có số liệu") >= 2 and "0 %" not in page.replace("100 %", "")


def test_how_a_line_says_how_it_stands(cast: Cast, city: AdministrativeUnit):
    plan = make_plan(cast, "drafting", targets=[target(city, "Phấn đấu 40%-50% các phường có kế hoạch")])
    one = Target.objects.select_related("group", "territory").get(plan=plan)
    for number in range(14):
        body = make_ward(city, str(number))
        confirm(body)
        if number < 6:
            issue(cast, body)
    line = TargetLine(one, standing(one, date(2022, 12, 31)), names_bodies=False)
    assert (line.fraction, line.verdict, line.share) == ("6/14 = 42,9 %", "đạt", Decimal("42.9"))
    assert line.asked == "phấn đấu 40–50 %, các xã, phường, đặc khu, thành phố Thử"


def test_bodies_asked_for_their_opinion_read_what_a_party_reads_of_the_targets(
    cast: Cast, city: AdministrativeUnit
):
    plan = make_plan(cast, "drafting", targets=[target(city, "100% các phường có kế hoạch"),
                     target(city, "Riêng các bên", audience=Audience.PARTIES),
                     target(city, "Việc trong nhà", audience=Audience.BODY)])  # fmt: skip
    content, _ = content_to_send(plan)
    asked = next(part["lines"] for part in content["sections"] if part["heading"] == "Chỉ tiêu")
    assert asked == ["100% các phường có kế hoạch", "Riêng các bên"]


def test_a_review_issued_or_a_part_handed_in_counts_as_reviewed(cast: Cast, city: AdministrativeUnit):
    wards = [make_ward(city, name) for name in ("Một", "Hai", "Ba", "Bốn")]
    for body in wards:
        confirm(body)
        RegisterStart.objects.create(organization=body, register="reviews", from_year=2000)
    year = {"period_kind": "years", "period_first": date(2022, 1, 1), "period_last": date(2022, 12, 31)}
    approved = {"state": "approved", "approved_at": "2022-12-20T00:00Z"}
    for body, state in ((wards[0], approved), (wards[1], {})):
        paper = Document.objects.create(title="Báo cáo tổng kết")
        Partner.objects.create(document=paper, organization=body)
        Review.objects.create(document=paper, keeper=body, **state, **year)
    known = {"title": "Báo cáo năm", "due_on": date(2022, 12, 20), "opens_on": date(2022, 12, 1)}
    asked = Round.objects.create(keeper=cast.ours, opened_at="2022-12-01T00:00Z", **known, **year)
    for body, returned in (
        (wards[2], {}),
        (wards[3], {"returned_at": "2022-12-21T00:00Z", "return_reason": "Thiếu"}),
    ):
        duty, paper = (
            Duty.objects.create(round=asked, organization=body),
            Document.objects.create(title="Phần"),
        )
        Submission.objects.create(duty=duty, document=paper, keeper=body, **approved, **returned)
    tell_handed_in(asked.duties.all())
    plan = make_plan(
        cast, "drafting", targets=[target(city, "100% các phường nộp báo cáo", measure="has-review")]
    )
    stands = standing(plan.targets.get(), date(2022, 12, 31))
    assert set(stands.having) == {wards[0], wards[2]} and set(stands.lacking) == {wards[1], wards[3]}


def test_the_summary_says_which_row_is_to_be_put_right(cast: Cast):
    starter.load()
    data = QueryDict(mutable=True)
    data.update({"title": "Kế hoạch", "targets-TOTAL_FORMS": "2"})
    for row, level in enumerate(("100 %", "120 %")):
        data.update({f"targets-{row}-text": "Chỉ tiêu", f"targets-{row}-level": level})
    page = cast.client("lan").post("/lam-viec/ke-hoach/nhap/", data | {"lam": "save"}).text
    summary = page[page.index('id="error-summary"') : page.index("</ul>", page.index('id="error-summary"'))]
    assert f"Mức cần đạt, dòng 2: {OVER_WHOLE}" in summary and "ghi “bằng lời”" in OVER_WHOLE


def asked_of_all(cast: Cast, scope: Scope) -> Asked:
    """The year of the plans here, asked by who runs the site."""
    return Asked(cast.quy, 2022, scope, TODAY, date(2022, 12, 31))


def test_of_more_targets_than_are_measured_a_page_of_the_year_says_so_and_judges_none(
    cast: Cast, city: AdministrativeUnit, monkeypatch: pytest.MonkeyPatch
):
    for module in ("portal.year_page", "programs.figures"):
        monkeypatch.setattr(f"{module}.MOST_TARGETS", 2)
    confirm(make_ward(city, "Một"))
    make_plan(cast, "approved", targets=[target(city, "100% các phường ban hành kế hoạch") for _ in range(3)])
    asked = asked_of_all(cast, Scope(territory=city))
    content = content_of(asked)
    assert (len(content.targets), content.targets_in_all) == (2, 3)
    assert "đã đạt" not in content.paragraph
    page = cast.client("quy").get("/lam-viec/tong-hop/2022/chi-tieu/?dia-ban=thành phố Thử").text
    assert "Nêu 2 trong 3 chỉ tiêu, của các kế hoạch mới nhất" in words(page)


def test_a_territory_is_told_of_the_targets_of_its_own_bodies_too(cast: Cast, city: AdministrativeUnit):
    Organization.objects.filter(pk=cast.ours.pk).update(territory=city)
    alone = TargetEntry(
        "Ít nhất 3 cuộc đối thoại", asked=read_target("Ít nhất 3 cuộc đối thoại"), measure="reported"
    )
    make_plan(cast, "approved", targets=[alone])
    ward = make_ward(city, "Một").territory
    told = [targets_of(asked_of_all(cast, Scope(territory=place))) for place in (city, ward)]
    assert [[one.text for one in found] for found in told] == [["Ít nhất 3 cuộc đối thoại"], []]

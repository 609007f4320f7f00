"""A review gathered from what bodies handed in for a round; what a review offers to the next term and the next year."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from portal.actions.copies import as_data
from portal.dates import parse_period
from portal.forms import rows
from portal.models import Organization, RegisterStart, YearConfirmation
from programs.actions.rounds import RoundEntry, accept, open_round, save_round, send
from programs.actions.targets import TargetEntry
from programs.forms.plan_starts import next_year_data
from programs.forms.review_gathering import gathered
from programs.forms.reviews import ReviewForm
from programs.models import Review, Round, Target
from programs.offers import offers_of
from programs.targets import read_target
from tests.cast import Cast, in_days, make_body, make_program
from tests.programs.test_plan_targets import city, make_ward, target
from tests.programs.test_plans import make_plan, task
from tests.programs.test_reviews import make_review

__all__ = ["city"]


def hand_in(
    cast: Cast, asked: Round, body: Organization, content: dict[str, Any], *, taken: bool = True
) -> None:
    """What one body tells, accepted or not."""
    duty = asked.duties.get(organization=body)
    sent = send(duty, content, by=None, body=body, expected=0, sender_name="Nguyễn Văn Tư")
    if taken:
        accept(sent, by=cast.lan)


@pytest.fixture
def asked(cast: Cast) -> Round:
    """An open round of our body for three others."""
    wards = [make_body(f"UBND phường {name}") for name in ("An", "Bình", "Cát")]
    entry = RoundEntry("Tổng kết năm 2026", in_days(9), named=wards, period=parse_period("năm 2026"))
    return open_round(save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)


def test_accepted_parts_are_gathered_by_body_and_alike_figures_summed(cast: Cast, asked: Round) -> None:
    an, binh, cat = (one.organization for one in asked.duties.order_by("organization__sort_key"))
    talks = {"counts": "Hội nghị đối thoại", "unit": "cuộc", "as_of": "", "approximator": ""}
    hand_in(cast, asked, an, {
        "results": "Đã đối thoại", "limitations": "Còn ít\nChậm",
        "figures": [talks | {"value": "5"}, talks | {"value": "3", "unit": "buổi"}],
    })  # fmt: skip
    hand_in(
        cast,
        asked,
        binh,
        {"figures": [talks | {"counts": "hội nghị ĐỐI THOẠI", "value": "2", "approximator": "trên"}]},
    )
    hand_in(cast, asked, cat, {"results": "Chưa nhận", "figures": [talks | {"value": "100"}]}, taken=False)
    found = gathered(asked, cast.lan)
    form = ReviewForm(found.data, user=cast.lan)
    assert form.is_valid()
    entry = form.entry()
    assert [(one.about, one.text, one.audience) for one in entry.items] == [
        (an.name, "Đã đối thoại", "parties")
    ]
    assert [(one.text, one.part) for one in entry.texts] == [(f"{an}: Còn ít; Chậm", "limitation")]
    assert [(one.value, one.approximator, one.unit, one.parts) for one in entry.figures] == [
        (Decimal(7), "trên", "cuộc", ((an.name, Decimal(5)), (binh.name, Decimal(2)))),
        (Decimal(3), "", "buổi", ()),
    ]
    assert (entry.round, found.words) == (
        asked, f"Có phần của 2/3 cơ quan phải nộp. Đã nộp, chưa nhận 1 cơ quan: {cat}."
    )  # fmt: skip
    page = cast.client("lan").get("/lam-viec/so-ket-tong-ket/nhap/", {"dot": asked.code}, follow=True)
    assert found.words in page.text
    assert (
        cast.client("binh")
        .get("/lam-viec/so-ket-tong-ket/nhap/", {"dot": asked.code}, follow=True)
        .status_code
        == 404
    )


def test_rows_for_which_there_is_no_room_are_told(
    cast: Cast, asked: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    for duty in asked.duties.select_related("organization"):
        hand_in(cast, asked, duty.organization, {"results": "Đã làm"})
    monkeypatch.setattr(rows, "MOST_ROWS", 2)
    assert "Có phần của 3/3 cơ quan phải nộp. Còn 1 dòng chưa đưa vào" in gathered(asked, cast.lan).words


@pytest.mark.parametrize(
    ("asked_for", "title", "kind"),
    [
        ("Báo cáo tổng kết năm 2026", "Báo cáo tổng kết năm 2026", "closing"),
        ("Tổng kết năm 2026", "Báo cáo tổng hợp tổng kết năm 2026", "closing"),
        ("Báo cáo sơ kết 6 tháng", "Báo cáo sơ kết 6 tháng", "interim"),
        ("Tình hình tiếp công dân", "Báo cáo tổng hợp tình hình tiếp công dân", None),
    ],
)
def test_what_is_gathered_is_called_and_is_what_was_asked_for(
    cast: Cast, asked: Round, asked_for: str, title: str, kind: str | None
) -> None:
    asked.title = asked_for
    data = gathered(asked, cast.lan).data
    assert (data["title"], data.get("kind")) == (title, kind)


def test_figures_of_all_communes_of_a_province_fit_the_form(cast: Cast) -> None:
    names = [f"Ủy ban Mặt trận Tổ quốc và các đoàn thể phường Số {n}" for n in range(30)]
    entry = RoundEntry("Tổng kết", in_days(9), named=[make_body(name) for name in names])
    asked = open_round(save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    row = {"counts": "Mô hình", "unit": "mô hình", "value": "5", "as_of": "", "approximator": ""}
    for duty in asked.duties.select_related("organization"):
        hand_in(cast, asked, duty.organization, {"figures": [row]})
    form = ReviewForm(gathered(asked, cast.lan).data, user=cast.lan)
    assert form.is_valid()
    (figure,) = form.entry().figures
    assert (figure.value, sorted(name for name, _ in figure.parts)) == (150, sorted(names))


def test_a_review_of_no_known_day_offers_what_stands_today(cast: Cast, city: Any) -> None:
    plan = make_plan(cast, "approved", targets=[target(city, "Ít nhất 90% hộ dân")])
    review = make_review(cast, "approved", plan=plan, period="", dated="")
    assert (review.period_last, review.document.dated_first) == (None, None)
    assert [one.kind for one in offers_of(plan, cast.lan, QueryDict())] == ["bài học"]


def test_unmet_targets_and_lessons_are_taken_along_with_one_press(cast: Cast, city: Any) -> None:
    done = make_ward(city, "Một")
    asked = read_target("Ít nhất 2 phường ban hành kế hoạch")
    for body in (done, make_ward(city, "Hai")):
        YearConfirmation.objects.create(organization=body, year=2022)
        RegisterStart.objects.create(organization=body, register="plans", from_year=2020)
    group = Target._meta.get_field("group").related_model.objects.get(key="xa-phuong")
    target = TargetEntry(
        "Ít nhất 2 phường ban hành kế hoạch", asked=asked, group=group, territory=city, measure="has-plan"
    )
    program = make_program(cast, "approved")
    plan = make_plan(cast, program=program, targets=[target], items=[task("Tiếp dân")])
    make_review(cast, "approved", plan=plan, program=program, kind="closing", is_final=True)
    lan = cast.client("lan")
    typed = as_data(next_year_data(plan))
    for name in [name for name in typed if name.startswith("targets-")]:
        del typed[name]
    page = lan.post("/lam-viec/ke-hoach/nhap/", typed | {"lam": ["items:add"]}).text
    assert page.count('value="take:') == 2
    keys = [part.split('"')[0] for part in page.split('value="take:')[1:]]
    for key in keys:
        page = lan.post("/lam-viec/ke-hoach/nhap/", typed | {"lam": [f"take:{key}"]})
        assert page.status_code == 200
        rows = page.context["form"].rows
        texts = [row["text"].value() for prefix in ("items", "targets") for row in rows[prefix].filled]
        assert len(texts) == 2 and texts[1 if texts[0] == "Tiếp dân" else 0] in {
            target.text,
            "Giao một đầu mối",
        }
        assert page.text.count('value="take:') == 1
    assert Review.objects.get().plan == plan
    term = lan.get("/lam-viec/chuong-trinh/nhap/", {"tiep-noi": program.code}, follow=True).text
    assert ("Giao một đầu mối" in term, target.text in term) == (True, True)

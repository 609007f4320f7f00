"""Plans cut into tasks: entered and read back, started from last year's or a programme, read by whom, ended, followed."""

import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.access import VISITOR
from portal.actions import records
from portal.actions.copies import as_data
from portal.actions.documents import BasisEntry, PaperEntry, PartnerEntry
from portal.dates import Period, parse_date, parse_period
from portal.journal import journal_of
from portal.models import Audience, DocumentType, SearchText
from portal.publication import NOT_PUBLIC, publication_preview, who_reads
from portal.text import fold
from programs import actions
from programs.actions import BodyEntry, ItemEntry
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.actions.plans import PlanItemEntry
from programs.actions.targets import TargetEntry
from programs.forms.plan_starts import next_year_data, start_of_year, year_to_plan
from programs.forms.plans import PlanForm, plan_data
from programs.models import ContentItem, Plan, Program
from programs.reading import ProgramReading
from programs.targets import read_target
from programs.years import read_time
from tests.cast import Cast, make_program
from tests.programs.test_round_trip import told

STAFF = "/lam-viec/ke-hoach/"
RETOLD = {"text": {"note": "diễn đạt lại"}}


def task(text: str, **more: Any) -> PlanItemEntry:
    """A task; ``time`` as printed in a plan of 2022."""
    return PlanItemEntry(text, period=read_time(more.pop("time", ""), 2022), **more)


def make_plan(cast: Cast, state: str = "published", title: str = "Kế hoạch năm 2022", **more: Any) -> Plan:
    """A plan of our body and its partner for 2022, in a state."""
    paper = PaperEntry(
        title,
        type=DocumentType.objects.get(key="ke-hoach"),
        number=more.pop("number", ""),
        dated=parse_date("5/1/2022"),
        partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)],
        bases=more.pop("bases", []),
    )
    entry = PlanEntry(paper, period=parse_period(more.pop("period", "năm 2022")), **more)
    plan = save_companion(None, entry, model=Plan, by=cast.lan, keeper=cast.ours)
    if state == "drafting":
        return plan
    records.submit(plan, by=cast.lan)
    records.approve(plan, by=cast.hung, expected=plan.version)
    plan.refresh_from_db()
    if state == "published":
        publish_companion(plan, by=cast.hung, expected=plan.version)
        plan.refresh_from_db()
    return plan


def words(page: str) -> str:
    """The page without markup, spaces folded."""
    return " ".join(re.sub(r"<wbr>|<[^>]+>", " ", page.split("<main", 1)[1]).split())


def read(cast: Cast, plan: Plan, person: str | None) -> str:
    """The words of a plan's page for one person."""
    address = f"{STAFF}{plan.code}/" if person else f"/ke-hoach/{plan.slug}/"
    return words(cast.client(person).get(address).text)


# --- entered


def whole(plan: Plan) -> dict[str, Any]:
    """A plan, its paper, its tasks and who does them."""
    fresh = Plan.objects.get(pk=plan.pk)
    tasks = [(told(one), [told(body) for body in one.bodies.all()]) for one in fresh.items.all()]
    rows = [told(row) for rows in (fresh.document.partners, fresh.document.citations) for row in rows.all()]
    return {"plan": told(fresh), "document": told(fresh.document), "tasks": tasks, "rows": rows}


def test_a_plan_saved_as_opened_stays_the_same(cast: Cast) -> None:
    program = make_program(cast, "approved")
    plan = make_plan(
        cast, "drafting", number="12-KH/BDVĐU", program=program, parent=make_plan(cast, title="Kế hoạch trên"),
        predecessor=make_plan(cast, title="Kế hoạch trước", items=[task("Đối thoại")]),
        purposes="Cụ thể hóa chương trình", content="Kinh phí theo quy định", implementation="Báo cáo hằng quý",
        bases=[BasisEntry("Kế hoạch của cấp trên")], marks={"signatures": {"missing": "unknown"}},
        items=[
            task("Đối thoại", time="quý I", product="Biên bản", audience="parties", marks=RETOLD,
                 content_item=program.items.first(),
                 bodies=[BodyEntry("lead", cast.ours, cast.ours.name), BodyEntry("joint", None, "các đoàn thể")]),
            task("Báo cáo", time="trước 15/11"), task("Tiếp dân", time="thường xuyên"),
        ],
    )  # fmt: skip
    continued = plan.items.first()
    continued.origin = plan.predecessor.items.get()
    continued.save()
    before = whole(plan)
    posted = as_data(plan_data(plan)) | {"phien-ban": [str(plan.version)], "lam": ["save"]}
    assert cast.client("lan").post(f"{STAFF}{plan.code}/sua/", posted).status_code == 302
    assert whole(plan) == before
    assert [str(one.period) for one in plan.items.all()][:1] == ["từ 1/1/2022 đến 31/3/2022"]


def test_a_plan_is_pasted_and_handed_in(cast: Cast) -> None:
    typed = {
        "lam": "submit", "number_line": "Kế hoạch số 34/KH-UBND ngày 24/01/2018 về công tác dân vận năm 2018",
        "partners-TOTAL_FORMS": "1", "partners-0-name": cast.partner.name, "partners-0-side": "1",
        "bases-dan": "- Căn cứ Chỉ thị số 16/CT-TTg ngày 16/5/2016 của Thủ tướng Chính phủ;",
        "items-dan": "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tĐối thoại\tVăn phòng\tquý II\n2\tTiếp dân\t\t",
    }  # fmt: skip
    assert cast.client("lan").post(f"{STAFF}nhap/", typed).status_code == 302
    plan = Plan.objects.get()
    assert (plan.state, plan.document.number, str(plan.period)) == ("waiting", "34/KH-UBND", "2018")
    assert [(one.text, one.time, one.period_last) for one in plan.items.all()] == [
        ("Đối thoại", "quý II", date(2018, 6, 30)), ("Tiếp dân", "", None)
    ]  # fmt: skip
    assert [str(one) for one in plan.items.first().bodies.all()] == ["Văn phòng"]
    assert plan.document.citations.get().cited.number == "16/CT-TTg"


def test_the_form_says_how_it_understood_a_time(cast: Cast) -> None:
    data = QueryDict(mutable=True)
    for name, value in {"period": "năm 2026", "items-TOTAL_FORMS": "2", "items-0-text": "a", "items-0-time": "quý I",
                        "items-1-text": "b", "items-1-time": "hằng tháng"}.items():  # fmt: skip
        data[name] = value
    form = PlanForm(data, user=cast.lan)
    form.is_valid()
    assert [row["time"].echo for row in form.rows["items"]] == [
        "từ ngày 1/1/2026 đến ngày 31/3/2026, theo năm của kế hoạch", "Ghi như in."
    ]  # fmt: skip


def test_rows_name_no_task_and_no_commitment_of_other_papers(cast: Cast) -> None:
    other, foreign = make_plan(cast, items=[task("Của kế hoạch khác")]), make_program(cast, "approved")
    plan = make_plan(cast, "drafting", title="Kế hoạch", items=[task("Đối thoại")])
    posted = as_data(plan_data(plan)) | {
        "phien-ban": [str(plan.version)], "items-0-item": [str(other.items.get().pk)],
        "items-0-origin": [str(other.items.get().pk)], "items-0-content_item": [str(foreign.items.first().pk)],
    }  # fmt: skip
    assert cast.client("lan").post(f"{STAFF}{plan.code}/sua/", posted).status_code == 302
    one = plan.items.get()
    assert (one.text, one.origin, one.content_item) == ("Đối thoại", None, None)
    assert [each.plan for each in other.items.all()] == [other]


@pytest.mark.parametrize("garbage", ["x", "9" * 30, "0", "-1", "<b>"])
def test_what_no_page_writes_in_a_row_is_ignored(cast: Cast, garbage: str) -> None:
    typed = {"title": "Kế hoạch", "period": "năm 2022", "items-TOTAL_FORMS": "1", "items-0-text": "Đối thoại",
             "items-0-item": garbage[:20], "items-0-origin": garbage[:20], "items-0-content_item": garbage[:20],
             "items-0-time": garbage, "items-0-audience": "public"}  # fmt: skip
    assert cast.client("lan").post(f"{STAFF}nhap/", typed).status_code == 302
    one = Plan.objects.get().items.get()
    assert (one.period, one.origin, one.content_item) == (Period.unknown(garbage), None, None)


def test_a_plan_continues_none_of_strangers_and_never_itself(cast: Cast) -> None:
    theirs = make_plan(cast, title="Kế hoạch của bên kia", number="1-KH/A")
    own = make_plan(cast, "drafting", title="Kế hoạch của mình")
    client = cast.client("binh")
    typed = {"title": "Kế hoạch", "previous": theirs.label, "previous-ma": theirs.code, "parent": theirs.label,
             "parent-ma": theirs.code}  # fmt: skip
    refused = client.post(f"{STAFF}nhap/", typed)
    assert refused.status_code == 422 and "không giữ và không là một bên của kế hoạch này" in refused.text
    assert client.post(f"{STAFF}nhap/", typed | {"previous": "", "previous-ma": ""}).status_code == 302
    assert Plan.objects.get(keeper=cast.neighbour).parent == theirs  # anybody's plan may be carried out
    itself = as_data(plan_data(own)) | {"parent": [own.label], "parent-ma": [own.code], "phien-ban": ["1"]}
    refused = cast.client("lan").post(f"{STAFF}{own.code}/sua/", itself)
    assert refused.status_code == 422 and "không nối với chính nó" in refused.text


def test_a_plan_is_picked_by_its_title_and_number(cast: Cast) -> None:
    plan = make_plan(cast, number="12-KH/BDVĐU")
    make_plan(cast, number="13-KH/BDVĐU")
    found = cast.client("binh").get("/lam-viec/goi-y/ke-hoach/", {"q": "kế hoạch năm 12"}).json()
    assert [one["name"] for one in found["found"]] == ["Kế hoạch năm 2022 (12-KH/BDVĐU)"]
    form = PlanForm(QueryDict("title=a&parent=Kế+hoạch+năm+2022+(12-KH/BDVĐU)"), user=cast.binh)
    form.is_valid()
    assert form.head.cleaned_data["parent"].found == plan


# --- started


def test_next_years_plan_starts_from_this_years(cast: Cast) -> None:
    program = make_program(cast, "approved")
    plan = make_plan(
        cast, program=program, number="12-KH/BDVĐU", purposes="Như cũ",
        items=[task("Đối thoại", time="trước 30/6/2022", audience="body", bodies=[BodyEntry("lead", cast.ours)]),
               task("Tiếp dân", time="quý I"), task("Tổng vệ sinh")],
    )  # fmt: skip
    client = cast.client("lan")
    assert f'href="{STAFF}nhap/?tiep-noi={plan.code}"' in client.get(f"{STAFF}{plan.code}/").text
    page = client.get(f"{STAFF}nhap/?tiep-noi={plan.code}", follow=True)
    form = page.context["form"]
    assert (form.head["title"].value(), form.head["period"].value()) == ("Kế hoạch năm 2023", "2023")
    assert {"title", "period"} <= form.head.proposed_now
    assert (form.head["number"].value(), form.head["dated"].value()) == (None, None)
    posted = as_data(next_year_data(plan)) | {"lam": ["save"], "items-1-text": ["Tiếp dân hằng tuần"],
                                              "items-2-text": ["Mô hình mới"], "items-2-origin": [""]}  # fmt: skip
    assert client.post(f"{STAFF}nhap/", posted).status_code == 302
    later = Plan.objects.get(predecessor=plan)
    first, second, third = later.items.all()
    was = list(plan.items.all())
    assert [one.origin for one in (first, second, third)] == [was[0], was[1], None]
    assert (first.time, second.period_first, first.audience) == ("trước 30/6/2023", date(2023, 1, 1), "body")
    assert (later.program, later.purposes, later.document.signatures.count()) == (program, "Như cũ", 0)
    lineage = read(cast, later, "lan").split("Các năm")[1]
    assert [lineage.index(word) for word in ("giữ", "sửa", "mới", "bỏ")]
    assert plan.items.count() == 3


def test_what_a_copied_plan_still_says_of_the_old_year_is_marked(cast: Cast) -> None:
    target = TargetEntry("100% phường báo cáo trước 30/11/2022", asked=read_target("100% phường báo cáo"))
    tasks = [task("Hoàn thành trước 30/6/2022"), task("Theo Kết luận 43 ngày 7/1/2019"), task("Tiếp dân")]
    plan = make_plan(cast, items=tasks, targets=[target])
    page = cast.client("lan").get(f"{STAFF}nhap/?tiep-noi={plan.code}", follow=True)
    rows = page.context["form"].rows
    marked = {name: [row.old_year for row in rows[name].filled] for name in ("items", "targets")}
    assert marked == {"items": [2022, None, None], "targets": [2022]}
    assert page.text.count("Còn ghi năm 2022 của kế hoạch trước, xin xem lại.") == 2


def test_only_who_writes_in_its_body_copies_a_plan(cast: Cast) -> None:
    plan = make_plan(cast, items=[task("Việc trong nhà", audience="body")])
    address = f"{STAFF}nhap/?tiep-noi={plan.code}"
    assert [cast.client(one).get(address, follow=True).status_code for one in ("lan", "phuc", "binh")] == [
        200,
        403,
        403,
    ]


def test_a_years_plan_starts_from_a_programmes_commitments(cast: Cast) -> None:
    program = make_program(
        cast, "published", period="2022-2026",
        items=[ItemEntry("Đối thoại", bodies=[BodyEntry("lead", cast.partner)]),
               ItemEntry("Việc trong nhà", audience=Audience.BODY)],
    )  # fmt: skip
    assert (
        f'href="{STAFF}nhap/?chuong-trinh={program.code}"'
        in cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/").text
    )
    theirs = start_of_year(program, cast.phuc)
    assert (theirs["items-TOTAL_FORMS"], theirs["items-0-lead"]) == ("1", cast.partner.name)
    year = timezone.localdate().year
    posted = as_data(start_of_year(program, cast.lan)) | {"lam": ["save"]}
    assert cast.client("lan").post(f"{STAFF}nhap/", posted).status_code == 302
    plan = Plan.objects.get()
    assert (plan.document.title, plan.program) == (
        f"Kế hoạch năm {year} thực hiện {program.document.title}", program
    )  # fmt: skip
    assert [one.content_item for one in plan.items.all()] == list(program.items.all())
    assert [one.audience for one in plan.items.all()] == ["public", "body"]
    assert [str(one) for one in plan.document.partners.all()] == [cast.ours.name, cast.partner.name]


def test_the_year_to_plan_is_the_first_without_a_plan_within_the_term(cast: Cast) -> None:
    program = make_program(cast, "approved", period="2022-2026")
    found = [year_to_plan(program, planned, date(2025, 11, 1)) for planned in (set(), {2025}, {2025, 2026})]
    assert found == [2025, 2026, 2025]


# --- read


PARTS = {"public": "Đối thoại mở", "parties": "Phối hợp kín", "body": "Chỉ trong nhà"}


def parted(cast: Cast, **more: Any) -> Plan:
    """A plan with a task for each audience."""
    items = [task(text, audience=audience, product=f"Kết quả {audience}") for audience, text in PARTS.items()]
    return make_plan(cast, items=items, **more)


@pytest.mark.parametrize(
    ("person", "reads"),
    [(None, ["public"]), ("binh", ["public"]), ("phuc", ["public", "parties"]), ("thu", ["public", "parties"]),
     ("lan", ["public", "parties", "body"])],
)  # fmt: skip
def test_each_reads_the_tasks_meant_for_them_and_finds_the_plan_by_these_alone(
    cast: Cast, person: str | None, reads: list[str]
) -> None:
    plan = parted(cast)
    page, client = read(cast, plan, person), cast.client(person)
    assert [audience for audience, text in PARTS.items() if text in page] == reads
    assert [audience for audience in PARTS if f"Kết quả {audience}" in page] == reads
    search = "/lam-viec/tim-kiem/" if person else "/tim-kiem/"
    found = [
        audience
        for audience, text in PARTS.items()
        if plan.document.title in client.get(search, {"q": text}).text
    ]
    assert found == reads
    if person:
        word = client.get(f"{STAFF}{plan.code}/word/")
        assert word.status_code == 200


def test_the_preview_puts_each_task_on_the_side_of_its_audience(cast: Cast) -> None:
    preview = publication_preview(parted(cast, parent=make_plan(cast, "approved", title="Kế hoạch trên")))
    told_to_all = {part.words for part in preview.public}
    inside = {part.words for part in preview.inside}
    assert f"{PARTS['public']}\nSản phẩm: Kết quả public" in told_to_all
    kept = {f"{PARTS[one]}\nSản phẩm: Kết quả {one} ({who_reads(one)})" for one in ("parties", "body")}
    assert kept <= inside
    assert f"Kế hoạch trên ({NOT_PUBLIC})" in inside


def test_a_task_cleaned_up_is_found_by_its_new_words(cast: Cast) -> None:
    from portal import sections

    plan = parted(cast)
    one = plan.items.first()
    one.text = "Ra quân tổng vệ sinh"
    one.save()
    sections.touched(one)
    texts = dict(SearchText.objects.filter(document=plan.document).values_list("audience", "text"))
    assert all(fold("Ra quân tổng vệ sinh") in text and "doi thoai mo" not in text for text in texts.values())
    assert plan.document.title in cast.client(None).get("/tim-kiem/", {"q": "tổng vệ sinh"}).text


def test_the_journal_tells_of_tasks_in_words(cast: Cast) -> None:
    plan = make_plan(
        cast, "drafting", items=[task("Đối thoại", bodies=[BodyEntry("lead", None, "Văn phòng")])]
    )
    posted = as_data(plan_data(plan)) | {
        "phien-ban": ["1"],
        "items-0-time": ["quý I"],
        "items-0-lead": ["Đội A"],
    }
    cast.client("lan").post(f"{STAFF}{plan.code}/sua/", posted)
    told_of = [(one.label, one.before, one.after) for one in journal_of(plan)[0].changes]
    assert told_of == [
        ("Nhiệm vụ “Đối thoại”: thời hạn", "", "từ 1/1/2022 đến 31/3/2022 (in là “quý I”)"),
        ("Nhiệm vụ “Đối thoại”: thời hạn", "", "suy ra: năm của kế hoạch"),
        ("Bỏ cơ quan thực hiện", "Văn phòng (nhiệm vụ: Đối thoại; vai trò: chủ trì)", ""),
        ("Thêm cơ quan thực hiện", "", "Đội A (nhiệm vụ: Đối thoại; vai trò: chủ trì)"),
    ]


def test_plans_that_carry_out_another_are_told_to_who_reads_them(cast: Cast) -> None:
    above = make_plan(cast, title="Kế hoạch trên")
    make_plan(cast, title="Kế hoạch dưới đã công khai", parent=above)
    make_plan(cast, "approved", title="Kế hoạch dưới nội bộ", parent=above)
    visitor, inside = read(cast, above, None), read(cast, above, "lan")
    assert "Kế hoạch dưới đã công khai" in visitor and "Kế hoạch dưới nội bộ" not in visitor
    assert "Kế hoạch dưới đã công khai" in inside and "Kế hoạch dưới nội bộ" in inside


def test_a_programme_lists_its_plans_by_year(cast: Cast) -> None:
    program = make_program(cast, "published")
    for year in (2022, 2023, 2023):
        make_plan(cast, title=f"Kế hoạch của {year}", period=f"năm {year}", program=program)
    by_year = ProgramReading(program, VISITOR).plans_by_year
    assert [(year, len(plans)) for year, plans in by_year] == [("2023", 2), ("2022", 1)]
    assert "<h3>2023</h3>" in cast.client(None).get(f"/chuong-trinh/{program.slug}/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_plans_page_asks_as_much_for_many_tasks_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    items = [task(f"Việc {one}", bodies=[BodyEntry("lead", cast.ours)], time="quý I") for one in range(rows)]
    plan, client, visitor = make_plan(cast, items=items), cast.client("lan"), cast.client(None)
    with django_assert_num_queries(PUBLIC_QUERIES):
        visitor.get(f"/ke-hoach/{plan.slug}/")
    with django_assert_num_queries(STAFF_QUERIES):
        client.get(f"{STAFF}{plan.code}/")


PUBLIC_QUERIES, STAFF_QUERIES = 14, 29


# --- taken along, ended


def test_the_list_is_taken_along_as_excel_with_what_the_reader_may_read(cast: Cast) -> None:
    make_plan(cast, number="12-KH/BDVĐU", program=make_program(cast, "approved"))
    make_plan(cast, "approved", title="Kế hoạch nội bộ")
    books = {
        person: openpyxl.load_workbook(io.BytesIO(cast.client(person).get(f"{address}excel/").getvalue()))
        for person, address in ((None, "/ke-hoach/"), ("lan", STAFF))
    }
    rows = {
        person: list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
        for person, book in books.items()
    }
    issuers = f"{cast.ours.name}; {cast.partner.name}"
    assert [row[:7] for row in rows[None]] == [
        ("Kế hoạch năm 2022", "12-KH/BDVĐU", row[2], 2022, 2022, issuers, None) for row in rows[None]
    ]
    assert [row[0] for row in rows["lan"]] == ["Kế hoạch nội bộ", "Kế hoạch năm 2022"]
    assert Program.objects.get().parties_label in rows["lan"][1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_excel_file_asks_as_much_for_many_plans_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    program = make_program(cast, "published")
    for number in range(rows):
        make_plan(cast, title=f"Kế hoạch {number}", program=program)
    with django_assert_num_queries(3):
        cast.client(None).get("/ke-hoach/excel/").getvalue()


def test_an_early_end_is_recorded_with_its_paper_and_told(cast: Cast) -> None:
    plan = make_plan(cast)
    client = cast.client("hung")
    asked = client.get(f"{STAFF}{plan.code}/cham-dut/")
    typed = {"phien-ban": asked.context["version"], "ended": "1/9/2022", "reason": "Thay bằng kế hoạch mới",
             "paper": "Quyết định số 5-QĐ/ĐU ngày 1/9/2022"}  # fmt: skip
    assert client.post(f"{STAFF}{plan.code}/cham-dut/", typed).status_code == 302
    plan.refresh_from_db()
    assert (plan.terminated_on, plan.termination_document.number) == (date(2022, 9, 1), "5-QĐ/ĐU")
    visitor, party = read(cast, plan, None), read(cast, plan, "phuc")
    assert "chấm dứt từ ngày 1/9/2022" in visitor and "Thay bằng kế hoạch mới" not in visitor
    assert "Thay bằng kế hoạch mới" in party
    assert "Đã chấm dứt" in cast.client(None).get("/ke-hoach/").text
    during = [Plan.objects.during(day, day).exists() for day in (date(2022, 8, 31), date(2022, 9, 1))]
    assert during == [True, False]
    assert "Ghi nhận chấm dứt" not in client.get(f"{STAFF}{plan.code}/").text


def test_only_an_approved_plan_is_ended(cast: Cast) -> None:
    plan = make_plan(cast, "drafting")
    with pytest.raises(records.NotNow):
        actions.terminate(plan, by=cast.hung, on=date(2022, 9, 1), reason="x", expected=plan.version)


def test_a_commitment_taken_away_leaves_the_task(cast: Cast) -> None:
    program = make_program(cast, "approved")
    plan = make_plan(cast, program=program, items=[task("Đối thoại", content_item=program.items.first())])
    ContentItem.objects.filter(program=program).delete()
    assert plan.items.get().content_item is None

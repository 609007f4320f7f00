"""Reviews: entered and read back, read by whom, frozen for good, on paper, in lists; what targets count of them."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from portal.access import VISITOR
from portal.actions import records
from portal.actions.copies import as_data
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.figures import FigureEntry
from portal.dates import parse_date, parse_period
from portal.models import (
    AdministrativeUnit,
    Attachment,
    Audience,
    Citation,
    Document,
    Figure,
    Organization,
    Partner,
    Person,
    Signature,
    State,
)
from portal.publication import publication_preview
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.actions.reviews import (
    ReviewEntry,
    ReviewItemEntry,
    ReviewTextEntry,
    freeze,
    refresh_reviews,
    save_review,
)
from programs.consulting import content_to_send
from programs.forms.review_starts import start_of_plan, start_of_program
from programs.forms.reviews import ReviewForm, review_data
from programs.measuring import measure_of
from programs.models import Plan, Program, Review, ReviewText
from programs.review_reading import ReviewReading
from tests.cast import Cast, make_file, make_program
from tests.programs.test_plan_targets import city, target
from tests.programs.test_plans import make_plan, task, words
from tests.programs.test_round_trip import told
from tests.programs.test_word import paper_of
from tests.read_word import texts

__all__ = ["city"]
STAFF, PUBLIC = "/lam-viec/so-ket-tong-ket/", "/so-ket-tong-ket/"
Part = ReviewText.Part
SAID = [
    ReviewTextEntry("Đối thoại còn ít", part=Part.LIMITATION, audience=Audience.PARTIES),
    ReviewTextEntry("Đầu mối kiêm nhiệm", part=Part.CAUSE, audience=Audience.BODY),
    ReviewTextEntry("Giao một đầu mối", part=Part.LESSON),
    ReviewTextEntry("Hướng dẫn mẫu chung", part=Part.PROPOSAL),
    ReviewTextEntry("Tăng đối thoại", part=Part.DIRECTION),
]


def figure(value: int, **more: Any) -> FigureEntry:
    """How many dialogues were held."""
    return FigureEntry("Hội nghị đối thoại", value=Decimal(value), unit="cuộc", **more)


def make_review(
    cast: Cast, state: str = "published", title: str = "Tổng kết năm 2022", **more: Any
) -> Review:
    """A review of our body and its partner, of 2022, in a state."""
    sides = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)]
    dated = parse_date(more.pop("dated", "5/1/2023"))
    paper = PaperEntry(title, dated=dated, partners=more.pop("partners", sides))
    more.setdefault("texts", SAID)
    entry = ReviewEntry(paper, period=parse_period(more.pop("period", "năm 2022")), **more)
    review = save_review(None, entry, by=cast.lan, keeper=cast.ours)
    if state != "drafting":
        records.submit(review, by=cast.lan)
        records.approve(review, by=cast.hung, expected=review.version)
        review.refresh_from_db()
    if state == "published":
        publish_companion(review, by=cast.hung, expected=review.version)
        review.refresh_from_db()
    return review


def read(cast: Cast, review: Review, person: str | None) -> str:
    """The words of a review's page for one person."""
    address = f"{STAFF}{review.code}/" if person else f"{PUBLIC}{review.slug}/"
    return words(cast.client(person).get(address).text)


def whole(review: Review) -> dict[str, Any]:
    """A review, its paper, its parts and its figures with theirs."""
    fresh = Review.objects.get(pk=review.pk)
    rows = [told(one) for many in (fresh.items, fresh.texts, fresh.document.partners) for one in many.all()]
    figures = [(told(one), [told(part) for part in one.parts.all()]) for one in fresh.document.figures.all()]
    return {"review": told(fresh), "document": told(fresh.document), "rows": rows, "figures": figures}


# --- entered


def test_a_review_saved_as_opened_stays_the_same(cast: Cast) -> None:
    program = make_program(cast, "approved")
    plan = make_plan(cast, items=[task("Đối thoại")], program=program)
    review = make_review(
        cast, "drafting", program=program, plan=plan, kind="closing", kind_printed="đánh giá kết quả", is_final=True,
        theme="công tác dân vận", body=cast.ours, territory=cast.ours.territory, content="Nền nếp.",
        items=[
            ReviewItemEntry("Đã đối thoại 5 cuộc", about="Đối thoại", plan_item=plan.items.get()),
            ReviewItemEntry("", about="Tiếp công dân", content_item=program.items.first(), audience="parties"),
            ReviewItemEntry("Được khen", marks={"text": {"note": "diễn đạt lại"}}),
        ],
        figures=[
            figure(5, approximator="trên", as_of=parse_date("tháng 12/2022"), nature="stock", audience="parties",
                   change=Decimal("-22.5"), change_unit="%", change_against="năm 2021", quoted_from="Báo cáo phường"),
            figure(15, of_value=Decimal(20), period=parse_period("năm 2022"), nature="flow",
                   parts=[("tập thể", Decimal(9)), ("cá nhân", Decimal(5))]),
        ],
    )  # fmt: skip
    before = whole(review)
    posted = as_data(review_data(review)) | {"phien-ban": [str(review.version)], "lam": ["save"]}
    assert cast.client("lan").post(f"{STAFF}{review.code}/sua/", posted).status_code == 302
    assert whole(review) == before


def test_a_review_is_pasted_and_handed_in(cast: Cast) -> None:
    program = make_program(cast, "approved")
    typed = {
        "lam": "submit", "title": "Báo cáo tổng kết năm 2022", "period": "năm 2022", "kind": "closing",
        "program": str(program), "program-ma": program.code,
        "items-dan": "Đã đối thoại\nĐã tiếp dân",
        "figures-dan": "1.045 mô hình, tính đến 12/2022\n5 cuộc đối thoại, tăng 2 so với năm 2021",
        "limitations-dan": "Đối thoại còn ít\nBáo cáo chậm", "lessons-dan": "Giao một đầu mối",
    }  # fmt: skip
    page = cast.client("lan").post(f"{STAFF}nhap/", typed)
    assert page.status_code == 422  # its sides were proposed by its programme and nobody looked at them yet
    typed |= {"partners-TOTAL_FORMS": "1", "partners-0-name": cast.ours.name, "partners-0-side": "1"}
    assert cast.client("lan").post(f"{STAFF}nhap/", typed).status_code == 302
    review = Review.objects.get()
    assert (review.state, review.program, [one.text for one in review.items.all()]) == (
        State.WAITING, program, ["Đã đối thoại", "Đã tiếp dân"]
    )  # fmt: skip
    assert [(one.part, one.text, one.audience) for one in review.texts.all()] == [
        ("limitation", "Đối thoại còn ít", "parties"), ("limitation", "Báo cáo chậm", "parties"),
        ("lesson", "Giao một đầu mối", "public"),
    ]  # fmt: skip
    figures = [(one.counts, one.value, one.change, one.organization) for one in review.document.figures.all()]
    assert figures == [
        ("mô hình", Decimal(1045), None, cast.ours), ("cuộc đối thoại", Decimal(5), Decimal(2), cast.ours)
    ]  # fmt: skip


def test_what_it_reviews_is_asked_when_it_is_handed_in(cast: Cast) -> None:
    review = make_review(cast, "drafting", texts=[])
    form = ReviewForm(review_data(review), user=cast.lan, complete=True, record=review)
    assert (form.is_valid(), list(form.head.errors)) == (False, ["program"])
    foreign = make_program(cast, "approved", partners=[PartnerEntry(1, cast.neighbour)])
    Program.objects.filter(pk=foreign.pk).update(keeper=cast.neighbour)
    data = review_data(review)
    data["program"], data["program-ma"] = str(foreign), foreign.code
    form = ReviewForm(data, user=cast.lan, record=review)
    assert (form.is_valid(), list(form.head.errors)) == (False, ["program"])


def test_it_starts_with_the_items_its_writer_reads(cast: Cast) -> None:
    program = make_program(cast, "approved", period="2022-2024")
    plan = make_plan(cast, program=program, items=[task("Đối thoại", audience="body"), task("Tiếp dân")])
    of_program, of_plan = start_of_program(program, cast.lan), start_of_plan(plan, cast.phuc)
    forms = [ReviewForm(data, user=user) for data, user in ((of_program, cast.lan), (of_plan, cast.phuc))]
    assert [form.is_valid() for form in forms] == [True, True]
    entries = [form.entry() for form in forms]
    assert [(one.kind, one.is_final, str(one.period)) for one in entries] == [
        ("closing", True, "2022–2024"), ("closing", True, "2022")
    ]  # fmt: skip
    assert [(item.about, item.text, item.content_item) for item in entries[0].items] == [
        (one.text, "", one) for one in program.items.all()
    ]
    assert [(item.about, item.plan_item.text) for item in entries[1].items] == [("Tiếp dân", "Tiếp dân")]


# --- read by whom


def test_each_line_is_read_by_those_it_is_for(cast: Cast) -> None:
    figures = [figure(5), figure(3, audience="parties", quoted_from="Báo cáo phường")]
    review = make_review(cast, items=[ReviewItemEntry("Đã đối thoại", audience="body")], figures=figures)
    lines = [
        "Đối thoại còn ít",
        "Đầu mối kiêm nhiệm",
        "Giao một đầu mối",
        "5 cuộc",
        "Báo cáo phường",
        "Đã đối thoại",
    ]
    seen = {
        person: [line in read(cast, review, person) for line in lines]
        for person in (None, "binh", "phuc", "lan")
    }
    outside = [False, False, True, True, False, False]
    assert seen == {
        None: outside, "binh": outside, "phuc": [True, False, True, True, True, False], "lan": [True] * 6
    }  # fmt: skip
    preview = publication_preview(review)
    public = " ".join(line.words for line in preview.public)
    assert [line in public for line in lines] == outside
    sent = str(content_to_send(review)[0])
    assert [line in sent for line in lines] == [True, False, True, True, True, False]
    found = [
        [
            review.document.title in words(cast.client(who).get(f"{STAFF}?q={q}").text)
            for who in ("binh", "phuc", "lan")
        ]
        for q in ("mot+dau+moi", "con+it", "kiem+nhiem")
    ]
    assert found == [[True, True, True], [False, True, True], [False, False, True]]


def test_last_periods_figure_stands_beside_for_who_may_read_it_there(cast: Cast) -> None:
    make_review(cast, "approved", "Tổng kết năm 2021", period="năm 2021", figures=[figure(3)])
    review = make_review(cast, figures=[figure(5)])
    beside = {
        person: "3 cuộc, năm 2021" in read(cast, review, person) for person in (None, "binh", "phuc", "lan")
    }
    assert beside == {None: False, "binh": False, "phuc": True, "lan": True}
    edited = cast.client("lan").get(f"{STAFF}{review.code}/sua/").text
    assert "Kỳ trước (2021): 3 cuộc" in edited


def test_what_another_body_keeps_to_itself_is_not_told_beside_a_review(
    cast: Cast, city: AdministrativeUnit
) -> None:
    program = make_program(cast, "published")
    asked = [target(city, f"Ít nhất 90% hộ {whom}", audience=whom) for whom in ("body", "parties")]
    paper = PaperEntry("Kế hoạch riêng", partners=[PartnerEntry(1, cast.partner)])
    entry = PlanEntry(paper, period=parse_period("năm 2022"), program=program, targets=asked)
    plan = save_companion(None, entry, model=Plan, by=cast.phuc, keeper=cast.partner)
    about = ReviewEntry(
        PaperEntry("Đánh giá nội bộ", partners=[PartnerEntry(1, cast.partner)]),
        period=parse_period("năm 2021"), body=cast.ours, figures=[figure(77, audience=Audience.BODY)],
    )  # fmt: skip
    theirs = save_review(None, about, by=cast.phuc, keeper=cast.partner)
    now = timezone.now()
    for one in (plan, theirs):
        type(one).objects.filter(pk=one.pk).update(state=State.APPROVED, approved_at=now)
    ours = [PartnerEntry(1, cast.ours)]
    review = make_review(cast, "approved", program=program, partners=ours, figures=[figure(5)])
    page = read(cast, review, "lan")
    assert [said for said in ("hộ body", "hộ parties", "77 cuộc") if said in page] == []
    Plan.objects.update(keeper=cast.ours)
    assert "hộ body" in read(cast, review, "lan")


# --- frozen


def test_a_frozen_review_never_changes_and_tells_what_did(cast: Cast) -> None:
    review = make_review(
        cast, figures=[figure(5)], items=[ReviewItemEntry("Đã đối thoại", about="Đối thoại")]
    )
    lan, hung = cast.client("lan"), cast.client("hung")
    there = f"{STAFF}{review.code}/chot/"
    ahead = hung.post(there, {"phien-ban": review.version, "as_of": "31/12/2099"})
    assert (ahead.status_code, Review.objects.get().frozen_at) == (302, None)
    assert hung.post(there, {"phien-ban": review.version, "as_of": "31/12/2022"}).status_code == 302
    review.refresh_from_db()
    assert (review.figures_as_of, review.frozen["figures"][0]["amount"]) == (date(2022, 12, 31), "5 cuộc")
    assert "chưa có gì khác" in read(cast, review, None)
    with pytest.raises(records.NotNow):
        freeze(review, by=cast.hung, as_of=timezone.localdate(), expected=review.version)
    typed = as_data(review_data(review)) | {"figures-0-amount": ["7"], "lam": ["submit"]}
    typed |= {"dua-tren": [str(review.version)], "theme": ["công tác dân vận"]}
    assert lan.post(f"{STAFF}{review.code}/sua/", typed).status_code == 302
    opened = hung.get(f"{STAFF}{review.code}/xem-xet/")
    number = opened.text.split('name="phien-ban" value="')[1].split('"')[0]
    hung.post(f"{STAFF}{review.code}/duyet/", {"phien-ban": number, "lam": "approve"})
    assert Figure.objects.get().value == 7
    for person in (None, "lan"):
        page = read(cast, review, person)
        assert "Số liệu: Hội nghị đối thoại: 5 cuộc → 7 cuộc" in page
        assert "Giá trị" in page and page.index("5 cuộc → 7 cuộc") < page.rindex("5 cuộc")
    assert ReviewReading(Review.objects.get(), cast.lan).figures[0]["amount"] == "5 cuộc"


def test_a_frozen_review_keeps_its_head_and_each_of_alike_figures_on_page_and_paper(cast: Cast) -> None:
    hours = FigureEntry("Hội nghị đối thoại", value=Decimal(9), unit="giờ")
    review = make_review(
        cast, title="Tổng kết 2022", theme="dân vận", figures=[figure(5), hours], body=cast.ours
    )
    person = Person.objects.create(name="Trần Văn An")
    document = review.document
    sign, base = (
        Signature.objects.create(document=document, person=person, capacity="Trưởng ban", authority="TM"),
        Citation.objects.create(citing=document, printed="Kế hoạch số 1-KH/DV"),
    )
    freeze(review, by=cast.hung, as_of=date(2022, 12, 31), expected=review.version)
    review = Review.objects.get()
    own = ReviewReading(review, cast.lan)
    was = (own.sentence, own.dated_words, own.type_words, texts(paper_of(cast, review, "lan", "review")))
    Document.objects.filter(pk=document.pk).update(title="Báo cáo khác", number="7-BC/DV", dated_text="", signing="draft",
                                                   dated_precision="unknown", dated_first=None, dated_last=None)  # fmt: skip
    Review.objects.update(theme="việc khác", kind="closing", body=None, period_last=date(2023, 3, 31))
    Signature.objects.filter(pk=sign.pk).update(capacity="Phó Trưởng ban")
    Person.objects.update(name="Trần Văn Bình")
    Citation.objects.filter(pk=base.pk).update(printed="Kế hoạch số 2-KH/DV")
    Partner.objects.filter(document=document, side=2).delete()
    Figure.objects.filter(unit="giờ").update(value=10)
    review = Review.objects.get()
    now = ReviewReading(review, cast.lan)
    assert (
        now.sentence,
        now.dated_words,
        now.type_words,
        texts(paper_of(cast, review, "lan", "review")),
    ) == was
    both = f"{cast.ours.name} và {cast.partner.name}"
    assert [tuple(one) for one in now.changes] == [
        ("Tên gọi", "Tổng kết 2022", "Báo cáo khác"),
        ("Số, ký hiệu", "", "7-BC/DV"),
        ("Ngày ký", own.dated_words, "dự thảo, chưa ký"),
        ("Thời gian được đánh giá", str(own.record.period), str(review.period)),
        ("Sơ kết hay tổng kết", "sơ kết", "tổng kết"),
        ("Cơ quan báo cáo", both, cast.ours.name),
        ("Người ký", "TM. Trần Văn An, Trưởng ban", "TM. Trần Văn Bình, Phó Trưởng ban"),
        ("Về việc", "dân vận", "việc khác"),
        ("Của cơ quan", cast.ours.label, ""),
        ("Căn cứ", "Kế hoạch số 1-KH/DV", "Kế hoạch số 2-KH/DV"),
        ("Số liệu: Hội nghị đối thoại", "9 giờ", "10 giờ"),
    ]
    for person_ in (None, "lan"):
        page = read(cast, review, person_)
        for kept in ("Tổng kết 2022", "Trần Văn An", "Kế hoạch số 1-KH/DV", "dân vận", cast.partner.name):
            assert page.rindex(kept) > page.index("Những chỗ đã khác"), kept


def test_lists_search_and_excel_tell_a_frozen_review_as_it_was_kept(cast: Cast) -> None:
    program = make_program(cast, "published")
    review = make_review(cast, title="Tổng kết 2022", program=program, texts=SAID[2:3], figures=[figure(5)])
    freeze(review, by=cast.hung, as_of=date(2022, 12, 31), expected=review.version)
    Document.objects.filter(pk=review.document_id).update(title="Báo cáo khác", number="7-BC/DV")
    Partner.objects.filter(document=review.document_id, side=2).delete()
    Review.objects.update(kind="closing", period_last=date(2023, 3, 31))
    ReviewText.objects.update(text="Giao hai đầu mối")
    Figure.objects.update(value=9)
    refresh_reviews([review.pk])
    for person in (None, "lan"):
        client, at = cast.client(person), STAFF if person else PUBLIC
        pages = [at, f"{at}?q=tong+ket+2022", f"{at}?q=mot+dau+moi", f"/chuong-trinh/{program.slug}/"]
        pages += ["/lam-viec/tim-kiem/?q=tong+ket+2022" if person else "/tim-kiem/?q=tong+ket+2022"]
        told = [words(client.get(page).text) for page in pages]
        assert [("Tổng kết 2022" in page, "Báo cáo khác" in page) for page in told] == [(True, False)] * 5
        assert f"sơ kết · {cast.ours.name}, {cast.partner.name}" in told[0] and "7-BC/DV" not in told[0]
        assert review.code not in client.get(f"{at}?q=bao+cao+khac").text
        row = next(rows_of(cast, person))
        assert (row["Tên gọi"], row["Số, ký hiệu"], row["Sơ kết, tổng kết"], row["Đến"], row["Số liệu"]) == (
            "Tổng kết 2022", None, "sơ kết", 2022, "Hội nghị đối thoại: 5 cuộc"
        )  # fmt: skip
        assert row["Cơ quan báo cáo"] == f"{cast.ours.name}; {cast.partner.name}"


def test_files_of_a_frozen_review_say_which_came_since_and_which_are_gone(cast: Cast) -> None:
    review = make_review(cast)
    kept, gone, inner = (make_file(cast, audience) for audience in ("public", "public", "body"))
    names = {kept: "bao-cao.pdf", gone: "phu-luc.pdf", inner: "nhap.pdf"}
    for one, name in names.items():
        Attachment.objects.filter(pk=one.pk).update(name=name, document=review.document)
    freeze(review, by=cast.hung, as_of=date(2022, 12, 31), expected=review.version)
    Attachment.objects.filter(pk__in=[gone.pk, inner.pk]).delete()
    late = make_file(cast, "public")
    Attachment.objects.filter(pk=late.pk).update(name="ban-ky.pdf", document=review.document)
    review = Review.objects.get()
    changes = {
        person: [tuple(one) for one in ReviewReading(review, cast.people.get(person, VISITOR)).changes]
        for person in ("", "lan")
    }
    both = [("Tệp", "", "ban-ky.pdf"), ("Tệp", "phu-luc.pdf", "")]
    assert changes == {"": both, "lan": [*both, ("Tệp", "nhap.pdf", "")]}
    page = read(cast, review, None)
    assert page.count("thêm sau khi chốt số liệu") == 1 and "nhap.pdf" not in page
    assert page.index("bao-cao.pdf") < page.rindex("ban-ky.pdf") < page.index("thêm sau khi chốt số liệu")


def test_a_review_frozen_before_heads_were_kept_still_opens(cast: Cast) -> None:
    review = make_review(cast, title="Tổng kết 2022", figures=[figure(5)])
    freeze(review, by=cast.hung, as_of=date(2022, 12, 31), expected=review.version)
    kept = Review.objects.get().frozen
    kept.pop("head")
    kept["figures"][0].pop("unit")
    Review.objects.update(frozen=kept)
    Document.objects.filter(pk=review.document_id).update(title="Báo cáo khác")
    page = read(cast, Review.objects.get(), None)
    assert "Báo cáo khác" in page and "chưa có gì khác" in page


# --- on paper, in lists, counted


def test_a_report_in_word_says_its_parts(cast: Cast) -> None:
    items = [ReviewItemEntry("Đã đối thoại", about="Đối thoại"), ReviewItemEntry("", about="Tiếp dân")]
    review = make_review(cast, items=items, figures=[figure(5), figure(3, audience="parties")])
    said = texts(paper_of(cast, review, "binh", "review"))
    for line in ("I- KẾT QUẢ THỰC HIỆN", "1- Đối thoại", "Đã đối thoại.", "- Hội nghị đối thoại: 5 cuộc.",
                 "II- ĐÁNH GIÁ CHUNG", "Bài học:", "III- PHƯƠNG HƯỚNG, NHIỆM VỤ", "IV- KIẾN NGHỊ, ĐỀ XUẤT"):  # fmt: skip
        assert line in said, line
    assert not any("Đối thoại còn ít" in line or "kiêm nhiệm" in line for line in said)
    mine = texts(paper_of(cast, review, "lan", "review"))
    assert "PHỤ LỤC" not in mine and any("Đối thoại còn ít" in line for line in mine)


def test_a_long_report_in_word_has_its_figures_in_an_annex_and_says_as_of_when(cast: Cast) -> None:
    items = [ReviewItemEntry("", about=f"Việc {number}") for number in range(9)]
    figures = [figure(number + 1) for number in range(9)]
    review = make_review(cast, items=items, figures=figures)
    freeze(review, by=cast.hung, as_of=date(2022, 12, 31), expected=review.version)
    said = texts(paper_of(cast, review, "lan", "review"))
    for line in ("Số liệu tính đến ngày 31/12/2022: xem Phụ lục II.", "PHỤ LỤC I", "Kết quả theo từng nội dung",
                 "chưa ghi kết quả", "PHỤ LỤC II", "9 cuộc"):  # fmt: skip
        assert line in said, line
    assert "- Hội nghị đối thoại: 9 cuộc." not in said


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_much_for_three_rows_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    program = make_program(cast, "published")
    for number in range(rows):
        make_review(cast, title=f"Tổng kết {number}", program=program, kind="closing", figures=[figure(5)])
    visitor, staff = cast.client(None), cast.client("lan")
    with django_assert_num_queries(7):
        public = visitor.get(PUBLIC).text
    with django_assert_num_queries(9):
        inside = staff.get(STAFF).text
    assert [page.count('class="row"') for page in (public, inside)] == [rows, rows]
    assert f"{rows} tổng kết" in visitor.get("/chuong-trinh/").text
    assert "Tổng kết 0" in words(visitor.get(f"/chuong-trinh/{program.slug}/").text)
    assert b"".join(visitor.get(f"{PUBLIC}excel/"))[:2] == b"PK"


def rows_of(cast: Cast, person: str | None) -> Iterator[dict[str, Any]]:
    """The rows of the Excel file of reviews for one person, by their heads."""
    file = cast.client(person).get(f"{STAFF if person else PUBLIC}excel/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file))).active
    heads, *rows = sheet.iter_rows(min_row=4, values_only=True)
    return (dict(zip(heads, row, strict=True)) for row in rows)


def test_the_excel_of_reviews_has_the_figures_each_reader_may_read(cast: Cast) -> None:
    figures = [
        figure(5, parts=[("tập thể", Decimal(5))]),
        figure(3, audience="parties"),
        figure(2, audience="body"),
    ]
    for title in ("Đã chốt", "Còn sửa"):
        review = make_review(cast, title=title, figures=figures)
        if title == "Đã chốt":
            freeze(review, by=cast.hung, as_of=date(2022, 12, 31), expected=review.version)
    told = {
        person: {row["Tên gọi"]: row["Số liệu"].split("\n") for row in rows_of(cast, person)}
        for person in (None, "binh", "phuc", "thu", "lan", "quy")
    }
    lines = [f"Hội nghị đối thoại: {number} cuộc" for number in (5, 3, 2)]
    lines[0] += ", gồm 5 tập thể"
    reads = {None: 1, "binh": 1, "phuc": 2, "thu": 2, "lan": 3, "quy": 3}
    assert told == {
        person: dict.fromkeys(("Đã chốt", "Còn sửa"), lines[:number]) for person, number in reads.items()
    }


def test_figures_of_a_territorys_year_stand_in_a_review_that_says_nothing_else(cast: Cast) -> None:
    city = cast.superior.territory
    typed = {
        "lam": "submit", "title": "Số liệu dân vận năm 2022", "period": "năm 2022", "kind": "interim",
        "theme": "công tác dân vận", "territory": city.name, "territory-ma": city.code,
        "partners-TOTAL_FORMS": "1", "partners-0-name": cast.ours.name, "partners-0-side": "1",
        "figures-dan": "1.045 mô hình, tính đến 12/2022",
    }  # fmt: skip
    assert cast.client("lan").post(f"{STAFF}nhap/", typed).status_code == 302
    one = Figure.objects.get()
    assert (one.value, one.territory, one.document.review.state) == (Decimal(1045), city, State.WAITING)


def test_who_reported_has_reported_for_the_year(cast: Cast) -> None:
    make_review(cast, "drafting", partners=[PartnerEntry(1, cast.neighbour)])
    make_review(cast, "approved", partners=[PartnerEntry(1, cast.ours)])
    years = [(date(year, 1, 1), date(year, 6, 30)) for year in (2022, 2023)]
    doers = [measure_of("has-review").doers(*days, None) for days in years]
    assert [list(Organization.objects.filter(pk__in=keys)) for keys in doers] == [[cast.ours], []]

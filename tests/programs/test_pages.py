"""Pages of programmes, plans and amendments: what each reader reads there, and what is not there."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.actions import records
from portal.actions.copies import save_copy
from portal.actions.documents import (
    BasisEntry,
    FileEntry,
    PaperEntry,
    PartnerEntry,
    SignatureEntry,
    SourceEntry,
)
from portal.actions.registers import rebuild_reach
from portal.dates import parse_date, parse_period
from portal.files import is_public
from portal.models import (
    Act,
    Attachment,
    Audience,
    Document,
    Organization,
    Subordination,
    Succession,
    Verb,
)
from programs import actions
from programs.actions import BodyEntry, ItemEntry
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.forms.programs import raw_data
from programs.models import Amendment, Plan, Program
from tests.cast import Cast, make_body, make_file, make_program


def public_page(program: Program, cast: Cast, status: int = 200) -> str:
    """What a visitor gets at the programme's address."""
    answer = cast.client(None).get(f"/chuong-trinh/{program.slug}/")
    assert answer.status_code == status
    return answer.text


def record_page(program: Program, cast: Cast, person: str = "lan", **query: str) -> str:
    """What a signed-in person gets."""
    answer = cast.client(person).get(f"/lam-viec/chuong-trinh/{program.code}/", query)
    assert answer.status_code == 200
    return answer.text


def words(page: str) -> str:
    """The page without markup, spaces folded."""
    return " ".join(re.sub(r"<wbr>|<[^>]+>", " ", page.split("<main", 1)[1]).split())


def make_companion(
    cast: Cast, model: type, program: Program, *, public: bool, title: str, keeper: Organization | None = None
) -> Plan | Amendment:
    """An approved plan or amendment, published or not."""
    keeper = keeper or cast.ours
    paper = PaperEntry(title, partners=[PartnerEntry(1, keeper)], number="12-KH/BDVĐU")
    entry = PlanEntry(paper, program=program, content="Sửa nội dung 1")
    if model is Plan:
        entry.period = parse_period("năm 2023")
    record = save_companion(None, entry, model=model, by=cast.lan, keeper=keeper)
    model.objects.filter(pk=record.pk).update(state="approved", approved_at=timezone.now())
    record.refresh_from_db()
    if public:
        publish_companion(record, by=cast.hung, expected=record.version)
        record.refresh_from_db()
    return record


# --- what is said


def test_a_public_page_says_what_was_agreed(cast: Cast) -> None:
    basis = Document.objects.create(
        title="Về công tác dân vận", number="25-NQ/TW", number_key="25-NQ/TW", audience=Audience.PUBLIC
    )
    program = make_program(
        cast, "published", number="07-CTrPH/BDVĐU-UBND",
        signatures=[SignatureEntry(1, name="Trần Văn A", capacity="Trưởng ban", authority="TM")],
        items=[ItemEntry("Tiếp công dân", bodies=[BodyEntry("lead", cast.ours), BodyEntry("joint", printed="các đoàn thể")])],
        bases=[BasisEntry("Nghị quyết 25-NQ/TW ngày 3/6/2013", cited=basis), BasisEntry("Luật Thực hiện dân chủ")],
        sources=[SourceEntry("Ký kết chương trình", "Báo A", "https://bao.example/1", parse_date("15/4/2022"))],
        files=[FileEntry(make_file(cast, "public"), "Bản ký", "public")],
        texts={"purposes": "Tăng đồng thuận", "cadence": "yearly"}, stated_item_count=3,
    )  # fmt: skip
    page = words(public_page(program, cast))
    for said in (
        "Chương trình phối hợp của Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình, từ năm 2022 đến năm 2026",
        "Văn bản nêu 3 nội dung, ghi được 1.",
        "Tiếp công dân Chủ trì: Ban Dân vận Đảng ủy phường Ba Đình Phối hợp: các đoàn thể",
        "Mục đích, yêu cầu Tăng đồng thuận",
        "TM. Trần Văn A, Trưởng ban",
        "UBND phường Ba Đình Người ký: chưa rõ",
        "Báo A: Ký kết chương trình , 15/4/2022",
        "thứ Năm, 14/4/2022",
        "hằng năm",
        "Bản ký PDF · 1 KB",
        "Công khai ngày",
        "duyệt lần cuối ngày",
        "báo cho cơ quan quản lý cổng",
    ):
        assert said in page, said
    markup = public_page(program, cast)
    assert f'href="/van-ban/{basis.code}/"' in markup
    assert re.search(
        r'class="cite">Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình, Chương trình phối hợp số '
        r"07-CTrPH/BDVĐU-UBND: Phối hợp[^<]*, ký 14/4/2022\. [^<]*, http://testserver/chuong-trinh/[a-z0-9-]+/</p>",
        markup,
    )


def test_facts_come_right_after_the_sentence_and_the_journal_last(cast: Cast) -> None:
    page = record_page(make_program(cast, "published"), cast)
    order = [page.index(mark) for mark in ('class="lede"', 'class="facts"', 'id="noi-dung"', 'id="nhat-ky"')]
    assert order == sorted(order)


def test_marks_are_said_in_words(cast: Cast) -> None:
    program = make_program(
        cast, "published", items=[], dated=parse_date("5/11/2021"),
        marks={"items": {"missing": "unknown"}, "signatures": {"missing": "none"}, "purposes": {"missing": "none"},
               "number": {"missing": "none"}},
    )  # fmt: skip
    Document.objects.filter(pk=program.document_id).update(marks={"dated": {"inferred": "năm của bài báo"}})
    page = words(public_page(program, cast))
    for said in (
        "Nội dung phối hợp không rõ", "Người ký: không có", "Mục đích, yêu cầu không có", "Số, ký hiệu không có",
        "Suy ra từ: năm của bài báo",
    ):  # fmt: skip
        assert said in page, said


def test_bodies_that_ended_are_told_with_their_heirs_to_staff_alone(cast: Cast) -> None:
    program = make_program(cast, "published", period="2022-2035")
    heir = make_body("Ban Xây dựng Đảng phường Ba Đình")
    for body in (cast.ours, cast.partner):
        Organization.objects.filter(pk=body.pk).update(ended_on=date(2025, 6, 30))
    Succession.objects.create(predecessor=cast.ours, successor=heir, kind="merged")
    rebuild_reach()
    actions.refresh([program.pk])
    assert "Cơ quan ký đã sắp xếp lại" in public_page(program, cast)
    assert "Ban Xây dựng Đảng" not in public_page(program, cast)
    page = words(record_page(program, cast, "quy"))
    assert "Ban Dân vận Đảng ủy phường Ba Đình: nay do Ban Xây dựng Đảng phường Ba Đình phụ trách." in page
    assert "UBND phường Ba Đình: chưa có cơ quan kế thừa." in page
    city, district = make_body("UBND thành phố Hà Nội"), make_body("UBND quận Ba Đình")
    for low, high in ((cast.partner, district), (district, city)):
        Subordination.objects.create(organization=low, superior=high)
    rebuild_reach()
    nearest = "UBND phường Ba Đình: chưa có cơ quan kế thừa, UBND quận Ba Đình theo dõi."
    assert nearest in words(record_page(program, cast, "quy"))


def test_who_answers_today_stands_among_the_facts_of_a_paper_out_of_force(cast: Cast) -> None:
    program = make_program(cast, "published", period="2017-2021")
    heir = make_body("Ban Xây dựng Đảng phường Ba Đình")
    Organization.objects.filter(pk=cast.ours.pk).update(ended_on=date(2025, 6, 30))
    Succession.objects.create(predecessor=cast.ours, successor=heir, kind="merged")
    rebuild_reach()
    said = f"Cơ quan phụ trách hiện nay {cast.ours.name}: nay do {heir.name} phụ trách."
    assert said in words(record_page(program, cast, "quy"))
    assert heir.name not in public_page(program, cast)


@pytest.mark.parametrize(
    ("typed", "said"), [("không rõ", "không rõ"), ("chưa rõ", "chưa rõ"), ("", "chưa rõ")]
)
def test_what_is_not_known_is_said_in_full_and_never_as_printed(cast: Cast, typed: str, said: str) -> None:
    program = make_program(cast, "drafting", period=typed, dated=parse_date(typed))
    assert f"{program.parties_label}, {said} thời hạn<" in cast.client("lan").get("/lam-viec/").text
    page = words(record_page(program, cast, "lan"))
    assert f"Ngày ký {said} Thời hạn {said} thời hạn Các bên" in page and "ghi:" not in page


# --- kin


def test_terms_stand_side_by_side_for_who_may_read_both(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("1/2/2017"),
                       items=["Tiếp công dân mỗi quý", "Dân chủ cơ sở", ItemEntry("Việc trong nhà", audience="body")])  # fmt: skip
    before = {item.text: item for item in old.items.all()}
    items = [
        ItemEntry("Tiếp công dân mỗi tháng", origin=before["Tiếp công dân mỗi quý"]),
        ItemEntry("Chuyển đổi số"),
    ]
    new = make_program(cast, "published", predecessor=old, items=items)
    page = public_page(new, cast)
    kinds = re.findall(r'<tr class="pair pair-(\w+)">', page)
    assert sorted(kinds) == ["added", "changed", "dropped"]
    assert "Việc trong nhà" not in page and "Việc trong nhà" in record_page(new, cast)
    assert "Được tiếp nối bởi" in public_page(old, cast)


def test_kin_that_is_not_public_is_not_named(cast: Cast) -> None:
    old = make_program(
        cast, "approved", period="2017-2021", dated=parse_date("1/2/2017"), title="Bản cũ nội bộ"
    )
    above = make_program(cast, "approved", title="Chương trình trên nội bộ")
    program = make_program(cast, "published", predecessor=old, follows=above)
    make_program(cast, "approved", predecessor=program, period="2027-2031", dated=parse_date("1/1/2027"))
    make_companion(cast, Plan, program, public=False, title="Kế hoạch nội bộ")
    make_companion(cast, Amendment, program, public=False, title="Sửa đổi nội bộ")
    page = public_page(program, cast)
    for hidden in (
        "Các giai đoạn",
        "Trên và dưới",
        "2017–2021",
        "2027–2031",
        "Kế hoạch nội bộ",
        "Sửa đổi nội bộ",
    ):
        assert hidden not in page, hidden
    inside = record_page(program, cast)
    for shown in (
        "Các giai đoạn",
        "Thực hiện theo",
        "2017–2021",
        "2027–2031",
        "Kế hoạch nội bộ",
        "Sửa đổi nội bộ",
    ):
        assert shown in inside, shown


def test_companions_that_are_public(cast: Cast) -> None:
    program = make_program(cast, "published")
    plan = make_companion(cast, Plan, program, public=True, title="Kế hoạch năm 2023")
    make_companion(cast, Amendment, program, public=True, title="Sửa đổi lần 1")
    page = public_page(program, cast)
    assert f'href="/ke-hoach/{plan.slug}/"' in page and "Sửa đổi lần 1" in page and "Sửa nội dung 1" in page
    assert "Thuộc chương trình" in cast.client(None).get(f"/ke-hoach/{plan.slug}/").text


def test_an_amendment_has_an_address_of_its_own_under_its_programme(cast: Cast) -> None:
    program, other = make_program(cast, "published"), make_program(cast, "published", period="2017-2021")
    amendment = make_companion(cast, Amendment, program, public=True, title="Sửa đổi lần 1")
    address, visitor = f"/chuong-trinh/{program.slug}/{amendment.slug}/", cast.client(None)
    assert f'href="{address}"' in public_page(program, cast)
    page = visitor.get(address).text
    assert "Sửa nội dung 1" in page and f"http://testserver{address}" in page
    assert f'href="{address}"' in cast.client("lan").get(f"/lam-viec/sua-doi/{amendment.code}/").text
    assert visitor.get(f"/chuong-trinh/{other.slug}/{amendment.slug}/").status_code == 404
    records.withdraw(amendment, by=cast.hung, reason="Đăng nhầm", expected=amendment.version)
    assert visitor.get(address).status_code == 410


def test_amendments_go_down_with_their_programme_and_come_back_with_it(cast: Cast) -> None:
    """Whoever keeps them: page, file, list; nothing is done to them, so that nothing has to be undone."""
    program = make_program(cast, "published")
    amendment = make_companion(
        cast, Amendment, program, public=True, title="Sửa đổi lần 1", keeper=cast.partner
    )
    file = make_file(cast, "public")
    Attachment.objects.filter(pk=file.pk).update(document=amendment.document)
    read = [f"/chuong-trinh/{program.slug}/", f"/chuong-trinh/{program.slug}/{amendment.slug}/"]
    hung, chief, way = cast.client("hung"), cast.client("phuc"), f"/lam-viec/chuong-trinh/{program.code}/"

    def seen() -> list[object]:
        answers = [cast.client(None).get(one).status_code for one in read]
        answers.append(is_public(Attachment.objects.get(pk=file.pk)))
        return [*answers, "Sửa đổi lần 1" in cast.client(None).get("/van-ban/").text]

    def press(verb: str, **more: str) -> None:
        program.refresh_from_db()
        hung.post(f"{way}{verb}/", {"phien-ban": str(program.version), **more})

    assert seen() == [200, 200, True, True]
    assert "Sửa đổi lần 1" in words(hung.get(f"{way}go/").text)
    press("go", **{"go-reason": "Đăng nhầm"})
    assert seen() == [410, 410, False, False]
    record = chief.get(f"/lam-viec/sua-doi/{amendment.code}/").text
    assert "Công khai cùng chương trình phối hợp" in record and "Xem trang công khai" not in record
    assert "Văn bản sửa đổi, bổ sung Sửa đổi lần 1" in words(hung.get(f"{way}xem-xet/").text)
    press("cong-khai")
    assert seen() == [200, 200, True, True]
    assert not Act.objects.filter(record_code=amendment.code, verb=Verb.WITHDRAW).exists()


def test_an_amendment_never_read_was_not_taken_down(cast: Cast) -> None:
    program = make_program(cast, "published")
    amendment = make_companion(cast, Amendment, program, public=False, title="Sửa đổi lần 2")
    publish_companion(
        amendment, by=cast.hung, expected=amendment.version, start=timezone.now() + timedelta(days=1)
    )
    program.refresh_from_db()
    actions.withdraw(program, by=cast.hung, reason="Đăng nhầm", expected=program.version)
    amendment.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        page = cast.client(None).get(f"/chuong-trinh/{program.slug}/{amendment.slug}/")
    assert page.status_code == 404


def test_an_amendment_that_waits_for_its_programme_is_called_off_not_taken_down(cast: Cast) -> None:
    program = make_program(cast, "approved")
    amendment = make_companion(cast, Amendment, program, public=True, title="Sửa đổi lần 1")
    hung, at = cast.client("hung"), f"/lam-viec/sua-doi/{amendment.code}/"
    page = hung.get(at).text
    assert f'href="{at}huy-hen/">Hủy hẹn công khai' in page and "Gỡ khỏi trang công khai" not in page
    assert "đang hẹn công khai cùng chương trình phối hợp." in words(hung.get(f"{at}huy-hen/").text)
    hung.post(f"{at}huy-hen/", {"phien-ban": str(amendment.version)})
    amendment.refresh_from_db()
    assert (amendment.published_from, amendment.withdrawn_at) == (None, None)
    publish_companion(amendment, by=cast.hung, expected=amendment.version)
    actions.publish(program, by=cast.hung, expected=program.version)
    assert "Gỡ khỏi trang công khai" in hung.get(at).text
    program.refresh_from_db()
    actions.withdraw(program, by=cast.hung, reason="Đăng nhầm", expected=program.version)
    hung.post(f"{at}huy-hen/", {"phien-ban": str(amendment.version)})
    amendment.refresh_from_db()
    program.refresh_from_db()
    assert amendment.withdrawn_at == program.withdrawn_at, "as when the public last read it"


def test_a_plan_reads_as_its_paper_is_cut(cast: Cast) -> None:
    program = make_program(cast, "published", texts={"purposes": "1. Tăng đồng thuận\n- Ở mọi khu phố"})
    plan = make_companion(cast, Plan, program, public=True, title="Kế hoạch năm 2023")
    Plan.objects.filter(pk=plan.pk).update(
        purposes="I. MỤC ĐÍCH\n1. Tăng đồng thuận\n- Ở mọi khu phố", implementation="a) Ban Dân vận"
    )
    item, point = '<p class="clause">1. Tăng đồng thuận</p>', '<p class="point">- Ở mọi khu phố</p>'
    page = cast.client(None).get(f"/ke-hoach/{plan.slug}/").text
    assert f"<h3>I. MỤC ĐÍCH</h3>{item}{point}" in page and '<p class="point">a) Ban Dân vận</p>' in page
    assert f"{item}{point}" in public_page(program, cast)


def test_a_programme_whose_bodies_ended_is_counted_apart(cast: Cast) -> None:
    make_program(cast, "approved", dated=parse_date("14/4/2022"), period="2022-2030")
    for body in (cast.ours, cast.partner):
        body.ended_on = timezone.localdate() - timedelta(days=1)
        body.save()
    actions.refresh(list(Program.objects.values_list("pk", flat=True)))
    page = words(cast.client("lan").get(f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/").text)
    assert "1 chương trình, 0 đang có hiệu lực, 1 cơ quan ký đã sắp xếp lại." in page
    assert "Còn thời hạn, cơ quan ký đã sắp xếp lại" in page


def test_the_cascade_gives_visitors_a_fraction_and_staff_the_names(cast: Cast) -> None:
    sides = [PartnerEntry(1, cast.superior), PartnerEntry(2, printed="UBND thành phố")]
    above = make_program(cast, "published", partners=sides, period="2021-2035")
    assert "cơ quan cấp dưới" not in public_page(above, cast), "nothing recorded is not zero"
    make_program(cast, "published", follows=above)
    page = words(public_page(above, cast))
    assert "1/2 cơ quan cấp dưới trực tiếp của Ban Dân vận Thành ủy Hà Nội đã có chương trình" in page
    assert cast.neighbour.name not in page
    assert f"Chưa ghi nhận chương trình của {cast.neighbour.name}." in words(record_page(above, cast, "thu"))


def test_bodies_that_did_not_live_meanwhile_are_not_counted(cast: Cast) -> None:
    sides = [PartnerEntry(1, cast.superior), PartnerEntry(2, printed="UBND thành phố")]
    above = make_program(cast, "published", partners=sides, period="2021-2026")
    make_program(cast, "published", follows=above)
    late = make_body("Ban mới", kind=cast.ours.kind, started_on=date(2030, 1, 1))
    gone = make_body("Ban cũ", kind=cast.ours.kind, ended_on=date(2010, 1, 1))
    for body in (late, gone):
        Subordination.objects.create(organization=body, superior=cast.superior)
    assert "1/2 cơ quan" in words(public_page(above, cast))


# --- what is not there


def test_drafts_answer_as_if_there_were_nothing(cast: Cast) -> None:
    later = make_program(cast, "approved")
    start = timezone.now() + timedelta(days=2)
    actions.publish(later, by=cast.hung, expected=later.version, start=start)
    later.refresh_from_db()
    nothing = cast.client(None).get("/chuong-trinh/khong-co-gi/")
    hidden = cast.client(None).get(f"/chuong-trinh/{later.slug}/")
    assert nothing.status_code == hidden.status_code == 404
    assert hidden.text.replace(later.slug, "khong-co-gi") == nothing.text
    with time_machine.travel(start + timedelta(minutes=1)):
        assert cast.client(None).get(f"/chuong-trinh/{later.slug}/").status_code == 200


@pytest.mark.parametrize(
    "change", [str.upper, lambda slug: slug[:-1], lambda slug: f"{slug}-", lambda slug: f"{slug}x"]
)
def test_a_wrong_address_is_not_there(cast: Cast, change: object) -> None:
    program = make_program(cast, "published")
    assert cast.client(None).get(f"/chuong-trinh/{change(program.slug)}/").status_code == 404


def test_a_page_taken_down_says_when_and_nothing_newer(cast: Cast) -> None:
    program = make_program(cast, "withdrawn", title="Tên khi công khai")
    program.document.title = "Tên sửa trong nhà"
    program.document.save()
    page = public_page(program, cast, 410)
    day = timezone.localdate(program.withdrawn_at)
    assert "Tên khi công khai" in page and f"{day.day}/{day.month}/{day.year}" in page
    assert "Tên sửa" not in page and "Đăng nhầm" not in page and 'href="/lien-he/"' in page


def test_a_record_never_shown_is_not_there_and_cannot_be_taken_down(cast: Cast) -> None:
    program = make_program(cast, "approved")
    start = timezone.now() + timedelta(days=9)
    actions.publish(program, by=cast.hung, expected=program.version, start=start)
    program.refresh_from_db()
    public_page(program, cast, 404)
    with pytest.raises(records.NotNow):
        actions.withdraw(program, by=cast.hung, reason="Đăng nhầm", expected=program.version)
    records.call_off(program, by=cast.hung, expected=program.version)
    public_page(program, cast, 404)


def test_an_open_edit_changes_no_byte_of_the_public_page(cast: Cast) -> None:
    program = make_program(cast, "published")
    before = public_page(program, cast)
    data = raw_data(program)
    data["title"] = "Tên đang sửa"
    save_copy("program", program, data, by=cast.lan, expected=None)
    assert public_page(program, cast) == before
    assert "Đang có bản sửa" in record_page(program, cast)
    assert "Người xem vẫn thấy bản đã duyệt." in record_page(program, cast)
    assert "bản sửa" not in record_page(program, cast, "phuc")


def test_an_open_edit_of_what_was_taken_down_does_not_say_that_visitors_read_it(cast: Cast) -> None:
    program = make_program(cast, "withdrawn")
    save_copy("program", program, raw_data(program), by=cast.lan, expected=None)
    for address in ("", "sua/"):
        page = cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/{address}").text
        assert "Người xem vẫn thấy" not in page
    page = cast.client("hung").get(f"/lam-viec/chuong-trinh/{program.code}/xem-xet/").text
    assert "trước khi duyệt" not in page


# --- the staff's page


@pytest.mark.parametrize(
    ("state", "person", "ways"),
    [
        ("drafting", "lan", ["Sửa tiếp", "Trình lãnh đạo", "Xóa bản đang soạn"]),
        ("drafting", "quy", []),
        ("waiting", "lan", ["Rút lại để sửa"]),
        ("waiting", "hung", ["Xem xét", "Rút lại để sửa"]),
        ("returned", "lan", ["Sửa tiếp", "Trình lãnh đạo", "Xóa bản đang soạn"]),
        ("approved", "lan", ["Sửa", "Tạo giai đoạn mới"]),
        ("approved", "hung", ["Công khai", "Sửa", "Tạo giai đoạn mới", "Ghi nhận chấm dứt"]),
        ("approved", "phuc", []),
        ("approved", "thu", []),
        ("published", "hung", ["Sửa", "Tạo giai đoạn mới", "Gỡ khỏi trang công khai", "Ghi nhận chấm dứt"]),
        ("published", "binh", []),
        ("withdrawn", "hung", ["Công khai", "Sửa", "Tạo giai đoạn mới", "Ghi nhận chấm dứt"]),
    ],
)
def test_the_strip_offers_what_may_be_done(cast: Cast, state: str, person: str, ways: list[str]) -> None:
    page = record_page(make_program(cast, state), cast, person)
    strip = page[page.index('<div class="strip">') : page.index("<h1>")]
    found = re.findall(r'class="button[^"]*"[^>]*>([^<]+)<', strip)
    # Another helper's verbs may join these; what is promised stands there in this order.
    assert [one for one in found if one in ways] == ways
    assert bool(found) == bool(ways)


def test_a_returned_draft_says_why(cast: Cast) -> None:
    page = words(record_page(make_program(cast, "returned"), cast))
    assert "Ý kiến khi trả lại Thiếu căn cứ." in page and "Nguyễn Thị Lan sửa theo ý kiến" in page


def test_invisible_records_are_not_there(cast: Cast) -> None:
    program = make_program(cast, "drafting")
    for person in ("binh", "phuc", "thu", "mai"):
        assert cast.client(person).get(f"/lam-viec/chuong-trinh/{program.code}/").status_code == 404, person
    assert cast.client(None).get(f"/lam-viec/chuong-trinh/{program.code}/").status_code == 302


def test_the_journal_is_for_the_keeping_body_and_short_at_first(cast: Cast) -> None:
    program = make_program(cast, "published")
    for number in range(10):
        program.document.note = f"lần {number}"
        actions.terminate(
            program, by=cast.hung, on=date(2040, 1, 1), reason=f"lý do {number}", expected=number + 1
        )
    page = record_page(program, cast)
    assert page.count('<p class="journal-act">') == 10 and "?nhat-ky=het#nhat-ky" in page
    whole = record_page(program, cast, **{"nhat-ky": "het"})
    assert (
        whole.count('<p class="journal-act">') == 14
        and "?nhat-ky=het" not in whole.split("<main")[1].split("print-foot")[0]
    )
    assert "journal-act" not in record_page(program, cast, "phuc")


def test_the_other_papers_have_pages_too(cast: Cast) -> None:
    program = make_program(cast, "approved")
    for model, address in ((Plan, "ke-hoach"), (Amendment, "sua-doi")):
        record = make_companion(cast, model, program, public=False, title=f"Văn bản {address}")
        page = cast.client("lan").get(f"/lam-viec/{address}/{record.code}/")
        assert page.status_code == 200 and f"Văn bản {address}" in page.text and "Nhật ký" in page.text
        assert cast.client("binh").get(f"/lam-viec/{address}/{record.code}/").status_code == 404


def test_the_programmes_of_a_body_on_one_sheet(cast: Cast) -> None:
    make_program(cast, "drafting", period="2022-2040")
    make_program(cast, "approved", period="2011-2015", dated=parse_date("1/1/2011"))
    page = cast.client("lan").get(f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/").text
    assert "1 chương trình, 0 đang có hiệu lực. Chưa tính 1 bản chưa duyệt." in page
    assert "Chương trình khác" in page and "Chưa duyệt" in page
    page = cast.client("phuc").get(f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/").text
    assert "1 chương trình, 0 đang có hiệu lực." in page
    assert cast.client("binh").get(f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/").status_code == 404
    assert cast.client("lan").get("/lam-viec/don-vi/khongco/chuong-trinh/").status_code == 404


# --- queries


def rich_program(cast: Cast, rows: int) -> Program:
    """A published programme with so many of everything."""
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("1/2/2017"))
    program = make_program(
        cast, "published", predecessor=old,
        items=[ItemEntry(f"Việc {n}", bodies=[BodyEntry("lead", cast.ours)]) for n in range(rows)],
        signatures=[SignatureEntry(1, name=f"Người {n}", capacity="Trưởng ban") for n in range(rows)],
        bases=[BasisEntry(f"Nghị quyết {n}", cited=Document.objects.create(title=f"Nghị quyết {n}")) for n in range(rows)],
        sources=[SourceEntry(f"Bài {n}") for n in range(rows)],
        files=[FileEntry(make_file(cast, "public"), f"Tệp {n}", "public") for n in range(rows)],
    )  # fmt: skip
    for number in range(rows):
        make_companion(cast, Plan, program, public=True, title=f"Kế hoạch {number}")
        make_companion(cast, Amendment, program, public=True, title=f"Sửa đổi {number}")
        make_program(cast, "published", follows=program)
    return program


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_asks_as_much_for_three_parts_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: object
) -> None:
    program, client = rich_program(cast, rows), cast.client(None)
    with django_assert_num_queries(PUBLIC_PAGE):
        client.get(f"/chuong-trinh/{program.slug}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_asks_as_much_for_three_parts_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: object
) -> None:
    program, client = rich_program(cast, rows), cast.client("phuc")
    with django_assert_num_queries(RECORD):
        client.get(f"/lam-viec/chuong-trinh/{program.code}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_keepers_record_asks_for_its_journal_too(
    cast: Cast, rows: int, django_assert_num_queries: object
) -> None:
    program, client = rich_program(cast, rows), cast.client("hung")
    with django_assert_num_queries(RECORD_WITH_JOURNAL):
        client.get(f"/lam-viec/chuong-trinh/{program.code}/")


# One: whether a paper is a part of a round; of a partner: its own plan.
PUBLIC_PAGE, RECORD, RECORD_WITH_JOURNAL = 26, 38, 52

"""Lists of programmes and plans: who is shown, what a filter leaves, in which order, by how many queries."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.actions.documents import PaperEntry, PartnerEntry
from portal.dates import parse_date, parse_period
from portal.models import AdministrativeUnit, Organization, search_texts
from programs import actions
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.models import Plan, Program
from tests.cast import Cast, in_days, make_body, make_program
from tests.programs.test_excel import sheet

PUBLIC, STAFF = "/chuong-trinh/", "/lam-viec/chuong-trinh/"


def lines(page: str) -> list[tuple[str, str]]:
    """Period and parties of every row of a list, in order."""
    rows = re.findall(r'<p class="row-when"><b>(.*?)</b>.*?<h3><a href="[^"]*">(.*?)</a>', page, re.DOTALL)
    return [(when, title) for when, title in rows]


def titles(page: str) -> list[str]:
    """The titles of every row, in order."""
    return re.findall(r"</h3><p>(.*?)</p>", page)


def count(page: str) -> int:
    """How many rows the list says it has."""
    return int(re.search(r'class="count"><b>([\d.]+)</b>', page)[1].replace(".", ""))


def make_plan(
    cast: Cast, program: Program | None = None, state: str = "published", title: str = "Kế hoạch năm"
) -> Plan:
    """A plan of our body."""
    entry = PlanEntry(
        PaperEntry(title, partners=[PartnerEntry(1, cast.ours)], dated=parse_date("5/1/2023")),
        program=program,
        period=parse_period("năm 2023"),
    )
    plan = save_companion(None, entry, model=Plan, by=cast.lan, keeper=cast.ours)
    if state != "drafting":
        Plan.objects.filter(pk=plan.pk).update(state="approved", approved_at=timezone.now())
        plan.refresh_from_db()
    if state == "published":
        publish_companion(plan, by=cast.hung, expected=plan.version)
        plan.refresh_from_db()
    return plan


# --- who is shown


@pytest.mark.parametrize("state", ["drafting", "waiting", "returned", "approved", "withdrawn"])
def test_a_visitor_sees_nothing_of_what_is_not_public(cast: Cast, state: str) -> None:
    make_program(cast, state, title="Chương trình chưa ai được xem")
    for address in (
        PUBLIC,
        f"{PUBLIC}?q=chua+ai",
        f"{PUBLIC}?nam=2022",
        "/tim-kiem/?q=chua+ai",
        "/",
        "/van-ban/",
    ):
        page = cast.client(None).get(address)
        assert page.status_code == 200
        assert "chưa ai được xem" not in page.text
    assert count(cast.client(None).get(PUBLIC).text) == 0


def test_a_programme_published_later_is_not_listed_until_then(cast: Cast) -> None:
    program = make_program(cast, "approved")
    actions.publish(program, by=cast.hung, expected=program.version, start=timezone.now() + timedelta(days=1))
    assert count(cast.client(None).get(PUBLIC).text) == 0


@pytest.mark.parametrize(
    ("person", "shown"), [("lan", 3), ("mai", 2), ("binh", 1), ("phuc", 2), ("thu", 2), ("quy", 3)]
)
def test_staff_see_what_is_theirs_to_see(cast: Cast, person: str, shown: int) -> None:
    for state in ("drafting", "approved", "published"):
        make_program(cast, state)
    assert count(cast.client(person).get(STAFF).text) == shown


def test_a_signed_in_person_sees_on_the_public_list_what_a_visitor_sees(cast: Cast) -> None:
    make_program(cast, "published")
    make_program(cast, "drafting")
    assert cast.client("lan").get(PUBLIC).content == cast.client(None).get(PUBLIC).content


def test_visitors_get_no_cookie(cast: Cast) -> None:
    program = make_program(cast, "published")
    pages = [
        PUBLIC,
        f"{PUBLIC}excel/",
        f"{PUBLIC}{program.slug}/",
        "/",
        "/tim-kiem/?q=ba",
        "/don-vi/",
        "/van-ban/",
    ]
    for address in [*pages, f"/don-vi/{cast.ours.slug}/", f"{PUBLIC}khong-co/"]:
        response = cast.client(None).get(address)
        assert response.getvalue() and not response.cookies, address


# --- a row


def test_a_row_is_called_by_parties_and_period(cast: Cast) -> None:
    make_program(cast, "published", number="07-CTrPH/BDVĐU-UBND")
    page = cast.client(None).get(PUBLIC).text
    assert lines(page) == [("2022–2026", "Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình")]
    assert "ký 14/4/2022" in page and "07-CTrPH/" in page
    assert "Đang soạn" not in page and "Công khai</span>" not in page


def test_counts_and_lineage_tell_a_visitor_of_published_records_only(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("1/2/2017"))
    make_program(cast, "approved", predecessor=old, title="Giai đoạn mới còn trong nhà")
    make_plan(cast, old, "published")
    make_plan(cast, old, "approved")
    visitor, staff = cast.client(None).get(PUBLIC).text, cast.client("lan").get(STAFF).text
    assert "1 kế hoạch" in visitor and "có giai đoạn kế tiếp" not in visitor
    assert "2 kế hoạch" in staff and "có giai đoạn kế tiếp" in staff and "tiếp nối 2017–2021" in staff
    assert count(cast.client(None).get(f"{PUBLIC}?chua-ke-tiep=on").text) == 1
    assert count(cast.client("lan").get(f"{STAFF}?chua-ke-tiep=on&nam=2018").text) == 0


def test_an_inferred_date_says_so(cast: Cast) -> None:
    program = make_program(cast, "published")
    program.document.marks = {"dated": {"inferred": "năm của bài báo"}}
    program.document.save()
    assert "ký 14/4/2022 (suy\u00a0ra)" in cast.client(None).get(PUBLIC).text


# --- filters


@pytest.fixture
def three(cast: Cast) -> Cast:
    """Three published programmes: of a ward, of the next ward, of the city; and one of staff alone."""
    make_program(cast, "published", title="Của phường", period="2022-2035")
    neighbours = [PartnerEntry(1, cast.neighbour), PartnerEntry(2, printed="các đoàn thể")]
    make_program(cast, "published", title="Của phường bên", partners=neighbours, period="2016-2020",
                 dated=parse_date("3/3/2016"))  # fmt: skip
    above = [PartnerEntry(1, cast.superior), PartnerEntry(2, printed="Ủy ban MTTQ")]
    until = in_days(30)
    make_program(cast, "published", title="Của thành phố", partners=above, dated=parse_date("1/1/2020"),
                 period=f"từ 1/1/2020 đến {until.day}/{until.month}/{until.year}")  # fmt: skip
    make_program(cast, "drafting", title="Đang soạn", period="2030-2035", dated=parse_date(""))
    return cast


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("q=phuong", {"Của phường", "Của phường bên"}),
        ("q=BA ĐÌNH 2022", {"Của phường"}),
        ("q=khongco", set()),
        ("nam=2019", {"Của phường bên"}),
        ("nam=2023", {"Của phường", "Của thành phố"}),
        ("dia-ban=ba dinh", {"Của phường"}),
        ("dia-ban=ha noi", {"Của phường", "Của phường bên", "Của thành phố"}),
        ("don-vi=ubnd phuong ba dinh", {"Của phường"}),
        ("don-vi=UBND p. Ba Đình", {"Của phường"}),
        ("khoi=nha-nuoc", {"Của phường"}),
        ("khoi=dang", {"Của phường", "Của phường bên", "Của thành phố"}),
        ("loai=chuong-trinh-phoi-hop", {"Của phường", "Của phường bên", "Của thành phố"}),
        ("hieu-luc=expired", {"Của phường bên"}),
        ("hieu-luc=ending_soon", {"Của thành phố"}),
        ("sap-het-han=on", {"Của thành phố"}),
        ("chua-ke-tiep=on&nam=2019", {"Của phường bên"}),
        ("nam=2023&khoi=nha-nuoc", {"Của phường"}),
    ],
)
def test_filters_leave(three: Cast, asked: str, left: set[str]) -> None:
    page = three.client(None).get(f"{PUBLIC}?{asked}").text
    assert set(titles(page)) == left
    assert count(page) == len(left)


def test_what_ends_soon_is_told_whether_or_not_the_bodies_that_signed_still_live(three: Cast) -> None:
    program = Program.objects.get(document__title="Của thành phố")
    program.parties_ended_on = in_days(-10)
    program.save()
    visitor = three.client(None)
    assert titles(visitor.get(f"{PUBLIC}?sap-het-han=on").text) == ["Của thành phố"]
    assert titles(visitor.get(f"{PUBLIC}?hieu-luc=ending_soon").text) == []
    assert titles(visitor.get(f"{PUBLIC}?hieu-luc=rearranged").text) == ["Của thành phố"]


@pytest.mark.parametrize(
    ("standing", "left"),
    [("drafting", {"Đang soạn"}), ("public", 3), ("approved", set()), ("withdrawn", set())],
)
def test_staff_filter_by_state(three: Cast, standing: str, left: set[str] | int) -> None:
    page = three.client("lan").get(f"{STAFF}?tinh-trang={standing}").text
    assert len(titles(page)) == left if isinstance(left, int) else set(titles(page)) == left


def test_a_visitor_cannot_filter_by_state(three: Cast) -> None:
    page = three.client(None).get(f"{PUBLIC}?tinh-trang=drafting").text
    assert count(page) == 3 and 'name="tinh-trang"' not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nam=20x", "Ghi năm bằng bốn chữ số"),
        ("nam=99999", "Ghi năm bằng bốn chữ số"),
        ("dia-ban=atlantis", "Không tìm thấy địa bàn “atlantis”."),
        ("don-vi=khong co ai", "Không tìm thấy cơ quan “khong co ai”."),
        ("khoi=zz", "Khối của một bên"),
    ],
)
def test_a_condition_not_understood_is_said_and_shows_nothing(three: Cast, asked: str, said: str) -> None:
    value = asked.partition("=")[2]
    for person, address in ((None, PUBLIC), ("lan", STAFF)):
        page = three.client(person).get(f"{address}?{asked}").text
        assert said in page and count(page) == 0 and titles(page) == []
        assert f"{value} (chưa hiểu)" in page and (f'value="{value}"' in page or "khoi" in asked)
        assert "Tải Excel" not in page
        assert sheet(three.client(person).get(f"{address}excel/?{asked}"))[4:] == []


def test_a_place_with_several_meanings_offers_them(three: Cast) -> None:
    ward = AdministrativeUnit.objects.get(name="phường Ba Đình")
    AdministrativeUnit.objects.create(
        name="quận Ba Đình", level=ward.level, parent=ward.parent, path="/x/", ended_on=date(2025, 6, 30)
    )
    page = three.client(None).get(f"{PUBLIC}?dia-ban=ba+dinh&nam=2023").text
    assert "quận Ba Đình (đến 30/6/2025)" in page and titles(page) == ["Của phường"]
    chosen = re.search(r'<a href="(\?[^"]*)">phường Ba Đình</a>', page)[1].replace("&amp;", "&")
    assert "nam=2023" in chosen
    page = three.client(None).get(f"{PUBLIC}{chosen}").text
    assert titles(page) == ["Của phường"] and "có thể là" not in page


def test_bodies_of_drafts_are_not_offered_to_visitors(three: Cast) -> None:
    secret = make_body("Ban Bí mật phường Ba Đình")
    make_program(three, "drafting", partners=[PartnerEntry(1, three.ours), PartnerEntry(2, secret)])
    assert "Không tìm thấy cơ quan “bi mat”" in three.client(None).get(f"{PUBLIC}?don-vi=bi+mat").text
    assert count(three.client("lan").get(f"{STAFF}?don-vi=bi+mat").text) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "trang=0", "trang=-1", "trang=abc", "trang=9999999999999999999999", "trang=", "trang=last",
        "q=%00", "q=%FF%FE", "q=" + "a+" * 400, "q=%25_%27%22--", "nam=-1", "nam=%D9%A3", "dia-ban=%00", "don-vi=%",
        "xep=%00", "xep=zz", "khoi[]=1", "foo=bar&foo=baz", "nam=2022&nam=2023", "dia-ban-ma=%00&dia-ban=a",
        "hieu-luc=__proto__", "don-vi-ma=" + "x" * 500 + "&don-vi=ubnd", "loai=1;drop",
    ],
)  # fmt: skip
def test_absurd_addresses_are_answered(three: Cast, asked: str) -> None:
    for address, person in (
        (PUBLIC, None), (f"{PUBLIC}excel/", None), (STAFF, "lan"), (f"{STAFF}excel/", "lan"), ("/ke-hoach/", None),
        ("/don-vi/", None), ("/van-ban/", None), ("/tim-kiem/", None), ("/lam-viec/ke-hoach/", "lan"),
    ):  # fmt: skip
        response = three.client(person).get(f"{address}?{asked}")
        assert response.getvalue() and response.status_code in {200, 404}, address


# --- order and pages


def test_orders(three: Cast) -> None:
    unknown = [PartnerEntry(1, printed="Ánh"), PartnerEntry(2, printed="Ân")]
    make_program(three, "published", title="Không rõ", partners=unknown, period="", dated=parse_date(""))

    def order(name: str) -> list[str]:
        return titles(three.client(None).get(f"{PUBLIC}?xep={name}").text)

    assert order("") == ["Của phường", "Của thành phố", "Của phường bên", "Không rõ"]
    assert order("cu-nhat") == ["Của phường bên", "Của thành phố", "Của phường", "Không rõ"]
    assert order("cac-ben")[0] == "Không rõ"
    assert order("het-han")[:2] == ["Của thành phố", "Của phường"]


def test_orders_and_pages_keep_the_filters(cast: Cast) -> None:
    for number in range(21):
        make_program(cast, "published", title=f"Số {number}")
    page = cast.client(None).get(f"{PUBLIC}?nam=2023&xep=cac-ben").text
    assert "?nam=2023&amp;xep=het-han" in page and "nam=2023&amp;xep=cac-ben&amp;trang=2" in page
    second = cast.client(None).get(f"{PUBLIC}?nam=2023&xep=cac-ben&trang=2").text
    assert len(titles(second)) == 1 and count(second) == 21
    assert 'name="xep" value="cac-ben"' in second
    assert cast.client(None).get(f"{PUBLIC}?trang=3").status_code == 404


# --- queries


PUBLIC_QUERIES, STAFF_QUERIES = 8, 10


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_list_asks_as_much_for_three_rows_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_plan(cast, make_program(cast, "published"))
    client = cast.client(None)
    with django_assert_num_queries(PUBLIC_QUERIES):
        assert len(lines(client.get(PUBLIC).text)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_staff_list_asks_as_much_for_three_rows_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_plan(cast, make_program(cast, "published"))
    client = cast.client("lan")
    with django_assert_num_queries(STAFF_QUERIES):
        assert len(lines(client.get(STAFF).text)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_of_plans(cast: Cast, rows: int, django_assert_num_queries: object) -> None:
    program = make_program(cast, "published")
    for number in range(rows):
        make_plan(cast, program, title=f"Kế hoạch {number}")
    visitor, staff = cast.client(None), cast.client("lan")
    with django_assert_num_queries(7):
        page = visitor.get("/ke-hoach/").text
    with django_assert_num_queries(9):
        inside = staff.get("/lam-viec/ke-hoach/").text
    assert count(page) == count(inside) == rows and "thuộc chương trình của" in page


def test_a_plan_names_its_programme_only_where_that_is_visible(cast: Cast) -> None:
    make_plan(cast, make_program(cast, "approved"))
    assert "thuộc chương trình" not in cast.client(None).get("/ke-hoach/").text
    assert "thuộc chương trình" in cast.client("lan").get("/lam-viec/ke-hoach/").text


def test_a_renamed_body_is_found_and_sorted_by_its_new_name(cast: Cast) -> None:
    from portal import sections

    make_program(cast, "published")
    plan = make_plan(cast)
    body = Organization.objects.get(pk=cast.ours.pk)
    body.name = "Ban Ánh Sáng"
    body.save()
    sections.touched(body)
    assert "Ban Ánh Sáng" in cast.client(None).get(f"{PUBLIC}?q=anh+sang").text
    plan.refresh_from_db()
    assert "anh sang" in plan.search_text


def test_words_that_stand_in_too_many_papers_are_looked_for_in_names_and_the_page_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_texts, "MOST_TOLD", 2)
    for title in ("Một", "Hai", "Ba, chăm lo người có công"):
        make_program(cast, "published", title=title, items=["Chăm lo người có công"])
    said = "Các từ này có trong rất nhiều văn bản"

    def found(asked: str) -> tuple[list[str], bool]:
        page = cast.client(None).get("/chuong-trinh/", {"q": asked}).text
        searched = cast.client(None).get("/tim-kiem/", {"q": asked}).text
        return re.findall(r"</h3><p>(.*?)</p>", page), (said in page) and (said in searched)

    assert found("người có công") == (["Ba, chăm lo người có công"], True)
    assert found("một 2022") == (["Một"], False)


def test_two_drafts_of_one_name_are_told_apart_where_one_is_picked(cast: Cast) -> None:
    for when in ("2026-11-20 08:05+07:00", "2026-11-22 14:30+07:00"):
        with time_machine.travel(when):
            make_program(cast)
    make_program(cast, "approved", number="07-CTrPH/BDVDU-UBND")
    found = cast.client("lan").get("/lam-viec/goi-y/chuong-trinh/?q=ba+dinh").json()["found"]
    assert sorted(one["line"].partition(" · ")[0] for one in found) == [
        "07-CTrPH/BDVDU-UBND, ký 14/4/2022",
        "đang soạn, Nguyễn Thị Lan soạn, từ 08:05, 20/11/2026",
        "đang soạn, Nguyễn Thị Lan soạn, từ 14:30, 22/11/2026",
    ]
    page = cast.client("lan").post(
        "/lam-viec/chuong-trinh/nhap/", {"title": "A", "predecessor": found[0]["name"]}
    )
    for one in found:
        assert one["line"].partition(" · ")[0] in page.text

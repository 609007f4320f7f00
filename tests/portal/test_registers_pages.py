"""The front page, search, bodies and documents: public records alone, in words, by a known number of queries."""

import re
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal import sections
from portal.access import VISITOR
from portal.actions.documents import BasisEntry, PartnerEntry, SignatureEntry
from portal.actions.registers import rebuild_reach
from portal.dates import parse_date
from portal.matching import variants
from portal.models import (
    Attachment,
    Audience,
    Document,
    DocumentType,
    Organization,
    OrganizationName,
    Person,
    SearchText,
    Succession,
)  # fmt: skip
from portal.registers import listed_documents
from portal.views.documents import DocumentFilterForm
from programs.actions import ItemEntry
from programs.actions.programs import refresh_unsearched
from programs.models import ContentItem, Program
from tests.cast import Cast, make_body, make_file, make_program
from tests.programs.test_excel import column, sheet


def panels(page: str) -> dict[str, list[str]]:
    """The titles under each heading."""
    found = {}
    for part in page.split('<section class="section">')[1:]:
        heading = re.search(r"<h2>(.*?)</h2>", part)[1]
        found[heading] = re.findall(r"<h3>(?:<a [^>]*>)?(.*?)<", part)
    return found


# --- the front page and the navigation


def test_an_empty_portal_says_what_will_stand_here(cast: Cast) -> None:
    make_program(cast, "approved")
    page = cast.client(None).get("/").text
    assert "Chưa có chương trình nào được công khai" in page
    assert 'class="mainnav"' not in page


def test_a_section_enters_the_navigation_with_its_first_public_record(cast: Cast) -> None:
    make_program(cast, "published")
    nav = re.search(r'<nav class="mainnav".*?</nav>', cast.client(None).get("/").text, re.DOTALL)[0]
    of_the_year = f"/tong-hop/{timezone.localdate().year}/"
    assert re.findall(r'href="([^"]+)"', nav) == ["/chuong-trinh/", of_the_year, "/don-vi/", "/van-ban/"]


def test_the_front_page_shows_what_binds_today(cast: Cast) -> None:
    make_program(cast, "published", period="2022-2040")
    make_program(cast, "published", period="2010-2012", dated=parse_date("1/1/2010"))
    ended = make_program(cast, "published", period="2022-2040", title="Đã chấm dứt")
    Program.objects.filter(pk=ended.pk).update(terminated_on="2023-01-01")
    page = cast.client(None).get("/").text
    assert panels(page) == {"Đang có hiệu lực": ["Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình"]}
    assert "1 chương trình đang có hiệu lực." in page


def test_with_nothing_in_force_the_newest_stand_there(cast: Cast) -> None:
    make_program(cast, "published", period="2010-2012", dated=parse_date("1/1/2010"))
    page = cast.client(None).get("/").text
    assert list(panels(page)) == ["Mới nhất"] and "đang có hiệu lực." not in page


# --- search


def test_a_typed_place_and_year_bring_both_programmes_first(cast: Cast) -> None:
    board = make_body("Ban Tuyên giáo Quận ủy Ba Đình")
    people = make_body("Ban Dân vận Quận ủy Ba Đình")
    other = make_body("Ban Dân vận Tỉnh ủy Bình Định")
    sides = {"B": [PartnerEntry(1, board), PartnerEntry(2, printed="UBND quận Ba Đình")],
             "C": [PartnerEntry(1, people), PartnerEntry(2, printed="UBND quận Ba Đình")],
             "X": [PartnerEntry(1, other), PartnerEntry(2, printed="các ban, Đình")]}  # fmt: skip
    for title in ("B", "C", "X"):
        make_program(cast, "published", title=title, partners=sides[title], period="2021-2026",
                     dated=parse_date("5/11/2021" if title != "X" else "5/12/2021"))  # fmt: skip
    page = cast.client(None).get("/tim-kiem/?q=ba dinh 2021").text
    found = panels(page)["Chương trình"]
    assert set(found[:2]) == {f"{one} và UBND quận Ba Đình" for one in (board, people)}


@pytest.mark.parametrize("asked", ["", "   ", "%00", "!!!"])
def test_a_search_for_nothing_says_how_to_search(cast: Cast, asked: str) -> None:
    make_program(cast, "published")
    page = cast.client(None).get(f"/tim-kiem/?q={asked}").text
    assert "Gõ tên cơ quan" in page and panels(page) == {}


def test_a_search_without_result_says_so(cast: Cast) -> None:
    page = cast.client(None).get("/tim-kiem/?q=<script>zzz").text
    assert "Không tìm thấy gì" in page and "<script>zzz" not in page


def test_bodies_and_documents_are_found_too(cast: Cast) -> None:
    make_program(cast, "published", number="07-CTrPH/BDVĐU-UBND")
    opened = Document.objects.create(title="Về công tác dân vận phường Ba Đình", audience=Audience.PUBLIC)
    sections.touched(opened)
    Document.objects.create(title="Thư nội bộ phường Ba Đình", audience=Audience.PARTIES)
    found = panels(cast.client(None).get("/tim-kiem/?q=phuong ba dinh").text)
    assert list(found) == ["Chương trình", "Cơ quan, đơn vị", "Văn bản"]
    assert set(found["Cơ quan, đơn vị"]) == {cast.ours.name, cast.partner.name}
    assert found["Văn bản"] == ["Về công tác dân vận phường Ba Đình"]
    by_number = panels(cast.client(None).get("/tim-kiem/?q=07-ctrph").text)
    assert list(by_number) == ["Chương trình"], "a programme is found once, not again as its document"


def test_search_asks_a_known_number_of_queries(cast: Cast, django_assert_num_queries: object) -> None:
    make_program(cast, "published")
    with django_assert_num_queries(SEARCH):
        cast.client(None).get("/tim-kiem/?q=ba dinh")
    for _ in range(2):
        make_program(cast, "published")
    with django_assert_num_queries(SEARCH):
        cast.client(None).get("/tim-kiem/?q=ba dinh")


@pytest.fixture
def deep(cast: Cast) -> Cast:
    """A published programme and a draft with parts for each audience, and who signed them."""
    items = [
        ItemEntry("Đối thoại với công nhân, giải quyết khiếu nại"),
        ItemEntry("Rà soát hồ sơ cán bộ", audience="parties"),
        ItemEntry("Chuẩn bị kinh phí dự phòng", audience="body"),
    ]
    sides = [PartnerEntry(1, cast.ours, focal_room="Văn phòng thường trực"), PartnerEntry(2, cast.partner)]
    signed = [SignatureEntry(1, name="Hoàng Thị Sâm", capacity="Trưởng ban")]
    make_program(cast, "published", title="Mở", items=items, partners=sides, signatures=signed)
    make_program(
        cast,
        title="Kín",
        items=["Vận động hiến đất làm đường"],
        signatures=[SignatureEntry(1, name="Đinh Sâm")],
    )
    return cast


@pytest.mark.parametrize(
    ("asked", "title", "readers"),
    [
        ("doi thoai cong nhan", "Mở", {None, "lan", "phuc", "thu", "binh", "kien", "quy"}),
        ("khiếu nại đối thoại Ba Đình 2022", "Mở", {None, "lan", "phuc", "thu", "binh", "kien", "quy"}),
        ("Hoàng Thị Sâm", "Mở", {None, "lan", "phuc", "thu", "binh", "kien", "quy"}),
        ("hồ sơ cán bộ", "Mở", {"lan", "phuc", "thu", "kien", "quy"}),
        ("van phong thuong truc", "Mở", {"lan", "phuc", "thu", "kien", "quy"}),
        ("kinh phí dự phòng", "Mở", {"lan", "quy"}),
        ("hien dat lam duong", "Kín", {"lan", "quy"}),
        ("đinh sâm", "Kín", {"lan", "quy"}),
        ("cong thoai", "Mở", set()),
    ],
)
def test_programmes_are_found_by_the_parts_their_finder_reads(
    deep: Cast, asked: str, title: str, readers: set[str | None]
) -> None:
    found: dict[str, set[str | None]] = {"search": set(), "list": set()}
    for person in (None, "lan", "phuc", "thu", "binh", "kien", "quy"):
        base = "/lam-viec" if person else ""
        pages = {"search": f"{base}/tim-kiem/", "list": f"{base}/chuong-trinh/"}
        for kind, address in pages.items():
            page = deep.client(person).get(address, {"q": asked}).text
            if title in re.findall(r"</h3><p>(.*?)</p>", page):
                found[kind].add(person)
    assert found == {"search": readers, "list": readers}


def test_what_a_programme_is_found_by_follows_its_parts(deep: Cast) -> None:
    def found(asked: str) -> bool:
        return bool(panels(deep.client(None).get("/tim-kiem/", {"q": asked}).text))

    item = ContentItem.objects.get(text__startswith="Đối thoại")
    item.audience = "body"
    item.save()
    sections.touched(item)
    person = Person.objects.get(name="Hoàng Thị Sâm")
    person.name = "Hoàng Thị Huệ"
    person.save()
    sections.touched(person)
    assert [found(one) for one in ("doi thoai", "thi sam", "thi hue")] == [False, False, True]
    SearchText.objects.all().delete()
    assert not found("thi hue")
    assert refresh_unsearched() == 0 and found("thi hue")


# --- bodies


def test_only_bodies_of_public_records_are_listed(cast: Cast) -> None:
    make_program(cast, "published")
    make_program(cast, "approved", partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.superior)])
    page = cast.client(None).get("/don-vi/").text
    assert cast.partner.name in page and cast.superior.name not in page
    assert cast.superior.name not in cast.client(None).get("/don-vi/?q=thanh uy").text
    assert cast.client(None).get(f"/don-vi/{cast.superior.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "left"),
    [("q=ubnd", 1), ("q=ba dinh", 2), ("khoi=dang", 1), ("khoi=nha-nuoc", 1), ("khoi=zz", 0), ("q=zz", 0)],
)
def test_bodies_by_name_and_sector(cast: Cast, asked: str, left: int) -> None:
    make_program(cast, "published")
    page = cast.client(None).get(f"/don-vi/?{asked}").text
    assert len(re.findall(r'<li class="row', page)) == left


def test_a_body_page_tells_names_dates_kin_programmes_and_signers(cast: Cast) -> None:
    make_program(cast, "published", title="Công khai",
                 signatures=[SignatureEntry(1, name="Trần Văn A", capacity="Trưởng ban"),
                             SignatureEntry(2, name="Lê Thị B", capacity="Chủ tịch")])  # fmt: skip
    make_program(cast, "approved", title="Trong nhà", signatures=[SignatureEntry(1, name="Người Nội Bộ")])
    heir = make_body("Ban Xây dựng Đảng phường Ba Đình")
    Succession.objects.create(
        predecessor=cast.ours, successor=heir, kind="renamed", effective_on="2025-07-01"
    )
    OrganizationName.objects.create(organization=cast.ours, name="Khối dân vận")
    Organization.objects.filter(pk=cast.ours.pk).update(ended_on="2025-06-30")
    page = cast.client(None).get(f"/don-vi/{cast.ours.slug}/").text
    for said in (
        "Khối dân vận",
        "đã kết thúc hoạt động ngày 30/6/2025",
        "phường Ba Đình",
        heir.name,
        "đổi tên",
        "Trần Văn A",
    ):
        assert said in page, said
    assert "Lê Thị B" not in page and "Người Nội Bộ" not in page and "Trong nhà" not in page
    assert f"/don-vi/{heir.slug}/" not in page
    assert cast.client("lan").get(f"/don-vi/{cast.ours.slug}/").text == page
    inside = cast.client("lan").get(f"/lam-viec/don-vi/{cast.ours.code}/").text
    assert "Trong nhà" in inside and "Người Nội Bộ" not in inside


def test_an_end_known_only_as_a_stretch_of_time_shows_no_day(cast: Cast) -> None:
    program = make_program(cast, "published")
    cast.ours.ended_on, cast.ours.ended_printed = date(2025, 6, 30), "nửa đầu năm 2025"
    cast.ours.full_clean(exclude=["slug"])
    cast.ours.save()
    ended, listed = "đến nửa đầu năm 2025", cast.client("quy").get("/admin/portal/organization/")
    for page, said in [
        (cast.client(None).get(f"/don-vi/{cast.ours.slug}/"), "kết thúc hoạt động nửa đầu năm 2025."),
        (cast.client(None).get("/don-vi/"), ended),
        (cast.client(None).get(f"/chuong-trinh/{program.slug}/"), f"{cast.ours.name} ({ended})"),
        (cast.client("lan").get("/lam-viec/goi-y/co-quan/?q=ban+dan+van"), f"{cast.ours.name} ({ended})"),
        (listed, "nửa đầu năm 2025"),
    ]:
        text = str(page.json()) if "json" in page["Content-Type"] else page.text
        assert said in text and "30/6/2025" not in text
    typed = variants(f"{cast.ours.name} ({ended})")
    assert [one.pk for one in Organization.objects.named(typed)] == [cast.ours.pk]
    cast.ours.ended_on = None
    with pytest.raises(ValidationError, match="ngày muộn nhất có thể"):
        cast.ours.full_clean(exclude=["slug"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_pages_ask_as_much_for_three_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        body = make_body(f"Hội {number}", territory=cast.ours.territory)
        make_program(cast, "published", partners=[PartnerEntry(1, body), PartnerEntry(2, cast.ours)],
                     signatures=[SignatureEntry(2, name=f"Người {number}")])  # fmt: skip
    client = cast.client(None)
    for address, queries in QUERIES.items():
        with django_assert_num_queries(queries):
            client.get(address.format(slug=cast.ours.slug))


# --- documents


def test_documents_are_those_of_public_records_and_of_the_open_register(cast: Cast) -> None:
    program = make_program(cast, "published", title="Công khai", number="07-CTrPH/BDVĐU-UBND")
    make_program(cast, "approved", title="Trong nhà")
    kind = DocumentType.objects.create(key="nghi-quyet", name="Nghị quyết")
    opened = Document.objects.create(
        title="Về dân vận", number="25-NQ/TW", type=kind, audience=Audience.PUBLIC
    )
    sections.touched(opened)
    Document.objects.create(title="Chưa rà soát", looked_at=False)
    page = cast.client(None).get("/van-ban/").text
    assert f'href="/chuong-trinh/{program.slug}/">Công khai</a>' in page and "Về dân vận" in page
    assert "Trong nhà" not in page and "Chưa rà soát" not in page
    assert cast.client("lan").get("/van-ban/").content == cast.client(None).get("/van-ban/").content

    def found(asked: str) -> list[str]:
        return re.findall(r"<h3>(?:<a [^>]*>)?(.*?)<", cast.client(None).get(f"/van-ban/?{asked}").text)

    assert found("q=25-nq") == ["Về dân vận"] and found("loai=nghi-quyet") == ["Về dân vận"]
    assert found("xep=ten") == ["Công khai", "Về dân vận"] and found("") == ["Công khai", "Về dân vận"]
    assert found("q=trong nha") == []


@pytest.mark.parametrize(
    ("address", "way"),
    [("chuong-trinh", "Nhập văn bản"), ("ke-hoach", "Nhập kế hoạch"), ("hoi-nghi", "Ghi lại hội nghị")],
)
def test_the_head_of_a_list_offers_entering_to_who_may(cast: Cast, address: str, way: str) -> None:
    heads = {
        name: cast.client(name).get(f"/lam-viec/{address}/").text.partition('class="page-head"')[2]
        for name in ("lan", "mai")
    }
    offered = {name: way in head.partition("</header>")[0] for name, head in heads.items()}
    assert offered == {"lan": True, "mai": False}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("order", "index"), [("moi-nhat", "listed"), ("cu-nhat", "oldest"), ("ten", "named")]
)
@pytest.mark.django_db
def test_a_page_of_the_documents_is_walked_in_the_index_of_its_order(order: str, index: str) -> None:
    form = DocumentFilterForm({"xep": order}, reader=VISITOR)
    page = form.rows(listed_documents(VISITOR)).values("pk")
    for asked in (page[:20], page.reverse()[:20]):
        plan = asked.explain()
        assert f"USING COVERING INDEX document_{index}" in plan and "B-TREE" not in plan


def test_a_document_page_tells_its_facts_files_and_what_rests_on_it(cast: Cast) -> None:
    cited = Document.objects.create(
        title="Về tăng cường công tác dân vận", number="25-NQ/TW", dated_precision="day",
        dated_first="2013-06-03", dated_last="2013-06-03", issuer_printed="Ban Chấp hành Trung ương", note="Chép tay",
    )  # fmt: skip
    basis = [BasisEntry("Nghị quyết số 25-NQ/TW", cited=cited)]
    for title, state, year in (
        ("Cũ", "published", 2018),
        ("Mới", "published", 2022),
        ("Nội bộ", "approved", 2023),
    ):
        make_program(
            cast, state, title=title, bases=basis, period=f"{year}-2030", dated=parse_date(f"1/2/{year}")
        )
    make_program(cast, "drafting", title="Dự thảo", bases=basis)
    for name, audience in (("mở.pdf", "public"), ("kín.pdf", "body")):
        one = make_file(cast, audience)
        Attachment.objects.filter(pk=one.pk).update(document=cited, name=name)
    public = cast.client(None).get(f"/van-ban/{cited.code}/").text
    for said in ("Về tăng cường công tác dân vận", "25-NQ/", "3/6/2013", "Ban Chấp hành Trung ương"):
        assert said in public, said
    assert "Chép tay" not in public
    assert "mở.pdf" not in public, "a file of a paper that is not open to all stays inside"
    assert cast.client("lan").get(f"/van-ban/{cited.code}/").text == public

    def resting(person: str) -> list[str]:
        page = cast.client(person).get(f"/lam-viec/van-ban/{cited.code}/").text
        return re.findall(r"</h3><p>(.*?)</p>", page)

    assert re.findall(r"</h3><p>(.*?)</p>", public) == ["Mới", "Cũ"]
    assert {person: resting(person) for person in ("lan", "phuc", "binh")} == {
        "lan": ["Nội bộ", "Dự thảo", "Mới", "Cũ"],
        "phuc": ["Nội bộ", "Mới", "Cũ"],
        "binh": ["Mới", "Cũ"],
    }


def test_a_basis_links_to_the_page_of_its_document(cast: Cast) -> None:
    cited = Document.objects.create(title="Về công tác dân vận", number="25-NQ/TW")
    program = make_program(cast, "published", bases=[BasisEntry("Nghị quyết số 25-NQ/TW", cited=cited)])
    hidden = make_program(cast, "approved", title="Còn trong nhà").document
    resting = make_program(cast, "published", bases=[BasisEntry("Chương trình trước", cited=hidden)])
    page = cast.client(None).get(f"/chuong-trinh/{program.slug}/").text
    assert f'<a href="/van-ban/{cited.code}/">Nghị quyết số 25-NQ/TW</a>' in page
    assert "<li>Chương trình trước</li>" in cast.client(None).get(f"/chuong-trinh/{resting.slug}/").text
    assert cast.client(None).get(f"/van-ban/{hidden.code}/").status_code == 404
    inside = cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/").text
    assert f'href="/lam-viec/van-ban/{cited.code}/"' in inside
    assert f'href="/van-ban/{cited.code}/"' in cast.client(None).get("/van-ban/?q=25-nq").text


# --- the staff's side


def test_staff_find_and_list_what_they_may_read(cast: Cast) -> None:
    cited = Document.objects.create(title="Thư chỉ đạo riêng")
    make_program(cast, "drafting", title="Giữ kín", bases=[BasisEntry("Thư chỉ đạo riêng", cited=cited)])
    shown = {}
    for person in ("lan", "binh"):
        client = cast.client(person)
        shown[person] = [
            list(panels(client.get("/lam-viec/tim-kiem/?q=giu kin").text)),
            list(panels(client.get("/lam-viec/tim-kiem/?q=thu chi dao").text)),
            sorted(re.findall(r"<h3><a [^>]*>(.*?)<", client.get("/lam-viec/van-ban/").text)),
        ]
    assert shown == {
        "lan": [["Chương trình"], ["Văn bản"], ["Giữ kín", "Thư chỉ đạo riêng"]],
        "binh": [[], [], []],
    }
    bodies = cast.client("binh").get("/lam-viec/don-vi/?q=thanh uy").text
    assert f'href="/lam-viec/don-vi/{cast.superior.code}/"' in bodies


def nav_of(page: str) -> list[str]:
    """The entries of the main navigation."""
    nav = re.search(r'<nav class="mainnav".*?</nav>', page, re.DOTALL)[0]
    return re.findall(r">([^<]+)</a>", nav)


def test_the_staff_frame_offers_search_and_registers_and_the_administrator_the_clean_up(cast: Cast) -> None:
    usual = [
        "Bàn làm việc",
        "Chương trình",
        "Kế hoạch",
        "Báo cáo",
        "Sơ kết, tổng kết",
        "Hội nghị",
        "Nhiệm vụ",
        "Tổng hợp",
        "Cơ quan",
        "Văn bản",
    ]
    pages = {person: cast.client(person).get("/lam-viec/").text for person in ("lan", "quy")}
    assert nav_of(pages["lan"]) == usual and nav_of(pages["quy"]) == [*usual, "Làm sạch dữ liệu"]
    assert 'action="/lam-viec/tim-kiem/"' in pages["lan"]


def test_an_empty_desk_tells_each_what_to_do_first(cast: Cast) -> None:
    def links(person: str) -> list[str]:
        page = cast.client(person).get("/lam-viec/").text
        return re.findall(r'href="([^"]+)"', page[page.index('class="empty"') : page.index("</main>")])

    steps = ["/admin/portal/organization/", "/admin/portal/organization/add/", "/admin/portal/user/add/"]
    steps += ["/admin/portal/user/", f"/admin/portal/user/{cast.quy.pk}/change/"]
    assert {person: links(person) for person in ("quy", "lan", "mai")} == {
        "quy": steps, "lan": ["/lam-viec/nhap/"], "mai": [],
    }  # fmt: skip
    assert all(cast.client("quy").get(step).status_code == 200 for step in steps)


def test_facts_stand_before_what_hangs_on_them(cast: Cast) -> None:
    opened = Document.objects.create(title="Về dân vận", audience=Audience.PUBLIC)
    make_program(cast, "published", bases=[BasisEntry("Về dân vận", cited=opened)])
    for address in (f"/don-vi/{cast.ours.slug}/", f"/van-ban/{opened.code}/"):
        page = cast.client(None).get(address).text
        assert page.index('<dl class="facts"') < page.index('<section class="section"'), address


def test_a_body_page_tells_what_its_forebears_agreed(cast: Cast) -> None:
    old = make_body("Ban Dân vận cũ", ended_on="2025-06-30")
    make_program(cast, "published", title="Của cơ quan trước", partners=[PartnerEntry(1, old)])
    Succession.objects.create(predecessor=old, successor=cast.ours, kind="merged", effective_on="2025-07-01")
    rebuild_reach()
    make_program(cast, "published", title="Của cơ quan này")
    page = cast.client(None).get(f"/don-vi/{cast.ours.slug}/").text
    assert list(panels(page))[:2] == ["Chương trình", "Chương trình của cơ quan trước"]
    assert re.findall(r"</h3><p>(.*?)</p>", page) == ["Của cơ quan này", "Của cơ quan trước"]
    assert f'href="/don-vi/{old.slug}/"' in page
    inside = cast.client("lan").get(f"/lam-viec/don-vi/{cast.ours.code}/").text
    assert f'href="/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/"' in inside


SEARCH = 12  # bodies found by their column are asked by the rule before they are named
QUERIES = {"/": 7, "/don-vi/": 5, "/don-vi/{slug}/": 13, "/van-ban/": 8}  # of documents: who issued them


def test_the_registers_leave_as_files_of_the_rows_shown_to_their_reader(cast: Cast) -> None:
    make_program(cast, "published", title="Công khai", number="07-CTrPH/BDVĐU-UBND")
    make_program(cast, "approved", title="Nội bộ", partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.neighbour)])  # fmt: skip
    visitor, staff = cast.client(None), cast.client("lan")
    papers = sheet(visitor.get("/van-ban/excel/"))
    assert column(papers, "Tên gọi") == ["Công khai"]
    assert column(papers, "Số, ký hiệu") == ["07-CTrPH/BDVĐU-UBND"]
    assert column(papers, "Địa chỉ")[0].startswith("http://testserver/chuong-trinh/")
    assert column(papers, "Ngày") == [datetime(2022, 4, 14)]
    assert column(papers, "Cơ quan ban hành") == ["Ban Dân vận Đảng ủy phường Ba Đình; UBND phường Ba Đình"]
    inside = sheet(staff.get("/lam-viec/van-ban/excel/?xep=ten"))
    assert column(inside, "Tên gọi") == ["Công khai", "Nội bộ"]
    bodies = column(sheet(visitor.get("/don-vi/excel/")), "Cơ quan")
    assert bodies == ["Ban Dân vận Đảng ủy phường Ba Đình", "UBND phường Ba Đình"]
    assert len(column(sheet(staff.get("/lam-viec/don-vi/excel/")), "Cơ quan")) == Organization.objects.count()

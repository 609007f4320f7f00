"""The front page, search, bodies and documents: public records alone, in words, by a known number of queries."""

import re

import pytest

from portal.actions.documents import PartnerEntry, SignatureEntry
from portal.dates import parse_date
from portal.models import Audience, Document, DocumentType, Organization, OrganizationName, Succession
from programs.models import Program
from tests.cast import Cast, make_body, make_program


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
    assert re.findall(r'href="([^"]+)"', nav) == ["/chuong-trinh/", "/don-vi/", "/van-ban/"]


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
    Document.objects.create(title="Về công tác dân vận phường Ba Đình", audience=Audience.PUBLIC)
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
    [("q=ubnd", 1), ("q=ba dinh", 2), ("khoi=dang", 1), ("khoi=nha-nuoc", 1), ("khoi=zz", 2), ("q=zz", 0)],
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
        "kết thúc hoạt động ngày 30/6/2025",
        "phường Ba Đình",
        heir.name,
        "đổi tên",
        "Trần Văn A",
    ):
        assert said in page, said
    assert "Lê Thị B" not in page and "Người Nội Bộ" not in page and "Trong nhà" not in page
    assert f"/don-vi/{heir.slug}/" not in page
    inside = cast.client("lan").get(f"/don-vi/{cast.ours.slug}/").text
    assert "Trong nhà" in inside and "Người Nội Bộ" not in inside


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
    Document.objects.create(title="Về dân vận", number="25-NQ/TW", type=kind, audience=Audience.PUBLIC)
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


SEARCH = 10
QUERIES = {"/": 8, "/don-vi/": 6, "/don-vi/{slug}/": 12, "/van-ban/": 8}

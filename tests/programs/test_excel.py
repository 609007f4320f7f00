"""The list as an Excel file: the rows shown, in their order, and no cell that a spreadsheet would run."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.utils import timezone

from portal.actions.documents import PartnerEntry
from portal.dates import parse_date
from portal.models import Tag
from tests.cast import Cast, make_program

PUBLIC, STAFF = "/chuong-trinh/excel/", "/lam-viec/chuong-trinh/excel/"
PUBLIC_HEADS = [
    "Các bên", "Tên gọi", "Số, ký hiệu", "Ngày ký", "Từ", "Đến", "Hiệu lực", "Nhãn nội dung", "Địa chỉ",
]  # fmt: skip


def sheet(answer: object) -> list[list[object]]:
    """The cells of the one sheet of a downloaded file."""
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert len(book.worksheets) == 1
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def column(rows: list[list[object]], head: str) -> list[object]:
    """The values under a head."""
    place = rows[3].index(head)
    return [row[place] for row in rows[4:]]


def test_a_file_is_the_list_as_filtered_and_ordered(cast: Cast) -> None:
    for year in (2018, 2020, 2022):
        make_program(
            cast, "published", title=f"Từ {year}", period=f"{year}-2030", dated=parse_date(f"1/2/{year}")
        )
    make_program(cast, "drafting", title="Đang soạn")
    rows = sheet(cast.client(None).get(f"{PUBLIC}?nam=2021&xep=cu-nhat&trang=1"))
    assert rows[3] == PUBLIC_HEADS
    assert column(rows, "Tên gọi") == ["Từ 2018", "Từ 2020"]
    assert rows[1][0] == "Điều kiện: Có hiệu lực trong năm: 2021"
    now = timezone.localtime()
    assert rows[0][0].startswith("Chương trình phối hợp · In lúc ")
    assert f"ngày {now.day}/{now.month}/{now.year}" in rows[0][0]


def test_values_stand_as_the_list_says_them(cast: Cast) -> None:
    program = make_program(cast, "published", number="07-CTrPH/BDVĐU-UBND", period="2022-2035")
    make_program(cast, "published", dated=parse_date("tháng 3/2021"), period="từ 1/3/2021 đến 1/3/2035")
    make_program(cast, "published", dated=parse_date(""), period="")
    rows = sheet(cast.client(None).get(PUBLIC))
    assert column(rows, "Các bên") == ["Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình"] * 3
    assert column(rows, "Số, ký hiệu") == ["07-CTrPH/BDVĐU-UBND", None, None]
    assert column(rows, "Ngày ký") == [datetime(2022, 4, 14), "tháng 3/2021", "chưa rõ ngày ký"]
    assert column(rows, "Từ") == [2022, datetime(2021, 3, 1), None]
    assert column(rows, "Đến") == [2035, datetime(2035, 3, 1), "chưa rõ"]
    assert column(rows, "Hiệu lực") == ["Đang hiệu lực", "Đang hiệu lực", "Chưa rõ thời hạn"]
    assert column(rows, "Địa chỉ")[0] == f"http://testserver/chuong-trinh/{program.slug}/"


def test_staff_get_two_columns_more_and_their_own_addresses(cast: Cast) -> None:
    program = make_program(cast, "drafting", note="ghi chú kín")
    program.tag_links.create(tag=Tag.objects.create(key="dan-chu", name="Dân chủ cơ sở"))
    rows = sheet(cast.client("lan").get(STAFF))
    assert set(rows[3]) - set(PUBLIC_HEADS) == {"Tình trạng", "Cơ quan giữ"}
    assert column(rows, "Tình trạng") == ["Đang soạn"]
    assert column(rows, "Nhãn nội dung") == ["Dân chủ cơ sở"]
    assert column(rows, "Địa chỉ") == [f"http://testserver/lam-viec/chuong-trinh/{program.code}/"]
    assert "ghi chú kín" not in str(rows)
    assert cast.client(None).get(STAFF).status_code == 302


@pytest.mark.parametrize(
    "bad", ["=1+1", "@SUM(A1)", "+1", "-1", "=cmd|' /C calc'!A0", "{=1}", "https://x.example/a", "123"]
)
def test_no_cell_runs(cast: Cast, bad: str) -> None:
    make_program(cast, "published", title=bad, number=bad,
                 partners=[PartnerEntry(1, printed=bad), PartnerEntry(2, printed="B")])  # fmt: skip
    answer = cast.client(None).get(PUBLIC)
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=5) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr", "n", "d"}
    assert [cell.value for cell in cells if cell.value == bad] == [bad] * 2
    assert not [cell for cell in cells if cell.hyperlink]


def test_a_filter_word_that_looks_like_a_formula_is_text(cast: Cast) -> None:
    make_program(cast, "published")
    answer = cast.client(None).get(f"{PUBLIC}?q==1+1")
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert book.worksheets[0]["A2"].data_type in {"s", "inlineStr"}


def test_the_file_is_named_by_its_day_and_not_compressed_twice(cast: Cast) -> None:
    make_program(cast, "published")
    answer = cast.client(None).get(PUBLIC, headers={"accept-encoding": "gzip"})
    assert f'filename="chuong-trinh-{date.today():%Y-%m-%d}.xlsx"' in answer["Content-Disposition"]
    assert answer["Content-Type"].endswith("spreadsheetml.sheet") and not answer.has_header(
        "Content-Encoding"
    )
    assert answer.streaming and not answer.has_header(
        "Content-Length"
    )  # it begins before its last row is read


def test_an_empty_list_is_still_a_file(cast: Cast) -> None:
    rows = sheet(cast.client(None).get(PUBLIC))
    assert rows[3] == PUBLIC_HEADS and len(rows) == 4


@pytest.mark.parametrize("chunk", [2, 2000])
def test_chunks_lose_no_row(cast: Cast, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programs.excel.CHUNK", chunk)
    for number in range(5):
        make_program(cast, "published", title=f"Số {number}")
    told = sheet(cast.client("lan").get(f"{STAFF}?xep=cu-nhat"))
    assert column(told, "Tên gọi") == [f"Số {number}" for number in range(5)]

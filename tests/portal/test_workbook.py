"""A workbook is sent while its rows are read: nothing of it is kept, and spreadsheets read all of it."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import RequestFactory

from portal.excel import excel_file
from portal.workbook import ENOUGH, Column, Inferred, workbook

HEADS = {"title": "Danh sách", "words": ""}
AS_IS = [Column("Nội dung", 40, lambda row: row)]


def read(pieces: Iterator[bytes]) -> Any:
    """The one sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(b"".join(pieces))).worksheets[0]


def test_rows_leave_as_they_are_read_and_none_is_kept() -> None:
    seen = []

    def rows() -> Iterator[int]:
        for number in range(30_000):
            seen.append(number)
            yield number * 7_919 % 1_000_003

    columns = [*AS_IS, Column("Địa chỉ", 50, lambda row: f"http://testserver/lam-viec/{row:x}/")]
    pieces, read_at = [], []
    for piece in workbook(rows(), columns, **HEADS):
        pieces.append(piece)
        read_at.append(len(seen))
    assert (read_at[0] < 10_000, max(map(len, pieces)) < 2 * ENOUGH) == (True, True)
    sheet = read(iter(pieces))
    assert (sheet.max_row, sheet.auto_filter.ref) == (30_004, "A4:B30004")
    assert sheet["B30004"].value == f"http://testserver/lam-viec/{29_999 * 7_919 % 1_000_003:x}/"
    # What tells a file by its first bytes finds a workbook, not any zip.
    assert ZipFile(io.BytesIO(b"".join(pieces))).namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("a\x00\x0b<&>\ud800\uffff", "a<&>"),
        ("_x0041_ và dòng\nsau", "_x005F_x0041_ và dòng\nsau"),
        ("ở" * 40_000, "ở" * 32_767),
        (" hai đầu ", " hai đầu "),
        (0, 0),
        (Decimal("22.50"), 22.5),
        (date(1900, 3, 1), datetime(1900, 3, 1)),
        (date(2026, 11, 22), datetime(2026, 11, 22)),
        (Inferred(date(2022, 4, 14)), datetime(2022, 4, 14)),
        (date(1890, 5, 19), "19/5/1890"),
        (None, None),
    ],
)
def test_a_cell_holds_what_it_is_given(value: object, kept: object) -> None:
    assert read(workbook([value], AS_IS, **HEADS))["A5"].value == kept


def test_dates_read_as_dates_of_this_country() -> None:
    sheet = read(workbook([date(2022, 4, 14), Inferred(date(2022, 4, 14)), "chữ"], AS_IS, **HEADS))
    assert [sheet[f"A{line}"].number_format for line in (5, 6, 7)] == [
        "d/m/yyyy", 'd/m/yyyy "(suy ra)"', "General",
    ]  # fmt: skip
    assert sheet["A7"].alignment.wrap_text and sheet["A5"].alignment.vertical == "top"


def test_what_fails_before_the_first_rows_is_no_broken_file(rf: RequestFactory) -> None:
    def rows() -> Iterator[int]:
        raise ConnectionError("the database is away")
        yield 1

    with pytest.raises(ConnectionError):
        excel_file(rf.get("/"), "danh-sach", workbook(rows(), AS_IS, **HEADS))

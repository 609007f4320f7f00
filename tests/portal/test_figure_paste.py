"""Figures as papers print them: read from one line, typed in one field, their parts never forced to a sum."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from portal.figure_words import amount_words, change_words, time_words
from portal.forms.figures import FigureRow, split_rows
from portal.models import Figure
from portal.paste.figures import read_amount, read_change, read_figure, read_parts

PRINTED = {
    "Tính đến tháng 12/2020, toàn tỉnh có 1.045 mô hình, điển hình “Dân vận khéo”": (
        "mô hình, điển hình “Dân vận khéo”, toàn tỉnh", "1045", "mô hình, điển hình", "tháng 12/2020",
    ),
    "22/22 sở, ngành và tương đương": ("sở, ngành và tương đương", "22", "", "chưa rõ ngày"),
    "Tính đến 30/4/2015, tổng số TTHC được rà soát là 1.349 thủ tục": (
        "tổng số TTHC được rà soát", "1349", "thủ tục", "30/4/2015",
    ),
    "Số hội nghị tuyên truyền: 12": ("Số hội nghị tuyên truyền", "12", "", "chưa rõ ngày"),
    "- tỷ lệ hài lòng đạt 98,5%": ("tỷ lệ hài lòng", "98.5", "%", "chưa rõ ngày"),
    "năm 2023 tổ chức 5 lớp tập huấn": ("lớp tập huấn, năm 2023 tổ chức", "5", "lớp", "chưa rõ ngày"),
}  # fmt: skip


@pytest.mark.parametrize("line", PRINTED)
def test_a_printed_line_is_a_figure(line: str) -> None:
    found = read_figure(line)
    assert (found.counts, str(found.amount.value), found.unit, str(found.as_of)) == PRINTED[line]


def test_changes_and_parts_are_read_apart_from_the_value() -> None:
    found = [read_figure(line) for line in (
        "2.071 mô hình đăng ký, tăng 276 so với năm 2020", "giảm 46 phòng ban (22,5%)",
        "71 mô hình, điển hình (61 mô hình, 10 điển hình)",
    )]  # fmt: skip
    assert [(str(one.amount), one.change, one.against, one.parts) for one in found] == [
        ("2.071", Decimal(276), "năm 2020", ()),
        ("", Decimal(-46), "", ()),
        ("71", None, "", (("mô hình", Decimal(61)), ("điển hình", Decimal(10)))),
    ]
    assert found[1].counts == "phòng ban (22,5%)"


def test_a_number_is_read_as_vietnamese_writes_it() -> None:
    typed = ["1.045", "1045", "1 045", "22,5", "trên 15.320", "22/22", "1.04", "nhiều"]
    assert [str(found) if (found := read_amount(one)) else None for one in typed] == [
        "1.045", "1.045", "1.045", "22,5", "trên 15.320", "22/22", None, None
    ]  # fmt: skip
    assert [read_change(one) for one in ("giảm 22,5 %", "+5%", "tăng 276", "nhiều")] == [
        (Decimal("-22.5"), "%"), (Decimal(5), "%"), (Decimal(276), ""), None
    ]  # fmt: skip
    assert read_parts("kinh tế: 182, văn hóa 192; 32 khác") == (
        ("kinh tế", Decimal(182)), ("văn hóa", Decimal(192)), ("khác", Decimal(32))
    )  # fmt: skip


def row_of(**typed: str) -> FigureRow:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data[name] = value
    row = FigureRow(data)
    row.is_valid()
    return row


def test_parts_that_do_not_add_up_are_told_and_kept() -> None:
    row = row_of(text="Mô hình", amount="15", parts="9 tập thể; 5 cá nhân")
    assert (row.errors, row.warnings["parts"]) == ({}, "Các phần cộng lại là 14, khác 15.")
    assert row_of(text="Mô hình", amount="14", parts="9 tập thể; 5 cá nhân").warnings == {}
    wrong = row_of(text="Mô hình", amount="nhiều")
    assert list(wrong.errors) == ["amount"]
    assert list(row_of(text="Mô hình").errors) == ["amount"]


def test_a_pasted_block_is_a_row_a_line() -> None:
    rows = split_rows("1.045 mô hình, tính đến 12/2020\ntăng 276 mô hình so với năm 2020")
    assert [(one["text"], one["amount"], one["as_of"], one["nature"], one["change"]) for one in rows] == [
        ("mô hình", "1.045", "12/2020", "stock", ""), ("mô hình", "", "", "", "tăng 276")
    ]  # fmt: skip


def test_a_figure_says_itself() -> None:
    stock = Figure(counts="Mô hình", value=Decimal("1045.00"), unit="mô hình", approximator="trên")
    fewer = Figure(counts="Phòng", change=Decimal("-46.00"), unit="phòng", change_against="năm 2015")
    assert [amount_words(one) for one in (stock, fewer)] == [
        "trên 1.045 mô hình",
        "giảm 46 phòng so với năm 2015",
    ]
    assert (change_words(stock), time_words(stock.as_of, stock.period)) == ("", "")

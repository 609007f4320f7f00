"""The day by which words ask for something: read where they name one, never guessed."""

from datetime import date

import pytest

from portal.dates import Due, find_due

SINCE = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("Báo cáo trước ngày 15/12", date(2026, 12, 15), "trước ngày 15/12"),
        ("Hoàn thành trong quý I/2027", date(2027, 3, 31), "trong quý I/2027"),
        ("Xong trước 30/6", date(2027, 6, 30), "trước 30/6"),
        ("Chậm nhất ngày 20 tháng 12 năm 2026 gửi báo cáo", date(2026, 12, 20), "Chậm nhất ngày 20 tháng 12 năm 2026"),
        ("đến hết năm 2026", date(2026, 12, 31), "đến hết năm 2026"),
        ("ký kết trước tháng 6/2027", date(2027, 5, 31), "trước tháng 6/2027"),
        ("trong 6 tháng đầu năm 2027", date(2027, 6, 30), "trong 6 tháng đầu năm 2027"),
        ("việc trước ngày 10/11/2026 đã qua; còn lại xong trong quý II", date(2027, 6, 30), "xong trong quý II"),
    ],
)  # fmt: skip
def test_a_last_day_is_read_from_words(text: str, day: date, words: str) -> None:
    assert find_due(text, SINCE) == Due(day, words)


def test_a_day_of_every_year_says_so() -> None:
    assert find_due("Hằng năm sơ kết trước ngày 15/12", SINCE) == Due(
        date(2026, 12, 15), "trước ngày 15/12", True
    )


@pytest.mark.parametrize(
    "text",
    ["Sớm ký kết", "đạt trong 5/7 phường", "phối hợp đến năm 2030", "trước ngày 31/2", "trước khi ký", "trước 12 giờ",
     "trong 100% phường", "báo cáo trước ngày 1/11/2026"],
)  # fmt: skip
def test_words_that_name_no_last_day_to_come_are_no_deadline(text: str) -> None:
    assert find_due(text, SINCE) is None


def test_without_a_day_to_count_from_a_year_is_not_guessed() -> None:
    assert find_due("trước ngày 15/12", None) is None
    assert find_due("trước ngày 15/12/2026", None) == Due(date(2026, 12, 15), "trước ngày 15/12/2026")

"""When a task is to be done, as plans print it, and what the words of a plan become for the next year."""

from datetime import date

import pytest

from portal.dates import Period, parse_period
from programs.years import is_inferred, own_year, read_time, step, time_moved, title_moved


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("quý I", date(2026, 1, 1), date(2026, 3, 31)),
        ("Quý IV/2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("tháng 3", date(2026, 3, 1), date(2026, 3, 31)),
        ("tháng 12/2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("15/6", date(2026, 6, 15), date(2026, 6, 15)),
        ("6 tháng đầu năm", date(2026, 1, 1), date(2026, 6, 30)),
        ("từ 1/3 đến 30/10", date(2026, 3, 1), date(2026, 10, 30)),
        ("trong năm", date(2026, 1, 1), date(2026, 12, 31)),
        ("trong quý II", date(2026, 4, 1), date(2026, 6, 30)),
        ("trước 15/11", date(2026, 1, 1), date(2026, 11, 15)),
        ("hoàn thành trước ngày 30/6/2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("chậm nhất ngày 25 tháng 12", date(2026, 1, 1), date(2026, 12, 25)),
        ("tháng 6 và tháng 11", date(2026, 6, 1), date(2026, 11, 30)),
        ("quý I, III", date(2026, 1, 1), date(2026, 9, 30)),
    ],
)
def test_a_time_without_a_year_is_of_the_plans_year(printed: str, first: date, last: date) -> None:
    read = read_time(printed, 2026)
    assert (read.first, read.last, read.text or str(read)) == (first, last, printed)


@pytest.mark.parametrize(
    "printed",
    ["hằng tháng", "tháng 6 và khi cần", "trước 15/11/2027", "trước tháng 6", "trước 31/2", "khi có yêu cầu"],
)
def test_what_is_not_understood_stays_as_printed(printed: str) -> None:
    assert read_time(printed, 2026) == Period.unknown(printed)


def test_days_that_come_from_the_plans_year_are_marked() -> None:
    times = [
        "quý I",
        "trước 15/11",
        "tháng 6 và tháng 11",
        "từ 1/3 đến 30/10/2026",
        "quý I/2026",
        "hằng tháng",
        "",
    ]
    assert [is_inferred(read_time(one, 2026)) for one in times] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_no_year_is_guessed_for_a_plan_of_several_years() -> None:
    assert read_time("quý I", own_year(parse_period("2026-2030"))) == Period.unknown("quý I")
    assert read_time("", 2026) == Period.unknown()
    assert read_time("thường xuyên", 2026) == Period.none("thường xuyên")


@pytest.mark.parametrize(
    ("period", "title", "moved"),
    [
        ("năm 2022", "Kế hoạch công tác dân vận năm 2022", "Kế hoạch công tác dân vận năm 2023"),
        (
            "năm 2022",
            "Kế hoạch năm 2022 thực hiện Chương trình giai đoạn 2022 – 2026",
            "Kế hoạch năm 2023 thực hiện Chương trình giai đoạn 2022 – 2026",
        ),
        ("năm 2018", "Thực hiện Kế hoạch 34/KH-UBND ngày 24/1/2018", "Thực hiện Kế hoạch 34/KH-UBND ngày 24/1/2018"),
        ("năm 2018", "Theo văn bản ngày 24 tháng 1 năm 2018", "Theo văn bản ngày 24 tháng 1 năm 2018"),
        ("6 tháng đầu năm 2026", "Kế hoạch 6 tháng đầu năm 2026", "Kế hoạch 6 tháng đầu năm 2027"),
        ("2021-2025", "Kế hoạch 2021 - 2025, bắt đầu năm 2021", "Kế hoạch 2026 - 2030, bắt đầu năm 2021"),
        ("2021-2026", "Giai đoạn 2021-2026, theo Chương trình 2021-2030", "Giai đoạn 2026-2031, theo Chương trình 2021-2030"),
        ("không rõ", "Kế hoạch năm 2022", "Kế hoạch năm 2022"),
    ],
)  # fmt: skip
def test_a_title_moves_on_by_its_own_years_alone(period: str, title: str, moved: str) -> None:
    assert title_moved(title, parse_period(period)) == moved


def test_times_move_on_with_their_plan() -> None:
    year, span = parse_period("năm 2022"), parse_period("từ 1/10/2025 đến 30/9/2026")
    assert [time_moved(one, year) for one in ("trước 30/6/2022", "quý I", "quý IV/2021")] == [
        "trước 30/6/2023", "quý I", "quý IV/2021"
    ]  # fmt: skip
    assert (step(span), time_moved("từ 1/10/2025 đến 30/9/2026", span)) == (1, "từ 1/10/2026 đến 30/9/2027")

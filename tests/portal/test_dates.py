"""Dates and periods: read from every printed form, said in words, kept with their precision."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dates import (
    DateNotUnderstood,
    PartialDate,
    Period,
    PeriodKind,
    PeriodNotUnderstood,
    Precision,
    days_left_words,
    find_date,
    find_period,
    parse_date,
    parse_period,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
YEARS = st.integers(1900, 2200)
NEAR_DATES = st.text(alphabet="0123456789/.-– ngàythánmừếđó IVquý,()…:", max_size=60)
ANYTHING = st.one_of(NEAR_DATES, st.text(max_size=80))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14/4/2022", date(2022, 4, 14)),
        ("5/11/21", date(2021, 11, 5)),
        ("5/11/69", date(2069, 11, 5)),
        ("5/11/70", date(1970, 11, 5)),
        ("05.11.2021", date(2021, 11, 5)),
        ("5-11-2021", date(2021, 11, 5)),
        ("05 - 11 - 2021", date(2021, 11, 5)),
        ("05112021", date(2021, 11, 5)),
        ("2021-11-05", date(2021, 11, 5)),
        ("ngày 5/11/2021", date(2021, 11, 5)),
        ("ngày 5 tháng 11 năm 2021", date(2021, 11, 5)),
        ("Ngày 05 tháng 01 năm 2023.", date(2023, 1, 5)),
        ("ngày 5 tháng 11, năm 2021", date(2021, 11, 5)),
        ("5 tháng 11 năm 2021", date(2021, 11, 5)),
        ("5 tháng 11 2021", date(2021, 11, 5)),
        ("NGÀY 5 THÁNG 11 NĂM 2021", date(2021, 11, 5)),
        ("nga\u0300y 5 tha\u0301ng 11 năm 2021", date(2021, 11, 5)),
        ("Hà Nội, ngày 24 tháng 01 năm 2018", date(2018, 1, 24)),
        ("TP. Hồ Chí Minh, ngày 24 tháng 01 năm 2018", date(2018, 1, 24)),
        ("Thứ 6, 02.04.2021", date(2021, 4, 2)),
        ("Thứ 6, 02.04.2021 | 18:17:27", date(2021, 4, 2)),
        ("thứ Năm, 14/4/2022", date(2022, 4, 14)),
        ("Sáng thứ Hai, ngày 29/05/2018", date(2018, 5, 29)),
        ("14/4/2022 (thứ Năm)", date(2022, 4, 14)),
        ("29/2/2024", date(2024, 2, 29)),
        ("ngay 5 thang 11 nam 2021", date(2021, 11, 5)),
    ],
)
def test_full_dates(typed, expected):
    read = parse_date(typed)
    assert (read.precision, read.first, read.last) == (Precision.DAY, expected, expected)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("tháng 12/2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("tháng 2 năm 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("12/2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("12-2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("Tháng 12.2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("T12/2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("ngày … tháng 4 năm 2022", date(2022, 4, 1), date(2022, 4, 30)),
        ("Tân Bình, ngày     tháng 4 năm 2022", date(2022, 4, 1), date(2022, 4, 30)),
    ],
)
def test_months(typed, first, last):
    read = parse_date(typed)
    assert (read.precision, read.first, read.last) == (Precision.MONTH, first, last)


@pytest.mark.parametrize("typed", ["2021", "năm 2021", "Năm 2021.", "ngày … tháng … năm 2021"])
def test_years(typed):
    read = parse_date(typed)
    assert (read.precision, read.first, read.last) == (Precision.YEAR, date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day_and_month"),
    [
        ("5/11", (5, 11)),
        ("20-12", (20, 12)),
        ("ngày 5 tháng 11", (5, 11)),
        ("Chiều 02/4", (2, 4)),
        ("29/2", (29, 2)),
        ("ngày 5 tháng 11 năm …", (5, 11)),
        ("ngày 5/11 (chưa rõ năm)", (5, 11)),
    ],
)
def test_a_day_without_its_year_keeps_day_and_month_and_has_no_ends(typed, day_and_month):
    read = parse_date(typed)
    assert (read.precision, read.first, read.last) == (Precision.DAY_MONTH, None, None)
    assert read.day_and_month == day_and_month
    assert str(read) == "ngày {}/{} (chưa rõ năm)".format(*day_and_month)


@pytest.mark.parametrize("typed", ["", "   ", "-", "…"])
def test_nothing_typed_is_no_date_and_is_false(typed):
    assert parse_date(typed) == PartialDate.unknown("")
    assert not parse_date(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("không rõ", "không rõ ngày"),
        ("Chưa rõ ngày", "chưa rõ ngày"),
        ("chưa biết", "chưa rõ ngày"),
        ("Không ghi ngày", "không rõ ngày"),
        ("chưa có", "chưa rõ ngày"),
        ("khuyết", "không rõ ngày"),
        ("??", "chưa rõ ngày"),
    ],
)
def test_a_date_looked_for_in_vain_is_told_from_one_nobody_has_said(typed, shown):
    read = parse_date(typed)
    assert read == PartialDate.unknown(typed)
    assert read
    assert not read.known
    assert str(read) == shown


@pytest.mark.parametrize(
    "typed",
    ["32/13", "31/4/2022", "29/2/2023", "30/2", "13/2020", "0/5/2021", "abc", "tháng 12", "trước 5/11/2021", "5/11/202",
     "1/2/3/4", "ngày", "5/11/2021 và 6/11/2021", "00/00/0000", "x" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(typed):
    with pytest.raises(DateNotUnderstood) as caught:
        parse_date(typed)
    assert str(caught.value).endswith("Ví dụ: 14/4/2022, tháng 12/2020, 2021.")
    assert len(str(caught.value)) < 300


def test_the_sentence_repeats_what_was_typed_and_names_the_bounds():
    with pytest.raises(
        DateNotUnderstood, match=r"^Không đọc được ngày “32/13”\. Ví dụ: 14/4/2022, tháng 12/2020, 2021\.$"
    ):
        parse_date("32/13")
    with pytest.raises(DateNotUnderstood, match="Năm 1145 nằm ngoài khoảng 1900–2200"):
        parse_date("5/11/1145")
    with pytest.raises(DateNotUnderstood, match="Năm 2201 nằm ngoài khoảng 1900–2200"):
        parse_date("2201")


def test_printed_words_are_kept_only_when_they_say_it_differently():
    assert parse_date("14/4/2022") == PartialDate.day(date(2022, 4, 14))
    assert parse_date("ngày 14 tháng 4 năm 2022") == PartialDate.day(
        date(2022, 4, 14), "ngày 14 tháng 4 năm 2022"
    )


@given(DAYS)
def test_reading_back_what_is_shown_gives_the_same_day(day):
    shown = PartialDate.day(day)
    assert parse_date(str(shown)) == shown
    assert parse_date(shown.long()).first == day
    assert parse_date(f"ngày {day:%d} tháng {day:%m} năm {day.year}").first == day
    assert parse_date(day.isoformat()).first == day
    assert find_date(f"Số 1, ngày {shown} của") == shown or find_date(f"ngày {shown}").first == day


@given(YEARS, st.integers(1, 12), st.integers(1, 28))
def test_reading_back_what_is_shown_gives_the_same_month_year_and_day_of_a_month(year, month, day):
    for shown in (PartialDate.month(year, month), PartialDate.year(year), PartialDate.day_month(day, month)):
        assert parse_date(str(shown)) == shown


@given(ANYTHING)
def test_parse_date_never_fails_otherwise(text):
    try:
        read = parse_date(text)
    except DateNotUnderstood:
        return
    assert str(read)
    assert read.long()
    assert len(read.text) <= 120
    if read.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        assert read.first <= read.last
    else:
        assert read.first is read.last is None


def test_words_of_a_date():
    assert str(PartialDate.day(date(2022, 4, 14))) == "14/4/2022"
    assert PartialDate.day(date(2022, 4, 14)).long() == "thứ Năm, 14/4/2022"
    assert PartialDate.day(date(2022, 4, 17)).long() == "Chủ nhật, 17/4/2022"
    assert str(PartialDate.month(2020, 12)) == "tháng 12/2020" == PartialDate.month(2020, 12).long()
    assert str(PartialDate.year(2021)) == "năm 2021"
    assert str(PartialDate.day_month(5, 11, "Chiều 05/11")) == "ngày 5/11 (chưa rõ năm)"
    assert PartialDate.day_month(5, 11, "Chiều 05/11").text == "Chiều 05/11"
    assert PartialDate.day_month(5, 11, "hôm ấy").text == "5/11"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Số 07-CTrPH/BDVQU-UBND ngày 14/4/2022", date(2022, 4, 14)),
        ("số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022 của Ban", date(2022, 4, 14)),
        ("Hà Nội, ngày 24 tháng 01 năm 2018", date(2018, 1, 24)),
        ("34/KH-UBND ngày 24/01/2018 và 35/KH-UBND ngày 25/01/2018", date(2018, 1, 24)),
        ("19/2008/NQLT ngày 22-8-2008", date(2008, 8, 22)),
        ("ngày 31/4/2022, sau là 1/5/2022", date(2022, 5, 1)),
        ("20/12/2016 14:02", date(2016, 12, 20)),
        ("ngày 5/11", None),
        ("3.210.512 lượt; 1.349 thủ tục; 06/2021/QĐ-UBND", None),
        ("tháng 12/2020", None),
        ("", None),
    ],
)
def test_find_date(line, expected):
    found = find_date(line)
    assert (found.first if found else None) == expected


@pytest.mark.parametrize(
    ("typed", "first", "last", "shown"),
    [
        ("giai đoạn 2022 – 2026", 2022, 2026, "2022–2026"),
        ("2022-2026", 2022, 2026, "2022–2026"),
        ("2022–2026", 2022, 2026, "2022–2026"),
        ("2021 - 2025", 2021, 2025, "2021–2025"),
        ("2024 -2025", 2024, 2025, "2024–2025"),
        ("2024 — 2025", 2024, 2025, "2024–2025"),
        ("2021-26", 2021, 2026, "2021–2026"),
        ("nhiệm kỳ 2021-2026", 2021, 2026, "2021–2026"),
        ("năm học 2023 - 2024", 2023, 2024, "2023–2024"),
        ("từ năm 2022 đến năm 2026", 2022, 2026, "2022–2026"),
        ("từ 2022 đến hết năm 2026", 2022, 2026, "2022–2026"),
        ("Giai đoạn từ năm 2022 đến 2026", 2022, 2026, "2022–2026"),
        ("năm 2023", 2023, 2023, "2023"),
        ("2023", 2023, 2023, "2023"),
        ("trong năm 2023.", 2023, 2023, "2023"),
        ("2023-2023", 2023, 2023, "2023"),
        ("giai doan 2022-2026", 2022, 2026, "2022–2026"),
        ("tu nam 2022 den nam 2026", 2022, 2026, "2022–2026"),
    ],
)
def test_periods_in_years(typed, first, last, shown):
    read = parse_period(typed)
    assert (read.kind, read.first, read.last) == (PeriodKind.YEARS, date(first, 1, 1), date(last, 12, 31))
    assert (read.start_year, read.end_year, str(read)) == (first, last, shown)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("từ 1/3/2021 đến 31/12/2025", date(2021, 3, 1), date(2025, 12, 31)),
        ("1/3/2021 - 31/12/2025", date(2021, 3, 1), date(2025, 12, 31)),
        (
            "từ ngày 1 tháng 3 năm 2021 đến hết ngày 31 tháng 12 năm 2025",
            date(2021, 3, 1),
            date(2025, 12, 31),
        ),
        ("Từ ngày 5/3 đến ngày 7/11/2021", date(2021, 3, 5), date(2021, 11, 7)),
        ("từ tháng 3/2021 đến tháng 12/2025", date(2021, 3, 1), date(2025, 12, 31)),
        ("từ 1/3/2021 đến hết năm 2025", date(2021, 3, 1), date(2025, 12, 31)),
        ("6 tháng cuối năm 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("6 tháng đầu năm 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("9 tháng đầu năm 2024", date(2024, 1, 1), date(2024, 9, 30)),
        ("quý II/2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("Quý 4 năm 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("quí I-2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("ngày 15/10/2024", date(2024, 10, 15), date(2024, 10, 15)),
    ],
)
def test_periods_in_days(typed, first, last):
    read = parse_period(typed)
    assert (read.kind, read.first, read.last) == (PeriodKind.DAYS, first, last)


@pytest.mark.parametrize(
    ("typed", "first", "shown"),
    [
        ("từ năm 2022", date(2022, 1, 1), "từ năm 2022"),
        ("từ 2022", date(2022, 1, 1), "từ năm 2022"),
        ("kể từ năm 2022", date(2022, 1, 1), "từ năm 2022"),
        ("năm 2022 trở đi", date(2022, 1, 1), "từ năm 2022"),
        ("từ năm 2022 đến nay", date(2022, 1, 1), "từ năm 2022"),
        ("từ 1/3/2021", date(2021, 3, 1), "từ 1/3/2021"),
        ("từ ngày 1/1/2022", date(2022, 1, 1), "từ 1/1/2022"),
        ("từ tháng 3/2021", date(2021, 3, 1), "từ 1/3/2021"),
    ],
)
def test_open_periods(typed, first, shown):
    read = parse_period(typed)
    assert (read.kind, read.first, read.last, str(read)) == (PeriodKind.OPEN, first, None, shown)


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        ("", PeriodKind.UNKNOWN, "chưa rõ thời hạn"),
        ("không rõ", PeriodKind.UNKNOWN, "không rõ thời hạn"),
        ("chưa rõ thời hạn", PeriodKind.UNKNOWN, "chưa rõ thời hạn"),
        ("không thời hạn", PeriodKind.NONE, "không thời hạn"),
        ("Không xác định thời hạn", PeriodKind.NONE, "không thời hạn"),
        ("không ghi thời hạn", PeriodKind.NONE, "không thời hạn"),
    ],
)
def test_no_period_and_unknown_period_differ(typed, kind, shown):
    read = parse_period(typed)
    assert (read.kind, read.first, read.last, str(read)) == (kind, None, None, shown)


def test_reversed_periods_are_refused_with_the_reason():
    with pytest.raises(PeriodNotUnderstood, match=r"^Năm kết thúc \(2020\) trước năm bắt đầu \(2022\)\.$"):
        parse_period("2022-2020")
    with pytest.raises(
        PeriodNotUnderstood, match=r"^Ngày kết thúc \(1/3/2021\) trước ngày bắt đầu \(2/3/2021\)\.$"
    ):
        parse_period("từ 2/3/2021 đến 1/3/2021")


@pytest.mark.parametrize(
    "typed", ["x", "đến năm 2025", "2022-13", "từ ngày ký", "31/2/2021 - 1/3/2021", "quý V/2024", "1200-1300"]
)
def test_what_is_no_period_is_refused_with_a_sentence(typed):
    with pytest.raises(PeriodNotUnderstood, match=r"\.$"):
        parse_period(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2025 - 2030 và những năm tiếp theo",
        "giai đoạn 2025 – 2030 và các năm sau",
        "năm 2025 và những năm tiếp theo",
    ],
)
def test_a_period_that_goes_on_after_its_years_is_open_from_the_first(typed):
    read = parse_period(typed)
    assert (read.kind, read.first, read.last, read.text) == (PeriodKind.OPEN, date(2025, 1, 1), None, typed)


def test_a_title_tells_of_a_period_that_goes_on():
    assert find_period("Phối hợp giai đoạn 2025 - 2030 và những năm tiếp theo").kind == PeriodKind.OPEN
    assert find_period("Phối hợp từ năm 2025 và những năm tiếp theo").kind == PeriodKind.OPEN


def test_periods_within_a_sentence():
    assert Period.years(2022, 2026).sentence() == "từ năm 2022 đến năm 2026"
    assert Period.years(2023).sentence() == "năm 2023"
    assert (
        Period.days(date(2021, 3, 1), date(2025, 12, 31)).sentence() == "từ ngày 1/3/2021 đến ngày 31/12/2025"
    )
    assert Period.open(date(2022, 1, 1)).sentence() == "từ năm 2022"
    assert Period.open(date(2021, 3, 1)).sentence() == "từ ngày 1/3/2021"
    assert Period.none().sentence() == "không thời hạn"
    assert Period.unknown().sentence() == "chưa rõ thời hạn"


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_reading_back_a_shown_period_gives_the_same_period(ends):
    first, last = ends
    periods = [Period.days(first, last), Period.years(first.year, last.year), Period.none(), Period.unknown()]
    for shown in periods:
        assert parse_period(str(shown)) in (shown, Period(shown.kind, shown.first, shown.last, str(shown)))
        assert parse_period(shown.sentence()).first == shown.first
        assert parse_period(shown.sentence()).last == shown.last
    if (first.day, first.month) != (1, 1):
        assert parse_period(str(Period.open(first))) == Period.open(first)


@given(ANYTHING)
def test_periods_never_fail_otherwise(text):
    find_date(text)
    find_period(text)
    try:
        read = parse_period(text)
    except PeriodNotUnderstood:
        return
    assert str(read)
    assert read.sentence()
    assert read.first is None or read.last is None or read.first <= read.last


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("phối hợp thực hiện công tác dân vận giai đoạn 2022 – 2026", "2022–2026"),
        ("Ký kết chương trình phối hợp, giai đoạn 2021 - 2025", "2021–2025"),
        ("giai đoạn 2021 - 2025, định hướng đến năm 2030", "2021–2025"),
        ("Nghị quyết nhiệm kỳ 2020 – 2025, giai đoạn 2022-2026", "2022–2026"),
        ("kế hoạch năm 2023 thực hiện nghị quyết nhiệm kỳ 2020-2025", "2023"),
        ("đại biểu HĐND các cấp nhiệm kỳ 2016 – 2021", "2016–2021"),
        ("giữa Ban Tuyên giáo Quận ủy và UBND quận (2017-2021)", "2017–2021"),
        ("Kế hoạch ngày 24/01/2018 về công tác năm 2019", "2019"),
        ("phong trào 6 tháng cuối năm 2025", "từ 1/7/2025 đến 31/12/2025"),
        ("báo cáo quý II/2024", "từ 1/4/2024 đến 30/6/2024"),
        ("thi đua từ ngày 15/10/2023 đến hết ngày 15/10/2024 trên địa bàn", "từ 15/10/2023 đến 15/10/2024"),
        ("tổ chức từ năm 2022 đến năm 2026 ở quận", "2022–2026"),
        ("ngày 14 tháng 4 năm 2022", None),
        ("ngày … tháng 4 năm 2022", None),
        ("06/2021/QĐ-UBND", None),
        ("giai đoạn 2026-2022", None),
        ("1.349 thủ tục, 22/22 sở", None),
        ("", None),
    ],
)
def test_find_period(line, shown):
    found = find_period(line)
    assert (str(found) if found else None) == shown


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "hết hạn hôm nay"),
        (1, "còn 1 ngày"),
        (40, "còn 40 ngày"),
        (90, "còn 90 ngày"),
        (91, "còn 3 tháng"),
        (365, "còn 12 tháng"),
        (700, "còn 23 tháng"),
        (730, "còn 2 năm"),
        (1500, "còn 4 năm"),
        (-3, "quá hạn 3 ngày"),
        (-200, "quá hạn 7 tháng"),
        (-2000, "quá hạn 5 năm"),
    ],
)
def test_days_left_words(days, words):
    today = date(2024, 2, 29)
    assert days_left_words(today + timedelta(days=days), today) == words


@pytest.mark.parametrize(
    "piece",
    ["1/", "ngày ", "từ 1/1/2021 đến ", "2021-", "thứ 2 ", "…", " ", "ngày 1 tháng 1 ", "(", "năm 2021 "],
)
def test_a_megabyte_is_taken_in_stride(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    find_date(text)
    find_period(text)
    for read, refusal in ((parse_date, DateNotUnderstood), (parse_period, PeriodNotUnderstood)):
        for cut in (text, text[:119], text[:199]):
            try:
                read(cut)
            except refusal:
                continue
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2026 – 2031", ""), ("2026-2031", ""), ("giai đoạn 2026 - 2031", "giai đoạn 2026 - 2031")],
)
def test_a_term_printed_as_the_portal_says_it_is_not_said_twice(typed: str, said: str) -> None:
    assert parse_period(typed).printed_otherwise == said

"""Pasted text: number lines, items, legal bases and lists of persons become proposals."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dates import PartialDate, Period
from portal.paste import (
    as_item,
    read_number_line,
    read_paper,
    split_bases,
    split_duties,
    split_items,
    split_people,
    split_signers,
    stated_count,
)

PASTED = st.text(alphabet="abđêÁĐ1234567890 .,;:-–•…/()“”\n\tsốSốcủavềgiữaCăncứ", max_size=120)
ANYTHING = st.one_of(PASTED, st.text(max_size=80))


def test_a_full_number_line_fills_everything():
    read = read_number_line(
        "Chương trình phối hợp số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022 của Ban Dân vận Quận ủy và "
        "Ủy ban nhân dân quận về phối hợp thực hiện công tác dân vận giai đoạn 2022 – 2026"
    )
    assert read.symbol.key == "7-CTRPH/BDVQU-UBND"
    assert read.date == PartialDate.day(date(2022, 4, 14), "ngày 14 tháng 4 năm 2022")
    assert read.type_words == "Chương trình phối hợp"
    assert read.title == "phối hợp thực hiện công tác dân vận giai đoạn 2022 – 2026"
    assert read.period == Period.years(2022, 2026, "giai đoạn 2022 – 2026")
    assert read.parties == ("Ban Dân vận Quận ủy", "Ủy ban nhân dân quận")


@pytest.mark.parametrize(
    ("line", "symbol", "day", "type_words", "title"),
    [
        ("Số: 34/KH-UBND", "34/KH-UBND", None, "", ""),
        ("Hà Nội, ngày 24 tháng 01 năm 2018", None, date(2018, 1, 24), "", ""),
        (
            "kế hoạch số 34/KH-UBND ngày 24/01/2018 về thực hiện công tác dân vận chính quyền.",
            "34/KH-UBND",
            date(2018, 1, 24),
            "Kế hoạch",
            "thực hiện công tác dân vận chính quyền",
        ),
        (
            "Kế hoạch số 34/KH-UBND ngày 24/01/2018 của UBND quận thực hiện công tác dân vận",
            "34/KH-UBND",
            date(2018, 1, 24),
            "Kế hoạch",
            "thực hiện công tác dân vận",
        ),
        (
            "Kết luận số 114-KL/TW ngày 14/5/2015 của Ban Bí thư “Nâng cao hiệu quả”",
            "114-KL/TW",
            date(2015, 5, 14),
            "Kết luận",
            "Nâng cao hiệu quả",
        ),
        (
            "Số 12-CV/BDVTU\nV/v góp ý dự thảo\nTân An, ngày 5/6/2024",
            "12-CV/BDVTU",
            date(2024, 6, 5),
            "",
            "góp ý dự thảo",
        ),
        ("", None, None, "", ""),
    ],
)
def test_number_lines(line, symbol, day, type_words, title):
    read = read_number_line(line)
    assert (str(read.symbol) if read.symbol else None) == symbol
    assert (read.date.first if read.date else None) == day
    assert (read.type_words, read.title) == (type_words, title)


def test_the_head_of_a_state_paper_is_read_over_its_lines():
    read = read_number_line(
        "ỦY BAN NHÂN DÂN\r\nQUẬN BA ĐÌNH\r\n\r\nSố: 34/KH-UBND\r\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\r\n"
        "Độc lập - Tự do - Hạnh phúc\r\nBa Đình, ngày 24 tháng 01 năm 2018\r\nKẾ HOẠCH\r\n"
        "Thực hiện công tác dân vận\r\nchính quyền năm 2018\r\n\r\n"
        "Căn cứ Nghị quyết số 25-NQ/TW ngày 3/6/2013 của Ban Chấp hành Trung ương"
    )
    assert (read.symbol.number, read.date.first) == (34, date(2018, 1, 24))
    assert (read.type_words, read.title) == ("Kế hoạch", "Thực hiện công tác dân vận chính quyền năm 2018")
    assert str(read.period) == "2018"
    assert read.parties == ()


def test_the_head_of_a_party_paper_with_its_day_to_be_written_in():
    read = read_number_line(
        "TỈNH ỦY\nBAN DÂN VẬN\n*\nSố      -BC/BDVTU\nHạ Long, ngày      tháng 02 năm 2018\nBÁO CÁO\n"
        "tổng kết chương trình phối hợp giai đoạn 2015-2020\n-----\nThân bài"
    )
    assert (read.symbol.number, read.symbol.type_code) == (None, "BC")
    assert str(read.date) == "tháng 2/2018"
    assert (read.type_words, read.title) == ("Báo cáo", "tổng kết chương trình phối hợp giai đoạn 2015-2020")
    assert str(read.period) == "2015–2020"


def test_a_line_that_only_cites_has_no_number_of_its_own():
    assert read_number_line("Căn cứ Nghị quyết số 25-NQ/TW ngày 3/6/2013").symbol is None


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        (
            "Chương trình phối hợp công tác giữa HĐND - UBND với Ban Tuyên giáo, Ban Dân vận Quận ủy giai đoạn 2021-2026",
            ("HĐND - UBND", "Ban Tuyên giáo", "Ban Dân vận Quận ủy"),
        ),
        ("giữa HĐND và UBND quận với Ban Dân vận Quận ủy về X", ("HĐND và UBND quận", "Ban Dân vận Quận ủy")),
        (
            "giữa Hội đồng nhân dân và Ủy ban nhân dân tỉnh và Tỉnh đoàn",
            ("Hội đồng nhân dân và Ủy ban nhân dân tỉnh", "Tỉnh đoàn"),
        ),
        (
            "giữa Ban Tuyên giáo và Dân vận Thành ủy với Sở Lao động - Thương binh và Xã hội, Sở Giáo dục và Đào tạo",
            (
                "Ban Tuyên giáo và Dân vận Thành ủy",
                "Sở Lao động - Thương binh và Xã hội",
                "Sở Giáo dục và Đào tạo",
            ),
        ),
        (
            "giữa Sở Văn hóa, Thể thao và Du lịch và Hội Nông dân, các đoàn thể trong việc",
            ("Sở Văn hóa, Thể thao và Du lịch", "Hội Nông dân", "các đoàn thể"),
        ),
        (
            "giữa Ban Dân vận Thành ủy và Ban cán sự Đảng UBND TP. Hà Nội giai đoạn 2016-2021",
            ("Ban Dân vận Thành ủy", "Ban cán sự Đảng UBND TP. Hà Nội"),
        ),
        ("giữa 2 đơn vị giai đoạn 2021 - 2025", ()),
        ("Số 05-CTrPH/BDVTU-BCSĐ UBND tỉnh ngày 28/3/2022", ()),
    ],
)
def test_parties(line, parties):
    assert read_number_line(line).parties == parties


def test_semicolons_start_an_item_before_a_capital_and_go_on_before_a_small_letter():
    # The pattern of the first list of a 2021 signing report: 3 items with semicolons inside, one after an ellipsis.
    text = (
        "Nội dung phối hợp gồm: Chỉ đạo tuyên truyền; chủ trương của ngành; Tham mưu giải pháp; công tác cán bộ; "
        "bảo vệ môi trường...; Phát hiện nhân tố mới; đề xuất khen thưởng."
    )
    assert split_items(text) == [
        "Chỉ đạo tuyên truyền; chủ trương của ngành",
        "Tham mưu giải pháp; công tác cán bộ; bảo vệ môi trường",
        "Phát hiện nhân tố mới; đề xuất khen thưởng",
    ]


def test_items_without_inner_semicolons():
    # The pattern of its second list: 4 items, closed by an ellipsis.
    text = "cụ thể hóa chủ trương, nhất là Nghị quyết XIII; Thực hiện cải cách; Tăng cường vận động; Nâng cao tiếp dân..."
    assert split_items(text) == [
        "cụ thể hóa chủ trương, nhất là Nghị quyết XIII",
        "Thực hiện cải cách",
        "Tăng cường vận động",
        "Nâng cao tiếp dân",
    ]


def test_numerals_and_bullets_are_stripped_and_figures_are_not():
    text = (
        "1. Một\n2) Hai;\n  a) ba\n- Bốn\n• Năm\n+ sáu\nI. Bảy\nII- Tám\n3- Chín\n1.2. Mười\n1.3 Mười một\n(4) Mười hai\n"
        "o Mười ba\n1.349 mô hình\n2021 là năm đầu\n25-NQ/TW là căn cứ\n100% phường\n-5 điểm\nHết./."
    )
    assert split_items(text) == [
        "Một", "Hai;\na) ba\n- Bốn\n• Năm\n+ sáu", "Bảy", "Tám", "Chín", "Mười", "Mười một", "Mười hai\no Mười ba",
        "1.349 mô hình", "2021 là năm đầu", "25-NQ/TW là căn cứ", "100% phường", "-5 điểm", "Hết",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "1. Tuyên truyền, gồm:\na) Mở lớp; Tập huấn\nkỹ năng;\nb) Thi;\n2. Tiếp dân\n\uf0b7 Định kỳ\n+ Đột xuất.",
            ["Tuyên truyền, gồm:\na) Mở lớp; Tập huấn kỹ năng;\nb) Thi", "Tiếp dân\n- Định kỳ\n+ Đột xuất"],
        ),
        ("- Tuyên truyền\n+ Mở lớp\n- Tiếp dân", ["Tuyên truyền\n+ Mở lớp", "Tiếp dân"]),
        ("a) Tuyên truyền\n- Mở lớp\n1. Tiếp dân", ["Tuyên truyền\n- Mở lớp", "Tiếp dân"]),
        ("Tuyên truyền\n- Mở lớp", ["Tuyên truyền", "Mở lớp"]),
    ],
)
def test_points_belong_to_the_item_above_them_and_stay_there(text, items):
    assert split_items(text) == items
    assert [split_items(as_item(item)) for item in items] == [[item] for item in items]


def test_a_broken_line_goes_on_the_item_before_it():
    assert split_items(
        "1. Tăng cường công tác\ntuyên truyền, vận\nđộng;\n2. Nâng cao\n\nnhỏ sau dòng trống"
    ) == [
        "Tăng cường công tác tuyên truyền, vận động",
        "Nâng cao",
        "nhỏ sau dòng trống",
    ]


def test_words_that_only_announce_the_list_are_left_out_but_nothing_else():
    assert split_items("Hai bên thống nhất các nội dung sau:\n- Một\n- Hai") == ["Một", "Hai"]
    assert split_items("Các nội dung sau:") == ["Các nội dung sau:"]
    assert split_items("1. Tuyên truyền các nội dung sau: pháp luật") == [
        "Tuyên truyền các nội dung sau: pháp luật"
    ]


@pytest.mark.parametrize(
    ("text", "items", "stated"),
    [
        (
            "7 nội dung, trong đó: 1. Tuyên truyền; 2. Tiếp dân; 3. Đối thoại",
            ["Tuyên truyền", "Tiếp dân", "Đối thoại"],
            7,
        ),
        ("Gồm 07 nội dung, trong đó:\n1. tuyên truyền;\n2. Tiếp dân", ["tuyên truyền", "Tiếp dân"], 7),
        ("05 nội dung trọng tâm: 1) Tuyên truyền; 2) tiếp dân", ["Tuyên truyền", "tiếp dân"], 5),
        ("Hai bên thống nhất bảy nhiệm vụ cụ thể: Tuyên truyền; Tiếp dân", ["Tuyên truyền", "Tiếp dân"], 7),
        (
            "1. Mở 2 lớp; 2. Tập huấn 7 nội dung, trong đó: dân chủ",
            ["Mở 2 lớp", "Tập huấn 7 nội dung, trong đó: dân chủ"],
            None,
        ),
        ("Các nội dung sau:\n- Một", ["Một"], None),
        ("Trong năm nội dung phối hợp gồm: Tiếp dân; Đối thoại", ["Tiếp dân", "Đối thoại"], None),
        ("Năm nội dung phối hợp gồm: Tiếp dân; Đối thoại", ["Tiếp dân", "Đối thoại"], 5),
        (
            "Hai bên tập trung vào 7 nội dung. Trong đó, sẽ cụ thể hóa chủ trương; Thực hiện cải cách; Tiếp dân...",
            ["cụ thể hóa chủ trương", "Thực hiện cải cách", "Tiếp dân"],
            7,
        ),
        ("Tập trung 05 nội dung. Trong đó:\n1. Tiếp dân\n2. Đối thoại", ["Tiếp dân", "Đối thoại"], 5),
        (
            "1. Thực hiện 3 nhiệm vụ. Trong đó, có tiếp dân; 2. Đối thoại",
            ["Thực hiện 3 nhiệm vụ. Trong đó, có tiếp dân", "Đối thoại"],
            None,
        ),
        (
            "Tập trung vào 7 nội dung. Tiếp dân; Đối thoại",
            ["Tập trung vào 7 nội dung. Tiếp dân", "Đối thoại"],
            None,
        ),
        ("II. NỘI DUNG PHỐI HỢP (6 nội dung)\n1. Tiếp dân\n2. Đối thoại", ["Tiếp dân", "Đối thoại"], 6),
        (
            "II- NỘI DUNG PHỐI HỢP\nGồm 05 nội dung sau:\n1. Tiếp dân\n2. Đối thoại",
            ["Tiếp dân", "Đối thoại"],
            5,
        ),
    ],
)
def test_words_that_announce_a_list_say_how_long_it_is(text, items, stated):
    assert (split_items(text), stated_count(text)) == (items, stated)


def test_brackets_and_quotation_marks_stay_whole():
    assert split_items("Mở lớp (Một; Hai); Thi “Khéo; Hay”; Tổng kết") == [
        "Mở lớp (Một; Hai)",
        "Thi “Khéo; Hay”",
        "Tổng kết",
    ]


ITEM = st.builds(
    "{} {}".format,
    st.sampled_from(["Tuyên truyền", "Đẩy mạnh", "Ứng dụng", "100% các phường", "“Dân vận khéo”"]),
    st.text(alphabet="aăâđêôơư BCĐ,;:-–/%0123456789()“”", max_size=30).map(
        lambda text: f"{text.replace('; ', ', ').replace(';', ' ')} x"
    ),
).map(lambda text: " ".join(text.split()))


@given(st.lists(ITEM, min_size=1, max_size=6))
def test_items_come_back_from_the_lines_they_make(items):
    assert split_items("\n".join(items)) == items
    assert split_items("\n".join(f"{n}. {item};" for n, item in enumerate(items, 1))) == items


@given(st.lists(st.tuples(ITEM, st.lists(ITEM, max_size=3)), min_size=1, max_size=4))
def test_items_keep_the_points_they_came_with(items):
    texts = ["\n".join([item, *(f"- {point}" for point in points)]) for item, points in items]
    assert split_items("\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))) == texts
    assert [split_items(as_item(text)) for text in texts if "\n" in text] == [
        [one] for one in texts if "\n" in one
    ]


@given(
    st.lists(ITEM, min_size=2, max_size=6), st.integers(1, 99), st.sampled_from(["Trong đó, sẽ", "Cụ thể,"])
)
def test_a_sentence_that_says_how_many_there_are_is_no_item(items, count, opening):
    text = f"Chương trình tập trung vào {count} nội dung. {opening} {'; '.join(items)}"
    plain = split_items("; ".join(items))
    assert (split_items(text), stated_count(text)) == (plain if len(plain) > 1 else [text], count)


@given(ANYTHING)
def test_nothing_makes_a_reader_fail(text):
    read_number_line(text)
    stated_count(text)
    assert all(item == item.strip() and item for item in split_items(text))
    assert all(basis.printed for basis in split_bases(text))
    assert all(person.name for person in split_people(text))
    assert all(one.name or one.capacity for one in split_signers(text))


@pytest.mark.parametrize(
    "text",
    [
        "(1) Tuyên truyền; (2) Vận động nhân dân; (3) Giám sát.",
        "1/ Tuyên truyền\n2/ Vận động nhân dân\n3/ Giám sát",
        "\uf0b7 Tuyên truyền\n\uf0b7 Vận động nhân dân\n\uf0fc Giám sát",
        "STT\tNội dung\n1\tTuyên truyền\n2\tVận động nhân dân\n3\tGiám sát",
        "1.\tTuyên truyền\n2.\tVận động nhân dân\n3.\tGiám sát",
    ],
)
def test_items_as_word_and_excel_number_them(text):
    assert split_items(text) == ["Tuyên truyền", "Vận động nhân dân", "Giám sát"]


def test_the_other_cells_of_a_row_stay_with_its_item():
    table = "TT\tNội dung\tChủ trì\n1\tTuyên truyền\nđợt hai\tBan Dân vận\n2\tGiám sát\t\n3. Tổng kết"
    assert split_items(f"Nội dung phối hợp gồm:\n{table}") == [
        "Tuyên truyền đợt hai (Ban Dân vận)",
        "Giám sát",
        "Tổng kết",
    ]


def test_points_numbered_by_word_stay_with_their_item():
    assert split_items("1.\tTuyên truyền:\na)\tMở lớp;\n-\tThi\n2.\tTiếp dân") == [
        "Tuyên truyền:\na) Mở lớp;\n- Thi",
        "Tiếp dân",
    ]


def test_a_number_that_a_lines_end_broke_is_whole_again():
    broken = (
        "Căn cứ Nghị quyết số 403/2017/NQLT-UBTVQH14-\nCP ngày 15/6/2017;\nCăn cứ Quyết định số 218-\nQĐ/TW;"
    )
    assert [basis.symbol.printed for basis in split_bases(broken)] == [
        "403/2017/NQLT-UBTVQH14-CP",
        "218-QĐ/TW",
    ]


def test_what_a_rule_was_issued_with_is_no_part_of_its_title():
    read = read_number_line(
        "QUY CHẾ\nPhối hợp giữa Ban A và UBND phường\n(Ban hành kèm theo Quyết định số 07-QĐ/ĐU)"
    )
    assert (read.type_words, read.title) == ("Quy chế", "Phối hợp giữa Ban A và UBND phường")


def test_an_annex_named_within_a_title_stays_in_it():
    title = "Phân công thực hiện (kèm theo phụ lục) của các phường năm 2025 (kèm theo danh sách)"
    assert read_number_line(f"KẾ HOẠCH\n(Ban hành kèm theo Quyết định số 07-QĐ/ĐU)\n{title}").title == title


def test_an_annex_tells_its_kind_and_what_it_changes():
    read = read_number_line(
        "PHỤ LỤC\nSửa đổi, bổ sung Chương trình phối hợp số 05-CTrPH/BDV-UBND ngày 3/4/2024"
    )
    assert (read.type_words, read.symbol, read.date) == ("Phụ lục", None, None)
    assert read.title == "Sửa đổi, bổ sung Chương trình phối hợp số 05-CTrPH/BDV-UBND ngày 3/4/2024"


@pytest.mark.parametrize(
    "heading", ["SỬA ĐỔI, BỔ SUNG\n", "VĂN BẢN SỬA ĐỔI, BỔ SUNG\ncủa ", "Sửa đổi, bổ sung "]
)
def test_a_paper_that_changes_another_is_not_called_as_that_one(heading):
    changed = "Chương trình phối hợp số 05-CTrPH/BDV-UBND ngày 3/4/2024 giữa Ban A và UBND phường"
    read = read_number_line(f"Số 09-CTrPH/BDV-UBND\nBa Đình, ngày 20 tháng 10 năm 2026\n{heading}{changed}")
    assert (read.type_words, read.title) == ("Văn bản sửa đổi, bổ sung", f"Sửa đổi, bổ sung {changed}")


def test_bases():
    bases = split_bases(
        "Căn cứ Nghị quyết số 25-NQ/TW ngày 3/6/2013 của Ban Chấp hành Trung ương về tăng cường đổi mới;\n"
        "- Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;\n"
        "Căn cứ Quyết định số 238-QĐ/TW ngày 30 tháng 9 năm 2020 của Ban Bí thư\nban hành Quy chế phối hợp; "
        "Căn cứ Quy chế làm việc của Ban Thường vụ Quận ủy khóa XII;\n"
        "Xét đề nghị của Trưởng Ban Dân vận Quận ủy,\n"
        "Căn cứ Chương trình số 11-CTr/ĐU ngày 20/01/2026 của Đảng ủy phường thực hiện Nghị quyết Đại hội Đảng bộ;\n"
        "Căn cứ Kế hoạch số 05-KH/BCĐ ngày 2/3/2025 của Ban Chỉ đạo thực hiện Quy chế dân chủ quận"
    )
    assert [(b.type_words, str(b.symbol or ""), str(b.date or ""), b.issuer, b.title) for b in bases] == [
        ("Nghị quyết", "25-NQ/TW", "3/6/2013", "Ban Chấp hành Trung ương", "tăng cường đổi mới"),
        ("Luật", "", "19/6/2015", "", "Tổ chức chính quyền địa phương"),
        ("Quyết định", "238-QĐ/TW", "30/9/2020", "Ban Bí thư", "ban hành Quy chế phối hợp"),
        ("Quy chế", "", "", "Ban Thường vụ Quận ủy", ""),
        ("", "", "", "Trưởng Ban Dân vận Quận ủy", ""),
        ("Chương trình", "11-CTr/ĐU", "20/1/2026", "Đảng ủy phường", "thực hiện Nghị quyết Đại hội Đảng bộ"),
        ("Kế hoạch", "05-KH/BCĐ", "2/3/2025", "Ban Chỉ đạo thực hiện Quy chế dân chủ quận", ""),
    ]
    assert bases[0].printed.startswith("Căn cứ Nghị quyết số 25-NQ/TW")
    assert bases[2].printed.endswith("Ban Bí thư ban hành Quy chế phối hợp")


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025 và Luật Thực hiện dân chủ ở cơ sở năm 2022",
            ["Luật Thực hiện dân chủ ở cơ sở năm 2022"],
        ),
        ("Căn cứ Bộ luật Dân sự năm 2015, Luật Thương mại", ["Luật Thương mại"]),
        (
            "Căn cứ Quyết định số 217-QĐ/TW và Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị",
            ["Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị"],
        ),
        (
            "Thực hiện Nghị quyết số 15-NQ/TU ngày 5 tháng 7 năm 2020 của Tỉnh ủy, và Kết luận số 20-KL/TU",
            ["Kết luận số 20-KL/TU"],
        ),
        ("Căn cứ Luật Hôn nhân và gia đình", []),
        ("Căn cứ Luật sửa đổi một số điều của Luật Quốc hội và Luật Công đoàn ngày 22/11/2019", []),
        ("Thực hiện Kế hoạch số 5-KH/TU triển khai Nghị quyết số 18-NQ/TW và Kết luận số 50-KL/TW", []),
        ("Thực hiện Kế hoạch số 5-KH/TU của Tỉnh ủy thực hiện Luật số 1 và Nghị định số 2/2020/NĐ-CP", []),
        ("Căn cứ Chỉ thị số 5-CT/TW về thực hiện Luật Trẻ em và Luật Thanh niên", []),
    ],
)
def test_papers_joined_by_a_mere_and_are_one_each_unless_one_speaks_of_both(line: str, more: list[str]):
    assert [basis.printed for basis in split_bases(line)][1:] == more


def test_people():
    people = split_people(
        "Tham dự hội nghị có các đồng chí: Hồ Tấn Đạt, Chuyên viên Ban Dân vận Thành ủy; "
        "Nguyễn Bá Thành, Phó Bí thư Quận ủy, Chủ tịch UBND quận;\n"
        "- Đ/c Phạm Thị Thành, Ủy viên Ban Thường vụ.\n"
        "Đồng chí Phạm Quang Ngọc, Chủ tịch UBND tỉnh và đồng chí Đỗ Việt Anh, UVBTV, Trưởng Ban\n"
        "Trưởng Ban Dân vận Thành ủy Nguyễn Lan Hương\n"
        "Đại tá Lê Văn Ba - Chỉ huy trưởng\n"
        "Ông Y Dec H'đơk (Ama Ly, Ama Sa), Chủ tịch\n"
        "Bà: Mai Sên\n"
        "Thượng tá, TS. Đỗ D, Chỉ huy trưởng\n"
        "Đồng chí PGS.TS Lê Thị Én\n"
        "Phan Thị Mỹ Hạnh (Chủ tịch Hội LHPN phường)\n"
        "Đại diện Ban Dân vận: Nguyễn Văn Tâm, Trưởng Ban\n"
        "Chủ tịch UBND phường: đồng chí Trần Thị Hà\n"
        "các đồng chí Trần Văn An, Lý Thị Bích"
    )
    assert [(person.name, person.capacities) for person in people] == [
        ("Hồ Tấn Đạt", ("Chuyên viên Ban Dân vận Thành ủy",)),
        ("Nguyễn Bá Thành", ("Phó Bí thư Quận ủy", "Chủ tịch UBND quận")),
        ("Phạm Thị Thành", ("Ủy viên Ban Thường vụ",)),
        ("Phạm Quang Ngọc", ("Chủ tịch UBND tỉnh",)),
        ("Đỗ Việt Anh", ("UVBTV", "Trưởng Ban")),
        ("Nguyễn Lan Hương", ("Trưởng Ban Dân vận Thành ủy",)),
        ("Lê Văn Ba", ("Đại tá", "Chỉ huy trưởng")),
        ("Y Dec H'đơk (Ama Ly, Ama Sa)", ("Chủ tịch",)),
        ("Mai Sên", ()),
        ("Đỗ D", ("Thượng tá", "TS.", "Chỉ huy trưởng")),
        ("Lê Thị Én", ("PGS.TS",)),
        ("Phan Thị Mỹ Hạnh", ("Chủ tịch Hội LHPN phường",)),
        ("Nguyễn Văn Tâm", ("Trưởng Ban", "Đại diện Ban Dân vận")),
        ("Trần Thị Hà", ("Chủ tịch UBND phường",)),
        ("Trần Văn An", ()),
        ("Lý Thị Bích", ()),
    ]


BY_BOARD, BY_COMMITTEE = (1, "", "Trưởng Ban", "Nguyễn Văn An"), (2, "KT", "Phó Chủ tịch", "Trần Thị Bình")


@pytest.mark.parametrize(
    "text",
    [
        # a table of rows, and of cells, as a word processor puts it on the clipboard
        "ĐẠI DIỆN BAN DÂN VẬN\tTM. ỦY BAN NHÂN DÂN\nTRƯỞNG BAN\tKT. CHỦ TỊCH\n\tPHÓ CHỦ TỊCH\n(đã ký)\t(Ký tên, đóng dấu)\n"
        "Nguyễn Văn An\tTrần Thị Bình",
        "BAN DÂN VẬN\nTRƯỞNG BAN\n\n\nNguyễn Văn An\tTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTRẦN THỊ BÌNH",
        # columns made with spaces; one below the other
        "  ĐẠI DIỆN BAN DÂN VẬN          TM. UBND PHƯỜNG\n      TRƯỞNG BAN              KT. CHỦ TỊCH\n"
        "                              PHÓ CHỦ TỊCH\n     Nguyễn Văn An           Trần Thị Bình",
        "ĐẠI DIỆN BAN DÂN VẬN\nTRƯỞNG BAN\nNguyễn Văn An\n\nTM. UBND PHƯỜNG\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị Bình",
    ],
)
def test_signers_as_they_stand_below_a_paper(text):
    read = [(one.side, one.authority, one.capacity, one.name) for one in split_signers(text)]
    assert read == [BY_BOARD, BY_COMMITTEE]


def test_signers_as_they_are_listed():
    listed = split_signers(
        "Đại diện Ban Dân vận: Nguyễn Văn Tâm, Trưởng Ban\nĐại diện UBND phường:\n"
        "Trần Thị Hà, Chủ tịch\nLê Văn Ba, Phó Chủ tịch"
    )
    assert [(one.side, one.body, one.name, one.capacity) for one in listed] == [
        (1, "Ban Dân vận", "Nguyễn Văn Tâm", "Trưởng Ban"),
        (2, "UBND phường", "Trần Thị Hà", "Chủ tịch"),
        (2, "UBND phường", "Lê Văn Ba", "Phó Chủ tịch"),
    ]
    plain = split_signers("Mạc Kín, Trưởng Ban; Y Dec H'đơk\nTrần Thị Hà\nChủ tịch UBND phường")
    assert [(one.side, one.name, one.capacity) for one in plain] == [
        (1, "Mạc Kín", "Trưởng Ban"), (2, "Y Dec H'đơk", ""), (3, "Trần Thị Hà", "Chủ tịch UBND phường")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "signer"),
    [
        ("TM. UBND phường Ba Đình, Trần Thị Bình, Chủ tịch", ("UBND phường Ba Đình", "TM", "Trần Thị Bình", "Chủ tịch")),
        ("TM. UBND phường - Bà Mạc Thị Kín - Chủ tịch", ("UBND phường", "TM", "Mạc Thị Kín", "Chủ tịch")),
        ("KT. CHỦ TỊCH, Trần Thị Bình, Phó Chủ tịch", ("", "KT", "Trần Thị Bình", "Phó Chủ tịch")),
        ("Bên 2: KT. Chủ tịch, Trần Thị Bình, Phó Chủ tịch", ("", "KT", "Trần Thị Bình", "Phó Chủ tịch")),
        ("TM. UBND phường, đã ký", ("UBND phường, đã ký", "TM", "", "UBND phường, đã ký")),
    ],
)  # fmt: skip
def test_no_signer_of_a_list_is_lost_whoever_they_sign_for(line: str, signer: tuple[str, ...]):
    first, second = split_signers(f"Nguyễn Văn An, Trưởng Ban Dân vận\n{line}")
    assert (first.side, first.name, second.side) == (1, "Nguyễn Văn An", 2)
    assert (second.body, second.authority, second.name, second.capacity) == signer


def test_bases_without_can_cu_that_run_on_into_who_agrees_are_told_apart():
    read = read_paper(
        "Số 03/CTrPH-BDV-UBND\nCHƯƠNG TRÌNH\nPhối hợp công tác dân vận\n\n"
        "Thực hiện Kết luận số 43-KL/TW ngày 7/1/2019 (thay Quy định số 1-QĐ/TW; Quy định số 2-QĐ/TW); Chỉ thị số "
        "33/CT-TTg; Ban Dân vận và UBND huyện xây dựng Chương trình phối hợp như sau:\nI- NỘI DUNG\n1. Tiếp công dân"
    )
    assert read.head.endswith("\nPhối hợp công tác dân vận")
    assert read.parties == ("Ban Dân vận", "UBND huyện")
    assert [basis.printed for basis in split_bases(read.bases)] == [
        "Thực hiện Kết luận số 43-KL/TW ngày 7/1/2019 (thay Quy định số 1-QĐ/TW; Quy định số 2-QĐ/TW)",
        "Chỉ thị số 33/CT-TTg",
    ]


PIECES = [
    "- ",
    "1. ",
    "; A",
    "(",
    "“",
    "của ",
    "giữa A và ",
    "Căn cứ ",
    "ngày ",
    "ông ",
    "A, ",
    ";\n",
    "\t",
    "TM. ",
    "A\t",
    "TM. A\n",
    "số 1-NQ/TW ",
    "\n",
    ":",
    "a",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_is_taken_in_stride(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    read_number_line(text)
    split_items(text)
    split_bases(text)
    split_people(text)
    split_signers(text)
    split_duties(text)
    read_paper(f"Chương trình\nCăn cứ A\nI. Nội dung\n{text}")
    assert time.process_time() - start < 10


# --- a whole paper


def test_chapters_and_articles_are_one_piece_and_signers_another():
    read = read_paper(
        "QUY CHẾ\nPhối hợp\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nĐiều 2. Hiệu lực\nTM. UBND\nAn"
    )
    assert (read.head, read.left, read.signatures) == ("QUY CHẾ\nPhối hợp", "", "TM. UBND\nAn")
    assert [(one.side, one.body, one.name) for one in read.signers] == [(1, "UBND", "An")]
    assert read.articles == "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nĐiều 2. Hiệu lực"


@given(
    st.lists(
        st.sampled_from(
            [
                "I. Mục đích",
                "II. Nội dung",
                "Điều 1",
                "Căn cứ Luật;",
                "chữ nhỏ",
                "Dòng:",
                "",
                "TM. UBND",
                "Trần Thị Bình",
                "Nơi nhận:",
                "Hai bên thống nhất như sau:",
                "Thực hiện Luật số 1/2020/QH14; hai bên thống nhất như sau:",
                "PHỤ LỤC",
                "III. A: b",
            ]
        )
    )
)
def test_no_line_of_a_pasted_paper_is_lost(lines):
    read = read_paper("\n".join(lines))
    pieces = [read.head, read.bases, read.articles, read.signatures, read.announced, read.left]
    kept = "\n".join([*pieces, *(part.whole for part in read.parts)])
    for words in "; ".join(lines).split("; "):  # bases may be cut from who agrees behind them
        assert words in kept


@pytest.mark.parametrize(
    ("line", "called"),
    [
        (
            "Căn cứ Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị",
            "Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị",
        ),
        ("Thực hiện theo Chỉ thị số 33/CT-TTg", "Chỉ thị số 33/CT-TTg"),
        ("Theo đề nghị của Văn phòng tại Tờ trình số 45/TTr-VP", "Tờ trình số 45/TTr-VP"),
        ("Căn cứ vào các quyết định 217-QĐ/TW và 218-QĐ/TW", "Quyết định 217-QĐ/TW và 218-QĐ/TW"),
    ],
)
def test_a_cited_paper_is_called_without_the_words_that_cite_it(line, called):
    assert [one.called for one in split_bases(line)] == [called]


def test_sides_called_a_and_b_behind_their_names_and_who_speaks_for_them():
    paper = read_paper(
        "BIÊN BẢN THỎA THUẬN\n\nChúng tôi gồm:\n"
        "1. Hội Chữ thập đỏ xã (sau đây gọi tắt là Bên A)\nNgười đại diện: Bà Nguyễn Thị Hoa\nChức vụ: Chủ tịch\n"
        "2. Công ty Muối Sạch (gọi là “Bên B”)\nDo ông Lê Văn Tư, chức vụ Giám đốc làm đại diện\n"
        "Hai bên thống nhất các nội dung sau:\nĐiều 1. Nội dung\n1. Bên A: Chủ trì;\n2. Bên B: Hỗ trợ muối\n"
        "ĐẠI DIỆN BÊN A\tĐẠI DIỆN BÊN B\n(Ký)\t(Ký)"
    )
    assert paper.parties == ("Hội Chữ thập đỏ xã", "Công ty Muối Sạch")
    assert [(one.side, one.name, one.capacity) for one in paper.signers] == [
        (1, "Nguyễn Thị Hoa", "Chủ tịch"),
        (2, "Lê Văn Tư", "Giám đốc"),
    ]
    assert paper.articles.endswith("1. Bên A: Chủ trì;\n2. Bên B: Hỗ trợ muối")

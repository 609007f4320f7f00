"""Tasks pasted from a plan: a list, and the table of its annex as Word puts it on the clipboard."""

import pytest

from programs.paste import read_cadence, split_tasks

HEADED = (
    "TT\tNội dung công việc\tChủ trì\tPhối hợp\tThời gian\tSản phẩm\n"
    "1\tTuyên truyền\nđợt hai\tBan Dân vận\tUBND; MTTQ\tQuý I\tBáo cáo\n"
    "2\tĐối thoại\tUBND\t\tQuý II\tBiên bản\nThông báo"
)


def test_a_table_with_heads_becomes_rows_whatever_paragraphs_its_cells_have() -> None:
    assert split_tasks(HEADED) == [
        {"text": "Tuyên truyền đợt hai", "lead": "Ban Dân vận", "joint": "UBND; MTTQ", "time": "Quý I",
         "product": "Báo cáo"},
        {"text": "Đối thoại", "lead": "UBND", "time": "Quý II", "product": "Biên bản Thông báo"},
    ]  # fmt: skip


def test_heads_say_the_columns_in_whatever_order() -> None:
    found = split_tasks("Thời gian\tNhiệm vụ\tGhi chú\nQuý I\tĐối thoại\tHai đợt")
    assert found == [{"time": "Quý I", "text": "Đối thoại; Hai đợt"}]


def test_a_table_without_heads_is_read_by_its_columns() -> None:
    assert split_tasks("1.\tTuyên truyền\tBan Dân vận\tquý I\n2.\tĐối thoại\tUBND\tquý II") == [
        {"text": "Tuyên truyền", "lead": "Ban Dân vận", "time": "quý I"},
        {"text": "Đối thoại", "lead": "UBND", "time": "quý II"},
    ]


@pytest.mark.parametrize(
    ("pasted", "texts"),
    [
        ("1. Tuyên truyền\n2. Đối thoại", ["Tuyên truyền", "Đối thoại"]),
        ("a\tb\tc\td\te\tf\tg", ["a; b; c; d; e; f; g"]),
        ("\t", []), ("\t\n\t\t", []), ("", []),
    ],
)  # fmt: skip
def test_nothing_pasted_is_lost_or_invented(pasted: str, texts: list[str]) -> None:
    assert [one["text"] for one in split_tasks(pasted)] == texts


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Hai bên phối hợp.\n2. Hằng năm sơ kết; cuối giai đoạn tổng kết.", ("yearly", "Hằng năm sơ kết; cuối giai đoạn tổng kết")),
        ("Hằng quý giao ban; 6 tháng sơ kết, hằng năm tổng kết.", ("half_yearly", "6 tháng sơ kết, hằng năm tổng kết")),
        ("Tổ chức sơ kết mỗi quý một lần.", ("quarterly", "Tổ chức sơ kết mỗi quý một lần")),
        ("Hằng năm thi đua. Sơ kết giữa nhiệm kỳ.", ("mid_term", "Sơ kết giữa nhiệm kỳ")),
        ("Định kỳ sơ kết, tổng kết.", ("periodic", "Định kỳ sơ kết, tổng kết")),
        ("Cuối giai đoạn tổng kết.", ("", "Cuối giai đoạn tổng kết")),
        ("Hằng năm bố trí kinh phí.", ("", "")),
    ],
)  # fmt: skip
def test_how_often_reviews_are_asked_for_is_read_beside_the_word(said: str, read: tuple[str, str]) -> None:
    assert read_cadence(said) == read

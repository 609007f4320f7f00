"""Sides told side by side in a pasted paper: in a table of a word processor, in columns of spaces, in one line of a PDF."""

import pytest

from portal.paste import read_paper

NUMBERED = (
    "\nHai bên thống nhất các nội dung sau:\nĐiều 1. Nội dung\n1. Bên A: Chủ trì;\n2. Bên B: Hỗ trợ vốn\n"
)
SIGNED = "ĐẠI DIỆN BÊN A\tĐẠI DIỆN BÊN B\n(Ký)\t(Ký)"
TABLE = (
    "BÊN A\tBÊN B\nHỘI NÔNG DÂN\tNGÂN HÀNG CHÍNH SÁCH XÃ HỘI\nPHƯỜNG HÒA AN\tCHI NHÁNH TỈNH LÂM ĐỒNG\n"
    "Đại diện: Bà Nguyễn Thị Hoa\tĐại diện: Ông Lê Văn Tư\nChức vụ: Chủ tịch\tChức vụ: Giám đốc\n"
)
CELLS = (
    "BÊN A: HỘI NÔNG DÂN PHƯỜNG HÒA AN\nĐại diện: Bà Nguyễn Thị Hoa\nChức vụ: Chủ tịch\t"
    "BÊN B: NGÂN HÀNG CHÍNH SÁCH XÃ HỘI CHI NHÁNH TỈNH LÂM ĐỒNG\nĐại diện: Ông Lê Văn Tư\nChức vụ: Giám đốc\n"
)
SPACES = (
    "BÊN A: HỘI NÔNG DÂN          BÊN B: NGÂN HÀNG CHÍNH SÁCH XÃ HỘI\n"
    "PHƯỜNG HÒA AN                CHI NHÁNH TỈNH LÂM ĐỒNG\n\n"
    "Ông (bà): Nguyễn Thị Hoa     Ông (bà): Lê Văn Tư\nChức vụ: Chủ tịch            Chức vụ: Giám đốc\n"
)
ONE_LINE = (
    "BÊN A: HỘI NÔNG DÂN PHƯỜNG HÒA AN BÊN B: NGÂN HÀNG CHÍNH SÁCH XÃ HỘI CHI NHÁNH TỈNH LÂM ĐỒNG\n"
    "Đại diện: Bà Nguyễn Thị Hoa Đại diện: Ông Lê Văn Tư\nChức vụ: Chủ tịch Chức vụ: Giám đốc\n"
)
FOUR = (
    "BÊN A: HỘI NÔNG DÂN PHƯỜNG HÒA AN\tBÊN B: NGÂN HÀNG CHÍNH SÁCH XÃ HỘI CHI NHÁNH TỈNH LÂM ĐỒNG\n"
    "Đại diện: Bà Nguyễn Thị Hoa\tChức vụ: Chủ tịch\tĐại diện: Ông Lê Văn Tư\tChức vụ: Giám đốc\n"
)


@pytest.mark.parametrize("told", [TABLE, CELLS, SPACES, ONE_LINE, FOUR])
def test_sides_side_by_side_are_each_told_with_who_speaks_for_it(told: str) -> None:
    paper = read_paper(f"THỎA THUẬN PHỐI HỢP\nVề cho vay vốn\n\nChúng tôi gồm:\n{told}{NUMBERED}{SIGNED}")
    assert paper.parties == (
        "Hội Nông dân phường Hòa An",
        "Ngân hàng Chính sách xã hội chi nhánh tỉnh Lâm Đồng",
    )
    assert [(one.side, one.body, one.name, one.capacity) for one in paper.signers] == [
        (1, paper.parties[0], "Nguyễn Thị Hoa", "Chủ tịch"),
        (2, paper.parties[1], "Lê Văn Tư", "Giám đốc"),
    ]
    assert paper.articles.endswith("1. Bên A: Chủ trì;\n2. Bên B: Hỗ trợ vốn")


@pytest.mark.parametrize(
    "signed",
    [
        "BÊN A\tBÊN B\nCHỦ TỊCH\tGIÁM ĐỐC\nNguyễn Thị Hoa\tLê Văn Tư",
        "ĐẠI DIỆN BÊN A\tĐẠI DIỆN BÊN B\nCHỦ TỊCH\tGIÁM ĐỐC\nNguyễn Thị Hoa\tLê Văn Tư",
        "TM. BÊN A:\tTM. BÊN B:\nCHỦ TỊCH\tGIÁM ĐỐC\nNguyễn Thị Hoa\tLê Văn Tư",
    ],
)
def test_signatures_in_columns_are_no_sides_told(signed: str) -> None:
    paper = read_paper(
        "QUY CHẾ PHỐI HỢP\nGiữa Hội Nông dân phường và Ngân hàng\n\nCăn cứ Luật Hợp tác xã;\n\n"
        f"I. NỘI DUNG\n1. Bên A: chủ trì; bên B: hỗ trợ\n{signed}"
    )
    assert paper.told == ""
    assert [(one.capacity, one.name) for one in paper.signers] == [
        ("Chủ tịch", "Nguyễn Thị Hoa"),
        ("Giám đốc", "Lê Văn Tư"),
    ]

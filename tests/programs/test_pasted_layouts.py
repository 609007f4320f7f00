"""Further layouts of pasted papers: parts under letters, sides in a table; and what could not be cut, which is kept."""

import pytest

from portal.paste import LEFT_OVER, read_number_line
from programs.models import Program
from tests.cast import Cast
from tests.programs.test_pasted_papers import ENTER, pasted, rows

LETTERED = """ĐẢNG ỦY PHƯỜNG HÒA AN
BAN XÂY DỰNG ĐẢNG - CÔNG AN PHƯỜNG - ĐOÀN TNCS HỒ CHÍ MINH PHƯỜNG\tĐẢNG CỘNG SẢN VIỆT NAM
Số: 05-CTr/BXDĐ-CAP-ĐTN

CHƯƠNG TRÌNH PHỐI HỢP
về vận động thanh niên chấp hành pháp luật, giai đoạn 2026-2030

Căn cứ Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng (khóa XI);

A. MỤC ĐÍCH - YÊU CẦU
I. Mục đích
Tăng cường phối hợp.
II. Yêu cầu
Thiết thực, hiệu quả.

B. NỘI DUNG PHỐI HỢP
STT\tNội dung\tĐơn vị chủ trì
1\tTuyên truyền Luật Giao thông đường bộ\tCông an phường
2\tTổ chức diễn đàn thanh niên\tĐoàn TNCS Hồ Chí Minh phường

C. TỔ CHỨC THỰC HIỆN
I. Ban Xây dựng Đảng
Theo dõi, đôn đốc.

T/M BAN XÂY DỰNG ĐẢNG\tT/M CÔNG AN PHƯỜNG\tT/M BAN CHẤP HÀNH ĐOÀN
TRƯỞNG BAN XÂY DỰNG ĐẢNG\tTRƯỞNG CÔNG AN\tBÍ THƯ
Lê Thị Thu Hà\tĐặng Minh Tuấn\tVũ Hải Yến"""

BY_PARTS = """CHƯƠNG TRÌNH PHỐI HỢP
Về công tác dân vận chính quyền giai đoạn 2025 – 2030

Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ,
Ban Xây dựng Đảng Đảng ủy phường và Ủy ban nhân dân phường Hòa An thống nhất ban hành Chương trình phối hợp như sau:

I. NỘI DUNG PHỐI HỢP
1. Tuyên truyền.
2. Đối thoại với Nhân dân.

II. TRÁCH NHIỆM CỦA MỖI BÊN
1. Đảng ủy phường (Ban Xây dựng Đảng)
- Chủ trì sơ kết.
2. Ủy ban nhân dân phường
- Bảo đảm kinh phí."""

IN_NO_PARTS = """THỎA THUẬN PHỐI HỢP
Về việc bảo đảm an ninh trật tự giai đoạn 2026 - 2028

Nội dung gồm 02 việc:
1/ Tuyên truyền pháp luật về an ninh trật tự;
2/ Hòa giải ở cơ sở.
Kinh phí do mỗi ngành tự bảo đảm."""


def test_parts_under_letters_and_the_bodies_above_the_paper(cast: Cast) -> None:
    shown = pasted(cast, LETTERED)
    assert rows(shown, "partners", "name") == [
        ("Ban Xây dựng Đảng",), ("Công an phường",), ("Đoàn TNCS Hồ Chí Minh phường",),
    ]  # fmt: skip
    assert (
        " ".join(shown["purposes"].split())
        == "I. Mục đích Tăng cường phối hợp. II. Yêu cầu Thiết thực, hiệu quả."
    )
    assert rows(shown, "items", "text", "lead") == [
        ("Tuyên truyền Luật Giao thông đường bộ", "Công an phường"),
        ("Tổ chức diễn đàn thanh niên", "Đoàn TNCS Hồ Chí Minh phường"),
    ]
    assert " ".join(shown["implementation"].split()) == "I. Ban Xây dựng Đảng Theo dõi, đôn đốc."
    assert rows(shown, "signatures", "name", "capacity")[0] == ("Lê Thị Thu Hà", "Trưởng Ban Xây dựng Đảng")
    assert LEFT_OVER not in shown["number_line"]


def test_a_body_called_after_building_the_party_agrees_and_answers_for_its_side(cast: Cast) -> None:
    shown = pasted(cast, BY_PARTS)
    assert rows(shown, "partners", "name", "responsibilities") == [
        ("Ban Xây dựng Đảng Đảng ủy phường", "- Chủ trì sơ kết."),
        ("Ủy ban nhân dân phường Hòa An", "- Bảo đảm kinh phí."),
    ]
    assert LEFT_OVER not in shown["number_line"]


def test_what_could_not_be_cut_is_kept_in_the_note_and_told(cast: Cast) -> None:
    saved = cast.client("lan").post(ENTER, {"number_line": IN_NO_PARTS, "lam": "save"}, follow=True)
    program = Program.objects.select_related("document").get()
    assert program.document.title == "bảo đảm an ninh trật tự giai đoạn 2026 - 2028"
    _, _, left = IN_NO_PARTS.partition("\n\n")
    assert program.note == f"{LEFT_OVER}\n{left}"
    assert "chưa vào ô nào" in saved.text


CHANGING = """ĐẢNG ỦY PHƯỜNG BA ĐÌNH\tĐẢNG CỘNG SẢN VIỆT NAM
BAN XÂY DỰNG ĐẢNG - UBND PHƯỜNG\tBa Đình, ngày 10 tháng 6 năm 2026
Số 08-CTrPH/BXDĐ-UBND

SỬA ĐỔI, BỔ SUNG
Chương trình phối hợp số 03-CTrPH/BXDĐ-UBND, ngày 05 tháng 11 năm 2025"""


@pytest.mark.parametrize(
    ("head", "number", "day"),
    [
        (CHANGING, "08", "10/6/2026"),
        (CHANGING.replace("Ba Đình, ngày 10 tháng 6 năm 2026", ""), "08", "None"),
        (CHANGING.replace("Số 08-CTrPH/BXDĐ-UBND\n", ""), "", "10/6/2026"),
        (CHANGING.replace("UBND\n\n", "UBND ngày 9/6/2026\n\n"), "08", "9/6/2026"),
        ("Số 46/KH-UBND thực hiện Chương trình số 07-CTrPH/BDVQU-UBND ngày 14/4/2022", "46", "None"),
    ],
)
def test_number_and_day_of_a_cited_paper_are_not_its_own(head: str, number: str, day: str) -> None:
    read = read_number_line(head)
    assert (str(read.symbol or "")[:2], str(read.date)) == (number, day)


COUNTED = """LIÊN ĐOÀN LAO ĐỘNG TỈNH
Số: 02-CTPH/BTGDV-LĐLĐ

CHƯƠNG TRÌNH PHỐI HỢP
Giữa Ban Tuyên giáo và Dân vận Tỉnh ủy và Liên đoàn Lao động tỉnh giai đoạn 2026-2030

Những năm qua, hai cơ quan đã phối hợp chặt chẽ trong công tác vận động công nhân, người lao động.

1. Mục đích, yêu cầu
1.1. Mục đích
Nâng cao hiệu quả công tác dân vận.

2. Nội dung phối hợp
2.1. Tuyên truyền trong công nhân:
+ Ở khu công nghiệp;
+ Ở doanh nghiệp.
2.2. Xây dựng mô hình “Dân vận khéo”.

3. Trách nhiệm của các bên
3.1. Ban Tuyên giáo và Dân vận Tỉnh ủy
- Tham mưu Tỉnh ủy.
3.2. Liên đoàn Lao động tỉnh
- Chỉ đạo công đoàn cơ sở.

4. Tổ chức thực hiện
4.1. Mỗi năm sơ kết một lần vào quý IV."""


def test_parts_under_plain_numbers_and_a_sentence_before_them(cast: Cast) -> None:
    shown = pasted(cast, COUNTED)
    assert " ".join(shown["purposes"].split()) == "1.1. Mục đích Nâng cao hiệu quả công tác dân vận."
    assert [text.splitlines()[0] for (text,) in rows(shown, "items", "text")] == [
        "Tuyên truyền trong công nhân:",
        "Xây dựng mô hình “Dân vận khéo”",
    ]
    assert [one for (one,) in rows(shown, "partners", "responsibilities")] == [
        "- Tham mưu Tỉnh ủy.",
        "- Chỉ đạo công đoàn cơ sở.",
    ]
    assert shown["implementation"] == "4.1. Mỗi năm sơ kết một lần vào quý IV."
    _, _, left = shown["number_line"].partition(f"{LEFT_OVER}\r\n")
    assert left.strip() == COUNTED.split("\n\n")[2]


def test_numbered_commitments_are_no_parts(cast: Cast) -> None:
    text = (
        COUNTED.partition("1. Mục đích")[0]
        + "Hai bên thống nhất các nội dung sau:\n1. Tuyên truyền\n2. Nội dung khác"
    )
    assert [text for (text,) in rows(pasted(cast, text), "items", "text")] == [
        "Tuyên truyền",
        "Nội dung khác",
    ]

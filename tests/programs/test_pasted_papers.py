"""Whole papers of several layouts, as a clerk pastes them: what the page that comes back holds, field by field."""

import pytest

from portal.models import State
from programs.models import Program
from tests.cast import Cast, make_program
from tests.programs.test_two_clerks import fields_of

ENTER = "/lam-viec/chuong-trinh/nhap/"

REGULATION = """ỦY BAN NHÂN DÂN - ỦY BAN MTTQ VIỆT NAM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG LÊ THANH NGHỊ\tĐộc lập - Tự do - Hạnh phúc
Số: 03/QCPH/UBND-UBMTTQ\tLê Thanh Nghị, ngày 18 tháng 3 năm 2026

QUY CHẾ
Phối hợp công tác giữa Ủy ban nhân dân phường và Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường Lê Thanh Nghị, nhiệm kỳ 2026 - 2031

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Căn cứ Luật Mặt trận Tổ quốc Việt Nam ngày 09 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Mặt trận Tổ quốc Việt Nam ngày 27 tháng 6 năm 2025;
Theo đề nghị của Văn phòng HĐND và UBND phường tại Tờ trình số 45/TTr-VP ngày 10 tháng 3 năm 2026.

Ủy ban nhân dân phường và Ban Thường trực Ủy ban MTTQ Việt Nam phường Lê Thanh Nghị ban hành Quy chế phối hợp công tác như sau:

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định nguyên tắc, nội dung, phương thức phối hợp.
Điều 2. Nguyên tắc phối hợp
1. Tôn trọng chức năng, nhiệm vụ của mỗi bên.
2. Trao đổi kịp thời.

Chương II
NỘI DUNG PHỐI HỢP
Điều 3. Tập hợp ý kiến, kiến nghị của Nhân dân
Điều 4. Giám sát, phản biện xã hội

Chương III
ĐIỀU KHOẢN THI HÀNH
Điều 5. Chế độ làm việc
Định kỳ 6 tháng một lần, hai bên họp sơ kết, đánh giá việc thực hiện Quy chế; cuối nhiệm kỳ tổng kết.
Điều 6. Hiệu lực
Quy chế này có hiệu lực từ ngày ký và thay thế Quy chế phối hợp số 01/QCPH/UBND-UBMTTQ ngày 05 tháng 9 năm 2021./.

TM. BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM\tTM. ỦY BAN NHÂN DÂN
CHỦ TỊCH\tCHỦ TỊCH
Đỗ Thị Minh Nguyệt\tNguyễn Hữu Thắng
Nơi nhận:\t
- Thường trực Đảng ủy phường;\t
- Lưu: VT, MTTQ.\t"""

TWO_COLUMNS = """HỘI LIÊN HIỆP PHỤ NỮ                    CÔNG AN
XÃ ĐÔNG SƠN                             XÃ ĐÔNG SƠN
Số: 05/CTrPH-HPN-CA

                    CHƯƠNG TRÌNH PHỐI HỢP
          Phòng, chống bạo lực gia đình và xâm hại trẻ em
                    trên địa bàn xã giai đoạn 2026 – 2028

Thực hiện Chỉ thị số 14/CT-TTg ngày 22/4/2025 của Thủ tướng Chính phủ về tăng cường phòng, chống bạo lực gia đình;
Căn cứ chức năng, nhiệm vụ của hai ngành;
Hội Liên hiệp Phụ nữ xã và Công an xã Đông Sơn xây dựng Chương trình phối hợp như sau:

I. MỤC TIÊU
100% vụ việc được tiếp nhận và xử lý.

II. NỘI DUNG PHỐI HỢP (6 nội dung)
1. Tuyên truyền Luật Phòng, chống bạo lực gia đình.
2. Duy trì 12 địa chỉ tin cậy ở thôn.
3. Tiếp nhận, xử lý tin báo.
4. Hỗ trợ nạn nhân.
5. Tập huấn kỹ năng cho chi hội trưởng.

III. PHÂN CÔNG TRÁCH NHIỆM
1. Hội Liên hiệp Phụ nữ xã: chủ trì tuyên truyền, tập huấn.
2. Công an xã: chủ trì xử lý vụ việc.

IV. TỔ CHỨC THỰC HIỆN
Định kỳ hằng quý hai đơn vị trao đổi tình hình; mỗi năm sơ kết một lần vào tháng 12; kết thúc giai đoạn tổ chức tổng kết.

     CÔNG AN XÃ ĐÔNG SƠN                    HỘI LIÊN HIỆP PHỤ NỮ XÃ ĐÔNG SƠN
         TRƯỞNG CÔNG AN                              CHỦ TỊCH


     Thiếu tá Lê Trọng Khải                      Hoàng Thị Bích Liên"""

SIDES_TOLD = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

THỎA THUẬN PHỐI HỢP
Về hỗ trợ hộ nghèo vay vốn phát triển sản xuất giai đoạn 2026 - 2030
Số: 07/TTPH/HND-NHCSXH

Căn cứ Nghị định số 78/2002/NĐ-CP ngày 04/10/2002 của Chính phủ về tín dụng đối với người nghèo;
Căn cứ nhu cầu và khả năng của hai bên;

Hôm nay, ngày 02 tháng 3 năm 2026, tại trụ sở Hội Nông dân tỉnh Lâm Đồng, chúng tôi gồm:

BÊN A: HỘI NÔNG DÂN TỈNH LÂM ĐỒNG
Địa chỉ: 36 đường Trần Phú, phường Xuân Hương - Đà Lạt
Điện thoại: 0263.3822xxx
Đại diện: Ông Trần Đình Quý\tChức vụ: Chủ tịch

BÊN B: CHI NHÁNH NGÂN HÀNG CHÍNH SÁCH XÃ HỘI TỈNH LÂM ĐỒNG
Địa chỉ: 14 đường Hùng Vương
Đại diện bên B: Bà Ngô Thị Thanh Hà - Chức vụ: Phó Giám đốc (theo Giấy ủy quyền số 15/GUQ-NHCS ngày 05/01/2026)

Hai bên thống nhất ký kết Thỏa thuận phối hợp với các nội dung sau:

Điều 1. Nội dung phối hợp
1. Bình xét hộ vay đúng đối tượng.
2. Hướng dẫn sử dụng vốn đúng mục đích.
Điều 2. Trách nhiệm của Bên A
1. Chỉ đạo các cấp hội.
Điều 3. Trách nhiệm của Bên B
1. Bố trí nguồn vốn.
Điều 4. Điều khoản chung
Hằng năm hai bên sơ kết, đánh giá kết quả. Thỏa thuận được lập thành 04 bản, mỗi bên giữ 02 bản.

ĐẠI DIỆN BÊN A\tĐẠI DIỆN BÊN B
CHỦ TỊCH\tPHÓ GIÁM ĐỐC
(Ký tên, đóng dấu)\t(Ký tên, đóng dấu)
Trần Đình Quý\tNgô Thị Thanh Hà"""

THREE_SIDES = """UBND PHƯỜNG TÂN SƠN NHÌ – BAN CHỈ HUY QUÂN SỰ PHƯỜNG – HỘI CỰU CHIẾN BINH PHƯỜNG
Số 12/CTr-UBND-BCHQS-HCCB ngày 22/12/2025

CHƯƠNG TRÌNH
Phối hợp thực hiện công tác quốc phòng, quân sự địa phương và chính sách hậu phương quân đội giai đoạn 2026-2030

Căn cứ Luật Quốc phòng năm 2018; Luật Dân quân tự vệ năm 2019; Nghị quyết số 44-NQ/TW ngày 24 tháng 11 năm 2023 của Ban Chấp hành Trung ương về Chiến lược bảo vệ Tổ quốc trong tình hình mới;
Trên cơ sở thống nhất giữa UBND phường Tân Sơn Nhì, Ban Chỉ huy Quân sự phường và Hội Cựu chiến binh phường,

Ba cơ quan ký kết Chương trình phối hợp gồm các nội dung sau đây:

I. MỤC ĐÍCH, YÊU CẦU
Phát huy sức mạnh tổng hợp.

II. NỘI DUNG VÀ PHƯƠNG THỨC PHỐI HỢP
1. Nội dung phối hợp
Tuyên truyền đường lối quốc phòng; giáo dục truyền thống; Thực hiện tuyển quân hằng năm; Chăm lo gia đình chính sách; thăm hỏi ngày 27/7; Xây dựng lực lượng dự bị động viên (gồm: rà soát; đăng ký; quản lý); Diễn tập phòng thủ dân sự.
2. Phương thức phối hợp
Họp giao ban mỗi quý một lần.

III. TỔ CHỨC THỰC HIỆN
Giao Ban Chỉ huy Quân sự phường là cơ quan thường trực. Định kỳ hằng năm vào dịp 22/12 tổ chức sơ kết; sau 05 năm tổ chức tổng kết, khen thưởng.
Kinh phí do ngân sách phường bảo đảm.

HỘI CỰU CHIẾN BINH\tBAN CHỈ HUY QUÂN SỰ\tTM. ỦY BAN NHÂN DÂN
CHỦ TỊCH\tCHỈ HUY TRƯỞNG\tKT. CHỦ TỊCH
\t\tPHÓ CHỦ TỊCH

Trần Văn Út\tThiếu tá Nguyễn Hoài Nam\tLê Thị Ánh Tuyết"""

PLEDGE = """GIAO ƯỚC THI ĐUA
Giữa Hội Nông dân xã Thạnh Phú và Trường Trung học cơ sở Thạnh Phú
Năm học 2026 - 2027

Hôm nay, ngày 3/9/2026, tại hội trường UBND xã, chúng tôi gồm có:

I. ĐẠI DIỆN BÊN A: Hội Nông dân xã Thạnh Phú
1. Ông Nguyễn Văn Sáu - Chủ tịch
2. Bà Lê Thị Tám - Phó Chủ tịch

II. ĐẠI DIỆN BÊN B: Trường Trung học cơ sở Thạnh Phú
1. Bà Trần Thị Chín, Hiệu trưởng
2. Ông Võ Văn Mười, Chủ tịch Công đoàn

Hai bên cùng ký kết giao ước thi đua với những nội dung sau:
1. Không để học sinh bỏ học vì khó khăn.
2. Trồng 200 cây xanh trong khuôn viên trường.
3. Mỗi chi hội nhận giúp một học sinh.
Hai bên tổ chức sơ kết vào cuối học kỳ I và tổng kết vào tháng 5/2027.

ĐẠI DIỆN BÊN A                         ĐẠI DIỆN BÊN B
Nguyễn Văn Sáu                         Trần Thị Chín"""


def rows(shown: dict[str, str], prefix: str, *names: str) -> list[tuple[str, ...]]:
    """What the rows of a set say in some fields, as far as they say anything."""
    found = [
        tuple(shown[f"{prefix}-{at}-{name}"] for name in names)
        for at in range(int(shown[f"{prefix}-TOTAL_FORMS"]))
    ]
    return [row for row in found if any(row)]


def pasted(cast: Cast, text: str) -> dict[str, str]:
    """The fields of the page that a pasted paper comes back on; nothing is kept yet."""
    page = cast.client("lan").post(ENTER, {"number_line": text, "lam": "save"})
    assert "Chưa lưu: văn bản vừa dán đã được tách" in page.text
    return fields_of(page.text)


def test_a_regulation_of_the_state_with_articles(cast: Cast) -> None:
    shown = pasted(cast, REGULATION)
    assert (shown["number"], shown["dated"], shown["period"]) == (
        "03/QCPH/UBND-UBMTTQ", "ngày 18 tháng 3 năm 2026", "nhiệm kỳ 2026 - 2031"
    )  # fmt: skip
    assert shown["articles"].startswith("Chương I") and shown["articles"].endswith("năm 2021./.")
    assert [text for (text,) in rows(shown, "bases", "text")][1:3] == [
        "Căn cứ Luật Mặt trận Tổ quốc Việt Nam ngày 09 tháng 6 năm 2015",
        "Luật sửa đổi, bổ sung một số điều của Luật Mặt trận Tổ quốc Việt Nam ngày 27 tháng 6 năm 2025",
    ]
    assert rows(shown, "signatures", "side", "name", "capacity", "authority") == [
        ("2", "Đỗ Thị Minh Nguyệt", "Chủ tịch", "TM"), ("1", "Nguyễn Hữu Thắng", "Chủ tịch", "TM")
    ]  # fmt: skip
    assert (shown["cadence"], shown["cadence_printed"].startswith("Định kỳ 6 tháng một lần")) == (
        "half_yearly",
        True,
    )


def test_names_and_posts_in_two_columns_of_spaces_and_a_count_in_a_title(cast: Cast) -> None:
    shown = pasted(cast, TWO_COLUMNS)
    assert rows(shown, "partners", "name", "responsibilities") == [
        ("Hội Liên hiệp Phụ nữ xã", "chủ trì tuyên truyền, tập huấn."),
        ("Công an xã Đông Sơn", "chủ trì xử lý vụ việc."),
    ]
    assert rows(shown, "signatures", "side", "name", "capacity") == [
        ("2", "Lê Trọng Khải", "Trưởng Công an, Thiếu tá"), ("1", "Hoàng Thị Bích Liên", "Chủ tịch")
    ]  # fmt: skip
    assert (len(rows(shown, "items", "text")), shown["stated_item_count"]) == (5, "6")
    assert shown["implementation"].endswith("tổ chức tổng kết.")
    assert (shown["cadence"], shown["cadence_printed"]) == (
        "yearly", "mỗi năm sơ kết một lần vào tháng 12; kết thúc giai đoạn tổ chức tổng kết"
    )  # fmt: skip


def test_sides_told_as_side_a_and_side_b(cast: Cast) -> None:
    shown = pasted(cast, SIDES_TOLD)
    assert rows(shown, "partners", "side", "name") == [
        ("1", "Hội Nông dân tỉnh Lâm Đồng"), ("2", "Chi nhánh Ngân hàng Chính sách xã hội tỉnh Lâm Đồng")
    ]  # fmt: skip
    assert rows(shown, "signatures", "side", "name", "capacity", "authority") == [
        ("1", "Trần Đình Quý", "Chủ tịch", ""), ("2", "Ngô Thị Thanh Hà", "Phó Giám đốc", "TUQ")
    ]  # fmt: skip
    assert (shown["number"], shown["dated"], shown["title"]) == (
        "07/TTPH/HND-NHCSXH",
        "ngày 02 tháng 3 năm 2026",
        "hỗ trợ hộ nghèo vay vốn phát triển sản xuất giai đoạn 2026 - 2030",
    )
    assert "Địa chỉ: 14 đường Hùng Vương" in shown["number_line"] and "BÊN B" not in shown["number_line"]


def test_three_sides_a_table_of_signatures_and_two_parts_under_one_title(cast: Cast) -> None:
    shown = pasted(cast, THREE_SIDES)
    assert [name for (name,) in rows(shown, "partners", "name")] == [
        "UBND phường Tân Sơn Nhì", "Ban Chỉ huy Quân sự phường", "Hội Cựu chiến binh phường"
    ]  # fmt: skip
    assert rows(shown, "signatures", "side", "name", "capacity", "authority") == [
        ("3", "Trần Văn Út", "Chủ tịch", ""),
        ("2", "Nguyễn Hoài Nam", "Chỉ huy trưởng, Thiếu tá", ""),
        ("1", "Lê Thị Ánh Tuyết", "Phó Chủ tịch", "KT"),
    ]
    assert [text for (text,) in rows(shown, "items", "text")] == [
        "Tuyên truyền đường lối quốc phòng; giáo dục truyền thống",
        "Thực hiện tuyển quân hằng năm",
        "Chăm lo gia đình chính sách; thăm hỏi ngày 27/7",
        "Xây dựng lực lượng dự bị động viên (gồm: rà soát; đăng ký; quản lý)",
        "Diễn tập phòng thủ dân sự",
    ]
    assert shown["methods"] == "Họp giao ban mỗi quý một lần."


def test_a_pledge_without_titled_parts(cast: Cast) -> None:
    shown = pasted(cast, PLEDGE)
    assert rows(shown, "partners", "name") == [
        ("Hội Nông dân xã Thạnh Phú",),
        ("Trường Trung học cơ sở Thạnh Phú",),
    ]
    assert rows(shown, "signatures", "side", "name", "capacity") == [
        ("1", "Nguyễn Văn Sáu", "Chủ tịch"), ("2", "Trần Thị Chín", "Hiệu trưởng")
    ]  # fmt: skip
    assert [text for (text,) in rows(shown, "items", "text")] == [
        "Không để học sinh bỏ học vì khó khăn",
        "Trồng 200 cây xanh trong khuôn viên trường",
        "Mỗi chi hội nhận giúp một học sinh",
    ]
    assert shown["implementation"].startswith("Hai bên tổ chức sơ kết vào cuối học kỳ I")
    assert "Bà Lê Thị Tám - Phó Chủ tịch" in shown["number_line"]  # spoke, did not sign


REPLACES = "\n\nCăn cứ Luật Thanh niên;\n\nI. NỘI DUNG PHỐI HỢP\n1. Tiếp dân\n2. Đối thoại\nII. TỔ CHỨC THỰC HIỆN\n{}"


@pytest.mark.parametrize(
    "said",
    [
        "Chương trình này thay thế Chương trình số 05-CTrPH/BDV-UBND ngày 14/4/2022.",
        "Thay thế cho Chương trình phối hợp ký ngày 14 tháng 4 năm 2022.",
        "Tiếp nối Chương trình phối hợp giai đoạn 2022 - 2026.",
    ],
)
def test_the_programme_it_replaces_is_proposed_to_be_looked_at(cast: Cast, said: str) -> None:
    before, clerk = make_program(cast, "approved", number="05-CTrPH/BDV-UBND"), cast.client("lan")
    paper = "CHƯƠNG TRÌNH PHỐI HỢP\nCông tác dân vận giai đoạn 2027 - 2031" + REPLACES.format(said)
    page = clerk.post(ENTER, {"number_line": paper, "lam": "save"})
    shown = fields_of(page.text)
    assert (shown["predecessor"], shown["predecessor-ma"]) == (str(before), before.code)
    head, _, _ = page.text.partition('id="id_predecessor_field"')
    assert "field-proposed" in head[head.rindex('class="') :]
    cleared = shown | {"predecessor": "", "predecessor-ma": "", "lam": "save"}
    assert clerk.post(ENTER, cleared).status_code == 302
    assert Program.objects.get(state=State.DRAFTING).predecessor is None


def test_where_several_programmes_may_be_replaced_one_is_to_be_chosen(cast: Cast) -> None:
    for _ in range(2):
        make_program(cast, "approved", number="05-CTrPH/BDV-UBND")
    paper = "CHƯƠNG TRÌNH PHỐI HỢP\nCông tác dân vận" + REPLACES.format(
        "Thay thế Chương trình số 05-CTrPH/BDV-UBND."
    )
    page = cast.client("lan").post(ENTER, {"number_line": paper, "lam": "save"})
    shown = fields_of(page.text)
    assert (shown["predecessor"], shown["predecessor-ma"]) == ("05-CTrPH/BDV-UBND", "")
    assert "Có nhiều chương trình phù hợp, xin chọn một." in page.text


def test_the_programme_of_others_is_not_proposed(cast: Cast) -> None:
    make_program(cast, "published", number="05-CTrPH/BDV-UBND")
    paper = "CHƯƠNG TRÌNH PHỐI HỢP\nCông tác dân vận" + REPLACES.format(
        "Thay thế Chương trình số 05-CTrPH/BDV-UBND."
    )
    page = cast.client("binh").post(ENTER, {"number_line": paper, "lam": "save"})
    assert fields_of(page.text)["predecessor"] == ""


def test_how_often_it_is_reviewed_is_read_where_it_is_organised(cast: Cast) -> None:
    clerk = cast.client("lan")
    asked = {"title": "Dân vận", "implementation": "Định kỳ 6 tháng, hằng năm tổ chức sơ kết."}
    told = clerk.post("/lam-viec/chuong-trinh/doc-dong/", asked).json()["fields"]
    assert (told["cadence"], told["cadence_printed"]) == (
        "half_yearly",
        "Định kỳ 6 tháng, hằng năm tổ chức sơ kết",
    )
    clerk.post(ENTER, asked | {"cadence": "", "proposed": "cadence cadence_printed", "lam": "save"})
    assert Program.objects.get().cadence == ""  # cleared by the person


def test_a_table_of_commitments_says_who_leads_and_who_joins(cast: Cast) -> None:
    table = "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian\n1\tTiếp dân\tUBND\tBan Dân vận; MTTQ\tQuý II\n2\tĐối thoại\tMTTQ\t\t"
    page = cast.client("lan").post(ENTER, {"title": "Dân vận", "items-dan": table, "lam": "items:split"})
    assert rows(fields_of(page.text), "items", "text", "lead", "joint") == [
        ("Tiếp dân (Quý II)", "UBND", "Ban Dân vận; MTTQ"), ("Đối thoại", "MTTQ", "")
    ]  # fmt: skip

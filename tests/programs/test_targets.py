"""Targets as printed: what is asked, of whom, and whether a value meets it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.targets import Asked, TargetKind, Verdict, judge, read_target, separate_targets

K = TargetKind


@pytest.mark.parametrize(
    ("text", "said", "population", "doing"),
    [
        (
            "100% các cơ quan, đơn vị nghiêm túc thực hiện kế hoạch năm 2018",
            "100 %",
            "các cơ quan, đơn vị",
            "nghiêm túc thực hiện kế hoạch năm 2018",
        ),
        ("100% các phường ban hành kế hoạch", "100 %", "các phường", "ban hành kế hoạch"),
        (
            "phấn đấu 40%-50% các cơ quan chuyên môn đăng ký mô hình",
            "phấn đấu 40–50 %",
            "các cơ quan chuyên môn",
            "đăng ký mô hình",
        ),
        ("Mỗi phường xây dựng ít nhất 02 mô hình trong năm 2026", "mỗi cơ quan ít nhất 2 mô hình", "Mỗi phường", "trong năm 2026"),
        ("Mỗi phường ít nhất 1 mô hình", "mỗi cơ quan ít nhất 1 mô hình", "Mỗi phường", ""),
        ("Mỗi năm tổ chức ít nhất 02 hội nghị", "ít nhất 2 hội nghị", "Mỗi năm", ""),
        ("Phấn đấu trên 95% người dân hài lòng", "phấn đấu ít nhất 95 %", "người dân", "hài lòng"),
        ("Từ 90% trở lên đơn thư được giải quyết đúng hạn", "ít nhất 90 %", "đơn thư", "được giải quyết đúng hạn"),
        ("Tổ chức từ 3 đến 5 hội nghị đối thoại", "3–5 hội nghị", "", "đối thoại"),
        ("Không quá 2% hồ sơ trễ hạn", "không quá 2 %", "hồ sơ trễ hạn", ""),
        ("Huy động 1.250 triệu đồng", "1.250 triệu đồng", "", ""),
        ("22,5% bộ phận được sắp xếp giai đoạn 2021-2025", "22,5 %", "bộ phận", "được sắp xếp giai đoạn 2021-2025"),
        ("Hoàn thành Kế hoạch số 34/KH-UBND trong quý I năm 2026", "bằng lời", "", ""),
        ("Tiếp tục nâng cao nhận thức của cán bộ", "bằng lời", "", ""),
        ("Trong năm 2026 100% các phường ban hành kế hoạch", "100 %", "các phường", "ban hành kế hoạch"),
        ("Nhiệm kỳ 2021 - 2026, 100% các phường ban hành kế hoạch", "100 %", "các phường", "ban hành kế hoạch"),
        ("Từ 01/2 đến 31/12/2026, 100% các phường nộp báo cáo", "100 %", "các phường", "nộp báo cáo"),
        ("Triển khai Đề án 06, Kết luận 62 tại các phường", "bằng lời", "", ""),
        ("Mỗi phường xây dựng ít nhất một mô hình", "mỗi cơ quan ít nhất 1 mô hình", "Mỗi phường", ""),
        ("Mỗi xã có từ 02 (hai) mô hình trở lên", "mỗi cơ quan ít nhất 2 mô hình", "Mỗi xã", ""),
        ("Không dưới 02 mô hình/phường/năm", "mỗi cơ quan ít nhất 2 mô hình", "phường", ""),
        ("Mỗi chi bộ đăng ký 01 mô hình", "bằng lời", "", ""),
        ("Giảm 5% đơn thư vượt cấp so với năm trước", "bằng lời", "", ""),
        ("≥ 95% hồ sơ được giải quyết", "ít nhất 95 %", "hồ sơ", "được giải quyết"),
        ("Hồ sơ trễ hạn ≤ 2%", "không quá 2 %", "", ""),
        ("Tối thiểu từ 90% các phường đăng ký", "ít nhất 90 %", "các phường", "đăng ký"),
        ("Phấn đấu 40%÷50% các phòng đăng ký", "phấn đấu 40–50 %", "các phòng", "đăng ký"),
        ("Một trăm phần trăm các phường đăng ký", "100 %", "các phường", "đăng ký"),
        ("Mỗi năm ít nhất 4 đợt giám sát", "ít nhất 4 đợt", "", "giám sát"),
        ("Tổng số 50 công trình", "50 công trình", "", ""),
    ],
)  # fmt: skip
def test_what_a_target_asks_is_read_from_its_words(text: str, said: str, population: str, doing: str):
    asked = read_target(text)
    assert (str(asked), asked.population, asked.doing) == (said, population, doing)
    assert str(read_target(said)) == said


@pytest.mark.parametrize(
    ("asked", "value", "verdict"),
    [
        (Asked(K.EXACTLY, Decimal(100)), Decimal(100), Verdict.MET),
        (Asked(K.EXACTLY, Decimal(100)), Decimal("99.9"), Verdict.SHORT),
        (Asked(K.EXACTLY, Decimal(90)), Decimal(95), Verdict.ABOVE),
        (Asked(K.AT_LEAST, Decimal(2)), Decimal(7), Verdict.MET),
        (Asked(K.BETWEEN, Decimal(40), Decimal(50)), Decimal(39), Verdict.SHORT),
        (Asked(K.BETWEEN, Decimal(40), Decimal(50)), Decimal(50), Verdict.MET),
        (Asked(K.BETWEEN, Decimal(40), Decimal(50)), Decimal(51), Verdict.ABOVE),
        (Asked(K.AT_MOST, None, Decimal(2)), Decimal(3), Verdict.OVER),
        (Asked(K.AT_MOST, None, Decimal(2)), Decimal(0), Verdict.MET),
        (Asked(K.YES_NO), Decimal(1), Verdict.MET),
        (Asked(K.YES_NO), Decimal(0), Verdict.SHORT),
        (Asked(K.BETWEEN, Decimal(40), Decimal(50)), None, Verdict.NO_DATA),
        (Asked(K.IN_WORDS), Decimal(3), Verdict.IN_WORDS),
    ],
)
def test_a_value_is_judged_by_what_is_asked(asked: Asked, value: Decimal | None, verdict: Verdict):
    assert judge(asked, value) == verdict


@given(st.text(alphabet="0123456789.,%–- đếntừítnhấtphấnđấu/xã", max_size=60))
def test_whatever_is_pasted_is_read_as_a_level_in_order_or_left_in_words(text: str):
    asked = read_target(text)
    if asked.kind == K.BETWEEN:
        assert asked.low < asked.high
    assert (asked.kind == K.IN_WORDS) == (asked.low is None and asked.high is None)


@pytest.mark.parametrize(
    ("pasted", "starts"),
    [
        (
            "UBND quận cũng đã đề ra các chỉ tiêu để phấn đấu thực hiện trong năm 2018, đó là: 100% các cơ quan"
            " thực hiện kế hoạch; 100% các phường ban hành kế hoạch; phấn đấu 40%-50% các phòng đăng ký mô hình.",
            ["100% các cơ quan", "100% các phường", "phấn đấu 40%-50%"],
        ),
        ("100% các phường đăng ký mô hình\nphấn đấu 40%-50% các phòng đăng ký", ["100% các", "phấn đấu 40%"]),
        ("Ít nhất 90% kiến nghị được trả lời (60% trong 5 ngày; 30% trong 10 ngày); rõ người, rõ việc", ["Ít nhất"]),
        ("80% hộ dân được tuyên truyền; trong đó 20% hộ mới", ["80% hộ"]),
        ("Nâng cao nhận thức; phấn đấu 40% các phòng đăng ký", ["Nâng cao"]),
    ],
)  # fmt: skip
def test_a_paste_is_cut_where_both_parts_ask_a_number(pasted: str, starts: list[str]):
    found = separate_targets(pasted)
    assert [one[: len(start)] for one, start in zip(found, starts, strict=True)] == starts

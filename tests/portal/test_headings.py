"""Headings in capitals, or begun with a small letter, as a sentence writes them."""

import pytest

from portal.headings import Rank, as_sentence, outline


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (
            "PHỐI HỢP CÔNG TÁC DÂN VẬN GIỮA UBND PHƯỜNG BA ĐÌNH VÀ MTTQ VIỆT NAM GIAI ĐOẠN 2022 – 2026",
            "Phối hợp công tác dân vận giữa UBND phường Ba Đình và MTTQ Việt Nam giai đoạn 2022 – 2026",
        ),
        (
            "THỰC HIỆN NGHỊ QUYẾT ĐẠI HỘI XIII CỦA ĐẢNG, KẾ HOẠCH 07-KH/TU",
            "Thực hiện nghị quyết đại hội XIII của Đảng, kế hoạch 07-KH/TU",
        ),
        ("phối hợp với UBND phường", "Phối hợp với UBND phường"),
        ("Quy chế phối hợp", "Quy chế phối hợp"),
        ("UBND", "UBND"),
        ("", ""),
    ],
)
def test_abbreviations_and_known_names_keep_their_capitals(printed: str, written: str) -> None:
    assert as_sentence(printed, ["phường Ba Đình", "UBND phường Ba Đình"]) == written


def test_chapters_articles_and_clauses_are_told_apart() -> None:
    text = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định việc phối hợp.
a) Tuyên truyền;
Điều 2. Hai bên phối hợp thường xuyên, kịp thời.
Điều 5 của Quy chế này còn được áp dụng.
CHƯƠNG II. TỔ CHỨC THỰC HIỆN
Chương trình này có hiệu lực từ ngày ký."""
    assert [(one.rank, one.lead, one.text) for one in outline(text)] == [
        (Rank.CHAPTER, "Chương I", "QUY ĐỊNH CHUNG"),
        (Rank.ARTICLE, "Điều 1. Phạm vi điều chỉnh", ""),
        (Rank.CLAUSE, "", "1. Quy chế này quy định việc phối hợp."),
        (Rank.POINT, "", "a) Tuyên truyền;"),
        (Rank.ARTICLE, "Điều 2.", "Hai bên phối hợp thường xuyên, kịp thời."),
        (Rank.TEXT, "", "Điều 5 của Quy chế này còn được áp dụng."),
        (Rank.CHAPTER, "CHƯƠNG II", "TỔ CHỨC THỰC HIỆN"),
        (Rank.TEXT, "", "Chương trình này có hiệu lực từ ngày ký."),
    ]

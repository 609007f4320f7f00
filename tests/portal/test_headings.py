"""Headings in capitals, or begun with a small letter, as a sentence writes them."""

import pytest

from portal.headings import as_sentence


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

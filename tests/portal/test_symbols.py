"""Document numbers: every printed form met in real papers is read, or kept with a reason."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.symbols import Style, Symbol, Unread, cited_symbol, find_symbol, read_symbol

PARTY, STATE, JOINT, LETTER, FRONT = Style.PARTY, Style.STATE, Style.JOINT, Style.LETTER, Style.FRONT

# As printed | number | year | type | agencies | style: real papers of 1997 to 2026, one line per printed form.
REAL = [
    ("01-HD/VPTW", 1, None, "HD", "VPTW", PARTY),
    ("11-HD/VPTW", 11, None, "HD", "VPTW", PARTY),
    ("36-HD/VPTW", 36, None, "HD", "VPTW", PARTY),
    ("31-QĐ/TW", 31, None, "QĐ", "TW", PARTY),
    ("91-QĐ/TW", 91, None, "QĐ", "TW", PARTY),
    ("66-QĐ/TW", 66, None, "QĐ", "TW", PARTY),
    ("399-QĐ/TW", 399, None, "QĐ", "TW", PARTY),
    ("217-QĐ/TW", 217, None, "QĐ", "TW", PARTY),
    ("218-QĐ/TW", 218, None, "QĐ", "TW", PARTY),
    ("221-QĐ/TW", 221, None, "QĐ", "TW", PARTY),
    ("238-QĐ/TW", 238, None, "QĐ", "TW", PARTY),
    ("294-QĐ/TW", 294, None, "QĐ", "TW", PARTY),
    ("298-QĐ/TW", 298, None, "QĐ", "TW", PARTY),
    ("299-QĐ/TW", 299, None, "QĐ", "TW", PARTY),
    ("302-QĐ/TW", 302, None, "QĐ", "TW", PARTY),
    ("06-HD/TW", 6, None, "HD", "TW", PARTY),
    ("31-HD/BTCTW", 31, None, "HD", "BTCTW", PARTY),
    ("127-KL/TW", 127, None, "KL", "TW", PARTY),
    ("8011-CV/BTCTW", 8011, None, "CV", "BTCTW", PARTY),
    ("59-CV/BCĐ", 59, None, "CV", "BCĐ", PARTY),
    ("490-CV/BDVTW", 490, None, "CV", "BDVTW", PARTY),
    ("25-NQ/TW", 25, None, "NQ", "TW", PARTY),
    ("43-KL/TW", 43, None, "KL", "TW", PARTY),
    ("114-KL/TW", 114, None, "KL", "TW", PARTY),
    ("65-KL/TW", 65, None, "KL", "TW", PARTY),
    ("05-CT/TW", 5, None, "CT", "TW", PARTY),
    ("10-CT/TW", 10, None, "CT", "TW", PARTY),
    ("11-QĐi/TW", 11, None, "QĐi", "TW", PARTY),
    ("06-QĐNS/TW", 6, None, "QĐNS", "TW", PARTY),
    ("141-KH/BDVTU", 141, None, "KH", "BDVTU", PARTY),
    ("24-KH/BDVTU", 24, None, "KH", "BDVTU", PARTY),
    ("15-KH/BDVTU", 15, None, "KH", "BDVTU", PARTY),
    ("145-NQ/TU", 145, None, "NQ", "TU", PARTY),
    ("34-KH/HU", 34, None, "KH", "HU", PARTY),
    ("268-QĐ/TU", 268, None, "QĐ", "TU", PARTY),
    ("475-QĐ/TU", 475, None, "QĐ", "TU", PARTY),
    ("05-CT/TU", 5, None, "CT", "TU", PARTY),
    ("07-ĐA/TU", 7, None, "ĐA", "TU", PARTY),
    ("28-HD/BTGQU", 28, None, "HD", "BTGQU", PARTY),
    ("15-NQ/TU", 15, None, "NQ", "TU", PARTY),
    ("30-CT/TU", 30, None, "CT", "TU", PARTY),
    ("06-CTr/TU", 6, None, "CTr", "TU", PARTY),
    ("09-NQ/TU", 9, None, "NQ", "TU", PARTY),
    ("983-QĐ/TU", 983, None, "QĐ", "TU", PARTY),
    ("24-ĐA/TU", 24, None, "ĐA", "TU", PARTY),
    ("147-CTHĐ/TU", 147, None, "CTHĐ", "TU", PARTY),
    ("86-KH/TU", 86, None, "KH", "TU", PARTY),
    ("69-KH/TU", 69, None, "KH", "TU", PARTY),
    ("395-CV/BDVTU", 395, None, "CV", "BDVTU", PARTY),
    ("09-QĐ/TU", 9, None, "QĐ", "TU", PARTY),
    ("588-CV/BTCTU", 588, None, "CV", "BTCTU", PARTY),
    ("…-QĐ/BTGDVTU", None, None, "QĐ", "BTGDVTU", PARTY),
    ("…-TTr/BTGDV", None, None, "TTr", "BTGDV", PARTY),
    ("152-BC/ĐU", 152, None, "BC", "ĐU", PARTY),
    ("03-HD/BTGDVTU", 3, None, "HD", "BTGDVTU", PARTY),
    ("134-CV/UBKTTU", 134, None, "CV", "UBKTTU", PARTY),
    ("127-QĐ/TW", 127, None, "QĐ", "TW", PARTY),
    ("24-BS/UBKTTU", 24, None, "BS", "UBKTTU", PARTY),
    ("16-HD/BTCTW", 16, None, "HD", "BTCTW", PARTY),
    ("46-QĐ/ĐU", 46, None, "QĐ", "ĐU", PARTY),
    ("02-NQ/CB", 2, None, "NQ", "CB", PARTY),
    ("12-TTr/CB", 12, None, "TTr", "CB", PARTY),
    ("03-NQ/CĐ-CB", 3, None, "NQ", "CĐ CB", PARTY),
    ("09-NQ/CB (DT)", 9, None, "NQ", "CB", PARTY),
    ("QC-01/CB-LH", "Số đứng sau tên loại, khác thể thức thông thường; giữ nguyên như bản in."),
    ("07-CTrPH/BDVQU-UBND", 7, None, "CTrPH", "BDVQU UBND", JOINT),
    ("05-CTrPH/BDVTU-BCSĐ UBND tỉnh", 5, None, "CTrPH", ("BDVTU", "BCSĐ UBND tỉnh"), JOINT),
    ("161-CTr/BCSĐUBND-BDVTU", 161, None, "CTr", "BCSĐUBND BDVTU", JOINT),
    ("01-QCPH/UBND-BDVTU", 1, None, "QCPH", "UBND BDVTU", JOINT),
    ("79-CTr/BDVTW-BCSĐCP", 79, None, "CTr", "BDVTW BCSĐCP", JOINT),
    ("1573-KH/BDVTW-BCSĐCP", 1573, None, "KH", "BDVTW BCSĐCP", JOINT),
    ("03-CTr/BDVTW-BCSĐCP", 3, None, "CTr", "BDVTW BCSĐCP", JOINT),
    ("02-CTr/BDVTU-BCHQST-CAT-BCHBPT", 2, None, "CTr", "BDVTU BCHQST CAT BCHBPT", JOINT),
    ("15-CTr/BDV-CA-QSTP", 15, None, "CTr", "BDV CA QSTP", JOINT),
    ("01/QCPH/UBND-UBMTTQ", 1, None, "QCPH", "UBND UBMTTQ", JOINT),
    ("04/QC-UBND-UBMTTQ", 4, None, "QC", "UBND UBMTTQ", JOINT),
    ("19/2008/NQLT/CP-UBTUMTTQVN", 19, 2008, "NQLT", "CP UBTUMTTQVN", JOINT),
    ("01/2014/NQLT/CP-UBTƯMTTQVN", 1, 2014, "NQLT", "CP UBTƯMTTQVN", JOINT),
    ("24/2012/TTLT-BLĐTBXH-BNV-BTC", 24, 2012, "TTLT", "BLĐTBXH BNV BTC", JOINT),
    ("QC/BTCTU-BDVTU", None, None, "QC", "BTCTU BDVTU", JOINT),
    ("34/KH-UBND", 34, None, "KH", "UBND", STATE),
    ("46/KH-UBND", 46, None, "KH", "UBND", STATE),
    ("19/KH-UBND", 19, None, "KH", "UBND", STATE),
    ("21/KH-UBND", 21, None, "KH", "UBND", STATE),
    ("915/KH-UBND", 915, None, "KH", "UBND", STATE),
    ("125/KH-UBND", 125, None, "KH", "UBND", STATE),
    ("42/KH-UBND", 42, None, "KH", "UBND", STATE),
    ("553/QĐ-UBND", 553, None, "QĐ", "UBND", STATE),
    ("06/2021/QĐ-UBND", 6, 2021, "QĐ", "UBND", STATE),
    ("06/2021QĐ-UBND", 6, 2021, "QĐ", "UBND", STATE),
    ("07/2023/QĐ-UBND", 7, 2023, "QĐ", "UBND", STATE),
    ("04/2025/QĐ-UBND", 4, 2025, "QĐ", "UBND", STATE),
    ("02/CT-UBND", 2, None, "CT", "UBND", STATE),
    ("20/2004/CT-UBND", 20, 2004, "CT", "UBND", STATE),
    ("22/2019/NQ-HĐND", 22, 2019, "NQ", "HĐND", STATE),
    ("76/NQ-CP", 76, None, "NQ", "CP", STATE),
    ("33/CT-TTg", 33, None, "CT", "TTg", STATE),
    ("16/CT-TTg", 16, None, "CT", "TTg", STATE),
    ("18/2000/CT-TTg", 18, 2000, "CT", "TTg", STATE),
    ("42/TTg-TH", 42, None, "", "TTg TH", LETTER),
    ("1725/CĐ-TTg", 1725, None, "CĐ", "TTg", STATE),
    ("829/TTr-SNV", 829, None, "TTr", "SNV", STATE),
    ("76/TTr-PNV", 76, None, "TTr", "PNV", STATE),
    ("2231/SNV-CCHC&PC", 2231, None, "", "SNV CCHC&PC", LETTER),
    ("18/BCTĐ-STP", 18, None, "BCTĐ", "STP", STATE),
    ("20/HD-SNV", 20, None, "HD", "SNV", STATE),
    ("48/1998/QĐ-UB", 48, 1998, "QĐ", "UB", STATE),
    ("249/MTTQ-BTT", 249, None, "", "MTTQ BTT", LETTER),
    ("190/2025/QH15", 190, 2025, "", "QH15", STATE),
    ("202/2025/QH15", 202, 2025, "", "QH15", STATE),
    ("116/2025/QH15", 116, 2025, "", "QH15", STATE),
    ("117/2025/QH15", 117, 2025, "", "QH15", STATE),
]

ANYTHING = st.one_of(
    st.text(alphabet="0123456789-–/ .…SốQĐKHctrUBNDTWBCSĐ tỉnh()&Ð", max_size=50), st.text(max_size=60)
)


@pytest.mark.parametrize("row", REAL, ids=[row[0] for row in REAL])
def test_real_printed_forms(row):
    read = read_symbol(row[0])
    assert read.printed == row[0]
    if len(row) == 2:
        assert read == Unread(row[0], row[1])
        return
    printed, number, year, code, agencies, style = row
    expected = tuple(agencies.split()) if isinstance(agencies, str) else agencies
    assert isinstance(read, Symbol)
    assert (read.number, read.year, read.type_code, read.agencies) == (number, year, code, expected)
    assert read.style == style
    found = find_symbol(f"Số: {printed} ngày 14/4/2022")
    assert (found[0].key if found else "") == ("" if printed.startswith("QC/") else read.key)


def test_every_real_form_reads_back_from_its_tidy_form_under_the_same_key():
    for row in REAL:
        read = read_symbol(row[0])
        assert read_symbol(str(read)).key == read.key
    assert {row[0]: str(read_symbol(row[0])) for row in REAL if str(read_symbol(row[0])) != row[0]} == {
        "09-NQ/CB (DT)": "09-NQ/CB",
        "QC/BTCTU-BDVTU": "…-QC/BTCTU-BDVTU",
        "06/2021QĐ-UBND": "06/2021/QĐ-UBND",
    }


@pytest.mark.parametrize(
    ("loose", "tidy"),
    [
        ("79-Ctr/BDVTW – BCSĐCP", "79-CTr/BDVTW-BCSĐCP"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
        ("42 -HD/TW", "42-HD/TW"),
        ("Số: 34/KH-UBND", "34/KH-UBND"),
        ("số 34 / KH – UBND.", "34/KH-UBND"),
        ("Số07-CTrPH/BDVQU-UBND", "07-CTrPH/BDVQU-UBND"),
        ("Số:\u00a007-CTrPH/BDVQU-UBND;", "07-CTrPH/BDVQU-UBND"),
        ("7-ctrph/bdvqu-ubnd", "07-CTrPH/BDVQU-UBND"),
        ("76/NQ\u2011CP", "76/NQ-CP"),
        ("22/2019/NQ-HÐND", "22/2019/NQ-HĐND"),
        ("11-QÐi/TW", "11-QĐI/TW"),
        ("06/2021QĐ-UBND", "06/2021/QĐ-UBND"),
        ("05-CTrPH/BDVTU-BCSĐ  UBND Tỉnh", "05-CTrPH/BDVTU-BCSĐ UBND tỉnh"),
        ("01/2014/NQLT/CP-UBTƯMTTQVN", "01/2014/NQLT/CP-UBTUMTTQVN"),
    ],
)
def test_loose_spellings_have_the_key_of_the_tidy_one(loose, tidy):
    read = read_symbol(loose)
    assert isinstance(read, Symbol)
    assert read.key == read_symbol(tidy).key


def test_papers_that_differ_have_different_keys():
    different = ["34/KH-UBND", "34-KH/UBND", "34/QĐ-UBND", "34/2023/KH-UBND", "134/KH-UBND", "34/HĐ-UBND", "34/HD-UBND",
                 "34a/KH-UBND"]  # fmt: skip
    assert len({read_symbol(printed).key for printed in different}) == len(different)


def test_a_paper_without_its_number_matches_no_other():
    assert read_symbol("…-QĐ/BTGDVTU").key == ""
    assert read_symbol("Số:      /KH-UBND").key == ""


@pytest.mark.parametrize(
    ("printed", "style"),
    [
        ("15/KH-MTTQ-BTT", FRONT),
        ("03/BC-HND", FRONT),
        ("12/KH-LĐLĐ", FRONT),
        ("02/KHPH-UBND-MTTQ", JOINT),
        ("12-CV/BDVTU-VP", PARTY),
        ("1234/UBND-NC", LETTER),
        ("02a-QĐ/ĐU", PARTY),
        ("34/KH/UBND", Style.UNKNOWN),
    ],
)
def test_styles(printed, style):
    assert read_symbol(printed).style == style


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("", "Chưa có số, ký hiệu."),
        ("12", "Chỉ có số, chưa có ký hiệu; giữ nguyên như bản in."),
        ("Quyết định cũ", "Không theo thể thức số, ký hiệu đã biết; giữ nguyên như bản in."),
        ("1-A/" + "B" * 500, "Dài hơn một số, ký hiệu thông thường; giữ nguyên như bản in."),
    ],
)
def test_what_cannot_be_read_says_why(printed, reason):
    read = read_symbol(printed)
    assert isinstance(read, Unread)
    assert read.reason == reason


@given(ANYTHING)
def test_reading_never_fails_and_tidy_forms_are_stable(text):
    read = read_symbol(text)
    find_symbol(text)
    cited_symbol(text)
    if isinstance(read, Symbol):
        again = read_symbol(str(read))
        assert isinstance(again, Symbol)
        assert (again.key, str(again)) == (read.key, str(read))
    else:
        assert read.reason.endswith(".")


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Số 07-CTrPH/BDVQU-UBND ngày 14/4/2022", "07-CTrPH/BDVQU-UBND"),
        ("Chương trình phối hợp số 07-CTrPH/BDVQU-UBND ngày 14/4/2022 của", "07-CTrPH/BDVQU-UBND"),
        ("xây dựng kế hoạch số 34/KH-UBND ngày 24/01/2018 về thực hiện công tác", "34/KH-UBND"),
        ("Số: 2231/SNV-CCHC&PC.", "2231/SNV-CCHC&PC"),
        ("Số 05-CTrPH/BDVTU-BCSĐ UBND tỉnh ngày 28/3/2022", "05-CTrPH/BDVTU-BCSĐ UBND tỉnh"),
        ("Số:         /KH-UBND", "/KH-UBND"),
        ("Số …-BC/BDVTU", "…-BC/BDVTU"),
        ("Nghị quyết 190/2025/QH15 của Quốc hội", "190/2025/QH15"),
        ("Kế hoạch số 15-KH/ĐU thực hiện Nghị quyết số 25-NQ/TW", "15-KH/ĐU"),
        ("Căn cứ Nghị quyết số 25-NQ/TW;\nSố 15-KH/ĐU", "15-KH/ĐU"),
        ("Số 152-BC/ĐU\nThực hiện Hướng dẫn số 03-HD/BTGDVTU và Công văn số 134-CV/UBKTTU", "152-BC/ĐU"),
        ("Số 79-Ctr/BDVTW – BCSĐCP ngày 11/10/2016", "79-Ctr/BDVTW – BCSĐCP"),
    ],
)
def test_the_papers_own_number_is_found_where_it_stands(line, printed):
    symbol, start, end = find_symbol(line)
    assert line[start:end].strip() == printed
    assert symbol.printed == printed.strip()


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Nghị quyết số 25-NQ/TW ngày 3/6/2013",
        "căn cứ Nghị quyết\nsố 25-NQ/TW ngày 3/6/2013",
        "Thực hiện Hướng dẫn số 03-HD/BTGDVTU ngày 1/1/2025",
        "thực hiện tốt Chương trình phối hợp số 07-CTrPH/BDVQU-UBND ngày 14/4/2022",
        "báo cáo theo Công văn số 134-CV/UBKTTU",
        "ban hành kèm theo Quyết định số 06/2021/QĐ-UBND",
        "ngày 24/1 - UBND quận",
        "mục 1-Ban/Sở",
        "22/22 sở; 1.349 thủ tục; 40%-50%",
        "ngày 14/4/2022 và 5/11",
        "",
    ],
)
def test_cited_numbers_and_other_figures_are_never_the_papers_own(line):
    assert find_symbol(line) is None


def test_cited_symbol_reads_the_number_of_a_basis():
    symbol, start, end = cited_symbol("Căn cứ Nghị quyết số 25-NQ/TW ngày 3/6/2013")
    assert (symbol.number, start, end) == (25, 21, 29)


@pytest.mark.parametrize(
    "piece", ["1-", "1-A/", "Số ", "Số 1-A/B-", "A-A/", "1/2021/", "1-AA/BB ", ".", "căn cứ 1-NQ/TW "]
)
def test_a_megabyte_is_taken_in_stride(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    read_symbol(text)
    find_symbol(text)
    cited_symbol(text)
    assert time.perf_counter() - start < 5

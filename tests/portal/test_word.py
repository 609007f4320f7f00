"""The engine of official papers: users' text stays text, the office's templates are tried, heads follow their layout."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.dates import PartialDate, parse_date
from portal.files import forget_stale, keep
from portal.management.commands.draw_word import drawn
from portal.models import Attachment, Organization, Signature, WordTemplate
from portal.word import letterhead
from portal.word.letterhead import Layout, SigningPlace
from portal.word.papers import OFFICIAL, PAPERS, official_samples, sheets
from portal.word.rendering import MEDIA_TYPE, TemplateRefused, check, filled, render
from tests.cast import Cast
from tests.read_word import opened, texts

KEY = "program-party"
ATTACHED_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
SHEET = OFFICIAL[Layout.PARTY].path


def words(**changes: object) -> dict:
    """The words of a whole paper, some of them changed."""
    return official_samples(Layout.PARTY)[0] | changes


def template(*paragraphs: str, linked: bool = False) -> bytes:
    """A Word file an office might bring, perhaps with a template Word would fetch from elsewhere."""
    paper = docx.Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    if linked:
        paper.part.relate_to("https://x.example/mau.dotm", ATTACHED_TEMPLATE, is_external=True)
    raw = io.BytesIO()
    paper.save(raw)
    return raw.getvalue()


def upload(content: bytes, name: str = "mau.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, MEDIA_TYPE)


def own_template(cast: Cast, body: Organization | None, text: str) -> WordTemplate:
    kept = keep(upload(template(f"{text} {{{{ so }}}}")), by=cast.quy)
    return WordTemplate.objects.create(paper=KEY, organization=body, file=kept)


# --- users' text


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7 * 7 }}", "{% for a in can_cu %}x{% endfor %}", "{# mất #}", "{%p if x %}", "{{r so }}",
        "</w:t></w:r></w:p><w:p><w:r><w:t>thêm", "<w:br/>", "&amp; & < > \" '", "]]>", "<!-- -->",
        "“{{ so }}”", "a\\b", "=1+1", "\u202eđảo", "🙂",
    ],
)  # fmt: skip
def test_what_a_person_typed_stands_as_typed(hostile: str) -> None:
    plain = texts(opened(filled(SHEET.read_bytes(), words(mo_dau="chữ", trich_yeu="chữ"))))
    found = texts(opened(filled(SHEET.read_bytes(), words(mo_dau=hostile, trich_yeu=hostile), title=hostile)))
    assert found == [hostile if line == "chữ" else line for line in plain]


def test_what_a_file_cannot_hold_is_left_out() -> None:
    bad = "một\x00\x01\x07\x08\x0b\x0c\x1f\ufffe\uffff\ud800 hai"
    paper = opened(filled(SHEET.read_bytes(), words(mo_dau=bad), title=bad))
    assert "một hai" in texts(paper) and paper.core_properties.title == "một hai"


def test_a_very_long_text_is_written_whole() -> None:
    long = "Nhân dân " * 50_000
    paper = opened(filled(SHEET.read_bytes(), words(mo_dau=long, trich_yeu=long), title=long))
    assert texts(paper).count(long) == 2


def test_the_same_words_give_the_same_bytes() -> None:
    assert filled(SHEET.read_bytes(), words()) == filled(SHEET.read_bytes(), words())


# --- templates


def test_the_committed_templates_are_what_is_drawn() -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    for sheet in sheets():
        assert parts(sheet.path.read_bytes()) == parts(drawn(sheet)), (
            f"{sheet.path.name}: manage.py draw_word"
        )


@pytest.mark.parametrize("key", sorted(PAPERS))
def test_a_paper_of_the_portal_stands_its_own_samples(key: str) -> None:
    paper = PAPERS[key]
    assert {frozenset(sample) for sample in paper.samples()} == {frozenset(paper.words)}
    check(key, paper.sheet.path.read_bytes())


RECKONING = [
    "{{ 'x' * 10 ** 10 }}", "{{ 9 ** 9 ** 9 ** 9 }}", "{{ '%9999999999d' % 1 }}", "{{ [so] * 10 ** 10 }}", "{{ so ~ so }}",
    "{{ so.format(so) }}", "{{ so|join(so) }}", "{{ can_cu|join('x')|join('x') }}", "{{ can_cu|join(1 * 9) }}",
    "{{ so|default('" + "x" * 101 + "') }}", "{% set a = so %}", "{% macro a() %}{{ a() }}{% endmacro %}",
    "{% filter upper %}x{% endfilter %}", "{% for a in so %}x{% endfor %}", "{% for a in can_cu recursive %}x{% endfor %}",
    "{% for a in 'x' * 99 %}x{% endfor %}", "{% include 'x' %}", "{% block a %}x{% endblock %}",
]  # fmt: skip
"""What could make much out of little, each ended at once."""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (template("{{ so }} {{ ten_la }}"), "Mẫu dùng từ “ten_la” mà văn bản này không có. Các từ dùng được: loi_nhac,"),
        (template("{{ so }}{% for a in cac_phan %}{{ a.ten_la }}{% endfor %}"), "Mẫu dùng từ “ten_la” mà"),
        (template("{{ so", "{% if so %}"), "Có chỗ {{ }} hoặc {% %} trong mẫu viết chưa đúng"),
        (template("{{ so|safe }}"), "Có chỗ {{ }} hoặc {% %} trong mẫu viết chưa đúng"),
        (template("{% autoescape false %}{{ so }}{% endautoescape %}"), "Có chỗ {{ }} hoặc {% %} trong mẫu"),
        (template("{{ so.__class__.__mro__ }}"), "Mẫu gọi tới phần không được phép."),
        (template("{{ can_cu.append('x') }}"), "Mẫu gọi tới phần không được phép."),
        (template("{% for a in range(9) %}{{ so }}{% endfor %}"), "Mẫu gọi tới phần không được phép."),
        (template("Kính gửi quý cơ quan"), "Mẫu chưa dùng từ nào của văn bản này"),
        (template("{{ so }}", linked=True), "Mẫu có phần lấy từ nơi khác"),
        (template("{{ so }}", "{% for a in can_cu %}" * 19 + "x" + "{% endfor %}" * 19), "Các vòng lặp trong mẫu lồng nhau"),
        (template("{{ so }}", "{% for a in can_cu %}" * 12 + "x" * 9_999 + "{% endfor %}" * 12), "Các vòng lặp trong mẫu"),
        (template("{{ so }}", "x" * 6_000_000), "Mẫu có quá nhiều chữ"),
        *((template("{{ so }}", text), "Mẫu gọi tới phần không được phép.") for text in RECKONING),
        (b"PK\x03\x04 not a package", "Không mở được tệp này như một văn bản Word."),
    ],
)  # fmt: skip
def test_a_template_that_does_not_stand_is_refused_in_one_sentence(content: bytes, why: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        check(KEY, content)
    assert str(refused.value).startswith(why)


def test_a_template_may_choose_shape_and_count_words() -> None:
    said = template(
        "{{ so|upper }} {{ can_cu|join('; ') }} {{ can_cu|length }} {{ trich_yeu|default('', true) }} {{ so|lower }}",
        "{% for a in can_cu if a != so %}{{ loop.index }}/{{ loop.length }} {{ a if loop.first else 'x' }}{% else %}0{% endfor %}",
        "{% if so is defined and (loai or not so) %}có{% elif mo_dau %}{% else %}không{% endif %}",
    )
    check(KEY, said)
    found = texts(opened(filled(said, words(so="Số 1a", can_cu=["Một", "Hai"], trich_yeu="t"))))
    assert found == ["SỐ 1A Một; Hai 2 t số 1a", "1/2 Một2/2 x", "có"]


def test_the_nearest_template_of_the_line_is_used(cast: Cast, django_assert_num_queries: Callable) -> None:
    def first(body: Organization | None) -> str:
        return texts(opened(render(KEY, words(so="Số 01"), body=body)))[0]

    with django_assert_num_queries(1):
        assert first(cast.ours) == "CƠ QUAN CẤP TRÊN"
    own_template(cast, None, "chung")
    own_template(cast, cast.superior, "cấp trên")
    assert (first(cast.ours), first(cast.partner), first(None)) == (
        "cấp trên Số 01",
        "chung Số 01",
        "chung Số 01",
    )
    own_template(cast, cast.ours, "riêng")
    assert (first(cast.ours), first(cast.neighbour)) == ("riêng Số 01", "cấp trên Số 01")


def test_a_template_that_fails_on_real_words_gives_way_to_the_portals_own(cast: Cast) -> None:
    kept = keep(upload(template("{{ so }} {{ cac_phan[1].tieu_de }}")), by=cast.quy)
    WordTemplate.objects.create(paper=KEY, file=kept)
    assert "SỐ 01" in [
        line.upper() for line in texts(opened(render(KEY, words(so="Số 01", cac_phan=[]), body=None)))
    ]


# --- the clean-up page


def test_an_administrator_brings_a_template_and_it_stays(cast: Cast) -> None:
    client = cast.client("quy")
    page = client.get(reverse("admin:portal_wordtemplate_add")).content.decode()
    assert "<code>noi_ngay</code>: địa danh, ngày, tháng, năm" in page
    posted = {"paper": KEY, "organization": cast.ours.pk, "note": ""}
    refused = client.post(
        reverse("admin:portal_wordtemplate_add"), posted | {"upload": upload(template("{{ ten_la }}"))}
    )
    assert "Mẫu dùng từ “ten_la” mà văn bản này không có." in refused.content.decode()
    assert "Chọn tệp mẫu." in client.post(reverse("admin:portal_wordtemplate_add"), posted).content.decode()
    assert not WordTemplate.objects.exists()
    taken = client.post(
        reverse("admin:portal_wordtemplate_add"), posted | {"upload": upload(SHEET.read_bytes())}
    )
    assert taken.status_code == 302
    forget_stale(timezone.now() + timedelta(days=1))
    row = WordTemplate.objects.get()
    assert (row.organization, row.file.name, Attachment.objects.count()) == (cast.ours, "mau.docx", 1)
    assert str(row).startswith(f"{PAPERS[KEY].label}: "), "a sentence names the paper, never its key"
    new = {**posted, "upload": upload(template("{{ so }}")), "reason": "Mẫu mới của cơ quan."}
    assert client.post(reverse("admin:portal_wordtemplate_change", args=[row.pk]), new).status_code == 302
    forget_stale(timezone.now() + timedelta(days=1))
    assert Attachment.objects.count() == 2  # what the earlier version had is history
    assert client.get(reverse("admin:word_sheet", args=[KEY])).content == SHEET.read_bytes()
    assert cast.client("lan").get(reverse("admin:word_sheet", args=[KEY])).status_code == 403


# --- heads and feet


@pytest.mark.parametrize(
    ("dated", "line"),
    [
        ("5/11/2021", "Ba Đình, ngày 05 tháng 11 năm 2021"),
        ("24/1/2018", "Ba Đình, ngày 24 tháng 01 năm 2018"),
        ("tháng 2/2020", "Ba Đình, ngày …… tháng 02 năm 2020"),
        ("2020", "Ba Đình, ngày …… tháng …… năm 2020"),
        ("5/11", "Ba Đình, ngày 05 tháng 11 năm ……"),
        ("", "Ba Đình, ngày …… tháng …… năm ……"),
    ],
)
def test_a_date_stands_with_two_digits_and_dots_for_what_is_unknown(dated: str, line: str) -> None:
    assert letterhead.place_and_date("Ba Đình", parse_date(dated) if dated else PartialDate.unknown()) == line


def test_a_number_follows_its_layout() -> None:
    say = letterhead.printed_number
    assert say(Layout.PARTY, "07-CTrPH/BDVQU-UBND") == "Số 07-CTrPH/BDVQU-UBND"
    assert say(Layout.STATE, "34/KH-UBND") == "Số: 34/KH-UBND"
    assert (say(Layout.PARTY, ""), say(Layout.STATE, "")) == ("Số ………", "Số: ………")
    to_come = letterhead.symbol_to_come
    assert to_come(Layout.PARTY, "CTrPH", ["BDVQU", "UBND"]) == "………-CTrPH/BDVQU-UBND"
    assert to_come(Layout.STATE, "KH", ["UBND"]) == "………/KH-UBND"
    assert to_come(Layout.STATE, "QCPH", ["UBND", "UBMTTQ"]) == "………/QCPH/UBND-UBMTTQ"
    assert to_come(Layout.PARTY, "CTrPH", ["BDVQU", ""]) == ""


def test_names_are_spelled_out_and_break_before_their_place() -> None:
    assert (
        letterhead.spelled("HĐND - UBND quận Ba Đình") == "Hội đồng nhân dân - Ủy ban nhân dân quận Ba Đình"
    )
    assert letterhead.under_committee("Ban Dân vận Quận ủy Ba Đình") == ("Quận ủy Ba Đình", "Ban Dân vận")
    assert letterhead.under_committee("UBND quận Ba Đình") == ("", "UBND quận Ba Đình")
    unbroken = {"Ủy ban nhân dân quận Ba Đình": "Ủy ban nhân dân quận_Ba_Đình",
                "Ban Dân vận Thành ủy Hà Nội": "Ban Dân vận Thành_ủy_Hà_Nội", "Quốc hội": "Quốc hội"}  # fmt: skip
    assert {name: letterhead.unbroken(name).replace("\u00a0", "_") for name in unbroken} == unbroken


@pytest.mark.parametrize(
    ("authority", "capacity", "party", "state"),
    [
        ("TM", "Chủ tịch", ["T/M BAN A", "CHỦ TỊCH"], ["TM. BAN A", "CHỦ TỊCH"]),
        ("KT", "Phó Chủ tịch", ["BAN A", "K/T CHỦ TỊCH", "PHÓ CHỦ TỊCH"], ["BAN A", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TL", "Chánh Văn phòng", ["T/L BAN A", "CHÁNH VĂN PHÒNG"], ["TL. BAN A", "CHÁNH VĂN PHÒNG"]),
        ("Q", "Trưởng ban", ["BAN A", "Q. TRƯỞNG BAN"], ["BAN A", "Q. TRƯỞNG BAN"]),
        ("", "Trưởng ban", ["BAN A", "TRƯỞNG BAN"], ["BAN A", "TRƯỞNG BAN"]),
        ("", "", ["BAN A"], ["BAN A"]),
    ],
)  # fmt: skip
def test_who_signs_stands_under_authority_and_post(
    authority: str, capacity: str, party: list[str], state: list[str]
) -> None:
    one = Signature(authority=authority, capacity=capacity)
    assert letterhead.signing_place(Layout.PARTY, "Ban A", one) == SigningPlace(party)
    assert letterhead.signing_place(Layout.STATE, "Ban A", one) == SigningPlace(state)


@pytest.mark.parametrize(
    ("capacity", "body", "post"),
    [
        ("Chủ tịch UBND phường Ba Đình", "Ủy ban nhân dân phường Ba Đình", "Chủ tịch"),
        ("Phó Chủ tịch Ủy ban nhân dân quận", "UBND quận Tân Bình", "Phó Chủ tịch"),
        ("Trưởng Ban Dân vận Quận ủy", "Ban Dân vận Quận ủy Ba Đình", "Trưởng Ban"),
        ("Quận ủy viên, Trưởng ban", "Ban Dân vận Quận ủy Ba Đình", "Quận ủy viên, Trưởng ban"),
        ("Chủ tịch HĐND quận", "UBND quận Ba Đình", "Chủ tịch HĐND quận"),
    ],
)
def test_the_name_of_the_body_is_not_said_twice(capacity: str, body: str, post: str) -> None:
    assert letterhead.post_of(capacity, body) == post


def test_signatures_and_recipients_never_part() -> None:
    paper = opened(filled(SHEET.read_bytes(), official_samples(Layout.PARTY)[1]))
    _, foot, annex = paper.tables
    block = foot.rows[-1]
    signed, recipients = block.cells[0].tables
    assert [len(signed.rows), recipients.cell(0, 0).text[:9]] == [4, "Nơi nhận:"]
    assert (
        block._tr.xpath("./w:trPr/w:cantSplit") and paper.styles["Đoạn cuối"].paragraph_format.keep_with_next
    )
    assert [cell.text for row in annex.rows for cell in row.cells] == [
        "TT", "Nội dung", "Kết quả", "1", "Một việc", "Đã làm"
    ]  # fmt: skip


def test_the_leading_body_signs_on_the_right_and_one_left_over_in_the_middle() -> None:
    places = [SigningPlace([], name) for name in ("một", "hai", "ba")]
    rows = letterhead.signing_rows(places)
    stands = [[row[where] and row[where]["nguoi_ky"] for where in ("trai", "giua", "phai")] for row in rows]
    assert stands == [["hai", None, "một"], [None, "ba", None]]


def test_the_bases_end_as_an_enumeration_does() -> None:
    said = list(letterhead.punctuated(["Căn cứ A;", "Căn cứ B.", "Căn cứ C"]))
    assert said == ["Căn cứ A;", "Căn cứ B;", "Căn cứ C."]
    assert letterhead.basis("Nghị quyết A") == "Căn cứ Nghị quyết A"
    assert letterhead.basis("Thực hiện Nghị quyết A") == "Thực hiện Nghị quyết A"


def test_a_draft_says_its_day(settings: object) -> None:
    assert letterhead.draft_mark(date(2026, 2, 5)) == "DỰ THẢO ngày 5/2/2026"
    settings.DEMO = True
    assert letterhead.reminder(sample=True, unapproved=True) == (
        "BẢN TRÌNH DIỄN · DỮ LIỆU MẪU · CHƯA ĐƯỢC DUYỆT TRÊN CỔNG"
    )


def test_no_template_says_where_it_was_written() -> None:
    for sheet in sheets():
        about = opened(sheet.path.read_bytes()).core_properties
        assert (about.author, about.last_modified_by, about.created.replace(tzinfo=None)) == (
            "",
            "",
            datetime(2026, 1, 1),
        )

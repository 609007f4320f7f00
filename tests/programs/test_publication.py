"""The one page before publishing: every part and file on its side, in the words the visitor then reads."""

import html
import re

import pytest

from portal.actions.copies import save_copy
from portal.actions.documents import (
    BasisEntry,
    FileEntry,
    PaperEntry,
    PartnerEntry,
    SignatureEntry,
    SourceEntry,
)
from portal.dates import parse_date, parse_period
from portal.models import Attachment, Document
from portal.publication import Line, publication_preview
from programs import actions
from programs.actions import BodyEntry, ItemEntry
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.forms.programs import raw_data
from programs.models import Plan, Program
from tests.cast import Cast, make_program

INSIDE_WORDS = "chỉ-người-trong-nhà-đọc"


def make_file(cast: Cast, name: str, size: int, **fields: object) -> Attachment:
    """A file waiting for its paper."""
    sha256 = f"{size:064d}"
    return Attachment.objects.create(
        name=name, kind="pdf", size=size, sha256=sha256, uploaded_by=cast.lan, **fields
    )


def full_program(cast: Cast, state: str = "approved") -> Program:
    """A programme with something on every side of the page."""
    return make_program(
        cast, state, number="07-CTrPH/BDVĐU-UBND", note=f"{INSIDE_WORDS} 1",
        partners=[
            PartnerEntry(1, cast.ours, focal_room=f"{INSIDE_WORDS} 2", responsibilities="Chủ trì, theo dõi chung"),
            PartnerEntry(2, cast.partner),
            PartnerEntry(2, printed="các đoàn thể"),
        ],
        signatures=[SignatureEntry(1, name="Trần Văn A", capacity="Trưởng ban"),
                    SignatureEntry(2, capacity="Chủ tịch UBND", authority="KT")],
        bases=[BasisEntry("Luật Thực hiện dân chủ ở cơ sở"), BasisEntry("Quyết định số 11-QĐ/TW")],
        sources=[SourceEntry("Ba Đình ký kết chương trình", "Báo A")],
        files=[FileEntry(make_file(cast, "ban-ky.pdf", 1_250_000), audience="public"),
               FileEntry(make_file(cast, f"{INSIDE_WORDS}-3.pdf", 2048)),
               FileEntry(make_file(cast, f"{INSIDE_WORDS}-4.pdf", 4096), audience="parties")],
        items=[ItemEntry("Tiếp công dân, đối thoại với Nhân dân"),
               ItemEntry(f"{INSIDE_WORDS} 5", audience="body"),
               ItemEntry(f"{INSIDE_WORDS} 6", audience="parties"),
               ItemEntry("Cải cách hành chính")],
        texts={
            "purposes": "Tăng đồng thuận", "methods": "Trao đổi thường xuyên", "implementation": "Mỗi năm họp một lần",
            "articles": "Điều 1. Phạm vi", "theme": "Năm dân vận khéo", "cadence": "yearly",
            "cadence_printed": "mỗi năm một lần", "consent_by": f"{INSIDE_WORDS} 7", "note": f"{INSIDE_WORDS} 8",
        },
        consented=parse_date("1/2/2003"),
    )  # fmt: skip


def test_every_part_stands_on_its_side(cast: Cast) -> None:
    preview = publication_preview(full_program(cast))
    assert [(line.part, line.words) for line in preview.public] == [
        ("Loại văn bản", "Chương trình phối hợp"),
        ("Tên gọi", "Phối hợp thực hiện công tác dân vận"),
        ("Số, ký hiệu", "07-CTrPH/BDVĐU-UBND"),
        ("Ngày ký", "thứ Năm, 14/4/2022"),
        ("Bên 1", "Ban Dân vận Đảng ủy phường Ba Đình"),
        ("Bên 2", "UBND phường Ba Đình - các đoàn thể"),
        ("Người ký, bên 1", "Trần Văn A, Trưởng ban"),
        ("Người ký, bên 2", "KT. Chủ tịch UBND"),
        ("Thời hạn", "2022–2026"),
        ("Chủ đề, dịp ký", "Năm dân vận khéo"),
        ("Nội dung 1", "Tiếp công dân, đối thoại với Nhân dân"),
        ("Nội dung 2", "Cải cách hành chính"),
        ("Mục đích, yêu cầu", "Tăng đồng thuận"),
        ("Phương thức phối hợp", "Trao đổi thường xuyên"),
        ("Tổ chức thực hiện", "Mỗi năm họp một lần"),
        ("Chương, điều", "Điều 1. Phạm vi"),
        ("Chế độ sơ kết", "hằng năm (văn bản ghi: mỗi năm một lần)"),
        ("Trách nhiệm của Ban Dân vận Đảng ủy phường Ba Đình", "Chủ trì, theo dõi chung"),
        ("Căn cứ 1", "Luật Thực hiện dân chủ ở cơ sở"),
        ("Căn cứ 2", "Quyết định số 11-QĐ/TW"),
        ("Nguồn", "Báo A: Ba Đình ký kết chương trình"),
        ("Tệp", "ban-ky.pdf (1,2 MB)"),
        ("Cơ quan giữ", "Ban Dân vận Đảng ủy phường Ba Đình"),
    ]
    assert [(line.part, line.words) for line in preview.inside] == [
        ("Nội dung phối hợp", f"{INSIDE_WORDS} 5 (chỉ cơ quan soạn xem)"),
        ("Nội dung phối hợp", f"{INSIDE_WORDS} 6 (chỉ các bên và cấp trên xem)"),
        ("Cho ý kiến trước khi ký", f"{INSIDE_WORDS} 7, ngày 1/2/2003"),
        ("Tệp", f"{INSIDE_WORDS}-3.pdf (2 KB) (chỉ cơ quan soạn xem)"),
        ("Tệp", f"{INSIDE_WORDS}-4.pdf (4 KB) (chỉ các bên và cấp trên xem)"),
        ("Bộ phận đầu mối của Ban Dân vận Đảng ủy phường Ba Đình", f"{INSIDE_WORDS} 2"),
        ("Ghi chú nội bộ", f"{INSIDE_WORDS} 8"),
        ("Ghi chú nội bộ", f"{INSIDE_WORDS} 1"),
        ("Nhật ký", "Mọi lần sửa, người sửa, lý do trả lại"),
    ]


def page_words(page: str) -> str:
    """What a visitor reads: the page without its markup."""
    text = re.sub(r"<wbr>|</?span[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_visitor_reads_what_was_previewed_and_nothing_inside(cast: Cast) -> None:
    program = full_program(cast)
    preview = publication_preview(program)
    actions.publish(program, by=cast.hung, expected=program.version)
    program.refresh_from_db()
    page = cast.client(None).get(f"/chuong-trinh/{program.slug}/").text
    words = page_words(page)
    told = {line.part: line.words for line in preview.public if line.part not in {"Căn cứ", "Tệp"}}
    told["Người ký, bên 2"] = "Chủ tịch UBND"
    assert [part for part, said in told.items() if " ".join(said.split()) not in words] == []
    assert "ban-ky.pdf" in words and words.count("Quyết định số 11-QĐ/TW") == 1
    assert INSIDE_WORDS not in page and "1/2/2003" not in page


def test_a_part_that_is_missing_is_not_named(cast: Cast) -> None:
    preview = publication_preview(
        make_program(cast, items=[], dated=parse_date(""), marks={"items": {"missing": "unknown"}})
    )
    told = {line.part: line.words for line in preview.public}
    assert told["Ngày ký"] == "chưa rõ" and told["Nội dung phối hợp"] == "không rõ"
    assert not {"Số, ký hiệu", "Căn cứ", "Nguồn", "Tệp", "Chủ đề, dịp ký"} & set(told)
    assert preview.inside == [Line("Nhật ký", "Mọi lần sửa, người sửa, lý do trả lại")]


def test_a_draft_paper_is_said_to_be_one(cast: Cast) -> None:
    program = make_program(cast)
    Document.objects.filter(pk=program.document_id).update(signing="draft")
    program.document.refresh_from_db()
    assert Line("Ngày ký", "dự thảo, chưa ký") in publication_preview(program).public


@pytest.mark.parametrize(("state", "side"), [("approved", "inside"), ("published", "public")])
def test_the_term_before_is_named_only_when_public_itself(cast: Cast, state: str, side: str) -> None:
    old = make_program(cast, state, period="2017-2021")
    preview = publication_preview(make_program(cast, predecessor=old))
    assert [line.part for line in getattr(preview, side) if line.part == "Tiếp nối"] == ["Tiếp nối"]
    other = preview.public if side == "inside" else preview.inside
    assert "Tiếp nối" not in [line.part for line in other]


def test_an_open_working_copy_stays_inside(cast: Cast) -> None:
    program = make_program(cast, "published")
    before = publication_preview(program)
    data = raw_data(program)
    data["title"] = f"Tên {INSIDE_WORDS}"
    save_copy("program", program, data, by=cast.lan, expected=None)
    after = publication_preview(program)
    assert after.public == before.public
    assert "Bản đang sửa" in [line.part for line in after.inside]


def test_a_plan_under_a_programme_that_is_not_public(cast: Cast) -> None:
    program = make_program(cast, "approved", title=f"Chương trình {INSIDE_WORDS}")
    paper = PaperEntry("Kế hoạch công tác dân vận năm 2026", partners=[PartnerEntry(1, cast.ours)])
    entry = PlanEntry(paper, program=program, period=parse_period("năm 2026"), content="Mở 2 lớp tập huấn")
    plan = save_companion(None, entry, model=Plan, by=cast.lan, keeper=cast.ours)
    preview = publication_preview(plan)
    assert (
        Line("Thời gian", "2026") in preview.public
        and Line("Nội dung", "Mở 2 lớp tập huấn") in preview.public
    )
    assert [line.part for line in preview.inside] == ["Thuộc chương trình", "Nhật ký"]
    Plan.objects.filter(pk=plan.pk).update(state="approved", approved_at="2026-01-01T00:00Z")
    plan.refresh_from_db()
    publish_companion(plan, by=cast.hung, expected=plan.version)
    plan.refresh_from_db()
    page = page_words(cast.client(None).get(f"/ke-hoach/{plan.slug}/").text)
    assert "Mở 2 lớp tập huấn" in page and str(program) not in page


def test_nothing_is_cut(cast: Cast) -> None:
    text = "Tuyên truyền, vận động " * 40
    item = ItemEntry(text, bodies=[BodyEntry("lead", cast.ours), BodyEntry("joint", printed="các đoàn thể")])
    told = {line.part: line.words for line in publication_preview(make_program(cast, items=[item])).public}
    assert told["Nội dung 1"] == f"{text}\nChủ trì: {cast.ours}\nPhối hợp: các đoàn thể"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_parts(cast: Cast, rows: int, django_assert_num_queries: object) -> None:
    program = make_program(
        cast,
        items=[f"Việc {number}" for number in range(rows)],
        signatures=[SignatureEntry(1, name=f"Người {number}") for number in range(rows)],
        sources=[SourceEntry(f"Bài {number}") for number in range(rows)],
        files=[
            FileEntry(make_file(cast, f"{number}.pdf", number), audience="public") for number in range(rows)
        ],
    )
    program = Program.objects.select_related("document__type", "keeper").get(pk=program.pk)
    with django_assert_num_queries(12):
        assert len(publication_preview(program).public) >= 6 + 4 * rows

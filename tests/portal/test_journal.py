"""The journal: every act in order, with what it changed from what to what, in words and in few queries."""

import pytest
from django.template.loader import render_to_string

from portal.actions import records
from portal.actions.documents import (
    BasisEntry,
    FileEntry,
    PartnerEntry,
    SignatureEntry,
    SourceEntry,
)
from portal.changes import Change
from portal.dates import parse_date, parse_period
from portal.history import acting
from portal.journal import changes_since, journal_of
from portal.models import Attachment, Document, Source, Tag, Verb
from portal.versions import family
from programs import actions
from programs.actions import BodyEntry, ItemEntry
from programs.models import ContentItem, ItemBody, Program
from tests.cast import Cast, make_entry, make_program

ITEMS = ["Tiếp công dân", "Cải cách hành chính", "Hòa giải ở cơ sở", "Vận động hiến đất"]


def edit(cast: Cast, program: Program, **changes: object) -> list[Change]:
    """Save the programme with these differences; what the journal says of it."""
    program.refresh_from_db()
    own = [ItemEntry(one.text, one.pk, audience=one.audience) for one in program.items.all()]
    entry = make_entry(cast, **{"items": own} | changes)
    actions.save_program(program, entry, by=cast.lan, expected=program.version)
    program.refresh_from_db()
    return journal_of(program, 1)[0].changes


def own_items(program: Program) -> list[ItemEntry]:
    """The items as the form would hand them back."""
    return [ItemEntry(one.text, one.pk, audience=one.audience) for one in program.items.all()]


@pytest.fixture
def program(cast: Cast) -> Program:
    """A programme of four items."""
    return make_program(cast, items=ITEMS)


def test_every_act_is_told_newest_first(cast: Cast, program: Program) -> None:
    records.submit(program, by=cast.lan)
    records.send_back(program, by=cast.hung, reason="Ghi rõ bên chủ trì.", expected=program.version)
    told = journal_of(program)
    assert [(one.who, one.verb, one.reason, one.changes) for one in told] == [
        ("Trần Văn Hùng", "trả lại", "Ghi rõ bên chủ trì.", []),
        ("Nguyễn Thị Lan", "trình lãnh đạo", "", []),
        ("Nguyễn Thị Lan", "tạo", "", []),
    ]
    assert told[0].said == "Trần Văn Hùng, Ban Dân vận Đảng ủy phường Ba Đình: trả lại"
    assert journal_of(program, limit=1) == told[:1]


def test_a_date_and_a_period_are_one_line_with_their_words(cast: Cast, program: Program) -> None:
    changes = edit(cast, program, dated=parse_date("tháng 5/2022"), period="giai đoạn 2022 - 2025")
    assert changes == [
        Change("Ngày ký", "14/4/2022", "tháng 5/2022"),
        Change("Thời hạn", "2022–2026 (in là “2022-2026”)", "2022–2025 (in là “giai đoạn 2022 - 2025”)"),
    ]


def test_fields_are_said_by_their_names_and_technical_ones_not_at_all(cast: Cast, program: Program) -> None:
    follows = make_program(cast, title="Chương trình cấp trên")
    changes = edit(
        cast, program, title="Phối hợp công tác dân vận", number="07-CTrPH/BDVĐU-UBND", follows=follows,
        texts={"cadence": "yearly", "theme": "Năm dân vận khéo"},
    )  # fmt: skip
    assert changes == [
        Change("Trích yếu, tên gọi", "Phối hợp thực hiện công tác dân vận", "Phối hợp công tác dân vận"),
        Change("Số, ký hiệu", "", "07-CTrPH/BDVĐU-UBND"),
        Change("Chủ đề, dịp ký", "", "Năm dân vận khéo"),
        Change("Chế độ sơ kết", "", "hằng năm"),
        Change("Thực hiện theo chương trình cấp trên", "", str(follows)),
    ]


def test_a_note_kept_in_two_places_is_told_once(cast: Cast, program: Program) -> None:
    changes = edit(cast, program, note="Chờ bản có dấu", texts={"note": "Chờ bản có dấu"})
    assert changes == [Change("Ghi chú nội bộ", "", "Chờ bản có dấu")]


def test_a_text_that_became_unknown_is_one_line(cast: Cast, program: Program) -> None:
    edit(cast, program, texts={"purposes": "Tăng đồng thuận"})
    marks = {"purposes": {"missing": "unknown"}, "bases": {"missing": "none"}}
    assert edit(cast, program, marks=marks) == [
        Change("Mục đích, yêu cầu", "Tăng đồng thuận", "không rõ"),
        Change("Căn cứ", "", "không có"),
    ]


def test_what_the_writer_confirmed_is_said_in_words_a_leader_reads(cast: Cast, program: Program) -> None:
    entry = make_entry(cast, items=own_items(program))
    entry.paper.marks = {"period": {"kept": "a1b2"}, "partners": {"as_printed": ["các đoàn thể"]}}
    actions.save_program(program, entry, by=cast.lan, expected=program.version)
    assert journal_of(program, 1)[0].changes == [
        Change("Bên phối hợp", "", "người soạn xác nhận tên ghi đúng như văn bản: các đoàn thể"),
        Change("Thời hạn", "", "người soạn xác nhận là đúng"),
    ]


def test_items_added_dropped_changed(cast: Cast, program: Program) -> None:
    first, second, _, fourth = own_items(program)
    second.text = "Cải cách hành chính, chuyển đổi số"
    added = ItemEntry("Phòng cháy", audience="body")
    assert edit(cast, program, items=[first, second, added, fourth]) == [
        Change("Nội dung phối hợp 2", "Cải cách hành chính", "Cải cách hành chính, chuyển đổi số"),
        Change("Bỏ nội dung phối hợp", "Hòa giải ở cơ sở", ""),
        Change("Thêm nội dung phối hợp", "", "Phòng cháy (ai được xem: cơ quan soạn)"),
    ]


def test_only_the_row_that_was_moved_is_told(cast: Cast, program: Program) -> None:
    items = own_items(program)
    assert edit(cast, program, items=[items[3], *items[:3]]) == [
        Change("Đổi thứ tự nội dung phối hợp “Vận động hiến đất”", "thứ 4", "thứ 1")
    ]


def test_rows_pushed_along_did_not_move(cast: Cast, program: Program) -> None:
    items = own_items(program)
    assert [one.label for one in edit(cast, program, items=[ItemEntry("Mới"), *items])] == [
        "Thêm nội dung phối hợp"
    ]
    items = own_items(program)
    assert [one.label for one in edit(cast, program, items=items[1:])] == ["Bỏ nội dung phối hợp"]


def test_a_row_past_one_that_stood_still_moved(cast: Cast, program: Program) -> None:
    first, second, third, _ = own_items(program)
    edit(cast, program, items=[first, second, third])
    _, second, third = own_items(program)
    assert edit(cast, program, items=[third, second]) == [
        Change("Bỏ nội dung phối hợp", "Tiếp công dân", ""),
        Change("Đổi thứ tự nội dung phối hợp “Hòa giải ở cơ sở”", "thứ 3", "thứ 1"),
    ]


def test_bodies_of_an_item_say_which_item(cast: Cast, program: Program) -> None:
    items = own_items(program)
    items[1].bodies = [BodyEntry(ItemBody.Part.LEAD, cast.partner)]
    assert edit(cast, program, items=items) == [
        Change(
            "Thêm cơ quan thực hiện",
            "",
            "UBND phường Ba Đình (nội dung: Cải cách hành chính; vai trò: chủ trì)",
        )
    ]
    assert [one.label for one in edit(cast, program, items=[*own_items(program)[:1]])] == [
        "Bỏ nội dung phối hợp"
    ] * 3, "bodies go with their items without a line of their own"


def test_rows_of_the_paper(cast: Cast, program: Program) -> None:
    partners = [
        PartnerEntry(1, cast.ours, focal_room="Văn phòng"),
        PartnerEntry(2, cast.superior),
    ]
    signatures = [SignatureEntry(2, name="Trần Văn A", capacity="Trưởng ban", authority="KT")]
    changes = edit(
        cast, program, partners=partners, signatures=signatures, bases=[BasisEntry("Luật Thực hiện dân chủ ở cơ sở")]
    )  # fmt: skip
    assert changes == [
        Change("Bên phối hợp “Ban Dân vận Đảng ủy phường Ba Đình”: bộ phận đầu mối", "", "Văn phòng"),
        Change("Bỏ bên phối hợp", "UBND phường Ba Đình (bên thứ 2)", ""),
        Change("Thêm bên phối hợp", "", "Ban Dân vận Thành ủy Hà Nội (bên thứ 2)"),
        Change("Thêm chữ ký", "", "Trần Văn A, Trưởng ban (bên thứ 2; thẩm quyền: KT. (ký thay))"),
        Change("Thêm căn cứ, trích dẫn", "", "Luật Thực hiện dân chủ ở cơ sở"),
    ]


def test_a_file_comes_goes_and_opens(cast: Cast, program: Program) -> None:
    file = Attachment.objects.create(name="ban-ky.pdf", kind="pdf", size=1000, sha256="0" * 64)
    assert edit(cast, program, files=[FileEntry(file)]) == [Change("Thêm tệp đính kèm", "", "ban-ky.pdf")]
    assert edit(cast, program, files=[FileEntry(file, audience="public")]) == [
        Change("Tệp đính kèm “ban-ky.pdf”: ai được xem", "cơ quan soạn", "mọi người")
    ]
    assert edit(cast, program) == [Change("Bỏ tệp đính kèm", "ban-ky.pdf (ai được xem: mọi người)", "")]


def test_a_source_put_right_in_the_form_is_told(cast: Cast, program: Program) -> None:
    edit(cast, program, sources=[SourceEntry("Ba Đình ký kết", publisher="Báo A")])
    source = Source.objects.get()
    assert edit(cast, program, sources=[SourceEntry("Ba Đình ký kết", publisher="Báo B", source=source)]) == [
        Change("Nguồn “Ba Đình ký kết”: nơi đăng", "Báo A", "Báo B")
    ]


def test_tags(cast: Cast, program: Program) -> None:
    tag = Tag.objects.create(key="dvcq", name="Dân vận chính quyền")
    assert edit(cast, program, tags=[tag]) == [
        Change("Thêm nhãn của chương trình", "", "Dân vận chính quyền")
    ]


def test_long_texts_are_shown_around_what_differs(cast: Cast, program: Program) -> None:
    text = " ".join(f"từ{number}" for number in range(400))
    edit(cast, program, texts={"purposes": text})
    change = edit(cast, program, texts={"purposes": text.replace("từ200", "chữ mới")})[0]
    assert "từ200" in change.before and "chữ mới" in change.after
    assert len(change.before) < 200 and change.before.startswith("…") and change.before.endswith("…")


def test_a_correction_of_the_paper_alone_is_in_the_journal(cast: Cast, program: Program) -> None:
    with acting(Verb.CORRECT, program.document, by=cast.quy, reason="sai chính tả"):
        program.document.title = "Tên đã sửa"
        program.document.save()
    entry = journal_of(program)[0]
    assert (entry.who, entry.verb, entry.reason) == ("Ngô Văn Quý", "chỉnh sửa dữ liệu", "sai chính tả")
    assert entry.changes == [
        Change("Trích yếu, tên gọi", "Phối hợp thực hiện công tác dân vận", "Tên đã sửa")
    ]
    assert journal_of(program.document)[0].changes == entry.changes


def test_an_ending_is_told_with_its_day(cast: Cast) -> None:
    program = make_program(cast, "approved")
    version = program.version
    actions.terminate(
        program, by=cast.hung, on=parse_date("1/7/2025").first, reason="Sắp xếp lại", expected=program.version
    )
    entry = changes_since(program, version)[0]
    assert (entry.verb, entry.version) == ("ghi nhận kết thúc", version + 1)
    assert Change("Chấm dứt từ ngày", "", "1/7/2025") in entry.changes


def test_what_was_done_since_a_version(cast: Cast, program: Program) -> None:
    opened = program.version
    edit(cast, program, title="Tên một")
    edit(cast, program, title="Tên hai")
    assert [[one.after for one in entry.changes] for entry in changes_since(program, opened)] == [
        ["Tên hai"], ["Tên một"]
    ]  # fmt: skip
    assert changes_since(program, program.version) == []


def test_another_record_is_never_told(cast: Cast, program: Program) -> None:
    other = make_program(cast, title="Chương trình khác", items=["Việc khác"])
    edit(cast, other, title="Chương trình khác, sửa")
    assert len(journal_of(program)) == 1


def test_the_rows_of_a_record_follow_from_the_models() -> None:
    names = {branch.model._meta.label for branch in family(Program) if not branch.is_register}
    assert names == {
        "portal.Document", "portal.Partner", "portal.Signature", "portal.Citation", "portal.SourceUse",
        "portal.Attachment", "portal.Figure", "portal.FigurePart", "programs.Program", "programs.ProgramTag",
        "programs.ContentItem", "programs.ItemBody",
    }  # fmt: skip


@pytest.mark.parametrize("acts", [1, 3])
def test_queries_do_not_grow_with_the_acts(
    cast: Cast, program: Program, acts: int, django_assert_num_queries: object
) -> None:
    for number in range(acts):
        items = own_items(program)
        items[0].text, items[1].bodies = (
            f"Nội dung sửa lần {number}",
            [BodyEntry("lead", cast.partner if number % 2 else cast.ours)],
        )
        edit(cast, program, title=f"Tên {number}", items=items, dated=parse_date(f"{number + 1}/5/2022"))
    program = Program.objects.select_related("document").get(pk=program.pk)
    with django_assert_num_queries(8):
        told = journal_of(program, acts)
        assert len(told) == acts and all(len(one.changes) >= 4 for one in told)


def test_nothing_done_is_two_queries_at_most(db: None, django_assert_num_queries: object) -> None:
    paper = Document.objects.create(title="Luật")
    with django_assert_num_queries(1):
        assert journal_of(paper) == []


def test_the_journal_is_drawn_with_del_and_ins(cast: Cast, program: Program) -> None:
    edit(cast, program, title="<b>Tên</b>")
    drawn = render_to_string("components/journal.html", {"entries": journal_of(program)})
    assert "<del>Phối hợp thực hiện công tác dân vận</del>" in drawn
    assert "<ins>&lt;b&gt;Tên&lt;/b&gt;</ins>" in drawn
    assert drawn.count("journal-act") == 2
    assert "Không có thay đổi" not in drawn
    assert "Không có thay đổi" in render_to_string("components/changes.html", {"changes": []})


def test_rows_written_in_bulk_are_told(cast: Cast, program: Program) -> None:
    from portal.history import bulk_update

    with acting(Verb.CORRECT, program, by=cast.quy):
        items = list(program.items.all())
        for item in items:
            item.audience = "body"
        bulk_update(items, ["audience"])
    assert len(journal_of(program)[0].changes) == 4
    assert ContentItem.objects.filter(audience="body").count() == 4


def test_period_words_of_an_unknown_period(cast: Cast, program: Program) -> None:
    assert parse_period("không rõ").text == "không rõ"
    change = edit(cast, program, period="không rõ")[0]
    assert change == Change("Thời hạn", "2022–2026 (in là “2022-2026”)", "không rõ thời hạn")


def test_a_save_that_changed_nothing_says_so_and_publication_tells_no_address(
    cast: Cast, program: Program
) -> None:
    edit(cast, program)
    records.submit(program, by=cast.lan)
    program.refresh_from_db()
    actions.approve(program, by=cast.hung, expected=program.version)
    actions.publish(program, by=cast.hung, expected=program.version)
    told = [(one.verb, one.changes) for one in journal_of(program)]
    assert told == [
        ("công khai", []),
        ("duyệt", []),
        ("trình lãnh đạo", []),
        ("sửa, không đổi nội dung", []),
        ("tạo", []),
    ]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "07-CTrPH", [("added", "07-CTrPH")]),
        ("14/4/2022", "15/4/2022", [("dropped", "14/4/2022"), ("added", "15/4/2022")]),
        (
            "Tổ chức hội nghị mỗi năm một lần",
            "Tổ chức hội nghị mỗi quý một lần",
            [("kept", "Tổ chức hội nghị mỗi"), ("dropped", " năm"), ("added", " quý"), ("kept", " một lần")],
        ),
        (
            "Tiếp công dân, đối thoại với Nhân dân",
            "Cải cách hành chính, chuyển đổi số ở cơ sở",
            [
                ("dropped", "Tiếp công dân, đối thoại với Nhân dân"),
                ("added", "Cải cách hành chính, chuyển đổi số ở cơ sở"),
            ],
        ),
    ],
)
def test_a_change_is_told_word_by_word(before: str, after: str, pieces: list) -> None:
    assert Change("Nội dung", before, after).pieces == pieces

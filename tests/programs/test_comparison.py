"""Terms side by side and versions side by side: what is kept, changed, added, dropped, moved, and nothing else."""

import time

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from portal.actions.copies import as_data, as_query
from portal.actions.documents import (
    BasisEntry,
    FileEntry,
    PaperEntry,
    PartnerEntry,
    SignatureEntry,
    SourceEntry,
)
from portal.changes import Change
from portal.dates import parse_date, parse_period
from portal.forms.rows import edit_rows
from portal.journal import journal_of
from portal.models import Attachment, Audience, Tag, Verb
from portal.paste import LEFT_OVER
from programs import actions
from programs.actions import ItemEntry
from programs.actions.companions import CompanionEntry, PlanEntry, save_companion
from programs.comparison import Pair, difference, lineage_pairs
from programs.forms.companions import AmendmentForm, amendment_data
from programs.forms.plans import PlanForm, plan_data
from programs.forms.programs import ProgramForm, next_term_data, raw_data
from programs.models import Amendment, Plan, Program
from tests.cast import Cast, make_program

OLD = ["Tiếp công dân", "Cải cách hành chính", "Hòa giải ở cơ sở", "Vận động hiến đất"]


def new_term(cast: Cast, old: Program, items: list) -> Program:
    """The term after ``old`` with these items."""
    return make_program(cast, items=items, predecessor=old, period="2027-2031", dated=parse_date("2027"))


# --- two terms


def test_the_new_term_beside_the_old_one(cast: Cast) -> None:
    old = make_program(cast, items=OLD)
    one, two, _, four = old.items.all()
    new = new_term(cast, old, [
        ItemEntry("Chuyển đổi số"),
        ItemEntry("Cải cách hành chính, chuyển đổi số", origin=two),
        ItemEntry("Tiếp  công dân.", origin=one),
        ItemEntry("Vận động hiến đất", origin=four),
    ])  # fmt: skip
    assert lineage_pairs(new) == [
        ("added", "", "Chuyển đổi số"),
        ("changed", "Cải cách hành chính", "Cải cách hành chính, chuyển đổi số"),
        ("dropped", "Hòa giải ở cơ sở", ""),
        ("kept", "Tiếp công dân", "Tiếp  công dân."),
        ("kept", "Vận động hiến đất", "Vận động hiến đất"),
    ]


def test_dropped_items_stand_where_they_stood(cast: Cast) -> None:
    old = make_program(cast, items=OLD)
    _, _, three, _ = old.items.all()
    new = new_term(cast, old, [ItemEntry("Hòa giải ở cơ sở", origin=three)])
    assert [pair.kind for pair in lineage_pairs(new)] == ["dropped", "dropped", "kept", "dropped"]
    assert [pair.before for pair in lineage_pairs(new)] == OLD


def test_without_recorded_origins_the_same_words_are_kept(cast: Cast) -> None:
    old = make_program(cast, items=OLD)
    new = new_term(cast, old, ["TIẾP CÔNG DÂN;", "Phòng cháy", "Tiếp công dân"])
    assert lineage_pairs(new) == [
        Pair("kept", "Tiếp công dân", "TIẾP CÔNG DÂN;"),
        Pair("dropped", "Cải cách hành chính", ""),
        Pair("dropped", "Hòa giải ở cơ sở", ""),
        Pair("dropped", "Vận động hiến đất", ""),
        Pair("added", "", "Phòng cháy"),
        Pair("added", "", "Tiếp công dân"),
    ]


def test_an_item_of_another_programme_is_no_origin(cast: Cast) -> None:
    old, stranger = make_program(cast, items=OLD[:1]), make_program(cast, title="Khác", items=["Việc khác"])
    new = new_term(cast, old, [ItemEntry("Việc mới", origin=stranger.items.get())])
    assert lineage_pairs(new) == [("dropped", "Tiếp công dân", ""), ("added", "", "Việc mới")]


def test_one_item_may_become_two(cast: Cast) -> None:
    old = make_program(cast, items=OLD[:1])
    origin = old.items.get()
    new = new_term(cast, old, [ItemEntry("Tiếp dân", origin=origin), ItemEntry("Đối thoại", origin=origin)])
    assert [pair.kind for pair in lineage_pairs(new)] == ["changed", "changed"]


def test_a_first_term_has_nothing_beside_it(cast: Cast, django_assert_num_queries: object) -> None:
    program = make_program(cast)
    with django_assert_num_queries(0):
        assert lineage_pairs(program) == []


def test_what_a_reader_may_not_read_leaves_no_trace(cast: Cast) -> None:
    """With and without the inside items the public sees the same pairs."""
    seen = []
    for inside in (False, True):
        old = make_program(cast, title=f"Cũ {inside}", items=[
            ItemEntry("Tiếp công dân"), *[ItemEntry("Việc nội bộ", audience="body")] * inside, ItemEntry("Hòa giải"),
        ])  # fmt: skip
        by_text = {item.text: item for item in old.items.all()}
        items = [ItemEntry("Tiếp công dân", origin=by_text["Tiếp công dân"])]
        if inside:
            items += [
                ItemEntry("Hòa giải, bản kín", origin=by_text["Hòa giải"], audience="parties"),
                ItemEntry("Việc nội bộ nay công khai", origin=by_text["Việc nội bộ"]),
            ]
        else:
            items += [ItemEntry("Việc nội bộ nay công khai")]
        seen.append(lineage_pairs(new_term(cast, old, items)))
    assert seen[0] == seen[1]
    assert "kín" not in str(seen) and ("kept", "Tiếp công dân", "Tiếp công dân") in seen[1]


def test_the_drafting_body_sees_all_of_it(cast: Cast) -> None:
    old = make_program(cast, items=[ItemEntry("Việc nội bộ", audience="body")])
    new = new_term(cast, old, [ItemEntry("Việc nội bộ", origin=old.items.get(), audience="parties")])
    assert [pair.kind for pair in lineage_pairs(new, set(Audience))] == ["kept"]
    assert [pair.kind for pair in lineage_pairs(new, {"parties", "public"})] == ["added"]
    assert [pair.kind for pair in lineage_pairs(new, set(Audience), before={"public"})] == ["added"]
    assert lineage_pairs(new) == []


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_whatever_the_items(cast: Cast, count: int, django_assert_num_queries: object) -> None:
    new = new_term(cast, make_program(cast, items=OLD[:count]), OLD[:count])
    new = Program.objects.get(pk=new.pk)
    with django_assert_num_queries(2):
        assert len(lineage_pairs(new)) == count


def test_the_next_term_as_copied_is_kept_whole(cast: Cast) -> None:
    """The raw data of a new term, through its form, continues every item."""
    old = make_program(cast, "approved", items=OLD)
    form = ProgramForm(next_term_data(old), user=cast.lan)
    assert form.is_valid(), form.head.errors
    new = actions.save_program(None, form.entry(), by=cast.lan, keeper=cast.ours)
    assert lineage_pairs(new) == [Pair("kept", text, text) for text in OLD]
    assert all(item.origin_id for item in new.items.all())


def test_the_next_term_moves_its_own_years_on_to_be_looked_at(cast: Cast) -> None:
    title, own = "Công tác dân vận giai đoạn 2021-2026", "Theo Chương trình 2021-2030, giai đoạn 2021-2026"
    texts = {"purposes": own, "methods": "Họp hằng quý"}
    old = make_program(
        cast, title=title, period="2021-2026", items=["Sơ kết 2021-2026", "Tiếp dân"], texts=texts
    )
    data = next_term_data(old)
    told = [data[name] for name in ("title", "purposes", "methods", "items-0-text", "items-1-text")]
    assert told == [
        "Công tác dân vận giai đoạn 2026-2031", "Theo Chương trình 2021-2030, giai đoạn 2026-2031",
        "Họp hằng quý", "Sơ kết 2026-2031", "Tiếp dân",
    ]  # fmt: skip
    assert (data["proposed"], "period" in data) == ("title purposes items", False)
    form = ProgramForm(data, user=cast.lan)
    assert str(form.head.cleaned_data["period"]) == "2026–2031"
    untitled = next_term_data(make_program(cast, title="Công tác dân vận", period="2022-2026"))
    assert (untitled["period"], untitled["proposed"]) == ("2027–2031", "period")


def test_what_no_field_took_of_the_old_paper_is_not_of_the_new(cast: Cast) -> None:
    left = f"{LEFT_OVER}\nNơi nhận:\n- Lưu: VT."
    old = make_program(cast, "approved", texts={"note": f"Bản gốc ở Văn phòng.\n{left}"})
    assert next_term_data(old)["note"] == "Bản gốc ở Văn phòng."
    assert next_term_data(make_program(cast, "approved", texts={"note": left}))["note"] == ""


# --- two versions


@pytest.fixture
def program(cast: Cast) -> Program:
    """An approved programme with a row of every set."""
    file = Attachment.objects.create(
        name="ban-ky.pdf", kind="pdf", size=9, sha256="0" * 64, uploaded_by=cast.lan
    )
    other = Attachment.objects.create(
        name="phu-luc.xlsx", kind="xlsx", size=9, sha256="1" * 64, uploaded_by=cast.lan
    )
    Tag.objects.create(key="dvcq", name="Dân vận chính quyền")
    return make_program(
        cast, "approved", items=OLD, files=[FileEntry(file), FileEntry(other)],
        bases=[BasisEntry("Luật Thực hiện dân chủ ở cơ sở năm 2022"), BasisEntry("Quyết định số 11-QĐ/TW")],
        sources=[SourceEntry("Ba Đình ký kết", "Báo A"), SourceEntry("Năm dân vận", "Báo B")],
        signatures=[SignatureEntry(1, name="Trần Văn A", capacity="Trưởng ban"),
                    SignatureEntry(2, capacity="Chủ tịch UBND", authority="TM")],
        texts={"purposes": "Tăng đồng thuận\nGần dân", "cadence": "yearly"},
    )  # fmt: skip


def compare(cast: Cast, program: Program, **fields: str | None) -> list[Change]:
    """What these raw fields would change; the copy is taken through JSON as a working copy is."""
    after = as_query(as_data(raw_data(program)))
    for name, value in fields.items():
        after[name.replace("__", "-")] = value or ""
    return compare_data(cast, program, after)


def compare_data(cast: Cast, program: Program, after: QueryDict) -> list[Change]:
    forms = [ProgramForm(data, user=cast.lan, record=program) for data in (raw_data(program), after)]
    return difference(*forms)


def test_a_copy_nobody_changed_does_not_differ(cast: Cast, program: Program) -> None:
    assert compare(cast, program) == []
    assert "Không có thay đổi." in render_to_string(
        "components/changes.html", {"changes": compare(cast, program)}
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "  Phối hợp  thực hiện công tác dân\u00a0vận "},
        {"period": "2022 – 2026"},
        {"period": "từ năm 2022 đến năm 2026"},
        {"dated": "ngày 14 tháng 4 năm 2022"},
        {"purposes": "Tăng đồng thuận \r\n\r\n Gần dân\r\n"},
        {"items__0__text": " Tiếp  công dân"},
        {"partners__1__name__ma": ""},
        {"signatures__0__name__ma": ""},
        {"items__0__audience": ""},
        {"partners__0__side": ""},
        {"bases-dan": "chữ chưa tách"},
    ],
)
def test_the_same_meaning_is_no_difference(cast: Cast, program: Program, fields: dict) -> None:
    assert compare(cast, program, **fields) == []


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"title": "Tên mới"}, ("Trích yếu, tên gọi", "Phối hợp thực hiện công tác dân vận", "Tên mới")),
        ({"number": "07-CTrPH/BDVĐU"}, ("Số, ký hiệu", "", "07-CTrPH/BDVĐU")),
        ({"type": ""}, ("Loại văn bản", "Chương trình phối hợp", "")),
        ({"dated": "tháng 4/2022"}, ("Ngày ký", "14/4/2022", "tháng 4/2022")),
        ({"dated": ""}, ("Ngày ký", "14/4/2022", "")),
        ({"period": "2022-2025"},
         ("Thời hạn", "2022–2026 (in là “2022-2026”)", "2022–2025 (in là “2022-2025”)")),
        ({"signing": "draft"}, ("Tình trạng ký", "Theo ngày ký đã ghi", "dự thảo, chưa ký")),
        ({"cadence": "quarterly"}, ("Chế độ sơ kết", "hằng năm", "hằng quý")),
        ({"stated_item_count": "7 nội dung"}, ("Số nội dung văn bản nêu", "", "7")),
        ({"purposes": "Không rõ"}, ("Mục đích, yêu cầu", "Tăng đồng thuận\nGần dân", "Không rõ")),
        ({"methods": "không có"}, ("Phương thức phối hợp", "", "không có")),
        ({"dated_inferred": "on"}, ("Ngày do suy ra, văn bản không in đủ", "", "có")),
        ({"items_known": "unknown"}, ("Nội dung phối hợp", "Liệt kê ở trên", "Không rõ")),
        ({"tags": "dvcq"}, ("Nhãn nội dung", "", "Dân vận chính quyền")),
        ({"period": "chẳng ra thời hạn"}, ("Thời hạn", "2022–2026 (in là “2022-2026”)", "chưa rõ thời hạn (in là “chẳng ra thời hạn”)")),
    ],
)  # fmt: skip
def test_one_field_changed_is_one_line(cast: Cast, program: Program, fields: dict, change: tuple) -> None:
    assert compare(cast, program, **fields) == [Change(*change)]


def test_the_order_is_the_order_of_the_form(cast: Cast, program: Program) -> None:
    changes = compare(cast, program, theme="Năm dân vận khéo", title="Tên mới", number="7")
    assert [one.label for one in changes] == ["Số, ký hiệu", "Trích yếu, tên gọi", "Chủ đề, dịp ký"]


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"items__1__text": "Cải cách hành chính, chuyển đổi số"},
         ("Nội dung phối hợp 2", "Cải cách hành chính", "Cải cách hành chính, chuyển đổi số")),
        ({"items__0__text": "Hoàn toàn khác hẳn"}, ("Nội dung phối hợp 1", "Tiếp công dân", "Hoàn toàn khác hẳn")),
        ({"items__0__lead": "UBND phường Ba Đình"},
         ("Nội dung phối hợp “Tiếp công dân”: chủ trì", "", "UBND phường Ba Đình")),
        ({"items__0__audience": "body"},
         ("Nội dung phối hợp “Tiếp công dân”: ai được xem", "mọi người", "cơ quan soạn")),
        ({"partners__1__side": "1"}, ("Bên phối hợp “UBND phường Ba Đình”: bên", "Bên 2", "Bên 1")),
        ({"partners__0__focal_room": "Văn phòng"},
         ("Bên phối hợp “Ban Dân vận Đảng ủy phường Ba Đình”: bộ phận đầu mối", "", "Văn phòng")),
        ({"signatures__0__capacity": "Phó Trưởng ban"},
         ("Chữ ký “Trần Văn A”: tư cách khi ký", "Trưởng ban", "Phó Trưởng ban")),
        ({"signatures__1__authority": "KT"},
         ("Chữ ký “Chủ tịch UBND”: thẩm quyền", "TM. (thay mặt)", "KT. (ký thay)")),
        ({"bases__1__text": "Quyết định số 11-QĐ/TW năm 2021"},
         ("Căn cứ 2", "Quyết định số 11-QĐ/TW", "Quyết định số 11-QĐ/TW năm 2021")),
        ({"sources__1__publisher": "Báo C"}, ("Nguồn “Năm dân vận”: nơi đăng", "Báo B", "Báo C")),
        ({"sources__0__text": "Tựa khác hẳn"}, ("Nguồn 1", "Ba Đình ký kết", "Tựa khác hẳn")),
        ({"files__1__audience": "public"},
         ("Tệp “phu-luc.xlsx”: ai được xem", "cơ quan soạn", "mọi người")),
    ],
)  # fmt: skip
def test_one_row_changed_is_one_line(cast: Cast, program: Program, fields: dict, change: tuple) -> None:
    assert compare(cast, program, **fields) == [Change(*change)]


@pytest.mark.parametrize(
    ("command", "change"),
    [
        ("items:drop:2", ("Bỏ nội dung phối hợp", "Hòa giải ở cơ sở (ai được xem: mọi người)", "")),
        ("items:down:0", ("Đổi thứ tự nội dung phối hợp “Cải cách hành chính”", "thứ 2", "thứ 1")),
        ("partners:drop:1", ("Bỏ bên phối hợp", "UBND phường Ba Đình (Bên 2)", "")),
        ("signatures:drop:1", ("Bỏ chữ ký", "Chủ tịch UBND (Bên 2; thẩm quyền: TM. (thay mặt))", "")),
        ("bases:drop:0", ("Bỏ căn cứ", "Luật Thực hiện dân chủ ở cơ sở năm 2022", "")),
        ("files:drop:0", ("Bỏ tệp", "ban-ky.pdf (ai được xem: cơ quan soạn)", "")),
    ],
)
def test_rows_dropped_and_moved(cast: Cast, program: Program, command: str, change: tuple) -> None:
    assert compare_data(cast, program, edit_rows(raw_data(program), command)) == [Change(*change)]


def test_rows_added_and_dropped_stand_in_their_places(cast: Cast, program: Program) -> None:
    after = edit_rows(edit_rows(raw_data(program), "items:drop:0"), "items:add")
    after["items-3-text"], after["items-3-audience"] = "Phòng cháy, chữa cháy", "body"
    assert [(one.label, one.before or one.after) for one in compare_data(cast, program, after)] == [
        ("Bỏ nội dung phối hợp", "Tiếp công dân (ai được xem: mọi người)"),
        ("Thêm nội dung phối hợp", "Phòng cháy, chữa cháy (ai được xem: cơ quan soạn)"),
    ]


def test_a_party_to_be_added_to_the_register_says_so(cast: Cast, program: Program) -> None:
    after = edit_rows(raw_data(program), "partners:add")
    after["partners-2-side"], after["partners-2-name"], after["partners-2-add"] = (
        "3",
        "Hội Nông dân phường",
        "on",
    )
    assert compare_data(cast, program, after) == [
        Change("Thêm bên phối hợp", "", "Hội Nông dân phường (Bên 3; thêm vào danh mục cơ quan: có)")
    ]


def test_another_printed_name_of_the_same_body_is_a_difference(cast: Cast, program: Program) -> None:
    assert compare(cast, program, partners__1__name="UBND P. Ba Đình") == [
        Change("Bên phối hợp 2", "UBND phường Ba Đình", "UBND P. Ba Đình")
    ]


def test_plans_and_amendments_are_compared_alike(cast: Cast) -> None:
    paper = PaperEntry("Kế hoạch năm 2026", partners=[PartnerEntry(1, cast.ours)])
    entry = PlanEntry(paper, period=parse_period("năm 2026"), content="Mở 2 lớp")
    plan = save_companion(None, entry, model=Plan, by=cast.lan, keeper=cast.ours)
    after = plan_data(plan)
    after["content"], after["period"] = "Mở 3 lớp", "2026"
    forms = [PlanForm(data, user=cast.lan, record=plan) for data in (plan_data(plan), after)]
    assert difference(*forms) == [Change("Nội dung khác", "Mở 2 lớp", "Mở 3 lớp")]
    amendment = save_companion(None, CompanionEntry(paper), model=Amendment, by=cast.lan, keeper=cast.ours)
    after = amendment_data(amendment)
    after["content"] = "Bổ sung điểm 3"
    forms = [AmendmentForm(data, user=cast.lan) for data in (amendment_data(amendment), after)]
    assert difference(*forms) == [Change("Nội dung sửa đổi, bổ sung", "", "Bổ sung điểm 3")]


def test_the_difference_is_what_approval_then_changes(cast: Cast, program: Program) -> None:
    """What the approver was shown is what the journal tells after the copy was merged."""
    settled = ProgramForm(raw_data(program), user=cast.lan, record=program)
    assert settled.is_valid()
    actions.save_program(program, settled.entry(), by=cast.quy, expected=program.version, verb=Verb.CORRECT)
    program.refresh_from_db()
    after = raw_data(program)
    after["title"], after["items-1-text"] = "Tên mới", "Cải cách thủ tục hành chính"
    shown = compare_data(cast, program, after)
    form = ProgramForm(after, user=cast.lan, record=program)
    assert form.is_valid()
    actions.save_program(program, form.entry(), by=cast.hung, expected=program.version, verb=Verb.APPROVE)
    program.refresh_from_db()
    assert journal_of(program)[0].changes == shown


def test_a_copy_beside_an_older_version_of_the_form(cast: Cast, program: Program) -> None:
    """Data that is missing, odd or hostile is compared without failing."""
    odd = QueryDict(
        "title=Chi+c%C3%B3+t%C3%AAn&items-TOTAL_FORMS=9999&items-0-item=abc&tags=khong-co&dated=31/2/2022"
    )
    changes = compare_data(cast, program, odd)
    assert ("Ngày ký", "14/4/2022", "chưa rõ ngày (in là “31/2/2022”)") in [
        (one.label, one.before, one.after) for one in changes
    ]
    assert sum(one.label.startswith("Bỏ") for one in changes) == 14


def test_hundreds_of_other_rows_are_compared_in_good_time(cast: Cast, program: Program) -> None:
    after = raw_data(program)
    for number in range(300):
        after[f"items-{number}-text"] = f"Việc hoàn toàn khác thứ {number} " + "tuyên truyền vận động " * 20
        after[f"items-{number}-item"] = ""
    after["items-TOTAL_FORMS"] = "300"
    begun = time.monotonic()
    assert len(compare_data(cast, program, after)) == 304
    assert time.monotonic() - begun < 5

"""Entering a programme: a title is enough to keep it, two sides and a period to hand it in."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from portal.actions.copies import as_data
from portal.actions.registers import add_organizations
from portal.dates import PeriodKind, parse_date
from portal.models import Document, Organization, Partner, State, WorkingCopy
from programs.forms.programs import ProgramForm, raw_data
from programs.models import ContentItem, Program
from programs.views.entry import ProgramEntry
from tests.cast import Cast, make_body, make_program
from tests.journeys.test_enter import PDF

ENTER = "/lam-viec/chuong-trinh/nhap/"


def rows(prefix: str, *lines: dict[str, str]) -> dict[str, str]:
    """The posted fields of a row set."""
    posted = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
    for index, line in enumerate(lines):
        posted |= {f"{prefix}-{index}-{name}": value for name, value in line.items()}
    return posted


def complete(**changes: Any) -> dict[str, Any]:
    """What a clerk posts for a programme that can be handed in."""
    sides = rows(
        "partners",
        {"side": "1", "name": "Ban Dân vận Đảng ủy phường Ba Đình"},
        {"side": "2", "name": "UBND phường Ba Đình"},
    )
    return {"lam": "save", "title": "Phối hợp công tác dân vận", "period": "2022 – 2026"} | sides | changes


def messages_of(client: Client, response: Any) -> str:
    """The page a save leads to."""
    return client.get(response.url).text


def test_a_title_is_enough_to_keep_a_draft(cast: Cast) -> None:
    response = cast.client("lan").post(ENTER, {"lam": "save", "title": "Quy chế phối hợp"})
    program = Program.objects.get()
    assert (response.status_code, response.url) == (302, f"/lam-viec/chuong-trinh/{program.code}/sua/")
    assert program.document.title == "Quy chế phối hợp"
    assert (program.state, program.keeper, program.written_by) == (State.DRAFTING, cast.ours, cast.lan)
    assert (program.period_kind, program.document.dated_precision) == (PeriodKind.UNKNOWN, "unknown")
    assert Partner.objects.count() == 0


def test_the_number_line_fills_what_is_empty(cast: Cast) -> None:
    line = "Số 07-CTrPH/BDVQU-UBND ngày 14 tháng 4 năm 2022"
    cast.client("lan").post(ENTER, {"number_line": line, "title": "Phối hợp công tác giai đoạn 2022 – 2026"})
    document = Document.objects.get()
    assert (document.number, document.number_value) == ("07-CTrPH/BDVQU-UBND", 7)
    assert str(document.dated) == "14/4/2022"
    assert document.type.key == "chuong-trinh-phoi-hop"
    assert str(Program.objects.get().period) == "2022–2026"


def test_a_submission_asks_for_a_period_and_two_sides(cast: Cast) -> None:
    one_side = rows("partners", {"side": "1", "name": "UBND phường Ba Đình"})
    response = cast.client("lan").post(ENTER, {"lam": "submit", "title": "Chương trình"} | one_side)
    assert response.status_code == 422
    assert "Ghi thời hạn, hoặc ghi “không rõ”." in response.text
    assert "Ghi ít nhất 2 bên phối hợp." in response.text
    assert 'value="UBND phường Ba Đình"' in response.text
    assert Program.objects.count() == 0


def test_a_period_said_to_be_unknown_is_enough(cast: Cast) -> None:
    cast.client("lan").post(ENTER, complete(lam="submit", period="không rõ"))
    assert Program.objects.get().state == State.WAITING


def test_bodies_of_one_side_sign_under_one_printed_name(cast: Cast) -> None:
    council = make_body("HĐND phường Ba Đình")
    sides = rows(
        "partners",
        {"side": "1", "name": "Ban Dân vận Đảng ủy phường Ba Đình"},
        {"side": "2", "name": "HĐND - UBND phường Ba Đình"},
    )
    cast.client("lan").post(ENTER, complete(**sides))
    second = Partner.objects.filter(side=2)
    assert [(one.organization, one.printed) for one in second] == [
        (council, "HĐND - UBND phường Ba Đình"),
        (cast.partner, "HĐND - UBND phường Ba Đình"),
    ]
    program = Program.objects.get()
    assert program.parties_label == "Ban Dân vận Đảng ủy phường Ba Đình và HĐND - UBND phường Ba Đình"
    again = ProgramForm(raw_data(program), user=cast.lan, record=program)
    assert again.is_valid()
    assert len(again.entry().paper.partners) == 3


@pytest.mark.parametrize(
    "typed", ["Đ/c Trần Thị Hòa", "Đồng chí Trần Thị Hòa", "bà Trần Thị Hòa", "Trần Thị Hòa"]
)
def test_how_one_speaks_to_a_signer_is_no_part_of_their_name(cast: Cast, typed: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"title": "Phối hợp", "signatures-TOTAL_FORMS": "1", "signatures-0-side": "1"})
    data["signatures-0-name"] = typed
    form = ProgramForm(data, user=cast.lan)
    assert form.is_valid()
    assert form.rows["signatures"][0].cleaned_data["name"].text == "Trần Thị Hòa"


def test_a_group_stands_as_printed_and_a_body_is_added_in_place(cast: Cast) -> None:
    sides = rows(
        "partners",
        {"side": "1", "name": "UBND phường Ba Đình"},
        {"side": "2", "name": "các đoàn thể"},
        {"side": "3", "name": "Hội Nông dân phường Ba Đình", "add": "on"},
    )
    cast.client("lan").post(ENTER, complete(**sides))
    added = Organization.objects.get(name="Hội Nông dân phường Ba Đình")
    partners = Partner.objects.order_by("side").values_list("organization", "printed")
    assert list(partners) == [
        (cast.partner.pk, ""),
        (None, "các đoàn thể"),
        (added.pk, "Hội Nông dân phường Ba Đình"),
    ]
    assert added.looked_at is False


def test_a_name_two_bodies_bear_comes_back_as_a_choice(cast: Cast) -> None:
    make_body("Ban Chỉ đạo", territory=cast.ours.territory)
    other = add_organizations(["Ban chỉ đạo"], by=cast.lan, territory=cast.neighbour.territory)[0]
    sides = rows(
        "partners", {"side": "1", "name": "Ban Chỉ đạo"}, {"side": "2", "name": "UBND phường Ba Đình"}
    )
    client = cast.client("lan")
    page = client.post(ENTER, complete(**sides))
    edit = client.get(page.url)
    assert f'name="partners-0-name-ma" value="{other.code}"' in edit.text


def test_pasted_items_become_rows_before_they_are_kept(cast: Cast) -> None:
    pasted = complete(lam="items:split", **{"items-dan": "1. Tuyên truyền\n2. Tiếp dân; Đối thoại"})
    response = cast.client("lan").post(ENTER, pasted)
    assert response.status_code == 200
    assert [
        f">\n{text}</textarea>" in response.text for text in ("Tuyên truyền", "Tiếp dân", "Đối thoại")
    ] == [True] * 3
    assert Program.objects.count() == 0


@pytest.mark.parametrize(("typed", "stated"), [("", "7"), ("5", "5")])
def test_what_a_pasted_list_says_of_its_length_fills_an_empty_field(
    cast: Cast, typed: str, stated: str
) -> None:
    pasted = {"items-dan": "7 nội dung, trong đó: 1. Tuyên truyền; 2. Tiếp dân", "stated_item_count": typed}
    page = cast.client("lan").post(ENTER, complete(lam="items:split", **pasted)).text
    assert f'name="stated_item_count" value="{stated}"' in page
    assert [f">\n{text}</textarea>" in page for text in ("Tuyên truyền", "Tiếp dân")] == [True, True]


def test_a_title_in_capitals_is_rewritten_only_when_asked_with_a_way_back(cast: Cast) -> None:
    clerk, capitals = cast.client("lan"), "PHỐI HỢP VỚI UBND PHƯỜNG BA ĐÌNH"
    saved = clerk.post(ENTER, complete(title=capitals))
    assert Document.objects.get().title == capitals
    offered = "Phối hợp với UBND phường Ba Đình"
    assert f"Có thể ghi thành: “{offered}”" in clerk.get(saved.url).text
    page = clerk.post(saved.url, complete(title=capitals, lam="title:sentence")).text
    assert f">\n{offered}</textarea>" in page and f"Trước đó ghi: “{capitals}”" in page
    back = {"title": offered, "title_before": capitals, "lam": "title:before"}
    assert f">\n{capitals}</textarea>" in clerk.post(saved.url, complete(**back)).text
    assert Document.objects.get().title == capitals


def test_rows_move_and_drop_without_storing_anything(cast: Cast) -> None:
    items = rows("items", {"text": "Một"}, {"text": "Hai"}, {"text": "Ba"})
    client = cast.client("lan")
    up = client.post(ENTER, complete(lam="items:up:2", **items)).text
    places = [up.index(text) for text in (">\nMột<", ">\nBa<", ">\nHai<")]
    assert places == sorted(places)
    dropped = client.post(ENTER, complete(lam="items:drop:0", **items)).text
    assert ">\nMột<" not in dropped
    assert Program.objects.count() == 0


def test_the_same_post_twice_makes_one_programme(cast: Cast) -> None:
    client = cast.client("lan")
    posted = complete(ma="abcdefgh23", **{"phien-ban": "0"})
    assert [client.post(ENTER, posted).status_code for _ in range(2)] == [302, 302]
    assert Program.objects.count() == 1


def test_a_new_paper_sent_twice_at_the_same_moment_makes_one_programme(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = complete(ma="abcdefgh23", **{"phien-ban": "0"})
    take, others = ProgramEntry.take_files, [cast.client("lan")]

    def meanwhile(view: ProgramEntry, data: QueryDict) -> list[str]:
        if others:
            assert others.pop().post(ENTER, posted).status_code == 302
        return take(view, data)

    monkeypatch.setattr(ProgramEntry, "take_files", meanwhile)
    assert cast.client("lan").post(ENTER, posted).status_code == 302
    assert Program.objects.count() == 1


def test_the_second_clerk_is_told_who_changed_what_and_keeps_what_was_typed(cast: Cast) -> None:
    program = make_program(cast)
    edit = f"/lam-viec/chuong-trinh/{program.code}/sua/"
    opened = str(program.version)
    first = as_data(raw_data(program)) | {
        "title": ["Tên do Hùng sửa"],
        "phien-ban": [opened],
        "lam": ["save"],
    }
    assert cast.client("hung").post(edit, first).status_code == 302
    second = as_data(raw_data(program)) | {"title": ["Tên do Lan gõ"], "phien-ban": [opened], "lam": ["save"]}
    response = cast.client("lan").post(edit, second)
    assert response.status_code == 422
    assert "Trần Văn Hùng" in response.text
    assert "Tên do Lan gõ" in response.text
    program.document.refresh_from_db()
    assert program.document.title == "Tên do Hùng sửa"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("stated_item_count", "rất nhiều", "Không đọc được số"),
        ("title", "d" * 1001, "1000"),
        ("type", "khong-co-loai-nay", "Lựa chọn này không còn trong danh sách."),
        ("predecessor", "Chương trình không có thật", "Không tìm thấy chương trình này."),
        ("cadence", "qqq", "Lựa chọn này không có trong danh sách. Xin chọn lại."),
    ],
)
def test_bad_input_is_said_at_the_field_and_stores_nothing(
    cast: Cast, field: str, value: str, said: str
) -> None:
    response = cast.client("lan").post(ENTER, complete(**{field: value}))
    assert (response.status_code, said in response.text) == (422, True)
    assert Program.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "printed", "said"),
    [
        ("dated", "quý III/2026", "Không đọc được ngày “quý III/2026”."),
        ("dated", "32/13/2022", "Không đọc được ngày “32/13/2022”."),
        ("period", "đến hết nhiệm kỳ Đại hội", "Không đọc được thời hạn “đến hết nhiệm kỳ Đại hội”."),
        ("period", "2022 – 2020", "Năm kết thúc (2020) trước năm bắt đầu (2022)."),
    ],
)
def test_a_printed_day_or_term_that_is_not_understood_is_kept_and_asked_about(
    cast: Cast, field: str, printed: str, said: str
) -> None:
    clerk = cast.client("lan")
    saved = clerk.post(ENTER, {"lam": "save", "title": "Chương trình", field: printed})
    program = Program.objects.get()
    assert said in messages_of(clerk, saved)
    value = program.period if field == "period" else program.document.dated
    assert (value.known, value.text) == (False, printed)
    assert printed in clerk.get(f"/lam-viec/chuong-trinh/{program.code}/").text
    asked = clerk.post(
        saved.url,
        as_data(raw_data(program)) | complete(lam="submit", **{field: printed}) | {"phien-ban": "1"},
    )
    assert asked.status_code == 422 and "Chưa hiểu thành ngày tháng, giữ như in." in asked.text
    tick = {f"{field}-giu-nguyen": asked.context["form"].head[field].warning_key}
    clerk.post(saved.url, complete(lam="submit", **{field: printed}) | tick | {"phien-ban": "1"})
    program.refresh_from_db()
    assert program.state == State.WAITING


def test_said_to_be_unknown_differs_from_not_said(cast: Cast) -> None:
    program = make_program(cast, "drafting", dated=parse_date("không rõ"), period="không rõ")
    page = re.sub(r"<[^>]+>|\s+", " ", cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/").text)
    assert "không rõ thời hạn" in page and "chưa rõ thời hạn" not in page.partition("Nhật ký")[0]
    assert re.search(r"Ngày ký +không rõ ", page)


def test_letters_that_merely_lie_within_longer_words_link_nothing(cast: Cast) -> None:
    make_program(cast, "approved", title="Phối hợp giai đoạn đầu")
    response = cast.client("lan").post(ENTER, complete(predecessor="gì đó"))
    assert (response.status_code, "Không tìm thấy chương trình này." in response.text) == (422, True)
    taken = cast.client("lan").post(ENTER, complete(predecessor="giai đoạn đầu"))
    assert (taken.status_code, Program.objects.filter(predecessor=None).count()) == (302, 1)


def test_scripts_are_shown_as_text(cast: Cast) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    client = cast.client("lan")
    saved = client.post(ENTER, complete(title=hostile))
    page = client.get(saved.url).text
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_an_approved_record_is_edited_beside_itself(cast: Cast) -> None:
    program = make_program(cast, "published")
    visitor = cast.client(None)
    before = visitor.get(reverse("programs:program_page", args=[program.slug])).content
    edit = f"/lam-viec/chuong-trinh/{program.code}/sua/"
    changed = as_data(raw_data(program)) | {
        "title": ["Tên mới chưa duyệt"],
        "phien-ban": ["0"],
        "dua-tren": [str(program.version)],
        "lam": ["submit"],
    }
    assert cast.client("lan").post(edit, changed).status_code == 302
    copy = WorkingCopy.objects.get(purpose="copy")
    assert (copy.state, copy.based_on) == (State.WAITING, program.version)
    assert visitor.get(reverse("programs:program_page", args=[program.slug])).content == before
    approve = reverse("programs:approve_program", args=[program.code])
    answer = cast.client("hung").post(approve, {"phien-ban": str(copy.number), "lam": "approve"})
    assert answer.status_code == 302
    assert "Tên mới chưa duyệt" in visitor.get(reverse("programs:program_page", args=[program.slug])).text
    assert WorkingCopy.objects.count() == 0


def test_items_of_a_new_term_remember_where_they_come_from(cast: Cast) -> None:
    old = make_program(cast, "approved", period="2017-2021", items=["Giữ nguyên", "Sẽ sửa", "Sẽ bỏ"])
    client = cast.client("lan")
    page = client.get(ENTER, {"tiep-noi": old.code}, follow=True)
    assert page.status_code == 200
    keys = list(old.items.values_list("pk", flat=True))
    items = rows(
        "items",
        {"text": "Giữ nguyên", "origin": str(keys[0])},
        {"text": "Đã sửa", "origin": str(keys[1])},
        {"text": "Mới thêm"},
    )
    link = {"predecessor": str(old), "predecessor-ma": old.code}
    client.post(ENTER, complete(**items, **link))
    new = Program.objects.get(predecessor=old)
    assert list(new.items.values_list("text", "origin")) == [
        ("Giữ nguyên", keys[0]),
        ("Đã sửa", keys[1]),
        ("Mới thêm", None),
    ]
    assert ContentItem.objects.filter(program=old).count() == 3


# --- what a person cleared, typed on several lines, or sent late


def test_a_period_cleared_by_the_person_stays_cleared(cast: Cast) -> None:
    clerk = cast.client("lan")
    titled = {"title": "Phối hợp công tác giai đoạn 2022 – 2026", "period": ""}
    clerk.post(ENTER, titled | {"proposed": "period"})
    program = Program.objects.get()
    assert program.period_kind == PeriodKind.UNKNOWN
    clerk.post(f"/lam-viec/chuong-trinh/{program.code}/sua/", titled | {"phien-ban": "1"})
    program.refresh_from_db()
    assert (program.version, program.period_kind) == (2, PeriodKind.UNKNOWN)


def test_a_missing_side_is_told_at_its_field(cast: Cast) -> None:
    page = cast.client("lan").post(ENTER, {"title": "Quy chế phối hợp", "period": "2026", "lam": "submit"})
    assert (
        '<a href="#id_partners-0-name">Cơ quan, tổ chức, dòng 1: Ghi ít nhất 2 bên phối hợp.</a>' in page.text
    )
    one_side = {"partners-TOTAL_FORMS": "2", "partners-0-name": "A", "partners-1-name": "B"}
    sides = {"partners-0-side": "1", "partners-1-side": "1", "title": "Quy chế", "lam": "submit"}
    page = cast.client("lan").post(ENTER, one_side | sides)
    assert '<a href="#id_partners-1-side">Bên, dòng 2: Ghi ít nhất 2 bên phối hợp.</a>' in page.text


def test_several_lines_in_one_field_become_rows_with_what_stood_beside(cast: Cast) -> None:
    items = {"items-TOTAL_FORMS": "1", "items-0-text": "Tiếp công dân\r\nCải cách hành chính"}
    bases = {"bases-TOTAL_FORMS": "1", "bases-0-text": "Quy chế số 1-QĐ/TW\nNghị quyết số 2-NQ/TW"}
    cast.client("lan").post(ENTER, {"title": "Quy chế", "items-0-audience": "body"} | items | bases)
    program = Program.objects.get()
    assert [(one.text, one.audience) for one in program.items.all()] == [
        ("Tiếp công dân", "body"),
        ("Cải cách hành chính", "body"),
    ]
    assert [one.printed for one in program.document.citations.all()] == [
        "Quy chế số 1-QĐ/TW",
        "Nghị quyết số 2-NQ/TW",
    ]


def test_what_a_form_saved_by_itself_before_the_save_and_came_late_is_dropped(cast: Cast) -> None:
    clerk = cast.client("lan")
    draft = make_program(cast, "drafting")
    late = {"loai": "program", "ma": draft.code, "phien-ban": str(draft.version), "title": "Quy chế"}
    clerk.post(f"/lam-viec/chuong-trinh/{draft.code}/sua/", late)
    assert clerk.post("/lam-viec/luu-tam/", late).json() == {"saved": ""}
    assert WorkingCopy.objects.count() == 0
    clerk.post("/lam-viec/luu-tam/", late | {"phien-ban": str(draft.version + 1)})
    assert WorkingCopy.objects.count() == 1


def test_a_late_message_about_an_approved_record_is_dropped_too(cast: Cast) -> None:
    clerk = cast.client("lan")
    approved = make_program(cast, "approved")
    there = f"/lam-viec/chuong-trinh/{approved.code}/sua/"
    sent = {"ma": approved.code, "phien-ban": "0", "dua-tren": str(approved.version), "title": "Quy chế"}
    clerk.post("/lam-viec/luu-tam/", sent | {"loai": "program"})
    assert WorkingCopy.objects.count() == 1
    clerk.post(there, sent)
    clerk.post("/lam-viec/luu-tam/", sent | {"loai": "program"})
    assert [copy.purpose for copy in WorkingCopy.objects.all()] == ["copy"]


def test_a_row_button_keeps_what_was_pasted_elsewhere_and_the_files_chosen(cast: Cast) -> None:
    pasted = {"items-dan": "1. Tiếp công dân\n2. Đối thoại", "bases-dan": "Căn cứ <Quy chế> số 1-QĐ/TW"}
    file = SimpleUploadedFile("ban-ky.pdf", PDF)
    response = cast.client("lan").post(ENTER, {"lam": "items:split", "tep": file} | pasted)
    form = response.context["form"]
    assert [row["text"].value() for row in form.rows["items"]] == ["Tiếp công dân", "Đối thoại"]
    assert (
        'name="bases-dan"' in response.text
        and "\nCăn cứ &lt;Quy chế&gt; số 1-QĐ/TW</textarea>" in response.text
    )
    assert [row.attachment.name for row in form.rows["files"]] == ["ban-ky.pdf"]
    refused = cast.client("lan").post(ENTER, {"lam": "items:add", "tep": SimpleUploadedFile("a.exe", b"MZ")})
    assert "a.exe: " in refused.text


@pytest.mark.parametrize("words", ["không rõ", "Không có"])
def test_a_link_said_to_be_missing_is_not_looked_for(cast: Cast, words: str) -> None:
    for title in ("Nội dung không rõ ràng", "Phối hợp nơi không có đường"):
        make_program(cast, "approved", title=title)
    clerk = cast.client("lan")
    saved = clerk.post(ENTER, {"lam": "save", "title": "Chương trình", "predecessor": words})
    assert saved.status_code == 302
    assert raw_data(Program.objects.get(document__title="Chương trình"))["predecessor"] == words.lower()

"""A paper filed as the wrong kind: one press, nothing retyped, nothing lost, one journal."""

import re

import pytest

from portal.actions import records
from portal.actions.copies import as_data
from portal.actions.documents import FileEntry, SignatureEntry, SourceEntry
from portal.dates import parse_date
from portal.journal import journal_of
from portal.models import Audience, SearchText, State, Tag
from portal.views.entry import kind_of
from programs.actions import BodyEntry, ItemEntry
from programs.forms.programs import raw_data
from programs.models import Amendment, Plan, Program
from tests.cast import Cast, make_file, make_program

OF_ROWS = ("-item", "-row")
ITEM_MARKS = {"text": {"inferred": "bài báo chỉ kể ý chính"}}


def full_program(cast: Cast) -> Program:
    """A draft with something in every part that another kind of paper has no field for."""
    return make_program(
        cast,
        dated=parse_date("14/4/2022"),
        period="giai đoạn 2022 - 2026",
        items=[
            ItemEntry("Tiếp công dân", bodies=[BodyEntry("lead", printed="Văn phòng")], marks=ITEM_MARKS),
            ItemEntry("Việc trong nhà", audience=Audience.BODY),
        ],
        texts={
            "methods": "Họp mỗi quý",
            "note": "Bản giấy ở tủ 3",
            "cadence": "yearly",
        },
        tags=[Tag.objects.create(key="dan-chu", name="Dân chủ")],
        type_printed="Quy chế phối hợp công tác",
        predecessor=make_program(cast, "approved", title="Giai đoạn trước"),
        stated_item_count=7,
        signatures=[SignatureEntry(1, name="Nguyễn Văn An", capacity="Trưởng ban")],
        sources=[SourceEntry("Bài báo", "Báo Hà Nội mới")],
        files=[FileEntry(make_file(cast, Audience.BODY), "Bản quét", Audience.PUBLIC)],
        marks={"methods": {"note": "chép từ bản dự thảo"}, "purposes": {"missing": "unknown"}},
    )


def said(kind: str, record: object) -> dict[str, list[str]]:
    """What a record's form says, without the keys of its rows."""
    data = as_data(kind_of(kind)().raw_data(record))
    return {name: values for name, values in data.items() if not name.endswith(OF_ROWS)}


def press(cast: Cast, kind: str, record: object, to: str, **changes: str) -> object:
    """Press "Đây là …" on the page of a record; the record of the other kind."""
    view, other = kind_of(kind), kind_of(to)
    posted = as_data(view().raw_data(record)) | {name: [value] for name, value in changes.items()}
    posted |= {"lam": [f"refile:{to}"], "phien-ban": [str(record.version)]}
    answer = cast.client("lan").post(view.address("edit", record.code), posted)
    assert answer.status_code == 302, answer.text
    assert answer["Location"] == other.address("edit", record.code)
    return other.model.objects.get(code=record.code)


@pytest.mark.parametrize("to", ["plan", "amendment", "review", "meeting"])
def test_a_draft_filed_as_another_kind_and_back_is_what_it_was(cast: Cast, to: str) -> None:
    program = full_program(cast)
    records.submit(program, by=cast.lan)
    records.send_back(program, by=cast.hung, reason="Đây là kế hoạch.", expected=program.version)
    program.refresh_from_db()
    before, document = said("program", program), program.document
    files, uses = list(document.attachments.all()), list(document.source_uses.all())
    other = press(cast, "program", program, to)
    assert (other.document, other.state, other.version) == (document, State.RETURNED, program.version + 1)
    assert not Program.objects.filter(code=program.code).exists()
    back = press(cast, to, other, "program")
    assert said("program", back) == before
    assert (back.document, back.marks["methods"], back.set_aside.get("program")) == (
        document,
        {"note": "chép từ bản dự thảo"},
        None,
    )
    document.refresh_from_db()
    assert document.type_printed == "Quy chế phối hợp công tác"
    assert [one.marks for one in back.items.all()] == [ITEM_MARKS, {}]
    assert (list(document.attachments.all()), list(document.source_uses.all())) == (files, uses)
    assert not kind_of(to).model.objects.exists()
    told = [(one.verb, one.reason) for one in journal_of(back)]
    names = str(Program._meta.verbose_name), str(kind_of(to).model._meta.verbose_name)
    assert told == [
        ("đổi loại văn bản", f"{names[1]} thành {names[0]}"),
        ("đổi loại văn bản", f"{names[0]} thành {names[1]}"),
        ("trả lại", "Đây là kế hoạch."),
        ("trình lãnh đạo", ""),
        ("tạo", ""),
    ]


def test_what_another_kind_has_no_field_for_is_told_and_stays_while_the_plan_is_edited(cast: Cast) -> None:
    program, client = full_program(cast), cast.client("lan")
    plan = press(cast, "program", program, "plan")
    edit = f"/lam-viec/ke-hoach/{plan.code}/sua/"
    lines = re.findall(r"Giữ lại từ [^<]*", client.get(edit).text)
    assert lines == [
        "Giữ lại từ chương trình phối hợp: tiếp nối chương trình; phương thức phối hợp; "
        "số nội dung văn bản nêu; chế độ sơ kết; nhãn nội dung."
    ]
    assert [one.text for one in plan.items.all()] == ["Tiếp công dân", "Việc trong nhà"]
    texts = dict(SearchText.objects.filter(document=plan.document).values_list("audience", "text"))
    assert "tiep cong dan" in texts["public"] and "viec trong nha" not in texts["public"]
    posted = as_data(kind_of("plan")().raw_data(plan))
    posted |= {"content": ["Ba đợt"], "title": ["Kế hoạch năm"], "phien-ban": [str(plan.version)]}
    assert client.post(edit, posted).status_code == 302
    plan.refresh_from_db()
    back = press(cast, "plan", plan, "program", title="Chương trình mới")
    assert back.document.title == "Chương trình mới"
    assert [one.text for one in back.items.all()] == ["Tiếp công dân", "Việc trong nhà"]
    assert back.set_aside["plan"]["content"] == ["Ba đợt"]
    again = press(cast, "program", back, "plan")
    assert (again.content, again.document.title) == ("Ba đợt", "Chương trình mới")


def test_what_only_tasks_say_comes_back_to_them(cast: Cast) -> None:
    """When a task is done and what comes of it have no field beside the commitments of a programme."""
    plan = press(cast, "program", make_program(cast), "plan")
    posted = as_data(kind_of("plan")().raw_data(plan)) | {"phien-ban": [str(plan.version)]}
    posted |= {"items-1-time": ["quý I"], "items-1-product": ["Biên bản"]}
    assert cast.client("lan").post(f"/lam-viec/ke-hoach/{plan.code}/sua/", posted).status_code == 302
    plan.refresh_from_db()
    again = press(cast, "program", press(cast, "plan", plan, "program"), "plan")
    assert [(one.time, one.product) for one in again.items.all()] == [("", ""), ("quý I", "Biên bản")]


def test_the_journal_tells_what_was_changed_while_it_was_another_kind(cast: Cast) -> None:
    program = full_program(cast)
    posted = as_data(raw_data(program)) | {"methods": ["Họp mỗi tháng"], "phien-ban": ["1"]}
    cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", posted)
    program.refresh_from_db()
    plan = press(cast, "program", program, "plan")
    edited = journal_of(plan)[1]
    assert [(one.label, one.before, one.after) for one in edited.changes] == [
        ("Phương thức phối hợp", "Họp mỗi quý; chép từ bản dự thảo", "Họp mỗi tháng")
    ]


def test_a_paper_not_saved_yet_keeps_its_words_through_the_other_form(cast: Cast) -> None:
    client, program = cast.client("lan"), full_program(cast)
    typed = as_data(raw_data(program)) | {"lam": ["refile:plan"], "files-TOTAL_FORMS": ["0"]}
    page = client.post("/lam-viec/chuong-trinh/nhap/", typed)
    assert 'action="/lam-viec/ke-hoach/nhap/"' in page.text
    assert "Giữ lại từ chương trình phối hợp" in page.text
    assert page.context["form"].rows["items"][1]["text"].value() == "Việc trong nhà"
    aside = page.context["aside"]
    plan_typed = as_data(page.context["form"].data) | {
        "title": "Kế hoạch năm",
        "giu-lai": aside,
        "lam": "save",
    }
    assert client.post("/lam-viec/ke-hoach/nhap/", plan_typed).status_code == 302
    back = press(cast, "plan", Plan.objects.get(), "program")
    assert [one.text for one in back.items.all()] == ["Tiếp công dân", "Việc trong nhà"]
    assert back.methods == "Họp mỗi quý"


@pytest.mark.parametrize(
    "posted",
    [
        "{",
        "[]",
        '{"program": {"la": ["1"], "methods\\u0000x": ["1"]}}',
        '{"program": 3}',
        '{"ma": {"x": ["1"]}}',
        '{"program": {"methods": [3]}}',
        '{"program": {"items-marks\\u0000": ["x"]}}',
    ],
)
def test_what_no_page_wrote_is_not_set_aside(cast: Cast, posted: str) -> None:
    typed = {"title": "Kế hoạch năm", "giu-lai": posted, "lam": "save"}
    assert cast.client("lan").post("/lam-viec/ke-hoach/nhap/", typed).status_code == 302
    assert Plan.objects.get().set_aside in ({}, {"program": {}})


def test_what_a_database_refuses_is_left_out_of_what_is_set_aside(cast: Cast) -> None:
    typed = {
        "title": "Kế hoạch năm",
        "giu-lai": '{"program": {"methods": ["a\\u0000b\\ud800"]}}',
        "lam": "save",
    }
    assert cast.client("lan").post("/lam-viec/ke-hoach/nhap/", typed).status_code == 302
    assert Plan.objects.get().set_aside == {"program": {"methods": ["ab"]}}


def test_a_draft_with_a_fault_or_opened_before_another_save_is_not_filed_anew(cast: Cast) -> None:
    program, client = full_program(cast), cast.client("lan")
    edit = f"/lam-viec/chuong-trinh/{program.code}/sua/"
    typed = as_data(raw_data(program)) | {"lam": ["refile:amendment"], "phien-ban": [str(program.version)]}
    for wrong, why in (
        (("stated_item_count", "vài"), "Chưa đổi loại được"),
        (("phien-ban", "9"), "đã được sửa"),
    ):
        answer = client.post(edit, typed | {wrong[0]: [wrong[1]]})
        assert answer.status_code == 422
        assert why in answer.text
    make_program(cast, predecessor=program, title="Giai đoạn sau")
    assert "Văn bản khác đang nối" in client.post(edit, typed).text
    assert (Program.objects.filter(code=program.code).count(), Amendment.objects.count()) == (1, 0)


def test_a_paper_not_saved_yet_says_what_the_other_kind_keeps_and_has_its_sides(cast: Cast) -> None:
    typed = {"lam": "refile:plan", "title": "Kế hoạch", "methods": "Họp mỗi quý"}
    plan = cast.client("lan").post("/lam-viec/chuong-trinh/nhap/", typed)
    assert "Vẫn giữ lại." in plan.text and "phương thức phối hợp" in plan.text
    current = re.findall(r'<a href="([^"]*)" aria-current="(?:true|page)"', plan.text)
    assert current == ["/lam-viec/ke-hoach/"]
    posted = {"lam": "refile:program", "title": "Kế hoạch"}
    program = cast.client("lan").post(kind_of("plan").address("enter"), posted)
    assert len(program.context["form"].rows["partners"].forms) == 2

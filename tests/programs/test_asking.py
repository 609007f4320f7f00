"""What is asked once before a paper is handed in: names that mean no body, said to be right as printed; what was returned; files."""

import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.actions import records
from portal.actions.copies import as_data
from portal.actions.documents import PartnerEntry
from portal.journal import journal_of
from portal.marks import key_of
from portal.models import State, WorkingCopy
from portal.paste import LEFT_OVER
from programs import actions
from programs.forms.programs import next_term_data, raw_data
from programs.models import Program
from tests.cast import Cast, make_body, make_program
from tests.journeys.test_enter import PDF
from tests.programs.test_entry import ENTER, complete, rows

GROUP = "các đoàn thể phường"
MIXED = "UBND phường Ngọc Hà phường Ba Đình"
ASKED = re.compile(r'name="da-hoi" value="([^"]*)"')


def sides(second: str) -> dict[str, str]:
    """Two sides, the second as typed."""
    first = {"side": "1", "name": "Ban Dân vận Đảng ủy phường Ba Đình"}
    return rows("partners", first, {"side": "2", "name": second})


def asks(name: str) -> str:
    """What is asked about a name."""
    return f"“{name}” chưa khớp cơ quan nào trong danh mục."


def test_a_name_that_means_no_body_is_asked_about_before_it_is_handed_in(cast: Cast) -> None:
    clerk, posted = cast.client("lan"), complete(**sides(GROUP))
    page = clerk.post(ENTER, posted | {"lam": "submit"})
    assert (page.status_code, ASKED.findall(page.text)) == (422, [asks(GROUP)])
    assert Program.objects.count() == 0
    # What was confirmed is what was asked: a name altered since is asked about again.
    page = clerk.post(ENTER, posted | sides(MIXED) | {"lam": "xac-nhan", "da-hoi": asks(GROUP)})
    assert ASKED.findall(page.text) == [asks(MIXED)]
    clerk.post(ENTER, posted | {"lam": "xac-nhan", "da-hoi": asks(GROUP)})
    program = Program.objects.get()
    assert (program.state, program.document.marks) == (
        State.WAITING,
        {"partners": {"as_printed": [GROUP]}},
    )


def test_a_chosen_body_typed_into_without_scripts_is_no_longer_chosen(cast: Cast) -> None:
    posted = complete(**sides(MIXED), **{"partners-1-name-ma": cast.partner.code})
    page = cast.client("lan").post(ENTER, posted | {"lam": "submit"})
    assert ASKED.findall(page.text) == [asks(MIXED)]


def test_a_name_confirmed_once_is_not_asked_about_again(cast: Cast) -> None:
    clerk, tick = cast.client("lan"), {"partners-1-name-giu-nguyen": key_of(asks(GROUP))}
    saved = clerk.post(ENTER, complete(**sides(GROUP), **tick))
    program = Program.objects.get()
    page = clerk.get(saved.url).text
    assert f'value="{key_of(asks(GROUP))}" checked' in page
    clerk.post(f"/lam-viec/chuong-trinh/{program.code}/trinh/", {"phien-ban": "1"})
    program.refresh_from_db()
    assert program.state == State.WAITING
    assert next_term_data(program)["partners-1-name-giu-nguyen"] == key_of(asks(GROUP))


def test_handing_in_from_the_page_of_a_record_asks_on_its_form(cast: Cast) -> None:
    clerk = cast.client("lan")
    parties = [PartnerEntry(1, cast.ours), PartnerEntry(2, None, GROUP)]
    program = make_program(cast, "returned", partners=parties)
    answer = clerk.post(f"/lam-viec/chuong-trinh/{program.code}/trinh/", {"phien-ban": "1"}, follow=True)
    assert answer.redirect_chain == [(f"/lam-viec/chuong-trinh/{program.code}/sua/", 302)]
    on_form = ASKED.findall(resubmit(cast, program).text)
    assert on_form == [asks(GROUP), AS_RETURNED]
    for asked in on_form:
        assert f"{asked} Xin xem lại rồi bấm “Trình lãnh đạo”." in answer.text
    program.refresh_from_db()
    assert program.state == State.RETURNED


def approved_with_group(cast: Cast) -> Program:
    """An approved programme that prints a group; it came by a loader, so nobody was asked."""
    parties = [PartnerEntry(1, cast.ours), PartnerEntry(2, None, GROUP)]
    return make_program(cast, "approved", partners=parties)


@pytest.mark.parametrize(("name", "asked"), [(GROUP, []), (MIXED, [asks(MIXED)])])
def test_what_was_approved_as_printed_is_not_asked_about_in_an_edit(
    cast: Cast, name: str, asked: list[str]
) -> None:
    program = approved_with_group(cast)
    typed: dict[str, Any] = as_data(raw_data(program)) | {"partners-1-name": [name], "lam": ["submit"]}
    typed |= {"phien-ban": ["0"], "dua-tren": [str(program.version)]}
    page = cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", typed)
    assert ASKED.findall(page.text) == asked
    assert WorkingCopy.objects.filter(state=State.WAITING).exists() == (not asked)


def resubmit(cast: Cast, program: Program, **changes: Any) -> Any:
    """Press "Trình lãnh đạo" on the form of a record, or of its open edit, as it was saved."""
    copy = WorkingCopy.objects.first()
    typed = dict(copy.data) if copy else as_data(raw_data(program))
    seen = (copy.number, copy.based_on) if copy else (program.version, program.version)
    typed |= {"phien-ban": [str(seen[0])], "dua-tren": [str(seen[1])], "lam": ["submit"]} | changes
    return cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", typed)


AS_RETURNED = "Chưa sửa gì từ khi bị trả lại. Lý do trả lại: Thiếu căn cứ."


def returned_edit(cast: Cast) -> Program:
    """An approved programme whose edit was handed in and returned."""
    program = make_program(cast, "approved")
    resubmit(cast, program, title=["Tên mới"], **{"phien-ban": ["0"]})
    copy = WorkingCopy.objects.get()
    records.return_copy(copy, program, by=cast.hung, reason="Thiếu căn cứ.", expected=copy.number)
    return program


@pytest.mark.parametrize("make", [lambda cast: make_program(cast, "returned"), returned_edit])
def test_what_was_returned_is_not_handed_in_unchanged_by_chance(cast: Cast, make: Any) -> None:
    program = make(cast)
    page = resubmit(cast, program)
    assert (page.status_code, ASKED.findall(page.text)) == (422, [AS_RETURNED])
    where = f"/lam-viec/chuong-trinh/{program.code}/"
    from_page = cast.client("lan").post(f"{where}trinh/", follow=True)
    assert (from_page.redirect_chain[0][0], AS_RETURNED in from_page.text) == (f"{where}sua/", True)
    # Saved as it was it is still as it was returned; an edit also when it was changed and changed back.
    title = program.document.title if program.state == State.RETURNED else "Tên mới"
    changed = [] if program.state == State.RETURNED else ["Tên khác"]
    for written in (*changed, f" {title} "):
        assert resubmit(cast, program, lam=["save"], title=[written]).status_code == 302
        program.refresh_from_db()
    from_page = cast.client("lan").post(f"{where}trinh/", follow=True)
    assert AS_RETURNED in from_page.text
    assert ASKED.findall(resubmit(cast, program).text) == [AS_RETURNED]
    answer = resubmit(cast, program, lam=["xac-nhan"], **{"da-hoi": [AS_RETURNED]})
    assert answer.status_code == 302


@pytest.mark.parametrize("make", [lambda cast: make_program(cast, "returned"), returned_edit])
@pytest.mark.parametrize("is_saved_before", [False, True])
def test_what_was_changed_since_its_return_is_handed_in(cast: Cast, make: Any, is_saved_before: bool) -> None:
    program = make(cast)
    if is_saved_before:
        resubmit(cast, program, lam=["save"], title=["Tên sửa theo ý kiến"])
        program.refresh_from_db()
        assert cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/trinh/").status_code == 302
    else:
        assert resubmit(cast, program, title=["Tên sửa theo ý kiến"]).status_code == 302
    program.refresh_from_db()
    copy = WorkingCopy.objects.first()
    assert (copy or program).state == State.WAITING


def test_a_refused_file_is_missing_until_another_comes_or_it_is_let_go(cast: Cast) -> None:
    clerk, refused = cast.client("lan"), SimpleUploadedFile("bien-ban.doc", b"hello")
    page = clerk.post(ENTER, complete(tep=refused))
    [sentence] = re.findall(r'name="tep-thieu" value="(bien-ban.doc: [^"]*)" checked', page.text)
    saved = clerk.post(ENTER, complete(**{"tep-thieu": sentence}))
    program = Program.objects.get()
    for _ in range(2):  # the page says so each time it is opened
        assert f'name="tep-thieu" value="{sentence}" checked' in clerk.get(saved.url).text
    assert f'value="{sentence}" checked' in cast.client("lan").get(saved.url).text, "a new session too"
    page = resubmit(cast, program, **{"tep-thieu": [sentence]})
    assert ASKED.findall(page.text) == [f"Chưa có tệp {sentence}"]
    other = SimpleUploadedFile("bien-ban.pdf", PDF)
    posted = {name: values[0] for name, values in as_data(raw_data(program)).items() if values}
    clerk.post(saved.url, posted | {"phien-ban": "1", "tep-thieu": sentence, "tep": other})
    assert "tep-thieu" not in clerk.get(saved.url).text


def test_the_approver_reads_which_file_never_arrived(cast: Cast) -> None:
    lost = "bien-ban.doc: Tệp này không phải PDF."
    program = make_program(cast, "drafting")
    resubmit(cast, program, **{"tep-thieu": [lost]}, lam=["xac-nhan"], **{"da-hoi": [f"Chưa có tệp {lost}"]})
    program.refresh_from_db()
    assert program.state == State.WAITING
    page = cast.client("hung").get(f"/lam-viec/chuong-trinh/{program.code}/xem-xet/").text
    assert f"Chưa có tệp {lost} Người soạn đã xác nhận." in page


def test_fewer_items_than_the_paper_states_are_told_to_the_approver_and_asked_of_nobody(cast: Cast) -> None:
    program = make_program(cast, "drafting", stated_item_count=7)
    assert resubmit(cast, program).status_code == 302
    page = cast.client("hung").get(f"/lam-viec/chuong-trinh/{program.code}/xem-xet/").text
    assert "Văn bản nêu 7 nội dung, ghi được 2. Người soạn đã xác nhận." in page


@pytest.mark.parametrize("make", [lambda cast: make_program(cast, "returned"), returned_edit])
def test_the_approver_reads_why_it_was_returned_and_what_changed_since(cast: Cast, make: Any) -> None:
    program = make(cast)
    assert resubmit(cast, program, title=["Tên sửa theo ý kiến"]).status_code == 302
    page = cast.client("hung").get(f"/lam-viec/chuong-trinh/{program.code}/xem-xet/").text
    told = page.partition("Đã trả lại lần trước")[2].partition("Công khai những gì")[0]
    assert "Lý do trả lại: Thiếu căn cứ." in told and "Trích yếu" in told and "sửa theo ý kiến" in told


def test_the_approver_reads_which_names_mean_no_body(cast: Cast) -> None:
    parties = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner), PartnerEntry(3, None, GROUP)]
    waiting = make_program(cast, "waiting", partners=parties)
    assert told_to_leader(cast, waiting) == [f"{asks(GROUP)} Chưa ai xác nhận."]
    assert told_to_leader(cast, make_program(cast, "waiting")) == []


def guess_asked(name: str) -> str:
    """What is asked about a body guessed by its abbreviation."""
    return f"“{name}” đoán theo chữ viết tắt trong số và địa bàn của cơ quan mình. Xin kiểm tra."


def told_to_leader(cast: Cast, program: Program) -> list[str]:
    """What the leader's page says is to be minded."""
    page = cast.client("hung").get(f"/lam-viec/chuong-trinh/{program.code}/xem-xet/").text
    told = re.search(r"Cần lưu ý trước khi duyệt.*?<ul>(.*?)</ul>", page, re.DOTALL)
    return (
        [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in told[1].split("</li>")[:-1]] if told else []
    )


def test_a_guessed_side_stays_a_guess_until_its_writer_says_that_it_is_right(cast: Cast) -> None:
    clerk, name = cast.client("lan"), cast.partner.label
    guessed = {"partners-1-name-ma": cast.partner.code, "partners-1-name-doan": cast.partner.code}
    saved = clerk.post(ENTER, complete(**guessed))
    program = Program.objects.get()
    assert program.document.marks == {"partners": {"guessed": {cast.partner.code: False}}}
    page = clerk.get(saved.url).text
    assert (guess_asked(name) in page, f'-doan" value="{cast.partner.code}"' in page) == (True, True)
    assert ASKED.findall(resubmit(cast, program).text) == [guess_asked(name)]
    resubmit(cast, program, lam=["xac-nhan"], **{"da-hoi": [guess_asked(name)]})
    program = Program.objects.get()
    assert program.state == State.WAITING
    assert told_to_leader(cast, program) == [f"{guess_asked(name)} Người soạn đã xác nhận."]
    actions.approve(program, by=cast.hung, expected=program.version)
    program.refresh_from_db()
    assert "partners-1-name-doan" not in raw_data(program)


def test_another_body_named_where_one_was_guessed_is_no_guess(cast: Cast) -> None:
    guessed = {"partners-1-name-doan": cast.ours.code}
    assert cast.client("lan").post(ENTER, complete(lam="submit", **guessed)).status_code == 302
    assert told_to_leader(cast, Program.objects.get()) == []


TO_COME = "Ngày ký này chưa đến."
OVER = "Ngày ký sau ngày hết thời hạn."
DRAFT_OF_THE_PAST = "Ghi là dự thảo, chưa ký, mà ngày ký đã qua."


@time_machine.travel("2026-11-22 09:00+07:00")
@pytest.mark.parametrize(
    ("dated", "signing", "asked"),
    [
        ("1/3/2031", "", [f"{TO_COME} {OVER}"]),
        ("1/3/2031", "draft", [OVER]),
        ("1/12/2026", "", [TO_COME]),
        ("1/12/2026", "draft", []),
        ("tháng 11 năm 2026", "draft", []),
        ("14/4/2022", "draft", [DRAFT_OF_THE_PAST]),
        ("14/4/2022", "signed", []),
    ],
)
def test_a_day_of_signing_that_does_not_go_with_the_rest_is_asked_about(
    cast: Cast, dated: str, signing: str, asked: list[str]
) -> None:
    posted = complete(dated=dated, signing=signing, period="2026 – 2030")
    page = cast.client("lan").post(ENTER, posted | {"lam": "submit"})
    assert ASKED.findall(page.text) == asked
    if asked:
        cast.client("lan").post(ENTER, posted | {"lam": "xac-nhan", "da-hoi": asked})
        assert told_to_leader(cast, Program.objects.get()) == [f"{asked[0]} Người soạn đã xác nhận."]


@time_machine.travel("2026-11-22 09:00+07:00")
def test_what_is_signed_is_not_signed_on_a_day_to_come(cast: Cast) -> None:
    page = cast.client("lan").post(ENTER, complete(dated="1/3/2031", signing="signed"))
    assert (page.status_code, "Ngày này chưa đến, mà tình trạng ký ghi “đã ký”." in page.text) == (422, True)


TWIN = "Đã có chương trình của đúng các bên này, cùng thời hạn: Phối hợp thực hiện công tác dân vận."
SAME_NUMBER = "Số này đã có ở: Phối hợp thực hiện công tác dân vận (14/4/2022)."


@pytest.mark.parametrize(
    ("other", "typed", "asked"),
    [
        ({}, {}, [TWIN]),
        ({"period": "2027-2031"}, {}, []),
        ({"partners": "three"}, {}, []),
        ({}, {"period": "không rõ"}, []),
        ({"number": "07-CTrPH/BDVDU-UBND"}, {"number": "07-CTrPH/BDVDU-UBND", "dated": "1/6/2022"},
         [SAME_NUMBER]),
    ],
)  # fmt: skip
def test_a_programme_of_the_same_bodies_and_time_is_asked_about(
    cast: Cast, other: dict[str, Any], typed: dict[str, Any], asked: list[str]
) -> None:
    if other.get("partners") == "three":
        third = PartnerEntry(3, None, GROUP)
        other = {"partners": [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner), third]}
    twin, clerk = make_program(cast, **other), cast.client("lan")
    page = clerk.post(ENTER, complete(lam="submit", **typed))
    assert ASKED.findall(page.text) == asked
    if asked:
        there = f'<a href="/lam-viec/chuong-trinh/{twin.code}/">Xem văn bản ấy</a>'
        assert page.text.count(there) == 2  # in the question, and at the field
        clerk.post(ENTER, complete(lam="xac-nhan", **typed, **{"da-hoi": asked}))
        program = Program.objects.exclude(pk=twin.pk).get()
        assert told_to_leader(cast, program) == [f"{asked[0]} Xem văn bản ấy Người soạn đã xác nhận."]


def test_a_number_is_compared_for_every_body_of_a_joint_side(cast: Cast) -> None:
    council = make_body("HĐND phường Ba Đình", abbreviation="HĐND")
    make_program(cast, number="34/KH-UBND", partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, council)])
    joint = complete(number="34/KH-UBND", dated="1/6/2022", **sides("HĐND - UBND phường Ba Đình"))
    assert ASKED.findall(cast.client("lan").post(ENTER, joint | {"lam": "submit"}).text) == [SAME_NUMBER]


def test_a_record_keeps_no_words_of_the_paper_that_its_writer_was_asked_about(cast: Cast) -> None:
    """Its writer reads that paper; who else of the body reads the record may not."""
    number = "07-CTrPH/BDVDU-UBND"
    make_program(cast, number=number, title="Tên chỉ người soạn đọc")
    asked = SAME_NUMBER.replace("Phối hợp thực hiện công tác dân vận", "Tên chỉ người soạn đọc")
    typed, clerk = {"number": number, "dated": "1/6/2022", "period": "2027-2031"}, cast.client("lan")
    clerk.post(ENTER, complete(**typed, **{"number-giu-nguyen": key_of(asked)}))
    program = Program.objects.get(document__title=complete()["title"])
    resubmit(cast, program, lam=["xac-nhan"], **{"da-hoi": [asked]})
    program = Program.objects.get(pk=program.pk)
    assert program.state == State.WAITING
    kept = [program.document.marks, *program.document.history.values_list("marks", flat=True)]
    assert {mark["number"]["kept"] for mark in kept} == {key_of(asked)}
    assert "Tên chỉ" not in str(journal_of(program))
    actions.approve(program, by=cast.hung, expected=program.version)
    program.refresh_from_db()
    resubmit(cast, program, title=["Tên mới"], lam=["save"], **{"phien-ban": ["0"]})
    assert "Tên chỉ" not in str(WorkingCopy.objects.get().data)


def test_a_twin_that_came_since_an_edit_was_handed_in_is_told_and_no_wall(cast: Cast) -> None:
    program = make_program(cast, "approved")
    resubmit(cast, program, title=["Tên mới"], **{"phien-ban": ["0"]})
    make_program(cast)
    assert told_to_leader(cast, program) == [f"{TWIN} Xem văn bản ấy Chưa ai xác nhận."]
    where = f"/lam-viec/chuong-trinh/{program.code}/duyet/"
    number = str(WorkingCopy.objects.get().number)
    assert cast.client("hung").post(where, {"phien-ban": number, "lam": "approve"}).status_code == 302
    program.refresh_from_db()
    assert program.document.title == "Tên mới"


LEFT = "III. KINH PHÍ\nTheo quy định."
LEFT_ASKED = (
    "Phần của văn bản đã dán chưa vào ô nào (“III. KINH PHÍ Theo quy định.…”) sẽ chỉ nằm ở ghi chú nội bộ."
)


def test_what_no_field_took_of_a_paper_is_told_when_saved_and_asked_about_once(cast: Cast) -> None:
    clerk = cast.client("lan")
    box = f"{complete()['title']}\n\n{LEFT_OVER}\n{LEFT}"
    saved = clerk.post(ENTER, complete(number_line=box, lam="save"), follow=True)
    program = Program.objects.get()
    assert (program.note, LEFT_ASKED in saved.text) == (f"{LEFT_OVER}\n{LEFT}", True)
    assert ASKED.findall(resubmit(cast, program).text) == [LEFT_ASKED]
    resubmit(cast, program, lam=["xac-nhan"], **{"da-hoi": [LEFT_ASKED]})
    program.refresh_from_db()
    assert program.state == State.WAITING
    records.send_back(program, by=cast.hung, reason="Thiếu căn cứ.", expected=program.version)
    program.refresh_from_db()
    assert resubmit(cast, program, title=["Tên sửa theo ý kiến"]).status_code == 302

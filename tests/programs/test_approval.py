"""Deciding: exactly what was opened is approved, every reason is kept, publishing is an act of its own."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.actions import addresses, records
from portal.actions.copies import as_data
from portal.actions.records import NotNow
from portal.actions.registers import add_organizations
from portal.dates import parse_date
from portal.models import Act, State, Verb
from programs.actions import publish
from programs.forms.programs import raw_data
from programs.models import Program
from tests.cast import Cast, make_program, unknown_date


def url(verb: str, program: Program) -> str:
    """The address of a verb on a programme."""
    return reverse(f"programs:{verb}_program", args=[program.code])


def test_a_return_needs_a_reason_and_keeps_it(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    hung = cast.client("hung")
    version = {"phien-ban": str(program.version)}
    refused = hung.post(url("return", program), version)
    assert refused.status_code == 422
    assert re.findall(r'id="error-summary".*?<li><a href="#(.*?)">', refused.text, re.DOTALL) == [
        "id_tra-reason"
    ]
    assert hung.post(url("return", program), version | {"tra-reason": "Thiếu căn cứ"}).status_code == 302
    program.refresh_from_db()
    assert program.state == State.RETURNED
    act = Act.objects.get(verb=Verb.RETURN)
    assert (act.reason, act.person, act.record_code) == ("Thiếu căn cứ", cast.hung, program.code)
    assert "Thiếu căn cứ" in cast.client("lan").get(url("edit", program)).text


def test_a_version_that_moved_is_not_approved(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    answer = cast.client("hung").post(
        url("approve", program), {"phien-ban": str(program.version - 1), "lam": "approve"}
    )
    assert answer.status_code == 409
    program.refresh_from_db()
    assert (program.state, program.approved_at) == (State.WAITING, None)


def test_approving_does_not_publish(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    cast.client("hung").post(url("approve", program), {"phien-ban": str(program.version), "lam": "approve"})
    program.refresh_from_db()
    assert (program.state, program.published_from, program.slug) == (State.APPROVED, None, None)


def test_both_in_one_press(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    cast.client("hung").post(url("approve", program), {"phien-ban": str(program.version), "lam": "publish"})
    program.refresh_from_db()
    assert program.is_public()
    assert program.slug == "ban-dan-van-dang-uy-phuong-ba-dinh-va-ubnd-phuong-ba-dinh-2022-2026"
    assert cast.client(None).get(f"/chuong-trinh/{program.slug}/").status_code == 200


def test_one_press_does_both_or_neither(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **how: object) -> None:
        raise NotNow("Chưa công khai được.")

    program = make_program(cast, "waiting")
    monkeypatch.setattr(records, "publish", refuse)
    press = {"phien-ban": str(program.version), "lam": "publish"}
    assert cast.client("hung").post(url("approve", program), press).status_code == 409
    program.refresh_from_db()
    assert (program.state, Act.objects.filter(verb=Verb.APPROVE).count()) == (State.WAITING, 0)


def test_published_later_is_not_there_until_that_day(cast: Cast) -> None:
    program = make_program(cast, "approved")
    day = timezone.localdate() + timedelta(days=3)
    posted = {"phien-ban": str(program.version), "cong-when": f"{day.day}/{day.month}/{day.year}"}
    assert cast.client("hung").post(url("publish", program), posted).status_code == 302
    program.refresh_from_db()
    visitor = cast.client(None)
    assert visitor.get(f"/chuong-trinh/{program.slug}/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert visitor.get(f"/chuong-trinh/{program.slug}/").status_code == 200


def test_taken_down_answers_410_with_the_date(cast: Cast) -> None:
    program = make_program(cast, "withdrawn")
    answer = cast.client(None).get(f"/chuong-trinh/{program.slug}/")
    assert answer.status_code == 410
    assert "gỡ khỏi trang công khai" in answer.text
    program.refresh_from_db()
    assert program.state == State.APPROVED


def test_the_leader_is_told_what_approving_takes_for_granted(cast: Cast) -> None:
    said = "Khi duyệt, văn bản được tính là đã ký."
    unsaid, dated = make_program(cast, "waiting", dated=unknown_date()), make_program(cast, "waiting")
    pages = [cast.client("hung").get(url("review", one)).text for one in (unsaid, dated)]
    assert [said in page for page in pages] == [True, False]


def test_only_a_leader_decides(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    posted = {"phien-ban": str(program.version), "lam": "approve"}
    expected = {"lan": 403, "mai": 404, "binh": 404, "phuc": 404, "thu": 404, "kien": 404, "dung": 302}
    answers = {name: cast.client(name).post(url("approve", program), posted).status_code for name in expected}
    assert answers == expected


def test_a_predecessor_yields_when_its_successor_is_approved(cast: Cast) -> None:
    old = make_program(cast, "approved", period="2017-2021", dated=parse_date("5/1/2017"))
    new = make_program(cast, "waiting", period="2021-2026", dated=parse_date("5/11/2021"), predecessor=old)
    old.refresh_from_db()
    assert (old.in_force_until, old.has_successor) == (date(2021, 12, 31), False)
    cast.client("hung").post(url("approve", new), {"phien-ban": str(new.version), "lam": "approve"})
    old.refresh_from_db()
    assert (old.in_force_until, old.has_successor) == (date(2021, 11, 4), True)


def test_the_page_of_an_edit_shows_it_as_it_would_stand_and_writes_nothing(cast: Cast) -> None:
    program = make_program(cast, "published")
    edited = as_data(raw_data(program)) | {
        "title": ["Tên trong bản sửa"],
        "phien-ban": ["0"],
        "dua-tren": [str(program.version)],
        "lam": ["submit"],
    }
    cast.client("lan").post(url("edit", program), edited)
    acts = Act.objects.count()
    page = cast.client("hung").get(url("review", program)).text
    assert "Tên trong bản sửa" in page
    program.document.refresh_from_db()
    assert (program.document.title, Act.objects.count()) == ("Phối hợp thực hiện công tác dân vận", acts)


@pytest.mark.parametrize(
    ("state", "person", "address", "posted"),
    [
        ("drafting", "lan", "bo", {}),
        ("published", "hung", "go", {"go-reason": "Đăng nhầm"}),
        ("approved", "hung", "cham-dut", {"ended": "1/1/2025", "reason": "Sắp xếp lại"}),
    ],
)
def test_nothing_is_dropped_taken_down_or_ended_that_moved_meanwhile(
    cast: Cast, state: str, person: str, address: str, posted: dict[str, str]
) -> None:
    program = make_program(cast, state)
    there = f"/lam-viec/chuong-trinh/{program.code}/{address}/"
    client = cast.client(person)
    refused = client.post(there, posted | {"phien-ban": str(program.version - 1)}, follow=True)
    assert "đã được sửa sau khi đồng chí mở trang này" in refused.text
    now = Program.objects.get(pk=program.pk)
    assert (now.version, now.withdrawn_at, now.terminated_on) == (program.version, None, None)
    done = client.post(there, posted | {"phien-ban": str(program.version)})
    assert done.status_code == 302
    now = Program.objects.filter(pk=program.pk).first()
    assert now is None or now.withdrawn_at or now.terminated_on


def test_the_buttons_and_pages_of_deciding_carry_the_version(cast: Cast) -> None:
    draft, shown = make_program(cast, "drafting"), make_program(cast, "published")
    version = '<input type="hidden" name="phien-ban" value="1">'
    pages = [cast.client("hung").get(url(verb, shown)).text for verb in ("withdraw", "terminate")]
    pages.append(cast.client("lan").get(f"/lam-viec/chuong-trinh/{draft.code}/").text)
    assert [version in page for page in pages] == [True] * 3


def test_the_paper_that_ended_a_programme_is_asked_added_and_shown(cast: Cast) -> None:
    program = make_program(cast, "approved")
    told = {"ended": "1/7/2025", "reason": "Sắp xếp lại", "phien-ban": "1"}
    hung = cast.client("hung")
    wordless = hung.post(url("terminate", program), told | {"paper": "một quyết định"})
    assert (wordless.status_code, "Ghi số, ký hiệu" in wordless.text) == (422, True)
    line = "Quyết định số 12-QĐ/ĐU ngày 30/6/2025 về việc chấm dứt"
    assert hung.post(url("terminate", program), told | {"paper": line}).status_code == 302
    program.refresh_from_db()
    ended_by = program.termination_document
    assert (ended_by.number, str(ended_by.dated), ended_by.looked_at) == ("12-QĐ/ĐU", "30/6/2025", False)
    record = f"/lam-viec/chuong-trinh/{program.code}/"
    assert [f"Theo {ended_by}" in cast.client(who).get(record).text for who in ("lan", "phuc")] == [True] * 2


def test_an_address_taken_at_the_same_moment_gives_way_to_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_program(cast, "published"), make_program(cast, "approved")
    monkeypatch.setattr(addresses, "addresses_like", lambda *_, **__: set())
    publish(second, by=cast.hung, expected=second.version)
    second.refresh_from_db()
    assert second.slug == f"{first.slug}-2"
    assert Act.objects.filter(verb=Verb.PUBLISH, record_code=second.code).count() == 1
    assert [add_organizations(["Hội Cựu chiến binh"], by=cast.lan)[0].slug for _ in range(2)] == [
        "hoi-cuu-chien-binh",
        "hoi-cuu-chien-binh-2",
    ]


def said(days: int) -> str:
    """A day counted from today, as it is typed and said."""
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day}/{day.month}/{day.year}"


def test_a_day_of_publication_is_said_changed_and_called_off(cast: Cast) -> None:
    program = make_program(cast, "waiting")
    hung = cast.client("hung")
    asked = {"phien-ban": str(program.version), "lam": "schedule"}
    assert hung.post(url("approve", program), asked).status_code == 422
    inside = hung.post(url("approve", program), asked | {"lam": "approve", "cong-when": said(3)})
    assert (inside.status_code, "Đã ghi ngày công khai." in inside.text) == (422, True)
    answer = hung.post(url("approve", program), asked | {"cong-when": said(3)}, follow=True)
    assert f"Đã duyệt, công khai từ ngày {said(3)}." in answer.text
    assert "Đổi ngày công khai" in answer.text and "Hủy hẹn công khai" in answer.text
    program.refresh_from_db()
    assert f'value="{said(3)}"' in hung.get(url("review", program)).text
    changed = {"phien-ban": str(program.version), "cong-when": said(9)}
    answer = hung.post(url("publish", program), changed, follow=True)
    assert f"Sẽ công khai từ ngày {said(9)}." in answer.text
    page = hung.get(url("call_off", program)).text
    assert f"Văn bản đang hẹn công khai từ ngày {said(9)}." in page and "văn bản để nội bộ" in page
    assert "Đã hủy hẹn công khai." in hung.post(url("call_off", program), changed, follow=True).text
    program.refresh_from_db()
    assert (program.published_from, program.withdrawn_at, program.state) == (None, None, State.APPROVED)
    assert [act.verb for act in Act.objects.about(program)[:3]] == [Verb.CALL_OFF, Verb.PUBLISH, Verb.PUBLISH]


def test_taken_down_and_to_be_shown_again_answers_410_until_that_day(cast: Cast) -> None:
    program = make_program(cast, "withdrawn")
    ended = timezone.localdate(program.withdrawn_at)
    page, visitor = f"/chuong-trinh/{program.slug}/", cast.client(None)
    posted = {"phien-ban": str(program.version), "cong-when": said(3)}
    for _ in range(2):
        cast.client("hung").post(url("publish", program), posted)
        program.refresh_from_db()
        assert program.is_scheduled()
        answer = visitor.get(page)
        assert answer.status_code == 410 and f"{ended.day}/{ended.month}/{ended.year}" in answer.text
        asked = cast.client("hung").get(url("call_off", program)).text
        assert "văn bản vẫn gỡ khỏi trang công khai như trước" in asked
        cast.client("hung").post(url("call_off", program), posted)
        program.refresh_from_db()
        assert (program.is_scheduled(), program.withdrawn_at is None) == (False, False)
        assert visitor.get(page).status_code == 410
    cast.client("hung").post(url("publish", program), posted)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert visitor.get(page).status_code == 200


def test_the_difference_is_told_word_by_word_over_everything_approved(cast: Cast) -> None:
    program = make_program(cast, "published", items=["Tổ chức hội nghị mỗi năm một lần " * 12])
    edited = raw_data(program)
    edited["items-0-text"] = edited["items-0-text"].replace("năm một lần", "quý một lần", 1)
    posted = {"phien-ban": ["0"], "dua-tren": [str(program.version)], "lam": ["submit"]}
    cast.client("lan").post(url("edit", program), as_data(edited) | posted)
    page = cast.client("hung").get(url("review", program)).text
    assert "<del> năm</del>" in page and "<ins> quý</ins>" in page
    assert edited["items-0-text"].strip() in page
    assert "<b>Loại văn bản</b>" in page

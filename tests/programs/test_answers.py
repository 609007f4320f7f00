"""What a body hands in: by account and through its link; kept part by part, sent once, receipted; bad input says why."""

import gzip
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portal.dates import parse_period
from portal.files import forget_stale
from portal.models import Attachment, WorkingCopy
from portal.whose import WHOSE, signed
from programs.actions import rounds
from programs.actions.answers import forget_unsent_of_closed
from programs.actions.rounds import RoundEntry
from programs.duty_links import link_of
from programs.models import Duty, DutyState, Submission
from tests.cast import PASSWORD, Cast
from tests.read_word import opened as opened_word
from tests.read_word import texts

TODAY, DUE = date(2026, 11, 2), date(2026, 11, 20)
PDF = b"%PDF-1.7 1 0 obj <</Type/Pages/Count 2>> endobj %%EOF"
TOLD = {
    "results": "Đã đối thoại 3 cuộc với Nhân dân.",
    "figures-TOTAL_FORMS": "1",
    "figures-0-counts": "Mô hình “Dân vận khéo”",
    "figures-0-value": "1.045",
    "figures-0-unit": "mô hình",
    "figures-0-as_of": "tháng 10/2026",
}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=True):
        yield


def make_duty(cast: Cast, title: str = "Sơ kết năm 2026", due: date = DUE) -> Duty:
    """The part the partner has to hand in to our body, with its link; the neighbour is asked too."""
    entry = RoundEntry(title, due, named=[cast.partner, cast.neighbour], asks="Nêu kết quả nổi bật.")
    current = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    rounds.give_links(current, list(current.duties.all()), by=cast.lan)
    return fresh(current.duties.get(organization=cast.partner))


def fresh(duty: Duty) -> Duty:
    """The duty as it stands now."""
    return (
        Duty.objects.with_state(date.today()).select_related("round__keeper", "organization").get(pk=duty.pk)
    )


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """A duty of the partner."""
    return make_duty(cast)


def part_of(duty: Duty) -> str:
    """Where the people of the body write it."""
    return f"/lam-viec/dot/{duty.round.code}/phan/{duty.code}/"


def hidden(answer: HttpResponse, name: str) -> str:
    """What a hidden field of the page carries."""
    return answer.context[name]


def hand_in(
    client: Client, url: str, told: dict[str, str] | None = None, name: str = "Lê Văn An"
) -> HttpResponse:
    """Save, look, send; the answer of the last press."""
    page = client.get(url)
    posted = (told or TOLD) | {
        "lam": "xem-lai",
        "luc-mo": hidden(page, "marks"),
        "trang": hidden(page, "page"),
    }
    look = client.post(url, posted, follow=True)
    sent = {"da-nop": look.context["count"], "ban": look.context["number"], "sender_name": name}
    return client.post(f"{url}xem-lai/", sent)


# --- the link


def test_the_time_asked_about_is_said_as_people_say_it(cast: Cast, duty: Duty) -> None:
    for told, said in (
        ("năm 2026", "báo cáo năm 2026, hạn"),
        ("6 tháng đầu năm 2026", "báo cáo 6 tháng đầu năm 2026, hạn"),
    ):
        duty.round.period = parse_period(told)
        duty.round.save()
        assert said in Client().get(link_of(duty)).text


def test_opening_a_link_writes_nothing_and_is_told_to_nobody(duty: Duty) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = Client().get(link_of(duty))
    assert answer.status_code == 200
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []
    told = ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")
    assert [answer[name] for name in told] == ["noindex, nofollow", "same-origin", "private, no-cache"]
    assert (answer.context["body"], "UBND phường Ba Đình" in answer.text) == (duty.organization, True)


@pytest.mark.parametrize("how", ["withdrawn", "given anew", "closed", "waived"])
def test_a_link_that_ended_says_so_and_whom_to_ask(cast: Cast, duty: Duty, how: str) -> None:
    url = link_of(duty)
    hand_in(Client(), link_of(fresh(Duty.objects.get(organization=cast.neighbour))))
    if how in {"withdrawn", "given anew"}:
        rounds.withdraw_link(duty, by=cast.lan)
    if how == "given anew":
        rounds.give_link(duty, by=cast.lan)
    if how == "closed":
        rounds.close_round(duty.round, by=cast.lan)
    if how == "waived":
        rounds.waive(duty, by=cast.lan, reason="Đã sáp nhập.")
    answers = [
        Client().get(url),
        Client().post(url, TOLD),
        Client().post(f"{url}giu/", TOLD),
        Client().get(f"{url}xem-lai/"),
    ]
    assert [one.status_code for one in answers] == [410] * 4
    assert {f"liên hệ {cast.ours}" in one.text for one in answers} == {True}
    assert {str(cast.neighbour) in one.text for one in answers} == {False}
    assert WorkingCopy.objects.count() == 0


def test_wrong_links_are_counted_as_wrong_passwords_are(cast: Cast, duty: Duty) -> None:
    url, other = link_of(duty), link_of(fresh(Duty.objects.get(organization=cast.neighbour)))
    wrong = [Client().get(f"{url[:-3]}zz/").status_code for _ in range(6)]
    assert wrong == [404] * 5 + [429]
    assert (Client().get(url).status_code, Client().get(other).status_code) == (429, 200)
    with time_machine.travel("2026-11-02 10:00:00+07:00"):
        assert Client().get(url).status_code == 200
    assert [Client().get(f"/phan-nop/{odd}/").status_code for odd in ("x", "a.b.c", "%00", "ơ" * 300)] == [
        404
    ] * 4


def test_a_link_opens_nothing_of_another_part(cast: Cast, duty: Duty) -> None:
    client, other = Client(), fresh(Duty.objects.get(organization=cast.neighbour))
    theirs = hand_in(client, link_of(other)).url.rstrip("/").rpartition("/")[2]
    url = link_of(duty)
    addresses = [
        f"{url}bien-nhan/{theirs}/",
        f"{url}bien-nhan/{theirs}/anh/",
        f"{url}bien-nhan/{theirs}/word/",
    ]
    assert [client.get(one).status_code for one in addresses] == [404] * 3
    inside = ["/lam-viec/", part_of(duty), "/lam-viec/tep/", "/lam-viec/luu-tam/", "/admin/"]
    assert {client.get(one).status_code for one in inside} == {302}


def test_the_first_view_is_light_enough_for_an_old_phone(duty: Duty) -> None:
    page = Client().get(link_of(duty), headers={"accept-encoding": "gzip"})
    shown = gzip.decompress(page.content).decode()
    named = set(re.findall(r'(?:src|href)="/static/([^"#]+)', shown)) | {"icons.svg"}
    static = Path(__file__).resolve().parents[2] / "static"
    brought = len(page.content) + sum(
        len(gzip.compress((static / one).read_bytes())) for one in named if "woff2" not in one
    )
    fonts = sum(one.stat().st_size for one in static.glob("vendor/*/*.woff2"))
    assert {"css/portal.css", "js/keeping.js", "js/files.js"} <= named
    assert brought + fonts <= 130_000


# --- writing and sending


@pytest.mark.parametrize("who", ["phuc", None])
def test_a_part_is_kept_looked_at_sent_once_and_receipted(cast: Cast, duty: Duty, who: str | None) -> None:
    client, url = cast.client(who), part_of(duty) if who else link_of(duty)
    page = client.get(url)
    posted = TOLD | {"luc-mo": hidden(page, "marks"), "trang": hidden(page, "page")}
    assert client.post(url, posted | {"lam": "save", "phan": "phan-so-lieu"}).url == f"{url}#phan-so-lieu"
    assert (fresh(duty).state, Submission.objects.count()) == (DutyState.DRAFTING, 0)
    assert client.post(url, posted | {"lam": "xem-lai"}).url == f"{url}xem-lai/"
    look = client.get(f"{url}xem-lai/")
    assert "Mô hình “Dân vận khéo”: 1.045 mô hình (tính đến tháng 10/2026)" in look.text
    press = {"da-nop": look.context["count"], "ban": look.context["number"], "sender_name": "Lê Văn An"}
    first, second = client.post(f"{url}xem-lai/", press), client.post(f"{url}xem-lai/", press)
    sent = Submission.objects.get()
    assert (first.url, second.url, client.get(url).url) == (f"{url}bien-nhan/{sent.code}/",) * 3
    figure = {"counts": "Mô hình “Dân vận khéo”", "value": "1045", "unit": "mô hình", "approximator": "", "as_of": "tháng 10/2026"}  # fmt: skip
    assert sent.content == {"results": TOLD["results"], "figures": [figure]}
    assert (sent.sender, sent.keeper) == (str(cast.phuc) if who else "Lê Văn An", cast.partner)
    assert (fresh(duty).state, WorkingCopy.objects.count()) == (DutyState.SENT, 0)
    receipt = client.get(first.url)
    told = [
        "đã nộp phần báo cáo",
        TOLD["results"],
        "1.045 mô hình",
        sent.sender,
        "Kết quả thực hiện (8 chữ); 1 số liệu",
    ]
    assert [words for words in told if words not in receipt.text] == []


def test_nothing_is_sent_that_was_written_after_the_look(duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    page = client.get(url)
    posted = TOLD | {"luc-mo": hidden(page, "marks"), "trang": hidden(page, "page")}
    look = client.post(url, posted | {"lam": "xem-lai"}, follow=True)
    client.post(url, posted | {"results": "Đã sửa."})
    press = {"da-nop": look.context["count"], "ban": look.context["number"], "sender_name": "An"}
    answer = client.post(f"{url}xem-lai/", press)
    assert (answer.status_code, "Nội dung vừa được sửa." in answer.text, "Đã sửa." in answer.text) == (
        422,
        True,
        True,
    )
    assert Submission.objects.count() == 0


def test_an_empty_part_and_a_nameless_sender_are_told_at_the_field(duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    empty = client.post(url, {"lam": "xem-lai"})
    assert (empty.status_code, list(empty.context["form"].head.errors)) == (422, ["results"])
    nameless = hand_in(client, url, name=" ")
    assert (nameless.status_code, "Ghi họ tên người nộp." in nameless.text) == (422, True)
    assert Submission.objects.count() == 0


def test_after_closing_it_is_refused_and_what_was_typed_stays(cast: Cast, duty: Duty) -> None:
    client, url = cast.client("phuc"), part_of(duty)
    rounds.close_round(duty.round, by=cast.lan)
    refused = client.post(url, TOLD)
    assert (refused.status_code, "đã đóng từ ngày 2/11/2026" in refused.text, TOLD["results"] in refused.text) == (422, True, True)  # fmt: skip
    shut = client.get(url)
    assert (shut.status_code, "đã đóng từ ngày 2/11/2026" in shut.text, "<textarea" in shut.text) == (
        200,
        True,
        False,
    )
    assert (WorkingCopy.objects.count(), Submission.objects.count()) == (0, 0)


def test_the_receipt_is_read_through_its_link_after_closing(cast: Cast, duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    upload = client.post(f"{url}tep/", {"tep": SimpleUploadedFile("bao-cao.pdf", PDF)}).json()
    told = TOLD | {"files-TOTAL_FORMS": "1", "files-0-file": upload["code"]}
    receipt = hand_in(client, url, told).url
    rounds.close_round(duty.round, by=cast.lan)

    def answers() -> list[int]:
        found = [Client().get(one) for one in (receipt, f"{url}tep/{upload['code']}/")]
        return [one.status_code for one in found if one.getvalue()]

    assert answers() == [200, 200]
    rounds.withdraw_link(duty, by=cast.lan)
    assert answers() == [410, 410]


def test_a_page_opened_before_a_part_was_sent_takes_none_of_its_words_away(cast: Cast, duty: Duty) -> None:
    desk, inside = cast.client("phuc"), part_of(duty)
    page = desk.get(inside)
    opened = {"luc-mo": hidden(page, "marks"), "trang": hidden(page, "page")}
    hand_in(Client(), link_of(duty))
    sent = Submission.objects.get()
    late = desk.post(inside, {"lessons": "Bài học"} | opened)
    assert ("Phần này đã nộp." in late.text, late.context["receipt_url"]) == (
        True,
        f"{inside}bien-nhan/{sent.code}/",
    )
    rounds.return_submission(sent, by=cast.lan, reason="Thiếu số liệu quý IV.")
    assert desk.post(f"{inside}giu/", {"lessons": "Bài học"} | opened).status_code == 200
    copy = WorkingCopy.objects.get()
    assert (copy.data["results"], copy.data["lessons"]) == ([TOLD["results"]], ["Bài học"])
    receipt = f"{inside}bien-nhan/{sent.code}/"
    offered = {who: "Sửa và nộp lại" in cast.client(who).get(receipt).text for who in ("lan", "phuc")}
    assert offered == {"lan": False, "phuc": True}


def test_a_returned_part_goes_on_from_what_was_sent_with_the_reason_on_top(cast: Cast, duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    upload = client.post(f"{url}tep/", {"tep": SimpleUploadedFile("bao-cao.pdf", PDF)}).json()
    told = TOLD | {"files-TOTAL_FORMS": "1", "files-0-file": upload["code"]}
    first = Submission.objects.get(code=hand_in(client, url, told).url.rstrip("/").rpartition("/")[2])
    rounds.return_submission(first, by=cast.lan, reason="Thiếu số liệu quý IV.")
    page = client.get(url)
    assert ("Thiếu số liệu quý IV." in page.text, page.context["form"].data["results"]) == (
        True,
        TOLD["results"],
    )
    client.post(f"{url}tep/", {"tep": SimpleUploadedFile("bo-sung.pdf", PDF + b" ")})
    assert client.get(url).context["form"].data["results"] == TOLD["results"]
    again = told | {"results": "Đã bổ sung quý IV.", "files-0-file": page.context["form"].files[0].code}
    receipt = client.get(hand_in(client, url, again).url)
    second = Submission.objects.get(number=2)
    assert ("nộp lần 2" in receipt.text, second.content["results"]) == (True, "Đã bổ sung quý IV.")
    names = [[one.name for one in sent.document.attachments.all()] for sent in (first, second)]
    assert names == [["bao-cao.pdf"]] * 2
    assert len({one.sha256 for one in Attachment.objects.exclude(document=None)}) == 1


def test_last_time_is_taken_over_but_for_its_numbers(cast: Cast, duty: Duty) -> None:
    hand_in(Client(), link_of(duty))
    url = link_of(make_duty(cast, "Tổng kết năm 2026", date(2026, 12, 20)))
    page = Client().post(url, {"lam": "ky-truoc", "proposals": "Giữ nguyên."})
    data = page.context["form"].data
    row = {name: data.get(f"figures-0-{name}", "") for name in ("counts", "value", "unit", "before")}
    assert (data["results"], data["proposals"]) == (TOLD["results"], "Giữ nguyên.")
    assert row == {
        "counts": "Mô hình “Dân vận khéo”", "value": "", "unit": "mô hình", "before": "1.045 mô hình (tính đến tháng 10/2026)",
    }  # fmt: skip
    assert "Kỳ trước: 1.045 mô hình" in page.text
    missing = Client().post(url, data.dict() | {"lam": "xem-lai"})
    assert "Ghi giá trị, hoặc bỏ dòng này." in missing.text


def test_last_time_is_never_what_another_body_told(cast: Cast, duty: Duty) -> None:
    hand_in(Client(), link_of(duty))
    later = make_duty(cast, "Tổng kết năm 2026", date(2026, 12, 20))
    url = link_of(later.round.duties.select_related("round__keeper").get(organization=cast.neighbour))
    assert "Lấy từ kỳ trước" not in Client().get(url).text
    assert Client().post(url, {"lam": "ky-truoc"}).context["form"].data.get("results", "") == ""


def test_two_people_of_one_body_do_not_write_over_each_other(cast: Cast, duty: Duty) -> None:
    phone, desk, url, inside = Client(), cast.client("phuc"), link_of(duty), part_of(duty)
    pages = {client: client.get(at) for client, at in ((phone, url), (desk, inside))}
    opened = {
        client: {"luc-mo": hidden(page, "marks"), "trang": hidden(page, "page")}
        for client, page in pages.items()
    }
    phone.post(f"{url}giu/", {"results": "Từ điện thoại"} | opened[phone])
    kept = desk.post(f"{inside}giu/", {"lessons": "Từ máy bàn"} | opened[desk])
    copy = WorkingCopy.objects.get()
    assert (kept.status_code, copy.data["results"], copy.data["lessons"]) == (
        200,
        ["Từ điện thoại"],
        ["Từ máy bàn"],
    )
    # The same page goes on, though the answer to what it sent was lost.
    again = phone.post(f"{url}giu/", {"results": "Từ điện thoại, tiếp"} | opened[phone])
    clash = desk.post(inside, {"lam": "save", "results": "Từ máy bàn"} | opened[desk])
    assert (again.status_code, clash.status_code) == (200, 422)
    told = (
        "Người khác vừa ghi cùng chỗ với đồng chí: Kết quả thực hiện",
        "Từ điện thoại, tiếp",
        "Từ máy bàn",
    )
    assert [words for words in told if words not in clash.text] == []
    knowing = {
        "lam": "save",
        "results": "Từ máy bàn",
        "luc-mo": hidden(clash, "marks"),
        "trang": hidden(clash, "page"),
    }
    assert desk.post(inside, knowing).status_code == 302
    assert WorkingCopy.objects.get().data["results"] == ["Từ máy bàn"]


def test_a_save_after_the_session_ended_completes_with_the_password(cast: Cast, duty: Duty) -> None:
    inside, client = part_of(duty), Client()
    page = cast.client("phuc").get(inside)
    posted = {
        "lam": "save",
        "luc-mo": hidden(page, "marks"),
        "trang": hidden(page, "page"),
        WHOSE: signed(cast.phuc),
    }
    asked = client.post(inside, TOLD | posted)
    through = {"next": asked.context["next"], "username": "phuc", "password": PASSWORD} | dict(
        asked.context["carried"]
    )
    answer = client.post("/dang-nhap/", through)
    assert (asked.status_code, answer.url) == (401, inside)
    assert WorkingCopy.objects.get().data["results"] == [TOLD["results"]]


def test_what_nobody_sent_goes_two_months_after_its_round_was_closed(cast: Cast, duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    client.post(f"{url}tep/", {"tep": SimpleUploadedFile("bao-cao.pdf", PDF)})
    rounds.close_round(duty.round, by=cast.lan)
    with time_machine.travel(TODAY + timedelta(days=30), tick=True):
        assert (forget_unsent_of_closed(date.today()), forget_stale(timezone.now())) == (0, 0)
    with time_machine.travel(TODAY + timedelta(days=61), tick=True):
        assert (forget_unsent_of_closed(date.today()), forget_stale(timezone.now())) == (1, 1)


# --- bad input


@pytest.mark.parametrize(
    ("value", "unit", "as_of", "field", "sentence"),
    [
        ("nhiều lắm", "", "", "value", "Không đọc được số “nhiều lắm”."),
        ("-3", "", "", "value", "Số liệu không thể là số âm."),
        ("9" * 14, "", "", "value", "Số quá lớn."),
        ("1,234", "", "", "value", "Ghi nhiều nhất hai chữ số sau dấu phẩy."),
        ("4.000", "%", "", "value", "Tỷ lệ lớn hơn 1.000 %."),
        ("12 hộ", "người", "", "value", "Đã ghi đơn vị là “người”."),
        ("12", "", "31/2/2026", "as_of", "31/2/2026"),
        ("12", "", "3/11/2026", "as_of", "Ngày này chưa đến."),
    ],
)  # fmt: skip
def test_an_absurd_figure_is_refused_at_its_field(duty: Duty, value: str, unit: str, as_of: str, field: str, sentence: str) -> None:  # fmt: skip
    figure = {
        "figures-0-counts": "Hộ dân",
        "figures-0-value": value,
        "figures-0-unit": unit,
        "figures-0-as_of": as_of,
    }
    answer = Client().post(link_of(duty), {"lam": "save", "figures-TOTAL_FORMS": "1"} | figure)
    errors = answer.context["form"].rows["figures"].forms[0].errors
    assert (answer.status_code, list(errors), sentence in str(errors)) == (422, [field], True)
    assert WorkingCopy.objects.count() == 0


def test_a_number_is_read_with_its_words(duty: Duty) -> None:
    typed = {
        "hơn 1.200 hộ": ("hơn", "1200", "hộ"),
        "1 045 mô hình": ("", "1045", "mô hình"),
        "42,9 %": ("", "42.9", "%"),
    }
    figures = {"figures-TOTAL_FORMS": str(len(typed))}
    for row, words in enumerate(typed):
        figures |= {f"figures-{row}-counts": "Hộ dân", f"figures-{row}-value": words}
    hand_in(Client(), link_of(duty), figures)
    told = Submission.objects.get().content["figures"]
    assert [(one["approximator"], one["value"], one["unit"]) for one in told] == list(typed.values())


def test_files_of_the_wrong_kind_and_of_others_are_refused(cast: Cast, duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    other = link_of(fresh(Duty.objects.get(organization=cast.neighbour)))
    theirs = client.post(f"{other}tep/", {"tep": SimpleUploadedFile("b.pdf", PDF)}).json()
    program = client.post(f"{url}tep/", {"tep": SimpleUploadedFile("a.pdf", b"MZ not a paper")})
    photo = client.post(f"{url}tep/", {"anh": SimpleUploadedFile("a.jpg", PDF)})
    assert [program.status_code, photo.status_code] == [400, 400]
    assert [bool(one.json()["error"]) for one in (program, photo)] == [True, True]
    answer = client.post(url, {"lam": "save", "files-TOTAL_FORMS": "1", "files-0-file": theirs["code"]})
    assert (answer.status_code, "Không tìm thấy tệp này." in answer.text) == (422, True)
    assert client.get(f"{url}tep/{theirs['code']}/").status_code == 404
    assert Attachment.objects.count() == 1


def test_without_scripts_files_come_with_the_form(duty: Duty) -> None:
    client, url = Client(), link_of(duty)
    opened = {"luc-mo": hidden(client.get(url), "marks"), "lam": "save"}
    client.post(url, TOLD | opened | {"tep": SimpleUploadedFile("bao-cao.pdf", PDF)})
    page = client.get(url)
    [file] = page.context["form"].files
    served = client.get(f"{url}tep/{file.code}/")
    assert (file.name, b"".join(served)) == ("bao-cao.pdf", PDF)


def test_words_that_look_like_script_are_words(duty: Duty) -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    receipt = Client().get(hand_in(Client(), link_of(duty), {"results": evil}, name="<b>An</b>").url)
    assert ("<script>alert" in receipt.text, "&lt;script&gt;alert(1)" in receipt.text) == (False, True)


NAMES = ["results", "limitations", "lam", "luc-mo", "trang", "phan", "da-nop", "ban", "sender_name"]
NAMES += [
    f"figures-{row}-{name}" for row in (0, 1) for name in ("counts", "value", "unit", "as_of", "before")
]
NAMES += ["figures-TOTAL_FORMS", "files-TOTAL_FORMS", "files-0-file"]
SHARP = ["", "0", "1", "-1", "\x00", "9" * 400, "1.045", "22,5", "5/11", "29/2/2021", "<script>", "[]", '{"results": []}',
         "save", "xem-lai", "ky-truoc", "figures:drop:0", "figures:up:²", "🂡", "{{ x }}", "trên", "không rõ"]  # fmt: skip
POSTS = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(st.sampled_from(SHARP), st.text(max_size=40)), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=POSTS, page=st.sampled_from(["", "giu/", "tep/", "xem-lai/"]))
def test_any_post_is_answered_and_nothing_is_sent_unasked(duty: Duty, fields: dict, page: str) -> None:
    answer = Client().post(f"{link_of(duty)}{page}", fields)
    assert answer.status_code in {200, 302, 400, 409, 422}
    assert all(one.content for one in Submission.objects.all())


# --- the receipt taken along


def test_the_receipt_is_a_small_picture_and_a_paper(cast: Cast, duty: Duty) -> None:
    client = Client()
    receipt = hand_in(
        client, link_of(duty), TOLD | {"lessons": "Bám cơ sở. " * 900}, name="Nguyễn Thị Ắc " * 8
    ).url
    drawn = client.get(f"{receipt}anh/")
    with Image.open(io.BytesIO(drawn.content)) as image:
        looks = (drawn["Content-Type"], image.format, image.width, len(drawn.content) < 60_000)
    assert looks == ("image/png", "PNG", 720, True)
    said = "\n".join(texts(opened_word(client.get(f"{receipt}word/").content)))
    told = [
        "GIẤY BIÊN NHẬN",
        Submission.objects.get().code[:4],
        "Đã đối thoại 3 cuộc",
        "1.045 mô hình",
        "NGƯỜI NỘP",
    ]
    assert [words for words in told if words not in said] == []


def test_what_a_page_carries_of_the_moment_it_was_opened_is_short(duty: Duty) -> None:
    page = Client().get(link_of(duty))
    assert len(json.dumps(page.context["marks"])) < 200

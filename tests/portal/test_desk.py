"""The desk: groups in their order, each line a verb, a thing and a date, the oldest due first."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.actions.copies import autosave
from portal.columns import new_code
from portal.dates import parse_date
from portal.sections import DeskGroup
from portal.views import desk
from programs import actions
from programs.models import Program
from tests.cast import Cast, in_days, make_program
from tests.programs.test_two_clerks import fields_of


def lines(page: str) -> list[tuple[str, list[str]]]:
    """The groups of the desk with the words of their lines."""
    sections = re.findall(
        r"<h([12])>(.*?)</h\1>((?:(?!<h[12]>).)*?)<ul class=\"tasks\">(.*?)</ul>", page, re.S
    )
    return [
        (
            name,
            [
                " ".join(re.sub(r"<[^>]+>", " ", one).split())
                for one in re.findall(r"<li>(.*?)</li>", rows, re.S)
            ],
        )
        for _, name, _, rows in sections
    ]


def test_every_group_is_read_under_one_heading():
    assert sorted(group.name for heading in desk.HEADINGS for group in heading.groups) == sorted(
        group.name for group in DeskGroup
    )


def said(days: int) -> str:
    """A day counted from today, as a date is said."""
    day = in_days(days)
    return f"{day.day}/{day.month}/{day.year}"


def test_the_desk_of_an_approver_stands_in_groups_with_dates(cast: Cast) -> None:
    parties = "Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình"
    for days, state in [(5, "waiting"), (1, "returned"), (2, "drafting"), (9, "waiting")]:
        with time_machine.travel(timezone.now() - timedelta(days=days)):
            make_program(cast, state, period="2022-2035")
    for days in (40, -3, 400):
        make_program(cast, "approved", period=f"1/2/2022 - {said(days)}")
    scheduled = make_program(cast, "approved", period="2022-2035", dated=parse_date("1/1/2022"))
    start = timezone.now() + timedelta(days=6)
    actions.publish(scheduled, by=cast.hung, expected=scheduled.version, start=start)
    assert lines(cast.client("hung").get("/lam-viec/").text) == [
        ("Trả lại", [f"Sửa theo ý kiến: {parties}, 2022–2035 trả lại {said(-1)}, hôm qua · Thiếu căn cứ."]),
        (
            "Đang soạn",
            [f"Soạn tiếp: {parties}, 2022–2035 soạn từ {said(-2)}, 2 ngày trước · Nguyễn Thị Lan soạn"],
        ),
        (
            "Đến hạn",
            [
                f"Chuẩn bị giai đoạn mới: {parties}, 2022–{in_days(-3).year} hạn {said(-3)}, quá hạn 3 ngày",
                f"Chuẩn bị giai đoạn mới: {parties}, 2022–{in_days(40).year} hạn {said(40)}, còn 40 ngày",
            ],
        ),
        (
            "Chờ duyệt",
            [
                f"Xem xét: {parties}, 2022–2035 gửi {said(-9)}, 9 ngày trước · Nguyễn Thị Lan trình",
                f"Xem xét: {parties}, 2022–2035 gửi {said(-5)}, 5 ngày trước · Nguyễn Thị Lan trình",
            ],
        ),
        (
            "Ngày sắp tới",
            [
                f"{parse_date(said(6)).long()} Công khai: {parties}, 2022–2035",
                f"{parse_date(said(40)).long()} Hết hạn: {parties}, 2022–{in_days(40).year}",
                f"{parse_date(said(400)).long()} Hết hạn: {parties}, 2022–{in_days(400).year}",
            ],
        ),
    ]
    assert [group for group, _ in lines(cast.client("lan").get("/lam-viec/").text)] == [
        "Trả lại", "Đang soạn", "Đến hạn", "Ngày sắp tới",
    ]  # fmt: skip


def test_a_programme_something_continues_is_not_due(cast: Cast) -> None:
    old = make_program(cast, "approved", period=f"1/2/2022 - {said(40)}")
    make_program(cast, "drafting", predecessor=old)
    assert "Đến hạn" not in dict(lines(cast.client("lan").get("/lam-viec/").text))


def test_what_was_typed_in_a_dropped_draft_leaves_the_desk(cast: Cast) -> None:
    draft, lan = make_program(cast), cast.client("lan")
    typed = {"loai": "program", "ma": draft.code, "phien-ban": "1", "title": "Gõ dở"}
    assert lan.post(reverse("portal:autosave"), typed).json()["saved"]
    desk = lan.post(reverse("programs:drop_program", args=[draft.code]), {"phien-ban": "1"}, follow=True)
    assert lines(desk.text) == []


def test_what_a_colleague_typed_in_a_dropped_draft_becomes_a_paper_of_their_own(cast: Cast) -> None:
    """Its page stays open meanwhile and saves by itself once more."""
    draft, hung = make_program(cast), cast.client("hung")
    opened = fields_of(hung.get(reverse("programs:edit_program", args=[draft.code])).text)
    typed = opened | {"loai": "program", "title": "Gõ dở"}
    for _ in range(2):
        assert hung.post(reverse("portal:autosave"), typed).json()["saved"]
        cast.client("lan").post(reverse("programs:drop_program", args=[draft.code]), {"phien-ban": "1"})
    (url,) = re.findall(r'href="([^"]*luu-tam=[^"]*)"', hung.get("/lam-viec/").text)
    resumed = fields_of(hung.get(url.replace("&amp;", "&"), follow=True).text)
    assert (resumed["title"], resumed["ma"] != draft.code) == ("Gõ dở", True)
    assert hung.post(reverse("programs:enter_program"), resumed | {"lam": "save"}).status_code == 302
    again = Program.objects.get()
    assert (again.document.title, again.code, again.written_by) == ("Gõ dở", resumed["ma"], cast.hung)
    assert "luu-tam" not in hung.get("/lam-viec/").text


def test_what_was_typed_and_never_saved_is_told_by_its_first_words_and_can_be_let_go(cast: Cast) -> None:
    lan, code = cast.client("lan"), "abcdefgh23"
    typed = {"loai": "program", "ma": code, "phien-ban": "0", "items-0-text": "Tiếp công dân"}
    kept_at = lan.post(reverse("portal:autosave"), typed).json()["saved"]
    ((_, (line,)),) = lines(lan.get("/lam-viec/").text)
    assert re.fullmatch(rf"Viết tiếp: Tiếp công dân soạn từ .* · tự giữ lúc {kept_at}, chưa lưu", line)
    form = lan.get(reverse("programs:enter_program"), {"luu-tam": code}).text
    drop = reverse("portal:drop_autosave", args=["program", code])
    assert "Bản tự giữ, chưa lưu" in form
    assert f'<a href="{drop}">bỏ bản này</a>' in form
    assert "Tiếp công dân" in lan.get(drop).text
    assert lines(lan.get("/lam-viec/").text) != []
    assert lines(lan.post(drop, follow=True).text) == []
    assert lan.get(drop).status_code == 404


def test_papers_typed_and_never_saved_cost_one_question_however_many(cast: Cast) -> None:
    lan, asked, told = cast.client("lan"), [], []
    saved = make_program(cast)
    autosave(cast.lan, "program", saved.code, QueryDict("title=Sua them"))
    for many in (1, 19):
        for number in range(many):
            kind = ("program", "plan", "review", "amendment", "meeting")[number % 5]
            autosave(cast.lan, kind, new_code(), QueryDict(f"title={kind} {number}"))
        with CaptureQueriesContext(connection) as questions:
            page = lan.get("/lam-viec/?muc=dang-soan").text
        asked.append(sum("portal_workingcopy" in one["sql"] for one in questions))
        told.append((page.count("Viết tiếp"), page.count("Soạn tiếp"), len(questions)))
    assert (told[0][:2], told[1][:2]) == ((1, 1), (20, 1))
    assert (asked[0], told[0][2]) == (asked[1], told[1][2])


def test_first_steps_are_told_while_nobody_has_entered_a_paper(cast: Cast) -> None:
    steps, nothing = "Với cổng mới cài", "Không có việc nào đang chờ."
    desk = cast.client("quy").get("/lam-viec/").text
    assert (steps in desk, nothing in desk) == (True, True)
    make_program(cast)
    desk = cast.client("quy").get("/lam-viec/").text
    assert (steps in desk, nothing in desk) == (False, True)


def test_a_heading_shows_its_oldest_lines_and_is_read_whole_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (4, 2, 3):
        with time_machine.travel(timezone.now() - timedelta(days=days)):
            make_program(cast)
    make_program(cast, "returned")
    monkeypatch.setattr(desk, "SHOWN", 2)
    lan, whole = cast.client("lan"), "/lam-viec/?muc=dang-soan"

    def told(address: str) -> list[tuple[str, list[str]]]:
        return [
            (name, re.findall(r"\d ngày trước", " ".join(said)))
            for name, said in lines(lan.get(address).text)
        ]

    assert told("/lam-viec/") == [("Trả lại", []), ("Đang soạn", ["4 ngày trước", "3 ngày trước"])]
    assert re.findall(r'href="(\?muc=[^"]+)"', lan.get("/lam-viec/").text) == ["?muc=dang-soan"]
    assert told(whole) == [("Đang soạn", ["4 ngày trước", "3 ngày trước", "2 ngày trước"])]
    assert re.findall(r"<h[12]>(.*?)</h[12]>", lan.get(whole).text) == ["Đang soạn"]
    assert "Chỉ hiện" not in lan.get(whole).text
    assert told("/lam-viec/?muc=khac") == told("/lam-viec/")
    monkeypatch.setattr(desk, "WHOLE", 1)
    assert "Chỉ hiện 1 việc đầu" in lan.get(whole).text


def test_the_desk_asks_as_much_for_many_papers_as_for_one(cast: Cast) -> None:
    hung, asked = cast.client("hung"), []
    for _ in range(2):
        for state in ("returned", "drafting", "waiting"):
            make_program(cast, state)
        scheduled = make_program(cast, "approved", period=f"1/2/2022 - {said(40)}")
        start = timezone.now() + timedelta(days=6)
        actions.publish(scheduled, by=cast.hung, expected=scheduled.version, start=start)
        with CaptureQueriesContext(connection) as questions:
            hung.get("/lam-viec/")
        asked.append(len(questions))
    assert asked == [32, 32]

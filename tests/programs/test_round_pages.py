"""The pages of rounds: preparing one, its board, its letter and Excel, one body's part, the desk, reminders, cadence."""

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import nightly
from portal.actions.documents import PartnerEntry
from portal.actions.outbox import send_letters
from portal.actions.registers import rebuild_reach
from portal.dates import parse_period
from portal.models import BodyGroup, BodyGroupPart, Organization, OutgoingLetter, State, Subordination
from programs import reminders
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.cadence import Stretch, due_review, reviews_due, stretch_at
from programs.forms.rounds import BEYOND, USUAL_ASK
from programs.models import Cadence, Duty, Program, Round
from programs.round_lines import desk_lines
from tests.cast import Cast, make_body, make_program
from tests.read_word import lines, opened

TODAY, DUE = date(2026, 11, 2), date(2026, 11, 20)
TOLD = {"results": "Đã đối thoại 3 cuộc."}
BOARD_QUESTIONS = 13


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def current(cast: Cast) -> Round:
    """A round of our body that asks its partner and its neighbour."""
    entry = RoundEntry("Sơ kết năm 2026", DUE, asks="Kết quả năm.", named=[cast.partner, cast.neighbour])
    return rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)


def duty_of(current: Round, body: Any) -> Duty:
    """The duty of a body."""
    return current.duties.select_related("round__keeper", "organization").get(organization=body)


def hand_in(cast: Cast, current: Round) -> Any:
    """The partner hands in."""
    return rounds.send(duty_of(current, cast.partner), TOLD, by=cast.phuc, body=cast.partner, expected=0)


def page(client: Client, name: str, *args: str, **asked: str) -> str:
    """The words of a page that answers."""
    answer = client.get(reverse(f"programs:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def more_bodies(cast: Cast, current: Round, count: int) -> None:
    """Further bodies of a round."""
    bodies = [make_body(f"Hội Nông dân phường {n}", territory=cast.ours.territory) for n in range(count)]
    rounds.add_duties(current, bodies)


# --- preparing


def posted(**changes: str) -> dict[str, str]:
    """What the form posts."""
    return {"title": "Sơ kết năm 2026", "due": "20/11/2026", "named": "UBND phường Ba Đình"} | changes


def test_a_round_is_prepared_looked_at_and_opened(cast: Cast) -> None:
    group = BodyGroup.objects.create(key="cac-ban", name="các ban")
    BodyGroupPart.objects.create(group=group, kind=cast.ours.kind)
    clerk = cast.client("thu")
    asked = posted(group="cac-ban", territory="thành phố Hà Nội", period="năm 2026")
    answer = clerk.post(reverse("programs:enter_round"), asked)
    current = Round.objects.get()
    assert answer.url == reverse("programs:round_board", args=[current.code])
    shown = page(clerk, "round_board", current.code)
    assert "<b>3</b> cơ quan, tính đến hôm nay" in shown
    assert (current.period.first, current.opened_at) == (date(2026, 1, 1), None)
    clerk.post(reverse("programs:open_round", args=[current.code]), {"phien-ban": current.version})
    asked = {duty.organization for duty in current.duties.select_related("organization")}
    assert asked == {cast.partner, cast.ours, cast.neighbour}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Ghi tên đợt báo cáo."),
        ({"due": ""}, "Ghi hạn nộp."),
        ({"due": "1/11/2026"}, "Hạn này đã qua."),
        ({"due": "20/11/2026", "opens": "1/12/2026"}, "Hạn nộp trước ngày bắt đầu nhận."),
        ({"named": "Sở Xây dựng Mặt Trăng"}, "Không tìm thấy cơ quan “Sở Xây dựng Mặt Trăng” đang hoạt động."),
        ({"named": ""}, "Chọn nhóm cơ quan và địa bàn, hoặc ghi tên các cơ quan."),
        ({"territory": "phường Ngọc Hà"}, "Chọn nhóm cơ quan, hoặc để trống địa bàn."),
        ({"group": "cac-ban"}, "Chọn địa bàn của các cơ quan phải nộp."),
        ({"group": "cac-ban", "territory": "phường Ngọc Hà"}, "Chọn địa bàn thuộc phường Ba Đình."),
        ({"program": "không có chương trình này"}, "Không tìm thấy chương trình này."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(cast: Cast, changes: dict[str, str], said: str) -> None:
    BodyGroup.objects.create(key="cac-ban", name="các ban")
    answer = cast.client("lan").post(reverse("programs:enter_round"), posted(**changes))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Round.objects.count() == 0


def test_named_bodies_are_the_keepers_to_ask(cast: Cast) -> None:
    """Those above are not, nor those beyond its territory, unless they signed what the round is about."""
    group = make_body("Tổ dân phố số 1", territory=cast.neighbour.territory)
    Subordination.objects.create(organization=group, superior=cast.ours)
    Subordination.objects.create(organization=cast.ours, superior=cast.partner)
    rebuild_reach()
    program = make_program(cast, partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.neighbour)])
    about = {"program": str(program), "program-ma": program.code}

    def answer(body: Organization, **more: str) -> str:
        said = cast.client("lan").post(reverse("programs:enter_round"), posted(named=body.name) | more)
        return "" if said.status_code == 302 else " ".join(said.context["form"].errors["named"])

    superior = "“{}” là cơ quan cấp trên, không giao nộp báo cáo được."
    assert [answer(one) for one in (cast.superior, cast.partner, cast.neighbour, group)] == [
        superior.format(cast.superior), superior.format(cast.partner),
        BEYOND.format(cast.neighbour, "phường Ba Đình"), "",
    ]  # fmt: skip
    assert answer(cast.neighbour, **about) == ""
    assert [duty.organization for duty in Duty.objects.order_by("pk")] == [group, cast.neighbour]


def test_of_an_open_round_the_day_is_moved_and_bodies_join(cast: Cast, current: Round) -> None:
    clerk, address = cast.client("lan"), reverse("programs:edit_round", args=[current.code])
    body = make_body("Hội Phụ nữ phường Ba Đình", territory=cast.ours.territory)
    asked = posted(due="30/11/2026", named=body.name) | {"phien-ban": str(current.version)}
    assert clerk.post(address, asked).status_code == 302
    current.refresh_from_db()
    assert (current.due_on, current.duties.count()) == (date(2026, 11, 30), 3)
    refused = clerk.post(address, asked)
    assert (refused.status_code, "Đồng nghiệp vừa sửa" in refused.content.decode()) == (422, True)


# --- the board


def test_the_board_names_who_is_missing_first_and_its_text_names_the_same(cast: Cast, current: Round) -> None:
    hand_in(cast, current)
    shown = page(cast.client("lan"), "round_board", current.code)
    message = (
        "Sơ kết năm 2026 (hạn 20/11/2026, còn 18 ngày): 1/2 cơ quan đã nộp. Còn 1 cơ quan chưa nộp: "
        "Ban Dân vận Đảng ủy phường Ngọc Hà. Đề nghị cơ quan sớm nộp."
    )
    assert f'<p id="tin-nhan">{message}</p>' in shown
    assert ("Chưa nộp: 1 cơ quan" in shown, "<b>1/2</b> cơ quan đã nộp" in shown) == (True, True)
    hits = cast.client("lan").get(reverse("programs:round_board", args=[current.code])).context["hits"]
    assert [(one.title, one.said_chips) for one in hits] == [
        ("Ban Dân vận Đảng ủy phường Ngọc Hà", [("not_started", "Chưa nộp")]),
        ("UBND phường Ba Đình", [("waiting", "Đã nộp, chờ nhận")]),
    ]


def test_the_board_is_filtered_and_its_counts_are_of_the_whole_round(cast: Cast, current: Round) -> None:
    hand_in(cast, current)
    clerk = cast.client("lan")
    found = {
        words: clerk.get(reverse("programs:round_board", args=[current.code]), asked).context["total"]
        for words, asked in {
            "all": {},
            "handed in": {"tinh-trang": "da-nop"},
            "waived": {"tinh-trang": "duoc-mien"},
            "by name": {"q": "ngoc ha"},
            "by place": {"dia-ban": "phường Ngọc Hà"},
        }.items()
    }
    assert found == {"all": 2, "handed in": 1, "waived": 0, "by name": 1, "by place": 1}


def test_a_board_of_126_bodies_is_one_page_and_costs_what_one_of_two_does(cast: Cast, current: Round) -> None:
    address, clerk = reverse("programs:round_board", args=[current.code]), cast.client("lan")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        return len(asked)

    hand_in(cast, current)
    assert cost() == BOARD_QUESTIONS
    more_bodies(cast, current, 124)
    assert cost() == BOARD_QUESTIONS
    assert len(clerk.get(address).context["hits"]) == 126


def test_the_board_as_excel_and_the_letter_name_the_same(cast: Cast, current: Round) -> None:
    hand_in(cast, current)
    clerk = cast.client("lan")
    file = clerk.get(reverse("programs:board_excel", args=[current.code]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file))).active
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=5)]
    assert rows == [
        ["Ban Dân vận Đảng ủy phường Ngọc Hà", "Chưa nộp", None, None],
        ["UBND phường Ba Đình", "Đã nộp, chờ nhận", "2/11/2026", "nộp sớm 18 ngày"],
    ]
    letter = clerk.get(reverse("programs:round_letter", args=[current.code])).content
    words = "\n".join(line.text for line in lines(opened(letter)))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words
    assert "chưa nộp: Ban Dân vận Đảng ủy phường Ngọc Hà." in words
    assert "nộp báo cáo chậm nhất ngày 20/11/2026." in words


def test_a_board_names_its_programme_to_who_reads_that(cast: Cast, current: Round) -> None:
    program = make_program(cast, "drafting")
    Round.objects.update(program=program)

    def told(who: str) -> list[bool]:
        letter = cast.client(who).get(reverse("programs:round_letter", args=[current.code])).content
        words = "\n".join(line.text for line in lines(opened(letter)))
        return [str(program) in said for said in (page(cast.client(who), "round_board", current.code), words)]

    assert (told("lan"), told("thu")) == ([True, True], [False, False])


def test_no_name_of_who_is_missing_reaches_who_is_asked(cast: Cast, current: Round) -> None:
    theirs = page(cast.client("phuc"), "duty_record", duty_of(current, cast.partner).code)
    listed = page(cast.client("phuc"), "round_list")
    assert ("Ngọc Hà" in theirs, "Ngọc Hà" in listed, "Sơ kết năm 2026" in listed) == (False, False, True)


def test_rounds_are_found_without_accents_and_listed_in_vietnamese_order(cast: Cast) -> None:
    for title in ("Đợt 10", "Đợt 2", "Dân vận", "Ân nghĩa", "An sinh"):
        entry = RoundEntry(title, DUE, named=[cast.partner])
        rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours)
    listed = {
        words: [hit.title for hit in cast.client("lan").get("/lam-viec/dot/", asked).context["hits"]]
        for words, asked in (("all", {"xep": "ten"}), ("dot", {"q": "dot"}))
    }
    assert listed["all"] == ["An sinh", "Ân nghĩa", "Dân vận", "Đợt 2", "Đợt 10"]
    assert sorted(listed["dot"]) == ["Đợt 10", "Đợt 2"]


# --- one part


def test_a_part_is_given_back_with_a_reason_and_taken(cast: Cast, current: Round) -> None:
    hand_in(cast, current)
    clerk, duty = cast.client("lan"), duty_of(current, cast.partner)
    assert "Đã đối thoại 3 cuộc." in page(clerk, "duty_record", duty.code)
    clerk.post(reverse("programs:return_duty", args=[duty.code]), {"reason": ""})
    assert Duty.objects.missing().count() == 1
    clerk.post(reverse("programs:return_duty", args=[duty.code]), {"reason": "Thiếu số liệu."})
    assert "Thiếu số liệu." in page(cast.client("phuc"), "duty_record", duty.code)
    rounds.send(duty, TOLD, by=cast.phuc, body=cast.partner, expected=1)
    clerk.post(reverse("programs:accept_duty", args=[duty.code]))
    again = clerk.post(reverse("programs:accept_duty", args=[duty.code]), follow=True)
    assert "Phần này đã được nhận." in again.content.decode()
    assert duty.submissions.filter(accepted_by=cast.lan).count() == 1


def test_all_that_waited_when_the_board_was_opened_is_taken_and_nothing_later(
    cast: Cast, current: Round
) -> None:
    hand_in(cast, current)
    clerk = cast.client("lan")
    seen = clerk.get(reverse("programs:round_board", args=[current.code])).context["latest"]
    theirs = {"by": cast.binh, "body": cast.neighbour, "expected": 0}
    rounds.send(duty_of(current, cast.neighbour), TOLD, **theirs)
    clerk.post(reverse("programs:accept_duties", args=[current.code]), {"den": seen})
    tally = Duty.objects.tallied([current.pk], TODAY)[current.pk]
    assert (tally.handed_in, tally.waiting) == (2, 1)
    story = cast.client("phuc").get(
        reverse("programs:duty_record", args=[duty_of(current, cast.partner).code])
    )
    assert "nhận báo cáo" in story.text


def test_links_are_given_to_those_without_an_account(cast: Cast, current: Round) -> None:
    more_bodies(cast, current, 2)
    clerk = cast.client("lan")
    clerk.post(reverse("programs:give_links", args=[current.code]))
    linked = Duty.objects.filter(linked_at__isnull=False).values_list("organization__name", flat=True)
    assert sorted(linked) == ["Hội Nông dân phường 0", "Hội Nông dân phường 1"]
    assert page(clerk, "round_board", current.code).count("/phan-nop/") == 2


# --- the desk and reminders


def said(lines: Any) -> list[tuple[str, str, str, date | None]]:
    """Lines of the desk, as far as they are compared."""
    return [(one.verb, one.thing, one.note, one.due) for one in lines]


def test_the_desk_tells_each_their_own(cast: Cast, current: Round) -> None:
    assert said(desk_lines(cast.phuc, 9)) == [("Nộp báo cáo", "Sơ kết năm 2026", f"{cast.ours} yêu cầu", DUE)]
    assert said(desk_lines(cast.lan, 9)) == [("Đôn đốc", "Sơ kết năm 2026", "0/2 cơ quan đã nộp", DUE)]
    rounds.return_submission(hand_in(cast, current), by=cast.lan, reason="Thiếu số liệu.")
    assert [one.verb for one in desk_lines(cast.phuc, 9)] == ["Nộp lại báo cáo"]
    shown = {who: cast.client(who).get("/lam-viec/").text for who in ("phuc", "lan")}
    assert ("Nộp lại báo cáo" in shown["phuc"], "Đôn đốc" in shown["lan"]) == (True, True)
    rounds.close_round(current, by=cast.lan)
    assert [said(desk_lines(one, 9)) for one in (cast.phuc, cast.lan)] == [[], []]


@pytest.fixture
def mailed(cast: Cast, current: Round, settings: Any) -> Round:
    """A round opened long ago, in an office that has a mail server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Round.objects.filter(pk=current.pk).update(
        opens_on=date(2026, 1, 1), opened_at=timezone.make_aware(datetime(2026, 1, 1))
    )
    for name in ("lan", "phuc", "hung"):
        cast.people[name].email = f"{name}@example.vn"
        cast.people[name].save()
    return current


def nights_that_write(nights: Iterable[int]) -> list[int]:
    """On which of these nights, counted as days left, letters are written."""
    return [left for left in nights if reminders.remind(DUE - timedelta(days=left))]


def test_reminders_go_out_on_their_days_once(cast: Cast, mailed: Round) -> None:
    weeks = [-7 * week for week in range(1, reminders.WEEKS_AFTER + 1)]
    assert nights_that_write(range(33, -93, -1)) == [30, 7, 1, *weeks]
    assert reminders.remind(DUE - timedelta(days=7)) == 0
    letters = OutgoingLetter.objects.filter(day=DUE - timedelta(days=7))
    told = dict(letters.values_list("person__username", "text"))
    assert sorted(told) == ["lan", "phuc"]
    assert "0/2 cơ quan đã nộp" in told["lan"] and f"{cast.ours} yêu cầu" in told["phuc"]
    assert (send_letters(), send_letters(), len(mail.outbox)) == (30, 0, 30)


def test_a_night_that_did_not_run_is_made_up_for_once(cast: Cast, mailed: Round) -> None:
    assert nights_that_write([33, 32, 28, 27, 26, 9, 5, 4, 0, -1, -3]) == [28, 5, 0]
    said = OutgoingLetter.objects.filter(day=DUE - timedelta(days=5), person=cast.phuc).get().text
    assert "còn 5 ngày" in said


def test_a_round_opened_after_a_day_of_reminding_is_not_made_up_for(cast: Cast, mailed: Round) -> None:
    begun = DUE - timedelta(days=6)
    Round.objects.filter(pk=mailed.pk).update(opens_on=begun)
    assert nights_that_write(range(6, -2, -1)) == [1]


def test_nobody_is_written_to_without_a_mail_server(cast: Cast, current: Round, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    cast.phuc.email = "phuc@example.vn"
    cast.phuc.save()
    assert (reminders.remind(DUE - timedelta(days=7)), OutgoingLetter.objects.count()) == (0, 0)
    assert nightly.run(lambda _: None) == 0


# --- what a cadence makes due


@pytest.mark.parametrize(
    ("cadence", "on", "said"),
    [
        (Cadence.YEARLY, date(2024, 11, 22), "Sơ kết năm 2024"),
        (Cadence.PERIODIC, date(2024, 11, 22), "Sơ kết năm 2024"),
        (Cadence.YEARLY, date(2024, 9, 1), "Sơ kết năm 2023"),
        (Cadence.YEARLY, date(2022, 9, 1), None),
        (Cadence.HALF_YEARLY, date(2024, 6, 10), "Sơ kết 6 tháng đầu năm 2024"),
        (Cadence.QUARTERLY, date(2024, 9, 20), "Sơ kết quý III năm 2024"),
        (Cadence.YEARLY, date(2026, 9, 2), "Tổng kết giai đoạn 2022–2026"),
        (Cadence.QUARTERLY, date(2027, 12, 31), "Tổng kết giai đoạn 2022–2026"),
        (Cadence.QUARTERLY, date(2028, 1, 1), None),
        (Cadence.MID_TERM, date(2024, 3, 1), None),
        (Cadence.MID_TERM, date(2024, 3, 2), "Sơ kết giữa kỳ"),
        (Cadence.MID_TERM, date(2026, 9, 1), "Sơ kết giữa kỳ"),
        (Cadence.MID_TERM, date(2026, 9, 2), "Tổng kết giai đoạn 2022–2026"),
        (Cadence.NONE, date(2026, 12, 31), None),
        (Cadence.UNKNOWN, date(2026, 12, 31), None),
    ],
)
def test_a_review_is_due_from_near_its_end_until_the_next_one_is(
    cadence: str, on: date, said: str | None
) -> None:
    program = Program(cadence=cadence, in_force_from=date(2022, 4, 14), in_force_until=date(2026, 12, 31))
    program.period = parse_period("2022-2026")
    due = due_review(program, on)
    assert (due.said if due else None) == said
    assert due is None or parse_period(due.period).last == due.stretch.last


def test_stretches_follow_each_other() -> None:
    assert stretch_at(date(2026, 12, 31), 12) == Stretch(date(2026, 1, 1), date(2026, 12, 31))
    assert stretch_at(date(2026, 1, 1), 3).before == Stretch(date(2025, 10, 1), date(2025, 12, 31))


def test_a_yearly_review_stands_on_the_desk_until_a_round_is_begun(cast: Cast) -> None:
    program = make_program(cast, "approved", period="2022-2030", texts={"cadence": Cadence.YEARLY})
    assert program.state == State.APPROVED
    due = ("Mở đợt báo cáo", f"Sơ kết năm 2026: {program}", "", date(2026, 12, 31))
    assert said(desk_lines(cast.lan, 9)) == [due]
    theirs = RoundEntry(
        "Đợt riêng", DUE, asks="Chỉ hỏi nội bộ.", program=program, named=[cast.neighbour],
        period=parse_period("năm 2026"),
    )  # fmt: skip
    rounds.save_round(None, theirs, by=cast.phuc, keeper=cast.partner)
    assert said(desk_lines(cast.lan, 9)) == [due]
    address = reverse("programs:enter_round", query={"chuong-trinh": program.code})
    form = cast.client("lan").get(address).context["form"]
    assert (form["period"].value(), form["program"].value()[1]) == ("năm 2026", program.code)
    assert (form["named"].value(), form["asks"].value()) == (str(cast.partner), USUAL_ASK)
    asked = posted(period="năm 2026", program=str(program)) | {"program-ma": program.code}
    assert cast.client("lan").post(reverse("programs:enter_round"), asked).status_code == 302
    assert [one.note for one in desk_lines(cast.lan, 9)] == ["đang chuẩn bị"]


def test_a_programme_that_ended_stands_on_the_desk_until_its_whole_term_is_reviewed(cast: Cast) -> None:
    program = make_program(cast, "approved", period="2022-2025", texts={"cadence": Cadence.YEARLY})
    for words in ("năm 2025", "giai đoạn 2022–2025"):
        due = ("Mở đợt báo cáo", f"Tổng kết giai đoạn 2022–2025: {program}", "", date(2025, 12, 31))
        assert due in said(desk_lines(cast.lan, 9))
        entry = RoundEntry("Đợt", DUE, program=program, named=[cast.partner], period=parse_period(words))
        rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    assert due not in said(desk_lines(cast.lan, 9))


def test_what_is_told_takes_no_room_from_what_is_due(cast: Cast) -> None:
    texts = {"cadence": Cadence.YEARLY}
    told, silent = (
        make_program(cast, "approved", title=title, period="2022-2030", texts=texts)
        for title in ("Một", "Hai")
    )
    entry = RoundEntry("Đợt", DUE, program=told, named=[cast.partner], period=parse_period("năm 2026"))
    rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours)
    assert [program for program, _ in reviews_due([cast.ours.pk], TODAY, 1)] == [silent]

"""Every paper as an official would sign it: the page, letters and head of the layout of the body whose paper it is."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx.document import Document

from meetings import starter
from meetings.actions import AgendaEntry, DirectiveEntry, MeetingEntry, ParticipationEntry, save_meeting
from meetings.models import Meeting, Stage
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.figures import FigureEntry
from portal.dates import parse_date, parse_period
from portal.models import Organization, User
from programs.actions import rounds
from programs.actions.reviews import ReviewEntry, ReviewItemEntry, save_review
from programs.actions.rounds import RoundEntry
from programs.duty_links import link_of
from tests.cast import Cast, in_days
from tests.read_word import lines, looks, opened, texts

FONT, A4 = "Times New Roman", [210, 297, 20, 20, 30, 15]
"""The letters, and the page: its width, its height, its margins above, below, left and right, in millimetres."""
BODY = {
    "Trích yếu": (14, True, False),
    "Căn cứ": (14, False, True),
    "Phần": (14, True, False),
    "Mục": (14, True, False),
    "Nội dung": (14, False, False),
    "Đoạn cuối": (14, False, False),
    "Kính gửi": (14, False, False),
    "Người ký": (14, True, False),
    "Dự thảo": (12, True, False),
    "Đầu danh sách": (12, True, False),
    "Ngày danh sách": (12, False, True),
    "Đầu bảng": (11, True, False),
    "Ô bảng": (11, False, False),
}
"""Size, bold, italic of what reads alike in both layouts."""
LETTERS = {
    "party": BODY | {
        "Cơ quan cấp trên": (14, False, False),
        "Cơ quan ban hành": (14, True, False),
        "Số, ký hiệu": (14, False, False),
        "Tiêu đề Đảng": (15, True, False),
        "Nơi, ngày": (14, False, True),
        "Tên loại": (16, True, False),
        "Về việc": (12, False, True),
        "Quyền hạn, chức vụ": (14, True, False),
        "Nơi nhận": (13, False, False),
        "Dòng nơi nhận": (12, False, False),
    },
    "state": BODY | {
        "Quốc hiệu": (12.5, True, False),
        "Tiêu ngữ": (13.5, True, False),
        "Cơ quan cấp trên": (12.5, False, False),
        "Cơ quan ban hành": (12.5, True, False),
        "Số, ký hiệu": (13, False, False),
        "Nơi, ngày": (13.5, False, True),
        "Tên loại": (14, True, False),
        "Về việc": (12, False, False),
        "Quyền hạn, chức vụ": (13.5, True, False),
        "Nơi nhận": (12, True, True),
        "Dòng nơi nhận": (11, False, False),
    },
}  # fmt: skip
HEADS = {
    "party": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
    "state": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
}


def conference(keeper: Organization, other: Organization, by: User) -> Meeting:
    """A conference that was held, with something in every part."""
    paper = PaperEntry(
        "Hội nghị sơ kết",
        dated=parse_date("23/3/2023"),
        partners=[PartnerEntry(1, keeper), PartnerEntry(2, other)],
    )
    entry = MeetingEntry(
        paper=paper, stage=Stage.HELD, starts_at=time(8), place="Hội trường", closing="Thống nhất triển khai.",
        agenda=[AgendaEntry("Khai mạc", "8:00")], directives=[DirectiveEntry("Tiếp tục phối hợp")],
        participations=[ParticipationEntry("Trần Chủ Trì", "Trưởng ban"), ParticipationEntry(organization=other)],
    )  # fmt: skip
    return save_meeting(None, entry, by=by, keeper=keeper)


def of_conference(name: str) -> Callable[..., HttpResponse]:
    """What writes one paper of a conference."""

    def written(client: Client, *given: Any) -> HttpResponse:
        return client.get(reverse(f"meetings:{name}_of_meeting", args=[conference(*given).code]))

    return written


def opened_round(keeper: Organization, other: Organization, by: User) -> Any:
    """A round that asks the other body."""
    asked = RoundEntry("Sơ kết năm", in_days(20), asks="Kết quả năm.", named=[other])
    return rounds.open_round(rounds.save_round(None, asked, by=by, keeper=keeper), by=by)


def reminder(client: Client, *given: Any) -> HttpResponse:
    """The letter to who has not handed in."""
    return client.get(reverse("programs:round_letter", args=[opened_round(*given).code]))


def receipt(client: Client, keeper: Organization, other: Organization, by: User) -> HttpResponse:
    """The receipt of what was handed in, as it is taken along through the link."""
    current = opened_round(keeper, other, by)
    rounds.give_links(current, list(current.duties.all()), by=by)
    duty = current.duties.select_related("round__keeper", "organization").get()
    sent = rounds.send(duty, {"results": "Đã đối thoại 3 cuộc."}, by=by, body=other, expected=0)
    return client.get(f"{link_of(duty)}bien-nhan/{sent.code}/word/")


def report(client: Client, keeper: Organization, other: Organization, by: User) -> HttpResponse:
    """A long report, with its figures in an annex."""
    paper = PaperEntry("Sơ kết năm 2022", dated=parse_date("5/1/2023"), partners=[PartnerEntry(1, keeper)])
    entry = ReviewEntry(
        paper, period=parse_period("năm 2022"), content="Nền nếp.",
        items=[ReviewItemEntry("Đã đối thoại", about="Đối thoại")],
        figures=[FigureEntry(f"Số liệu {number}", value=number) for number in range(9)],
    )  # fmt: skip
    review = save_review(None, entry, by=by, keeper=keeper)
    return client.get(reverse("programs:word_review", args=[review.code]))


PAPERS = {
    "minutes": of_conference("minutes"),
    "guest list": of_conference("word_guests"),
    "pack": of_conference("word_pack"),
    "report": report,
    "reminder": reminder,
    "receipt": receipt,
}


def paper_of(cast: Cast, name: str, layout: str) -> Document:
    """A paper of a body of the layout, with the other as the one it works with."""
    starter.load()
    sides = (cast.ours, cast.partner) if layout == "party" else (cast.partner, cast.ours)
    who = "lan" if layout == "party" else "phuc"
    answer = PAPERS[name](cast.client(who), *sides, getattr(cast, who))
    assert answer.status_code == 200
    return opened(answer.content)


@pytest.mark.parametrize("layout", LETTERS)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_the_page_the_letters_and_the_head_of_its_layout(
    cast: Cast, name: str, layout: str
) -> None:
    """The pack has no head: it is no paper of anybody, and one for all."""
    paper = paper_of(cast, name, layout)
    for page in paper.sections:
        sides = [page.top_margin, page.bottom_margin, page.left_margin, page.right_margin]
        assert [round(size.mm) for size in (page.page_width, page.page_height, *sides)] == A4
    used = {line.style for line in lines(paper)}
    letters = LETTERS["state" if name == "pack" else layout]
    assert {style: looks(paper, style) for style in used} == {
        style: (FONT, *letters[style]) for style in used
    }
    assert {run.font.name for one in paper.paragraphs for run in one.runs} <= {None}, "styles alone decide"
    said = texts(paper)
    heads = [line for head in HEADS.values() for line in head if line in said]
    assert heads == ([] if name == "pack" else HEADS[layout])


@pytest.mark.parametrize(
    ("name", "number", "parts", "end"),
    [
        ("report", "Số: ………", ["I. KẾT QUẢ THỰC HIỆN", "II. ĐÁNH GIÁ CHUNG"], "Nền nếp./."),
        ("reminder", "Số: ………/UBND-……", [], "Trân trọng./."),
        (
            "minutes",
            "Số: ………/BB/UBND-BDVĐU",
            ["I. THỜI GIAN, ĐỊA ĐIỂM", "II. THÀNH PHẦN THAM DỰ", "III. NỘI DUNG HỘI NGHỊ", "IV. KẾT LUẬN"],
            "ngày 23/3/2023./.",
        ),
    ],
)
def test_a_paper_of_the_state_is_numbered_parted_ended_and_filed_as_its_papers_are(
    cast: Cast, name: str, number: str, parts: list[str], end: str
) -> None:
    paper = paper_of(cast, name, "state")
    assert texts(paper, "Cơ quan ban hành")[0].startswith("ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH")
    assert (texts(paper, "Số, ký hiệu"), texts(paper, "Phần")) == ([number], parts)
    assert [line.endswith(end) for line in texts(paper, "Đoạn cuối")] == [True]
    assert texts(paper, "Dòng nơi nhận")[-1] == "- Lưu: VT."

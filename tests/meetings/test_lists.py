"""Lists of conferences and the calendar: filters, order, months, hostile addresses, query counts."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from meetings.actions import TablePaperEntry
from meetings.models import MeetingKind, MeetingKindLink, Stage
from portal.actions.documents import PartnerEntry
from portal.dates import parse_date
from tests.cast import Cast, in_days, make_meeting, make_program
from tests.clean_up import queries
from tests.meetings.test_visibility import bring

PUBLIC, STAFF, MONTH = "/hoi-nghi/", "/lam-viec/hoi-nghi/", "/lam-viec/hoi-nghi/lich/"


def titles(answer: Any) -> list[str]:
    """The conferences of a list, in order."""
    return [hit.title for hit in answer.context["hits"]]


@pytest.fixture
def three(cast: Cast) -> None:
    for day in ("2/4/2021", "23/3/2023", "tháng 5/2022"):
        bring(cast, make_meeting(cast, f"Họp {day}", dated=parse_date(day)), "published")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Họp 23/3/2023", "Họp tháng 5/2022", "Họp 2/4/2021"]),
        ("?xep=cu-nhat", ["Họp 2/4/2021", "Họp tháng 5/2022", "Họp 23/3/2023"]),
        ("?nam=2022", ["Họp tháng 5/2022"]),
        ("?dia-ban=phường+Ba+Đình&nam=2021", ["Họp 2/4/2021"]),
        ("?dia-ban=phường+Ngọc+Hà", []),
        ("?don-vi=UBND+phường+Ba+Đình&nam=2023", ["Họp 23/3/2023"]),
        ("?tien-do=prepared", []),
    ],
)
def test_conferences_by_year_place_and_body(asked: str, found: list[str], three: None, cast: Cast) -> None:
    assert titles(cast.client(None).get(PUBLIC + asked)) == found


def test_a_conference_is_found_by_who_keeps_it_and_who_signed_there(cast: Cast) -> None:
    make_program(cast, "published")  # so that visitors are told of the keeper
    open_paper, inner = (
        make_program(cast, state, partners=[PartnerEntry(1, body), PartnerEntry(2, cast.partner)])
        for state, body in (("published", cast.neighbour), ("approved", cast.superior))
    )
    papers = [TablePaperEntry(role="signed", document=one.document) for one in (open_paper, inner)]
    meeting = make_meeting(cast, "Hội nghị ký kết", papers=papers)
    bring(cast, meeting, "published")
    meeting.document.partners.all().delete()
    for body in (cast.neighbour, cast.ours):  # a side of what was signed; the keeper
        place = body.territory.name
        found = {
            asked: titles(cast.client(None).get(PUBLIC, {asked: name}))
            for asked, name in (("don-vi", body.name), ("dia-ban", place))
        }
        assert found == {"don-vi": ["Hội nghị ký kết"], "dia-ban": ["Hội nghị ký kết"]}, body
        assert "Hội nghị ký kết" in cast.client(None).get(f"/don-vi/{body.slug}/").text
    told = {
        name: "Hội nghị ký kết" in cast.client(name).get(f"/lam-viec/don-vi/{cast.superior.code}/").text
        for name in ("lan", "binh")
    }
    assert told == {"lan": True, "binh": False}, "who may not read what was signed is not told who signed"


def test_a_kind_is_a_filter(three: None, cast: Cast) -> None:
    meeting = make_meeting(cast, "Họp tổng kết")
    kind = MeetingKind.objects.create(key="tong-ket", name="tổng kết")
    MeetingKindLink.objects.create(meeting=meeting, kind=kind)
    answer = cast.client("lan").get(f"{STAFF}?loai=tong-ket")
    assert (titles(answer), answer.context["total"]) == (["Họp tổng kết"], 1)


@pytest.mark.parametrize(
    "asked",
    ["nam=abc", "nam=99999", "loai=khong-co", "tien-do=%00", "tinh-trang=x", "xep=la", "q=%00", "q=" + "a" * 3000,
     "don-vi=zzz", "la-gi=1", "nam=2023&nam=2024"],
)  # fmt: skip
def test_hostile_addresses_are_answered(asked: str, three: None, cast: Cast) -> None:
    assert cast.client(None).get(f"{PUBLIC}?{asked}").status_code == 200
    assert cast.client("lan").get(f"{STAFF}?{asked}").status_code == 200
    file = cast.client(None).get(f"{PUBLIC}excel/?{asked}")
    assert (file.status_code, b"".join(file.streaming_content)[:2]) == (200, b"PK")


def test_a_year_that_was_inferred_bears_a_sign_with_its_note_wherever_it_is_listed(cast: Cast) -> None:
    meeting = make_meeting(cast, dated=parse_date("2021"))
    meeting.document.marks = {"dated": {"inferred": "giai đoạn được tổng kết"}}
    meeting.document.save()
    bring(cast, meeting, "published")
    for page in (PUBLIC, "/"):
        told = cast.client(None).get(page).text
        assert "<b>năm 2021*</b> * suy ra" in told, page
    file = cast.client(None).get(f"{PUBLIC}excel/")
    book = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    assert [row[2] for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)] == [
        "năm 2021 (suy ra)"
    ]


@pytest.mark.parametrize("page", ["0", "-1", "999999", "abc"])
def test_an_absurd_page_is_not_there(page: str, three: None, cast: Cast) -> None:
    assert cast.client(None).get(f"{PUBLIC}?trang={page}").status_code == 404


@pytest.mark.parametrize(
    "month", ["", "2026", "2026-13", "0000-01", "99999-1", "-", "²026-01", "2026-11-01", "%00"]
)
def test_a_month_that_is_none_shows_this_one(month: str, cast: Cast) -> None:
    answer = cast.client("lan").get(f"{MONTH}?thang={month}")
    assert (answer.status_code, answer.context["this_month"]) == (200, True)


def test_a_month_holds_its_conferences_by_day(cast: Cast) -> None:
    make_meeting(cast, "Họp buổi sáng", dated=parse_date("6/11/2025"), stage=Stage.PREPARED)
    make_meeting(cast, "Họp chưa rõ ngày", dated=parse_date("tháng 11/2025"))
    make_meeting(cast, "Họp tháng khác", dated=parse_date("1/12/2025"))
    make_meeting(cast, "Họp sắp tới", dated=parse_date(f"{in_days(9):%d/%m/%Y}"), stage=Stage.PREPARED)
    month = cast.client("lan").get(f"{MONTH}?thang=2025-11").context["month"]
    assert [[day.day.day, [one.title for one in day.entries]] for day in month.days] == [
        [6, ["Họp buổi sáng"]]
    ]
    assert [one.title for one in month.undated] == ["Họp chưa rõ ngày"]
    assert [one.title for one in month.coming] == ["Họp sắp tới"]
    assert [day.day.day for day in month.weeks[0]] == [27, 28, 29, 30, 31, 1, 2]
    assert (str(month.before), str(month.after)) == ("2025-10-01", "2025-12-01")


def test_a_full_day_says_how_many_more(cast: Cast) -> None:
    for number in range(6):
        make_meeting(cast, f"Họp {number}", dated=parse_date("6/11/2025"))
    answer = cast.client("lan").get(f"{MONTH}?thang=2025-11")
    assert "và 2 hội nghị khác" in answer.text and answer.text.count("Họp 5") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, cast: Cast) -> None:
    for number in range(rows):
        bring(cast, make_meeting(cast, f"Họp {number}", dated=parse_date("6/11/2025")), "published")
    visitor, lan = cast.client(None), cast.client("lan")
    visitor.get(PUBLIC)
    asked = {"public": queries(visitor, PUBLIC), "staff": queries(lan, STAFF)}
    asked["month"] = queries(lan, f"{MONTH}?thang=2025-11")
    assert asked == {"public": 7, "staff": 9, "month": 5}


def test_what_is_known_by_its_year_stands_in_no_month_and_by_its_month_is_still_to_come(cast: Cast) -> None:
    make_meeting(cast, "Họp trong năm", dated=parse_date("2025"))
    assert cast.client("lan").get(f"{MONTH}?thang=2025-01").context["month"].count == 0
    today = in_days(0)
    dated = parse_date(f"tháng {today.month}/{today.year}")
    make_meeting(cast, "Họp tháng này", dated=dated, stage=Stage.PREPARED)
    assert [one.title for one in cast.client("lan").get(MONTH).context["month"].coming] == ["Họp tháng này"]
    assert f"Họp tháng này ({dated})" in cast.client("lan").get("/lam-viec/").text


def test_a_conference_says_in_the_file_of_documents_what_it_is_and_whose(cast: Cast) -> None:
    bring(cast, make_meeting(cast, "Hội nghị ký kết", dated=parse_date("tháng 5/2022")), "published")
    bring(cast, make_meeting(cast, "Hội nghị tổng kết"), "published")
    book = openpyxl.load_workbook(io.BytesIO(cast.client(None).get("/van-ban/excel/").getvalue()))
    heads, *rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=4)]
    both = f"{cast.ours}; {cast.partner}"
    assert heads[1:5] == ["Tên gọi", "Ngày", "Loại", "Cơ quan ban hành"]
    assert [row[1:5] for row in rows] == [
        ["Hội nghị tổng kết", datetime(2023, 3, 23), "Hội nghị", both],
        ["Hội nghị ký kết", "tháng 5/2022", "Hội nghị", both],
    ]

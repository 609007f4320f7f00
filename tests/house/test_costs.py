"""What every list costs: the questions it asks are counted, and are the same for one row and for three."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from meetings.actions import DirectiveEntry, TaskEntry
from meetings.actions.meetings import approve_meeting, publish_meeting
from portal.actions import records
from portal.actions.registers import rebuild_reach
from portal.dates import parse_date
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.models import Plan, Review, Round
from tests.cast import Cast, in_days, make_body, make_meeting
from tests.house.test_access import named
from tests.house.world import make_companion

COSTS: dict[tuple[str, str], tuple[str | None, int]] = {
    ("portal:body_list", ""): (None, 5),
    ("portal:body_excel", ""): (None, 3),
    ("portal:document_list", ""): (None, 12),
    ("portal:document_excel", ""): (None, 10),
    ("portal:search", ""): (None, 23),
    ("portal:year_index", ""): (None, 4),
    ("portal:year_excel", "2022"): (None, 6),
    ("portal:year_list", "2022"): (None, 6),
    ("portal:year_list_excel", "2022"): (None, 4),
    ("programs:program_list", ""): (None, 8),
    ("programs:program_excel", ""): (None, 4),
    ("programs:plan_list", ""): (None, 7),
    ("programs:plan_excel", ""): (None, 3),
    ("programs:review_list", ""): (None, 7),
    ("programs:review_excel", ""): (None, 4),
    ("meetings:meeting_list", ""): (None, 7),
    ("meetings:meeting_excel", ""): (None, 4),
    ("portal:staff_body_list", ""): ("lan", 7),
    ("portal:staff_body_excel", ""): ("lan", 6),
    ("portal:staff_document_list", ""): ("lan", 15),
    ("portal:staff_document_excel", ""): ("lan", 14),
    ("portal:staff_search", ""): ("lan", 27),
    ("portal:suggest", "co-quan"): ("lan", 7),
    ("portal:suggest", "chuong-trinh"): ("lan", 4),
    ("portal:suggest", "van-ban"): ("lan", 4),
    ("portal:staff_year_index", ""): ("lan", 6),
    ("portal:staff_year_excel", "2022"): ("lan", 19),
    ("portal:staff_year_coverage", "2022"): ("lan", 8),
    ("portal:staff_year_list", "2022"): ("lan", 8),
    ("portal:staff_year_list_excel", "2022"): ("lan", 7),
    ("programs:staff_list", ""): ("lan", 10),
    ("programs:staff_excel", ""): ("lan", 7),
    ("programs:staff_plan_list", ""): ("lan", 9),
    ("programs:staff_plan_excel", ""): ("lan", 6),
    ("programs:staff_review_list", ""): ("lan", 9),
    ("programs:staff_review_excel", ""): ("lan", 9),
    ("programs:body_sheet", "ours"): ("lan", 11),
    ("programs:target_excel", "plan"): ("lan", 12),
    ("programs:round_list", ""): ("lan", 8),
    ("programs:round_excel", ""): ("lan", 6),
    ("programs:round_board", "round"): ("lan", 12),
    ("programs:board_excel", "round"): ("lan", 7),
    ("meetings:staff_meeting_list", ""): ("lan", 9),
    ("meetings:staff_meeting_excel", ""): ("lan", 8),
    ("meetings:meeting_month", ""): ("lan", 5),
    ("meetings:task_list", ""): ("lan", 7),
    ("meetings:task_excel", ""): ("lan", 5),
}
"""By address and what it is about: who asks, and how many questions the page takes."""


def add_one_of_each(cast: Cast, turn: int) -> None:
    """A body more, and of every kind of paper one in public, with a task and a round."""
    make_body(f"Hội Phụ nữ phường Ba Đình {turn}", territory=cast.ours.territory)
    rebuild_reach()
    for model in (Plan, Review):
        make_companion(cast, model, "published")
    said = DirectiveEntry("Sớm ký kết", task=TaskEntry(in_days(30), [cast.partner]))
    meeting = make_meeting(cast, dated=parse_date("23/3/2022"), directives=[said])
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    entry = RoundEntry(f"Đợt {turn}", in_days(20), named=[cast.partner, cast.neighbour])
    rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)


def address(name: str, about: str, cast: Cast) -> str:
    """Where a list is read, as it is asked."""
    args: list[Any] = [about] if about else []
    if about == "ours":
        args = [cast.ours.code]
    elif about == "round":
        args = [Round.objects.earliest("pk").code]
    elif about == "plan":
        args = [Plan.objects.earliest("pk").code]
    elif "year_list" in name:
        args = [about, "hieu-luc"]
    is_asked = name.endswith(("search", "suggest"))
    return reverse(name, args=args, query={"q": "ba dinh"} if is_asked else None)


def asked(cast: Cast) -> dict[tuple[str, str], tuple[str | None, int]]:
    """What every list of the table takes now."""
    found = {}
    for (name, about), (who, _) in COSTS.items():
        client, url = cast.client(who), address(name, about, cast)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
            assert answer.status_code == 200, name
            if answer.streaming:
                b"".join(answer)
        found[name, about] = (who, len(queries))
    return found


def test_every_list_is_counted() -> None:
    lists = {name for name in named(get_resolver()) if name.endswith(("_list", "_excel"))}
    assert sorted(lists - {name for name, _ in COSTS}) == []


def test_a_list_asks_as_much_for_three_rows_as_for_one(cast: Cast) -> None:
    add_one_of_each(cast, 1)
    asked(cast)  # what is asked once a process is not counted
    for_one = asked(cast)
    for turn in (2, 3):
        add_one_of_each(cast, turn)
    assert (for_one, asked(cast)) == (COSTS, COSTS)

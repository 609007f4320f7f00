"""How a conference begins: prepared, or as an earlier one was; what is pasted without scripts; what others posted."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import starter
from meetings.actions import AgendaEntry, DirectiveEntry, ParticipationEntry
from meetings.models import Directive, Meeting, MeetingKind, MeetingRole, Participation, Stage, Task
from meetings.views.entry import MeetingEntry
from portal.forms.rows import MOST_ROWS
from programs.models import Plan
from tests.cast import Cast, make_meeting

NEW = "/lam-viec/hoi-nghi/nhap/"


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    starter.load()


def test_the_door_leads_to_it_and_one_can_be_prepared(cast: Cast) -> None:
    lan = cast.client("lan")
    assert f'href="{NEW}"' in lan.get("/lam-viec/nhap/").text
    held, prepared = (lan.get(address, follow=True).text for address in (NEW, f"{NEW}?chuan-bi=1"))
    assert ("Ghi lại hội nghị đã tổ chức" in held, "<h1>Chuẩn bị hội nghị" in held) == (True, False)
    order = [
        prepared.index(f'id="{part}"') for part in ("phan-cac-ben", "phan-chuong-trinh", "phan-nguoi-du")
    ]
    assert order == sorted(order)
    lan.post(NEW, {"title": "Hội nghị sắp tới", "stage": "prepared", "lam": "save"})
    assert Meeting.objects.get().stage == Stage.PREPARED


def earlier(cast: Cast) -> Meeting:
    return make_meeting(
        cast,
        "Hội nghị năm 2025",
        place="Hội trường A",
        kinds=[MeetingKind.objects.get(key="so-ket")],
        agenda=[AgendaEntry("Khai mạc", "8 giờ")],
        summary="Đã họp",
        participations=[
            ParticipationEntry(
                "Nguyễn Bá Thành",
                "Bí thư",
                roles=set(MeetingRole.objects.filter(key__in=["chu-tri", "phat-bieu"])),
            ),
            ParticipationEntry("Bùi Hoàng Lộc", "Phó Bí thư"),
        ],
        directives=[DirectiveEntry("Tiếp tục")],
    )


def test_the_next_one_is_prepared_as_this_one_was(cast: Cast) -> None:
    meeting = earlier(cast)
    [way] = MeetingEntry.ways_of_writing(meeting)
    answer = cast.client("lan").get(way.url, follow=True)
    data = answer.context["form"].data
    told = [
        data[name]
        for name in ("stage", "place", "previous-ma", "agenda-0-text", "people-0-capacity", "attendees")
    ]
    assert told == [
        "prepared",
        "Hội trường A",
        meeting.code,
        "Khai mạc",
        "Bí thư",
        "Bùi Hoàng Lộc, Phó Bí thư",
    ]
    assert data["title"] == "Hội nghị năm 2026"
    assert (data.getlist("kinds"), data.getlist("people-0-roles")) == (["so-ket"], ["chu-tri"])
    assert (data.get("dated"), data.get("summary"), data["sayings-TOTAL_FORMS"]) == (None, None, "0")
    cast.client("lan").post(NEW, posted(data))
    new = Meeting.objects.exclude(pk=meeting.pk).get()
    assert (new.previous, meeting.participations.count(), new.participations.count()) == (meeting, 2, 2)
    assert cast.client("binh").get(way.url, follow=True).status_code in {403, 404}


def posted(data: QueryDict) -> QueryDict:
    """A form's data as a browser posts it."""
    sent = data.copy()
    sent["lam"] = "save"
    return sent


def test_pasted_blocks_become_rows_on_a_save_without_scripts(cast: Cast) -> None:
    answer = cast.client("lan").post(
        NEW,
        {
            "title": "Hội nghị", "dated": "23/3/2023", "lam": "save", "speaker": "Nguyễn Bá Thành",
            "people-dan": "Dự hội nghị có đồng chí Nguyễn Bá Thành, Bí thư, Chủ tịch; hơn 200 đại biểu các phường",
            "table-dan": "Kế hoạch năm 2023\nChương trình phối hợp 2023 – 2025",
            "sayings-dan": "- Làm tốt hơn\n- Giữ nếp",
            "agenda-dan": "8 giờ 30: Khai mạc\nBế mạc",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert [str(one) for one in meeting.participations.all()] == [
        "Nguyễn Bá Thành, Bí thư, Chủ tịch",
        "hơn 200 đại biểu các phường",
    ]
    assert [one.document.title for one in meeting.papers.all()] == [
        "Kế hoạch năm 2023",
        "Chương trình phối hợp 2023 – 2025",
    ]
    assert Plan.objects.get().document.title == "Kế hoạch năm 2023"
    assert [one.text for one in meeting.directives.all()] == ["Làm tốt hơn", "Giữ nếp"]
    assert [(one.time, one.text) for one in meeting.agenda.all()] == [
        ("8 giờ 30", "Khai mạc"),
        ("", "Bế mạc"),
    ]


def test_a_list_too_long_for_rows_is_kept_whole(cast: Cast) -> None:
    names = "\n".join(
        f"Nguyễn Văn {'A' * (at % 9 + 1)}{at}, Bí thư Chi bộ {at}" for at in range(MOST_ROWS + 60)
    )
    cast.client("lan").post(NEW, {"title": "Hội nghị lớn", "lam": "save", "people-dan": names})
    assert Participation.objects.count() == MOST_ROWS + 60


def test_rows_of_another_conference_are_not_taken(cast: Cast) -> None:
    theirs = earlier(cast)
    person, saying = theirs.participations.first(), theirs.directives.get()
    stolen = {
        "people-TOTAL_FORMS": "1", "people-0-name": "Khác", "people-0-row": str(person.pk),
        "sayings-TOTAL_FORMS": "1", "sayings-0-text": "Khác", "sayings-0-row": str(saying.pk),
        "talks-TOTAL_FORMS": "1", "talks-0-topic": "Khác", "talks-0-row": "²",
    }  # fmt: skip
    answer = cast.client("binh").post(NEW, stolen | {"title": "Của tôi", "lam": "save"})
    assert answer.status_code == 302
    person.refresh_from_db()
    saying.refresh_from_db()
    assert (person.name, saying.text, theirs.participations.count()) == ("Nguyễn Bá Thành", "Tiếp tục", 2)


def test_an_unsent_task_goes_when_it_is_no_longer_assigned(cast: Cast) -> None:
    lan = cast.client("lan")
    saying = {"sayings-TOTAL_FORMS": "1", "sayings-0-text": "Làm", "sayings-0-due": "không rõ"}
    lan.post(NEW, saying | {"title": "H", "lam": "save", "sayings-0-assign_to": cast.partner.name})
    meeting, kept = Meeting.objects.get(), Directive.objects.get()
    assert Task.objects.count() == 1
    again = saying | {
        "title": "H",
        "lam": "save",
        "sayings-0-row": str(kept.pk),
        "phien-ban": str(meeting.version),
    }
    lan.post(f"/lam-viec/hoi-nghi/{meeting.code}/sua/", again)
    assert (Task.objects.count(), Directive.objects.get().pk) == (0, kept.pk)


SHARP = st.sampled_from(
    ["", "0", "-1", "\x00", "9" * 400, "không rõ", "5/11", "29/2/2021", "25 giờ", "9h – 8h", "<script>", "hơn 200 đại biểu",
     "a;B;c", "% _ '\" \\", "ê\u0323", "🂡", "{{ x }}", "signed", "prepared", "chu-tri", "Á" * 700]
)  # fmt: skip
ROWS = {
    "partners": ["side", "name", "name-ma"],
    "people": ["name", "name-ma", "capacity", "body", "roles", "row"],
    "agenda": ["time", "text", "presenter"],
    "table": ["paper", "paper-ma", "role", "add_as", "parties"],
    "signers": ["side", "name", "name-ma", "capacity", "authority", "paper"],
    "talks": ["by", "body", "title", "topic", "file", "row"],
    "sayings": ["text", "said_by", "quote", "audience", "state_shown", "assign_to", "due", "yearly", "row"],
}
HEAD = ["title", "dated", "dated_inferred", "clock", "place", "kinds", "stage", "previous", "previous-ma", "attendees",
        "speaker", "summary", "number", "note"]  # fmt: skip
NAMES = HEAD + [f"{prefix}-{at}-{name}" for prefix, names in ROWS.items() for at in (0, 1) for name in names]
NAMES += [f"{prefix}-TOTAL_FORMS" for prefix in ROWS] + [f"{prefix}-dan" for prefix in ROWS]
POSTS = st.dictionaries(st.sampled_from(NAMES), st.one_of(SHARP, st.text(max_size=40)), max_size=25)
COMMANDS = st.sampled_from(["save", "submit", "people:split", "table:up:1", "refile:plan", "x:y:z"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=POSTS, command=COMMANDS)
def test_any_post_answers_with_a_page(cast: Cast, fields: dict[str, str], command: str) -> None:
    answer = cast.client("lan").post(NEW, fields | {"lam": command})
    assert answer.status_code in {200, 302, 422}

"""Recording a conference: what is pasted becomes rows, a form saved as it stands changes nothing."""

from typing import Any

import pytest
from django.http import QueryDict

from meetings import starter
from meetings.actions import MeetingEntry, ParticipationEntry, save_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Directive, Meeting, MeetingPaper, MeetingRole, Participation, Presentation, Task
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.dates import parse_date
from portal.forms.rows import append_rows
from portal.journal import journal_of
from programs.models import Plan
from tests.cast import Cast, make_meeting
from tests.programs.test_round_trip import told

PEOPLE = (
    "Đồng chí Hồ Tấn Đạt, Chuyên viên Ban Dân vận Thành ủy; đồng chí Nguyễn Bá Thành, Phó Bí thư Quận ủy, "
    "Chủ tịch UBND quận"
)


@pytest.fixture
def roles(db: None) -> None:
    starter.load()


def pasted(cast: Cast, **changes: Any) -> MeetingForm:
    """The form as a clerk fills it: people and sayings pasted, two plans signed, one saying assigned."""
    data = MeetingForm(QueryDict(mutable=True), user=cast.lan).data
    data["title"], data["dated"] = "Hội nghị tổng kết năm 2022", "23/3/2023"
    data["speaker"] = "Nguyễn Bá Thành"
    data["attendees"] = "Bùi Hoàng Lộc, Phó Bí thư Đảng ủy Phường 1\nhơn 200 đại biểu các phường"
    append_rows(
        data, "partners", [{"side": "1", "name": cast.ours.name}, {"side": "2", "name": cast.partner.name}]
    )
    append_rows(data, "people", MeetingForm.splitters["people"](PEOPLE))
    plans = ["Kế hoạch thực hiện chương trình phối hợp năm 2023", "Kế hoạch phối hợp triển khai mô hình"]
    append_rows(data, "table", [{"paper": one, "role": "signed", "add_as": "plan"} for one in plans])
    append_rows(data, "talks", [{"by": "Bùi Hoàng Lộc", "topic": "Công tác phối hợp của khối vận"}])
    append_rows(
        data, "sayings", MeetingForm.splitters["sayings"]("- Tiếp tục phối hợp\n- Quán triệt “5 không”")
    )
    data["sayings-1-assign_to"], data["sayings-1-due"] = cast.partner.name, "31/12/2023"
    for name, value in changes.items():
        data[name] = value
    form = MeetingForm(data, user=cast.lan)
    assert form.is_valid(), [one.errors for one in form.forms if one.errors]
    return form


def recorded(cast: Cast, **changes: Any) -> Meeting:
    return save_meeting(None, pasted(cast, **changes).entry(), by=cast.lan, keeper=cast.ours)


def test_what_was_pasted_is_kept_and_nothing_is_invented(cast: Cast, roles: None) -> None:
    meeting = recorded(cast)
    people = Participation.objects.filter(meeting=meeting)
    assert [str(one) for one in people] == [
        "Hồ Tấn Đạt, Chuyên viên Ban Dân vận Thành ủy",
        "Nguyễn Bá Thành, Phó Bí thư Quận ủy, Chủ tịch UBND quận",
        "Bùi Hoàng Lộc, Phó Bí thư Đảng ủy Phường 1",
        "hơn 200 đại biểu các phường",
    ]
    assert not meeting.participations.filter(role_links__isnull=False).exists()
    assert Presentation.objects.get().participation == people[2]
    assert [one.speakers.get().participation for one in Directive.objects.all()] == [people[1], people[1]]
    assert [str(one.directive) for one in Task.objects.all()] == ["Quán triệt “5 không”"]


def test_papers_added_in_place_are_signed_that_day_by_the_organizers(cast: Cast, roles: None) -> None:
    meeting = recorded(cast)
    assert [one.role for one in MeetingPaper.objects.filter(meeting=meeting)] == ["signed", "signed"]
    first, second = Plan.objects.order_by("pk")
    assert (str(first.document.dated), str(first.period), first.state) == ("23/3/2023", "2023", "drafting")
    assert [one.organization for one in second.document.partners.all()] == [cast.ours, cast.partner]
    assert not first.document.signatures.exists()


def test_a_form_saved_as_it_stands_changes_nothing(cast: Cast, roles: None) -> None:
    meeting = recorded(cast)

    def whole() -> dict[str, Any]:
        fresh = Meeting.objects.get(pk=meeting.pk)
        sets = [fresh.agenda, fresh.papers, fresh.participations, fresh.presentations, fresh.directives]
        rows = {str(place): [told(row) for row in each.all()] for place, each in enumerate(sets)}
        return {"meeting": told(fresh), "document": told(fresh.document)} | rows

    before = whole()
    fresh = Meeting.objects.get(pk=meeting.pk)
    form = MeetingForm(meeting_data(fresh), user=cast.lan, record=fresh)
    assert form.is_valid(), [one.errors for one in form.forms if one.errors]
    save_meeting(fresh, form.entry(), by=cast.lan, expected=fresh.version)
    assert whole() == before


def test_the_journal_calls_the_fields_of_a_conference_by_its_own_names(cast: Cast) -> None:
    meeting = make_meeting(cast, "Hội nghị ký kết")
    paper = PaperEntry(
        title="Hội nghị tổng kết", number="12-BB/BDVĐU", dated=parse_date("24/3/2023"),
        partners=[PartnerEntry(1, cast.ours)],
    )  # fmt: skip
    save_meeting(meeting, MeetingEntry(paper=paper), by=cast.lan, expected=meeting.version)
    assert [(one.label, one.before) for one in journal_of(meeting, 1)[0].changes] == [
        ("Tên hội nghị", "Hội nghị ký kết"),
        ("Số biên bản", ""),
        ("Ngày tổ chức", "23/3/2023"),
        ("Bỏ cơ quan tổ chức", "UBND phường Ba Đình"),
    ]


def test_the_journal_says_whose_role_was_added_in_plain_words(cast: Cast) -> None:
    chairs = MeetingRole.objects.create(key="chu-tri", name="chủ trì")
    meeting = make_meeting(cast, participations=[ParticipationEntry("Trần Chủ Trì", "Trưởng ban")])
    row = meeting.participations.get()
    entry = ParticipationEntry("Trần Chủ Trì", "Trưởng ban", pk=row.pk, roles={chairs})
    form = MeetingForm(meeting_data(meeting), user=cast.lan, record=meeting)
    assert form.is_valid()
    entered = form.entry()
    entered.participations = [entry]
    save_meeting(meeting, entered, by=cast.lan, expected=meeting.version)
    assert [(one.label, one.after) for one in journal_of(meeting, 1)[0].changes] == [
        ("Thêm vai trò", "Trần Chủ Trì, Trưởng ban: chủ trì")
    ]

"""Who made a saying: persons, a body, a paper or the conference itself; what a paper tells everybody, visitors find."""

import pytest
from django.http import QueryDict

from meetings.actions import ParticipationEntry, save_meeting
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Directive, Meeting
from meetings.reading import MeetingReading
from portal.access import VISITOR
from portal.forms.rows import append_rows
from portal.publication import publication_preview
from tests.cast import Cast, make_meeting, make_program
from tests.meetings.test_visibility import bring, words_of


def said(cast: Cast, *makers: str) -> Meeting:
    """A conference with one saying by each of these, as a clerk types them."""
    data = meeting_data(make_meeting(cast))
    rows = [{"text": f"Việc {at}", "said_by": one, "audience": "public"} for at, one in enumerate(makers)]
    append_rows(data, "sayings", rows)
    return written(cast, data, Meeting.objects.get())


def written(cast: Cast, data: QueryDict, record: Meeting) -> Meeting:
    form = MeetingForm(data, user=cast.lan, record=record)
    assert form.is_valid()
    return save_meeting(record, form.entry(), by=cast.lan)


def test_a_saying_takes_its_maker_and_keeps_it(cast: Cast) -> None:
    paper = make_program(cast, "published", number="07-CTrPH/BDVĐU-UBND").document
    meeting = said(
        cast, "UBND phường Ba Đình", "Chương trình phối hợp số 07-CTrPH/BDVĐU-UBND", "Hội nghị", "Trần A"
    )
    meeting = written(cast, meeting_data(meeting), meeting)
    assert [(one.organization, one.by_document) for one in meeting.directives.all()] == [
        (cast.partner, None), (None, paper), (None, None), (None, None),
    ]  # fmt: skip
    meeting = bring(cast, meeting, "published")
    page = cast.client(None).get(f"/hoi-nghi/{meeting.slug}/").text
    assert f'<a href="/chuong-trinh/{paper.program.slug}/">Chương trình phối hợp số 07' in page
    assert all(name in words_of(page) for name in ("UBND phường Ba Đình", "Hội nghị", "Trần A"))


def test_a_maker_chosen_by_hand_stays_until_its_words_change(cast: Cast) -> None:
    meeting = said(cast, "UBND phường Ba Đình")
    meeting.directives.update(organization=cast.superior)
    found = []
    for words in (meeting_data(meeting)["sayings-0-said_by"], cast.neighbour.name):
        data = meeting_data(meeting)
        data["sayings-0-said_by"] = words
        row = MeetingForm(data, user=cast.lan, record=meeting).rows["sayings"].forms[0]
        assert row.is_valid()
        meeting = written(cast, data, meeting)
        found.append((row.echoes["said_by"], meeting.directives.get().organization))
    assert found == [(f"Cơ quan: {one}", one) for one in (cast.superior, cast.neighbour)]


def test_the_capacity_of_who_was_not_listed_is_told_with_the_saying_and_never_twice(cast: Cast) -> None:
    data = meeting_data(make_meeting(cast, participations=[ParticipationEntry("Lê B", "Bí thư Đảng ủy")]))
    rows = [
        {"text": "Việc", "said_by": name, "capacity": "Bí thư Đảng ủy", "audience": "public"}
        for name in ("Trần A", "Lê B", "")
    ]
    append_rows(data, "sayings", rows)
    meeting = bring(cast, written(cast, data, Meeting.objects.get()), "published")
    again = meeting_data(meeting)
    assert [again[f"sayings-{at}-capacity"] for at in range(3)] == ["Bí thư Đảng ủy"] * 3
    told = [one.by for one in MeetingReading(meeting, VISITOR).sayings]
    assert told == ["Trần A, Bí thư Đảng ủy", "Lê B, Bí thư Đảng ủy", "Bí thư Đảng ủy"]


def test_who_made_a_saying_in_another_capacity_is_told_in_that_one_alone(cast: Cast) -> None:
    posts = "Phó Bí thư Thành ủy, Chủ tịch UBND TP. Hà Nội"
    data = meeting_data(make_meeting(cast, participations=[ParticipationEntry("Lê B", posts)]))
    acted = "Chủ tịch UBND TP. Hà Nội, thay mặt Ban cán sự Đảng UBND TP"
    append_rows(data, "sayings", [{"text": "Việc", "said_by": "Lê B", "capacity": acted}])
    meeting = written(cast, data, Meeting.objects.get())
    assert [one.by for one in MeetingReading(meeting, cast.lan).sayings] == [f"Lê B, {acted}"]


def test_a_saying_of_a_paper_tells_the_capacity_of_its_maker_and_to_whom(cast: Cast) -> None:
    program = make_program(cast, "published")
    told = {
        "said_by": "Trần A",
        "capacity": "Bí thư Thành ủy",
        "addressed_to": "Các quận",
        "audience": "public",
    }
    Directive.objects.create(document=program.document, text="Đối thoại", **told)
    public = words_of(cast.client(None).get(f"/chuong-trinh/{program.slug}/").text)
    inside = words_of(cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/").text)
    [preview] = [line.words for line in publication_preview(program).public if line.part == "Ý kiến chỉ đạo"]
    for page in (public, inside, preview):
        assert "Trần A, Bí thư Thành ủy" in page
        assert "gửi: Các quận" in page


def test_who_is_named_once_for_all_makes_what_names_nobody(cast: Cast) -> None:
    data = meeting_data(said(cast, "", "Hội nghị"))
    data["speaker"] = "UBND phường Ba Đình"
    meeting = written(cast, data, Meeting.objects.get())
    assert [one.organization for one in meeting.directives.all()] == [cast.partner, None]


@pytest.mark.parametrize(
    ("state", "audience", "seen"), [("published", "public", True), ("published", "parties", False)]
)
def test_a_visitor_reads_what_a_public_paper_tells_everybody(
    cast: Cast, state: str, audience: str, seen: bool
) -> None:
    program = make_program(cast, state)
    Directive.objects.create(
        document=program.document, text="Đối thoại mỗi quý", said_by="Thành phố", audience=audience
    )
    page = cast.client(None).get(f"/chuong-trinh/{program.slug}/").text
    told = [line.words for line in publication_preview(program).public if line.part == "Ý kiến chỉ đạo"]
    assert ("Đối thoại mỗi quý" in page, bool(told)) == (seen, seen)

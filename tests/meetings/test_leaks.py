"""Conferences and tasks are nowhere for whom they are not: every page, file, picker and desk is read for their words."""

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse

from meetings.actions import DirectiveEntry, MeetingEntry, TaskEntry, save_meeting
from meetings.actions.answers import AnswerEntry, answer
from meetings.actions.meetings import AgendaEntry, PresentationEntry
from meetings.actions.participants import ParticipationEntry
from meetings.actions.signing import TablePaperEntry
from meetings.models import Assignment, Meeting, Stage
from portal.actions.documents import FileEntry, PaperEntry, PartnerEntry, SourceEntry
from portal.dates import PartialDate
from tests.cast import Cast, in_days, join, make_file, make_user
from tests.meetings.test_visibility import bring

WORD = "Xqzwvkj"
"""Long enough that no random token of a page holds it by chance."""
PICKERS = ("co-quan", "nguoi", "van-ban", "dia-ban", "chuong-trinh", "hoi-nghi")


def conference(cast: Cast, state: str, days: int = 20) -> Meeting:
    """A conference in some days with the word in every part."""
    file = FileEntry(make_file(cast, "parties"), f"{WORD} tệp", "parties")
    paper = PaperEntry(
        title=f"Hội nghị {WORD}", dated=PartialDate.day(in_days(days)), files=[file],
        partners=[PartnerEntry(1, cast.ours)], sources=[SourceEntry(f"{WORD} nguồn")],
    )  # fmt: skip
    entry = MeetingEntry(
        paper=paper, stage=Stage.PREPARED, place=f"{WORD} phòng", summary=f"{WORD} tóm tắt", closing=f"{WORD} kết luận",
        note=f"{WORD} ghi chú", agenda=[AgendaEntry(f"{WORD} mục")],
        papers=[TablePaperEntry("discussed", title=f"{WORD} báo cáo"),
                TablePaperEntry("discussed", title=f"{WORD} kế hoạch", add_as="plan")],
        participations=[ParticipationEntry(name=f"Lê Thị {WORD}", adds_person=True)],
        presentations=[PresentationEntry(f"{WORD} tham luận")],
        directives=[DirectiveEntry(f"{WORD} chỉ đạo", task=TaskEntry(in_days(30), [cast.partner])),
                    DirectiveEntry(f"{WORD} công khai", audience="public")],
    )  # fmt: skip
    meeting = save_meeting(None, entry, by=cast.lan, keeper=cast.ours)
    return meeting if state == "draft" else bring(cast, meeting, state)


def everywhere(cast: Cast, meeting: Meeting) -> list[str]:
    """Every address on which a conference or its tasks could show, by name and by guessing codes."""
    program = [f"lam-viec/{name}/" for name in ("chuong-trinh", "ke-hoach", "hoi-nghi", "nhiem-vu")]
    lists = ["", "hoi-nghi/", "chuong-trinh/", "ke-hoach/", "don-vi/", "van-ban/", "lam-viec/", *program]
    lists += [
        "hoi-nghi/excel/",
        "chuong-trinh/excel/",
        *(f"{one}excel/" for one in program if "ke-hoach" not in one),
    ]
    lists += [f"lam-viec/{name}/" for name in ("don-vi", "van-ban")]
    lists += [f"don-vi/{cast.ours.slug}/", f"lam-viec/hoi-nghi/lich/?thang={in_days(20):%Y-%m}"]
    searched = ["tim-kiem/", "van-ban/", "lam-viec/tim-kiem/", "lam-viec/van-ban/", *program]
    asked = [f"{one}?q={WORD.lower()}" for one in [*searched, *(f"lam-viec/goi-y/{one}/" for one in PICKERS)]]
    own = [reverse(f"meetings:{name}", args=[meeting.code]) for name in (
        "meeting_record", "edit_meeting", "calendar_of_meeting", "guests_of_meeting", "word_guests_of_meeting",
        "invitations_of_meeting", "minutes_of_meeting", "pack_of_meeting", "word_pack_of_meeting", "review_meeting",
    )]  # fmt: skip
    documents = [meeting.document, *(one.document for one in meeting.papers.all())]
    for document in documents:
        own += [
            reverse(f"portal:{name}", args=[document.code])
            for name in ("document_page", "staff_document_page")
        ]
        own += [reverse("portal:serve_file", args=[one.code, "x.pdf"]) for one in document.attachments.all()]
    own += [reverse("meetings:task_assign", args=[one.code]) for one in meeting.directives.all()]
    for one in Assignment.objects.select_related("task"):
        own += [
            reverse("meetings:task_record", args=[one.code]),
            reverse("meetings:task_whole", args=[one.task.code]),
        ]
    own += [
        reverse("portal:staff_body_page", args=[cast.ours.code]),
        reverse("programs:body_sheet", args=[cast.ours.code]),
    ]
    return [f"/{one}" for one in [*lists, *asked]] + own


def content(response: Any) -> str:
    """What a response says, unpacked where it is a workbook or a paper."""
    raw = b"".join(response) if response.streaming else response.content
    if raw[:2] == b"PK":
        package = zipfile.ZipFile(io.BytesIO(raw))
        raw = b"".join(package.read(name) for name in package.namelist())
    return raw.decode(errors="ignore")


def told(cast: Cast, who: str | None, meeting: Meeting) -> list[str]:
    """Where a person meets the word; they ask for it in small letters, so that an echo is none."""
    client, found = cast.client(who), []
    for url in everywhere(cast, meeting):
        response = client.get(url)
        if response.status_code == 200 and WORD in content(response):
            found.append(url)
    return found


@pytest.mark.parametrize("who", [None, "binh", "mai", "phuc", "kien"])
def test_a_draft_conference_is_nowhere(cast: Cast, who: str | None) -> None:
    meeting = conference(cast, "draft")
    assert told(cast, who, meeting) == []


def test_a_unit_is_told_of_its_coming_conference_once_it_was_approved(cast: Cast) -> None:
    """Of a draft it learns nothing, on its desk neither."""
    meeting, desk = conference(cast, "draft"), cast.client("mai")
    assert WORD not in desk.get("/lam-viec/").text
    bring(cast, meeting, "approved")
    assert f"Hội nghị {WORD}" in desk.get("/lam-viec/").text


@pytest.mark.parametrize("who", [None, "binh", "kien", "far"])
def test_an_approved_conference_and_its_tasks_are_nowhere_for_others(cast: Cast, who: str | None) -> None:
    visit = cast.kien.memberships.get()
    visit.reads_to = in_days(0).year - 1
    visit.save()
    cast.people["far"] = make_user("far")
    join(cast.far, cast.neighbour, "unit")
    meeting = conference(cast, "approved")
    one = Assignment.objects.get()
    answer(one, AnswerEntry(f"{WORD} trả lời"), by=cast.phuc, body=cast.partner, expected=0)
    # one register of persons, once approved
    names = [f"/lam-viec/goi-y/nguoi/?q={WORD.lower()}"] if who == "binh" else []
    assert told(cast, who, meeting) == names


def test_the_reading_finds_the_word_where_it_may_stand(cast: Cast) -> None:
    meeting = conference(cast, "approved")
    assert {len(told(cast, "lan", meeting)) > 20, len(told(cast, "phuc", meeting)) > 3} == {True}

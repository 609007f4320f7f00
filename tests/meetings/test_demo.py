"""The demonstration's conferences: every person, capacity, paper and saying of the articles, nothing invented."""

import pytest
from django.db.models import QuerySet

from meetings import demo
from meetings.models import Answer, Assignment, Directive, Meeting, MeetingSignature, Participation, Task
from meetings.models.tasks import NO_DAY
from meetings.pack import Pack
from meetings.reading import MeetingReading
from meetings.task_reading import coverage_of
from portal import demo as ground
from portal import starter
from portal.access import Doing, grants
from portal.actions.registers import rebuild_reach
from portal.demo import account
from portal.models import Act
from programs import demo as programs
from tests.once import made_once


@pytest.fixture
def loaded(db: None) -> None:
    made_once(load)


def load() -> None:
    """Load the starter set, and upon it the demonstration."""
    starter.load()
    ground.load()
    rebuild_reach()
    programs.load()
    demo.load()


def told_tasks() -> QuerySet[Task]:
    """The tasks of what the articles tell."""
    return Task.objects.filter(directive__meeting__is_sample=False)


def test_the_four_conferences_and_twenty_five_sayings(loaded: None) -> None:
    told = Meeting.objects.filter(is_sample=False).order_by("listed_on")
    assert [str(one.document.dated_first) for one in told] == [
        "2016-12-20",
        "2021-04-02",
        "2021-11-05",
        "2023-03-23",
    ]
    assert Directive.objects.exclude(meeting__is_sample=True).count() == 25
    assert told_tasks().count() == 4
    assert Answer.objects.count() == 0
    assert not Assignment.objects.filter(state__in=["answered", "accepted", "returned"]).exists()


def test_a_person_signs_and_attends_in_different_capacities(loaded: None) -> None:
    signed = MeetingSignature.objects.get(signature__person__name="Nguyễn Đức Chung")
    assert signed.signature.capacity == "Bí thư Ban cán sự Đảng UBND TP. Hà Nội"
    attended = Participation.objects.get(person__name="Nguyễn Đức Chung")
    assert attended.capacity.endswith("Chủ tịch UBND TP. Hà Nội")


def test_no_chair_and_no_signatory_is_invented(loaded: None) -> None:
    chairs = Participation.objects.filter(meeting__is_sample=False, role_links__role__key="chu-tri")
    assert [one.name for one in chairs] == ["Phạm Quang Ngọc", "Đỗ Việt Anh"]
    assert MeetingSignature.objects.filter(paper__meeting__is_sample=False).count() == 2


def test_tasks_without_a_day_have_none(loaded: None) -> None:
    due = sorted(told_tasks().values_list("due_on", flat=True))
    assert (due[0].isoformat(), due[1:]) == ("2017-12-31", [NO_DAY] * 3)


def test_loading_twice_changes_nothing(loaded: None) -> None:
    acts = Act.objects.count()
    demo.load()
    assert Act.objects.count() == acts


def test_a_task_of_lower_bodies_is_not_owed_by_who_ordered_it(loaded: None) -> None:
    rows = Assignment.objects.filter(task__in=told_tasks().filter(kind__isnull=False))
    assert {one.organization.name for one in rows} == {"Ban Dân vận Quận ủy Ba Đình"}
    signed = told_tasks().get(measure="signed")
    found = coverage_of(signed, list(signed.assignments.all()), account("quantri"))
    assert ([str(body) for body in found.have], found.lack) == (["Ban Dân vận Quận ủy Ba Đình"], [])
    assert found.words == "Đã ký chương trình phối hợp cho giai đoạn 2016–2021"


def test_the_people_of_the_demonstration_have_tasks_and_a_conference_that_follows_one(loaded: None) -> None:
    asked = {
        name: Assignment.objects.to_answer(
            [one.organization_id for one in grants(account(name), Doing.ANSWER)]
        )
        for name in ("canbo", "donvi", "langgieng")
    }
    assert {name: rows.count() for name, rows in asked.items()} == {"canbo": 2, "donvi": 1, "langgieng": 2}
    coming = Meeting.objects.get(stage="prepared")
    assert (coming.previous.stage, coming.previous.is_sample) == ("held", True)
    sides = {one.organization for one in coming.document.partners.all()}
    for row in coming.papers.filter(role="signed").select_related("document__program"):
        assert row.document.program.state == "drafting"
        assert {one.organization for one in row.document.partners.all()} == sides
    pack = Pack(MeetingReading(coming, account("lanhdao")))
    told = {section.key: " ".join(line.text for line in section.lines) for section in pack.sections}
    assert "đối thoại với Nhân dân" in told["nhiem-vu"] and "Hội nghị sơ kết" in told["giai-doan-truoc"]
    city = Task.objects.get(directive__meeting__is_sample=True, measure="signed")
    found = coverage_of(city, list(city.assignments.all()), account("captren"))
    assert (len(found.have), len(found.lack)) == (1, 7)

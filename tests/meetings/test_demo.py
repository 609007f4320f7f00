"""The demonstration's conferences: every person, capacity, paper and saying of the articles, nothing invented."""

from datetime import date

import pytest

from meetings import demo
from meetings.models import Answer, Assignment, Directive, Meeting, MeetingSignature, Participation, Task
from meetings.models.tasks import NO_DAY
from meetings.task_reading import coverage_of
from portal import demo as ground
from portal import starter
from portal.demo import account
from portal.models import Act
from programs import demo as programs


@pytest.fixture
def loaded(db: None) -> None:
    starter.load()
    ground.load()
    programs.load()
    demo.load()


def test_the_four_conferences_and_twenty_five_sayings(loaded: None) -> None:
    told = Meeting.objects.filter(is_sample=False).order_by("listed_on")
    assert [str(one.document.dated_first) for one in told] == [
        "2016-12-20",
        "2021-04-02",
        "2021-11-05",
        "2023-03-23",
    ]
    assert Directive.objects.count() == 25
    assert Task.objects.count() == 4
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
    due = sorted(Task.objects.values_list("due_on", flat=True))
    assert (due[0].isoformat(), due[1:]) == ("2017-12-31", [NO_DAY] * 3)


def test_loading_twice_changes_nothing(loaded: None) -> None:
    acts = Act.objects.count()
    demo.load()
    assert Act.objects.count() == acts


def test_a_task_of_lower_bodies_is_not_owed_by_who_ordered_it(loaded: None) -> None:
    rows = Assignment.objects.filter(task__kind__isnull=False)
    assert {one.organization.name for one in rows} == {"Ban Dân vận Quận ủy Ba Đình"}
    signed = Task.objects.get(measure="signed")
    found = coverage_of(signed, list(signed.assignments.all()), account("quantri"), date.today())
    assert ([str(body) for body in found.have], found.lack) == (["Ban Dân vận Quận ủy Ba Đình"], [])
    assert found.words == "Đã ký chương trình phối hợp cho giai đoạn 2016–2021"

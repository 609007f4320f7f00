"""Joining duplicates moves what conferences say of them, and one act takes it back."""

from meetings.models import Assignment, Participation, ParticipationRole, Presentation
from portal.actions.merging import merge
from portal.actions.registers import add_organizations
from portal.actions.undoing import undo
from portal.models import Person
from tests.cast import Cast, make_meeting
from tests.clean_up import Rows


def test_a_double_person_keeps_every_role_and_paper_read(cast: Cast) -> None:
    rows = Rows(cast)
    kept, gone = (Person.objects.create(name="Nguyễn Đức Chung") for _ in range(2))
    meeting = make_meeting(cast)
    same = {"meeting": meeting, "name": "Nguyễn Đức Chung", "capacity": "Chủ tịch"}
    first = rows.of(Participation, **same, person=kept)
    second = rows.of(Participation, **same, person=gone)
    role = rows.of(ParticipationRole, participation=second).role
    talk = rows.of(Presentation, meeting=meeting, participation=second)
    act = merge(kept, gone, by=cast.quy, reason="nhập hai lần")
    assert list(meeting.participations.all()) == [first]
    assert [link.role for link in first.role_links.all()] == [role]
    talk.refresh_from_db()
    assert talk.participation == first
    undo(act, by=cast.quy)
    assert list(meeting.participations.all()) == [first, second]
    assert [link.role for link in second.role_links.all()] == [role]


def test_people_of_a_double_body_stay_two(cast: Cast) -> None:
    double = add_organizations(["Ủy ban nhân dân P. Ba Đình"], by=None)[0]
    meeting, rows = make_meeting(cast), Rows(cast)
    for name, body in (("Trần Văn An", cast.partner), ("Lê Thị Bình", double)):
        rows.of(
            Participation, meeting=meeting, name=name, capacity="Phó Chủ tịch", person=None, organization=body
        )
    merge(cast.partner, double, by=cast.quy, reason="nhập hai lần")
    told = meeting.participations.values_list("name", "organization")
    assert list(told) == [("Trần Văn An", cast.partner.pk), ("Lê Thị Bình", cast.partner.pk)]


def test_what_a_double_body_was_given_to_do_is_seen_by_the_one_that_stays(cast: Cast) -> None:
    double = add_organizations(["Ủy ban nhân dân P. Ba Đình"], by=None)[0]
    assignment = Rows(cast).of(Assignment, organization=double)
    assert not Assignment.objects.visible_to(cast.phuc).exists()
    merge(cast.partner, double, by=cast.quy, reason="nhập hai lần")
    assert Assignment.objects.visible_to(cast.phuc).get() == assignment

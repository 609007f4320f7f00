"""Circles follow what they are derived from: parties, keepers, superiors; what has none stays closed."""

from portal import sections
from portal.actions.circles import place, place_unplaced
from portal.actions.documents import PartnerEntry
from portal.actions.registers import rebuild_reach
from portal.models import Circle, CircleReader, Organization, Partner, Reach, Subordination, Verb
from programs import actions
from programs.models import Program
from tests.cast import Cast, make_entry, make_program


def reads(cast: Cast, name: str, program: Program) -> bool:
    user = type(cast.people[name]).objects.get(pk=cast.people[name].pk)
    return Program.objects.visible_to(user).filter(pk=program.pk).exists()


def test_papers_of_the_same_bodies_share_a_circle(cast):
    first, second = make_program(cast, "approved"), make_program(cast)
    assert first.circle_id == second.circle_id
    assert first.circle.bodies == sorted([cast.ours.pk, cast.partner.pk])


def test_a_party_added_reads_and_a_party_dropped_no_longer(cast):
    program = make_program(cast, "approved", partners=[PartnerEntry(1, cast.ours)])
    assert not reads(cast, "phuc", program)
    both = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)]
    program = actions.save_program(
        program, make_entry(cast, partners=both), by=cast.lan, expected=program.version, verb=Verb.APPROVE
    )
    assert reads(cast, "phuc", program)
    alone = make_entry(cast, partners=[PartnerEntry(1, cast.ours)])
    program = actions.save_program(program, alone, by=cast.lan, expected=program.version, verb=Verb.APPROVE)
    assert not reads(cast, "phuc", program)


def test_a_clean_up_of_parties_is_followed(cast):
    program = make_program(cast, "approved", partners=[PartnerEntry(1, cast.ours)])
    partner = Partner.objects.create(document=program.document, side=2, organization=cast.partner)
    sections.touched(partner)
    assert reads(cast, "phuc", program)
    partner.delete()
    sections.touched(partner)
    assert not reads(cast, "phuc", program)


def test_a_new_keeper_is_followed(cast):
    program = make_program(cast, "approved")
    assert not reads(cast, "binh", program)
    program.keeper = cast.neighbour
    program.save()
    sections.touched(program)
    assert reads(cast, "binh", program)


def test_a_new_superior_reads_and_a_former_one_no_longer(cast):
    program = make_program(cast, "approved")
    assert reads(cast, "thu", program)
    Subordination.objects.filter(organization=cast.ours).delete()
    rebuild_reach()
    assert not reads(cast, "thu", program)
    Subordination.objects.create(organization=cast.partner, superior=cast.superior)
    rebuild_reach()
    assert reads(cast, "thu", program)


def test_a_paper_without_a_circle_stays_with_its_body(cast):
    program = make_program(cast, "approved")
    Program.objects.filter(pk=program.pk).update(circle=None)
    assert [name for name in ("lan", "hung", "phuc", "thu", "kien") if reads(cast, name, program)] == [
        "lan",
        "hung",
    ]


def test_reach_that_did_not_change_writes_nothing(cast, django_assert_max_num_queries):
    make_program(cast, "approved")
    before = (
        set(Reach.objects.values_list("pk", flat=True)),
        set(CircleReader.objects.values_list("pk", flat=True)),
    )
    with django_assert_max_num_queries(8) as asked:  # one of them the lock that PostgreSQL needs
        rebuild_reach()
    assert not [query for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    after = (
        set(Reach.objects.values_list("pk", flat=True)),
        set(CircleReader.objects.values_list("pk", flat=True)),
    )
    assert before == after


def test_circles_are_those_of_keeper_and_parties(cast):
    for state in ("drafting", "approved", "published"):
        make_program(cast, state)
    programs = Program.objects.all()
    assert {tuple(one.circle.bodies) for one in programs} == {tuple(sorted([cast.ours.pk, cast.partner.pk]))}
    assert all(one.sides_id == one.circle_id for one in programs)
    assert Circle.objects.count() == 1


def told_below(program: Program) -> tuple[set[int], set[int]]:
    """The bodies below which a paper is found by its own row, and those below which one of its parties stands."""
    bodies = list(Organization.objects.values_list("pk", flat=True))
    this = Program.objects.filter(pk=program.pk)
    return (
        {one for one in bodies if this.touching_below([one]).exists()},
        {one for one in bodies if this.touching(Reach.objects.within([one])).exists()},
    )


def test_whose_a_paper_is_follows_its_parties_and_never_its_keeper(cast):
    program = make_program(cast, "approved")
    told, asked = told_below(program)
    assert told == asked == {cast.ours.pk, cast.partner.pk, cast.superior.pk}
    program.document.partners.filter(organization=cast.ours).delete()
    sections.touched(program.document.partners.get())
    program.refresh_from_db()
    assert (program.circle.bodies, program.sides.bodies) == (
        sorted([cast.ours.pk, cast.partner.pk]),
        [cast.partner.pk],
    )
    told, asked = told_below(program)
    assert told == asked and cast.partner.pk in told and cast.ours.pk not in told
    program.document.partners.get().delete()
    place([program])
    assert program.sides is None


def test_a_paper_of_an_older_version_is_given_the_circle_of_its_parties_by_night(cast):
    program = make_program(cast, "approved")
    Program.objects.update(sides=None)
    assert (place_unplaced(), place_unplaced()) == (1, 0)
    program.refresh_from_db()
    assert program.sides_id == program.circle_id is not None

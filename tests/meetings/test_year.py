"""What a year holds of one body and all below it, asked of the papers' own rows: the same as looking at each side."""

from django.utils import timezone

from meetings.actions import TablePaperEntry
from meetings.figures import meetings
from meetings.listing import concerning
from meetings.models import Meeting
from portal.actions.circles import place_document
from portal.actions.documents import PartnerEntry
from portal.dates import PartialDate
from portal.models import Reach
from portal.year import TODAY, Asked, Scope
from programs.figures import programs
from programs.models import Program
from tests.cast import Cast, make_meeting, make_program
from tests.meetings.test_visibility import bring

READERS = ("lan", "hung", "binh", "phuc", "thu", "kien", "quy")


def test_a_body_and_all_below_it_have_what_a_look_at_each_side_gives(cast: Cast) -> None:
    today = PartialDate.day(timezone.localdate())
    sides = [(cast.ours, cast.partner), (cast.neighbour, cast.partner), (cast.superior, cast.partner)]
    states = ("drafting", "approved", "published")
    papers = [
        make_program(
            cast, state, partners=[PartnerEntry(at, body) for at, body in enumerate(pair, 1)], dated=today
        )
        for pair in sides
        for state in states
    ]
    for at, paper in enumerate(papers):
        signed = [TablePaperEntry(role="signed", document=paper.document)]
        meeting = make_meeting(cast, f"Hội nghị {at}", papers=signed, dated=today)
        if at % 2:
            bring(cast, meeting, states[at % 3].replace("drafting", "approved"))
        if at > 2:
            meeting.document.partners.all().delete()
            place_document(meeting.document_id)
    for body in (cast.superior, cast.ours, cast.neighbour, cast.partner):
        below = Reach.objects.within([body.pk])
        for name in READERS:
            reader = cast.people[name]
            asked = Asked(reader, today.first.year, Scope(body=body), TODAY, today.first)
            seen = Program.objects.visible_to(reader).filter(document__partners__organization__in=below)
            assert set(programs(asked)) == set(seen), (str(body), name, "programmes")
            held = concerning(Meeting.objects.visible_to(reader), below, reader)
            assert set(meetings(asked)) == set(held), (str(body), name, "conferences")

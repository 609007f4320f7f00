"""What rounds put on the desk: what a body has to hand in, how the rounds it asked for stand, reviews soon due."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from portal.access import Doing, grants
from portal.changes import shorten
from portal.models import Reach, User
from portal.sections import DeskGroup, DeskLine
from programs.cadence import reviews_due
from programs.models import Duty, DutyState, Round
from programs.round_reading import tally_words

MOST, LONGEST = 40, 140


def desk_lines(user: User, most: int) -> Iterator[DeskLine]:
    """One line each: duties of the person's bodies, rounds they keep, programmes whose review nobody has begun."""
    today = timezone.localdate()
    if bodies := [held.organization_id for held in grants(user, Doing.ANSWER)]:
        yield from lines_to_hand_in(bodies, most, today)
    if bodies := [held.organization_id for held in grants(user, Doing.WRITE)]:
        yield from lines_of_rounds(bodies, today)
    yield from lines_of_reviews(user, most, today)


def lines_of_reviews(user: User, most: int, today: date) -> Iterator[DeskLine]:
    """Programmes of the person's bodies whose review is due, and nobody has begun."""
    if bodies := [held.organization_id for held in grants(user, Doing.WRITE)]:
        for program, due in reviews_due(bodies, today, most):
            url = reverse("programs:enter_round", query={"chuong-trinh": program.code})
            thing = shorten(f"{due.said}: {program}", LONGEST)
            yield DeskLine(DeskGroup.DUE, "Mở đợt báo cáo", thing, url, due=due.stretch.last)


def lines_to_hand_in(bodies: list[int], most: int, today: date) -> Iterator[DeskLine]:
    """What these bodies, or bodies they succeeded, still have to hand in."""
    owed = Duty.objects.owed(today).of_bodies(bodies).with_state(today)
    linked = owed.select_related("round__keeper", "organization").order_by("round__due_on", "pk")
    for duty in linked[:most]:
        verb = "Nộp lại báo cáo" if duty.state == DutyState.RETURNED else "Nộp báo cáo"
        said = [f"{duty.round.keeper} yêu cầu", "đang soạn" if duty.state == DutyState.DRAFTING else ""]
        if not duty.organization.is_alive(today):
            said.append(f"phần của {duty.organization}")
        url = reverse("programs:duty_record", args=[duty.code])
        note = " · ".join(filter(None, said))
        yield DeskLine(
            DeskGroup.ASKED, verb, shorten(duty.round.title, LONGEST), url, None, note, duty.round.due_on
        )


def lines_of_rounds(bodies: list[int], today: date) -> Iterator[DeskLine]:
    """The rounds these bodies keep that are being prepared, or wait for somebody to hand in or to be taken."""
    kept = Round.objects.filter(keeper__in=Reach.objects.running(bodies), closed_on__isnull=True)
    found = list(kept.order_by("due_on", "pk")[:MOST])
    tallies = Duty.objects.tallied([one.pk for one in found], today) if found else {}
    for one in found:
        url, thing = reverse("programs:round_board", args=[one.code]), shorten(one.title, LONGEST)
        tally = tallies[one.pk]
        if one.opened_at is None:
            yield DeskLine(DeskGroup.ASKED, "Mở đợt báo cáo", thing, url, None, "đang chuẩn bị", one.due_on)
        elif tally.missing or tally.waiting:
            verb = "Đôn đốc" if tally.missing else "Nhận báo cáo"
            note = " · ".join(tally_words(tally))
            yield DeskLine(DeskGroup.ASKED, verb, thing, url, None, note, one.due_on)

"""Reminders of what is to be handed in: 30, 7 and 1 days before the last day, then weekly; one letter a person.

A night that did not run is made up for by the next one, for a week at most.
Who asked is told how far their rounds have come by the same letter. Nothing is written where there is no mail
server: the desk says the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from portal.access import GRANTS, Doing
from portal.actions.outbox import mail_is_on, write_letters
from portal.batches import batches
from portal.dates import days_left_words
from portal.models import Membership, OutgoingLetter, Reach, Role, User
from portal.models.users import holding_on
from portal.templatetags.say import vdate
from programs.models import Duty, Round

BEFORE = (30, 7, 1)
WEEKS_AFTER = 12
"""How many weeks after the last day somebody is still reminded: what was never closed does not remind for ever."""
MADE_UP_FOR = 7
"""For how many nights, tonight among them, reminders are made up for."""
TOPIC = "reports-due"
TOLD = GRANTS[Doing.ANSWER] & {Role.UNIT, Role.CLERK}
"""Who is reminded: those who write, not their leaders."""
CLERKS = {Role.CLERK}


def reminded_days(on: date) -> list[date]:
    """The last days of which this day reminds."""
    ahead = [on + timedelta(days=days) for days in BEFORE]
    return ahead + [on - timedelta(weeks=weeks) for weeks in range(1, WEEKS_AFTER + 1)]


def reminded_by(today: date) -> dict[date, date]:
    """The last days of which tonight reminds, each with the day it was to be reminded on: today, or a night since letters last went out."""
    last = OutgoingLetter.objects.filter(topic=TOPIC, day__lte=today).aggregate(last=Max("day"))["last"]
    nights = min((today - last).days, MADE_UP_FOR) if last else MADE_UP_FOR
    wanted = [today - timedelta(days=ago) for ago in reversed(range(max(nights, 1)))]
    return {due_on: day for day in wanted for due_on in reminded_days(day)}


def begun(one: Round) -> date:
    """The day from which a round could have been reminded of."""
    return max(one.opens_on, timezone.localdate(one.opened_at))


def remind(on: date | None = None) -> int:
    """Write today's reminders; returns how many letters are new."""
    today = on or timezone.localdate()
    if not mail_is_on():
        return 0
    with transaction.atomic():  # half the letters would look like a night that ran
        return write_letters(letters(today))


def letters(today: date) -> Iterator[OutgoingLetter]:
    """One letter for each person who has something to be reminded of."""
    lines: dict[int, list[str]] = defaultdict(list)
    days = reminded_by(today)
    open_now = Round.objects.open(today).filter(due_on__in=days).order_by("due_on", "pk")
    asked = [one for one in open_now if begun(one) <= days[one.due_on]]
    owed = Duty.objects.owed(today).filter(round__in=[one.pk for one in asked])
    owed = owed.order_by("round__due_on", "pk")
    rows = owed.values_list("organization_id", "code", "round__title", "round__due_on", "round__keeper__name")
    for batch in batches(rows.iterator(2000), 2000):
        people = people_of({row[0] for row in batch}, TOLD, today)
        for body, code, title, due_on, keeper in batch:
            line = line_of(title, due_on, f"{keeper} yêu cầu", "duty_record", code, today)
            for person in people[body]:
                lines[person].append(line)
    tallies = Duty.objects.tallied([one.pk for one in asked], today)
    people = people_of({one.keeper_id for one in asked}, CLERKS, today)
    for one in asked:
        if (tally := tallies[one.pk]).missing:
            said = f"{tally.handed_in}/{tally.asked} cơ quan đã nộp"
            for person in people[one.keeper_id]:
                lines[person].append(line_of(one.title, one.due_on, said, "round_board", one.code, today))
    for batch in batches(lines):
        names = User.objects.in_bulk(batch)
        for person in batch:
            yield letter_to(names[person], lines[person], today)


def line_of(title: str, due_on: date, said: str, page: str, code: str, today: date) -> str:
    """One matter of a letter: what, until when, and where it is opened."""
    url = f"{site()}{reverse(f'programs:{page}', args=[code])}"
    return f"- {title}: hạn {vdate(due_on)}, {days_left_words(due_on, today)}; {said}.\n  {url}"


def letter_to(person: User, lines: list[str], today: date) -> OutgoingLetter:
    """The digest of one person."""
    text = "\n\n".join(
        [
            f"Kính gửi đồng chí {person},",
            "Các báo cáo đến hạn:",
            *lines,
            f"{settings.PORTAL_OFFICE or site()}",
        ]
    )
    subject = f"Nhắc nộp báo cáo: {len(lines)} việc đến hạn" if len(lines) > 1 else "Nhắc nộp báo cáo đến hạn"
    return OutgoingLetter(person=person, topic=TOPIC, day=today, subject=subject, text=text)


def people_of(bodies: Iterable[int], roles: Iterable[str], today: date) -> dict[int, list[int]]:
    """Who of these bodies, or of those that succeeded them, has one of these roles today and an address."""
    held = Membership.objects.filter(
        holding_on(today), role__in=roles, delegated_by__isnull=True, user__is_active=True
    )
    held = held.exclude(user__email="").values_list("organization_id", "user_id")
    found: dict[int, list[int]] = defaultdict(list)
    for batch in batches(bodies):
        runs = Reach.objects.filter(body__in=batch, relation=Reach.Relation.RUNS)
        runners: dict[int, list[int]] = defaultdict(list)
        for body, reader in runs.values_list("body_id", "reader_id"):
            runners[reader].append(body)
        for body, person in held.filter(organization__in=runs.values("reader_id")).order_by("user_id"):
            for asked in runners[body]:
                if person not in found[asked]:
                    found[asked].append(person)
    return found


def site() -> str:
    """Where the portal is reached."""
    return f"{'https' if settings.SECURE_SSL else 'http'}://{settings.ALLOWED_HOSTS[0].lstrip('.')}"

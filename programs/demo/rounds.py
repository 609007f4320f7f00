"""The demonstration's rounds: one of a city asking wards, in all states, one of a ward that is overdue; all marked samples.

Wards that no source tells of are samples too, and say so in their names. Days are counted from the day of loading.
"""

from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.dates import parse_period
from portal.demo import account
from portal.models import Organization, User, WorkingCopy
from portal.starter import Row, find, fixed_code, is_loaded, load_rows, read_data
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.models import Duty, Round
from programs.models.rounds import ANSWER_FORM

DATA = Path(__file__).parents[1] / "data" / "demo_rounds.json"


@transaction.atomic
def load() -> None:
    """Load what is missing."""
    data = read_data(DATA)
    load_rows({name: data[name] for name in ("bodies", "subordinations")})
    for row in data["rounds"]:
        if not is_loaded(Round, row["key"]):
            add_round(row)


def add_round(row: Row) -> None:
    """Open a round, then let each body do what its row says; the last day may have passed since."""
    by, keeper, today = account(row["by"]), find(Organization, row["keeper"]), timezone.localdate()
    entry = RoundEntry(
        row["title"].format(year=today.year),
        today + timedelta(days=max(row["due"], 1)),
        opens_on=today + timedelta(days=row["opened"]),
        asks=row["asks"],
        period=parse_period(row["period"].format(year=today.year)),
        named=[find(Organization, part["body"]) for part in row["parts"]],
    )
    begun = Round(keeper=keeper, written_by=by, is_sample=True, code=fixed_code(Round, row["key"]))
    current = rounds.open_round(rounds.save_round(begun, entry, by=by, keeper=keeper), by=by)
    entry.due_on = today + timedelta(days=row["due"])
    entry.named = []
    current = rounds.save_round(current, entry, by=by, keeper=keeper)
    duties = current.duties.select_related("round__keeper", "organization")
    for part in row["parts"]:
        act(duties.get(organization=find(Organization, part["body"])), part, by)


def act(duty: Duty, part: Row, by: User) -> None:
    """What one body did, and what became of it."""
    if written := part.get("written"):
        data = {name: [words] for name, words in written.items()}
        own = {"form": ANSWER_FORM, "record_code": duty.code, "keeper": duty.organization}
        WorkingCopy.objects.create(purpose=WorkingCopy.Purpose.ANSWER, data=data, **own)
    if part.get("linked"):
        rounds.give_link(duty, by=by)
    sent = None
    if told := part.get("told"):
        body = duty.organization
        sent = rounds.send(duty, told, by=None, body=body, sender_name=part["sender"], expected=0)
    if part.get("then") == "accept":
        rounds.accept(sent, by=by)
    if part.get("then") == "return":
        rounds.return_submission(sent, by=by, reason=part["reason"])
    if part.get("then") == "waive":
        rounds.waive(duty, by=by, reason=part["reason"])

"""The ways to start a plan: from last year's, from a programme's commitments, or under the plan of a body above."""

from datetime import date

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from portal.access import Doing, acting_body, can, readable_audiences
from portal.forms.rows import append_rows, set_row_count
from portal.models import Organization, User
from portal.text import clean
from programs.forms.companions import sides_of
from programs.forms.items import item_data
from programs.forms.links import write_link
from programs.forms.plans import plan_data, plan_item_data
from programs.models import Plan, Program
from programs.targets import FROM_BELOW, REPORTED
from programs.years import time_moved, title_moved

OF_ONE_YEAR = (
    "number", "dated", "dated_inferred", "dated_basis", "signing", "note", "parent", "parent-ma"
)  # fmt: skip


def next_year_data(plan: Plan) -> QueryDict:
    """The raw data of next year's plan: this one copied, its years moved on, its tasks continued one by one."""
    data, period = plan_data(plan), plan.period
    for name in OF_ONE_YEAR:
        data.pop(name, None)
    for prefix in ("signatures", "sources", "files"):
        for key in [key for key in data if key.startswith(f"{prefix}-")]:
            del data[key]
        set_row_count(data, prefix, 0)
    write_link(data, "previous", plan)
    data["title"], data["period"] = title_moved(data["title"], period), time_moved(data["period"], period)
    for index, item in enumerate(plan.items.all()):
        row = f"items-{index}-"
        data[f"{row}item"], data[f"{row}origin"] = "", str(item.pk)
        data[f"{row}time"] = time_moved(data[f"{row}time"], period)
    for index, target in enumerate(plan.targets.all()):
        row = f"targets-{index}-"
        data[f"{row}item"], data[f"{row}origin"], data[f"{row}under"] = "", str(target.pk), ""
        data[f"{row}text"] = title_moved(target.text, period)
    for key in [key for key in data if key.endswith("-row")]:
        data[key] = ""
    data["proposed"] = "title period partners items targets"
    return data


def year_to_plan(program: Program, planned: set[int], today: date) -> int:
    """The first year from this one on that has no plan yet, within the programme's term where it has one."""
    last = program.period.end_year or today.year + 1
    free = (year for year in range(today.year, max(last, today.year) + 1) if year not in planned)
    return next(free, today.year)


def said_in_a_title(program: Program) -> str:
    """Its title; with its type where the title only goes on from that: "giữa … và …", "về …"."""
    title, kind = program.document.title, program.document.type
    return f"{kind} {title}" if kind and title[:1].islower() else title


def start_of_year(program: Program, user: User) -> QueryDict:
    """The raw data of a year's plan under a programme: its sides, and a task for each commitment the person reads.

    Who does not keep the programme plans for their own body alone.
    """
    data = QueryDict(mutable=True)
    own = None if can(user, Doing.WRITE, within=program.keeper) else acting_body(user)
    append_rows(data, "partners", [issuer(own)] if own else sides_of(program, user))
    plans = Plan.objects.visible_to(user).filter(program=program, period_first__isnull=False)
    plans = plans.filter(keeper=own) if own else plans
    year = year_to_plan(program, {one.year for one in plans.values_list("period_first", flat=True)},
                        timezone.localdate())  # fmt: skip
    data["title"] = clean(f"Kế hoạch năm {year} thực hiện {said_in_a_title(program)}")[:1000]
    data["period"] = f"năm {year}"
    write_link(data, "program", program)
    items = program.items.filter(audience__in=readable_audiences(user, program))
    rows = (item_data(one) | {"item": "", "origin": "", "content_item": str(one.pk)}
            for one in items.prefetch_related("bodies__organization"))  # fmt: skip
    append_rows(data, "items", rows)
    data["proposed"] = "title period partners items"
    return data


def issuer(body: Organization) -> dict[str, str]:
    """The raw row of a body that issues a plan alone."""
    return {"name": body.label, "name-ma": body.code, "side": "1"}


def start_below(plan: Plan, user: User) -> QueryDict:
    """The raw data of a body's own plan under another's: the tasks it leads or joins in, and the targets it adds to.

    Of the targets those that add up from below; the body reports its part itself until it says otherwise.
    """
    data, own, period = QueryDict(mutable=True), acting_body(user), plan.period
    append_rows(data, "partners", [issuer(own)] if own else [{"side": "1"}])
    data["title"] = clean(f"Kế hoạch thực hiện {plan.label}")[:1000]
    data["period"] = period.typed
    write_link(data, "parent", plan)
    audiences = readable_audiences(user, plan)
    of_own = Q(bodies__organization=own) | Q(bodies__isnull=True)
    tasks = plan.items.filter(of_own, audience__in=audiences).distinct()
    rows = (plan_item_data(one) | {"item": "", "origin": "", "content_item": ""}
            for one in tasks.prefetch_related("bodies__organization"))  # fmt: skip
    append_rows(data, "items", rows)
    targets = plan.targets.filter(audience__in=audiences, measure=FROM_BELOW)
    append_rows(data, "targets", (
        {"text": one.text, "level": str(one.asked), "measure": REPORTED, "audience": one.audience, "under": str(one.pk)}
        for one in targets
    ))  # fmt: skip
    data["proposed"] = "title period partners items targets"
    return data

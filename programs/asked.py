"""Which targets a body is asked to report: the plans that count it, by name or as an heir, by rule, or because it keeps them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.access import Doing, grants
from portal.models import Audience, BodyGroup, Organization, Reach, User
from programs.measuring import last_day
from programs.models import Duty, Plan, Target, TargetBody
from programs.targets import REPORTED


def answering_bodies(user: User) -> list[Organization]:
    """The bodies a person answers for, each with where it lies."""
    held = [one.organization_id for one in grants(user, Doing.ANSWER)]
    return list(Organization.objects.filter(pk__in=held).select_related("territory")) if held else []


def asked_of(body: Organization, on: date) -> QuerySet[Target]:
    """The targets of running plans that a body is to report, for what it succeeded too; what is told within its keeper alone asks no other."""
    if not body.is_alive(on):
        return Target.objects.none()
    asked = Target.objects.filter(measure=REPORTED).order_by()
    told = asked.filter(audience__in=[Audience.PUBLIC, Audience.PARTIES])
    unnamed = ~Exists(TargetBody.objects.filter(target=OuterRef("pk")))
    own = asked.filter(unnamed, group__isnull=True, plan__keeper=body)
    # Way by way, each through its index: with an "or" between them every target is looked at.
    before = Organization.objects.filter(pk__in=Reach.objects.running([body.pk]), ended_on__lt=on)
    ways = [told.filter(bodies__organization=body), told.filter(bodies__organization__in=before)]
    if body.territory and (groups := _keys(BodyGroup.objects.holding(body))):
        ways.append(told.filter(unnamed, group__in=groups, territory__in=_keys(body.territory.around())))
    running = Plan.objects.approved().during(on, on).order_by().values("pk")
    whose = own.values("pk").union(*(way.values("pk") for way in ways))
    found = Target.objects.filter(pk__in=whose, plan__in=running)
    return found.select_related("plan__document", "plan__keeper", "group", "territory")


def _keys(few: QuerySet) -> list[int]:
    """The keys of few rows, read first: a planner that knows them goes straight to what points at them."""
    return list(few.order_by().values_list("pk", flat=True))


def asked_on(plan: Plan, user: User) -> tuple[Organization | None, list[Target]]:
    """The first of a person's bodies that is asked to report on a plan, and of what; also after the plan's end."""
    on = last_day(plan, timezone.localdate())
    for body in answering_bodies(user):
        if targets := list(asked_of(body, on).filter(plan=plan).order_by("position", "pk")):
            return body, targets
    return None, []


def asked_through(duty: Duty, body: Organization) -> list[Target]:
    """The targets that a body asked for its part of a round about a plan is to report of that plan."""
    if (plan := duty.round.plan) is None:
        return []
    on = last_day(plan, timezone.localdate())
    return list(asked_of(body, on).filter(plan=plan).order_by("position", "pk"))


def not_yet_told(bodies: Iterable[Organization], on: date) -> list[Plan]:
    """The running plans of which these bodies have targets to report that they told nothing of, the first to end first."""
    found: dict[int, Plan] = {}
    called = ("code", "period_last", "document__title", "document__number", "keeper__name")
    for body in bodies:
        silent = asked_of(body, on).exclude(reports__organization=body).values("plan")
        plans = Plan.objects.filter(pk__in=silent).select_related("document", "keeper")
        found |= {plan.pk: plan for plan in plans.only(*called)}
    return sorted(found.values(), key=lambda plan: (plan.period_last or date.max, plan.pk))

"""What a year holds of programmes and plans: in force, signed, ended, planned; the bodies behind; how targets stand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from portal.lists import in_order
from portal.models import AdministrativeUnit, Audience, Organization, Reach, Register, State
from portal.models.records import reached, run
from portal.models.territories import AROUND
from portal.sections import Hit, Reader
from portal.views.bodies import body_hit
from portal.year import Asked, Matter, YearFigure, YearPart, YearTarget, register
from programs.listing import page_of, plan_hits, plan_page_of, program_hits
from programs.measuring import issuers, measure_of
from programs.models import Duty, Life, Plan, Program, Review, Target, TargetBody
from programs.review_listing import review_hits
from programs.round_reading import duty_hits
from programs.target_reading import TargetLine, target_lines
from programs.targets import Verdict

MOST_TARGETS = 40
"""More than a page of the year shows; of very many the newest plans' are told."""
RANKS = {Verdict.SHORT: 0, Verdict.OVER: 0, Verdict.NO_DATA: 1, Verdict.MET: 2, Verdict.ABOVE: 2}
PROGRAMS, PLANS, REVIEWS = "Chương trình phối hợp", "Kế hoạch", "Sơ kết, tổng kết"


# --- programmes


def approved(asked: Asked) -> QuerySet:
    """The approved programmes of the scope."""
    return asked.touching(Program.objects.visible_to(asked.reader).approved())


def programs(asked: Asked) -> QuerySet:
    """The same, with their lives as the reader knows them: for what asks until when they are in force."""
    return approved(asked).told_to(asked.reader)


def in_force(asked: Asked) -> QuerySet:
    """Programmes in force on some day of the year; of one line of succession the last alone."""
    found = programs(asked).in_force_during(asked.year)
    later = found.filter(predecessor=OuterRef("pk"))
    return found.filter(Q(has_successor=False) | ~Exists(later))


def signed(asked: Asked) -> QuerySet:
    """Programmes known to be signed within the year."""
    days = {"document__dated_first__gte": asked.first, "document__dated_last__lte": asked.last}
    return approved(asked).filter(is_signed=True, **days)


def expired(asked: Asked) -> QuerySet:
    """Programmes whose term ends within the year, ended before it or not."""
    return programs(asked).filter(until__range=(asked.first, asked.last), is_signed=True)


def terminated(asked: Asked) -> QuerySet:
    """Programmes ended within the year by a decision."""
    return approved(asked).filter(terminated_on__range=(asked.first, asked.last))


def rearranged(asked: Asked) -> QuerySet:
    """Programmes in force on the day of the figures whose signing bodies have all ended."""
    return programs(asked).rearranged(asked.day)


def not_continued(asked: Asked) -> QuerySet:
    """Programmes near their end on the day of the figures that nothing continues."""
    return programs(asked).ending_soon(asked.day).filter(has_successor=False)


def parties(asked: Asked) -> QuerySet:
    """The bodies of the scope that are a side of a programme in force."""
    found = Organization.objects.filter(pk__in=issuers(in_force(asked)))
    return found if asked.bodies is None else found.filter(pk__in=asked.bodies.values("pk"))


def unapproved_programs(asked: Asked) -> QuerySet:
    """Programmes of this time, or of a time not yet known, that are nobody's word yet."""
    return _of_the_time(Program, asked)


def unapproved_plans(asked: Asked) -> QuerySet:
    """Plans of this time, or of a time not yet known, that are nobody's word yet."""
    return _of_the_time(Plan, asked)


def _of_the_time(model: type[Program | Plan], asked: Asked) -> QuerySet:
    ends = Q(period_last__isnull=True) | Q(period_last__gte=asked.first)
    within = ends & Q(period_first__lte=asked.last)
    found = model.objects.visible_to(asked.reader).exclude(state=State.APPROVED)
    return asked.touching(found.filter(Q(period_first__isnull=True) | within))


def program_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Programmes as lines."""
    return program_hits(keys, asked.reader, asked.today)


def body_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Bodies as lines."""
    found = Organization.objects.filter(pk__in=keys).select_related(f"territory__{AROUND}")
    return [body_hit(one, asked.reader) for one in in_order(found, keys)]


# --- plans


def plans(asked: Asked) -> QuerySet:
    """The approved plans of the scope for a part of the year."""
    found = Plan.objects.visible_to(asked.reader).approved()
    return asked.touching(found.during(asked.first, asked.last))


def plan_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Plans as lines."""
    return plan_hits(keys, asked.reader, asked.today)


# --- reviews and what bodies hand in for them


def reviews(asked: Asked) -> QuerySet:
    """The approved reviews of the scope, of a part of the year."""
    found = Review.objects.visible_to(asked.reader).approved()
    return asked.touching(found.during(asked.first, asked.last))


def review_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Reviews as lines."""
    return review_hits(keys, asked.reader)


def asked_for(asked: Asked) -> QuerySet:
    """What bodies of the scope were asked to hand in by a day of the year, waived or not."""
    found = Duty.objects.visible_to(asked.reader).filter(round__due_on__range=(asked.first, asked.last))
    return found if asked.bodies is None else found.filter(organization__in=asked.bodies.values("pk"))


def duties(asked: Asked) -> QuerySet:
    """Of these, what they have to hand in."""
    return asked_for(asked).filter(waived_on__isnull=True)


def waived(asked: Asked) -> QuerySet:
    """Of these, what they were released from."""
    return asked_for(asked).filter(waived_on__isnull=False)


def handed_in(asked: Asked) -> QuerySet:
    """Of these, those handed in and not returned."""
    return duties(asked).handed_in()


def accepted(asked: Asked) -> QuerySet:
    """Of these, those that were accepted."""
    return duties(asked).accepted()


def late(asked: Asked) -> QuerySet:
    """Of those handed in, those that came after their last day."""
    return duties(asked).late()


def overdue(asked: Asked) -> QuerySet:
    """Of what is to be handed in, what is still missing today and its last day over, were that the last of the year."""
    return duties(asked).missing().filter(round__due_on__lt=asked.today)


def duty_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Parts to hand in as lines."""
    return duty_hits(keys, asked.today)


# --- targets


def targets_of(asked: Asked) -> QuerySet:
    """The targets told of a scope: those of a body's own plans; of a territory those that count its bodies.

    Of everything at once those of the highest territories that any target the reader may read counts.
    """
    of_year = Plan.objects.visible_to(asked.reader).approved().during(asked.first, asked.last)
    if body := asked.scope.body:
        of_year = of_year.touching(Reach.objects.running([body.pk]))
        found = Target.objects.filter(plan__in=of_year.order_by().values("pk"))
    elif asked.scope.territory:
        counted = Target.objects.filter(territory__in=asked.ground)
        found = counted.filter(plan__in=of_year.order_by().values("pk"))
    else:
        told = Target.objects.filter(readable(asked.reader))
        every = told.filter(plan__in=of_year.order_by().values("pk"))
        # The few highest territories are looked up first: of all targets, only theirs are then read.
        ranks = (AdministrativeUnit.objects.filter(level__rank=rank).order_by() for rank in range(4))
        highest = (every.filter(territory__in=list(units.values_list("pk", flat=True))) for units in ranks)
        found = next((one for one in highest if one.exists()), every.none())
    return found.filter(readable(asked.reader))


def readable(reader: Reader) -> Q:
    """The targets a reader may read, of plans they may read."""
    public = Q(audience=Audience.PUBLIC)
    if not reader.is_authenticated:
        return public
    if reader.is_superuser and reader.is_active:
        return Q()
    own = Q(plan__in=Plan.objects.filter(run(reader)).order_by().values("pk"))
    told = Plan.objects.filter(reached(reader)).order_by().values("pk")
    return public | own | Q(audience=Audience.PARTIES, plan__in=told)


def told(line: TargetLine, asked: Asked) -> YearTarget:
    """One target in the words of the page."""
    target, plan = line.target, line.target.plan
    return YearTarget(
        key=target.code,
        text=target.text,
        asked=line.asked,
        fraction=line.fraction,
        verdict=line.verdict,
        as_of=line.as_of if line.standing.having is not None else "",
        url=f"{plan_page_of(plan, asked.reader)}#chi-tieu",
        rank=RANKS.get(line.standing.verdict, 3),
        share=line.share,
        low=line.low,
        high=line.high,
        label=line.label,
        is_drawn=line.is_drawn,
        left_out=line.standing.left_out,
        is_inside=target.audience == Audience.BODY,
    )


def lines_of(targets: list[Target], day: date) -> list[TargetLine]:
    """Targets as they stand on a day; what several of a plan count alike is counted once."""
    counted: dict[tuple, TargetLine] = {}
    found = []
    for target in targets:
        is_computed = measure_of(target.measure) is not None and not target.is_listed
        key = (target.plan_id, target.measure, target.group_id, target.territory_id)
        key = key if is_computed else (target.pk,)
        if key not in counted:
            (counted[key],) = target_lines([target], names_bodies=False, today=day)
        stands = replace(counted[key].standing, target=target)
        found.append(TargetLine(target, stands, names_bodies=False))
    return found


# --- what the app offers


@register
class ProgramsOfTheYear(YearPart):
    """Programmes and plans in a year."""

    position = 10

    def figures(self) -> Iterable[YearFigure]:
        def programs_that(
            key: str, label: str, records: object, place: int = 0, **more: object
        ) -> YearFigure:
            register = {"register": Register.PROGRAMS, "group": PROGRAMS}
            return YearFigure(
                key, label, "chương trình", records, program_lines, place=place, **register, **more
            )

        left = {"unapproved": unapproved_programs}
        yield programs_that("hieu-luc", "chương trình có hiệu lực trong năm", in_force, 10, **left)
        yield programs_that("ky-moi", "chương trình ký trong năm", signed, 20)
        yield programs_that("het-han", "chương trình hết thời hạn trong năm", expired)
        yield programs_that("cham-dut", "chương trình chấm dứt trong năm", terminated)
        yield programs_that("sap-xep-lai", "chương trình mà các cơ quan ký đã sắp xếp lại", rearranged)
        yield programs_that("chua-ke-tiep", "chương trình sắp hết hạn, chưa có kế tiếp", not_continued)
        known = {"register": Register.PROGRAMS, "group": PROGRAMS, "place": 50}
        label = "cơ quan là bên của chương trình có hiệu lực"
        yield YearFigure("cac-ben", label, "cơ quan", parties, body_lines, **known)
        known = {"register": Register.PLANS, "group": PLANS, "place": 30, "unapproved": unapproved_plans}
        yield YearFigure("ke-hoach", "kế hoạch thực hiện trong năm", "kế hoạch", plans, plan_lines, **known)
        known = {"register": Register.REVIEWS, "group": REVIEWS}
        label = "báo cáo sơ kết, tổng kết của năm"
        yield YearFigure("so-ket", label, "báo cáo", reviews, review_lines, place=35, **known)
        inside = {"group": REVIEWS, "is_public": False}
        for key, words, records in (
            ("phan-bao-cao", "phần báo cáo đến hạn trong năm", duties),
            ("phan-da-nop", "phần báo cáo đã nộp", handed_in),
            ("phan-da-nhan", "phần báo cáo đã nhận", accepted),
            ("phan-nop-muon", "phần báo cáo nộp sau hạn", late),
            ("phan-qua-han", "phần báo cáo quá hạn, chưa nộp", overdue),
            ("phan-duoc-mien", "phần báo cáo được miễn", waived),
        ):
            yield YearFigure(key, words, "phần báo cáo", records, duty_lines, **inside)

    def targets(self, asked: Asked) -> Iterable[YearTarget]:
        found = targets_of(asked).select_related("group", "territory", "plan__document")
        found = found.prefetch_related("group__parts").order_by(
            "-plan__period_first", "plan", "position", "pk"
        )
        targets = list(found[:MOST_TARGETS])
        named = TargetBody.objects.filter(target__in=targets).order_by()
        listed = set(named.values_list("target_id", flat=True).distinct()) if targets else set()
        for target in targets:
            target.is_listed = target.pk in listed
        return [told(line, asked) for line in lines_of(targets, asked.day)]

    def matters(self, asked: Asked) -> Iterable[Matter]:
        for one in rearranged(asked).filter(has_successor=False).order_by("in_force_until", "pk")[:5]:
            url = page_of(one, asked.reader)
            yield Matter("Cơ quan ký đã sắp xếp lại", str(one), url, "cần quyết định ai thực hiện tiếp")

    def dates(self, asked: Asked) -> Iterable[tuple[date, str, str]]:
        ahead = programs(asked).in_life(Life.ENDING_SOON, asked.today).filter(has_successor=False)
        for one in ahead.order_by("until", "pk")[:3]:
            yield one.until, f"Hết hạn: {one}", page_of(one, asked.reader)

    def earliest(self, reader: Reader) -> int | None:
        days = [
            model.objects.visible_to(reader).approved().aggregate(day=Min(column))["day"]
            for model, column in ((Program, "in_force_from"), (Plan, "period_first"))
        ]
        return min((day.year for day in days if day), default=None)

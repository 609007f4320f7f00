"""What a year holds of programmes and plans: in force, signed, ended, planned; the bodies behind; how targets stand."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from portal.lists import in_order
from portal.models import AdministrativeUnit, Audience, Organization, Reach, Register, State
from portal.models.records import reached, run
from portal.models.territories import AROUND
from portal.sections import Hit, Reader
from portal.views.bodies import body_hit
from portal.year import MOST_TARGETS, Asked, Matter, YearFigure, YearPart, YearTarget, register
from programs.listing import page_of, plan_hits, plan_page_of, program_hits
from programs.measuring import issuers
from programs.models import Duty, Life, Plan, Program, Review, Target
from programs.models.plans import during
from programs.models.programs import (
    ENDING_SOON,
    ONE_DAY,
    binding,
    ending_within,
    ends_before,
    heir_inside,
    lasts,
)
from programs.models.rounds import sent_late, standing_submission
from programs.review_listing import review_hits
from programs.round_reading import duty_hits
from programs.target_reading import TargetLine, target_lines
from programs.targets import Verdict

RANKS = {Verdict.SHORT: 0, Verdict.OVER: 0, Verdict.NO_DATA: 1, Verdict.MET: 2, Verdict.ABOVE: 2}
Counted = Callable[[Asked], Q]
PROGRAMS, PLANS, REVIEWS = "Chương trình phối hợp", "Kế hoạch", "Sơ kết, tổng kết"


# --- programmes


def programs(asked: Asked) -> QuerySet:
    """The programmes of the scope."""
    return asked.papers(Program)


def bound(first: date, last: date, asked: Asked) -> Q:
    """Approved programmes in force on one of these days, as the reader knows it."""
    return Q(state=State.APPROVED) & binding(first, last, heir_inside(asked.reader))


def in_force(asked: Asked) -> Q:
    """Programmes in force on some day of the year; of one line of succession the last alone."""
    during = bound(asked.first, asked.last, asked)
    later = programs(asked).filter(during, predecessor=OuterRef("pk"))
    return during & (Q(has_successor=False) | ~Exists(later))


def signed(asked: Asked) -> Q:
    """Programmes known to be signed within the year."""
    return Q(state=State.APPROVED, signed_in=asked.year)


def expired(asked: Asked) -> Q:
    """Programmes whose term ends within the year, ended before it or not."""
    heir = heir_inside(asked.reader)
    ends = lasts(asked.first, heir) & ends_before(asked.last + ONE_DAY, heir)
    return Q(state=State.APPROVED, is_signed=True) & ends


def terminated(asked: Asked) -> Q:
    """Programmes ended within the year by a decision."""
    return Q(state=State.APPROVED, terminated_on__range=(asked.first, asked.last))


def rearranged(asked: Asked) -> Q:
    """Programmes in force on the day of the figures whose signing bodies have all ended."""
    return bound(asked.day, asked.day, asked) & Q(parties_ended_on__lt=asked.day)


def not_continued(asked: Asked) -> Q:
    """Programmes near their end on the day of the figures that nothing continues."""
    near = ending_within(asked.day, asked.day + ENDING_SOON, heir_inside(asked.reader))
    return bound(asked.day, asked.day, asked) & near & Q(has_successor=False)


def bodies(asked: Asked) -> QuerySet:
    """The bodies of the scope."""
    found = Organization.objects.all()
    return found if asked.bodies is None else found.filter(pk__in=asked.bodies)


def parties(asked: Asked) -> Q:
    """Bodies that are a side of a programme in force."""
    return Q(pk__in=issuers(programs(asked).filter(in_force(asked))))


def unapproved(asked: Asked) -> Q:
    """Papers of this time, or of a time not yet known, that are nobody's word yet."""
    ends = Q(period_last__isnull=True) | Q(period_last__gte=asked.first)
    within = ends & Q(period_first__lte=asked.last)
    return ~Q(state=State.APPROVED) & (Q(period_first__isnull=True) | within)


def program_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Programmes as lines."""
    return program_hits(keys, asked.reader, asked.today)


def body_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Bodies as lines."""
    found = Organization.objects.filter(pk__in=keys).select_related(f"territory__{AROUND}")
    return [body_hit(one, asked.reader) for one in in_order(found, keys)]


# --- plans


def plans(asked: Asked) -> QuerySet:
    """The plans of the scope."""
    return asked.papers(Plan).filter(near(asked))


def near(asked: Asked) -> Q:
    """Papers for a part of the year or of the one before, which are counted together, or for a time not yet known."""
    begun = Q(period_first__lte=asked.last) & (Q(period_last__gte=asked.before.first) | Q(period_last=None))
    return begun | Q(period_first=None)


def planned(asked: Asked) -> Q:
    """Approved plans for a part of the year."""
    return Q(state=State.APPROVED) & during(asked.first, asked.last)


def plan_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Plans as lines."""
    return plan_hits(keys, asked.reader, asked.today)


# --- reviews and what bodies hand in for them


def reviews(asked: Asked) -> QuerySet:
    """The reviews of the scope."""
    return asked.papers(Review).filter(near(asked))


def reviewed(asked: Asked) -> Q:
    """Approved reviews of a part of the year."""
    return Q(state=State.APPROVED, period_first__lte=asked.last, period_last__gte=asked.first)


def review_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Reviews as lines."""
    return review_hits(keys, asked.reader)


def duties(asked: Asked) -> QuerySet:
    """What bodies of the scope were asked to hand in."""
    return asked.within(Duty.objects.visible_to(asked.reader))


def asked_for(asked: Asked) -> Q:
    """Of these, those of a day of the year, waived or not."""
    return Q(round__due_on__range=(asked.first, asked.last))


def due(asked: Asked) -> Q:
    """Of those asked for, those to be handed in."""
    return asked_for(asked) & Q(waived_on__isnull=True)


def waived(asked: Asked) -> Q:
    """Of those asked for, those a body was released from."""
    return asked_for(asked) & Q(waived_on__isnull=False)


def handed_in(asked: Asked) -> Q:
    """Of those due, those handed in and not returned."""
    return due(asked) & Q(handed_in=True)


def accepted(asked: Asked) -> Q:
    """Of those due, those that were accepted."""
    return due(asked) & Q(Exists(standing_submission().filter(accepted_at__isnull=False)))


def late(asked: Asked) -> Q:
    """Of those handed in, those that came after their last day."""
    return due(asked) & Q(Exists(sent_late()))


def overdue(asked: Asked) -> Q:
    """Of those due, what is still missing today and its last day over, were that the last of the year."""
    return due(asked) & ~Q(Exists(standing_submission())) & Q(round__due_on__lt=asked.today)


def duty_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Parts to hand in as lines."""
    return duty_hits(keys, asked.today)


# --- targets


def targets_of(asked: Asked) -> QuerySet:
    """The targets told of a scope: those of a body's own plans; of a territory those that count its bodies or are its bodies' own.

    Of everything at once those of the highest territories that any target the reader may read counts.
    """
    every = Plan.objects.approved().during(asked.first, asked.last)
    of_year = every.visible_to(asked.reader)
    if body := asked.scope.body:
        ran = Reach.objects.running([body.pk])
        theirs = (every if asked.is_own else of_year).touching(ran)
        found = Target.objects.filter(plan__in=theirs.order_by().values("pk"))
        return found.filter(readable(asked.reader, is_own=asked.is_own))
    if asked.scope.territory:
        own = of_year.filter(keeper__territory__in=asked.ground).order_by("-period_first", "pk")
        # Of the plans of a territory's own bodies few are told: looked up first, as the few places are.
        theirs = Q(territory=None, plan__in=list(own.values_list("pk", flat=True)[:MOST_TARGETS]))
        counted = Target.objects.filter(Q(territory__in=asked.ground) | theirs)
        found = counted.filter(plan__in=of_year.order_by().values("pk"))
    else:
        told = Target.objects.filter(readable(asked.reader))
        every = told.filter(plan__in=of_year.order_by().values("pk"))
        # The few highest territories are looked up first: of all targets, only theirs are then read.
        ranks = (AdministrativeUnit.objects.filter(level__rank=rank).order_by() for rank in range(4))
        highest = (every.filter(territory__in=list(units.values_list("pk", flat=True))) for units in ranks)
        found = next((one for one in highest if one.exists()), every.none())
    return found.filter(readable(asked.reader))


def readable(reader: Reader, *, is_own: bool = False) -> Q:
    """The targets a reader may read, of plans they may read; ``is_own`` of plans their bodies are a side of."""
    public = Q(audience=Audience.PUBLIC)
    if not reader.is_authenticated:
        return public
    if reader.is_superuser and reader.is_active:
        return Q()
    own = Q(plan__in=Plan.objects.filter(run(reader)).order_by().values("pk"))
    if is_own:
        return own | ~Q(audience=Audience.BODY)
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
        as_of=line.as_of if line.standing.is_counted else "",
        url=f"{plan_page_of(plan, asked.reader)}#chi-tieu",
        rank=RANKS.get(line.standing.verdict, 3),
        share=line.share,
        low=line.low,
        high=line.high,
        label=line.label,
        is_drawn=line.is_drawn,
        left_out=line.standing.left_out,
        is_inside=target.audience == Audience.BODY,
        over=line.of_the_number_asked,
        stated=line.stated,
    )


# --- what the app offers


@register
class ProgramsOfTheYear(YearPart):
    """Programmes and plans in a year."""

    position = 10

    def figures(self) -> Iterable[YearFigure]:
        def programs_that(key: str, label: str, counted: Counted, **more: object) -> YearFigure:
            kept = {"register": Register.PROGRAMS, "group": PROGRAMS}
            return YearFigure(key, label, "chương trình", programs, counted, program_lines, **kept, **more)

        left = {"unapproved": unapproved}
        yield programs_that("hieu-luc", "chương trình có hiệu lực trong năm", in_force, place=10, **left)
        yield programs_that("ky-moi", "chương trình ký trong năm", signed, place=20)
        yield programs_that("het-han", "chương trình hết thời hạn trong năm", expired)
        yield programs_that("cham-dut", "chương trình chấm dứt trong năm", terminated)
        yield programs_that("sap-xep-lai", "chương trình mà các cơ quan ký đã sắp xếp lại", rearranged)
        yield programs_that("chua-ke-tiep", "chương trình sắp hết hạn, chưa có kế tiếp", not_continued)
        kept = {"register": Register.PROGRAMS, "group": PROGRAMS, "place": 50}
        label = "cơ quan là bên của chương trình có hiệu lực"
        yield YearFigure("cac-ben", label, "cơ quan", bodies, parties, body_lines, **kept)
        kept = {"register": Register.PLANS, "group": PLANS, "place": 30, **left}
        label = "kế hoạch thực hiện trong năm"
        yield YearFigure("ke-hoach", label, "kế hoạch", plans, planned, plan_lines, **kept)
        kept = {"register": Register.REVIEWS, "group": REVIEWS, "place": 35}
        label = "báo cáo sơ kết, tổng kết của năm"
        yield YearFigure("so-ket", label, "báo cáo", reviews, reviewed, review_lines, **kept)
        inside = {"group": REVIEWS, "is_public": False}
        for key, words, counted in (
            ("phan-bao-cao", "phần báo cáo đến hạn trong năm", due),
            ("phan-da-nop", "phần báo cáo đã nộp", handed_in),
            ("phan-da-nhan", "phần báo cáo đã nhận", accepted),
            ("phan-nop-muon", "phần báo cáo nộp sau hạn", late),
            ("phan-qua-han", "phần báo cáo quá hạn, chưa nộp", overdue),
            ("phan-duoc-mien", "phần báo cáo được miễn", waived),
        ):
            yield YearFigure(key, words, "phần báo cáo", duties, counted, duty_lines, **inside)

    def targets(self, asked: Asked) -> Iterable[YearTarget]:
        found = targets_of(asked).select_related("group", "territory", "plan__document")
        found = found.prefetch_related("group__parts").order_by(
            "-plan__period_first", "plan", "position", "pk"
        )
        lines = target_lines(found[:MOST_TARGETS], names_bodies=False, today=asked.day)
        return [told(line, asked) for line in lines]

    def targets_in_all(self, asked: Asked) -> int:
        return targets_of(asked).count()

    def matters(self, asked: Asked) -> Iterable[Matter]:
        found = programs(asked).filter(rearranged(asked), has_successor=False)
        for one in found.order_by("in_force_until", "pk")[:5]:
            url = page_of(one, asked.reader)
            yield Matter("Cơ quan ký đã sắp xếp lại", str(one), url, "cần quyết định ai thực hiện tiếp")

    def dates(self, asked: Asked) -> Iterable[tuple[date, str, str]]:
        told = programs(asked).approved().told_to(asked.reader)
        ahead = told.in_life(Life.ENDING_SOON, asked.today).filter(has_successor=False)
        for one in ahead.order_by("until", "pk")[:3]:
            yield one.until, f"Hết hạn: {one}", page_of(one, asked.reader)

    def earliest(self, reader: Reader) -> int | None:
        days = [
            model.objects.visible_to(reader).approved().aggregate(day=Min(column))["day"]
            for model, column in ((Program, "in_force_from"), (Plan, "period_first"))
        ]
        return min((day.year for day in days if day), default=None)

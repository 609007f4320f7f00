"""The page of a year: every figure against a slow, obvious count, on both maps, for each audience."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import Meeting
from portal import sections, year_page
from portal.actions.documents import PaperEntry, PartnerEntry
from portal.actions.registers import place_unit, rebuild_reach
from portal.coverage import coverage
from portal.dates import PartialDate, parse_period
from portal.forms.years import YearForm
from portal.models import (
    AdministrativeUnit,
    Document,
    Level,
    Organization,
    OrganizationKind,
    Partner,
    RegisterStart,
    Subordination,
    UnitSuccession,
    YearConfirmation,
)
from portal.models.years import confirmed_in
from portal.sections import DeskGroup
from portal.year import MAPS, THEN, TODAY, Asked, Scope, figure_of, figures_for
from portal.year_page import counts_of
from programs.actions.companions import PlanEntry, save_companion
from programs.models import Plan, Program, Review
from tests.cast import Cast, make_body, make_meeting, make_program

pytestmark = pytest.mark.django_db
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
NOW = date(2026, 11, 22)


class World:
    """A province whose wards merged on 1/7/2025: Một and Hai into Mới, Ba stayed; each with a committee."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        ward, top = Level.objects.get(key="xa"), Level.objects.get(key="tinh")
        self.province = self.unit("tỉnh Thử", top)
        self.other = self.unit("tỉnh Khác", top)
        self.units = {
            "Một": self.unit("phường Một", ward, self.province, ended_on=LAST),
            "Hai": self.unit("phường Hai", ward, self.province, ended_on=LAST),
            "Mới": self.unit("phường Mới", ward, self.province, started_on=FIRST),
            "Ba": self.unit("phường Ba", ward, self.province),
            "Xa": self.unit("phường Xa", ward, self.other),
        }
        for old in ("Một", "Hai"):
            UnitSuccession.objects.create(
                predecessor=self.units[old], successor=self.units["Mới"], effective_on=FIRST
            )
        kind = OrganizationKind.objects.get(key="ubnd")
        self.bodies = {
            name: make_body(
                f"UBND phường {name}",
                kind=kind,
                territory=unit,
                started_on=unit.started_on,
                ended_on=unit.ended_on,
            )
            for name, unit in self.units.items()
        }

    def unit(self, name: str, level: Level, parent: Any = None, **dates: Any) -> AdministrativeUnit:
        """A territory, placed."""
        unit = AdministrativeUnit.objects.create(name=name, level=level, parent=parent, **dates)
        place_unit(unit)
        return unit

    def asked(self, reader: str | None, year: int, scope: Scope, which: str, today: date = NOW) -> Asked:
        """A question of one of the cast."""
        who = self.cast.people[reader] if reader else AnonymousUser()
        return Asked(who, year, scope, which, today)

    def program(self, names: list[str], state: str = "approved", **more: Any) -> Program:
        """A programme of our body with some committees."""
        sides = [PartnerEntry(1, self.cast.ours)]
        sides += [PartnerEntry(place, self.bodies[name]) for place, name in enumerate(names, start=2)]
        return make_program(self.cast, state, partners=sides, **more)

    def plan(self, names: list[str], year: int, state: str = "approved") -> Plan:
        """A plan of some committees for a year."""
        sides = [PartnerEntry(place, self.bodies[name]) for place, name in enumerate(names, start=1)]
        entry = PlanEntry(PaperEntry("Kế hoạch", partners=sides), period=parse_period(f"năm {year}"))
        known = {"state": "approved", "approved_at": timezone.now()} if state != "drafting" else {}
        return save_companion(None, entry, model=Plan, by=None, keeper=self.bodies[names[0]], **known)

    def confirm(self, name: str, *years: int, registers: tuple[str, ...] = ("plans", "programs")) -> None:
        """A committee keeps its registers from 2000 on and has confirmed years."""
        for register in registers:
            RegisterStart.objects.get_or_create(
                organization=self.bodies[name], register=register, defaults={"from_year": 2000}
            )
        for year in years:
            YearConfirmation.objects.create(organization=self.bodies[name], year=year)


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


# --- the slow, obvious count


class Slow:
    """Everything one reader may read, loaded once and looked at one by one."""

    def __init__(self, asked: Asked) -> None:
        sides = "document__partners__organization__territory__parent"
        self.programs, self.plans, self.meetings = (
            [
                one
                for one in found.select_related("document").prefetch_related(sides)
                if one.state == "approved"
            ]
            for found in (
                Program.objects.visible_to(asked.reader).told_to(asked.reader),
                Plan.objects.visible_to(asked.reader),
                Meeting.objects.visible_to(asked.reader),
            )
        )
        self.became = {
            link.predecessor_id: (link.successor, link.effective_on)
            for link in UnitSuccession.objects.select_related("successor__parent")
        }

    def belongs(self, body: Organization, asked: Asked) -> bool:
        """Whether it lies in the scope, or its territory had passed into it by the day of the map."""
        place, unit = asked.scope.territory, body.territory
        if place is None:
            return True
        grounds = {one.pk for one in asked.ground}
        heir, since = self.became.get(unit.pk if unit else 0, (None, date.max))
        return goes_up_to(unit, grounds) or (since <= asked.map_day and goes_up_to(heir, grounds))

    def bodies(self, paper: Any, asked: Asked) -> set[Organization]:
        """The bodies of the scope on the sides of a paper."""
        sides = {one.organization for one in paper.document.partners.all()}
        return {body for body in sides if body and self.belongs(body, asked)}

    def in_force(self, asked: Asked) -> list[Program]:
        """Programmes that bind on some day of the year, day by day; of a line the last alone."""
        days = [asked.first + timedelta(days=number) for number in range(365)]
        found = [
            one for one in self.programs if self.bodies(one, asked) and any(binds(one, day) for day in days)
        ]
        continued = {one.predecessor_id for one in found}
        return [one for one in found if one.pk not in continued]

    def counted(self, asked: Asked) -> dict[str, set[int]]:
        """The records of each figure, by primary key."""

        def touching(papers: list) -> list:
            return [one for one in papers if self.bodies(one, asked)]

        def within(day: Any) -> bool:
            return day.known and day.first.year == day.last.year == asked.year

        in_force = self.in_force(asked)
        return {
            "hieu-luc": {one.pk for one in in_force},
            "ky-moi": {
                one.pk for one in touching(self.programs) if one.is_signed and within(one.document.dated)
            },
            "ke-hoach": {
                one.pk
                for one in touching(self.plans)
                if one.period_first.year <= asked.year <= one.period_last.year
            },
            "cac-ben": {body.pk for one in in_force for body in self.bodies(one, asked)},
            "hoi-nghi": {
                one.pk
                for one in self.meetings
                if (self.bodies(one, asked) or self.belongs(one.keeper, asked)) and within(one.document.dated)
            },
        }


def goes_up_to(unit: AdministrativeUnit | None, places: set[int]) -> bool:
    """Whether a territory lies in one of these, going up step by step."""
    while unit is not None and unit.pk not in places:
        unit = unit.parent
    return unit is not None


def binds(one: Program, day: date) -> bool:
    """Whether a programme is in force on a day."""
    begun = one.in_force_from is not None and one.in_force_from <= day
    ended = one.terminated_on is not None and one.terminated_on <= day
    return begun and not ended and (one.until is None or day <= one.until)


KEYS = ("hieu-luc", "ky-moi", "ke-hoach", "cac-ben", "hoi-nghi")
NAMES = ("Một", "Hai", "Mới", "Ba", "Xa")
PAPERS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
        st.sampled_from(["drafting", "approved", "published"]),
        st.integers(2022, 2026),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=PAPERS, plans=PAPERS)
def test_every_figure_is_what_counting_one_by_one_gives(world: World, papers: list, plans: list):
    """Examples pile up in one database: each is counted with all before it."""
    before = None
    for names, state, year, years, goes_on in papers:
        more = {"predecessor": before} if goes_on and before else {}
        dated = PartialDate.day(date(year, 3, 1)) if years else PartialDate.unknown()
        before = world.program(names, state, period=f"{year}-{year + years}", dated=dated, **more)
    for names, state, year, _, _ in plans:
        world.plan(names, year, state)
        held = make_meeting(
            world.cast, dated=PartialDate.day(date(year, 5, 1)), keeper=world.bodies[names[0]]
        )
        if state != "drafting":
            Meeting.objects.filter(pk=held.pk).update(state="approved", approved_at=timezone.now())
    places = [world.province, world.units["Mới"], world.units["Một"]]
    for reader in (None, "lan", "thu"):
        slow = Slow(world.asked(reader, 2026, Scope(), TODAY))
        figures = {key: figure_of(key, world.asked(reader, 2026, Scope(), TODAY).reader) for key in KEYS}
        for scope in (Scope(), *(Scope(territory=place) for place in places)):
            for which in MAPS if scope.territory else (TODAY,):
                for year in (2024, 2026):
                    asked = world.asked(reader, year, scope, which)
                    found = {
                        key: set(one.records(asked).values_list("pk", flat=True))
                        for key, one in figures.items()
                    }
                    assert found == slow.counted(asked), (reader, str(scope), which, year)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    confirmed=st.sets(st.tuples(st.sampled_from(NAMES), st.integers(2023, 2026))),
    planned=st.sets(st.tuples(st.sampled_from(NAMES), st.integers(2023, 2026)), max_size=4),
    which=st.sampled_from(sorted(MAPS)),
)
def test_coverage_is_what_looking_at_each_body_and_year_gives(
    world: World, confirmed: set, planned: set, which: str
):
    for model in (YearConfirmation, RegisterStart):
        model.objects.all().delete()
    Plan.objects.all().delete()
    for name, year in confirmed:
        world.confirm(name, year, registers=("plans",))
    for name, year in planned:
        world.plan([name], year)
    measure = next(one for one in sections.measures() if one.key == "has-plan")
    told = coverage(world.asked("quy", 2026, Scope(territory=world.province), which, NOW), measure)
    keeping = {name for name, _ in confirmed}
    for total in told.totals:
        day = min(date(total.year, 12, 31), NOW) if which == THEN else NOW
        living = {name for name in keeping - {"Xa"} if world.bodies[name].is_alive(day)}
        known = {name for name in living if (name, total.year) in confirmed}
        done = {name for name in known if (name, total.year) in planned}
        assert (total.done, total.whole, total.left_out) == (len(done), len(known), len(living - known))
    for row in told.rows:
        name = row.name.removeprefix("UBND phường ")
        has = [(name, year) in confirmed & planned for year in told.years]
        absent = [sign == "absent" for sign in row.cells]
        assert [sign == "has" for sign in row.cells] == [
            one and not gone for one, gone in zip(has, absent, strict=True)
        ]


def test_what_bodies_have_done_in_several_years_is_read_at_once_as_for_each_year_apart(world: World):
    world.confirm("Ba", *range(2022, 2027), registers=("plans", "programs", "reviews"))
    world.confirm("Mới", 2024, 2026, registers=("plans", "programs", "reviews"))
    for names, years in (
        (["Ba"], "2023-2025"),
        (["Mới", "Ba"], "2026"),
        (["Mới"], "2020-2030"),
        (["Xa"], "2024"),
    ):
        plan = world.plan(names, 2026)
        period = parse_period(f"năm {years}" if len(years) == 4 else f"giai đoạn {years}")
        ended = {"terminated_on": date(2024, 3, 1)} if years == "2020-2030" else {}
        Plan.objects.filter(pk=plan.pk).update(period_first=period.first, period_last=period.last, **ended)
    world.program(["Ba"], period="2023-2024", dated=PartialDate.day(date(2023, 3, 1)))
    paper = Document.objects.create(title="Sơ kết")
    Partner.objects.create(document=paper, organization=world.bodies["Ba"])
    span = {"period_kind": "days", "period_first": date(2022, 1, 1), "period_last": date(2023, 6, 1)}
    approved = {"state": "approved", "approved_at": timezone.now()}
    Review.objects.create(document=paper, keeper=world.bodies["Ba"], **span, **approved)
    asked = world.asked("quy", 2026, Scope(territory=world.province), TODAY)
    spans = {year: (date(year, 1, 1), min(date(year, 12, 31), NOW)) for year in range(2022, 2027)}
    told = {}
    for measure in sections.measures():
        known = {year: set(confirmed_in(year).values_list("organization", flat=True)) for year in spans}
        done = {
            year: set(measure.doers(*span, None, None).values_list("organization_id", flat=True))
            & known[year]
            for year, span in spans.items()
        }
        apart = [(year, len(done[year]), len(known[year])) for year in spans]
        found = coverage(asked, measure)
        assert [(one.year, one.done, one.whole) for one in found.totals] == apart, measure.key
        told[measure.key] = [row.cells for row in found.rows]
    gone = ["absent", "absent", "absent", "unknown"]
    assert told == {
        "has-plan": [["lacks", "has", "has", "has", "has"], [*gone, "has"]],
        "has-program": [["lacks", "has", "has", "lacks", "lacks"], [*gone, "lacks"]],
        "has-review": [["has", "has", "lacks", "lacks", "lacks"], [*gone, "lacks"]],
    }


def test_a_line_of_succession_counts_once_in_a_year(world: World):
    old = world.program(["Ba"], period="2020-2024", dated=PartialDate.day(date(2020, 1, 5)))
    world.program(["Ba"], period="2025-2029", dated=PartialDate.day(date(2024, 12, 1)), predecessor=old)
    counted = [
        figure_of("hieu-luc", world.cast.quy).records(world.asked("quy", year, Scope(), THEN)).count()
        for year in (2023, 2024, 2025)
    ]
    assert counted == [1, 1, 1]


def test_a_ward_merged_in_mid_year_moves_denominators_on_that_day_and_not_before(world: World):
    for name in NAMES:
        world.confirm(name, 2025)
    measure = next(one for one in sections.measures() if one.key == "has-plan")
    world.plan(["Một"], 2025)
    scope = Scope(territory=world.province)

    def told(today: date, year: int, which: str) -> tuple[str, int]:
        asked = world.asked("quy", year, scope, which, today)
        return coverage(asked, measure).totals[-1].fraction, asked.living.count()

    assert told(LAST, 2025, TODAY) == ("1/3", 3)
    assert told(FIRST, 2025, TODAY) == ("0/2", 2)
    assert told(NOW, 2025, THEN) == ("0/2", 2)
    assert told(NOW, 2024, THEN) == ("chưa có số liệu", 3)
    assert told(NOW, 2024, TODAY) == ("chưa có số liệu", 2)


def test_a_ward_of_today_is_told_of_what_became_it_and_on_the_map_of_then_of_the_wards_that_were(
    world: World,
):
    world.program(["Một"], period="2024-2024")
    world.program(["Hai"], period="2024-2026")
    scope, figure = Scope(territory=world.units["Mới"]), figure_of("hieu-luc", world.cast.quy)

    def counted(scope: Scope, year: int, which: str) -> int:
        return figure.records(world.asked("quy", year, scope, which)).count()

    assert [counted(scope, 2024, which) for which in (THEN, TODAY)] == [2, 2]
    assert [counted(scope, 2026, which) for which in (THEN, TODAY)] == [1, 1]
    old = Scope(territory=world.units["Một"])
    assert [counted(old, 2024, which) for which in (THEN, TODAY)] == [1, 2]
    asked = world.asked("quy", 2024, scope, THEN)
    assert year_page.map_words(asked) == "bản đồ khi đó, ngày 31/12/2024: phường Hai, phường Một"


def test_nothing_is_said_as_nothing_only_where_it_is_known(world: World):
    scope, figures = Scope(territory=world.units["Ba"]), figures_for(world.cast.quy)
    plans = [one for one in figures if one.key == "ke-hoach"]

    def told() -> tuple[int | None, int | None]:
        one = counts_of(world.asked("quy", 2026, scope, TODAY), plans)[0]
        return one.now, one.before

    assert told() == (None, None)
    world.confirm("Ba", 2025)
    assert told() == (None, 0)
    world.plan(["Ba"], 2026)
    assert told() == (1, 0)


def test_the_matrix_says_of_each_body_and_year_what_is_known(world: World):
    world.confirm("Mới", 2025)
    world.confirm("Ba", 2024, 2025)
    world.plan(["Ba"], 2024)
    measure = next(one for one in sections.measures() if one.key == "has-plan")
    matrix = coverage(world.asked("quy", 2026, Scope(territory=world.province), TODAY), measure)
    assert matrix.years == [2022, 2023, 2024, 2025, 2026]
    assert {row.name: (row.cells, row.fraction) for row in matrix.rows} == {
        "UBND phường Ba": (["unknown", "unknown", "has", "lacks", "unknown"], "1/2"),
        "UBND phường Mới": (["absent", "absent", "absent", "lacks", "unknown"], "0/1"),
    }
    assert [(one.done, one.whole, one.left_out) for one in matrix.totals] == [
        (0, 0, 2), (0, 0, 2), (1, 1, 1), (0, 2, 0), (0, 0, 2),
    ]  # fmt: skip


def test_the_matrix_stands_by_territory_and_says_since_and_until_when_a_body_is(world: World):
    """Of one territory by name; a ward's board under its own ward, wherever its name would put it."""
    board = make_body("Ban Dân vận phường Mới", territory=world.units["Mới"], started_on=FIRST)
    world.bodies |= {"board": board, "province": make_body("UBND tỉnh Thử", territory=world.province)}
    for name in ("Một", "Mới", "Ba", "board", "province"):
        world.confirm(name, 2024)
    measure = next(one for one in sections.measures() if one.key == "has-plan")
    told = {
        year: [
            (row.name, row.life, len(row.cells))
            for row in coverage(world.asked("quy", year, Scope(territory=world.province), THEN), measure).rows
        ]
        for year in (2024, 2026)
    }
    ba, mot, moi = (f"UBND phường {name}" for name in ("Ba", "Một", "Mới"))
    assert told == {
        2024: [(ba, "", 5), (mot, "đến 30/6/2025", 5), ("UBND tỉnh Thử", "", 5)],
        2026: [
            (ba, "", 5),
            (board.name, "từ 1/7/2025", 5),
            (moi, "từ 1/7/2025", 5),
            ("UBND tỉnh Thử", "", 5),
        ],
    }
    page = world.cast.client("quy").get(
        f"/lam-viec/tong-hop/2024/co-quan/?dia-ban=x&dia-ban-ma={world.province.code}"
    )
    assert f'{mot} <span class="meta-in">(đến 30/6/2025)</span>' in page.text


def test_who_has_not_is_told_by_name_to_itself_and_to_who_stands_above_alone(world: World):
    ward = Level.objects.get(key="xa")
    for number in range(3):
        place = world.unit(f"phường Thêm {number}", ward, world.other)
        name = f"Thêm {number}"
        world.bodies[name] = make_body(f"UBND phường {name}", territory=place)
        Subordination.objects.create(organization=world.bodies[name], superior=world.cast.ours)
        world.confirm(name, 2026)
    rebuild_reach()
    world.confirm("Ba", 2026)
    world.plan(["Thêm 1"], 2026)
    measure = next(one for one in sections.measures() if one.key == "has-plan")

    def told(reader: str | None, scope: Scope) -> tuple[int, int, str]:
        found = coverage(world.asked(reader, 2026, scope, TODAY), measure)
        return len(found.rows), found.named, found.totals[-1].fraction

    below, one = Scope(territory=world.other), Scope(body=world.bodies["Thêm 1"])
    assert [told(reader, below) for reader in ("lan", "quy", "binh", "kien", None)] == [
        (3, 3, "1/3"), (3, 3, "1/3"), (0, 0, "1/3"), (0, 0, "1/3"), (0, 0, "1/3"),
    ]  # fmt: skip
    assert [told(reader, one) for reader in ("lan", "quy", "binh", None)] == [
        (1, 1, "1/1"), (1, 1, "1/1"), (0, 0, "không nêu"), (0, 0, "không nêu"),
    ]  # fmt: skip
    assert told("lan", Scope()) == (3, 3, "1/4")
    assert "1/1" not in year_page.content_of(world.asked("binh", 2026, one, TODAY)).paragraph


# --- the pages


def words(page: str) -> str:
    """What stands on a page, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).split())


def numbers(page: str) -> dict[str, int]:
    """The figures of a page that lead somewhere: address and number."""
    found = re.findall(r'href="([^"]*/so-lieu/[^"]*)">(?:<b>)?([\d.]+)', page)
    return {url.replace("&amp;", "&"): int(number.replace(".", "")) for url, number in found}


@pytest.mark.parametrize("who", [None, "lan", "thu", "quy"])
def test_the_number_on_a_list_is_the_number_that_led_to_it(world: World, who: str | None):
    year = timezone.localdate().year
    for number, state in enumerate(("drafting", "approved", "published", "published")):
        world.program(["Ba", "Mới"][: number % 2 + 1], state, period=f"{year}-{year + number}")
        make_meeting(world.cast, dated=PartialDate.day(timezone.localdate()))
    world.plan(["Ba"], year)
    side = "/lam-viec" if who else ""
    client, seen = world.cast.client(who), 0
    for query in ("", "?don-vi=", "?dia-ban=tỉnh Thử", "?don-vi=UBND phường Ba"):
        for place in ("", "so-lieu/"):
            page = client.get(f"{side}/tong-hop/{year}/{place}{query}")
            assert page.status_code == 200, (place, query)
            for url, number in numbers(page.text).items():
                total = re.search(r'<h2 class="count"><b>([\d.]+)</b>', client.get(url).text)[1]
                assert int(total.replace(".", "")) == number, url
                seen += 1
    assert seen >= 8


def test_visitors_are_told_fractions_and_never_who_is_missing(world: World):
    world.bodies["Bốn"] = make_body("HĐND phường Ba", territory=world.units["Ba"])
    for name in ("Ba", "Bốn", "Mới"):
        world.confirm(name, 2026)
    world.plan(["Ba"], 2026)
    with time_machine.travel(NOW):
        public = world.cast.client(None).get("/tong-hop/2026/?dia-ban=tỉnh Thử").text
        staff = world.cast.client("quy").get("/lam-viec/tong-hop/2026/?dia-ban=tỉnh Thử").text
    assert "3/3 cơ quan có sổ trên cổng đã xác nhận số liệu năm 2026" in words(public)
    assert "1/3" in words(public) and "phường Mới" not in words(public)
    assert "UBND phường Mới, 2026: chưa có" in words(staff)
    assert "Cần đồng chí cho ý kiến" not in public


def test_what_asks_for_the_officials_word_is_named_and_at_most_five(world: World):
    for _ in range(7):
        make_program(world.cast, "waiting")
    page = world.cast.client("hung").get(f"/lam-viec/tong-hop/{timezone.localdate().year}/").text
    part = page[page.index("Cần đồng chí cho ý kiến") :]
    assert part[: part.index("</ol>")].count("<li>") == 5
    assert "/xem-xet/" in part
    elsewhere = world.cast.client("hung").get("/lam-viec/tong-hop/2026/?dia-ban=tỉnh Thử").text
    assert "/xem-xet/" not in elsewhere


@pytest.mark.parametrize(("who", "among"), [("lan", DeskGroup.DUE), ("hung", DeskGroup.WAITING)])
def test_what_is_urgent_is_what_the_desk_says_in_these_groups(world: World, who: str, among: DeskGroup):
    today = timezone.localdate()
    for _ in range(2):
        make_program(world.cast, "waiting")
        make_program(world.cast, "drafting")
        ending = make_program(world.cast, "approved", period=f"{today.year - 4}-{today.year}")
        Program.objects.filter(pk=ending.pk).update(cadence="yearly")
    person = world.cast.people[who]
    every = [line for section in sections.every() for line in section.desk(person, 5)]
    urgent = [line for section in sections.every() for line in section.urgent(person, 5)]
    assert urgent == [line for line in every if line.group in sections.URGENT] != every
    assert among in {line.group for line in urgent}


def test_an_official_begins_with_the_page_of_the_year_and_a_clerk_with_the_desk(cast: Cast):
    from tests.cast import PASSWORD

    def begins(who: str) -> str:
        typed = {"username": who, "password": PASSWORD, "next": "/lam-viec/"}
        return cast.client(None).post("/dang-nhap/", typed)["Location"]

    year = timezone.localdate().year
    assert begins("hung") == f"/lam-viec/tong-hop/{year}/"
    assert begins("lan") == "/lam-viec/"


def test_a_year_that_has_not_begun_and_words_not_understood_show_nothing(cast: Cast):
    year = timezone.localdate().year
    assert cast.client(None).get(f"/tong-hop/{year + 1}/").status_code == 404
    assert cast.client(None).get("/tong-hop/1200/").status_code == 404
    make_program(cast, "published", period=f"{year}-{year}")
    page = cast.client(None).get(f"/tong-hop/{year}/?dia-ban=khong co noi nay").text
    assert "Không tìm thấy địa bàn" in page and "year-figures" not in page
    assert cast.client(None).get(f"/tong-hop/{year}/so-lieu/khong-co/").status_code == 404
    assert cast.client(None).get(f"/tong-hop/{year}/so-lieu/phan-viec/").status_code == 404


def test_the_default_is_the_readers_own_body_and_its_name_or_none_may_be_asked(cast: Cast):
    def scope(query: str, who: str) -> str:
        return str(YearForm(QueryDict(query), reader=cast.people[who], year=2026).scope)

    assert scope("", "lan") == str(cast.ours)
    assert scope("don-vi=&dia-ban=", "lan") == "toàn cổng"
    assert scope(f"don-vi={cast.partner.name}", "lan") == str(cast.partner)


def test_the_excel_of_all_says_what_is_not_known_in_words(cast: Cast):
    import io

    import openpyxl

    year = timezone.localdate().year
    make_program(cast, "published", period=f"{year}-{year}")
    answer = cast.client(None).get(f"/tong-hop/{year}/excel/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    rows = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=5)}
    assert rows["chương trình có hiệu lực trong năm"] == 1
    assert rows["kế hoạch thực hiện trong năm"] == "chưa có số liệu"
    listed = cast.client(None).get(f"/tong-hop/{year}/so-lieu/hieu-luc/excel/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(listed))).active
    assert sheet.max_row == 5


PUBLIC_QUERIES, STAFF_QUERIES = 17, 26


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_asks_as_much_for_four_programmes_as_for_one(
    world: World, rows: int, django_assert_num_queries: Any
):
    year = timezone.localdate().year
    for _ in range(rows):
        world.program(["Ba"], "published", period=f"{year}-{year}", dated=PartialDate.day(date(year, 1, 3)))
        world.plan(["Ba"], year)
    world.confirm("Ba", year, year - 1, registers=("plans", "programs", "meetings"))
    visitor, staff = world.cast.client(None), world.cast.client("lan")
    with django_assert_num_queries(PUBLIC_QUERIES):
        assert visitor.get(f"/tong-hop/{year}/?dia-ban=tỉnh Thử").status_code == 200
    with django_assert_num_queries(STAFF_QUERIES):
        assert staff.get(f"/lam-viec/tong-hop/{year}/").status_code == 200

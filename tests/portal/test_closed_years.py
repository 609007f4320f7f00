"""Closed years: the edition keeps its numbers, prints the same on any day, and says what changed since."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from portal import closing, starter
from portal.actions.records import NotNow
from portal.actions.registers import rebuild_reach
from portal.actions.years import close_year, publish_edition
from portal.closing import LEADING, edition_url, frozen
from portal.models import (
    Act,
    Audience,
    BodyGroup,
    BodyGroupPart,
    OrganizationKind,
    RegisterStart,
    Role,
    Verb,
    YearConfirmation,
    YearEdition,
)
from portal.templatetags.say import vdatelong
from portal.year import TODAY, Asked, Scope
from portal.year_page import Content, content_of
from programs.actions.targets import TargetEntry
from programs.models import Plan, Target, TargetReport
from programs.targets import read_target
from tests.cast import Cast, join, make_body, make_program, make_user
from tests.programs.test_plans import make_plan, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> int:
    return timezone.localdate().year


def sheet(page: str) -> str:
    """What prints: the page from its head to its foot, byte by byte."""
    return page[page.index('<article class="year">') : page.index("</article>")]


def asked_by(cast: Cast, who: str, year: int) -> Asked:
    return Asked(cast.people[who], year, Scope(body=cast.ours), TODAY, timezone.localdate())


def fill(cast: Cast, year: int) -> None:
    """Something of every part of the page."""
    starter.load()
    make_program(cast, "approved", period=f"{year}-{year + 2}")
    make_program(cast, "drafting", period=f"{year}-{year}")
    one = TargetEntry("Tổ chức ít nhất 02 hội nghị", asked=read_target("Tổ chức ít nhất 02 hội nghị"))
    make_plan(cast, "approved", period=f"năm {year}", targets=[one])
    RegisterStart.objects.create(organization=cast.ours, register="plans", from_year=2000)
    YearConfirmation.objects.create(organization=cast.ours, year=year)


def test_what_is_kept_comes_back_as_it_was(cast: Cast, year: int):
    fill(cast, year)
    content = content_of(asked_by(cast, "hung", year))
    assert content.targets and content.coverage.rows
    assert Content.thawed(content.frozen()) == content


def test_a_closed_year_prints_the_same_on_any_day_and_says_what_changed_since(cast: Cast, year: int):
    fill(cast, year)
    hung, at = cast.client("hung"), f"/lam-viec/tong-hop/{year}/"
    hung.post(f"{at}chot/")
    first = hung.get(at).text
    assert "Đến nay số liệu chưa thay đổi" in first
    make_program(cast, "approved", period=f"{year}-{year + 1}")
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        later = cast.client("hung").get(at).text
    assert sheet(later) == sheet(first)
    assert "chương trình có hiệu lực trong năm: 1, nay 2" in later
    assert "<b>2</b>" in cast.client("hung").get(f"{at}?ban=hien-nay").text


def test_the_lists_behind_a_closed_year_show_what_it_counted(cast: Cast, year: int):
    fill(cast, year)
    hung, at = cast.client("hung"), f"/lam-viec/tong-hop/{year}/"
    hung.post(f"{at}chot/")
    make_program(cast, "approved", period=f"{year}-{year + 1}")
    url, number = re.search(r'<a href="([^"]*hieu-luc[^"]*)"><b>(\d+)</b>', hung.get(at).text).groups()
    page = hung.get(url.replace("&amp;", "&")).text
    assert (number, re.search(r'class="count"><b>(\d+)<', page)[1]) == ("1", "1")
    assert "được tính khi chốt số liệu" in page


def test_a_closed_year_keeps_nothing_of_the_body_alone_and_is_of_all_below_it(
    cast: Cast, year: int, monkeypatch: pytest.MonkeyPatch
):
    fill(cast, year)
    Target.objects.update(audience=Audience.BODY)
    monkeypatch.setattr(closing, "MOST_KEPT", 0)
    hung, at = cast.client("hung"), f"/lam-viec/tong-hop/{year}/"
    hung.post(f"{at}chot/")
    content = YearEdition.objects.get().content
    assert (content["page"]["targets"], content["page"]["targets_in_all"]) == ([], 0)
    page = hung.get(f"{at}so-lieu/hieu-luc/?ban={YearEdition.objects.get().code}").text
    assert re.search(r'class="count"><b>(\d+)<', page)[1] == "1"
    alone = hung.get(f"{at}?don-vi=x&don-vi-ma={cast.ours.code}&rieng=1").text
    assert "Số liệu đã chốt" not in alone


def test_a_list_too_long_to_keep_says_that_it_is_todays_with_both_numbers(
    cast: Cast, year: int, monkeypatch: pytest.MonkeyPatch
):
    fill(cast, year)
    monkeypatch.setattr(closing, "MOST_KEPT", 0)
    hung, at = cast.client("hung"), f"/lam-viec/tong-hop/{year}/"
    hung.post(f"{at}chot/")
    make_program(cast, "approved", period=f"{year}-{year + 1}")
    query = f"?ban={YearEdition.objects.get().code}"
    page = words(hung.get(f"{at}so-lieu/hieu-luc/{query}").text)
    both = r"Khi chốt số liệu lúc .* có 1 chương trình; .*\. Đây là danh sách hôm nay, 2 chương trình\."
    assert re.search(both, page) and "được tính khi chốt" not in page
    book = openpyxl.load_workbook(
        io.BytesIO(hung.get(f"{at}so-lieu/hieu-luc/excel/{query}").getvalue())
    ).active
    assert book["A2"].value.endswith("Đây là danh sách hôm nay.")


def test_closing_again_is_a_new_edition_and_the_old_one_stays(cast: Cast, year: int):
    fill(cast, year)
    hung, at = cast.client("hung"), f"/lam-viec/tong-hop/{year}/"
    hung.post(f"{at}chot/")
    old = sheet(hung.get(at).text)
    make_program(cast, "approved", period=f"{year}-{year + 1}")
    hung.post(f"{at}chot/")
    assert sorted(YearEdition.objects.values_list("number", flat=True)) == [1, 2]
    assert "<b>2</b>" in sheet(hung.get(at).text)
    first = YearEdition.objects.get(number=1)
    assert sheet(hung.get(f"{at}?ban={first.code}").text) == old
    acts = Act.objects.filter(verb=Verb.CLOSE_YEAR).order_by("pk")
    assert [(act.person, act.body) for act in acts] == [(cast.hung, cast.ours)] * 2


def let_close(*kinds: OrganizationKind) -> None:
    """These kinds of bodies close the year of the territory whose level is theirs."""
    group, _ = BodyGroup.objects.get_or_create(key=LEADING, defaults={"name": "cấp ủy, HĐND, UBND"})
    for kind in kinds:
        BodyGroupPart.objects.get_or_create(group=group, kind=kind)


def test_only_an_approver_of_the_body_closes_it_or_the_territory_it_lies_in(cast: Cast, year: int):
    let_close(cast.ours.kind)
    at, place = f"/lam-viec/tong-hop/{year}/chot/", f"?dia-ban=x&dia-ban-ma={cast.ours.territory.code}"
    ours = f"?don-vi=x&don-vi-ma={cast.ours.code}"
    top = make_user("son", "Lê Văn Sơn")
    join(top, cast.superior, Role.APPROVER)
    cast.people["son"] = top
    answers = {
        (who, query): cast.client(who).post(f"{at}{query}").status_code
        for who in ("lan", "thu", "quy", "son", "hung")
        for query in (ours, place)
    }
    assert {pair for pair, status in answers.items() if status == 302} == {("hung", ours), ("hung", place)}
    assert YearEdition.objects.filter(territory=cast.ours.territory).count() == 1


def test_a_territorys_year_is_closed_by_a_committee_of_its_own_level_alone(cast: Cast, year: int):
    """A school and a department in the city, a ward's committee entered there, a neighbour: none of them speaks for it."""
    city, ward = cast.superior.territory, cast.ours.territory
    school = OrganizationKind.objects.create(key="truong", name="Trường học", sector=cast.partner.sector)
    bodies = {
        "school": make_body("Trường THPT Ba Đình", kind=school, territory=city),
        "strayed": make_body("UBND phường khác", kind=cast.partner.kind, territory=city, level=ward.level),
        "none": make_body("Câu lạc bộ", territory=city),
        "council": make_body("UBND thành phố", kind=cast.partner.kind, territory=city),
        "board": cast.superior,
        "ward": cast.ours,
        "neighbour": cast.neighbour,
    }
    let_close(cast.ours.kind, cast.partner.kind)
    for name, body in bodies.items():
        cast.people[name] = make_user(f"duyet-{name}")
        join(cast.people[name], body, Role.APPROVER)
    rebuild_reach()
    at, said = f"/lam-viec/tong-hop/{year}/", {}
    for name in bodies:
        who = cast.client(name)
        for place in (city, ward):
            query = f"?dia-ban=x&dia-ban-ma={place.code}"
            offered = "Chốt số liệu năm" in who.get(f"{at}{query}").text
            said[name, place] = (offered, who.post(f"{at}chot/{query}").status_code)
    closed = {pair for pair, (offered, status) in said.items() if offered and status == 302}
    assert closed == {("council", city), ("board", city), ("ward", ward)}
    assert {answer for pair, answer in said.items() if pair not in closed} == {(False, 403)}


def test_two_bodies_that_close_one_territory_have_an_address_each(cast: Cast, year: int):
    fill(cast, year)
    place = f"?dia-ban=x&dia-ban-ma={cast.ours.territory.code}"
    let_close(cast.ours.kind, cast.partner.kind)
    at, approver = f"/lam-viec/tong-hop/{year}/", make_user("ngan", "Lê Thị Ngân")
    join(approver, cast.partner, Role.APPROVER)
    cast.partner.territory = cast.ours.territory
    cast.partner.save()
    rebuild_reach()
    cast.people["ngan"] = approver
    cast.client("hung").post(f"{at}chot/{place}")
    make_program(cast, "approved", period=f"{year}-{year + 1}")
    cast.client("ngan").post(f"{at}chot/{place}")
    found = YearEdition.objects.order_by("pk")
    assert [(one.number, one.organization) for one in found] == [(1, cast.ours), (1, cast.partner)]
    counted = {
        one.organization: re.findall(r"<b>(\d+)</b>", sheet(cast.client("quy").get(edition_url(one)).text))[0]
        for one in found
    }
    assert counted == {cast.ours: "1", cast.partner: "2"}


def test_a_closed_year_is_read_by_its_body_and_those_above_and_holds_nothing_of_drafts(cast: Cast, year: int):
    fill(cast, year)
    make_program(cast, "waiting", title="Chờ lãnh đạo xem")
    asked = asked_by(cast, "hung", year)
    close_year(cast.ours, year, content=frozen(asked), by=cast.hung)
    at = f"/lam-viec/tong-hop/{year}/?don-vi=x&don-vi-ma={cast.ours.code}"
    closed = {
        who: "Số liệu đã chốt" in cast.client(who).get(at).text for who in ("lan", "thu", "binh", "phuc")
    }
    assert closed == {"lan": True, "thu": True, "binh": False, "phuc": False}
    kept = str(YearEdition.objects.get().content)
    assert "Chờ lãnh đạo xem" not in kept and "/xem-xet/" not in kept


def test_a_public_edition_is_what_visitors_read_with_its_lists_and_its_targets(cast: Cast, year: int):
    fill(cast, year)
    Target.objects.update(audience=Audience.PUBLIC)
    shown = make_program(cast, "published", period=f"{year}-{year}")
    for plan in Plan.objects.filter(state="approved"):
        Plan.objects.filter(pk=plan.pk).update(published_from=timezone.now(), slug="ke-hoach-nam")
    hung, visitor = cast.client("hung"), cast.client(None)
    at, inside = f"/tong-hop/{year}/?don-vi=x&don-vi-ma={cast.ours.code}", f"/lam-viec/tong-hop/{year}/"
    hung.post(f"{inside}chot/")
    edition = YearEdition.objects.get()
    assert "chốt lúc" not in visitor.get(at).text
    assert visitor.get(f"{at}&ban={edition.code}").text.count("chốt lúc") == 0
    ours = {"ban": edition.code}
    assert cast.client("lan").post(f"{inside}cong-khai/", ours).status_code == 403
    assert hung.post(f"{inside}cong-khai/", ours).status_code == 302
    first = visitor.get(at).text
    today = vdatelong(timezone.localdate())
    assert f", tính đến {today}." in first and str(cast.hung) not in first
    assert re.search(r'href="([^"]*hieu-luc[^"]*)"><b>1</b>', first)
    later = make_program(cast, "published", period=f"{year}-{year}")
    one = Target.objects.get()
    state_of_it = {"numerator": 1, "as_of": timezone.localdate(), "organization": cast.ours}
    Target.objects.filter(pk=one.pk).update(measure="report")
    TargetReport.objects.create(target=one, **state_of_it)
    then = visitor.get(at).text
    assert sheet(then) == sheet(first)
    assert "chương trình có hiệu lực trong năm: 1, nay 2" in then
    assert "chưa có số liệu, nay 1 hội nghị" in then
    links = [
        re.search(rf'href="([^"]*{part}[^"]*)"', then)[1]
        for part in ("hieu-luc", "so-lieu/[?]", "chi-tieu/[?]")
    ]
    listed, figures, targets = (visitor.get(url.replace("&amp;", "&")).text for url in links)
    assert shown.slug in listed and later.slug not in listed and "được tính khi chốt số liệu" in listed
    assert ">1</a>" in figures and "Số liệu chốt lúc" in figures
    assert "chưa có số liệu" in targets and "1 hội nghị" not in targets
    assert hung.post(f"{inside}go/", ours, follow=True).text.count("Ghi lý do gỡ.") == 1
    hung.post(f"{inside}go/", ours | {"reason": "Chốt nhầm ngày."})
    assert "chốt lúc" not in visitor.get(at).text
    said = Act.objects.filter(verb__in=[Verb.PUBLISH, Verb.WITHDRAW], record_code=edition.code).order_by("pk")
    assert [(act.verb, act.reason) for act in said] == [
        (Verb.PUBLISH, ""),
        (Verb.WITHDRAW, "Chốt nhầm ngày."),
    ]


def test_an_edition_of_before_visitors_were_kept_apart_is_closed_again_first(cast: Cast, year: int):
    close_year(cast.ours, year, content={"page": {}, "records": {}}, by=cast.hung)
    with pytest.raises(NotNow, match="Xin chốt lại"):
        publish_edition(YearEdition.objects.get(), by=cast.hung)

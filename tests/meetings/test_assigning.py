"""Assigning a saying: what its own words propose, which kinds of bodies are offered, what heirs cost."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import starter
from meetings.actions import DirectiveEntry, save_meeting
from meetings.actions.meetings import approve_meeting
from meetings.actions.tasks import kinds_below
from meetings.forms.addressed import rule_meant, subject_of
from meetings.forms.meetings import MeetingForm
from meetings.forms.raw import meeting_data
from meetings.models import Directive, Meeting, Task
from portal.actions import records
from portal.dates import PartialDate
from portal.forms.rows import append_rows
from portal.models import BodyGroup, BodyGroupPart, Organization, OrganizationKind, Succession, heirs_of
from tests.cast import Cast, in_days, make_body, make_meeting


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    starter.load()


def said(cast: Cast, text: str, keeper: Organization | None = None, **changes: Any) -> Directive:
    """A saying of an approved conference of 23/3/2023."""
    changes.setdefault("directives", [DirectiveEntry(text)])
    meeting = make_meeting(cast, keeper=keeper, **changes)
    records.submit(meeting, by=cast.quy if keeper else cast.lan)
    approve_meeting(meeting, by=cast.quy if keeper else cast.hung, expected=meeting.version)
    return meeting.directives.get()


def page(directive: Directive) -> str:
    return f"/lam-viec/chi-dao/{directive.code}/giao/"


def test_the_day_that_the_words_name_is_proposed_and_another_is_doubted(cast: Cast) -> None:
    url = page(said(cast, "Báo cáo kết quả trước ngày 15/12", dated=PartialDate.day(in_days(0))))
    lan = cast.client("lan")
    opened = lan.get(url).text
    [field] = re.findall(
        r'<div class="field ([^"]*)" id="id_due_field">(.*?)</div>\s*<div class="field', opened, re.S
    )
    today = in_days(0)
    due = date(today.year + (today > date(today.year, 12, 15)), 12, 15)
    words = f"{due.day}/{due.month}/{due.year}"
    assert field[0] == "field-proposed" and f'value="{words}"' in field[1]
    assert "Đọc từ lời ý kiến: “trước ngày 15/12”." in field[1]
    posted, doubt = {"body_1": "UBND phường Ba Đình", "lam": "xem"}, f"tức hạn {words}. Xin xem lại."
    shown = {
        name: doubt in lan.post(url, posted | given).text
        for name, given in (
            ("as said", {"due": words}),
            ("later", {"due": f"16/12/{due.year}"}),
            ("no day", {"no_day": "on"}),
        )
    }
    assert shown == {"as said": False, "later": True, "no day": True}


def test_on_the_form_of_the_conference_the_day_of_the_words_is_filled_in_to_be_looked_at(cast: Cast) -> None:
    directive = said(cast, "Ký kết trong quý IV")
    data = meeting_data(directive.meeting)
    data["sayings-0-assign_to"] = "UBND phường Ba Đình"
    row = MeetingForm(data, user=cast.lan, record=directive.meeting).rows["sayings"].forms[0]
    assert not row.is_valid() and row.proposed_now == {"due"}
    assert (row["due"].value(), row.errors["due"]) == (
        "31/12/2023", ["Đọc từ lời ý kiến: “trong quý IV”. Xin xem lại rồi lưu."],
    )  # fmt: skip
    again = MeetingForm(row.data, user=cast.lan, record=directive.meeting).rows["sayings"].forms[0]
    assert again.is_valid() and again.due_on == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("UBND phường thuộc thành phố Hà Nội", ("ubnd", "thành phố Hà Nội")),
        ("UBND các xã trên địa bàn phường Ba Đình", ("ubnd", "phường Ba Đình")),
        ("các phường, xã", ("ubnd", "thành phố Hà Nội")),
        ("Ban Dân vận các phường", ("bdv", "thành phố Hà Nội")),
        ("Ban Dân vận và UBND các phường", None),
        ("UBND các phường thuộc tỉnh Lạng Sơn", ("ubnd", "")),
        ("UBND phường Ba Đình", None),
        ("các đồng chí", None),
    ],
)
def test_words_that_address_many_propose_a_kind_of_body_and_a_territory(
    cast: Cast, words: str, means: tuple[str, str] | None
) -> None:
    group = BodyGroup.objects.create(
        key="xa-phuong", name="các xã, phường", words="các phường\ncác phường, xã"
    )
    BodyGroupPart.objects.create(group=group, kind=cast.partner.kind)
    on = date(2023, 3, 23)
    rule = rule_meant(words, dict(kinds_below(cast.superior, on)), cast.superior, on)
    assert (rule and (rule.kind.key, rule.territory.name if rule.territory else "")) == means


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Ban Dân vận các xã, phường báo cáo kết quả trước 15/12", "Ban Dân vận các xã, phường"),
        ("Đề nghị UBND các phường rà soát việc phối hợp", "UBND các phường"),
        ("UBND phường thuộc thành phố Hà Nội sớm ký kết", "UBND phường thuộc thành phố Hà Nội"),
        ("Các phường, xã hằng năm sơ kết", "Các phường, xã"),
        ("UBND phường Ba Đình phối hợp với các phường", ""),
        ("Sớm ký kết với UBND các phường", ""),
        ("UBND phường rà soát việc phối hợp", ""),
        ("Ban Dân vận và UBND các phường báo cáo", ""),
        ("Các đồng chí gương mẫu thực hiện", ""),
    ],
)
def test_many_bodies_are_what_a_saying_asks_where_it_begins_with_them(
    cast: Cast, words: str, subject: str
) -> None:
    assert subject_of(words) == subject


def test_the_first_words_of_a_saying_propose_the_rule_where_it_names_no_addressee(cast: Cast) -> None:
    words, place = "UBND các phường báo cáo kết quả", cast.superior.territory
    form = cast.client("thu").get(page(said(cast, words, keeper=cast.superior))).context["form"]
    assert (form["kind"].value(), form["territory"].value()) == ("ubnd", (place.name, place.code))
    assert form.echoes["kind"] == "Đọc từ lời ý kiến: “UBND các phường”. Xin xem lại."
    sent_elsewhere = [DirectiveEntry(words, addressed_to="Văn phòng")]
    other = said(cast, words, keeper=cast.superior, directives=sent_elsewhere)
    assert cast.client("thu").get(page(other)).context["form"]["kind"].value() is None


def test_the_rule_of_the_words_is_offered_marked_and_a_name_of_many_becomes_one(cast: Cast) -> None:
    words = "UBND phường thuộc thành phố Hà Nội"
    directive = said(
        cast, "Sớm ký kết", keeper=cast.superior, directives=[DirectiveEntry("Sớm ký", addressed_to=words)]
    )
    client = cast.client("thu")
    form = client.get(page(directive)).context["form"]
    place = cast.superior.territory
    asked = ("ubnd", (place.name, place.code), {"kind", "territory"})
    assert (form["kind"].value(), form["territory"].value(), form.proposed_now) == asked
    typed = client.post(page(directive), {"others": "UBND các phường", "no_day": "on", "lam": "xem"})
    form = typed.context["form"]
    assert '<details class="more" open>' in typed.text, "what is said of the name stands there"
    assert (form["kind"].value(), form["territory"].value(), form["others"].value()) == ("ubnd", asked[1], "")
    assert form.errors["others"] == [
        "“UBND các phường” là nhiều cơ quan, đã ghi thành loại và địa bàn ở dưới. Xin xem lại."
    ]


def test_the_bodies_that_the_words_address_are_matched_and_assigning_begins_with_them(cast: Cast) -> None:
    """What is doubted or means nobody stands as printed; what was matched stays until its words change."""
    many = "Trường THCS số 1"
    for slug in ("truong-mot", "truong-hai"):
        Organization.objects.create(name=many, slug=slug)
    ended = make_body("Hội Cựu giáo chức", ended_on=date(2020, 1, 1))
    data = meeting_data(make_meeting(cast))
    words = f"UBND phường Ba Đình; {cast.neighbour.name}; {many}; {ended.name}; các đồng chí"
    append_rows(data, "sayings", [{"text": "Sớm ký", "addressed_to": words}])
    form = MeetingForm(data, user=cast.lan, record=Meeting.objects.get())
    assert form.is_valid()
    assert form.rows["sayings"].forms[0].echoes["addressed_to"] == (
        f"Cơ quan: {cast.partner}; {cast.neighbour}. Có nhiều cơ quan tên “{many}”: xin ghi đủ tên cùng địa bàn; "
        f"{ended.name}: Ngày 23/3/2023, cơ quan này không hoạt động; để nguyên thì ghi như in."
    )
    meeting = save_meeting(Meeting.objects.get(), form.entry(), by=cast.lan)
    assert meeting.directives.get().addressed_to == words
    opened = cast.client("lan").get(page(meeting.directives.get())).context["form"]
    begins = [(body.label, body.code) for body in (cast.partner, cast.neighbour)]
    assert [opened[name].value() for name in ("body_1", "body_2", "body_3")] == [*begins, None]
    for changed, left in ((words, [cast.partner, cast.neighbour]), (many, [])):
        data = meeting_data(meeting)
        data["sayings-0-addressed_to"] = changed
        form = MeetingForm(data, user=cast.lan, record=meeting)
        assert form.is_valid()
        meeting = save_meeting(meeting, form.entry(), by=cast.lan)
        links = meeting.directives.get().addressees.order_by("pk")
        assert [link.organization for link in links] == left


def test_what_is_asked_for_every_year_without_a_day_is_proposed_for_the_last_of_the_year(cast: Cast) -> None:
    directive = said(cast, "Hằng năm sơ kết, đánh giá", dated=PartialDate.day(date(2016, 4, 2)))
    form = cast.client("lan").get(page(directive)).context["form"]
    last = f"31/12/{in_days(0).year}"
    assert (form["due"].value(), form["yearly"].value(), form.proposed_now) == (last, True, {"due", "yearly"})
    told = "Lời ý kiến ghi “Hằng năm”, không nêu ngày: đề nghị ngày cuối năm."
    assert form.echoes["due"] == told
    other = {
        "body_1": "UBND phường Ba Đình",
        "due": f"15/12/{in_days(400).year}",
        "yearly": "on",
        "lam": "xem",
    }
    assert "Xin xem lại." not in cast.client("lan").post(page(directive), other).text
    data = meeting_data(directive.meeting)
    data["sayings-0-assign_to"] = "UBND phường Ba Đình"
    row = MeetingForm(data, user=cast.lan, record=directive.meeting).rows["sayings"].forms[0]
    assert not row.is_valid() and row.errors["due"] == [f"{told} Xin xem lại rồi lưu."]
    assert (row["due"].value(), row["yearly"].value()) == (last, True)


def test_only_kinds_that_live_below_are_offered_and_nothing_where_none_does(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    far = OrganizationKind.objects.create(key="xa-khac", name="Loại ở nơi khác", sector=cast.ours.kind.sector)
    make_body("Cơ quan của tỉnh khác", kind=far)
    with django_assert_num_queries(1):
        assert [key for key, _ in kinds_below(cast.superior, date(2023, 3, 23))] == sorted(
            {body.kind.key for body in (cast.ours, cast.partner, cast.neighbour) if body.kind}
        )
    offered = {
        name: 'name="kind"' in cast.client(who).get(page(said(cast, "Sớm ký kết", keeper=keeper))).text
        for name, who, keeper in (("city", "thu", cast.superior), ("ward", "lan", None))
    }
    assert offered == {"city": True, "ward": False}
    url = page(said(cast, "Sớm ký kết", keeper=cast.superior))
    placeless = cast.client("thu").post(url, {"kind": "bdv", "no_day": "on", "lam": "xem"})
    assert "Chọn địa bàn của các cơ quan được giao." in placeless.text
    assert not Task.objects.exists()


def test_heirs_are_asked_about_alone_however_many_bodies_ended_elsewhere(cast: Cast) -> None:
    def ended(name: str, heir: Organization) -> Organization:
        old = make_body(name, ended_on=date(2025, 6, 30))
        Succession.objects.create(predecessor=old, successor=heir, kind="merged")
        return old

    last = make_body("Xã mới")
    middle = ended("Xã giữa", last)
    first = ended("Xã đầu", middle)
    for at in range(5):
        ended(f"Xã xa {at}", make_body(f"Xã xa mới {at}"))
    with CaptureQueriesContext(connection) as asked:
        assert heirs_of({first.pk, middle.pk}, date(2025, 7, 1)) == {first.pk: [last], middle.pk: [last]}
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert heirs_of({first.pk}, date(2025, 7, 1)) == {first.pk: [last]}
    assert len(asked) == 2  # a step a question


def test_the_button_of_a_saying_is_not_printed(cast: Cast) -> None:
    directive = said(cast, "Sớm đánh giá")
    told = cast.client("lan").get(f"/lam-viec/hoi-nghi/{directive.meeting.code}/").text
    assert f'<span class="no-print"> · <a href="{page(directive)}">Giao theo dõi</a></span>' in told

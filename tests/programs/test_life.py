"""The life of a programme, and what of it may be told to whom."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.actions import records
from portal.actions.documents import PartnerEntry
from portal.dates import PartialDate, parse_date, parse_period
from portal.models import Act, Document, Organization, Verb
from programs import actions
from programs.life import in_force_span, signed_in
from programs.models import Life, Program
from programs.sections import ProgramSection
from tests.cast import Cast, in_days, make_entry, make_program


@pytest.mark.parametrize(
    ("period", "signed", "span"),
    [
        ("2022-2026", date(2022, 4, 14), (date(2022, 4, 14), date(2026, 12, 31))),
        ("2022-2026", date(2021, 12, 1), (date(2022, 1, 1), date(2026, 12, 31))),
        ("2022-2026", None, (date(2022, 1, 1), date(2026, 12, 31))),
        ("từ 1/3/2021 đến 31/12/2025", date(2021, 2, 1), (date(2021, 3, 1), date(2025, 12, 31))),
        ("từ năm 2022", date(2022, 4, 14), (date(2022, 4, 14), None)),
        ("không thời hạn", date(2022, 4, 14), (date(2022, 4, 14), None)),
        ("không thời hạn", None, (None, None)),
        ("không rõ", date(2022, 4, 14), (None, None)),
    ],
)
def test_a_programme_binds_from_its_signing_to_its_end(period: str, signed: date | None, span: tuple) -> None:
    assert in_force_span(parse_period(period), signed, is_signed=True) == span


def test_a_paper_not_signed_binds_nobody() -> None:
    assert in_force_span(parse_period("2022-2026"), None, is_signed=False) == (None, None)


def test_a_public_page_does_not_tell_of_a_successor_kept_inside(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("5/1/2017"))
    new = make_program(cast, "approved", period="2021-2026", dated=parse_date("5/11/2021"), predecessor=old)
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 12, 31)
    actions.publish(new, by=cast.hung, expected=new.version)
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 11, 4)
    actions.withdraw(new, by=cast.hung, reason="Đăng nhầm", expected=new.version)
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 12, 31)


def test_a_successor_published_on_its_day_is_told_of_that_night(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2021", dated=parse_date("5/1/2017"))
    new = make_program(cast, "approved", period="2021-2026", dated=parse_date("5/11/2021"), predecessor=old)
    actions.publish(new, by=cast.hung, expected=new.version, start=timezone.now() + timedelta(days=2))
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=1)):
        assert [step() for _, step in ProgramSection().nightly()] == [1, 0, 0, 0, 0]
    old.refresh_from_db()
    assert old.in_force_until == date(2021, 11, 4)


def test_an_ended_programme_is_no_longer_in_force(cast: Cast) -> None:
    program = make_program(cast, "approved")
    actions.terminate(program, by=cast.hung, on=date(2023, 6, 1), reason="Thay thế", expected=program.version)
    program.refresh_from_db()
    assert program.life(date(2023, 6, 1)) == Life.TERMINATED
    days = (date(2023, 5, 31), date(2023, 6, 1))
    assert [Program.objects.in_force(day).count() for day in days] == [1, 0]


def test_an_inspector_leaves_a_trace_and_nobody_else_does(cast: Cast) -> None:
    program = make_program(cast, "approved")
    url = f"/lam-viec/chuong-trinh/{program.code}/"
    for person in ("kien", "lan", "thu"):
        assert cast.client(person).get(url).status_code == 200
    assert [act.person for act in Act.objects.filter(verb=Verb.READ)] == [cast.kien]


def test_the_desk_names_the_next_three_dates(cast: Cast) -> None:
    for year in (2027, 2028, 2029, 2030):
        make_program(cast, "approved", period=f"2022-{year}")
    page = cast.client("lan").get("/lam-viec/").text
    shown = [year for year in (2027, 2028, 2029, 2030) if f"31/12/{year}" in page]
    assert shown == [2027, 2028, 2029]


@pytest.mark.parametrize(
    ("state", "signing", "dated", "life"),
    [
        ("drafting", "", "", Life.UNKNOWN_SIGNING),
        ("waiting", "", "", Life.UNKNOWN_SIGNING),
        ("returned", "", "", Life.UNKNOWN_SIGNING),
        ("waiting", "draft", "", Life.UNSIGNED),
        ("approved", "", "", Life.IN_FORCE),
        ("drafting", "signed", "", Life.IN_FORCE),
        ("drafting", "", "14/4/2022", Life.IN_FORCE),
        ("approved", "draft", "14/4/2022", Life.UNSIGNED),
    ],
)
def test_only_a_signed_paper_is_in_force(
    cast: Cast, state: str, signing: str, dated: str, life: Life
) -> None:
    entry = make_entry(cast, dated=parse_date(dated), period="2022-2035")
    entry.paper.signing = signing
    program = actions.save_program(None, entry, by=cast.lan, keeper=cast.ours)
    if state != "drafting":
        records.submit(program, by=cast.lan)
    if state == "returned":
        records.send_back(program, by=cast.hung, reason="Thiếu căn cứ.", expected=program.version)
    elif state == "approved":
        actions.approve(program, by=cast.hung, expected=program.version)
    program.refresh_from_db()
    assert program.life(timezone.localdate()) == life
    page = cast.client("lan").get(f"/lam-viec/chuong-trinh/{program.code}/").text
    said = {Life.UNSIGNED: "Chưa ký", Life.UNKNOWN_SIGNING: "Chưa rõ ngày ký", Life.IN_FORCE: "Đang hiệu lực"}
    assert [one for one, words in said.items() if words in page] == [life]


@pytest.mark.parametrize(
    ("signing", "fact", "line"),
    [
        ("", "chưa rõ", "chưa rõ ngày ký"),
        ("signed", "đã ký, chưa rõ ngày", "chưa rõ ngày ký"),
        ("draft", "dự thảo, chưa ký", "dự thảo, chưa ký"),
    ],
)
def test_every_page_says_the_same_of_a_signing_day_nobody_gave(
    cast: Cast, signing: str, fact: str, line: str
) -> None:
    entry = make_entry(cast, dated=parse_date(""))
    entry.paper.signing = signing
    program = actions.save_program(None, entry, by=cast.lan, keeper=cast.ours)
    records.submit(program, by=cast.lan)
    hung, address = cast.client("hung"), f"/lam-viec/chuong-trinh/{program.code}/"
    record, review = hung.get(address).text, hung.get(f"{address}xem-xet/").text
    sheet = hung.get(f"/lam-viec/don-vi/{cast.ours.code}/chuong-trinh/").text
    assert f"<dt>Ngày ký</dt><dd>{fact}</dd>" in record
    assert f"<b>Ngày ký</b> <div>{fact}</div>" in review
    listed = hung.get("/lam-viec/chuong-trinh/").text
    # Of what nobody approved yet the sheet tells no more than whose it is and where it stands.
    assert [line in page for page in (listed, sheet)] == [True, False]
    said = [
        page
        for page in (record, review, listed.partition("<main")[2].partition("row-when")[2])
        if "chưa ký" in page.lower()
    ]
    assert bool(said) == (signing == "draft")


def test_the_filter_and_the_chip_agree_in_every_life(cast: Cast) -> None:
    today = timezone.localdate()
    periods = [
        "",
        "2015-2020",
        "2022-2035",
        "2034-2035",
        "không thời hạn",
        f"1/1/2022 - {in_days(40):%d/%m/%Y}",
    ]
    for period in periods:
        for state, dated in [
            ("drafting", ""),
            ("drafting", "1/2/2015"),
            ("approved", ""),
            ("published", "1/2/2015"),
        ]:
            program = make_program(cast, state, period=period, dated=parse_date(dated))
            if state == "published" and not period:
                actions.terminate(
                    program, by=cast.hung, on=today, reason="Thay thế", expected=program.version
                )
            actions.refresh([program.pk])
    draft = make_program(cast, "approved")
    Document.objects.filter(pk=draft.document_id).update(signing=Document.Signing.DRAFT)
    actions.refresh([draft.pk])
    ended = make_program(cast, "approved", partners=[PartnerEntry(1, cast.neighbour)], period="2022-2035")
    Organization.objects.filter(pk=cast.neighbour.pk).update(ended_on=in_days(-1))
    actions.refresh([ended.pk])
    for reader in (AnonymousUser(), cast.lan, cast.quy):
        told = Program.objects.told_to(reader)
        by_filter = {life: set(told.in_life(life, today).values_list("pk", flat=True)) for life in Life}
        by_chip = {life: {one.pk for one in told if one.life(today) == life} for life in Life}
        assert by_filter == by_chip
    assert all(by_chip.values())


def test_who_reads_a_successor_kept_inside_knows_when_its_predecessor_yields(cast: Cast) -> None:
    old = make_program(cast, "published", period="2017-2030", dated=parse_date("5/1/2017"))
    new = make_program(cast, "approved", period="2021-2026", dated=parse_date("5/11/2021"), predecessor=old)
    staff, public = f"/lam-viec/chuong-trinh/{old.code}/", f"/chuong-trinh/{old.slug}/"
    told = "đã hết hạn ngày 4/11/2021"

    def known() -> dict[str | None, tuple[bool, bool]]:
        """Whether each person is told on the page, and finds it among those that ended."""
        asked = {name: ("lam-viec/" if name else "") for name in (None, "lan", "thu", "phuc", "binh")}
        return {
            name: (
                told in cast.client(name).get(staff if name else public).text,
                f"{old.code if name else old.slug}/"
                in cast.client(name).get(f"/{side}chuong-trinh/?hieu-luc=expired").text,
            )
            for name, side in asked.items()
        }

    inside, outside = (True, True), (False, False)
    assert known() == {None: outside, "lan": inside, "thu": inside, "phuc": inside, "binh": outside}
    actions.publish(new, by=cast.hung, expected=new.version)
    assert set(known().values()) == {inside}
    old.refresh_from_db()
    assert old.inside_until is None


@pytest.mark.parametrize(
    ("dated", "is_signed", "year"),
    [
        (PartialDate.day(date(2024, 12, 31)), True, 2024),
        (PartialDate.year(2024), True, 2024),
        (PartialDate.day(date(2024, 12, 31)), False, None),
        (PartialDate.day(date(2024, 12, 31)), None, None),
        (PartialDate.unknown(), True, None),
    ],
)
def test_the_year_of_signing_is_said_where_it_is_known(
    dated: PartialDate, is_signed: bool | None, year: int | None
):
    assert signed_in(dated, is_signed=is_signed) == year

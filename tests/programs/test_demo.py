"""The demonstration: the nine programmes exactly as told, samples marked and in every state, loaded once."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from portal.access import Doing, can
from portal.actions.copies import as_query
from portal.demo import ACCOUNTS, PASSWORD
from portal.demo import account as person
from portal.models import (
    Act,
    Answering,
    Citation,
    Document,
    Kept,
    Organization,
    Partner,
    Reach,
    Signature,
    State,
    User,
    Verb,
    WorkingCopy,
)
from portal.starter import find, fixed_code
from portal.symbols import Symbol, read_symbol
from programs.forms.programs import ProgramForm, raw_data
from programs.models import (
    Amendment,
    ContentItem,
    Duty,
    DutyState,
    Life,
    Plan,
    Program,
    Review,
    ReviewText,
    Round,
    Submission,
)
from programs.review_telling import figures_told
from programs.target_reading import target_lines

DAY = date(2026, 11, 22)
REVIEWED = ("S0-T1", "S0-T2", "S1-T1", "S2-T1", "S3-T1")
NINE = {
    "S0-P1-truoc": Life.EXPIRED,
    "S0-P2-truoc": Life.EXPIRED,
    "S0-P1": Life.REARRANGED,
    "S0-P2": Life.REARRANGED,
    "S1-P1-truoc": Life.EXPIRED,
    "S1-P1": Life.EXPIRED,
    "S2-P1": Life.REARRANGED,
    "S3-P1-truoc": Life.EXPIRED,
    "S3-P1": Life.EXPIRED,
}


def run(*, demo: bool = True) -> str:
    out = StringIO()
    with override_settings(DEMO=demo):
        call_command("demo", stdout=out)
    return out.getvalue()


def row_counts() -> dict[str, int]:
    """How many rows every table of ours holds, acts and history included."""
    models = [model for model in apps.get_models() if model._meta.app_label in ("portal", "programs")]
    return {model._meta.label: model._base_manager.count() for model in models}


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with the demonstration as loaded on one known day; undone after this module.

    Stands in for the plugin's fixture of this name, which would undo the loading after each test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(f"{DAY} 09:00 +0700", tick=False):
            said = run()
            yield said
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded(db):
    """What the command printed."""
    return db


@pytest.fixture
def nine(loaded):
    return Program.objects.filter(is_sample=False).select_related("document")


@pytest.fixture
def samples(loaded):
    return Program.objects.filter(is_sample=True).select_related("document")


def test_it_refuses_a_real_installation(loaded):
    with pytest.raises(CommandError, match="PORTAL_DEMO=1"):
        run(demo=False)


def test_a_second_run_adds_and_changes_nothing(loaded):
    before = row_counts()
    assert run() == loaded
    assert row_counts() == before


def test_everything_was_written_in_acts(loaded):
    models = [model for model in apps.get_models() if issubclass(model, Kept)]
    left = {model._meta.label: model.history.filter(act__isnull=True).count() for model in models}
    assert not {label: count for label, count in left.items() if count}


# --- the nine


def test_the_nine_and_no_more(nine):
    assert {program.code for program in nine} == {fixed_code(Program, key) for key in NINE}
    assert all(program.is_public() for program in nine)


def test_eight_without_number_four_without_date_eight_without_signatory(nine):
    unsigned = nine.exclude(document__in=Signature.objects.values("document"))
    assert nine.filter(document__number="").count() == 8
    assert nine.filter(document__dated_precision="unknown").count() == 4
    assert unsigned.count() == 8
    assert all(program.marks["signatures"] == {"missing": "unknown"} for program in unsigned)


def test_the_one_number_is_read(nine):
    symbol = read_symbol(nine.exclude(document__number="").get().document.number)
    assert isinstance(symbol, Symbol)
    assert (symbol.number, symbol.type_code, symbol.agencies) == (7, "CTrPH", ("BDVQU", "UBND"))


@pytest.mark.parametrize(("key", "life"), NINE.items())
def test_life_today(loaded, key, life):
    program = find(Program, key)
    assert program.life(DAY) == life
    assert Program.objects.in_life(life, DAY).filter(pk=program.pk).exists()


@pytest.mark.parametrize("key", ["S0-P1", "S0-P2"])
def test_hdnd_and_ubnd_are_one_side_and_the_year_is_marked_inferred(loaded, key):
    document = find(Program, key).document
    second = document.partners.filter(side=2)
    assert [one.organization.name for one in second] == ["HĐND quận Ba Đình", "UBND quận Ba Đình"]
    assert {one.printed for one in second} == {"HĐND - UBND quận Ba Đình"}
    assert document.partners.filter(side=1).count() == 1
    assert str(document.dated) == "5/11/2021"
    assert "năm suy ra" in document.marks["dated"]["inferred"]


def test_seven_stated_four_listed(loaded):
    program = find(Program, "S0-P2")
    assert (program.stated_item_count, program.items.count()) == (7, 4)


def test_lineage_without_invented_descent_of_items(nine):
    assert {(one.predecessor.code, one.code) for one in nine if one.predecessor} == {
        (fixed_code(Program, f"{key}-truoc"), fixed_code(Program, key))
        for key in ("S0-P1", "S0-P2", "S1-P1", "S3-P1")
    }
    assert not ContentItem.objects.filter(program__in=nine, origin__isnull=False).exists()
    assert find(Program, "S3-P1-truoc").document.type.key == "quy-che-phoi-hop"
    assert (
        not find(Program, "S0-P1-truoc")
        .document.partners.filter(organization__name__startswith="HĐND")
        .exists()
    )


def test_the_two_signatories_keep_the_capacity_of_that_day(loaded):
    signatures = find(Program, "S1-P1").document.signatures.all()
    assert [str(one) for one in signatures] == [
        "Nguyễn Lan Hương, Trưởng Ban Dân vận Thành ủy",
        "Nguyễn Đức Chung, Bí thư Ban cán sự Đảng UBND TP. Hà Nội",
    ]
    assert signatures[1].person.positions.count() == 4


def test_2019_has_exactly_four(nine):
    assert nine.filter(pk__in=Program.objects.in_force_during(2019)).count() == 4


def test_every_seed_rests_on_a_source_and_none_is_a_sample(nine):
    assert all(program.document.source_uses.count() == 1 for program in nine)
    bodies = Partner.objects.filter(document__in=nine.values("document")).values("organization")
    assert not Organization.objects.filter(pk__in=bodies, is_sample=True).exists()
    assert not Document.objects.filter(program__in=nine, is_sample=True).exists()


def test_the_form_reads_each_of_the_nine_back_as_it_stands(nine):
    for program in nine:
        form = ProgramForm(raw_data(program), user=person("quantri"), record=program)
        assert form.is_valid(), form.head.errors
        entry = form.entry()
        assert (entry.paper.dated, entry.period) == (program.document.dated, program.period)
        assert entry.paper.number == program.document.number
        assert [one.text for one in entry.items] == [one.text for one in program.items.all()]
        bodies = [
            (one.side, one.organization) for one in program.document.partners.select_related("organization")
        ]
        assert [(one.side, one.organization) for one in entry.paper.partners] == bodies


def test_cited_papers_keep_the_printed_words_and_meet_the_register(loaded):
    mention = Citation.objects.get(citing=find(Program, "S0-P2").document, cited__isnull=False)
    assert mention.cited.number == "76/NQ-CP"
    bases = find(Plan, "S4-K1").document.citations.all()
    assert [one.cited.number for one in bases] == ["114-KL/TW", "16/CT-TTg", "05-CT/TW"]
    assert "14/5/2015" in bases[0].printed


def test_four_plans_stand_beside(loaded):
    told = Plan.objects.filter(is_sample=False)
    assert told.approved().count() == told.count() == 4
    under = told.filter(program=find(Program, "S2-P1"))
    assert [(plan.items.count(), plan.marks["items"]) for plan in under] == [(0, {"missing": "unknown"})] * 3
    alone = find(Plan, "S4-K1")
    assert (alone.document.number, alone.items.count()) == ("34/KH-UBND", 7)
    assert [one.marks["text"]["note"] for one in alone.items.all()] == ["diễn đạt lại theo bài báo"] * 7


def test_the_five_reviews_say_what_the_pages_say_and_name_no_issuer(loaded):
    told = Review.objects.filter(is_sample=False).select_related("document")
    assert {one.code for one in told} == {fixed_code(Review, key) for key in REVIEWED}
    for one in told:
        document = one.document
        assert one.is_public() and one.kind == "closing" and one.items.exists()
        assert not (document.number or document.dated.known or document.issuer_printed or one.body)
        assert not (document.partners.exists() or document.signatures.exists())
    kept = {one.code: figures_told(one) for one in told}
    assert sorted(len(lines) for lines in kept.values()) == [0, 0, 0, 1, 16]
    city, province = (kept[fixed_code(Review, key)] for key in ("S1-T1", "S3-T1"))
    assert city[0]["amount"] == "22/22 sở, ngành" and not any(line["computed"] for line in city)
    assert [(line["amount"], line["time"]) for line in province] == [
        ("1.045 mô hình, điển hình", "tính đến tháng 12/2020")
    ]
    limits = ReviewText.objects.filter(review__in=told, part=ReviewText.Part.LIMITATION)
    assert [(one.review.code, "bài không nêu cụ thể" in one.text) for one in limits] == [
        (fixed_code(Review, "S3-T1"), True)
    ]


def test_the_four_targets_of_the_districts_plan_have_no_figures(loaded):
    plan = find(Plan, "S4-K1")
    lines = target_lines(list(plan.targets.all()), names_bodies=True, today=DAY)
    assert [(line.fraction, line.verdict) for line in lines] == [("chưa có số liệu", "")] * 4


def test_the_wards_sample_plan_goes_on_from_last_years_and_carries_out_the_citys(loaded):
    plan = find(Plan, "mau-ke-hoach-nam-nay")
    assert plan.is_sample and plan.is_public() and plan.items.count() == 5
    assert (plan.parent, plan.predecessor) == (
        find(Plan, "mau-ke-hoach-thanh-pho"), find(Plan, "mau-ke-hoach-nam-truoc")
    )  # fmt: skip
    assert [bool(one.origin) for one in plan.items.all()] == [True, False, True, False, False]
    assert all(one.content_item.program_id == plan.program_id for one in plan.items.all())


# --- bodies


def test_the_district_bodies_ended_with_their_level(loaded):
    ended = date(2025, 6, 30)
    bodies = Organization.objects.filter(level__key="huyen")
    assert bodies.count() == 8
    assert {body.ended_on for body in bodies} == {ended}
    ubnd = find(Organization, "ubnd-quan-ba-dinh")
    after = {link.successor.name for link in ubnd.later_links.all()}
    assert after == {"UBND phường Ba Đình", "UBND phường Ngọc Hà", "UBND phường Giảng Võ"}


def test_boards_that_ended_on_an_unknown_day_say_so(loaded):
    said = Organization.objects.exclude(ended_printed="")
    assert {body.ended for body in said} == {"nửa đầu năm 2025"}
    assert said.count() == 5 and not any(body.is_alive(DAY) for body in said)


def test_a_board_without_recorded_successor_is_seen_by_the_nearest_living_superior(loaded):
    board = find(Organization, "ban-dan-van-quan-uy-ba-dinh")
    above = find(Organization, "ban-tuyen-giao-va-dan-van-thanh-uy-ha-noi")
    assert Reach.objects.answering([board], DAY) == {board: Answering([], above)}
    assert Reach.objects.filter(reader=above, body=board, relation=Reach.Relation.OVERSEES).exists()


def test_the_merged_city_board_runs_what_the_old_one_signed(loaded):
    old = find(Organization, "ban-dan-van-thanh-uy-ha-noi")
    assert can(person("captren"), Doing.APPROVE, within=old)


def test_no_succession_claims_a_decision(loaded):
    assert not Organization.objects.filter(later_links__document__isnull=False).exists()


# --- samples


def state_of(program: Program) -> str:
    if program.withdrawn_at:
        return "withdrawn"
    if program.state != State.APPROVED:
        return program.state
    if program.published_from is None:
        return "internal"
    return "public" if program.is_public() else "public later"


def test_samples_stand_in_every_state(samples):
    states = Counter(state_of(program) for program in samples)
    assert set(states) == {
        "drafting",
        "returned",
        "waiting",
        "internal",
        "public",
        "public later",
        "withdrawn",
    }
    copy = WorkingCopy.objects.get(purpose="copy")
    assert (copy.state, copy.owner.username) == (State.WAITING, "canbo")
    amended = Amendment.objects.get()
    assert amended.is_public() and amended.program.is_sample


def test_samples_stand_in_every_life(samples):
    lives = {program.life(DAY) for program in samples if program.state == State.APPROVED}
    assert lives == {Life.IN_FORCE, Life.ENDING_SOON, Life.EXPIRED, Life.TERMINATED, Life.UNKNOWN_TERM}
    expired = [program for program in samples if program.life(DAY) == Life.EXPIRED]
    assert {program.has_successor for program in expired} == {True, False}


def test_samples_follow_and_continue(loaded):
    city = find(Program, "mau-thanh-pho")
    assert city.followers.count() == 2
    new = find(Program, "mau-dang-hieu-luc")
    assert [bool(item.origin) for item in new.items.all()] == [True, True, True, False]


def test_the_returned_sample_says_why(loaded):
    act = Act.objects.about(find(Program, "mau-tra-lai")).get(verb=Verb.RETURN)
    assert (act.person.username, bool(act.reason)) == ("lanhdao", True)


def test_every_sample_is_marked_and_said(samples):
    assert all(program.document.is_sample and "dữ liệu mẫu" in program.document.title for program in samples)
    signers = Signature.objects.filter(document__in=samples.values("document"))
    assert all(one.person.is_sample for one in signers)
    assert all(one.is_sample and one.document.is_sample for one in Amendment.objects.all())


def test_sample_rounds_are_marked_and_their_parts_stand_in_every_state(loaded):
    rounds = Round.objects.all()
    assert [one.is_sample and "dữ liệu mẫu" in one.title for one in rounds] == [True, True]
    states = Duty.objects.filter(round__in=rounds).with_state(DAY).values_list("state", flat=True)
    assert set(states) == set(DutyState.values)
    assert all(one.is_sample and one.document.is_sample for one in Submission.objects.all())


def test_samples_belong_to_living_bodies(samples):
    partners = Partner.objects.filter(document__in=samples.values("document"), organization__isnull=False)
    assert all(one.organization.is_alive(DAY) for one in partners.select_related("organization"))
    signed = [program for program in samples if program.document.dated_first]
    for program in signed:
        on = program.document.dated_first
        assert all(
            one.organization.is_alive(on) for one in program.document.partners.all() if one.organization
        )


def test_the_waiting_edit_can_be_approved_as_it_is(loaded):
    copy = WorkingCopy.objects.get(purpose="copy")
    program = Program.objects.get(code=copy.record_code)
    form = ProgramForm(as_query(copy.data), user=copy.owner, complete=True, record=program)
    assert form.is_valid()
    assert form.entry().texts["purposes"] != program.purposes
    assert copy.based_on == program.version


# --- people


def test_the_table_of_sign_ins_names_everybody(loaded):
    assert PASSWORD in loaded
    assert all(account.username in loaded for account in ACCOUNTS)
    assert len({len(line) for line in loaded.splitlines() if line.startswith("─")}) == 1


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_everybody_can_sign_in_and_sits_in_a_living_body(loaded, account):
    user = User.objects.get(username=account.username)
    assert user.check_password(PASSWORD)
    assert all(held.organization.is_alive(DAY) for held in user.memberships.all())
    assert user.is_superuser == account.is_administrator


def test_clerk_writes_and_leader_approves_in_the_same_body(loaded):
    body = find(Organization, "ban-xay-dung-dang-phuong-ba-dinh")
    assert can(person("canbo"), Doing.WRITE, within=body)
    assert not can(person("canbo"), Doing.APPROVE, within=body)
    assert can(person("lanhdao"), Doing.APPROVE, within=body)
    assert not can(person("langgieng"), Doing.WRITE, within=body)


def test_the_superior_sees_approved_records_below_and_no_drafts(loaded):
    seen = Program.objects.visible_to(person("captren"))
    assert seen.filter(code=fixed_code(Program, "mau-noi-bo")).exists()
    assert not seen.filter(code=fixed_code(Program, "mau-dang-soan")).exists()


def test_the_unit_sees_what_its_body_signed(loaded):
    seen = Program.objects.visible_to(person("donvi")).filter(is_sample=True)
    assert not seen.exclude(state=State.APPROVED).exists()
    assert seen.filter(code=fixed_code(Program, "mau-dang-hieu-luc")).exists()

"""The clean-up pages of programmes: what they show and cost, and what a correction leaves behind."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import Act, Partner, Verb
from programs.models import Life, Plan, Program
from tests.cast import make_program, unknown_date
from tests.clean_up import correct, pages_of


def test_a_programme_is_found_without_accents(cast, quy):
    program = make_program(cast, "approved")
    for typed in ("ban dan van ba dinh", "phoi hop dan van", "BA ĐÌNH"):
        page = quy.get(reverse("admin:programs_program_changelist"), {"q": typed})
        assert list(page.context["cl"].result_list) == [program]


@pytest.mark.parametrize("life", Life.values)
def test_programmes_are_listed_by_life(life, cast, quy):
    program = make_program(cast, "approved")
    page = quy.get(reverse("admin:programs_program_changelist"), {"hieu_luc": life})
    assert (program in page.context["cl"].result_list) == (life == program.life(timezone.localdate()))


@pytest.mark.parametrize(
    ("state", "public"), [("published", "co"), ("withdrawn", "go"), ("approved", "chua")]
)
def test_programmes_are_listed_by_publication(state, public, cast, quy):
    program = make_program(cast, state)
    for value in ("co", "go", "chua"):
        page = quy.get(reverse("admin:programs_program_changelist"), {"cong_khai": value})
        assert (program in page.context["cl"].result_list) == (value == public)


def test_a_correction_of_an_approved_programme_stands_at_once(cast, quy):
    program = make_program(cast, "approved")
    version = program.version
    assert correct(quy, program, theme="Năm dân vận", reason="theo bản giấy").status_code == 302
    program.refresh_from_db()
    assert (program.theme, program.state, program.version) == ("Năm dân vận", "approved", version + 1)
    act = Act.objects.about(program).first()
    assert (act.verb, act.reason, act.version) == (Verb.CORRECT, "theo bản giấy", version + 1)
    assert program.history.first().act == act


def test_the_period_is_one_field_and_moves_the_life(cast, quy):
    program = make_program(cast, "approved")
    correct(quy, program, period="giai đoạn 2011 - 2016", reason="in sai")
    program.refresh_from_db()
    assert str(program.period) == "2011–2016"
    assert program.period_text == "giai đoạn 2011 - 2016"
    assert (program.in_force_from.year, program.in_force_until.year) == (2022, 2022)


def test_the_name_of_a_body_reaches_its_programmes(cast, quy):
    program = make_program(cast, "approved")
    correct(quy, cast.partner, name="Ủy ban nhân dân phường Ba Đình", reason="đổi cách gọi")
    program.refresh_from_db()
    assert "Ủy ban nhân dân phường Ba Đình" in program.parties_label
    assert {"uy", "nhan"} <= set(program.search_text.split())


def test_the_end_of_both_bodies_reaches_their_programmes(cast, quy):
    program = make_program(cast, "approved")
    for body in (cast.ours, cast.partner):
        assert correct(quy, body, ended_on="30/6/2025", reason="sắp xếp lại").status_code == 302
    program.refresh_from_db()
    assert str(program.parties_ended_on) == "2025-06-30"


def test_a_party_corrected_on_the_paper_is_told_by_the_programme(cast, quy):
    program = make_program(cast, "approved")
    version = program.version
    change = {"partners-1-organization": cast.neighbour.pk}
    assert correct(quy, program.document, reason="nhầm phường", **change).status_code == 302
    program.refresh_from_db()
    assert "Ngọc Hà" in program.parties_label
    assert program.version == version + 1
    act = Act.objects.about(program).first()
    assert (act.verb, act.reason) == (Verb.CORRECT, "nhầm phường")
    partner = Partner.objects.get(organization=cast.neighbour)
    assert partner.history.first().act == act


def test_a_party_corrected_or_removed_by_itself_reaches_the_programme(cast, quy):
    program = make_program(cast, "approved")
    partner = program.document.partners.get(organization=cast.partner)
    correct(quy, partner, printed="các đoàn thể", organization="", reason="như in")
    program.refresh_from_db()
    assert "các đoàn thể" in program.parties_label
    quy.post(pages_of(partner)["delete"], {"post": "yes", "reason": "ghi trùng"})
    program.refresh_from_db()
    assert "các đoàn thể" not in program.parties_label
    assert Act.objects.about(program).first().reason == "xóa bên phối hợp: ghi trùng"


def test_a_commitment_corrected_by_itself_is_told_by_the_programme(cast, quy):
    program = make_program(cast, "approved")
    item = program.items.first()
    correct(quy, item, text="Đối thoại với Nhân dân", reason="gõ thiếu")
    version = program.version
    program.refresh_from_db()
    assert program.version == version + 1
    assert Act.objects.about(program).first().reason == "gõ thiếu"


def test_a_link_to_the_earlier_term_reaches_the_earlier_term(cast, quy):
    earlier = make_program(cast, "approved", period="2017-2021", dated=unknown_date())
    later = make_program(cast, "approved", period="2022-2026")
    correct(quy, later, predecessor=earlier.pk, reason="nối giai đoạn")
    earlier.refresh_from_db()
    assert earlier.has_successor
    errors = correct(quy, later, predecessor=later.pk, reason="thử").context["adminform"].form.errors
    assert list(errors) == ["predecessor"]


def test_only_what_was_never_approved_is_deleted(cast, quy):
    approved, draft = make_program(cast, "approved"), make_program(cast)
    assert quy.post(pages_of(approved)["delete"], {"post": "yes", "reason": "thừa"}).status_code == 403
    assert quy.post(pages_of(draft)["delete"], {"post": "yes", "reason": "nhập thử"}).status_code == 302
    assert list(Program.objects.all()) == [approved]


def test_a_plan_is_corrected_with_its_period(cast, rows, quy):
    plan = rows.of(Plan)
    assert correct(quy, plan, period="năm 2023", content="a", reason="x").status_code == 302
    plan.refresh_from_db()
    assert str(plan.period) == "2023"

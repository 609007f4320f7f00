"""The clean-up pages of the ground: what they show, cost and refuse, and what a change leaves behind."""

import gettext
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.admin.kept import NO_REASON
from portal.models import (
    Act,
    AdministrativeUnit,
    AskedBody,
    Circle,
    CircleReader,
    Consultation,
    Document,
    DocumentType,
    Level,
    Membership,
    Merger,
    Opinion,
    Organization,
    OrganizationName,
    Partner,
    Person,
    Reach,
    SearchText,
    Subordination,
    Succession,
    Tag,
    User,
    Verb,
    YearEdition,
    YearRequest,
)
from portal.text import fold
from tests.cast import PASSWORD
from tests.clean_up import assert_fit, correct, pages_of, posted


def test_every_model_of_the_house_has_its_page():
    ours = [
        model for app in ("portal", "programs", "meetings") for model in apps.get_app_config(app).get_models()
    ]
    kept_out = {
        Reach,
        Circle,
        CircleReader,
        Merger,
        SearchText,
    }  # written by actions alone, told by the journal
    # what bodies told each other is read on its own page and never changed
    kept_out |= {Consultation, AskedBody, Opinion}
    wanted = {model for model in ours if not model._meta.model_name.startswith("historical")} - kept_out
    assert wanted - set(admin.site._registry) == set()


def test_nothing_but_the_house_is_registered():
    apps_shown = {model._meta.app_label for model in admin.site._registry}
    assert apps_shown <= {"portal", "programs", "meetings", "models_registry"}


# --- who may enter


def test_a_visitor_signs_in_on_our_page(db, client):
    for address in ("/admin/", "/admin/login/", "/admin/portal/organization/"):
        answer = client.get(address, follow=True)
        target = "/admin/" if address.endswith("login/") else address
        landed = urlsplit(answer.redirect_chain[-1][0])
        assert (landed.path, parse_qs(landed.query)) == ("/dang-nhap/", {"next": [target]})


@pytest.mark.parametrize("who", ["lan", "hung", "mai", "thu", "kien"])
def test_it_is_closed_to_all_but_administrators(who, cast):
    for address in (
        "/admin/",
        "/admin/login/",
        "/admin/portal/user/",
        "/admin/autocomplete/?app_label=portal",
    ):
        assert cast.client(who).get(address).status_code == 403


def test_the_index_groups_the_registers(quy):
    page = quy.get("/admin/")
    assert [group["name"] for group in page.context["app_list"]] == [
        "Tài khoản", "Cơ quan", "Người", "Văn bản", "Chương trình, kế hoạch", "Hội nghị", "Danh mục", "Nhật ký",
    ]  # fmt: skip
    shown = [
        entry["model"]
        for group in page.context["app_list"]
        for entry in [*group["models"], *group["details"]]
    ]
    assert sorted(shown, key=str) == sorted(admin.site._registry, key=str)
    assert_fit(page.content.decode())
    assert_fit(quy.get("/admin/portal/").content.decode())


@pytest.mark.parametrize("demo", [True, False])
def test_the_demonstration_says_so_here_too(demo, quy, settings):
    settings.DEMO = demo
    assert ("BẢN TRÌNH DIỄN" in quy.get("/admin/").content.decode()) is demo


# --- finding


@pytest.mark.parametrize("typed", ["ba dinh", "BA ĐÌNH ubnd", "Đình", "ủy ban nhân dân ba đình"])
def test_a_body_is_found_without_accents(typed, quy):
    body = Organization.objects.create(name="UBND quận Ba Đình", abbreviation="", slug="x")
    OrganizationName.objects.create(organization=body, name="Ủy ban nhân dân quận Ba Đình")
    page = quy.get(reverse("admin:portal_organization_changelist"), {"q": typed})
    assert "UBND quận Ba Đình" in page.content.decode()
    assert body in page.context["cl"].result_list


def test_pickers_ask_the_server(rows, quy):
    body = rows.of(Organization)
    body.ended_on = "2025-06-30"
    body.save()
    asked = {
        "app_label": "portal",
        "model_name": "partner",
        "field_name": "organization",
        "term": "hoi nong dan",
    }
    found = quy.get("/admin/autocomplete/", asked).json()["results"]
    assert [one["text"] for one in found] == [f"{body.name} (đến 30/6/2025)"]


def test_no_select_lists_the_bodies(rows, quy):
    for _ in range(60):
        rows.of(Organization)
    partner = rows.of(Partner)
    for name in ("list", "add", "change"):
        assert_fit(quy.get(pages_of(partner)[name]).content.decode())
    assert_fit(quy.get(pages_of(partner.document)["change"]).content.decode())


def test_an_act_is_found_by_the_words_of_its_record(cast, quy):
    person = Person.objects.create(name="Đặng Thị Hoàng Anh")
    correct(quy, person, sort_name="Anh", reason="tách tên")
    page = quy.get(reverse("admin:portal_act_changelist"), {"q": "dang hoang"})
    assert [act.record_name for act in page.context["cl"].result_list] == ["Đặng Thị Hoàng Anh"]


def test_a_picker_works_under_the_strict_policy(cast, live_server, page):
    said = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/admin/portal/subordination/add/")
    page.fill("[name=username]", "quy")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    for field, typed, meant in (
        ("organization", "ubnd ba dinh", cast.partner),
        ("superior", "thanh uy", cast.superior),
    ):
        page.locator(f".field-{field} .select2-selection").click()
        page.keyboard.type(typed)
        page.locator(".select2-results__option", has_text=meant.name).click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**/subordination/")
    assert Subordination.objects.filter(organization=cast.partner, superior=cast.superior).exists()
    assert said == []


# --- one act with its reason


def test_a_change_is_one_act_with_its_reason(cast, quy):
    before = cast.partner.history.count()
    answer = correct(quy, cast.partner, name="UBND  phường Ba Ðình (mới)", reason="in sai trên giấy")
    assert answer.status_code == 302
    act = Act.objects.get()
    assert (act.verb, act.reason, act.person, act.record_code) == (
        Verb.CORRECT, "in sai trên giấy", cast.quy, cast.partner.code,
    )  # fmt: skip
    assert cast.partner.history.count() == before + 1
    assert cast.partner.history.first().act == act
    cast.partner.refresh_from_db()
    assert cast.partner.name == "UBND phường Ba Đình (mới)"
    assert cast.partner.folded == fold(cast.partner.name)
    history = quy.get(pages_of(cast.partner)["history"]).content.decode()
    assert (
        "in sai trên giấy" in history and "Ngô Văn Quý" in history and "UBND phường Ba Đình (mới)" in history
    )


def test_a_change_without_a_reason_is_not_stored(cast, quy):
    page = correct(quy, cast.partner, name="Tên khác")
    assert page.context["adminform"].form.errors == {"reason": [NO_REASON]}
    assert NO_REASON in page.content.decode()
    assert_fit(page.content.decode())
    cast.partner.refresh_from_db()
    assert cast.partner.name == "UBND phường Ba Đình"
    assert not Act.objects.exists()


def test_a_part_asks_for_the_reason_and_goes_into_the_same_act(rows, quy):
    name = rows.of(OrganizationName)
    change = {"other_names-0-name": "Hội Nông dân phường"}
    assert correct(quy, name.organization, **change).context["adminform"].form.errors == {
        "reason": [NO_REASON]
    }
    assert correct(quy, name.organization, reason="tên cũ", **change).status_code == 302
    act = Act.objects.get()
    assert act.record_code == name.organization.code
    assert name.history.first().act == act
    assert name.organization.history.count() == 1


def test_saving_what_did_not_change_leaves_no_trace(cast, quy):
    before = cast.partner.history.count()
    assert correct(quy, cast.partner).status_code == 302
    assert not Act.objects.exists()
    assert cast.partner.history.count() == before


def test_a_new_row_is_one_act(quy):
    answer = quy.post(
        reverse("admin:portal_tag_add"), {"key": "dan-chu", "name": "dân chủ ở cơ sở", "position": 1}
    )
    assert answer.status_code == 302
    tag, act = Tag.objects.get(), Act.objects.get()
    assert (act.verb, act.record_kind, act.record_code) == (Verb.CREATE, "portal.tag", str(tag.pk))
    assert tag.history.get().act == act


def test_a_part_added_by_itself_is_told_by_its_record(cast, quy):
    address = reverse("admin:portal_organizationname_add")
    quy.post(address, {"organization": cast.partner.pk, "name": "Ủy ban phường"})
    act = Act.objects.get()
    assert (act.verb, act.record_code, act.reason) == (Verb.CORRECT, cast.partner.code, "thêm tên khác")


def test_a_deletion_is_an_act_with_its_reason(rows, quy):
    name = rows.of(OrganizationName)
    address = pages_of(name)["delete"]
    refused = quy.post(address, {"post": "yes"})
    assert "Ghi lý do xóa." in refused.content.decode()
    assert OrganizationName.objects.exists() and not Act.objects.exists()
    assert quy.post(address, {"post": "yes", "reason": "ghi trùng"}).status_code == 302
    act = Act.objects.get()
    assert act.reason == "xóa tên khác: ghi trùng"
    assert OrganizationName.history.get(history_type="-").act == act
    assert not OrganizationName.objects.exists()


def test_what_is_in_use_is_not_deleted(rows, quy):
    partner = rows.of(Partner)
    page = quy.get(pages_of(partner.document.type)["delete"]).content.decode()
    assert "đang được dùng ở" in page and "Về công tác dân vận" in page
    quy.post(pages_of(partner.document.type)["delete"], {"post": "yes", "reason": "thừa"})
    assert DocumentType.objects.filter(pk=partner.document.type.pk).exists()


def test_the_page_of_a_deletion_names_a_few_of_many(rows, quy):
    level = rows.of(Level)
    for _ in range(12):
        Organization.objects.filter(pk=rows.of(Organization).pk).update(level=level)
    with CaptureQueriesContext(connection) as asked:
        page = quy.get(pages_of(level)["delete"]).content.decode()
    assert "Cơ quan, tổ chức: 12" in page and "và 7 chỗ khác" in page
    assert page.count("Hội Nông dân") == 5
    assert len(asked) < 20


@pytest.mark.parametrize("model", [User, Organization, Membership])
def test_accounts_bodies_and_roles_are_never_deleted(model, rows, quy):
    row = rows.of(model)
    assert quy.post(pages_of(row)["delete"], {"post": "yes", "reason": "thừa"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_history_is_read_and_never_written(rows, quy):
    tag = rows.of(Tag)
    tag.name = "khác"
    tag.save()
    address = reverse("admin:portal_tag_simple_history", args=[tag.pk, tag.history.last().pk])
    page = quy.get(address)
    assert_fit(page.content.decode())
    assert "cải cách hành chính" in page.content.decode()
    assert quy.post(address, {"name": "trả lại"}).status_code == 405
    tag.refresh_from_db()
    assert tag.name == "khác"


# --- what is typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5/11/21", "5/11/2021"),
        ("tháng 12/2020", "tháng 12/2020"),
        ("2021", "năm 2021"),
        ("", "chưa rõ ngày"),
    ],
)
def test_a_date_is_one_field(typed, said, rows, quy):
    paper = rows.of(Document)
    assert correct(quy, paper, dated=typed, reason="theo bản giấy").status_code == 302
    paper.refresh_from_db()
    assert str(paper.dated) == said


def test_a_date_that_cannot_be_read_is_said_at_its_field(rows, quy):
    paper = rows.of(Document)
    errors = correct(quy, paper, dated="32/13/2020", reason="thử").context["adminform"].form.errors
    assert list(errors) == ["dated"]


def test_a_stored_date_with_words_nobody_can_read_back_stays(rows, quy):
    paper = rows.of(Document)
    paper.dated_text = "cuối xuân năm ấy"
    paper.save()
    assert correct(quy, paper, title="Tên khác", reason="thử").status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.dated_text, paper.dated_precision) == ("Tên khác", "cuối xuân năm ấy", "month")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("4/5/2025", "2025-05-04"), ("ngày 30 tháng 6 năm 2025", "2025-06-30"), ("", "None")],
)
def test_a_day_is_typed_day_first(typed, stored, cast, quy):
    assert correct(quy, cast.partner, ended_on=typed, note="x", reason="nghị quyết").status_code == 302
    cast.partner.refresh_from_db()
    assert str(cast.partner.ended_on) == stored


def test_a_month_is_no_day(cast, quy):
    errors = correct(quy, cast.partner, ended_on="6/2025", reason="x").context["adminform"].form.errors
    assert errors == {"ended_on": ["Ghi đủ ngày, tháng, năm. Ví dụ: 14/4/2022."]}


def test_text_is_cleaned(rows, quy):
    paper = rows.of(Document)
    correct(quy, paper, title="  Ðề án\u00a0 dân vận ", note="a\u200b\r\n\r\n\r\nb", reason="gõ lại")
    paper.refresh_from_db()
    assert (paper.title, paper.note) == ("Đề án dân vận", "a\n\nb")


# --- what follows


def test_a_number_is_read_anew(rows, quy):
    paper = rows.of(Document)
    old = paper.number_key
    correct(quy, paper, number="34/KH-UBND", reason="in sai")
    paper.refresh_from_db()
    assert paper.number_key and paper.number_key != old
    assert paper.number_value == 34
    assert "34 kh ubnd" in paper.folded


def test_who_reaches_whom_follows_the_links(cast, quy):
    old, new = cast.neighbour, cast.ours
    assert not Reach.objects.filter(reader=new, body=old).exists()
    day = timezone.localdate().replace(year=timezone.localdate().year - 1)
    correct(quy, old, ended_on=f"{day:%d/%m/%Y}", reason="sắp xếp lại")
    address = reverse("admin:portal_succession_add")
    quy.post(address, {"predecessor": old.pk, "successor": new.pk, "kind": "merged"})
    link = Succession.objects.get()
    assert Reach.objects.filter(reader=new, body=old, relation="runs").exists()
    quy.post(pages_of(link)["delete"], {"post": "yes", "reason": "nhầm"})
    assert not Reach.objects.filter(reader=new, body=old, relation="runs").exists()


def test_a_link_in_a_row_of_parts_is_followed_too(cast, quy):
    link = Subordination.objects.get(organization=cast.neighbour)
    assert Reach.objects.filter(reader=cast.superior, body=cast.neighbour).exists()
    correct(quy, cast.neighbour, **{"superior_links-0-DELETE": "on"}, reason="nhầm")
    assert not Subordination.objects.filter(pk=link.pk).exists()
    assert not Reach.objects.filter(reader=cast.superior, body=cast.neighbour).exists()


def test_a_new_body_gets_its_address_and_its_own_reach(cast, quy):
    page = quy.get(reverse("admin:portal_organization_add"))
    quy.post(reverse("admin:portal_organization_add"), posted(page, name="Ban Dân vận Đảng ủy phường Láng"))
    body = Organization.objects.get(slug="ban-dan-van-dang-uy-phuong-lang")
    assert body.kind == cast.ours.kind
    assert Reach.objects.filter(reader=body, body=body).exists()


def test_a_territory_takes_its_place(cast, quy):
    city, ward = cast.superior.territory, cast.ours.territory
    page = quy.get(reverse("admin:portal_administrativeunit_add"))
    quy.post(
        reverse("admin:portal_administrativeunit_add"),
        posted(page, name="khu A", level=ward.level_id, parent=ward.pk),
    )
    unit = AdministrativeUnit.objects.get(name="khu A")
    assert unit.path == f"{ward.path}{unit.code}/"
    correct(quy, unit, parent=city.pk, reason="nhầm")
    unit.refresh_from_db()
    assert unit.path == f"{city.path}{unit.code}/"
    errors = correct(quy, city, parent=unit.pk, reason="thử").context["adminform"].form.errors
    assert list(errors) == ["parent"]


# --- accounts


def test_an_account_is_made_with_a_password_and_a_role(cast, quy):
    page = quy.get(reverse("admin:portal_user_add"))
    role = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-0-organization": cast.ours.pk,
        "memberships-0-role": "clerk",
    }
    data = posted(
        page, username="hoa", full_name="Lý Thị Hoa", password1=PASSWORD, password2=PASSWORD, **role
    )
    assert quy.post(reverse("admin:portal_user_add"), data).status_code == 302
    user = User.objects.get(username_key="hoa")
    assert user.check_password(PASSWORD) and not user.is_staff
    assert user.memberships.get().organization == cast.ours
    assert Act.objects.get().record_code == user.code
    assert Membership.history.filter(user=user).get().act == Act.objects.get()


def test_a_name_taken_in_another_case_is_refused(cast, quy):
    page = quy.get(reverse("admin:portal_user_add"))
    data = posted(page, username="LAN", email="Hung", password1=PASSWORD, password2=PASSWORD)
    errors = quy.post(reverse("admin:portal_user_add"), data).context["adminform"].form.errors
    assert errors["username"] == ["Đã có tài khoản dùng tên đăng nhập này."]


def test_an_account_is_disabled_and_its_history_told(cast, quy):
    data = posted(quy.get(pages_of(cast.mai)["change"]), reason="chuyển công tác")
    data.pop("is_active")
    assert quy.post(pages_of(cast.mai)["change"], data).status_code == 302
    cast.mai.refresh_from_db()
    assert not cast.mai.is_active
    history = quy.get(pages_of(cast.mai)["history"]).content.decode()
    assert "chuyển công tác" in history
    assert_fit(history)


def test_nobody_locks_themselves_out(cast, quy):
    data = posted(quy.get(pages_of(cast.quy)["change"]), reason="thử")
    data.pop("is_superuser")
    errors = quy.post(pages_of(cast.quy)["change"], data).context["adminform"].form.errors
    assert list(errors) == ["is_superuser"]


def test_a_new_password_is_an_act_and_shows_nothing_of_the_old(cast, quy):
    assert "md5" not in quy.get(pages_of(cast.lan)["change"]).content.decode()
    address = reverse("admin:portal_user_password", args=[cast.lan.pk])
    assert_fit(quy.get(address).content.decode())
    wrong = quy.post(address, {"password1": "123", "password2": "124"})
    assert wrong.status_code == 200
    assert_fit(wrong.content.decode())
    assert (
        quy.post(address, {"password1": "Mua-thu-Ha-Noi-9", "password2": "Mua-thu-Ha-Noi-9"}).status_code
        == 302
    )
    cast.lan.refresh_from_db()
    assert cast.lan.check_password("Mua-thu-Ha-Noi-9")
    assert Act.objects.get().reason == "đặt mật khẩu mới"
    assert cast.client("hung").get(address).status_code == 403


# --- words


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_catalogue_is_the_written_one(domain):
    folder = Path(apps.get_app_config("portal").path) / "locale" / "vi" / "LC_MESSAGES"
    written = (folder / f"{domain}.po").read_text(encoding="utf-8")
    with (folder / f"{domain}.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    said = {text for key, text in catalogue._catalog.items() if key}
    wanted = re.findall(r'^msgstr(?:\[0\])? "(.+)"$', written, re.MULTILINE)
    assert said == set(wanted)


def test_what_is_ticked_and_done_is_said_in_the_words_of_the_house(rows, quy):
    page = quy.get(pages_of(rows.of(Organization))["list"]).text
    for said in ("Việc cần làm với những dòng đã chọn:", ">Thực hiện</button>", "Đã chọn 0/5 dòng"):
        assert said in page, said
    assert "Gộp hai bản nhập trùng" in page and "bản ghi" not in page.lower()
    assert r"\u0110\u00e3 ch\u1ecdn %(sel)s/%(cnt)s d\u00f2ng" in quy.get("/admin/jsi18n/").text


def test_a_record_refused_by_the_database_is_called_a_paper():
    said = [one.violation_error_message for model in apps.get_models() for one in model._meta.constraints]
    assert [words for words in said if "bản ghi" in words.lower()] == []


def test_what_people_read_never_says_you_or_system():
    folder = Path(apps.get_app_config("portal").path) / "locale" / "vi" / "LC_MESSAGES"
    written = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.po"))
    said = re.findall(r'^msgstr.*"(.+)"$', written, re.MULTILINE)
    assert [text for text in said if re.search(r"\bbạn\b|hệ thống|!", text, re.IGNORECASE)] == []


def test_a_year_asked_for_by_mistake_is_taken_away_with_a_reason_and_a_closed_one_stays(rows, quy):
    asked, closed = rows.of(YearRequest), rows.of(YearEdition)
    for row in (asked, closed):
        quy.post(pages_of(row)["delete"], {"post": "yes", "reason": "đề nghị nhầm năm"})
    assert (YearRequest.objects.exists(), YearEdition.objects.get()) == (False, closed)
    assert Act.objects.latest("pk").reason == "xóa đề nghị xác nhận số liệu năm: đề nghị nhầm năm"

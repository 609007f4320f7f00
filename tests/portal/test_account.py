"""Signing in: names as people write them, failures, expiry, and forms that outlive their session or token."""

import unicodedata
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.columns import uncased
from portal.models import User
from portal.urls import urlpatterns as portal_urlpatterns
from portal.views import account
from portal.whose import WHOSE, signed

PASSWORD = "Đường-dài-7"
HERE = {"Origin": "http://testserver"}


def record_form(request: HttpRequest, number: int) -> HttpResponse:
    """Stands for any form of the staff: tells what reached it."""
    if request.method == "GET":
        return HttpResponse("an empty form")
    told = {"fields": dict(request.POST.lists()), "query": request.GET.dict(), "number": number}
    return JsonResponse(told | {"who": request.user.username, "path": request.get_full_path()})


urlpatterns = [*portal_urlpatterns, path("lam-viec/thu/<int:number>/", record_form)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
FORM = "/lam-viec/thu/7/"


class _Form(HTMLParser):
    """Reads the fields of a page's last form as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields, self._name = "", [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.action, self.fields = given.get("action", ""), []
        elif tag == "textarea":
            self._name, self._text = given["name"], ""
        elif tag == "input" and given.get("name"):
            self.fields.append((given["name"], given.get("value") or ""))

    def handle_data(self, data):
        if self._name is not None:
            self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.fields.append((self._name, self._text.removeprefix("\n")))
            self._name = None

    def data(self, **typed: str) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for name, value in self.fields:
            data.setdefault(name, []).append(value)
        return data | {name: [value] for name, value in typed.items()}


def form_of(response: HttpResponse) -> _Form:
    """The form a page asks its reader to send."""
    return _Form(response.content.decode())


def has(response: HttpResponse, name: str) -> bool:
    return any(field.endswith(name) for field, _ in form_of(response).fields)


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user("Nguyễn.Đức", PASSWORD, email="Duc.Nguyen@Quan.example")


@pytest.fixture
def careful() -> Client:
    """A browser: the token is checked."""
    return Client(enforce_csrf_checks=True)


def sign_in(client: Client, username: str, password: str = PASSWORD, **more) -> HttpResponse:
    return client.post(reverse("portal:sign_in"), {"username": username, "password": password, **more})


# --- names


@pytest.mark.parametrize(
    "written",
    [
        "Nguyễn.Đức",
        "nguyễn.đức",
        "NGUYỄN.ĐỨC",
        "  Nguyễn.Đức ",
        unicodedata.normalize("NFD", "Nguyễn.Đức"),  # as a Mac writes it
        "Nguyễn.\u00d0ức",
        "Nguyễn.\u0189ức",
        "\uff2eguyễn.Đức",  # a full-width N
        "duc.nguyen@quan.example",
        "DUC.NGUYEN@QUAN.EXAMPLE",
        "\u200bduc.nguyen@quan.example",
    ],
)
def test_either_name_signs_in_however_it_is_written(client, person, written):
    answer = sign_in(client, written)
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("portal:desk")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("written", ["Nguyen.Duc", "Nguyễn.Dức", "nguyễn", "", " ", "'; --", "\0", "x" * 300])
def test_another_name_does_not(client, person, written):
    answer = sign_in(client, written)
    assert answer.status_code == 200 and "_auth_user_id" not in client.session


@pytest.mark.parametrize("password", ["đường-dài-7", PASSWORD + " ", " " + PASSWORD, "", "\0"])
def test_a_password_is_taken_as_it_is(client, person, password):
    answer = sign_in(client, "nguyễn.đức", password)
    assert answer.status_code == 200 and "_auth_user_id" not in client.session
    if password.strip("\0"):
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()
        assert password not in answer.content.decode()


def test_the_typed_name_stays_when_the_password_is_wrong(client, person):
    assert ("username", "nguyễn.đức") in form_of(sign_in(client, "nguyễn.đức", "wrong")).fields


def test_two_accounts_cannot_differ_by_case_or_writing(person):
    for written in ("NGUYỄN.đức", "Nguyễn.\u00d0ức", unicodedata.normalize("NFD", "Nguyễn.Đức")):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user(written, PASSWORD)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("other", PASSWORD, email="DUC.nguyen@quan.example")
    User.objects.create_user("without.mail.1", PASSWORD)
    User.objects.create_user("without.mail.2", PASSWORD)


def test_a_user_name_goes_before_another_ones_mail(client, person):
    namesake = User.objects.create_user("x@y.example", PASSWORD)
    User.objects.filter(pk=person.pk).update(email_key="x@y.example")
    sign_in(client, "X@Y.example")
    assert client.session["_auth_user_id"] == str(namesake.pk)


@given(st.text(max_size=60))
def test_comparing_twice_is_comparing_once(text):
    once = uncased(text)
    assert once is None or uncased(once) == once


def test_a_disabled_account_is_refused_in_the_same_words(client, person):
    wrong = sign_in(client, "nguyễn.đức", "wrong").content.decode()
    person.is_active = False
    person.save()
    refused = sign_in(client, "nguyễn.đức")
    assert "_auth_user_id" not in client.session
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng"
    assert sentence in wrong and sentence in refused.content.decode()


def test_disabling_ends_the_open_session(client, person):
    sign_in(client, "nguyễn.đức")
    assert client.get(FORM).status_code == 200
    person.is_active = False
    person.save()
    assert client.get(FORM).status_code == 302


# --- failures


def test_five_failures_in_a_row_lock_this_name_here(client, person):
    for _ in range(4):
        assert sign_in(client, "nguyễn.đức", "wrong").status_code == 200
    locked = sign_in(client, "nguyễn.đức", "wrong")
    assert locked.status_code == 429 and "Tạm khóa đăng nhập" in locked.content.decode()
    assert sign_in(client, "nguyễn.đức").status_code == 429, "the right password waits too"
    User.objects.create_user("hoa", PASSWORD)
    assert sign_in(client, "hoa").status_code == 302, "another person at the same machine does not"


@pytest.mark.parametrize(
    ("proxies", "inner", "elsewhere"), [(0, "", 429), (1, "", 302), (2, ", 10.0.0.7", 302)]
)
def test_a_stranger_behind_our_proxies_locks_nobody_out_elsewhere(
    person, settings, proxies, inner, elsewhere
):
    """The proxies add addresses at the right; what the visitor wrote before them counts for nothing."""
    settings.TRUSTED_PROXIES = proxies
    for forged in range(5):
        told = f"198.51.100.{forged}, 203.0.113.9{inner}"
        locked = sign_in(Client(headers={"x-forwarded-for": told}), "nguyễn.đức", "wrong")
    assert locked.status_code == 429
    office = Client(headers={"x-forwarded-for": f"203.0.113.9, 192.0.2.5{inner}"})
    assert sign_in(office, "nguyễn.đức").status_code == elsewhere


@pytest.mark.parametrize("told", [{}, {"x-forwarded-for": "không rõ"}, {"x-forwarded-for": ""}])
def test_a_proxy_that_tells_no_address_is_counted_itself(person, settings, told):
    settings.TRUSTED_PROXIES = 1
    sign_in(Client(headers=told), "nguyễn.đức", "wrong")
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


def test_the_count_does_not_depend_on_how_the_name_is_written(client, person):
    for written in ("nguyễn.đức", "NGUYỄN.ĐỨC", "Nguyễn.\u00d0ức", "duc.nguyen@quan.example"):
        assert sign_in(client, written, "wrong").status_code == 200
    assert sign_in(client, "DUC.NGUYEN@quan.example", "wrong").status_code == 429


def test_the_lock_opens_after_fifteen_minutes(client, person):
    now = timezone.now()
    for _ in range(5):
        sign_in(client, "nguyễn.đức", "wrong")
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert sign_in(client, "nguyễn.đức").status_code == 429
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        assert sign_in(client, "nguyễn.đức").status_code == 302


def test_a_right_password_clears_the_count(client, person):
    for password in ["wrong"] * 4 + [PASSWORD] + ["wrong"] * 4:
        answer = sign_in(client, "nguyễn.đức", password)
    assert answer.status_code == 200
    assert sign_in(client, "nguyễn.đức").status_code == 302


def test_what_is_carried_waits_on_the_locked_page(client, person):
    asked = client.post(FORM, {"title": "Chương trình 07", WHOSE: signed(person)})
    for _ in range(5):
        asked = client.post(
            reverse("portal:sign_in"), form_of(asked).data(username="nguyễn.đức", password="wrong")
        )
    assert asked.status_code == 429 and has(asked, "title")
    again = client.post(form_of(asked).action, form_of(asked).data())
    assert again.status_code == 200 and has(again, "title")
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        data = form_of(again).data(username="nguyễn.đức", password=PASSWORD)
        done = client.post(reverse("portal:sign_in"), data)
    assert done.json()["fields"] == {"title": ["Chương trình 07"]}


def test_the_log_of_failures_keeps_nothing_of_the_form(client, person):

    asked = client.post(FORM, {"title": "chưa công bố"})
    client.post(reverse("portal:sign_in"), form_of(asked).data(username="nguyễn.đức", password="secret-word"))
    attempt = AccessAttempt.objects.get()
    assert "chưa công bố" not in attempt.post_data and "secret-word" not in attempt.post_data


# --- sessions


def test_a_session_lasts_one_working_day(client, person, settings):
    assert settings.SESSION_COOKIE_AGE == 8 * 3600 and settings.SESSION_COOKIE_HTTPONLY
    now = timezone.now()
    sign_in(client, "nguyễn.đức")
    assert client.cookies["sessionid"]["max-age"] == 8 * 3600
    with time_machine.travel(now + timedelta(hours=7, minutes=59), tick=False):
        assert client.get(FORM).status_code == 200
    with time_machine.travel(now + timedelta(hours=8, minutes=1), tick=False):
        closed = client.get(FORM)
        assert closed.status_code == 302
        assert closed.headers["Location"] == f"{reverse('portal:sign_in')}?next={FORM}"


def test_signing_out_works_with_and_without_a_session(client, person):
    sign_in(client, "nguyễn.đức")
    for _ in range(2):
        assert client.post(reverse("portal:sign_out")).headers["Location"] == reverse("portal:home")
        assert "_auth_user_id" not in client.session
    assert client.get(reverse("portal:sign_out")).status_code == 405


def test_signing_in_changes_the_session_key(client, person):
    client.get(reverse("portal:sign_in"))
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in(client, "nguyễn.đức")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/lam-viec/thu/7/?a=1", "/lam-viec/thu/7/?a=1"),
        ("http://testserver/lam-viec/thu/7/", "http://testserver/lam-viec/thu/7/"),
        ("https://elsewhere.example/", None),
        ("//elsewhere.example/", None),
        ("///elsewhere.example/", None),
        ("/\\elsewhere.example/", None),
        ("http:elsewhere.example", None),
        ("javascript:alert(1)", None),
        ("http://testserver@elsewhere.example/", None),
        ("", None),
    ],
)
def test_signing_in_never_leads_elsewhere(client, person, asked, reached):
    answer = sign_in(client, "nguyễn.đức", next=asked)
    assert answer.headers["Location"] == (reached or reverse("portal:desk"))


# --- a form whose session ended

TYPED = {
    "title": ["Phối hợp <b>công tác</b> & “dân vận” </textarea><script>"],
    "items": ["\n1. Một\r\n2. Hai\n\n", "", "Ba"],
    "sides-0-name": ["UBND quận", "HĐND quận"],
    "next": ["/somewhere/"],
    "username": ["typed-in-the-form"],
    "giu-x": ["already so called"],
    'odd"name': ["'"],
    "save": ["submit"],
}


@pytest.mark.parametrize("ended", ["never", "deleted", "expired"])
def test_a_form_posted_without_a_session_completes_after_the_password(client, person, ended):
    if ended != "never":
        sign_in(client, "nguyễn.đức")
        if ended == "deleted":
            Session.objects.all().delete()
        else:
            Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    typed = TYPED | {"csrfmiddlewaretoken": ["t"], WHOSE: [signed(person)]}
    asked = client.post(FORM + "?buoc=2&buoc=3", typed)
    assert asked.status_code == 401
    assert "Nội dung vừa nhập vẫn còn" in asked.content.decode()
    assert "no-store" in asked.headers["Cache-Control"]

    form = form_of(asked)
    assert form.action == reverse("portal:sign_in")
    wrong = client.post(form.action, form.data(username="nguyễn.đức", password="wrong"))
    assert wrong.status_code == 200 and "không đúng" in wrong.content.decode()

    form = form_of(wrong)
    done = client.post(form.action, form.data(username="nguyễn.đức", password=PASSWORD))
    assert done.status_code == 200
    told = done.json()
    assert told["fields"] == TYPED
    assert told["query"] == {"buoc": "3"} and told["path"] == FORM + "?buoc=2&buoc=3"
    assert told["number"] == 7 and told["who"] == person.username
    assert client.get(FORM).status_code == 200, "and the person stays signed in"


def test_a_button_without_fields_completes_too(client, person):
    asked = client.post(FORM, {"csrfmiddlewaretoken": "t", WHOSE: signed(person)})
    done = client.post(
        reverse("portal:sign_in"), form_of(asked).data(username="nguyễn.đức", password=PASSWORD)
    )
    assert done.json()["fields"] == {}


def test_a_password_is_never_carried(client, person):
    typed = {"old_password": "cũ-1", "new_password1": "mới-1", "Password": "hoa-1", "title": "giữ"}
    page = client.post(FORM, typed).content.decode()
    assert "cũ-1" not in page and "mới-1" not in page and "hoa-1" not in page and "giữ" in page


def test_a_script_is_told_instead_of_getting_a_page(client):
    for header in ({"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}):
        answer = client.post(FORM, {"title": "x"}, headers=header)
        assert answer.status_code == 401 and "<" not in answer.content.decode()


def test_a_carried_form_for_a_page_that_is_gone_leads_there(client, person):
    data = {"username": "nguyễn.đức", "password": PASSWORD, "giu-title": "x", "next": "/khong-co/"}
    data["giu-" + WHOSE] = signed(person)
    answer = client.post(reverse("portal:sign_in"), data)
    assert answer.status_code == 302 and answer.headers["Location"] == "/khong-co/"


def test_a_carried_form_cannot_be_sent_elsewhere(client, person):
    data = {"username": "nguyễn.đức", "password": PASSWORD, "giu-title": "x"}
    answer = client.post(
        reverse("portal:sign_in"), data | {"next": "https://elsewhere.example/lam-viec/thu/7/"}
    )
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("portal:desk")


@given(
    st.dictionaries(st.text(min_size=1, max_size=20), st.lists(st.text(max_size=40), min_size=1, max_size=3))
)
def test_carrying_changes_no_name_and_no_value(typed):
    form = QueryDict(mutable=True)
    for name, values in typed.items():
        form.setlist(name, values)
    kept = {name: values for name, values in typed.items() if "password" not in name.lower()}
    kept.pop("csrfmiddlewaretoken", None)
    assert dict(account.uncarry(account.carry(form)).lists()) == kept


# --- a form whose token was lost


def test_a_form_without_its_token_comes_back_whole_and_goes_through(careful, person):
    careful.force_login(person)
    lost = careful.post(FORM + "?a=1", TYPED | {"old_password": ["cũ-1"]}, headers=HERE)
    assert lost.status_code == 403 and "Gửi lại" in lost.content.decode()
    assert "cũ-1" not in lost.content.decode() and "no-store" in lost.headers["Cache-Control"]
    form = form_of(lost)
    assert form.action == FORM + "?a=1"
    done = careful.post(form.action, form.data(), headers=HERE)
    fields = done.json()["fields"]
    fields.pop("csrfmiddlewaretoken")
    assert fields == TYPED


def test_token_and_session_lost_together(careful, person):
    lost = careful.post(FORM, {"title": "giữ", WHOSE: signed(person)}, headers=HERE)
    asked = careful.post(form_of(lost).action, form_of(lost).data(), headers=HERE)
    assert asked.status_code == 401
    data = form_of(asked).data(username="nguyễn.đức", password=PASSWORD)
    done = careful.post(form_of(asked).action, data, headers=HERE)
    assert done.json()["fields"] == {"title": ["giữ"]}


def test_the_sign_in_page_without_its_token_keeps_all_but_the_password(careful, person):
    data = {"username": "nguyễn.đức", "password": PASSWORD, "giu-title": "giữ", "next": FORM}
    data["giu-" + WHOSE] = signed(person)
    lost = careful.post(reverse("portal:sign_in"), data, headers=HERE)
    assert lost.status_code == 403 and PASSWORD not in lost.content.decode()
    form = form_of(lost)
    assert ("username", "nguyễn.đức") in form.fields
    done = careful.post(form.action, form.data(password=PASSWORD), headers=HERE)
    assert done.json()["fields"] == {"title": ["giữ"]}


@pytest.mark.parametrize(
    "sender",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Referer": "http://elsewhere.example/http://testserver/"},
        {"Origin": "https://elsewhere.example", "Referer": "http://testserver/"},
        {"Origin": "/lam-viec/"},
    ],
)
@pytest.mark.parametrize("address", [FORM, "/dang-nhap/"])
def test_another_sites_form_is_not_handed_a_token(careful, person, sender, address):
    careful.force_login(person)
    typed = {"verb": "planted", "giu-verb": "planted", "next": FORM}
    answer = careful.post(address, typed, headers=sender)
    page = answer.content.decode()
    assert answer.status_code == 403 and "planted" not in page and "csrfmiddlewaretoken" not in page
    assert "không được gửi từ trang này" in page


def test_a_form_with_a_referer_alone_is_of_this_site(careful, person):
    careful.force_login(person)
    lost = careful.post(FORM, {"title": "giữ"}, headers={"Referer": "http://testserver/lam-viec/"})
    assert has(lost, "title")


def test_a_script_without_its_token_is_told(careful, person):
    careful.force_login(person)
    answer = careful.post(FORM, {"title": "x"}, headers=HERE | {"HX-Request": "true"})
    assert answer.status_code == 403 and answer.content.decode() == account.STALE

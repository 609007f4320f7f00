"""A real installation: its settings are checked, its errors name the variable, its server keeps its promises.

Each check runs in a process of its own, because settings are read once, when a process starts.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from portal.models import User
from tests.migrated import copy_of_migrated

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-secret-only-for-this-test-" + "z9" * 20
PASSWORD = "Mật-khẩu-đầu-tiên-7"
WHERE_TO_LOOK = "Cài đặt thật"


def _env(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    real = {
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "portal.example,.office.example",
        "DATABASE_URL": f"sqlite:///{folder / 'real.sqlite3'}",
        "PORTAL_FILES": str(folder / "files"),
        "PYTHONUTF8": "1",
    }
    return kept | real | more


def _python(
    *arguments: str, env: dict[str, str], cwd: Path = ROOT, seconds: int = 120
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=seconds
    )


def _settings_error(env: dict[str, str]) -> str:
    done = _python("-c", "import portal.settings", env=env)
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def test_deployment_check_is_clean(tmp_path):
    done = _python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=_env(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_missing_variable_is_named(tmp_path, name):
    env = _env(tmp_path)
    del env[name]
    assert name in _settings_error(env) and WHERE_TO_LOOK in _settings_error(env)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "mysql://a@b/c"),
        ("DATABASE_URL", "nonsense"),
        ("SECURE_SSL", "ture"),
        ("DEBUG", "maybe"),
        ("UPLOAD_LIMIT_MB", "fifty"),
        ("TRUSTED_PROXIES", "-1"),
        ("EMAIL_URL", "pigeon://x"),
    ],
)
def test_a_wrong_variable_is_named_and_stops_the_start(tmp_path, name, value):
    message = _settings_error(_env(tmp_path, **{name: value}))
    assert message.startswith("django.core.exceptions.ImproperlyConfigured")
    assert name in message and WHERE_TO_LOOK in message


@pytest.mark.parametrize(
    "name", ["EMAIL_URL", "PORTAL_FILES", "UPLOAD_LIMIT_MB", "TRUSTED_PROXIES", "SECURE_SSL", "DEBUG"]
)
def test_an_empty_variable_was_left_out(tmp_path, name):
    env = _env(tmp_path)
    read = [
        _python(
            "-c",
            "import portal.settings as s; print(s.EMAIL_BACKEND, s.DEBUG, s.TRUSTED_PROXIES, s.MEDIA_ROOT)",
            env=each,
        )
        for each in (env | {name: ""}, {key: value for key, value in env.items() if key != name})
    ]
    assert read[0].stdout == read[1].stdout != ""


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "PORTAL_FILES"])
def test_the_demonstration_refuses_production_settings(tmp_path, name):
    env = {key: value for key, value in _env(tmp_path).items() if key in (name, "PATH", "HOME", "PYTHONUTF8")}
    message = _settings_error(env | {"PORTAL_DEMO": "1"})
    assert name in message and "PORTAL_DEMO" in message


def test_the_demonstration_keeps_to_itself(tmp_path):
    """Own database, files and secret, loopback only; run on a copy, so that nobody's demonstration is touched."""
    (tmp_path / "portal").mkdir()
    for name in ("__init__.py", "settings.py"):
        shutil.copy(ROOT / "portal" / name, tmp_path / "portal" / name)
    show = "import portal.settings as s; print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT, *s.ALLOWED_HOSTS, s.DEBUG)"
    env = {"PATH": os.environ["PATH"], "PORTAL_DEMO": "1", "PYTHONUTF8": "1"}
    first = _python("-c", f"{show}; print(s.SECRET_KEY)", env=env, cwd=tmp_path)
    empty = dict.fromkeys(("DATABASE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "PORTAL_FILES"), "")
    again = _python("-c", f"{show}; print(s.SECRET_KEY)", env=env | empty, cwd=tmp_path)
    own = tmp_path / "var" / "demo"
    assert (
        first.stdout.splitlines()[0]
        == f"{own / 'portal.sqlite3'} {own / 'files'} localhost 127.0.0.1 [::1] False"
    )
    assert first.stdout == again.stdout, "the secret is made once, and a setting left empty is none"
    assert (own / "secret").stat().st_mode & 0o077 == 0, "nobody else on the machine reads the secret"


def test_a_command_says_in_one_sentence_why_there_is_no_database(tmp_path):
    nowhere = {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/c"}
    for env, said in (
        (_env(tmp_path, **nowhere), "Không kết nối được cơ sở dữ liệu (DATABASE_URL): "),
        (
            {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PORTAL_DEMO": "1"} | nowhere,
            "Biến môi trường DATABASE_URL",
        ),
    ):
        done = _python("manage.py", "migrate", "--check", env=env)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.stderr
        assert done.stderr.startswith(said)


def test_postgresql_gets_its_limits(tmp_path):
    show = "import portal.settings as s; print(s.DATABASES['default']['OPTIONS']['options'])"
    done = _python("-c", show, env=_env(tmp_path, DATABASE_URL="postgres://a:b@localhost/c"))
    for setting in ("work_mem=64MB", "jit=off", "random_page_cost=1.1", "statement_timeout=30000"):
        assert f"-c {setting}" in done.stdout


def test_pages_are_closed_compressed_and_under_a_strict_policy(client, db):
    page = client.get("/dang-nhap/", headers={"accept-encoding": "gzip"})
    assert page.status_code == 200
    assert page.headers["Content-Encoding"] == "gzip"
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
        assert rule in policy
    closed = client.get("/lam-viec/")
    assert closed.status_code == 302 and closed.headers["Location"].startswith("/dang-nhap/")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def _get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent = {"Host": "portal.example"} | {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=sent)
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


@pytest.fixture(scope="module")
def real_server(tmp_path_factory):
    """Gunicorn on production settings, a migrated database and collected static files, as the README tells."""
    folder = tmp_path_factory.mktemp("real")
    with copy_of_migrated(folder) as address:
        yield from _serve(_env(folder, DATABASE_URL=address))


def _serve(env: dict[str, str]) -> Iterator[int]:
    first = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DJANGO_SUPERUSER_EMAIL": ""}
    for command in (
        ["migrate", "--verbosity=0"],
        ["collectstatic", "--noinput", "--verbosity=0"],
        ["createsuperuser", "--noinput", "--username=quantri"],
    ):
        done = _python("manage.py", *command, env=env | first, seconds=600)
        assert done.returncode == 0, done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *options, "portal.wsgi"], cwd=ROOT, env=env)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def test_the_real_server_keeps_its_promises(real_server):
    status, _, _ = _get(real_server, "/healthz")
    assert status == 200, "the proxy asks for health without TLS"

    status, headers, _ = _get(real_server, "/")
    assert status == 301 and headers["Location"] == "https://portal.example/"

    status, headers, body = _get(real_server, "/", X_Forwarded_Proto="https", Accept_Encoding="gzip")
    assert status == 200 and headers["Content-Encoding"] == "gzip" and body
    assert "max-age=31536000" in headers["Strict-Transport-Security"]

    status, headers, _ = _get(real_server, "/dang-nhap/", X_Forwarded_Proto="https")
    assert "Secure" in headers.get("Set-Cookie", "Secure")

    status, _, body = _get(real_server, "/", X_Forwarded_Proto="https", Host="elsewhere.example")
    assert status == 400 and b"Traceback" not in body

    status, _, body = _get(real_server, "/khong-co-trang-nay/", X_Forwarded_Proto="https")
    assert status == 404 and b"Traceback" not in body and b"urlpatterns" not in body


def test_the_first_administrator_signs_in(real_server):
    """Through the proxy, with the cookies and the token a browser keeps."""
    cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    browser = urllib.request.build_opener(_NoRedirect, urllib.request.HTTPCookieProcessor(cookies))
    there = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.5", "Host": "portal.example"}

    def ask(path: str, **typed: str) -> tuple[int, str]:
        data = urllib.parse.urlencode(typed).encode() if typed else None
        sent = there | {"Referer": f"https://portal.example{path}"}
        request = urllib.request.Request(f"http://127.0.0.1:{real_server}{path}", data, sent)
        try:
            with browser.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location", "")

    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', ask("/dang-nhap/")[1]).group(1)
    typed = {"csrfmiddlewaretoken": token, "username": "quantri"}
    assert ask("/dang-nhap/", **typed, password="sai")[0] == 200
    assert ask("/dang-nhap/", **typed, password=PASSWORD) == (302, "/lam-viec/")
    assert "quantri" in ask("/lam-viec/")[1]
    assert ask("/admin/")[0] == 200


def test_static_files_are_named_by_content_and_compressed(real_server):
    _, _, body = _get(real_server, "/", X_Forwarded_Proto="https")
    address = next(
        part for part in body.decode().split('"') if part.startswith("/static/") and part.endswith(".css")
    )
    status, headers, _ = _get(real_server, address, X_Forwarded_Proto="https", Accept_Encoding="gzip")
    assert status == 200 and headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]


@pytest.mark.django_db
def test_the_first_administrator_answers_three_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the five of `./run setup` eight in all."""
    asked, typed = [], ["quản.trị", PASSWORD, PASSWORD]
    for place in ("builtins.input", "getpass.getpass"):
        monkeypatch.setattr(place, lambda question="", *_: asked.append(question) or typed.pop(0))
    terminal = SimpleNamespace(isatty=lambda: True)
    call_command("createsuperuser", email="", stdin=terminal, verbosity=0)
    first = User.objects.get()
    assert (first.is_superuser, first.is_staff, first.check_password(PASSWORD)) == (True, True, True)
    assert len(asked) == 3 and typed == []

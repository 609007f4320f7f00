"""`./run` for the person at the terminal: no long step is silent, and a new version needs one command."""

import importlib.machinery
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "run"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, whose steps only say that they were asked for; its database waits for a migration."""
    loader = importlib.machinery.SourceFileLoader("run_script", str(SCRIPT))
    loaded = importlib.util.module_from_spec(importlib.util.spec_from_loader("run_script", loader))
    loader.exec_module(loaded)

    def manage(command: str, *words: str, **how: object) -> int:
        if "--check" in words:
            return loaded.waits
        loaded.say(" ".join(["manage", command, *words]).replace(" --noinput --verbosity=0", ""))
        return 1 if set(words) & loaded.refused else 0

    loaded.waits, loaded.refused = 1, set()
    for name in ("install", "serve", "collect_static", "real_env", "demo_env"):
        monkeypatch.setattr(loaded, name, lambda *_: {})
    monkeypatch.setattr(loaded, "manage", manage)
    return loaded


def test_each_long_step_of_the_demonstration_is_told(
    script: ModuleType, capsys: pytest.CaptureFixture
) -> None:
    script.run_demo()
    assert capsys.readouterr().out.splitlines() == [
        "Đang cập nhật cơ sở dữ liệu …",
        "manage migrate",
        "manage nightly --verbosity=0",
        "Đang nạp dữ liệu trình diễn …",
        "manage demo",
    ]
    script.waits = 0
    script.run_demo()
    assert capsys.readouterr().out.splitlines() == ["Đang nạp dữ liệu trình diễn …", "manage demo"]


@pytest.mark.parametrize("command", [[], ["serve"], ["upgrade"]])
def test_settings_that_stop_everything_are_told_once_and_nothing_else_is_tried(
    script: ModuleType, capsys: pytest.CaptureFixture, command: list[str]
) -> None:
    script.waits = 2
    with pytest.raises(SystemExit) as ended:
        script.main(command)
    assert (ended.value.code, capsys.readouterr().out) == (2, "")


def test_an_upgrade_counts_anew_what_the_older_version_kept(
    script: ModuleType, capsys: pytest.CaptureFixture
) -> None:
    with pytest.raises(SystemExit):
        script.run_real()
    assert "./run upgrade" in capsys.readouterr().out
    script.main(["upgrade"])
    assert capsys.readouterr().out.splitlines()[1:3] == ["manage migrate", "manage nightly --verbosity=0"]


@pytest.fixture
def answered(script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[str]]:
    """Runs the setup of a bare machine with these answers; returns what it asked."""
    for name in (*script.ASKED, *script.KEPT_FROM_ENVIRONMENT):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "REAL_ENV", tmp_path / "var" / "portal.env")

    def run(*answers: str) -> list[str]:
        asked, left = [], list(answers)
        monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or left.pop(0))
        script.main(["setup"])
        assert left == []
        return asked

    return run


def kept(script: ModuleType) -> dict[str, str]:
    """What the setup wrote, but for the secret."""
    assert script.REAL_ENV.stat().st_mode & 0o077 == 0
    written = dict(line.split("=", 1) for line in script.REAL_ENV.read_text().splitlines())
    assert len(written.pop("SECRET_KEY")) >= 50
    return written


def test_setup_asks_five_things_and_prepares_everything(
    script: ModuleType, answered: Callable[..., list[str]], capsys: pytest.CaptureFixture
) -> None:
    script.refused = {"Hà Nôi"}
    asked = answered("Ban Dân vận", "phoihop.example.vn", "", "/srv/sao-luu", "Hà Nôi", "Hà Nội, 79")
    assert len(asked) == 6, "five, and once more the province that was not found"
    assert kept(script) == {
        "PORTAL_OFFICE": "Ban Dân vận",
        "ALLOWED_HOSTS": "phoihop.example.vn",
        "PORTAL_BACKUPS": "/srv/sao-luu",
        "TRUSTED_PROXIES": "1",
    }
    done = [line for line in capsys.readouterr().out.splitlines() if line.startswith("manage ")]
    assert done == [
        "manage check --database=default",
        "manage migrate",
        "manage nightly --verbosity=0",
        "manage starter",
        "manage load_territories --tinh Hà Nôi",
        "manage load_territories --tinh Hà Nội 79",
        "manage createsuperuser --email=",
    ]


def test_setup_of_one_machine_takes_what_the_environment_has(
    script: ModuleType, answered: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@localhost/c")
    monkeypatch.setenv("PORTAL_BACKUPS", "")
    assert len(answered("Ban Dân vận", "", "", "")) == 4
    expected = {"PORTAL_OFFICE": "Ban Dân vận", "ALLOWED_HOSTS": "localhost", "SECURE_SSL": "0"}
    assert kept(script) == expected | {"DATABASE_URL": "postgres://a:b@localhost/c"}


def test_setup_keeps_no_answer_that_stops_the_portal(
    script: ModuleType, answered: Callable[..., list[str]]
) -> None:
    script.refused = {"--database=default"}
    with pytest.raises(SystemExit):
        answered("Ban Dân vận", "", "pigeon://x", "", "")
    assert not script.REAL_ENV.exists()

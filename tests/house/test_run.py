"""`./run` for the person at the terminal: no long step is silent, and a new version needs one command."""

import importlib.machinery
import importlib.util
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
        loaded.say(f"manage {command}")
        return 0

    loaded.waits = 1
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
        "manage nightly",
        "Đang nạp dữ liệu trình diễn …",
        "manage demo",
    ]
    script.waits = 0
    script.run_demo()
    assert capsys.readouterr().out.splitlines() == ["Đang nạp dữ liệu trình diễn …", "manage demo"]


def test_an_upgrade_counts_anew_what_the_older_version_kept(
    script: ModuleType, capsys: pytest.CaptureFixture
) -> None:
    with pytest.raises(SystemExit):
        script.run_real()
    assert "./run upgrade" in capsys.readouterr().out
    script.main(["upgrade"])
    assert capsys.readouterr().out.splitlines()[1:3] == ["manage migrate", "manage nightly"]

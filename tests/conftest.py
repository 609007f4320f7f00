"""Fixtures every test shares: the database, the browser, and a network closed but for this machine."""

import importlib.util
import ipaddress
import os
import shutil
import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

# Playwright runs an event loop in the test's thread; the database calls beside it are the test's own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PLUGINS = ["tests.cast", "tests.clean_up", "tests.migrated", "tests.house.world"]
pytest_plugins = PLUGINS if importlib.util.find_spec("tests.cast") else []

DATABASE = {"db", "transactional_db", "live_server", "django_db_setup", "real_server"}
"""The fixtures through which a test comes to a database."""
CHROMIUM = next((path for path in map(shutil.which, ("chromium", "chromium-browser")) if path), None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """Mark what needs a browser or no database, leave out what another run does, begin without a database.

    What no database can change is run once, on SQLite; it goes first, while another process migrates.
    """
    from django.conf import settings

    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if {"page", "browser", "context", "new_context"} & fixtures:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (package chromium)"))
        elif not DATABASE & fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.nodatabase)
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    other = "postgres" if on_sqlite else "sqlite"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]
    yield
    items.sort(key=lambda item: item.get_closest_marker("nodatabase") is None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the distribution's Chromium: nothing is downloaded for the tests."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    quiet += ["--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Open every page as a Vietnamese office would: language, time zone, a common screen."""
    office = {
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }
    return browser_context_args | office


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine: no test may depend on the outside."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise OSError(f"a test tried to reach {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Give each test an empty folder for the files it keeps."""
    settings.MEDIA_ROOT = tmp_path / "files"

"""The migrated database that every test process starts from: made once in a run, then copied.

Migrating computes for most of a minute. The first process that needs a database does it, the others wait
for it, or test meanwhile what needs none; the real server of the tests starts from a copy too.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "TEST_MIGRATED"
"""The environment variable that tells the processes of one run where they meet."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder in which the processes of this run meet; the controlling process owns it."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="portal-migrated-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing of it behind, on the machine or on the server."""
    if hasattr(config, "workerinput") or not (folder := os.environ.pop(FOLDER, "")):
        return
    if server := os.environ.get("TEST_DATABASE_URL"):
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(_name(folder))))
    shutil.rmtree(folder, ignore_errors=True)


def _name(folder: str) -> str:
    """The database's name on a PostgreSQL server."""
    return Path(folder).name.replace("-", "_")


def migrated() -> Path | str:
    """The migrated database, which whoever comes first makes: a file, or the name of a database on the server."""
    folder, server = os.environ[FOLDER], os.environ.get("TEST_DATABASE_URL")
    made = _name(folder) if server else Path(folder, "portal.sqlite3")
    with Path(folder, "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not Path(folder, "made").exists():
            url = own_database(server, made) if server else f"sqlite:///{made}"
            env = os.environ | {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
            command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
            subprocess.run(command, cwd=ROOT, env=env, check=True)
            Path(folder, "made").touch()
    return made


def own_database(server: str, name: str, template: str = "template0") -> str:
    """Create a database on the PostgreSQL server under test; give its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        create = SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
        connection.execute(create)
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


@contextmanager
def copy_of_migrated(folder: Path) -> Iterator[str]:
    """A copy for a server of its own: the address of a file in the folder, or of a database on the server."""
    source = migrated()
    if isinstance(source, Path):
        yield f"sqlite:///{shutil.copy(source, folder / 'real.sqlite3')}"
        return
    server, name = os.environ["TEST_DATABASE_URL"], f"portal_real_{os.getpid()}"
    try:
        yield own_database(server, name, source)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_use_migrations: bool
) -> None:
    """Have the plugin's test database begin as a copy of the migrated one."""
    from django.conf import settings

    if not django_db_use_migrations:
        return
    test = settings.DATABASES["default"].setdefault("TEST", {})
    source = migrated()
    if isinstance(source, Path):
        shutil.copy(source, test["NAME"])
    else:
        test["TEMPLATE"] = source


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_use_migrations: bool) -> bool:
    """Keep the file that was copied; it goes with the folder of its process."""
    return django_db_keepdb or (django_db_use_migrations and "TEST_DATABASE_URL" not in os.environ)

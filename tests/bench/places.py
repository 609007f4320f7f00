"""Where the benchmark works: a scratch folder, its databases, and child processes with the environment each needs."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
GROWN = 3
"""How many of the pages are named at which a server process grew most."""


@dataclass(frozen=True)
class Place:
    """One database of one size."""

    folder: Path
    vendor: str
    size: int
    server: str = ""
    conferences: int = 0
    called: str = ""

    @property
    def name(self) -> str:
        """What its files and its database are called."""
        return self.called or f"bench_{self.vendor}_{self.size}"

    @property
    def url(self) -> str:
        """The address as settings read it."""
        if self.vendor == "sqlite":
            return f"sqlite:///{self.folder / self.name}.sqlite3"
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    @property
    def mark(self) -> Path:
        """The file that says the database is filled, from which generators."""
        return self.folder / f"{self.name}.json"

    def environment(self) -> dict[str, str]:
        """A production environment on this database."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "SECRET_KEY": "only-for-the-benchmark-" + "x7" * 25,
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "SECURE_SSL": "0",
            "DATABASE_URL": self.url,
            "PORTAL_FILES": str(self.folder / "files"),
            "BENCH_STATIC": str(self.folder / "static"),
            "PYTHONPATH": str(ROOT),
        }

    def child(self, command: str, *numbers: int, **more: str) -> Any:
        """Run one child process and return what it answered."""
        target = self.folder / f"answer-{secrets.token_hex(4)}.json"
        words = [sys.executable, "-m", "tests.bench.child", command, str(target), *map(str, numbers)]
        subprocess.run(words, cwd=ROOT, env=self.environment() | more, check=True)
        answer = json.loads(target.read_text())
        target.unlink()
        return answer

    def create(self) -> None:
        """Make the database empty."""
        if self.vendor == "sqlite":
            for path in self.folder.glob(f"{self.name}.sqlite3*"):
                path.unlink()
            return
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.name}"')
            connection.execute(f'CREATE DATABASE "{self.name}"')

    def exists(self) -> bool:
        """Whether the database of an earlier run still stands."""
        if self.vendor == "sqlite":
            return (self.folder / f"{self.name}.sqlite3").exists()
        import psycopg

        with psycopg.connect(self.server) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return found.fetchone() is not None


def collect_static(place: Place) -> None:
    """Gather the static files, as a real installation does, so that pages name them by content."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=place.environment(), check=True)


def memory_of(pid: int) -> float:
    """The most memory a process has held, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def children_of(pid: int) -> list[int]:
    """The processes a server started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def walk_a_server(place: Place) -> dict[str, Any]:
    """Start a server with one process, open every page and one Excel file; its memory after each, in MB.

    ``why`` names the pages at which it grew most.
    """
    route, port = place.child("walk"), free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "1",
            "--timeout",
            "300",
            "--log-level",
            "error",
            "--no-control-socket",
            "portal.wsgi:application",
        ],
        cwd=ROOT,
        env=place.environment(),
    )
    try:
        _wait(server, port)
        worker = children_of(server.pid)[0]
        held, grew = memory_of(worker), []
        for path, person in route["pages"]:
            _open(port, path, f"{route['cookie']}={route['sessions'][person]}" if person else "")
            held, before = memory_of(worker), held
            grew.append((held - before, f"{path} · {person or 'visitor'}"))
        _open(port, route["excel"], f"{route['cookie']}={route['sessions']['administrator']}")
        most = "; ".join(f"+{more:.0f} MB at {where}" for more, where in sorted(grew)[: -GROWN - 1 : -1])
        return {"pages": held, "excel": memory_of(worker), "why": most}
    finally:
        server.terminate()
        server.wait(30)


def _wait(server: subprocess.Popen, port: int) -> None:
    for _ in range(100):
        if server.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            _open(port, "/healthz", "")
        except OSError:
            time.sleep(0.2)
        else:
            return


def _open(port: int, path: str, cookie: str) -> None:
    """Read one page to its end; what the page answers is not asked here."""
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        response = urllib.request.urlopen(request, timeout=300)  # noqa: S310
    except urllib.error.HTTPError as error:
        response = error
    with response:
        while response.read(1 << 16):
            pass

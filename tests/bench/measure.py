"""Measures the pages of a filled database inside one process: queries, server time, bytes.

A request goes through the portal's own WSGI handler, middleware, compression and the end of the request
included, as a server process would answer a browser.
"""

import gzip
import io
import math
import resource
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse

from portal.models import User
from portal.wsgi import application
from tests.bench.measured import CLEANER
from tests.bench.page import BOOKS, Page
from tests.bench.pages import PEOPLE, pages
from tests.bench.questions import Questions

WARM_UP, ROUNDS = 2, 5
BACKEND = "portal.accounts.UsernameOrEmailBackend"


def session_of(person: str) -> str:
    """Sign a person in; returns the key of the session."""
    user = User.objects.get(username=person)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def environ_of(page: Page, sessions: dict[str, str]) -> dict[str, Any]:
    """The request a browser would send for a page."""
    path, _, query = page.path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": unquote(path).encode().decode("latin-1"), "SCRIPT_NAME": "",
        "QUERY_STRING": quote(query, safe="=&+%"), "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multiprocess": True, "wsgi.multithread": False, "wsgi.run_once": False,
    }  # fmt: skip
    if page.person:
        environ["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={sessions[page.person]}"
    return environ


class Sessions(dict[str, str]):
    """The keys of people's sessions; a person signs in when first asked for: not every database holds all of them."""

    def __missing__(self, person: str) -> str:
        return self.setdefault(person, session_of(person))


class Browser:
    """Asks the handler for pages and times it."""

    def __init__(self) -> None:
        self.handler = application
        self.sessions = Sessions()

    def ask(self, page: Page, keep: Callable[[bytes], Any] | None = None) -> tuple[float, bytes]:
        """One request; seconds, and the body unless ``keep`` takes it piece by piece."""
        told: list[str] = []
        environ = environ_of(page, self.sessions)
        started = time.perf_counter()
        response = self.handler(environ, lambda status, *_: told.append(status))
        body = [piece for piece in response if keep is None or keep(piece)]
        response.close()
        elapsed = time.perf_counter() - started
        if not told[0].startswith("200"):
            raise RuntimeError(f"{page.key}: {page.path} answered {told[0]}")
        return elapsed, b"".join(body)

    def questions(self, page: Page) -> Questions:
        """What one request asks of the database."""
        with Questions().heard() as log:
            self.ask(page)
        return log


def measure(requests: int) -> dict[str, dict[str, Any]]:
    """Every page: median and 95th percentile in ms, queries, bytes.

    Pages are asked for in rounds, so that a busy moment of the machine touches all of them alike.
    """
    browser, asked = Browser(), pages()
    found = {page.key: {"bar": page.bar, "name": page.name, "times": []} for page in asked}
    for _ in range(ROUNDS):
        for page in asked:
            try:
                _ask(browser, page, requests // ROUNDS, found[page.key])
            except Exception as error:  # one broken page must not hide the others
                found[page.key]["error"] = f"{type(error).__name__}: {error}"[:200]
    for measured in found.values():
        if times := sorted(measured.pop("times")):
            measured["median"] = statistics.median(times)
            measured["p95"] = times[math.ceil(0.95 * len(times)) - 1]
    return found


def _ask(browser: Browser, page: Page, requests: int, found: dict[str, Any]) -> None:
    if "queries" not in found:
        for _ in range(WARM_UP):
            _, body = browser.ask(page)
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        log = browser.questions(page)
        found |= {"queries": len(log.asked), "why": log.why, "bytes": len(plain), "sent": len(body)}
    browser.ask(page)
    found["times"] += [browser.ask(page)[0] * 1000 for _ in range(max(requests, 1))]


def excel(which: int) -> dict[str, Any]:
    """A file of everything, as the administrator downloads it: seconds, to its first bytes too, bytes, peak memory."""
    browser, sizes, came = Browser(), [], []
    page = Page("excel", reverse(list(BOOKS.values())[which]), "administrator")
    browser.sessions[page.person]  # signed in before the clock starts
    before, started = peak_memory(), time.perf_counter()

    def keep(piece: bytes) -> None:
        sizes.append(len(piece))
        came.append(time.perf_counter() - started)

    with Questions().heard() as log:
        seconds, _ = browser.ask(page, keep=keep)
    told = {"why": f"{log.why}; {before:.0f} MB before it"}
    return told | {"seconds": seconds, "first": came[0], "bytes": sum(sizes), "peak": peak_memory()}


def peak_memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def walk() -> dict[str, Any]:
    """What a server process is asked for: sessions, and every page's address."""
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {person: session_of(person) for person in (*PEOPLE, CLEANER)},
        "pages": [(quote(page.path, safe="/?=&+%"), page.person) for page in pages()],
        "excel": reverse(BOOKS["programmes"]),
    }

"""Times opening and saving the form of a conference of 500 people, as a browser would; every save is taken back."""

import math
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from meetings.models import Meeting
from portal.models import User
from tests.bench.conferences import LARGE
from tests.bench.questions import Questions

TIMES, WARM_UP = 20, 2


def saves() -> dict[str, dict[str, Any]]:
    """Median and 95th percentile, in ms, of opening the form and of saving it with one word changed."""
    client = Client()
    client.force_login(User.objects.get(username="superior"))
    address = reverse("meetings:edit_meeting", args=[Meeting.objects.get(pk=LARGE).code])
    sent = written(client.get(address).content)

    def save(count: int) -> None:
        with transaction.atomic():
            answer = client.post(address, sent | {"summary": f"Tóm tắt {count}"})
            if answer.status_code != 302:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            transaction.set_rollback(True)

    return {
        "conference form of 500 opened": timed(lambda _: client.get(address)),
        "conference form of 500 saved": timed(save),
    }


def written(page: bytes) -> dict[str, list[str]]:
    """What a browser would send of the form of a page, but for its buttons."""
    (form,) = html.fromstring(page.decode()).xpath("//form[@id='to-khai']")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent | {"lam": ["save"]}


def timed(ask: Callable[[int], Any]) -> dict[str, Any]:
    """Median and 95th percentile of asking, in ms, and what takes the time."""
    times = []
    for count in range(WARM_UP + TIMES):
        started = time.perf_counter()
        ask(count)
        times.append((time.perf_counter() - started) * 1000)
    times = sorted(times[WARM_UP:])
    with Questions().heard() as log:
        ask(len(times))
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    return {"median": statistics.median(times), "p95": p95, "why": log.why}

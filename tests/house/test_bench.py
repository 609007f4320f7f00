"""What the benchmark prints of a bar that is missed: that it is, by which figure, and why."""

from typing import Any

import pytest

from portal.models import Organization, Tag
from tests.bench.questions import Questions, said
from tests.bench.report import Report, print_bars

WHY = "9 questions are 80 % of 400 ms; 60 % SELECT … FROM programs_program"


def measured(p95: float, **more: Any) -> dict[str, Any]:
    """What is measured on one database of one size, with one page and one Excel file."""
    page = {"name": "staff list", "bar": "a fixed limit", "queries": 9, "bytes": 1, "sent": 1, "why": WHY}
    book = {"seconds": 4.0, "first": 0.5, "peak": 90.0, "bytes": 1, "why": "2 questions are 10 % of 4000 ms"}
    return {
        "pages": {"staff list · clerk": page | {"p95": p95, "median": 100.0}},
        "excel": {"programmes": book | more},
        "saves": {},
        "worker": {"pages": 120.0, "excel": 130.0, "why": "+9 MB at /lam-viec/ · clerk"},
        "filled": 1.0,
    }


def test_a_missed_bar_says_why_and_bars_are_of_the_slowest_twentieth(capsys: pytest.CaptureFixture) -> None:
    report = Report("sqlite", {100: measured(10.0), 100_000: measured(400.0, seconds=31.0)})
    report.print()
    print_bars([report])
    printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
    late = printed.index("bar not met: staff list · clerk: 400.0 ms, bar 250.0 ms")
    assert printed[late + 1] == f"why: median 100.0 ms; {WHY}"
    assert [line for line in printed[late + 2 :] if line.startswith(("bar not met", "why"))] == [
        "bar not met: programmes, 100,000 programmes: 31.0 s, bar 20.0 s",
        "why: 2 questions are 10 % of 4000 ms",
        f"why: median 100.0 ms; {WHY}",
        "why: 2 questions are 10 % of 4000 ms",
    ]


def test_why_names_the_questions_that_took_longest(db: None) -> None:
    with Questions().heard() as log:
        list(Tag.objects.filter(name="Dân vận khéo"))
        Organization.objects.count()
        Organization.objects.count()
    log.asked = [(sql, {0: 0.03}.get(place, 0.01)) for place, (sql, _) in enumerate(log.asked)]
    log.seconds = 0.1
    head, first, second = log.why.split("; ")
    assert (head, second) == (
        "3 questions are 50 % of 100 ms",
        "20 % 2 × SELECT COUNT(*) AS __count FROM portal_organization",
    )
    assert first.startswith("30 % SELECT … FROM portal_tag WHERE portal_tag.name = ?")


def test_a_question_is_told_in_short() -> None:
    long = f'SELECT "a"."x", (SELECT 1 FROM "c") FROM "b" WHERE "b"."y" IN ({", ".join(["%s"] * 90)})'  # noqa: S608
    assert said(long) == "SELECT … FROM c) FROM b WHERE b.y IN (?…)"
    assert len(said(f"SELECT 1 FROM t WHERE {'t.a = %s AND ' * 90}")) == 111  # noqa: S608

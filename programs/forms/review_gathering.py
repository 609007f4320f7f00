"""A review drafted from the parts that bodies handed in for a round: their words by body, figures summed where they are alike.

Only accepted parts are taken. Everything is a proposal, for the parties at most: what a body handed in is not yet
told to everybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from portal.figure_words import parts_words
from portal.forms.rows import MOST_ROWS, append_rows, row_count
from portal.models import Audience, Nature, User
from portal.numbers import number_words
from portal.text import clean, fold
from programs.forms.links import may_read
from programs.forms.review_starts import start_of_plan, start_of_program
from programs.models import Duty, ReviewKind, Round, Submission

WORDS = ("limitations", "causes", "lessons", "proposals")
MORE_THAN = {"trên", "hơn"}


@dataclass(frozen=True)
class Gathered:
    """The raw data of the form, and what is said of it: whose parts stand in it, whose do not."""

    data: QueryDict
    words: str


def gathered(asked: Round, user: User) -> Gathered:
    """A review of what a round asks, with the accepted parts."""
    told = list(accepted(asked))
    data = _begun(asked, user)
    rows = {
        "items": [result_row(one) for one in told if one.content.get("results")],
        "figures": figure_rows(told),
    }
    rows |= {part: [said_row(one, part) for one in told if one.content.get(part)] for part in WORDS}
    wanted = sum(map(len, rows.values())) + sum(row_count(data, prefix) for prefix in rows)
    for prefix, more in rows.items():
        append_rows(data, prefix, more)
    words = left_out_words(asked, told)
    if left := wanted - sum(row_count(data, prefix) for prefix in rows):
        words += f" Còn {left} dòng chưa đưa vào: mỗi phần của báo cáo chỉ nhận {MOST_ROWS} dòng."
    data["note"] = clean(f"Tổng hợp từ “{asked.title}”. {words}")
    data["round"] = asked.code
    data["proposed"] = " ".join(
        dict.fromkeys([*data.get("proposed", "").split(), "title", "period", "items", "figures", *WORDS])
    )
    return Gathered(data, words)


def accepted(asked: Round) -> Iterable[Submission]:
    """The parts taken for a round, by the names of their bodies."""
    found = Submission.objects.filter(duty__round=asked, accepted_at__isnull=False)
    return found.select_related("duty__organization").order_by("duty__organization__sort_key", "pk")


def left_out_words(asked: Round, told: list[Submission]) -> str:
    """How many of the bodies asked are in it, whose part still waits to be taken, and who handed in none."""
    duties = Duty.objects.filter(round=asked, waived_on__isnull=True).select_related("organization")
    taken = {one.duty_id for one in told}
    sent = set(duties.handed_in().values_list("pk", flat=True))
    missing = [one for one in duties if one.pk not in taken]
    said = [f"Có phần của {len(taken)}/{len(taken) + len(missing)} cơ quan phải nộp."]
    for words, left in (
        ("Đã nộp, chưa nhận", [one for one in missing if one.pk in sent]),
        ("Chưa nộp", [one for one in missing if one.pk not in sent]),
    ):
        if left:
            said.append(f"{words} {len(left)} cơ quan: {', '.join(str(one.organization) for one in left)}.")
    return " ".join(said)


def _begun(asked: Round, user: User) -> QueryDict:
    """From the plan or the programme the round is about; else a theme of its keeper."""
    if asked.plan_id and may_read(asked.plan, user):
        data = start_of_plan(asked.plan, user)
    elif asked.program_id and may_read(asked.program, user):
        data = start_of_program(asked.program, user)
    else:
        data = QueryDict(mutable=True)
        append_rows(
            data, "partners", [{"side": "1", "name": asked.keeper.label, "name-ma": asked.keeper.code}]
        )
        data["theme"] = asked.theme or asked.title
    asks_for, folded = f"{asked.title[:1].lower()}{asked.title[1:]}", fold(asked.title)
    data["title"] = clean(asked.title if folded.startswith("bao cao") else f"Báo cáo tổng hợp {asks_for}")
    for kind in ReviewKind:  # a round that says what it is goes before the time that is left
        if fold(kind.label) in folded:
            data["kind"] = kind
            if kind == ReviewKind.INTERIM:
                data["is_final"] = ""
            break
    if asked.period.first:
        data["period"] = asked.period.typed
    return data


def result_row(one: Submission) -> dict[str, str]:
    """The results one body told, under its name."""
    return {"about": str(one.duty.organization), "text": one.content["results"], "audience": Audience.PARTIES}


def said_row(one: Submission, part: str) -> dict[str, str]:
    """What one body told in another part, its lines in one row behind its name."""
    lines = [line.strip(" -–.;") for line in one.content[part].splitlines() if line.strip()]
    return {"text": f"{one.duty.organization}: {'; '.join(lines)}", "audience": Audience.PARTIES}


def figure_rows(told: Iterable[Submission]) -> list[dict[str, str]]:
    """The figures of all parts: those that count the same words in the same unit as one sum, each body a part of it."""
    alike: dict[tuple[str, str], list[tuple[str, Mapping[str, str]]]] = {}
    for one in told:
        for row in one.content.get("figures", ()):
            key = (fold(row["counts"]), fold(row.get("unit", "")))
            alike.setdefault(key, []).append((str(one.duty.organization), row))
    return [figure_row(rows) for rows in alike.values()]


def figure_row(rows: list[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    """The raw row of one sum; a share is no number that adds up, so each body's stands as a part alone."""
    first = rows[0][1]
    values = [(body, value) for body, row in rows if (value := number_of(row)) is not None]
    is_share = "%" in first.get("unit", "") and len(values) > 1
    days = {row.get("as_of", "") for _, row in rows}
    about = {row.get("approximator", "") for _, row in rows} - {""}
    total = sum((value for _, value in values), Decimal())
    return {
        "text": first["counts"],
        "amount": "" if is_share else " ".join(filter(None, [approximated(about), number_words(total)])),
        "unit": first.get("unit", ""),
        "as_of": days.pop() if len(days) == 1 else "",
        "nature": Nature.UNKNOWN,
        "parts": parts_words(values) if len(values) > 1 else "",
        "audience": Audience.PARTIES,
    }


def number_of(row: Mapping[str, str]) -> Decimal | None:
    """The number of a figure as it was kept."""
    try:
        return Decimal(row["value"])
    except (KeyError, InvalidOperation):
        return None


def approximated(about: set[str]) -> str:
    """How near a sum is: exact where all are, more than where those not exact are, else about."""
    if not about:
        return ""
    return about.pop() if len(about) == 1 and about <= MORE_THAN else "khoảng"

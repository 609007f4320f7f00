"""What a review says, part by part, each with who may read it: the one shape its page, its Word file and its frozen
edition are drawn from.

It is plain JSON. Told anew it follows the record and the counts as they are on a day; frozen it stays.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from portal import sections
from portal.changes import capital
from portal.figure_words import amount_words, change_words, parts_words, span_words, sum_words, time_words
from portal.models import Audience, Figure, State, User
from portal.text import fold
from programs.models import Plan, Review, ReviewText, Target
from programs.review_head import head_told
from programs.target_reading import target_lines
from programs.targets import Verdict

Told = dict[str, Any]
MOST_TARGETS = 60
HEADINGS = {
    ReviewText.Part.LIMITATION: "Hạn chế",
    ReviewText.Part.CAUSE: "Nguyên nhân",
    ReviewText.Part.LESSON: "Bài học kinh nghiệm",
    ReviewText.Part.DIRECTION: "Phương hướng, nhiệm vụ",
    ReviewText.Part.PROPOSAL: "Kiến nghị, đề xuất",
}
"""What each part is called on the paper, in its order."""


def told_of(review: Review, on: date) -> Told:
    """Everything a review says, whoever may read it, with the targets as they stand on a day."""
    texts = list(review.texts.all())
    return {
        "head": head_told(review),
        "content": review.content,
        "items": [
            {"about": one.about, "text": one.text, "audience": one.audience} for one in review.items.all()
        ],
        "texts": {
            part: [{"text": one.text, "audience": one.audience} for one in texts if one.part == part]
            for part in HEADINGS
        },
        "figures": figures_told(review),
        "targets": targets_told(review, on),
    }


def files_told(review: Review) -> list[Told]:
    """The files of a review, as kept when it is frozen."""
    rows = review.document.attachments.values("code", "name", "caption", "audience")
    return [
        {"code": row["code"], "name": row["caption"] or row["name"], "audience": row["audience"]}
        for row in rows
    ]


def figures_told(review: Review) -> list[Told]:
    """The figures of a review, each with that of the period before."""
    figures = list(review.document.figures.prefetch_related("parts"))
    known = figures_before(review, {one.counts_key for one in figures})
    before = [known.get(key_of(one)) for one in figures]
    return [
        figure_told(one, was, audience_before(was, review)) if was else figure_told(one)
        for one, was in zip(figures, before, strict=True)
    ]


def figure_told(figure: Figure, before: Figure | None = None, before_audience: str = "") -> Told:
    """One figure in words, and that of the period before with who reads it there."""
    return {
        "counts": capital(figure.counts),
        "unit": figure.unit,
        "amount": amount_words(figure),
        "time": time_words(figure.as_of, figure.period),
        "change": change_words(figure) if figure.value is not None else "",
        "parts": parts_words((one.name, one.value) for one in figure.parts.all()),
        "sum": sum_words(figure),
        "quoted": figure.quoted_from,
        "computed": figure.is_computed,
        "before": said_before(before) if before else "",
        "before_audience": before_audience,
        "audience": figure.audience,
    }


def key_of(figure: Figure) -> tuple[str, str]:
    """By what a figure is found again in another period: what it counts, in which unit."""
    return figure.counts_key, fold(figure.unit)


def said_before(figure: Figure) -> str:
    """The figure of the period before in words: "980 mô hình, tính đến tháng 12/2019"."""
    period = figure.document.review.period
    return ", ".join(
        filter(None, [amount_words(figure), time_words(figure.as_of, figure.period) or span_words(period)])
    )


def audience_before(figure: Figure, review: Review) -> str:
    """Who reads it beside this one: everybody what is public; else, between the same bodies, who reads it there."""
    before = figure.document.review
    if figure.audience == Audience.PUBLIC and before.is_public():
        return Audience.PUBLIC
    same = review.circle_id is not None and before.circle_id == review.circle_id
    same = same and figure.audience != Audience.BODY
    return Audience.PARTIES if same else Audience.BODY


def figures_before(review: Review, keys: Collection[str]) -> dict[tuple[str, str], Figure]:
    """The latest figures that count these words of the same body or territory, in approved reviews of an earlier time.

    Of the reviews another body keeps only what everybody reads, or what is for the very same bodies.
    """
    own = review.document.figures.values_list("organization_id", "territory_id").first()
    last = review.period_last
    if own is None or not any(own) or not keys or last is None:
        return {}
    readable = Q(document__review__keeper=review.keeper_id)
    readable |= Q(audience=Audience.PUBLIC, document__review__in=Review.objects.published())
    if review.circle_id is not None:  # a paper without a circle is of its keeper alone
        readable |= Q(document__review__circle=review.circle_id) & ~Q(audience=Audience.BODY)
    return latest_figures(*own, keys, last, readable)


def latest_figures(
    organization: int | None,
    territory: int | None,
    keys: Collection[str],
    before: date,
    readable: Q,
) -> dict[tuple[str, str], Figure]:
    """The latest figures of a body or a territory that count these words, told by reviews of a time that ended before a day."""
    found = Figure.objects.filter(counts_key__in=keys, organization=organization, territory=territory)
    found = found.filter(
        readable, document__review__state=State.APPROVED, document__review__period_last__lt=before
    )
    newest: dict[tuple[str, str], Figure] = {}
    rows = found.select_related("document__review").order_by("-document__review__period_last", "-pk")
    for one in rows[:500]:
        newest.setdefault(key_of(one), one)
    return newest


def targets_told(review: Review, on: date) -> list[Told]:
    """The targets of the plans it reviews, as they stand, each for whom it may be told beside this review."""
    told_to = {one: target_audience(one, review) for one in reviewed_targets(review)[:MOST_TARGETS]}
    targets = [one for one, audience in told_to.items() if audience]
    return [
        {
            "code": line.target.code,
            "text": line.target.text,
            "asked": line.asked,
            "stands": line.fraction,
            "verdict": line.verdict,
            "is_short": line.standing.verdict == Verdict.SHORT,
            "as_of": line.as_of,
            "audience": told_to[line.target],
        }
        for line in target_lines(targets, names_bodies=False, today=on)
    ]


def reviewed_targets(review: Review) -> QuerySet[Target]:
    """The targets of its plan, or of the approved plans under its programme in its time."""
    found = Target.objects.select_related("plan__circle", "group", "territory").prefetch_related(
        "group__parts"
    )
    if review.plan_id:
        return found.filter(plan=review.plan_id)
    if not review.program_id or review.period_first is None:
        return Target.objects.none()
    last = review.period_last or review.period_first
    plans = Plan.objects.approved().filter(program=review.program_id).during(review.period_first, last)
    return found.filter(plan__in=plans).order_by("plan__period_first", "plan", "position")


def tasks_told(review: Review, reader: User, on: date) -> list[Told]:
    """The tasks about what it reviews that are not done on a day, as far as a person reads them there.

    Told beside the review to its other bodies where each of these reads all of the task; else to its keeper alone.
    """
    own = set(review.circle.bodies) if review.circle_id else None
    return [
        {
            "text": one.text,
            "due": one.due,
            "standing": one.standing,
            "audience": Audience.PARTIES if own is not None and own <= one.bodies else Audience.BODY,
        }
        for reviewed in filter(None, [review.program, review.plan])
        if type(reviewed).objects.visible_to(reader).filter(pk=reviewed.pk).exists()
        for one in sections.still_open(reviewed, reader, on)
    ]


def task_told(row: Told) -> str:
    """A task in one line."""
    return f"{row['text'].rstrip(' .;')} ({row['due']}; {row['standing']})"


def target_audience(target: Target, review: Review) -> str:
    """Who reads a target beside a review: nobody who may not read it on its plan; nothing where that is nobody."""
    plan = target.plan
    if target.audience == Audience.PUBLIC and plan.is_public():
        return Audience.PUBLIC
    if target.audience != Audience.BODY and holds_all(plan, review):
        return Audience.PARTIES
    return Audience.BODY if plan.keeper_id == review.keeper_id else ""


def holds_all(plan: Plan, review: Review) -> bool:
    """Whether every body a review is for reads a plan too."""
    if plan.circle_id is None or review.circle_id is None:
        return False
    return plan.circle_id == review.circle_id or set(review.circle.bodies) <= set(plan.circle.bodies)


def readable_part(told: Told, audiences: Collection[str]) -> Told:
    """What of it one reader reads."""

    def kept(rows: Iterable[Told]) -> list[Told]:
        return [row for row in rows if row["audience"] in audiences]

    figures = [
        row if row["before_audience"] in audiences else row | {"before": ""} for row in kept(told["figures"])
    ]
    texts = {part: kept(rows) for part, rows in told["texts"].items()}
    rest = {
        "items": kept(told["items"]),
        "texts": texts,
        "figures": figures,
        "targets": kept(told["targets"]),
    }
    if "files" in told:
        rest["files"] = kept(told["files"])
    return told | rest


def lines_of(told: Told) -> Iterator[tuple[str, str, str]]:
    """What it says line by line: for whom, under which heading, the words."""
    if told["content"]:
        yield Audience.PUBLIC, "Đánh giá chung", told["content"]
    for row in told["items"]:
        about = f"{row['about']}: " if row["about"] else ""
        yield row["audience"], "Kết quả", f"{about}{row['text'] or 'chưa ghi kết quả'}"
    for row in told["figures"]:
        yield row["audience"], "Số liệu", f"{row['counts']}: {figure_line(row)}"
        if row["before"] and row["before_audience"] == Audience.PUBLIC:
            yield row["audience"], "Số liệu kỳ trước", f"{row['counts']}: {row['before']}"
    for row in told["targets"]:
        yield row["audience"], "Chỉ tiêu", f"{row['text']}: {target_line(row)}"
    for part, heading in HEADINGS.items():
        for row in told["texts"].get(part, ()):
            yield row["audience"], heading, row["text"]


def figure_line(row: Told) -> str:
    """A figure in one line."""
    parts = f"gồm {row['parts']}" if row["parts"] else ""
    quoted = f"theo {row['quoted']}" if row["quoted"] else ""
    return ", ".join(filter(None, [row["amount"], row["change"], row["time"], parts, quoted]))


def target_line(row: Told) -> str:
    """How a target stands in one line."""
    return ", ".join(filter(None, [row["stands"], row["verdict"]]))


class Since(NamedTuple):
    """One line that reads otherwise now than when it was frozen."""

    label: str
    before: str
    after: str


Key = tuple[str, ...]
Keyed = dict[Key, tuple[str, str]]
"""What is said, by what it is found again: how it is called, its words."""
FOUND_BY = {"items": ("about",), "figures": ("counts", "unit"), "targets": ("code",), "files": ("code",)}
"""By what a row is found again in another telling; of those alike in all of it the first is the first."""


def keyed_lines(told: Told, other: Told) -> Keyed:
    """What it says, each line by what it is found again by in another telling, one frozen earlier with fewer keys too."""
    head = told["head"]["words"] if "head" in told and "head" in other else {}
    found: Keyed = {("head", heading): (heading, words) for heading, words in head.items()}
    found["content",] = "Đánh giá chung", told["content"]
    for key, row in keyed_rows("items", told, other):
        found[key] = f"Kết quả: {row['about']}" if row["about"] else "Kết quả", row["text"]
    for key, row in keyed_rows("figures", told, other):
        found[key] = f"Số liệu: {row['counts']}", figure_line(row)
    for key, row in keyed_rows("targets", told, other):
        found[key] = f"Chỉ tiêu: {row['text']}", target_line(row)
    for part, heading in HEADINGS.items():
        for place, row in enumerate(told["texts"].get(part, ())):
            found[part, str(place)] = heading, row["text"]
    if "files" in told and "files" in other:
        for key, row in keyed_rows("files", told, other):
            found[key] = "Tệp", row["name"]
    return found


def keyed_rows(part: str, told: Told, other: Told) -> Iterator[tuple[Key, Told]]:
    """The rows of a part, each by its part, by what both tellings say of such rows, and by its place among those alike."""
    rows = told[part]
    names = [name for name in FOUND_BY[part] if all(name in row for row in [*rows, *other[part]])]
    alike: Counter[Key] = Counter()
    for row in rows:
        key = (part, *(row[name] for name in names or ("text",)))
        yield (*key, str(alike[key])), row
        alike[key] += 1


def changed_since(frozen: Told, now: Told) -> list[Since]:
    """What reads otherwise now than when it was frozen."""
    was, is_now = keyed_lines(frozen, now), keyed_lines(now, frozen)
    nothing = ("", "")
    found = []
    for key in dict.fromkeys(
        [*is_now, *was]
    ):  # what was kept has lost its order: PostgreSQL sorts the keys of JSON
        (called, before), (called_now, after) = was.get(key, nothing), is_now.get(key, nothing)
        renamed = bool(called and called_now) and called != called_now
        if before != after or renamed:
            found.append(Since(called or called_now, before, f"{called_now}: {after}" if renamed else after))
    return found

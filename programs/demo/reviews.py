"""The demonstration's reviews: what the press pages tell of results and figures, and marked samples.

The rows stand in ``programs/data/reviews.json``. Who reported, and on which day, no page says: it stays unknown.
"""

from pathlib import Path
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from portal.actions import records
from portal.actions.figures import FigureEntry
from portal.dates import parse_date, parse_period
from portal.demo import account, approved, loading, show
from portal.history import finish
from portal.models import AdministrativeUnit, Audience, Organization
from portal.numbers import read_number
from portal.starter import Row, find, is_loaded, read_data
from portal.text import slugify
from programs.actions.companions import publish_companion
from programs.actions.reviews import ReviewEntry, ReviewItemEntry, ReviewTextEntry, freeze, save_review
from programs.demo.papers import RETOLD, Sample, paper_entry
from programs.models import Plan, Program, Review
from programs.models.reviews import PREFIXES, USUAL_AUDIENCE

DATA = Path(__file__).parents[1] / "data" / "reviews.json"
NUMBERS = ("value", "of_value", "change")
PLAIN = ("unit", "approximator", "nature", "change_unit", "change_against", "quoted_from", "audience")


@transaction.atomic
def load() -> None:
    """Load what is missing; running it again changes nothing."""
    data = read_data(DATA)
    for row in data["reviews"]:
        if not is_loaded(Review, row["key"]):
            add_review(row)
    today = timezone.localdate()
    for row in data["samples"]:
        if not is_loaded(Review, row["key"]):
            ReviewSample(row, today).add()


def add_review(row: Row) -> Review:
    """Add a review as a page tells it: approved, public, kept by the body that keeps what it reviews."""
    keeper, by = find(Organization, row["keeper"]), account("quantri")
    marks: dict[str, Any] = {name: {"missing": "unknown"} for name in row.get("missing", ())}
    entry = ReviewEntry(
        paper=paper_entry(row, parse_date("")),
        program=find(Program, row.get("program")),
        plan=find(Plan, row.get("plan")),
        territory=find(AdministrativeUnit, row.get("territory")),
        kind=row["kind"],
        is_final=True,
        period=parse_period(row["period"]),
        content=row.get("content", ""),
        note=row["note"],
        marks=marks,
        items=[ReviewItemEntry(text, marks=RETOLD) for text in row.get("results", ())],
        texts=said(row, usual={}, marks=RETOLD),
        figures=[figure(one) for one in row.get("figures", ())],
    )
    with loading(Review, row, keeper, by) as (act, known):
        review = save_review(None, entry, by=by, keeper=keeper, **known, **approved())
        show(review, slugify(review.document.title, max_length=140))
        finish(act, review)
    return review


def said(row: Row, *, usual: dict[str, str], marks: dict | None = None) -> list[ReviewTextEntry]:
    """The limitations, causes, lessons, proposals and next steps of a row; what is not usual is for everybody."""
    return [
        ReviewTextEntry(text, part=part, audience=usual.get(part, Audience.PUBLIC), marks=marks or {})
        for prefix, part in PREFIXES.items()
        for text in row.get(prefix, ())
    ]


def figure(row: Row, **rest: Any) -> FigureEntry:
    """A figure of a row; its numbers stand there as printed."""
    numbers = {name: read_number(row[name]) for name in NUMBERS if name in row}
    plain = {name: row[name] for name in PLAIN if name in row}
    if "as_of" in row:
        rest["as_of"] = parse_date(row["as_of"])
    if "period" in row:
        rest["period"] = parse_period(row["period"])
    parts = [(name, read_number(value)) for name, value in row.get("parts", ())]
    return FigureEntry(row["counts"], parts=parts, **numbers, **plain, **rest)


class ReviewSample(Sample):
    """One sample review, of a year counted from today's."""

    model = Review
    verbs: ClassVar = {"approve": records.approve, "publish": publish_companion}

    def __init__(self, row: Row, today: Any) -> None:
        self.year = today.year + row["years"][0]
        super().__init__(row | {"title": row["title"].format(year=self.year)}, today)

    def write(self, **how: Any) -> Review:
        row = self.row
        program, plan = find(Program, row.get("program")), find(Plan, row.get("plan"))
        commitments = list(program.items.all()) if program and not plan else []
        tasks = list(plan.items.all()) if plan else []
        reviewed = [(one.text, {"content_item": one}) for one in commitments]
        reviewed += [(one.text, {"plan_item": one}) for one in tasks]
        items = [
            ReviewItemEntry(result, about=about, **of)
            for (about, of), result in zip(reviewed, row["results"], strict=False)
        ]
        entry = ReviewEntry(
            paper=self.paper(),
            program=program,
            plan=plan,
            kind=row["kind"],
            is_final=row.get("is_final", False),
            period=self.period(),
            content=row.get("content", ""),
            items=items,
            texts=said(row, usual=USUAL_AUDIENCE),
            figures=[figure(one | {"period": f"năm {self.year}"}) for one in row["figures"]],
        )
        return save_review(None, entry, **how)

    def freeze(self) -> None:
        """Keep it as it reads, its figures as of the last day of its year."""
        as_of = min(self.record.period_last, self.today)
        freeze(self.record, by=self.approver, as_of=as_of, expected=self.record.version)

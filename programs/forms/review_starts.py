"""The ways to start a review: from a programme, from a plan; its items copied in, each waiting for its result."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.http import QueryDict
from django.utils import timezone

from portal.access import readable_audiences
from portal.dates import Period
from portal.forms.rows import append_rows
from portal.models import DocumentType, User
from portal.text import clean
from programs.forms.companions import sides_of
from programs.forms.links import write_link
from programs.forms.plan_starts import said_in_a_title
from programs.models import Plan, Program, ReviewKind

NEAR_ITS_END = timedelta(days=120)
LONGEST_TITLE = 1000
FILLED = "title period partners items kind is_final"


def start_of_program(program: Program, user: User) -> QueryDict:
    """The raw data of a programme's review: at its end the final one, before that of the year."""
    today = timezone.localdate()
    at_end = is_near_end(program.period, today)
    data = _start(program, user, at_end=at_end)
    write_link(data, "program", program)
    if at_end:
        said, data["period"] = "tổng kết", program.period.typed
    else:
        said, data["period"] = f"sơ kết năm {today.year}", f"năm {today.year}"
    data["title"] = _title(f"{said} thực hiện {said_in_a_title(program)}")
    return data


def start_of_plan(plan: Plan, user: User) -> QueryDict:
    """The raw data of a plan's review: at its end the final one."""
    at_end = is_near_end(plan.period, timezone.localdate())
    data = _start(plan, user, at_end=at_end)
    write_link(data, "plan", plan)
    write_link(data, "program", readable_program(plan, user))
    data["period"] = plan.period.typed
    title = plan.document.title
    data["title"] = _title(f"{'tổng kết' if at_end else 'sơ kết'} thực hiện {title[:1].lower()}{title[1:]}")
    return data


def readable_program(plan: Plan, user: User) -> Program | None:
    """The programme a plan stands under, as far as a person reads it."""
    return Program.objects.visible_to(user).filter(pk=plan.program_id).first() if plan.program_id else None


def is_near_end(period: Period, today: date) -> bool:
    """Whether a period is over or nearly so."""
    return period.last is not None and period.last - NEAR_ITS_END <= today


def _title(said: str) -> str:
    return clean(f"Báo cáo {said}")[:LONGEST_TITLE]


def _start(paper: Program | Plan, user: User, *, at_end: bool) -> QueryDict:
    data = QueryDict(mutable=True)
    append_rows(data, "partners", sides_of(paper, user))
    append_rows(data, "items", reviewed_rows(paper, user))
    data["kind"] = ReviewKind.CLOSING if at_end else ReviewKind.INTERIM
    data["is_final"] = "on" if at_end else ""
    report = DocumentType.objects.filter(family=DocumentType.Family.REVIEW).first()
    data["type"] = report.key if report else ""
    data["proposed"] = FILLED
    return data


def reviewed_rows(paper: Program | Plan, user: User) -> Iterator[dict[str, str]]:
    """A raw row for each commitment or task the person reads, with its words and without a result."""
    of = "content_item" if isinstance(paper, Program) else "plan_item"
    for one in paper.items.filter(audience__in=readable_audiences(user, paper)):
        yield {"about": one.text, "text": "", "audience": one.audience, of: str(one.pk)}

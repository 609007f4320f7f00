"""What a year holds of conferences and tasks: held, reviewed at, asked of bodies by a day of the year, done and overdue."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.db.models import Min, Q, QuerySet

from meetings.board import task_hits
from meetings.calendar import has_day
from meetings.listing import concerning, concerning_below, meeting_hits, meeting_page_of
from meetings.measuring import counted_done, reviewed_something
from meetings.models import Assignment, Meeting, MeetingPaper, Progress, Stage
from meetings.models.tasks import standing
from portal.columns import UNKNOWN_DAY
from portal.models import Register, State
from portal.sections import Hit, Reader
from portal.year import Asked, YearFigure, YearPart, register

MEETINGS, TASKS = "Hội nghị", "Nhiệm vụ sau hội nghị"


def concerned(asked: Asked) -> QuerySet:
    """The conferences the scope has to do with, of any day."""
    found = Meeting.objects.visible_to(asked.reader)
    if top := asked.scope.top:
        return concerning_below(found, top.pk, asked.reader)
    return found if asked.bodies is None else concerning(found, asked.bodies, asked.reader)


def meetings(asked: Asked) -> QuerySet:
    """Of these, those of the year and of the one before, which are counted together, and of a day not yet known."""
    near = Q(listed_on__range=(asked.before.first, asked.last)) | Q(listed_on=UNKNOWN_DAY)
    return concerned(asked).filter(near)


def held(asked: Asked) -> Q:
    """The approved conferences held in the year."""
    return Q(state=State.APPROVED, stage=Stage.HELD, listed_on__range=(asked.first, asked.last))


def reviewing(asked: Asked) -> Q:
    """Conferences of the year at which something was reviewed."""
    return held(asked) & reviewed_something()


def signing(asked: Asked) -> Q:
    """Conferences of the year at which a paper was signed."""
    papers = MeetingPaper.objects.filter(role=MeetingPaper.Role.SIGNED).values("meeting_id")
    return held(asked) & Q(pk__in=papers)


def unapproved(asked: Asked) -> Q:
    """Conferences of the year, or of a day not yet known, that are nobody's word yet."""
    when = Q(listed_on__range=(asked.first, asked.last)) | Q(listed_on=UNKNOWN_DAY)
    return ~Q(state=State.APPROVED) & when


def meeting_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Conferences as lines."""
    return meeting_hits(keys, asked.reader)


def assignments(asked: Asked) -> QuerySet:
    """The parts of tasks that bodies of the scope have to answer."""
    return asked.within(Assignment.objects.visible_to(asked.reader))


def due(asked: Asked) -> Q:
    """Of these, those to be answered by a day of the year."""
    over = Q(state__in=[Assignment.State.CLOSED, Assignment.State.STOPPED])
    return Q(due_on__range=(asked.first, asked.last)) & ~over


def stands(progress: str, asked: Asked) -> Q:
    """Of those due, those that stand so today: what was due on the last day of a year that is over is overdue."""
    counted = counted_done(assignments(asked).filter(due(asked)), asked.reader)
    return due(asked) & standing(progress, asked.today, counted)


def task_lines(keys: list[int], asked: Asked) -> list[Hit]:
    """Parts of tasks as lines."""
    return task_hits(keys, counted_done(Assignment.objects.filter(pk__in=keys), asked.reader))


@register
class MeetingsOfTheYear(YearPart):
    """Conferences and tasks in a year."""

    position = 20

    def figures(self) -> Iterable[YearFigure]:
        known = {"register": Register.MEETINGS, "group": MEETINGS}

        def meetings_that(key: str, label: str, counted: Callable[[Asked], Q], **more: object) -> YearFigure:
            return YearFigure(key, label, "hội nghị", meetings, counted, meeting_lines, **known, **more)

        left = {"unapproved": unapproved, "place": 40}
        yield meetings_that("hoi-nghi", "hội nghị đã tổ chức", held, **left)
        yield meetings_that("hoi-nghi-ky", "hội nghị có ký văn bản", signing)
        yield meetings_that("hoi-nghi-so-ket", "hội nghị sơ kết, tổng kết", reviewing)
        for key, words, counted in (
            ("phan-viec", "phần việc đến hạn trong năm", due),
            ("phan-viec-dang-lam", "phần việc đang thực hiện, còn hạn", partial(stands, Progress.OPEN)),
            ("phan-viec-xong", "phần việc đã hoàn thành", partial(stands, Progress.DONE)),
            ("phan-viec-cho-xem", "phần việc chờ xem trả lời", partial(stands, Progress.ANSWERED)),
            ("phan-viec-qua-han", "phần việc quá hạn", partial(stands, Progress.OVERDUE)),
        ):
            inside = {"group": TASKS, "is_public": False}
            yield YearFigure(key, words, "phần việc", assignments, counted, task_lines, **inside)

    def dates(self, asked: Asked) -> Iterable[tuple[date, str, str]]:
        coming = concerned(asked).approved().coming(asked.today)
        for one in coming.select_related("document").order_by("listed_on", "pk")[:3]:
            dated = one.document.dated
            about = "" if has_day(one) else f" {dated.in_brackets}"
            yield dated.last, f"{one.document.title}{about}", meeting_page_of(one, asked.reader)

    def earliest(self, reader: Reader) -> int | None:
        known = Meeting.objects.visible_to(reader).approved().exclude(listed_on=UNKNOWN_DAY)
        day = known.aggregate(day=Min("listed_on"))["day"]
        return day.year if day else None

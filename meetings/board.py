"""The board of tasks: what is asked of it, and each assignment as one line: what, who, until when, how it stands."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from meetings.measuring import done_among, keyed
from meetings.models import Assignment, Directive, Meeting, Progress
from meetings.models.tasks import NO_DAY, NO_DAY_WORDS, PASSED_ON, progress_of
from portal.changes import shorten
from portal.filters import MOST_CHOICES, PaperFilterForm, YearField
from portal.forms.fields import TextLine
from portal.lists import Choice, in_order
from portal.matching import with_words
from portal.models.search_texts import search_words
from portal.sections import Hit
from portal.templatetags.say import days_left, vdate
from portal.text import fold

LOOKS = {
    Progress.OPEN: "not_started",
    Progress.OVERDUE: "overdue",
    Progress.ANSWERED: "waiting",
    Progress.DONE: "approved",
    Progress.CLOSED: "expired",
}
COUNTED = "đã có, cổng tự tính"
NO_DAY_SIGN = "–"
LONGEST_TITLE = 200


class TaskFilterForm(PaperFilterForm):
    """The filters of the board."""

    nam = YearField(label="Hạn trong năm")
    don_vi = TextLine(label="Cơ quan thực hiện", required=False, max_length=250)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *Progress.choices]
    )
    hoi_nghi = TextLine(label="Hội nghị", required=False, max_length=250)
    hoi_nghi_ma = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    orders = {"han": "hạn gần nhất", "co-quan": "cơ quan thực hiện", "hoi-nghi": "hội nghị"}

    def clean(self) -> dict[str, Any]:
        """Find the conferences meant: the one linked to, else those whose names hold every word."""
        cleaned = super().clean()
        self.meetings: QuerySet | None = None
        if text := cleaned.get("hoi_nghi"):
            seen = Meeting.objects.visible_to(self.reader)
            chosen = seen.filter(code=cleaned.get("hoi_nghi_ma") or "").select_related("document").first()
            is_meant = chosen is not None and shorten(str(chosen), LONGEST_TITLE) == text
            self.meetings = seen.filter(pk=chosen.pk) if is_meant else self.named(seen, text)
        return cleaned

    def named(self, seen: QuerySet, text: str) -> QuerySet:
        """The conferences whose names hold every word, or the one of exactly this name; of several each is offered."""
        folded = fold(text)
        found = with_words(seen, folded, "search_text", most=10) if folded else seen.none()
        some = list(found.select_related("document")[: MOST_CHOICES + 1])
        exact = [one for one in some if folded in {fold(one.document.title), fold(str(one))}]
        if len(exact) == 1:
            return seen.filter(pk=exact[0].pk)
        if not some:
            self.add_error("hoi_nghi", f"Không tìm thấy hội nghị “{shorten(text, 80)}”.")
        elif len(some) > 1:
            offered = [Choice(str(one), self.address(**conference_query(one))) for one in some[:MOST_CHOICES]]
            self.choices.append((text, offered))
        return found

    def in_place(self, queryset: QuerySet) -> QuerySet:
        """What the bodies, or the bodies of the territories asked for, have to do."""
        if self.bodies:
            queryset = queryset.filter(organization__in=self.bodies)
        if self.units:
            within = Q()
            for unit in self.units:
                within |= unit.inside("organization__territory__")
            queryset = queryset.filter(within)
        return queryset

    def within(self, queryset: QuerySet) -> QuerySet:
        """What every condition but the standing leaves: what the counts on top count."""
        found = self.in_place(queryset)
        if words := search_words(self.value("q") or ""):
            found = with_words(found, " ".join(words), "task__search_text", most=len(words))
        if year := self.value("nam"):
            found = found.filter(due_on__range=(date(year, 1, 1), date(year, 12, 31)))
        if self.meetings is not None:
            found = found.filter(task__told_in__in=self.meetings.order_by().values("document"))
        return found

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = self.within(queryset)
        if progress := self.value("tinh_trang"):
            found = found.standing(progress, self.today, self.done)
        return found.order_by(*order_of(self.order))

    @cached_property
    def done_among(self) -> dict[int, tuple[str, date]]:
        """Those of the reader's assignments that every other condition leaves which the portal counts as done."""
        seen = Assignment.objects.visible_to(self.reader)
        return {} if self.errors else done_among(self.within(seen), self.reader)

    @property
    def done(self) -> Q | None:
        """The same as a condition."""
        return keyed(self.done_among)

    def counted(self, queryset: QuerySet) -> dict[str, int]:
        """How many stand in which way, of what every other condition leaves."""
        found = queryset.none() if self.errors else self.within(queryset)
        return found.counted(self.today, self.done_among.values())

    def standings(self, counted: dict[str, int]) -> list[tuple[str, int, str, bool]]:
        """How many stand in which way: words, number, address that shows them, whether they are shown."""
        asked = self.value("tinh_trang")
        return [
            (
                str(Progress(key).label),
                count,
                self.address(**{"tinh-trang": None if key == asked else key}),
                key == asked,
            )
            for key, count in counted.items()
        ]


def order_of(order: str) -> list[Any]:
    """The columns of an order; what is over stands last, what was told on an unknown day after the others."""
    if order == "co-quan":
        return ["organization__sort_key", "organization", "due_on", "pk"]
    if order == "hoi-nghi":
        return ["-task__told_on", "-task__told_in", "task", "due_on", "pk"]
    return [Assignment.IS_OVER, "due_on", "pk"]


def conference_query(meeting: Meeting) -> dict[str, str]:
    """What the address of the board asks for to show the tasks of one conference."""
    return {"hoi-nghi": shorten(str(meeting), LONGEST_TITLE), "hoi-nghi-ma": meeting.code}


def task_hits(keys: Iterable[int], done: Q | None) -> list[Hit]:
    """The lines of these assignments, in their order; ``done`` says which the portal counts as done."""
    linked = (
        "organization",
        "task__follower",
        "task__directive__meeting__document",
        "task__directive__document",
    )
    keys = list(keys)
    rows = Assignment.objects.filter(pk__in=keys).select_related(*linked).with_done(done)
    today = timezone.localdate()
    return [task_hit(one, today) for one in in_order(rows, keys)]


def task_hit(one: Assignment, today: date) -> Hit:
    """One assignment as a line."""
    task = one.task
    is_waited_for = one.progress(today) in {Progress.OPEN, Progress.OVERDUE} and one.due_on != NO_DAY
    meta = [told_in(task.directive), f"{task.follower} theo dõi", "hằng năm" if task.yearly else ""]
    return Hit(
        title=shorten(task.directive.text, LONGEST_TITLE),
        url=reverse("meetings:task_record", args=[one.code]),
        line=one.organization.label,
        chips=(chip_of(one, today),),
        when=NO_DAY_SIGN if one.due_on == NO_DAY else str(vdate(one.due_on)),
        when_line=NO_DAY_WORDS if one.due_on == NO_DAY else "",
        meta=tuple(filter(None, meta)),
        tail=days_left(one.due_on) if is_waited_for else "",
    )


def chip_of(one: Any, today: date) -> tuple[str, str]:
    """How an assignment, or its state, due day and reason, stands as a chip; what was sent back says so."""
    progress = progress_of(one.state, one.due_on, today, has_done=one.has_done)
    state, words = Assignment.State(one.state), str(progress.label)
    if one.has_done:
        words = COUNTED
    elif progress == Progress.CLOSED:
        words = "đã chuyển" if one.reason == PASSED_ON else str(state.label)
    elif progress == Progress.OPEN and state == Assignment.State.RETURNED:
        words = str(state.label)
    return LOOKS[progress], words[:1].upper() + words[1:]


def told_in(directive: Directive) -> str:
    """Where a saying was given, on one line."""
    return shorten(str(directive.paper), 120)


def due_words(due_on: date) -> str:
    """The due day in words."""
    return NO_DAY_WORDS if due_on == NO_DAY else str(vdate(due_on))

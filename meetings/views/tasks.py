"""Tasks: the board, one assignment with its answers, the whole of a task, and the page a saying is assigned on."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import answers, tasks
from meetings.actions.passing import passing
from meetings.actions.tasks import origin_of
from meetings.board import TaskFilterForm, chip_of, due_words, task_hits
from meetings.board_excel import task_file
from meetings.forms.tasks import AnswerForm, AssignForm, assign_initial
from meetings.measuring import counted_done
from meetings.models import Assignment, Directive, Task
from meetings.models.tasks import NO_DAY, PASSED_ON, Progress
from meetings.parts import said_by
from meetings.task_reading import coverage_of, rounds_of, story_of
from portal import files, sections
from portal.access import Doing, answering_body, can, leave_trace, require
from portal.actions.circles import key_of
from portal.actions.documents import FileEntry
from portal.actions.records import NotNow
from portal.file_kinds import NotTaken
from portal.forms.reasons import ReasonForm
from portal.forms.uploads import MOST_FILES
from portal.lists import FilteredList, trace_list
from portal.models import Attachment, Organization, Paper, State, User
from portal.photos import lightened
from portal.sections import Hit
from portal.views.verbs import opened_version

TAKEN = "tep-da-nhan"
"""The codes of files that an answer sent before, and that stay while it is mended."""
ANSWERS = "tra-loi"
"""How many answers an assignment had when its page was opened."""
ASSIGN = "giao"
"""What the button says that assigns; the other only shows whom the task would reach."""


class TaskList(FilteredList):
    """The board: every assignment a person's bodies follow, have to answer, or oversee."""

    model, form_class, template_name = Assignment, TaskFilterForm, "meetings/staff/task_list.html"
    heading, noun, excel = "Nhiệm vụ", "nhiệm vụ", "meetings:task_excel"
    nothing = "Chưa có nhiệm vụ nào. Ý kiến chỉ đạo của hội nghị được giao theo dõi từ trang của hội nghị."

    def lines(self, keys: list[int]) -> list[Hit]:
        return task_hits(keys, self.form.done)

    @cached_property
    def counted(self) -> dict[str, int]:
        """How many stand in which way; every assignment stands in exactly one."""
        return self.form.counted(self.base())

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator:
        """Pages of as many rows as the standings count: they are not counted again."""
        paginator = super().get_paginator(*args, **kwargs)
        asked = self.form.value("tinh_trang")
        paginator.count = self.counted[asked] if asked else sum(self.counted.values())
        return paginator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"counts": self.form.standings(self.counted)}


@require_safe
def task_excel(request: HttpRequest) -> HttpResponseBase:
    """The board as filtered and ordered, as an Excel file."""
    form = TaskFilterForm(request.GET, reader=request.user)
    trace_list(request.user, "tải Excel nhiệm vụ", form)
    seen = Assignment.objects.visible_to(request.user)
    return task_file(form.rows(seen).with_done(form.done), form, request)


# --- one assignment


def assignment_of(request: HttpRequest, code: str) -> Assignment:
    """An assignment the person may see, with what its page tells."""
    linked = ("organization", "passed_from", "task__follower", "task__directive__organization")
    told = ("task__directive__meeting__document", "task__directive__document")
    seen = Assignment.objects.visible_to(request.user).filter(code=code)
    done = counted_done(seen, request.user)
    return get_object_or_404(seen.select_related(*linked, *told).with_done(done))


@require_http_methods(["GET", "HEAD", "POST"])
def task_record(request: HttpRequest, code: str) -> HttpResponse:
    """What was said, to whom, until when; what happened; the answer, or what is done with it."""
    one = assignment_of(request, code)
    leave_trace(request.user, one)
    if request.method == "POST":
        require(request.user, Doing.ANSWER, within=one.organization)
    body = answering_body(request.user, one.organization)
    today, is_open = timezone.localdate(), one.state in Assignment.UNFINISHED
    form = None
    if body and (is_open or request.method == "POST"):
        form = AnswerForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    sent = sent_files(request, form) if request.method == "POST" else []
    if request.method == "POST" and form.is_valid():
        try:
            keep_answer(request, one, body, form, sent)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            one.refresh_from_db(fields=["state", "state_since", "reason"])
        else:
            messages.success(request, f"Đã gửi trả lời đến {one.task.follower}.")
            return HttpResponseRedirect(reverse("meetings:task_record", args=[code]))
    follows = bool(can(request.user, Doing.WRITE, within=one.task.follower))
    context = facts_of(one.task.directive, request.user) | {
        "one": one,
        "task": one.task,
        "chip": chip_of(one, today),
        "due": due_words(one.due_on),
        "has_day": one.due_on != NO_DAY,
        "story": story_of(one),
        "answers": one.answers.count(),
        "body": body,
        "form": form,
        "sent": sent,
        "decides": follows and one.state == Assignment.State.ANSWERED,
        "is_open": is_open,
        "is_awaited": one.progress(today) in {Progress.OPEN, Progress.OVERDUE},
        "reason_form": ReasonForm(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/staff/task_record.html", context, status=status)


def facts_of(directive: Directive, user: User) -> dict[str, Any]:
    """What was said, by whom, and where that is read."""
    document = directive.paper
    url = sections.addresses([document.pk], user).get(document.pk, "")
    return {"directive": directive, "by": said_by(directive), "origin": document, "origin_url": url}


def sent_files(request: HttpRequest, form: AnswerForm) -> list[Attachment]:
    """The files and photographs of an answer, taken before or sent now; each refused one is named at its field."""
    held = files.staged().filter(code__in=request.POST.getlist(TAKEN), uploaded_by=request.user)
    taken = list(held.order_by("pk")[:MOST_FILES])
    form.is_valid()
    sent = [(name, upload) for name in ("files", "photos") for upload in form.cleaned_data.get(name, [])]
    for name, upload in sent:
        try:
            light = lightened(upload) if name == "photos" else upload
            taken.append(files.keep(light, by=request.user))
        except NotTaken as refusal:
            form.add_error(name, f"{upload.name}: {refusal}")
    return taken


def keep_answer(
    request: HttpRequest, one: Assignment, body: Organization, form: AnswerForm, sent: list[Attachment]
) -> None:
    """Keep the answer with its files, all or none."""
    with transaction.atomic():
        entry = answers.AnswerEntry(form.cleaned_data["text"], [FileEntry(file) for file in sent])
        answers.answer(one, entry, by=request.user, body=body, expected=opened_version(request, ANSWERS))


@require_POST
def task_accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take the answer as the task done."""
    one = followed(request, code)
    seen = opened_version(request, ANSWERS)
    done = partial(answers.accept, one, by=request.user, expected=seen)
    return decided(request, code, done, "Đã ghi nhận hoàn thành.")


@require_POST
def task_return(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for more, with a reason."""
    one = followed(request, code)
    form, seen = ReasonForm(request.POST), opened_version(request, ANSWERS)
    if not form.is_valid():
        messages.error(request, "Ghi điều cần bổ sung, nhiều nhất 2.000 ký tự.")
        return HttpResponseRedirect(reverse("meetings:task_record", args=[code]))
    reason = form.cleaned_data["reason"]
    done = partial(answers.send_back, one, by=request.user, reason=reason, expected=seen)
    return decided(request, code, done, f"Đã đề nghị {one.organization} bổ sung.")


def followed(request: HttpRequest, code: str) -> Assignment:
    """An assignment whose task the person's body follows."""
    one = assignment_of(request, code)
    require(request.user, Doing.WRITE, within=one.task.follower)
    return one


def decided(request: HttpRequest, code: str, act: Callable[[], None], words: str) -> HttpResponse:
    """Do what was decided, or say why not, and show the assignment."""
    try:
        act()
        messages.success(request, words)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("meetings:task_record", args=[code]))


# --- the whole of a task


def task_of(request: HttpRequest, code: str) -> tuple[Task, QuerySet]:
    """A task with those of its assignments the person may see; none is a 404."""
    seen = Assignment.objects.visible_to(request.user).filter(task__code=code)
    linked = ("follower", "kind", "territory", "directive__organization")
    told = ("directive__meeting__document", "directive__document")
    tasks_seen = Task.objects.select_related(*linked, *told).filter(Exists(seen.filter(task=OuterRef("pk"))))
    return get_object_or_404(tasks_seen, code=code), seen


@require_safe
def task_whole(request: HttpRequest, code: str) -> HttpResponse:
    """A task with all its bodies, and for one that is counted: which have done it, and which have not."""
    task, seen = task_of(request, code)
    today = timezone.localdate()
    done = counted_done(seen, request.user)
    rounds = rounds_of(seen, done)
    rows = (
        seen.with_done(done)
        .filter(due_on=rounds[0].due_on)
        .select_related("organization", "passed_from", "task")
    )
    rows = list(rows.order_by("organization__sort_key", "organization"))
    left = [one.organization for one in rows if one.state in Assignment.UNFINISHED or one.reason == PASSED_ON]
    answering = {body.pk: "; ".join(map(str, heirs)) for body, heirs in passing(left, today)}
    leave_trace(request.user, rows[0], "cả nhiệm vụ")
    follows = bool(can(request.user, Doing.WRITE, within=task.follower))
    context = facts_of(task.directive, request.user) | {
        "task": task,
        "due": due_words(rounds[0].due_on),
        "rows": [(one, chip_of(one, today), answering.get(one.organization_id, "")) for one in rows],
        "earlier": rounds[1:],
        "coverage": coverage_of(task, rows, request.user),
        "follows": follows,
        "form": ReasonForm(),
    }
    return render(request, "meetings/staff/task_whole.html", context)


@require_POST
def task_stop(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a task no longer."""
    task, _ = task_of(request, code)
    require(request.user, Doing.WRITE, within=task.follower)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi lý do thôi theo dõi, nhiều nhất 300 ký tự.")
    elif len(form.cleaned_data["reason"]) > Task._meta.get_field("closing_reason").max_length:
        messages.error(request, "Lý do dài quá 300 ký tự.")
    else:
        try:
            tasks.stop(task, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "Đã thôi theo dõi. Các trả lời đã nhận vẫn còn ở đây.")
        except NotNow as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("meetings:task_whole", args=[code]))


# --- assigning


def saying_of(request: HttpRequest, code: str) -> tuple[Directive, Paper]:
    """A saying kept with a record of the person's own body, and that record."""
    linked = Directive.objects.select_related(
        "meeting__document", "meeting__keeper", "document", "organization"
    )
    directive = get_object_or_404(linked, code=code)
    origin = origin_of(directive)
    if origin is None or not type(origin).objects.visible_to(request.user).filter(pk=origin.pk).exists():
        raise Http404
    require(request.user, Doing.WRITE, within=origin.keeper)
    return directive, origin


@require_http_methods(["GET", "HEAD", "POST"])
def task_assign(request: HttpRequest, code: str) -> HttpResponse:
    """Assign a saying: whom it reaches is shown first, and only what was shown is assigned."""
    directive, origin = saying_of(request, code)
    if out := Task.objects.followed().filter(directive=directive).first():
        messages.info(request, "Ý kiến này đã được giao theo dõi.")
        return HttpResponseRedirect(reverse("meetings:task_whole", args=[out.code]))
    waiting = Task.objects.select_related("kind", "territory").filter(directive=directive).first()
    initial = assign_initial(directive, waiting)
    form = AssignForm(request.POST or None, initial=initial, follower=origin.keeper, directive=directive)
    shown: list[Organization] = []
    if request.method == "POST" and form.is_valid():
        shown = form.reached
        seen = key_of(frozenset(body.pk for body in shown))
        if request.POST.get("lam") == ASSIGN and request.POST.get("nhan") == seen:
            try:
                task = tasks.assign(directive, form.entry, follower=origin.keeper, by=request.user)
            except NotNow as refusal:
                form.add_error(None, str(refusal))
            else:
                return assigned(request, task, origin, len(shown))
    context = facts_of(directive, request.user) | {
        "form": form,
        "shown": shown,
        "shown_words": f"{len(shown)} cơ quan",
        "passed": passing(shown, timezone.localdate()),
        "seen": key_of(frozenset(body.pk for body in shown)),
        "waits": origin.state != State.APPROVED,
        "waiting": waiting,
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/staff/task_assign.html", context, status=status)


def assigned(request: HttpRequest, task: Task, origin: Paper, count: int) -> HttpResponse:
    """Say what was done, and show where it stands."""
    if origin.state == State.APPROVED:
        messages.success(request, f"Đã giao theo dõi đến {count} cơ quan.")
        return HttpResponseRedirect(reverse("meetings:task_whole", args=[task.code]))
    messages.success(request, "Đã ghi việc giao theo dõi. Nhiệm vụ được gửi đi khi hội nghị được duyệt.")
    url = sections.addresses([origin.document_id], request.user).get(origin.document_id)
    return HttpResponseRedirect(url or reverse("portal:desk"))

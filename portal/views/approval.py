"""What a leader does: look at what waits, return it with a reason, approve, publish, take down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal import sections
from portal.access import Doing, require, runs
from portal.actions import copies, records
from portal.actions.records import Moved, NotNow
from portal.changes import Change
from portal.forms.differences import differences
from portal.forms.fields import DayText, SpeakingForm
from portal.forms.papers import missing_files
from portal.forms.reasons import ReasonForm
from portal.journal import changes_since
from portal.lists import said_chip, when_public
from portal.models import Act, Paper, State, User, Verb, WorkingCopy
from portal.publication import Preview, publication_preview, released_with
from portal.templatetags.say import vdate
from portal.views.asking import last_return
from portal.views.entry import kind_of
from portal.views.trying import seen_as_written
from portal.views.verbs import opened_version

VERBS = ("approve", "return", "publish", "call_off")


class PublishForm(SpeakingForm):
    """When the public sees it: at once, or from a day; beside an approval, which of its buttons a day belongs to."""

    when = DayText(
        label="Công khai từ ngày",
        required=False,
        help_text="Để trống: công khai ngay.",
        error_messages={"required": "Ghi ngày công khai."},
    )

    def __init__(self, *args: Any, press: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.press = press
        if press:
            self.fields["when"].help_text = "Ví dụ: 31/1/2027"
            self.fields["when"].required = press == "schedule"

    def clean_when(self) -> datetime | None:
        """The start of the day typed; nothing means now."""
        day = self.cleaned_data["when"]
        if day is None:
            return None
        if self.press == "approve":
            raise forms.ValidationError(
                "Đã ghi ngày công khai. Bấm “Duyệt, công khai từ ngày này”, hoặc xóa ngày rồi duyệt."
            )
        if day < timezone.localdate():
            raise forms.ValidationError("Ngày công khai đã qua.")
        return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Doubt:
    """What the leader is told of a paper: the words, the page of what they name, whether the writer confirmed them."""

    words: str
    address: str = ""
    is_confirmed: bool = True


@dataclass(frozen=True)
class Returned:
    """Why what waits was returned before, and what was changed since."""

    reason: str
    changes: list[Change]


def publish_form(record: Paper) -> PublishForm:
    """The form with the day already set, where there is one."""
    day = vdate(record.published_from) if record.is_scheduled() else ""
    return PublishForm(prefix="cong", initial={"when": day})


def published_words(record: Paper) -> str:
    """What follows "Đã duyệt" once it was published too."""
    when = when_public(record)
    return f", công khai {when}" if when else " và công khai"


def record_to_approve(request: HttpRequest, kind: str, code: str) -> Paper:
    """A record of one kind, visible to the person and theirs to approve."""
    record = get_object_or_404(kind_of(kind).model.objects.visible_to(request.user), code=code)
    require(request.user, Doing.APPROVE, within=record.keeper)
    return record


@require_GET
def review_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One page to decide on: what changed, what would be public, what stays inside."""
    record = record_to_approve(request, kind, code)
    return draw_review(request, kind, record)


def draw_review(
    request: HttpRequest,
    kind: str,
    record: Paper,
    *,
    reason: ReasonForm | None = None,
    publish: PublishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of :func:`review_record`, with forms that were refused."""
    copy = copies.open_copy(kind, record)
    waiting = copy if copy and copy.state == State.WAITING else None
    waits = record.state == State.WAITING or waiting is not None
    shown = publish or (PublishForm(prefix="cong", press="schedule") if waits else publish_form(record))
    context: dict[str, Any] = {
        "record": record,
        "kind": kind,
        "copy": waiting,
        "waits": waits,
        "version": waiting.number if waiting else record.version,
        "doubts": doubts_of(kind, record, waiting, request.user),
        "changes": changes_of(kind, record, waiting, request.user) if waiting else None,
        "returned": returned_before(kind, record, waiting, request.user) if waits else None,
        "preview": preview_of(kind, record, waiting, request.user),
        "reason_form": reason or ReasonForm(prefix="tra"),
        "publish_form": shown,
        "publish_forms": [shown],
        "lede": "" if record.document.title in str(record) else record.document.title,
        "chip": said_chip(record),
        "withdrawn": Act.objects.about(record).filter(verb=Verb.WITHDRAW).first()
        if record.withdrawn_at
        else None,
        "is_public": record.is_public(),
        "awaited": when_public(record) if record.is_awaited() else "",
        "assumed": kind_of(kind).assumed(record) if waits else "",
        "record_url": kind_of(kind).record_address(record),
        "scheduled": record.is_scheduled(),
        **{f"{verb}_url": kind_of(kind).address(verb, record.code) for verb in VERBS},
        "may_publish": record.state == State.APPROVED and not record.is_released(),
    }
    return render(request, "portal/staff/review_record.html", context, status=status)


def preview_of(kind: str, record: Paper, waiting: WorkingCopy | None, by: User) -> Preview | None:
    """What becomes public, what stays inside, what is sent out: of the waiting edit as it would stand once approved."""
    look = partial(
        publication_preview, sent=sections.errands(record) if record.state == State.APPROVED else ()
    )
    if waiting is None:
        return look(record)
    try:
        entry = reader_of(kind, record, waiting, by)(waiting.data)
        return seen_as_written(kind_of(kind), record, entry, by=waiting.owner, look=look)
    except NotNow:
        return None


def doubts_of(kind: str, record: Paper, copy: WorkingCopy | None, user: User) -> list[Doubt]:
    """What the form asks its writer about, before handing in: the leader is told of it too."""
    view = kind_of(kind)
    data = copies.as_query(copy.data) if copy else view().raw_data(record)
    form = view.form_class(data, user=user, record=record)
    form.is_valid()
    open_ = form.doubtful()
    asked = [Doubt(one.warning, one.warning_address, one not in open_) for one in form.warned()]
    return asked + [Doubt(f"Chưa có tệp {words}") for words in missing_files(form.data)]


def returned_before(kind: str, record: Paper, copy: WorkingCopy | None, user: User) -> Returned | None:
    """Why the leader returned what waits, the last time, and what its writer changed since; None if never."""
    if copy is not None:
        if not copy.returned:
            return None
        changes = apart(kind, record, copies.as_query(copy.returned), copies.as_query(copy.data), user)
        return Returned(copy.reason, changes)
    if (act := last_return(record)) is None:
        return None
    since = reversed(changes_since(record, act.version or 0))
    return Returned(act.reason, [change for one in since for change in one.changes])


def changes_of(kind: str, record: Paper, copy: WorkingCopy, user: User) -> list[Change]:
    """What the waiting edit changes against the approved version."""
    return apart(kind, record, kind_of(kind)().raw_data(record), copies.as_query(copy.data), user)


def apart(kind: str, record: Paper, before: QueryDict, after: QueryDict, user: User) -> list[Change]:
    """What differs between two states of one form."""
    view = kind_of(kind)
    forms_ = [view.form_class(data, user=user, record=record) for data in (before, after)]
    for form in forms_:
        form.is_valid()
    return differences(*forms_, view.nouns)


@require_POST
def return_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Send what waits back to its writer, with a reason."""
    record = record_to_approve(request, kind, code)
    form = ReasonForm(request.POST, prefix="tra")
    if not form.is_valid():
        return draw_review(request, kind, record, reason=form, status=422)
    reason, expected = form.cleaned_data["reason"], opened_version(request)
    copy = copies.open_copy(kind, record)
    try:
        if copy and copy.state == State.WAITING:
            records.return_copy(copy, record, by=request.user, reason=reason, expected=expected)
        else:
            records.send_back(record, by=request.user, reason=reason, expected=expected)
    except NotNow as refusal:
        return refuse(request, kind, record, refusal, reason=form)
    messages.success(request, "Đã trả lại cho người soạn.")
    return HttpResponseRedirect(reverse("portal:desk"))


@require_POST
def approve_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Approve exactly what was opened; publish in the same press when asked."""
    record = record_to_approve(request, kind, code)
    also_publish = (press := request.POST.get("lam", "")) in {"publish", "schedule"}
    form = PublishForm(request.POST, prefix="cong", press=press if also_publish else "approve")
    if not form.is_valid():
        return draw_review(request, kind, record, publish=form, status=422)
    try:
        with transaction.atomic():  # one press: both, or neither
            record = run_approval(request, kind, record)
            if also_publish and not record.is_released():
                publish(kind, record, request.user, form.cleaned_data["when"])
    except NotNow as refusal:
        return refuse(request, kind, record, refusal)
    told = kind_of(kind).told(record)
    record.refresh_from_db()
    messages.success(request, f"Đã duyệt{published_words(record)}." if also_publish else "Đã duyệt.")
    for sentence in told:
        messages.info(request, sentence)
    return HttpResponseRedirect(kind_of(kind).record_address(record))


def run_approval(request: HttpRequest, kind: str, record: Paper) -> Paper:
    """Approve the waiting draft, or merge the waiting edit."""
    expected, by = opened_version(request), request.user
    copy = copies.open_copy(kind, record)
    if copy is not None and record.state == State.APPROVED:
        return merge(kind, record, copy, by=by, expected=expected)
    kind_of(kind).approve(record, by=by, expected=expected)
    record.refresh_from_db()
    return record


def merge(kind: str, record: Paper, copy: WorkingCopy, *, by: User, expected: int) -> Paper:
    """Write the waiting edit into the approved record."""
    read, write = reader_of(kind, record, copy, by), partial(kind_of(kind).write, record)
    return records.merge_copy(copy, record, read, write, by=by, expected=expected)


def reader_of(kind: str, record: Paper, copy: WorkingCopy, by: User) -> Callable[[dict], Any]:
    """Turns the raw data of an edit into what the action takes, or refuses.

    It is read as its writer sees the registers; as the leader does once the writer has left the body.
    """
    reader = copy.owner if runs(copy.owner, record.keeper_id) else by

    def read(data: dict) -> Any:
        query = copies.as_query(data)
        form = kind_of(kind).form_class(query, user=reader, complete=True, record=record)
        form.is_valid()
        # A doubt that came up since it was handed in is told to the leader, and no wall; sides nobody wrote are.
        if form.lacks():
            raise NotNow("Bản sửa này không còn đủ để duyệt. Xin trả lại để cán bộ bổ sung.")
        return form.entry()

    return read


def publish(kind: str, record: Paper, by: User, when: datetime | None) -> None:
    """Publish a record of any kind, as it stands now."""
    kind_of(kind).publish(record, by=by, expected=record.version, start=when)


@require_POST
def publish_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Publish an approved record after its one page was looked at."""
    record = record_to_approve(request, kind, code)
    form = PublishForm(request.POST, prefix="cong")
    if not form.is_valid():
        return draw_review(request, kind, record, publish=form, status=422)
    try:
        if record.version != opened_version(request):
            raise Moved("Văn bản đã thay đổi sau khi đồng chí mở trang này. Xin xem lại rồi quyết định.")
        publish(kind, record, request.user, form.cleaned_data["when"])
    except NotNow as refusal:
        return refuse(request, kind, record, refusal, publish=form)
    record.refresh_from_db()
    when = when_public(record)
    messages.success(request, f"Sẽ công khai {when}." if when else "Đã công khai.")
    return HttpResponseRedirect(kind_of(kind).record_address(record))


def call_off_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Give up a publication still ahead, after a look at what that does."""
    record = record_to_approve(request, kind, code)
    if request.method != "POST":
        context = {
            "record": record,
            "version": record.version,
            "when": when_public(record) if record.is_awaited() else "",
            "shown_before": _was_shown(record),
            "record_url": kind_of(kind).record_address(record),
        }
        return render(request, "portal/staff/call_off_record.html", context)
    try:
        records.call_off(record, by=request.user, expected=opened_version(request))
        messages.success(request, "Đã hủy hẹn công khai.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(kind_of(kind).record_address(record))


def _was_shown(record: Paper) -> bool:
    """Whether the public read a record before the publication that is still to come."""
    return bool(record.releases()) if record.is_scheduled() else record.last_read() is not None


def withdraw_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take a record off the public pages, with a reason."""
    record = record_to_approve(request, kind, code)
    form = ReasonForm(request.POST or None, prefix="go")
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            expected = opened_version(request)
            kind_of(kind).withdraw(record, by=request.user, reason=reason, expected=expected)
            messages.success(request, "Đã gỡ khỏi trang công khai.")
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(kind_of(kind).record_address(record))
    context = {"record": record, "form": form, "version": version_on_page(request, record)}
    context["also"] = released_with(record)
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/staff/withdraw_record.html", context, status=status)


def version_on_page(request: HttpRequest, record: Paper) -> int:
    """The version a page to decide on carries: as first opened, however often it is drawn again."""
    return opened_version(request) if request.method == "POST" else record.version


def refuse(
    request: HttpRequest, kind: str, record: Paper, refusal: NotNow, **kept: SpeakingForm
) -> HttpResponse:
    """The page again as it now stands, with the reason nothing was done."""
    record.refresh_from_db()
    messages.error(request, str(refusal))
    return draw_review(request, kind, record, status=409, **kept)

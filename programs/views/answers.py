"""What a body hands in for a round: the form in parts, and the look before it is sent.

Every page is reached by account and through the signed link (:mod:`programs.views.doors`); what is written belongs to
the body, not to who wrote it.
"""

import json

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.actions import copies
from portal.actions.records import Moved, NotNow
from portal.columns import new_code
from portal.file_kinds import NotTaken
from portal.forms.fields import whole_number
from portal.forms.rows import append_rows, edit_rows, row_count
from portal.photos import lightened
from portal.templatetags.say import days_left, vdatelong
from portal.views.asking import COMMAND
from portal.views.entry import CODE, PART, PART_NAME
from portal.views.files import NO_FILE, PHOTO, handed, taken
from programs.actions.answers import Collided, blank, keep, last_sent, last_time, take_file, taken_in, unsent
from programs.actions.rounds import lock_duty, refusal, send, standing_of
from programs.answer_parts import (
    EACH,
    FILES,
    answer_part,
    figure_line,
    mark_of,
    replace_part,
    sent_data,
    told_parts,
    with_blank_row,
)
from programs.forms.answers import AnswerForm, SenderForm
from programs.models import Submission
from programs.models.rounds import ANSWER_FORM, PARTS
from programs.views.doors import Door, shown, targets_url

TAKE, CHECK = "ky-truoc", "xem-lai"
PAGE, AS_OPENED = "trang", "luc-mo"
"""Which page writes, and the marks of the parts it was opened with."""
SEEN_COUNT, SEEN_NUMBER = "da-nop", "ban"
"""How many times the part was handed in, and which of the kept words, when it was looked at before sending."""
NOTHING_BEFORE = "Kỳ trước không có phần nào đã nộp để lấy."
CHANGED = "Nội dung vừa được sửa. Xin xem lại một lần nữa rồi bấm “Nộp”."
FINAL = "Nộp rồi thì không sửa được nữa, trừ khi được trả lại."
BOTH = "Người khác vừa ghi cùng chỗ với đồng chí: {parts}. Dưới đây là nội dung đồng chí nhập; bấm “Lưu” lần nữa là thay nội dung kia."
LABELS = PARTS | {FILES: "Tệp"}


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, door: Door) -> HttpResponseBase:
    """The form in parts; once handed in, and not returned, the receipt."""
    page = PartPage(request, door)
    if request.method == "POST":
        return page.post()
    if (standing := standing_of(door.duty)) is not None:
        return HttpResponseRedirect(door.to("part_receipt", standing.code))
    if why := refusal(door.duty, timezone.localdate()):
        before = door.duty.submissions.order_by("number")
        receipts = [(one, door.to("part_receipt", one.code)) for one in before]
        return shown(
            request, door, "ended", {"why": why, "receipts": receipts, "keeper": door.duty.round.keeper}
        )
    return page.get()


class PartPage:
    """The page on which a part is written, by whoever of the body opens it."""

    def __init__(self, request: HttpRequest, door: Door) -> None:
        self.request, self.door, self.duty = request, door, door.duty
        self.copy, self.last = unsent(door.duty), last_sent(door.duty)

    def saved(self) -> QueryDict:
        """What is kept: the words not yet sent, else those that were returned."""
        return answer_part(copies.as_query((self.copy or blank(self.duty)).data))

    def form(self, data: QueryDict, *, complete: bool = False) -> AnswerForm:
        """The form over some data."""
        known = {file.code: file for file in taken_in(self.duty)}
        return AnswerForm(data, files=known, address=self.door.to_file, complete=complete)

    def get(self) -> HttpResponse:
        """The form as it was last kept."""
        return self.draw(self.saved())

    def post(self) -> HttpResponse:
        """One pressed button: a row command, what was told last time, a save, or the look before sending."""
        command = self.request.POST.get(COMMAND, "save")
        data = answer_part(self.request.POST)
        problems = self.take_files(data)
        if command == TAKE or ":" in command:
            data = self.from_last_time(data) if command == TAKE else edit_rows(data, command)
            return self.draw(data, problems=problems)
        form = self.form(data)
        if not form.is_valid() or problems:
            return self.draw(data, form=form, problems=problems)
        try:
            self.keep(data)
        except Collided as two:
            return self.draw(data, form=form, collided=two)
        except NotNow as refused:
            return self.draw(data, form=form, problems=[str(refused)])
        if command == CHECK:
            whole = self.form(data, complete=True)
            return self.draw(data, form=whole) if not whole.is_valid() else self.go("part_check")
        messages.success(self.request, f"Đã lưu lúc {timezone.localtime():%H:%M}, chưa nộp.")
        return self.go("part")

    def go(self, page: str) -> HttpResponse:
        """On to the next page; a save comes back to the part that was open."""
        part = self.request.POST.get(PART, "")
        there = f"#{part}" if page == "part" and PART_NAME.match(part) else ""
        return HttpResponseRedirect(self.door.to(page) + there)

    def keep(self, data: QueryDict) -> None:
        """Keep what the page holds."""
        who = {"by": self.door.user, "body": self.door.body}
        keep(self.duty, data, **who, page=self.page_code(), opened=self.opened())

    def page_code(self) -> str:
        """Which page this is: the same as long as it is drawn again."""
        posted = self.request.POST.get(PAGE, "")
        return posted if CODE.match(posted) else new_code()

    def opened(self) -> dict[str, str]:
        """The marks of the parts as the page was opened; nothing where they cannot be read."""
        try:
            marks = json.loads(self.request.POST.get(AS_OPENED, ""))
        except ValueError:
            return {}
        return {key: str(mark) for key, mark in marks.items()} if isinstance(marks, dict) else {}

    def take_files(self, data: QueryDict) -> list[str]:
        """Take in the files sent with the form itself, where no script sent them; returns refusals as sentences."""
        problems = []
        for name in ("tep", PHOTO):
            for upload in self.request.FILES.getlist(name):
                try:
                    light = lightened(upload) if name == PHOTO else upload
                    kept = take_file(self.duty, light, by=self.door.user, body=self.door.body)
                except (NotTaken, NotNow) as refused:
                    problems.append(f"{upload.name}: {refused}")
                else:
                    append_rows(data, FILES, [{"file": kept.code}])
        return problems

    def from_last_time(self, data: QueryDict) -> QueryDict:
        """The parts nobody has written yet, as they were told last time; figures without their numbers."""
        before = last_time(self.duty)
        if before is None:
            messages.info(self.request, NOTHING_BEFORE)
            return data
        told = sent_data(before.content, again=True)
        empty = QueryDict()
        for part in PARTS:
            if mark_of(data, part) == mark_of(empty, part):
                replace_part(data, part, told)
        words = f"Đã lấy từ “{before.duty.round.title}” vào các phần còn trống, chưa lưu. Xin sửa và ghi số liệu mới."
        messages.info(self.request, words)
        return data

    def draw(
        self,
        data: QueryDict,
        *,
        form: AnswerForm | None = None,
        problems: list[str] | None = None,
        collided: Collided | None = None,
    ) -> HttpResponse:
        """The page over some data, with what is to be said about it."""
        asked = form is not None
        if form is None:
            form = self.form(with_blank_row(data))
            form.is_valid()
        marks = {part: mark_of(self.saved(), part) for part in EACH}
        if self.request.method == "POST" and not collided:
            marks = self.opened()
        problems = list(problems or [])
        if collided:
            marks = {part: mark_of(collided.saved, part) for part in EACH}
            problems.append(BOTH.format(parts=", ".join(LABELS[part] for part in collided.parts)))
        sent = standing_of(self.duty) if problems else None  # by a colleague, while this page was open
        context = {
            "form": form,
            "asked": asked,
            "problems": problems,
            "receipt_url": self.door.to("part_receipt", sent.code) if sent else "",
            "theirs": theirs(collided) if collided else [],
            "copy": self.copy,
            "returned": self.last if self.last and self.last.returned_at else None,
            "page": self.page_code(),
            "marks": json.dumps(marks, separators=(",", ":")),
            "keep_as": ANSWER_FORM,
            "keep_url": self.door.to("part_keep"),
            "upload_url": self.door.to("part_upload"),
            "upload_limit": settings.UPLOAD_LIMIT // (1024 * 1024),
            "is_unsaved": self.request.method == "POST",
            "asked_words": asked_words(self.door),
            "targets_url": targets_url(self.door),
            "may_take": not self.last and last_time(self.duty) is not None,
        }
        failed = problems or (asked and form.has_errors())
        return shown(self.request, self.door, "part", context, 422 if failed else 200)


def asked_words(door: Door) -> str:
    """Who asks whom for what, until when."""
    current = door.duty.round
    of = f" {current.period.text or current.period.sentence()}" if current.period.known else ""
    due = f"hạn nộp {vdatelong(current.due_on)}, {days_left(current.due_on)}"
    return f"{current.keeper} đề nghị {door.body} báo cáo{of}, {due}."


def theirs(two: Collided) -> list[tuple[str, str]]:
    """What the other wrote of the parts that both changed, in words."""
    return [(LABELS[part], in_words(two.saved, part)) for part in two.parts]


def in_words(data: QueryDict, part: str) -> str:
    """A part as the other person sees it, in one text."""
    if part == "figures":
        rows = [row for row in AnswerForm(data, files={}).rows["figures"].filled if row.is_valid()]
        return "\n".join(figure_line(row.content()) for row in rows if row.number is not None)
    if part == FILES:
        return f"{row_count(data, FILES)} tệp"
    return data.get(part, "")


@require_POST
def part_keep(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Keep what is being typed: the same words a save keeps, as far as nobody else changed them."""
    page = PartPage(request, door)
    try:
        page.keep(answer_part(request.POST))
    except Moved as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    except NotNow as refused:
        return JsonResponse({"error": str(refused)}, status=400)
    saved = f"{timezone.localtime():%H:%M}"
    return JsonResponse({"saved": saved, "words": f"Đã lưu lúc {saved}, chưa nộp."})


@require_POST
def part_upload(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Take one file in for the part being written; its code goes into the form."""
    if (upload := next(iter(request.FILES.values()), None)) is None:
        return JsonResponse({"error": NO_FILE}, status=400)
    try:
        upload = lightened(upload) if PHOTO in request.FILES else upload
        kept = take_file(door.duty, upload, by=door.user, body=door.body)
    except (NotTaken, NotNow) as refused:
        return JsonResponse({"error": str(refused)}, status=400)
    return taken(kept, door.to_file(kept), "đã gửi lên, chưa nộp")


@require_safe
def part_file(request: HttpRequest, door: Door, file: str) -> HttpResponseBase:
    """A file of this part, sent or not yet."""
    return handed(request, get_object_or_404(taken_in(door.duty), code=file))


@require_http_methods(["GET", "HEAD", "POST"])
def part_check(request: HttpRequest, door: Door) -> HttpResponseBase:
    """What will be sent, and the button that sends it."""
    page = PartPage(request, door)
    seen = whole_number(request.POST.get(SEEN_COUNT, ""))
    if request.method == "POST" and seen is not None and (sent := sent_after(door, seen)):
        return HttpResponseRedirect(door.to("part_receipt", sent.code))  # the same press once more
    form = page.form(page.saved(), complete=True)
    if page.copy is None or not form.is_valid():
        return HttpResponseRedirect(door.to("part"))
    sender = None if door.user else SenderForm(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and (sender is None or sender.is_valid()):
        name = sender.cleaned_data["sender_name"] if sender else ""
        try:
            sent = send_kept(request, door, seen or 0, name)
        except NotNow as refused:
            problems.append(str(refused))
        else:
            messages.success(request, "Đã nộp. Đây là biên nhận.")
            return HttpResponseRedirect(door.to("part_receipt", sent.code))
    failed = request.method == "POST"
    context = {
        "form": form,
        "parts": told_parts(form.content()),
        "files": [(file, door.to_file(file)) for file in form.files],
        "send_words": f"{door.body} nộp “{door.duty.round}” cho {door.duty.round.keeper}. {FINAL}",
        "sender": sender,
        "problems": problems,
        "count": door.duty.submissions.count(),
        "number": page.copy.number,
    }
    return shown(request, door, "part_check", context, 422 if failed else 200)


def sent_after(door: Door, seen: int) -> Submission | None:
    """What was handed in since somebody saw so many of them."""
    return door.duty.submissions.filter(number=seen + 1, returned_at__isnull=True).first()


def send_kept(request: HttpRequest, door: Door, seen: int, sender_name: str) -> Submission:
    """Send what was looked at, and nothing that was written since."""
    with transaction.atomic():
        lock_duty(door.duty)
        page = PartPage(request, door)
        if page.copy is None or str(page.copy.number) != request.POST.get(SEEN_NUMBER, ""):
            raise Moved(CHANGED)
        form = page.form(page.saved(), complete=True)
        if not form.is_valid():
            raise Moved(CHANGED)
        who = {"by": door.user, "body": door.body, "sender_name": sender_name}
        return send(door.duty, form.content(), files=form.files, expected=seen, **who)

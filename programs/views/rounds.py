"""Rounds of reporting for who asks: the list, preparing and opening one, the board of who has and has not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import Doing, acting_body, can, grants, leave_trace, require
from portal.actions.records import NotNow
from portal.excel import ListFile
from portal.forms.fields import whole_number
from portal.lists import FilteredList, excel_address
from portal.models import Organization, User
from portal.sections import Hit
from portal.views.records import word_file
from portal.views.verbs import opened_version
from portal.workbook import Column
from programs.actions import rounds
from programs.cadence import due_review
from programs.duty_links import link_of
from programs.forms.links import may_read
from programs.forms.rounds import BoardFilterForm, RoundFilterForm, RoundForm, initial_for, initial_of
from programs.models import Duty, DutyState, Plan, Program, Round, Submission
from programs.round_reading import Board, duty_hits, round_chip, round_hits, without_account
from programs.word.reminder import reminder_file

NO_WRITER = "Chỉ cán bộ và lãnh đạo của một cơ quan được mở đợt báo cáo."
PER_BOARD = 200
"""How many bodies a board shows on one page: all communes of a province."""


class RoundList(FilteredList):
    """The rounds of a person's bodies and of those below."""

    model, form_class, template_name = Round, RoundFilterForm, "programs/staff/round_list.html"
    heading, noun, nothing = "Đợt báo cáo", "đợt báo cáo", "Chưa có đợt báo cáo nào trong phạm vi được xem."
    first = "Mở một đợt để các cơ quan nộp phần báo cáo của mình; ai chưa nộp hiện ra theo tên."
    excel, enter, entering = "programs:round_excel", "programs:enter_round", "Lập đợt báo cáo"

    def lines(self, keys: list[int]) -> list[Hit]:
        return round_hits(keys, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"owed": self.owed()}

    def owed(self) -> list[Duty]:
        """What the person's own bodies still have to hand in."""
        bodies = [held.organization_id for held in grants(self.request.user, Doing.ANSWER)]
        owed = Duty.objects.owed(timezone.localdate()).of_bodies(bodies)
        return list(owed.select_related("round__keeper", "organization").order_by("round__due_on", "pk")[:20])


class RoundFile(ListFile, RoundList):
    """The list of rounds as an Excel file."""

    file_name = "dot-bao-cao"
    columns = (
        Column("Đợt báo cáo", 60, lambda row: row[0].title),
        Column("Cơ quan yêu cầu", 40, lambda row: row[0].line),
        Column("Hạn nộp", 14, lambda row: row[0].when),
        Column("Tình trạng", 18, lambda row: row[0].said_chips[0][1]),
        Column("Đã nộp", 40, lambda row: " · ".join(row[0].meta)),
        Column("Địa chỉ", 50, lambda row: row[1]),
    )


# --- one round


def round_of(request: HttpRequest, code: str, *, writes: bool = False) -> Round:
    """A round whose board the person reads; to change it they write for its keeper."""
    linked = (
        "keeper__sector",
        "keeper__territory",
        "program__document",
        "plan__document",
        "group",
        "territory",
        "written_by",
    )
    current = get_object_or_404(Round.objects.visible_to(request.user).select_related(*linked), code=code)
    if writes:
        require(request.user, Doing.WRITE, within=current.keeper)
    return current


def told_papers(current: Round, user: User) -> dict[str, Program | Plan | None]:
    """The programme and the plan a round is about, as far as who reads its board reads them too."""
    linked = {"program": current.program, "plan": current.plan}
    return {name: paper if paper and may_read(paper, user) else None for name, paper in linked.items()}


class BoardList(FilteredList):
    """The board of a round: who is missing first, then everybody; of one being prepared, whom it will reach."""

    model, form_class, template_name = Duty, BoardFilterForm, "programs/staff/round_board.html"
    noun, paginate_by = "cơ quan", PER_BOARD
    nothing = "Chưa có cơ quan nào."

    @cached_property
    def round(self) -> Round:
        """The round of this address."""
        return round_of(self.request, self.kwargs["code"])

    @property
    def heading(self) -> str:
        """What it is called."""
        return self.round.title

    def base(self) -> QuerySet:
        return Duty.objects.filter(round=self.round).with_state(timezone.localdate())

    def lines(self, keys: list[int]) -> list[Hit]:
        return duty_hits(keys, timezone.localdate())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        leave_trace(request.user, self.round)
        if self.round.opened_at is None:
            return prepared(request, self.round)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board, today = Board(self.round, timezone.localdate()), timezone.localdate()
        excel = reverse("programs:board_excel", args=[self.round.code])
        context = super().get_context_data(**kwargs) | told_papers(self.round, self.request.user)
        context |= {"board": board, "chip": round_chip(self.round, today)}
        context["excel"] = excel_address(self.request, excel)
        writes = bool(can(self.request.user, Doing.WRITE, within=self.round.keeper))
        asked = self.form.value("tinh_trang")
        counts = [
            (
                label,
                board.tally.counts[key],
                self.form.address(**{"tinh-trang": None if key == asked else key}),
                key == asked,
            )
            for key, label in DutyState.choices
            if board.tally.counts[key] or key == asked
        ]
        links_open = writes and self.round.is_open(today)
        links = link_rows(self.round) if links_open else []
        unlinked = unlinked_of(self.round) if links_open else []
        if writes and board.tally.waiting:
            context["latest"] = Submission.objects.filter(duty__round=self.round).latest("pk").pk
        return context | {"counts": counts, "writes": writes, "links": links, "unlinked": len(unlinked)}


class BoardFile(ListFile, BoardList):
    """The board as an Excel file."""

    file_name = "dot-bao-cao"
    columns = (
        Column("Cơ quan", 50, lambda row: row[0].title),
        Column("Tình trạng", 26, lambda row: row[0].said_chips[0][1]),
        Column("Nộp ngày", 14, lambda row: "" if row[0].when == "–" else row[0].when),
        Column("So với hạn", 18, lambda row: row[0].when_line),
        Column("Ghi chú", 60, lambda row: " · ".join(row[0].meta)),
        Column("Địa chỉ", 50, lambda row: row[1]),
    )

    @property
    def heading(self) -> str:
        """A sheet's name is short."""
        return "Đợt báo cáo"


def prepared(request: HttpRequest, current: Round) -> HttpResponse:
    """A round that has not gone out: what it asks, and whom it will reach as things stand."""
    today = timezone.localdate()
    named = [duty.organization for duty in current.duties.select_related("organization")]
    rule = current.population(today).exclude(pk__in=[body.pk for body in named])
    reached = sorted([*named, *rule], key=lambda body: (bytes(body.sort_key), body.pk))
    context = {
        "round": current,
        "chip": round_chip(current, today),
        "reached": [body.label for body in reached],
        "writes": bool(can(request.user, Doing.WRITE, within=current.keeper)),
        "is_past": current.due_on < today,
    }
    return render(request, "programs/staff/round_prepared.html", context)


def link_rows(current: Round) -> list[tuple[Duty, str]]:
    """The links given and not withdrawn, of those who have not handed in."""
    given = current.duties.missing().filter(linked_at__isnull=False).select_related("organization")
    return [(duty, link_of(duty)) for duty in given.order_by("organization__sort_key", "pk")]


def unlinked_of(current: Round) -> list[Duty]:
    """Who has not handed in, has nobody with an account, and no link."""
    waiting = current.duties.missing().filter(linked_at__isnull=True)
    return list(without_account(waiting, timezone.localdate()))


@require_safe
def round_letter(request: HttpRequest, code: str) -> HttpResponse:
    """The letter that urges those missing, in Word."""
    current = round_of(request, code)
    if current.opened_at is None:
        messages.error(request, "Đợt báo cáo chưa mở.")
        return HttpResponseRedirect(reverse("programs:round_board", args=[code]))
    leave_trace(request.user, current, "công văn đôn đốc")
    program = told_papers(current, request.user)["program"]
    name, written = reminder_file(Board(current, timezone.localdate()), program)
    return word_file(request, name, written)


# --- preparing


@require_http_methods(["GET", "HEAD", "POST"])
def enter_round(request: HttpRequest) -> HttpResponse:
    """Prepare a round; nobody is told before it is opened."""
    if (keeper := acting_body(request.user)) is None:
        raise PermissionDenied(NO_WRITER)
    return written(request, None, keeper, from_cadence(request))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: HttpRequest, code: str) -> HttpResponse:
    """Change a round being prepared, or the title, words and last day of one that is open."""
    current = round_of(request, code, writes=True)
    return written(request, current, current.keeper, initial_of(current))


def from_cadence(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with when the desk asked for the review of a programme."""
    code, today = request.GET.get("chuong-trinh", ""), timezone.localdate()
    if request.method == "POST" or not code:
        return {}
    seen = Program.objects.visible_to(request.user).select_related("document")
    program = get_object_or_404(seen, code=code[:12])
    due = due_review(program, today)
    return initial_for(program, due, today, user=request.user) if due else {}


def written(
    request: HttpRequest, current: Round | None, keeper: Organization, initial: dict[str, Any]
) -> HttpResponse:
    """The form, and what becomes of it."""
    form = RoundForm(request.POST or None, initial=initial, user=request.user, keeper=keeper, current=current)
    if request.method == "POST" and form.is_valid():
        expected = opened_version(request) if current else None
        try:
            saved = rounds.save_round(
                current, form.entry(), by=request.user, keeper=keeper, expected=expected
            )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu.")
            return HttpResponseRedirect(reverse("programs:round_board", args=[saved.code]))
    context = {"form": form, "round": current, "keeper": keeper}
    return render(request, "programs/staff/enter_round.html", context, status=422 if form.errors else 200)


# --- verbs


def verb(
    act: Callable[[Round, User, int], object], done: str, *, back: bool = False
) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """A view that does one thing to a round the person writes for, and says so or why not."""

    @require_POST
    def view(request: HttpRequest, code: str) -> HttpResponse:
        current = round_of(request, code, writes=True)
        try:
            act(current, request.user, opened_version(request))
            messages.success(request, done)
        except NotNow as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("programs:round_board", args=[code]))
        return HttpResponseRedirect(
            reverse("programs:round_list") if back else reverse("programs:round_board", args=[code])
        )

    return view


open_round = verb(
    lambda current, by, seen: rounds.open_round(current, by=by, expected=seen),
    "Đã mở đợt báo cáo. Các cơ quan đã thấy phần phải nộp trên bàn làm việc.",
)
close_round = verb(
    lambda current, by, seen: rounds.close_round(current, by=by, expected=seen),
    "Đã đóng đợt báo cáo. Những phần đã nộp vẫn còn ở đây.",
)
reopen_round = verb(
    lambda current, by, seen: rounds.reopen_round(current, by=by, expected=seen),
    "Đã mở lại đợt báo cáo.",
)
drop_round = verb(
    lambda current, by, seen: rounds.drop_round(current, by=by, expected=seen),
    "Đã bỏ đợt báo cáo chưa mở.",
    back=True,
)


@require_POST
def accept_duties(request: HttpRequest, code: str) -> HttpResponse:
    """Take all that waited when the board was opened."""
    current = round_of(request, code, writes=True)
    until = whole_number(request.POST.get("den", "")) or 0
    taken = rounds.accept_all(current, by=request.user, until=until)
    messages.success(request, f"Đã nhận báo cáo của {taken} cơ quan.")
    return HttpResponseRedirect(reverse("programs:round_board", args=[code]))


@require_POST
def give_links(request: HttpRequest, code: str) -> HttpResponse:
    """Give a link to everybody missing who has no account."""
    current = round_of(request, code, writes=True)
    there = f"{reverse('programs:round_board', args=[code])}#lien-ket"
    try:
        if waiting := unlinked_of(current):
            given = rounds.give_links(current, waiting, by=request.user)
            messages.success(request, f"Đã cấp liên kết cho {len(given)} cơ quan.")
        else:
            messages.info(request, "Không còn cơ quan nào chưa có tài khoản mà chưa có liên kết.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(there)

"""The pages of a year: the one page for the official, and behind it every count, each with exactly its records.

Visitors read fractions and published records; inside stand the names, what asks for a word, and closed years.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST

from portal import sections
from portal.access import REFUSALS, VISITOR, Doing, acting_body, can, leave_trace
from portal.actions.records import NotNow
from portal.actions.years import ask_year, close_year, publish_edition, withdraw_edition
from portal.changes import capital
from portal.closing import (
    EDITION,
    MOST_KEPT,
    changed_since,
    closing_body,
    content_then,
    counts_then,
    edition_among,
    editions_of,
    frozen,
    number_then,
    records_then,
    targets_then,
)
from portal.coverage import coverage, pages_of
from portal.dates import FIRST_YEAR
from portal.excel import ListFile, excel_file
from portal.forms.years import AskForm, YearForm
from portal.lists import PAGE, FilteredList
from portal.models import Organization, Reach, YearEdition
from portal.sections import Hit, Reader
from portal.templatetags.say import vdatetime, vnumber
from portal.text import clean
from portal.workbook import Column, workbook
from portal.year import Asked, figure_of, years_for
from portal.year_page import (
    Count,
    Open,
    content_of,
    every_count,
    map_words,
    targets_in_all,
    targets_of,
)

NOW = "hien-nay"
"""The word of an address that asks for a closed year as it stands now."""
ASIDE = "chua-duyet"
PER_MATRIX = 40
OF_TERRITORY = "cấp ủy, HĐND, UBND của chính địa bàn"
"""Who closes a territory's year, in the words of a refusal."""


class YearView(View):
    """A page of a year: who reads it, and what is asked."""

    http_method_names = ["get", "head", "options"]

    @property
    def reader(self) -> Reader:
        """For whom it is drawn."""
        return self.request.user

    @property
    def frame(self) -> str:
        """The frame of the reader's side of the house."""
        return "staff.html" if self.reader.is_authenticated else "public.html"

    def ask(self, year: int) -> Asked | None:
        """What is asked; None where a condition is not understood."""
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            raise Http404
        self.form = YearForm(self.request.GET, reader=self.reader, year=year)
        return None if self.form.errors else self.form.asked

    def show(self, template: str, asked: Asked | None, **context: Any) -> HttpResponse:
        """The page, with what every page of a year needs."""
        year = self.kwargs["year"]
        shown = {"form": self.form, "asked": asked, "year": year, "frame": self.frame} | context
        edition = context.get("edition")
        then = {EDITION: edition.code} if edition else {}
        if asked is not None:
            shown |= {
                "page_url": asked.address("year_page"),
                "figures_url": asked.address("year_figures", **then),
                "targets_url": asked.address("year_targets", **then),
                "excel_url": asked.address("year_excel", **then),
                "map_said": map_words(asked),
            }
        return render(self.request, f"portal/year/{template}.html", shown)

    def edition(self, asked: Asked | None) -> YearEdition | None:
        """The closed edition that the address names."""
        code = self.request.GET.get(EDITION, NOW)
        return None if asked is None or code in {"", NOW} else edition_among(editions_of(asked), code)

    def counts(self, asked: Asked | None) -> tuple[YearEdition | None, list[Count]]:
        """Every count, as the edition named keeps it or as it stands now."""
        edition = self.edition(asked)
        kept = counts_then(edition, asked) if edition else None
        if kept is not None:
            return edition, kept
        return None, every_count(asked) if asked else []


class StaffYearIndex(YearView):
    """The years that can be asked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        years = years_for(self.reader, timezone.localdate())
        return render(request, "portal/year/index.html", {"years": years, "frame": self.frame})


class StaffYearPage(YearView):
    """The one page: as the year was closed where it was, else as it stands now."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        asked = self.ask(year)
        if asked is None:
            return self.show("page", None)
        wanted = request.GET.get(EDITION, "")
        editions = editions_of(asked)
        is_now = wanted == NOW or "ban-do" in request.GET
        edition = None if is_now else edition_among(editions, wanted)
        content = content_then(edition, asked) if edition else content_of(asked)
        context: dict[str, Any] = {"content": content, "edition": edition}
        if edition:
            context["since"] = changed_since(content, asked)
            context["now_url"] = asked.address("year_page", **{EDITION: NOW})
        elif asked.is_open:
            # Asked here, not by the template: that would pass over an error in silence.
            opened = Open(asked, content.targets)
            context |= {"matters": opened.matters, "dates": opened.dates}
        if self.reader.is_authenticated:
            context |= self.inside(asked) | {"editions": editions}
        return self.show("page", asked, **context)

    def inside(self, asked: Asked) -> dict[str, Any]:
        """What a signed-in person may do with the year, and its closed editions."""
        body = asked.scope.body
        may_ask = body is not None and oversees(body) and bool(can(self.reader, Doing.WRITE, within=body))
        own = acting_body(self.reader)
        if self.reader.inspections:
            leave_trace(self.reader, self.reader.inspections[0].organization, f"tổng hợp năm {asked.year}")
        return {
            "closing": closing_body(asked),
            "publish_url": asked.address("year_publish"),
            "withdraw_url": asked.address("year_withdraw"),
            "close_url": asked.address("year_close"),
            "ask_form": AskForm() if may_ask else None,
            "ask_url": asked.address("year_ask"),
            "coverage_url": asked.address("year_coverage"),
            "confirming": own is not None,
        }


def oversees(body: Organization) -> bool:
    """Whether bodies stand below this one."""
    return Reach.objects.filter(reader=body, relation=Reach.Relation.OVERSEES).exists()


class StaffYearFigures(YearView):
    """Every count of the year beside the year before."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        asked = self.ask(year)
        edition, counts = self.counts(asked)
        return self.show("figures", asked, counts=counts, edition=edition)


class StaffYearTargets(YearView):
    """Every target of the year, the short ones first."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        asked = self.ask(year)
        edition = self.edition(asked)
        kept = targets_then(edition, asked) if edition else None
        if kept is not None:
            return self.show("targets", asked, targets=kept, edition=edition)
        targets = targets_of(asked) if asked else []
        in_all = targets_in_all(asked, targets) if asked else 0
        return self.show("targets", asked, targets=targets, in_all=in_all)


class StaffYearCoverage(YearView):
    """Who has and who has not, body by body: for staff alone."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        asked = self.ask(year)
        measures = sections.measures()
        wanted = request.GET.get("do", "")
        measure = next((one for one in measures if one.key == wanted), next(iter(measures), None))
        if asked is None or measure is None:
            return self.show("coverage", asked)
        said = request.GET.get(PAGE, "1")
        wanted = max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 7 else 1
        matrix = coverage(asked, measure, page=wanted, most=PER_MATRIX)
        last = pages_of(matrix.named, PER_MATRIX)
        number = min(wanted, last)
        others = [
            (one, asked.address("year_coverage", do=one.key), one.key == measure.key) for one in measures
        ]
        steps = [
            (words, asked.address("year_coverage", do=measure.key, **{PAGE: str(to)}))
            for words, to in (("Trang trước", number - 1), ("Trang sau", number + 1))
            if 1 <= to <= last
        ]
        return self.show("coverage", asked, coverage=matrix, measures=others, steps=steps)


class StaffYearExcel(YearView):
    """Every count of the year as an Excel file."""

    def get(self, request: HttpRequest, year: int) -> HttpResponseBase:
        asked = self.ask(year)
        edition, counts = self.counts(asked)
        if self.reader.is_authenticated and self.reader.inspections:
            said = f"tải Excel tổng hợp năm {year}"
            leave_trace(self.reader, self.reader.inspections[0].organization, said)
        columns = [
            Column("Nhóm", 30, lambda one: one.group),
            Column("Số liệu", 60, lambda one: one.label),
            Column(f"Năm {year}", 18, lambda one: said_number(one.now)),
            Column(f"Năm {year - 1}", 18, lambda one: said_number(one.before)),
            Column("Chưa duyệt, không tính", 18, lambda one: one.left_out or None),
            Column("Danh sách", 60, lambda one: request.build_absolute_uri(one.url)),
        ]
        said = f"{asked.scope}; {map_words(asked)}" if asked else self.form.sentence
        said += f"; chốt lúc {vdatetime(edition.closed_at)}" if edition else ""
        heads = {"title": f"Tổng hợp năm {year}", "words": said}
        name = f"tong-hop-{year}"
        return excel_file(request, name, workbook(counts, columns, **heads))


def said_number(value: int | None) -> int | str:
    """A number as a number; what is not known in words."""
    return "chưa có số liệu" if value is None else value


class StaffYearList(YearView, FilteredList):
    """Exactly the records a figure counts; asked for aside, those it leaves out; of a closed year, those it counted."""

    template_name = "portal/year/list.html"
    nothing = "Không có bản ghi nào."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return FilteredList.get(self, request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        self.figure = figure_of(self.kwargs["key"], self.reader)
        self.asked = self.ask(self.kwargs["year"])
        if self.figure is None:
            raise Http404
        self.noun = self.figure.noun
        self.is_aside = ASIDE in self.request.GET and self.figure.unapproved is not None
        self.is_aside = self.is_aside and self.reader.is_authenticated
        self.heading = f"{capital(self.figure.label)}: năm {self.kwargs['year']}"
        if self.asked is None:
            return self.figure.records(self.form.asked).none()
        if self.is_aside:
            return self.figure.left_out(self.asked)
        found = self.figure.records(self.asked)
        self.then = self.edition(self.asked)
        return counted_then(self.then, self.figure.key, found, self.reader) if self.then else found

    def of_then(self, found: int | None = None) -> str:
        """Of a closed year: whose list this is, and of which number where that is another than the one counted then."""
        if (then := getattr(self, "then", None)) is None:
            return ""
        key, at = self.figure.key, vdatetime(then.closed_at)
        kept = records_then(then, key, self.reader)
        if kept is None:
            number = number_then(then, key, self.reader)
            today = "" if found is None else f", {vnumber(found)} {self.noun}"
            why = f"bản chốt không giữ danh sách dài hơn {vnumber(MOST_KEPT)}"
            return (
                f"Khi chốt số liệu lúc {at} có {number} {self.noun}; {why}. Đây là danh sách hôm nay{today}."
            )
        gone = 0 if found is None else len(kept) - found
        less = f" Nay không còn xem được {vnumber(gone)} bản trong số đó." if gone else ""
        return f"Những bản được tính khi chốt số liệu lúc {at}.{less}"

    def lines(self, keys: list[int]) -> list[Hit]:
        return list(self.figure.lines(keys, self.form.asked))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"year": self.kwargs["year"], "asked": self.asked}
        if self.asked is None:
            return context
        then = {EDITION: self.then.code} if getattr(self, "then", None) else {}
        more = ({ASIDE: "1"} if self.is_aside else {}) | then
        return context | {
            "map_said": map_words(self.asked),
            "page_url": self.asked.address("year_page"),
            "figures_url": self.asked.address("year_figures", **then),
            "excel": self.asked.address("year_list_excel", self.figure.key, **more),
            "is_aside": self.is_aside,
            "of_then": self.of_then(context["page"].paginator.count),
        }


def counted_then(edition: YearEdition, key: str, found: QuerySet, reader: Reader) -> QuerySet:
    """The records an edition counted, those the reader still may read; where they were too many to keep, today's."""
    if (kept := records_then(edition, key, reader)) is None:
        return found
    every = found.model.objects
    seen = every.visible_to(reader) if hasattr(every, "visible_to") else every.all()
    return seen.filter(pk__in=kept)


class StaffYearListExcel(ListFile, StaffYearList):
    """The same records as an Excel file."""

    columns = (
        Column("Thời gian", 18, lambda row: row[0].when),
        Column("Tên", 60, lambda row: row[0].title),
        Column("Nội dung", 60, lambda row: row[0].line),
        Column("Số, ký hiệu", 24, lambda row: row[0].number),
        Column("Thông tin thêm", 40, lambda row: "; ".join(row[0].meta)),
        Column("Còn lại", 20, lambda row: row[0].tail),
        Column("Địa chỉ", 50, lambda row: row[1]),
    )

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"tong-hop-{self.kwargs['year']}-{self.kwargs['key']}"

    def heads(self) -> dict[str, str]:
        asked = self.asked
        said = [self.heading, str(asked.scope), map_words(asked), self.of_then()] if asked else [self.heading]
        return {"title": f"Tổng hợp năm {self.kwargs['year']}", "words": "; ".join(filter(None, said))}


# --- the same for everybody


def public(view: type[YearView]) -> type[YearView]:
    """The page as visitors read it; a signed-in person sees there what everybody sees."""
    name = view.__name__.removeprefix("Staff")
    shown = type(
        name, (view,), {"reader": VISITOR, "__doc__": f"{view.__doc__} Public.", "__module__": __name__}
    )
    return method_decorator(login_not_required, name="dispatch")(shown)


YearIndex, YearPage, YearFigures, YearTargets, YearExcel, YearList, YearListExcel = map(
    public,
    (
        StaffYearIndex,
        StaffYearPage,
        StaffYearFigures,
        StaffYearTargets,
        StaffYearExcel,
        StaffYearList,
        StaffYearListExcel,
    ),
)


# --- closing a year, asking for confirmations


def asked_of(request: HttpRequest, year: int) -> Asked:
    """The question of the page a button was pressed on."""
    view = YearView()
    view.setup(request, year=year)
    if (asked := view.ask(year)) is None:
        raise Http404
    return asked


@require_POST
def close_the_year(request: HttpRequest, year: int) -> HttpResponse:
    """Close the year as the page says it now."""
    asked = asked_of(request, year)
    if (body := closing_body(asked)) is None:
        raise PermissionDenied(REFUSALS[Doing.APPROVE].format(body=asked.scope.body or OF_TERRITORY))
    done = close_year(body, year, content=frozen(asked), by=request.user, territory=asked.scope.territory)
    messages.success(request, f"Đã chốt số liệu năm {year}, lần {done.number}. Bản này không đổi nữa.")
    return HttpResponseRedirect(asked.address("year_page"))


def edition_for(request: HttpRequest, year: int) -> tuple[YearEdition, Asked]:
    """The closed edition a button was pressed on, of a body for which the person may close years."""
    asked = asked_of(request, year)
    if (body := closing_body(asked)) is None:
        raise PermissionDenied(REFUSALS[Doing.APPROVE].format(body=asked.scope.body or OF_TERRITORY))
    own = [one for one in editions_of(asked) if one.organization == body]
    edition = next((one for one in own if one.code == request.POST.get(EDITION)), None)
    if edition is None:
        raise Http404
    return edition, asked


def act_on_edition(
    request: HttpRequest, year: int, act: Callable[..., object], said: str, **more: str
) -> HttpResponse:
    """Do one thing to the closed edition a button was pressed on; what was done is said in words with its number."""
    edition, asked = edition_for(request, year)
    try:
        act(edition, by=request.user, **more)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said.format(edition.number))
    return HttpResponseRedirect(asked.address("year_page"))


@require_POST
def publish_the_year(request: HttpRequest, year: int) -> HttpResponse:
    """Let visitors read a closed edition."""
    return act_on_edition(request, year, publish_edition, "Đã công khai bản chốt lần {}.")


@require_POST
def withdraw_the_year(request: HttpRequest, year: int) -> HttpResponse:
    """Take a closed edition off the public pages."""
    reason, said = clean(request.POST.get("reason", ""))[:300], "Đã gỡ bản chốt lần {} khỏi trang công khai."
    return act_on_edition(request, year, withdraw_edition, said, reason=reason)


@require_POST
def ask_the_year(request: HttpRequest, year: int) -> HttpResponse:
    """Ask the bodies below to confirm the year."""
    asked = asked_of(request, year)
    body = asked.scope.body
    if body is None or not (answer := can(request.user, Doing.WRITE, within=body)):
        raise PermissionDenied(answer.sentence if body else REFUSALS[Doing.WRITE].format(body="cơ quan"))
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("due_on", ["Ghi ngày hạn."])))
    else:
        try:
            ask_year(body, year, due_on=form.cleaned_data["due_on"], by=request.user)
            messages.success(request, f"Đã đề nghị các cơ quan cấp dưới xác nhận số liệu năm {year}.")
        except NotNow as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(asked.address("year_page"))

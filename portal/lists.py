"""Lists: filters, order and page stand in the address; one narrow query finds a page, one wide query reads it.

The search form is the filter. A condition it does not understand leaves no row and is said at its field: the list,
its count and its Excel file never show more than was asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.generic import ListView

from portal.access import acting_body, leave_trace
from portal.changes import shorten
from portal.models import Record, State, User
from portal.sections import Hit, Reader
from portal.templatetags.say import vdate

PER_PAGE = 20
PAGE = "trang"
ORDER = "xep"
SAMPLE = "sample"


class KeyPaginator(Paginator):
    """Pages of primary keys, so that a deep page walks over keys and not over whole rows, from the nearer end."""

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        return self._get_page(self.keys_of(number), number, self)

    def keys_of(self, number: int) -> list[int]:
        """The keys of the rows of a page, in order."""
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        keys = self.object_list.values_list("pk", flat=True)
        if first <= self.count - last:
            return list(keys[first:last])
        return list(keys.reverse()[self.count - last : self.count - first])[::-1]


class RowPaginator(KeyPaginator):
    """Pages of whole rows, found by their keys."""

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        return self._get_page(self.object_list.filter(pk__in=self.keys_of(number)), number, self)


@dataclass(frozen=True)
class Used:
    """A condition in force: what it is, what it says, and the address without it."""

    label: str
    words: str
    without: str


NOT_UNDERSTOOD = "chưa hiểu"
COMMON_WORDS = (
    "Các từ này có trong rất nhiều văn bản, nên ở đây chỉ tìm theo tên gọi, số và cơ quan; "
    "xin ghi thêm từ để tìm cả trong nội dung."
)


@dataclass(frozen=True)
class Choice:
    """One of several things a typed word may mean, and the address that chooses it."""

    words: str
    url: str


class FilterForm(forms.Form):
    """Filters as a GET form; ``dia_ban`` stands in the address as ``dia-ban``."""

    use_required_attribute = False
    orders: dict[str, str] = {}
    remark = ""
    """What is to be known of the rows shown."""

    def __init__(self, data: QueryDict, *, reader: Reader) -> None:
        self.reader = reader
        super().__init__(data, auto_id="loc-%s")
        self.choices: list[tuple[str, list[Choice]]] = []
        self.is_valid()

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(field_name).replace("_", "-")

    @property
    def order(self) -> str:
        """The order asked for, or the first one."""
        asked = self.data.get(ORDER, "")
        return asked if asked in self.orders else next(iter(self.orders), "")

    def address(self, **parts: str | None) -> str:
        """The address of the list with some parts changed, from its first page; None takes a part out."""
        asked = self.data.copy()
        for name, value in {PAGE: None, **parts}.items():
            if value is None:
                asked.pop(name, None)
            else:
                asked[name] = value
        return f"?{asked.urlencode()}"

    def order_links(self) -> list[tuple[str, str, bool]]:
        """The orders: words, address, whether it is the one in force."""
        usual = next(iter(self.orders), "")
        return [
            (words, self.address(**{ORDER: None if key == usual else key}), key == self.order)
            for key, words in self.orders.items()
        ]

    def value(self, name: str) -> Any:
        """The understood value of a filter; None when it was left empty or not understood."""
        return self.cleaned_data.get(name) or None

    @property
    def used(self) -> list[Used]:
        """The conditions in force, in words; one that is not understood too, since nothing is shown under it."""
        found = []
        for name, field in self.fields.items():
            if field.widget.is_hidden:
                continue
            if name in self.errors:
                words = f"{self[name].value()} ({NOT_UNDERSTOOD})"
            elif (value := self.value(name)) is not None:
                words = "" if value is True else str(dict(getattr(field, "choices", ())).get(value, value))
            else:
                continue
            parts = dict.fromkeys((self.add_prefix(name), self.add_prefix(f"{name}_ma")))
            found.append(Used(str(field.label), words, self.address(**parts)))
        return found

    @property
    def sentence(self) -> str:
        """The conditions in force as one line, for print and Excel."""
        return "; ".join(f"{one.label}: {one.words}" if one.words else one.label for one in self.used)

    def rows(self, queryset: QuerySet) -> QuerySet:
        """The rows to show: none while a condition is not understood."""
        return queryset.none() if self.errors else self.filter(queryset)

    def filter(self, queryset: QuerySet) -> QuerySet:
        """The rows the conditions leave, in order."""
        raise NotImplementedError


class FilteredList(ListView):
    """A list page over a :class:`FilterForm`; ``lines`` reads the rows of one page.

    A list says its words here; what it has beside them fills blocks of the one template.
    """

    heading, lede, noun = "", "", ""
    nothing = ""
    """What is said while there is nothing at all."""
    first, entering = "", ""
    """The same to who may enter one, and the button that does."""
    excel, enter = "", ""
    """The names of the addresses of its Excel file, and of the page where one is entered."""

    template_name = "list.html"
    form_class: type[FilterForm]
    paginator_class = KeyPaginator
    paginate_by = PER_PAGE
    page_kwarg = PAGE
    http_method_names = ["get", "head", "options"]

    @property
    def reader(self) -> Reader:
        """For whom the list is drawn."""
        return self.request.user

    @property
    def no_such(self) -> str:
        """What is said while the filter leaves nothing."""
        return f"Không có {self.noun} nào như vậy. Có thể bỏ bớt điều kiện lọc."

    def base(self) -> QuerySet:
        """Every row the reader may see."""
        return self.model.objects.visible_to(self.reader)

    def lines(self, keys: list[int]) -> Iterable[Hit]:
        """The rows of these keys, in their order."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        self.form = self.form_class(self.request.GET, reader=self.reader)
        return self.form.rows(self.base())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        context |= {"form": self.form, "page": page, "total": page.paginator.count}
        context["frame"] = "staff.html" if self.reader.is_authenticated else "public.html"
        if self.excel:
            context["excel"] = excel_address(self.request, reverse(self.excel))
        if self.enter and acting_body(self.reader) is not None:
            context["enter_url"] = reverse(self.enter)
        return context | {"hits": list(self.lines(list(page.object_list)))}


def in_order(rows: Iterable[Any], keys: Iterable[int]) -> list[Any]:
    """Rows in the order of their keys; a row that went away meanwhile is left out."""
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def publishing_chip(record: Record) -> str | tuple[str, str]:
    """The chip that says where a record stands between its writer and the public; for staff only."""
    if record.state != State.APPROVED:
        return str(record.state)
    if record.withdrawn_at is not None:
        return "withdrawn"
    if record.published_from is None:
        return "approved"
    if record.published_from > timezone.now():
        return "approved", f"Công khai từ {vdate(record.published_from)}"
    return "public"


def said_chip(record: Record) -> tuple[str, str]:
    """The chip of one record, as kind and words: what waits for the one it is read under is told too."""
    chip = publishing_chip(record)
    if chip == "public" and not record.is_public():
        return "approved", f"Công khai {when_public(record)}"
    return (chip, "") if isinstance(chip, str) else chip


def when_public(record: Record) -> str:
    """When the public will read a published record: from its day, or with the one it is read under; empty for at once."""
    if record.is_scheduled():
        return f"từ ngày {vdate(record.published_from)}"
    if record.is_public():
        return ""
    above = record._meta.get_field(record.read_under).related_model
    return f"cùng {above._meta.verbose_name}"


def excel_address(request: HttpRequest, url: str) -> str:
    """The address of the Excel file of exactly the list that is shown."""
    asked = request.GET.copy()
    asked.pop(PAGE, None)
    return f"{url}?{asked.urlencode()}" if asked else url


def trace_list(user: User, what: str, form: FilterForm) -> None:
    """Note in the journal that an inspector took a list, and under which conditions."""
    if visits := user.inspections:
        said = f"{what}: {form.sentence or 'không lọc'}"
        leave_trace(user, visits[0].organization, shorten(said, 300))

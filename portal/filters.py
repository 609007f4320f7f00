"""What every list of papers filters by: words, a year, places, bodies, where a record stands."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from portal.dates import FIRST_YEAR, LAST_YEAR
from portal.forms.fields import TextLine
from portal.lists import COMMON_WORDS, Choice, FilterForm
from portal.matching import spelt, variants, with_words
from portal.models import AdministrativeUnit, Organization, Sought, State, User
from portal.models.search_texts import MOST_WORDS
from portal.registers import listed_bodies, told_of
from portal.text import fold

MOST_CHOICES = 9
PUBLIC, WITHDRAWN = "public", "withdrawn"
STANDINGS = [
    ("", "Mọi tình trạng"),
    (State.DRAFTING, "đang soạn"),
    (State.WAITING, "chờ duyệt"),
    (State.RETURNED, "trả lại"),
    (State.APPROVED, "đã duyệt, nội bộ"),
    (PUBLIC, "công khai"),
    (WITHDRAWN, "đã gỡ khỏi trang công khai"),
]


class YearField(TextLine):
    """A year typed as four figures."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        raise forms.ValidationError("Ghi năm bằng bốn chữ số, ví dụ: 2022.", code="year")


class PaperFilterForm(FilterForm):
    """What the lists of programmes and of plans filter by alike."""

    q = TextLine(
        label="Từ khóa", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    nam = YearField(label="Có hiệu lực trong năm")
    dia_ban = TextLine(label="Địa bàn", required=False, max_length=160)
    dia_ban_ma = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    don_vi = TextLine(label="Cơ quan, đơn vị", required=False, max_length=250)
    don_vi_ma = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, reader: User | AnonymousUser) -> None:
        self.today = timezone.localdate()
        super().__init__(data, reader=reader)

    def clean(self) -> dict[str, Any]:
        """Find what the typed places and bodies mean; several meanings are offered, and all are taken."""
        cleaned = super().clean() or {}
        self.units = self._meant("dia_ban", find_units, "Không tìm thấy địa bàn")
        self.bodies = self._meant("don_vi", self.find_bodies, "Không tìm thấy cơ quan")
        return cleaned

    @cached_property
    def sought(self) -> Sought:
        """The words looked for."""
        return Sought(self.value("q") or "", self.reader)

    def find_bodies(self, text: str) -> list[Organization]:
        """Bodies of this name; a visitor is told only of bodies with a published programme."""
        known, folded = listed_bodies(self.reader), fold(text)
        if not folded:
            return []
        ways = (known.named(variants(text)), known.matching(folded), known.matching(spelt(folded)))
        return next(filter(None, (told_of(found[:MOST_CHOICES], self.reader) for found in ways)), [])

    def _meant(self, name: str, find: Any, none: str) -> list[Any]:
        text = self.cleaned_data.get(name)
        if not text:
            return []
        found = find(text)
        if not found:
            self.add_error(name, f"{none} “{text}”.")
            return []
        chosen = [one for one in found if one.code == self.cleaned_data.get(f"{name}_ma")]
        if not chosen and len(found) > 1:
            key = self.add_prefix(name)
            choices = [Choice(one.label, self.address(**{key: text, f"{key}-ma": one.code})) for one in found]
            self.choices.append((text, choices))
        return chosen or found

    def in_place(self, queryset: QuerySet) -> QuerySet:
        """Papers of the bodies and territories asked for."""
        if self.bodies:
            bodies = Organization.objects.filter(pk__in=[body.pk for body in self.bodies]).values("pk")
            queryset = queryset.touching(bodies)
        if self.units:
            within = Q()
            for unit in self.units:
                within |= Q(territory__path__startswith=unit.path) if unit.path else Q(territory=unit)
            queryset = queryset.touching(Organization.objects.filter(within).values("pk"))
        return queryset


def names_alone(form: PaperFilterForm) -> str:
    """Says where words were looked for in names alone."""
    return COMMON_WORDS if not form.errors and form.sought.is_common else ""


def find_units(text: str) -> list[AdministrativeUnit]:
    """Territories of exactly this name, else those whose names hold every word."""
    folded = fold(text)
    exact = list(AdministrativeUnit.objects.filter(folded__in=variants(text))[:MOST_CHOICES])
    if exact or not folded:
        return exact
    found = with_words(AdministrativeUnit.objects.all(), spelt(folded), "folded", most=MOST_WORDS)
    return list(found.order_by("level__rank", "sort_key")[:MOST_CHOICES])


def in_standing(found: QuerySet, standing: str) -> QuerySet:
    """Records where they stand between their writer and the public."""
    if standing == PUBLIC:
        return found.published()
    if standing == WITHDRAWN:
        return found.approved().filter(withdrawn_at__isnull=False)
    if standing == State.APPROVED:
        kept_inside = Q(published_from__isnull=True) | Q(published_from__gt=timezone.now())
        return found.approved().filter(kept_inside, withdrawn_at__isnull=True)
    return found.filter(state=standing)

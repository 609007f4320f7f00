"""What every list of papers filters by: words, a year, places, bodies, where a record stands."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from portal.body_names import MOST_OF_A_NAME, lies_in, placed, suggest_organizations, told_apart
from portal.dates import FIRST_YEAR, LAST_YEAR
from portal.forms.fields import TextLine
from portal.homes import Home
from portal.lists import COMMON_WORDS, Choice, FilterForm
from portal.matching import MOST_LOOKED_AT, spelt, variants, with_words
from portal.models import AdministrativeUnit, Organization, Sought, State, User
from portal.models.search_texts import MOST_WORDS
from portal.models.territories import AROUND
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


class PlacedFilterForm(FilterForm):
    """Filters with a field ``dia_ban``: what the place typed there means, those at home first."""

    def clean(self) -> dict[str, Any]:
        """Find what the typed places mean; several meanings are offered, and all are taken."""
        cleaned = super().clean() or {}
        self.units = self._meant("dia_ban", self.find_units, "Không tìm thấy địa bàn")
        return cleaned

    def within(self) -> QuerySet:
        """The territories asked for, with all that lies in them."""
        inside = Q()
        for unit in self.units:
            inside |= unit.inside()
        return AdministrativeUnit.objects.filter(inside).order_by().values("pk")

    def find_units(self, text: str) -> list[AdministrativeUnit]:
        """Territories of this name, the living and those at home first."""
        return find_units(text, self.home)

    @cached_property
    def home(self) -> Home:
        """The reader's home on the map; a visitor has none."""
        return Home(self.reader.writing_bodies if self.reader.is_authenticated else ())

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
            choices = [
                Choice(told_apart(one), self.address(**{key: text, f"{key}-ma": one.code})) for one in found
            ]
            self.choices.append((text, choices))
        return chosen or found


class PaperFilterForm(PlacedFilterForm):
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
        """Find what the typed bodies mean too."""
        cleaned = super().clean()
        self.bodies = self._meant("don_vi", self.find_bodies, "Không tìm thấy cơ quan")
        return cleaned

    @cached_property
    def sought(self) -> Sought:
        """The words looked for."""
        return Sought(self.value("q") or "", self.reader)

    def find_bodies(self, text: str) -> list[Organization]:
        """Bodies of this name; a visitor is told only of bodies with a published programme."""
        known = listed_bodies(self.reader).select_related(f"territory__{AROUND}")
        exact = told_of(known.named(variants(text))[:MOST_OF_A_NAME], self.reader)
        if len(exact) > 1:
            exact.sort(key=lambda body: (-self.home.nearness(body.territory), not body.is_alive(self.today)))
        return exact[:MOST_CHOICES] or told_of(
            suggest_organizations(text, None, self.home, among=known, most=MOST_CHOICES), self.reader
        )

    def in_place(self, queryset: QuerySet) -> QuerySet:
        """Papers of the bodies and territories asked for."""
        if self.bodies:
            bodies = Organization.objects.filter(pk__in=[body.pk for body in self.bodies])
            queryset = self.touching(queryset, bodies.values("pk"))
        if self.units:
            placed = Organization.objects.filter(territory__in=self.within())
            queryset = self.touching(queryset, placed.values("pk"))
        return queryset

    def touching(self, queryset: QuerySet, bodies: QuerySet) -> QuerySet:
        """Papers these bodies have to do with; ``bodies`` yields primary keys."""
        return queryset.touching(bodies)


def names_alone(form: PaperFilterForm) -> str:
    """Says where words were looked for in names alone."""
    return COMMON_WORDS if not form.errors and form.sought.is_common else ""


def find_units(text: str, home: Home | None = None, on: date | None = None) -> list[AdministrativeUnit]:
    """Territories of exactly this name, typed with the places around or not, else those whose names hold every word.

    Those that are on a day, today where none is known, come first; of them those at home, then those of its province.
    """
    if not (folded := fold(text)):
        return []
    known = AdministrativeUnit.objects.select_related("level", AROUND)
    found = list(known.filter(folded__in=variants(text))[:MOST_LOOKED_AT])
    for head, places in placed(text) if not found else ():
        found = [one for one in known.filter(folded__in=variants(head)) if lies_in(one, places)]
        if found:
            break
    if not found:
        like = with_words(known, spelt(folded), "folded", most=MOST_WORDS)
        found = list(like.order_by("level__rank", "sort_key")[:MOST_LOOKED_AT])
    day = on or timezone.localdate()
    if len(found) > 1:
        found.sort(key=lambda one: (not one.is_alive(day), -home.nearness(one) if home else 0))
    return found[:MOST_CHOICES]


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

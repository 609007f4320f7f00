"""The filters of the lists of programmes, plans and reviews: the search form is the filter."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from portal.columns import UNKNOWN_DAY
from portal.filters import STANDINGS, PaperFilterForm, YearField, in_standing, names_alone
from portal.models import (
    DocumentType,
    Organization,
    Sector,
)
from programs.models import Life, Program, ReviewKind


class ProgramFilterForm(PaperFilterForm):
    """The filters of a list of programmes; those about approval stand on the staff's list alone."""

    khoi = forms.ChoiceField(label="Khối của một bên", required=False)
    loai = forms.ChoiceField(label="Loại văn bản", required=False)
    hieu_luc = forms.ChoiceField(
        label="Hiệu lực", required=False, choices=[("", "Mọi hiệu lực"), *Life.choices]
    )
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False, choices=STANDINGS)
    sap_het_han = forms.BooleanField(label="Sắp hết hạn, trong 90 ngày", required=False)
    chua_ke_tiep = forms.BooleanField(label="Chưa có chương trình kế tiếp", required=False)

    orders = {
        "moi-nhat": "mới nhất",
        "cu-nhat": "cũ nhất",
        "cac-ben": "tên các bên",
        "het-han": "hạn gần nhất",
    }
    remark = property(names_alone)

    def full_clean(self) -> None:
        """Read the registers once, for both the choices shown and the choice made."""
        types = DocumentType.objects.filter(family=DocumentType.Family.PROGRAM)
        self.keys: dict[str, dict[str, int]] = {}
        for name, rows, every in (("khoi", Sector.objects, "Mọi khối"), ("loai", types, "Mọi loại")):
            found = list(rows.values_list("key", "name", "pk"))
            self.fields[name].choices = [("", every), *((key, words) for key, words, _ in found)]
            self.keys[name] = {key: pk for key, _, pk in found}
        if not self.reader.is_authenticated:
            self.fields.pop("tinh_trang", None)
            # Nothing public is of unknown signing: the body that approved it holds a signed paper.
            self.fields["hieu_luc"].choices = [
                one for one in self.fields["hieu_luc"].choices if one[0] != Life.UNKNOWN_SIGNING
            ]
        super().full_clean()

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = self.in_place(queryset.holding(self.sought)).told_to(self.reader)
        if year := self.value("nam"):
            found = found.in_force_during(year)
        if sector := self.value("khoi"):
            bodies = Organization.objects.filter(sector=self.keys["khoi"][sector])
            found = found.touching(bodies.values("pk"))
        if type_key := self.value("loai"):
            found = found.of_type(self.keys["loai"][type_key])
        if life := self.value("hieu_luc"):
            found = found.in_life(life, self.today)
        if standing := self.value("tinh_trang"):
            found = in_standing(found, standing)
        if self.value("sap_het_han"):
            found = found.ending_soon(self.today)
        if self.value("chua_ke_tiep"):
            found = self.not_continued(found)
        return found.order_by(*order_of(self.order, self.today))

    def not_continued(self, found: QuerySet) -> QuerySet:
        """Programmes nothing continues, as far as the reader may see what does."""
        later = Program.objects.visible_to(self.reader).approved()
        # PostgreSQL lists them all at once: those that continue nothing are left out of its list.
        later = later.filter(predecessor=OuterRef("pk"), predecessor__isnull=False)
        # Asked only of the few that something continues at all; of the few near their end, each by itself.
        alone = Q(has_successor=False)
        if self.value("sap_het_han") or self.value("hieu_luc") == Life.ENDING_SOON:
            heirs = found.alias(heir=Subquery(later.order_by().values("pk")[:1]))
            return heirs.filter(alone | Q(heir__isnull=True))
        return found.filter(alone | ~Exists(later))


def order_of(order: str, today: date) -> list[Any]:
    """The columns of an order. Programmes of unknown time stand last in each."""
    if order == "cu-nhat":
        known = Case(When(listed_on=UNKNOWN_DAY, then=Value(1)), default=Value(0))
        return [known, "listed_on", "pk"]
    if order == "cac-ben":
        return ["sort_key", "-listed_on", "-pk"]
    if order == "het-han":
        ahead = Case(When(until__gte=today, then=F("until")))
        return [ahead.asc(nulls_last=True), "-listed_on", "-pk"]
    return ["-listed_on", "-pk"]


class CompanionFilterForm(PaperFilterForm):
    """What lists of plans and of reviews filter by alike."""

    nam = YearField(label="Của năm")
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False, choices=STANDINGS)
    remark = property(names_alone)

    orders = {"moi-nhat": "mới nhất", "cu-nhat": "cũ nhất"}
    ordered_by: str

    def full_clean(self) -> None:
        if not self.reader.is_authenticated:
            self.fields.pop("tinh_trang", None)
        super().full_clean()

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = self.in_place(queryset.holding(self.sought))
        if year := self.value("nam"):
            found = found.during(date(year, 1, 1), date(year, 12, 31))
        if standing := self.value("tinh_trang"):
            found = in_standing(found, standing)
        day = F(self.ordered_by)
        if self.order == "cu-nhat":
            return found.order_by(day.asc(nulls_last=True), "pk")
        return found.order_by(day.desc(nulls_last=True), "-pk")


class PlanFilterForm(CompanionFilterForm):
    """The filters of a list of plans."""

    con_hieu_luc = forms.BooleanField(label="Đang trong thời gian thực hiện", required=False)
    ordered_by = "period_first"

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = super().filter(queryset)
        return found.during(self.today, self.today) if self.value("con_hieu_luc") else found


class ReviewFilterForm(CompanionFilterForm):
    """The filters of a list of reviews."""

    nam = YearField(label="Đánh giá năm")
    loai = forms.ChoiceField(
        label="Sơ kết hay tổng kết", required=False, choices=[("", "Cả hai"), *ReviewKind.choices]
    )
    da_chot = forms.BooleanField(label="Đã chốt số liệu", required=False)
    ordered_by = "period_last"

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = super().filter(queryset)
        if kind := self.value("loai"):
            found = found.filter(kind=kind)
        return found.filter(frozen_at__isnull=False) if self.value("da_chot") else found

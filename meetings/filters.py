"""The filters of the lists of conferences: the search form is the filter."""

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When

from meetings.listing import concerning
from meetings.models import MeetingKind, MeetingKindLink, Stage
from portal.columns import UNKNOWN_DAY
from portal.filters import STANDINGS, PaperFilterForm, YearField, in_standing, names_alone


class MeetingFilterForm(PaperFilterForm):
    """The filters of a list of conferences; those about approval stand on the staff's list alone."""

    nam = YearField(label="Tổ chức trong năm")
    loai = forms.ChoiceField(label="Loại hội nghị", required=False)
    tien_do = forms.ChoiceField(
        label="Tiến độ", required=False, choices=[("", "Mọi tiến độ"), *Stage.choices]
    )
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False, choices=STANDINGS)

    orders = {"moi-nhat": "mới nhất", "cu-nhat": "cũ nhất", "co-quan": "cơ quan tổ chức"}
    remark = property(names_alone)

    def full_clean(self) -> None:
        """Read the kinds once, for both the choices shown and the choice made."""
        kinds = list(MeetingKind.objects.values_list("key", "name", "pk"))
        self.fields["loai"].choices = [("", "Mọi loại"), *((key, name) for key, name, _ in kinds)]
        self.kinds = {key: pk for key, _, pk in kinds}
        if not self.reader.is_authenticated:
            self.fields.pop("tinh_trang", None)
        super().full_clean()

    def touching(self, queryset: QuerySet, bodies: QuerySet) -> QuerySet:
        return concerning(queryset, bodies, self.reader)

    def filter(self, queryset: QuerySet) -> QuerySet:
        found = self.in_place(queryset.holding(self.sought))
        if year := self.value("nam"):
            found = found.held_in(year)
        if kind := self.value("loai"):
            of_kind = MeetingKindLink.objects.filter(kind=self.kinds[kind])
            found = found.filter(pk__in=of_kind.values("meeting_id"))
        if stage := self.value("tien_do"):
            found = found.filter(stage=stage)
        if standing := self.value("tinh_trang"):
            found = in_standing(found, standing)
        return found.order_by(*order_of(self.order))


def order_of(order: str) -> list[Any]:
    """The columns of an order; conferences of unknown day stand last in each."""
    if order == "cu-nhat":
        known = Case(When(listed_on=UNKNOWN_DAY, then=Value(1)), default=Value(0))
        return [known, "listed_on", "pk"]
    if order == "co-quan":
        return ["sort_key", "-listed_on", "-pk"]
    return ["-listed_on", "-pk"]

"""Clean-up pages of territories and of what became of them."""

from typing import Any

from django.contrib import admin
from django.db import models

from portal.actions.registers import place_unit
from portal.admin.kept import SMALL, CleaningForm, KeptAdmin, Parts, yes_no
from portal.models import AdministrativeUnit, UnitSuccession
from portal.models.territories import AROUND


class UnitForm(CleaningForm):
    """A territory lies in no territory of its own."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parent = data.get("parent")
        if parent and parent.lies_in(self.instance):
            self.add_error("parent", "Một đơn vị không thuộc chính nó hoặc đơn vị nằm trong nó.")
        return data


class LaterUnits(Parts):
    """What a territory became."""

    model = UnitSuccession
    fk_name = "predecessor"
    verbose_name_plural = "đã thành"
    fields = ["successor", "effective_on", "in_part", "note"]


class EarlierUnits(Parts):
    """What a territory was made of."""

    model = UnitSuccession
    fk_name = "successor"
    verbose_name_plural = "lập từ"
    fields = ["predecessor", "effective_on", "in_part", "note"]


@admin.register(AdministrativeUnit)
class AdministrativeUnitAdmin(KeptAdmin):
    """Territories."""

    form = UnitForm
    group, place = SMALL, 5
    folded_columns, plain_columns = ("folded",), ("gso_code",)
    joined = ("level", AROUND)
    list_display = ["name", "level", "lies", "gso_code", "started_on", "ended_on"]
    list_filter = ["level", ("ended_on", admin.EmptyFieldListFilter)]
    fields = ["name", "gso_code", "level", "parent", ("started_on", "ended_on"), "note"]
    inlines = [LaterUnits, EarlierUnits]

    @admin.display(description="thuộc")
    def lies(self, row: AdministrativeUnit) -> str:
        """The territories it lies in."""
        return row.whereabouts or str(row.parent or "")

    def follow(self, obj: models.Model, changed: list[str] | None, parts: list[models.Model]) -> None:
        if (
            obj.pk
            and (changed is None or "parent" in changed)
            and type(obj).objects.filter(pk=obj.pk).exists()
        ):
            place_unit(obj)


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(KeptAdmin):
    """What territories became."""

    group, place = SMALL, 6
    hub = ("predecessor",)
    folded_columns = ("predecessor__folded", "successor__folded")
    joined = ("predecessor", "successor")
    list_display = ["predecessor", "successor", "effective_on", yes_no("in_part", "chỉ một phần")]
    list_filter = ["in_part"]

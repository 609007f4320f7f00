"""Whose year, and on which map: the conditions of every page of a year stand in its address."""

from typing import Any

from django import forms
from django.http import QueryDict

from portal.changes import capital
from portal.filters import PaperFilterForm, YearField
from portal.forms.fields import DayText, SpeakingForm
from portal.models import AdministrativeUnit, Organization, Register
from portal.models.territories import AROUND
from portal.registers import listed_bodies, told_of
from portal.sections import Reader
from portal.year import ALONE, MAPS, THEN, TODAY, Asked, Scope, usual_map


class YearForm(PaperFilterForm):
    """A body or a territory, and the map; empty words ask for everything, none at all for the reader's own body."""

    q, nam = None, None
    ban_do = forms.ChoiceField(label="Bản đồ", required=False, choices=[("", ""), *MAPS.items()])
    rieng = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, reader: Reader, year: int) -> None:
        self.year = year
        super().__init__(data, reader=reader)
        self.fields["ban_do"].choices = list(MAPS.items())
        self.fields["ban_do"].initial = usual_map(year, self.today)

    @property
    def scope(self) -> Scope:
        """Of whom is asked; of several meant the first, the others are offered."""
        if self.bodies:
            return Scope(body=self.bodies[0], is_alone=bool(self.value(ALONE)))
        if self.units:
            unit = self.units[0]
            return Scope(territory=None if is_country(unit) else unit)
        if {"don-vi", "dia-ban"} & set(self.data) or not self.reader.is_authenticated:
            return Scope()
        return Scope(body=own_body(self.reader))

    @property
    def asked(self) -> Asked:
        """The question as a whole."""
        chosen = self.value("ban_do") or usual_map(self.year, self.today)
        return Asked(self.reader, self.year, self.scope, chosen, self.today)

    @property
    def other_map(self) -> tuple[str, str]:
        """The words and the address of the same page on the other map."""
        other = TODAY if self.asked.map == THEN else THEN
        return MAPS[other], self.address(**{"ban-do": other})

    def find_bodies(self, text: str) -> list[Organization]:
        """The body of the code beside the name, else bodies of this name."""
        code = self.cleaned_data.get("don_vi_ma")
        chosen = told_of(listed_bodies(self.reader).filter(code=code), self.reader) if code else []
        return chosen or super().find_bodies(text)

    def find_units(self, text: str) -> list[AdministrativeUnit]:
        """The territory of the code beside the name, else territories of this name."""
        known = AdministrativeUnit.objects.select_related("level", AROUND)
        code = self.cleaned_data.get("dia_ban_ma")
        return (list(known.filter(code=code)) if code else []) or super().find_units(text)


def own_body(reader: Any) -> Organization | None:
    """The first body a person belongs to."""
    held = reader.current_memberships
    return held[0].organization if held else None


def is_country(unit: AdministrativeUnit) -> bool:
    """Whether a territory is all there is."""
    return unit.parent_id is None and unit.level.rank == 0


class AskForm(SpeakingForm):
    """Until when the bodies below are asked to confirm a year."""

    due_on = DayText(
        label="Xác nhận trước hết ngày",
        help_text="Ví dụ: 31/1/2027",
        error_messages={"required": "Ghi ngày hạn."},
    )


class RegistersForm(SpeakingForm):
    """From which year each register of a body holds all there is."""

    def __init__(self, *args: Any, starts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in Register.choices:
            field = YearField(label=capital(label), initial=starts.get(key, ""))
            self.fields[key] = field

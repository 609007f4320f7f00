"""The targets of a plan on its form: as printed, with what each was read to ask, of whom, measured how."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django import forms

from portal import sections
from portal.filters import find_units
from portal.forms.fields import TextBlock, TextLine
from portal.forms.picks import PickField
from portal.forms.rows import read_rows
from portal.models import AdministrativeUnit, BodyGroup
from portal.paste import split_items
from portal.text import fold
from programs.actions.targets import TargetEntry
from programs.forms.items import PartRow
from programs.models import Target
from programs.targets import SHARE, Asked, TargetKind, read_target

WHOLE = 100


class TargetChoices:
    """What the rows of one form choose from, each register read once."""

    def __init__(self, units: Collection[str] = ()) -> None:
        self._units = units

    @cached_property
    def groups(self) -> dict[str, BodyGroup]:
        """Groups of bodies by their keys."""
        return {one.key: one for one in BodyGroup.objects.all()}

    @cached_property
    def measures(self) -> list[tuple[str, str]]:
        """How a target may be measured."""
        computed = [(one.key, f"Cổng tự tính: {one.label}") for one in sections.measures()]
        return [("", "Chưa có cách đo"), *computed]

    @cached_property
    def units(self) -> dict[str, AdministrativeUnit]:
        """The territories chosen in the rows, by code."""
        return {one.code: one for one in AdministrativeUnit.objects.filter(code__in=self._units)}


class TargetRow(PartRow):
    """One target; what it asks is read from its words and shown to be confirmed."""

    text = TextBlock(label="Chỉ tiêu", required=False, rows=2)
    level = TextLine(
        label="Mức cần đạt", required=False, max_length=80,
        help_text="Ví dụ: 100 % · ít nhất 2 mô hình · phấn đấu 40–50 % · bằng lời.",
    )  # fmt: skip
    group = forms.ChoiceField(label="Tính trên", required=False)
    territory = PickField(
        label="Trong địa bàn",
        register="dia-ban",
        required=False,
        help_text="Để trống: địa bàn của cơ quan ban hành.",
    )
    measure = forms.ChoiceField(label="Đo bằng", required=False)

    field_order = ("text", "level", "group", "territory", "measure")
    called = "chỉ tiêu"
    written = PartRow.written | {"level"}

    def __init__(
        self, *args: Any, choices: TargetChoices, home: AdministrativeUnit | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices, self.home = choices, home
        groups = [(key, one.name) for key, one in choices.groups.items()]
        self.fields["group"].choices = [("", "Chưa rõ"), *groups]
        self.fields["measure"].choices = choices.measures
        self.fields["territory"].match = find_units
        self.fields["territory"].by_code = choices.units.get

    def clean_level(self) -> Asked:
        """What it asks; words without a number leave it to be judged in words."""
        words = self.cleaned_data["level"]
        if fold(words) == fold(TargetKind.YES_NO.label):
            return Asked(TargetKind.YES_NO)
        asked = read_target(words)
        if asked.unit == SHARE and max(asked.low or 0, asked.high or 0) > WHOLE:
            raise forms.ValidationError("Tỷ lệ không quá 100 %.")
        if fold(words) != fold(str(asked)):
            self.echoes["level"] = str(asked)
        return asked

    def clean(self) -> dict:
        cleaned = super().clean()
        pick = cleaned.get("territory")
        if pick and pick.found is None:
            several = "Có nhiều địa bàn phù hợp, xin chọn một."
            self.add_error("territory", several if pick.choices else "Không tìm thấy địa bàn này.")
        return cleaned

    @property
    def place(self) -> AdministrativeUnit | None:
        """Where it counts: as chosen, else where the first issuer is."""
        pick = self.cleaned_data.get("territory")
        return pick.found if pick else self.home

    def check_complete(self) -> bool:
        """Whether the group it counts lies somewhere; a draft may leave that to its issuers still to come."""
        if self.cleaned_data.get("group") and not self.place:
            self.add_error("territory", "Chọn địa bàn của nhóm cơ quan được tính.")
        return not self.errors

    def entry(self, **known: Any) -> TargetEntry:
        """What the actions take."""
        data = self.cleaned_data
        group = self.choices.groups.get(data["group"])
        return TargetEntry(
            **known,
            asked=data["level"],
            group=group,
            territory=self.place if group else None,
            measure=data["measure"],
        )


def proposed(text: str) -> tuple[Asked, BodyGroup | None, str]:
    """What a target's words ask, of which group of bodies, by which measure, as far as they say."""
    asked = read_target(text)
    group, done = BodyGroup.objects.all().meant_by(asked.population), fold(asked.doing)
    measures = sections.measures() if group else []
    return asked, group, next((one.key for one in measures if any(word in done for word in one.words)), "")


def split_targets(text: str) -> list[dict[str, str]]:
    """The rows of a pasted block, each with what its words propose."""
    rows = []
    for one in split_items(text):
        asked, group, measure = proposed(one)
        told = {"level": str(asked), "group": group.key if group else "", "measure": measure}
        rows.append({"text": one, "audience": "public"} | told)
    return rows


def chosen_units(data: Any) -> list[str]:
    """The codes of territories chosen in the raw rows."""
    return [code for row in read_rows(data, "targets") for code in row.get("territory-ma", []) if code]


def target_data(target: Target, home: AdministrativeUnit | None) -> dict[str, str]:
    """The raw row of one target."""
    place = target.territory if target.territory_id and target.territory != home else None
    return {
        "text": target.text,
        "level": str(target.asked),
        "group": target.group.key if target.group_id else "",
        "territory": place.label if place else "",
        "territory-ma": place.code if place else "",
        "measure": target.measure,
        "audience": target.audience,
        "item": str(target.pk),
        "origin": str(target.origin_id or ""),
    }

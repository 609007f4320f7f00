"""The targets of a plan on its form: as printed, with what each was read to ask, of whom, measured how."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone

from portal import sections
from portal.body_names import BodyNames, split_names
from portal.changes import capital
from portal.filters import find_units
from portal.forms.entries import KEPT
from portal.forms.fields import TextBlock, TextLine
from portal.forms.picks import PickField
from portal.forms.rows import read_rows
from portal.models import AdministrativeUnit, BodyGroup, Organization
from portal.paste import split_items
from portal.text import fold
from programs.actions.targets import TargetEntry
from programs.forms.items import PartRow
from programs.models import Target
from programs.targets import (
    FROM_BELOW,
    REPORTED,
    SHARE,
    WHOLE,
    Asked,
    TargetKind,
    read_target,
    separate_targets,
)

_OF_ALL = re.compile(r"\b(?:mỗi|từng|mọi|số)\b", re.IGNORECASE)
_MANY = re.compile(r"\bcác\b", re.IGNORECASE)
OVER_WHOLE = (
    "Tỷ lệ không quá 100 %. Nếu là mức so với dự toán, kế hoạch hay năm trước: ghi “bằng lời”, hoặc ghi một con số."
    " Lời chỉ tiêu vẫn giữ như in."
)


class TargetChoices:
    """What the rows of one form choose from, each register read once."""

    def __init__(self, data: Any = None, *, near: Callable[[], Iterable[int]] = list) -> None:
        self._rows = read_rows(data, "targets") if data is not None else []
        self._near = near
        self._first: dict[tuple[int, int, date], list[Organization]] = {}

    def _said(self, name: str) -> list[str]:
        """What the raw rows say under a name."""
        return [text for row in self._rows for text in row.get(name, []) if text]

    @cached_property
    def groups(self) -> dict[str, BodyGroup]:
        """Groups of bodies by their keys."""
        return {one.key: one for one in BodyGroup.objects.prefetch_related("parts")}

    @cached_property
    def measures(self) -> list[tuple[str, str]]:
        """How a target may be measured."""
        ways = [
            (REPORTED, "Từng cơ quan báo cáo"),
            (FROM_BELOW, "Cộng từ các kế hoạch thực hiện kế hoạch này"),
        ]
        computed = [(one.key, f"Cổng tự tính: {one.label}") for one in sections.measures()]
        return [("", "Chưa có cách đo"), *computed, *ways]

    @cached_property
    def units(self) -> dict[str, AdministrativeUnit]:
        """The territories chosen in the rows, by code."""
        return {
            one.code: one for one in AdministrativeUnit.objects.filter(code__in=self._said("territory-ma"))
        }

    def first_of(self, group: BodyGroup, place: AdministrativeUnit, on: date) -> list[Organization]:
        """The first two bodies of a group in a territory; rows that count alike ask once."""
        key = group.pk, place.pk, on
        if key not in self._first:
            self._first[key] = list(group.within(place, on)[:2])
        return self._first[key]

    @cached_property
    def chosen(self) -> dict[str, Organization]:
        """The bodies listed in the rows as saved, by code."""
        codes = {code for said in self._said("listed") for code in said.split()}
        return {one.code: one for one in Organization.objects.filter(code__in=codes)} if codes else {}

    @cached_property
    def names(self) -> BodyNames:
        """What the names pasted in the rows mean."""
        known = {fold(body.name) for body in self.chosen.values()}
        texts = [
            name for said in self._said("bodies") for name in split_names(said) if fold(name) not in known
        ]
        return BodyNames(texts, near=self._near)


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
    bodies = TextBlock(
        label="Hoặc chỉ tính các cơ quan này", required=False, rows=3,
        help_text="Mỗi dòng một cơ quan, hoặc cách nhau bằng dấu chấm phẩy. Có danh sách thì không tính theo nhóm.",
    )  # fmt: skip
    listed = forms.CharField(widget=forms.HiddenInput, required=False)
    under = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    field_order = ("text", "level", "group", "territory", "measure", "bodies")
    called = "chỉ tiêu"
    written = PartRow.written | {"level"}

    def __init__(
        self,
        *args: Any,
        choices: TargetChoices,
        home: AdministrativeUnit | None = None,
        on: date | None = None,
        year: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.choices, self.home, self.on = choices, home, on or timezone.localdate()
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
        if is_over_whole(asked):
            raise forms.ValidationError(OVER_WHOLE)
        if fold(words) != fold(str(asked)):
            self.echoes["level"] = str(asked)
        return asked

    def clean_bodies(self) -> list[Organization]:
        """The bodies listed; a name that means none, or several nobody chose of, is refused."""
        codes = (self.data.get(self.add_prefix("listed")) or "").split()
        chosen = [self.choices.chosen[code] for code in codes if code in self.choices.chosen]
        found, wrong = {}, []
        for name in dict.fromkeys(split_names(self.cleaned_data["bodies"])):
            bodies = [one for one in chosen if fold(name) in {fold(one.name), fold(one.label)}]
            if not bodies and len(bodies := self.choices.names.called(name, self.on)) > 1:
                wrong.append(f"Có nhiều cơ quan tên “{name}”: xin ghi kèm địa bàn.")
            elif not bodies:
                wrong.append(f"Không tìm thấy cơ quan “{name}”.")
            found |= {one.pk: one for one in bodies}
        if wrong:
            raise forms.ValidationError(wrong)
        if found:
            self.echoes["bodies"] = f"{len(found)} cơ quan"
        return list(found.values())

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors:
            self._doubt_few(cleaned)
        pick = cleaned.get("territory")
        if pick and pick.found is None:
            self.add_error("territory", pick.why_none("địa bàn"))
        return cleaned

    def _doubt_few(self, cleaned: dict) -> None:
        """Warn of a group that comes to one body or none where it is counted: a share of it says little."""
        group = self.choices.groups.get(cleaned.get("group") or "")
        if group is None or self.place is None or cleaned.get("bodies"):
            return
        found = self.choices.first_of(group, self.place, self.on)
        if len(found) < 2:
            whom = f"chỉ có một cơ quan: {found[0]}" if found else "chưa có cơ quan nào"
            self.warnings["group"] = f"{capital(group.name)} trong {self.place} {whom}."

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
        known["marks"] = {name: mark for name, mark in known["marks"].items() if name != "group"}
        if "group" in self.warnings and self["group"].warning_kept:
            known["marks"] |= {"group": {KEPT: self["group"].warning_key}}
        return TargetEntry(
            **known,
            asked=data["level"],
            group=group,
            territory=self.place if group else None,
            measure=data["measure"],
            bodies=data["bodies"],
        )


def proposed(text: str) -> tuple[Asked, BodyGroup | None, str]:
    """What a target's words ask, of which group of bodies, by which measure, as far as they say.

    A share above the whole ("105 % dự toán") is none of bodies, and stays in words.
    """
    asked = read_target(text)
    if is_over_whole(asked):
        asked = Asked(is_striving=asked.is_striving)
    groups, done = BodyGroup.objects.all(), fold(asked.doing)
    group = groups.meant_by(asked.population) or groups.meant_by(as_many(asked.population))
    measures = sections.measures() if group else []
    return asked, group, next((one.key for one in measures if any(word in done for word in one.words)), "")


def is_over_whole(asked: Asked) -> bool:
    """Whether it asks a share of more than there is."""
    return asked.unit == SHARE and max(asked.low or 0, asked.high or 0) > WHOLE


def as_many(population: str) -> str:
    """The words of whom, as groups are called: "mỗi phường", "số phường" and "phường" are "các phường"."""
    words = _OF_ALL.sub("các", population)
    return words if not words or _MANY.search(words) else f"các {words}"


def split_targets(text: str) -> list[dict[str, str]]:
    """The rows of a pasted block, each with what its words propose."""
    rows = []
    for one in (one for block in separate_targets(text) for one in split_items(block)):
        asked, group, measure = proposed(one)
        told = {"level": str(asked), "group": group.key if group else "", "measure": measure}
        rows.append({"text": one, "audience": "public"} | told)
    return rows


def target_data(target: Target, home: AdministrativeUnit | None) -> dict[str, str]:
    """The raw row of one target."""
    place = target.territory if target.territory_id and target.territory != home else None
    bodies = [one.organization for one in target.bodies.all()]
    return {
        "text": target.text,
        "level": str(target.asked),
        "group": target.group.key if target.group_id else "",
        "territory": place.label if place else "",
        "territory-ma": place.code if place else "",
        "group-giu-nguyen": target.marks.get("group", {}).get(KEPT, ""),
        "measure": target.measure,
        "bodies": "\n".join(dict.fromkeys(body.name for body in bodies)),
        "listed": " ".join(body.code for body in bodies),
        "under": str(target.under_id or ""),
        "audience": target.audience,
        "item": str(target.pk),
        "origin": str(target.origin_id or ""),
    }

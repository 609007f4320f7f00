"""What is typed on the clean-up pages: cleaned text, days, dates with their precision, and register pickers.

Text is cleaned as everywhere in the house. A date with its precision and a period are one text field each,
read and written through the property that joins their columns. Every foreign key is a picker that asks the
server for matches; none loads a table.
"""

import functools
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst

from portal.admin.scope import Bounded
from portal.clean_up import described
from portal.dates import DateNotUnderstood, PartialDate, Period, Precision, parse_date
from portal.forms.fields import DateText, PeriodText, TextBlock, TextLine
from portal.text import clean

DAY_EXAMPLE = "Ví dụ: 14/4/2022."


class DayText(forms.DateField):
    """A full day typed in any day-month-year form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"autocomplete": "off", "class": "vDateField"})
        kwargs["help_text"] = kwargs.get("help_text") or DAY_EXAMPLE
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        try:
            read = parse_date(str(value))
        except DateNotUnderstood as error:
            raise forms.ValidationError(str(error), code="date") from error
        if read.precision not in (Precision.DAY, Precision.UNKNOWN):
            raise forms.ValidationError(f"Ghi đủ ngày, tháng, năm. {DAY_EXAMPLE}", code="date")
        return read.first

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value


class _Stored:
    """A text left as it was means what is stored, even where it cannot be read back from its words."""

    stored: PartialDate | Period | None = None
    stored_text = ""

    def clean(self, value: Any) -> PartialDate | Period:
        if self.stored is not None and clean(value or "") == self.stored_text:
            return self.stored
        return super().clean(value)


class StoredDate(_Stored, DateText):
    """A date with its precision, already stored."""


class StoredPeriod(_Stored, PeriodText):
    """A period, already stored."""


def date_columns(model: type[models.Model]) -> dict[str, str]:
    """The dates with precision of a model and their labels, by the columns they stand in."""
    ends = "_precision"
    columns = [field for field in model._meta.concrete_fields if field.name.endswith(ends)]
    return {field.name.removesuffix(ends): str(field.verbose_name).split(":")[0] for field in columns}


def period_columns(model: type[models.Model]) -> dict[str, str]:
    """The periods of a model and their labels."""
    names = {field.name: field for field in model._meta.concrete_fields}
    found = [name.removesuffix("_kind") for name in names if name.endswith("_kind")]
    return {name: str(names[f"{name}_kind"].verbose_name) for name in found if f"{name}_first" in names}


def raw_columns(model: type[models.Model]) -> list[str]:
    """The columns shown and typed as one value, never by themselves."""
    dates = [
        f"{name}_{part}" for name in date_columns(model) for part in ("precision", "first", "last", "text")
    ]
    periods = [
        f"{name}_{part}" for name in period_columns(model) for part in ("kind", "first", "last", "text")
    ]
    return dates + periods


class RegisterSelect(AutocompleteSelect):
    """A picker that knows its choice already when the row was read together with it."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: list[str], attr: dict | None = None) -> list:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, value[0], described(self.known), True, len(empty))
        return [(None, [*empty, chosen], 0)]


class RegisterForm(forms.ModelForm):
    """A form over one row: dates and periods as text, pickers that need no query for what is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = False  # a change is told from what is stored
            if isinstance(field, _Stored):
                field.stored = getattr(self.instance, name)
                field.stored_text = clean(field.stored.typed)
                self.initial.setdefault(name, field.stored_text)
            if (bounds := getattr(field, "bounds", None)) is not None:
                chosen = getattr(self.instance, f"{name}_id", None)
                field.queryset = field.queryset.filter(bounds | models.Q(pk=chosen))
            select = getattr(field.widget, "widget", field.widget)
            if isinstance(select, RegisterSelect):
                select.known = self.instance._state.fields_cache.get(name)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data = self.cleaned_data if data is None else data
        for name, field in self.fields.items():
            if isinstance(field, _Stored) and name in data:
                setattr(self.instance, name, data[name])
        return data


@functools.cache
def form_for(model: type[models.Model], base: type[RegisterForm]) -> type[RegisterForm]:
    """``base`` with one text field for each date and period of ``model``."""
    fields: dict[str, Any] = {
        name: StoredDate(label=capfirst(label), required=False) for name, label in date_columns(model).items()
    }
    for name, label in period_columns(model).items():
        fields[name] = StoredPeriod(
            label=capfirst(label),
            required=False,
            help_text="Ví dụ: 2022 – 2026 · từ 1/1/2022 đến 31/12/2026 · không thời hạn",
        )
    return type(base)(f"{model.__name__}{base.__name__}", (base,), fields) if fields else base


class Typed(Bounded):
    """What both a page and its rows of parts share: the fields above for the columns of a model."""

    form: type[RegisterForm] = RegisterForm
    formfield_overrides = {
        models.SlugField: {},
        models.URLField: {"assume_scheme": "https"},
        models.CharField: {"form_class": TextLine},
        models.TextField: {"form_class": TextBlock, "widget": AdminTextareaWidget(attrs={"rows": 3})},
        models.DateField: {"form_class": DayText},
    }

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # a picker is no place to delete what others rest on
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        kwargs.setdefault("widget", RegisterSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_exclude(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        left_out = [*(super().get_exclude(request, obj) or ()), *raw_columns(self.model)]
        return [*left_out, "marks"]

"""Column types every app shares: public codes, derived text, dates with their precision.

A derived column is computed by its field whenever the row is written: by ``save`` (through
:class:`portal.models.history.Kept`, which widens ``update_fields``), by ``bulk_create`` and by
:func:`portal.history.bulk_update`. Nothing else may write it.

A column that follows other rows (:class:`FollowingMixin`) is recomputable from them: one action writes it, a
save of its row leaves it alone, and no version tells of it.
"""

import secrets
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from portal.dates import PartialDate, Period, PeriodKind, Precision
from portal.text import clean, fold, sort_key

CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
UNKNOWN_DAY = date(1900, 1, 1)
"""Where rows of unknown day stand in lists: last. NULL would sort differently on each database."""


def new_code() -> str:
    """A random public code: ten characters, none easily mistaken for another."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(10))


class CodeField(models.CharField):
    """The stable public name of a record in addresses, files and exports.

    Unique on the record; not on its history rows, where the same code recurs.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_length": 12, "editable": False, "default": new_code, "verbose_name": "mã"}
        kwargs.setdefault("unique", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "editable", "default", "verbose_name"):
            kwargs.pop(key, None)
        return name, path, args, kwargs | {"unique": self.unique}


class DerivedMixin:
    """A column computed from other columns of its own row.

    ``source`` names the attributes it is computed from; ``compute`` turns their joined text into
    the stored value.
    """

    compute: Callable[[str], Any]

    def __init__(self, *args: Any, source: str | tuple[str, ...] = (), **kwargs: Any) -> None:
        self.source = (source,) if isinstance(source, str) else tuple(source)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        text = " ".join(str(getattr(model_instance, name) or "") for name in self.source)
        value = type(self).compute(text.strip())
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(DerivedMixin, models.TextField):
    """Text without accents, case or punctuation, for matching and search."""

    compute = staticmethod(fold)


class SortKeyField(DerivedMixin, models.BinaryField):
    """Bytes that compare in Vietnamese order on every database."""

    compute = staticmethod(sort_key)


class ListedOnField(DerivedMixin, models.DateField):
    """The day a row is listed under; rows of unknown day stand last."""

    compute = staticmethod(lambda text: date.fromisoformat(text) if text else UNKNOWN_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"verbose_name": "xếp theo ngày", "default": UNKNOWN_DAY} | kwargs)


class FollowingMixin:
    """A column computed from other rows: recomputable, so no version tells of it, and no save of its row writes it."""


class ShownFromField(FollowingMixin, models.DateTimeField):
    """The moment from which visitors are told of a row; none means never. ``portal.actions.showing`` writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual = {"verbose_name": "khách được biết từ", "null": True, "editable": False}
        super().__init__(*args, **usual | kwargs)


class FollowingNumberField(FollowingMixin, models.BigIntegerField):
    """A year, or the key of a row elsewhere, that follows other rows; none until it was computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "editable": False} | kwargs)


class FollowingFlagField(FollowingMixin, models.BooleanField):
    """Whether something is so of a row by other rows; not, until it was computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": False, "editable": False} | kwargs)


class FollowingTextField(FollowingMixin, models.TextField):
    """Words that follow other rows; empty until they were computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": "", "editable": False} | kwargs)


class FollowingDayField(FollowingMixin, models.DateField):
    """A day that follows other rows; the unknown one until it was computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": UNKNOWN_DAY, "editable": False} | kwargs)


class FollowingBooleanField(FollowingMixin, models.BooleanField):
    """A yes or no that follows other rows; no until it was computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": False, "editable": False} | kwargs)


def uncased(text: str) -> str | None:
    """A sign-in name as compared: Unicode-normalised, without case, lookalikes of Đ made Đ; None when empty."""
    folded = unicodedata.normalize("NFKC", clean(text)).casefold()
    return clean(unicodedata.normalize("NFKC", folded)) or None


class UncasedField(DerivedMixin, models.CharField):
    """A name compared without case; empty is NULL, so that it stays out of uniqueness."""

    compute = staticmethod(uncased)


class PartialDateColumns:
    """A date with its precision and printed words: four columns, one attribute.

    ``dated = PartialDateColumns("ngày ký")`` adds ``dated_precision``, ``dated_first``,
    ``dated_last`` and ``dated_text``; ``record.dated`` reads and writes them as a
    :class:`portal.dates.PartialDate`. Sort and filter by ``_first`` and ``_last``.
    """

    def __init__(self, verbose_name: str) -> None:
        self.verbose_name = verbose_name

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        label = self.verbose_name
        precision = models.CharField(
            f"{label}: độ chính xác",
            max_length=9,
            choices=Precision.choices,
            default=Precision.UNKNOWN,
        )
        cls.add_to_class(f"{name}_precision", precision)
        for end, words in (("first", "ngày đầu"), ("last", "ngày cuối")):
            cls.add_to_class(f"{name}_{end}", models.DateField(f"{label}: {words}", null=True, blank=True))
        printed = models.CharField(f"{label}: như in", max_length=120, blank=True)
        cls.add_to_class(f"{name}_text", printed)
        setattr(
            cls, name, property(lambda row: read_date(row, name), lambda row, v: write_date(row, name, v))
        )


def read_date(row: Any, name: str) -> PartialDate:
    """The date ``name`` of a row, or of one of its history rows."""
    return PartialDate(
        Precision(getattr(row, f"{name}_precision")),
        getattr(row, f"{name}_first"),
        getattr(row, f"{name}_last"),
        getattr(row, f"{name}_text"),
    )


def date_columns(name: str, value: PartialDate) -> dict[str, Any]:
    """The four columns of the date ``name`` and their values; what is written in bulk names columns."""
    return {
        f"{name}_precision": value.precision,
        f"{name}_first": value.first,
        f"{name}_last": value.last,
        f"{name}_text": value.text,
    }


def write_date(row: models.Model, name: str, value: PartialDate) -> None:
    """Set the four columns of the date ``name``."""
    for column, part in date_columns(name, value).items():
        setattr(row, column, part)


def partial_date_constraint(model: str, name: str) -> models.CheckConstraint:
    """Known to the day, month or year has both ends in order; otherwise neither is set."""
    first, last, precision = f"{name}_first", f"{name}_last", f"{name}_precision"
    has_days = Q(**{f"{precision}__in": [Precision.DAY, Precision.MONTH, Precision.YEAR]})
    in_order = Q(**{f"{first}__isnull": False, f"{last}__gte": models.F(first)})
    without = Q(**{f"{first}__isnull": True, f"{last}__isnull": True})
    return models.CheckConstraint(
        condition=(has_days & in_order) | (~has_days & without),
        name=f"{model}_{name}_matches_precision",
        violation_error_message="Ngày và độ chính xác không khớp nhau.",
    )


class PeriodColumns:
    """A period as printed and as days: four columns, one :class:`portal.dates.Period`."""

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        kind = models.CharField(
            "thời hạn", max_length=7, choices=PeriodKind.choices, default=PeriodKind.UNKNOWN
        )
        cls.add_to_class(f"{name}_kind", kind)
        cls.add_to_class(f"{name}_first", models.DateField("từ ngày", null=True, blank=True))
        cls.add_to_class(f"{name}_last", models.DateField("đến ngày", null=True, blank=True))
        printed = models.CharField("thời hạn như in", max_length=200, blank=True)
        cls.add_to_class(f"{name}_text", printed)
        setattr(
            cls, name, property(lambda row: read_period(row, name), lambda row, v: write_period(row, name, v))
        )


def read_period(row: Any, name: str = "period") -> Period:
    """The period of a row, or of one of its history rows."""
    return Period(
        PeriodKind(getattr(row, f"{name}_kind")),
        getattr(row, f"{name}_first"),
        getattr(row, f"{name}_last"),
        getattr(row, f"{name}_text"),
    )


def period_columns(name: str, value: Period) -> dict[str, Any]:
    """The four columns of the period ``name`` and their values; what is written in bulk names columns."""
    return {
        f"{name}_kind": value.kind,
        f"{name}_first": value.first,
        f"{name}_last": value.last,
        f"{name}_text": value.text,
    }


def write_period(row: models.Model, name: str, value: Period) -> None:
    """Set the four columns of a period."""
    for column, part in period_columns(name, value).items():
        setattr(row, column, part)


def period_constraint(model: str, name: str = "period") -> models.CheckConstraint:
    """A period does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(**{f"{name}_last__isnull": True})
        | Q(**{f"{name}_first__isnull": True})
        | Q(**{f"{name}_last__gte": models.F(f"{name}_first")}),
        name=f"{model}_{name}_in_order",
        violation_error_message="Thời hạn kết thúc trước khi bắt đầu.",
    )

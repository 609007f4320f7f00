"""Pickers from registers: typed text, matched with or without scripts, never taking the text over.

A pick posts the typed words and, beside them, the public code of what was chosen. The server
matches the words again, so a picker works with scripts off: several matches come back as choices
under the field.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models

from portal.forms.fields import said_to_be_missing
from portal.paste import without_prefix
from portal.text import clean, fold


@dataclass
class Pick:
    """What was typed and what it stands for.

    ``found`` is the record meant, ``choices`` the candidates when the words fit several.
    """

    text: str = ""
    found: models.Model | None = None
    choices: list[models.Model] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.text or self.found)

    @property
    def code(self) -> str:
        """The public code of what was found, or nothing."""
        return self.found.code if self.found else ""

    def why_none(self, called: str) -> str:
        """Why these words mean no record: several are called so, or none is."""
        return (
            f"Có nhiều {called} phù hợp, xin chọn một." if self.choices else f"Không tìm thấy {called} này."
        )


class PickWidget(forms.Widget):
    """A text input with its hidden code, and suggestions below."""

    template_name = "forms/pick.html"

    def __init__(self, register: str, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.register = register
        self.choices: list[models.Model] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(name, ""), data.get(f"{name}-ma", "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, None, attrs)
        text, code = value if isinstance(value, (tuple, list)) else (value or "", "")
        context["widget"] |= {"text": text, "code": code, "register": self.register, "choices": self.choices}
        return context


class PickField(forms.Field):
    """A reference into a register by typed words; ``match`` finds candidates for folded words.

    ``by_code`` resolves the code of a chosen suggestion; ``printed_as`` says that papers print what was chosen
    so; ``is_sure`` whether the only candidate may be taken without asking. Words that fit nothing stay as printed.
    """

    def __init__(self, *, register: str, **kwargs: Any) -> None:
        self.match: Callable[[str], list[models.Model]] = lambda _text: []
        self.by_code: Callable[[str], models.Model | None] = lambda _code: None
        self.printed_as: Callable[[str, models.Model], bool] = lambda _text, _chosen: False
        self.is_sure: Callable[[str, models.Model], bool] = lambda _text, _only: True
        self.max_length = kwargs.pop("max_length", 250)
        super().__init__(widget=PickWidget(register), **kwargs)

    def __deepcopy__(self, memo: dict) -> "PickField":
        copied = super().__deepcopy__(memo)
        copied.widget.choices = []
        return copied

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and (data[0] or data[1]))

    def clean(self, value: tuple[str, str] | None) -> Pick:
        text, code = (clean(str(part or "")) for part in (value or ("", "")))
        if len(text) > self.max_length:
            raise forms.ValidationError(f"Tên dài quá {self.max_length} ký tự.", code="max_length")
        if not text:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return Pick()
        chosen = self.by_code(code[:12]) if code else None
        if chosen and (_still_meant(text, chosen) or self.printed_as(text, chosen)):
            return Pick(text, chosen)
        if said_to_be_missing(text):
            return Pick(text)
        candidates = self.match(text)
        if len(candidates) == 1 and self.is_sure(text, candidates[0]):
            return Pick(text, candidates[0])
        self.widget.choices = candidates[:6]
        return Pick(text, None, candidates[:6])


def coded(among: models.QuerySet | models.Manager) -> Callable[[str], models.Model | None]:
    """Finds the record of a chosen suggestion among these."""
    return lambda code: among.filter(code=code).first()


class PersonField(PickField):
    """A person of the register: "Đ/c", "Ông", "Bà" before a name are how one speaks to them, not the name."""

    def clean(self, value: tuple[str, str] | None) -> Pick:
        text, code = value or ("", "")
        return super().clean((without_prefix(clean(str(text or ""))), code))


def _still_meant(text: str, chosen: models.Model) -> bool:
    """Whether the words were not retyped into something else after the choice was made."""
    names = {fold(str(chosen)), fold(getattr(chosen, "label", ""))}
    aliases = getattr(chosen, "other_names", None)
    if fold(text) in names:
        return True
    return aliases is not None and aliases.filter(folded=fold(text)).exists()

"""Several files chosen at once in one field of a form."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

MOST_FILES = 10


class ManyFilesInput(forms.FileInput):
    """A file field that takes several files at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files chosen together."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        found = [super(ManyFiles, self).clean(one, initial) for one in data or []]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp.", code="many")
        return found

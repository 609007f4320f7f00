"""Writes the Word templates the portal brings, as their drawings say; run after a drawing changed."""

import io
from typing import Any

from django.core.management.base import BaseCommand

from portal.word.papers import Sheet, sheets
from portal.word.rendering import packed


def drawn(sheet: Sheet) -> bytes:
    """A template as its drawing says, in bytes."""
    raw = io.BytesIO()
    sheet.draw().save(raw)
    return packed(raw)


class Command(BaseCommand):
    """manage.py draw_word"""

    help = "Vẽ lại các mẫu văn bản Word đi kèm cổng."

    def handle(self, *args: Any, **options: Any) -> None:
        for sheet in sheets():
            sheet.path.write_bytes(drawn(sheet))
            self.stdout.write(sheet.path.name)

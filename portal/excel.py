"""Lists as Excel files: exactly the rows shown, in their order, sent while they are read."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.batches import batches
from portal.dates import PartialDate, Precision
from portal.lists import publishing_chip, trace_list
from portal.sections import Hit
from portal.templatetags.ui import CHIPS
from portal.workbook import FIRST_DAY, Column, Inferred, workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1000
"""How many rows of a list are read together."""


class ListFile:
    """A :class:`portal.lists.FilteredList` as a file of its lines; mixed in before it."""

    file_name = ""
    columns: Sequence[Column] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        found = self.get_queryset()
        if self.reader.is_authenticated:
            trace_list(self.reader, f"tải Excel {self.noun}", self.form)
        return excel_file(
            request, self.file_name, workbook(self.every_line(found), self.columns, **self.heads())
        )

    def heads(self) -> dict[str, str]:
        """What stands over the rows: the name of the sheet, and the conditions in words."""
        return {"title": self.heading, "words": self.form.sentence}

    def every_line(self, found: QuerySet) -> Iterator[tuple[Hit, str]]:
        """Each line with its whole address, a chunk at a time."""
        keys = found.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
        for chunk in batches(keys, AT_ONCE):
            for hit in self.lines(chunk):
                yield hit, self.request.build_absolute_uri(hit.url)


PAPER_DAY = (
    "document__dated_precision", "document__dated_first", "document__dated_last", "document__dated_text",
    "document__marks",
)  # fmt: skip
"""The columns that :func:`dated_of` and :func:`day_of` read, by ``values_list(..., named=True)``."""


def dated_of(of: Any) -> PartialDate:
    """The date of a paper, from plain columns."""
    return PartialDate(*(getattr(of, name) for name in PAPER_DAY[:4]))


def day_of(of: Any) -> date | Inferred | None:
    """The day of a paper as a date of the spreadsheet; None where it is less than a day, or too early for one."""
    return whole_day(dated_of(of), of.document__marks)


def whole_day(dated: PartialDate, marks: dict) -> date | Inferred | None:
    """The same of a date and what is marked about its paper."""
    if dated.precision != Precision.DAY or dated.first < FIRST_DAY:
        return None
    return Inferred(dated.first) if marks.get("dated", {}).get("inferred") else dated.first


def standing(of: Any) -> str:
    """Where a record stands between its writer and the public."""
    chip = publishing_chip(of)
    return CHIPS[chip].words if isinstance(chip, str) else chip[1]


def excel_file(request: HttpRequest, name: str, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """A workbook as a download that begins before its last row is read."""
    # A workbook is compressed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    said = f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response = StreamingHttpResponse(begun(pieces), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=said)
    return response


def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first one made: what fails before it is told on a page, not by a file that breaks off."""
    first = next(pieces, b"")

    def all_of_them() -> Iterator[bytes]:
        yield first
        yield from pieces

    return all_of_them()

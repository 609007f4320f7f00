"""Lists of papers that stand under programmes, plans and reviews, as Excel files: what their rows and books share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from portal.batches import batches
from portal.excel import excel_file
from portal.lists import FilterForm
from portal.wording import issuers_of
from portal.workbook import Column, workbook
from programs.excel import CHUNK, Reader
from programs.models import Program


@dataclass(frozen=True, slots=True)
class Row:
    """A paper on its way into the file; ``of`` holds the columns read of it under their names, ``more`` what its book adds."""

    of: Any
    issuers: str
    program: str
    address: str
    more: str = ""


def nothing_more(rows: list[Row], reader: Reader) -> list[Row]:
    """The rows of a book that adds nothing."""
    return rows


@dataclass(frozen=True)
class Book:
    """The file of one kind of paper: its name and title, what is read of each, its columns, the addresses of its lists.

    ``complete`` adds to a chunk of its rows what is no column of the paper itself.
    """

    name: str
    title: str
    read: tuple[str, ...]
    public: list[Column]
    staff: list[Column]
    public_list: str
    staff_list: str
    complete: Callable[[list[Row], Reader], list[Row]] = nothing_more

    def file(
        self, found: QuerySet, form: FilterForm, reader: Reader, request: HttpRequest
    ) -> StreamingHttpResponse:
        """The file of a filtered list."""
        columns = self.staff if reader.is_authenticated else self.public
        read = self.rows(found, reader, request.build_absolute_uri("/"))
        made = workbook(read, columns, title=self.title, words=form.sentence)
        return excel_file(request, self.name, made)

    def rows(self, found: QuerySet, reader: Reader, site: str) -> Iterator[Row]:
        """The papers with who issued them and the programmes this reader may read, a chunk at a time."""
        inside = reader.is_authenticated
        prefix = f"{site.rstrip('/')}{reverse(self.staff_list if inside else self.public_list)}"
        stream = found.values_list(*self.read, named=True).iterator(chunk_size=CHUNK)
        for chunk in batches(stream, CHUNK):
            issuers = issuers_of([one.document_id for one in chunk])
            above = Program.objects.visible_to(reader).filter(
                pk__in={one.program_id for one in chunk} - {None}
            )
            programs = dict(above.values_list("pk", "parties_label"))
            rows = [
                Row(
                    one,
                    "; ".join(issuers[one.document_id]),
                    programs.get(one.program_id, ""),
                    f"{prefix}{one.code if inside else one.slug}/",
                )
                for one in chunk
            ]
            yield from self.complete(rows, reader)

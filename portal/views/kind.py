"""What a kind of paper says of itself: its form, its actions, its addresses, its own next steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from portal.actions import records
from portal.forms.papers import PaperForm
from portal.forms.rows import append_rows
from portal.forms.set_aside import TYPE_PRINTED
from portal.models import Paper, User
from portal.strip import Way


class KindOfPaper:
    """What the pages that work on any paper ask of its kind."""

    kind = ""
    model: type[Paper]
    form_class: type[PaperForm]
    template_name = ""
    title = ""
    new_title = ""
    propose_name = ""
    """The address that tells what a number line proposes, where the form has one."""
    namespace = ""
    """Of its addresses: each is named ``<namespace>:<verb>_<kind>``."""
    is_consulted_on = False
    """Whether drafts of this kind are sent to other bodies for their opinion."""
    called_by: tuple[str, ...] = ("document__title",)
    """The columns by which the desk calls a record."""
    nouns: Mapping[str, str] = {}
    """What the rows of sets the ground does not know are called."""

    def raw_data(self, record: Paper) -> QueryDict:
        """The data of the form that would write the record as it stands."""
        raise NotImplementedError

    @classmethod
    def write(cls, record: Paper | None, entry: Any, **how: Any) -> Paper:
        """The action that writes an entry into a record, or into a new one."""
        raise NotImplementedError

    @classmethod
    def unseen(cls, record: Paper, form: PaperForm) -> dict[str, list[str]]:
        """What a record holds beside the fields of its form, to be set aside with them."""
        printed = record.document.type_printed
        return {TYPE_PRINTED: [printed]} if printed and record.document.type else {}

    @classmethod
    def take_back(cls, entry: Any, data: QueryDict) -> None:
        """Give an entry what was once :meth:`unseen`."""
        entry.paper.type_printed = data.get(TYPE_PRINTED) or entry.paper.type_printed

    @classmethod
    def approve(cls, record: Paper, *, by: User, expected: int) -> None:
        """Make what waits the body's word."""
        records.approve(record, by=by, expected=expected)

    @classmethod
    def publish(cls, record: Paper, *, by: User, expected: int, start: datetime | None) -> None:
        """Show an approved record to the public, now or later."""
        raise NotImplementedError

    @classmethod
    def withdraw(cls, record: Paper, *, by: User, reason: str, expected: int) -> None:
        """Take a record off the public pages."""
        records.withdraw(record, by=by, reason=reason, expected=expected)

    @classmethod
    def words_to_send(cls, record: Paper) -> tuple[dict[str, Any], list[str]]:
        """The words of a draft as bodies asked for their opinion read them, and the codes of its files."""
        raise NotImplementedError

    @classmethod
    def called(cls, record: Paper) -> str:
        """How a record is called on the desk."""
        return str(record)

    @classmethod
    def as_called(cls, found: QuerySet, *more: str) -> QuerySet:
        """These records with what :meth:`called` reads, their codes, and ``more`` columns: nothing longer."""
        return found.select_related("document").only("code", *cls.called_by, *more)

    @classmethod
    def told(cls, record: Paper) -> list[str]:
        """What is said, beside "Đã lưu" or "Đã duyệt", of a record just written: what that led to elsewhere."""
        return []

    @classmethod
    def assumed(cls, record: Paper) -> str:
        """What approving a record takes for granted, for the one who decides."""
        return ""

    @classmethod
    def ways_of_writing(cls, record: Paper) -> list[Way]:
        """Next steps of this kind alone, for those who write in its body."""
        return []

    @classmethod
    def ways_of_deciding(cls, record: Paper) -> list[Way]:
        """Next steps of this kind alone on an approved record, for those who approve in its body."""
        return []

    @classmethod
    def address(cls, verb: str, code: str = "") -> str:
        """The page of a verb: of one record, or of none."""
        return reverse(f"{cls.namespace}:{verb}_{cls.kind}", args=[code] if code else [])

    def start_data(self) -> QueryDict:
        """What an empty form starts with."""
        data = QueryDict(mutable=True)
        append_rows(data, "partners", [{"side": "1"}, {"side": "2"}])
        return data

    @classmethod
    def record_address(cls, record: Paper) -> str:
        """The page of one record."""
        return reverse(f"{cls.namespace}:{cls.kind}_record", args=[record.code])

"""A paper filed as the wrong kind: what its page says is carried to the page of the right one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from portal import sections
from portal.actions import copies
from portal.actions.records import NotNow
from portal.actions.refiling import refile
from portal.forms import set_aside
from portal.forms.entries import marks_after
from portal.forms.papers import PaperForm
from portal.forms.set_aside import Aside
from portal.models import Paper, Verb

if TYPE_CHECKING:
    from portal.views.entry import EntryView


def all_kinds() -> list[sections.Kind]:
    """Every kind of paper the sections take in."""
    return [kind for section in sections.every() for kind in section.kinds()]


def entered_kinds() -> dict[str, sections.Kind]:
    """The kinds that have a page to enter them on, by key."""
    return {kind.key: kind for kind in all_kinds() if kind.view}


def posted_aside(text: str) -> Aside:
    """What the page of a paper not yet saved carries from other kinds."""
    return set_aside.from_text(text, {key: kind.view.form_class for key, kind in entered_kinds().items()})


def aside_lines(aside: Aside) -> list[tuple[str, str]]:
    """Each kind whose words are set aside, and which."""
    kinds = entered_kinds()
    lines = [
        (
            str(kinds[key].view.model._meta.verbose_name),
            set_aside.in_words(fields, kinds[key].view.form_class, kinds[key].view.nouns),
        )
        for key, fields in aside.items()
        if key in kinds
    ]
    return [line for line in lines if line[1]]


def refiled(view: "EntryView", to: type["EntryView"], form: PaperForm, *, expected: int) -> Paper:
    """The draft of a page as a record of another kind, with everything its form says."""
    former, user = view.record, view.user
    data, aside = set_aside.moved(
        form,
        former.set_aside,
        kind=view.kind,
        to=to.kind,
        target=to.form_class,
        unseen=view.unseen(former, form),
    )
    before = everything(view.raw_data(former), former.set_aside)

    def write(record: Paper) -> Paper:
        found = to.form_class(data, user=user, record=record)
        if not found.is_valid():
            raise NotNow(f"Chưa đổi loại được. {' '.join(faults(found))}")
        entry = found.entry()
        to.take_back(entry, data)
        found.data = everything(found.data, aside)
        entry.marks = marks_after(found, before, former.marks)
        return to.write(record, entry, by=user, expected=record.version, verb=Verb.REFILE, set_aside=aside)

    record = refile(former, to.model, write, by=user, expected=expected)
    copies.forget_autosave(user, view.kind, record.code)
    return record


def everything(data: QueryDict, aside: Aside) -> QueryDict:
    """A form's data with what is set aside beside it."""
    whole = data.copy()
    for fields in aside.values():
        for name, values in fields.items():
            if name not in whole:
                whole.setlist(name, values)
    return whole


def faults(form: PaperForm) -> list[str]:
    """What a form does not take, in sentences."""
    found: list[Mapping[str, Any]] = [one.errors for one in form.forms]
    return [str(error) for errors in found for field in errors.values() for error in field]

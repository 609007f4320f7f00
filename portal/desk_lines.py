"""The lines that records on their way put on the desk, whatever their kind: sent back, being written, waiting."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import CharField, Q, QuerySet, Value

from portal.access import Doing, grants
from portal.models import Act, Paper, State, User, Verb, WorkingCopy
from portal.sections import DeskGroup, DeskLine
from portal.views.entry import EntryView

View = type[EntryView]
RECORD, COPY = "record", "copy"


def lines_of(
    views: Iterable[View], user: User, most: int, *, only_waiting: bool = False
) -> Iterable[DeskLine]:
    """What waits for this person among the records of these kinds; ``only_waiting`` what they are to approve."""
    writing = [] if only_waiting else [held.organization_id for held in grants(user, Doing.WRITE)]
    approving = [held.organization_id for held in grants(user, Doing.APPROVE)]
    whose = _whose(user, {State.RETURNED: writing, State.DRAFTING: writing, State.WAITING: approving})
    if not whose:
        return
    by_kind = {view.kind: view for view in views}
    held = _held(by_kind.values(), reduce(or_, whose.values()))
    for kind, view in by_kind.items():
        for state, asked in whose.items():
            if (kind, state, RECORD) in held:
                yield from _record_lines(view, state, view.model.objects.filter(asked), most)
    for state, asked in whose.items():
        if kinds := [kind for kind in by_kind if (kind, state, COPY) in held]:
            yield from _copy_lines(by_kind, _copies(kinds).filter(asked), most)


def _whose(user: User, asking: dict[State, list[int]]) -> dict[State, Q]:
    """For each state in which something is asked of these bodies: what stands in it, of theirs and of those they run."""
    return {
        state: Q(state=state, keeper__in=[body for runner, body in user.bodies_run if runner in bodies])
        for state, bodies in asking.items()
        if bodies
    }


def _copies(kinds: Iterable[str]) -> QuerySet:
    return WorkingCopy.objects.filter(purpose=WorkingCopy.Purpose.COPY, form__in=kinds)


def _held(views: Iterable[View], asked: Q) -> set[tuple[str, str, str]]:
    """Of which kinds there are records, or edits of them, in which state: most are nowhere, and not looked for again."""

    def word(text: str) -> Value:
        return Value(text, CharField())

    copies = _copies([view.kind for view in views]).filter(asked).order_by()
    parts = [
        view.model.objects.filter(asked).order_by().values_list(word(view.kind), "state", word(RECORD))
        for view in views
    ]
    return set(copies.values_list("form", "state", word(COPY)).union(*parts))


def _record_lines(view: View, state: State, found: QuerySet, most: int) -> Iterable[DeskLine]:
    found = view.as_called(found.select_related("written_by"), "state_since", *named("written_by"))
    records = list(found.order_by("state_since", "pk")[:most])
    reasons = return_reasons(view.model, [one.code for one in records]) if state == State.RETURNED else {}
    for record in records:
        name, edit, since = view.called(record), view.address("edit", record.code), record.state_since
        if state == State.RETURNED:
            yield DeskLine(
                DeskGroup.RETURNED, "Sửa theo ý kiến", name, edit, since, reasons.get(record.code, "")
            )
        elif state == State.DRAFTING:
            note = f"{record.written_by} soạn" if record.written_by else ""
            yield DeskLine(DeskGroup.DRAFTING, "Soạn tiếp", name, edit, since, note)
        else:
            note = f"{record.written_by} trình" if record.written_by else ""
            url = view.address("review", record.code)
            yield DeskLine(DeskGroup.WAITING, "Xem xét", name, url, since, note)


def _copy_lines(views: dict[str, View], found: QuerySet, most: int) -> Iterable[DeskLine]:
    """Open edits of approved records, all in one state."""
    columns = ("form", "record_code", "state", "state_since", "reason", *named("owner"))
    copies = list(found.select_related("owner").only(*columns).order_by("state_since", "pk")[:most])
    records = {}
    for kind, view in views.items():
        if codes := [copy.record_code for copy in copies if copy.form == kind]:
            edited = view.as_called(view.model.objects.filter(code__in=codes).order_by())
            records |= {(kind, record.code): record for record in edited}
    for copy in copies:
        if record := records.get((copy.form, copy.record_code)):
            yield _copy_line(views[copy.form], copy, record)


def _copy_line(view: View, copy: WorkingCopy, record: Paper) -> DeskLine:
    name, since, edit = view.called(record), copy.state_since, view.address("edit", record.code)
    if copy.state == State.RETURNED:
        return DeskLine(DeskGroup.RETURNED, "Sửa theo ý kiến", name, edit, since, copy.reason)
    if copy.state == State.DRAFTING:
        return DeskLine(DeskGroup.DRAFTING, "Sửa tiếp bản đã duyệt", name, edit, since, f"{copy.owner} soạn")
    url = view.address("review", record.code)
    return DeskLine(DeskGroup.WAITING, "Xem xét bản sửa", name, url, since, f"{copy.owner} trình")


def named(person: str) -> tuple[str, str]:
    """The columns that name the account a row points at."""
    return f"{person}__full_name", f"{person}__username"


def return_reasons(model: type[Paper], codes: list[str]) -> dict[str, str]:
    """Why each of these records was last returned."""
    if not codes:
        return {}
    acts = Act.objects.filter(verb=Verb.RETURN, record_kind__in=model.filed_as(), record_code__in=codes)
    return dict(acts.order_by("at", "pk").values_list("record_code", "reason"))

"""The lines that records on their way put on the desk, whatever their kind: sent back, being written, waiting."""

from collections.abc import Iterable

from django.db.models import Q

from portal.access import Doing, grants
from portal.models import Act, Paper, Reach, State, User, Verb, WorkingCopy
from portal.sections import DeskLine
from portal.views.entry import EntryView

MOST_ON_DESK = 40
View = type[EntryView]


def lines_of(views: Iterable[View], user: User, *, only_waiting: bool = False) -> Iterable[DeskLine]:
    """What waits for this person among the records of these kinds; ``only_waiting`` what they are to approve."""
    writing = [] if only_waiting else [held.organization_id for held in grants(user, Doing.WRITE)]
    approving = [held.organization_id for held in grants(user, Doing.APPROVE)]
    if not writing and not approving:
        return
    by_kind = {view.kind: view for view in views}
    for view in by_kind.values():
        if writing:
            yield from _own_lines(view, writing)
        if approving:
            yield from _waiting_lines(view, approving)
    yield from _copy_lines(by_kind, writing, approving)


def _lines_of(view: View, **lookups: object) -> list[Paper]:
    found = view.model.objects.filter(**lookups).select_related("document", "keeper", "written_by")
    return list(found.order_by("state_since", "pk")[:MOST_ON_DESK])


def _own_lines(view: View, bodies: list[int]) -> Iterable[DeskLine]:
    kept = Reach.objects.running(bodies)
    found = [
        record
        for state in (State.RETURNED, State.DRAFTING)
        for record in _lines_of(view, keeper__in=kept, state=state)
    ]
    reasons = return_reasons(view.model, [one.code for one in found if one.state == State.RETURNED])
    for record in found:
        name, url, since = view.called(record), view.address("edit", record.code), record.state_since
        if record.state == State.RETURNED:
            yield DeskLine("Trả lại", "Sửa theo ý kiến", name, url, since, reasons.get(record.code, ""))
        else:
            note = f"{record.written_by} soạn" if record.written_by else ""
            yield DeskLine("Đang soạn", "Soạn tiếp", name, url, since, note)


def _waiting_lines(view: View, bodies: list[int]) -> Iterable[DeskLine]:
    for record in _lines_of(view, keeper__in=Reach.objects.running(bodies), state=State.WAITING):
        note = f"{record.written_by} trình" if record.written_by else ""
        url = view.address("review", record.code)
        yield DeskLine("Chờ duyệt", "Xem xét", view.called(record), url, record.state_since, note)


def _copy_lines(views: dict[str, View], writing: list[int], approving: list[int]) -> Iterable[DeskLine]:
    """Open edits of approved records: sent back or being written for clerks, waiting for approvers."""
    run = {row["body_id"] for row in Reach.objects.running(approving)} if approving else set()
    found = Q(keeper__in=Reach.objects.running(writing))
    if approving:
        found |= Q(keeper__in=run, state=State.WAITING)
    copies = list(
        WorkingCopy.objects.filter(found, purpose=WorkingCopy.Purpose.COPY, form__in=views)
        .select_related("owner")
        .defer("data")
        .order_by("state_since", "pk")[: MOST_ON_DESK * 2]
    )
    records = {}
    for kind, view in views.items():
        codes = [copy.record_code for copy in copies if copy.form == kind]
        if codes:
            found = view.model.objects.filter(code__in=codes).select_related("document")
            records |= {(kind, record.code): record for record in found}
    for copy in copies:
        record = records.get((copy.form, copy.record_code))
        if record is not None:
            yield from _copy_line(views[copy.form], copy, record, may_approve=copy.keeper_id in run)


def _copy_line(view: View, copy: WorkingCopy, record: Paper, *, may_approve: bool) -> Iterable[DeskLine]:
    name, since, edit = view.called(record), copy.state_since, view.address("edit", record.code)
    if copy.state == State.RETURNED:
        yield DeskLine("Trả lại", "Sửa theo ý kiến", name, edit, since, copy.reason)
    elif copy.state == State.DRAFTING:
        yield DeskLine("Đang soạn", "Sửa tiếp bản đã duyệt", name, edit, since, f"{copy.owner} soạn")
    elif may_approve:
        url = view.address("review", record.code)
        yield DeskLine("Chờ duyệt", "Xem xét bản sửa", name, url, since, f"{copy.owner} trình")


def return_reasons(model: type[Paper], codes: list[str]) -> dict[str, str]:
    """Why each of these records was last returned."""
    if not codes:
        return {}
    acts = Act.objects.filter(verb=Verb.RETURN, record_kind__in=model.filed_as(), record_code__in=codes)
    return dict(acts.order_by("at", "pk").values_list("record_code", "reason"))

"""Recording that a programme or a plan was ended before its term, by a paper known or added to the register."""

from datetime import date

from portal.actions import records
from portal.actions.documents import BasisEntry, cited_by
from portal.history import acting, finish
from portal.models import Document, State, User, Verb
from programs.actions.programs import refresh
from programs.models import Plan, Program


def terminate(
    record: Program | Plan,
    *,
    by: User,
    on: date,
    reason: str,
    expected: int,
    paper: Document | BasisEntry | None = None,
) -> None:
    """Record the day, the reason and the paper of an early end."""
    with acting(Verb.END, record, by=by, body=record.keeper, reason=reason) as act:
        current = records.lock(record, expected=expected)
        if current.state != State.APPROVED:
            raise records.NotNow("Chỉ ghi nhận chấm dứt với văn bản đã duyệt.")
        current.terminated_on, current.termination_reason = on, reason
        current.termination_document = cited_by([paper], by=by)[0] if isinstance(paper, BasisEntry) else paper
        current.version += 1
        current.save()
        if isinstance(current, Program):
            refresh([current.pk])
        finish(act, current)

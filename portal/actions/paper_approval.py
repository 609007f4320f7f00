"""Recording an approval that a leader gave on paper: who, on which day, with the slip as a file."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from portal.actions.circles import place_again
from portal.actions.records import NotNow
from portal.history import acting
from portal.models import Attachment, Audience, Paper, User, Verb


def approve_on_paper(
    record: Paper, approve: Callable[[], Paper], *, by: User, day: date, approver: str, slip: Attachment
) -> Paper:
    """Approve what waits, as ``approve`` does, in the name of who signed the slip; only its body sees the slip."""
    if not record.keeper.approves_on_paper:
        raise NotNow(NOT_ALLOWED.format(body=record.keeper))
    said = f"{approver} duyệt ngày {day.day}/{day.month}/{day.year}"
    with acting(Verb.PAPER, record, by=by, body=record.keeper, reason=said):
        approved = approve()
        approved.approved_at = timezone.make_aware(datetime.combine(day, time.min))
        approved.save(update_fields=["approved_at"])
        place_again([approved])
        slip.document, slip.audience = approved.document, Audience.BODY
        slip.caption, slip.position = f"Phiếu duyệt: {said}", approved.document.attachments.count()
        slip.save()
    return approved


NOT_ALLOWED = (
    "{body} chưa cho phép cán bộ ghi nhận việc duyệt trên giấy. Quản trị bật việc này ở trang của cơ quan."
)

"""Sending a draft to other bodies for their opinion, answering, and ending it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.actions.records import NotNow, lock
from portal.history import acting
from portal.models import AskedBody, Attachment, Consultation, Opinion, Organization, Paper, User, Verb

CLOSED = "Việc lấy ý kiến này đã kết thúc."


@transaction.atomic
def send_for_opinion(
    record: Paper,
    *,
    by: User,
    to: Sequence[Organization],
    content: dict[str, Any],
    files: Sequence[str] = (),
    closes_on: date,
    note: str = "",
) -> Consultation:
    """Send the words of a draft as they stand to some bodies, until the end of a day; pressed twice, once."""
    until = f"hạn {closes_on.day}/{closes_on.month}/{closes_on.year}"
    said = f"{'; '.join(map(str, to))}; {until}"
    content = json.loads(json.dumps(content))
    lock(record)
    same = Consultation.objects.open().filter(document=record.document, closes_on=closes_on, note=note)
    for sent in same.prefetch_related("asked"):
        if sent.content == content and {one.body_id for one in sent.asked.all()} == {one.pk for one in to}:
            return sent
    with acting(Verb.CONSULT, record, by=by, body=record.keeper, reason=said):
        sent = Consultation.objects.create(
            document=record.document, keeper=record.keeper, title=str(record)[:1000], version=record.version,
            content=content, files=list(files), note=note, closes_on=closes_on, sent_by=by,
        )  # fmt: skip
        AskedBody.objects.bulk_create([AskedBody(consultation=sent, body=body) for body in to])
    return sent


def answer(
    sent: Consultation,
    record: Paper,
    *,
    by: User,
    body: Organization,
    agrees: bool = False,
    text: str = "",
    file: Attachment | None = None,
) -> Opinion:
    """Say what a body thinks of what was sent to it."""
    with acting(Verb.ANSWER, record, by=by, body=body, reason="" if text or file else "đồng ý"):
        if not Consultation.objects.select_for_update().get(pk=sent.pk).is_open:
            raise NotNow(CLOSED)
        return Opinion.objects.create(
            consultation=sent, body=body, person=by, agrees=agrees, text=text, file=file
        )


def end_consultation(sent: Consultation, record: Paper, *, by: User) -> None:
    """Stop asking before the closing day; the answers stay."""
    with acting(Verb.CLOSE, record, by=by, body=sent.keeper):
        current = Consultation.objects.select_for_update().get(pk=sent.pk)
        if not current.is_open:
            raise NotNow(CLOSED)
        current.ended_at = timezone.now()
        current.save(update_fields=["ended_at"])

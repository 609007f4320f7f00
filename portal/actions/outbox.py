"""Writing letters into the outbox, and sending what waits there."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from portal.batches import batches
from portal.models import OutgoingLetter

log = logging.getLogger(__name__)

NO_MAIL = ("dummy.EmailBackend",)
KEPT = timedelta(days=90)


def mail_is_on() -> bool:
    """Whether this installation has a mail server."""
    return not settings.EMAIL_BACKEND.endswith(NO_MAIL)


def write_letters(letters: Iterable[OutgoingLetter]) -> int:
    """Put letters into the outbox; one already written of its topic and day stands. Returns how many are new."""
    before = OutgoingLetter.objects.count()
    for batch in batches(letters):
        OutgoingLetter.objects.bulk_create(batch, ignore_conflicts=True)
    return OutgoingLetter.objects.count() - before


def send_letters() -> int:
    """Send what waits; returns how many left. While the mail server is not reached, all go on waiting."""
    if not mail_is_on() or not OutgoingLetter.objects.waiting().exists():
        return 0
    sent = 0
    with (
        mail.get_connection() as connection
    ):  # not reached: the step fails and is reported, nothing was begun
        for key in list(OutgoingLetter.objects.waiting().order_by("pk").values_list("pk", flat=True)):
            sent += _send(key, connection)
    return sent


def _send(key: int, connection: BaseEmailBackend) -> int:
    """Send one letter, unless somebody else has begun to."""
    now = timezone.now()
    if not OutgoingLetter.objects.waiting().filter(pk=key).update(begun_at=now):
        return 0
    letter = OutgoingLetter.objects.select_related("person").get(pk=key)
    message = mail.EmailMessage(
        letter.subject, letter.text, None, [letter.person.email], connection=connection
    )
    try:
        message.send()
    except Exception as error:  # one refused address must not stop the others
        letter.failure = f"{type(error).__name__}: {error}"[:300]
        log.warning("A letter to %s was not sent: %s", letter.person, letter.failure)
    else:
        letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at", "failure"])
    return int(letter.sent_at is not None)


def forget_letters() -> int:
    """Drop letters of three months ago; returns how many."""
    return OutgoingLetter.objects.filter(written_at__lt=timezone.now() - KEPT).delete()[0]

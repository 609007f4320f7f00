"""Pictures kept before the portal removed what is written beside them: each is put in its own place again, silent.

Run once, by ``manage.py silence_pictures``; a picture that tells nothing is only read.
"""

from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from portal.file_kinds import KINDS, Kind
from portal.files import PICTURES, forget_bytes, put, storage_path
from portal.history import acting, bulk_update
from portal.models import Attachment, Verb
from portal.photos import silent

WHY = "bỏ vị trí, máy ảnh ghi kèm ảnh"
AT_ONCE = 200


def kept_pictures() -> Iterator[tuple[str, Kind]]:
    """Every picture there is or was on a paper, once, as its SHA-256 and kind; few keys are held at a time."""
    kinds, last = [kind.key for kind in PICTURES], ""
    while True:
        now, then = (
            rows.filter(kind__in=kinds, sha256__gt=last).order_by("sha256")
            for rows in (Attachment.objects, Attachment.history)
        )
        found = {
            key: kind
            for rows in (now, then)
            for key, kind in rows.values_list("sha256", "kind").distinct()[:AT_ONCE]
        }
        if not found:
            return
        for key in sorted(found)[:AT_ONCE]:
            last = key
            yield key, KINDS[found[key]]


def silence(sha256: str, kind: Kind) -> bool:
    """Put one picture in its own place, silent; whether it told anything. :class:`NotTaken` where it cannot be read.

    Earlier versions of its papers hold the silent one too: none of them may bring the place and the camera back.
    """
    with default_storage.open(storage_path(sha256)) as stored:
        sent = ContentFile(stored.read())
    kept = silent(sent, kind)
    if kept is sent:
        return False
    new, size = put(kept, kind)
    with transaction.atomic():
        rows = list(Attachment.objects.select_for_update().filter(sha256=sha256))
        for one in rows:
            one.sha256, one.size = new, size
        if rows:
            with acting(Verb.CORRECT, rows[0], reason=WHY):
                bulk_update(rows, ["sha256", "size"])
        Attachment.history.filter(sha256=sha256).update(sha256=new, size=size)
        transaction.on_commit(partial(forget_bytes, sha256))
    return True

"""Uploaded files: taken in by content, kept once under their SHA-256, and forgotten when nobody used them.

What a file is stands in :mod:`portal.file_kinds`; who may read a record's parts in :mod:`portal.access`. The row
(:class:`portal.models.Attachment`) holds the printed name; the bytes lie apart, in Django's default
storage, and one copy serves every row with the same content.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from portal import access, sections
from portal.file_kinds import JPEG, PNG, STAMPED, Kind, NotTaken, name_is_stamped, page_count, sniff
from portal.history import acting
from portal.models import (
    Attachment,
    Audience,
    Consultation,
    Document,
    Organization,
    Reach,
    User,
    Verb,
    WordTemplate,
    WorkingCopy,
    record_of,
)
from portal.photos import silent, small
from portal.text import clean

MOST_NAME = 200
PICTURES = (JPEG, PNG)
SMALL = "nho"
"""Asks for the smaller picture, in the address of a file."""
LONGEST_CODE = 12
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]+')
_PATH = re.compile(r"[/\\]")


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to disk as it arrives, but of one request never more than the limit.

    What is beyond is counted and dropped, so the form can say that the file is too large.
    """

    written = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.written <= settings.UPLOAD_LIMIT:
            self.written += len(raw_data)
            super().receive_data_chunk(raw_data, start)


# --- taking in


def keep(
    upload: File, *, by: User | None, name: str | None = None, body: Organization | None = None
) -> Attachment:
    """Take a file in, waiting for the form it was chosen in; :class:`NotTaken` says why not.

    It opens to the drafting body alone until somebody chooses otherwise.
    """
    given = name if name is not None else upload.name or ""
    if upload.size > settings.UPLOAD_LIMIT:
        raise NotTaken(_too_large())
    if name_is_stamped(_last_part(given)):
        raise NotTaken(STAMPED)
    kind = sniff(upload)
    upload = silent(upload, kind) if kind in PICTURES else upload
    sha256, size = put(upload, kind)
    attachment = Attachment(
        name=clean_name(given, kind),
        kind=kind.key,
        size=size,
        sha256=sha256,
        pages=page_count(upload, kind, size),
        uploaded_by=by,
    )
    with acting(Verb.CREATE, attachment, by=by, body=body):
        attachment.save()
    return attachment


def put(upload: File, kind: Kind) -> tuple[str, int]:
    """Write the bytes of a file, of a heavy picture also those of a smaller one; their SHA-256 and how many there are."""
    sha256, size = _digest(upload)
    _store(upload, storage_path(sha256), size)
    if kind in PICTURES and (lighter := small(upload, kind)):
        _store(ContentFile(lighter), small_path(sha256), len(lighter))
    return sha256, size


def again(attachment: Attachment, *, by: User | None, body: Organization | None = None) -> Attachment:
    """The same file once more, for another paper; its bytes are kept once."""
    same = ("name", "caption", "kind", "size", "sha256", "pages")
    other = Attachment(**{name: getattr(attachment, name) for name in same}, uploaded_by=by)
    with acting(Verb.CREATE, other, by=by, body=body):
        other.save()
    return other


def _too_large() -> str:
    return f"Tệp lớn hơn {settings.UPLOAD_LIMIT // (1024 * 1024)} MB."


def _digest(upload: File) -> tuple[str, int]:
    """SHA-256 and size, read in chunks; what a browser said about the size is not believed."""
    seen, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        seen.update(chunk)
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT:
            raise NotTaken(_too_large())
    return seen.hexdigest(), size


def storage_path(sha256: str) -> str:
    """Where the bytes with this SHA-256 lie in the storage."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def small_path(sha256: str) -> str:
    """Where the smaller picture of those bytes lies, when there is one."""
    return f"{storage_path(sha256)}-{SMALL}"


def content(attachment: Attachment) -> bytes:
    """The bytes of a kept file, whole."""
    with default_storage.open(storage_path(attachment.sha256)) as stored:
        return stored.read()


def _store(upload: File, path: str, size: int) -> None:
    """Write the bytes unless they lie there whole; a copy cut off by a crash is written anew."""
    if default_storage.exists(path):
        if default_storage.size(path) == size:
            return
        default_storage.delete(path)
    upload.seek(0)
    written = default_storage.save(path, upload)
    if written != path:  # the same file arrived twice at once
        default_storage.delete(written)


def _last_part(name: str) -> str:
    return _PATH.split(name)[-1]


def clean_name(name: str, kind: Kind) -> str:
    """A printed name safe on any computer: no path, nothing unseen, the ending of its real kind."""
    stem = clean(_NOT_IN_NAMES.sub(" ", _last_part(clean(name)))).rstrip(". ")
    suffix = kind.suffixes[0]
    for usual in kind.suffixes:
        if stem.lower().endswith(usual):
            stem, suffix = stem[: -len(usual)], usual
            break
    stem = stem[: MOST_NAME - len(suffix)].strip(". ")
    return f"{stem or 'tep'}{suffix}"


def address(attachment: Attachment) -> str:
    """The address a file is opened at; the name in it is for people."""
    return reverse("portal:serve_file", args=[attachment.code, attachment.name])


def small_address(attachment: Attachment) -> str:
    """Where a picture is seen small; nothing for what is no picture."""
    return f"{address(attachment)}?{SMALL}" if attachment.kind in {kind.key for kind in PICTURES} else ""


# --- waiting for a form to be saved


def staged() -> QuerySet[Attachment]:
    """Files sent for a form that has not been saved yet.

    What is or was a Word template, an opinion's file, or is held by a row of an app is none of them.
    """
    found = Attachment.objects.filter(document__isnull=True, opinion__isnull=True).exclude(
        pk__in=WordTemplate.history.filter(file__isnull=False).values("file_id")
    )
    for held in (held for section in sections.every() for held in section.files_held()):
        found = found.exclude(pk__in=held)
    return found


def copies_holding(attachment: Attachment) -> QuerySet[WorkingCopy]:
    """Open edits and unsaved forms that hold a staged file."""
    written = WorkingCopy.objects.annotate(written=Cast("data", TextField()))
    return written.filter(written__contains=f'"{attachment.code}"')


def is_in_work_of(user: User, attachment: Attachment) -> bool:
    """Whether a staged file lies in an open edit of a body that this person works for, as its sender did.

    An edit holds whatever was posted into it, so that holding a file's code alone opens nothing.
    """
    sender = Reach.objects.filter(
        reader__memberships__user=attachment.uploaded_by_id, relation=Reach.Relation.RUNS
    )
    copies = copies_holding(attachment).filter(
        purpose=WorkingCopy.Purpose.COPY, keeper__in=sender.values("body_id")
    )
    return any(access.runs(user, copy.keeper_id) for copy in copies)


def may_attach(user: User, attachment: Attachment, document: int | None) -> bool:
    """Whether a person may put a file on the paper ``document`` (None: a paper not yet saved).

    A waiting file is its sender's, and of whoever works on the open edit that holds it. A file that
    lies on another paper moves only from a draft of the person's own body, when that draft is filed
    again as another kind.
    """
    if attachment.document_id is None:
        return attachment.uploaded_by_id == user.pk or is_in_work_of(user, attachment)
    if attachment.document_id == document:
        return True
    record = record_of(attachment.document)
    return record is not None and record.approved_at is None and access.runs(user, record.keeper_id)


# --- who opens


def files_of(document: Document, reader: User | AnonymousUser) -> list[Attachment]:
    """The files of a document that a reader may open; what decides that is asked once for all of them."""
    held = list(document.attachments.all())
    if held and (record := record_of(document)):
        audiences = access.readable_audiences(reader, record)
        return [one for one in held if one.audience in audiences]
    return [one for one in held if _is_open_in_register(reader, one)]


def is_public(attachment: Attachment) -> bool:
    """Whether anybody may open the file, signed in or not."""
    return attachment.audience == Audience.PUBLIC and may_open(access.VISITOR, attachment)


def may_open(user: User | AnonymousUser, attachment: Attachment) -> bool:
    """Whether this person may open the file: as the parts of its record are read, else as the register is."""
    if attachment.document is None:
        return user.is_authenticated and _is_at_hand(user, attachment)
    if record := record_of(attachment.document):
        return attachment.audience in access.readable_audiences(user, record)
    return _is_open_in_register(user, attachment)


def _is_at_hand(user: User, attachment: Attachment) -> bool:
    """Whether a file on no paper is this person's own, or held by what they work on or read."""
    if user.is_superuser or attachment.uploaded_by_id == user.pk or is_in_work_of(user, attachment):
        return True
    return any(section.may_open(user, attachment) for section in sections.every())


def _is_open_in_register(reader: User | AnonymousUser, attachment: Attachment) -> bool:
    """Whether a reader may open a file of a document that stands alone in the register."""
    audiences = {attachment.audience, attachment.document.audience}
    if not reader.is_authenticated:
        return audiences == {Audience.PUBLIC}
    is_own = reader.is_superuser or attachment.uploaded_by_id == reader.pk
    return is_own or Audience.BODY not in audiences


# --- swept away


def forget_stale(before: datetime) -> int:
    """Delete files staged before a moment that no unsaved form or open edit holds; returns how many."""
    copies = WorkingCopy.objects.values_list("data", flat=True).iterator()
    held = {text for data in copies for text in _texts(data) if len(text) <= LONGEST_CODE}
    held.update(*Consultation.objects.values_list("files", flat=True))  # what was sent stays with who sent it
    touched = Attachment.history.filter(history_date__gte=before).values("id")  # taken off a paper lately
    waiting = staged().filter(uploaded_at__lt=before).exclude(pk__in=touched)
    stale = [one for one in waiting if one.code not in held]
    for attachment in stale:
        with acting(Verb.DELETE, attachment, reason="tệp chưa được dùng"):
            attachment.delete()
        transaction.on_commit(partial(forget_bytes, attachment.sha256))
    return len(stale)


def _texts(data: Any) -> Iterator[str]:
    """Every text in stored form data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _texts(part)


def forget_bytes(sha256: str) -> None:
    """Delete bytes no row has, and no earlier version of a paper had."""
    now = Attachment.objects.filter(sha256=sha256)
    once = Attachment.history.filter(sha256=sha256, document__isnull=False)
    if not now.exists() and not once.exists():
        default_storage.delete(storage_path(sha256))
        default_storage.delete(small_path(sha256))

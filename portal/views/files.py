"""Files over the web: sent as soon as they are chosen, opened after a look at who asks."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from portal.access import acting_body, leave_trace, was_sent
from portal.file_kinds import JPEG, KINDS, Kind, NotTaken
from portal.files import (
    SMALL,
    address,
    is_public,
    keep,
    may_open,
    small_address,
    small_path,
    storage_path,
)
from portal.models import Attachment, record_of
from portal.photos import lightened

log = logging.getLogger(__name__)

NO_BODY = "Chỉ cán bộ và lãnh đạo của một cơ quan được gửi tệp."
NO_FILE = "Chưa chọn tệp."
PHOTO = "anh"
"""The field of photographs: shrunk and stripped, unlike files."""


@require_POST
def upload_file(request: HttpRequest) -> JsonResponse:
    """Take one file in for a form being written; its code goes into the form."""
    if (body := acting_body(request.user)) is None:
        return JsonResponse({"error": NO_BODY}, status=403)
    if (upload := next(iter(request.FILES.values()), None)) is None:
        return JsonResponse({"error": NO_FILE}, status=400)
    try:
        upload = lightened(upload) if PHOTO in request.FILES else upload
        kept = keep(upload, by=request.user, body=body)
    except NotTaken as why:
        return JsonResponse({"error": str(why)}, status=400)
    return taken(kept, address(kept), "đã gửi, chỉ cơ quan soạn thấy")


def taken(kept: Attachment, url: str, words: str) -> JsonResponse:
    """What the page is told of a file that was taken in: its code goes into the form."""
    told = {"code": kept.code, "name": kept.name, "kind": kept.kind, "size": kept.size}
    small = f"{url}?{SMALL}" if small_address(kept) else ""
    told |= {"address": url, "small": small, "words": f"{filesizeformat(kept.size)} · {words}"}
    return JsonResponse(told, status=201)


@require_safe
@login_not_required
def serve_file(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """Hand a file to who may read it; to anybody else it is not there."""
    attachment = Attachment.objects.select_related("document").filter(code=code).first()
    if attachment is None:
        raise Http404
    user, public = request.user, is_public(attachment)
    if not (public or may_open(user, attachment) or was_sent(user, attachment)):
        raise Http404
    if user.is_authenticated and user.inspections and (record := record_of(attachment.document)):
        leave_trace(user, record, f"tệp {attachment.name}")
    return handed(request, attachment, public=public)


def handed(request: HttpRequest, attachment: Attachment, *, public: bool = False) -> HttpResponseBase:
    """A file that may be read: whole, or small where the address asks for that."""
    path, kind = storage_path(attachment.sha256), KINDS[attachment.kind]
    if SMALL in request.GET and default_storage.exists(small_path(attachment.sha256)):
        path, kind = small_path(attachment.sha256), JPEG
    etag = f'"{path.rpartition("/")[2]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _stream(request, attachment, path, kind)
    # A public file is asked for anew each time too: it may have been taken down meanwhile.
    patch_cache_control(response, no_cache=True, **{"public" if public else "private": True})
    response["ETag"] = etag
    return response


def _stream(request: HttpRequest, attachment: Attachment, path: str, kind: Kind) -> HttpResponseBase:
    try:
        stored = default_storage.open(path)
        size = default_storage.size(path)
    except FileNotFoundError as error:
        log.error("The bytes of file %s are not in the storage", attachment.code)
        raise Http404 from error
    response = FileResponse(
        stored, as_attachment=not kind.inline, filename=attachment.name, content_type=kind.media_type
    )
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = kind.policy
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Every kind is compressed already; compressing again would only hide its length from the browser.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response

"""The receipt of what was handed in: a page that stays, a small picture, a Word file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal import files
from portal.access import answering_body
from portal.views.records import word_file
from programs.actions.rounds import refusal
from programs.answer_parts import told_parts
from programs.models import Submission
from programs.receipts import picture, receipt_of
from programs.views.doors import Door, shown, targets_url
from programs.word.receipt import receipt_file


def submission_of(door: Door, sent: str) -> Submission:
    """Something handed in for this duty, as far as who came through the door reads it."""
    linked = Submission.objects.select_related("duty__round__keeper", "document", "keeper", "written_by")
    seen = linked.filter(duty=door.duty)
    if door.user:
        seen = seen.filter(pk__in=Submission.objects.visible_to(door.user).values("pk"))
    return get_object_or_404(seen, code=sent)


@require_safe
def part_receipt(request: HttpRequest, door: Door, sent: str) -> HttpResponseBase:
    """The receipt, with all that was sent."""
    one = submission_of(door, sent)
    attached = one.document.attachments.all()
    to_file = files.address if door.user else door.to_file
    writes = not door.user or answering_body(door.user, door.duty.organization)
    context = {
        "sent": one,
        "receipt": receipt_of(one),
        "parts": told_parts(one.content),
        "files": [(file, to_file(file)) for file in attached],
        "picture": door.to("part_picture", one.code),
        "word": door.to("part_word", one.code),
        "targets_url": targets_url(door) if writes else "",
        "goes_on": one.returned_at and writes and not refusal(door.duty, timezone.localdate()),
    }
    return shown(request, door, "part_receipt", context)


@require_safe
def part_picture(request: HttpRequest, door: Door, sent: str) -> HttpResponseBase:
    """The receipt as a small picture."""
    one = submission_of(door, sent)
    response = HttpResponse(picture(receipt_of(one)), content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="bien-nhan-{one.code}.png"'
    return response


@require_safe
def part_word(request: HttpRequest, door: Door, sent: str) -> HttpResponseBase:
    """The receipt as a Word file."""
    return word_file(request, *receipt_file(submission_of(door, sent)))

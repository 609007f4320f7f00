"""Papers handed out in Word to signed-in people: what may be read may be taken along, part by part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access import leave_trace
from portal.templatetags.say import vdatetime
from portal.views.records import RecordPage, word_file
from programs.views.staff import AmendmentRecord, PlanRecord, ProgramRecord, ReviewRecord, sheet_of
from programs.word.body_sheet import sheet_file
from programs.word.files import paper_file

PAGES: dict[str, type[RecordPage]] = {
    page.kind: page for page in (ProgramRecord, PlanRecord, AmendmentRecord, ReviewRecord)
}


@require_safe
def word_record(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A programme, plan, amendment or review as its reader may read it."""
    page = PAGES[kind]
    linked = ("document__type", "keeper__sector", "keeper__territory")
    record = get_object_or_404(page.model.objects.visible_to(request.user).select_related(*linked), code=code)
    leave_trace(request.user, record)
    name, written = paper_file(page.reading_class(record, request.user), kind)
    return word_file(request, name, written)


@require_safe
def word_body_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The programmes of a body on one A4."""
    sheet = sheet_of(request.user, code)
    printed = f"In lúc {vdatetime(timezone.localtime())}"
    written = sheet_file(sheet.body, sheet.groups, summary=sheet.summary, printed=printed)
    return word_file(request, f"chuong-trinh-{sheet.body.slug}.docx", written)

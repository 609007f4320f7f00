"""What a person typed and did not save: kept by itself, apart from the record, let go, never written as another's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.access import acting_body
from portal.actions import copies
from portal.actions.records import NotNow
from portal.forms.fields import whole_number
from portal.models import User, WorkingCopy
from portal.text import clean
from portal.views.entry import ASIDE, CODE, OPENED, all_kinds, paper_part
from portal.whose import without_writer

NOT_YOURS = "Nội dung này do người khác nhập, nên chưa ghi."
TOLD_BY = ("number_line", "number", "program", "note")
"""Fields whose words tell one paper without a title from another; after them come its rows."""


def keep_typed(user: User, key: str, code: str, posted: QueryDict) -> bool:
    """Keep what one person typed in one form; False when they have saved the form since."""
    kind = next(one for one in all_kinds() if one.key == key)
    seen = whole_number(posted.get("phien-ban", ""))
    record = kind.view.model.objects.filter(code=code).first() if kind.view else None
    if record and seen is not None and copies.comes_late(user, key, record, seen):
        return False
    # What is taken up again still finds what others saved.
    data = paper_part(posted, also=(*OPENED, ASIDE))
    data.pop("loai", None)
    copies.autosave(user, key, code, data)
    return True


@never_cache
def of_another(
    request: HttpRequest, writer: int, target: str, data: QueryDict, carried: list[tuple[str, str]]
) -> HttpResponse:
    """A form that another person typed: written nowhere, kept for who typed it, or carried on until they sign in."""
    if request.headers.get("X-Requested-With"):
        return HttpResponse(NOT_YOURS, status=403)
    person = User.objects.filter(pk=writer, is_active=True).first()
    is_kept = person is not None and _kept_for(person, target, without_writer(data))
    context = {"person": person, "is_kept": is_kept, "next": target, "carried": [] if is_kept else carried}
    return render(request, "portal/public/not_yours.html", context, status=403)


def _kept_for(person: User, target: str, data: QueryDict) -> bool:
    """Whether a form of an entry page now waits on the desk of who typed it."""
    try:
        match = resolve(target.partition("?")[0])
    except Resolver404:
        return False
    view: Any = getattr(match.func, "view_class", None)
    key = next((one.key for one in all_kinds() if view and one.view is view), "")
    code = match.kwargs.get("code") or data.get("ma", "")
    if not key or not CODE.match(code) or acting_body(person) is None:
        return False
    try:
        return keep_typed(person, key, code, data)
    except NotNow:
        return False


@require_POST
def autosave(request: HttpRequest) -> JsonResponse:
    """Keep what is being typed, apart from the record: one for each person and form."""
    form, code = request.POST.get("loai", ""), request.POST.get("ma", "")
    if acting_body(request.user) is None:
        return JsonResponse(
            {"error": "Chỉ cán bộ và lãnh đạo của một cơ quan được nhập văn bản."}, status=403
        )
    kind = next((one for one in all_kinds() if one.key == form), None)
    if kind is None or not CODE.match(code):
        return JsonResponse({"error": "Không lưu tạm được."}, status=400)
    try:
        kept = keep_typed(request.user, form, code, request.POST)
    except NotNow as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    if not kept:
        return JsonResponse({"saved": ""})
    return JsonResponse({"saved": f"{timezone.localtime():%H:%M}"})


def drop_autosave(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Let go of what a form saved by itself, after one question."""
    entered = next((one for one in all_kinds() if one.key == kind and one.view), None)
    kept = copies.autosave_of(request.user, kind, code) if entered else None
    if kept is None:
        raise Http404
    record = entered.view.model.objects.visible_to(request.user).filter(code=code).first()
    if request.method != "POST":
        back = entered.view.address("edit", code) if record else entered.url
        context = {"kept": kept, "called": record or first_words(kept), "form_url": f"{back}?luu-tam={code}"}
        return render(request, "portal/staff/drop_autosave.html", context)
    copies.forget_autosave(request.user, kind, code)
    messages.success(request, "Đã bỏ bản tự giữ.")
    there = entered.view.address("edit", code) if record else reverse("portal:desk")
    return HttpResponseRedirect(there)


def first_words(copy: WorkingCopy) -> str:
    """How a paper typed and never saved is called: by its title, else by the first thing written in it."""
    data = copies.as_query(copy.data)
    rows = [name for name in data if name.endswith(("-name", "-text"))]
    said = (clean(data.get(name, "")) for name in ("title", *TOLD_BY, *rows))
    return Truncator(next(filter(None, said), "chưa có tên gọi")).chars(120)

"""What a person typed and did not save: kept by itself, apart from the record, and never written as another's."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache

from portal.access import acting_body
from portal.actions import copies
from portal.actions.records import NotNow
from portal.forms.fields import whole_number
from portal.models import User
from portal.views.entry import ASIDE, CODE, OPENED, all_kinds, paper_part
from portal.whose import without_writer

NOT_YOURS = "Nội dung này do người khác nhập, nên chưa ghi."


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

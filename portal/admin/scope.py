"""How far an administrator reaches on the clean-up pages: the whole site, or one body and below.

The administrator of a body meets only rows that belong to bodies within the stored reach of theirs; anything
else answers as absent. Registers everybody shares are read. A write that would leave a row outside, or put records of one
more body into the writer's own hands (:func:`portal.access.gains`), is undone, whatever path it took: that is how
nobody gives themselves or others more than they have.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from portal.access import in_hand
from portal.models import Document, Organization, Reach, User
from portal.models.records import paper_models

GAIN = (
    "Chưa lưu: sau thay đổi này, đồng chí sẽ tự mình soạn, duyệt hoặc trả lời thay một cơ quan "
    "mà trước đó đồng chí không có vai trò. Việc ấy do quản trị toàn cổng làm."
)
OUTSIDE = (
    "Chưa lưu: sau thay đổi này sẽ có dữ liệu nằm ngoài cơ quan đồng chí quản trị, "
    "hoặc đồng chí tự giao vai trò cho mình. Việc ấy do quản trị toàn cổng làm."
)


def is_bounded(user: User) -> bool:
    """Whether a person administers some bodies and not the whole site."""
    return not user.is_superuser


def inside(by: User) -> QuerySet:
    """The bodies that a person administers, and all below, as primary keys."""
    return Reach.objects.within(by.administered_bodies)


def home_of(by: User) -> Organization | None:
    """The body for which an administrator acts; none for the administrator of the site."""
    held = [one for one in by.current_memberships if one.organization_id in by.administered_bodies]
    return held[0].organization if held and is_bounded(by) else None


def papers_inside(by: User) -> Q:
    """Papers of the records that these bodies keep."""
    found = Q(pk__in=[])
    for model in paper_models():
        kept = model.objects.filter(keeper__in=inside(by)).order_by()
        found |= Q(pk__in=kept.values("document_id"))
    return found


def documents_inside(by: User) -> QuerySet:
    """The same papers, as primary keys."""
    return Document.objects.filter(papers_inside(by)).order_by().values("pk")


class Bounded(BaseModelAdmin):
    """A page or a set of rows that knows how far its reader reaches.

    ``within`` leads from a row to bodies: the first must be inside, the others too where they are filled.
    Without any it is a register everybody reads and the administrator of the site alone writes.
    """

    within: tuple[str, ...] = ()
    adds_inside = True

    def page_of(self, model: type[Model]) -> "Bounded | None":
        """The page of a model, which knows its bounds."""
        return self.admin_site._registry.get(model)

    def seen(self, by: User) -> Q:
        """The rows the administrator of some bodies meets."""
        found = Q()
        for number, path in enumerate(self.within):
            one = Q(**{f"{path}__in": inside(by)})
            found &= one | Q(**{f"{path}__isnull": True}) if number else one
        return found

    def writable(self, by: User) -> Q:
        """Those of them they may also change."""
        return self.seen(by)

    @property
    def is_register(self) -> bool:
        """Whether everybody shares these rows."""
        return not self.within

    def narrowed(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        """Only what this reader meets."""
        return rows.filter(self.seen(request.user)) if is_bounded(request.user) else rows

    def may_write(self, request: HttpRequest, row: Model | None) -> bool:
        """Whether this reader may change a row; asked once for each row of a page."""
        if not is_bounded(request.user):
            return True
        if self.is_register or row is None:
            return not self.is_register
        known = request.__dict__.setdefault("writable_rows", {})
        key = type(row), row.pk
        if key not in known:
            mine = self.model._base_manager.filter(self.writable(request.user), pk=row.pk)
            known[key] = mine.exists()
        return known[key]

    def keep_inside(self, request: HttpRequest, rows: Iterable[Model]) -> None:
        """Undo the whole write when one of the rows it wrote stands outside; the page runs in one transaction."""
        if not is_bounded(request.user):
            return
        request.__dict__.pop("writable_rows", None)
        for row in rows:
            if row.pk and not self.page_of(type(row)).may_write(request, row):
                raise PermissionDenied(OUTSIDE)

    @contextmanager
    def gaining_nothing(self, request: HttpRequest) -> Iterator[None]:
        """Undo the whole write when by it records of one more body come into its writer's own hands."""
        if not is_bounded(request.user):
            yield
            return
        before = in_hand(request.user)
        yield
        if in_hand(User.objects.get(pk=request.user.pk)) - before:
            raise PermissionDenied(GAIN)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice offers what its reader meets; the form adds what is chosen already."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        page = self.page_of(db_field.remote_field.model)
        if field is not None and is_bounded(request.user):
            field.bounds = page.seen(request.user) if page else Q(pk__in=[])
        return field


class BoundedPage(Bounded):
    """What the reader of a page may do on it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True  # the site let them in

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True  # a row outside is never found

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_write(request, None) and (self.adds_inside or not is_bounded(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_write(request, obj)


class BoundedParts(Bounded):
    """Rows on the page of what they belong to: whoever changes it changes them."""

    def _may(self, request: HttpRequest, obj: Model | None) -> bool:
        return self.page_of(self.parent_model).may_write(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def narrowed(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        return self.page_of(self.model).narrowed(request, rows)

"""What every page's frame shows: names on the masthead, navigation, whom one acts for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from portal import sections
from portal.sections import NavItem

STAFF_SIDE = ("/lam-viec/", "/admin/")


class Shell:
    """The frame of one page; the navigation is asked for only when a page draws it."""

    portal_name = "Chương trình phối hợp"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.demo: bool = settings.DEMO
        self.office_superior: str = settings.PORTAL_OFFICE_SUPERIOR or settings.PORTAL_OFFICE
        self.year: int = timezone.localdate().year
        self.printed_at = timezone.localtime()
        user = getattr(request, "user", None)
        self.user = user if user is not None and user.is_authenticated else None

    @property
    def user_name(self) -> str:
        """Who is signed in."""
        return str(self.user) if self.user else ""

    @property
    def acting_for(self) -> str:
        """The first body the person holds a role in."""
        held = self.user.current_memberships if self.user else []
        return held[0].organization.name if held else ""

    @property
    def inside(self) -> bool:
        """Whether somebody signed in is on the staff's side of the house, a page that is not there included."""
        return self.user is not None and self.request.path.startswith(STAFF_SIDE)

    @property
    def frame(self) -> str:
        """The frame of a page that says no, on whichever side it is said."""
        return "staff.html" if self.inside else "public.html"

    @cached_property
    def nav(self) -> list[NavItem]:
        """The navigation of the side of the house the page is on; the registers follow once a section is public."""
        inside = self.inside
        asked = filled(
            item
            for section in sections.every()
            for item in (section.staff_nav(self.user) if inside else section.public_nav())
        )
        if inside or asked:
            side = "staff_" if inside else ""
            asked.append(self.of_the_year(side))
            asked.append(NavItem("Cơ quan", reverse(f"portal:{side}body_list")))
            asked.append(NavItem("Văn bản", reverse(f"portal:{side}document_list")))
        if inside and site.has_permission(self.request):
            asked.append(NavItem(site.site_header, reverse("admin:index")))
        path = self.request.path
        return [replace(item, current=path.startswith((item.url, *item.under))) for item in asked]

    def of_the_year(self, side: str) -> NavItem:
        """The page of the year that runs; the other years belong to it."""
        index = reverse(f"portal:{side}year_index")
        return NavItem("Tổng hợp", reverse(f"portal:{side}year_page", args=[self.year]), under=(index,))


def filled(items: Iterable[NavItem]) -> list[NavItem]:
    """Those that hold a record, asked of all in one query, beside a row that is always there."""
    items = list(items)
    asked = {
        f"item_{place}": Exists(item.holds) for place, item in enumerate(items) if item.holds is not None
    }
    found = ContentType.objects.order_by("pk").values(**asked).first() if asked else {}
    return [item for place, item in enumerate(items) if item.holds is None or found[f"item_{place}"]]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The ``shell`` of the templates."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}

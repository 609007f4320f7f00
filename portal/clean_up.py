"""The site of the clean-up pages: who may enter, how models are grouped, what a picker suggests.

It stands beside ``portal.admin``, not in it, because Django makes the site before it looks for the pages.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.i18n import JavaScriptCatalog

CLOSED = "Trang làm sạch dữ liệu chỉ dành cho quản trị."


def described(record: models.Model) -> str:
    """A record as a picker names it: a body with the day it ended."""
    return getattr(record, "label", None) or str(record)


class Suggestions(AutocompleteJsonView):
    """What a picker suggests."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": described(obj)}


class CleaningSite(AdminSite):
    """Django's admin site in the portal's house: one sign-in page, closed to all but administrators."""

    site_header = "Làm sạch dữ liệu"
    site_title = "Làm sạch dữ liệu"
    index_title = "Dữ liệu của cổng"
    empty_value_display = "–"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # a deletion gives its reason, one by one

    def register(self, model_or_iterable: Any, admin_class: type | None = None, **options: Any) -> None:
        """Only pages of the house: those that Django and libraries bring would write without an act."""
        if hasattr(admin_class, "group"):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators of the site, and of a body."""
        user = request.user
        return user.is_active and (user.is_superuser or bool(getattr(user, "administered_bodies", ())))

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable:
        inner = super().admin_view(view, cacheable)

        @functools.wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(CLOSED)
            return inner(request, *args, **kwargs)

        return guarded

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied(CLOSED)
        target = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('portal:sign_in')}?{urlencode({'next': target})}")

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method == "POST":
            logout(request)
        return HttpResponseRedirect(reverse("portal:home"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """One's own password is set where any other is."""
        return HttpResponseRedirect(reverse("admin:portal_user_password", args=[request.user.pk]))

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The words of Django's scripts, those of the house before its own."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "portal"])(request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Suggestions.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The models in the groups their pages name; what hangs on others stands apart as details."""
        groups: dict[tuple[int, str, str, str], dict] = {}
        for label, app in self._build_app_dict(request, app_label).items():
            for entry in app["models"]:
                page = self._registry[entry["model"]]
                place, name, about = page.group
                made = {**app, "name": name, "about": about, "models": [], "details": []}
                group = groups.setdefault((place, name, about, label), made)
                group["details" if page.hub else "models"].append(entry)
        for group in groups.values():
            for part in ("models", "details"):
                group[part].sort(key=lambda entry: self._registry[entry["model"]].place)
        return [groups[key] for key in sorted(groups)]

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict | None = None
    ) -> HttpResponse:
        title = apps.get_app_config(app_label).verbose_name if app_label in apps.app_configs else ""
        return super().app_index(request, app_label, {"title": title, **(extra_context or {})})


class CleanUpConfig(AdminConfig):
    """Django's admin with the site above."""

    default_site = "portal.clean_up.CleaningSite"

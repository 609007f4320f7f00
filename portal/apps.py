"""Registers the portal app and discovers what the sections offer it, as Django discovers `admin.py`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    """The ground app; it never imports a section, it only asks for each app's `sections.py`."""

    name = "portal"
    verbose_name = "Cổng chương trình phối hợp"

    def ready(self) -> None:
        """Import every app's `sections` module, so that the shell can ask the sections it finds there."""
        autodiscover_modules("sections")

"""Registers the portal app and discovers what the sections offer it, as Django discovers `admin.py`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    """The ground app; it never imports a section, it only asks for what each app offers."""

    name = "portal"
    verbose_name = "Cổng chương trình phối hợp"

    def ready(self) -> None:
        """Import what every app offers: its `sections` to the shell, its `figures` to the year, its `word` papers."""
        autodiscover_modules("sections", "figures", "word")

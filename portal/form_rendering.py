"""Draws every form through the project's own templates, so one folder decides how a field looks."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Finds form, field and widget templates in `templates/django/forms/` first, then in Django itself."""

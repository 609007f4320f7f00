"""Registers the meetings app with Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Conferences, directives and the tasks that follow from them."""

    name = "meetings"
    verbose_name = "Hội nghị"

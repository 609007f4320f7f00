"""Registers the programs app with Django."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Coordination programmes, their plans, targets and reviews."""

    name = "programs"
    verbose_name = "Chương trình phối hợp"

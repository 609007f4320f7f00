"""Registers the models_registry app with Django."""

from django.apps import AppConfig


class ModelsRegistryConfig(AppConfig):
    """The register of "Dân vận khéo" exemplars, its rounds and honours."""

    name = "models_registry"
    verbose_name = "Dân vận khéo"

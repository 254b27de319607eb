from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Carries the system checks of the whole installation."""

    name = "config"

    def ready(self) -> None:
        import_module("config.checks")

from importlib import import_module

from django.apps import AppConfig
from django.contrib.staticfiles import apps as staticfiles


class ConfigConfig(AppConfig):
    """Carries the system checks of the whole installation."""

    name = "config"

    def ready(self) -> None:
        import_module("config.checks")


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    """Without the style sheet's source: its imports are the compiler's, no files to be served."""

    ignore_patterns = [*staticfiles.StaticFilesConfig.ignore_patterns, "src"]

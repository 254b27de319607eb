import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _static_files_need_no_manifest(settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
